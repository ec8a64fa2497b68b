//! `accolade seal`.

use serde_json::json;

use super::deciding::{self, SystemRandomness};
use super::{Exit, Session};
use crate::cli;
use crate::issue::branch::Standing;
use crate::issue::drafts::{DraftError, DraftProblem, Numbered};
use crate::issue::seal::Report;

/// Runs the command.
pub(super) fn run(typed: &cli::Seal, session: &mut Session<'_>) -> Exit {
    match seal(typed, session) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn seal(typed: &cli::Seal, session: &mut Session<'_>) -> Result<Exit, Exit> {
    let mut desk = deciding::open(session)?;
    let standing = deciding::where_signing_happens(&desk, session)?;
    if standing == Standing::NoRepository {
        session.note("seal-no-git", &[]);
    }
    let ring = deciding::keys(&desk, typed.key.as_deref(), session)?;
    let numbered = desk.number_drafts(super::now(), &mut SystemRandomness);
    let numbered = numbered.map_err(|error| refuse(&error, session))?;
    let report = deciding::seal(&mut desk, &ring, session)?;
    tell(&report, &numbered, session);
    deciding::tell_waiting(&report, &desk, &ring, session);
    Ok(if report.waiting.is_empty() { Exit::Done } else { Exit::No })
}

fn refuse(error: &DraftError, session: &mut Session<'_>) -> Exit {
    session.complain("seal-draft", &[("file", error.file.as_str().into())]);
    match &error.problem {
        DraftProblem::Award(error) => super::award::refuse(error, session),
        DraftProblem::Same(id) => {
            session.complain("seal-draft-same", &[("id", id.text().into())]);
            Exit::No
        }
        DraftProblem::File(error) => deciding::file(error, session),
    }
}

fn tell(report: &Report, numbered: &[Numbered], session: &mut Session<'_>) {
    if session.is_json() {
        let sealed: Vec<String> = report.sealed.iter().map(ToString::to_string).collect();
        let frozen: Vec<String> =
            report.frozen.iter().map(|(class, version)| format!("{class}@{version}")).collect();
        let lists: Vec<&str> = report.lists.iter().map(|issuer| issuer.as_str()).collect();
        let waiting: serde_json::Map<String, serde_json::Value> = report
            .waiting
            .iter()
            .map(|(issuer, it)| {
                (issuer.to_string(), json!({ "awards": it.awards, "list": it.list }))
            })
            .collect();
        let numbered: Vec<serde_json::Value> = numbered
            .iter()
            .map(|it| json!({ "draft": it.draft.as_str(), "id": it.id.text(), "link": it.link }))
            .collect();
        session.answer_json(&json!({
            "numbered": numbered,
            "sealed": sealed,
            "frozen": frozen,
            "lists": lists,
            "waiting": waiting,
        }));
        return;
    }
    // The links are what somebody who awarded in a browser looks for in the log.
    for award in numbered {
        session.answer(&format!("{}  {}", award.draft, award.link));
    }
    if !report.changed() {
        if report.waiting.is_empty() {
            session.note("seal-nothing", &[]);
        }
        return;
    }
    for (class, version) in &report.frozen {
        let told = [("class", class.as_str().into()), ("version", (*version).into())];
        session.note("seal-frozen", &told);
    }
    for issuer in &report.lists {
        session.note("seal-list", &[("issuer", issuer.as_str().into())]);
    }
    session.note("seal-done", &[("awards", report.sealed.len().into())]);
}
