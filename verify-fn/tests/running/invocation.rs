//! Lambda's Runtime API, as far as a function sees it: it gives out events one by one, and takes in what becomes of them.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::sync::{Mutex, mpsc as asynchronous};

use crate::support::{KEY, SECRET};

/// How long a test waits for a function before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// What became of an event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    Response(Value),
    Error(Value),
}

struct Api {
    events: Mutex<asynchronous::UnboundedReceiver<(String, Duration)>>,
    outcomes: mpsc::Sender<(String, Outcome)>,
    given: AtomicUsize,
}

/// The real `bootstrap`, under an emulated Runtime API.
pub(crate) struct Lambda {
    child: Child,
    events: asynchronous::UnboundedSender<(String, Duration)>,
    outcomes: mpsc::Receiver<(String, Outcome)>,
    invocations: usize,
}

impl Lambda {
    pub(crate) fn start(settings: &[(&str, &str)]) -> Self {
        let (events, to_give) = asynchronous::unbounded_channel();
        let (taken, outcomes) = mpsc::channel();
        let address = serve(to_give, taken);
        let child = bootstrap(&address, settings).spawn().unwrap();
        Self { child, events, outcomes, invocations: 0 }
    }

    /// What becomes of an event, of which the function has so long.
    pub(crate) fn invoke_within(&mut self, event: &str, time: Duration) -> Outcome {
        self.invocations += 1;
        self.events.send((event.to_owned(), time)).unwrap();
        let (id, outcome) = self.outcomes.recv_timeout(PATIENCE).expect("an outcome in time");
        assert_eq!(id, self.invocations.to_string());
        outcome
    }

    /// The answer to an event that is one.
    pub(crate) fn answer(&mut self, event: &Value) -> Answer {
        match self.invoke_within(&event.to_string(), PATIENCE) {
            Outcome::Response(response) => Answer::of(&response),
            Outcome::Error(error) => panic!("{error}"),
        }
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The program with the environment that Lambda gives it.
pub(crate) fn bootstrap(runtime_api: &str, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bootstrap"));
    command
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", runtime_api)
        .env("AWS_LAMBDA_FUNCTION_NAME", "accolade")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/accolade")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "2026/09/01/[$LATEST]0")
        .env("AWS_REGION", "eu-west-3")
        .env("AWS_ACCESS_KEY_ID", KEY)
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .env("ACCOLADE_OFFLINE", "true")
        .envs(settings.iter().copied())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// An answer, as the browser gets it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u64,
    pub(crate) headers: Value,
    pub(crate) body: Vec<u8>,
    pub(crate) is_base64: bool,
}

impl Answer {
    fn of(response: &Value) -> Self {
        let body = response["body"].as_str().unwrap_or_default();
        let is_base64 = response["isBase64Encoded"].as_bool().unwrap();
        Self {
            status: response["statusCode"].as_u64().unwrap(),
            headers: response["headers"].clone(),
            body: if is_base64 { STANDARD.decode(body).unwrap() } else { body.into() },
            is_base64,
        }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }
}

/// Who puts events before the function: both in payload format 2.0.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Door {
    FunctionUrl,
    ApiGateway,
}

impl Door {
    pub(crate) const ALL: [Self; 2] = [Self::FunctionUrl, Self::ApiGateway];

    /// A request as an event. Bodies that are no text arrive as base64.
    pub(crate) fn event(
        self,
        method: &str,
        path_and_query: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Value {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let text = std::str::from_utf8(body);
        let (host, route) = match self {
            Self::FunctionUrl => ("id.lambda-url.eu-west-3.on.aws", "$default"),
            Self::ApiGateway => ("id.execute-api.eu-west-3.amazonaws.com", "ANY /{proxy+}"),
        };
        let mut fields: serde_json::Map<String, Value> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        for (name, value) in [
            ("host", host),
            ("x-forwarded-for", "192.0.2.7"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-port", "443"),
        ] {
            fields.insert(name.to_owned(), json!(value));
        }
        json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": path,
            "rawQueryString": query,
            "headers": fields,
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "id",
                "domainName": host,
                "domainPrefix": "id",
                "http": {
                    "method": method,
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "192.0.2.7",
                    "userAgent": "a test",
                },
                "requestId": "MIZRNhJtIAMEMDw=",
                "routeKey": route,
                "stage": "$default",
                "time": "01/Sep/2026:09:00:00 +0000",
                "timeEpoch": 1_788_253_200_000_u64,
            },
            "body": text.map_or_else(|_| STANDARD.encode(body), str::to_owned),
            "isBase64Encoded": text.is_err(),
        })
    }
}

fn serve(
    events: asynchronous::UnboundedReceiver<(String, Duration)>,
    outcomes: mpsc::Sender<(String, Outcome)>,
) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let api = Arc::new(Api { events: Mutex::new(events), outcomes, given: AtomicUsize::new(0) });
    let app = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
        .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
        .layer(DefaultBodyLimit::disable())
        .with_state(api);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
    });
    address
}

/// Waits, as the real one does, until there is an event.
async fn next(State(api): State<Arc<Api>>) -> Response<Body> {
    let Some((event, time)) = api.events.lock().await.recv().await else {
        return std::future::pending().await;
    };
    let id = api.given.fetch_add(1, Ordering::SeqCst) + 1;
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + time;
    Response::builder()
        .header("lambda-runtime-aws-request-id", id.to_string())
        .header("lambda-runtime-deadline-ms", deadline.as_millis().to_string())
        .header("lambda-runtime-trace-id", "Root=1-5eb33c07-de25b420912dee103a5db434")
        .header(
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-3:123456789012:function:accolade",
        )
        .body(Body::from(event))
        .unwrap()
}

async fn response(State(api): State<Arc<Api>>, Path(id): Path<String>, body: String) -> StatusCode {
    let response = serde_json::from_str(&body).unwrap_or(Value::Null);
    api.outcomes.send((id, Outcome::Response(response))).unwrap();
    StatusCode::ACCEPTED
}

async fn error(State(api): State<Arc<Api>>, Path(id): Path<String>, body: String) -> StatusCode {
    let error = serde_json::from_str(&body).unwrap_or(Value::Null);
    api.outcomes.send((id, Outcome::Error(error))).unwrap();
    StatusCode::ACCEPTED
}
