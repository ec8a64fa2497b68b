//! The verification function on AWS Lambda: wiring only. The same routes, behind a function URL or an API Gateway (HTTP API,
//! payload format 2.0).
//!
//! Lambda looks for a program of this name. Its settings are the environment of the function. There is one invocation at a
//! time, so one thread serves, and verifications have another.

use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use accolade_verify_fn::{Client, Configuration, Deadline, begin, report};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use clap::Parser;
use lambda_http::Context;
use lambda_http::request::RequestContext;

/// Verifies Open Badges on AWS Lambda, from the files of a published site.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    configuration: Configuration,
}

/// What is kept of an invocation's time, to write the answer.
const TO_ANSWER: Duration = Duration::from_millis(500);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let handler = match begin(&Arguments::parse().configuration) {
        Ok(handler) => handler,
        Err(status) => return status,
    };
    let app = Router::new().fallback_service(handler).layer(from_fn(with_its_invocation));
    match lambda_http::run(app).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Tells the routes what Lambda knows of a request: who asks, and until when it waits for an answer. Afterwards it would end
/// the machine, and who asked would be told of an internal error.
async fn with_its_invocation(mut request: Request, next: Next) -> Response {
    let known = request.extensions();
    let deadline = known.get::<Context>().and_then(deadline);
    let client = match known.get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.clone(),
        _ => None,
    };
    let client = client.and_then(|address| address.parse().ok()).map(Client);
    let known = request.extensions_mut();
    deadline.map(|deadline| known.insert(deadline));
    client.map(|client| known.insert(client));
    next.run(request).await
}

/// Nothing when the time is already over: no invocation begins then, so it is no time that was meant. (Emulators write other
/// things there.)
fn deadline(context: &Context) -> Option<Deadline> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let left = Duration::from_millis(context.deadline).checked_sub(now)?;
    Some(Deadline(Instant::now() + left.saturating_sub(TO_ANSWER)))
}
