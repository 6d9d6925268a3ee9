//! `_random`: the generator under `random` (`gs/random.gs`), the Mersenne Twister MT19937 seeded as in CPython.
//!
//! Own code instead of a crate, because `getstate` and `setstate` show the state to scripts.

use std::cell::{Cell, RefCell};

use gscript_macros::{class, module};
use gscript_vm::object::class::Type;
use gscript_vm::object::int::{IntRef, int_ref};
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::str::Str;
use gscript_vm::object::tuple::Tuple;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};
use num_bigint::{BigInt, BigUint, Sign};
use sha2::{Digest, Sha512};

const N: usize = 624;
const M: usize = 397;

/// The generator's state.
pub struct Twister {
    words: RefCell<[u32; N]>,
    at: Cell<usize>,
}

impl Native for Twister {}

impl Twister {
    fn new() -> Twister {
        Twister { words: RefCell::new([0; N]), at: Cell::new(N + 1) }
    }

    fn seed_word(&self, seed: u32) {
        let mut w = self.words.borrow_mut();
        w[0] = seed;
        for i in 1..N {
            w[i] = 1812433253u32.wrapping_mul(w[i - 1] ^ (w[i - 1] >> 30)).wrapping_add(i as u32);
        }
        self.at.set(N);
    }

    fn seed_words(&self, key: &[u32]) {
        self.seed_word(19650218);
        let mut w = self.words.borrow_mut();
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            w[i] = (w[i] ^ (w[i - 1] ^ (w[i - 1] >> 30)).wrapping_mul(1664525)).wrapping_add(key[j]).wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= N {
                w[0] = w[N - 1];
                i = 1;
            }
            if j >= key.len() {
                j = 0;
            }
        }
        for _ in 0..N - 1 {
            w[i] = (w[i] ^ (w[i - 1] ^ (w[i - 1] >> 30)).wrapping_mul(1566083941)).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                w[0] = w[N - 1];
                i = 1;
            }
        }
        w[0] = 0x8000_0000;
    }

    #[cold]
    fn refill(&self) {
        let mut w = self.words.borrow_mut();
        for i in 0..N {
            let y = (w[i] & 0x8000_0000) | (w[(i + 1) % N] & 0x7FFF_FFFF);
            w[i] = w[(i + M) % N] ^ (y >> 1) ^ if y & 1 == 1 { 0x9908_B0DF } else { 0 };
        }
        self.at.set(0);
    }

    fn next(&self) -> u32 {
        if self.at.get() >= N {
            self.refill();
        }
        let mut y = self.words.borrow()[self.at.get()];
        self.at.set(self.at.get() + 1);
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        y ^ (y >> 18)
    }

    /// In [0, 1), of 53 bits.
    fn float(&self) -> f64 {
        let (a, b) = (self.next() >> 5, self.next() >> 6);
        (a as f64 * 67108864.0 + b as f64) * (1.0 / 9007199254740992.0)
    }

    fn bits(&self, count: u64) -> BigUint {
        let mut left = count;
        let mut words = Vec::with_capacity(count.div_ceil(32) as usize);
        while left > 0 {
            let w = self.next();
            words.push(if left < 32 { w >> (32 - left) } else { w });
            left = left.saturating_sub(32);
        }
        BigUint::new(words)
    }
}

/// Bytes from the system's source of randomness.
fn system_bytes(cx: &mut Cx, n: usize) -> Result<Vec<u8>> {
    cx.check_room(n)?;
    let mut bytes = vec![0; n];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(cx.not_implemented_error("/dev/urandom (or equivalent) not found")),
    }
}

/// The number that a text or bytes seed with, in both versions of the algorithm.
fn text_seed(text: &[u8], is_text: bool, version: i64) -> BigInt {
    if version == 1 {
        let codes: Vec<u64> =
            if is_text { String::from_utf8_lossy(text).chars().map(|c| c as u64).collect() } else { text.iter().map(|b| *b as u64).collect() };
        let mut x = codes.first().map_or(0, |c| c << 7);
        for c in &codes {
            x = x.wrapping_mul(1000003) ^ c;
        }
        return BigInt::from(x ^ codes.len() as u64);
    }
    let mut all = text.to_vec();
    all.extend_from_slice(&Sha512::digest(text));
    BigInt::from_bytes_be(Sign::Plus, &all)
}

fn seed_with(cx: &mut Cx, t: &Twister, a: Value, version: i64) -> Result<()> {
    let number = if a.is_none() {
        let bytes = system_bytes(cx, N * 4)?;
        let words: Vec<u32> = bytes.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        t.seed_words(&words);
        return Ok(());
    } else if let Some(i) = int_ref(a) {
        i.to_bigint()
    } else if let Some(s) = a.as_gc::<Str>() {
        text_seed(s.bytes(), true, version)
    } else if let (Some(b), true) = (bytes_of(a), cx.is_exact(a, cx.types.bytes) || cx.is_exact(a, cx.types.bytearray)) {
        text_seed(b, false, version)
    } else if a.as_float().is_some() {
        BigInt::from(cx.hash(a)? as u64)
    } else {
        return Err(cx.type_error("The only supported seed types are: None,\nint, float, str, bytes, and bytearray."));
    };
    let mut words = number.magnitude().to_u32_digits();
    if words.is_empty() {
        words.push(0);
    }
    t.seed_words(&words);
    Ok(())
}

/// The Mersenne Twister.
#[module("_random")]
pub mod random {
    use super::*;

    /// Bytes from the system.
    #[function]
    fn urandom(cx: &mut Cx, n: usize) -> Result<Value> {
        let bytes = system_bytes(cx, n)?;
        Ok(cx.bytes(&bytes).value())
    }

    /// Random() -> create a random number generator with its own internal state.
    #[class("_random.Random")]
    pub mod generator {
        use super::super::*;

        #[new("*args, **kwargs", text = "x=None")]
        fn new(cx: &mut Cx, class: Gc<Type>, _args: &[Value], _kwargs: gscript_vm::convert::Kwargs<'_>) -> Result<Value> {
            let t = Twister::new();
            seed_with(cx, &t, Value::NONE, 2)?;
            Ok(NativeObject::alloc(cx, class, Box::new(t)).value())
        }

        /// Initialize internal state from a seed.
        #[method("a=None, version=2")]
        fn _seed(cx: &mut Cx, this: Value, a: Value, version: i64) -> Result<()> {
            let Some(t) = native::<Twister>(this) else {
                return Ok(());
            };
            seed_with(cx, t, a, version)
        }

        /// random() -> x in the interval [0, 1).
        #[method]
        fn random(this: &Twister) -> f64 {
            this.float()
        }

        /// getrandbits(k) -> x.  Generates an int with k random bits.
        #[method]
        fn getrandbits(cx: &mut Cx, this: Value, k: Value) -> Result<Value> {
            let k = cx.index(k)?;
            let Some(t) = native::<Twister>(this) else {
                return Ok(Value::NONE);
            };
            match k.as_int() {
                Some(k) if k < 0 => Err(cx.value_error("number of bits must be non-negative")),
                Some(0) => Ok(Value::int32(0)),
                Some(k @ 1..=32) => Ok(cx.int((t.next() >> (32 - k)) as i64)),
                Some(k) if k < 1 << 34 => Ok(cx.bigint(BigInt::from(t.bits(k as u64)))),
                _ => Err(cx.overflow_error("Python int too large to convert to C int")),
            }
        }

        /// The words of the state and the position in them.
        #[method]
        fn _getstate(cx: &mut Cx, this: &Twister) -> Value {
            let words = *this.words.borrow();
            let at = this.at.get() as i64;
            cx.tuple_with(N + 1, |i| Value::int_unchecked(if i < N { words[i] as i64 } else { at })).value()
        }

        /// Restores what `_getstate` gave.
        #[method]
        fn _setstate(cx: &mut Cx, this: Value, state: Value) -> Result<()> {
            let Some(state) = state.as_gc::<Tuple>() else {
                return Err(cx.type_error("state vector must be a tuple"));
            };
            if state.len() != N + 1 {
                return Err(cx.value_error("state vector is the wrong size"));
            }
            let mut words = [0; N];
            for (i, w) in words.iter_mut().enumerate() {
                let v = cx.index(state.items()[i])?;
                *w = match int_ref(v) {
                    Some(IntRef::Small(i)) if i >= 0 => i as u32,
                    Some(IntRef::Small(_)) => {
                        return Err(cx.overflow_error("can't convert negative value to unsigned int"));
                    }
                    _ => {
                        return Err(cx.overflow_error("Python int too large to convert to C unsigned long"));
                    }
                };
            }
            let at = cx.index(state.items()[N])?.as_int().filter(|i| (0..=N as i64).contains(i));
            let Some(at) = at else {
                return Err(cx.value_error("invalid state"));
            };
            if let Some(t) = native::<Twister>(this) {
                *t.words.borrow_mut() = words;
                t.at.set(at as usize);
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_numbers_of_a_seed() {
        let t = Twister::new();
        t.seed_words(&[42]);
        assert_eq!(t.float(), 0.6394267984578837);
        assert_eq!(t.float(), 0.025010755222666936);
    }
}
