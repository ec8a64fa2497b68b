//! Do the two badges of one picture say the same?
//!
//! Each record is verified on its own (OB2-BAKE-17); a picture whose records name different badges, people, issuers or
//! dates would show one thing to one reader and another to the next.

use std::collections::BTreeSet;

use crate::recipient::{Claim, Identity};
use crate::time::Timestamp;

use super::super::code::Code;
use super::super::question::Question;
use super::super::report::Outcome;
use super::super::run::Run;

/// What an assured record says, in a form the other generation can be compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    /// What the badge is called.
    pub(crate) name: Option<String>,
    /// The issuer's host.
    pub(crate) issuer_host: Option<String>,
    /// Every way the record names its recipient: hash and salt, or the plain value. Hidden names have no counterpart.
    pub(crate) recipients: BTreeSet<(String, String)>,
    /// When it was awarded.
    pub(crate) awarded: Option<Timestamp>,
    /// When it ends.
    pub(crate) until: Option<Timestamp>,
}

/// Compares two assured records.
pub(crate) fn check(run: &mut Run<'_>, facts: &[Facts], subject: &str) {
    let [one, other] = facts else { return };
    // Both were awarded to the person that was asked for.
    let is_asked_twice = run.times_found(Code::RecipientMatches) == facts.len();
    let person = if is_asked_twice { Some(true) } else { is_same_person(one, other) };
    let differing = [
        ("name", one.name != other.name),
        ("issuer", one.issuer_host != other.issuer_host),
        ("recipient", person == Some(false)),
        ("awarded", one.awarded != other.awarded),
        ("expires", one.until != other.until),
    ];
    let named: Vec<&str> =
        differing.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect();
    let outcome = match person {
        _ if !named.is_empty() => Outcome::Fail(Code::RecordsDisagree),
        Some(_) => Outcome::Pass(Code::RecordsAgree),
        None => Outcome::Unknown(Code::RecordsNotComparable),
    };
    run.found(Question::Unaltered, outcome, subject, (!named.is_empty()).then(|| named.join(", ")));
}

/// Whether two records name one person; nothing where they do so in ways that cannot be compared. One way that agrees is
/// enough.
fn is_same_person(one: &Facts, other: &Facts) -> Option<bool> {
    let ways = one.recipients.iter().flat_map(|a| other.recipients.iter().map(move |b| (a, b)));
    let compared: Vec<bool> = ways.filter_map(|(a, b)| compare(a, b)).collect();
    (!compared.is_empty()).then(|| compared.contains(&true))
}

type Named = (String, String);

/// Hashes compare under one salt, plain values of one form with each other, and a plain value with a hash it gives.
fn compare((one, salt): &Named, (other, other_salt): &Named) -> Option<bool> {
    let gives = |plain: &str, hash: &str, salt: &str| {
        let claim = Claim::new(true, hash, (!salt.is_empty()).then_some(salt)).ok()?;
        Identity::typed(plain).matches(&claim).then_some(true)
    };
    match (algorithm(one), algorithm(other)) {
        (Some(a), Some(b)) => (a == b && salt == other_salt).then(|| one == other),
        (Some(_), None) => gives(other, one, salt),
        (None, Some(_)) => gives(one, other, other_salt),
        (None, None) => (one.contains('@') == other.contains('@')).then(|| one == other),
    }
}

fn algorithm(stored: &str) -> Option<&str> {
    stored.split_once('$').map(|(name, _)| name).filter(|name| matches!(*name, "sha256" | "md5"))
}
