//! Functions of the C library's mathematics that the standard library of Rust has not, or computes another way: results
//! equal CPython's to the last bit only if both ask the same library.

// SAFETY: functions of numbers without preconditions, as C99 declares them.
unsafe extern "C" {
    pub safe fn acosh(x: f64) -> f64;
    pub safe fn asinh(x: f64) -> f64;
    pub safe fn atanh(x: f64) -> f64;
    pub safe fn erf(x: f64) -> f64;
    pub safe fn erfc(x: f64) -> f64;
    pub safe fn nextafter(x: f64, y: f64) -> f64;
    pub safe fn remainder(x: f64, y: f64) -> f64;
    pub safe fn ldexp(x: f64, e: std::ffi::c_int) -> f64;
    pub safe fn log2(x: f64) -> f64;
    pub safe fn exp2(x: f64) -> f64;
}
