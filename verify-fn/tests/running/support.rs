//! A real S3 service over a folder, with the faults of a bad day in front of it; and the real program that asks it.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use accolade_tests::repository::Repository;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use camino::{Utf8Path, Utf8PathBuf};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

pub(crate) const BUCKET: &str = "badges";
pub(crate) const PREFIX: &str = "site/";
pub(crate) const KEY: &str = "reader";
pub(crate) const SECRET: &str = "a secret of this test";

/// How the service behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    Good,
    /// Nothing comes back for so long.
    Slow(Duration),
    /// Half of the body comes, and then the connection ends.
    CutOff,
    /// An error of its own.
    Failing,
    /// Says that nothing changed whatever was asked.
    Confused,
}

/// A bucket with the demonstration's site in it.
pub(crate) struct Bucket {
    root: TempDir,
    pub(crate) base: String,
    pub(crate) address: SocketAddr,
    service: Arc<Service>,
}

struct Service {
    s3: S3Service,
    day: Mutex<Day>,
    asked: Mutex<Vec<(String, StatusCode)>>,
}

impl Bucket {
    pub(crate) fn with_the_demo() -> Self {
        let root = TempDir::new().unwrap();
        let kept = Repository::of_the_demo().publish_and_keep();
        std::fs::create_dir(root.path().join(BUCKET)).unwrap();
        let site = root.path().join(BUCKET).join(PREFIX.trim_end_matches('/'));
        std::fs::rename(&kept.site.folder, site).unwrap();
        let mut builder = S3ServiceBuilder::new(FileSystem::new(root.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = Arc::new(Service {
            s3: builder.build(),
            day: Mutex::new(Day::Good),
            asked: Mutex::default(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().fallback(answer).with_state(Arc::clone(&service));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, app).await.unwrap();
            });
        });
        Self { root, base: kept.site.base.clone(), address, service }
    }

    pub(crate) fn site(&self) -> Utf8PathBuf {
        Utf8Path::from_path(self.root.path()).unwrap().join(BUCKET).join(PREFIX)
    }

    pub(crate) fn day(&self, day: Day) {
        *self.service.day.lock().unwrap() = day;
    }

    /// How often `path` was asked for with this answer, since the beginning.
    pub(crate) fn asked(&self, path: &str, status: StatusCode) -> usize {
        let path = format!("/{BUCKET}/{PREFIX}{path}");
        let asked = self.service.asked.lock().unwrap();
        asked.iter().filter(|one| **one == (path.clone(), status)).count()
    }

    /// The real program, over this bucket.
    pub(crate) fn program(&self) -> Program {
        Program::start(&self.arguments(), &[("AWS_SECRET_ACCESS_KEY", SECRET)])
    }

    pub(crate) fn arguments(&self) -> Vec<String> {
        let endpoint = format!("http://{}", self.address);
        ["--bucket", BUCKET, "--prefix", PREFIX, "--region", "eu-west-3", "--endpoint", &endpoint]
            .map(str::to_owned)
            .to_vec()
    }
}

async fn answer(State(service): State<Arc<Service>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mark = request.headers().get(header::IF_NONE_MATCH).cloned();
    let day = *service.day.lock().unwrap();
    if let Day::Slow(by) = day {
        tokio::time::sleep(by).await;
    }
    let response = match day {
        Day::Failing => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Day::Confused => StatusCode::NOT_MODIFIED.into_response(),
        Day::Good | Day::Slow(_) | Day::CutOff => {
            service.s3.clone().oneshot(request).await.unwrap().map(Body::new)
        }
    };
    // What a bucket does, and this service does not yet.
    let is_same = mark.is_some() && response.headers().get(header::ETAG) == mark.as_ref();
    let response = if is_same { StatusCode::NOT_MODIFIED.into_response() } else { response };
    service.asked.lock().unwrap().push((path, response.status()));
    if day == Day::CutOff { cut_off(response).await } else { response }
}

/// The same answer, whose body ends in the middle.
async fn cut_off(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    head.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    let half = bytes.slice(..bytes.len() / 2);
    let parts: [Result<Bytes, std::io::Error>; 2] =
        [Ok(half), Err(std::io::ErrorKind::ConnectionReset.into())];
    Response::from_parts(head, Body::from_stream(futures_util::stream::iter(parts)))
}

/// The real program on a port of its own.
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Program {
    pub(crate) fn start(arguments: &[String], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_accolade-verify-fn"))
            .args(arguments)
            .args(["--listen", "127.0.0.1:0", "--offline", "--fresh-seconds", "1"])
            .env_clear()
            .env("HOME", "/nonexistent")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_ACCESS_KEY_ID", KEY)
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            line.unwrap().split_once("listening on ").map(|(_, address)| address.to_owned())
        });
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address: address.expect("it listens") }
    }

    pub(crate) fn get(&self, path: &str) -> (u16, Value) {
        get(&format!("{}{path}", self.address))
    }

    /// What is known of an award.
    pub(crate) fn known(&self, id: &str) -> (String, String) {
        let (status, told) = self.get(&format!("/status/{id}"));
        assert_eq!(status, 200, "{told}");
        let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        (text("status"), text("reason"))
    }
}

pub(crate) fn get(url: &str) -> (u16, Value) {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .new_agent();
    let mut response = agent.get(url).call().unwrap();
    let body = response.body_mut().read_to_string().unwrap();
    (response.status().as_u16(), serde_json::from_str(&body).unwrap())
}

impl Drop for Program {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
