//! `accolade reseal`.

use std::cmp::Reverse;

use serde_json::json;

use super::deciding;
use super::{Exit, Session};
use crate::cli;
use crate::issue::desk::{Desk, ResealDeskError};
use crate::issue::reseal::{Again, ResealError, ResealRequest, Resealing};
use crate::reason;
use crate::site::Slug;
use crate::words::Arg;

/// How many awards a person is shown before the question; `--dry-run` shows all of them.
const SHOWN_MAX: usize = 20;

/// Runs the command.
pub(super) fn run(typed: &cli::Reseal, session: &mut Session<'_>) -> Exit {
    match reseal(typed, session) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn reseal(typed: &cli::Reseal, session: &mut Session<'_>) -> Result<Exit, Exit> {
    let mut desk = deciding::open(session)?;
    deciding::where_signing_happens(&desk, session)?;
    let issuer = typed.issuer.as_deref().map(|text| slug(text, session)).transpose()?;
    let request =
        ResealRequest { kid: &typed.key, issuer: issuer.as_ref(), reason: typed.reason.as_deref() };
    let ring = deciding::keys(&desk, typed.with.as_deref(), session)?;
    let now = super::now();
    let plan = desk.plan_reseal(&request, &ring, now).map_err(|error| {
        let exit = refuse(&error, session);
        if matches!(error, ResealError::NotAtHand { .. }) {
            deciding::tell_wrong(&ring, desk.site(), session);
        }
        exit
    })?;
    show(&plan, typed.dry_run, session);
    if typed.dry_run {
        answer(&plan, false, session);
        return Ok(Exit::Done);
    }
    if plan.declaration.is_some() || !plan.awards.is_empty() {
        agree(typed, session)?;
        perform(&mut desk, &plan, &ring, now, session)?;
    }
    // The lists that the stolen key signed are signed again by the same rule as every list.
    let report = deciding::seal(&mut desk, &ring, session)?;
    for issuer in &report.lists {
        session.note("seal-list", &[("issuer", issuer.as_str().into())]);
    }
    answer(&plan, true, session);
    deciding::tell_waiting(&report, &desk, &ring, session);
    Ok(if report.waiting.is_empty() { Exit::Done } else { Exit::No })
}

fn perform(
    desk: &mut Desk,
    plan: &Resealing,
    ring: &crate::keys::KeyRing,
    now: openbadges::time::Timestamp,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let root = desk.site().root.clone();
    desk.reseal(plan, ring, now).map_err(|error| match error {
        ResealDeskError::Reseal(error) => refuse(&error, session),
        ResealDeskError::Reread(error) => deciding::cannot_open(error, &root, session),
    })
}

fn slug(typed: &str, session: &mut Session<'_>) -> Result<Slug, Exit> {
    Slug::parse(typed).ok_or_else(|| {
        session.complain("keygen-no-issuer", &[("issuer", typed.into())]);
        Exit::Usage
    })
}

/// What is about to happen, the latest signatures first: a thief signs late.
fn show(plan: &Resealing, all: bool, session: &mut Session<'_>) {
    let told = [("kid", plan.kid.as_str().into()), ("issuer", plan.issuer.as_str().into())];
    if plan.declaration.is_some() {
        session.note("reseal-declares", &told);
    }
    if plan.awards.is_empty() {
        session.note("reseal-nothing", &told);
    } else {
        let told: [(&str, Arg<'_>); 3] = [
            ("kid", plan.kid.as_str().into()),
            ("by", plan.by.as_str().into()),
            ("awards", plan.awards.len().into()),
        ];
        session.note("reseal-signs", &told);
    }
    let mut awards: Vec<&Again> = plan.awards.iter().collect();
    awards.sort_by_key(|again| (Reverse(again.signed), again.id));
    let shown = if all { awards.len() } else { SHOWN_MAX };
    for again in awards.iter().take(shown) {
        let signed = again.signed.map(|signed| signed.date()).unwrap_or_default();
        let told: [(&str, Arg<'_>); 4] = [
            ("id", again.id.text().into()),
            ("class", again.class.as_str().into()),
            ("awarded", again.awarded.date().into()),
            ("signed", signed.into()),
        ];
        session.note("reseal-award", &told);
    }
    if awards.len() > shown {
        session.note("reseal-more", &[("awards", (awards.len() - shown).into())]);
    }
    if !plan.withdrawn.is_empty() {
        session.note("reseal-withdrawn", &[("awards", plan.withdrawn.len().into())]);
    }
}

/// A signature says *we stand by this*: somebody who compared says so, with a key or with an option.
fn agree(typed: &cli::Reseal, session: &mut Session<'_>) -> Result<(), Exit> {
    if typed.yes {
        return Ok(());
    }
    if !session.can_ask() {
        session.complain("reseal-yes", &[]);
        return Err(Exit::Usage);
    }
    if session.asks("reseal-ask", &[]) {
        return Ok(());
    }
    session.note("reseal-not", &[]);
    Err(Exit::No)
}

fn answer(plan: &Resealing, done: bool, session: &mut Session<'_>) {
    if session.is_json() {
        let award = |again: &Again| {
            json!({
                "id": again.id.text(),
                "class": again.class.as_str(),
                "awarded": again.awarded.to_string(),
                "signed": again.signed.map(|signed| signed.to_string()),
                "file": again.file.as_str(),
            })
        };
        session.answer_json(&json!({
            "issuer": plan.issuer.as_str(),
            "key": plan.kid,
            "by": plan.by,
            "declared": plan.declaration.as_ref().map(|(file, _)| file.as_str()),
            "done": done,
            "awards": plan.awards.iter().map(award).collect::<Vec<_>>(),
            "withdrawn": plan.withdrawn.iter().map(|id| id.text()).collect::<Vec<_>>(),
        }));
    } else if done && !plan.awards.is_empty() {
        session.note("reseal-done", &[("awards", plan.awards.len().into())]);
    } else if done && plan.declaration.is_some() {
        session.note("reseal-declared", &[]);
    }
}

fn refuse(error: &ResealError, session: &mut Session<'_>) -> Exit {
    let list = |words: &[String]| words.join(", ");
    let (id, exit, told): (&str, Exit, Vec<(&str, Arg<'_>)>) = match error {
        ResealError::UnknownIssuer { issuer } => {
            ("keygen-no-issuer", Exit::Usage, vec![("issuer", issuer.as_str().into())])
        }
        ResealError::UnknownKey { kid, known } => {
            let told = vec![("kid", kid.into()), ("known", list(known).into())];
            ("reseal-no-key", Exit::Usage, told)
        }
        ResealError::SeveralIssuers { kid, issuers } => {
            let issuers: Vec<String> = issuers.iter().map(ToString::to_string).collect();
            let told = vec![("kid", kid.into()), ("issuers", list(&issuers).into())];
            ("reseal-several", Exit::Usage, told)
        }
        ResealError::NotDeclared { issuer, kid } => {
            let told = vec![("kid", kid.into()), ("issuer", issuer.as_str().into())];
            ("reseal-no-reason", Exit::Usage, told)
        }
        ResealError::NoOtherKey { issuer } => {
            ("reseal-no-other", Exit::Usage, vec![("issuer", issuer.as_str().into())])
        }
        ResealError::NotAtHand { issuer, wanted } => {
            let told = vec![("issuer", issuer.as_str().into()), ("wanted", list(wanted).into())];
            ("reseal-not-at-hand", Exit::Usage, told)
        }
        ResealError::KeyFile { file, lines } => {
            let told = vec![("file", file.as_str().into()), ("lines", lines.into())];
            ("key-file-lines", Exit::No, told)
        }
        ResealError::Changed { file, .. } => {
            ("reseal-changed", Exit::No, vec![("file", file.as_str().into())])
        }
        ResealError::Foreign { file, .. } => {
            ("reseal-foreign", Exit::No, vec![("file", file.as_str().into())])
        }
        ResealError::Signature { award, error } => {
            let told = vec![("id", award.text().into()), ("reason", reason::signature(error))];
            ("reseal-unsigned", Exit::Undecided, told)
        }
        ResealError::File(error) => return deciding::file(error, session),
    };
    session.complain(id, &told);
    exit
}
