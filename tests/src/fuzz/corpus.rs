//! The kept corpus: for each target one text file, an input in base64 on each line, the shortest first.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use camino::Utf8PathBuf;
use libtest_mimic::Failed;

use crate::{read_text, workspace};

/// The most characters of one file: what an engine found is kept, not hoarded.
const FILE_CHARS_MAX: usize = 48 * 1024;

/// Where the corpus of a target is kept.
#[must_use]
pub fn kept_file(target: &str) -> Utf8PathBuf {
    workspace().join(format!("tests/fuzz/corpus/{target}.txt"))
}

/// The kept inputs of a target.
///
/// # Errors
/// When the file cannot be read, or a line is not base64.
pub fn kept(target: &str) -> Result<Vec<Vec<u8>>, Failed> {
    let text = read_text(kept_file(target))?;
    let lines = text.lines().filter(|line| !line.is_empty());
    Ok(lines.map(|line| STANDARD.decode(line)).collect::<Result<_, _>>()?)
}

/// The text that keeps `inputs`, as many of the shortest as fit.
#[must_use]
pub fn pack(inputs: impl IntoIterator<Item = Vec<u8>>) -> String {
    let sorted: BTreeSet<(usize, Vec<u8>)> =
        inputs.into_iter().map(|input| (input.len(), input)).collect();
    let mut text = String::new();
    for (_, input) in sorted {
        let line = STANDARD.encode(input);
        if text.len() + line.len() < FILE_CHARS_MAX && !line.is_empty() {
            let _never_fails = writeln!(text, "{line}");
        }
    }
    text
}
