//! One line of JSON for each request, made of what the function itself decided: never what somebody sent.
//!
//! No address, no recipient, no id of an award, no text of a badge, no address of the client: the path is that of the route, an
//! unknown method is *OTHER*, and a request's id is the caller's only if it could not be a sentence or an address.

use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::HttpBody as _;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;
use openbadges::time::Timestamp;

use crate::problem::Problem;

/// The header that names a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The shortest and the longest id of a request that is taken over.
const ID_BYTES_MIN: usize = 16;
const ID_BYTES_MAX: usize = 64;

/// Takes a line, without its end.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(&str) + Send + Sync>);

impl Log {
    /// Lines go to `write`.
    pub fn to(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
    }
}

/// From here on a panic says where it happened, and not what: its message may quote what somebody sent.
pub fn panics_without_words(log: Log) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        (log.0)(&format!(r#"{{"panic":"{}"}}"#, place.escape_default()));
    }));
}

/// What a handler found, for the log: the verdict of a report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told(pub(crate) &'static str);

/// Names requests that bring no name of their own.
#[derive(Debug)]
pub(crate) struct Ids {
    start: u64,
    count: AtomicU64,
}

impl Ids {
    /// `start` tells the names of one process from those of another.
    pub(crate) const fn new(start: u64) -> Self {
        Self { start, count: AtomicU64::new(0) }
    }

    /// The caller's id if it looks like one, else a new one.
    pub(crate) fn of(&self, headers: &HeaderMap) -> HeaderValue {
        let theirs = headers.get(REQUEST_ID).filter(|id| is_id(id.as_bytes()));
        theirs.cloned().unwrap_or_else(|| {
            let count = self.count.fetch_add(1, Ordering::Relaxed);
            let id = format!("{:016x}-{count:x}", self.start);
            // Hexadecimal is fit for a header.
            HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("-"))
        })
    }
}

/// A UUID or another hexadecimal number, longer than a telephone's: no name, no address, no number of a person fits.
fn is_id(id: &[u8]) -> bool {
    let is_plain = id.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    let is_mixed = id.iter().any(u8::is_ascii_digit) && id.iter().any(u8::is_ascii_alphabetic);
    is_plain && is_mixed && (ID_BYTES_MIN..=ID_BYTES_MAX).contains(&id.len())
}

/// What is known of a request before it is answered.
pub(crate) struct Request {
    pub(crate) id: HeaderValue,
    pub(crate) method: Method,
    /// The route, with its parameters unfilled.
    pub(crate) route: Option<&'static str>,
}

impl Log {
    pub(crate) fn line(
        &self,
        at: Timestamp,
        request: &Request,
        response: &Response,
        took: Duration,
    ) {
        let Request { id, method, route } = request;
        let known = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"];
        let method = known.into_iter().find(|known| *known == method.as_str()).unwrap_or("OTHER");
        let mut line = String::with_capacity(256);
        // Every text is one of ours, or plain characters: nothing has to be escaped. Writing to a string does not fail.
        let _ = write!(
            line,
            r#"{{"time":"{at}","id":"{}","method":"{method}","route":"{}","status":{},"ms":{}.{:03}"#,
            id.to_str().unwrap_or("-"),
            route.unwrap_or("-"),
            response.status().as_u16(),
            took.as_millis(),
            took.subsec_micros() % 1000,
        );
        if let Some(bytes) = response.body().size_hint().exact() {
            let _ = write!(line, r#","bytes":{bytes}"#);
        }
        if let Some(Told(verdict)) = response.extensions().get() {
            let _ = write!(line, r#","verdict":"{verdict}""#);
        }
        if let Some(problem) = response.extensions().get::<Problem>() {
            let _ = write!(line, r#","problem":"{}""#, problem.code());
        }
        line.push('}');
        (self.0)(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_the_caller_is_taken_over_only_if_it_says_nothing() {
        let ids = Ids::new(7);
        let of = |id: &str| {
            let headers: HeaderMap = [(REQUEST_ID, id.parse().unwrap())].into_iter().collect();
            ids.of(&headers).to_str().unwrap().to_owned()
        };
        for theirs in ["f3b1c9aa-7a2e-4c55-9a61-0c7b5d0e9f11", "0123456789abcdef"] {
            assert_eq!(of(theirs), theirs);
        }
        for other in [
            "",
            "bob@example.org",
            "bob.martin.1984",
            "a b",
            "martine-durand",
            "cafe-1234",
            "0612345678",
            "33612345678901234567",
            "x\"y12345678",
            &"1".repeat(65),
        ] {
            assert!(of(other).starts_with("0000000000000007-"), "{other}");
        }
        assert_ne!(ids.of(&HeaderMap::new()), ids.of(&HeaderMap::new()));
    }
}
