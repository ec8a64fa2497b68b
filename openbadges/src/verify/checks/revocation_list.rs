//! A `RevocationList` of Open Badges 2.0: which assertions an issuer withdrew, by `id` or by the `uid` of old ones.
//!
//! What it means that a list cannot be read depends on the badge, so the two callers say that: a signed badge has nothing
//! else, a hosted one has its address.
//!
//! Spec: OB2-RL-1 to OB2-RL-7, OB2-SIGN-9.

use serde_json::Value;

use crate::iri::Iri;

use super::super::code::Code;
use super::super::report::StatusRead;
use super::super::run::{Run, Waiting};
use super::{has_type, id_of, one_or_many, text};

/// The most entries of a list that are read.
const ENTRIES_MAX: usize = 100_000;

/// What a list says of one assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Listed {
    /// Withdrawn, for this reason if one is given.
    Revoked(Option<String>),
    /// Named, to say that it is not withdrawn.
    NotRevoked,
    /// Not named.
    Absent,
}

/// Why a list says nothing.
pub(crate) type Silent = (Code, String);

/// Looks `assertion` up in the list at `list`, which is that of the issuer `profile`.
pub(crate) fn look_up(
    run: &mut Run<'_>,
    list: &Iri,
    assertion: &Value,
    profile: &Value,
) -> Result<Result<Listed, Silent>, Waiting> {
    let content = match run.json(list)? {
        Ok(content) => content,
        Err(useless) => return Ok(Err((Code::StatusUnavailable, useless.detail))),
    };
    let listed = match listed(&content, assertion, profile) {
        Ok(listed) => listed,
        Err(silent) => return Ok(Err(silent)),
    };
    if listed == Listed::NotRevoked {
        let id = text(assertion, "id").map(str::to_owned);
        run.note(Code::RevocationEntryOdd, list.as_str(), id);
    }
    let message = match &listed {
        Listed::Revoked(reason) => reason.clone(),
        Listed::NotRevoked | Listed::Absent => None,
    };
    run.read_status(StatusRead {
        kind: "RevocationList",
        list: list.clone(),
        purpose: "revocation".to_owned(),
        value: u64::from(matches!(listed, Listed::Revoked(_))),
        message,
        as_of: None,
        ttl: None,
    });
    Ok(Ok(listed))
}

fn listed(content: &Value, assertion: &Value, profile: &Value) -> Result<Listed, Silent> {
    let broken = |member: &str| Err((Code::StatusListBroken, member.to_owned()));
    if !has_type(content, "RevocationList") {
        return broken("type");
    }
    let issuer = content.get("issuer").map(|issuer| id_of(issuer).unwrap_or_default());
    if let Some(other) = issuer.filter(|issuer| Some(*issuer) != text(profile, "id")) {
        return Err((Code::StatusListForeign, other.to_owned()));
    }
    if content.get("revokedAssertions").is_none() {
        return broken("revokedAssertions");
    }
    let entries = one_or_many(content, "revokedAssertions");
    if entries.len() > ENTRIES_MAX {
        return broken("revokedAssertions");
    }
    let mut found = Listed::Absent;
    for entry in entries {
        if id_of(entry).or_else(|| text(entry, "uid")).is_none() {
            return broken("revokedAssertions.id");
        }
        if !is_about(entry, assertion) {
            continue;
        }
        match entry.get("revoked") {
            Some(Value::Bool(false)) => found = Listed::NotRevoked,
            // One entry that revokes is enough, whatever stands beside it.
            None | Some(Value::Bool(true)) => {
                return Ok(Listed::Revoked(text(entry, "revocationReason").map(str::to_owned)));
            }
            Some(_) => return broken("revokedAssertions.revoked"),
        }
    }
    Ok(found)
}

/// Whether an entry names the assertion: by its `id` to the letter, or by the `uid` of old ones.
fn is_about(entry: &Value, assertion: &Value) -> bool {
    let same =
        |member: &str, listed: Option<&str>| listed.is_some() && listed == text(assertion, member);
    same("id", id_of(entry)) || same("uid", text(entry, "uid"))
}
