//! The function under abuse: bombs, crowds, slow hosts, broken parts, and a log that must not learn anything.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};

use accolade_fetch::{Bounds, Fetcher, Options, Reach};
use accolade_tests::described::{Answer, Described, answer_of};
use accolade_tests::hostile;
use accolade_tests::repository::{Kept, Repository};
use accolade_verify_fn::{
    BODY_BYTES_MAX, Client, Function, Handler, Log, Rate, Settings, Store, handler,
};
use axum::body::Body;
use axum::http::{HeaderName, Request};
use openbadges::time::Timestamp;
use openbadges::verify::{Input, Verdict};
use serde_json::{Value, json};
use tower::ServiceExt as _;

static SITE: LazyLock<Kept> = LazyLock::new(|| Repository::of_the_demo().publish_and_keep());

const ID: &str = "47f607rb6xeme0s9ep2khpxmh8";

fn now() -> Timestamp {
    Timestamp::parse("2026-09-01T09:00:00Z").unwrap()
}

fn store() -> Store {
    Store::folder(&SITE.site.folder).unwrap()
}

fn with(settings: Settings) -> Handler {
    handler(Function::with(store(), None, now, settings))
}

fn post(path: &str, kind: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path).header("content-type", kind).body(body.into()).unwrap()
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

/// A host that takes connections and says nothing. Its address.
fn silent_host() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        listener.incoming().for_each(|stream| held.push(stream));
    });
    format!("http://{address}/")
}

/// A function that may ask this machine, for as long as `time`.
fn asking(time: Duration, settings: Settings) -> Handler {
    let bounds = Bounds { run_time_max: time, ..Bounds::default() };
    let options = Options { reach: Reach::PublicAndThisMachine, bounds, ..Options::default() };
    handler(Function::with(store(), Some(Fetcher::new(options)), now, settings))
}

/// The whole corpus of hostile files, by the front door: each is an answer with the corpus's verdict, and never a fault.
#[test]
fn a_bomb_is_an_answer() {
    let app = with(Settings { rate: None, ..Settings::default() });
    let mut asked = 0;
    for case in hostile::cases().into_iter().step_by(7) {
        let Input::File(bytes) = &case.scene.input else { continue };
        let is_too_large = bytes.len() > BODY_BYTES_MAX;
        let since = Instant::now();
        let answer =
            answer_of(app.clone(), post("/verify", "application/octet-stream", bytes.clone()));
        assert!(since.elapsed() < Duration::from_secs(10), "{}", case.name);
        assert_eq!(
            answer.status,
            if is_too_large {
                413
            } else if bytes.is_empty() {
                400
            } else {
                200
            },
            "{}",
            case.name
        );
        Described::get().hold("POST", "/verify", &answer).unwrap();
        if answer.status == 200 && case.verdict != Verdict::Valid {
            assert_ne!(answer.json().unwrap()["verdict"], "valid", "{}", case.name);
        }
        asked += 1;
    }
    assert!(asked > 100, "{asked}");
}

#[test]
fn a_host_that_says_nothing_costs_the_time_it_may_cost_and_the_report_says_what_is_missing() {
    let app = asking(Duration::from_secs(1), Settings::default());
    let since = Instant::now();
    let answer = answer_of(app.clone(), get(&format!("/verify?url={}", silent_host())));
    let took = since.elapsed();
    assert!(took > Duration::from_millis(900) && took < Duration::from_secs(5), "{took:?}");
    let report = answer.json().unwrap();
    assert_eq!((answer.status, &report["verdict"]), (200, &json!("unknown")));
    assert_eq!(report["documents"][0]["unavailable"], "too-slow");
    let health = answer_of(app, get("/healthz")).json().unwrap();
    assert_eq!(health["outbound"], "unanswered");
}

#[test]
fn one_who_goes_away_does_not_make_room_for_another_until_the_work_is_done() {
    let time = Duration::from_secs(2);
    let app = asking(time, Settings { at_once_max: 1, ..Settings::default() });
    let slow = format!("/verify?url={}", silent_host());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let gone = app.clone().oneshot(get(&slow));
        assert!(tokio::time::timeout(Duration::from_millis(300), gone).await.is_err());
        let refused = app.clone().oneshot(post("/verify", "text/plain", "a.b.c")).await.unwrap();
        assert_eq!(refused.status(), 429);
        assert!(refused.headers().contains_key("retry-after"));
        tokio::time::sleep(time).await;
        let taken = app.clone().oneshot(post("/verify", "text/plain", "a.b.c")).await.unwrap();
        assert_eq!(taken.status(), 200);
    });
}

#[test]
fn a_client_that_asks_too_often_is_told_when_to_come_back_and_others_are_not_kept_waiting() {
    let rate = Some(Rate { per_second: 1, burst: 10 });
    let by_header = Some(HeaderName::from_static("x-forwarded-for"));
    let app = with(Settings { rate, client_header: by_header, ..Settings::default() });
    let ask = |path: &str, client: &str| {
        let mut request = get(path);
        request.headers_mut().insert("x-forwarded-for", client.parse().unwrap());
        answer_of(app.clone(), request)
    };
    let look_up = format!("/status/{ID}");
    for _ in 0..10 {
        assert_eq!(ask(&look_up, "192.0.2.1").status, 200);
    }
    let refused = ask(&look_up, "192.0.2.1");
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
    assert_eq!(refused.json().unwrap()["type"], "/problems#too-often");
    let dear = ask("/verify?url=https://a.example/", "192.0.2.1");
    assert_eq!((dear.status, dear.header("retry-after")), (429, "10"));
    assert_eq!(ask("/healthz", "192.0.2.1").status, 200);
    assert_eq!(ask(&look_up, "203.0.113.5, 192.0.2.2").status, 200);
    // What stands before the proxy's own word is invented.
    assert_eq!(ask(&look_up, "203.0.113.5, 192.0.2.1").status, 429);
    // Without a trusted header it is nobody's word.
    let app = with(Settings { rate, ..Settings::default() });
    for number in 0..30_u8 {
        let mut request = get(&look_up);
        request
            .headers_mut()
            .insert("x-forwarded-for", format!("192.0.2.{number}").parse().unwrap());
        request.extensions_mut().insert(Client([198, 51, 100, 1].into()));
        assert_eq!(answer_of(app.clone(), request).status, if number < 10 { 200 } else { 429 });
    }
}

fn logged() -> (Settings, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    let log = Log::to(move |line| kept.lock().unwrap().push(line.to_owned()));
    (Settings { log: Some(log), ..Settings::default() }, lines)
}

/// Everything that a request can carry, planted and looked for.
#[test]
fn the_log_learns_nothing_that_anybody_sent() {
    let (settings, lines) = logged();
    let app = with(settings);
    let secret = "mireille.dupont";
    let headers = [
        "user-agent",
        "referer",
        "x-forwarded-for",
        "x-request-id",
        "origin",
        "cookie",
        "authorization",
        "accept",
    ];
    let record = json!({ "type": ["VerifiableCredential"], "name": secret }).to_string();
    for mut request in [
        get(&format!(
            "/verify?url=https://a.example/{secret}&recipient={secret}@a.example&lang={secret}"
        )),
        get(&format!("/verify?url={}/a/{ID}/&recipient={secret}@a.example", SITE.site.base)),
        get(&format!("/status/{secret}")),
        get(&format!("/status/{ID}")),
        get(&format!("/{secret}?{secret}")),
        post("/verify", "application/json", record.clone()),
        post(
            "/verify",
            "application/json",
            json!({ "url": secret, "recipient": secret }).to_string(),
        ),
        post("/verify", secret, secret),
        post("/verify", "image/png", SITE.site.file(&format!("a/{ID}/badge.png"))),
        post("/status", "application/json", json!({ "ids": [secret, ID] }).to_string()),
        post(
            "/credentials/verify",
            "application/json",
            json!({ "verifiableCredential": record }).to_string(),
        ),
        Request::builder().method("MIREILLE").uri("/verify").body(Body::empty()).unwrap(),
    ] {
        for name in headers {
            request.headers_mut().insert(name, secret.parse().unwrap());
        }
        request.extensions_mut().insert(Client([192, 0, 2, 77].into()));
        let answer = answer_of(app.clone(), request);
        assert!(!answer.header("x-request-id").contains(secret));
    }
    let lines = lines.lock().unwrap();
    assert_eq!(lines.len(), 12);
    for line in lines.iter() {
        for planted in ["mireille", "dupont", ID, "192.0.2", "a.example", &SITE.site.base] {
            assert!(!line.to_lowercase().contains(planted), "{planted}: {line}");
        }
        let told: Value = serde_json::from_str(line).unwrap();
        for name in ["time", "id", "method", "route"] {
            assert!(told[name].is_string(), "{name}: {line}");
        }
        assert!(
            told["status"].is_u64() && told["ms"].is_number() && told["bytes"].is_u64(),
            "{line}"
        );
    }
    let of = |route: &str, member: &str| {
        let told = lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let told = told.filter(|line| line["route"] == route);
        told.map(|line| line[member].clone()).collect::<Vec<_>>()
    };
    assert!(of("/verify", "verdict").contains(&json!("invalid")), "{lines:#?}");
    assert!(of("/verify", "verdict").contains(&json!("valid")), "{lines:#?}");
    assert_eq!(of("/status/{id}", "status"), [json!(400), json!(200)]);
    assert_eq!(of("-", "problem"), [json!("not-found")]);
    assert!(of("/verify", "method").contains(&json!("OTHER")));
}

#[test]
fn a_request_keeps_its_id_and_gets_one_if_it_has_none() {
    let (settings, lines) = logged();
    let app = with(settings);
    let theirs = "7f3c9e1a-5b2d-4f60-8a11-0c9d8e7f6a5b";
    let mut request = get("/healthz");
    request.headers_mut().insert("x-request-id", theirs.parse().unwrap());
    assert_eq!(answer_of(app.clone(), request).header("x-request-id"), theirs);
    let ours = answer_of(app, get("/healthz"));
    let ours = ours.header("x-request-id");
    assert!(!ours.is_empty() && ours != theirs);
    let lines = lines.lock().unwrap();
    assert!(lines[0].contains(theirs) && lines[1].contains(ours), "{lines:?}");
}

/// A panic may quote what somebody sent.
#[test]
fn a_panic_reaches_nobody() {
    fn broken() -> Timestamp {
        panic!("mireille.dupont")
    }
    let app = handler(Function::new(store(), None, broken));
    let answer = answer_of(app.clone(), get(&format!("/status/{ID}")));
    assert_eq!(answer.status, 500);
    assert_eq!(answer.json().unwrap()["type"], "/problems#broke-off");
    assert!(!answer.text().contains("mireille"));
    assert_eq!(answer_of(app, get("/healthz")).status, 200);
}

#[test]
fn a_report_is_compressed_for_those_who_take_it_and_a_look_up_is_not() {
    let app = with(Settings::default());
    let ask = |path: &str, accepted: &str| {
        let mut request = get(path);
        request.headers_mut().insert("accept-encoding", accepted.parse().unwrap());
        answer_of(app.clone(), request)
    };
    let report = format!("/verify?url={}/a/{ID}/", SITE.site.base);
    let plain = ask(&report, "identity");
    let small = ask(&report, "gzip, br");
    assert_eq!((plain.header("content-encoding"), small.header("content-encoding")), ("", "gzip"));
    assert!(small.body.len() * 2 < plain.body.len());
    let mut again = Vec::new();
    flate2::read::GzDecoder::new(small.body.as_slice()).read_to_end(&mut again).unwrap();
    assert_eq!(again, plain.body);
    let varies =
        |answer: &Answer| answer.headers.get_all("vary").iter().any(|one| one == "accept-encoding");
    assert!(varies(&plain) && varies(&small));
    assert_eq!(ask(&format!("/status/{ID}"), "gzip").header("content-encoding"), "");
}

#[test]
fn a_problem_speaks_the_readers_language_and_is_a_page_for_people() {
    let app = with(Settings::default());
    let ask = |request: Request<Body>| answer_of(app.clone(), request);
    let in_language = |mut request: Request<Body>, accepted: &str| {
        request.headers_mut().insert("accept-language", accepted.parse().unwrap());
        request
    };
    let told = |answer: Answer| answer.json().unwrap()["title"].as_str().unwrap().to_owned();
    assert_eq!(told(ask(get("/verify"))), "Il n’y a rien à vérifier.");
    assert_eq!(told(ask(get("/verify?lang=en"))), "There is nothing to verify.");
    assert_eq!(told(ask(in_language(get("/nothing"), "de, en;q=0.5"))), "There is nothing here.");
    assert_eq!(told(ask(in_language(get("/nothing?lang=fr"), "en"))), "Il n’y a rien ici.");
    let form = "--cut\r\ncontent-disposition: form-data; name=\"lang\"\r\n\r\nen\r\n--cut--\r\n";
    let mut empty = in_language(post("/verify", "multipart/form-data; boundary=cut", form), "fr");
    empty.headers_mut().insert("accept", "text/html,*/*;q=0.8".parse().unwrap());
    let page = ask(empty);
    assert_eq!((page.status, page.header("content-type")), (400, "text/html; charset=utf-8"));
    assert!(
        page.text().contains("<html lang=\"en\">")
            && page.text().contains("There is nothing to verify.")
    );
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let mut start = in_language(get("/verify"), "en");
    start.headers_mut().insert("accept", "text/html".parse().unwrap());
    let start = ask(start);
    assert_eq!(start.status, 200);
    for piece in [
        "<html lang=\"en\">",
        "method=\"post\"",
        "type=\"file\"",
        "name=\"url\"",
        "name=\"recipient\"",
    ] {
        assert!(start.text().contains(piece), "{piece}");
    }
    assert!(!start.text().contains("<script"));
}

#[test]
fn a_token_comes_as_text_and_a_compressed_body_is_refused() {
    let app = with(Settings::default());
    for kind in
        ["application/jwt", "application/vc+jwt", "application/vc", "text/plain; charset=utf-8"]
    {
        let answer = answer_of(app.clone(), post("/verify", kind, "eyJhbGciOiJub25lIn0.e30.x"));
        assert_eq!(answer.status, 200, "{kind}");
    }
    let mut compressed = post("/verify", "application/json", vec![0x1f, 0x8b, 8, 0]);
    compressed.headers_mut().insert("content-encoding", "gzip".parse().unwrap());
    assert_eq!(answer_of(app, compressed).status, 415);
}
