//! `/verify`: five plain answers, as JSON or as a page.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use openbadges::iri::Iri;
use openbadges::verify::{Language, Policy, Report, Verdict};
use tokio::runtime::Handle;

use crate::asked::{Asked, Wishes};
use crate::language::{language, tag, wants_page};
use crate::log::Told;
use crate::problem::{self, Problem};
use crate::{Function, page, report_page};

/// `GET /verify?url=…`; a person who names nothing gets a page to begin at.
pub(crate) async fn address(State(function): State<Arc<Function>>, request: Request) -> Response {
    let wishes = Wishes::of_query(request.uri().query());
    let language = language(wishes.lang.as_deref(), request.headers());
    match Asked::at(&wishes) {
        Ok(asked) => answer(function, asked, language, request.headers()).await,
        Err(Problem::NothingGiven) if wants_page(request.headers()) => {
            page::answer(page::start(language), language)
        }
        Err(problem) => problem.into_response(),
    }
}

/// `POST /verify`
pub(crate) async fn body(State(function): State<Arc<Function>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let mut wishes = Wishes::of_query(request.uri().query());
    let arrived = Asked::of(request, &mut wishes);
    let asked = match tokio::time::timeout(function.settings.arrival_time_max, arrived).await {
        Ok(asked) => asked,
        Err(_) => Err(Problem::TooSlow),
    };
    let language = language(wishes.lang.as_deref(), &headers);
    match asked {
        Ok(asked) => answer(function, asked, language, &headers).await,
        Err(problem) => {
            let mut response = problem.into_response();
            response.extensions_mut().insert(problem::Asked(language));
            response
        }
    }
}

async fn answer(
    function: Arc<Function>,
    asked: Asked,
    language: Language,
    headers: &HeaderMap,
) -> Response {
    let policy = Policy { recipient: asked.recipient.clone(), ..Policy::default() };
    let as_page = wants_page(headers);
    let said = judged(function, asked, policy, move |report| {
        let said = if as_page {
            report_page::render(report, language).into_bytes()
        } else {
            // A report is made of texts and numbers: there is always JSON for it.
            serde_json::to_vec(&report.in_language(language)).unwrap_or_default()
        };
        (said, verdict(report))
    });
    let (said, told) = match said.await {
        Ok(said) => said,
        Err(problem) => return problem.into_response(),
    };
    let mut response = said.into_response();
    response.extensions_mut().insert(told);
    let headers = response.headers_mut();
    let mut put = |name, value| headers.insert(name, HeaderValue::from_static(value));
    put(header::CONTENT_TYPE, "application/json");
    // It holds for this moment, and it is about a person.
    put(header::CACHE_CONTROL, "no-store");
    put(header::VARY, "accept, accept-language");
    put(header::CONTENT_LANGUAGE, tag(language));
    if as_page {
        page::headers(headers);
    }
    response
}

/// What `say` makes of the report, on a thread that may wait for other people's hosts.
///
/// The place is kept until the thread is done, also when whoever asked has gone away in the meantime.
pub(crate) async fn judged<T: Send + 'static>(
    function: Arc<Function>,
    asked: Asked,
    policy: Policy,
    say: impl FnOnce(&Report) -> T + Send + 'static,
) -> Result<T, Problem> {
    let place = Arc::clone(&function.places).try_acquire_owned().map_err(|_| Problem::Busy)?;
    let now = (function.clock)();
    let runtime = Handle::current();
    let run = move || {
        let own = |needs: &[Iri]| runtime.block_on(function.store.answers(needs));
        let said = say(&function.web.verify_with(&asked.input, &policy, now, own));
        drop(place);
        said
    };
    tokio::task::spawn_blocking(run).await.map_err(|_| Problem::BrokeOff)
}

/// The verdict, for the log.
pub(crate) const fn verdict(report: &Report) -> Told {
    Told(match report.verdict {
        Verdict::Valid => "valid",
        Verdict::Invalid => "invalid",
        Verdict::Unknown => "unknown",
    })
}
