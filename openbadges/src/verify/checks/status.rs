//! Has it been withdrawn?
//!
//! The issuer's list is a credential of its own: its proof, issuer, purpose, dates and length are checked before a bit
//! is read. A list that cannot be read is *unknown*: a revoked badge must not come back to life when a host is down.
//!
//! Spec: CRED-BSL-1..29, OB3-VAL-12.

use serde_json::Value;

use crate::iri::Iri;
use crate::status::{DecodeBounds, Purpose, StatusEntry, StatusError, StatusList};

use super::super::code::Code;
use super::super::policy::STATUS_ENTRIES_MAX;
use super::super::question::Question;
use super::super::report::Outcome;
use super::super::run::{Run, Waiting};
use super::proofs::Secured;
use super::{context, dates, has_type, id_of, one_or_many, proofs, text};

const ENTRY_TYPE: &str = "BitstringStatusListEntry";

/// What an entry amounts to that is not about withdrawal.
const REMARK: Outcome = Outcome::Pass(Code::StatusRemark);

/// Notes the lists a badge names, so that they are fetched together with its key.
pub(crate) fn want_lists(run: &mut Run<'_>, badge: &Value) {
    for entry in one_or_many(badge, "credentialStatus").into_iter().take(STATUS_ENTRIES_MAX) {
        let list = text(entry, "statusListCredential").and_then(|url| Iri::parse(url).ok());
        if let Some(list) = list.filter(|_| has_type(entry, ENTRY_TYPE)) {
            run.want(&list);
        }
    }
}

/// Judges every status entry of an assured badge.
pub(crate) fn check(run: &mut Run<'_>, secured: &Secured, subject: &str) -> Result<(), Waiting> {
    let entries = one_or_many(&secured.content, "credentialStatus");
    if entries.len() > STATUS_ENTRIES_MAX {
        let detail = Some(entries.len().to_string());
        run.found(
            Question::NotWithdrawn,
            Outcome::Unknown(Code::StatusUnsupported),
            subject,
            detail,
        );
        return Ok(());
    }
    let mut is_about_withdrawal = false;
    for entry in entries {
        if !has_type(entry, ENTRY_TYPE) {
            let detail = text(entry, "type").map(str::to_owned);
            run.found(
                Question::NotWithdrawn,
                Outcome::Unknown(Code::StatusUnsupported),
                subject,
                detail,
            );
            is_about_withdrawal = true;
            continue;
        }
        let (outcome, detail) = judge(run, entry, secured)?;
        let list = text(entry, "statusListCredential").unwrap_or(subject);
        if outcome == REMARK {
            run.note(Code::StatusRemark, list, detail);
        } else {
            is_about_withdrawal = true;
            run.found(Question::NotWithdrawn, outcome, list, detail);
        }
    }
    if !is_about_withdrawal {
        let outcome = Outcome::Pass(Code::NoStatusDeclared);
        run.found(Question::NotWithdrawn, outcome, subject, None);
    }
    Ok(())
}

type Judgement = (Outcome, Option<String>);

fn judge(run: &mut Run<'_>, entry: &Value, secured: &Secured) -> Result<Judgement, Waiting> {
    let broken =
        |detail: &str| Ok((Outcome::Unknown(Code::StatusListBroken), Some(detail.to_owned())));
    let entry = match StatusEntry::parse(entry) {
        Ok(entry) => entry,
        Err(error) => return broken(&error.to_string()),
    };
    let list = match run.json(&entry.list)? {
        Ok(list) => list,
        Err(useless) => {
            return Ok((Outcome::Unknown(Code::StatusUnavailable), Some(useless.detail)));
        }
    };
    if !matches!(context::of_credential(&list), Outcome::Pass(_)) {
        return broken("@context");
    }
    // Asked first: a stranger's list is not worth a look at its proofs, nor a fetch of their keys (CRED-BSL-15).
    let issuer = list.get("issuer").and_then(id_of).unwrap_or_default();
    if issuer != secured.issuer {
        return Ok((Outcome::Unknown(Code::StatusListForeign), Some(issuer.to_owned())));
    }
    let Some(list) = proofs::examine(run, &list, entry.list.as_str())?.secured else {
        return broken("proof");
    };
    let (from, until) = (text(&list.content, "validFrom"), text(&list.content, "validUntil"));
    if !matches!(dates::within(from, until, run.now, list.assured), Outcome::Pass(_)) {
        return broken(until.or(from).unwrap_or("validFrom"));
    }
    Ok(read_bit(run, &entry, &list.content))
}

/// Reads the entry's value from a list that was checked.
fn read_bit(run: &Run<'_>, entry: &StatusEntry, list: &Value) -> Judgement {
    let read = StatusList::parse(list, &DecodeBounds::default())
        .and_then(|list| list.status_of(entry, run.policy.status_length));
    let status = match read {
        Ok(status) => status,
        Err(error @ StatusError::Length) => {
            return (Outcome::Unknown(Code::StatusListTooShort), Some(error.to_string()));
        }
        Err(error) => return (Outcome::Unknown(Code::StatusListBroken), Some(error.to_string())),
    };
    let as_of = text(list, "validFrom").map(str::to_owned);
    match &status.purpose {
        Purpose::Revocation | Purpose::Suspension if status.is_clear() => {
            (Outcome::Pass(Code::NotWithdrawn), as_of)
        }
        Purpose::Revocation => (Outcome::Fail(Code::Revoked), as_of),
        Purpose::Suspension => (Outcome::Fail(Code::Suspended), as_of),
        Purpose::Other(purpose) if !status.is_clear() => {
            (Outcome::Unknown(Code::StatusUnsupported), Some(purpose.clone()))
        }
        // These tell something; they neither withdraw nor say that nobody withdrew (CRED-BSL-29).
        Purpose::Message | Purpose::Refresh | Purpose::Other(_) => {
            (REMARK, status.message.or(as_of))
        }
    }
}
