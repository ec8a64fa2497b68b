//! A badge of Open Badges 3.0 inside a signed token (VC-JWT), as Open Badges and as vc-jose-cose define it.
//!
//! Once the token's signature holds and its claims agree with the credential, everything else is as for a badge with
//! proofs of its own.
//!
//! Spec: OB3-JWT-1 to OB3-JWT-17, OB3-VAL-10, CRED-JOSE-1 to CRED-JOSE-11.

use serde_json::Value;

use crate::json;
use crate::key::KeyError;
use crate::proof::jws::{Jws, JwsChecked, JwsError};

use super::super::code::Code;
use super::super::input::{Generation, generation};
use super::super::question::Question;
use super::super::report::Outcome;
use super::super::run::{Run, Waiting};
use super::agreement::Facts;
use super::claims::{self, Claimed};
use super::proofs::{Examined, NOT_REACHED, Secured};
use super::{
    Assured, id_of, issuer, jws_key, kind, proofs, signed, signed_assertion, status, text,
};

/// Runs every check of a badge in a token; what the signature assures comes back for comparison.
pub(crate) fn check(
    run: &mut Run<'_>,
    token: &str,
    found_in: &'static str,
) -> Result<Option<Facts>, Waiting> {
    let (jws, payload) = match open(token) {
        Ok(opened) => opened,
        Err((outcome, detail)) => {
            run.found(Question::Unaltered, outcome, found_in, Some(detail));
            return Ok(None);
        }
    };
    // Inside `vc` stands what the generation is to be told by.
    match generation(payload.get("vc").unwrap_or(&payload)) {
        Generation::Three => credential(run, &jws, &payload, found_in),
        Generation::Two => signed_assertion::check(run, &jws, &payload, found_in),
        Generation::One => {
            run.found(None, Outcome::Unknown(Code::LegacyVersion), found_in, None);
            Ok(None)
        }
        Generation::Other => {
            run.found(None, Outcome::Unknown(Code::TypeUnknown), found_in, None);
            Ok(None)
        }
    }
}

/// Checks the token of a credential without noting anything: an endorsement's or a list's answers no question by itself.
pub(crate) fn examine(run: &mut Run<'_>, token: &str, subject: &str) -> Result<Examined, Waiting> {
    let opened = open(token).and_then(|(jws, payload)| {
        let claimed = claims_of(run, &jws, &payload)?;
        Ok((jws, claimed))
    });
    match opened {
        Ok((jws, claimed)) => examine_claimed(run, &jws, claimed, subject),
        Err((outcome, detail)) => {
            let mut examined = Examined::default();
            examined.note(Question::Unaltered, outcome, subject, &detail);
            Ok(examined)
        }
    }
}

fn credential(
    run: &mut Run<'_>,
    jws: &Jws,
    payload: &Value,
    found_in: &'static str,
) -> Result<Option<Facts>, Waiting> {
    let claimed = match claims_of(run, jws, payload) {
        Ok(claimed) => claimed,
        Err((outcome, detail)) => {
            run.found(Question::Unaltered, outcome, found_in, Some(detail));
            return Ok(None);
        }
    };
    let badge = &claimed.content;
    let subject = text(badge, "id").unwrap_or(found_in).to_owned();
    if kind::admit(run, badge, &subject).is_none() {
        return Ok(None);
    }
    status::want_first_lists(run, badge);
    if let Some(id) = badge.get("issuer").and_then(id_of) {
        issuer::name(run, id);
    }
    let examined = examine_claimed(run, jws, claimed, &subject)?;
    match examined.tell(run) {
        Some(secured) => signed::assured(run, secured, &subject, found_in),
        None => Ok(None),
    }
}

/// Takes a token apart, down to its payload.
fn open(token: &str) -> Result<(Jws, Value), (Outcome, String)> {
    let jws =
        Jws::parse(token.trim_ascii()).map_err(|error| (refused(&error), error.to_string()))?;
    let payload = json::parse(jws.payload())
        .map_err(|error| (Outcome::Fail(Code::JsonRefused), error.to_string()))?;
    Ok((jws, payload))
}

fn claims_of(run: &Run<'_>, jws: &Jws, payload: &Value) -> Result<Claimed, (Outcome, String)> {
    let claimed = claims::credential(payload, jws.kind(), run.now);
    claimed.map_err(|refused| (refused.outcome(), refused.claim.to_owned()))
}

/// Checks the signature with the issuer's key, and the proofs the credential has beside it.
fn examine_claimed(
    run: &mut Run<'_>,
    jws: &Jws,
    claimed: Claimed,
    subject: &str,
) -> Result<Examined, Waiting> {
    let mut examined = Examined::default();
    let Claimed { content, made } = claimed;
    let Some(issuer) = content.get("issuer").and_then(id_of).map(str::to_owned) else {
        examined.note(Question::Issuer, Outcome::Fail(Code::ShapeBroken), subject, "issuer");
        return Ok(examined);
    };
    let stopped = |mut examined: Examined, outcome, detail: &str| {
        examined.note(Question::Issuer, outcome, subject, detail);
        examined.note(Question::Unaltered, NOT_REACHED, subject, detail);
        Ok(examined)
    };
    let method = match jws_key::find(run, jws, &issuer)? {
        Ok(method) => method,
        Err((outcome, detail)) => return stopped(examined, outcome, &detail),
    };
    if let Some(since) = method.revoked {
        return stopped(examined, Outcome::Fail(Code::KeyRevoked), &since.to_string());
    }
    // A key that came to its end was not stolen: what it signed until then stays good (CRED-KEY-4).
    let is_late = |end: i64| made.is_none_or(|made| made > end);
    if let Some(end) = method.expires.filter(|end| *end < run.now && is_late(end.unix_seconds())) {
        return stopped(examined, Outcome::Fail(Code::KeyNotListed), &end.to_string());
    }
    let evidence = match jws.verify(&method.key) {
        Ok(evidence) => evidence,
        Err(error) => {
            examined.note(Question::Issuer, NOT_REACHED, subject, "");
            examined.note(Question::Unaltered, refused(&error), subject, &error.to_string());
            return Ok(examined);
        }
    };
    let named = method.id.as_str();
    let is_key_only = issuer.starts_with("did:key:");
    let whose = if is_key_only {
        Outcome::Unknown(Code::IssuerKeyOnly)
    } else {
        Outcome::Pass(Code::IssuerConfirmed)
    };
    examined.note(Question::Issuer, whose, named, "");
    examined.note(Question::Unaltered, Outcome::Pass(Code::TokenVerified), named, "");
    if content.get("proof").is_some() {
        // Made before the token, and just as much a claim that has to hold (OB3-JWT-12).
        let inner = proofs::examine(run, content, subject)?;
        examined.findings.extend(inner.findings);
        examined.remarks.extend(inner.remarks);
        examined.secured = inner.secured;
        return Ok(examined);
    }
    let assured = Assured::by_token(evidence);
    examined.secured = Some(Secured { content, issuer, assured, is_text_covered: true });
    Ok(examined)
}

/// What a token that does not stand says of the badge.
pub(crate) fn refused(error: &JwsError) -> Outcome {
    match error {
        JwsError::UnknownAlgorithm(_) | JwsError::Key(KeyError::UnknownType) => {
            Outcome::Unknown(Code::ProofUnsupported)
        }
        JwsError::NoSignature(_) => Outcome::Fail(Code::TokenProvesNothing),
        JwsError::Condition(_) => Outcome::Fail(Code::TokenSetsConditions),
        JwsError::SecretKey => Outcome::Fail(Code::TokenHoldsSecret),
        JwsError::OtherAlgorithm => Outcome::Fail(Code::TokenOtherAlgorithm),
        JwsError::Signature => Outcome::Fail(Code::ProofFailed),
        _ => Outcome::Fail(Code::TokenMalformed),
    }
}

impl Assured {
    pub(super) fn by_token(_: JwsChecked) -> Self {
        Self(())
    }
}
