//! The bits of a status list, and their compressed text.

use std::fmt;
use std::io::{Read as _, Write as _};

use flate2::{Compression, GzBuilder, bufread::GzDecoder};

use crate::multibase::{self, MultibaseError};

/// The compression level. Fixed, so that one library version gives the same bits the same text (CRED-BSL-45).
const LEVEL: u32 = 6;

/// The bytes of a list of the least length, which most lists have: room to begin with.
const LIST_BYTES_TYPICAL: usize = super::LIST_ENTRIES_MIN / 8;

/// The operating system byte of a gzip header: unknown.
const GZIP_OS_UNKNOWN: u8 = 255;

/// Bits numbered from the most significant bit of the first byte.
///
/// There is no way to clear one: revocation is final (CRED-BSL-42).
///
/// Spec: CRED-BSL-13.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitstring {
    bytes: Vec<u8>,
}

/// How much a received list may ask of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeBounds {
    /// The bytes of the list after decompression.
    pub inflated_bytes_max: usize,
}

impl Default for DecodeBounds {
    /// 16 MiB: 128 million entries (CRED-BSL-28).
    fn default() -> Self {
        Self { inflated_bytes_max: 16 << 20 }
    }
}

impl Bitstring {
    /// Makes a list of at least `bits` bits, all zero, in whole bytes.
    #[must_use]
    pub fn new(bits: usize) -> Self {
        Self { bytes: vec![0; bits.div_ceil(8)] }
    }

    /// Reads an `encodedList`: `u`, base64url without padding, gzip of one member and nothing after it.
    ///
    /// Memory grows with what really comes out, up to the bound; sizes that the text claims are not believed.
    ///
    /// # Errors
    /// [`EncodedListError`] names the layer that is broken.
    ///
    /// Spec: CRED-BSL-12, CRED-BSL-28.
    pub fn decode(text: &str, bounds: &DecodeBounds) -> Result<Self, EncodedListError> {
        let compressed = multibase::decode_base64url(text).map_err(EncodedListError::Multibase)?;
        Self::inflate(&compressed, bounds)
    }

    /// Reads the `encodedList` of a `StatusList2021`: the same without the `u`, in either alphabet of base64, padded or not.
    ///
    /// # Errors
    /// As [`Bitstring::decode`].
    pub fn decode_2021(text: &str, bounds: &DecodeBounds) -> Result<Self, EncodedListError> {
        let digits = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
        let compressed = multibase::decode_base64url(&format!("u{digits}"));
        Self::inflate(&compressed.map_err(EncodedListError::Multibase)?, bounds)
    }

    fn inflate(compressed: &[u8], bounds: &DecodeBounds) -> Result<Self, EncodedListError> {
        // One byte more than allowed tells a list of exactly the bound from one beyond it.
        let beyond = u64::try_from(bounds.inflated_bytes_max).unwrap_or(u64::MAX).saturating_add(1);
        let mut gzip = GzDecoder::new(compressed).take(beyond);
        let mut bytes = Vec::with_capacity(LIST_BYTES_TYPICAL.min(bounds.inflated_bytes_max));
        gzip.read_to_end(&mut bytes).map_err(|_| EncodedListError::Gzip)?;
        if bytes.len() > bounds.inflated_bytes_max {
            return Err(EncodedListError::TooLarge);
        }
        if !gzip.into_inner().into_inner().is_empty() {
            return Err(EncodedListError::Trailing);
        }
        Ok(Self { bytes })
    }

    /// Writes the `encodedList`. The same bits always give the same text: the gzip header holds no time, no name and no
    /// operating system.
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    ///
    /// Spec: CRED-BSL-12, CRED-BSL-45.
    #[must_use]
    pub fn encode(&self) -> String {
        let header = GzBuilder::new().mtime(0).operating_system(GZIP_OS_UNKNOWN);
        let mut gzip = header.write(Vec::new(), Compression::new(LEVEL));
        let written = gzip.write_all(&self.bytes).and_then(|()| gzip.finish());
        multibase::base64url(&written.expect("writing to memory does not fail"))
    }

    /// The number of bits.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.bytes.len().saturating_mul(8)
    }

    /// The bytes, most significant bit first.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bit at `index`, or `None` beyond the end.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<bool> {
        self.bytes.get(index / 8).map(|byte| byte & mask(index) != 0)
    }

    /// Sets the bit at `index`.
    ///
    /// # Errors
    /// [`OutOfRange`] beyond the end.
    pub fn set(&mut self, index: usize) -> Result<(), OutOfRange> {
        let byte = self.bytes.get_mut(index / 8).ok_or(OutOfRange)?;
        *byte |= mask(index);
        Ok(())
    }

    /// The value at `index` when each entry takes `size` bits, most significant first; `None` beyond the end.
    ///
    /// Spec: CRED-BSL-13.
    #[must_use]
    pub fn value(&self, index: u64, size: u8) -> Option<u64> {
        let first = usize::try_from(index).ok()?.checked_mul(usize::from(size))?;
        (0..usize::from(size)).try_fold(0_u64, |value, place| {
            let bit = self.get(first.checked_add(place)?)?;
            Some(value << 1 | u64::from(bit))
        })
    }

    /// Whether every bit that `older` has set is set here too: a revocation is never taken back.
    ///
    /// Spec: CRED-BSL-42.
    #[must_use]
    pub fn keeps_all_of(&self, older: &Self) -> bool {
        older.bytes.iter().enumerate().all(|(at, old)| {
            let new = self.bytes.get(at).copied().unwrap_or_default();
            new & old == *old
        })
    }
}

fn mask(index: usize) -> u8 {
    0x80 >> (index % 8)
}

impl fmt::Debug for Bitstring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set: u32 = self.bytes.iter().map(|byte| byte.count_ones()).sum();
        write!(f, "Bitstring({} bits, {set} set)", self.bits())
    }
}

/// The index is beyond the end of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the index is beyond the end of the status list")]
pub struct OutOfRange;

/// Why a text is no `encodedList`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodedListError {
    /// The multibase text is broken or of another base.
    #[error("{0}")]
    Multibase(MultibaseError),
    /// The bytes are not one whole gzip member.
    #[error("the status list is not compressed with gzip, or is damaged")]
    Gzip,
    /// Something follows the gzip member.
    #[error("there is something after the end of the compressed status list")]
    Trailing,
    /// More bytes come out than the bound.
    #[error("the status list is larger than is read here")]
    TooLarge,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(text: &str) -> Result<Bitstring, EncodedListError> {
        Bitstring::decode(text, &DecodeBounds::default())
    }

    fn gzip(text: &str) -> Vec<u8> {
        multibase::decode_base64url(text).unwrap()
    }

    /// CRED-BSL-13: the most significant bit first, in bytes and in values.
    #[test]
    fn index_zero_is_the_left_most_bit() {
        let mut list = Bitstring::new(16);
        for index in [0, 7, 9] {
            list.set(index).unwrap();
        }
        assert_eq!(list.bytes(), [0x81, 0x40]);
        assert_eq!(
            (list.get(0), list.get(1), list.get(15), list.get(16)),
            (Some(true), Some(false), Some(false), None)
        );
        assert_eq!(list.set(16), Err(OutOfRange));
        let pairs: Vec<_> = (0..9).map(|index| list.value(index, 2)).collect();
        let value = |value: u64| Some(value);
        assert_eq!(
            pairs,
            [value(2), value(0), value(0), value(1), value(1), value(0), value(0), value(0), None]
        );
        assert_eq!(list.value(1, 3), Some(0));
        assert_eq!(list.value(2, 3), Some(0b010));
        assert_eq!((list.value(0, 16), list.value(1, 16)), (Some(0x8140), None));
        assert_eq!(list.value(u64::MAX, 8), None);
    }

    /// CRED-BSL-45: no time, no name, no system in the header.
    #[test]
    fn the_same_bits_give_the_same_text() {
        let mut list = Bitstring::new(131_072);
        list.set(94_567).unwrap();
        assert_eq!(list.encode(), list.clone().encode());
        assert_eq!(gzip(&list.encode()).get(..10).unwrap(), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        assert!(list.encode().starts_with("uH4sIAAAAAAAA_"));
    }

    /// CRED-BSL-28.
    #[test]
    fn a_second_member_and_trailing_bytes_are_refused() {
        let list = Bitstring::new(131_072);
        let one = gzip(&list.encode());
        let twice = [one.as_slice(), &one].concat();
        assert_eq!(decode(&multibase::base64url(&twice)), Err(EncodedListError::Trailing));
        let padded = [one.as_slice(), &[0]].concat();
        assert_eq!(decode(&multibase::base64url(&padded)), Err(EncodedListError::Trailing));
        let short = one.split_last().unwrap().1;
        assert_eq!(decode(&multibase::base64url(short)), Err(EncodedListError::Gzip));
    }

    /// CRED-BSL-28: the bound is met exactly, and one byte more is too many.
    #[test]
    fn inflation_stops_at_the_bound() {
        let list = Bitstring::new(8 * 1024);
        let bounds = |inflated_bytes_max| DecodeBounds { inflated_bytes_max };
        assert_eq!(Bitstring::decode(&list.encode(), &bounds(1024)), Ok(list.clone()));
        assert_eq!(
            Bitstring::decode(&list.encode(), &bounds(1023)),
            Err(EncodedListError::TooLarge)
        );
        // The damage at the end is not reached.
        let bomb = gzip(&Bitstring::new(8 << 20).encode());
        let damaged = multibase::base64url(bomb.split_last().unwrap().1);
        assert_eq!(decode(&damaged), Err(EncodedListError::Gzip));
        assert_eq!(Bitstring::decode(&damaged, &bounds(1024)), Err(EncodedListError::TooLarge));
    }

    /// CRED-BSL-42.
    #[test]
    fn a_list_that_takes_a_revocation_back_is_told() {
        let (mut older, mut newer) = (Bitstring::new(64), Bitstring::new(64));
        older.set(5).unwrap();
        newer.set(6).unwrap();
        assert!(!newer.keeps_all_of(&older));
        newer.set(5).unwrap();
        assert!(newer.keeps_all_of(&older));
        assert!(!Bitstring::new(0).keeps_all_of(&older));
        assert!(older.keeps_all_of(&Bitstring::new(128)));
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(bytes in prop::collection::vec(any::<u8>(), 0..5000)) {
            let list = Bitstring { bytes };
            prop_assert_eq!(decode(&list.encode()), Ok(list));
        }

        #[test]
        fn no_text_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let with_header = [[0x1f, 0x8b, 8].as_slice(), &bytes].concat();
            let _answer = decode(&multibase::base64url(&with_header));
        }
    }
}
