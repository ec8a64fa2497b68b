//! Answers of the function held against its own OpenAPI document: status, headers, content type, and the schema of the body.

#![expect(clippy::indexing_slicing, reason = "a member that a JSON value lacks reads as null")]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use accolade_verify_fn::{Handler, description};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use libtest_mimic::Failed;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header; empty when it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// The message has the body.
    pub fn json(&self) -> Result<Value, Failed> {
        let no_json = |_| Failed::from(format!("{} {}", self.status, self.text()));
        serde_json::from_slice(&self.body).map_err(no_json)
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks `handler` once.
///
/// # Panics
/// When this machine has no runtime, or the answer breaks off.
#[must_use]
pub fn answer_of(handler: Handler, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime for one request").block_on(async {
        let Ok(response) = handler.oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the answer is in memory");
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: body.to_vec() }
    })
}

/// The document.
#[derive(Debug)]
pub struct Described(Value);

impl Described {
    /// The document the function answers with.
    ///
    /// # Panics
    /// When it is no JSON.
    #[must_use]
    pub fn get() -> &'static Self {
        static DOCUMENT: OnceLock<Described> = OnceLock::new();
        DOCUMENT.get_or_init(|| Self(serde_json::from_str(description()).expect("it is JSON")))
    }

    /// The document itself.
    #[must_use]
    pub fn document(&self) -> &Value {
        &self.0
    }

    /// Every operation: its path, its method in capitals, and the statuses it has.
    #[must_use]
    pub fn operations(&self) -> BTreeSet<(String, String, u16)> {
        let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
        let mut operations = BTreeSet::new();
        for (path, methods) in members(&self.0["paths"]) {
            for (method, operation) in members(&methods) {
                for (status, _) in members(&operation["responses"]) {
                    let status = status.parse().unwrap_or_default();
                    operations.insert((path.clone(), method.to_uppercase(), status));
                }
            }
        }
        operations
    }

    /// Holds an answer against what the document says of it.
    ///
    /// # Errors
    /// What the two disagree on.
    pub fn hold(&self, method: &str, path: &str, answer: &Answer) -> Result<(), Failed> {
        let call = format!("{method} {path} {}", answer.status);
        let operation = &self.0["paths"][path][method.to_lowercase()];
        let response = self.led(&operation["responses"][answer.status.to_string()]);
        if response.is_null() {
            return Err(format!("{call} is not described").into());
        }
        self.hold_headers(response, answer).map_err(|why| format!("{call}: {why}"))?;
        let kind = answer.header("content-type").split(';').next().unwrap_or_default();
        let Some(kinds) = response["content"].as_object() else {
            let is_empty = answer.body.is_empty();
            return if is_empty { Ok(()) } else { Err(format!("{call} has a body").into()) };
        };
        let schema = kinds.get(kind).ok_or_else(|| format!("{call}: `{kind}` is not described"))?;
        if kind.ends_with("json") {
            self.validate(&schema["schema"], &answer.json()?)
                .map_err(|why| format!("{call}: {why}"))?;
        }
        Ok(())
    }

    fn hold_headers(&self, response: &Value, answer: &Answer) -> Result<(), String> {
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let header = self.led(header);
            match answer.headers.get(name).map(|value| value.to_str()) {
                Some(Ok(value)) => self.validate(&header["schema"], &json!(value))?,
                _ if header["required"] == true => return Err(format!("no `{name}`")),
                _ => {}
            }
        }
        Ok(())
    }

    /// Where a reference leads; a value that is none, itself.
    fn led<'a>(&'a self, value: &'a Value) -> &'a Value {
        let pointer = value.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#'));
        pointer.and_then(|pointer| self.0.pointer(pointer)).unwrap_or(value)
    }

    fn validate(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let schema = json!({ "allOf": [schema], "components": self.0["components"] });
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| error.to_string())?;
        validator.validate(value).map_err(|error| {
            let place = error.instance_path().to_string();
            format!("`{place}`: {error}").chars().take(1000).collect()
        })
    }
}
