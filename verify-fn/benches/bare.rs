//! The least that a server can do: axum, one thread, an answer. What the function's own figures are compared with, in the same
//! run (`tests/function/load`).
//!
//! `GET /status/{id}` answers a text of a look-up's length, `POST /verify` reads the body and answers after one Ed25519
//! verification (`verify_strict`) of a message of that length.

use std::process::ExitCode;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use openbadges::key::SigningKey;

/// A look-up's answer.
const LOOKED_UP: &str =
    r#"{"id":"47f607rb6xeme0s9ep2khpxmh8","status":"active","validUntil":"2029-03-12T23:59:59Z"}"#;

const MESSAGE: &[u8] = &[7; 96];

static SIGNED: LazyLock<(SigningKey, [u8; 64])> = LazyLock::new(|| {
    let key = SigningKey::from_seed(&[1; 32]);
    let signature = key.sign(MESSAGE);
    (key, signature)
});

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(address) = std::env::args().nth(1) else { return ExitCode::FAILURE };
    let Ok(listener) = tokio::net::TcpListener::bind(address).await else {
        return ExitCode::FAILURE;
    };
    let app = Router::new().route("/status/{id}", get(looked_up)).route("/verify", post(verified));
    match axum::serve(listener, app).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

async fn looked_up() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], LOOKED_UP)
}

async fn verified(body: Bytes) -> impl IntoResponse {
    let (key, signature) = &*SIGNED;
    let holds = key.public().verify_strict(MESSAGE, signature).is_ok();
    (
        [(CONTENT_TYPE, "application/json")],
        format!("{{\"holds\":{holds},\"bytes\":{}}}", body.len()),
    )
}
