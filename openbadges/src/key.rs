//! Ed25519 keys: Multikey and JWK in and out, signing, strict verification.
//!
//! This module makes no key material: a caller brings the 32 random bytes of a seed.
//!
//! Spec: CRED-KEY-3, CRED-KEY-5 to CRED-KEY-7, CRED-EDDSA-6, CRED-EDDSA-8; RFC 8032, RFC 8037, RFC 7638.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::multibase::{self, MultibaseError};

/// Multicodec `ed25519-pub`.
const ED25519_PUBLIC: [u8; 2] = [0xed, 0x01];
/// Multicodec `ed25519-priv`.
const ED25519_SECRET: [u8; 2] = [0x80, 0x26];

/// The length of an Ed25519 signature in bytes.
pub const SIGNATURE_LENGTH: usize = 64;

/// The members of a JWK that hold secret key material, for every key type.
const JWK_SECRET_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

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
        let bytes = multibase::decode_base58btc(text).map_err(KeyError::Multibase)?;
        match bytes.strip_prefix(&ED25519_PUBLIC) {
            Some(raw) => Self::from_ed25519_bytes(raw),
            None if bytes.starts_with(&ED25519_SECRET) => Err(KeyError::SecretMember),
            None => Err(KeyError::UnknownType),
        }
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

    /// Reads `publicKeyJwk`.
    ///
    /// # Errors
    /// [`KeyError`] when a member is missing or of another kind, when the key is for another use than signatures, or
    /// when it carries its secret half.
    ///
    /// Spec: CRED-KEY-3, CRED-KEY-6; RFC 7517, RFC 8037.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        if JWK_SECRET_MEMBERS.iter().any(|name| jwk.get(name).is_some()) {
            return Err(KeyError::SecretMember);
        }
        let text = |name: &'static str| match jwk.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(KeyError::Member(name)),
        };
        let kind = text("kty")?.ok_or(KeyError::Member("kty"))?;
        if kind != "OKP" || text("crv")?.ok_or(KeyError::Member("crv"))? != "Ed25519" {
            return Err(KeyError::UnknownType);
        }
        if text("alg")?.is_some_and(|algorithm| !matches!(algorithm, "EdDSA" | "Ed25519")) {
            return Err(KeyError::Member("alg"));
        }
        if text("use")?.is_some_and(|usage| usage != "sig") {
            return Err(KeyError::Member("use"));
        }
        let operations = jwk.get("key_ops").map(|operations| operations.as_array());
        let verifies = |operations: &Vec<Value>| operations.iter().any(|name| name == "verify");
        if operations.is_some_and(|operations| !operations.is_some_and(verifies)) {
            return Err(KeyError::Member("key_ops"));
        }
        let x = text("x")?.ok_or(KeyError::Member("x"))?;
        let raw = URL_SAFE_NO_PAD.decode(x).map_err(|_| KeyError::Member("x"))?;
        Self::from_ed25519_bytes(&raw)
    }

    /// Writes `publicKeyJwk`.
    #[must_use]
    pub fn to_jwk(&self) -> Value {
        match self {
            Self::Ed25519(key) => {
                let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
                json!({ "kty": "OKP", "crv": "Ed25519", "x": x })
            }
        }
    }

    /// The SHA-256 thumbprint of the JWK, in base64url.
    ///
    /// Spec: RFC 7638, RFC 8037 Appendix A.3.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        match self {
            Self::Ed25519(key) => {
                // RFC 7638 hashes the required members alone, sorted, without white space.
                let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
                let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
                URL_SAFE_NO_PAD.encode(Sha256::digest(members))
            }
        }
    }

    /// Checks a signature: the one strict way, which leaves two verifiers no room to differ (canonical numbers, no
    /// point of small order).
    ///
    /// # Errors
    /// [`BadSignature`] says nothing more: why a forged signature fails is of no use to an honest caller.
    ///
    /// Spec: CRED-EDDSA-6, CRED-EDDSA-8.
    pub fn verify_strict(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        match self {
            Self::Ed25519(key) => {
                let signature = Signature::from_slice(signature).map_err(|_| BadSignature)?;
                key.verify_strict(message, &signature).map_err(|_| BadSignature)
            }
        }
    }

    fn from_ed25519_bytes(raw: &[u8]) -> Result<Self, KeyError> {
        let raw: &[u8; 32] = raw.try_into().map_err(|_| KeyError::Length)?;
        let key = VerifyingKey::from_bytes(raw).map_err(|_| KeyError::NotAPoint)?;
        // One key has one spelling: the curve library also reads y ≥ p and the sign bit of x = 0. And a point of small
        // order would have a signature that fits many messages.
        let canonical = key.to_edwards().compress().to_bytes() == *raw;
        if !canonical || key.is_weak() {
            return Err(KeyError::NotAPoint);
        }
        Ok(Self::Ed25519(key))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_multikey())
    }
}

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
    /// The prefix, or `kty` and `crv`, name a key type we do not know.
    #[error("the key is of another type than Ed25519")]
    UnknownType,
    /// The key is too short or too long.
    #[error("the key has the wrong length")]
    Length,
    /// The bytes are no point of the curve, or one that no honest key has.
    #[error("the key is no point of its curve")]
    NotAPoint,
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
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_seed(&[7; 32])
    }

    #[test]
    fn a_key_survives_each_of_its_spellings() {
        let public = key().public();
        assert_eq!(PublicKey::from_multikey(&public.to_multikey()), Ok(public.clone()));
        assert_eq!(PublicKey::from_jwk(&public.to_jwk()), Ok(public.clone()));
        let again = SigningKey::from_secret_multikey(&key().to_secret_multikey()).unwrap();
        assert_eq!(again.public(), public);
        assert!(public.to_multikey().starts_with("z6Mk"));
        assert!(key().to_secret_multikey().starts_with("z3u2"));
    }

    /// CRED-KEY-7.
    #[test]
    fn a_secret_with_its_public_half_is_read_and_another_half_is_refused() {
        let PublicKey::Ed25519(public) = key().public();
        let long = |public: &[u8]| {
            multibase::base58btc(&[&ED25519_SECRET, [7; 32].as_slice(), public].concat())
        };
        let read = SigningKey::from_secret_multikey(&long(public.as_bytes())).unwrap();
        assert_eq!(read.public(), key().public());
        let refused = |text: &str| SigningKey::from_secret_multikey(text).unwrap_err();
        assert_eq!(refused(&long(&[1; 32])), KeyError::OtherPublicHalf);
        assert_eq!(refused(&long(&[1; 31])), KeyError::Length);
        assert_eq!(refused(&multibase::base58btc(&ED25519_SECRET)), KeyError::Length);
        assert_eq!(refused(&key().public().to_multikey()), KeyError::UnknownType);
    }

    #[test]
    fn a_secret_is_never_printed() {
        let printed = format!("{:?}", key());
        assert!(!printed.contains(key().to_secret_multikey().as_str()), "{printed}");
        assert!(!printed.contains('['), "{printed}");
    }

    /// RFC 8037 Appendix A.3.
    #[test]
    fn the_thumbprint_is_that_of_rfc_8037() {
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "kid": "ignored", "alg": "EdDSA",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        let key = PublicKey::from_jwk(&jwk).unwrap();
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    /// CRED-KEY-3, CRED-KEY-6.
    #[test]
    fn a_jwk_of_another_kind_is_refused_for_its_reason() {
        let change = |name: &str, value: Value| {
            let mut jwk = key().public().to_jwk();
            jwk[name] = value;
            PublicKey::from_jwk(&jwk)
        };
        assert_eq!(change("d", json!("AAAA")), Err(KeyError::SecretMember));
        assert_eq!(change("kty", json!("EC")), Err(KeyError::UnknownType));
        assert_eq!(change("crv", json!("Ed448")), Err(KeyError::UnknownType));
        assert_eq!(change("crv", json!(null)), Err(KeyError::Member("crv")));
        assert_eq!(change("alg", json!("ES256")), Err(KeyError::Member("alg")));
        assert_eq!(change("use", json!("enc")), Err(KeyError::Member("use")));
        assert_eq!(change("key_ops", json!(["sign"])), Err(KeyError::Member("key_ops")));
        assert_eq!(change("key_ops", json!("verify")), Err(KeyError::Member("key_ops")));
        assert!(change("key_ops", json!(["verify"])).is_ok());
        assert_eq!(change("x", json!("AAAA")), Err(KeyError::Length));
        assert_eq!(change("x", json!("AAAA=")), Err(KeyError::Member("x")));
        assert_eq!(PublicKey::from_jwk(&json!("x")), Err(KeyError::Member("kty")));
    }

    /// CRED-KEY-5.
    #[test]
    fn a_multikey_of_another_kind_is_refused_for_its_reason() {
        let multikey = |bytes: &[u8]| PublicKey::from_multikey(&multibase::base58btc(bytes));
        assert_eq!(multikey(&[0xec, 0x01, 0, 0]), Err(KeyError::UnknownType));
        assert_eq!(
            multikey(&[ED25519_PUBLIC.as_slice(), &[1; 31]].concat()),
            Err(KeyError::Length)
        );
        assert_eq!(
            multikey(&[ED25519_PUBLIC.as_slice(), &[1; 33]].concat()),
            Err(KeyError::Length)
        );
        let secret = PublicKey::from_multikey(&key().to_secret_multikey());
        assert_eq!(secret, Err(KeyError::SecretMember));
        assert_eq!(
            PublicKey::from_multikey("u7QEAAAA"),
            Err(KeyError::Multibase(MultibaseError::Base('u')))
        );
    }

    /// CRED-EDDSA-8: the neutral point, its spelling with y = p + 1, and its spelling with the sign bit set.
    #[test]
    fn points_of_small_order_and_second_spellings_are_no_keys() {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let mut above_p = [0xff; 32];
        (above_p[0], above_p[31]) = (0xee, 0x7f);
        let mut signed_zero = neutral;
        signed_zero[31] = 0x80;
        // y = 2 is on no point of the curve.
        let mut off_curve = [0; 32];
        off_curve[0] = 2;
        for raw in [neutral, above_p, signed_zero, off_curve, [0; 32]] {
            assert_eq!(PublicKey::from_ed25519_bytes(&raw), Err(KeyError::NotAPoint), "{raw:?}");
        }
        // y = p + 3 spells a point of full order, which has the better spelling y = 3.
        let mut second_spelling = [0xff; 32];
        (second_spelling[0], second_spelling[31]) = (0xf0, 0x7f);
        assert!(!VerifyingKey::from_bytes(&second_spelling).unwrap().is_weak());
        assert_eq!(PublicKey::from_ed25519_bytes(&second_spelling), Err(KeyError::NotAPoint));
        let mut first_spelling = [0; 32];
        first_spelling[0] = 3;
        assert!(PublicKey::from_ed25519_bytes(&first_spelling).is_ok());
    }

    /// CRED-EDDSA-8: R is the neutral point, and S = k·a, which the owner of a key can compute. Plain RFC 8032
    /// verification accepts it; others do not, so two verifiers would differ about one badge.
    #[test]
    fn a_signature_with_a_point_of_small_order_is_refused() {
        let s = [
            0xb6, 0x1c, 0x6a, 0xe6, 0x6d, 0x1f, 0xd3, 0xa9, 0xf7, 0xc9, 0xbb, 0x7c, 0x5d, 0x5a,
            0x5e, 0xff, 0xdc, 0x4d, 0x5b, 0xaf, 0x30, 0x53, 0xd5, 0x99, 0xd0, 0x31, 0x37, 0xca,
            0xf0, 0x47, 0x9f, 0x01,
        ];
        let mut signature = [0; SIGNATURE_LENGTH];
        signature[0] = 1;
        signature[32..].copy_from_slice(&s);
        let PublicKey::Ed25519(key) = key().public();
        let plain =
            ed25519_dalek::Verifier::verify(&key, b"badge", &Signature::from_bytes(&signature));
        assert!(plain.is_ok());
        let strict = PublicKey::Ed25519(key).verify_strict(b"badge", &signature);
        assert_eq!(strict, Err(BadSignature));
    }

    #[test]
    fn a_signature_fits_its_message_and_key_only() {
        let signature = key().sign(b"badge");
        assert_eq!(key().public().verify_strict(b"badge", &signature), Ok(()));
        assert_eq!(key().public().verify_strict(b"badgf", &signature), Err(BadSignature));
        assert_eq!(key().public().verify_strict(b"badge", &signature[..63]), Err(BadSignature));
        let other = SigningKey::from_seed(&[8; 32]).public();
        assert_eq!(other.verify_strict(b"badge", &signature), Err(BadSignature));
    }
}
