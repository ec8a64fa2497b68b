//! What do others say of the badge, and do they really?
//!
//! Each endorsement is a credential or an assertion of its own, with its own issuer, proof, dates and status. It is verified
//! by itself and listed by its endorser's domain; it never makes the badge better or worse (OB3-END-10, OB2-END-11).
//! Endorsements inside endorsements are left alone (OB3-END-11).
//!
//! Spec: OB3-END-1..12, OB3-VAL-14, OB2-END-1..11.

use serde_json::Value;

use crate::iri::Iri;
use crate::ob3::shape;

use super::super::code::Code;
use super::super::input::Record;
use super::super::policy::ENDORSEMENTS_MAX;
use super::super::question::Question;
use super::super::record::Kind;
use super::super::report::{Endorsed, Outcome, answer};
use super::super::run::{Findings, Run, Waiting};
use super::proofs::Secured;
use super::{
    context, dates, enveloped, hosted, id_of, issuer, kind, one_or_many, proofs, recipient, status,
    summary, text,
};

/// An assured badge whose endorsements are still to be looked at.
#[derive(Debug)]
pub(crate) enum Endorsable {
    /// Of Open Badges 3.0.
    Credential(Box<Value>),
    /// Of Open Badges 2.0: assertion, class and profile.
    Assertion(Box<[Value; 3]>),
}

/// What an endorsement may be of, and the ids these have here.
type Targets<'v> = [(&'static str, Option<&'v str>); 3];

/// Verifies the endorsements of every badge of the input, once the badges themselves need nothing more: endorsements come
/// last, so that they never use up the documents a badge needs.
pub(crate) fn check(run: &mut Run<'_>) -> Result<(), Waiting> {
    let mut waiting = Ok(());
    for badge in run.looked_later() {
        let checked = match &badge {
            Endorsable::Credential(badge) => of_credential(run, badge),
            Endorsable::Assertion(parts) => of_assertion(run, parts),
        };
        waiting = waiting.and(checked);
    }
    waiting
}

/// Judges an endorsement of Open Badges 2.0 that was handed in by itself: read again at its address, as assertions are.
///
/// Spec: OB2-END-1 to OB2-END-9, OB2-HOST-1.
pub(crate) fn alone(run: &mut Run<'_>, record: &Record) -> Result<(), Waiting> {
    let presented = &record.value;
    let id = text(presented, "id").and_then(|id| Iri::parse(id).ok()).filter(Iri::is_http);
    let Some(id) = id else {
        run.found(None, Outcome::Fail(Code::ShapeBroken), record.found_in, Some("id".to_owned()));
        return Ok(());
    };
    kind::remark(run, Kind::Endorsement, id.as_str());
    let Some(hosted) = hosted::endorsement(run, &id)? else { return Ok(()) };
    let differs =
        |claim: &&str| presented.get(claim).is_some_and(|it| hosted.get(claim) != Some(it));
    let differing: Vec<&str> = ["claim", "issuedOn"].into_iter().filter(differs).collect();
    if !differing.is_empty() {
        let outcome = Outcome::Fail(Code::HostedCopyDiffers);
        run.found(Question::Unaltered, outcome, id.as_str(), Some(differing.join(", ")));
    }
    let person = recipient::of_nobody(run.policy.recipient.as_deref());
    run.found(Question::Recipient, person, id.as_str(), None);
    run.describe(summary::of_endorsement(&hosted, record.found_in));
    Ok(())
}

/// Verifies the endorsements inside an assured credential of Open Badges 3.0.
fn of_credential(run: &mut Run<'_>, badge: &Value) -> Result<(), Waiting> {
    let achievement = badge.pointer("/credentialSubject/achievement");
    let issuer = badge.get("issuer");
    let targets: Targets<'_> = [
        ("badge", text(badge, "id")),
        ("class", achievement.and_then(|achievement| text(achievement, "id"))),
        ("issuer", issuer.and_then(id_of)),
    ];
    let carriers = [Some(badge), achievement, issuer].into_iter().flatten();
    let inside = carriers.flat_map(|carrier| {
        let tokens = one_or_many(carrier, "endorsementJwt");
        one_or_many(carrier, "endorsement").into_iter().chain(tokens)
    });
    let all: Vec<&Value> = inside.collect();
    each(run, &all, &targets, |run, endorsement| match endorsement.as_str() {
        Some(token) => in_token(run, token),
        None => embedded(run, endorsement),
    })
}

/// Verifies the endorsements that an assertion of Open Badges 2.0, its class and its issuer list.
fn of_assertion(
    run: &mut Run<'_>,
    [assertion, class, profile]: &[Value; 3],
) -> Result<(), Waiting> {
    let targets: Targets<'_> = [
        ("badge", text(assertion, "id")),
        ("class", text(class, "id")),
        ("issuer", text(profile, "id")),
    ];
    let carriers = [assertion, class, profile].into_iter();
    let all: Vec<&Value> =
        carriers.flat_map(|carrier| one_or_many(carrier, "endorsement")).collect();
    each(run, &all, &targets, |run, endorsement| {
        match id_of(endorsement).and_then(|id| Iri::parse(id).ok()).filter(Iri::is_http) {
            Some(id) => hosted::endorsement(run, &id),
            None => {
                let outcome = Outcome::Unknown(Code::FormUnsupported);
                run.found(Question::Unaltered, outcome, "endorsement", Some("id".to_owned()));
                Ok(None)
            }
        }
    })
}

/// Verifies each endorsement by itself; all are looked at before waiting, so that one round fetches for all.
fn each(
    run: &mut Run<'_>,
    endorsements: &[&Value],
    targets: &Targets<'_>,
    judge: impl Fn(&mut Run<'_>, &Value) -> Result<Option<Value>, Waiting>,
) -> Result<(), Waiting> {
    let mut waiting = Ok(());
    for endorsement in endorsements.iter().take(ENDORSEMENTS_MAX) {
        let (judged, findings) = run.aside(|run| judge(run, endorsement));
        match judged {
            Ok(assured) => {
                let endorsed = conclude(endorsement, assured.as_ref(), findings, targets);
                run.endorsed(endorsed);
            }
            Err(Waiting) => waiting = Err(Waiting),
        }
    }
    if endorsements.len() > ENDORSEMENTS_MAX {
        let count = endorsements.len().saturating_sub(ENDORSEMENTS_MAX);
        run.note(Code::EndorsementsLeftOut, "endorsement", Some(count.to_string()));
    }
    waiting
}

/// Judges an endorsement inside a credential, exactly as it is embedded; its assured content comes back.
///
/// Spec: OB3-END-8, OB3-END-11.
fn embedded(run: &mut Run<'_>, endorsement: &Value) -> Result<Option<Value>, Waiting> {
    let subject = text(endorsement, "id").unwrap_or("endorsement").to_owned();
    if !words_are_known(run, endorsement, &subject) {
        return Ok(None);
    }
    if endorsement.get("proof").is_some() {
        status::want_first_lists(run, endorsement);
    }
    match proofs::check(run, endorsement.clone(), &subject)? {
        Some(secured) => assured(run, secured, &subject),
        None => Ok(None),
    }
}

/// Judges an endorsement in a token (OB3-AC-13).
fn in_token(run: &mut Run<'_>, token: &str) -> Result<Option<Value>, Waiting> {
    let subject = "endorsementJwt";
    let examined = enveloped::examine(run, token, subject)?;
    let Some(secured) = examined.tell(run) else { return Ok(None) };
    issuer::name(run, &secured.issuer);
    if !words_are_known(run, &secured.content, subject) {
        return Ok(None);
    }
    assured(run, secured, subject)
}

fn words_are_known(run: &mut Run<'_>, endorsement: &Value, subject: &str) -> bool {
    let words = context::of_credential(endorsement);
    let are_known = matches!(words, Outcome::Pass(_));
    if !are_known {
        run.found(Question::Unaltered, words, subject, None);
    }
    are_known
}

/// Judges form, dates and status of an endorsement that is its endorser's own.
fn assured(run: &mut Run<'_>, secured: Secured, subject: &str) -> Result<Option<Value>, Waiting> {
    let mut violations = shape::of_endorsement(&secured.content);
    violations.retain(|violation| !violation.is_tolerable());
    if let Some(violation) = violations.first() {
        let detail = Some(violation.to_string());
        run.found(Question::Unaltered, Outcome::Fail(Code::ShapeBroken), subject, detail);
        return Ok(None);
    }
    let (in_date, date) = dates::of_badge(&secured.content, run.now, secured.assured);
    run.found(Question::InDate, in_date, subject, date.map(str::to_owned));
    status::check(run, &secured, subject)?;
    Ok(Some(secured.content))
}

/// Puts together what was found of one endorsement. Its words are shown only when they are its endorser's.
fn conclude(
    presented: &Value,
    assured: Option<&Value>,
    findings: Findings,
    targets: &Targets<'_>,
) -> Endorsed {
    let asked = [Question::Issuer, Question::Unaltered, Question::InDate, Question::NotWithdrawn];
    let answers = asked.map(|question| answer(question, &findings.checks));
    let others = findings.checks.iter().filter(|check| check.question.is_none());
    let decisive = answers
        .into_iter()
        .chain(others.map(|check| check.outcome))
        // What was not reached is a consequence; the reason is what stopped the check.
        .filter(|outcome| outcome.code() != Code::NotReached)
        .reduce(Outcome::worse)
        .unwrap_or(Outcome::Unknown(Code::NotReached));
    let about = assured.map(about).unwrap_or_else(|| about(presented));
    let of = targets.iter().find(|(_, id)| id.is_some() && *id == about).map(|(name, _)| *name);
    let holds = matches!(decisive, Outcome::Pass(_)) && assured.is_some();
    let outcome = match decisive {
        _ if holds && of.is_none() => Outcome::Fail(Code::EndorsementOfAnother),
        _ if holds => Outcome::Pass(Code::EndorsementHolds),
        Outcome::Fail(_) => Outcome::Fail(Code::EndorsementFails),
        Outcome::Pass(_) | Outcome::Unknown(_) => Outcome::Unknown(Code::EndorsementUndecided),
    };
    let deciding = findings.checks.into_iter().find(|check| check.outcome == decisive);
    let holding = assured.filter(|_| matches!(outcome, Outcome::Pass(_)));
    Endorsed {
        id: id_of(assured.unwrap_or(presented)).map(str::to_owned),
        of: of.unwrap_or("other"),
        endorser: findings.issuer,
        name: holding
            .and_then(|one| one.get("issuer").and_then(|issuer| summary::words(issuer, "name"))),
        comment: holding.and_then(|one| {
            let says = one.get("credentialSubject").or_else(|| one.get("claim"))?;
            summary::words(says, "endorsementComment")
        }),
        outcome,
        reason: (!matches!(outcome, Outcome::Pass(_)) && !holds).then(|| decisive.code()),
        detail: if holds {
            about.map(str::to_owned).filter(|_| of.is_none())
        } else {
            deciding.and_then(|check| check.detail)
        },
    }
}

/// What an endorsement says it is about: `credentialSubject` in 3.0, `claim` in 2.0, which some write as a bare id.
fn about(endorsement: &Value) -> Option<&str> {
    endorsement.get("credentialSubject").or_else(|| endorsement.get("claim")).and_then(id_of)
}
