//! `/status`: what the issuer published of an id. One look-up reads one small file, which holds hashes only, so that nobody
//! can list ids; what cannot be read is *unknown* with a reason, never *active*.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use openbadges::time::Timestamp;
use openbadges::verify::Unavailable;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;

use crate::Function;
use crate::problem::Problem;
use crate::store::{Missing, Store};

/// The most ids of one request.
pub const IDS_MAX: usize = 1000;

/// For how many seconds an answer may be kept; a withdrawal may stay unseen for as long.
const KEPT_SECONDS: &str = "public, max-age=60";

/// The only form of a shard that is read.
const SHARD_VERSION: u32 = 1;

/// Characters of an id.
const ID_CHARS: usize = 26;

/// What is known of an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    id: String,
    status: Status,
    /// Why it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<Revoked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    Active,
    Revoked,
    Expired,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Reason {
    /// It is not the id of any award.
    NotAnId,
    /// The site publishes nothing under this id.
    NotPublished,
    /// Whoever keeps the site does not let it be read.
    Denied,
    /// What the site publishes is not in the form it should have.
    Unreadable,
    /// It could not be read now.
    #[serde(untagged)]
    Unavailable(Unavailable),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Revoked {
    date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Shard {
    version: u32,
    ids: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    valid_until: Option<Timestamp>,
    revoked: Option<Revoked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ids {
    ids: Vec<String>,
}

/// `GET /status/{id}`
pub(crate) async fn one(
    State(function): State<Arc<Function>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !is_id(&id) {
        return Problem::NotAnId.into_response();
    }
    let known = look_up(function, vec![id]).await;
    match known.as_deref() {
        Some([one]) => kept(one, &headers),
        _ => Problem::BrokeOff.into_response(),
    }
}

/// `POST /status`
pub(crate) async fn many(
    State(function): State<Arc<Function>>,
    ids: Result<Json<Ids>, JsonRejection>,
) -> Response {
    let ids = match ids {
        Ok(Json(Ids { ids })) => ids,
        Err(refusal) if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Problem::TooLarge.into_response();
        }
        Err(_) => return Problem::Unreadable.into_response(),
    };
    if ids.len() > IDS_MAX {
        return Problem::TooManyIds.into_response();
    }
    match look_up(function, ids).await {
        Some(statuses) => {
            let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
            (headers, Json(serde_json::json!({ "statuses": statuses }))).into_response()
        }
        None => Problem::BrokeOff.into_response(),
    }
}

/// Every id in its turn; each shard is read once.
async fn look_up(function: Arc<Function>, ids: Vec<String>) -> Option<Vec<Known>> {
    let now = (function.clock)();
    let hashed: Vec<_> = ids.into_iter().map(|id| (is_id(&id).then(|| hash(&id)), id)).collect();
    let prefixes: BTreeSet<_> =
        hashed.iter().filter_map(|(hash, _)| hash.as_deref().map(prefix)).collect();
    let mut reading = JoinSet::new();
    for prefix in prefixes {
        let (function, prefix) = (Arc::clone(&function), prefix.to_owned());
        reading.spawn(async move { (read(&function.store, &prefix).await, prefix) });
    }
    let mut shards = BTreeMap::new();
    while let Some(read) = reading.join_next().await {
        let (shard, prefix) = read.ok()?;
        shards.insert(prefix, shard);
    }
    Some(hashed.into_iter().map(|(hash, id)| known(id, hash.as_deref(), &shards, now)).collect())
}

fn hash(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The shard of a hash: its first byte.
fn prefix(hash: &str) -> &str {
    hash.get(..2).unwrap_or_default()
}

type Shards = BTreeMap<String, Result<Shard, Reason>>;

fn known(id: String, hash: Option<&str>, shards: &Shards, now: Timestamp) -> Known {
    let entry = match hash.map(|hash| (hash, shards.get(prefix(hash)))) {
        None => Err(Reason::NotAnId),
        Some((hash, Some(Ok(shard)))) => shard.ids.get(hash).ok_or(Reason::NotPublished),
        Some((_, Some(Err(reason)))) => Err(*reason),
        Some((_, None)) => Err(Reason::Unreadable),
    };
    match entry {
        Err(reason) => Known {
            id,
            status: Status::Unknown,
            reason: Some(reason),
            revoked: None,
            valid_until: None,
        },
        Ok(Entry { valid_until, revoked }) => Known {
            id,
            status: match (revoked, valid_until) {
                (Some(_), _) => Status::Revoked,
                (None, Some(end)) if *end < now => Status::Expired,
                (None, _) => Status::Active,
            },
            reason: None,
            revoked: revoked.clone(),
            valid_until: *valid_until,
        },
    }
}

async fn read(store: &Store, prefix: &str) -> Result<Shard, Reason> {
    let bytes = store.shard(prefix).await.map_err(|missing| match missing {
        Missing::NotThere => Reason::NotPublished,
        Missing::Denied => Reason::Denied,
        Missing::Unavailable(why) => Reason::Unavailable(why),
    })?;
    let shard: Shard = serde_json::from_slice(&bytes).map_err(|_| Reason::Unreadable)?;
    if shard.version == SHARD_VERSION { Ok(shard) } else { Err(Reason::Unreadable) }
}

/// An answer that may be kept for a while, and asked for again by its mark.
fn kept(known: &Known, headers: &HeaderMap) -> Response {
    let body = serde_json::to_vec(known).unwrap_or_default();
    let digest = Sha256::digest(&body);
    let mark: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let mark = format!("\"{mark}\"");
    let is_known =
        headers.get(header::IF_NONE_MATCH).and_then(|marks| marks.to_str().ok()).is_some_and(
            |marks| marks.split(',').any(|one| one.trim().trim_start_matches("W/") == mark),
        );
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], body).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT_SECONDS));
    if let Ok(mark) = HeaderValue::from_str(&mark) {
        headers.insert(header::ETAG, mark);
    }
    response
}

/// Whether a text has the form of an id: 26 characters of lower-case Crockford base32.
fn is_id(text: &str) -> bool {
    text.len() == ID_CHARS
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
        && !text.contains(['i', 'l', 'o', 'u'])
}
