//! A list of bits: a credential of its own, whose shape, proof, issuer, purpose, dates and length are checked before a bit
//! is read.
//!
//! Spec: CRED-BSL-1..29.

use serde_json::Value;

use crate::ob3::shape;
use crate::status::{
    DecodeBounds, LIST_ENTRIES_MIN, LengthRule, Purpose, Status, StatusEntry, StatusError,
    StatusList,
};

use super::super::super::code::Code;
use super::super::super::input::looks_like_token;
use super::super::super::question::Question;
use super::super::super::report::{Outcome, StatusRead};
use super::super::super::run::{Run, Waiting};
use super::super::proofs::{self, Secured};
use super::super::{context, dates, enveloped, id_of, issuer, text};
use super::is_outdated;

/// Why an entry tells nothing.
type Silent = (Code, String);

/// Judges one entry; answers whether it is about withdrawal at all.
pub(super) fn check(
    run: &mut Run<'_>,
    value: &Value,
    secured: &Secured,
    subject: &str,
) -> Result<bool, Waiting> {
    let entry = match StatusEntry::parse(value) {
        Ok(entry) => entry,
        Err(error) => {
            let outcome = Outcome::Unknown(Code::StatusListBroken);
            run.found(Question::NotWithdrawn, outcome, subject, Some(error.to_string()));
            return Ok(true);
        }
    };
    if entry.index_is_number {
        run.note(Code::ShapeTolerated, subject, Some("statusListIndex".to_owned()));
    }
    let list = entry.list.as_str();
    match look_up(run, &entry, secured)? {
        Ok(status) => Ok(tell(run, &entry, status, subject)),
        // What only informs may fail to inform (CRED-BSL-29).
        Err((_, detail)) if matches!(entry.purpose, Purpose::Message | Purpose::Refresh) => {
            run.note(Code::StatusRemarkNotRead, list, Some(detail));
            Ok(false)
        }
        Err((code, detail)) => {
            run.found(Question::NotWithdrawn, Outcome::Unknown(code), list, Some(detail));
            Ok(true)
        }
    }
}

fn look_up(
    run: &mut Run<'_>,
    entry: &StatusEntry,
    secured: &Secured,
) -> Result<Result<Status, Silent>, Waiting> {
    let list = match list(run, entry, secured)? {
        Ok(list) => list,
        Err(silent) => return Ok(Err(silent)),
    };
    if let Err(silent) = holds(run, &list, entry) {
        return Ok(Err(silent));
    }
    let as_of = text(&list.content, "validFrom").or_else(|| text(&list.content, "issuanceDate"));
    if is_outdated(run, &entry.list, as_of) {
        return Ok(Err((Code::StatusListOutdated, as_of.unwrap_or("validFrom").to_owned())));
    }
    Ok(read(run, entry, &list.content, as_of))
}

/// The list an entry names, in JSON or in a token, once its issuer's signature holds.
fn list(
    run: &mut Run<'_>,
    entry: &StatusEntry,
    secured: &Secured,
) -> Result<Result<Secured, Silent>, Waiting> {
    let broken = |detail: &str| Ok(Err((Code::StatusListBroken, detail.to_owned())));
    let foreign = |issuer: &str| Ok(Err((Code::StatusListForeign, issuer.to_owned())));
    let url = entry.list.as_str();
    let body = run.body(&entry.list)?.ok().filter(|body| body.status == 200);
    if let Some(token) = body.and_then(|body| token(&body.bytes)) {
        return match enveloped::examine(run, token, url)?.secured {
            Some(list) if list.issuer != secured.issuer => foreign(&list.issuer),
            Some(list) => Ok(Ok(list)),
            None => broken("proof"),
        };
    }
    let list = match run.json(&entry.list)? {
        Ok(list) => list,
        Err(useless) => return Ok(Err((Code::StatusUnavailable, useless.detail))),
    };
    if !matches!(context::of_credential(&list), Outcome::Pass(_)) {
        return broken("@context");
    }
    // Asked first: a stranger's list is not worth a look at its proofs, nor a fetch of their keys (CRED-BSL-15).
    let issuer = list.get("issuer").and_then(id_of).unwrap_or_default();
    if issuer != secured.issuer {
        return foreign(issuer);
    }
    match proofs::examine(run, list, url)?.secured {
        Some(list) => Ok(Ok(list)),
        None => broken("proof"),
    }
}

/// A compact token, which some issuers publish in the place of JSON (CRED-BSL-16).
fn token(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().map(str::trim_ascii).filter(|text| looks_like_token(text))
}

/// Whether a signed list has the shape, the dates and the id of one.
fn holds(run: &Run<'_>, list: &Secured, entry: &StatusEntry) -> Result<(), Silent> {
    let broken = |detail: &str| Err((Code::StatusListBroken, detail.to_owned()));
    let content = &list.content;
    if !matches!(context::of_credential(content), Outcome::Pass(_)) {
        return broken("@context");
    }
    let violations = shape::of_status_list(content);
    if let Some(violation) = violations.iter().find(|violation| !violation.is_tolerable()) {
        return broken(&violation.to_string());
    }
    if !matches!(dates::of_credential(content, run.now, list.assured), Outcome::Pass(_)) {
        let date = ["validUntil", "expirationDate", "validFrom", "issuanceDate"]
            .into_iter()
            .find_map(|name| text(content, name));
        return broken(date.unwrap_or("validFrom"));
    }
    // Another host could give one list of this issuer for another; the issuer's own host has no reason to (CRED-BSL-14).
    let is_another = text(content, "id").is_some_and(|id| id != entry.list.as_str());
    if is_another && !issuer::is_host_of(&list.issuer, &entry.list) {
        return broken("id");
    }
    Ok(())
}

/// Reads the entry's value from a list that was checked.
fn read(
    run: &mut Run<'_>,
    entry: &StatusEntry,
    credential: &Value,
    as_of: Option<&str>,
) -> Result<Status, Silent> {
    let rule = run.policy.status_length;
    let refused = |error: StatusError| {
        let code = match error {
            StatusError::Length => Code::StatusListTooShort,
            _ => Code::StatusListBroken,
        };
        (code, error.to_string())
    };
    let list = StatusList::parse(credential, &DecodeBounds::default()).map_err(refused)?;
    let status = list.status_of(entry, rule).map_err(refused)?;
    let was_read_short = rule == LengthRule::Lenient
        && list.status_of(entry, LengthRule::Strict) == Err(StatusError::Length);
    if was_read_short {
        let detail = format!("{} < {LIST_ENTRIES_MIN}", list.bits.bits());
        run.note(Code::StatusListShort, entry.list.as_str(), Some(detail));
    }
    run.read_status(StatusRead {
        kind: entry.form.list_type(),
        list: entry.list.clone(),
        purpose: entry.purpose.as_str().to_owned(),
        value: status.value,
        message: status.message.clone(),
        as_of: as_of.map(str::to_owned),
        ttl: list.ttl_ms,
    });
    Ok(status)
}

/// Says what a value means; answers whether it is about withdrawal.
fn tell(run: &mut Run<'_>, entry: &StatusEntry, status: Status, subject: &str) -> bool {
    let list = entry.list.as_str();
    let withdrawn = match &status.purpose {
        Purpose::Revocation => Some(Code::Revoked),
        Purpose::Suspension => Some(Code::Suspended),
        _ => None,
    };
    let is_clear = status.is_clear();
    if let Some(code) = withdrawn {
        let outcome =
            if is_clear { Outcome::Pass(Code::NotWithdrawn) } else { Outcome::Fail(code) };
        run.found(Question::NotWithdrawn, outcome, list, status.message);
        return true;
    }
    match &status.purpose {
        // What it means is not known; it might be a withdrawal by another name (CRED-BSL-29).
        Purpose::Other(purpose) if !is_clear => {
            let outcome = Outcome::Unknown(Code::StatusUnsupported);
            run.found(Question::NotWithdrawn, outcome, list, Some(purpose.clone()));
            return true;
        }
        Purpose::Refresh if !is_clear => run.note(Code::StatusRefresh, subject, status.message),
        Purpose::Message if !is_clear || status.message.is_some() => {
            let value = format!("0x{:x}", status.value);
            run.note(Code::StatusMessage, list, Some(status.message.unwrap_or(value)));
        }
        purpose => run.note(Code::StatusRemark, list, Some(purpose.as_str().to_owned())),
    }
    false
}
