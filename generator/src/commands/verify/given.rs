//! What was given to be verified: an address, a file, or `-`.

use std::fs::File;
use std::io::Read as _;

use camino::{Utf8Component, Utf8Path};
use openbadges::bake::IMAGE_BYTES_MAX;
use openbadges::iri::Iri;
use openbadges::verify::Input;

use crate::commands::{Exit, Session};

/// An address, a file, or `-` for standard input, as typed.
pub(super) fn read(typed: &str, session: &mut Session<'_>) -> Result<Input, Exit> {
    if is_address(typed) {
        return Iri::parse(typed).map(Input::Address).map_err(|_| {
            session.complain("verify-address", &[("text", typed.into())]);
            Exit::Usage
        });
    }
    session.read(Utf8Path::new(typed), IMAGE_BYTES_MAX).map(Input::File)
}

fn is_address(typed: &str) -> bool {
    let starts = |scheme: &str| {
        typed.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

/// Why a line gives nothing to verify. The text is the code of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// It is empty.
    Empty,
    /// It begins like an address and is none.
    Address,
    /// Standard input is one, and a list has many lines.
    StandardInput,
    /// The file lies outside of the folder it was named in.
    Outside,
    /// The file cannot be read.
    Unreadable,
    /// The file is larger than any badge.
    TooLarge,
}

impl Unusable {
    /// The stable word of a line's answer.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Empty => "nothing-given",
            Self::Address => "address-malformed",
            Self::StandardInput => "standard-input",
            Self::Outside => "file-outside",
            Self::Unreadable => "file-unreadable",
            Self::TooLarge => "file-too-large",
        }
    }

    /// The message that says it.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Empty => "verify-line-nothing-given",
            Self::Address => "verify-line-address-malformed",
            Self::StandardInput => "verify-line-standard-input",
            Self::Outside => "verify-line-file-outside",
            Self::Unreadable => "verify-line-file-unreadable",
            Self::TooLarge => "verify-line-file-too-large",
        }
    }
}

/// Who wrote a line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Author<'p> {
    /// The user: a path is one they might have typed.
    User,
    /// People who sent in badges: a path stays within the folder of their table.
    Strangers(&'p Utf8Path),
}

/// What one line of many gives.
pub(super) fn line(text: &str, author: Author<'_>) -> Result<Input, Unusable> {
    if text.is_empty() {
        return Err(Unusable::Empty);
    }
    if is_address(text) {
        return Iri::parse(text).map(Input::Address).map_err(|_| Unusable::Address);
    }
    if text == "-" {
        return Err(Unusable::StandardInput);
    }
    match author {
        Author::User => file(Utf8Path::new(text)),
        Author::Strangers(folder) => {
            let is_plain = |part| matches!(part, Utf8Component::Normal(_) | Utf8Component::CurDir);
            if !Utf8Path::new(text).components().all(is_plain) {
                return Err(Unusable::Outside);
            }
            let (folder, named) = (real(folder)?, real(&folder.join(text))?);
            if named.starts_with(folder) { file(&named) } else { Err(Unusable::Outside) }
        }
    }
}

/// A path without links, so that none leads out of the folder.
fn real(path: &Utf8Path) -> Result<camino::Utf8PathBuf, Unusable> {
    let path = if path.as_str().is_empty() { Utf8Path::new(".") } else { path };
    path.canonicalize_utf8().map_err(|_| Unusable::Unreadable)
}

fn file(path: &Utf8Path) -> Result<Input, Unusable> {
    // A pipe or a device would wait for ever.
    if !path.is_file() {
        return Err(Unusable::Unreadable);
    }
    let bound = u64::try_from(IMAGE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|opened| opened.take(bound).read_to_end(&mut bytes));
    match read {
        Ok(read) if read <= IMAGE_BYTES_MAX => Ok(Input::File(bytes)),
        Ok(_) => Err(Unusable::TooLarge),
        Err(_) => Err(Unusable::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_address_or_a_file_or_says_why_it_is_neither() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        std::fs::write(root.join("badge.json"), "{}").unwrap();
        let of = |text: &str| line(text, Author::User);
        assert!(matches!(of("HTTPS://a.example/"), Ok(Input::Address(_))));
        assert_eq!(of(root.join("badge.json").as_str()), Ok(Input::File(b"{}".to_vec())));
        assert_eq!(of(""), Err(Unusable::Empty));
        assert_eq!(of("https://a b"), Err(Unusable::Address));
        assert_eq!(of("-"), Err(Unusable::StandardInput));
        assert_eq!(of("no-such-file.json"), Err(Unusable::Unreadable));
        assert_eq!(of(root.as_str()), Err(Unusable::Unreadable));
    }

    /// A table is filled in by those who apply: it must not read the recruiter's disk.
    #[test]
    fn a_strangers_path_stays_in_the_folder_of_the_table() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        std::fs::create_dir(root.join("in")).unwrap();
        std::fs::write(root.join("in/badge.json"), "{}").unwrap();
        std::fs::write(root.join("secret"), "x").unwrap();
        let table = root.join("in");
        let of = |text: &str| line(text, Author::Strangers(&table));
        assert_eq!(of("./badge.json"), Ok(Input::File(b"{}".to_vec())));
        for outside in ["../secret", "/etc/passwd", "x/../../secret"] {
            assert_eq!(of(outside), Err(Unusable::Outside), "{outside}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root.join("secret"), root.join("in/link")).unwrap();
            assert_eq!(of("link"), Err(Unusable::Outside));
        }
    }
}
