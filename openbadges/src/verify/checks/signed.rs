//! A badge of Open Badges 3.0 with Data Integrity proofs, from its contexts to its recipient; so, too, an endorsement by
//! itself and any other credential.
//!
//! Spec: OB3-VAL-1..17.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::ob3::shape::{Fault, Violation};
use crate::time::Timestamp;

use super::super::code::Code;
use super::super::input::Record;
use super::super::question::Question;
use super::super::record::Kind;
use super::super::report::Outcome;
use super::super::run::{Run, Waiting};
use super::agreement::Facts;
use super::endorsements::Endorsable;
use super::proofs::Secured;
use super::{
    dates, id_of, issuer, kind, one_or_many, proofs, recipient, refresh, remarks, resources,
    status, summary, text,
};

/// Runs every check of a signed badge; what the signature assures comes back for comparison.
pub(crate) fn check(run: &mut Run<'_>, record: Record) -> Result<Option<Facts>, Waiting> {
    let Record { found_in, value: badge } = record;
    let subject = text(&badge, "id").unwrap_or(found_in).to_owned();
    if kind::admit(run, &badge, &subject).is_none() {
        return Ok(None);
    }
    // Asked for now, so that one round fetches the key and the lists together; read only once the proof holds.
    if badge.get("proof").is_some() {
        status::want_first_lists(run, &badge);
    }
    let held = refresh::Held::of(&badge);
    let Some(secured) = proofs::check(run, badge, &subject)? else {
        if run.has_found(Code::KeyRevoked) {
            refresh::at_own_address(run, &held)?;
        }
        return Ok(None);
    };
    assured(run, secured, &subject, found_in)
}

/// Runs what follows once the content is the issuer's own, however it was signed: form, dates, withdrawal, recipient.
pub(crate) fn assured(
    run: &mut Run<'_>,
    secured: Secured,
    subject: &str,
    found_in: &'static str,
) -> Result<Option<Facts>, Waiting> {
    // A badge is what the issuer signed it as; an older context may not have covered a type.
    let Some(kind) = kind::of(&secured.content) else {
        run.found(None, Outcome::Unknown(Code::TypeUnknown), subject, None);
        return Ok(None);
    };
    if !in_shape(run, &secured, kind, subject) {
        return Ok(None);
    }
    let (secured, found_in) = match refresh::from_service(run, &secured)? {
        Some(newer) => (newer, "refreshed"),
        None => (secured, found_in),
    };
    let badge = &secured.content;
    let (in_date, date) = match kind {
        Kind::Badge | Kind::Endorsement => dates::of_badge(badge, run.now, secured.assured),
        Kind::Credential => (dates::of_credential(badge, run.now, secured.assured), None),
    };
    run.found(Question::InDate, in_date, subject, date.map(str::to_owned));
    status::check(run, &secured, subject)?;
    recipient::check_credential(run, badge, kind, subject, secured.assured);
    run.describe(summary::of_credential(badge, kind, found_in));
    remarks::on_credential(run, badge, subject);
    resources::check(run, badge, secured.assured)?;
    if kind != Kind::Badge {
        return Ok(None);
    }
    let facts = facts(badge);
    run.look_later(Endorsable::Credential(Box::new(secured.content)));
    Ok(Some(facts))
}

/// Whether the members a reader shows have the standard's shape: RDF alone would let them move. Of a badge out of shape
/// nothing is read, for what seems absent may only be somewhere else (CRED-SAFE-8).
fn in_shape(run: &mut Run<'_>, secured: &Secured, kind: Kind, subject: &str) -> bool {
    let mut violations = kind::violations(&secured.content, kind);
    // A text by language is lost in statements, and part of a signed text (OB3-SER-9).
    let is_covered = |one: &Violation| secured.is_text_covered && one.fault == Fault::LanguageMap;
    for tolerable in violations.extract_if(.., |one| one.is_tolerable() || is_covered(one)) {
        run.note(Code::ShapeTolerated, subject, Some(tolerable.to_string()));
    }
    for violation in &violations {
        let detail = Some(violation.to_string());
        run.found(None, Outcome::Fail(Code::ShapeBroken), subject, detail);
    }
    if !violations.is_empty() {
        // A holder may have moved things about, which a proof does not notice.
        let outcome = Outcome::Unknown(Code::ShapeBroken);
        run.found(Question::Unaltered, outcome, subject, None);
    }
    violations.is_empty()
}

fn facts(badge: &Value) -> Facts {
    let moment = |member| text(badge, member).and_then(|written| Timestamp::parse(written).ok());
    let achievement = badge.pointer("/credentialSubject/achievement");
    Facts {
        name: achievement.and_then(|achievement| summary::words(achievement, "name")),
        issuer_host: badge.get("issuer").and_then(id_of).and_then(|id| issuer::describe(id).host),
        recipients: recipients(badge),
        awarded: moment("awardedDate")
            .or_else(|| moment("validFrom"))
            .or_else(|| moment("issuanceDate")),
        until: moment("validUntil").or_else(|| moment("expirationDate")),
    }
}

fn recipients(badge: &Value) -> BTreeSet<(String, String)> {
    let Some(subject) = badge.get("credentialSubject") else { return BTreeSet::new() };
    let named = text(subject, "id").map(|id| (id.to_owned(), String::new()));
    let identifiers = one_or_many(subject, "identifier").into_iter();
    // A name is no identity the other generation could have.
    let comparable = identifiers.filter(|one| text(one, "identityType") != Some("name"));
    let hashed = comparable.filter_map(|identifier| {
        let stored = text(identifier, "identityHash")?;
        let is_hashed = identifier.get("hashed") == Some(&Value::Bool(true));
        let stored = if is_hashed { stored.to_ascii_lowercase() } else { stored.to_owned() };
        Some((stored, text(identifier, "salt").unwrap_or_default().to_owned()))
    });
    named.into_iter().chain(hashed).collect()
}
