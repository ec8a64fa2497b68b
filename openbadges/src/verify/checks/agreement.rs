//! Do the two badges of one picture say the same?
//!
//! Each record is verified on its own (OB2-BAKE-17); a picture whose records name different badges, people, issuers or
//! dates would show one thing to one reader and another to the next.

use std::collections::BTreeSet;

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
    let shared = one.recipients.intersection(&other.recipients).next().is_some();
    let differing = [
        ("name", one.name != other.name),
        ("issuer", one.issuer_host != other.issuer_host),
        ("recipient", !shared),
        ("awarded", one.awarded != other.awarded),
        ("expires", one.until != other.until),
    ];
    let named: Vec<&str> =
        differing.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect();
    let outcome = if named.is_empty() {
        Outcome::Pass(Code::RecordsAgree)
    } else {
        Outcome::Fail(Code::RecordsDisagree)
    };
    run.found(Question::Unaltered, outcome, subject, (!named.is_empty()).then(|| named.join(", ")));
}
