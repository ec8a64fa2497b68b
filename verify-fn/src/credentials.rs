//! `POST /credentials/verify`: the verifier's interface of the W3C VC API.
//!
//! *Verified* means that every question about the credential has a good answer. The draft would call a withdrawn credential
//! verified, with a warning; here it is not, and nor is one that could not be checked: whoever reads one word reads the
//! right one. What is not verified answers 400 with the same document, as the W3C's test suites expect.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use openbadges::verify::{
    Accept, Code, Input, Language, Outcome, Policy, Question, Report, Verdict,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::Function;
use crate::asked::{self, Asked, Wishes};
use crate::language::{language, tag};
use crate::problem::Problem;
use crate::verify::{judged, verdict};

/// The options that have a meaning here, or that may be ignored because every check is always made.
const OPTIONS: [&str; 4] = ["returnCredential", "checks", "challenge", "domain"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Verification {
    verifiable_credential: Box<RawValue>,
    #[serde(default)]
    options: BTreeMap<String, Box<RawValue>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Verified {
    verified: bool,
    /// What was looked into.
    checks: Vec<&'static str>,
    warnings: Vec<Details>,
    errors: Vec<Details>,
    /// Both of them: later drafts have one list.
    problem_details: Vec<Details>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verifiable_credential: Option<Box<RawValue>>,
}

/// A finding, as RFC 9457 has it.
#[derive(Clone, Serialize)]
struct Details {
    r#type: &'static str,
    title: &'static str,
    detail: String,
}

/// `POST /credentials/verify`
pub(crate) async fn verify(State(function): State<Arc<Function>>, request: Request) -> Response {
    let wishes = Wishes::of_query(request.uri().query());
    let language = language(wishes.lang.as_deref(), request.headers());
    let arrived = asked::json::<Verification>(request);
    let Verification { verifiable_credential, options } =
        match tokio::time::timeout(function.settings.arrival_time_max, arrived).await {
            Ok(Ok(asked)) => asked,
            Ok(Err(problem)) => return problem.into_response(),
            Err(_) => return Problem::TooSlow.into_response(),
        };
    if options.keys().any(|option| !OPTIONS.contains(&option.as_str())) {
        return Problem::UnknownOption.into_response();
    }
    let wants_credential = options.get("returnCredential").is_some_and(|it| it.get() == "true");
    let asked = Asked { input: Input::File(bytes(&verifiable_credential)), recipient: None };
    let policy = Policy { accept: Accept::Credentials, ..Policy::default() };
    let returned = wants_credential.then_some(verifiable_credential);
    let say = move |report: &Report| (answer(report, language, returned), verdict(report));
    let (answer, told) = match judged(function, asked, policy, say).await {
        Ok(answer) => answer,
        Err(problem) => return problem.into_response(),
    };
    let status = if answer.verified { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let mut response = (status, Json(answer)).into_response();
    response.extensions_mut().insert(told);
    let headers = response.headers_mut();
    let mut put = |name, value| headers.insert(name, HeaderValue::from_static(value));
    put(header::CACHE_CONTROL, "no-store");
    put(header::VARY, "accept-language");
    put(header::CONTENT_LANGUAGE, tag(language));
    response
}

/// The credential as it was sent: an object, or a token in a JSON string.
fn bytes(credential: &RawValue) -> Vec<u8> {
    let token: Result<String, _> = serde_json::from_str(credential.get());
    token.unwrap_or_else(|_| credential.get().to_owned()).into_bytes()
}

fn answer(report: &Report, language: Language, credential: Option<Box<RawValue>>) -> Verified {
    let words = |code: Code| code.sentence().in_print(language);
    let errors: Vec<_> = errors(report)
        .into_iter()
        .map(|(question, outcome)| {
            let code = outcome.code();
            Details { r#type: kind(question, outcome), title: code.text(), detail: words(code) }
        })
        .collect();
    let mut warnings: Vec<Details> = Vec::new();
    for note in &report.notes {
        if warnings.iter().all(|one| one.title != note.code.text()) {
            let detail = words(note.code);
            warnings.push(Details { r#type: "about:blank", title: note.code.text(), detail });
        }
    }
    let checked = |(question, name)| {
        let is_reached = report.answer(question) != Outcome::Unknown(Code::NotReached);
        is_reached.then_some(name)
    };
    Verified {
        verified: report.verdict == Verdict::Valid,
        checks: NAMES.into_iter().filter_map(checked).collect(),
        problem_details: errors.iter().chain(&warnings).cloned().collect(),
        warnings,
        errors,
        verifiable_credential: credential,
    }
}

/// What the interface calls the questions it has.
const NAMES: [(Question, &str); 4] = [
    (Question::Issuer, "issuer"),
    (Question::Unaltered, "proof"),
    (Question::InDate, "validity"),
    (Question::NotWithdrawn, "credentialStatus"),
];

/// Every check and every answer that stands in the way, once each.
fn errors(report: &Report) -> Vec<(Option<Question>, Outcome)> {
    let checks = report.checks.iter().map(|check| (check.question, check.outcome));
    let answers = report.answers.iter().map(|one| (Some(one.question), one.outcome));
    let mut errors: Vec<(Option<Question>, Outcome)> = Vec::new();
    for (question, outcome) in checks.chain(answers) {
        let is_asked = question != Some(Question::Recipient);
        let is_known = errors.iter().any(|(_, known)| known.code() == outcome.code());
        if is_asked && !is_known && !matches!(outcome, Outcome::Pass(_)) {
            errors.push((question, outcome));
        }
    }
    // A question that was not reached explains nothing where something else does.
    if errors.len() > 1 {
        errors.retain(|(_, outcome)| outcome.code() != Code::NotReached);
    }
    errors
}

/// The URL of a finding, where the specifications have one (VC Data Model 2.0, 7.2; Bitstring Status List, 3.5).
const fn kind(question: Option<Question>, outcome: Outcome) -> &'static str {
    match (question, outcome) {
        (Some(Question::Issuer | Question::Unaltered), Outcome::Fail(_)) => {
            "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"
        }
        (Some(Question::InDate), Outcome::Fail(_)) => {
            "https://www.w3.org/TR/vc-data-model#RANGE_ERROR"
        }
        (Some(Question::NotWithdrawn), Outcome::Unknown(_)) => {
            "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR"
        }
        (Some(Question::NotWithdrawn), Outcome::Fail(_)) => {
            "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR"
        }
        (None, Outcome::Fail(_) | Outcome::Unknown(_)) => {
            "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
        }
        _ => "about:blank",
    }
}
