//! Where random bytes come from: the caller says, so that a demonstration can be made twice alike.

/// A source of random bytes.
///
/// Ids, salts and status indexes hide only as well as this source does; `commands/` hands in the system's.
pub trait Randomness {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}

impl<R: Randomness + ?Sized> Randomness for &mut R {
    fn fill(&mut self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
}

/// Draws `N` bytes.
pub fn draw<const N: usize>(random: &mut dyn Randomness) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill(&mut bytes);
    bytes
}

/// Draws one of `0..count`, each as likely as the others. `None` when there is nothing to choose from.
pub fn choose(count: u32, random: &mut dyn Randomness) -> Option<u32> {
    let count_wide = u64::from(count);
    // The last, incomplete round of the range would favour small numbers, so it is drawn again.
    let rounds_end = (u64::from(u32::MAX) + 1).checked_div(count_wide)? * count_wide;
    loop {
        let drawn = u64::from(u32::from_be_bytes(draw(random)));
        if drawn < rounds_end {
            return u32::try_from(drawn % count_wide).ok();
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    /// A stream that is the same in every run.
    pub(crate) struct Stream {
        seed: String,
        block: u64,
        left: Vec<u8>,
    }

    impl Stream {
        pub(crate) fn of(seed: &str) -> Self {
            Self { seed: seed.to_owned(), block: 0, left: Vec::new() }
        }
    }

    impl Randomness for Stream {
        fn fill(&mut self, bytes: &mut [u8]) {
            for byte in bytes {
                if self.left.is_empty() {
                    self.left = Sha256::digest(format!("{}/{}", self.seed, self.block)).to_vec();
                    self.block += 1;
                }
                *byte = self.left.remove(0);
            }
        }
    }

    /// Gives the bytes it was told, and panics when they are used up.
    struct Told(Vec<u8>);

    impl Randomness for Told {
        fn fill(&mut self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.remove(0);
            }
        }
    }

    #[test]
    fn every_number_is_as_likely_as_the_others() {
        let mut seen = [0_u32; 7];
        let mut random = Stream::of("fair");
        for _ in 0..7000 {
            seen[usize::try_from(choose(7, &mut random).unwrap()).unwrap()] += 1;
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
        assert_eq!(choose(0, &mut random), None);
        assert_eq!(choose(1, &mut random), Some(0));
    }

    #[test]
    fn the_incomplete_last_round_is_drawn_again() {
        // 2^32 = 3 × 1431655765 + 1, so 0xffffffff is the one number of the incomplete round.
        let mut random = Told(vec![0xff, 0xff, 0xff, 0xff, 0, 0, 0, 4]);
        assert_eq!(choose(3, &mut random), Some(1));
        assert!(random.0.is_empty());
    }
}
