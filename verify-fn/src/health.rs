//! `GET /healthz`: what the function can reach.

use std::sync::Arc;

use accolade_fetch::Outbound;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::Function;

#[derive(Serialize)]
struct Health {
    version: &'static str,
    site: Site,
    outbound: &'static str,
}

#[derive(Serialize)]
struct Site {
    reachable: bool,
}

/// The site is asked for its catalogue. Nobody else is asked for the sake of this answer: it tells how it went last time.
pub(crate) async fn health(State(function): State<Arc<Function>>) -> Response {
    let reachable = function.store.is_reachable().await;
    let status = if reachable { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let outbound = match function.web.outbound() {
        Outbound::Off => "off",
        Outbound::NotAsked => "not-asked",
        Outbound::Answered => "answered",
        Outbound::Unanswered => "unanswered",
    };
    let health = Health { version: env!("CARGO_PKG_VERSION"), site: Site { reachable }, outbound };
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, headers, Json(health)).into_response()
}
