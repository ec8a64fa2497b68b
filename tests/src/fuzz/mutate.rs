//! Plain mutations, for a short pass where no engine is at hand: the same seed gives the same inputs.

/// Bytes and texts that parsers stumble over.
const PIECES: [&[u8]; 24] = [
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"<",
    b">",
    b"&",
    b"-",
    b"1e999",
    b"\\ud800",
    b"null",
    b"#",
    b"%00",
    b"=",
    b"\r\n",
    b"9007199254740993",
];

/// The most changes to one input.
const CHANGES_MAX: usize = 6;

/// Makes inputs out of inputs.
#[derive(Debug, Clone)]
pub struct Mutator(u64);

impl Mutator {
    /// A mutator that makes the same inputs for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// One of `bound` numbers (xorshift64*); 0 when there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(drawn).unwrap_or_default().checked_rem(bound).unwrap_or_default()
    }

    /// A changed copy of one of the seeds.
    pub fn next(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let nth = self.below(seeds.len());
        let mut bytes = seeds.get(nth).cloned().unwrap_or_default();
        for _ in 0..=self.below(CHANGES_MAX) {
            self.change(&mut bytes, seeds);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(bytes.len());
        let length = 1 + self.below(16);
        let end = at.saturating_add(length).min(bytes.len());
        let start = at.min(end);
        match self.below(7) {
            0 => {
                let bit = self.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            1 => drop(bytes.drain(start..end)),
            2 => {
                let again: Vec<u8> = bytes.iter().skip(start).take(length).copied().collect();
                drop(bytes.splice(start..start, again));
            }
            3 => {
                let piece = PIECES.get(self.below(PIECES.len())).copied().unwrap_or_default();
                drop(bytes.splice(start..start, piece.iter().copied()));
            }
            4 => {
                let piece = PIECES.get(self.below(PIECES.len())).copied().unwrap_or_default();
                drop(bytes.splice(start..end, piece.iter().copied()));
            }
            5 => bytes.truncate(at),
            _ => {
                let other = self.below(seeds.len());
                let from = seeds.get(other).map(Vec::as_slice).unwrap_or_default();
                let offset = self.below(from.len());
                let cut: Vec<u8> = from.iter().skip(offset).take(64).copied().collect();
                drop(bytes.splice(start..end, cut));
            }
        }
    }
}
