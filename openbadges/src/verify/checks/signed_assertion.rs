//! A signed badge of Open Badges 2.0: an assertion in a token, signed with a key that its issuer lists.
//!
//! The assertion says which class it is of, the class says who issues it, and that issuer's own profile says which keys
//! speak for it and which assertions it withdrew. Where the badge is hosted does not matter.
//!
//! Spec: OB2-SIGN-1 to OB2-SIGN-14, OB2-KEY-1 to OB2-KEY-5, OB2-RL-1 to OB2-RL-7, OB2-STAT-1, OB2-STAT-2.

use serde_json::Value;

use crate::iri::Iri;
use crate::key::{KeyError, PublicKey};
use crate::proof::jws::{Jws, JwsChecked, JwsError};

use super::super::code::Code;
use super::super::input::Record;
use super::super::question::Question;
use super::super::report::Outcome;
use super::super::run::{Run, Useless, Waiting};
use super::agreement::Facts;
use super::endorsements::Endorsable;
use super::hosted::{self, Cluster};
use super::proofs::NOT_REACHED;
use super::revocation_list::{self, Listed};
use super::{
    Assured, dates, enveloped, has_type, id_of, issuer, one_or_many, recipient, remarks, summary,
    text,
};

/// The most keys of an issuer that are tried on a badge that names none of them.
const KEYS_MAX: usize = 8;

/// Runs every check of a signed assertion; what the signature assures comes back for comparison.
pub(crate) fn check(
    run: &mut Run<'_>,
    jws: &Jws,
    assertion: &Value,
    found_in: &'static str,
) -> Result<Option<Facts>, Waiting> {
    let verification = assertion.get("verification").or_else(|| assertion.get("verify"));
    let is_signed =
        verification.is_some_and(|one| has_type(one, "SignedBadge") || has_type(one, "signed"));
    if !is_signed {
        // What says that it is hosted is read where it is hosted; a signature adds nothing to that.
        return hosted::check(run, &Record { found_in, value: assertion.clone() });
    }
    let Some(id) = text(assertion, "id").and_then(|id| Iri::parse(id).ok()) else {
        run.found(None, Outcome::Fail(Code::ShapeBroken), found_in, Some("id".to_owned()));
        return Ok(None);
    };
    let Some(cluster) = hosted::cluster(run, assertion.clone(), &id)? else { return Ok(None) };
    let issuer_id = text(&cluster.profile, "id").unwrap_or_default().to_owned();
    issuer::name(run, &issuer_id);
    if !issuer_id.starts_with("https://") {
        // Without TLS anybody on the way could publish a key in the issuer's name.
        run.found(Question::Issuer, Outcome::Unknown(Code::IssuerUnsupported), &issuer_id, None);
        return Ok(None);
    }
    let creator = verification.and_then(|one| one.get("creator")).and_then(id_of);
    let Some(evidence) = signature(run, jws, &cluster.profile, creator)? else { return Ok(None) };
    let assured = Assured::by_token(evidence);
    conclude(run, &cluster, &id, assured, found_in)
}

/// Checks the signature with the keys that the issuer lists, and notes what came of it.
fn signature(
    run: &mut Run<'_>,
    jws: &Jws,
    profile: &Value,
    creator: Option<&str>,
) -> Result<Option<JwsChecked>, Waiting> {
    let issuer_id = text(profile, "id").unwrap_or_default();
    let listed = one_or_many(profile, "publicKey");
    let candidates: Vec<&Value> = listed
        .into_iter()
        .filter(|key| creator.is_none_or(|creator| id_of(key) == Some(creator)))
        .take(KEYS_MAX)
        .collect();
    if candidates.is_empty() {
        // A key that the issuer's profile does not list is nobody's (OB2-SIGN-4).
        let subject = creator.unwrap_or(issuer_id);
        run.found(Question::Issuer, Outcome::Fail(Code::KeyNotListed), subject, None);
        run.found(Question::Unaltered, NOT_REACHED, subject, None);
        return Ok(None);
    }
    let mut keys = Vec::with_capacity(candidates.len());
    let mut waiting = Ok(());
    for candidate in candidates {
        match key_of(run, candidate, issuer_id) {
            Ok(key) => keys.push((id_of(candidate).unwrap_or(issuer_id), key)),
            Err(Waiting) => waiting = Err(Waiting),
        }
    }
    waiting?;
    let mut notes = Vec::new();
    for (named, key) in keys {
        let (question, outcome, detail) = match key {
            Ok(key) => match jws.verify(&key) {
                Ok(evidence) => {
                    run.found(Question::Issuer, Outcome::Pass(Code::IssuerConfirmed), named, None);
                    let holds = Outcome::Pass(Code::TokenVerified);
                    run.found(Question::Unaltered, holds, named, None);
                    return Ok(Some(evidence));
                }
                // Of several keys, one of another kind is not the one that was meant.
                Err(error @ JwsError::OtherAlgorithm) => (
                    Question::Unaltered,
                    Outcome::Fail(Code::TokenOtherAlgorithm),
                    error.to_string(),
                ),
                Err(error) => (Question::Unaltered, enveloped::refused(&error), error.to_string()),
            },
            Err((outcome, detail)) => (Question::Issuer, outcome, detail),
        };
        notes.push((question, outcome, named, detail));
    }
    // A key that could not be had may be the one: then nothing is known.
    let open = notes.iter().any(|(_, outcome, ..)| matches!(outcome, Outcome::Unknown(_)));
    for (question, outcome, named, detail) in notes {
        if !open || matches!(outcome, Outcome::Unknown(_)) {
            run.found(question, outcome, named, Some(detail));
        }
    }
    Ok(None)
}

type Key = Result<PublicKey, (Outcome, String)>;

/// The key that a profile names, read from its own address, or from the profile that holds it.
fn key_of(run: &mut Run<'_>, listed: &Value, issuer_id: &str) -> Result<Key, Waiting> {
    let is_embedded = listed.get("publicKeyPem").is_some();
    let address = id_of(listed).and_then(|id| Iri::parse(id).ok());
    let document = match address {
        _ if is_embedded => listed.clone(),
        Some(address) if address.scheme() == "https" && address.is_http() => {
            let asked = address.split_fragment().0.to_owned();
            let asked = Iri::parse(&asked).unwrap_or_else(|_| address.clone());
            match run.json(&asked)? {
                Ok(document) if text(&document, "id") == Some(address.as_str()) => document,
                Ok(_) => {
                    return Ok(Err((
                        Outcome::Fail(Code::IssuerMismatch),
                        format!("{address}: id"),
                    )));
                }
                Err(Useless { code, detail }) => return Ok(Err((Outcome::Unknown(code), detail))),
            }
        }
        _ => return Ok(Err((Outcome::Unknown(Code::IssuerUnsupported), "publicKey".to_owned()))),
    };
    // Listed by the issuer and owned by it: each names the other (OB2-KEY-3, OB2-SIGN-10).
    let owner = document.get("owner").and_then(id_of);
    if owner != Some(issuer_id) && !(is_embedded && owner.is_none()) {
        let owner = owner.unwrap_or("owner").to_owned();
        return Ok(Err((Outcome::Fail(Code::IssuerNotKeyController), owner)));
    }
    if document.get("revoked").is_some_and(|revoked| *revoked != Value::Bool(false)) {
        return Ok(Err((Outcome::Fail(Code::KeyRevoked), "revoked".to_owned())));
    }
    let pem = text(&document, "publicKeyPem").unwrap_or_default();
    Ok(PublicKey::from_pem(pem).map_err(|error| {
        let outcome = match error {
            KeyError::UnknownType => Outcome::Unknown(Code::ProofUnsupported),
            KeyError::SecretMember => Outcome::Fail(Code::TokenHoldsSecret),
            _ => Outcome::Fail(Code::KeyNotListed),
        };
        (outcome, error.to_string())
    }))
}

fn conclude(
    run: &mut Run<'_>,
    cluster: &Cluster,
    id: &Iri,
    assured: Assured,
    found_in: &'static str,
) -> Result<Option<Facts>, Waiting> {
    let Cluster { assertion, class, profile } = cluster;
    let subject = id.as_str();
    for missing in hosted::missing_members(cluster) {
        run.found(None, Outcome::Fail(Code::ShapeBroken), subject, Some(missing.to_owned()));
    }
    let (outcome, list, reason) = withdrawal(run, assertion, profile)?;
    run.found(Question::NotWithdrawn, outcome, list.as_deref().unwrap_or(subject), reason.clone());
    // An end in another form than a text is no text that names a moment; it is not "no end".
    let until = assertion.get("expires").map(|end| end.as_str().unwrap_or_default());
    let from = text(assertion, "issuedOn");
    let in_date = dates::judge(from, until, run.now, assured);
    run.found(Question::InDate, in_date, subject, until.or(from).map(str::to_owned));
    let person = recipient::of_assertion(assertion, run.policy.recipient.as_deref(), assured);
    run.found(Question::Recipient, person, subject, None);
    let mut said = summary::of_assertion(assertion, class, profile, found_in);
    if outcome == Outcome::Fail(Code::Revoked) {
        said.revocation_reason = reason;
    }
    run.describe(said);
    remarks::on_assertion(run, [assertion, class, profile], subject);
    run.look_later(Endorsable::Assertion(Box::new([
        assertion.clone(),
        class.clone(),
        profile.clone(),
    ])));
    Ok(Some(hosted::facts(cluster, text(profile, "id").unwrap_or_default())))
}

type Withdrawal = (Outcome, Option<String>, Option<String>);

/// Whether the issuer's list withdraws the assertion; beside it the list, and the reason it gives.
///
/// Spec: OB2-SIGN-9, OB2-RL-3 to OB2-RL-7.
fn withdrawal(
    run: &mut Run<'_>,
    assertion: &Value,
    profile: &Value,
) -> Result<Withdrawal, Waiting> {
    if assertion.get("revoked").is_some_and(|revoked| *revoked != Value::Bool(false)) {
        let reason = text(assertion, "revocationReason").map(str::to_owned);
        return Ok((Outcome::Fail(Code::Revoked), None, reason));
    }
    let Some(link) = profile.get("revocationList") else {
        return Ok((Outcome::Pass(Code::NoStatusDeclared), None, None));
    };
    let Some(list) = id_of(link).and_then(|id| Iri::parse(id).ok()).filter(Iri::is_http) else {
        let broken = Outcome::Unknown(Code::StatusListBroken);
        return Ok((broken, None, Some("revocationList".to_owned())));
    };
    let named = Some(list.to_string());
    Ok(match revocation_list::look_up(run, &list, assertion, profile)? {
        Ok(Listed::Revoked(reason)) => (Outcome::Fail(Code::Revoked), named, reason),
        Ok(Listed::NotRevoked | Listed::Absent) => (Outcome::Pass(Code::NotWithdrawn), named, None),
        Err((code, detail)) => (Outcome::Unknown(code), named, Some(detail)),
    })
}
