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
        (Some(token), _) => newer_token(run, token, &secured.content)?,
        (None, Ok(newer)) => newer_copy(run, &newer, &secured.content)?,
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
pub(crate) fn at_own_address(run: &mut Run<'_>, badge: &Value) -> Result<(), Waiting> {
    let id = text(badge, "id").and_then(|id| Iri::parse(id).ok());
    let issuer = badge.get("issuer").and_then(id_of).unwrap_or_default();
    let Some(address) = id.filter(|id| issuer::is_host_of(issuer, id)) else { return Ok(()) };
    let Ok(hosted) = run.json(&address)? else { return Ok(()) };
    if hosted == *badge {
        return Ok(());
    }
    if let Ok(newer) = newer_copy(run, &hosted, badge)? {
        let from = text(&newer.content, "validFrom").map(str::to_owned);
        run.note(Code::FreshCopy, address.as_str(), from);
    }
    Ok(())
}

/// The content of `candidate`, if it holds as a newer copy of `badge`; or which of its members stood in the way.
fn newer_copy(
    run: &mut Run<'_>,
    candidate: &Value,
    badge: &Value,
) -> Result<Result<Secured, &'static str>, Waiting> {
    // Asked first: the keys of a stranger's badge are not worth a fetch.
    if let Err(member) = is_same(candidate, badge) {
        return Ok(Err(member));
    }
    let subject = text(candidate, "id").unwrap_or_default();
    let examined = proofs::examine(run, candidate, subject)?;
    Ok(examined.secured.ok_or("proof").and_then(|secured| is_newer(secured, badge)))
}

/// The same for a copy in a token (OB3-RF-1).
fn newer_token(
    run: &mut Run<'_>,
    token: &str,
    badge: &Value,
) -> Result<Result<Secured, &'static str>, Waiting> {
    let examined = enveloped::examine(run, token, "refreshService")?;
    Ok(examined.secured.ok_or("proof").and_then(|secured| {
        is_same(&secured.content, badge)?;
        is_newer(secured, badge)
    }))
}

/// Whether a copy is of the same badge, by the same issuer, in words that are known.
fn is_same(candidate: &Value, badge: &Value) -> Result<(), &'static str> {
    let issuer = |of: &Value| of.get("issuer").and_then(id_of).map(str::to_owned);
    let kind = kind::of(badge).filter(|kind| kind::of(candidate) == Some(*kind)).ok_or("type")?;
    if !matches!(kind::words(candidate, kind), Outcome::Pass(_)) {
        return Err("@context");
    }
    if text(candidate, "id") != text(badge, "id") {
        return Err("id");
    }
    if issuer(candidate) != issuer(badge) { Err("issuer") } else { Ok(()) }
}

/// Hands an assured copy back if it has the form of one and is not older.
fn is_newer(secured: Secured, badge: &Value) -> Result<Secured, &'static str> {
    let moment = |of: &Value| {
        let written = text(of, "validFrom").or_else(|| text(of, "issuanceDate"));
        written.and_then(|written| Timestamp::parse(written).ok())
    };
    let kind = kind::of(&secured.content).ok_or("type")?;
    if kind::violations(&secured.content, kind).iter().any(|one| !one.is_tolerable()) {
        return Err("form");
    }
    if moment(&secured.content) < moment(badge) { Err("validFrom") } else { Ok(secured) }
}

fn token(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().map(str::trim_ascii).filter(|text| looks_like_token(text))
}
