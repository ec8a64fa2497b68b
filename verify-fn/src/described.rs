//! What the function says about itself: the OpenAPI document, the page of problems, and where one begins.
//!
//! The document is written by hand (`openapi.json`), because bodies here are pictures, tokens and forms as well as JSON, which
//! annotations describe badly. Two things are put in from their only source: the schema of a report, and the problems.
//! `tests/journeys/described.rs` holds the document against every call.

use std::sync::LazyLock;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::asked::Wishes;
use crate::language::{language, tag, wants_page};
use crate::page;
use crate::problem::Problem;

const WRITTEN: &str = include_str!("openapi.json");
const REPORT: &str = include_str!("../../docs/schemas/report.schema.json");

/// For how long what changes with a version only may be kept.
const KEPT: &str = "public, max-age=3600";

struct Document {
    text: String,
    mark: HeaderValue,
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let text = document().to_string();
    let digest = Sha256::digest(&text);
    let mark: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    // Weak: it may arrive compressed or not. Hexadecimal is fit for a header.
    let mark = HeaderValue::from_str(&format!("W/\"{mark}\""));
    Document { text, mark: mark.unwrap_or(HeaderValue::from_static("W/\"\"")) }
});

/// The OpenAPI document, as `GET /openapi.json` answers it.
#[must_use]
pub fn description() -> &'static str {
    &DOCUMENT.text
}

/// The document, whole. Both of its parts are files of ours: a test reads them.
fn document() -> Value {
    let mut document: Value = serde_json::from_str(WRITTEN).unwrap_or_default();
    let mut report: Value = serde_json::from_str(REPORT).unwrap_or_default();
    lead_refs(&mut report);
    let parts = report.as_object_mut().and_then(|report| {
        report.remove("$schema");
        report.remove("$defs")
    });
    let version = json!(env!("CARGO_PKG_VERSION"));
    let kinds: Vec<_> = Problem::ALL.iter().map(|problem| problem.kind()).collect();
    let mut put = |pointer: &str, value: Value| {
        if let Some(place) = document.pointer_mut(pointer) {
            *place = value;
        }
    };
    put("/info/version", version);
    put("/components/schemas/Problem/properties/type/enum", json!(kinds));
    put("/components/schemas/Report", report);
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    if let (Some(schemas), Some(Value::Object(parts))) = (schemas, parts) {
        schemas.extend(parts.into_iter().map(|(name, part)| (format!("report.{name}"), part)));
    }
    document
}

/// The parts of the report's schema move to where the document keeps its schemas.
fn lead_refs(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(to) if name == "$ref" => {
                        *to = to.replace("#/$defs/", "#/components/schemas/report.");
                    }
                    other => lead_refs(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(lead_refs),
        _ => {}
    }
}

/// `GET /openapi.json`
pub(crate) async fn openapi(headers: HeaderMap) -> Response {
    let Document { text, mark } = &*DOCUMENT;
    let is_known = is_known(&headers, mark);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], text.as_str()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    headers.insert(header::ETAG, mark.clone());
    response
}

/// Whether the caller has what `mark` stands for already (RFC 9110, 13.1.2: weak comparison).
pub(crate) fn is_known(headers: &HeaderMap, mark: &HeaderValue) -> bool {
    let bare = |mark: &str| mark.trim().trim_start_matches("W/").to_owned();
    let mark = bare(mark.to_str().unwrap_or_default());
    let named =
        headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|marks| marks.to_str().ok());
    named.flat_map(|marks| marks.split(',')).any(|one| one.trim() == "*" || bare(one) == mark)
}

/// `GET /problems`: the page that the `type` of every problem leads to.
pub(crate) async fn problems(request: Request) -> Response {
    let wishes = Wishes::of_query(request.uri().query());
    let language = language(wishes.lang.as_deref(), request.headers());
    page::answer(page::problems(language), language)
}

/// `GET /`: people begin with a form, programs with the document.
pub(crate) async fn index(request: Request) -> Response {
    let lang = Wishes::of_query(request.uri().query()).lang;
    let chosen = language(lang.as_deref(), request.headers());
    let to = match (wants_page(request.headers()), lang) {
        (false, _) => "/openapi.json".to_owned(),
        (true, None) => "/verify".to_owned(),
        (true, Some(_)) => format!("/verify?lang={}", tag(chosen)),
    };
    let headers = [(header::LOCATION, to), (header::VARY, "accept".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}
