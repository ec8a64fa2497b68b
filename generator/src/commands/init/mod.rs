//! `accolade init`: answers → files → key → first commit, and what to do next.

mod ask;
mod git;

use std::io::{BufRead, IsTerminal as _, stdin};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use super::deciding::{self, SystemRandomness};
use super::{Exit, Session};
use crate::cli;
use crate::issue::desk::Desk;
use crate::issue::keygen::{self, NewKey, Surety};
use crate::keys::{self, KeyRing, KeyRingError};
use crate::scaffold::start::{self, StartError};
use crate::scaffold::{self, Answers};
use crate::words::Words;
use git::Committed;

/// Where the sources of this program are published; empty as long as its manifest names no place.
const SOURCE: &str = env!("CARGO_PKG_REPOSITORY");

/// Runs the command.
pub(super) fn run(typed: &cli::Init, session: &mut Session<'_>) -> Exit {
    let may_ask = stdin().is_terminal()
        && session.is_terminal()
        && !session.is_json()
        && !typed.yes
        && !session.global.quiet;
    let mut terminal = stdin().lock();
    let terminal: Option<&mut dyn BufRead> = if may_ask { Some(&mut terminal) } else { None };
    match init(typed, terminal, session) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn init(
    typed: &cli::Init,
    terminal: Option<&mut dyn BufRead>,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let root = &typed.dir;
    let branch = git::branch_of(root);
    let answers = ask::answers(typed, branch, terminal, session)?;
    let words = Words::of_program(&answers.lang);
    let files = scaffold::files(&answers, &words, cli::COMMIT, SOURCE);
    let public = Utf8PathBuf::from(format!("badges/issuers/{}/keys/k1.yaml", answers.issuer));
    let started = start::begin(root, &files, std::slice::from_ref(&public))
        .map_err(|error| refuse(&error, root, session))?;
    if started.resumed {
        session.note("init-resumed", &[]);
    }
    let key = if root.join(&public).is_file() { None } else { make_key(&answers, root, session)? };
    let committed = git::commit(root, &answers, &words);
    started.finish().map_err(|error| refuse(&error, root, session))?;
    tell(&answers, root, key.as_deref(), &committed, session);
    Ok(())
}

fn refuse(error: &StartError, root: &Utf8Path, session: &mut Session<'_>) -> Exit {
    match error {
        StartError::InTheWay { listed, more } => {
            let listed = listed.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
            session.complain(
                "init-in-the-way",
                &[
                    ("folder", root.as_str().into()),
                    ("listed", listed.join(", ").into()),
                    ("more", (*more).into()),
                ],
            );
            Exit::Usage
        }
        StartError::NotAFolder => {
            session.complain("init-not-a-folder", &[("folder", root.as_str().into())]);
            Exit::Usage
        }
        StartError::File(error) => deciding::file(error, session),
    }
}

/// Makes the first key, or takes the one that an earlier run put into its place. `None` when this machine has no place for
/// keys: the repository is good without one, and `keygen --out` makes it later.
fn make_key(
    answers: &Answers,
    root: &Utf8Path,
    session: &mut Session<'_>,
) -> Result<Option<Utf8PathBuf>, Exit> {
    let desk = Desk::open(root).map_err(|error| deciding::cannot_open(error, root, session))?;
    let host = answers.base_url.host();
    let Some(file) = keys::default_file(host, &answers.issuer, "k1") else {
        session.note("init-no-key-folder", &[("issuer", answers.issuer.as_str().into())]);
        return Ok(None);
    };
    let key = if file.exists() {
        session.note("init-key-found", &[("file", file.as_str().into())]);
        found_key(&file, answers, &desk)
    } else {
        new_key(&file, answers, &desk, session)
    };
    let key = key.map_err(|error| deciding::key(&error, session))?;
    desk.write_public_key(&key, &[]).map_err(|error| deciding::file(&error, session))?;
    Ok(Some(file))
}

fn found_key(file: &Utf8Path, answers: &Answers, desk: &Desk) -> Result<NewKey, KeyRingError> {
    let secret = KeyRing::of_file(file)?.into_last();
    let secret = secret.ok_or_else(|| KeyRingError::Exists { file: file.to_owned() })?;
    let (ring, now) = (KeyRing::default(), super::now());
    let key =
        keygen::with_secret(secret, desk.site(), &answers.issuer, Surety::ActiveKey, &ring, now);
    Ok(key.expect("`init` wrote this issuer, and it has no key that another would have to follow"))
}

fn new_key(
    file: &Utf8Path,
    answers: &Answers,
    desk: &Desk,
    session: &Session<'_>,
) -> Result<NewKey, KeyRingError> {
    let (ring, now, random) = (KeyRing::default(), super::now(), &mut SystemRandomness);
    let key = keygen::make(desk.site(), &answers.issuer, Surety::ActiveKey, &ring, now, random);
    let key = key.expect("`init` wrote this issuer, and it has no key yet");
    let comment = session.words.say(
        "keygen-comment",
        &[
            ("issuer", answers.issuer.as_str().into()),
            ("kid", (&key.kid).into()),
            ("host", answers.base_url.host().into()),
        ],
    );
    keys::write_new(&key.secret, file, &comment)?;
    Ok(key)
}

fn tell(
    answers: &Answers,
    root: &Utf8Path,
    key: Option<&Utf8Path>,
    committed: &Committed,
    session: &mut Session<'_>,
) {
    if session.is_json() {
        session.answer_json(&json!({
            "folder": root.as_str(),
            "issuer": answers.issuer.as_str(),
            "class": answers.class(),
            "base_url": answers.base_url.to_string(),
            "private": key.map(Utf8Path::as_str),
            "committed": *committed == Committed::Yes,
        }));
        return;
    }
    session.answer(root.as_str());
    let name: &str = &answers.name;
    session
        .note("init-done", &[("name", name.into()), ("address", answers.base_url.as_str().into())]);
    if let Some(file) = key {
        session.note("init-key", &[("file", file.as_str().into())]);
    }
    if let Some(message) = committed.message() {
        session.note(message, &[("folder", root.as_str().into())]);
    }
    session.note(
        "init-next",
        &[
            ("folder", root.as_str().into()),
            ("class", answers.class().into()),
            ("issuer", answers.issuer.as_str().into()),
        ],
    );
}

#[cfg(test)]
mod tests;
