//! One document from one web server: asked for, led on, taken in, and never more than its bounds allow.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use openbadges::iri::Iri;
use openbadges::verify::{Answer, Body, Source, Unavailable};
use rustls::{CertificateError, Error as TlsError};
use ureq::Agent;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use ureq::http::{HeaderMap, HeaderName, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::cache::{Cache, CacheBounds};
use crate::hosts::Hosts;
use crate::moment::Moment;
use crate::names::{Guard, Names, SystemNames};
use crate::target::{Reach, admit};

/// What one document and one run may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// To a connection, its TLS included.
    pub connect_time_max: Duration,
    /// To a whole document, its redirects included.
    pub document_time_max: Duration,
    /// To all documents of a run together.
    pub run_time_max: Duration,
    /// The largest document: a baked picture is the largest thing a badge points to.
    pub document_bytes_max: u64,
    /// All documents of a run together.
    pub run_bytes_max: u64,
    /// The most documents of a run.
    pub run_documents_max: usize,
    /// The most redirects on the way to a document.
    pub redirects_max: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connect_time_max: Duration::from_secs(4),
            document_time_max: Duration::from_secs(8),
            run_time_max: Duration::from_secs(20),
            document_bytes_max: 5 * 1024 * 1024,
            run_bytes_max: 24 * 1024 * 1024,
            run_documents_max: 64,
            redirects_max: 5,
        }
    }
}

/// The largest head of an answer.
const HEAD_BYTES_MAX: usize = 32 * 1024;

/// Connections that are kept open for the next document.
const IDLE_CONNECTIONS_MAX: usize = 16;

/// How the last request went.
const NOT_ASKED: u8 = 0;
const ANSWERED: u8 = 1;
const UNANSWERED: u8 = 2;

/// Who we say we are.
const USER_AGENT: &str = concat!("accolade/", env!("CARGO_PKG_VERSION"), " (Open Badges verifier)");

/// A host that can answer with a page or a record is asked for the record.
const ACCEPT: &str = "application/ld+json, application/json;q=0.9, application/vc+jwt;q=0.8, \
                      application/jwt;q=0.8, image/png;q=0.7, image/svg+xml;q=0.7, */*;q=0.1";

/// Whose word counts for who a host is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Trust {
    /// The authorities that browsers trust, compiled in.
    #[default]
    Public,
    /// These certificates, in DER, and no others.
    These(Vec<Vec<u8>>),
}

/// How a [`Fetcher`] behaves.
#[derive(Clone, Default)]
pub struct Options {
    /// How far it goes.
    pub reach: Reach,
    /// What it may cost.
    pub bounds: Bounds,
    /// Whom it may ask.
    pub hosts: Hosts,
    /// Whom it believes.
    pub trust: Trust,
    /// Who knows addresses; without, this machine.
    pub names: Option<Arc<dyn Names>>,
    /// What is kept from one run to the next; without, nothing.
    pub cache: Option<CacheBounds>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// The only thing that opens connections to other people's servers. It holds connections open for the next document.
///
/// It sends no cookie, no credentials and no referrer, uses no proxy, and asks caches on the way for a fresh copy
/// (`no-cache`), so that a withdrawal is seen at once.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    reach: Reach,
    bounds: Bounds,
    hosts: Hosts,
    cache: Option<Cache>,
    last: AtomicU8,
}

/// How far other people's servers can be reached, as far as is known without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outbound {
    /// Nobody is ever asked.
    Off,
    /// Nobody has been asked yet.
    NotAsked,
    /// The last server that was asked answered.
    Answered,
    /// The last server that was asked did not: it may be down, or there is no way out of here.
    Unanswered,
}

impl Fetcher {
    /// A fetcher. Nothing is opened, looked up or loaded yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let Options { reach, bounds, hosts, trust, names, cache } = options;
        let roots = match trust {
            Trust::Public => RootCerts::WebPki,
            Trust::These(certificates) => RootCerts::Specific(Arc::new(
                certificates.iter().map(|der| Certificate::from_der(der).to_owned()).collect(),
            )),
        };
        let config = Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .accept_encoding("identity")
            .max_response_header_size(HEAD_BYTES_MAX)
            .max_idle_connections(IDLE_CONNECTIONS_MAX)
            .timeout_resolve(Some(bounds.connect_time_max))
            .timeout_connect(Some(bounds.connect_time_max))
            .timeout_global(Some(bounds.document_time_max))
            .build();
        let names = names.unwrap_or_else(|| Arc::new(SystemNames));
        let guard = Guard::new(names, reach);
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        let last = AtomicU8::new(NOT_ASKED);
        Self { agent, reach, bounds, hosts, cache: cache.map(Cache::new), last }
    }

    /// How it went the last time.
    #[must_use]
    pub fn outbound(&self) -> Outbound {
        match self.last.load(Ordering::Relaxed) {
            NOT_ASKED => Outbound::NotAsked,
            ANSWERED => Outbound::Answered,
            _ => Outbound::Unanswered,
        }
    }

    /// The allowance of one run, which begins now.
    #[must_use]
    pub fn allowance(&self) -> Allowance {
        Allowance {
            until: Instant::now() + self.bounds.run_time_max,
            documents: AtomicUsize::new(self.bounds.run_documents_max),
            bytes: AtomicU64::new(self.bounds.run_bytes_max),
        }
    }

    /// Asks for a document. That there is none is an answer, too.
    #[must_use]
    pub fn get(&self, asked: &Iri, allowance: &Allowance) -> Answer {
        let (address, _) = asked.split_fragment();
        let kept = self.cache.as_ref().and_then(|cache| cache.get(address, Moment::now()));
        if let Some(answer) = kept {
            return answer;
        }
        let mut hops = Vec::new();
        let body = self.follow(address, &mut hops, allowance);
        let answer = Answer { source: Source::Network, hops, body };
        if let Some(cache) = &self.cache {
            cache.put(address, &answer, Moment::now());
        }
        answer
    }

    fn follow(
        &self,
        address: &str,
        hops: &mut Vec<Iri>,
        allowance: &Allowance,
    ) -> Result<Body, Unavailable> {
        allowance.take_document()?;
        let until = allowance.until.min(Instant::now() + self.bounds.document_time_max);
        let mut url = admit(address, self.reach, &self.hosts)?;
        note_upgrade(address, &url, hops);
        for _ in 0..=self.bounds.redirects_max {
            let mut response = self.ask(&url, until)?;
            let Some(next) = redirect(&response, &url)? else {
                return self.take_in(&mut response, &url, allowance);
            };
            hops.push(iri(&url)?);
            url = admit(next.as_str(), self.reach, &self.hosts)?;
            note_upgrade(next.as_str(), &url, hops);
        }
        Err(Unavailable::TooManyRedirects)
    }

    /// One request, with what is left of the time.
    fn ask(&self, url: &Url, until: Instant) -> Result<Response<ureq::Body>, Unavailable> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Unavailable::TooSlow);
        }
        let request = self.agent.get(url.as_str()).header("cache-control", "no-cache");
        // A request with settings of its own does not leave its TLS settings, and with them the sessions, to the next one.
        let nearly_all = left + Duration::from_millis(5) >= self.bounds.document_time_max;
        let answered = if nearly_all {
            request.call()
        } else {
            request.config().timeout_global(Some(left)).build().call()
        };
        let last = if answered.is_ok() { ANSWERED } else { UNANSWERED };
        self.last.store(last, Ordering::Relaxed);
        answered.map_err(|error| reason(&error))
    }

    fn take_in(
        &self,
        response: &mut Response<ureq::Body>,
        url: &Url,
        allowance: &Allowance,
    ) -> Result<Body, Unavailable> {
        let content_type = text(response.headers(), CONTENT_TYPE);
        let encoding = text(response.headers(), CONTENT_ENCODING).unwrap_or_default();
        let bytes_max = self.bounds.document_bytes_max;
        let received = response.body_mut().as_reader();
        // Not asked for, but some hosts keep their files compressed and serve them so.
        let bytes = match encoding.to_ascii_lowercase().as_str() {
            "" | "identity" => allowance.bounded(received, bytes_max)?,
            "gzip" | "x-gzip" => {
                let compressed = allowance.bounded(received, bytes_max)?;
                allowance.bounded(GzDecoder::new(compressed.as_slice()), bytes_max)?
            }
            _ => return Err(Unavailable::Broken),
        };
        Ok(Body { url: iri(url)?, status: response.status().as_u16(), content_type, bytes })
    }
}

/// What is left to one run.
#[derive(Debug)]
pub struct Allowance {
    until: Instant,
    documents: AtomicUsize,
    bytes: AtomicU64,
}

impl Allowance {
    fn take_document(&self) -> Result<(), Unavailable> {
        let one_less = |left: usize| left.checked_sub(1);
        let taken =
            self.documents.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok();
        let is_in_time = Instant::now() < self.until;
        if taken && is_in_time { Ok(()) } else { Err(Unavailable::Exhausted) }
    }

    /// Everything `received`, or the refusal to hold more than `bytes_max`, or than is left.
    fn bounded(&self, received: impl Read, bytes_max: u64) -> Result<Vec<u8>, Unavailable> {
        let mut bytes = Vec::new();
        let bound = bytes_max.min(self.bytes.load(Ordering::Relaxed));
        let mut received = received.take(bound + 1);
        received.read_to_end(&mut bytes).map_err(|error| reason_of_io(&error))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > bytes_max {
            return Err(Unavailable::TooLarge);
        }
        let less = |left: u64| left.checked_sub(length);
        let taken = self.bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        taken.map(|_| bytes).map_err(|_| Unavailable::Exhausted)
    }
}

/// Where an answer leads on to, if it does.
fn redirect(response: &Response<ureq::Body>, from: &Url) -> Result<Option<Url>, Unavailable> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let to = text(response.headers(), LOCATION).ok_or(Unavailable::Broken)?;
    from.join(&to).map(Some).map_err(|_| Unavailable::Broken)
}

/// An `http` address that is asked by `https` is a step of its own on the way.
fn note_upgrade(address: &str, url: &Url, hops: &mut Vec<Iri>) {
    if url.scheme() == "https" && !address.to_ascii_lowercase().starts_with("https:") {
        let before = address.split('#').next().unwrap_or(address);
        hops.extend(Iri::parse(before));
    }
}

fn iri(url: &Url) -> Result<Iri, Unavailable> {
    Iri::parse(url.as_str()).map_err(|_| Unavailable::AddressRefused)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn reason(error: &ureq::Error) -> Unavailable {
    match error {
        ureq::Error::Timeout(_) => Unavailable::TooSlow,
        ureq::Error::HostNotFound => Unavailable::NameUnknown,
        ureq::Error::ConnectionFailed => Unavailable::NoConnection,
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => Unavailable::NotSecure,
        ureq::Error::Rustls(error) => reason_of_tls(error),
        ureq::Error::Io(error) => reason_of_io(error),
        ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => Unavailable::AddressRefused,
        ureq::Error::Other(ours) => {
            ours.downcast_ref::<Unavailable>().copied().unwrap_or(Unavailable::Broken)
        }
        _ => Unavailable::Broken,
    }
}

fn reason_of_io(error: &io::Error) -> Unavailable {
    let inside = error.get_ref();
    if let Some(tls) = inside.and_then(|inside| inside.downcast_ref::<TlsError>()) {
        return reason_of_tls(tls);
    }
    if let Some(wrapped) = inside.and_then(|inside| inside.downcast_ref::<ureq::Error>()) {
        return reason(wrapped);
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Unavailable::TooSlow,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::AddrNotAvailable
        | io::ErrorKind::PermissionDenied => Unavailable::NoConnection,
        _ => Unavailable::Broken,
    }
}

fn reason_of_tls(error: &TlsError) -> Unavailable {
    let TlsError::InvalidCertificate(why) = error else { return Unavailable::NotSecure };
    match why {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => Unavailable::CertificateExpired,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Unavailable::CertificateForOtherHost
        }
        // A bad signature: it was signed by somebody who only calls himself like an authority.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            Unavailable::CertificateUnknown
        }
        _ => Unavailable::NotSecure,
    }
}
