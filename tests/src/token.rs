//! Signed tokens, honest ones and those of thieves: compact JWS made part by part, so that each part can lie.

#![expect(
    clippy::indexing_slicing,
    reason = "a place that is not there stops the test that looks for it"
)]

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openbadges::key::{PublicKey, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::issuer::{Issuer, moment};

/// The block of SHA-256, which an HMAC pads its secret to.
const BLOCK_BYTES: usize = 64;

/// What stands before the 32 bytes of an Ed25519 key in a `SubjectPublicKeyInfo` (RFC 8410).
const ED25519_HEAD: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// What stands before an uncompressed point of P-256 there (RFC 5480).
const P256_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// Base64url without padding.
#[must_use]
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A compact JWS of exactly these bytes, whose signature is what `sign` makes of what is to be signed.
#[must_use]
pub fn compact(
    header: impl AsRef<[u8]>,
    payload: impl AsRef<[u8]>,
    sign: impl FnOnce(&[u8]) -> Vec<u8>,
) -> String {
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature = encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// A compact JWS signed with Ed25519, whatever its header announces.
#[must_use]
pub fn signed_by(key: &SigningKey, header: &Value, payload: &Value) -> String {
    compact(header.to_string(), payload.to_string(), |signed| key.sign(signed).to_vec())
}

/// A compact JWS under a secret that verifiers would share, as `HS256` has it.
#[must_use]
pub fn shared_secret(secret: &[u8], header: &Value, payload: &Value) -> String {
    compact(header.to_string(), payload.to_string(), |signed| hmac_sha256(secret, signed))
}

fn hmac_sha256(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let secret =
        if secret.len() > BLOCK_BYTES { Sha256::digest(secret).to_vec() } else { secret.to_vec() };
    let padded = |pad: u8| -> Vec<u8> {
        let zeros = std::iter::repeat_n(0, BLOCK_BYTES - secret.len());
        secret.iter().copied().chain(zeros).map(|byte| byte ^ pad).collect()
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().to_vec()
}

/// A key of P-256, made from `seed`.
///
/// # Panics
/// When the seed is 0.
#[must_use]
pub fn p256_key(seed: u8) -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect("a seed that is not 0 is a scalar")
}

/// A compact JWS signed with P-256, whatever its header announces.
#[must_use]
pub fn signed_by_p256(key: &p256::ecdsa::SigningKey, header: &Value, payload: &Value) -> String {
    compact(header.to_string(), payload.to_string(), |signed| p256_signature(key, signed).0)
}

/// A signature in the two forms it is written in: two numbers of fixed width, and DER.
#[must_use]
pub fn p256_signature(key: &p256::ecdsa::SigningKey, signed: &[u8]) -> (Vec<u8>, Vec<u8>) {
    use p256::ecdsa::signature::Signer as _;

    let signature: p256::ecdsa::Signature = key.sign(signed);
    (signature.to_bytes().to_vec(), signature.to_der().as_bytes().to_vec())
}

/// The public half.
#[must_use]
pub fn p256_public(key: &p256::ecdsa::SigningKey) -> PublicKey {
    PublicKey::P256(*key.verifying_key())
}

/// The key as Open Badges 2.0 publishes it. Of Ed25519 and P-256 alone.
#[must_use]
pub fn pem(key: &PublicKey) -> String {
    let der = match key {
        PublicKey::Ed25519(key) => [ED25519_HEAD.as_slice(), key.as_bytes()].concat(),
        PublicKey::P256(key) => {
            [P256_HEAD.as_slice(), key.to_sec1_point(false).as_bytes()].concat()
        }
        other => unreachable!("{other:?} is not published in tests"),
    };
    let text = STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).filter_map(|c| str::from_utf8(c).ok()).collect();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
}

/// The payload that Open Badges 3.0 wants for a credential: its members, and the claims that repeat some of them
/// (OB3-JWT-5 to OB3-JWT-10).
#[must_use]
pub fn claims(credential: &Value) -> Value {
    let seconds = |member: &str| moment(credential[member].as_str().unwrap_or_default());
    let mut payload = credential.clone();
    payload["iss"] = credential["issuer"]["id"].clone();
    payload["jti"] = credential["id"].clone();
    payload["nbf"] = json!(seconds("validFrom").unix_seconds());
    payload["exp"] = json!(seconds("validUntil").unix_seconds());
    payload
}

impl Issuer {
    /// The header of an honest token.
    #[must_use]
    pub fn token_header(&self) -> Value {
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": self.method() })
    }

    /// The next award in a token, after a change to its header and its payload, signed with the key in use.
    pub fn token(&mut self, change: impl FnOnce(&mut Value, &mut Value)) -> String {
        let (mut header, mut payload) = (self.token_header(), claims(&self.draft()));
        change(&mut header, &mut payload);
        signed_by(&self.key(), &header, &payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::to_hex;

    /// RFC 4231, 4.3 and 4.7: a short secret, and one longer than a block.
    #[test]
    fn the_hmac_is_the_published_one() {
        let short = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        assert!(to_hex(short).starts_with("5bdcc146bf60754e6a042426089575c7"));
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert!(
            to_hex(hmac_sha256(&[0xaa; 131], long)).starts_with("60e431591ee0b67f0d8a26aacbf5b77f")
        );
    }

    #[test]
    fn a_key_in_pem_is_the_key() {
        for key in [crate::issuer::key(7).public(), p256_public(&p256_key(7))] {
            assert_eq!(PublicKey::from_pem(&pem(&key)), Ok(key));
        }
    }
}
