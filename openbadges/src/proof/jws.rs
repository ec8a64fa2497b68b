//! Compact JWS: a text of three parts that carries what was signed inside it.
//!
//! What the header says is a claim of whoever wrote it. Two things alone are taken from it: which key it names, for the
//! caller to find where its owner publishes it, and which algorithm it announces, which has to be the key's own. The rest
//! can only lead to a refusal.
//!
//! Spec: CRED-JOSE-8, CRED-JOSE-9, CRED-JOSE-11, OB3-JWT-1 to OB3-JWT-3, OB3-JWT-15, OB2-SIGN-1, OB2-SIGN-2, OB2-SIGN-7,
//! OB2-SIGN-12; RFC 7515, RFC 7797, RFC 8725.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::json;
use crate::key::jwk::has_secret_member;
use crate::key::{KeyError, PublicKey};

/// The longest token that is read: a record of 1 MiB in base64url, its header and its signature.
pub const JWS_CHARS_MAX: usize = 3 << 19;

/// How much a header may ask of its reader. An RSA key of 8192 bits takes some 1400 characters.
const HEADER: json::Bounds = json::Bounds { bytes_max: 16 * 1024, depth_max: 8 };

/// Algorithms that prove nothing about an issuer: no signature at all, or a secret that the verifier would share.
const WITHOUT_PROOF: [&str; 4] = ["none", "HS256", "HS384", "HS512"];

/// A compact JWS whose form is sound. The signature is not yet checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Jws {
    algorithm: Algorithm,
    key_id: Option<String>,
    key: Option<PublicKey>,
    kind: Option<String>,
    payload: Vec<u8>,
    signed: Box<str>,
    signature: Vec<u8>,
}

/// The algorithms that are read. A closed list: a header only chooses from it.
///
/// Spec: CRED-JOSE-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// ECDSA over P-384 with SHA-384.
    Es384,
    /// Ed25519, under the name `EdDSA` or `Ed25519`.
    EdDsa,
}

impl Algorithm {
    /// The algorithm of this exact `alg`.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "ES256" => Some(Self::Es256),
            "ES384" => Some(Self::Es384),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            _ => None,
        }
    }

    /// The one algorithm of a key.
    #[must_use]
    pub fn of_key(key: &PublicKey) -> Self {
        match key {
            PublicKey::Ed25519(_) => Self::EdDsa,
            PublicKey::P256(_) => Self::Es256,
            PublicKey::P384(_) => Self::Es384,
            PublicKey::Rsa(_) => Self::Rs256,
        }
    }
}

/// Evidence that a JWS was checked with a key. Only [`Jws::verify`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JwsChecked(());

impl Jws {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`JwsError`] for the first thing that is wrong; [`JwsError::Signature`] and [`JwsError::OtherAlgorithm`] are not
    /// among them.
    ///
    /// Spec: CRED-JOSE-8, CRED-JOSE-9, OB2-SIGN-12.
    pub fn parse(text: &str) -> Result<Self, JwsError> {
        if text.len() > JWS_CHARS_MAX {
            return Err(JwsError::TooLong);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(JwsError::Parts)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Parts)?;
        if payload.contains('.') {
            return Err(JwsError::Parts);
        }
        // Strict: no padding, no white space, no bits left over, so that one token has one spelling.
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Base64);
        let header = decode(header)?;
        let header = json::parse_with(&header, &HEADER).map_err(|_| JwsError::Header)?;
        let algorithm = read_algorithm(&header)?;
        refuse_conditions(&header)?;
        let text = |name| read_text(&header, name);
        Ok(Self {
            algorithm,
            key_id: text("kid")?,
            key: read_key(&header)?,
            kind: text("typ")?,
            payload: decode(payload)?,
            signed: signed.into(),
            signature: decode(signature)?,
        })
    }

    /// The algorithm the header announces.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key that the header names (`kid`).
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    /// The key that the header brings (`jwk`). Anybody can bring a key: by itself it shows nothing about an issuer.
    #[must_use]
    pub fn key(&self) -> Option<&PublicKey> {
        self.key.as_ref()
    }

    /// The kind of token (`typ`), as written.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The bytes that were signed. Nobody's word until [`Jws::verify`] gives evidence.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Checks the signature over the very characters that were received, with the algorithm of `key`.
    ///
    /// # Errors
    /// [`JwsError::OtherAlgorithm`] when the header announces another algorithm than the key's,
    /// [`JwsError::Signature`] when the signature does not belong to the key and the text.
    ///
    /// Spec: CRED-JOSE-8, CRED-JOSE-11, OB3-JWT-15.
    pub fn verify(&self, key: &PublicKey) -> Result<JwsChecked, JwsError> {
        if Algorithm::of_key(key) != self.algorithm {
            return Err(JwsError::OtherAlgorithm);
        }
        let checked = key.verify_strict(self.signed.as_bytes(), &self.signature);
        checked.map(|()| JwsChecked(())).map_err(|_| JwsError::Signature)
    }
}

fn read_text(header: &Value, name: &'static str) -> Result<Option<String>, JwsError> {
    match header.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(JwsError::Member(name)),
    }
}

fn read_algorithm(header: &Value) -> Result<Algorithm, JwsError> {
    let name = header.get("alg").and_then(Value::as_str).ok_or(JwsError::Member("alg"))?;
    // In any spelling: some readers compare without regard to case.
    if WITHOUT_PROOF.iter().any(|without| without.eq_ignore_ascii_case(name)) {
        return Err(JwsError::NoSignature(name.to_owned()));
    }
    Algorithm::of(name).ok_or_else(|| JwsError::UnknownAlgorithm(name.to_owned()))
}

/// Refuses a header that changes how the token is to be read. We know of no extension that may be critical.
fn refuse_conditions(header: &Value) -> Result<(), JwsError> {
    if header.get("crit").is_some() {
        return Err(JwsError::Condition("crit"));
    }
    if header.get("b64").is_some_and(|b64| *b64 != Value::Bool(true)) {
        return Err(JwsError::Condition("b64"));
    }
    Ok(())
}

fn read_key(header: &Value) -> Result<Option<PublicKey>, JwsError> {
    let Some(jwk) = header.get("jwk") else { return Ok(None) };
    if has_secret_member(jwk) {
        return Err(JwsError::SecretKey);
    }
    PublicKey::from_jwk(jwk).map(Some).map_err(JwsError::Key)
}

/// Why a token does not stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JwsError {
    /// It is longer than any record.
    #[error("the token is longer than {JWS_CHARS_MAX} characters")]
    TooLong,
    /// It has not three parts.
    #[error("the token has not the three parts of a compact JWS")]
    Parts,
    /// A part is no base64url: another alphabet, padding, bits left over.
    #[error("a part of the token is not base64url without padding")]
    Base64,
    /// The header is no safe JSON.
    #[error("the header of the token is not safe JSON")]
    Header,
    /// A member of the header is missing or malformed.
    #[error("the member `{0}` of the token's header is missing or malformed")]
    Member(&'static str),
    /// The header sets a condition that we do not know, or asks for another way of reading.
    #[error("the token's header sets conditions (`{0}`) that are not known here")]
    Condition(&'static str),
    /// Not signed, or with a secret that verifiers would share: anybody can write such a token.
    #[error("the token is signed with `{0}`, which proves nothing")]
    NoSignature(String),
    /// An algorithm we cannot check: unsupported, which says nothing of the token.
    #[error("the algorithm `{0}` is not supported")]
    UnknownAlgorithm(String),
    /// The header brings a secret key.
    #[error("the token's header holds a secret key")]
    SecretKey,
    /// The key in the header is malformed or of another type.
    #[error("{0}")]
    Key(KeyError),
    /// The header announces another algorithm than the key's.
    #[error("the token announces another algorithm than that of the key")]
    OtherAlgorithm,
    /// The signature does not belong to this key and text.
    #[error("the signature does not belong to this key and text")]
    Signature,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::key::SigningKey;

    fn key() -> SigningKey {
        SigningKey::from_seed(&[5; 32])
    }

    fn token(header: &Value) -> String {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let signed = format!("{}.{}", encode(header.to_string().as_bytes()), encode(b"{\"a\":1}"));
        let signature = encode(&key().sign(signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    fn refused(header: &Value) -> JwsError {
        Jws::parse(&token(header)).unwrap_err()
    }

    #[test]
    fn a_token_verifies_with_its_key_only() {
        let jws = Jws::parse(&token(&json!({"alg": "EdDSA", "kid": "#k", "typ": "JWT"}))).unwrap();
        assert_eq!((jws.key_id(), jws.kind()), (Some("#k"), Some("JWT")));
        assert_eq!(jws.payload(), b"{\"a\":1}");
        jws.verify(&key().public()).unwrap();
        let other = SigningKey::from_seed(&[6; 32]).public();
        assert_eq!(jws.verify(&other), Err(JwsError::Signature));
    }

    /// CRED-JOSE-8, OB3-JWT-15: the algorithm is the key's.
    #[test]
    fn a_header_cannot_choose_another_algorithm() {
        for name in ["none", "None", "nOnE", "HS256", "hs256", "HS512"] {
            assert_eq!(refused(&json!({"alg": name})), JwsError::NoSignature(name.to_owned()));
        }
        for name in ["PS256", "ES256K", "RS1", "es256", "Ed448"] {
            assert_eq!(refused(&json!({"alg": name})), JwsError::UnknownAlgorithm(name.to_owned()));
        }
        assert_eq!(refused(&json!({})), JwsError::Member("alg"));
        assert_eq!(refused(&json!({"alg": ["EdDSA"]})), JwsError::Member("alg"));
        for name in ["ES256", "ES384", "RS256"] {
            let jws = Jws::parse(&token(&json!({"alg": name}))).unwrap();
            assert_eq!(jws.verify(&key().public()), Err(JwsError::OtherAlgorithm));
        }
    }

    /// CRED-JOSE-9; RFC 7515 4.1.11, RFC 7797.
    #[test]
    fn a_condition_we_do_not_know_is_refused() {
        let with = |name: &str, value: Value| {
            let mut header = json!({"alg": "EdDSA"});
            header[name] = value;
            refused(&header)
        };
        assert_eq!(with("crit", json!(["exp"])), JwsError::Condition("crit"));
        assert_eq!(with("crit", json!([])), JwsError::Condition("crit"));
        assert_eq!(with("b64", json!(false)), JwsError::Condition("b64"));
        assert_eq!(with("kid", json!(1)), JwsError::Member("kid"));
        assert_eq!(with("jwk", json!({"kty": "OKP", "d": "AA"})), JwsError::SecretKey);
        assert_eq!(with("jwk", json!({"kty": "oct"})), JwsError::Key(KeyError::UnknownType));
    }

    /// CRED-JOSE-9, OB2-SIGN-12.
    #[test]
    fn a_token_has_one_spelling() {
        let whole = token(&json!({"alg": "EdDSA"}));
        let of = |text: &str| Jws::parse(text).unwrap_err();
        assert_eq!(of(&whole.replace('.', "")), JwsError::Parts);
        assert_eq!(of(&format!("{whole}.")), JwsError::Parts);
        assert_eq!(of(&format!("{whole}=")), JwsError::Base64);
        assert_eq!(of(&format!("{whole} ")), JwsError::Base64);
        assert_eq!(of(&whole.replacen('.', "\n.", 1)), JwsError::Base64);
        // The last character of 64 bytes carries two bits; another one with the same two would spell the same bytes.
        let mut twisted = whole.clone();
        let last = twisted.pop().unwrap();
        twisted.push(char::from(u8::try_from(u32::from(last) + 1).unwrap()));
        assert_eq!(of(&twisted), JwsError::Base64);
        let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let twice = format!("{}.e30.AA", encode(r#"{"alg":"EdDSA","alg":"ES256"}"#));
        assert_eq!(of(&twice), JwsError::Header);
        assert_eq!(of(&format!("{}.e30.AA", encode("[]"))), JwsError::Member("alg"));
        assert_eq!(of(&"a".repeat(JWS_CHARS_MAX + 1)), JwsError::TooLong);
    }
}
