//! Multibase texts: `z` for base58btc and `u` for base64url without padding.
//!
//! Spec: CRED-CONST-12.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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
    let mut chars = text.chars();
    match chars.next() {
        Some('z') => bs58::decode(chars.as_str()).into_vec().map_err(|_| MultibaseError::Alphabet),
        Some('u') => URL_SAFE_NO_PAD.decode(chars.as_str()).map_err(|_| MultibaseError::Alphabet),
        Some(other) => Err(MultibaseError::Base(other)),
        None => Err(MultibaseError::Empty),
    }
}

/// Why a text is no multibase text we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MultibaseError {
    /// There is no text.
    #[error("the multibase text is empty")]
    Empty,
    /// Another base than `z` and `u`.
    #[error("multibase `{0}` is neither `z` (base58btc) nor `u` (base64url)")]
    Base(char),
    /// A character outside the alphabet, or padding.
    #[error("the multibase text has a character outside its alphabet")]
    Alphabet,
}
