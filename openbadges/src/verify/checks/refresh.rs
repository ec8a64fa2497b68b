//! Is there a newer copy?
//!
//! Two ways to one: the refresh service a badge names, asked once; and, for a badge whose key was compromised, its own
//! address, where its issuer may have put one that was signed anew. A newer copy has the same id and issuer, holds by
//! itself, and is not older.
//!
//! Spec: OB3-VAL-11, OB3-RF-1, OB3-EQ-1.

use serde_json::Value;

use crate::iri::Iri;
use crate::json;
use crate::time::Timestamp;

use super::super::code::Code;
use super::super::input::looks_like_token;
use super::super::policy::Refresh;
use super::super::record::Kind;
use super::super::report::Outcome;
use super::super::run::{Run, Waiting};
use super::proofs::Secured;
use super::{enveloped, has_type, id_of, issuer, kind, one_or_many, proofs, text};

const SERVICE_TYPE: &str = "1EdTechCredentialRefresh";

/// Asks the refresh service of an assured badge; the newer copy comes back, if there is one that holds.
pub(crate) fn from_service(
    run: &mut Run<'_>,
    secured: &Secured,
) -> Result<Option<Secured>, Waiting> {
    let services = one_or_many(&secured.content, "refreshService");
    let Some(service) = services.first() else { return Ok(None) };
    let address = text(service, "id").and_then(|id| Iri::parse(id).ok());
    let address = address.filter(|address| address.scheme() == "https");
    let subject = text(service, "id").unwrap_or("refreshService");
    let not_used = |run: &mut Run<'_>, why: &str| {
        run.note(Code::RefreshNotUsed, subject, Some(why.to_owned()));
        Ok(None)
    };
    let Some(address) = address.filter(|_| has_type(service, SERVICE_TYPE)) else {
        return not_used(run, "type");
    };
    if run.policy.refresh == Refresh::Never {
        return not_used(run, "policy");
    }
    let body = match run.body(&address)? {
        Ok(body) if body.status == 200 => body,
        Ok(body) => return not_used(run, &format!("HTTP {}", body.status)),
        Err(useless) => return not_used(run, &useless.detail),
    };
    let newer = match (token(&body.bytes), json::parse(&body.bytes)) {
        (Some(token), _) => newer_token(run, token, &Held::of(&secured.content))?,
        (None, Ok(newer)) => newer_copy(run, newer, &Held::of(&secured.content))?,
        (None, Err(error)) => return not_used(run, &error.to_string()),
    };
    match newer {
        Ok(newer) => {
            run.note(
                Code::Refreshed,
                subject,
                text(&newer.content, "validFrom").map(str::to_owned),
            );
            Ok(Some(newer))
        }
        Err(why) => not_used(run, why),
    }
}

/// Looks at the address of a badge whose key its issuer declared compromised, and says where a fresh copy is.
pub(crate) fn at_own_address(run: &mut Run<'_>, held: &Held) -> Result<(), Waiting> {
    let id = held.id.as_deref().and_then(|id| Iri::parse(id).ok());
    let issuer = held.issuer.as_deref().unwrap_or_default();
    let Some(address) = id.filter(|id| issuer::is_host_of(issuer, id)) else { return Ok(()) };
    let Ok(hosted) = run.json(&address)? else { return Ok(()) };
    if let Ok(newer) = newer_copy(run, hosted, held)? {
        let from = text(&newer.content, "validFrom").map(str::to_owned);
        run.note(Code::FreshCopy, address.as_str(), from);
    }
    Ok(())
}

/// What a copy of a badge is compared with.
#[derive(Debug)]
pub(crate) struct Held {
    kind: Option<Kind>,
    id: Option<String>,
    issuer: Option<String>,
    from: Option<Timestamp>,
}

impl Held {
    pub(crate) fn of(badge: &Value) -> Self {
        let from = text(badge, "validFrom").or_else(|| text(badge, "issuanceDate"));
        Self {
            kind: kind::of(badge),
            id: text(badge, "id").map(str::to_owned),
            issuer: badge.get("issuer").and_then(id_of).map(str::to_owned),
            from: from.and_then(|written| Timestamp::parse(written).ok()),
        }
    }
}

/// The content of `candidate`, if it holds as a newer copy of `held`; or which of its members stood in the way.
fn newer_copy(
    run: &mut Run<'_>,
    candidate: Value,
    held: &Held,
) -> Result<Result<Secured, &'static str>, Waiting> {
    // Asked first: the keys of a stranger's badge are not worth a fetch.
    if let Err(member) = is_same(&candidate, held) {
        return Ok(Err(member));
    }
    let examined = proofs::examine(run, candidate, held.id.as_deref().unwrap_or_default())?;
    Ok(examined.secured.ok_or("proof").and_then(|secured| is_newer(secured, held)))
}

/// The same for a copy in a token (OB3-RF-1).
fn newer_token(
    run: &mut Run<'_>,
    token: &str,
    held: &Held,
) -> Result<Result<Secured, &'static str>, Waiting> {
    let examined = enveloped::examine(run, token, "refreshService")?;
    Ok(examined.secured.ok_or("proof").and_then(|secured| {
        is_same(&secured.content, held)?;
        is_newer(secured, held)
    }))
}

/// Whether a copy is of the same badge, by the same issuer, in words that are known.
fn is_same(candidate: &Value, held: &Held) -> Result<(), &'static str> {
    let candidate_is = Held::of(candidate);
    let kind = held.kind.filter(|kind| candidate_is.kind == Some(*kind)).ok_or("type")?;
    if !matches!(kind::words(candidate, kind), Outcome::Pass(_)) {
        return Err("@context");
    }
    if candidate_is.id != held.id {
        return Err("id");
    }
    if candidate_is.issuer != held.issuer { Err("issuer") } else { Ok(()) }
}

/// Hands an assured copy back if it has the form of one and is not older.
fn is_newer(secured: Secured, held: &Held) -> Result<Secured, &'static str> {
    let kind = kind::of(&secured.content).ok_or("type")?;
    if kind::violations(&secured.content, kind).iter().any(|one| !one.is_tolerable()) {
        return Err("form");
    }
    if Held::of(&secured.content).from < held.from { Err("validFrom") } else { Ok(secured) }
}

fn token(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().map(str::trim_ascii).filter(|text| looks_like_token(text))
}
