//! Functions of the C library's mathematics that the standard library of Rust has not, or computes another way: results
//! equal CPython's to the last bit only if both ask the same library.

use std::sync::OnceLock;

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

/// The cube root. Rust's runtime brings a function of this name along, which rounds better than the C library's and so
/// gives other results: the one of the library is asked for at run time.
pub fn cbrt(x: f64) -> f64 {
    static FUNCTION: OnceLock<Option<extern "C" fn(f64) -> f64>> = OnceLock::new();
    let function = FUNCTION.get_or_init(|| {
        // SAFETY: the name ends with a NUL; any symbol may be asked for.
        let address = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"cbrt".as_ptr()) };
        if address.is_null() {
            return None;
        }
        // SAFETY: C99 declares the function of this name with this type.
        Some(unsafe { std::mem::transmute::<*mut libc::c_void, extern "C" fn(f64) -> f64>(address) })
    });
    match function {
        Some(f) => f(x),
        None => x.cbrt(),
    }
}
