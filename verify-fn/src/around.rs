//! What happens around every call: who may ask and how often, the headers of every answer, the words of a problem, one line
//! for the log.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::Function;
use crate::asked::Wishes;
use crate::language::language;
use crate::log::{self, REQUEST_ID};
use crate::problem::{self, Problem};
use crate::rate::{Client, Rate};

/// Calls that cost nobody anything, and must answer when everything else is refused.
const UNCOUNTED: [&str; 3] = ["/healthz", "/openapi.json", problem::PATH];

/// Wraps every call.
pub(crate) async fn every_call(
    State(function): State<Arc<Function>>,
    request: Request,
    next: Next,
) -> Response {
    let since = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let asked = log::Request {
        id: function.ids.of(request.headers()),
        method: request.method().clone(),
        route,
    };
    let is_preflight = is_preflight(&request);
    let wanted = wanted(request.headers());
    let lang = Wishes::of_query(request.uri().query()).lang;
    let mut response = match refused(&function, &request, &asked, since) {
        _ if is_preflight => StatusCode::NO_CONTENT.into_response(),
        Some(turned_away) => turned_away,
        None => {
            let deadline = request.extensions().get::<Deadline>().copied();
            in_time(deadline, next.run(request)).await
        }
    };
    if response.extensions().get::<Problem>().is_some() {
        response = problem::word(response, language(lang.as_deref(), &wanted), &wanted);
    }
    complete(response.headers_mut(), is_preflight, asked.id.clone());
    if let Some(log) = &function.settings.log {
        log.line((function.clock)(), &asked, &response, since.elapsed());
    }
    response
}

/// When an answer must be there at the latest: put in by whoever hands a request on and will not wait for longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline(pub Instant);

async fn in_time(deadline: Option<Deadline>, answer: impl Future<Output = Response>) -> Response {
    match deadline {
        None => answer.await,
        Some(Deadline(at)) => {
            let in_time = tokio::time::timeout_at(at.into(), answer).await;
            in_time.unwrap_or_else(|_| Problem::OutOfTime.into_response())
        }
    }
}

/// The headers that decide on the words of a problem. A request is consumed by its handler.
fn wanted(headers: &HeaderMap) -> HeaderMap {
    let kept = |name: HeaderName| headers.get(&name).cloned().map(|value| (name, value));
    [kept(header::ACCEPT), kept(header::ACCEPT_LANGUAGE)].into_iter().flatten().collect()
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
    let route = asked.route.as_ref().map(MatchedPath::as_str).unwrap_or_default();
    if UNCOUNTED.contains(&route) {
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

/// What a broken handler answers: a panic is our fault, and stays in this house.
pub(crate) fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::BrokeOff.into_response()
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
