//! `accolade forget`.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use super::{Exit, Session, deciding, remembering};
use crate::check;
use crate::cli;
use crate::history::History;
use crate::id::AwardId;
use crate::issue::desk::Desk;
use crate::issue::files::Files;
use crate::issue::forget::{self, ForgetError, Forgetting, PerformError, tombstone_path};
use crate::issue::revoke::award_named;
use crate::load::{self, Sources};
use crate::reason;
use crate::site::Settings;
use crate::words::Arg;

/// Runs the command.
pub(super) fn run(typed: &cli::Forget, session: &mut Session<'_>) -> Exit {
    match forget(typed, session) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn forget(typed: &cli::Forget, session: &mut Session<'_>) -> Result<Exit, Exit> {
    let root = session.root()?;
    // Locked before it is read: what is deleted is what was shown.
    let files = Files::take(&root).map_err(|error| deciding::file(&error, session))?;
    let sources = load::open(&root).map_err(|error| {
        session.complain("build-unreadable", &[("reason", reason::open(&error))]);
        Exit::Undecided
    })?;
    let Some(settings) = check::settings(&sources) else {
        session.complain("forget-settings", &[]);
        return Err(Exit::No);
    };
    let history = History::of(&root).map_err(|error| remembering::refuse(&error, session))?;
    let id = award(&typed.award, &sources, &settings, session)?;
    let plan = forget::plan(&sources, &settings, history.as_ref(), id, super::now());
    let plan = plan.map_err(|error| refuse(&error, &typed.award, &sources, session))?;
    if !plan.is_done() {
        show(&plan, session);
        if typed.dry_run {
            answer(&plan, &BTreeSet::new(), false, session);
            return Ok(Exit::Done);
        }
        agree(typed, session)?;
        forget::perform(&files, &plan).map_err(|error| match &error {
            PerformError::File(error) => deciding::file(error, session),
            PerformError::Register(error) => super::award::of_register(error, session),
        })?;
    } else {
        let told = [("id", id.text().into()), ("date", plan.tombstone.date.date().into())];
        session.note("forget-already", &told);
    }
    drop(files);
    let sealed = seal(typed, &plan, session);
    let remembered = remembered(history.as_ref(), id, session);
    answer(&plan, &remembered, sealed == Ok(true), session);
    if !session.is_json() {
        tell_the_rest(&plan, history.is_some(), &remembered, &settings, session);
    }
    sealed.map(|_| Exit::Done)
}

fn award(
    typed: &str,
    sources: &Sources,
    settings: &Settings,
    session: &mut Session<'_>,
) -> Result<AwardId, Exit> {
    award_named(typed, settings).ok_or_else(|| unknown(typed, sources, session))
}

fn unknown(typed: &str, sources: &Sources, session: &mut Session<'_>) -> Exit {
    session.complain("revoke-unknown", &[("award", typed.into())]);
    if let Some(near) = forget::nearest(typed, sources) {
        session.note("did-you-mean", &[("suggestion", near.text().into())]);
    }
    Exit::Usage
}

fn refuse(error: &ForgetError, typed: &str, sources: &Sources, session: &mut Session<'_>) -> Exit {
    match error {
        ForgetError::Unknown { .. } => unknown(typed, sources, session),
        ForgetError::Unreadable { id } => {
            session.complain("forget-unreadable", &[("id", id.text().into())]);
            Exit::No
        }
        ForgetError::History(error) => remembering::refuse(error, session),
    }
}

fn show(plan: &Forgetting, session: &mut Session<'_>) {
    session.note("forget-deletes", &[("id", plan.id.text().into())]);
    for file in plan.deleted() {
        session.note("forget-file", &[("file", file.as_str().into())]);
    }
}

/// What is deleted here does not come back by itself: somebody says yes, with a key or with an option.
fn agree(typed: &cli::Forget, session: &mut Session<'_>) -> Result<(), Exit> {
    if typed.yes {
        return Ok(());
    }
    if !session.can_ask() {
        session.complain("forget-yes", &[]);
        return Err(Exit::Usage);
    }
    if session.asks("forget-ask", &[]) {
        return Ok(());
    }
    session.note("forget-not", &[]);
    Err(Exit::No)
}

/// Sets the bit at once where that is possible. What is forgotten stays so, whatever stands in the way of that.
fn seal(typed: &cli::Forget, plan: &Forgetting, session: &mut Session<'_>) -> Result<bool, Exit> {
    if plan.tombstone.status_index.is_none() {
        return Ok(true);
    }
    let sealed = seal_list(typed, plan, session);
    match sealed {
        Ok(true) => session.note("revoke-sealed", &[]),
        Ok(false) => {}
        Err(_) => session.note("forget-bit-waits", &[]),
    }
    sealed
}

fn seal_list(
    typed: &cli::Forget,
    plan: &Forgetting,
    session: &mut Session<'_>,
) -> Result<bool, Exit> {
    let root = session.root()?;
    let mut desk =
        Desk::open(&root).map_err(|error| deciding::cannot_open(error, &root, session))?;
    let standing = deciding::standing(&desk, session)?;
    let ring = deciding::keys(&desk, typed.key.as_deref(), session)?;
    let report = deciding::seal_at_once(&mut desk, &ring, &standing, session)?;
    Ok(report.is_some_and(|report| !report.waiting.contains_key(&plan.tombstone.issuer)))
}

/// The paths that git keeps, apart from the tombstone. A git that does not answer keeps them too.
fn remembered(
    history: Option<&History>,
    id: AwardId,
    session: &mut Session<'_>,
) -> BTreeSet<String> {
    let Some(history) = history else { return BTreeSet::new() };
    match history.paths_of(id) {
        Ok(mut paths) => {
            let tombstone = tombstone_path(id);
            paths.retain(|path| !path.ends_with(tombstone.as_str()));
            paths
        }
        Err(error) => {
            remembering::refuse(&error, session);
            BTreeSet::new()
        }
    }
}

fn answer(
    plan: &Forgetting,
    remembered: &BTreeSet<String>,
    sealed: bool,
    session: &mut Session<'_>,
) {
    if !session.is_json() {
        return;
    }
    let deleted: Vec<String> = plan.deleted().into_iter().map(Utf8PathBuf::into_string).collect();
    let named_in: Vec<&str> = plan.named_in.iter().map(|file| file.as_str()).collect();
    session.answer_json(&json!({
        "id": plan.id.text(),
        "date": plan.tombstone.date.to_string(),
        "issuer": plan.tombstone.issuer.as_str(),
        "status_index": plan.tombstone.status_index,
        "tombstone": tombstone_path(plan.id).as_str(),
        "already": plan.is_done(),
        "deleted": deleted,
        "named_in": named_in,
        "history": remembered,
        "register_absent": plan.register_absent.as_deref().map(Utf8Path::as_str),
        "sealed": sealed,
    }));
}

/// What this command cannot delete, and how it is done by hand.
fn tell_the_rest(
    plan: &Forgetting,
    has_history: bool,
    remembered: &BTreeSet<String>,
    settings: &Settings,
    session: &mut Session<'_>,
) {
    for file in &plan.named_in {
        session.say("forget-named", &[("file", file.as_str().into())]);
    }
    session.say("forget-next", &[("tombstone", tombstone_path(plan.id).as_str().into())]);
    if settings.register.is_none() {
        session.say("forget-no-register", &[]);
    } else if plan.register.is_some() {
        session.say("forget-register", &[]);
    } else if let Some(folder) = &plan.register_absent {
        let entry = format!("{}.yaml", plan.id);
        let told = [("folder", folder.as_str().into()), ("entry", entry.into())];
        session.say("forget-register-absent", &told);
    }
    if has_history && remembered.is_empty() {
        session.say("forget-git-nothing", &[]);
        return;
    }
    if !remembered.is_empty() {
        session.say("forget-git", &[]);
        let told: Vec<String> =
            remembered.iter().map(|path| format!(" \\\n    --path {}", shell(path))).collect();
        let told: [(&str, Arg<'_>); 1] = [("paths", told.concat().into())];
        session.say("forget-commands", &told);
    }
    session.say("forget-limits", &[]);
}

/// A path as a shell takes it. Ours are plain; a stray file in the evidence may not be.
fn shell(path: &str) -> String {
    let plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b));
    if plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_path_is_one_word_of_the_shell() {
        assert_eq!(shell("badges/a.yaml"), "badges/a.yaml");
        assert_eq!(shell("a b'c;$(x)"), r"'a b'\''c;$(x)'");
    }
}
