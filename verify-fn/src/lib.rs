//! The verification function: a badge in, five plain answers out; an id in, what its issuer published of it.
//!
//! | call | answer |
//! |---|---|
//! | `POST /verify` | the report of a picture, a record, a token, or of what lies at an address (`{"url": …}`, or a form) |
//! | `GET /verify?url=…` | the same of a public address |
//! | `GET /status/{id}`, `POST /status` | active, revoked, expired or unknown, from the published look-up shards |
//! | `GET /healthz` | what the function can reach |
//!
//! A badge that is not good is still an answer: HTTP 200 with a report. 400 is for nothing to verify, 5xx for our own fault.
//! It keeps nothing: documents come from one published site, and from the network by the guarded fetcher.
//!
//! Read `asked` for what comes in, `report_page` for what people see, `store` for where look-ups are answered from.

mod asked;
mod configuration;
mod language;
mod problem;
mod report_page;
mod status;
mod store;
mod verify;

use std::sync::Arc;

use accolade_fetch::{Fetcher, StandIns, Web};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use openbadges::time::Timestamp;
use serde_json::json;
use tokio::sync::Semaphore;

pub use asked::BODY_BYTES_MAX;
pub use configuration::{Configuration, ConfigurationError};
pub use status::IDS_MAX;
pub use store::{BucketOptions, Store};

/// The most verifications under way: each holds a thread, and perhaps connections, while it waits for other people's hosts.
const AT_ONCE_MAX: usize = 64;

/// What the function answers from.
#[derive(Debug)]
pub struct Function {
    store: Store,
    web: Web,
    places: Semaphore,
    clock: fn() -> Timestamp,
}

impl Function {
    /// A function for the site in `store`, at the time of `clock`; without a fetcher it stays offline.
    #[must_use]
    pub fn new(store: Store, fetcher: Option<Fetcher>, clock: fn() -> Timestamp) -> Self {
        let web = Web::new(StandIns::default(), fetcher);
        let places = Semaphore::new(AT_ONCE_MAX);
        Self { store, web, places, clock }
    }
}

/// The routes of the function.
pub fn router(function: Function) -> Router {
    Router::new()
        .route("/verify", get(verify::address).post(verify::body))
        .route("/status/{id}", get(status::one))
        .route("/status", axum::routing::post(status::many))
        .route("/healthz", get(health))
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn(for_browsers))
        .with_state(Arc::new(function))
}

async fn health(State(function): State<Arc<Function>>) -> Response {
    let reachable = function.store.is_reachable().await;
    let status = if reachable { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "site": { "reachable": reachable } }))).into_response()
}

/// Every page of the web may ask, and no answer is anything else than it says.
async fn for_browsers(request: Request, next: Next) -> Response {
    let is_preflight = request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response =
        if is_preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    let mut put = |name, value| headers.insert(name, HeaderValue::from_static(value));
    put(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    if is_preflight {
        put(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
        put(header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, accept, accept-language");
        put(header::ACCESS_CONTROL_MAX_AGE, "86400");
    }
    response
}
