//! The built site on this machine, served as a good static host would: right types, folders with `index.html`, `404.html`,
//! conditional requests, and open doors for JSON and pictures, which validators and wallets fetch from other sites.
//!
//! It serves files and nothing else; it builds nothing. What only a person at work needs, the script that reloads a page
//! after a build, is added on the way out and is not in the files.

mod types;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;
use tokio::sync::broadcast;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;

use types::FileType;
pub use watch::{Change, WatchError, Watcher};

/// Where the server's own answers are. No path of a site begins with a dot.
const RELOAD_SCRIPT: &str = "/.accolade/reload.js";
const RELOAD_EVENTS: &str = "/.accolade/reload";

/// Reloads a page when the site was built again.
const SCRIPT: &str = "new EventSource(\"/.accolade/reload\").addEventListener(\"built\", () => location.reload());\n";

/// Builds that may wait for a slow page; a page that missed one reloads at the next.
const BUILDS_WAITING_MAX: usize = 16;

/// Files larger than this are refused: the server reads a file whole, and a site has none.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A running server. It ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    site: Arc<ServedSite>,
    runtime: Option<Runtime>,
}

/// What is served.
#[derive(Debug)]
struct ServedSite {
    folder: Utf8PathBuf,
    /// The path of the base URL: a site made for `https://host/badges` links to `/badges/…`.
    mount: RwLock<String>,
    built: broadcast::Sender<()>,
}

/// Takes a port of this machine, before anything else is done; 0 takes any free one.
///
/// # Errors
/// [`ServeError::PortTaken`] when another program has it.
pub fn bind(port: u16) -> Result<TcpListener, ServeError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortTaken { port },
        kind => ServeError::NoPort { port, kind },
    })
}

impl Server {
    /// Serves `folder` below the path `mount`, which is empty or begins with a slash. `stop` is called at Ctrl-C.
    ///
    /// # Errors
    /// [`ServeError`] when the system gives no threads or no signals.
    pub fn start(
        listener: TcpListener,
        folder: &Utf8Path,
        mount: &str,
        stop: impl FnOnce() + Send + 'static,
    ) -> Result<Self, ServeError> {
        let system = |error: io::Error| ServeError::System { kind: error.kind() };
        let address = listener.local_addr().map_err(system)?;
        listener.set_nonblocking(true).map_err(system)?;
        let folder = folder.canonicalize_utf8().map_err(system)?;
        let (built, _) = broadcast::channel(BUILDS_WAITING_MAX);
        let site = Arc::new(ServedSite { folder, mount: RwLock::new(mount.to_owned()), built });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(system)?;
        let router = Router::new()
            .route(RELOAD_SCRIPT, get(script))
            .route(RELOAD_EVENTS, get(events))
            .fallback(answer)
            .with_state(Arc::clone(&site));
        {
            let _inside = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener).map_err(system)?;
            runtime.spawn(async move { axum::serve(listener, router).await });
            // Taken before anybody is told that the site is there. Without signals the default one ends the program.
            if let Ok(mut interrupts) = interrupts() {
                runtime.spawn(async move {
                    if interrupts.recv().await.is_some() {
                        stop();
                    }
                });
            }
        }
        Ok(Self { address, site, runtime: Some(runtime) })
    }

    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Tells open pages that the site was built again, below `mount`.
    pub fn built(&self, mount: &str) {
        if let Ok(mut here) = self.site.mount.write() {
            mount.clone_into(&mut here);
        }
        // Nobody listens: no page is open.
        let _ = self.site.built.send(());
    }
}

impl Drop for Server {
    /// Open pages hold their event streams for ever, so nothing waits for them.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_millis(100));
        }
    }
}

#[cfg(unix)]
fn interrupts() -> io::Result<tokio::signal::unix::Signal> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

#[cfg(windows)]
fn interrupts() -> io::Result<tokio::signal::windows::CtrlC> {
    tokio::signal::windows::ctrl_c()
}

async fn script() -> Response<Body> {
    let headers = [(header::CONTENT_TYPE, types::JAVASCRIPT), (header::CACHE_CONTROL, "no-cache")];
    (headers, SCRIPT).into_response()
}

async fn events(State(site): State<Arc<ServedSite>>) -> Response<Body> {
    let builds = BroadcastStream::new(site.built.subscribe());
    // A page that fell behind has missed builds: one reload makes up for all of them.
    let events = builds.map(|_| Ok::<_, io::Error>(Event::default().event("built").data("")));
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

async fn answer(State(site): State<Arc<ServedSite>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    match parts.method {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return preflight(),
        _ => {
            let allow = [(header::ALLOW, "GET, HEAD, OPTIONS")];
            return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
        }
    }
    let path = parts.uri.path().to_owned();
    let found = tokio::task::spawn_blocking(move || site.find(&path)).await;
    let found = found.unwrap_or(Found::Nothing(None));
    respond(found, &parts.headers, parts.method == Method::HEAD)
}

/// What is at a path.
enum Found {
    File {
        bytes: Vec<u8>,
        file_type: FileType,
    },
    Folder {
        location: String,
    },
    /// With the page that says so, when the site has one.
    Nothing(Option<Vec<u8>>),
}

impl ServedSite {
    fn find(&self, path: &str) -> Found {
        let mount = self.mount.read().map(|mount| mount.clone()).unwrap_or_default();
        let Some(below) = path.strip_prefix(&mount).filter(|rest| rest.starts_with('/')) else {
            // The way in, for who typed the bare address of the server.
            if !mount.is_empty() && (path == "/" || path == mount) {
                return Found::Folder { location: format!("{mount}/") };
            }
            return self.nothing("");
        };
        let Some(place) = inside(below) else { return self.nothing(below) };
        let place = self.folder.join(&place);
        let folder = place.is_dir();
        if folder && !path.ends_with('/') {
            return Found::Folder { location: format!("{path}/") };
        }
        if !folder && path.ends_with('/') {
            return self.nothing(below);
        }
        let place = if folder { place.join("index.html") } else { place };
        match self.read(&place) {
            Some(bytes) => {
                let file_type = FileType::of(&place);
                let bytes = if file_type.is_html() { with_script(bytes) } else { bytes };
                Found::File { bytes, file_type }
            }
            None => self.nothing(below),
        }
    }

    /// The bytes of a file that really is in the folder: a link that leads out of it is not followed.
    fn read(&self, place: &Utf8Path) -> Option<Vec<u8>> {
        let real = place.canonicalize_utf8().ok()?;
        let metadata = real.metadata().ok()?;
        let fits = metadata.is_file() && metadata.len() <= FILE_BYTES_MAX;
        if !fits || !real.starts_with(&self.folder) {
            return None;
        }
        std::fs::read(real).ok()
    }

    /// The `404.html` nearest to the path: `/en/…` has its own.
    fn nothing(&self, below: &str) -> Found {
        let first = below.trim_start_matches('/').split('/').next().unwrap_or_default();
        let near = inside(first).map(|first| self.folder.join(first).join("404.html"));
        let places = [near, Some(self.folder.join("404.html"))];
        Found::Nothing(
            places.into_iter().flatten().find_map(|place| self.read(&place)).map(with_script),
        )
    }
}

/// The file that a URL path names, relative to the site; nothing for a path that climbs, hides or cannot be one.
fn inside(path: &str) -> Option<String> {
    let decoded = decode(path)?;
    let trimmed = decoded.strip_prefix('/').unwrap_or(&decoded);
    let trimmed = trimmed.strip_suffix('/').unwrap_or(trimmed);
    let plain =
        |part: &str| !part.starts_with('.') && !part.contains(['\\', '\0']) && !part.is_empty();
    (trimmed.is_empty() || trimmed.split('/').all(plain)).then(|| trimmed.to_owned())
}

/// Undoes percent-encoding. A slash stays one only when it was written as one.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let byte = u8::try_from(digit()? * 16 + digit()?).ok()?;
            if byte == b'/' {
                return None;
            }
            bytes.push(byte);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Adds the script that reloads the page.
fn with_script(mut html: Vec<u8>) -> Vec<u8> {
    let script = format!("<script src=\"{RELOAD_SCRIPT}\" async></script>");
    let end = html.windows(b"</body>".len()).rposition(|window| window == b"</body>");
    let at = end.unwrap_or(html.len());
    html.splice(at..at, script.into_bytes());
    html
}

fn respond(found: Found, asked: &HeaderMap, head: bool) -> Response<Body> {
    let (status, bytes, file_type) = match found {
        Found::Folder { location } => {
            let headers =
                [(header::LOCATION, location), (header::CACHE_CONTROL, "no-cache".into())];
            return (StatusCode::MOVED_PERMANENTLY, headers).into_response();
        }
        Found::File { bytes, file_type } => (StatusCode::OK, bytes, file_type),
        Found::Nothing(page) => (StatusCode::NOT_FOUND, page.unwrap_or_default(), FileType::HTML),
    };
    let digest = Sha256::digest(&bytes);
    let digits: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digits}\"");
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if file_type.is_for_everyone() {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    let unchanged = status == StatusCode::OK && names(asked, &tag);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if unchanged {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file_type.name()));
    if head {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        return (status, headers).into_response();
    }
    (status, headers, bytes).into_response()
}

/// Whether the client has the file already. `W/` compares weakly, as it must for GET (RFC 9110, section 13.1.2).
fn names(asked: &HeaderMap, tag: &str) -> bool {
    let values = asked.get_all(header::IF_NONE_MATCH);
    let mut tags = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
    tags.any(|known| matches!(known.trim(), "*") || known.trim().trim_start_matches("W/") == tag)
}

fn preflight() -> Response<Body> {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "*"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Why the site cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Another program listens there.
    #[error("port {port} is taken by another program")]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// The system gives no such port.
    #[error("port {port} cannot be opened: {kind}")]
    NoPort {
        /// The port.
        port: u16,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// The system gives no threads.
    #[error("the server cannot be started: {kind}")]
    System {
        /// What the system says.
        kind: io::ErrorKind,
    },
}

#[cfg(test)]
mod tests;
