//! The verification function: a record in, five plain answers out.
//!
//! `POST /verify` takes a picture or a record as its body and answers with the report; `GET /healthz` says what the
//! function can reach. Documents come from the folder of one published site, and from the network unless that is switched
//! off: what cannot be had makes a verdict *unknown*, never *valid*.

use std::sync::Arc;

use accolade_fetch::{Fetcher, StandIns, Web};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use camino::Utf8PathBuf;
use openbadges::iri::BaseUrl;
use openbadges::time::Timestamp;
use openbadges::verify::{Input, Language, Policy};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Semaphore;

/// The largest body that is taken: a baked picture of 5 MiB.
pub const BODY_BYTES_MAX: usize = 5 * 1024 * 1024;

/// The most verifications under way: each holds a thread, and perhaps connections, while it waits for other people's hosts.
const AT_ONCE_MAX: usize = 64;

/// What the function answers from.
#[derive(Debug)]
pub struct Function {
    folder: Utf8PathBuf,
    base_url: BaseUrl,
    web: Web,
    places: Semaphore,
}

impl Function {
    /// A function for the site in `folder`, published at `base_url`; without a fetcher it stays offline.
    #[must_use]
    pub fn new(folder: Utf8PathBuf, base_url: BaseUrl, fetcher: Option<Fetcher>) -> Self {
        let mut stand_ins = StandIns::default();
        stand_ins.add_site_at(base_url.clone(), &folder);
        let web = Web::new(stand_ins, fetcher);
        Self { folder, base_url, web, places: Semaphore::new(AT_ONCE_MAX) }
    }
}

/// The routes of the function.
pub fn router(function: Function) -> Router {
    Router::new()
        .route("/verify", post(verify_body))
        .route("/healthz", get(health))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(Arc::new(function))
}

#[derive(Debug, Deserialize)]
struct Asked {
    lang: Option<String>,
    recipient: Option<String>,
}

async fn verify_body(
    State(function): State<Arc<Function>>,
    Query(asked): Query<Asked>,
    body: Bytes,
) -> Response {
    if body.is_empty() {
        return problem(
            StatusCode::BAD_REQUEST,
            "there is nothing to verify",
            "send a picture, or the JSON of a badge, as the body of the request",
        );
    }
    let language =
        if asked.lang.as_deref() == Some("en") { Language::English } else { Language::French };
    let policy = Policy { recipient: asked.recipient, ..Policy::default() };
    let input = Input::File(body.to_vec());
    let now = Timestamp::from(jiff::Timestamp::now());
    let shared = Arc::clone(&function);
    let Ok(_place) = function.places.acquire().await else { return broken() };
    let run = move || json!(shared.web.verify(&input, &policy, now).in_language(language));
    match tokio::task::spawn_blocking(run).await {
        Ok(report) => Json(report).into_response(),
        Err(_) => broken(),
    }
}

fn broken() -> Response {
    problem(StatusCode::INTERNAL_SERVER_ERROR, "the verification broke off", "try again")
}

/// A problem document (RFC 9457).
fn problem(status: StatusCode, title: &str, detail: &str) -> Response {
    let problem = json!({
        "type": "about:blank",
        "title": title,
        "detail": detail,
        "status": status.as_u16(),
    });
    let kind = [("content-type", "application/problem+json")];
    (status, kind, problem.to_string()).into_response()
}

async fn health(State(function): State<Arc<Function>>) -> Response {
    let reachable = function.folder.join("catalog.json").is_file();
    let status = if reachable { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let answer = json!({ "site": function.base_url.as_str(), "reachable": reachable });
    (status, Json(answer)).into_response()
}
