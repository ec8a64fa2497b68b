//! Signatures with traps in them: Ed25519, ECDSA over P-256, RSA with PKCS #1 v1.5.
//!
//! CRED-EDDSA-6, CRED-EDDSA-8, CRED-ECDSA-1, CRED-JOSE-8.
//! Data: `vectors/wycheproof/{ed25519,ecdsa_secp256r1_sha256_p1363,rsa_signature_2048_sha256}_test.json`.

#![expect(
    clippy::indexing_slicing,
    reason = "a member that a case lacks reads as null; nothing here panics outside a trial"
)]

use std::process::ExitCode;

use accolade_tests::{from_hex, items_at, read_json, run, same, suite, text_at};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::key::{BadSignature, PublicKey};
use openbadges::multibase;
use serde_json::Value;

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for name in ["ed25519", "ecdsa_secp256r1_sha256_p1363", "rsa_signature_2048_sha256"] {
        let collect = |file: &Utf8Path| collect(name, file);
        trials.extend(suite(&format!("vectors/wycheproof/{name}_test.json"), collect));
    }
    run(trials)
}

fn collect(suite: &str, file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let mut trials = Vec::new();
    for group in items_at(&cases, "/testGroups")? {
        for case in items_at(&group, "/tests")? {
            let group = group.clone();
            let name = format!("wycheproof/{suite} {} {}", case["tcId"], case["comment"]);
            trials.push(Trial::test(name, move || signature(&group, &case)));
        }
    }
    let told = cases["numberOfTests"].as_u64();
    same(&told, &u64::try_from(trials.len()).ok())?;
    Ok(trials)
}

fn signature(group: &Value, case: &Value) -> Result<(), Failed> {
    let key = match group.pointer("/publicKey/pk") {
        Some(_) => {
            let raw = [vec![0xed, 0x01], from_hex(text_at(group, "/publicKey/pk")?)?].concat();
            PublicKey::from_multikey(&multibase::base58btc(&raw))?
        }
        None => PublicKey::from_pem(text_at(group, "/publicKeyPem")?)?,
    };
    same(&Ok(key.clone()), &PublicKey::from_multikey(&key.to_multikey()))?;
    if !group["publicKeyJwk"].is_null() {
        same(&Ok(key.clone()), &PublicKey::from_jwk(&group["publicKeyJwk"]))?;
    }
    let expected = match text_at(case, "/result")? {
        "valid" => Ok(()),
        "invalid" => Err(BadSignature),
        // Padding without the NULL that the standard wants: a legacy form, and nobody's badge.
        "acceptable" if case["flags"][0] == "MissingNull" => Err(BadSignature),
        other => return Err(format!("a case that is {other}").into()),
    };
    let (message, signature) =
        (from_hex(text_at(case, "/msg")?)?, from_hex(text_at(case, "/sig")?)?);
    same(&expected, &key.verify_strict(&message, &signature))
}
