//! `publicKeyMultibase`: a multicodec prefix and the raw key, in base58btc.

use super::{ED25519_PUBLIC, ED25519_SECRET, KeyError, PublicKey, RsaKey};
use crate::multibase;

/// Multicodec `p256-pub`.
const P256_PUBLIC: [u8; 2] = [0x80, 0x24];
/// Multicodec `p384-pub`.
const P384_PUBLIC: [u8; 2] = [0x81, 0x24];
/// Multicodec `rsa-pub`: the key is a PKCS #1 `RSAPublicKey`.
const RSA_PUBLIC: [u8; 2] = [0x85, 0x24];
/// Multicodec `p256-priv` and `p384-priv`.
const ECDSA_SECRET: [[u8; 2]; 2] = [[0x86, 0x26], [0x87, 0x26]];

impl PublicKey {
    /// Reads `publicKeyMultibase`.
    ///
    /// # Errors
    /// [`KeyError`] when the multibase, the prefix, the length or the point is wrong.
    ///
    /// Spec: CRED-KEY-5, CRED-ECDSA-2, CRED-CONST-13.
    pub fn from_multikey(text: &str) -> Result<Self, KeyError> {
        let bytes = multibase::decode_base58btc(text).map_err(KeyError::Multibase)?;
        let Some((prefix, raw)) = bytes.split_first_chunk::<2>() else {
            return Err(KeyError::UnknownType);
        };
        match *prefix {
            ED25519_PUBLIC => Self::from_ed25519_bytes(raw),
            P256_PUBLIC => Self::from_p256_compressed(raw),
            P384_PUBLIC => Self::from_p384_compressed(raw),
            RSA_PUBLIC => RsaKey::from_pkcs1(raw).map(Self::Rsa),
            ED25519_SECRET => Err(KeyError::SecretMember),
            prefix if ECDSA_SECRET.contains(&prefix) => Err(KeyError::SecretMember),
            _ => Err(KeyError::UnknownType),
        }
    }

    /// Writes `publicKeyMultibase`.
    #[must_use]
    pub fn to_multikey(&self) -> String {
        let prefixed =
            |prefix: [u8; 2], raw: &[u8]| multibase::base58btc(&[prefix.as_slice(), raw].concat());
        match self {
            Self::Ed25519(key) => prefixed(ED25519_PUBLIC, key.as_bytes()),
            Self::P256(key) => prefixed(P256_PUBLIC, key.to_sec1_point(true).as_bytes()),
            Self::P384(key) => prefixed(P384_PUBLIC, key.to_sec1_point(true).as_bytes()),
            Self::Rsa(key) => prefixed(RSA_PUBLIC, &key.to_pkcs1()),
        }
    }
}
