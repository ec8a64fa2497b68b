//! What was handed in, and which badges are in it.

use serde_json::Value;

use crate::bake::{self, Form, Kind, Slot};
use crate::iri::Iri;
use crate::json;
use crate::ob3::shape;
use crate::recipient::PrivateLink;

use super::checks::{
    agreement, context, endorsements, enveloped, has_type, hosted, legacy, one_or_many, signed,
    text,
};
use super::code::Code;
use super::page;
use super::question::Question;
use super::report::Outcome;
use super::run::{Run, Waiting};

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
    /// `json`, `jwt`, `png`, `svg`.
    pub(crate) found_in: &'static str,
    /// Its text as a value; unknown members kept.
    pub(crate) value: Value,
}

/// A badge in one of the forms a file or a picture may hold.
enum Found {
    /// With its own proofs, or hosted.
    Record(Record),
    /// Inside a signed token.
    Token { found_in: &'static str, token: String },
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
    let (public, private) = address.split_fragment();
    run.private_link = private.and_then(PrivateLink::parse);
    let address = &Iri::parse(public).unwrap_or_else(|_| address.clone());
    // A short link may lead to any host: a badge stands by what it says of its own address, and not by where it was found.
    let (body, is_own) = match run.anyones_body(address)? {
        Ok(found) => found,
        Err(useless) => {
            run.found(None, Outcome::Unknown(useless.code), address.as_str(), Some(useless.detail));
            return Ok(());
        }
    };
    // A withdrawn OB 2.0 assertion answers 410, perhaps without a body (OB2-HOST-3); only its own host can say so.
    if body.status == 410 && is_own {
        hosted::gone(run, address);
        return Ok(());
    }
    if body.status != 200 {
        let detail = Some(format!("HTTP {}", body.status));
        run.found(None, Outcome::Unknown(Code::DocumentUnavailable), address.as_str(), detail);
        return Ok(());
    }
    if page::is_page(&body.bytes) {
        return page(run, &body.url, &body.bytes);
    }
    file(run, &body.bytes, address.as_str())
}

/// A page only points: its badge is fetched from an address of its own and judged there. The page is believed in nothing.
fn page(run: &mut Run<'_>, address: &Iri, html: &[u8]) -> Result<(), Waiting> {
    let Some(beside) = page::pointer(html, address) else {
        run.found(None, Outcome::Unknown(Code::InputIsPage), address.as_str(), None);
        return Ok(());
    };
    match run.body(&beside)? {
        Ok(body) if body.status == 410 => {
            hosted::gone(run, &beside);
            Ok(())
        }
        Ok(body) if body.status == 200 && !page::is_page(&body.bytes) => {
            file(run, &body.bytes, beside.as_str())
        }
        Ok(_) | Err(_) => {
            let detail = Some(beside.to_string());
            run.found(None, Outcome::Unknown(Code::InputIsPage), address.as_str(), detail);
            Ok(())
        }
    }
}

fn file(run: &mut Run<'_>, bytes: &[u8], subject: &str) -> Result<(), Waiting> {
    let Some(records) = records(run, bytes, subject) else { return Ok(()) };
    let mut facts = Vec::new();
    let mut waiting = Ok(());
    let is_pair = records.len() > 1;
    for record in records {
        // Both records are looked at before waiting, so that one round fetches for both.
        match one(run, record) {
            Ok(found) => facts.extend(found),
            Err(Waiting) => waiting = Err(Waiting),
        }
    }
    waiting?;
    if is_pair {
        agreement::check(run, &facts, subject);
    }
    Ok(())
}

/// Runs the checks of one badge; what it is sure of comes back for comparison.
fn one(run: &mut Run<'_>, found: Found) -> Result<Option<agreement::Facts>, Waiting> {
    let record = match found {
        Found::Record(record) => record,
        Found::Token { found_in, token } => return enveloped::check(run, &token, found_in),
    };
    match generation(&record.value) {
        Generation::Three => signed::check(run, record),
        Generation::Two if is_endorsement(&record.value) => {
            endorsements::alone(run, &record).map(|()| None)
        }
        Generation::Two => hosted::check(run, &record),
        Generation::One => legacy::check(run, &record).map(|()| None),
        Generation::Other => {
            run.found(None, Outcome::Unknown(Code::TypeUnknown), record.found_in, None);
            Ok(None)
        }
    }
}

fn is_endorsement(value: &Value) -> bool {
    has_type(value, "Endorsement") && !has_type(value, "Assertion")
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
    } else if any(|c| c.contains("openbadges/v1")) || contexts.is_empty() && is_older(value) {
        Generation::One
    } else {
        Generation::Other
    }
}

/// Whether a record without a context has the members of a badge of 1.0, or those of one of 0.5 (OB2-OLD-2, OB2-OLD-3).
fn is_older(value: &Value) -> bool {
    value.get("badge").is_some()
        && (value.get("verify").is_some() || value.get("recipient").is_some_and(Value::is_string))
}

/// The badges inside a file, or a note of why there is none.
fn records(run: &mut Run<'_>, bytes: &[u8], subject: &str) -> Option<Vec<Found>> {
    match Kind::detect(bytes) {
        Ok(Kind::Png) => pictured(run, bytes, "png", subject),
        Ok(Kind::Svg) => pictured(run, bytes, "svg", subject),
        Err(_) => plain(run, bytes, subject).map(|found| vec![found]),
    }
}

fn plain(run: &mut Run<'_>, bytes: &[u8], subject: &str) -> Option<Found> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
        return parse(run, bytes, "json", subject);
    }
    let text = std::str::from_utf8(bytes).map(str::trim_ascii).unwrap_or_default();
    if !looks_like_token(text) {
        run.found(None, Outcome::Unknown(Code::InputNotRecognised), subject, None);
        return None;
    }
    Some(Found::Token { found_in: "jwt", token: text.to_owned() })
}

/// Whether a text begins as the header of a token does: `{"` or `{` and a space or line end, in base64url.
pub(crate) fn looks_like_token(text: &str) -> bool {
    text.starts_with("eyJ") || text.starts_with("eyA") || text.starts_with("ew")
}

fn parse(run: &mut Run<'_>, bytes: &[u8], found_in: &'static str, subject: &str) -> Option<Found> {
    let value = match json::parse(bytes) {
        Ok(value) => value,
        Err(error) => {
            let detail = Some(error.to_string());
            run.found(Question::Unaltered, Outcome::Fail(Code::JsonRefused), subject, detail);
            return None;
        }
    };
    let value = match presented(&value) {
        Ok(None) => value,
        Ok(Some(credential)) => {
            run.note(Code::PresentationNotChecked, subject, None);
            credential.clone()
        }
        Err((outcome, detail)) => {
            run.found(None, outcome, subject, Some(detail));
            return None;
        }
    };
    if !has_type(&value, "EnvelopedVerifiableCredential") {
        return Some(Found::Record(Record { found_in, value }));
    }
    match text(&value, "id").and_then(token_in_address) {
        Some(token) => Some(Found::Token { found_in, token: token.to_owned() }),
        None => {
            let detail = Some("id".to_owned());
            run.found(None, Outcome::Unknown(Code::FormUnsupported), subject, detail);
            None
        }
    }
}

/// The one credential of a presentation; nothing for what is no presentation. Who presents it, and that they may, is
/// another question than whether the badge is good, and not asked here.
///
/// Spec: VC Data Model 2.0, 4.13.
fn presented(value: &Value) -> Result<Option<&Value>, (Outcome, String)> {
    if !has_type(value, "VerifiablePresentation") || has_type(value, "VerifiableCredential") {
        return Ok(None);
    }
    if !context::begins_as_credential(value) {
        return Err((Outcome::Fail(Code::ContextRefused), "@context".to_owned()));
    }
    if let Some(violation) = shape::of_presentation(value).iter().find(|one| !one.is_tolerable()) {
        return Err((Outcome::Fail(Code::ShapeBroken), violation.to_string()));
    }
    match one_or_many(value, "verifiableCredential").as_slice() {
        [credential] => Ok(Some(credential)),
        several => Err((Outcome::Unknown(Code::PresentationNotOne), several.len().to_string())),
    }
}

/// The token in the `data:` address of an enveloped credential (VC Data Model 2.0, 4.13).
fn token_in_address(address: &str) -> Option<&str> {
    let (media_type, token) = address.strip_prefix("data:")?.split_once(',')?;
    let media_type = media_type.split(';').next()?.trim_ascii().to_ascii_lowercase();
    matches!(media_type.as_str(), "application/vc+jwt" | "application/jwt").then_some(token)
}

fn pictured(
    run: &mut Run<'_>,
    bytes: &[u8],
    kind: &'static str,
    subject: &str,
) -> Option<Vec<Found>> {
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
    // What can be read can be cut; one that cannot is compared with nothing.
    run.picture = bake::unbaked(bytes).ok();
    let mut records = Vec::new();
    for slot in [Slot::OpenBadges3, Slot::OpenBadges2] {
        match baked.get(slot) {
            Ok(None) => {}
            Ok(Some(found)) => match found.form {
                Form::Json => records.extend(parse(run, found.text.as_bytes(), kind, subject)),
                Form::Url => {
                    let value = address_alone(&found.text);
                    records.push(Found::Record(Record { found_in: kind, value }));
                }
                Form::Jws => {
                    records.push(Found::Token { found_in: kind, token: found.text.to_string() });
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
