//! What is it: a badge, an endorsement by itself, or a credential of another kind?
//!
//! All three are verified alike, each by the form of its own kind. What is no badge is never called a valid one.
//!
//! Spec: OB3-VAL-3, OB3-AC-3, OB3-END-1, CRED-VCDM-2.

use serde_json::Value;

use crate::ob3::shape::{self, Violation};

use super::super::code::Code;
use super::super::policy::Accept;
use super::super::question::Question;
use super::super::record::Kind;
use super::super::report::Outcome;
use super::super::run::Run;
use super::{context, has_type};

/// What a credential is, by its types; nothing for what is no credential.
pub(crate) fn of(document: &Value) -> Option<Kind> {
    if has_type(document, "OpenBadgeCredential") || has_type(document, "AchievementCredential") {
        Some(Kind::Badge)
    } else if has_type(document, "EndorsementCredential") {
        Some(Kind::Endorsement)
    } else {
        has_type(document, "VerifiableCredential").then_some(Kind::Credential)
    }
}

/// What a credential is, once its words are known and its kind may be asked for; else the reason is noted.
pub(crate) fn admit(run: &mut Run<'_>, document: &Value, subject: &str) -> Option<Kind> {
    let kind = of(document);
    let words = words(document, kind.unwrap_or(Kind::Credential));
    if !matches!(words, Outcome::Pass(_)) {
        run.found(Question::Unaltered, words, subject, None);
        return None;
    }
    match kind {
        None => run.found(None, Outcome::Unknown(Code::TypeUnknown), subject, None),
        Some(kind) => remark(run, kind, subject),
    }
    kind
}

/// Judges the contexts of a credential of this kind.
pub(crate) fn words(document: &Value, kind: Kind) -> Outcome {
    match kind {
        Kind::Badge => context::of_badge(document),
        Kind::Endorsement | Kind::Credential => context::of_credential(document),
    }
}

/// What is wrong with the form of a credential of this kind, leaving the endorsements inside to themselves (OB3-END-10).
pub(crate) fn violations(document: &Value, kind: Kind) -> Vec<Violation> {
    let mut violations = match kind {
        Kind::Badge => shape::of_credential(document),
        Kind::Endorsement => shape::of_endorsement(document),
        Kind::Credential => shape::of_any_credential(document),
    };
    violations.retain(|violation| !violation.is_of_an_endorsement());
    violations
}

/// Says that what was handed in is no badge, which decides unless the policy takes any credential.
pub(crate) fn remark(run: &mut Run<'_>, kind: Kind, subject: &str) {
    let code = match kind {
        Kind::Badge => return,
        Kind::Endorsement => Code::EndorsementAlone,
        Kind::Credential => Code::NotABadge,
    };
    match run.policy.accept {
        Accept::Badges => run.found(None, Outcome::Unknown(code), subject, None),
        Accept::Credentials => run.note(code, subject, None),
    }
}
