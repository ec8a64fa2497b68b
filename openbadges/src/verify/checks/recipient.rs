//! Is it this person's?
//!
//! Spec: OB3-VAL-13, OB3-IDO-1..8, OB2-HASH-1..7.

use serde_json::Value;

use crate::recipient::{Claim, Identity, PrivateLink, RecipientHash};

use super::super::code::Code;
use super::super::question::Question;
use super::super::record::Kind;
use super::super::report::Outcome;
use super::super::run::Run;
use super::{Assured, one_or_many, text};

/// The most identifiers one badge may name.
const IDENTIFIERS_MAX: usize = 32;

/// Answers for an assured OB 3.0 credential: who was asked for, and the name in the learner's link.
pub(crate) fn check_credential(
    run: &mut Run<'_>,
    badge: &Value,
    kind: Kind,
    subject: &str,
    assured: Assured,
) {
    let linked = run.private_link.clone();
    let asked = run.policy.recipient.as_deref();
    if asked.is_some() || linked.is_none() {
        let person = match kind {
            Kind::Badge | Kind::Credential => of_credential(badge, asked, assured),
            Kind::Endorsement => of_nobody(asked),
        };
        run.found(Question::Recipient, person, subject, None);
    }
    if let Some(link) = linked {
        run.ask_for_recipient();
        let named = of_link(badge, &link, assured);
        run.found(Question::Recipient, named, subject, Some(link.name));
    }
}

/// Compares the name in a learner's link with the hidden name of an assured credential.
fn of_link(badge: &Value, link: &PrivateLink, _: Assured) -> Outcome {
    let Some(subject) = badge.get("credentialSubject") else {
        return Outcome::Unknown(Code::RecipientNotComparable);
    };
    let identifiers = one_or_many(subject, "identifier").into_iter().take(IDENTIFIERS_MAX);
    let mut hidden = identifiers
        .filter(|identifier| is_hidden_name(identifier))
        .filter_map(|identifier| text(identifier, "identityHash"))
        .filter_map(|hash| RecipientHash::parse(hash).ok())
        .peekable();
    if hidden.peek().is_none() {
        return Outcome::Unknown(Code::RecipientNotComparable);
    }
    if hidden.any(|hash| hash.is_of_name(&link.name, &link.salt)) {
        Outcome::Pass(Code::RecipientNameMatches)
    } else {
        Outcome::Fail(Code::RecipientNameDiffers)
    }
}

/// Whether an identifier is a name whose salt is only in the learner's link.
fn is_hidden_name(identifier: &Value) -> bool {
    text(identifier, "identityType") == Some("name")
        && identifier.get("hashed") == Some(&Value::Bool(true))
        && identifier.get("salt").is_none()
}

/// The answer for an endorsement: what it speaks of is nobody it was awarded to.
pub(crate) fn of_nobody(asked: Option<&str>) -> Outcome {
    Outcome::Unknown(match asked {
        Some(_) => Code::RecipientNotComparable,
        None => Code::RecipientNotAsked,
    })
}

/// Compares the recipient of an assured OB 3.0 credential with `asked`.
fn of_credential(badge: &Value, asked: Option<&str>, _: Assured) -> Outcome {
    let Some(asked) = asked else { return Outcome::Unknown(Code::RecipientNotAsked) };
    let Some(subject) = badge.get("credentialSubject") else {
        return Outcome::Unknown(Code::RecipientNotComparable);
    };
    let form = form_of(asked);
    let mut comparable = form == Form::Iri && text(subject, "id").is_some();
    if comparable && text(subject, "id") == Some(asked) {
        return Outcome::Pass(Code::RecipientMatches);
    }
    for identifier in one_or_many(subject, "identifier").into_iter().take(IDENTIFIERS_MAX) {
        let Some(stored) = text(identifier, "identityHash") else { continue };
        let hashed = identifier.get("hashed").and_then(Value::as_bool).unwrap_or(false);
        let identity_type = text(identifier, "identityType");
        // Without the salt there is nothing to compare.
        if is_hidden_name(identifier)
            || (identity_type == Some("emailAddress")) != (form == Form::Email)
        {
            continue;
        }
        match matches(asked, hashed, stored, text(identifier, "salt")) {
            Some(true) => return Outcome::Pass(Code::RecipientMatches),
            Some(false) => comparable = true,
            None => {}
        }
    }
    no_match(comparable)
}

/// Compares the recipient of a hosted OB 2.0 assertion with `asked`.
pub(crate) fn of_assertion(assertion: &Value, asked: Option<&str>, _: Assured) -> Outcome {
    let Some(asked) = asked else { return Outcome::Unknown(Code::RecipientNotAsked) };
    let Some(recipient) = assertion.get("recipient") else {
        return Outcome::Unknown(Code::RecipientNotComparable);
    };
    let comparable = match text(recipient, "type") {
        Some("email" | "schema:email" | "http://schema.org/email") => form_of(asked) == Form::Email,
        Some("url" | "id") => form_of(asked) == Form::Iri,
        Some(_) => form_of(asked) == Form::Other,
        None => false,
    };
    let hashed = recipient.get("hashed").and_then(Value::as_bool).unwrap_or(false);
    let identity = text(recipient, "identity").unwrap_or_default();
    match matches(asked, hashed, identity, text(recipient, "salt")).filter(|_| comparable) {
        Some(true) => Outcome::Pass(Code::RecipientMatches),
        compared => no_match(compared.is_some()),
    }
}

fn no_match(comparable: bool) -> Outcome {
    if comparable {
        Outcome::Fail(Code::RecipientDiffers)
    } else {
        Outcome::Unknown(Code::RecipientNotComparable)
    }
}

/// Whether `asked` is the identity that was stored, hashed or plain; nothing when what was stored cannot be read, such as
/// a hash of another kind.
fn matches(asked: &str, hashed: bool, stored: &str, salt: Option<&str>) -> Option<bool> {
    let claim = Claim::new(hashed, stored, salt).ok()?;
    Some(Identity::typed(asked).matches(&claim))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Email,
    Iri,
    Other,
}

fn form_of(asked: &str) -> Form {
    let is_iri = ["did:", "http:", "https:", "urn:"].iter().any(|scheme| asked.starts_with(scheme));
    if is_iri {
        Form::Iri
    } else if asked.contains('@') {
        Form::Email
    } else {
        Form::Other
    }
}
