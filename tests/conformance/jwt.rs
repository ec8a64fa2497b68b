//! Badges in signed tokens, good and bad, each with the code the verifier has to answer with.
//!
//! OB3-JWT-1 to OB3-JWT-17, CRED-JOSE-1 to CRED-JOSE-12, OB2-SIGN-1 to OB2-SIGN-12, OB2-KEY-3.
//! Data: `vectors/jwt`; what is expected of each case stands in `jwt.yaml`, in our codes.

use std::collections::BTreeMap;
use std::process::ExitCode;

use accolade_tests::{items_at, read, read_json, read_text, run, same, suite, text_at, workspace};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::iri::Iri;
use openbadges::time::Timestamp;
use openbadges::verify::{
    Answer, Body, Documents, Input, Policy, Report, Source, Step, Verdict, verify,
};
use serde::Deserialize;
use serde_json::Value;

fn main() -> ExitCode {
    run(suite("vectors/jwt", collect))
}

/// What a case is to give: a verdict, and the code of a check that was made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    verdict: String,
    code: String,
}

fn collect(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let index = read_json(folder.join("index.json"))?;
    let keys = read_json(folder.join("keys.json"))?;
    let published = keys.pointer("/documents").and_then(Value::as_object).cloned();
    let published = published.ok_or("no documents")?;
    let expected = read_text(workspace().join("tests/conformance/jwt.yaml"))?;
    let expected: BTreeMap<String, Expected> = serde_yaml::from_str(&expected)?;
    let mut trials = Vec::new();
    for case in items_at(&index, "/cases")? {
        let file = text_at(&case, "/file")?.to_owned();
        // A case without an expectation fails: a new vector must be looked at.
        let expected = expected.get(&file).cloned();
        let bytes = read(folder.join(&file))?;
        let published = published.clone();
        trials.push(Trial::test(format!("jwt/{file}"), move || {
            let expected = expected.ok_or("jwt.yaml says nothing of it")?;
            let report = report(bytes, &published)?;
            let verdict = match report.verdict {
                Verdict::Valid => "valid",
                Verdict::Invalid => "invalid",
                Verdict::Unknown => "unknown",
            };
            let found: Vec<&str> =
                report.checks.iter().map(|check| check.outcome.code().text()).collect();
            if !found.contains(&expected.code.as_str()) {
                return Err(format!("no `{}` in {:#?}", expected.code, report.checks).into());
            }
            same(&expected.verdict.as_str(), &verdict)
        }));
    }
    Ok(trials)
}

/// The vectors name a class that they do not bring along.
const CLASS: &str = "https://issuer.example/b/1.json";

fn report(bytes: Vec<u8>, published: &serde_json::Map<String, Value>) -> Result<Report, Failed> {
    let class = serde_json::json!({
        "@context": "https://w3id.org/openbadges/v2", "id": CLASS, "type": "BadgeClass",
        "name": "Teamwork", "description": "Works in a team", "image": "https://issuer.example/b/1.png",
        "criteria": { "narrative": "Peer nominated" }, "issuer": "https://issuer.example/issuer.json",
    });
    let now = Timestamp::parse("2026-09-01T09:00:00Z")?;
    let (input, policy) = (Input::File(bytes), Policy::default());
    let mut documents = Documents::new();
    for _ in 0..32 {
        match verify(&input, &documents, &policy, now) {
            Step::Done(report) => return Ok(*report),
            Step::Need(iris) => {
                for asked in iris {
                    let found = published.get(asked.as_str());
                    let found = found.or_else(|| (asked.as_str() == CLASS).then_some(&class));
                    documents.supply(asked.clone(), answer(asked, found));
                }
            }
        }
    }
    Err("the loop did not end".into())
}

fn answer(url: Iri, document: Option<&Value>) -> Answer {
    let bytes = document.map(|document| document.to_string().into_bytes()).unwrap_or_default();
    let status = if document.is_some() { 200 } else { 404 };
    let body = Ok(Body { url, status, content_type: None, bytes });
    Answer { source: Source::StandIn, hops: Vec::new(), body }
}
