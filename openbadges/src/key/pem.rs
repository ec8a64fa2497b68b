//! `publicKeyPem`: a `SubjectPublicKeyInfo` in PEM, as Open Badges 2.0 publishes keys.

use spki::der::Decode as _;
use spki::der::pem;
use spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::{KeyError, PublicKey, RsaKey};

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const CURVE_P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const CURVE_P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// The longest PEM text that is read: an RSA key of 8192 bits has some 1500 characters.
const PEM_CHARS_MAX: usize = 8 * 1024;

impl PublicKey {
    /// Reads `publicKeyPem`.
    ///
    /// # Errors
    /// [`KeyError::SecretMember`] when a private key is published, [`KeyError::Pem`] when the text is no public key in
    /// PEM, and as the other readers for the key itself.
    ///
    /// Spec: OB2-KEY-4, OB2-KEY-5; RFC 5280, RFC 7468.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        if text.len() > PEM_CHARS_MAX {
            return Err(KeyError::Pem);
        }
        if text.contains("PRIVATE KEY") {
            return Err(KeyError::SecretMember);
        }
        let (label, der) = pem::decode_vec(text.trim().as_bytes()).map_err(|_| KeyError::Pem)?;
        if label == "RSA PUBLIC KEY" {
            return RsaKey::from_pkcs1(&der).map(Self::Rsa);
        }
        if label != "PUBLIC KEY" {
            return Err(KeyError::Pem);
        }
        let info = SubjectPublicKeyInfoRef::from_der(&der).map_err(|_| KeyError::Pem)?;
        let raw = info.subject_public_key.as_bytes().ok_or(KeyError::Pem)?;
        let curve = || info.algorithm.parameters_oid().ok();
        match info.algorithm.oid {
            RSA_ENCRYPTION => RsaKey::from_pkcs1(raw).map(Self::Rsa),
            ED25519 => Self::from_ed25519_bytes(raw),
            EC_PUBLIC_KEY if curve() == Some(CURVE_P256) => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(raw);
                key.map(Self::P256).map_err(|_| KeyError::NotAPoint)
            }
            EC_PUBLIC_KEY if curve() == Some(CURVE_P384) => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(raw);
                key.map(Self::P384).map_err(|_| KeyError::NotAPoint)
            }
            _ => Err(KeyError::UnknownType),
        }
    }
}
