//! `1EdTechRevocationList`: a list that names the withdrawn credentials, and is not signed.
//!
//! So only the issuer's own host can say it (OB3-RL-4).
//!
//! Spec: OB3-RL-1..6.

use serde_json::Value;

use crate::iri::Iri;

use super::super::super::code::Code;
use super::super::super::question::Question;
use super::super::super::report::{Outcome, StatusRead};
use super::super::super::run::{Run, Waiting};
use super::super::proofs::Secured;
use super::super::{id_of, issuer, one_or_many, text};
use super::is_outdated;

/// The type of an entry.
pub(super) const ENTRY_TYPE: &str = "1EdTechRevocationList";

/// What the list is called that names the withdrawn: the validator's word, and another implementation's (OB3-RL-3).
const ENTRIES: [&str; 2] = ["revokedCredential", "revokedCredentials"];

/// Judges one entry of an assured credential.
pub(super) fn check(
    run: &mut Run<'_>,
    entry: &Value,
    secured: &Secured,
    subject: &str,
) -> Result<(), Waiting> {
    let url = text(entry, "id").and_then(|id| Iri::parse(id).ok());
    let Some(url) = url.filter(|url| url.scheme() == "https") else {
        let outcome = Outcome::Unknown(Code::StatusListBroken);
        run.found(Question::NotWithdrawn, outcome, subject, Some("credentialStatus.id".to_owned()));
        return Ok(());
    };
    let (outcome, detail) = judge(run, &url, secured)?;
    run.found(Question::NotWithdrawn, outcome, url.as_str(), detail);
    Ok(())
}

type Judgement = (Outcome, Option<String>);

fn judge(run: &mut Run<'_>, url: &Iri, secured: &Secured) -> Result<Judgement, Waiting> {
    let unknown = |code, detail: &str| Ok((Outcome::Unknown(code), Some(detail.to_owned())));
    if !issuer::is_host_of(&secured.issuer, url) {
        return unknown(Code::StatusListForeign, url.as_str());
    }
    let list = match run.json(url)? {
        Ok(list) => list,
        Err(useless) => return unknown(Code::StatusUnavailable, &useless.detail),
    };
    let named = list.get("issuer").map(|issuer| id_of(issuer).unwrap_or_default());
    if let Some(other) = named.filter(|issuer| *issuer != secured.issuer) {
        return unknown(Code::StatusListForeign, other);
    }
    let as_of = text(&list, "validFrom");
    if is_outdated(run, url, as_of) {
        return unknown(Code::StatusListOutdated, as_of.unwrap_or("validFrom"));
    }
    let (Some(id), true) =
        (text(&secured.content, "id"), ENTRIES.iter().any(|name| list.get(*name).is_some()))
    else {
        return unknown(Code::StatusListBroken, "revokedCredential");
    };
    let listed = match listed(&list, id) {
        Ok(listed) => listed,
        Err(member) => return unknown(Code::StatusListBroken, member),
    };
    if listed == Listed::NotRevoked {
        run.note(Code::RevocationEntryOdd, url.as_str(), Some(id.to_owned()));
    }
    let reason = match &listed {
        Listed::Revoked(reason) => reason.map(str::to_owned),
        Listed::NotRevoked | Listed::Absent => None,
    };
    let is_revoked = matches!(listed, Listed::Revoked(_));
    run.read_status(StatusRead {
        kind: ENTRY_TYPE,
        list: url.clone(),
        purpose: "revocation".to_owned(),
        value: u64::from(is_revoked),
        message: reason.clone(),
        as_of: as_of.map(str::to_owned),
        ttl: None,
    });
    let outcome =
        if is_revoked { Outcome::Fail(Code::Revoked) } else { Outcome::Pass(Code::NotWithdrawn) };
    Ok((outcome, reason))
}

/// What a list says of one id.
#[derive(Debug, PartialEq, Eq)]
enum Listed<'l> {
    Revoked(Option<&'l str>),
    NotRevoked,
    Absent,
}

/// Looks an id up: an entry is an object or a bare id, the list an array or a lone entry; one entry that revokes is enough.
fn listed<'l>(list: &'l Value, id: &str) -> Result<Listed<'l>, &'static str> {
    let mut found = Listed::Absent;
    for entry in ENTRIES.iter().flat_map(|name| one_or_many(list, name)) {
        match id_of(entry) {
            None => return Err("revokedCredential.id"),
            Some(other) if other != id => {}
            Some(_) => match entry.get("revoked") {
                None | Some(Value::Bool(true)) => {
                    return Ok(Listed::Revoked(text(entry, "revocationReason")));
                }
                Some(Value::Bool(false)) => found = Listed::NotRevoked,
                Some(_) => return Err("revokedCredential.revoked"),
            },
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// OB3-RL-2, OB3-RL-3: the official validator's word and another one, one entry or several.
    #[test]
    fn an_id_is_found_in_every_form_of_the_list() {
        let revoked = Ok(Listed::Revoked(None));
        for list in [
            json!({ "revokedCredential": [{ "id": "urn:a:1" }] }),
            json!({ "revokedCredentials": { "id": "urn:a:1", "revoked": true } }),
            json!({ "revokedCredential": ["urn:a:2", "urn:a:1"] }),
            json!({ "revokedCredential": [], "revokedCredentials": "urn:a:1" }),
            json!({ "revokedCredential": [{ "id": "urn:a:1", "revoked": false }, "urn:a:1"] }),
        ] {
            assert_eq!(listed(&list, "urn:a:1"), revoked, "{list}");
        }
        let reason =
            json!({ "revokedCredential": { "id": "urn:a:1", "revocationReason": "Erreur" } });
        assert_eq!(listed(&reason, "urn:a:1"), Ok(Listed::Revoked(Some("Erreur"))));
        let odd = json!({ "revokedCredential": { "id": "urn:a:1", "revoked": false } });
        assert_eq!(listed(&odd, "urn:a:1"), Ok(Listed::NotRevoked));
        assert_eq!(listed(&odd, "urn:a:12"), Ok(Listed::Absent));
    }

    #[test]
    fn an_entry_that_cannot_be_read_leaves_the_list_unread() {
        let nameless = json!({ "revokedCredential": [{ "revoked": true }] });
        assert_eq!(listed(&nameless, "urn:a:1"), Err("revokedCredential.id"));
        let text = json!({ "revokedCredential": [{ "id": "urn:a:1", "revoked": "true" }] });
        assert_eq!(listed(&text, "urn:a:1"), Err("revokedCredential.revoked"));
    }
}
