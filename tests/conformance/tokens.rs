//! Another reader of tokens, `jsonwebtoken`, beside ours: whatever we take, it takes; where it alone takes a token, the
//! reason is one of ours for refusing it.
//!
//! CRED-JOSE-8, CRED-JOSE-9, OB3-JWT-15.

use std::process::ExitCode;

use accolade_tests::issuer::key;
use accolade_tests::token::{compact, p256_key, p256_public, p256_signature, pem};
use accolade_tests::{hostile, items_at, read_json, read_text, run, suite, text_at};
use camino::Utf8Path;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use libtest_mimic::{Failed, Trial};
use openbadges::key::PublicKey;
use openbadges::multibase;
use openbadges::proof::jws::{Jws, JwsError};
use openbadges::verify::Input;
use serde_json::Value;

fn main() -> ExitCode {
    let mut trials = vec![
        Trial::test("tokens of the hostile corpus", corpus),
        Trial::test("tokens made with it", made),
    ];
    trials.extend(suite("vectors/jwt", vectors));
    run(trials)
}

/// What each of the two says of a token and a key.
fn judge(token: &str, key: &PublicKey) -> Result<(), Failed> {
    let ours = Jws::parse(token).and_then(|jws| jws.verify(key).map(drop));
    let algorithm = match key {
        PublicKey::Ed25519(_) => Algorithm::EdDSA,
        PublicKey::P256(_) => Algorithm::ES256,
        PublicKey::P384(_) => Algorithm::ES384,
        _ => Algorithm::RS256,
    };
    let mut rules = Validation::new(algorithm);
    rules.required_spec_claims.clear();
    (rules.validate_exp, rules.validate_nbf, rules.validate_aud) = (false, false, false);
    let jwk = serde_json::from_value(key.to_jwk())?;
    let theirs = decode::<Value>(token, &DecodingKey::from_jwk(&jwk)?, &rules);
    match (ours, theirs) {
        (Ok(()), Ok(_)) | (Err(_), Err(_)) => Ok(()),
        // It reads no `crit` and no `b64`, and knows no private members of a key that comes along.
        (
            Err(JwsError::Condition(_) | JwsError::SecretKey | JwsError::Key(_) | JwsError::Header),
            Ok(_),
        ) => Ok(()),
        (Err(JwsError::Member(_)), Ok(_)) => Ok(()),
        (Ok(()), Err(_)) if is_beyond(token) => Ok(()),
        (Ok(()), Err(error)) => Err(format!("taken by us alone: {error}: {token:.200}").into()),
        (Err(error), Ok(_)) => Err(format!("refused by us alone: {error}: {token:.200}").into()),
    }
}

/// What the other reader has no words for: a payload that is no object, the newer name of EdDSA (RFC 9864).
fn is_beyond(token: &str) -> bool {
    let header = token
        .split('.')
        .next()
        .and_then(|part| multibase::decode_base64url(&format!("u{part}")).ok());
    let header: Value =
        header.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let payload =
        Jws::parse(token).ok().and_then(|jws| serde_json::from_slice::<Value>(jws.payload()).ok());
    header.get("alg").is_some_and(|alg| alg == "Ed25519")
        || !payload.is_some_and(|payload| payload.is_object())
}

fn corpus() -> Result<(), Failed> {
    let keys = [key(7).public(), key(66).public(), p256_public(&p256_key(7))];
    let mut tokens = 0;
    for case in hostile::cases() {
        let Input::File(bytes) = &case.scene.input else { continue };
        let Ok(text) = str::from_utf8(bytes) else { continue };
        if !text.starts_with("ey") {
            continue;
        }
        tokens += 1;
        for key in &keys {
            judge(text, key).map_err(|failed| {
                format!("{}: {}", case.name, failed.message().unwrap_or_default())
            })?;
        }
    }
    if tokens < 100 { Err(format!("only {tokens} tokens").into()) } else { Ok(()) }
}

/// The two hands of the oracle: what it signs we take, and what we sign it takes.
fn made() -> Result<(), Failed> {
    let payload = serde_json::json!({ "iss": "did:web:badges.example", "sub": "é" });
    let key = p256_key(7);
    let signed =
        compact(r#"{"alg":"ES256"}"#, payload.to_string(), |signed| p256_signature(&key, signed).0);
    judge(&signed, &p256_public(&key))?;
    let public = p256_public(&key);
    let read = decode::<Value>(&signed, &DecodingKey::from_ec_pem(pem(&public).as_bytes())?, &{
        let mut rules = Validation::new(Algorithm::ES256);
        rules.required_spec_claims.clear();
        rules
    })?;
    if read.claims != payload {
        return Err("it reads another payload".into());
    }
    Ok(())
}

fn vectors(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let index = read_json(folder.join("index.json"))?;
    let keys = read_json(folder.join("keys.json"))?;
    let mut found = Vec::new();
    collect(&keys, &mut found);
    if found.is_empty() {
        return Err("there is no key in `keys.json`".into());
    }
    let mut trials = Vec::new();
    for case in items_at(&index, "/cases")? {
        let file = text_at(&case, "/file")?.to_owned();
        let Ok(token) = read_text(folder.join(&file)) else { continue };
        let found = found.clone();
        trials.push(Trial::test(format!("jwt/{file}"), move || {
            found.iter().try_for_each(|key| judge(token.trim(), key))
        }));
    }
    Ok(trials)
}

/// Every public key below `value`.
fn collect(value: &Value, found: &mut Vec<PublicKey>) {
    if value.get("kty").is_some()
        && let Ok(key) = PublicKey::from_jwk(value)
        && !found.contains(&key)
    {
        found.push(key);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => members.values().for_each(|member| collect(member, found)),
        _ => {}
    }
}
