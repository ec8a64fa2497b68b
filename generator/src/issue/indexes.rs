//! The places of one issuer's status list: which are taken, and a draw among the free ones.
//!
//! Spec: CRED-BSL-40 (at random, never reused, never 0), OB3-OV-24 (a malformed index counts as 0 with some).

use std::collections::BTreeSet;

use super::randomness::{Randomness, choose};

/// After so many misses the list is nearly full, and walking it is quicker than guessing.
const GUESSES_MAX: u32 = 64;

/// The places of a list of `bits` entries.
#[derive(Debug, Clone)]
pub struct Indexes {
    bits: u32,
    taken: BTreeSet<u32>,
}

impl Indexes {
    /// A list of `bits` entries in which `taken` are gone: those of every sealed credential and tombstone of the
    /// issuer, and every bit that is set in the published list, so that nobody is born revoked.
    #[must_use]
    pub fn new(bits: u32, taken: impl IntoIterator<Item = u32>) -> Self {
        let taken = taken.into_iter().filter(|index| (1..bits).contains(index)).collect();
        Self { bits, taken }
    }

    /// How many are free.
    #[must_use]
    pub fn free(&self) -> u32 {
        let taken = u32::try_from(self.taken.len()).unwrap_or(u32::MAX);
        self.bits.saturating_sub(1).saturating_sub(taken)
    }

    /// Takes one of the free places, each as likely as the others. `None` when the list is full.
    pub fn draw(&mut self, random: &mut dyn Randomness) -> Option<u32> {
        if self.free() == 0 {
            return None;
        }
        let places = self.bits.checked_sub(1)?;
        let guess = (0..GUESSES_MAX)
            .filter_map(|_| choose(places, random))
            .map(|place| place + 1)
            .find(|index| !self.taken.contains(index));
        let index = match guess {
            Some(index) => index,
            None => self.nth_free(choose(self.free(), random)?),
        };
        self.taken.insert(index);
        Some(index)
    }

    /// The free place that has `n` free places before it.
    fn nth_free(&self, n: u32) -> u32 {
        let mut index = n + 1;
        for taken in &self.taken {
            if *taken > index {
                break;
            }
            index += 1;
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::randomness::tests::Stream;

    #[test]
    fn a_small_list_gives_each_place_once_and_never_0_cred_bsl_40() {
        let mut random = Stream::of("indexes");
        let mut indexes = Indexes::new(40, [3, 17, 0, 40, 99]);
        let mut drawn = BTreeSet::new();
        while let Some(index) = indexes.draw(&mut random) {
            assert!(drawn.insert(index), "{index} was given twice");
        }
        let expected: BTreeSet<u32> = (1..40).filter(|index| ![3, 17].contains(index)).collect();
        assert_eq!(drawn, expected);
        assert_eq!((indexes.free(), indexes.draw(&mut random)), (0, None));
    }

    #[test]
    fn places_tell_nothing_about_the_order_of_the_awards_cred_bsl_40() {
        let mut random = Stream::of("order");
        let mut indexes = Indexes::new(131_072, []);
        let drawn: Vec<u32> = (0..100).filter_map(|_| indexes.draw(&mut random)).collect();
        let rising = drawn.windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert!((30..70).contains(&rising), "{rising} of 99 neighbours rise");
        assert!(drawn.iter().any(|index| *index > 65_536) && drawn.iter().any(|i| *i < 65_536));
    }

    #[test]
    fn the_walk_finds_the_free_places_in_order() {
        let indexes = Indexes::new(10, [1, 2, 5, 9]);
        let walked: Vec<u32> = (0..indexes.free()).map(|n| indexes.nth_free(n)).collect();
        assert_eq!(walked, [3, 4, 6, 7, 8]);
    }
}
