//! `publicKeyJwk`: keys as JSON (RFC 7517, RFC 7518, RFC 8037).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{KeyError, PublicKey, RsaKey};
use crate::jcs;

/// The members of a JWK that hold secret key material, for every key type.
const SECRET_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// What else an RSA key may be published for; a signature by such a key is one we cannot check.
const OTHER_RSA_ALGORITHMS: [&str; 5] = ["RS384", "RS512", "PS256", "PS384", "PS512"];

/// The tag of an uncompressed point (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 0x04;

impl PublicKey {
    /// Reads `publicKeyJwk`.
    ///
    /// # Errors
    /// [`KeyError`] when a member is missing or of another kind, when the key is for another use than signatures, or
    /// when it carries its secret half.
    ///
    /// Spec: CRED-KEY-3, CRED-KEY-6, CRED-JOSE-8; RFC 7517, RFC 7518, RFC 8037.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        if has_secret_member(jwk) {
            return Err(KeyError::SecretMember);
        }
        let read = |name| required(jwk, name);
        let (key, algorithms): (_, &[&str]) = match read("kty")? {
            "OKP" if read("crv")? == "Ed25519" => {
                (Self::from_ed25519_bytes(&octets(jwk, "x")?), &["EdDSA", "Ed25519"])
            }
            "EC" if read("crv")? == "P-256" => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point::<32>(jwk)?);
                (key.map(Self::P256).map_err(|_| KeyError::NotAPoint), &["ES256"])
            }
            "EC" if read("crv")? == "P-384" => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&point::<48>(jwk)?);
                (key.map(Self::P384).map_err(|_| KeyError::NotAPoint), &["ES384"])
            }
            "RSA" => {
                let (modulus, exponent) = (octets(jwk, "n")?, octets(jwk, "e")?);
                (RsaKey::new(&modulus, &exponent).map(Self::Rsa), &["RS256"])
            }
            _ => return Err(KeyError::UnknownType),
        };
        match text(jwk, "alg")? {
            Some(name)
                if OTHER_RSA_ALGORITHMS.contains(&name) && matches!(key, Ok(Self::Rsa(_))) =>
            {
                return Err(KeyError::UnknownType);
            }
            Some(name) if !algorithms.contains(&name) => return Err(KeyError::Member("alg")),
            _ => {}
        }
        is_for_signatures(jwk)?;
        key
    }

    /// Writes `publicKeyJwk`.
    #[must_use]
    pub fn to_jwk(&self) -> Value {
        match self {
            Self::Ed25519(key) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(key.as_bytes()) })
            }
            Self::P256(key) => {
                let point = key.to_sec1_point(false);
                ec("P-256", point.x().map(AsRef::as_ref), point.y().map(AsRef::as_ref))
            }
            Self::P384(key) => {
                let point = key.to_sec1_point(false);
                ec("P-384", point.x().map(AsRef::as_ref), point.y().map(AsRef::as_ref))
            }
            Self::Rsa(key) => json!({
                "kty": "RSA",
                "n": URL_SAFE_NO_PAD.encode(key.modulus()),
                "e": URL_SAFE_NO_PAD.encode(key.exponent()),
            }),
        }
    }

    /// The SHA-256 thumbprint of the JWK, in base64url.
    ///
    /// Spec: RFC 7638, RFC 8037 Appendix A.3.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        // RFC 7638 hashes the required members alone, sorted, without white space; `to_jwk` writes no others.
        URL_SAFE_NO_PAD.encode(Sha256::digest(jcs::canonicalize(&self.to_jwk())))
    }
}

/// Whether a JWK carries secret key material.
pub(crate) fn has_secret_member(jwk: &Value) -> bool {
    SECRET_MEMBERS.iter().any(|name| jwk.get(name).is_some())
}

fn ec(curve: &str, x: Option<&[u8]>, y: Option<&[u8]>) -> Value {
    let encode = |octets: Option<&[u8]>| URL_SAFE_NO_PAD.encode(octets.unwrap_or_default());
    json!({ "kty": "EC", "crv": curve, "x": encode(x), "y": encode(y) })
}

fn text<'j>(jwk: &'j Value, name: &'static str) -> Result<Option<&'j str>, KeyError> {
    match jwk.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(KeyError::Member(name)),
    }
}

fn required<'j>(jwk: &'j Value, name: &'static str) -> Result<&'j str, KeyError> {
    text(jwk, name)?.ok_or(KeyError::Member(name))
}

fn octets(jwk: &Value, name: &'static str) -> Result<Vec<u8>, KeyError> {
    URL_SAFE_NO_PAD.decode(required(jwk, name)?).map_err(|_| KeyError::Member(name))
}

/// The point of an EC key. Each coordinate is written in full (RFC 7518, 6.2.1.2).
fn point<const SIDE: usize>(jwk: &Value) -> Result<Vec<u8>, KeyError> {
    let (x, y) = (octets(jwk, "x")?, octets(jwk, "y")?);
    if x.len() != SIDE || y.len() != SIDE {
        return Err(KeyError::Length);
    }
    Ok([[UNCOMPRESSED].as_slice(), &x, &y].concat())
}

fn is_for_signatures(jwk: &Value) -> Result<(), KeyError> {
    if text(jwk, "use")?.is_some_and(|usage| usage != "sig") {
        return Err(KeyError::Member("use"));
    }
    let operations = jwk.get("key_ops").map(Value::as_array);
    let verifies = |operations: &Vec<Value>| operations.iter().any(|name| name == "verify");
    if operations.is_some_and(|operations| !operations.is_some_and(verifies)) {
        return Err(KeyError::Member("key_ops"));
    }
    Ok(())
}
