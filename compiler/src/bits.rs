//! A small set of small numbers, for "which locals are certainly bound here".

/// A set of numbers; the first 64 need no memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    first: u64,
    rest: Vec<u64>,
}

impl Bits {
    pub fn insert(&mut self, n: u16) {
        let n = n as usize;
        if n < 64 {
            self.first |= 1 << n;
            return;
        }
        let word = n / 64 - 1;
        if word >= self.rest.len() {
            self.rest.resize(word + 1, 0);
        }
        self.rest[word] |= 1 << (n % 64);
    }

    pub fn remove(&mut self, n: u16) {
        let n = n as usize;
        if n < 64 {
            self.first &= !(1 << n);
        } else if let Some(word) = self.rest.get_mut(n / 64 - 1) {
            *word &= !(1 << (n % 64));
        }
    }

    pub fn contains(&self, n: u16) -> bool {
        let n = n as usize;
        if n < 64 {
            return self.first >> n & 1 != 0;
        }
        self.rest.get(n / 64 - 1).is_some_and(|w| w >> (n % 64) & 1 != 0)
    }

    pub fn intersect(&mut self, other: &Bits) {
        self.first &= other.first;
        self.rest.truncate(other.rest.len());
        for (a, b) in self.rest.iter_mut().zip(&other.rest) {
            *a &= b;
        }
    }

    pub fn subtract(&mut self, other: &Bits) {
        self.first &= !other.first;
        for (a, b) in self.rest.iter_mut().zip(&other.rest) {
            *a &= !b;
        }
    }

    /// The same set with `other`'s memory reused.
    pub fn assign(&mut self, other: &Bits) {
        self.first = other.first;
        self.rest.clone_from(&other.rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_operations() {
        let mut a = Bits::default();
        let mut b = Bits::default();
        for n in [1, 63, 64, 200] {
            a.insert(n);
        }
        for n in [63, 64, 70] {
            b.insert(n);
        }
        let mut c = a.clone();
        c.intersect(&b);
        assert_eq!([1, 63, 64, 70, 200].map(|n| c.contains(n)), [false, true, true, false, false]);
        a.subtract(&b);
        assert_eq!([1, 63, 64, 70, 200].map(|n| a.contains(n)), [true, false, false, false, true]);
        a.remove(200);
        assert!(!a.contains(200));
    }
}
