//! Support for the tests of the whole workspace.
//!
//! Published test data is not part of this repository: it is read below [`standards`]. A runner is a test target with
//! `harness = false` that hands its trials to [`run`]; what it cannot find is reported as *ignored*, never as passed:
//!
//! ```no_run
//! use accolade_tests::{read_json, run, suite};
//! use libtest_mimic::Trial;
//!
//! fn main() -> std::process::ExitCode {
//!     run(suite("vectors/did-web/urls.json", |file| {
//!         let cases = read_json(file)?;
//!         Ok(vec![Trial::test("did-web/it is not empty", move || {
//!             if cases.is_null() { Err("no cases".into()) } else { Ok(()) }
//!         })])
//!     }))
//! }
//! ```

pub mod association;
pub mod demo;
pub mod described;
pub mod examples;
pub mod fuzz;
pub mod hostile;
pub mod issuer;
pub mod report_schema;
pub mod repository;
pub mod token;
pub mod vcdm2;

use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use libtest_mimic::{Arguments, Failed, Trial};
use openbadges::jsonld::ContextStore;
use serde_json::Value;

/// The folder of specifications' data (`contexts`, `schemas`, `vectors`).
///
/// The environment variable `ACCOLADE_STANDARDS` names it; without, it is `../shared/standards` beside the workspace.
/// It may be missing: [`suite`] deals with that.
#[must_use]
pub fn standards() -> Utf8PathBuf {
    match std::env::var("ACCOLADE_STANDARDS") {
        Ok(folder) => folder.into(),
        Err(_) => workspace().join("../shared/standards"),
    }
}

/// The root folder of this workspace.
#[must_use]
pub fn workspace() -> &'static Utf8Path {
    let tests = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// The trials that `collect` makes of `path` (a file or folder below [`standards`], handed to it in full).
///
/// Missing data gives a single ignored trial, named after it. Data that is there and cannot be collected, or that holds
/// no case at all, gives a failing one: an empty suite would look like a passing suite.
pub fn suite(
    path: &str,
    collect: impl FnOnce(&Utf8Path) -> Result<Vec<Trial>, Failed>,
) -> Vec<Trial> {
    let found = standards().join(path);
    if !found.exists() {
        let absent = move || Err(Failed::from(format!("`{found}` does not exist")));
        return vec![Trial::test(format!("{path} (missing)"), absent).with_ignored_flag(true)];
    }
    let name = format!("{path} (collecting its cases)");
    match collect(&found) {
        Ok(trials) if trials.is_empty() => {
            vec![Trial::test(name, || Err(Failed::from("there is no case in it")))]
        }
        Ok(trials) => trials,
        Err(failed) => vec![Trial::test(name, || Err(failed))],
    }
}

/// Runs the trials as `cargo test` wants it: the usual arguments, the usual output, the usual exit code.
#[must_use]
pub fn run(trials: Vec<Trial>) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The bytes of a file.
///
/// # Errors
/// The message names the file.
pub fn read(path: impl AsRef<Utf8Path>) -> Result<Vec<u8>, Failed> {
    let path = path.as_ref();
    std::fs::read(path).map_err(|error| Failed::from(format!("`{path}`: {error}")))
}

/// The text of a file.
///
/// # Errors
/// The message names the file.
pub fn read_text(path: impl AsRef<Utf8Path>) -> Result<String, Failed> {
    let path = path.as_ref();
    String::from_utf8(read(path)?).map_err(|error| Failed::from(format!("`{path}`: {error}")))
}

/// The JSON value in a file, read leniently (`serde_json`): test data may hold what our own door refuses.
///
/// # Errors
/// The message names the file.
pub fn read_json(path: impl AsRef<Utf8Path>) -> Result<Value, Failed> {
    let path = path.as_ref();
    let bytes = read(path)?;
    serde_json::from_slice(&bytes).map_err(|error| Failed::from(format!("`{path}`: {error}")))
}

/// The bytes that `digits` write in hexadecimal.
///
/// # Errors
/// The message quotes the text that is no hexadecimal.
pub fn from_hex(digits: &str) -> Result<Vec<u8>, Failed> {
    let refuse = || Failed::from(format!("{digits:?} is not hexadecimal"));
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let digit =
        |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    let bytes = pairs.iter().map(byte).collect::<Option<_>>();
    bytes.filter(|_| rest.is_empty()).ok_or_else(refuse)
}

/// The bytes in hexadecimal.
#[must_use]
pub fn to_hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text at `pointer` of a test case.
///
/// # Errors
/// The message names what is missing and quotes the beginning of the case.
pub fn text_at<'a>(case: &'a Value, pointer: &str) -> Result<&'a str, Failed> {
    let text = case.pointer(pointer).and_then(Value::as_str);
    text.ok_or_else(|| {
        let beginning: String = case.to_string().chars().take(120).collect();
        Failed::from(format!("no text at `{pointer}` of {beginning}"))
    })
}

/// The array at `pointer` of a file of test cases.
///
/// # Errors
/// The message names what is missing: a list of cases that is not there must not look like one that passes.
pub fn items_at(cases: &Value, pointer: &str) -> Result<Vec<Value>, Failed> {
    let items = cases.pointer(pointer).and_then(Value::as_array).filter(|items| !items.is_empty());
    items.cloned().ok_or_else(|| Failed::from(format!("no items at `{pointer}`")))
}

/// Holds two values equal; the message shows both.
///
/// # Errors
/// When they differ.
pub fn same<T: PartialEq + std::fmt::Debug>(expected: &T, found: &T) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    Err(format!("expected {expected:?}\n   found {found:?}").into())
}

/// The embedded contexts, and every other one of `contexts/index.json`: published vectors use contexts that no product
/// should accept. Embedded ones keep their embedded text.
///
/// # Errors
/// When the index or a file it names cannot be read.
pub fn contexts_of_vectors() -> Result<ContextStore, Failed> {
    let folder = standards().join("contexts");
    let index = read_json(folder.join("index.json"))?;
    let listed = index.get("contexts").and_then(Value::as_object).ok_or("there is no index")?;
    let mut extra = Vec::new();
    for (url, entry) in listed {
        if !ContextStore::embedded().contains(url) {
            let file = entry.get("file").and_then(Value::as_str).ok_or("an entry without file")?;
            extra.push((url.as_str(), read_text(folder.join(file))?));
        }
    }
    let extra: Vec<(&str, &str)> = extra.iter().map(|(url, text)| (*url, text.as_str())).collect();
    Ok(ContextStore::with_extra(&extra)?)
}

/// Holds two texts equal; the message shows the first line where they part.
///
/// # Errors
/// Says the number of that line, what was expected there and what was found.
pub fn same_text(expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let (mut left, mut right) = (expected.split('\n'), found.split('\n'));
    for number in 1_usize.. {
        match (left.next(), right.next()) {
            (None, None) => break,
            (expected, found) if expected != found => {
                let message = format!("line {number}:\nexpected {expected:?}\n   found {found:?}");
                return Err(message.into());
            }
            _ => {}
        }
    }
    Err("the texts differ".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_data_is_ignored_and_empty_data_fails() {
        let missing = suite("vectors/there-is-no-such-suite", |_| Ok(Vec::new()));
        assert!(missing.first().unwrap().has_ignored_flag());
        let empty = suite("..", |_| Ok(Vec::new()));
        assert!(!empty.first().unwrap().has_ignored_flag());
    }

    #[test]
    fn hexadecimal_is_read_and_written() {
        assert_eq!(to_hex(from_hex("00fF7a").unwrap()), "00ff7a");
        assert!(from_hex("0").is_err());
        assert!(from_hex("0g").is_err());
    }

    #[test]
    fn texts_that_differ_are_told_apart_by_line() {
        assert!(same_text("a\nb\n", "a\nb\n").is_ok());
        let failed = same_text("a\nb\n", "a\nc\n").unwrap_err();
        assert!(failed.message().unwrap().starts_with("line 2:"));
        assert!(same_text("a\n", "a").is_err());
    }
}
