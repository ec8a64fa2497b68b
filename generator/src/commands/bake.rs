//! `accolade bake`: any picture, any record.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use camino::{Utf8Path, Utf8PathBuf};
use openbadges::bake::{
    self, BakeError, Form, IMAGE_BYTES_MAX, Record, RecordError, Slot, TEXT_BYTES_MAX,
};
use openbadges::json;
use serde_json::{Value, json};

use super::{Exit, Session};
use crate::cli;
use crate::reason;

/// What the contexts of each generation begin with.
const OB2_CONTEXTS: [&str; 2] = ["https://w3id.org/openbadges/", "https://openbadgespec.org/"];
const OB3_CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/", "https://www.w3.org/2018/credentials/"];

/// Runs the command.
pub(super) fn run(typed: &cli::Bake, session: &mut Session<'_>) -> Exit {
    match bake(typed, session) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn bake(typed: &cli::Bake, session: &mut Session<'_>) -> Result<Exit, Exit> {
    let out = output(typed, session)?;
    let image = session.read(&typed.image, IMAGE_BYTES_MAX)?;
    let texts = typed
        .credentials
        .iter()
        .map(|file| read_record(file, session))
        .collect::<Result<Vec<ReadRecord>, Exit>>()?;
    let mut records = Vec::new();
    for text in &texts {
        records.push(text.record().map_err(|error| {
            let told = [("file", text.file.as_str().into()), ("reason", reason::record(&error))];
            session.complain("bake-record", &told);
            Exit::No
        })?);
    }
    let baked = bake::bake(&image, &records).map_err(|error| refuse(&error, typed, session))?;
    session.write(&out, &baked)?;
    if session.is_json() {
        let slots: Vec<_> = texts.iter().map(|text| name(text.slot)).collect();
        session.answer_json(&json!({ "out": out.as_str(), "records": slots }));
    } else {
        session.note("bake-done", &[("out", out.as_str().into())]);
    }
    Ok(Exit::Done)
}

/// A record from a file, and the slot its own words put it in.
struct ReadRecord {
    file: Utf8PathBuf,
    text: String,
    slot: Slot,
    id: Option<String>,
}

impl ReadRecord {
    fn record(&self) -> Result<Record<'_>, RecordError> {
        let record = Record::new(self.slot, &self.text)?;
        let hosted = (self.slot == Slot::OpenBadges2).then_some(self.id.as_deref()).flatten();
        match hosted {
            // A signed assertion may have a URN for its id: it is hosted nowhere.
            Some(id) => Ok(record.hosted_at(id).unwrap_or(record)),
            None => Ok(record),
        }
    }
}

fn read_record(file: &Utf8Path, session: &mut Session<'_>) -> Result<ReadRecord, Exit> {
    let bytes = session.read(file, TEXT_BYTES_MAX)?;
    // A text editor ends a file with a line break; a token and an address have none.
    let text = String::from_utf8(bytes).unwrap_or_default();
    let text =
        if Form::of(&text) == Some(Form::Json) { text } else { text.trim_ascii().to_owned() };
    let document = document_of(&text);
    let slot = document.as_ref().and_then(slot_of);
    let Some(slot) = slot else {
        session.complain("bake-unknown", &[("file", file.as_str().into())]);
        return Err(Exit::No);
    };
    let id = document.as_ref().and_then(|document| document.get("id")?.as_str().map(str::to_owned));
    Ok(ReadRecord { file: file.to_owned(), text, slot, id })
}

/// The JSON of a record, or of what a token carries.
fn document_of(text: &str) -> Option<Value> {
    match Form::of(text)? {
        Form::Json => json::parse(text.as_bytes()).ok(),
        Form::Jws => {
            let payload = text.split('.').nth(1)?;
            let document = json::parse(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
            // Older tokens carry the credential one level down.
            Some(document.get("vc").cloned().unwrap_or(document))
        }
        Form::Url => None,
    }
}

fn slot_of(document: &Value) -> Option<Slot> {
    let contexts = match document.get("@context")? {
        Value::Array(many) => many.as_slice(),
        one => std::slice::from_ref(one),
    };
    let begins = |starts: &[&str]| {
        let texts = contexts.iter().filter_map(Value::as_str);
        texts.into_iter().any(|text| starts.iter().any(|start| text.starts_with(start)))
    };
    if begins(&OB3_CONTEXTS) {
        Some(Slot::OpenBadges3)
    } else if begins(&OB2_CONTEXTS) {
        Some(Slot::OpenBadges2)
    } else {
        None
    }
}

fn refuse(error: &BakeError, typed: &cli::Bake, session: &mut Session<'_>) -> Exit {
    match error {
        BakeError::TwoRecords { slot } => {
            session.complain("bake-two", &[("generation", name(*slot).into())]);
        }
        error => {
            let file = session.name_of(&typed.image);
            let told = [("file", file.into()), ("reason", reason::bake(error))];
            session.complain("bake-image", &told);
        }
    }
    Exit::No
}

/// Where the baked picture goes: never over what it is made from, and over another file only when that was named.
fn output(typed: &cli::Bake, session: &mut Session<'_>) -> Result<Utf8PathBuf, Exit> {
    let (out, problem) = match &typed.out {
        Some(out) => {
            let inputs = std::iter::once(&typed.image).chain(&typed.credentials);
            let is_input = inputs.into_iter().any(|input| is_same_file(input, out));
            (out.clone(), is_input.then_some("bake-over-input"))
        }
        None => {
            let out = beside(&typed.image);
            let exists = out.symlink_metadata().is_ok();
            (out, exists.then_some("bake-exists"))
        }
    };
    let Some(problem) = problem else { return Ok(out) };
    session.complain(problem, &[("out", out.as_str().into())]);
    Err(Exit::Usage)
}

fn is_same_file(one: &Utf8Path, other: &Utf8Path) -> bool {
    let real = |file: &Utf8Path| file.canonicalize_utf8().ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// `badge.png` → `badge-baked.png`.
fn beside(image: &Utf8Path) -> Utf8PathBuf {
    let stem = image.file_stem().unwrap_or("badge");
    let extension = image.extension().unwrap_or("png");
    image.with_file_name(format!("{stem}-baked.{extension}"))
}

/// The generation's name in JSON.
pub(super) fn name(slot: Slot) -> &'static str {
    match slot {
        Slot::OpenBadges2 => "openBadges2",
        Slot::OpenBadges3 => "openBadges3",
    }
}
