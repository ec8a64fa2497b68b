//! Public keys of the kinds that badges are signed with, and Ed25519 signing.
//!
//! A [`PublicKey`] is read from a Multikey, a JWK or a PEM, and each kind checks signatures in exactly one way: the
//! algorithm follows from the key and never from what a document says of itself. We sign with Ed25519 alone; the other
//! kinds are for reading what others issued. This module makes no key material: a caller brings the 32 random bytes of a
//! seed.
//!
//! Spec: CRED-KEY-3, CRED-KEY-5 to CRED-KEY-7, CRED-EDDSA-6, CRED-EDDSA-8, CRED-ECDSA-1, CRED-ECDSA-2, CRED-JOSE-8;
//! RFC 8032, RFC 8037, RFC 7518, RFC 7638.

pub(crate) mod jwk;
mod multikey;
mod pem;
mod rsa;
mod signing;

pub use rsa::{RSA_BITS_MAX, RSA_BITS_MIN, RsaKey};
pub use signing::{SIGNATURE_LENGTH, SigningKey};

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use p256::ecdsa::signature::Verifier as _;

use crate::multibase::MultibaseError;

/// Multicodec `ed25519-pub`.
const ED25519_PUBLIC: [u8; 2] = [0xed, 0x01];
/// Multicodec `ed25519-priv`.
const ED25519_SECRET: [u8; 2] = [0x80, 0x26];

/// The tags of a compressed point (SEC 1, 2.3.3). A curve library may read other forms too; one key has one spelling.
const COMPRESSED: [u8; 2] = [0x02, 0x03];

/// A public key that can check a proof.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKey {
    /// Ed25519 (RFC 8032).
    Ed25519(VerifyingKey),
    /// ECDSA over P-256 with SHA-256.
    P256(p256::ecdsa::VerifyingKey),
    /// ECDSA over P-384 with SHA-384.
    P384(p384::ecdsa::VerifyingKey),
    /// RSASSA-PKCS1-v1_5 with SHA-256. Read only: nothing of ours signs with RSA.
    Rsa(RsaKey),
}

impl PublicKey {
    /// Checks a signature: the one strict way, which leaves two verifiers no room to differ.
    ///
    /// Ed25519: canonical numbers, no point of small order. ECDSA: `r` and `s` of fixed width, either of the two values
    /// of `s`, since no specification demands the lower one. RSA: the padding compared as a whole.
    ///
    /// # Errors
    /// [`BadSignature`] says nothing more: why a forged signature fails is of no use to an honest caller.
    ///
    /// Spec: CRED-EDDSA-6, CRED-EDDSA-8, CRED-ECDSA-1, CRED-JOSE-8.
    pub fn verify_strict(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let holds = match self {
            Self::Ed25519(key) => Signature::from_slice(signature)
                .and_then(|signature| key.verify_strict(message, &signature))
                .is_ok(),
            Self::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .and_then(|signature| key.verify(message, &signature))
                .is_ok(),
            Self::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .and_then(|signature| key.verify(message, &signature))
                .is_ok(),
            Self::Rsa(key) => key.verifies(message, signature),
        };
        if holds { Ok(()) } else { Err(BadSignature) }
    }

    pub(crate) fn from_ed25519_bytes(raw: &[u8]) -> Result<Self, KeyError> {
        let raw: &[u8; 32] = raw.try_into().map_err(|_| KeyError::Length)?;
        let key = VerifyingKey::from_bytes(raw).map_err(|_| KeyError::NotAPoint)?;
        // One key has one spelling: the curve library also reads y ≥ p and the sign bit of x = 0. Where x is 0 the point is of
        // small order, and such a point would have a signature that fits many messages.
        if !is_below_p(raw) || key.is_weak() {
            return Err(KeyError::NotAPoint);
        }
        Ok(Self::Ed25519(key))
    }

    /// A P-256 point in the compressed form of SEC 1.
    fn from_p256_compressed(raw: &[u8]) -> Result<Self, KeyError> {
        compressed::<33>(raw)?;
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(raw);
        key.map(Self::P256).map_err(|_| KeyError::NotAPoint)
    }

    /// A P-384 point in the compressed form of SEC 1.
    fn from_p384_compressed(raw: &[u8]) -> Result<Self, KeyError> {
        compressed::<49>(raw)?;
        let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(raw);
        key.map(Self::P384).map_err(|_| KeyError::NotAPoint)
    }
}

/// Whether the 255 low bits are a number below p = 2²⁵⁵ − 19, least significant byte first.
fn is_below_p(raw: &[u8; 32]) -> bool {
    let [first, middle @ .., last] = raw;
    *first < 0xed || middle.iter().any(|byte| *byte != 0xff) || last & 0x7f != 0x7f
}

fn compressed<const LENGTH: usize>(raw: &[u8]) -> Result<(), KeyError> {
    if raw.len() != LENGTH {
        return Err(KeyError::Length);
    }
    if raw.first().is_none_or(|tag| !COMPRESSED.contains(tag)) {
        return Err(KeyError::NotAPoint);
    }
    Ok(())
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_multikey())
    }
}

/// The signature does not belong to this key and message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not belong to this key and text")]
pub struct BadSignature;

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The multibase text is broken.
    #[error("{0}")]
    Multibase(MultibaseError),
    /// The prefix, or `kty` and `crv`, name a key type we do not check, or `alg` an algorithm we do not.
    #[error("the key is of a type that is not checked here")]
    UnknownType,
    /// The key is too short or too long.
    #[error("the key has the wrong length")]
    Length,
    /// The bytes are no point of the curve, or one that no honest key has.
    #[error("the key is no point of its curve")]
    NotAPoint,
    /// An RSA key outside the bounds: a short modulus can be factored, a large one costs its reader too much.
    #[error(
        "the RSA key is shorter than 2048 bits, longer than 8192 bits, or has an unusual exponent"
    )]
    Strength,
    /// The text is no public key in PEM.
    #[error("the text is no public key in PEM, which begins with `-----BEGIN PUBLIC KEY-----`")]
    Pem,
    /// The public half beside the seed is of another key.
    #[error("the secret key and the public key written beside it do not belong together")]
    OtherPublicHalf,
    /// A member of the JWK is missing or says that the key is for something else.
    #[error("the member `{0}` of the JWK is missing or not that of a signature key")]
    Member(&'static str),
    /// A secret is where a public key should be.
    #[error("a secret key is published in place of a public one")]
    SecretMember,
}

#[cfg(test)]
mod tests;
