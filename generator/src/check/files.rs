//! Files as a whole: there, readable, used, and YAML.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::Reading;
use crate::diagnostic::{Code, Diagnostic, Sink, Span};
use crate::load::yaml::YamlError;
use crate::load::{EVIDENCE_BYTES_MAX, ReadError, Sources};
use crate::reason;
use crate::words::Arg;

/// Reads a text that was listed or named.
pub(super) fn text(sources: &Sources, file: &Utf8Path, sink: &mut Sink) -> Option<String> {
    sources.text(file).map_err(|error| sink.report(unreadable(file, &error))).ok()
}

/// Folders whose files are for later stages, or for later versions of this program.
const NOT_OURS: [&str; 4] =
    ["themes/", "badges/endorsements/", "badges/pathways/", super::evidence::FOLDER];

/// Links and names that no stage can use, and files that nothing reads.
pub(super) fn check(reading: &mut Reading<'_>) {
    for link in reading.sources.links() {
        reading.sink.report(file_is_link(link));
    }
    for odd in reading.sources.odd_names() {
        reading.sink.report(file_name(odd));
    }
    for evidence in reading.sources.below(super::evidence::FOLDER) {
        if reading.sources.size(evidence) > EVIDENCE_BYTES_MAX {
            reading.sink.report(file_too_big(evidence, EVIDENCE_BYTES_MAX));
        }
    }
    for (file, other) in alike(reading.sources.below("")) {
        reading.sink.report(file_case(file, other));
    }
    // Where a text is wrong, what it names was perhaps not looked at.
    let troubled: BTreeSet<Utf8PathBuf> = reading.sink.folders_with_errors_inside();
    let refused = reading.sink.paths_with_errors();
    for file in reading.sources.below("") {
        let name = file.file_name().unwrap_or_default();
        let excused = NOT_OURS.iter().any(|folder| file.as_str().starts_with(folder))
            || is_paper(name)
            || file.parent().is_some_and(|folder| troubled.contains(folder))
            || file.ancestors().any(|folder| refused.contains(folder));
        if !excused && !reading.used.contains(file.as_str()) {
            reading.sink.report(file_unused(file, reading.sources));
        }
    }
}

/// Whether a file explains a folder to people.
pub(super) fn is_paper(name: &str) -> bool {
    PAPERS.iter().any(|paper| name.starts_with(paper))
}

/// Paths that some systems cannot keep apart, each with the one it would fall on: for a folder, its first file tells.
fn alike<'a>(files: impl Iterator<Item = &'a Utf8Path>) -> Vec<(&'a Utf8Path, &'a Utf8Path)> {
    let mut spelt: BTreeMap<String, &'a Utf8Path> = BTreeMap::new();
    let mut found = Vec::new();
    for file in files {
        // From the outermost folder inwards: below two folders that are one, everything is alike.
        let parts: Vec<&Utf8Path> =
            file.ancestors().filter(|part| !part.as_str().is_empty()).collect();
        for part in parts.into_iter().rev() {
            let first = *spelt.entry(part.as_str().to_lowercase()).or_insert(part);
            if first != part {
                found.push((file, first));
                break;
            }
        }
    }
    found
}

/// Files for people who open the folder.
const PAPERS: [&str; 2] = ["README", "LICENSE"];

/// The diagnostic for a file that cannot be read.
pub(super) fn unreadable(file: &Utf8Path, error: &ReadError) -> Diagnostic {
    match error {
        ReadError::Missing => file_missing(file),
        ReadError::TooBig { bytes_max } => file_too_big(file, *bytes_max),
        ReadError::NotUtf8 { valid_up_to } => file_not_utf8(file, *valid_up_to),
        ReadError::OutsideOfRepository | ReadError::Unreadable { .. } => {
            file_unreadable(file, reason::read(error))
        }
    }
}

/// The diagnostic for a text that is not the YAML we read.
pub(super) fn not_yaml(file: &Utf8Path, error: YamlError) -> Diagnostic {
    if error.problem.is_unsupported() {
        yaml_unsupported(file, error)
    } else {
        yaml_broken(file, error)
    }
}

pub(super) fn file_missing(file: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::FileMissing, file).with("file", file)
}

fn file_too_big(file: &Utf8Path, bytes_max: u64) -> Diagnostic {
    let kibibytes = i64::try_from(bytes_max / 1024).unwrap_or(i64::MAX);
    Diagnostic::new(Code::FileTooBig, file).with_number("most", kibibytes)
}

fn file_not_utf8(file: &Utf8Path, valid_up_to: usize) -> Diagnostic {
    Diagnostic::new(Code::FileNotUtf8, file).with_number("offset", valid_up_to)
}

fn file_unreadable(file: &Utf8Path, reason: Arg<'static>) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable, file).with_reason(reason)
}

fn file_is_link(file: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::FileIsLink, file)
}

fn file_case(file: &Utf8Path, other: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::FileCase, file).with("other", other)
}

/// A name that cannot be part of an address.
pub(super) fn file_name(file: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::FileName, file).with("name", file.file_name().unwrap_or_default())
}

fn file_unused(file: &Utf8Path, sources: &Sources) -> Diagnostic {
    let name = file.file_name().unwrap_or_default();
    let usual = ["badge.yaml", "criteria.md", "issuer.yaml"];
    let folder = file.parent().unwrap_or(Utf8Path::new(""));
    let free = usual.into_iter().filter(|name| !sources.has(folder.join(name).as_str()));
    Diagnostic::new(Code::FileUnused, file).with("name", name).suggest(name, free)
}

fn yaml_broken(file: &Utf8Path, error: YamlError) -> Diagnostic {
    Diagnostic::at(Code::YamlBroken, file, error.span).with("problem", error.problem.as_str())
}

fn yaml_unsupported(file: &Utf8Path, error: YamlError) -> Diagnostic {
    Diagnostic::at(Code::YamlUnsupported, file, error.span).with("problem", error.problem.as_str())
}

/// The whole of a small file, for messages about what it lacks.
pub(super) fn first_line(text: &str) -> Span {
    Span::new(0, text.lines().next().unwrap_or_default().len())
}
