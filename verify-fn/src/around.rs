//! What happens around every call: who may ask and how often, the headers of every answer, the words of a problem, one line
//! for the log.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tower::Service;

use crate::asked::Wishes;
use crate::language::language;
use crate::log::{self, REQUEST_ID};
use crate::problem::{self, Problem};
use crate::rate::{Client, Rate};
use crate::{Function, LOOK_UP, paths, status};

/// Calls that cost nobody anything, and must answer when everything else is refused.
const UNCOUNTED: [&str; 3] = ["/healthz", "/openapi.json", problem::PATH];

/// Every path, made once.
static PATHS: LazyLock<Vec<&str>> = LazyLock::new(|| paths().collect());

/// The function as a service: every call, and what happens around it.
///
/// It is around the router and no layer inside it: there, each request would clone each layer.
#[derive(Debug, Clone)]
pub struct Handler {
    pub(crate) function: Arc<Function>,
    pub(crate) calls: Router,
}

impl Service<Request> for Handler {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Self { function, calls } = self.clone();
        Box::pin(async move { Ok(every_call(&function, calls, request).await) })
    }
}

async fn every_call(function: &Function, mut calls: Router, request: Request) -> Response {
    let since = Instant::now();
    let asked = log::Request {
        id: function.ids.of(request.headers()),
        method: request.method().clone(),
        route: route(request.uri().path()),
    };
    let is_preflight = is_preflight(&request);
    let speech = Speech::of(&request);
    let mut response = if is_preflight {
        StatusCode::NO_CONTENT.into_response()
    } else if let Some(turned_away) = refused(function, &request, &asked, since) {
        turned_away
    } else {
        let deadline = request.extensions().get::<Deadline>().copied();
        // A panic is our fault, and stays in this house.
        let answer = answer(function, &mut calls, request);
        let answer = AssertUnwindSafe(in_time(deadline, answer)).catch_unwind();
        answer.await.unwrap_or_else(|_| Problem::BrokeOff.into_response())
    };
    if response.extensions().get::<Problem>().is_some() {
        response = speech.word(response);
    }
    complete(response.headers_mut(), is_preflight, asked.id.clone());
    if let Some(log) = &function.settings.log {
        log.line((function.clock)(), &asked, &response, since.elapsed());
    }
    response
}

/// A look-up goes straight to its answer: it is asked in thousands, and to be routed would cost a tenth more.
async fn answer(
    function: &Function,
    calls: &mut Router,
    request: Request,
) -> Result<Response, Infallible> {
    let id = request.uri().path().strip_prefix("/status/").filter(|id| status::is_id(id));
    match id {
        Some(id) if request.method() == Method::GET => {
            Ok(status::of(function, id, request.headers()).await)
        }
        _ => calls.call(request).await,
    }
}

/// The route of a path, with its parameters unfilled: what the log may say.
fn route(path: &str) -> Option<&'static str> {
    let is_look_up = path.strip_prefix("/status/").is_some_and(|id| !id.contains('/'));
    if is_look_up { Some(LOOK_UP) } else { PATHS.iter().copied().find(|known| *known == path) }
}

/// When an answer must be there at the latest: put in by whoever hands a request on and will not wait for longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline(pub Instant);

/// What decides on the words of a problem, should there be one. A request is consumed by its handler.
struct Speech {
    uri: Uri,
    kind: Option<HeaderValue>,
    language: Option<HeaderValue>,
}

impl Speech {
    fn of(request: &Request) -> Self {
        let header = |name| request.headers().get(name).cloned();
        Self {
            uri: request.uri().clone(),
            kind: header(header::ACCEPT),
            language: header(header::ACCEPT_LANGUAGE),
        }
    }

    fn word(self, response: Response) -> Response {
        let lang = Wishes::of_query(self.uri.query()).lang;
        let kept = [(header::ACCEPT, self.kind), (header::ACCEPT_LANGUAGE, self.language)];
        let kept = kept.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let wanted: HeaderMap = kept.collect();
        problem::word(response, language(lang.as_deref(), &wanted), &wanted)
    }
}

async fn in_time(
    deadline: Option<Deadline>,
    answer: impl Future<Output = Result<Response, Infallible>>,
) -> Response {
    let Ok(response) = match deadline {
        None => answer.await,
        Some(Deadline(at)) => {
            let in_time = tokio::time::timeout_at(at.into(), answer).await;
            in_time.unwrap_or_else(|_| Ok(Problem::OutOfTime.into_response()))
        }
    };
    response
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a client that asks too often.
fn refused(
    function: &Function,
    request: &Request,
    asked: &log::Request,
    now: Instant,
) -> Option<Response> {
    let buckets = function.buckets.as_ref()?;
    if asked.route.is_some_and(|route| UNCOUNTED.contains(&route)) {
        return None;
    }
    let trusted = function.settings.client_header.as_ref();
    let client = Client::of(request.headers(), request.extensions(), trusted)?;
    let is_dear = request.method() == Method::POST || request.uri().query().is_some();
    let tokens = if is_dear { Rate::VERIFICATION } else { 1 };
    let wait = buckets.take(client, tokens, now).err()?;
    let mut response = Problem::TooOften.into_response();
    let seconds = wait.as_secs() + u64::from(wait > Duration::from_secs(wait.as_secs()));
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    Some(response)
}

/// Every page of the web may ask, and no answer is anything else than it says.
fn complete(headers: &mut HeaderMap, is_preflight: bool, id: HeaderValue) {
    headers.insert(REQUEST_ID, id);
    let mut put = |name, value| headers.insert(name, HeaderValue::from_static(value));
    put(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    if is_preflight {
        put(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
        put(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "accept, accept-language, content-type, if-none-match, x-request-id",
        );
        put(header::ACCESS_CONTROL_MAX_AGE, "86400");
    } else {
        put(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            "allow, content-language, etag, retry-after, x-request-id",
        );
    }
}

/// Nothing is asked at this path.
pub(crate) async fn not_found() -> Problem {
    Problem::NotFound
}

/// Another method is asked for at this path; the router adds which. To be told them is what `OPTIONS` is for.
pub(crate) async fn other_method(method: Method) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    Problem::MethodNotAllowed.into_response()
}
