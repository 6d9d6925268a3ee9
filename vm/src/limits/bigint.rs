//! Arithmetic of very large ints in pieces, with a poll between them: what takes minutes can be stopped. Only machines that
//! can be stopped (`Cx::is_stoppable`) take these ways, and only for numbers of some ten thousand digits and more.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::vm::{Cx, Result};

/// Products of numbers of fewer bits are made at once.
const PIECE: u64 = 1 << 19;
/// Steps of 64 by 64 bits that are made at once.
const STEPS: u64 = 1 << 25;

fn low_bits(x: &BigInt, bits: u64) -> BigInt {
    x - ((x >> bits) << bits)
}

impl Cx {
    /// `a * b`. Polls.
    pub fn big_mul(&mut self, a: &BigInt, b: &BigInt) -> Result<BigInt> {
        if !self.is_stoppable() || a.bits().min(b.bits()) < PIECE {
            return Ok(a * b);
        }
        let r = self.magnitudes(&a.abs(), &b.abs())?;
        Ok(if a.is_negative() == b.is_negative() { r } else { -r })
    }

    /// Karatsuba's way, down to pieces.
    fn magnitudes(&mut self, a: &BigInt, b: &BigInt) -> Result<BigInt> {
        self.check_poll()?;
        let (a, b) = if a.bits() >= b.bits() { (a, b) } else { (b, a) };
        if b.bits() < PIECE {
            return self.times_short(a, b);
        }
        let half = a.bits().div_ceil(2);
        let (high, low) = (a >> half, low_bits(a, half));
        if b.bits() <= half {
            return Ok((self.magnitudes(&high, b)? << half) + self.magnitudes(&low, b)?);
        }
        let (other_high, other_low) = (b >> half, low_bits(b, half));
        let top = self.magnitudes(&high, &other_high)?;
        let bottom = self.magnitudes(&low, &other_low)?;
        let middle = self.magnitudes(&(high + low), &(other_high + other_low))? - &top - &bottom;
        Ok((((top << half) + middle) << half) + bottom)
    }

    /// A long number times a short one, by pieces of the long one.
    fn times_short(&mut self, a: &BigInt, b: &BigInt) -> Result<BigInt> {
        if a.bits() <= PIECE * 4 {
            return Ok(a * b);
        }
        let half = a.bits() / 2;
        self.check_poll()?;
        Ok((self.times_short(&(a >> half), b)? << half) + self.times_short(&low_bits(a, half), b)?)
    }

    /// Quotient and remainder, rounded down. `b` is not 0. Polls.
    pub fn big_div_mod(&mut self, a: &BigInt, b: &BigInt) -> Result<(BigInt, BigInt)> {
        let (long, short) = (a.bits() / 64 + 1, b.bits() / 64 + 1);
        if !self.is_stoppable() || long.saturating_sub(short).saturating_mul(short) < STEPS {
            return Ok(a.div_mod_floor(b));
        }
        // Long division, some hundred digits of the quotient at a time.
        let piece = (STEPS / short).max(1) * 64;
        let (n, d) = (a.abs(), b.abs());
        let mut at = n.bits().next_multiple_of(piece);
        let (mut quotient, mut rest) = (BigInt::zero(), BigInt::zero());
        while at > 0 {
            self.check_poll()?;
            at -= piece;
            let part = low_bits(&(&n >> at), piece);
            let (q, r) = ((rest << piece) + part).div_rem(&d);
            quotient = (quotient << piece) + q;
            rest = r;
        }
        if a.is_negative() != b.is_negative() {
            quotient = -quotient;
            if !rest.is_zero() {
                quotient -= 1;
                rest = d - rest;
            }
        }
        Ok((quotient, if b.is_negative() { -rest } else { rest }))
    }

    /// `base ** exponent`. Polls.
    pub fn big_pow(&mut self, base: &BigInt, exponent: u64) -> Result<BigInt> {
        if !self.is_stoppable() || base.bits().saturating_mul(exponent) < PIECE {
            return Ok(num_traits::Pow::pow(base, exponent));
        }
        let mut r = BigInt::one();
        for i in (0..u64::BITS - exponent.leading_zeros()).rev() {
            r = self.big_mul(&r, &r)?;
            if exponent >> i & 1 == 1 {
                r = self.big_mul(&r, base)?;
            }
        }
        Ok(r)
    }

    /// `base ** exponent % modulus`; none is negative. Polls.
    pub fn big_pow_mod(&mut self, base: &BigInt, exponent: &BigInt, modulus: &BigInt) -> Result<BigInt> {
        let size = modulus.bits() / 64 + 1;
        if !self.is_stoppable() || exponent.bits().saturating_mul(size).saturating_mul(size) < STEPS {
            return Ok(base.modpow(exponent, modulus));
        }
        let base = self.big_div_mod(base, modulus)?.1;
        let mut r = BigInt::one() % modulus;
        for i in (0..exponent.bits()).rev() {
            self.check_poll()?;
            r = self.big_mul(&r, &r)?;
            r = self.big_div_mod(&r, modulus)?.1;
            if exponent.bit(i) {
                r = self.big_mul(&r, &base)?;
                r = self.big_div_mod(&r, modulus)?.1;
            }
        }
        Ok(r)
    }

    /// n (n-1) … (n-k+1), by halves so that the factors stay of equal size. Polls.
    pub fn big_falling(&mut self, n: &BigInt, k: u64) -> Result<BigInt> {
        if k == 0 {
            return Ok(BigInt::one());
        }
        if k == 1 {
            return Ok(n.clone());
        }
        if k > 1000 {
            self.check_poll()?;
        }
        let half = k / 2;
        let (a, b) = (self.big_falling(n, half)?, self.big_falling(&(n - half), k - half)?);
        self.big_mul(&a, &b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::machine::{Config, Machine};

    #[test]
    fn pieces_give_what_the_whole_gives() {
        let limits = Limits { fuel: Some(1 << 40), ..Limits::default() };
        let mut machine = Machine::new(&Config { limits, ..Config::default() }).expect("a machine");
        machine.enter(|cx| {
            let three = BigInt::from(3);
            let a = num_traits::Pow::pow(&three, 900_000u32);
            let b: BigInt = num_traits::Pow::pow(&BigInt::from(7), 400_000u32) + 5;
            for (a, b) in [(a.clone(), b.clone()), (-a.clone(), b.clone()), (a.clone(), -b.clone()), (b.clone(), a.clone())] {
                assert_eq!(cx.big_mul(&a, &b), Ok(&a * &b));
                let product = &a * &b + 12345;
                assert_eq!(cx.big_div_mod(&product, &b), Ok(product.div_mod_floor(&b)));
            }
            assert_eq!(cx.big_pow(&three, 900_000), Ok(a));
            let m = num_traits::Pow::pow(&BigInt::from(11), 2000u32);
            let e = num_traits::Pow::pow(&BigInt::from(13), 400u32);
            assert_eq!(cx.big_pow_mod(&b, &e, &m), Ok(b.modpow(&e, &m)));
        });
    }
}
