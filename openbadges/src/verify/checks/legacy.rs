//! A badge of Open Badges 0.5, 1.0 or 1.1: called what it is, and looked for where it says it is hosted.
//!
//! Those standards tie an assertion to an address and to nobody, so nothing of such a badge is believed or shown; but
//! whether its address still publishes it, or withdrew it, can be said.
//!
//! Spec: OB2-OLD-1 to OB2-OLD-4, OB2-HOST-3.

use serde_json::Value;

use crate::iri::Iri;

use super::super::code::Code;
use super::super::input::Record;
use super::super::question::Question;
use super::super::record::Summary;
use super::super::report::Outcome;
use super::super::run::{Run, Waiting};
use super::{has_type, hosted, text};

/// What the address and the presented copy must agree on to be one badge.
const CLAIMS: [&str; 3] = ["uid", "recipient", "badge"];

/// Says that a badge is old, and what its address says of it.
pub(crate) fn check(run: &mut Run<'_>, record: &Record) -> Result<(), Waiting> {
    let old = &record.value;
    let version = version(old);
    let verify = old.get("verify");
    let address = verify
        .filter(|verify| !has_type(verify, "signed"))
        .and_then(|verify| text(verify, "url"))
        .and_then(|url| Iri::parse(url).ok())
        .filter(Iri::is_http);
    let subject = text(old, "id").or_else(|| verify.and_then(|verify| text(verify, "url")));
    let subject = subject.unwrap_or(record.found_in);
    run.found(None, Outcome::Unknown(Code::LegacyVersion), subject, Some(version.to_owned()));
    let id = text(old, "id").map(str::to_owned);
    run.describe(Summary { version, found_in: record.found_in, id, ..Summary::default() });
    match address {
        Some(address) => at(run, &address, old),
        None => Ok(()),
    }
}

fn at(run: &mut Run<'_>, address: &Iri, old: &Value) -> Result<(), Waiting> {
    if let Ok(body) = run.body(address)?
        && body.status == 410
    {
        hosted::gone(run, address);
        return Ok(());
    }
    let Ok(published) = run.json(address)? else { return Ok(()) };
    if published.get("revoked") == Some(&Value::Bool(true)) {
        let reason = text(&published, "revocationReason").map(str::to_owned);
        let outcome = Outcome::Fail(Code::Revoked);
        run.found(Question::NotWithdrawn, outcome, address.as_str(), reason);
    } else if CLAIMS.iter().all(|claim| published.get(*claim) == old.get(*claim)) {
        run.note(Code::LegacyPublished, address.as_str(), None);
    }
    Ok(())
}

/// Which old standard a badge follows: 1.1 has a context, 1.0 an object for its recipient, 0.5 a bare text.
fn version(old: &Value) -> &'static str {
    match (old.get("@context"), old.get("recipient")) {
        (Some(_), _) => "1.1",
        (None, Some(Value::String(_))) => "0.5",
        (None, _) => "1.0",
    }
}
