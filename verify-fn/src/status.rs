//! `/status`: what the issuer published of an id. One look-up reads one small file, which holds hashes only, so that nobody
//! can list ids; what cannot be read is *unknown* with a reason, never *active*.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use openbadges::time::Timestamp;
use openbadges::verify::Unavailable;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;

use crate::described::is_known;
use crate::problem::Problem;
use crate::shards::{Entry, Hash, Shard, prefix};
use crate::{Function, asked};

/// The most ids of one request.
pub const IDS_MAX: usize = 1000;

/// For how many seconds an answer may be kept; a withdrawal may stay unseen for as long.
const KEPT_SECONDS: &str = "public, max-age=60";

/// Room for the headers of a look-up, those of every answer included.
const HEADERS: usize = 12;

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
pub(crate) enum Reason {
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

/// Since when it is withdrawn, and the word the issuer gave for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Revoked {
    date: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ids {
    ids: Vec<String>,
}

/// `GET /status/{id}`
pub(crate) async fn one(
    State(function): State<Arc<Function>>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let Ok(Path(id)) = id else { return Problem::NotAnId.into_response() };
    of(&function, &id, request.headers()).await
}

/// The same, once it is known which id is meant.
pub(crate) async fn of(function: &Function, id: &str, headers: &HeaderMap) -> Response {
    let Some(hash) = hash(id) else { return Problem::NotAnId.into_response() };
    let shard = function.shards.of(&function.store, &hash).await;
    kept(&known(id.to_owned(), Some(&hash), |_| Some(&shard), (function.clock)()), headers)
}

/// `POST /status`
pub(crate) async fn many(State(function): State<Arc<Function>>, request: Request) -> Response {
    let arrived = asked::json::<Ids>(request);
    let ids = match tokio::time::timeout(function.settings.arrival_time_max, arrived).await {
        Ok(Ok(Ids { ids })) => ids,
        Ok(Err(problem)) => return problem.into_response(),
        Err(_) => return Problem::TooSlow.into_response(),
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

/// Every id in its turn; each shard is read once, and all of them at the same time.
async fn look_up(function: Arc<Function>, ids: Vec<String>) -> Option<Vec<Known>> {
    let now = (function.clock)();
    let hashed: Vec<_> = ids.into_iter().map(|id| (hash(&id), id)).collect();
    let one_of_each: BTreeMap<u8, Hash> =
        hashed.iter().filter_map(|(hash, _)| hash.map(|hash| (prefix(&hash), hash))).collect();
    let mut reading = JoinSet::new();
    for (prefix, hash) in one_of_each {
        let function = Arc::clone(&function);
        reading.spawn(async move { (prefix, function.shards.of(&function.store, &hash).await) });
    }
    let mut shards = BTreeMap::new();
    while let Some(read) = reading.join_next().await {
        let (prefix, shard) = read.ok()?;
        shards.insert(prefix, shard);
    }
    let shard = |hash: &Hash| shards.get(&prefix(hash));
    Some(hashed.into_iter().map(|(hash, id)| known(id, hash.as_ref(), shard, now)).collect())
}

/// The hash of an id; nothing when it is none.
fn hash(id: &str) -> Option<Hash> {
    is_id(id).then(|| Sha256::digest(id.as_bytes()).into())
}

fn known<'s>(
    id: String,
    hash: Option<&Hash>,
    shard: impl Fn(&Hash) -> Option<&'s Result<Arc<Shard>, Reason>>,
    now: Timestamp,
) -> Known {
    let entry = match hash.map(|hash| (hash, shard(hash))) {
        None => Err(Reason::NotAnId),
        Some((hash, Some(Ok(shard)))) => shard.get(hash).ok_or(Reason::NotPublished),
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

/// An answer that may be kept for a while, and asked for again by its mark.
fn kept(known: &Known, headers: &HeaderMap) -> Response {
    let body = serde_json::to_vec(known).unwrap_or_default();
    let digest = Sha256::digest(&body);
    let half = digest.first_chunk::<16>().copied().unwrap_or_default();
    // Hexadecimal is fit for a header.
    let mark = HeaderValue::from_str(&format!("\"{:032x}\"", u128::from_be_bytes(half)));
    let mark = mark.unwrap_or(HeaderValue::from_static("\"\""));
    let is_known = is_known(headers, &mark);
    let mut response = Response::default();
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *response.body_mut() = body.into();
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT_SECONDS));
    headers.insert(header::ETAG, mark);
    response
}

/// Whether a text has the form of an id: 26 characters of lower-case Crockford base32.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == ID_CHARS
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
        && !text.contains(['i', 'l', 'o', 'u'])
}
