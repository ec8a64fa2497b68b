//! Has it been withdrawn?
//!
//! Each status entry of an assured badge is looked up in the list it names. A list that cannot be read is *unknown*: a
//! revoked badge must not come back to life when a host is down.
//!
//! - `bits` reads `BitstringStatusList` and its forerunner `StatusList2021`, credentials of their own.
//! - `named` reads `1EdTechRevocationList`, an unsigned list of ids.
//!
//! Spec: CRED-BSL-1..29, OB3-RL-1..6, OB3-VAL-12.

mod bits;
mod named;

use serde_json::Value;

use crate::iri::Iri;
use crate::status::ListForm;
use crate::time::Timestamp;

use super::super::code::Code;
use super::super::policy::{STATUS_ENTRIES_MAX, UNPROVED_LISTS_MAX};
use super::super::question::Question;
use super::super::report::Outcome;
use super::super::run::{Run, Waiting};
use super::proofs::Secured;
use super::{has_type, one_or_many, text};

/// Which mechanism an entry belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    Bits,
    Named,
    Unknown,
}

fn mechanism(entry: &Value) -> Mechanism {
    if ListForm::ALL.iter().any(|form| has_type(entry, form.entry_type())) {
        Mechanism::Bits
    } else if has_type(entry, named::ENTRY_TYPE) {
        Mechanism::Named
    } else {
        Mechanism::Unknown
    }
}

/// Notes the first lists of a badge that is signed, by whomever, so that they are fetched together with its key.
pub(crate) fn want_first_lists(run: &mut Run<'_>, badge: &Value) {
    let entries = one_or_many(badge, "credentialStatus");
    want_lists(run, entries.get(..UNPROVED_LISTS_MAX).unwrap_or(&entries));
}

fn want_lists(run: &mut Run<'_>, entries: &[&Value]) {
    for entry in entries {
        let member = match mechanism(entry) {
            Mechanism::Bits => "statusListCredential",
            Mechanism::Named => "id",
            Mechanism::Unknown => continue,
        };
        if let Some(list) = text(entry, member).and_then(|url| Iri::parse(url).ok()) {
            run.want(&list);
        }
    }
}

/// Judges every status entry of an assured credential.
pub(crate) fn check(run: &mut Run<'_>, secured: &Secured, subject: &str) -> Result<(), Waiting> {
    let entries = one_or_many(&secured.content, "credentialStatus");
    if entries.len() > STATUS_ENTRIES_MAX {
        let outcome = Outcome::Unknown(Code::StatusTooMany);
        run.found(Question::NotWithdrawn, outcome, subject, Some(entries.len().to_string()));
        return Ok(());
    }
    // Now that the badge is its issuer's, one round for all.
    want_lists(run, &entries);
    let mut is_about_withdrawal = false;
    for entry in entries {
        is_about_withdrawal |= match mechanism(entry) {
            Mechanism::Bits => bits::check(run, entry, secured, subject)?,
            Mechanism::Named => {
                named::check(run, entry, secured, subject)?;
                true
            }
            Mechanism::Unknown => {
                let outcome = Outcome::Unknown(Code::StatusUnsupported);
                let detail = one_or_many(entry, "type").first().and_then(|name| name.as_str());
                run.found(Question::NotWithdrawn, outcome, subject, detail.map(str::to_owned));
                true
            }
        };
    }
    if !is_about_withdrawal {
        let outcome = Outcome::Pass(Code::NoStatusDeclared);
        run.found(Question::NotWithdrawn, outcome, subject, None);
    }
    Ok(())
}

/// Whether a list is older than one the reader has seen: then a newer one is held back.
fn is_outdated(run: &Run<'_>, list: &Iri, as_of: Option<&str>) -> bool {
    let as_of = as_of.and_then(|text| Timestamp::parse(text).ok());
    run.policy
        .newest_lists
        .get(list)
        .is_some_and(|newest| as_of.is_none_or(|as_of| as_of < *newest))
}
