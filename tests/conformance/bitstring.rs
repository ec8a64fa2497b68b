//! Bitstring status lists: those of the specification, and lists constructed to be wrong.
//!
//! CRED-BSL-1 to CRED-BSL-28. Data: `vectors/bitstring-status-list`.

#![expect(
    clippy::indexing_slicing,
    reason = "a member that a case lacks reads as null; nothing here panics outside a trial"
)]

use std::process::ExitCode;

use accolade_tests::{items_at, read_json, run, same, suite, text_at, to_hex};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::iri::Iri;
use openbadges::status::{
    Bitstring, DecodeBounds, EncodedListError, LengthRule, Purpose, StatusEntry, StatusError,
    StatusList,
};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let mut trials = suite("vectors/bitstring-status-list/constructed/lists.json", constructed);
    trials.extend(suite("vectors/bitstring-status-list/spec", specification));
    run(trials)
}

fn constructed(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let lists = items_at(&cases, "/lists")?;
    let queries = items_at(&cases, "/queries")?;
    let mut trials = Vec::new();
    for query in queries {
        let list = lists.iter().find(|list| list["name"] == query["list"]).cloned();
        let list = list.ok_or_else(|| Failed::from(format!("no list {}", query["list"])))?;
        let name = format!("bitstring/{} at {}", query["list"], query["statusListIndex"]);
        trials.push(Trial::test(name, move || query_case(&list, &query)));
    }
    trials.extend(
        lists.into_iter().map(|list| {
            Trial::test(format!("bitstring/{}", list["name"]), move || list_case(&list))
        }),
    );
    Ok(trials)
}

fn list_case(case: &Value) -> Result<(), Failed> {
    let first = look_up(case, &json!("0"));
    match (text_at(case, "/expect")?, first) {
        ("ok", Ok(_)) => known_bits(case),
        ("reject-resource-limit", Err(error)) => {
            same(&StatusError::Encoded(EncodedListError::TooLarge), &error)
        }
        (expected, Err(error)) => same(&expected, &error.name()),
        (expected, Ok(value)) => Err(format!("expected {expected}, found {value}").into()),
    }
}

fn known_bits(case: &Value) -> Result<(), Failed> {
    let list = Bitstring::decode(text_at(case, "/encodedList")?, &DecodeBounds::default())?;
    same(&case["bits"].as_u64(), &u64::try_from(list.bits()).ok())?;
    // What is decoded is written and read again without a change.
    same(&Ok(list.clone()), &Bitstring::decode(&list.encode(), &DecodeBounds::default()))?;
    if let Some(set) = case["set"].as_array() {
        let found: Vec<Value> =
            (0..list.bits()).filter(|at| list.get(*at) == Some(true)).map(Value::from).collect();
        same(set, &found)?;
    }
    for (index, value) in case["values"].as_object().into_iter().flatten() {
        same(&value.as_u64(), &list.value(index.parse()?, 2))?;
    }
    for (member, length) in [("first_bytes_hex", 2), ("first_byte_hex", 1)] {
        if let Some(expected) = case[member].as_str() {
            same(&expected, &to_hex(list.bytes().get(..length).unwrap_or_default()).as_str())?;
        }
    }
    Ok(())
}

fn query_case(list: &Value, query: &Value) -> Result<(), Failed> {
    match (&query["expect"], look_up(list, &query["statusListIndex"])) {
        (Value::Number(expected), Ok(found)) => same(&expected.as_u64(), &Some(found)),
        (Value::String(expected), Err(error)) => {
            let names: Vec<&str> = expected.split(" or ").collect();
            same(&true, &names.contains(&error.name()))
        }
        (expected, found) => Err(format!("expected {expected}, found {found:?}").into()),
    }
}

/// The way of a verifier: the entry of a credential, the list credential, the look-up.
fn look_up(case: &Value, index: &Value) -> Result<u64, StatusError> {
    let url = "https://badges.example/status/1";
    let mut entry = json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": index, "statusListCredential": url});
    if case["statusSize"].is_u64() {
        entry["statusSize"] = case["statusSize"].clone();
    }
    let credential = json!({
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {"type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": case["encodedList"]},
    });
    let entry = StatusEntry::parse(&entry)?;
    let list = StatusList::parse(&credential, &DecodeBounds::default())?;
    list.status_of(&entry, LengthRule::Strict).map(|status| status.value)
}

/// The objects printed in the specification: each entry and each list in them is read.
fn specification(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let index = read_json(folder.join("index.json"))?;
    let mut trials = Vec::new();
    for item in items_at(&index, "")? {
        let file = folder.join(text_at(&item, "/file")?);
        trials.push(Trial::test(format!("bitstring/spec {}", item["file"]), move || {
            specification_case(&read_json(&file)?)
        }));
    }
    Ok(trials)
}

fn specification_case(document: &Value) -> Result<(), Failed> {
    let entries = match &document["credentialStatus"] {
        Value::Null => return specification_list(document),
        Value::Array(entries) => entries.clone(),
        entry => vec![entry.clone()],
    };
    for value in &entries {
        let entry = StatusEntry::parse(value)?;
        same(&value["statusListIndex"], &json!(entry.index.to_string()))?;
        same(&value["statusPurpose"], &json!(entry.purpose.as_str()))?;
        same(&value["id"], &json!(entry.id))?;
        let messages = value["statusMessage"].as_array().map_or(0, Vec::len);
        same(&messages, &entry.messages.len())?;
    }
    Ok(())
}

fn specification_list(document: &Value) -> Result<(), Failed> {
    let list = StatusList::parse(document, &DecodeBounds::default())?;
    same(&vec![Purpose::Revocation], &list.purposes)?;
    same(&Bitstring::new(131_072), &list.bits)?;
    let entry = StatusEntry::revocation(&Iri::parse(text_at(document, "/id")?)?, 94_567)?;
    same(&true, &list.status_of(&entry, LengthRule::Strict)?.is_clear())
}
