//! Award ids: 26 characters of lower-case Crockford base32 holding 128 random bits.

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The value of each byte that is a digit of the alphabet, and 255 for the others.
const DIGITS: [u8; 256] = {
    let mut digits = [u8::MAX; 256];
    let mut value = 0;
    while value < 32 {
        #[expect(clippy::indexing_slicing, reason = "both are in bounds, or this does not compile")]
        {
            digits[ALPHABET[value as usize] as usize] = value;
        }
        value += 1;
    }
    digits
};

/// The value of a digit.
pub(crate) fn digit(character: u8) -> Option<u8> {
    DIGITS.get(usize::from(character)).copied().filter(|value| *value != u8::MAX)
}

/// The id of an award (and of an endorsement): 128 bits, written as 26 characters with two zero bits in front.
///
/// One value has one spelling, so an id can be a file name, a URL segment and a map key at once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AwardId(u128);

impl AwardId {
    /// The number of characters of an id.
    pub const LENGTH: usize = 26;

    /// Makes an id of 128 bits; their randomness is the caller's promise.
    #[must_use]
    pub fn from_bits(bits: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bits))
    }

    /// Reads the 26 characters; upper case, look-alikes and a first character above `7` are refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != Self::LENGTH || !matches!(text.as_bytes().first(), Some(b'0'..=b'7')) {
            return None;
        }
        text.bytes().try_fold(0_u128, |bits, c| Some(bits << 5 | u128::from(digit(c)?))).map(Self)
    }

    /// The 128 bits.
    #[must_use]
    pub fn bits(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The id as `urn:uuid`-free text of 26 characters.
    #[must_use]
    pub fn text(self) -> String {
        encode(self.0)
    }
}

/// Writes 128 bits in the id alphabet; also the form of a hidden name's salt.
#[must_use]
pub fn encode(bits: u128) -> String {
    (0..26_u32)
        .rev()
        .map(|place| {
            let digit = usize::try_from((bits >> (5 * place)) & 31).unwrap_or_default();
            ALPHABET.get(digit).copied().map_or('0', char::from)
        })
        .collect()
}

impl FromStr for AwardId {
    type Err = AwardIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or_else(|| AwardIdError { text: text.to_owned() })
    }
}

impl fmt::Display for AwardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for AwardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AwardId({self})")
    }
}

/// The text is not an award id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an award id: 26 characters of `0-9` and `a-z` without `i`, `l`, `o`, `u`")]
pub struct AwardIdError {
    /// The refused text.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_one_spelling() {
        for bits in [0_u128, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            let id = AwardId(bits);
            assert_eq!(id.text().len(), AwardId::LENGTH);
            assert_eq!(AwardId::parse(&id.text()), Some(id));
        }
        assert_eq!(AwardId(u128::MAX).text(), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
        for text in [
            "8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "0000000000000000000000000I",
            "0",
            "0000000000000000000000000é",
        ] {
            assert_eq!(AwardId::parse(text), None, "{text}");
        }
    }
}
