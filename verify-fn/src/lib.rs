//! The verification function: a record in, five plain answers out.
//!
//! `POST /verify` takes a picture or a record as its body and answers with the report; `GET /healthz` says what the
//! function can reach. It answers for one published site from a folder and fetches nothing: documents of other hosts are
//! unavailable, which makes a verdict *unknown*, never *valid*.

use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use openbadges::iri::{BaseUrl, Iri};
use openbadges::time::Timestamp;
use openbadges::verify::{
    Answer, Body, Documents, Input, Language, Policy, Source, Step, Unavailable, verify,
};
use serde::Deserialize;
use serde_json::json;

/// The largest body that is taken: a baked picture of 5 MiB.
pub const BODY_BYTES_MAX: usize = 5 * 1024 * 1024;

/// The largest document of the site that is read.
const DOCUMENT_BYTES_MAX: u64 = 1024 * 1024;

/// A published site: its folder, and the address it is published at.
#[derive(Debug, Clone)]
pub struct Site {
    folder: PathBuf,
    base_url: BaseUrl,
}

impl Site {
    /// The site in `folder`, published at `base_url`.
    #[must_use]
    pub fn new(folder: PathBuf, base_url: BaseUrl) -> Self {
        Self { folder, base_url }
    }

    /// Answers for `asked` from the folder, or says that the network was not used.
    fn answer(&self, asked: &Iri) -> Answer {
        let body = self.file(asked).map_or(Err(Unavailable::Offline), |file| read(&file, asked));
        Answer { source: Source::StandIn, hops: vec![], body }
    }

    /// The file of an address below the site's own; nothing for other hosts and for paths that climb.
    fn file(&self, asked: &Iri) -> Option<PathBuf> {
        let (address, _) = asked.split_fragment();
        let path = address.strip_prefix(self.base_url.as_str())?.strip_prefix('/')?;
        let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        plain.then(|| self.folder.join(path))
    }
}

fn read(file: &Path, asked: &Iri) -> Result<Body, Unavailable> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file);
    let status = match opened {
        Ok(opened) => {
            let limited = opened.take(DOCUMENT_BYTES_MAX + 1).read_to_end(&mut bytes);
            limited.map_err(|error| Unavailable::NoAnswer(error.kind().to_string()))?;
            200
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => 404,
        Err(error) => return Err(Unavailable::NoAnswer(error.kind().to_string())),
    };
    if u64::try_from(bytes.len()).is_ok_and(|length| length > DOCUMENT_BYTES_MAX) {
        return Err(Unavailable::TooLarge(DOCUMENT_BYTES_MAX));
    }
    Ok(Body { url: asked.clone(), status, content_type: None, bytes })
}

/// The routes of the function.
pub fn router(site: Site) -> Router {
    Router::new()
        .route("/verify", post(verify_body))
        .route("/healthz", get(health))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(Arc::new(site))
}

#[derive(Debug, Deserialize)]
struct Asked {
    lang: Option<String>,
    recipient: Option<String>,
}

async fn verify_body(
    State(site): State<Arc<Site>>,
    Query(asked): Query<Asked>,
    body: Bytes,
) -> Response {
    if body.is_empty() {
        let problem = json!({
            "type": "about:blank",
            "title": "there is nothing to verify",
            "detail": "send a picture, or the JSON of a badge, as the body of the request",
            "status": 400,
        });
        let kind = [("content-type", "application/problem+json")];
        return (StatusCode::BAD_REQUEST, kind, problem.to_string()).into_response();
    }
    let language =
        if asked.lang.as_deref() == Some("en") { Language::English } else { Language::French };
    let policy = Policy { recipient: asked.recipient, ..Policy::default() };
    let input = Input::File(body.to_vec());
    let now = Timestamp::from(jiff::Timestamp::now());
    let mut documents = Documents::new();
    let report = loop {
        match verify(&input, &documents, &policy, now) {
            Step::Done(report) => break report,
            Step::Need(iris) => {
                for iri in iris {
                    let answer = site.answer(&iri);
                    documents.supply(iri, answer);
                }
            }
        }
    };
    Json(json!(report.in_language(language))).into_response()
}

async fn health(State(site): State<Arc<Site>>) -> Response {
    let reachable = site.folder.join("catalog.json").is_file();
    let status = if reachable { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let answer = json!({ "site": site.base_url.as_str(), "reachable": reachable });
    (status, Json(answer)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let base = BaseUrl::parse("https://badges.example").unwrap();
        Site::new(PathBuf::from("public"), base)
    }

    #[test]
    fn only_addresses_of_the_site_become_files_and_none_climbs_out() {
        let file = |text: &str| site().file(&Iri::parse(text).unwrap());
        let inside = file("https://badges.example/a/1/credential.json#x");
        assert_eq!(inside, Some(PathBuf::from("public/a/1/credential.json")));
        for outside in [
            "https://badges.example.evil/a",
            "https://other.example/a",
            "https://badges.example/../secret",
            "https://badges.example//etc/passwd",
            "http://badges.example/a",
        ] {
            assert_eq!(file(outside), None, "{outside}");
        }
    }

    #[test]
    fn another_host_is_unavailable_not_absent() {
        let answer = site().answer(&Iri::parse("https://other.example/did.json").unwrap());
        assert_eq!(answer.body, Err(Unavailable::Offline));
    }
}
