//! Secret Ed25519 keys, and signing with them.

use std::fmt;

use ed25519_dalek::Signer as _;
use zeroize::Zeroizing;

use super::{ED25519_SECRET, KeyError, PublicKey};
use crate::multibase;

/// The length of an Ed25519 signature in bytes.
pub const SIGNATURE_LENGTH: usize = 64;

/// A secret Ed25519 key. Its memory is cleared when it is dropped; it is never printed.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Makes the key of a seed; that the 32 bytes are random and secret is the caller's promise.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// Reads `secretKeyMultibase`: the seed alone, or seed and public key as some tools write it.
    ///
    /// # Errors
    /// [`KeyError`] when the multibase, the prefix or the length is wrong, or when the public half is of another key.
    ///
    /// Spec: CRED-KEY-7.
    pub fn from_secret_multikey(text: &str) -> Result<Self, KeyError> {
        let bytes = multibase::decode_base58btc(text).map_err(KeyError::Multibase)?;
        let bytes = Zeroizing::new(bytes);
        let raw = bytes.strip_prefix(&ED25519_SECRET).ok_or(KeyError::UnknownType)?;
        let (seed, public) = raw.split_first_chunk::<32>().ok_or(KeyError::Length)?;
        let key = Self::from_seed(seed);
        match public.len() {
            0 => Ok(key),
            32 if public == key.0.verifying_key().as_bytes() => Ok(key),
            32 => Err(KeyError::OtherPublicHalf),
            _ => Err(KeyError::Length),
        }
    }

    /// Writes `secretKeyMultibase` with the seed alone, as Controlled Identifiers has it.
    #[must_use]
    pub fn to_secret_multikey(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new([ED25519_SECRET.as_slice(), self.0.as_bytes()].concat());
        Zeroizing::new(multibase::base58btc(&bytes))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey::Ed25519(self.0.verifying_key())
    }

    /// Signs `message`; the same message always gets the same signature.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LENGTH] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(secret half of {:?})", self.public())
    }
}
