//! `accolade version`.

use serde_json::json;

use super::{Exit, Session, deciding, publishing};
use crate::cli;
use crate::issue::files::Files;
use crate::issue::version::{self, VersionError};
use crate::reason;
use crate::words::Arg;

/// Runs the command.
pub(super) fn run(typed: &cli::Version, session: &mut Session<'_>) -> Exit {
    match open(typed, session) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn open(typed: &cli::Version, session: &mut Session<'_>) -> Result<(), Exit> {
    let root = session.root()?;
    // Locked before it is read, so that nobody seals the version in between.
    let files = Files::take(&root).map_err(|error| deciding::file(&error, session))?;
    let sources = publishing::open(session, &root)?;
    let opened = version::open(&sources, &typed.class);
    let opened = opened.map_err(|error| refuse(&error, &typed.class, session))?;
    files
        .replace(&opened.file, opened.text.as_bytes())
        .and_then(|()| files.settle())
        .map_err(|error| deciding::file(&error, session))?;
    if session.is_json() {
        session.answer_json(&json!({
            "class": opened.class.as_str(),
            "from": opened.from,
            "to": opened.to,
            "file": opened.file.as_str(),
        }));
    } else {
        let told: [(&str, Arg<'_>); 3] = [
            ("class", opened.class.as_str().into()),
            ("from", opened.from.into()),
            ("to", opened.to.into()),
        ];
        session.say("version-opened", &told);
    }
    Ok(())
}

fn refuse(error: &VersionError, typed: &str, session: &mut Session<'_>) -> Exit {
    match error {
        VersionError::UnknownClass { near, known } => {
            let told: [(&str, Arg<'_>); 3] = [
                ("class", typed.into()),
                ("suggestion", near.as_deref().unwrap_or("none").into()),
                ("known", known.join(", ").into()),
            ];
            session.complain("award-no-class", &told);
            Exit::Usage
        }
        VersionError::File { file, error } => {
            let reason = reason::in_file(file, reason::read(error));
            session.complain("build-unreadable", &[("reason", reason)]);
            Exit::Undecided
        }
        VersionError::NoNumber { file } => {
            session.complain("version-no-number", &[("file", file.as_str().into())]);
            Exit::No
        }
        VersionError::NotAwarded { class, number } => {
            let told: [(&str, Arg<'_>); 2] =
                [("class", class.as_str().into()), ("number", (*number).into())];
            session.complain("version-free", &told);
            Exit::No
        }
        VersionError::TooMany => {
            session.complain("version-too-many", &[]);
            Exit::No
        }
    }
}
