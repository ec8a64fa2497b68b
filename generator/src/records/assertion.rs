//! The OB 2.0 hosted assertion of an award, derived from the sealed credential alone.
//!
//! What the sealed bytes lack, OB 2.0 lacks: a hidden name, the role, the level that was reached (the BadgeClass is that
//! of the level) and the digests have no counterpart.

use openbadges::iri::Iri;
use openbadges::member::Link;
use openbadges::ob2::{Assertion, Evidence, IdentityObject, RevokedAssertion};
use openbadges::time::DateTime;
use serde::Serialize;
use serde_json::Value;

use super::Records;
use super::badge_class::object;
use super::sealed::{self, Sealed, SealedError};
use crate::id::AwardId;
use crate::site::{Revocation, Site};
use crate::urls;

/// The file at the end of a credential's address, and the ones beside it.
const CREDENTIAL: &str = "credential.json";

/// What is served at the address of an assertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Hosted {
    /// The award counts, as far as its issuer knows.
    Standing(Box<Assertion>),
    /// It was withdrawn or forgotten; nothing of the recipient is left.
    Withdrawn(RevokedAssertion),
}

/// Derives the assertion. `credential` is the sealed document; nothing else is looked at.
///
/// # Errors
/// [`AssertionError`] when the document is not one that `seal` made.
///
/// Spec: OB2-ASN-1 … 10, OB2-ID-1 … 5, OB2-I18N-1, OB3-MIG-1 … 12.
pub fn derive(credential: &Value) -> Result<Hosted, AssertionError> {
    let sealed = Sealed::of(credential).map_err(AssertionError::Sealed)?;
    let folder = sealed.id.strip_suffix(CREDENTIAL).ok_or(AssertionError::Member("id"))?;
    let address = |name: &str| parse(&format!("{folder}{name}"), "id");
    let badge = sealed.badge_class().ok_or(AssertionError::Member("related"))?;
    let badge = Link::Id(parse(badge, "related")?);
    let issued_on = sealed.awarded_date.as_ref().unwrap_or(&sealed.valid_from);
    let issued_on = moment(issued_on, "awardedDate")?;
    let recipient = recipient(&sealed)?;
    let mut assertion = Assertion::hosted(address("assertion.json")?, recipient, badge, issued_on);
    assertion.language = sealed.credential_subject.achievement.in_language;
    let expires = sealed.valid_until.as_ref().map(|end| moment(end, "validUntil"));
    assertion.expires = expires.transpose()?;
    assertion.image = Some(Link::Id(address("badge.png")?));
    let evidence: Result<Vec<Evidence>, AssertionError> =
        sealed.evidence.into_iter().map(evidence).collect();
    assertion.evidence = evidence?.into_iter().map(object).collect();
    assertion.narrative = sealed.credential_subject.narrative.map(Into::into);
    Ok(Hosted::Standing(Box::new(assertion)))
}

fn recipient(sealed: &Sealed) -> Result<IdentityObject, AssertionError> {
    let subject = &sealed.credential_subject;
    let identity = |kind: &str, hashed, identity: &str, salt| IdentityObject {
        kind: kind.to_owned(),
        hashed,
        salt,
        identity: identity.to_owned(),
        extra: serde_json::Map::new(),
    };
    if let Some(id) = &subject.id {
        let is_web = id.starts_with("https://") || id.starts_with("http://");
        return Ok(identity(if is_web { "url" } else { "id" }, false, id, None));
    }
    let address = subject.identifier.iter().find(|one| one.identity_type == "emailAddress");
    let address = address.ok_or(AssertionError::Member("identifier"))?;
    Ok(identity("email", address.hashed, &address.identity_hash, address.salt.clone()))
}

fn evidence(seen: sealed::Evidence) -> Result<Evidence, AssertionError> {
    Ok(Evidence {
        id: seen.id.map(|id| parse(&id, "evidence")).transpose()?,
        narrative: seen.narrative.map(Into::into),
        description: seen.description.map(Into::into),
        genre: seen.genre.map(Into::into),
        ..Evidence::default()
    })
}

fn parse(text: &str, member: &'static str) -> Result<Iri, AssertionError> {
    Iri::parse(text).map_err(|_| AssertionError::Member(member))
}

fn moment(text: &str, member: &'static str) -> Result<DateTime, AssertionError> {
    DateTime::parse(text).map_err(|_| AssertionError::Member(member))
}

/// What is left at the address of a withdrawn award: five members, so that even a validator that overlooks the flag
/// cannot take it for a badge.
///
/// Spec: OB2-REV-2, OB2-REV-3.
#[must_use]
pub fn revoked(id: AwardId, revocation: &Revocation, records: &Records<'_>) -> Hosted {
    let reason = records.revocation_reason(revocation).map(Into::into);
    Hosted::Withdrawn(RevokedAssertion::new(address(id, records.site), reason))
}

/// What is left at the address of a forgotten award: the same, without a reason.
#[must_use]
pub fn forgotten(id: AwardId, site: &Site) -> Hosted {
    Hosted::Withdrawn(RevokedAssertion::new(address(id, site), None))
}

fn address(id: AwardId, site: &Site) -> Iri {
    super::iri(&site.settings.base_url.join(&urls::assertion(id)))
}

/// The sealed document does not say what an assertion needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssertionError {
    /// It is no sealed credential.
    #[error(transparent)]
    Sealed(SealedError),
    /// A member is missing or not what `seal` writes.
    #[error("the member `{0}` is missing, or not as it is sealed")]
    Member(&'static str),
}
