//! What stood in the way of an answer, as a problem document (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// After how many seconds one who was turned away may come back.
const RETRY_AFTER_SECONDS: &str = "2";

/// Why there is no answer. Grouped by who must act: the caller, or we.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    NothingGiven,
    Unreadable,
    NotAnAddress,
    NotAnId,
    TooManyIds,
    TooLarge,
    UnknownType,
    NotFound,
    MethodNotAllowed,
    Busy,
    BrokeOff,
}

impl Problem {
    const fn status(self) -> StatusCode {
        match self {
            Self::NothingGiven | Self::Unreadable | Self::NotAnAddress | Self::NotAnId => {
                StatusCode::BAD_REQUEST
            }
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooManyIds | Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnknownType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::BrokeOff => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What happened, and what to do.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NothingGiven => (
                "there is nothing to verify",
                "send a picture, a JSON or JWT badge, or {\"url\": …} as the body of the request",
            ),
            Self::Unreadable => (
                "the request cannot be read",
                "its body is not what its content type says; see /openapi.json",
            ),
            Self::NotAnAddress => {
                ("that is not an address", "write the address in full, with https://")
            }
            Self::NotAnId => (
                "that is not the id of an award",
                "an id is 26 of the characters 0-9 and a-z without i, l, o and u",
            ),
            Self::TooManyIds => ("there are too many ids", "ask for at most 1000 at a time"),
            Self::TooLarge => ("the request is too large", "a badge has at most 5 MiB"),
            Self::UnknownType => (
                "badges do not come in this type",
                "send a PNG, an SVG, JSON, a JWT, a form, or no content type at all",
            ),
            Self::NotFound => ("there is nothing here", "try /verify, /status/{id} or /healthz"),
            Self::MethodNotAllowed => {
                ("this is not asked for in that way", "see /openapi.json for the methods")
            }
            Self::Busy => ("there are too many requests just now", "try again in a moment"),
            Self::BrokeOff => ("the verification broke off", "try again"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (title, detail) = self.words();
        let status = self.status();
        let problem = json!({
            "type": "about:blank",
            "title": title,
            "detail": detail,
            "status": status.as_u16(),
        });
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (status, headers, problem.to_string()).into_response();
        if self == Self::Busy {
            let seconds = HeaderValue::from_static(RETRY_AFTER_SECONDS);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

pub(crate) async fn not_found() -> Problem {
    Problem::NotFound
}

pub(crate) async fn method_not_allowed() -> Problem {
    Problem::MethodNotAllowed
}
