//! The function and its OpenAPI document say the same: every path, every method, every status, every form of an answer.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use accolade_tests::described::{Answer, Described, answer_of};
use accolade_tests::repository::{Kept, Repository};
use accolade_verify_fn::{
    BODY_BYTES_MAX, Client, Deadline, Function, Handler, Rate, Settings, Store, handler, paths,
};
use axum::body::Body;
use axum::http::Request;
use openbadges::time::Timestamp;
use serde_json::{Value, json};

static SITE: LazyLock<Kept> = LazyLock::new(|| Repository::of_the_demo().publish_and_keep());

const ID: &str = "47f607rb6xeme0s9ep2khpxmh8";

fn now() -> Timestamp {
    Timestamp::parse("2026-09-01T09:00:00Z").unwrap()
}

fn broken_clock() -> Timestamp {
    panic!("this test's clock is broken")
}

fn store() -> Store {
    Store::folder(&SITE.site.folder).unwrap()
}

fn with(settings: Settings) -> Handler {
    handler(Function::with(store(), None, now, settings))
}

fn function() -> Handler {
    with(Settings::default())
}

fn request(method: &str, path: &str, kind: &str, body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !kind.is_empty() {
        request = request.header("content-type", kind);
    }
    request.body(body.into()).unwrap()
}

#[test]
fn the_document_leads_nowhere_that_is_not_there_and_its_problems_are_explained() {
    let described = Described::get();
    assert_eq!(described.document()["openapi"], "3.1.0");
    let mut refs = 0;
    fn walk(value: &Value, root: &Value, refs: &mut usize) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref") {
                    let led = to.strip_prefix('#').and_then(|to| root.pointer(to));
                    assert!(led.is_some(), "{to} leads nowhere");
                    *refs += 1;
                }
                members.values().for_each(|value| walk(value, root, refs));
            }
            Value::Array(items) => items.iter().for_each(|value| walk(value, root, refs)),
            _ => {}
        }
    }
    walk(described.document(), described.document(), &mut refs);
    assert!(refs > 200, "{refs}");
    let page = answer_of(function(), request("GET", "/problems?lang=en", "", "")).text();
    let kinds =
        &described.document()["components"]["schemas"]["Problem"]["properties"]["type"]["enum"];
    let kinds = kinds.as_array().unwrap();
    assert!(kinds.len() > 10);
    for kind in kinds {
        let (path, place) = kind.as_str().unwrap().split_once('#').unwrap();
        assert_eq!(path, "/problems");
        assert!(page.contains(&format!("<h2 id=\"{place}\">")), "{place}");
    }
}

#[test]
fn the_document_has_the_paths_and_methods_of_the_handler_and_no_others() {
    let operations = Described::get().operations();
    let described: BTreeSet<&str> = operations.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(described, paths().collect());
    for template in paths() {
        let path = template.replace("{id}", ID);
        let mut allowed: BTreeSet<String> = operations
            .iter()
            .filter(|(path, ..)| path == template)
            .map(|(_, method, _)| method.clone())
            .collect();
        if allowed.contains("GET") {
            allowed.insert("HEAD".to_owned());
        }
        for method in ["OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"]
        {
            let answer = answer_of(function(), request(method, &path, "", ""));
            if allowed.contains(method) {
                assert_ne!(answer.status, 405, "{method} {path}");
                continue;
            }
            let told: BTreeSet<String> =
                answer.header("allow").split(',').map(|one| one.trim().to_owned()).collect();
            assert_eq!(told, allowed, "{method} {path}");
            assert_eq!(
                answer.status,
                if method == "OPTIONS" { 204 } else { 405 },
                "{method} {path}"
            );
        }
    }
}

#[test]
fn head_answers_like_get_without_a_body() {
    for path in
        ["/verify?url=https://a.example/", "/healthz", "/openapi.json", &format!("/status/{ID}")]
    {
        let get = answer_of(function(), request("GET", path, "", ""));
        let head = answer_of(function(), request("HEAD", path, "", ""));
        assert!(!get.body.is_empty() && head.body.is_empty(), "{path}");
        assert_eq!(get.status, head.status, "{path}");
        for name in ["content-type", "etag", "cache-control", "vary"] {
            assert_eq!(get.header(name), head.header(name), "{path} {name}");
        }
    }
}

/// One call, and what came of it.
struct Call {
    method: &'static str,
    path: &'static str,
    answer: Answer,
}

/// A request that never arrives.
fn endless(path: &str, kind: &str) -> Request<Body> {
    let never = tokio_stream::pending::<Result<Vec<u8>, std::io::Error>>();
    request("POST", path, kind, Body::from_stream(never))
}

/// Requests for every status that the document has.
#[expect(clippy::too_many_lines, reason = "one list, read from top to bottom")]
fn calls() -> Vec<Call> {
    let json = "application/json";
    let id = format!("/status/{ID}");
    let mark = answer_of(function(), request("GET", &id, "", "")).header("etag").to_owned();
    let document_mark =
        answer_of(function(), request("GET", "/openapi.json", "", "")).header("etag").to_owned();
    let known = |path: &str, mark: &str| {
        Request::get(path).header("if-none-match", mark).body(Body::empty()).unwrap()
    };
    let page =
        |path: &str| Request::get(path).header("accept", "text/html").body(Body::empty()).unwrap();
    let record = SITE.site.file(&format!("a/{ID}/credential.json"));
    let vc = |record: Value| json!({ "verifiableCredential": record }).to_string();
    let good = vc(serde_json::from_slice(&record).unwrap());
    let by_url = format!("/verify?url={}/a/{ID}/", SITE.site.base);
    let large = || vec![b'x'; BODY_BYTES_MAX + 1];
    let many = json!({ "ids": vec![ID; 1001] }).to_string();
    let mut calls = Vec::new();
    let mut ask = |method, path, app: Handler, request| {
        calls.push(Call { method, path, answer: answer_of(app, request) });
    };
    ask("GET", "/", function(), page("/?lang=en"));
    ask("GET", "/verify", function(), request("GET", &by_url, "", ""));
    ask("GET", "/verify", function(), page(&by_url));
    ask("GET", "/verify", function(), page("/verify"));
    ask("GET", "/verify", function(), request("GET", "/verify", "", ""));
    ask("GET", "/verify", function(), page("/verify?url=x"));
    ask(
        "GET",
        "/verify",
        function(),
        request("GET", &format!("{by_url}{}", "x".repeat(5000)), "", ""),
    );
    ask(
        "POST",
        "/verify",
        function(),
        request("POST", "/verify", "image/png", SITE.site.file(&format!("a/{ID}/badge.png"))),
    );
    ask("POST", "/verify", function(), request("POST", "/verify", "", ""));
    ask("POST", "/verify", function(), request("POST", "/verify", "", large()));
    ask("POST", "/verify", function(), request("POST", "/verify", "video/mp4", "x"));
    ask("GET", "/status/{id}", function(), request("GET", &id, "", ""));
    ask("GET", "/status/{id}", function(), known(&id, &mark));
    ask("GET", "/status/{id}", function(), request("GET", "/status/%ff", "", ""));
    ask(
        "POST",
        "/status",
        function(),
        request("POST", "/status", json, json!({ "ids": [ID, "x"] }).to_string()),
    );
    ask("POST", "/status", function(), request("POST", "/status", json, "{"));
    ask("POST", "/status", function(), request("POST", "/status", json, many));
    ask("POST", "/status", function(), request("POST", "/status", json, large()));
    ask("POST", "/status", function(), request("POST", "/status", "", "x"));
    let vc_path = "/credentials/verify";
    ask("POST", vc_path, function(), request("POST", vc_path, json, good.clone()));
    ask("POST", vc_path, function(), request("POST", vc_path, json, vc(json!({}))));
    ask("POST", vc_path, function(), request("POST", vc_path, json, "{"));
    ask("POST", vc_path, function(), request("POST", vc_path, json, large()));
    ask("POST", vc_path, function(), request("POST", vc_path, "text/plain", good.clone()));
    ask("GET", "/healthz", function(), request("GET", "/healthz", "", ""));
    ask("GET", "/openapi.json", function(), request("GET", "/openapi.json", "", ""));
    ask("GET", "/openapi.json", function(), known("/openapi.json", &document_mark));
    ask("GET", "/problems", function(), request("GET", "/problems?lang=en", "", ""));
    // Whoever is too slow, asks too often, or meets a function that is full, broken, or without its site.
    let hasty = Settings { arrival_time_max: Duration::from_millis(20), ..Settings::default() };
    for (path, kind) in [("/verify", ""), ("/status", json), (vc_path, json)] {
        ask("POST", path, with(hasty.clone()), endless(path, kind));
        ask(
            "POST",
            path,
            handler(Function::new(store(), None, broken_clock)),
            request("POST", path, kind, body_for(path, &good)),
        );
    }
    for path in ["/verify", "/status/{id}"] {
        let target = if path == "/verify" { &by_url } else { &id };
        ask(
            "GET",
            path,
            handler(Function::new(store(), None, broken_clock)),
            request("GET", target, "", ""),
        );
    }
    let full = Settings { at_once_max: 0, ..Settings::default() };
    ask("POST", "/verify", with(full.clone()), request("POST", "/verify", "", "x"));
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/verify"),
        ("POST", "/verify"),
        ("GET", "/status/{id}"),
        ("POST", "/status"),
        ("POST", vc_path),
    ] {
        let app =
            with(Settings { rate: Some(Rate { per_second: 1, burst: 1 }), ..Settings::default() });
        let target = path.replace("{id}", ID);
        let often = || {
            let mut request = request(method, &target, json, body_for(path, &good));
            request.extensions_mut().insert(Client([192, 0, 2, 1].into()));
            request
        };
        assert_ne!(answer_of(app.clone(), often()).status, 429);
        ask(method, path, app, often());
    }
    for (method, path) in [
        ("GET", "/verify"),
        ("POST", "/verify"),
        ("GET", "/status/{id}"),
        ("POST", "/status"),
        ("POST", vc_path),
        ("GET", "/healthz"),
    ] {
        let target = if (method, path) == ("GET", "/verify") {
            by_url.clone()
        } else {
            path.replace("{id}", ID)
        };
        let mut late = request(method, &target, json, body_for(path, &good));
        late.extensions_mut().insert(Deadline(Instant::now()));
        ask(method, path, function(), late);
    }
    let lost = tempfile::tempdir().unwrap();
    let root = camino::Utf8Path::from_path(lost.path()).unwrap();
    std::fs::write(root.join("catalog.json"), r#"{"url":"https://badges.example/"}"#).unwrap();
    let app = handler(Function::new(Store::folder(root).unwrap(), None, now));
    std::fs::remove_file(root.join("catalog.json")).unwrap();
    ask("GET", "/healthz", app, request("GET", "/healthz", "", ""));
    calls
}

fn body_for(path: &str, credential: &str) -> String {
    match path {
        "/status" => json!({ "ids": [ID] }).to_string(),
        "/credentials/verify" => credential.to_owned(),
        _ => "x".to_owned(),
    }
}

#[test]
fn every_status_of_the_document_is_answered_and_every_answer_is_in_the_document() {
    let described = Described::get();
    let mut seen = BTreeSet::new();
    for Call { method, path, answer } in calls() {
        described
            .hold(method, path, &answer)
            .unwrap_or_else(|why| panic!("{}", why.message().unwrap_or_default()));
        seen.insert((path.to_owned(), method.to_owned(), answer.status));
    }
    // 431 is the server's own, before the function sees the request: schemathesis meets it.
    let mut promised = described.operations();
    promised.retain(|(_, _, status)| *status != 431);
    assert_eq!(promised.difference(&seen).collect::<Vec<_>>(), [] as [&(String, String, u16); 0]);
    assert_eq!(seen.difference(&promised).collect::<Vec<_>>(), [] as [&(String, String, u16); 0]);
}

/// The schema of a report has one source.
#[test]
fn the_reports_schema_is_the_published_one() {
    let mut text = std::fs::read_to_string(
        accolade_tests::workspace().join(accolade_tests::report_schema::FILE),
    )
    .unwrap();
    text = text.replace(r##""$ref": "#/$defs/"##, r##""$ref": "#/components/schemas/report."##);
    let mut published: Value = serde_json::from_str(&text).unwrap();
    let schemas = &Described::get().document()["components"]["schemas"];
    for (name, part) in published["$defs"].as_object().unwrap() {
        assert_eq!(&schemas[format!("report.{name}")], part, "{name}");
    }
    let members = published.as_object_mut().unwrap();
    members.remove("$defs");
    members.remove("$schema");
    assert_eq!(schemas["Report"], published);
}
