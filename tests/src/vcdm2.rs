//! The inputs of the W3C suite for the data model 2.0, made ready as its harness would: with dates, an issuer and a proof.
//!
//! They are drafts. A draft is signed over its statements; one that has no statements, over its JSON, so that the verifier
//! has to find out by itself what is wrong with it. What comes out otherwise than the suite has it, and why, stands in
//! `tests/conformance/vcdm2.yaml`.

use std::collections::BTreeMap;

use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::time::Timestamp;
use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::issuer::Issuer;
use crate::{read_text, workspace};

const PAST: &str = "2020-01-01T00:00:00Z";
const FUTURE: &str = "2040-01-01T00:00:00Z";

/// A trial for each draft in `folder`, named `name/…`; `judge` gets the draft's name and the draft.
///
/// # Errors
/// When the drafts or the list of exceptions cannot be read, or the list names what is not there.
pub fn trials(
    folder: &Utf8Path,
    name: &str,
    judge: fn(&str, Value) -> Result<(), Failed>,
) -> Result<Vec<Trial>, Failed> {
    let skips = read_text(workspace().join("tests/conformance/vcdm2.yaml"))?;
    let mut skips: BTreeMap<String, String> = serde_yaml::from_str(&skips)?;
    let mut trials = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let path = Utf8Path::from_path(entry.path()).ok_or("a path that is not UTF-8")?;
        if path.extension() != Some("json") {
            continue;
        }
        let file = path.strip_prefix(folder)?.with_extension("");
        let is_skipped = skips.remove(file.as_str()).is_some();
        // The suite's harness puts the dates in.
        let draft = read_text(path)?.replace("PAST DATE", PAST).replace("FUTURE DATE", FUTURE);
        let draft = serde_json::from_str(&draft)?;
        let stem = file.file_name().unwrap_or_default().to_owned();
        trials.push(Trial::test(format!("{name}/{file}"), move || {
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

/// Whether the suite has a draft of this name refused: that is in the name of the file.
#[must_use]
pub fn is_refused(name: &str) -> bool {
    name.contains("-fail") || name.contains("mismatch")
}

/// The draft, signed by `issuer`; of a presentation, what is presented.
#[must_use]
pub fn signed(issuer: &Issuer, mut draft: Value) -> Value {
    match draft.get_mut("verifiableCredential").and_then(Value::as_array_mut) {
        Some(presented) => presented.iter_mut().for_each(|one| secure(issuer, one)),
        None => secure(issuer, &mut draft),
    }
    draft
}

/// When the draft is to be verified, if it says so: its dates are about their form, not about today, so the clock stands at the
/// credential's own end, or its beginning.
#[must_use]
pub fn moment(draft: &Value) -> Option<Timestamp> {
    let dates =
        ["validUntil", "validFrom"].into_iter().filter_map(|name| draft.get(name)?.as_str());
    dates.filter_map(|text| Timestamp::parse(text).ok()).next()
}

/// How many credentials a presentation holds; nothing for what is no presentation.
#[must_use]
pub fn credentials(draft: &Value) -> Option<usize> {
    let is_presentation = draft.pointer("/type/0").is_some_and(|it| it == "VerifiablePresentation");
    is_presentation.then(|| draft["verifiableCredential"].as_array().map_or(0, Vec::len))
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
