//! A hosted badge of Open Badges 2.0: what counts is what its issuer publishes, read again from there.
//!
//! Spec: OB2-HOST-1..12, OB2-REV-1..3, OB2-STAT-1..2.

use std::collections::BTreeSet;

use serde_json::Value;
use url::Url;

use crate::iri::Iri;
use crate::time::Timestamp;

use super::super::code::Code;
use super::super::input::{Generation, Record, generation};
use super::super::question::Question;
use super::super::record::Summary;
use super::super::report::Outcome;
use super::super::run::{Run, Useless, Waiting, host, is_same_or_secure};
use super::agreement::Facts;
use super::endorsements::Endorsable;
use super::revocation_list::{self, Listed};
use super::{
    Assured, dates, has_type, id_of, issuer, one_or_many, recipient, remarks, summary, text,
};

const PROFILE_TYPES: [&str; 3] = ["Issuer", "Profile", "https://w3id.org/openbadges#Issuer"];

/// What belongs to a badge and is none.
const OTHER_CLASSES: [&str; 5] =
    ["BadgeClass", "Issuer", "Profile", "RevocationList", "CryptographicKey"];

/// Members whose presented value must be the hosted one: they say who, what and until when.
const CLAIMS: [&str; 4] = ["recipient", "badge", "issuedOn", "expires"];

/// Notes that an address answered 410: withdrawn, whatever the body (OB2-HOST-3).
pub(crate) fn gone(run: &mut Run<'_>, address: &Iri) {
    let detail = Some("HTTP 410".to_owned());
    run.found(Question::NotWithdrawn, Outcome::Fail(Code::Revoked), address.as_str(), detail);
}

/// Runs every check of an OB 2.0 badge; what its host assures comes back for comparison.
pub(crate) fn check(run: &mut Run<'_>, record: &Record) -> Result<Option<Facts>, Waiting> {
    let presented = &record.value;
    if !has_type(presented, "Assertion") && OTHER_CLASSES.iter().any(|it| has_type(presented, it)) {
        run.found(None, Outcome::Unknown(Code::TypeUnknown), record.found_in, None);
        return Ok(None);
    }
    let is_stub = presented.get("revoked") == Some(&Value::Bool(true));
    if !is_stub && let Err(outcome) = is_hosted(presented) {
        run.found(None, outcome, record.found_in, Some("verification".to_owned()));
        return Ok(None);
    }
    let id = text(presented, "id").and_then(|id| Iri::parse(id).ok()).filter(Iri::is_http);
    let Some(id) = id else {
        run.found(None, Outcome::Fail(Code::ShapeBroken), record.found_in, Some("id".to_owned()));
        return Ok(None);
    };
    let Some(hosted) = published(run, &id)? else { return Ok(None) };
    if !is_in_force(run, &hosted, &id, record) {
        return Ok(None);
    }
    let differing: Vec<&str> =
        CLAIMS.into_iter().filter(|claim| presented_differs(record, &hosted, claim)).collect();
    if !differing.is_empty() {
        let outcome = Outcome::Fail(Code::HostedCopyDiffers);
        run.found(Question::Unaltered, outcome, id.as_str(), Some(differing.join(", ")));
    }
    let Some(cluster) = cluster(run, hosted, &id)? else { return Ok(None) };
    let Some(facts) = conclude(run, &cluster, &id, record) else { return Ok(None) };
    let Cluster { assertion, class, profile } = &cluster;
    withdrawn_by_list(run, profile, assertion)?;
    remarks::on_assertion(run, [assertion, class, profile], id.as_str());
    run.look_later(Endorsable::Assertion(Box::new([
        assertion.clone(),
        class.clone(),
        profile.clone(),
    ])));
    Ok(Some(facts))
}

/// Whether an assertion says that its host vouches for it. A signed one is vouched for by its signature and withdrawn in
/// its issuer's list, so that its host alone says too little (OB2-SIGN-9).
fn is_hosted(assertion: &Value) -> Result<(), Outcome> {
    let verification = assertion.get("verification").or_else(|| assertion.get("verify"));
    let is =
        |names: [&str; 2]| verification.is_some_and(|v| names.iter().any(|name| has_type(v, name)));
    if is(["SignedBadge", "signed"]) {
        return Err(Outcome::Unknown(Code::SignatureNotGiven));
    }
    if is(["HostedBadge", "hosted"]) { Ok(()) } else { Err(Outcome::Fail(Code::ShapeBroken)) }
}

/// What is published at the assertion's address; nothing when it is gone or cannot be had.
fn published(run: &mut Run<'_>, id: &Iri) -> Result<Option<Value>, Waiting> {
    if let Ok(body) = run.body(id)?
        && body.status == 410
    {
        gone(run, id);
        return Ok(None);
    }
    match run.json(id)? {
        Ok(hosted) => Ok(Some(hosted)),
        Err(useless) => {
            unavailable(run, id, useless);
            Ok(None)
        }
    }
}

/// Whether what is published is a hosted assertion of this id that was not withdrawn.
fn is_in_force(run: &mut Run<'_>, hosted: &Value, id: &Iri, record: &Record) -> bool {
    let subject = id.as_str();
    // Whatever else the body says or leaves out (OB2-HOST-3).
    if hosted.get("revoked") == Some(&Value::Bool(true)) {
        let reason = text(hosted, "revocationReason").map(str::to_owned);
        run.found(Question::NotWithdrawn, Outcome::Fail(Code::Revoked), subject, reason.clone());
        run.describe(Summary {
            version: "2.0",
            found_in: record.found_in,
            id: Some(subject.to_owned()),
            revocation_reason: reason,
            ..Summary::default()
        });
        return false;
    }
    if matches!(generation(hosted), Generation::One) {
        run.found(None, Outcome::Unknown(Code::LegacyVersion), subject, None);
        return false;
    }
    // What only looks like "revoked" is not read as "not revoked".
    let says_revoked = hosted.get("revoked").is_some_and(|it| *it != Value::Bool(false));
    let fault = match is_hosted(hosted) {
        _ if text(hosted, "id") != Some(subject) => Some((Outcome::Fail(Code::ShapeBroken), "id")),
        _ if says_revoked => Some((Outcome::Fail(Code::ShapeBroken), "revoked")),
        Err(outcome) => Some((outcome, "verification")),
        Ok(()) => None,
    };
    if let Some((outcome, member)) = fault {
        run.found(Question::Unaltered, outcome, subject, Some(member.to_owned()));
    }
    fault.is_none()
}

/// Whether the presented copy makes another claim than the hosted one. A copy that leaves a claim out makes none.
fn presented_differs(record: &Record, hosted: &Value, claim: &str) -> bool {
    match (record.value.get(claim), hosted.get(claim)) {
        (None, _) => false,
        // An embedded class or a bare id name the same thing.
        (Some(mine), Some(theirs)) if claim == "badge" => id_of(mine) != id_of(theirs),
        // Hosts have written the same moment in several ways over the years.
        (Some(Value::String(mine)), Some(Value::String(theirs))) if claim != "recipient" => {
            let moment = |text: &str| Timestamp::parse(text).ok();
            mine != theirs && (moment(mine).is_none() || moment(mine) != moment(theirs))
        }
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
pub(crate) struct Cluster {
    pub(crate) assertion: Value,
    pub(crate) class: Value,
    pub(crate) profile: Value,
}

pub(crate) fn cluster(
    run: &mut Run<'_>,
    assertion: Value,
    id: &Iri,
) -> Result<Option<Cluster>, Waiting> {
    if !has_type(&assertion, "Assertion") {
        run.found(None, Outcome::Fail(Code::ShapeBroken), id.as_str(), Some("type".into()));
        return Ok(None);
    }
    let Some(class) = linked(run, &assertion, "badge", &["BadgeClass"], id)? else {
        return Ok(None);
    };
    let Some(profile) = linked(run, &class, "issuer", &PROFILE_TYPES, id)? else { return Ok(None) };
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

/// Judges an endorsement at its own address; its content comes back once its endorser's host assures it. The scope rules
/// are those of assertions, with the endorser's profile (OB2-END-9).
pub(crate) fn endorsement(run: &mut Run<'_>, id: &Iri) -> Result<Option<Value>, Waiting> {
    let subject = id.as_str();
    let Some(mut hosted) = published(run, id)? else { return Ok(None) };
    if hosted.get("revoked") == Some(&Value::Bool(true)) {
        run.found(Question::NotWithdrawn, Outcome::Fail(Code::Revoked), subject, None);
        return Ok(None);
    }
    let says_revoked = hosted.get("revoked").is_some_and(|it| *it != Value::Bool(false));
    let fault = match is_hosted(&hosted) {
        _ if text(&hosted, "id") != Some(subject) => Some((Outcome::Fail(Code::ShapeBroken), "id")),
        _ if !has_type(&hosted, "Endorsement") => Some((Outcome::Fail(Code::ShapeBroken), "type")),
        _ if says_revoked => Some((Outcome::Fail(Code::ShapeBroken), "revoked")),
        Err(outcome) => Some((outcome, "verification")),
        Ok(()) => None,
    };
    if let Some((outcome, member)) = fault {
        run.found(Question::Unaltered, outcome, subject, Some(member.to_owned()));
        return Ok(None);
    }
    let Some(profile) = linked(run, &hosted, "issuer", &PROFILE_TYPES, id)? else {
        return Ok(None);
    };
    issuer::name(run, text(&profile, "id").unwrap_or_default());
    let scope = in_scope(&profile, None, id);
    run.found(Question::Issuer, scope, subject, None);
    let Some(assured) = Assured::by_host(scope) else { return Ok(None) };
    run.found(Question::Unaltered, Outcome::Pass(Code::HostedCopyRead), subject, None);
    run.found(Question::NotWithdrawn, Outcome::Pass(Code::StillPublished), subject, None);
    let from = text(&hosted, "issuedOn");
    let in_date = dates::judge(from, None, run.now, assured);
    run.found(Question::InDate, in_date, subject, from.map(str::to_owned));
    // Its endorser as it was read, in the place of the link.
    hosted.as_object_mut().and_then(|members| members.insert("issuer".to_owned(), profile));
    Ok(Some(hosted))
}

fn conclude(run: &mut Run<'_>, cluster: &Cluster, id: &Iri, record: &Record) -> Option<Facts> {
    let Cluster { assertion, class, profile } = cluster;
    let subject = id.as_str();
    for missing in missing_members(cluster) {
        run.found(None, Outcome::Fail(Code::ShapeBroken), subject, Some(missing.to_owned()));
    }
    let issuer_id = text(profile, "id").unwrap_or_default();
    issuer::name(run, issuer_id);
    let scope = in_scope(profile, Some(class), id);
    run.found(Question::Issuer, scope, issuer_id, None);
    if !matches!(scope, Outcome::Pass(_)) {
        return None;
    }
    let assured = Assured::by_host(scope)?;
    run.found(Question::Unaltered, Outcome::Pass(Code::HostedCopyRead), subject, None);
    run.found(Question::NotWithdrawn, Outcome::Pass(Code::StillPublished), subject, None);
    // An end in another form than a text is no text that names a moment; it is not "no end".
    let until = assertion.get("expires").map(|end| end.as_str().unwrap_or_default());
    let from = text(assertion, "issuedOn");
    let in_date = dates::judge(from, until, run.now, assured);
    run.found(Question::InDate, in_date, subject, until.or(from).map(str::to_owned));
    let person = recipient::of_assertion(assertion, run.policy.recipient.as_deref(), assured);
    run.found(Question::Recipient, person, subject, None);
    run.describe(summary::of_assertion(assertion, class, profile, record.found_in));
    Some(facts(cluster, issuer_id))
}

/// Looks a hosted assertion up in the issuer's revocation list. That list is for signed ones (OB2-RL-5), so that a list
/// which cannot be read leaves the address to decide; but what an issuer lists as withdrawn is withdrawn.
fn withdrawn_by_list(run: &mut Run<'_>, profile: &Value, assertion: &Value) -> Result<(), Waiting> {
    let Some(link) = profile.get("revocationList") else { return Ok(()) };
    let not_read = |run: &mut Run<'_>, why: String| {
        run.note(Code::RevocationListNotRead, id_of(link).unwrap_or("revocationList"), Some(why));
        Ok(())
    };
    let Some(url) = id_of(link).and_then(|url| Iri::parse(url).ok()).filter(Iri::is_http) else {
        return not_read(run, "id".to_owned());
    };
    match revocation_list::look_up(run, &url, assertion, profile)? {
        Ok(Listed::Revoked(reason)) => {
            let outcome = Outcome::Fail(Code::Revoked);
            run.found(Question::NotWithdrawn, outcome, url.as_str(), reason);
            Ok(())
        }
        Ok(Listed::NotRevoked | Listed::Absent) => Ok(()),
        Err((_, why)) => not_read(run, why),
    }
}

impl Assured {
    fn by_host(scope: Outcome) -> Option<Self> {
        (scope == Outcome::Pass(Code::IssuerHostsBadge)).then_some(Self(()))
    }
}

/// Members the standard demands that are not there (OB2-ASN, OB2-BC, OB2-PROF). An issuer without `email` is let pass: the
/// validator of the field never noticed (OB2-OV-12), and nothing we answer rests on it.
pub(crate) fn missing_members(cluster: &Cluster) -> Vec<&'static str> {
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
    ]
    .into_iter()
    .filter_map(|(name, there)| (!there).then_some(name))
    .collect()
}

/// Whether the assertion is published where its issuer says its badges are.
///
/// `startsWith` and `allowedOrigins` both hold when given; the default origin rule stays beside a lone `startsWith`. On a
/// host that everybody shares an origin is nobody's: there, assertion and class lie in the issuer's part of it, unless a
/// `startsWith` names a part itself.
///
/// Spec: OB2-HOST-6..11.
fn in_scope(profile: &Value, class: Option<&Value>, id: &Iri) -> Outcome {
    let out = Outcome::Fail(Code::IssuerOutOfScope);
    let address = |object| text(object, "id").and_then(|id| Iri::parse(id).ok());
    let Some(profile_id) = address(profile) else { return out };
    let (Some(profile_host), Some(assertion_host)) = (host(&profile_id), host(id)) else {
        return out;
    };
    let scope = profile.get("verification");
    let prefixes = scope.map(|scope| one_or_many(scope, "startsWith")).unwrap_or_default();
    let origins = scope.map(|scope| one_or_many(scope, "allowedOrigins")).unwrap_or_default();
    let prefix = prefixes.iter().filter_map(|prefix| prefix.as_str()).find(|p| starts_with(id, p));
    if !prefixes.is_empty() && prefix.is_none() {
        return out;
    }
    let names_part = |prefix: &str| Iri::parse(prefix).is_ok_and(|p| issuer::names_tenant(&p));
    let is_own_part = prefix.is_some_and(names_part) || issuer::is_same_tenant(&profile_id, id);
    let in_scope = if origins.is_empty() {
        let of_profile = |host: &str| is_same_or_secure(host, &profile_host);
        // A class without an address of its own is part of the assertion.
        let class = class.and_then(address).and_then(|id| host(&id).map(|host| (id, host)));
        let class_is_same = class.is_none_or(|(id, host)| {
            of_profile(&host) && (prefix.is_some() || issuer::is_same_tenant(&profile_id, &id))
        });
        of_profile(&assertion_host) && class_is_same
    } else {
        let named = assertion_host.split("://").nth(1).unwrap_or_default();
        let is_it = |origin: &str| origin.eq_ignore_ascii_case(named);
        origins.iter().any(|origin| origin.as_str().is_some_and(is_it))
    };
    if in_scope && is_own_part { Outcome::Pass(Code::IssuerHostsBadge) } else { out }
}

/// Whether `id` begins with `prefix`, both as a reader of URLs sees them: `https://a.example` does not open
/// `https://a.example.evil`, nor `https://a.example/club/` what lies in `/club/../stranger/` (OB2-HOST-9).
fn starts_with(id: &Iri, prefix: &str) -> bool {
    let (Ok(id), Ok(prefix)) = (Url::parse(id.as_str()), Url::parse(prefix)) else { return false };
    // Where a host decodes these, the path leads elsewhere than it says.
    let path = id.path().to_ascii_lowercase();
    let is_plain = !path.contains("%2f") && !path.contains("%5c");
    // An origin without a path is read as its root, with the final slash.
    is_plain && id.as_str().starts_with(prefix.as_str())
}

pub(crate) fn facts(cluster: &Cluster, issuer_id: &str) -> Facts {
    let Cluster { assertion, class, .. } = cluster;
    let moment =
        |member| text(assertion, member).and_then(|written| Timestamp::parse(written).ok());
    let recipient = assertion.get("recipient");
    let part = |member| recipient.and_then(|r| text(r, member)).unwrap_or_default().to_owned();
    let hashed = recipient.and_then(|r| r.get("hashed")).and_then(Value::as_bool).unwrap_or(false);
    let identity = if hashed { part("identity").to_ascii_lowercase() } else { part("identity") };
    Facts {
        name: summary::words(class, "name"),
        issuer_host: issuer::describe(issuer_id).host,
        recipients: BTreeSet::from([(identity, part("salt"))]),
        awarded: moment("issuedOn"),
        until: moment("expires"),
    }
}
