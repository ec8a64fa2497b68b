//! `accolade revoke`.

use serde_json::json;

use super::deciding;
use super::{Exit, Session};
use crate::cli;
use crate::id::AwardId;
use crate::issue::branch::Standing;
use crate::issue::desk::{DecideError, Desk};
use crate::issue::event::{REASONS, reason_of_word, reason_word};
use crate::issue::forget::nearest_of;
use crate::issue::moment::When;
use crate::issue::revoke::{RevokeError, RevokeRequest, Withdrawal, award_named};
use crate::issue::seal::Report;
use crate::keys::KeyRing;
use crate::site::{Reason, Site};
use crate::spelling;
use crate::words::Arg;

/// Runs the command.
pub(super) fn run(typed: &cli::Revoke, session: &mut Session<'_>) -> Exit {
    match revoke(typed, session) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn revoke(typed: &cli::Revoke, session: &mut Session<'_>) -> Result<(), Exit> {
    let mut desk = deciding::open(session)?;
    let standing = deciding::standing(&desk, session)?;
    let ring = ring(typed, &desk, &standing, session)?;
    let request = request(typed, desk.site(), session)?;
    let decided = desk.revoke(&request, super::now());
    let withdrawal = decided.map_err(|error| match error {
        DecideError::Revoke(RevokeError::UnknownAward { .. }) => {
            unknown(&typed.award, desk.site(), session)
        }
        DecideError::Revoke(error) => refuse(&error, session),
        DecideError::File(error) => deciding::file(&error, session),
    })?;
    let file = match &withdrawal {
        Withdrawal::New { file, .. } => Some(file.as_str()),
        Withdrawal::Already(_) => None,
    };
    let date = match &withdrawal {
        Withdrawal::New { revocation, .. } | Withdrawal::Already(revocation) => revocation.date,
    };
    if let Some(file) = file {
        session.note("issue-written", &[("file", file.into())]);
    } else {
        let told = [("id", request.award.text().into()), ("date", date.date().into())];
        session.note("revoke-already", &told);
    }
    let issuer = desk.issuer_of(request.award).cloned();
    let report = deciding::seal_at_once(&mut desk, &ring, &standing, session)?;
    let waits = |report: &Report| issuer.as_ref().is_none_or(|it| report.waiting.contains_key(it));
    let sealed = report.is_some_and(|report| !waits(&report));
    if session.is_json() {
        session.answer_json(&json!({
            "id": request.award.text(),
            "date": date.to_string(),
            "file": file,
            "already": file.is_none(),
            "sealed": sealed,
        }));
    } else if sealed {
        session.note("revoke-sealed", &[]);
    }
    Ok(())
}

fn ring(
    typed: &cli::Revoke,
    desk: &Desk,
    standing: &Standing,
    session: &mut Session<'_>,
) -> Result<KeyRing, Exit> {
    if standing.may_seal() {
        deciding::keys(desk, typed.key.as_deref(), session)
    } else {
        Ok(KeyRing::default())
    }
}

fn request(
    typed: &cli::Revoke,
    site: &Site,
    session: &mut Session<'_>,
) -> Result<RevokeRequest, Exit> {
    let award = award_named(&typed.award, &site.settings)
        .ok_or_else(|| unknown(&typed.award, site, session))?;
    let reason: Option<Option<Reason>> = typed.reason.as_deref().map(reason_of_word);
    if reason == Some(None) {
        let reason = typed.reason.as_deref().unwrap_or_default();
        session.complain("revoke-reason", &[("reason", reason.into())]);
        session.suggest(reason, REASONS.map(reason_word));
        return Err(Exit::Usage);
    }
    Ok(RevokeRequest {
        award,
        reason: reason.flatten(),
        note: None,
        replaced_by: id(typed.replaced_by.as_deref(), site, session)?,
        date: when(typed.date.as_deref(), session)?,
    })
}

/// Reads an award that was named by an option.
pub(super) fn id(
    typed: Option<&str>,
    site: &Site,
    session: &mut Session<'_>,
) -> Result<Option<AwardId>, Exit> {
    let Some(text) = typed else { return Ok(None) };
    award_named(text, &site.settings).map(Some).ok_or_else(|| unknown(text, site, session))
}

/// Says that there is no such award, and which one may have been meant.
pub(super) fn unknown(typed: &str, site: &Site, session: &mut Session<'_>) -> Exit {
    session.complain("revoke-unknown", &[("award", typed.into())]);
    let pending = site.pending.iter().map(|event| event.id);
    let known = site.awards.iter().map(|award| award.id).chain(pending);
    if let Some(near) = nearest_of(typed, known) {
        session.note("did-you-mean", &[("suggestion", near.text().into())]);
    }
    Exit::Usage
}

/// Reads a date.
pub(super) fn when(typed: Option<&str>, session: &mut Session<'_>) -> Result<Option<When>, Exit> {
    let Some(text) = typed else { return Ok(None) };
    When::parse(text).map(Some).ok_or_else(|| {
        let problem = spelling::date_problem(text);
        session.complain("issue-date", &[("date", text.into()), ("problem", problem.into())]);
        Exit::Usage
    })
}

fn refuse(error: &RevokeError, session: &mut Session<'_>) -> Exit {
    let (message, told): (&str, Vec<(&str, Arg<'_>)>) = match error {
        RevokeError::UnknownAward { id } => ("revoke-unknown", vec![("award", id.text().into())]),
        RevokeError::Forgotten { id, date } => {
            ("revoke-forgotten", vec![("id", id.text().into()), ("date", date.date().into())])
        }
        RevokeError::DateOutOfRange => ("issue-date-range", Vec::new()),
        RevokeError::InTheFuture { date } => {
            ("issue-date-future", vec![("date", date.to_string().into())])
        }
        RevokeError::BeforeTheAward { date, awarded } => (
            "revoke-date-early",
            vec![("date", date.to_string().into()), ("awarded", awarded.to_string().into())],
        ),
        RevokeError::ReplacedByNothing { id } => {
            ("revoke-replaced", vec![("award", id.text().into())])
        }
    };
    session.complain(message, &told);
    Exit::Usage
}
