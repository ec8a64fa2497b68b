//! The verification function over the demonstration's site: every call, every form of a badge, every wrong use.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]
#![expect(clippy::string_slice, reason = "ids, digests and this JSON are ASCII")]
#![expect(clippy::indexing_slicing, reason = "a member that is missing reads as null")]

use std::fs;
use std::sync::LazyLock;

use accolade_tests::report_schema;
use accolade_tests::repository::{Kept, Repository};
use accolade_tests::workspace;
use accolade_verify_fn::{BODY_BYTES_MAX, Function, Handler, IDS_MAX, Store, handler};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use openbadges::time::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt as _;

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let kept = Repository::of_the_demo().publish_and_keep();
    let expected = fs::read(workspace().join("tests/expected.json")).unwrap();
    Site { kept, expected: serde_json::from_slice(&expected).unwrap() }
});

struct Site {
    kept: Kept,
    expected: Value,
}

impl Site {
    fn awards(&self) -> impl Iterator<Item = (&str, &str, &str, bool)> {
        self.expected["awards"].as_array().unwrap().iter().map(|award| {
            let text = |name: &str| award[name].as_str().unwrap();
            (text("id"), text("verdict"), text("status"), text("visibility") == "private")
        })
    }

    /// An award in this state that has a page.
    fn one(&self, status: &str) -> &str {
        self.awards().find(|(_, _, is, private)| *is == status && !private).unwrap().0
    }
}

fn now() -> Timestamp {
    Timestamp::parse(SITE.expected["now"].as_str().unwrap()).unwrap()
}

fn function() -> Handler {
    handler(Function::new(Store::folder(&SITE.kept.site.folder).unwrap(), None, now))
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    fn report(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        let report = self.json();
        report_schema::hold_json(&report).unwrap();
        report
    }
}

fn ask(method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = function().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, headers, body }
    })
}

fn get(path: &str, headers: &[(&str, &str)]) -> Answer {
    ask("GET", path, headers, Body::empty())
}

/// A problem document with this status (RFC 9457).
fn refused(answer: &Answer, status: u16) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    assert!(problem["title"].is_string() && problem["detail"].is_string(), "{problem}");
}

fn multipart(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value, b"\r\n"].concat());
    }
    body.extend(b"--cut--\r\n");
    body
}

#[test]
fn every_award_has_the_verdict_of_the_table_by_its_address_and_by_its_id() {
    for (id, verdict, status, is_private) in SITE.awards() {
        let known = get(&format!("/status/{id}"), &[]);
        assert_eq!(known.status, StatusCode::OK);
        let told = known.json();
        if is_private {
            assert_eq!(
                (&told["status"], &told["reason"]),
                (&json!("unknown"), &json!("not-published"))
            );
            continue;
        }
        assert_eq!(told["status"], status, "{id}: {told}");
        assert_eq!(told["revoked"].is_object(), status == "revoked", "{told}");
        let address = format!("{}/a/{id}/credential.json", SITE.kept.site.base);
        let body = json!({ "url": address }).to_string();
        let report = ask("POST", "/verify", &[("content-type", "application/json")], body).report();
        assert_eq!(
            (&report["verdict"], &report["status"]),
            (&json!(verdict), &json!(status)),
            "{id}"
        );
    }
}

#[test]
fn a_badge_is_taken_in_every_form_and_its_person_in_every_place() {
    let id = SITE.one("active");
    let base = &SITE.kept.site.base;
    let award = SITE.expected["awards"].as_array().unwrap().iter().find(|one| one["id"] == id);
    let email = award.unwrap()["email"].as_str().unwrap();
    let page = format!("{base}/a/{id}/");
    let png = SITE.kept.site.file(&format!("a/{id}/badge.png"));
    let record = SITE.kept.site.file(&format!("a/{id}/credential.json"));
    let by_url = json!({ "url": page, "recipient": email }).to_string().into_bytes();
    let form = format!("url={page}&recipient={}", email.replace('@', "%40")).into_bytes();
    let with_file = multipart(&[("file", &png), ("url", b""), ("recipient", email.as_bytes())]);
    let with_url =
        multipart(&[("file", b""), ("url", page.as_bytes()), ("recipient", email.as_bytes())]);
    let in_query = format!("/verify?recipient={email}");
    for (path, kind, body) in [
        (&*in_query, "image/png", png.clone()),
        (&in_query, "application/octet-stream", png.clone()),
        // What curl says of everything.
        (&in_query, "application/x-www-form-urlencoded", png.clone()),
        (&in_query, "application/x-www-form-urlencoded", record.clone()),
        (&in_query, "", png),
        (&in_query, "application/json", record.clone()),
        (&in_query, "application/vc+ld+json; charset=utf-8", record),
        ("/verify", "application/json", by_url),
        ("/verify", "application/x-www-form-urlencoded", form),
        ("/verify", "multipart/form-data; boundary=cut", with_file),
        ("/verify", "multipart/form-data; boundary=cut", with_url),
    ] {
        let headers = [("content-type", kind)];
        let headers = if kind.is_empty() { &[][..] } else { &headers };
        let answer = ask("POST", path, headers, body);
        let report = answer.report();
        assert_eq!(report["verdict"], "valid", "{path} {kind}: {report:#}");
        assert_eq!(report["questions"][4]["code"], "recipient-matches", "{path} {kind}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    }
    let report = get(&format!("/verify?url={page}&recipient=bob@example.org"), &[]).report();
    assert_eq!(
        (&report["verdict"], &report["questions"][4]["code"]),
        (&json!("invalid"), &json!("recipient-differs"))
    );
}

#[test]
fn a_badge_that_is_not_good_is_an_answer_and_nothing_to_verify_is_a_problem() {
    let revoked = format!("{}/a/{}/", SITE.kept.site.base, SITE.one("revoked"));
    let report = get(&format!("/verify?url={revoked}"), &[]).report();
    assert_eq!(report["verdict"], "invalid");
    let elsewhere = get("/verify?url=https://elsewhere.example/a", &[]).report();
    assert_eq!(
        (&elsewhere["verdict"], &elsewhere["documents"][0]["unavailable"]),
        (&json!("unknown"), &json!("offline"))
    );
    let json = [("content-type", "application/json")];
    refused(&get("/verify", &[]), 400);
    refused(&get("/verify?url=", &[]), 400);
    refused(&get("/verify?url=badges.example", &[]), 400);
    refused(&get("/verify?url=file:///etc/passwd", &[]), 400);
    refused(&ask("POST", "/verify", &[], ""), 400);
    refused(&ask("POST", "/verify", &json, r#"{"url":"not an address"}"#), 400);
    let cut = [("content-type", "multipart/form-data; boundary=cut")];
    refused(&ask("POST", "/verify", &cut, "nonsense"), 400);
    refused(&ask("POST", "/verify", &cut, multipart(&[("surprise", b"x")])), 400);
    refused(&ask("POST", "/verify", &cut, multipart(&[])), 400);
    refused(&ask("POST", "/verify", &[("content-type", "video/mp4")], "x"), 415);
    refused(&ask("POST", "/verify", &[], vec![b'x'; BODY_BYTES_MAX + 1]), 413);
    refused(
        &ask("POST", "/verify", &cut, multipart(&[("file", &vec![b'x'; BODY_BYTES_MAX])])),
        413,
    );
    let long = format!("https://a.example/{}", "x".repeat(5000));
    refused(&ask("POST", "/verify", &json, json!({ "url": long }).to_string()), 413);
    refused(&ask("DELETE", "/verify", &[], ""), 405);
    refused(&get("/nothing", &[]), 404);
}

#[test]
fn ids_are_looked_up_many_at_a_time_and_nothing_broken_is_ever_active() {
    let (active, revoked) = (SITE.one("active"), SITE.one("revoked"));
    let json = [("content-type", "application/json")];
    let body = json!({ "ids": [active, revoked, "0000000000000000000000000z", "../../etc"] });
    let told = ask("POST", "/status", &json, body.to_string()).json();
    let statuses: Vec<_> =
        told["statuses"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, ["active", "revoked", "unknown", "unknown"]);
    assert_eq!(told["statuses"][2]["reason"], "not-published");
    assert_eq!(told["statuses"][3]["reason"], "not-an-id");
    for bad in [
        "X",
        "..%2f..%2fcatalog",
        &active.to_uppercase(),
        &active[1..],
        "iiiiiiiiiiiiiiiiiiiiiiiiii",
    ] {
        refused(&get(&format!("/status/{bad}"), &[]), 400);
    }
    let ids = |count: usize| json!({ "ids": vec![active; count] }).to_string();
    assert_eq!(ask("POST", "/status", &json, ids(IDS_MAX)).status, StatusCode::OK);
    refused(&ask("POST", "/status", &json, ids(IDS_MAX + 1)), 413);
    for bad in ["", "[]", "{}", r#"{"ids":"x"}"#, r#"{"ids":[],"more":1}"#] {
        refused(&ask("POST", "/status", &json, bad), 400);
    }
}

/// A site of our own, whose shards are spoilt one after the other.
#[test]
fn a_shard_that_is_broken_missing_or_of_another_form_makes_an_id_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let root = camino::Utf8Path::from_path(folder.path()).unwrap();
    fs::write(root.join("catalog.json"), r#"{"url":"https://badges.example/"}"#).unwrap();
    fs::create_dir_all(root.join("status/ids")).unwrap();
    let id = SITE.one("active");
    let hash = <sha2::Sha256 as sha2::Digest>::digest(id);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let shard = root.join("status/ids").join(format!("{}.json", &hash[..2]));
    let told = || {
        let app = handler(Function::new(Store::folder(root).unwrap(), None, now));
        let request = Request::builder().uri(format!("/status/{id}")).body(Body::empty()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let body = runtime.block_on(async {
            to_bytes(app.oneshot(request).await.unwrap().into_body(), usize::MAX).await.unwrap()
        });
        let told: Value = serde_json::from_slice(&body).unwrap();
        (told["status"].as_str().unwrap().to_owned(), told["reason"].as_str().map(str::to_owned))
    };
    let unknown = |reason: &str| ("unknown".to_owned(), Some(reason.to_owned()));
    assert_eq!(told(), unknown("not-published"));
    let good = json!({ "version": 1, "ids": { &hash: {} } });
    fs::write(&shard, good.to_string()).unwrap();
    assert_eq!(told(), ("active".to_owned(), None));
    let other_form = json!({ "version": 2, "ids": { &hash: {} } }).to_string();
    let date = json!({ "version": 1, "ids": { &hash: { "validUntil": "soon" } } }).to_string();
    let huge = format!("{}{}", " ".repeat(4 * 1024 * 1024), good);
    for broken in ["", "{", &good.to_string()[..20], &other_form, &date] {
        fs::write(&shard, broken).unwrap();
        assert_eq!(told(), unknown("unreadable"), "{}", broken.len());
    }
    fs::write(&shard, huge).unwrap();
    assert_eq!(told(), unknown("too-large"));
    let past = json!({ "version": 1, "ids": { &hash: { "validUntil": "2026-09-01T08:59:59Z" } } });
    fs::write(&shard, past.to_string()).unwrap();
    assert_eq!(told().0, "expired");
}

#[test]
fn an_answer_of_a_look_up_is_kept_for_a_minute_and_asked_for_again_by_its_mark() {
    let path = format!("/status/{}", SITE.one("active"));
    let first = get(&path, &[]);
    assert_eq!(first.header(header::CACHE_CONTROL), "public, max-age=60");
    let mark = first.header(header::ETAG);
    let again = get(&path, &[("if-none-match", mark)]);
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(get(&path, &[("if-none-match", "\"other\"")]).status, StatusCode::OK);
}

const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[test]
fn a_person_gets_a_page_without_script_in_their_language() {
    let id = SITE.one("active");
    let page = format!("/verify?url={}/a/{id}/", SITE.kept.site.base);
    let french = get(&page, &[BROWSER, ("accept-language", "fr-FR,en;q=0.5")]);
    let english = get(&page, &[BROWSER, ("accept-language", "en")]);
    for answer in [&french, &english] {
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
        assert_eq!(answer.header(header::VARY), "accept, accept-language");
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        let text = answer.text();
        for absent in ["<script", "onclick", "javascript:", "style=", "http-equiv", "<img"] {
            assert!(!text.contains(absent), "{absent}");
        }
        // No link of a stranger's can be followed from here.
        for link in text.split("<a ").skip(1) {
            assert!(link.starts_with("href=\"/verify?lang="), "{link}");
        }
        assert!(text.contains("badges.estran.example/issuers/"), "{text}");
    }
    assert!(french.text().contains("<html lang=\"fr\">"));
    assert!(french.text().contains("Ce domaine l’a-t-il vraiment délivré\u{202f}?"));
    assert!(french.text().contains("Rien ne s’oppose à ce badge"));
    assert!(english.text().contains("Was it really issued by this domain?"));
    let forced = get(&format!("{page}&lang=en"), &[BROWSER, ("accept-language", "fr")]);
    assert!(forced.text().contains("<html lang=\"en\">"));
    for word in ["Nothing", "was ", "badge was", "Not asked", "Remarks"] {
        assert!(!french.text().contains(word), "{word}");
    }
}

#[test]
fn no_word_of_a_page_is_green_where_something_was_not_checked() {
    let unasked =
        get(&format!("/verify?url={}/a/{}/", SITE.kept.site.base, SITE.one("active")), &[BROWSER]);
    assert!(!unasked.text().contains("<h1 class=\"good\""), "{}", unasked.text());
    let nothing = ask("POST", "/verify", &[BROWSER], "Bonjour.");
    assert!(nothing.text().contains("Rien n’a été vérifié"), "{}", nothing.text());
    assert!(!nothing.text().contains("class=\"good\""));
    let revoked =
        get(&format!("/verify?url={}/a/{}/", SITE.kept.site.base, SITE.one("revoked")), &[BROWSER]);
    assert!(
        revoked.text().contains("<h1 class=\"bad\">Retiré par son émetteur</h1>"),
        "{}",
        revoked.text()
    );
}

/// A stranger's text is text, whatever it says.
#[test]
fn a_badges_text_is_never_markup() {
    let id = SITE.one("active");
    let mut record: Value =
        serde_json::from_slice(&SITE.kept.site.file(&format!("a/{id}/credential.json"))).unwrap();
    record["issuer"]["id"] = json!("https://evil.example/\"><script>alert(1)</script>");
    let answer = ask(
        "POST",
        "/verify",
        &[BROWSER, ("content-type", "application/json")],
        record.to_string(),
    );
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.text().contains("<script"), "{}", answer.text());
}

#[test]
fn a_page_of_any_site_may_ask() {
    let asked = [("origin", "https://a.example"), ("access-control-request-method", "POST")];
    let preflight = ask("OPTIONS", "/verify", &asked, "");
    assert_eq!(preflight.status, StatusCode::NO_CONTENT);
    assert_eq!(preflight.header(header::ACCESS_CONTROL_ALLOW_METHODS), "GET, HEAD, POST");
    for answer in [preflight, get("/healthz", &[]), get("/nothing", &[])] {
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }
}

#[test]
fn health_tells_what_can_be_reached() {
    let health = get("/healthz", &[]);
    let told = json!({
        "version": env!("CARGO_PKG_VERSION"), "site": { "reachable": true }, "outbound": "off"
    });
    assert_eq!((health.status, health.json()), (StatusCode::OK, told));
}
