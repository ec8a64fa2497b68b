//! Badges in signed tokens (VC-JWT): headers that choose how they are judged, keys that come along, tokens in other
//! forms, claims that say something else than the badge.

mod algorithms;
mod claims;
mod forms;
mod keys;

use serde_json::{Value, json};

use super::take;
use crate::issuer::{Case, Issuer, Scene, key};
use crate::token::{self, compact, p256_key, p256_public, signed_by, signed_by_p256};

/// The seed of a thief's key.
const THIEF: u8 = 66;

pub(super) fn cases() -> Vec<Case> {
    [honest(), algorithms::cases(), keys::cases(), forms::cases(), claims::cases()].concat()
}

/// An honest token, after a change to its header and its payload, signed by its issuer.
fn issued(change: impl FnOnce(&mut Value, &mut Value)) -> Scene {
    let mut club = Issuer::new();
    let token = club.token(change);
    club.presents_bytes(token)
}

/// The same, with these members over those of the header; `null` takes one away.
fn headed(members: &Value) -> Scene {
    issued(|header, _| merge(header, members))
}

/// The same, with these members over those of the payload.
fn claimed(members: &Value) -> Scene {
    issued(|_, payload| merge(payload, members))
}

/// A badge in the club's name in a thief's token, under the header of an honest one with these members over it.
fn forged(members: &Value) -> Scene {
    let mut club = Issuer::new();
    let mut header = club.token_header();
    merge(&mut header, members);
    let payload = token::claims(&club.draft());
    club.presents_bytes(signed_by(&key(THIEF), &header, &payload))
}

/// An honest token, changed as a text.
fn respelled(change: impl FnOnce(&str) -> String) -> Scene {
    let mut club = Issuer::new();
    let token = club.token(|_, _| {});
    club.presents_bytes(change(&token))
}

/// An honest token, changed part by part.
fn parts(change: impl FnOnce(&mut [String; 3])) -> Scene {
    respelled(|token| {
        let mut parts = split(token);
        change(&mut parts);
        parts.join(".")
    })
}

fn split(token: &str) -> [String; 3] {
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().unwrap_or_else(|parts| unreachable!("three parts, and not {parts:?}"))
}

/// A token of exactly these bytes, signed by the club.
fn of_bytes(header: &[u8], payload: &[u8]) -> Scene {
    let club = Issuer::new();
    let token = compact(header, payload, |signed| club.key().sign(signed).to_vec());
    club.presents_bytes(token)
}

/// A club whose key is one of P-256, and the next award's payload.
fn on_p256() -> (Issuer, Value, Value) {
    let mut club = Issuer::new();
    let payload = token::claims(&club.draft());
    let method = format!("{}#k1", club.did());
    let jwk = p256_public(&p256_key(7)).to_jwk();
    let published = json!({
        "id": method, "type": "JsonWebKey", "controller": club.did(), "publicKeyJwk": jwk
    });
    club.lie(&club.did_url(), |did| {
        did["verificationMethod"] = json!([published]);
        did["assertionMethod"] = json!([method]);
    });
    // The list of withdrawals is signed with the other key, which is no longer published; this badge has no list.
    let mut payload = payload;
    take(&mut payload, "/credentialStatus");
    let header = json!({ "alg": "ES256", "typ": "JWT", "kid": method });
    (club, header, payload)
}

fn merge(object: &mut Value, members: &Value) {
    for (name, value) in members.as_object().into_iter().flatten() {
        if value.is_null() {
            object.as_object_mut().into_iter().for_each(|object| {
                object.remove(name);
            });
        } else {
            object[name] = value.clone();
        }
    }
}

fn honest() -> Vec<Case> {
    let club = Issuer::new();
    let multikey = club.key().public().to_multikey();
    let jwk = club.key().public().to_jwk();
    let (p256, header, payload) = on_p256();
    let mut older = Issuer::new();
    let old = older.token(|_, _| {});
    older.rotate_key();
    vec![
        headed(&json!({})).valid("token/honest", "OB3-JWT-13"),
        headed(&json!({ "kid": format!("#{multikey}") })).valid("token/a-relative-kid", "CRED-JOSE-10"),
        headed(&json!({ "kid": multikey })).valid("token/a-bare-kid", "CRED-JOSE-10"),
        headed(&json!({ "kid": null, "jwk": jwk })).valid("token/the-issuers-own-jwk", "OB3-JWT-3"),
        headed(&json!({ "alg": "Ed25519" })).valid("token/the-newer-name", "CRED-JOSE-8"),
        headed(&json!({ "typ": null })).valid("token/without-typ", "OB3-JWT-4"),
        headed(&json!({ "b64": true })).valid("token/b64-as-ever", "RFC 7797"),
        // CRED-JOSE-9: what leads elsewhere is not followed, and does no harm beside the key that is named.
        headed(&json!({ "jku": "https://evil.example/jwks.json", "x5u": "https://evil.example/x", "x5c": ["AA=="] }))
            .valid("token/addresses-that-are-not-followed", "CRED-JOSE-9"),
        claimed(&json!({ "aud": "https://wallet.example" })).valid("token/an-audience", "OB3-JWT-11"),
        claimed(&json!({ "shoeSize": 42 })).valid("token/a-member-no-context-knows", "CRED-JOSE-11"),
        respelled(|token| format!("\n{token}\r\n")).valid("token/white-space-around", "OB3-JWT-1"),
        older.presents_bytes(old).valid("token/of-a-retired-key", "CRED-KEY-10"),
        p256.presents_bytes(signed_by_p256(&p256_key(7), &header, &payload))
            .valid("token/es256", "CRED-JOSE-8"),
    ]
}
