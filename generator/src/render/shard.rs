//! `status/ids/<2 hex>.json`: what the function answers look-ups from. Ids are hashed, because a file that lists the ids
//! of unlisted awards would be a list of their links.

use std::collections::BTreeMap;

use openbadges::time::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::id::AwardId;
use crate::issue::event::reason_word;
use crate::plan::Plan;
use crate::site::Site;

/// The form of the file; readers refuse others.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Shard {
    version: u32,
    ids: BTreeMap<String, State>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct State {
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<Revoked>,
}

#[derive(Serialize)]
struct Revoked {
    date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// Writes the shard of the ids whose SHA-256 begins with `prefix`.
#[must_use]
pub(super) fn shard(site: &Site, plan: &Plan<'_>, prefix: u8) -> Vec<u8> {
    let awards = plan.shard(prefix).map(|award| {
        let revoked = site.revocations.get(&award.id).map(|revocation| Revoked {
            date: revocation.date,
            reason: revocation.reason.map(reason_word),
        });
        (hash(award.id), State { valid_until: award.expires, revoked })
    });
    // What was forgotten is withdrawn, and nothing more is known of it.
    let forgotten = site.tombstones.iter().map(|(id, tombstone)| {
        let revoked = Some(Revoked { date: tombstone.date, reason: None });
        (hash(*id), State { valid_until: None, revoked })
    });
    let start = format!("{prefix:02x}");
    let ids = awards.chain(forgotten.filter(|(hash, _)| hash.starts_with(&start))).collect();
    super::json(&Shard { version: VERSION, ids })
}

fn hash(id: AwardId) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    Sha256::digest(id.text()).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::sample::{
        self, FORGOTTEN, LISTED, PRIVATE, REVOKED, UNLISTED_REVOKED, WITH_LEVEL, id,
    };

    fn state(n: u8) -> Value {
        let site = sample::site();
        let plan = Plan::new(&site, []).unwrap();
        let hash = hash(id(n));
        let prefix = u8::from_str_radix(hash.get(..2).unwrap(), 16).unwrap();
        let shard: Value = serde_json::from_slice(&shard(&site, &plan, prefix)).unwrap();
        assert_eq!(shard["version"], 1);
        shard["ids"][hash].clone()
    }

    #[test]
    fn a_shard_tells_what_the_function_needs_and_no_more() {
        let until = "2029-03-12T23:59:59Z";
        assert_eq!(state(LISTED), json!({ "validUntil": until }));
        assert_eq!(state(WITH_LEVEL), json!({}));
        let ended = json!({ "date": "2026-08-01T00:00:00Z", "reason": "term-ended" });
        assert_eq!(state(REVOKED), json!({ "validUntil": until, "revoked": ended }));
        let silent = json!({ "date": "2026-08-01T00:00:00Z" });
        assert_eq!(state(UNLISTED_REVOKED), json!({ "validUntil": until, "revoked": silent }));
        assert_eq!(state(FORGOTTEN), json!({ "revoked": { "date": "2026-08-02T00:00:00Z" } }));
        assert_eq!(state(PRIVATE), Value::Null);
    }

    #[test]
    fn no_shard_names_an_id() {
        let site = sample::site();
        let plan = Plan::new(&site, []).unwrap();
        for prefix in 0..=u8::MAX {
            let text = String::from_utf8(shard(&site, &plan, prefix)).unwrap();
            assert!(site.awards.iter().all(|award| !text.contains(&award.id.text())));
        }
    }
}
