//! `math.gamma` and `math.lgamma`: Lanczos' approximation with CPython's coefficients, so that results agree.

use std::f64::consts::PI;

const G: f64 = 6.024680040776729583740234375;
const G_MINUS_HALF: f64 = 5.524680040776729583740234375;
const LN_PI: f64 = 1.144729885849400174143427351353058711647;

/// Numerator and denominator of Lanczos' sum, from the constant term.
const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
const DENOMINATOR: [f64; 13] =
    [0.0, 39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0, 2637558.0, 357423.0, 32670.0, 1925.0, 66.0, 1.0];

/// What may be wrong with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Domain,
    Range,
}

fn lanczos_sum(x: f64) -> f64 {
    let (mut p, mut q) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..13).rev() {
            p = p * x + NUMERATOR[i];
            q = q * x + DENOMINATOR[i];
        }
    } else {
        for i in 0..13 {
            p = p / x + NUMERATOR[i];
            q = q / x + DENOMINATOR[i];
        }
    }
    p / q
}

/// sin(pi x), exact for whole and half numbers.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * r
}

pub fn gamma(x: f64) -> Result<f64, Fault> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 { Ok(x) } else { Err(Fault::Domain) };
    }
    if x == 0.0 {
        return Err(Fault::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Fault::Domain);
        }
        if x <= 23.0 {
            return Ok((1..x as u64).map(|i| i as f64).product());
        }
    }
    let a = x.abs();
    let finite = |r: f64| {
        if r.is_infinite() { Err(Fault::Range) } else { Ok(r) }
    };
    if a < 1e-20 {
        return finite(1.0 / x);
    }
    if a > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(Fault::Range) };
    }
    let y = a + G_MINUS_HALF;
    // What the addition lost.
    let z = if a > G_MINUS_HALF { (y - a) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - a };
    let z = z * G / y;
    let mut r;
    if x < 0.0 {
        r = -PI / sin_pi(a) / a * y.exp() / lanczos_sum(a);
        r -= z * r;
        if a < 140.0 {
            r /= y.powf(a - 0.5);
        } else {
            let root = y.powf(a / 2.0 - 0.25);
            r /= root;
            r /= root;
        }
    } else {
        r = lanczos_sum(a) / y.exp();
        r += z * r;
        if a < 140.0 {
            r *= y.powf(a - 0.5);
        } else {
            let root = y.powf(a / 2.0 - 0.25);
            r *= root;
            r *= root;
        }
    }
    finite(r)
}

pub fn lgamma(x: f64) -> Result<f64, Fault> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Fault::Domain) } else { Ok(0.0) };
    }
    let a = x.abs();
    if a < 1e-20 {
        return Ok(-a.ln());
    }
    let mut r = lanczos_sum(a).ln() - G;
    r += (a - 0.5) * ((a + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = LN_PI - sin_pi(a).abs().ln() - a.ln() - r;
    }
    if r.is_infinite() { Err(Fault::Range) } else { Ok(r) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factorials_are_exact() {
        assert_eq!(gamma(5.0), Ok(24.0));
        assert_eq!(gamma(23.0), Ok(1.1240007277776077e21));
        assert_eq!(gamma(-1.0), Err(Fault::Domain));
        assert_eq!(gamma(172.0), Err(Fault::Range));
    }
}
