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

use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use libtest_mimic::{Arguments, Failed, Trial};
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
    fn texts_that_differ_are_told_apart_by_line() {
        assert!(same_text("a\nb\n", "a\nb\n").is_ok());
        let failed = same_text("a\nb\n", "a\nc\n").unwrap_err();
        assert!(failed.message().unwrap().starts_with("line 2:"));
        assert!(same_text("a\n", "a").is_err());
    }
}
