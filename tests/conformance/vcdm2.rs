//! The inputs of the W3C suite for the data model 2.0, signed by a simulated issuer and handed to the verifier: what the
//! suite accepts is valid, what it refuses is not.
//!
//! The suite's inputs are drafts: its harness names the issuer and adds a proof, and so does this one. A draft is signed
//! over its statements; one that has no statements, over its JSON, so that the verifier has to find out by itself what is
//! wrong with it.
//!
//! CRED-VCDM-1 to CRED-VCDM-13. Data: `vectors/vcdm2`; what comes out otherwise, and why, stands in `vcdm2.yaml`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use accolade_tests::issuer::Issuer;
use accolade_tests::{read_text, run, suite, workspace};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::time::Timestamp;
use openbadges::verify::{Accept, Code, Report, Verdict};
use serde_json::{Value, json};
use walkdir::WalkDir;

const PAST: &str = "2020-01-01T00:00:00Z";
const FUTURE: &str = "2040-01-01T00:00:00Z";

fn main() -> ExitCode {
    run(suite("vectors/vcdm2", collect))
}

fn collect(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let skips = read_text(workspace().join("tests/conformance/vcdm2.yaml"))?;
    let mut skips: BTreeMap<String, String> = serde_yaml::from_str(&skips)?;
    let mut trials = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let path = Utf8Path::from_path(entry.path()).ok_or("a path that is not UTF-8")?;
        if path.extension() != Some("json") {
            continue;
        }
        let name = path.strip_prefix(folder)?.with_extension("");
        let is_skipped = skips.remove(name.as_str()).is_some();
        // The suite's harness puts the dates in.
        let draft = read_text(path)?.replace("PAST DATE", PAST).replace("FUTURE DATE", FUTURE);
        let draft = serde_json::from_str(&draft)?;
        let stem = name.file_name().unwrap_or_default().to_owned();
        trials.push(Trial::test(format!("vcdm2/{name}"), move || {
            match (judge(&stem, draft), is_skipped) {
                (Ok(()), true) => Err("it passes: take it off `vcdm2.yaml`".into()),
                (Err(_), true) => Ok(()),
                (judged, false) => judged,
            }
        }));
    }
    if let Some(name) = skips.keys().next() {
        return Err(format!("`vcdm2.yaml` names `{name}`, and there is no such input").into());
    }
    Ok(trials)
}

/// The suite's verdict is in the name of the file; a presentation with another number of credentials than one has none.
fn judge(name: &str, draft: Value) -> Result<(), Failed> {
    let is_refused = name.contains("-fail") || name.contains("mismatch");
    let count = credentials(&draft);
    let report = verify(draft);
    let is_open = count.is_some_and(|count| count != 1)
        && report.verdict == Verdict::Unknown
        && report.found(Code::PresentationNotOne);
    let holds = match is_refused {
        true => report.verdict != Verdict::Valid && !is_open,
        false if count.is_none_or(|count| count == 1) => report.verdict == Verdict::Valid,
        false => is_open,
    };
    if holds { Ok(()) } else { Err(format!("{:?}: {:#?}", report.verdict, report.checks).into()) }
}

/// How many credentials a presentation holds; nothing for what is no presentation.
fn credentials(draft: &Value) -> Option<usize> {
    let is_presentation = draft.pointer("/type/0").is_some_and(|it| it == "VerifiablePresentation");
    is_presentation.then(|| draft["verifiableCredential"].as_array().map_or(0, Vec::len))
}

fn verify(mut draft: Value) -> Report {
    let issuer = Issuer::new();
    match draft.get_mut("verifiableCredential").and_then(Value::as_array_mut) {
        Some(presented) => presented.iter_mut().for_each(|one| secure(&issuer, one)),
        None => secure(&issuer, &mut draft),
    }
    let mut scene = issuer.presents(&draft);
    scene.policy.accept = Accept::Credentials;
    // The dates are about their form, not about today: the clock stands at the credential's own end, or its beginning.
    let dates =
        ["validUntil", "validFrom"].into_iter().filter_map(|name| draft.get(name)?.as_str());
    if let Some(moment) = dates.filter_map(|text| Timestamp::parse(text).ok()).next() {
        scene.now = moment;
    }
    scene.verify()
}

/// Names the issuer where the draft leaves it to the harness, and signs.
fn secure(issuer: &Issuer, draft: &mut Value) {
    let did = json!(issuer.did());
    let Some(members) = draft.as_object_mut() else { return };
    let is_presentation = members.get("type").is_some_and(|it| it[0] == "VerifiablePresentation");
    if is_presentation
        || members.get("type").is_some_and(|it| it == "EnvelopedVerifiableCredential")
    {
        return;
    }
    match members.get_mut("issuer") {
        // Of an object the harness fills in the id, unless the case is about it.
        Some(Value::Object(object)) => {
            let named = object.entry("id").or_insert_with(|| did.clone());
            if named.as_str().is_some_and(|id| id.starts_with("did:")) {
                *named = did;
            }
        }
        Some(Value::String(id)) if id.starts_with("did:") => *id = issuer.did(),
        Some(_) => {}
        None => drop(members.insert("issuer".to_owned(), did)),
    }
    let proof = members.remove("proof");
    let mut signed = issuer.sign_statements(draft.clone());
    // A proof the draft brings stands beside the harness's.
    if let (Some(proof), Some(Value::Array(proofs))) = (proof, signed.get_mut("proof")) {
        proofs.push(proof);
    }
    *draft = signed;
}
