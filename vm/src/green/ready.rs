//! Who runs next: the ring of ready ids.
//!
//! The order is first in, first out, as gevent's, or, for tests of concurrent programs, drawn from
//! a seeded generator: one seed is one order, on every machine.

use std::collections::VecDeque;

/// In which order ready ids are taken.
#[derive(Clone, Debug, Default)]
pub enum Order {
    /// First in, first out.
    #[default]
    Fifo,
    /// Any of those that are ready, the same each time for the same seed.
    Seeded(Random),
}

/// Ids of what can run.
#[derive(Clone, Debug, Default)]
pub struct ReadyRing {
    ids: VecDeque<u64>,
    order: Order,
}

/// A small reproducible generator (splitmix64); not for secrets.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Order {
    /// The order that a seed stands for.
    pub fn seeded(seed: u64) -> Order {
        Order::Seeded(Random::new(seed))
    }
}

impl ReadyRing {
    /// An empty ring.
    pub fn new(order: Order) -> ReadyRing {
        ReadyRing { ids: VecDeque::new(), order }
    }

    /// Adds an id. The ring does not look for duplicates: who wakes makes sure of that.
    #[inline]
    pub fn push(&mut self, id: u64) {
        self.ids.push_back(id);
    }

    /// Adds an id that goes before all others, in first-in-first-out order.
    #[inline]
    pub fn push_front(&mut self, id: u64) {
        self.ids.push_front(id);
    }

    /// Takes the next id.
    #[inline]
    pub fn pop(&mut self) -> Option<u64> {
        match &mut self.order {
            Order::Fifo => self.ids.pop_front(),
            Order::Seeded(_) if self.ids.is_empty() => None,
            Order::Seeded(random) => self.ids.swap_remove_back(random.below(self.ids.len())),
        }
    }

    /// The id that comes after `n` others, where that is known.
    #[inline(always)]
    pub fn ahead(&self, n: usize) -> Option<u64> {
        match self.order {
            Order::Fifo => self.ids.get(n).copied(),
            Order::Seeded(_) => None,
        }
    }

    /// Gives back memory that a burst needed.
    pub fn shrink(&mut self) {
        self.ids.shrink_to(2 * self.ids.len());
    }

    /// How many ids are ready.
    #[inline]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether nothing is ready.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// All ready ids, oldest first unless the order is seeded.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.ids.iter().copied()
    }

    /// Forgets all ids that `keep` says no to.
    pub fn retain(&mut self, mut keep: impl FnMut(u64) -> bool) {
        self.ids.retain(|&id| keep(id));
    }
}

impl Random {
    /// A generator; every seed is good.
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `bound`, which must not be 0. Evenly enough for scheduling.
    #[inline]
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drained(order: Order, ids: u64) -> Vec<u64> {
        let mut ring = ReadyRing::new(order);
        (0..ids).for_each(|id| ring.push(id));
        std::iter::from_fn(|| ring.pop()).collect()
    }

    #[test]
    fn fifo() {
        assert!(drained(Order::Fifo, 50).into_iter().eq(0..50));
        let mut ring = ReadyRing::default();
        ring.push(1);
        ring.push_front(2);
        assert_eq!(ring.iter().collect::<Vec<_>>(), [2, 1]);
        ring.retain(|id| id != 2);
        assert_eq!((ring.len(), ring.pop(), ring.pop()), (1, Some(1), None));
    }

    #[test]
    fn a_seed_is_an_order() {
        let one = drained(Order::seeded(1), 50);
        assert_eq!(one, drained(Order::seeded(1), 50));
        assert_ne!(one, drained(Order::seeded(2), 50));
        let mut sorted = one;
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..50));
        // The order itself is part of what a seed promises.
        assert_eq!(drained(Order::seeded(7), 8), [3, 0, 5, 2, 1, 6, 4, 7]);
    }

    #[test]
    fn every_order_of_three_occurs() {
        let orders: std::collections::HashSet<_> = (0..100).map(|seed| drained(Order::seeded(seed), 3)).collect();
        assert_eq!(orders.len(), 6);
    }
}
