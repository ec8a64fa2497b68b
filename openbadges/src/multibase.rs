//! Multibase texts: `z` for base58btc and `u` for base64url without padding.
//!
//! Spec: CRED-CONST-12.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The longest base58 text that is read. Decoding costs the square of the length, and the longest honest one (an RSA
/// key of 4096 bits) has some 720 characters.
const BASE58_CHARS_MAX: usize = 1024;

/// Writes `bytes` as `z` and base58btc.
#[must_use]
pub fn base58btc(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Writes `bytes` as `u` and base64url without padding.
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// Reads either form.
///
/// # Errors
/// [`MultibaseError`] names the base that is not known, or says that the alphabet was left.
pub fn decode(text: &str) -> Result<Vec<u8>, MultibaseError> {
    match text.chars().next() {
        Some('u') => decode_base64url(text),
        _ => decode_base58btc(text),
    }
}

/// Reads `z` and base58btc, and no other base.
///
/// # Errors
/// [`MultibaseError`] names another base, or says that the alphabet was left or the text is too long.
pub fn decode_base58btc(text: &str) -> Result<Vec<u8>, MultibaseError> {
    let digits = after_prefix(text, 'z')?;
    if digits.len() > BASE58_CHARS_MAX {
        return Err(MultibaseError::TooLong);
    }
    bs58::decode(digits).into_vec().map_err(|_| MultibaseError::Alphabet)
}

/// Reads `u` and base64url without padding, and no other base.
///
/// The length is the caller's to bound: it is linear in what the text cost to receive.
///
/// # Errors
/// [`MultibaseError`] names another base, or says that the alphabet was left or that bits are left over.
pub fn decode_base64url(text: &str) -> Result<Vec<u8>, MultibaseError> {
    let digits = after_prefix(text, 'u')?;
    URL_SAFE_NO_PAD.decode(digits).map_err(|_| MultibaseError::Alphabet)
}

fn after_prefix(text: &str, prefix: char) -> Result<&str, MultibaseError> {
    let first = text.chars().next().ok_or(MultibaseError::Empty)?;
    text.strip_prefix(prefix).ok_or(MultibaseError::Base(first))
}

/// Why a text is no multibase text we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MultibaseError {
    /// There is no text.
    #[error("the multibase text is empty")]
    Empty,
    /// Another base than `z` and `u`, or than the one the place asks for.
    #[error("multibase `{0}` is not one that is read here: `z` is base58btc, `u` is base64url")]
    Base(char),
    /// A character outside the alphabet, padding, or bits left over.
    #[error("the multibase text has a character outside its alphabet")]
    Alphabet,
    /// More base58 digits than any key or signature needs.
    #[error("the multibase text is longer than any key or signature")]
    TooLong,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_bases_are_read_back() {
        for bytes in [b"".as_slice(), b"\0\0", b"\xed\x01badge", &[0xff; 64]] {
            assert_eq!(decode(&base58btc(bytes)).as_deref(), Ok(bytes));
            assert_eq!(decode(&base64url(bytes)).as_deref(), Ok(bytes));
        }
    }

    #[test]
    fn another_base_or_alphabet_is_refused() {
        for (text, error) in [
            ("", MultibaseError::Empty),
            ("mAAAA", MultibaseError::Base('m')),
            ("é", MultibaseError::Base('é')),
            ("z0", MultibaseError::Alphabet),
            ("zl", MultibaseError::Alphabet),
            ("uAA==", MultibaseError::Alphabet),
            ("u+/", MultibaseError::Alphabet),
            ("uAB", MultibaseError::Alphabet),
        ] {
            assert_eq!(decode(text), Err(error), "{text}");
        }
        assert_eq!(decode_base58btc("uAAAA"), Err(MultibaseError::Base('u')));
        assert_eq!(decode_base64url("z11"), Err(MultibaseError::Base('z')));
    }

    #[test]
    fn a_base58_text_that_would_cost_the_square_of_a_megabyte_is_refused() {
        assert_eq!(decode(&format!("z{}", "2".repeat(1 << 20))), Err(MultibaseError::TooLong));
    }
}
