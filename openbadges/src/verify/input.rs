//! What was handed in, and which badges are in it.

use serde_json::Value;

use crate::bake::{self, Form, Kind, Slot};
use crate::iri::Iri;
use crate::json;

use super::checks::{agreement, endorsements, hosted, signed};
use super::code::Code;
use super::question::Question;
use super::report::Outcome;
use super::run::{Run, Waiting, is_page};

/// What is to be verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// An address to fetch.
    Address(Iri),
    /// The bytes of a picture or of a record.
    File(Vec<u8>),
}

/// A badge found in the input.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// `json`, `png`, `svg`.
    pub(crate) found_in: &'static str,
    /// Its text as a value; unknown members kept.
    pub(crate) value: Value,
}

/// Recognises the input and runs the checks its badges call for.
pub(crate) fn check(run: &mut Run<'_>, input: &Input) -> Result<(), Waiting> {
    match input {
        Input::File(bytes) => file(run, bytes, "input"),
        Input::Address(address) => at_address(run, address),
    }?;
    endorsements::check(run)
}

fn at_address(run: &mut Run<'_>, address: &Iri) -> Result<(), Waiting> {
    // What stands behind `#` is for the reader's own machine: a learner's link carries the salt of a hidden name there.
    let (public, _) = address.split_fragment();
    let address = &Iri::parse(public).unwrap_or_else(|_| address.clone());
    let body = match run.body(address)? {
        Ok(body) => body,
        Err(useless) => {
            run.found(None, Outcome::Unknown(useless.code), address.as_str(), Some(useless.detail));
            return Ok(());
        }
    };
    // A withdrawn OB 2.0 assertion answers 410, perhaps without a body (OB2-HOST-3).
    if body.status == 410 {
        hosted::gone(run, address);
        return Ok(());
    }
    if body.status != 200 {
        let detail = Some(format!("HTTP {}", body.status));
        run.found(None, Outcome::Unknown(Code::DocumentUnavailable), address.as_str(), detail);
        return Ok(());
    }
    if is_page(&body.bytes) {
        return page(run, address);
    }
    file(run, &body.bytes, address.as_str())
}

/// A learner's page: the signed record lies beside it under a fixed name.
fn page(run: &mut Run<'_>, address: &Iri) -> Result<(), Waiting> {
    let (path, _query) = address.as_str().split_once('?').unwrap_or((address.as_str(), ""));
    let folder = path.strip_suffix("index.html").unwrap_or(path);
    let is_folder = folder.ends_with('/');
    let beside = Iri::parse(&format!("{folder}credential.json")).ok().filter(|_| is_folder);
    let Some(beside) = beside else {
        run.found(None, Outcome::Unknown(Code::InputIsPage), address.as_str(), None);
        return Ok(());
    };
    match run.body(&beside)? {
        Ok(body) if body.status == 200 && !is_page(&body.bytes) => {
            file(run, &body.bytes, beside.as_str())
        }
        Ok(_) | Err(_) => {
            run.found(None, Outcome::Unknown(Code::InputIsPage), address.as_str(), None);
            Ok(())
        }
    }
}

fn file(run: &mut Run<'_>, bytes: &[u8], subject: &str) -> Result<(), Waiting> {
    let Some(records) = records(run, bytes, subject) else { return Ok(()) };
    let mut facts = Vec::new();
    let mut waiting = Ok(());
    for record in &records {
        // Both records are looked at before waiting, so that one round fetches for both.
        match one(run, record) {
            Ok(found) => facts.extend(found),
            Err(Waiting) => waiting = Err(Waiting),
        }
    }
    waiting?;
    if records.len() > 1 {
        agreement::check(run, &facts, subject);
    }
    Ok(())
}

/// Runs the checks of one badge; what it is sure of comes back for comparison.
fn one(run: &mut Run<'_>, record: &Record) -> Result<Option<agreement::Facts>, Waiting> {
    match generation(&record.value) {
        Generation::Three => signed::check(run, record),
        Generation::Two => hosted::check(run, record),
        Generation::One => {
            run.found(None, Outcome::Unknown(Code::LegacyVersion), record.found_in, None);
            Ok(None)
        }
        Generation::Other => {
            run.found(None, Outcome::Unknown(Code::TypeUnknown), record.found_in, None);
            Ok(None)
        }
    }
}

/// The standard that a record claims to follow.
pub(crate) enum Generation {
    One,
    Two,
    Three,
    Other,
}

/// Which standard a record claims to follow: by its context, and by members for 1.0, which had none.
pub(crate) fn generation(value: &Value) -> Generation {
    let contexts: Vec<&str> = match value.get("@context") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let any = |test: fn(&str) -> bool| contexts.iter().any(|context| test(context));
    if any(|c| c.contains("/credentials/v")) {
        Generation::Three
    } else if any(|c| {
        matches!(c, "https://w3id.org/openbadges/v2" | "https://openbadgespec.org/v2/context.json")
    }) {
        Generation::Two
    } else if any(|c| c.contains("openbadges/v1"))
        || value.get("badge").is_some() && value.get("verify").is_some()
    {
        Generation::One
    } else {
        Generation::Other
    }
}

/// The badges inside a file, or a note of why there is none.
fn records(run: &mut Run<'_>, bytes: &[u8], subject: &str) -> Option<Vec<Record>> {
    match Kind::detect(bytes) {
        Ok(Kind::Png) => pictured(run, bytes, "png", subject),
        Ok(Kind::Svg) => pictured(run, bytes, "svg", subject),
        Err(_) => plain(run, bytes, subject).map(|record| vec![record]),
    }
}

fn plain(run: &mut Run<'_>, bytes: &[u8], subject: &str) -> Option<Record> {
    let looks_like_jws = bytes.starts_with(b"eyJ");
    let looks_like_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if !looks_like_json {
        let code = if looks_like_jws { Code::FormUnsupported } else { Code::InputNotRecognised };
        run.found(None, Outcome::Unknown(code), subject, None);
        return None;
    }
    parse(run, bytes, "json", subject)
}

fn parse(run: &mut Run<'_>, bytes: &[u8], found_in: &'static str, subject: &str) -> Option<Record> {
    match json::parse(bytes) {
        Ok(value) => Some(Record { found_in, value }),
        Err(error) => {
            let detail = Some(error.to_string());
            run.found(Question::Unaltered, Outcome::Fail(Code::JsonRefused), subject, detail);
            None
        }
    }
}

fn pictured(
    run: &mut Run<'_>,
    bytes: &[u8],
    kind: &'static str,
    subject: &str,
) -> Option<Vec<Record>> {
    let baked = match bake::extract(bytes) {
        Ok(baked) => baked,
        Err(error) => {
            let detail = Some(error.to_string());
            run.found(None, Outcome::Unknown(Code::InputPictureBroken), subject, detail);
            return None;
        }
    };
    if baked.is_unbaked() {
        run.found(None, Outcome::Unknown(Code::InputWithoutBadge), subject, None);
        return None;
    }
    let mut records = Vec::new();
    for slot in [Slot::OpenBadges3, Slot::OpenBadges2] {
        match baked.get(slot) {
            Ok(None) => {}
            Ok(Some(found)) => match found.form {
                Form::Json => records.extend(parse(run, found.text.as_bytes(), kind, subject)),
                Form::Url => {
                    records.push(Record { found_in: kind, value: address_alone(&found.text) })
                }
                Form::Jws => {
                    run.found(None, Outcome::Unknown(Code::FormUnsupported), subject, None)
                }
            },
            Err(error) => {
                let detail = Some(format!("{}: {error}", slot.keyword()));
                run.found(None, Outcome::Unknown(Code::InputPictureBroken), subject, detail);
            }
        }
    }
    Some(records)
}

/// Early pictures hold the bare address of a hosted assertion: everything else is read from there.
fn address_alone(address: &str) -> Value {
    serde_json::json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": address.trim(),
        "verification": { "type": "HostedBadge" },
    })
}
