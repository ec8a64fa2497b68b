//! Ed25519 signatures with traps in them.
//!
//! CRED-EDDSA-6, CRED-EDDSA-8. Data: `vectors/wycheproof/ed25519_test.json`.

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
    run(suite("vectors/wycheproof/ed25519_test.json", collect))
}

fn collect(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let mut trials = Vec::new();
    for group in items_at(&cases, "/testGroups")? {
        for case in items_at(&group, "/tests")? {
            let group = group.clone();
            let name = format!("wycheproof/ed25519 {} {}", case["tcId"], case["comment"]);
            trials.push(Trial::test(name, move || signature(&group, &case)));
        }
    }
    let told = cases["numberOfTests"].as_u64();
    same(&told, &u64::try_from(trials.len()).ok())?;
    Ok(trials)
}

fn signature(group: &Value, case: &Value) -> Result<(), Failed> {
    let raw = [vec![0xed, 0x01], from_hex(text_at(group, "/publicKey/pk")?)?].concat();
    let key = PublicKey::from_multikey(&multibase::base58btc(&raw))?;
    same(&Ok(key.clone()), &PublicKey::from_jwk(&group["publicKeyJwk"]))?;
    let expected = match text_at(case, "/result")? {
        "valid" => Ok(()),
        "invalid" => Err(BadSignature),
        other => return Err(format!("a case that is {other}").into()),
    };
    let (message, signature) =
        (from_hex(text_at(case, "/msg")?)?, from_hex(text_at(case, "/sig")?)?);
    same(&expected, &key.verify_strict(&message, &signature))
}
