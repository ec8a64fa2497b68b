//! What a signed token says beside the credential in it, and whether both say the same.
//!
//! Open Badges 3.0 and vc-jose-cose differ here: the first copies members of the credential into claims that must be
//! there and agree, the second wants none, and reads `exp` as the end of the signature. `typ` tells which one was meant.
//!
//! Spec: OB3-JWT-4 to OB3-JWT-10, OB3-JWT-13, OB3-JWT-17, CRED-JOSE-1 to CRED-JOSE-5, CRED-JOSE-7, CRED-VCDM-16.

use serde_json::{Map, Value};

use crate::time::Timestamp;

use super::super::code::Code;
use super::super::policy::CLOCK_SKEW_SECONDS;
use super::super::report::Outcome;
use super::{id_of, one_or_many, text};

/// Claims that are about the token, or repeat a member; none of them is a member of a credential.
const REGISTERED: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";

/// The credential inside a token, in the form it would have alone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claimed {
    /// The credential: the payload without registered claims, or what stands in `vc`.
    pub(crate) content: Value,
    /// When the token was made, by its own account.
    pub(crate) made: Option<i64>,
}

/// Why the claims of a token cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) code: Code,
    /// The claim.
    pub(crate) claim: &'static str,
}

impl Refused {
    pub(crate) fn outcome(self) -> Outcome {
        Outcome::Fail(self.code)
    }
}

const fn disagree(claim: &'static str) -> Refused {
    Refused { code: Code::ClaimsDisagree, claim }
}

const fn missing(claim: &'static str) -> Refused {
    Refused { code: Code::ClaimMissing, claim }
}

/// The credential of a payload, where its claims allow one.
pub(crate) fn credential(
    payload: &Value,
    kind: Option<&str>,
    now: Timestamp,
) -> Result<Claimed, Refused> {
    let claims = payload.as_object().ok_or(missing("type"))?;
    let is_jose = is_of_jose(kind);
    let made = moment(claims, "iat")?.or(moment(claims, "nbf")?);
    let made = made.map(floor);
    let content = match claims.get("vc") {
        Some(vc) => of_vc_claim(claims, vc, is_jose)?,
        None => {
            let members = claims.iter().filter(|(name, _)| !REGISTERED.contains(&name.as_str()));
            let content: Map<String, Value> =
                members.map(|(name, value)| (name.clone(), value.clone())).collect();
            Value::Object(content)
        }
    };
    agree_on_names(claims, &content, is_jose)?;
    let content = if is_jose {
        of_the_signature(claims, now)?;
        content
    } else {
        agree_on_dates(claims, content)?
    };
    Ok(Claimed { content, made })
}

/// Whether the token is one of vc-jose-cose, by its `typ` in short or in full.
fn is_of_jose(kind: Option<&str>) -> bool {
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    kind.strip_prefix("application/").unwrap_or(&kind) == "vc+jwt"
}

/// A credential of the data model 1.1 stands in `vc`, and may leave out what the claims say. One of 2.0 never does.
fn of_vc_claim(claims: &Map<String, Value>, vc: &Value, is_jose: bool) -> Result<Value, Refused> {
    let contexts = one_or_many(vc, "@context");
    let is_v1 = contexts.first().and_then(|first| first.as_str()) == Some(CREDENTIALS_V1);
    let mut content = vc.as_object().cloned().unwrap_or_default();
    if is_jose || !is_v1 {
        return Err(Refused { code: Code::ClaimsRefused, claim: "vc" });
    }
    let mut fill = |member: &str, value: Option<Value>| {
        if let Some(value) = value.filter(|_| !content.contains_key(member)) {
            content.insert(member.to_owned(), value);
        }
    };
    fill("issuer", claims.get("iss").cloned());
    fill("id", claims.get("jti").cloned());
    fill("issuanceDate", written(moment(claims, "nbf")?));
    fill("expirationDate", written(moment(claims, "exp")?));
    if let (Some(sub), Some(Value::Object(subject))) =
        (claims.get("sub"), content.get_mut("credentialSubject"))
    {
        subject.entry("id").or_insert_with(|| sub.clone());
    }
    Ok(Value::Object(content))
}

/// `iss`, `jti` and `sub` name what the credential names. Where Open Badges wants them, they are there.
fn agree_on_names(
    claims: &Map<String, Value>,
    content: &Value,
    is_jose: bool,
) -> Result<(), Refused> {
    let issuer = content.get("issuer").and_then(id_of);
    let subject = content.get("credentialSubject").and_then(id_of);
    for (claim, member) in [("iss", issuer), ("jti", text(content, "id")), ("sub", subject)] {
        match claims.get(claim) {
            Some(value) if value.as_str().is_none() || value.as_str() != member => {
                return Err(disagree(claim));
            }
            // A badge may name its recipient by a hash alone; then there is nothing to repeat (OB3-JWT-8).
            None if !(is_jose || claim == "sub" && member.is_none()) => {
                return Err(missing(claim));
            }
            _ => {}
        }
    }
    Ok(())
}

/// `nbf` and `exp` repeat the dates of the credential, to the second (OB3-JWT-17). An end that only `exp` gives is the
/// credential's end (OB3-JWT-13).
fn agree_on_dates(claims: &Map<String, Value>, mut content: Value) -> Result<Value, Refused> {
    let is_v1 = content.get("validFrom").is_none() && content.get("issuanceDate").is_some();
    let (from, until) =
        if is_v1 { ("issuanceDate", "expirationDate") } else { ("validFrom", "validUntil") };
    let (not_before, expires) = (moment(claims, "nbf")?, moment(claims, "exp")?);
    let seconds = |member| {
        text(&content, member)
            .and_then(|text| Timestamp::parse(text).ok())
            .map(|at| at.unix_seconds())
    };
    match (not_before, seconds(from)) {
        (None, _) => return Err(missing("nbf")),
        (Some(claimed), Some(stated)) if floor(claimed) != stated => return Err(disagree("nbf")),
        _ => {}
    }
    match (expires, seconds(until)) {
        (None, Some(_)) => return Err(missing("exp")),
        (Some(claimed), Some(stated)) if floor(claimed) != stated => return Err(disagree("exp")),
        // A date that is there and cannot be read is for the check of dates; it is not overwritten.
        (Some(_), None) if content.get(until).is_none() => {
            let end = written(expires).ok_or(disagree("exp"))?;
            if let Some(members) = content.as_object_mut() {
                members.insert(until.to_owned(), end);
            }
        }
        _ => {}
    }
    Ok(content)
}

/// In vc-jose-cose `exp` and `nbf` are about the signature and not about the credential (CRED-JOSE-4).
fn of_the_signature(claims: &Map<String, Value>, now: Timestamp) -> Result<(), Refused> {
    let now = now.unix_seconds();
    if moment(claims, "exp")?.is_some_and(|end| floor(end) < now) {
        return Err(Refused { code: Code::ProofExpired, claim: "exp" });
    }
    let latest = now.saturating_add(CLOCK_SKEW_SECONDS);
    if moment(claims, "nbf")?.is_some_and(|start| floor(start) > latest) {
        return Err(Refused { code: Code::NotYetValid, claim: "nbf" });
    }
    Ok(())
}

/// A NumericDate: seconds since 1970, perhaps with a fraction (RFC 7519, 2).
fn moment(claims: &Map<String, Value>, claim: &'static str) -> Result<Option<f64>, Refused> {
    let Some(value) = claims.get(claim) else { return Ok(None) };
    value.as_f64().map(Some).ok_or(Refused { code: Code::ClaimsRefused, claim })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a number beyond 64 bits becomes the furthest moment, which agrees with no date"
)]
fn floor(seconds: f64) -> i64 {
    seconds.floor() as i64
}

fn written(seconds: Option<f64>) -> Option<Value> {
    let at = Timestamp::from_unix_seconds(floor(seconds?))?;
    Some(Value::String(at.to_string()))
}
