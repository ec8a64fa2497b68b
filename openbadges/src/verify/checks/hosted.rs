//! A hosted badge of Open Badges 2.0: what counts is what its issuer publishes, read again from there.
//!
//! Spec: OB2-HOST-1..12, OB2-REV-1..3, OB2-STAT-1..2.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::iri::Iri;
use crate::time::Timestamp;

use super::super::code::Code;
use super::super::input::Record;
use super::super::report::{Outcome, Question, Summary};
use super::super::run::{Run, Useless, Waiting, host};
use super::agreement::Facts;
use super::{Assured, dates, has_type, id_of, issuer, one_or_many, recipient, text};

/// Members whose presented value must be the hosted one: they say who, what and until when.
const CLAIMS: [&str; 4] = ["recipient", "badge", "issuedOn", "expires"];

/// Notes that an address answered 410: withdrawn, whatever the body (OB2-HOST-3).
pub(crate) fn gone(run: &mut Run<'_>, address: &Iri) -> Result<(), Waiting> {
    let detail = Some("HTTP 410".to_owned());
    run.found(Question::NotWithdrawn, Outcome::Fail(Code::Revoked), address.as_str(), detail);
    Ok(())
}

/// Runs every check of an OB 2.0 badge; what its host assures comes back for comparison.
pub(crate) fn check(run: &mut Run<'_>, record: &Record) -> Result<Option<Facts>, Waiting> {
    let presented = &record.value;
    let verification = presented.get("verification").or_else(|| presented.get("verify"));
    let is =
        |names: [&str; 2]| verification.is_some_and(|v| names.iter().any(|name| has_type(v, name)));
    let revoked_stub = presented.get("revoked") == Some(&Value::Bool(true));
    if is(["SignedBadge", "signed"]) {
        run.found(None, Outcome::Unknown(Code::FormUnsupported), record.found_in, None);
        return Ok(None);
    }
    if !is(["HostedBadge", "hosted"]) && !revoked_stub {
        let detail = Some("verification".to_owned());
        run.found(None, Outcome::Fail(Code::ShapeBroken), record.found_in, detail);
        return Ok(None);
    }
    let id = text(presented, "id").and_then(|id| Iri::parse(id).ok()).filter(Iri::is_http);
    let Some(id) = id else {
        run.found(None, Outcome::Fail(Code::ShapeBroken), record.found_in, Some("id".to_owned()));
        return Ok(None);
    };
    let Some(assertion) = assertion(run, &id, record)? else { return Ok(None) };
    let Some(cluster) = cluster(run, assertion, &id)? else { return Ok(None) };
    Ok(conclude(run, &cluster, &id, record))
}

/// The assertion as its host publishes it; nothing when it is withdrawn or cannot be had.
fn assertion(run: &mut Run<'_>, id: &Iri, record: &Record) -> Result<Option<Value>, Waiting> {
    match run.body(id)? {
        Ok(body) if body.status == 410 => {
            gone(run, id)?;
            return Ok(None);
        }
        Ok(_) => {}
        Err(useless) => {
            unavailable(run, id, useless);
            return Ok(None);
        }
    }
    let hosted = match run.json(id)? {
        Ok(hosted) => hosted,
        Err(useless) => {
            unavailable(run, id, useless);
            return Ok(None);
        }
    };
    let subject = id.as_str();
    if text(&hosted, "id") != Some(subject) {
        run.found(
            Question::Unaltered,
            Outcome::Fail(Code::ShapeBroken),
            subject,
            Some("id".into()),
        );
        return Ok(None);
    }
    if hosted.get("revoked") == Some(&Value::Bool(true)) {
        let reason = text(&hosted, "revocationReason").map(str::to_owned);
        run.found(Question::NotWithdrawn, Outcome::Fail(Code::Revoked), subject, reason.clone());
        let id = Some(subject.to_owned());
        let found_in = record.found_in;
        run.describe(Summary {
            version: "2.0",
            found_in,
            id,
            revocation_reason: reason,
            ..Summary::default()
        });
        return Ok(None);
    }
    let differing: Vec<&str> =
        CLAIMS.into_iter().filter(|claim| presented_differs(record, &hosted, claim)).collect();
    if !differing.is_empty() {
        let outcome = Outcome::Fail(Code::HostedCopyDiffers);
        run.found(Question::Unaltered, outcome, subject, Some(differing.join(", ")));
    }
    Ok(Some(hosted))
}

/// Whether the presented copy makes another claim than the hosted one. A copy that leaves a claim out makes none.
fn presented_differs(record: &Record, hosted: &Value, claim: &str) -> bool {
    match (record.value.get(claim), hosted.get(claim)) {
        (None, _) => false,
        // An embedded class or a bare id name the same thing.
        (Some(mine), Some(theirs)) if claim == "badge" => id_of(mine) != id_of(theirs),
        (mine, theirs) => mine != theirs,
    }
}

fn unavailable(run: &mut Run<'_>, subject: &Iri, Useless { code, detail }: Useless) {
    let subject = subject.as_str();
    run.found(Question::Unaltered, Outcome::Unknown(code), subject, Some(detail.clone()));
    run.found(
        Question::NotWithdrawn,
        Outcome::Unknown(Code::StatusUnavailable),
        subject,
        Some(detail),
    );
}

/// The three linked documents, each read from its own address.
struct Cluster {
    assertion: Value,
    class: Value,
    profile: Value,
}

fn cluster(run: &mut Run<'_>, assertion: Value, id: &Iri) -> Result<Option<Cluster>, Waiting> {
    if !has_type(&assertion, "Assertion") {
        run.found(None, Outcome::Fail(Code::ShapeBroken), id.as_str(), Some("type".into()));
        return Ok(None);
    }
    let Some(class) = linked(run, &assertion, "badge", &["BadgeClass"], id)? else {
        return Ok(None);
    };
    let kinds = ["Issuer", "Profile", "https://w3id.org/openbadges#Issuer"];
    let Some(profile) = linked(run, &class, "issuer", &kinds, id)? else { return Ok(None) };
    Ok(Some(Cluster { assertion, class, profile }))
}

/// Follows a link to an object of one of the types `kinds`. An embedded copy with an address is read again from there.
fn linked(
    run: &mut Run<'_>,
    from: &Value,
    member: &str,
    kinds: &[&str],
    subject: &Iri,
) -> Result<Option<Value>, Waiting> {
    let link = from.get(member);
    let address = link.and_then(id_of).and_then(|id| Iri::parse(id).ok()).filter(Iri::is_http);
    let target = match (address, link) {
        (Some(address), _) => match run.json(&address)? {
            Ok(target) if text(&target, "id") == Some(address.as_str()) => target,
            Ok(_) => {
                let detail = Some(format!("{address}: id"));
                run.found(None, Outcome::Fail(Code::ShapeBroken), subject.as_str(), detail);
                return Ok(None);
            }
            Err(Useless { code, detail }) => {
                run.found(Question::Issuer, Outcome::Unknown(code), address.as_str(), Some(detail));
                return Ok(None);
            }
        },
        // A class of a signed badge may be embedded under a `urn:`; an issuer may not (OB2-SIGN-11, OB2-OV-17).
        (None, Some(Value::Object(_))) if member == "badge" => link.cloned().unwrap_or_default(),
        _ => {
            run.found(
                None,
                Outcome::Fail(Code::ShapeBroken),
                subject.as_str(),
                Some(member.to_owned()),
            );
            return Ok(None);
        }
    };
    if !kinds.iter().any(|kind| has_type(&target, kind)) {
        let detail = Some(format!("{member}.type"));
        run.found(None, Outcome::Fail(Code::ShapeBroken), subject.as_str(), detail);
        return Ok(None);
    }
    Ok(Some(target))
}

fn conclude(run: &mut Run<'_>, cluster: &Cluster, id: &Iri, record: &Record) -> Option<Facts> {
    let Cluster { assertion, class, profile } = cluster;
    let subject = id.as_str();
    for missing in missing_members(cluster) {
        run.found(None, Outcome::Fail(Code::ShapeBroken), subject, Some(missing.to_owned()));
    }
    let issuer_id = text(profile, "id").unwrap_or_default();
    run.name_issuer(issuer::describe(issuer_id));
    let scope = in_scope(cluster, id);
    run.found(Question::Issuer, scope, issuer_id, None);
    if !matches!(scope, Outcome::Pass(_)) {
        return None;
    }
    let assured = Assured::by_host(scope)?;
    run.found(Question::Unaltered, Outcome::Pass(Code::HostedCopyRead), subject, None);
    run.found(Question::NotWithdrawn, Outcome::Pass(Code::StillPublished), subject, None);
    let (from, until) = (text(assertion, "issuedOn"), text(assertion, "expires"));
    let in_date = dates::judge(from, until, run.now, assured);
    run.found(Question::InDate, in_date, subject, until.or(from).map(str::to_owned));
    let person = recipient::of_assertion(assertion, run.policy.recipient.as_deref(), assured);
    run.found(Question::Recipient, person, subject, None);
    let owned = |value: Option<&str>| value.map(str::to_owned);
    run.describe(Summary {
        version: "2.0",
        found_in: record.found_in,
        id: Some(subject.to_owned()),
        name: owned(text(class, "name")),
        issuer_name: owned(text(profile, "name")),
        awarded: owned(from),
        expires: owned(until),
        revocation_reason: None,
    });
    Some(facts(assertion, issuer_id))
}

impl Assured {
    fn by_host(scope: Outcome) -> Option<Self> {
        (scope == Outcome::Pass(Code::IssuerHostsBadge)).then_some(Self(()))
    }
}

/// Members the standard demands that are not there (OB2-ASN, OB2-BC, OB2-PROF).
fn missing_members(cluster: &Cluster) -> Vec<&'static str> {
    let Cluster { assertion, class, profile } = cluster;
    let recipient_complete = assertion.get("recipient").is_some_and(|recipient| {
        text(recipient, "type").is_some()
            && text(recipient, "identity").is_some()
            && recipient.get("hashed").is_some_and(Value::is_boolean)
    });
    let present =
        |object: &Value, member: &str| object.get(member).is_some_and(|value| !value.is_null());
    [
        ("recipient", recipient_complete),
        ("issuedOn", text(assertion, "issuedOn").is_some()),
        ("badge.name", text(class, "name").is_some()),
        ("badge.description", text(class, "description").is_some()),
        ("badge.image", present(class, "image")),
        ("badge.criteria", present(class, "criteria")),
        ("issuer.name", text(profile, "name").is_some()),
        ("issuer.url", text(profile, "url").is_some()),
        ("issuer.email", text(profile, "email").is_some()),
    ]
    .into_iter()
    .filter_map(|(name, there)| (!there).then_some(name))
    .collect()
}

/// Whether the assertion is published where its issuer says its badges are.
///
/// Spec: OB2-HOST-6..11: `startsWith` and `allowedOrigins` both hold when given; the default origin rule stays beside a
/// lone `startsWith`.
fn in_scope(cluster: &Cluster, id: &Iri) -> Outcome {
    let Cluster { class, profile, .. } = cluster;
    let out = Outcome::Fail(Code::IssuerOutOfScope);
    let profile_host =
        text(profile, "id").and_then(|id| Iri::parse(id).ok()).and_then(|id| host(&id));
    let (Some(profile_host), Some(assertion_host)) = (profile_host, host(id)) else { return out };
    let scope = profile.get("verification");
    let prefixes = scope.map(|scope| one_or_many(scope, "startsWith")).unwrap_or_default();
    let origins = scope.map(|scope| one_or_many(scope, "allowedOrigins")).unwrap_or_default();
    let begins = |prefix: &&Value| prefix.as_str().is_some_and(|prefix| starts_with(id, prefix));
    if !prefixes.is_empty() && !prefixes.iter().any(begins) {
        return out;
    }
    if !origins.is_empty() {
        let named = assertion_host.split("://").nth(1).unwrap_or_default();
        let allowed =
            |origin: &&Value| origin.as_str().is_some_and(|o| o.eq_ignore_ascii_case(named));
        return if origins.iter().any(allowed) {
            Outcome::Pass(Code::IssuerHostsBadge)
        } else {
            out
        };
    }
    let class_host = text(class, "id").and_then(|id| Iri::parse(id).ok()).and_then(|id| host(&id));
    let same =
        assertion_host == profile_host && class_host.is_none_or(|class| class == profile_host);
    if same { Outcome::Pass(Code::IssuerHostsBadge) } else { out }
}

/// Whether `id` begins with `prefix`, compared so that `https://a.example` does not open `https://a.example.evil`.
fn starts_with(id: &Iri, prefix: &str) -> bool {
    let Ok(parsed) = Iri::parse(prefix) else { return false };
    if host(&parsed) != host(id) {
        return false;
    }
    let has_path = prefix.split("://").nth(1).is_some_and(|rest| rest.contains('/'));
    let whole = if has_path { prefix.to_owned() } else { format!("{prefix}/") };
    id.as_str().starts_with(&whole)
}

fn facts(assertion: &Value, issuer_id: &str) -> Facts {
    let moment =
        |member| text(assertion, member).and_then(|written| Timestamp::parse(written).ok());
    let recipient = assertion.get("recipient");
    let part = |member| recipient.and_then(|r| text(r, member)).unwrap_or_default().to_owned();
    let hashed = recipient.and_then(|r| r.get("hashed")).and_then(Value::as_bool).unwrap_or(false);
    let identity = if hashed { part("identity").to_ascii_lowercase() } else { part("identity") };
    Facts {
        issuer_host: issuer::describe(issuer_id).host,
        recipients: BTreeSet::from([(identity, part("salt"))]),
        awarded: moment("issuedOn"),
        until: moment("expires"),
    }
}
