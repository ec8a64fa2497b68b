//! The verification function on AWS Lambda: wiring only. The same routes, behind a function URL or an API Gateway (HTTP API,
//! payload format 2.0).
//!
//! Lambda looks for a program of this name. Its settings are the environment of the function; it is one invocation at a time,
//! so one thread serves, and verifications have another.

use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use accolade_verify_fn::{Configuration, router};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use clap::Parser;
use lambda_http::Context;
use openbadges::time::Timestamp;
use serde_json::json;
use tokio::time::timeout;

/// Verifies Open Badges on AWS Lambda, from the files of a published site.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    configuration: Configuration,
}

/// Nothing was begun: the settings cannot be meant.
const WRONG_USAGE: u8 = 2;

/// What is kept of an invocation's time, to write the answer.
const TO_ANSWER: Duration = Duration::from_millis(500);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Arguments { configuration } = Arguments::parse();
    let function = match configuration.function(now) {
        Ok(function) => function,
        Err(error) => {
            report(&error.to_string());
            return ExitCode::from(WRONG_USAGE);
        }
    };
    match lambda_http::run(router(function).layer(from_fn(until_deadline))).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Answers before the machine is taken away, so that who asked gets a problem document and no bare time-out.
async fn until_deadline(request: Request, next: Next) -> Response {
    let Some(left) = request.extensions().get::<Context>().map(time_left) else {
        return next.run(request).await;
    };
    let answer = timeout(left.saturating_sub(TO_ANSWER), next.run(request));
    answer.await.unwrap_or_else(|_| too_late())
}

fn too_late() -> Response {
    let problem = json!({
        "type": "about:blank",
        "title": "there was no time left for an answer",
        "detail": "try again, or send the badge itself in place of its address",
        "status": StatusCode::GATEWAY_TIMEOUT.as_u16(),
    });
    let headers = [
        (CONTENT_TYPE, "application/problem+json"),
        (CACHE_CONTROL, "no-store"),
        (RETRY_AFTER, "2"),
    ];
    (StatusCode::GATEWAY_TIMEOUT, headers, problem.to_string()).into_response()
}

fn time_left(context: &Context) -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Duration::from_millis(context.deadline).saturating_sub(now)
}

fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}

#[expect(clippy::print_stderr, reason = "the one place where this program speaks to its operator")]
fn report(message: &str) {
    eprintln!("accolade-verify-fn: {message}");
}
