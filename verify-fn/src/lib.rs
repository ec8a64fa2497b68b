//! The verification function: a badge in, five plain answers out; an id in, what its issuer published of it.
//!
//! | call | answer |
//! |---|---|
//! | `POST /verify` | the report of a picture, a record, a token, or of what lies at an address (`{"url": …}`, or a form) |
//! | `GET /verify?url=…` | the same of a public address; without one, a page to begin at |
//! | `GET /status/{id}`, `POST /status` | active, revoked, expired or unknown, from the published look-up shards |
//! | `POST /credentials/verify` | the interface of the W3C VC API |
//! | `GET /healthz` | what the function can reach |
//! | `GET /openapi.json`, `GET /problems` | what can be asked, and what every problem means |
//!
//! A badge that is not good is still an answer: HTTP 200 with a report. 400 is for nothing to verify, 5xx for our own fault.
//! It keeps nothing: documents come from one published site, and from the network by the guarded fetcher.
//!
//! Read `around` for what happens around every call, `asked` for what comes in, `report_page` for what people see, `store` for
//! where look-ups are answered from.

mod around;
mod asked;
mod configuration;
mod credentials;
mod described;
mod health;
mod language;
mod limits;
mod log;
mod page;
mod problem;
mod program;
mod rate;
mod report_page;
mod shards;
mod status;
mod store;
mod verify;

use std::sync::Arc;
use std::time::Duration;

use accolade_fetch::{Fetcher, StandIns, Web};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderName;
use axum::routing::{MethodRouter, get, post};
use openbadges::time::Timestamp;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use rate::Buckets;
use shards::Shards;

pub use around::{Deadline, Handler};
pub use asked::BODY_BYTES_MAX;
pub use configuration::{Configuration, ConfigurationError};
pub use described::description;
pub use limits::Limits;
pub use log::{Log, panics_without_words};
pub use program::{begin, report};
pub use rate::{Client, Rate};
pub use status::IDS_MAX;
pub use store::{BucketOptions, Store};

/// The smallest answer that is worth compressing: a look-up is not, a report is.
const COMPRESSED_BYTES_MIN: u64 = 1024;

/// What an operator decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The most verifications under way: each holds a thread, and perhaps connections, while it waits for other people's
    /// hosts.
    pub at_once_max: usize,
    /// How long a request may take to arrive.
    pub arrival_time_max: Duration,
    /// How often one client may ask; without, as often as it likes.
    pub rate: Option<Rate>,
    /// The header in which a trusted proxy names the client. Without a proxy it would be anybody's word.
    pub client_header: Option<HeaderName>,
    /// Where lines about requests go.
    pub log: Option<Log>,
    /// Tells the ids of requests of this process from those of another: a random number.
    pub process: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            at_once_max: 64,
            arrival_time_max: Duration::from_secs(20),
            rate: Some(Rate::default()),
            client_header: None,
            log: None,
            process: 0,
        }
    }
}

/// What the function answers from.
#[derive(Debug)]
pub struct Function {
    store: Store,
    shards: Shards,
    web: Web,
    settings: Settings,
    places: Arc<Semaphore>,
    buckets: Option<Buckets>,
    ids: log::Ids,
    clock: fn() -> Timestamp,
}

impl Function {
    /// A function for the site in `store`, at the time of `clock`; without a fetcher it stays offline.
    #[must_use]
    pub fn new(store: Store, fetcher: Option<Fetcher>, clock: fn() -> Timestamp) -> Self {
        Self::with(store, fetcher, clock, Settings::default())
    }

    /// The same, with the settings of its operator.
    #[must_use]
    pub fn with(
        store: Store,
        fetcher: Option<Fetcher>,
        clock: fn() -> Timestamp,
        settings: Settings,
    ) -> Self {
        let web = Web::new(StandIns::default(), fetcher);
        let places = Arc::new(Semaphore::new(settings.at_once_max));
        let buckets = settings.rate.and_then(Buckets::new);
        let ids = log::Ids::new(settings.process);
        Self { store, shards: Shards::default(), web, settings, places, buckets, ids, clock }
    }
}

/// The path of a look-up: the one call that is asked in thousands, and whose answers are too short to compress.
const LOOK_UP: &str = "/status/{id}";

/// Every other path, with its calls.
fn routes() -> [(&'static str, MethodRouter<Arc<Function>>); 7] {
    [
        ("/", get(described::index)),
        ("/verify", get(verify::address).post(verify::body)),
        ("/status", post(status::many)),
        ("/credentials/verify", post(credentials::verify)),
        ("/healthz", get(health::health)),
        ("/openapi.json", get(described::openapi)),
        (problem::PATH, get(described::problems)),
    ]
}

/// Every path that is answered, as `GET /openapi.json` describes them.
pub fn paths() -> impl Iterator<Item = &'static str> {
    routes().into_iter().map(|(path, _)| path).chain([LOOK_UP])
}

/// The whole function, ready to be served.
pub fn handler(function: Function) -> Handler {
    let function = Arc::new(function);
    let compression =
        CompressionLayer::new().gzip(true).compress_when(SizeAbove::new(COMPRESSED_BYTES_MIN));
    let calls = routes()
        .into_iter()
        .fold(Router::new(), |router, (path, calls)| router.route(path, calls))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(compression)
        .route(LOOK_UP, get(status::one))
        .fallback(around::not_found)
        .method_not_allowed_fallback(around::other_method)
        .with_state(Arc::clone(&function));
    Handler { function, calls }
}
