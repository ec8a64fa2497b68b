//! Compact JWS with traps in them.
//!
//! CRED-JOSE-8, CRED-JOSE-9. Data: `vectors/wycheproof/json_web_signature_test.json`; `jws.yaml` says which valid cases are
//! not read here and why, and fails when one of them is.

#![expect(
    clippy::indexing_slicing,
    reason = "a member that a case lacks reads as null; nothing here panics outside a trial"
)]

use std::collections::BTreeMap;
use std::process::ExitCode;

use accolade_tests::{items_at, read_json, read_text, run, same, suite, text_at, workspace};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::key::PublicKey;
use openbadges::proof::jws::Jws;
use serde_json::Value;

fn main() -> ExitCode {
    run(suite("vectors/wycheproof/json_web_signature_test.json", collect))
}

fn collect(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let skips = read_text(workspace().join("tests/conformance/jws.yaml"))?;
    let mut skips: BTreeMap<u64, String> = serde_yaml::from_str(&skips)?;
    let mut trials = Vec::new();
    for group in items_at(&cases, "/testGroups")? {
        for case in items_at(&group, "/tests")? {
            let number = case["tcId"].as_u64().ok_or("a case without a number")?;
            let skipped = skips.remove(&number);
            let group = group.clone();
            let name = format!("wycheproof/jws {number} {}", case["comment"]);
            trials.push(Trial::test(name, move || token(&group, &case, skipped.as_deref())));
        }
    }
    let told = cases["numberOfTests"].as_u64();
    same(&told, &u64::try_from(trials.len()).ok())?;
    if !skips.is_empty() {
        return Err(format!("jws.yaml names cases that are not there: {skips:?}").into());
    }
    Ok(trials)
}

fn token(group: &Value, case: &Value, skipped: Option<&str>) -> Result<(), Failed> {
    // A case may hold the JSON serialisation, which no badge is in.
    let verified = case["jws"].as_str().is_some_and(|text| is_verified(group, text));
    match (text_at(case, "/result")?, skipped) {
        ("valid", None) => same(&true, &verified),
        ("valid", Some(reason)) if verified => {
            Err(format!("it passes, and was skipped: {reason}").into())
        }
        ("valid", Some(_)) => Ok(()),
        (_, Some(reason)) => Err(format!("only valid cases are skipped: {reason}").into()),
        ("invalid", None) => same(&false, &verified),
        (other, None) => Err(format!("a case that is {other}").into()),
    }
}

fn is_verified(group: &Value, text: &str) -> bool {
    // Where the group has a secret that verifiers share, that is handed in as if it were published.
    let key = group.get("public").unwrap_or(&group["private"]);
    let Ok(key) = PublicKey::from_jwk(key) else { return false };
    Jws::parse(text).is_ok_and(|jws| jws.verify(&key).is_ok())
}
