//! Ed25519 keys as Multikey and JWK.

use std::fmt;

use ed25519_dalek::VerifyingKey;

use crate::multibase::{self, MultibaseError};

/// Multicodec `ed25519-pub`.
const ED25519_PUBLIC: [u8; 2] = [0xed, 0x01];

/// A public key that can check a proof.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKey {
    /// Ed25519 (RFC 8032).
    Ed25519(VerifyingKey),
}

impl PublicKey {
    /// Reads `publicKeyMultibase`.
    ///
    /// # Errors
    /// [`KeyError`] when the multibase, the prefix, the length or the point is wrong.
    ///
    /// Spec: CRED-KEY-5.
    pub fn from_multikey(text: &str) -> Result<Self, KeyError> {
        let bytes = multibase::decode(text).map_err(KeyError::Multibase)?;
        let raw = bytes.strip_prefix(&ED25519_PUBLIC).ok_or(KeyError::UnknownType)?;
        let raw: &[u8; 32] = raw.try_into().map_err(|_| KeyError::Length)?;
        VerifyingKey::from_bytes(raw).map(Self::Ed25519).map_err(|_| KeyError::NotAPoint)
    }

    /// Writes `publicKeyMultibase`.
    #[must_use]
    pub fn to_multikey(&self) -> String {
        match self {
            Self::Ed25519(key) => {
                multibase::base58btc(&[ED25519_PUBLIC.as_slice(), key.as_bytes()].concat())
            }
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_multikey())
    }
}

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The multibase text is broken.
    #[error("{0}")]
    Multibase(MultibaseError),
    /// The prefix names a key type we do not know.
    #[error("the key is of another type than Ed25519")]
    UnknownType,
    /// The key is too short or too long.
    #[error("the key has the wrong length")]
    Length,
    /// The bytes are no point of the curve.
    #[error("the key is no point of its curve")]
    NotAPoint,
}
