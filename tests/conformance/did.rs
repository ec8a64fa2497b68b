//! `did:key` and `did:web`: published and constructed identifiers.
//!
//! CRED-DIDKEY-1 to CRED-DIDKEY-3, CRED-KEY-5, CRED-KEY-7, CRED-DIDWEB-1, CRED-DIDWEB-2, CRED-DIDWEB-4.
//! Data: `vectors/did-key`, `vectors/did-web/urls.json`.

#![expect(
    clippy::indexing_slicing,
    reason = "a member that a case lacks reads as null; nothing here panics outside a trial"
)]

use std::process::ExitCode;

use accolade_tests::{from_hex, items_at, read_json, run, same, suite, text_at, to_hex};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::did::{
    Did, DidError, DidKey, DidKeyError, MethodError, Relationship, did_key_document,
};
use openbadges::did::{DidWeb, find_method};
use openbadges::iri::Iri;
use openbadges::key::{KeyError, PublicKey, SigningKey};
use openbadges::multibase;
use serde_json::Value;

fn main() -> ExitCode {
    let mut trials = suite("vectors/did-key/ed25519-multikey.json", multikey);
    trials.extend(suite("vectors/did-key/ed25519-x25519.json", published));
    for name in ["nist-curves", "rsa", "secp256k1", "bls12381", "x25519"] {
        trials.extend(suite(&format!("vectors/did-key/{name}.json"), other_curves));
    }
    trials.extend(suite("vectors/did-web/urls.json", web));
    run(trials)
}

fn multikey(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let vectors = items_at(&cases, "/vectors")?;
    let invalid = items_at(&cases, "/invalid")?;
    let vectors = vectors.into_iter().map(|case| {
        Trial::test(format!("did-key/multikey {}", case["did"]), move || multikey_case(&case))
    });
    let invalid = invalid.into_iter().map(|case| {
        Trial::test(format!("did-key/refused: {}", case["why"]), move || invalid_case(&case))
    });
    Ok(vectors.chain(invalid).collect())
}

fn multikey_case(case: &Value) -> Result<(), Failed> {
    let did = did_key(text_at(case, "/did")?)?;
    let public = did.public_key()?;
    same(&case["didDocument"], &did_key_document(&did))?;
    let method_id = Iri::parse(&did.method_id())?;
    let found = find_method(&case["didDocument"], &method_id, Relationship::AssertionMethod)?;
    same(&public, &found.key)?;
    same(&public, &PublicKey::from_multikey(text_at(case, "/publicKeyMultibase")?)?)?;

    let raw = multibase::decode(text_at(case, "/publicKeyMultibase")?)?;
    same(&format!("ed01{}", text_at(case, "/publicKeyHex")?), &to_hex(raw))?;
    let signing = SigningKey::from_seed(&seed(text_at(case, "/seedHex")?)?);
    same(&public, &signing.public())?;
    let secret = text_at(case, "/secretKeyMultibase")?;
    same(&secret, &signing.to_secret_multikey().as_str())?;
    same(&public, &SigningKey::from_secret_multikey(secret)?.public())?;

    // A JWK with its secret half is refused as a public key.
    same(&Err(KeyError::SecretMember), &PublicKey::from_jwk(&case["jwk"]))?;
    let mut jwk = case["jwk"].clone();
    jwk.as_object_mut().and_then(|members| members.remove("d")).ok_or("the JWK has no `d`")?;
    same(&Ok(public.clone()), &PublicKey::from_jwk(&jwk))?;
    same(&jwk, &public.to_jwk())?;
    same(&text_at(case, "/jwkThumbprintS256")?, &public.thumbprint().as_str())
}

fn invalid_case(case: &Value) -> Result<(), Failed> {
    let parsed = Did::parse(text_at(case, "/did")?);
    match (text_at(case, "/expect")?, parsed) {
        ("no assertionMethod", Ok(Did::Key(did))) => {
            let method_id = Iri::parse(&did.method_id())?;
            let document = did_key_document(&did);
            let found = find_method(&document, &method_id, Relationship::AssertionMethod);
            same(&Err(MethodError::NotInRelationship), &found)
        }
        (expected, Err(DidError::Key(error))) => same(&expected, &error.name()),
        (expected, parsed) => Err(format!("expected {expected}, found {parsed:?}").into()),
    }
}

/// The vectors of the method itself, with key types of 2018: only what does not depend on those is compared.
fn published(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let cases = cases.as_object().cloned().unwrap_or_default();
    let trial = |(did, case): (String, Value)| {
        Trial::test(format!("did-key/published {did}"), move || published_case(&did, &case))
    };
    Ok(cases.into_iter().map(trial).collect())
}

fn published_case(text: &str, case: &Value) -> Result<(), Failed> {
    let did = did_key(text)?;
    let public = did.public_key()?;
    same(&public, &SigningKey::from_seed(&seed(text_at(case, "/seed")?)?).public())?;
    let document = did_key_document(&did);
    for relationship in
        ["assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation"]
    {
        same(&case["didDocument"][relationship], &document[relationship])?;
    }
    let method = &case["didDocument"]["verificationMethod"][0];
    let method_id = Iri::parse(text_at(method, "/id")?)?;
    same(&did.method_id().as_str(), &method_id.as_str())?;
    let found = find_method(&case["didDocument"], &method_id, Relationship::AssertionMethod);
    match method["type"].as_str() {
        Some("JsonWebKey2020") => same(&Ok(public), &found.map(|method| method.key)),
        Some("Ed25519VerificationKey2018") => {
            same(&Err(MethodError::UnknownType), &found)?;
            let raw = multibase::decode(&format!("z{}", text_at(method, "/publicKeyBase58")?))?;
            same(&multibase::decode(&public.to_multikey())?.get(2..), &Some(raw.as_slice()))
        }
        other => Err(format!("a method of type {other:?}").into()),
    }
}

fn other_curves(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let mut cases = read_json(file)?;
    // One of the files holds the documents alone.
    if cases["didDocument"].is_object() {
        cases = cases["didDocument"].take();
    }
    let cases = cases.as_object().cloned().unwrap_or_default();
    let trial = |(did, case): (String, Value)| {
        let short: String = did.chars().take(60).collect();
        Trial::test(format!("did-key/other {short}"), move || other_curve(&did, &case))
    };
    Ok(cases.into_iter().map(trial).collect())
}

/// A key of a kind that badges are signed with is the one the vector publishes; any other is told as not checked, and
/// not as broken (CRED-DIDKEY-2, CRED-DIDKEY-4).
fn other_curve(text: &str, case: &Value) -> Result<(), Failed> {
    let did = match Did::parse(text) {
        // Two keys in one, under a prefix of its own.
        Err(error) if text.starts_with("did:key:z5Tc") => {
            return same(&DidError::Key(DidKeyError::UnknownType), &error);
        }
        _ => did_key(text)?,
    };
    let is_read = ["zDn", "z82", "z4MX", "zgg"]
        .iter()
        .any(|prefix| text.starts_with(&format!("did:key:{prefix}")));
    let public = did.public_key();
    if !is_read {
        return same(&Err(KeyError::UnknownType), &public);
    }
    let public = public?;
    same(&format!("did:key:{}", public.to_multikey()).as_str(), &text)?;
    same(&text, &DidKey::of(&public).to_string().as_str())?;
    let jwk = ["/verificationMethod/publicKeyJwk", "/publicKeyJwk"];
    let Some(jwk) = jwk.iter().find_map(|pointer| case.pointer(pointer)) else { return Ok(()) };
    same(&Ok(public.clone()), &PublicKey::from_jwk(jwk))?;
    same(jwk, &public.to_jwk())
}

fn web(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let resolve = items_at(&cases, "/resolve")?;
    let hostile = items_at(&cases, "/reject_or_note")?;
    let resolve = resolve.into_iter().map(|case| {
        Trial::test(format!("did-web/{}", case["did"]), move || {
            let did = did_web(text_at(&case, "/did")?)?;
            same(&text_at(&case, "/url")?, &did.document_url().as_str())
        })
    });
    let hostile = hostile.into_iter().map(|case| {
        Trial::test(format!("did-web/hostile {}", case["did"]), move || {
            let did = text_at(&case, "/did")?;
            if did == "did:web:example.com:3000" {
                // Not hostile: the digits are a path segment.
                let url = did_web(did)?.document_url();
                return same(&"https://example.com/3000/did.json", &url.as_str());
            }
            match Did::parse(did) {
                Err(DidError::Web(_)) => Ok(()),
                other => Err(format!("expected a refusal, found {other:?}").into()),
            }
        })
    });
    Ok(resolve.chain(hostile).collect())
}

fn did_key(text: &str) -> Result<DidKey, Failed> {
    match Did::parse(text)? {
        Did::Key(did) => Ok(did),
        other => Err(format!("{other} is no did:key").into()),
    }
}

fn did_web(text: &str) -> Result<DidWeb, Failed> {
    match Did::parse(text)? {
        Did::Web(did) => Ok(did),
        other => Err(format!("{other} is no did:web").into()),
    }
}

fn seed(digits: &str) -> Result<[u8; 32], Failed> {
    let bytes = from_hex(digits)?;
    bytes.try_into().map_err(|_| Failed::from("the seed has not 32 bytes"))
}
