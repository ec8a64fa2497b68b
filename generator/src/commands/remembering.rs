//! What git is asked by `check`, `build` and `serve`, and words for a git that does not answer.

use super::{Exit, Session};
use crate::check;
use crate::diagnostic::Sink;
use crate::history::{History, HistoryError};
use crate::load::Sources;

/// The working tree against `revision`, or against what is committed. Where there is no history and none was named, there
/// is nothing to compare.
pub(super) fn compare(
    sources: &Sources,
    revision: Option<&str>,
    session: &mut Session<'_>,
) -> Result<Sink, Exit> {
    match asked(sources, revision) {
        Ok(sink) => Ok(sink),
        Err(error) if revision.is_some() => Err(refuse(&error, session)),
        Err(error) => Ok(without(&error, session)),
    }
}

fn asked(sources: &Sources, revision: Option<&str>) -> Result<Sink, HistoryError> {
    let history = History::of(sources.root())?;
    let (history, commit) = match (history, revision) {
        (None, None) => return Ok(Sink::default()),
        (None, Some(_)) => return Err(HistoryError::NotARepository),
        (Some(history), Some(revision)) => {
            let commit = history.fork(revision)?;
            (history, commit)
        }
        (Some(history), None) => match history.head()? {
            Some(commit) => (history, commit),
            None => return Ok(Sink::default()),
        },
    };
    let past = history.past(&commit, sources)?;
    let mut lost = history.lost(sources)?;
    // Said already, with the revision that was named.
    lost.retain(|_, lost| !past.files.contains_key(lost.file.as_str()));
    let mut sink = check::past(sources, &past);
    sink.absorb(check::lost(sources, &lost));
    Ok(sink)
}

/// Published awards that would drop out of the site. Only the names are asked for, so that a build stays quick.
pub(super) fn lost(sources: &Sources, session: &mut Session<'_>) -> Sink {
    let lost = History::of(sources.root())
        .and_then(|history| history.map(|history| history.lost(sources)).transpose());
    match lost {
        Ok(lost) => check::lost(sources, &lost.unwrap_or_default()),
        Err(error) => without(&error, session),
    }
}

fn without(error: &HistoryError, session: &mut Session<'_>) -> Sink {
    let reason = words(error, session);
    session.note("history-unasked", &[("reason", reason.into())]);
    Sink::default()
}

/// Says why the history cannot be asked.
pub(super) fn refuse(error: &HistoryError, session: &mut Session<'_>) -> Exit {
    let text = words(error, session);
    session.complain("history-refused", &[("reason", text.into())]);
    match error {
        HistoryError::UnknownRevision { .. } => Exit::Usage,
        _ => Exit::Undecided,
    }
}

fn words(error: &HistoryError, session: &Session<'_>) -> String {
    let say = |id: &str, told: &[(&str, crate::words::Arg<'_>)]| session.words.say(id, told);
    match error {
        HistoryError::NoGit => say("history-no-git", &[]),
        HistoryError::NotARepository => say("history-no-repository", &[]),
        HistoryError::UnknownRevision { revision, shallow } => {
            let id = if *shallow { "history-shallow" } else { "history-unknown" };
            say(id, &[("revision", revision.as_str().into())])
        }
        HistoryError::Refused { reason } => {
            say("history-git-says", &[("reason", reason.as_str().into())])
        }
    }
}
