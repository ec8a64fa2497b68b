//! RSA public keys. There are no private ones here: the timing advisory of the `rsa` crate (RUSTSEC-2023-0071) is about
//! the private half, and checking a signature has no secret to leak.

use pkcs1::der::asn1::UintRef;
use pkcs1::der::{Decode as _, Encode as _};
use rsa::BoxedUint;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use sha2::Sha256;

use super::KeyError;

/// The shortest modulus: shorter ones can be factored, or will be (CRED-JOSE-8).
pub const RSA_BITS_MIN: usize = 2048;

/// The longest modulus: checking a signature costs the square of it.
pub const RSA_BITS_MAX: usize = 8192;

/// The longest exponent. Nearly every key has 65537; the work grows with its length.
const EXPONENT_BYTES_MAX: usize = 4;

/// An RSA public key within the bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RsaKey {
    modulus: Box<[u8]>,
    exponent: Box<[u8]>,
}

impl RsaKey {
    /// Takes both numbers, big-endian.
    ///
    /// # Errors
    /// [`KeyError::Length`] for a number with leading zeros, which would be a second spelling of the same key;
    /// [`KeyError::Strength`] outside the bounds.
    ///
    /// Spec: CRED-JOSE-8; RFC 7518, 6.3.1.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let (Some(first), Some(_)) = (modulus.first(), exponent.first()) else {
            return Err(KeyError::Length);
        };
        if *first == 0 || exponent.first() == Some(&0) {
            return Err(KeyError::Length);
        }
        let unused = usize::try_from(first.leading_zeros()).unwrap_or_default();
        let bits = modulus.len().saturating_mul(8).saturating_sub(unused);
        let is_odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
        let sound = (RSA_BITS_MIN..=RSA_BITS_MAX).contains(&bits)
            && is_odd(modulus)
            && is_odd(exponent)
            && exponent.len() <= EXPONENT_BYTES_MAX
            && exponent != [1];
        if !sound {
            return Err(KeyError::Strength);
        }
        Ok(Self { modulus: modulus.into(), exponent: exponent.into() })
    }

    /// Reads a PKCS #1 `RSAPublicKey`.
    pub(super) fn from_pkcs1(der: &[u8]) -> Result<Self, KeyError> {
        let key =
            pkcs1::RsaPublicKey::<UintRef<'_>>::from_der(der).map_err(|_| KeyError::Length)?;
        Self::new(key.modulus.as_bytes(), key.public_exponent.as_bytes())
    }

    /// Writes a PKCS #1 `RSAPublicKey`.
    pub(super) fn to_pkcs1(&self) -> Vec<u8> {
        let written = UintRef::new(&self.modulus).and_then(|modulus| {
            let public_exponent = UintRef::new(&self.exponent)?;
            pkcs1::RsaPublicKey { modulus, public_exponent }.to_der()
        });
        written.expect("two bounded numbers without leading zeros have a DER form")
    }

    /// The modulus, big-endian.
    #[must_use]
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// The public exponent, big-endian.
    #[must_use]
    pub fn exponent(&self) -> &[u8] {
        &self.exponent
    }

    /// Whether `signature` is that of this key over `message`: RSASSA-PKCS1-v1_5 with SHA-256.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let number = BoxedUint::from_be_slice_vartime;
        let key = rsa::RsaPublicKey::new_with_size_limits(
            number(&self.modulus),
            number(&self.exponent),
            RSA_BITS_MIN..=RSA_BITS_MAX,
        );
        let (Ok(key), Ok(signature)) = (key, Signature::try_from(signature)) else { return false };
        VerifyingKey::<Sha256>::new(key).verify(message, &signature).is_ok()
    }
}
