//! What a request asks to verify: a file, or an address, and for whom.

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use openbadges::iri::Iri;
use openbadges::verify::Input;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The largest body that is taken: a baked picture of 5 MiB.
pub const BODY_BYTES_MAX: usize = 5 * 1024 * 1024;

/// The longest address or identity, in characters.
const TEXT_CHARS_MAX: usize = 4096;

/// What is to be verified, and whose it should be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) input: Input,
    pub(crate) recipient: Option<String>,
}

/// What goes with a badge: in the query, in a form, or beside an address in JSON.
#[derive(Debug, Default)]
pub(crate) struct Wishes {
    pub(crate) url: Option<String>,
    pub(crate) recipient: Option<String>,
    pub(crate) lang: Option<String>,
}

/// A request for an address, as JSON. A badge is JSON too, and has neither of these members alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByAddress {
    url: String,
    recipient: Option<String>,
}

/// The kinds of a body that are told apart by its content type; the rest the engine recognises by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
    Multipart,
    File,
}

impl Wishes {
    /// What the query says. A name we do not know is somebody else's, a tracker's for instance; of two values the last counts.
    pub(crate) fn of_query(query: Option<&str>) -> Self {
        let mut wishes = Self::default();
        let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
            if let Some(place) = wishes.place(&name) {
                *place = Some(value.into_owned());
            }
        }
        wishes
    }

    fn place(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "url" => Some(&mut self.url),
            "recipient" => Some(&mut self.recipient),
            "lang" => Some(&mut self.lang),
            _ => None,
        }
    }
}

impl Asked {
    /// By an address alone.
    pub(crate) fn at(wishes: &Wishes) -> Result<Self, Problem> {
        let url = bounded(wishes.url.as_deref())?.ok_or(Problem::NothingGiven)?;
        let address = url.starts_with("https://") || url.starts_with("http://");
        let iri = Iri::parse(&url).ok().filter(|_| address).ok_or(Problem::NotAnAddress)?;
        Ok(Self { input: Input::Address(iri), recipient: bounded(wishes.recipient.as_deref())? })
    }

    /// By the body of a request; `wishes` are those of its query.
    pub(crate) async fn of(request: Request, wishes: &mut Wishes) -> Result<Self, Problem> {
        // What the body says counts more; what is beyond bounds is refused also where it would not count.
        bounded(wishes.url.as_deref()).and(bounded(wishes.recipient.as_deref()))?;
        match kind(request.headers())? {
            Kind::Multipart => {
                let form = Multipart::from_request(request, &()).await;
                Self::of_multipart(form.map_err(|_| Problem::Unreadable)?, wishes).await
            }
            Kind::Form => {
                let body = body(request).await?;
                if is_badge(&body) {
                    return Self::of_file(body.to_vec(), wishes);
                }
                add(wishes, form(&body)?);
                Self::at(wishes)
            }
            Kind::Json => {
                let body = body(request).await?;
                if let Ok(ByAddress { url, recipient }) = serde_json::from_slice(&body) {
                    add(wishes, Wishes { url: Some(url), recipient, lang: None });
                    return Self::at(wishes);
                }
                Self::of_file(body.to_vec(), wishes)
            }
            Kind::File => Self::of_file(body(request).await?.to_vec(), wishes),
        }
    }

    fn of_file(bytes: Vec<u8>, wishes: &Wishes) -> Result<Self, Problem> {
        if bytes.is_empty() {
            return Err(Problem::NothingGiven);
        }
        Ok(Self { input: Input::File(bytes), recipient: bounded(wishes.recipient.as_deref())? })
    }

    /// The fields `file`, `url`, `recipient` and `lang`. An empty field was left out by its sender.
    async fn of_multipart(mut form: Multipart, wishes: &mut Wishes) -> Result<Self, Problem> {
        let mut file = None;
        while let Some(field) = form.next_field().await.map_err(|error| refused(error.status()))? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| refused(error.status()))?;
            if bytes.is_empty() {
                continue;
            }
            if name == "file" {
                file = Some(bytes);
                continue;
            }
            let place = wishes.place(&name).ok_or(Problem::Unreadable)?;
            *place = Some(String::from_utf8(bytes.to_vec()).map_err(|_| Problem::Unreadable)?);
        }
        match file {
            Some(bytes) => Self::of_file(bytes.to_vec(), wishes),
            None => Self::at(wishes),
        }
    }
}

fn kind(headers: &HeaderMap) -> Result<Kind, Problem> {
    let is_plain = |encoding: &HeaderValue| encoding.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(is_plain) {
        return Err(Problem::UnknownType);
    }
    let Some(named) = headers.get(header::CONTENT_TYPE) else { return Ok(Kind::File) };
    let named = named.to_str().unwrap_or_default().to_ascii_lowercase();
    let essence = named.split(';').next().unwrap_or_default().trim();
    match essence {
        "multipart/form-data" => Ok(Kind::Multipart),
        "application/x-www-form-urlencoded" => Ok(Kind::Form),
        "image/png"
        | "image/svg+xml"
        | "application/octet-stream"
        | "text/plain"
        | "application/jwt"
        | "application/jose"
        | "" => Ok(Kind::File),
        "application/vc" | "application/vp" => Ok(Kind::Json),
        json if is_json(json) => Ok(Kind::Json),
        token if token.ends_with("+jwt") || token.ends_with("+sd-jwt") => Ok(Kind::File),
        _ => Err(Problem::UnknownType),
    }
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}

/// A body that must be JSON, read into what it says.
pub(crate) async fn json<T: DeserializeOwned>(request: Request) -> Result<T, Problem> {
    if kind(request.headers()) != Ok(Kind::Json) {
        return Err(Problem::NotJson);
    }
    serde_json::from_slice(&body(request).await?).map_err(|_| Problem::Unreadable)
}

async fn body(request: Request) -> Result<Bytes, Problem> {
    Bytes::from_request(request, &())
        .await
        .map_err(|refusal| refused(refusal.into_response().status()))
}

fn refused(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Problem::TooLarge } else { Problem::Unreadable }
}

/// Whether a body is no form at all, whatever its type says: `curl --data-binary @badge.png` calls everything a form.
fn is_badge(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    [b"\x89PNG".as_slice(), b"<", b"{", b"eyJ", b"\xef\xbb\xbf"]
        .iter()
        .any(|begin| body.starts_with(begin))
}

/// The fields of an ordinary form. An empty field was left out by its sender.
fn form(body: &[u8]) -> Result<Wishes, Problem> {
    let mut wishes = Wishes::default();
    for (name, value) in url::form_urlencoded::parse(body).filter(|(_, value)| !value.is_empty()) {
        let place = wishes.place(&name).ok_or(Problem::Unreadable)?;
        *place = Some(value.into_owned());
    }
    Ok(wishes)
}

/// What the body says counts more than the query.
fn add(wishes: &mut Wishes, more: Wishes) {
    let Wishes { url, recipient, lang } = more;
    wishes.url = url.or(wishes.url.take());
    wishes.recipient = recipient.or(wishes.recipient.take());
    wishes.lang = lang.or(wishes.lang.take());
}

fn bounded(text: Option<&str>) -> Result<Option<String>, Problem> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) if text.chars().count() > TEXT_CHARS_MAX => Err(Problem::TooLarge),
        text => Ok(text.map(str::to_owned)),
    }
}
