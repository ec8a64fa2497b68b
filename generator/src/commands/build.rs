//! `accolade build`.

use serde_json::json;

use super::publishing::{self, Former, Read, Trees};
use super::{Exit, Session};
use crate::cli;

/// Runs the command.
pub(super) fn run(typed: &cli::Build, session: &mut Session<'_>) -> Exit {
    let done = if typed.dry_run { list(session) } else { build(typed, session) };
    match done {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

/// Standard output gets the digest and nothing else, so that a script can compare two builds.
fn build(typed: &cli::Build, session: &mut Session<'_>) -> Result<(), Exit> {
    let root = session.root()?;
    let out = publishing::output(typed.out.as_ref(), &root);
    let published = publishing::publish(session, &root, &out, Trees::All, &|| true)?;
    published.tell(session, &out);
    let (digest, tally) = (&published.finished.digest, &published.finished.tally);
    if session.is_json() {
        let former = |former: &Former| {
            json!({
                "address": former.address,
                "out": former.out.as_str(),
                "digest": former.finished.digest,
                "files": former.finished.tally.files,
            })
        };
        session.answer_json(&json!({
            "digest": digest,
            "former": published.former.iter().map(former).collect::<Vec<_>>(),
            "out": out.as_str(),
            "files": tally.files,
            "bytes": tally.bytes,
            "created": tally.created,
            "changed": tally.changed,
            "pruned": tally.pruned,
        }));
    } else {
        session.answer(digest);
    }
    Ok(())
}

fn list(session: &mut Session<'_>) -> Result<(), Exit> {
    let root = session.root()?;
    let Read { site, findings, theme } = publishing::read(session, &root)?;
    let (_, plan) = publishing::prepare(session, &site, theme, findings)?;
    if session.is_json() {
        let files = plan
            .files()
            .map(|file| json!({ "path": file.path, "recipe": file.recipe.to_string() }));
        session.answer_json(&files.collect::<Vec<_>>());
    } else {
        for file in plan.files() {
            session.answer(&format!("{:<15} {}", file.recipe.to_string(), file.path));
        }
    }
    Ok(())
}
