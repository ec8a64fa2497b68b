//! `/verify`: five plain answers, as JSON or as a page.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use openbadges::iri::Iri;
use openbadges::verify::{Language, Policy};
use serde_json::Value;
use tokio::runtime::Handle;

use crate::asked::{Asked, Wishes};
use crate::language::{language, tag, wants_page};
use crate::problem::Problem;
use crate::{Function, report_page};

/// `GET /verify?url=…`
pub(crate) async fn address(
    State(function): State<Arc<Function>>,
    Query(wishes): Query<Wishes>,
    headers: HeaderMap,
) -> Response {
    let language = language(wishes.lang.as_deref(), &headers);
    match Asked::at(&wishes) {
        Ok(asked) => answer(function, asked, language, &headers).await,
        Err(problem) => problem.into_response(),
    }
}

/// `POST /verify`
pub(crate) async fn body(
    State(function): State<Arc<Function>>,
    Query(mut wishes): Query<Wishes>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    match Asked::of(request, &mut wishes).await {
        Ok(asked) => {
            let language = language(wishes.lang.as_deref(), &headers);
            answer(function, asked, language, &headers).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn answer(
    function: Arc<Function>,
    asked: Asked,
    language: Language,
    headers: &HeaderMap,
) -> Response {
    let Ok(_place) = function.places.try_acquire() else { return Problem::Busy.into_response() };
    let shared = Arc::clone(&function);
    let as_page = wants_page(headers);
    let now = (function.clock)();
    let runtime = Handle::current();
    let run = move || {
        let own = |needs: &[Iri]| runtime.block_on(shared.store.answers(needs));
        let policy = Policy { recipient: asked.recipient, ..Policy::default() };
        let report = shared.web.verify_with(&asked.input, &policy, now, own);
        if as_page {
            Answered::Page(report_page::render(&report, language))
        } else {
            // A report is made of texts and numbers: there is always JSON for it.
            Answered::Json(serde_json::to_value(report.in_language(language)).unwrap_or_default())
        }
    };
    let mut response = match tokio::task::spawn_blocking(run).await {
        Ok(Answered::Json(report)) => Json(report).into_response(),
        Ok(Answered::Page(page)) => page_of(page),
        Err(_) => return Problem::BrokeOff.into_response(),
    };
    let headers = response.headers_mut();
    let mut put = |name, value| headers.insert(name, HeaderValue::from_static(value));
    // It holds for this moment, and it is about a person.
    put(header::CACHE_CONTROL, "no-store");
    put(header::VARY, "accept, accept-language");
    put(header::CONTENT_LANGUAGE, tag(language));
    response
}

enum Answered {
    Json(Value),
    Page(String),
}

fn page_of(page: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, report_page::security_policy()),
    ];
    (headers, page).into_response()
}
