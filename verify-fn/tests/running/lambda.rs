//! The real `bootstrap` under an emulated Lambda: what comes in by a function URL and by an API Gateway, and what goes wrong.

use std::time::{Duration, Instant};

use accolade_verify_fn::BODY_BYTES_MAX;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::bucket::one;
use crate::invocation::{Door, Lambda, Outcome, bootstrap};
use crate::support::{BUCKET, Bucket, Day, PREFIX};

/// Long enough for whatever does not wait.
const ENOUGH: Duration = Duration::from_secs(30);

fn over(bucket: &Bucket) -> Lambda {
    let endpoint = format!("http://{}", bucket.address);
    Lambda::start(&[
        ("ACCOLADE_BUCKET", BUCKET),
        ("ACCOLADE_PREFIX", PREFIX),
        ("ACCOLADE_ENDPOINT", &endpoint),
    ])
}

#[test]
fn both_doors_lead_to_the_same_answers_and_pictures_pass_through_them() {
    let bucket = Bucket::with_the_demo();
    let mut lambda = over(&bucket);
    let id = one(&bucket, "active");
    let picture = std::fs::read(bucket.site().join(format!("a/{id}/badge.png"))).unwrap();
    let page = ("accept", "text/html");
    for door in Door::ALL {
        let known = lambda.answer(&door.event("GET", &format!("/status/{id}"), &[], b""));
        assert_eq!((known.status, &known.json()["status"]), (200, &json!("active")), "{door:?}");
        assert_eq!(known.headers["content-type"], "application/json");

        let png = [("content-type", "image/png")];
        let sent = door.event("POST", "/verify?lang=en", &png, &picture);
        assert_eq!(sent["isBase64Encoded"], true);
        let report = lambda.answer(&sent);
        assert_eq!((report.status, &report.json()["verdict"]), (200, &json!("valid")), "{door:?}");

        let address = format!("/verify?url={}/a/{id}/&lang=fr", bucket.base);
        let shown = lambda.answer(&door.event("GET", &address, &[page], b""));
        assert_eq!(shown.status, 200);
        assert!(shown.text().contains("<html lang=\"fr\">"), "{}", shown.text());
        assert!(!shown.is_base64, "a page is text");

        let ids = json!({ "ids": [id, "x"] }).to_string();
        let json = [("content-type", "application/json")];
        let many = lambda.answer(&door.event("POST", "/status", &json, ids.as_bytes())).json();
        assert_eq!(many["statuses"][0]["status"], "active");
        assert_eq!(many["statuses"][1]["reason"], "not-an-id");

        assert_eq!(lambda.answer(&door.event("GET", "/healthz", &[], b"")).status, 200);
        let nothing = lambda.answer(&door.event("GET", "/nothing/here", &[], b""));
        assert_eq!((nothing.status, &nothing.json()["status"]), (404, &json!(404)));
        let other_way = lambda.answer(&door.event("DELETE", "/verify", &[], b""));
        assert_eq!(other_way.status, 405);
    }
}

#[test]
fn a_site_in_the_functions_own_folder_needs_no_bucket() {
    let bucket = Bucket::with_the_demo();
    let site = bucket.site();
    let mut lambda = Lambda::start(&[("ACCOLADE_SITE", site.as_str())]);
    let id = one(&bucket, "revoked");
    let known = lambda.answer(&Door::FunctionUrl.event("GET", &format!("/status/{id}"), &[], b""));
    assert_eq!(known.json()["status"], "revoked");
}

#[test]
fn what_is_too_large_is_a_problem_document() {
    let bucket = Bucket::with_the_demo();
    let mut lambda = over(&bucket);
    let large = vec![0xff; BODY_BYTES_MAX + 1];
    for door in Door::ALL {
        let refused = lambda.answer(&door.event("POST", "/verify", &[], &large));
        assert_eq!((refused.status, &refused.json()["status"]), (413, &json!(413)));
    }
}

#[test]
fn an_event_that_is_no_request_is_an_error_and_the_next_one_is_answered() {
    let bucket = Bucket::with_the_demo();
    let mut lambda = over(&bucket);
    let good = Door::FunctionUrl.event("GET", "/healthz", &[], b"");
    let mut not_base64 = Door::FunctionUrl.event("POST", "/verify", &[], b"");
    not_base64["body"] = json!("*** this is not base64 ***");
    not_base64["isBase64Encoded"] = json!(true);
    let mut no_method = good.clone();
    no_method["requestContext"]["http"]["method"] = json!(7);
    let of_a_queue = json!({ "Records": [{ "eventSource": "aws:sqs", "body": "x" }] });
    for event in [
        String::new(),
        "{".to_owned(),
        "{}".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        of_a_queue.to_string(),
        not_base64.to_string(),
        no_method.to_string(),
    ] {
        let outcome = lambda.invoke_within(&event, ENOUGH);
        let is_refused = match &outcome {
            Outcome::Error(error) => error["errorMessage"].is_string(),
            Outcome::Response(response) => {
                response["statusCode"].as_u64().is_some_and(|status| (400..500).contains(&status))
            }
        };
        assert!(is_refused, "{event}: {outcome:?}");
        assert_eq!(lambda.answer(&good).status, 200, "after {event}");
    }
}

/// Lambda would end the machine, and who asked would get `Internal Server Error`.
#[test]
fn an_answer_comes_before_the_time_of_the_invocation_is_over() {
    let bucket = Bucket::with_the_demo();
    let mut lambda = over(&bucket);
    let id = one(&bucket, "active");
    let event = Door::FunctionUrl.event("GET", &format!("/status/{id}"), &[], b"");
    bucket.day(Day::Slow(Duration::from_secs(20)));
    let (begun, time) = (Instant::now(), Duration::from_secs(2));
    let outcome = lambda.invoke_within(&event.to_string(), time);
    assert!(begun.elapsed() < time, "{:?}", begun.elapsed());
    let Outcome::Response(response) = outcome else { panic!("{outcome:?}") };
    assert_eq!(response["statusCode"], 504, "{response}");
    assert_eq!(response["headers"]["content-type"], "application/problem+json");
    assert!(!response["body"].as_str().unwrap().contains("active"));
    bucket.day(Day::Good);
    let begun = Instant::now();
    while lambda.answer(&event).json()["status"] != "active" {
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}

/// Emulators write other things than a time to come.
#[test]
fn a_time_that_is_over_before_the_invocation_begins_was_not_meant() {
    let bucket = Bucket::with_the_demo();
    let mut lambda = over(&bucket);
    let event = Door::FunctionUrl.event("GET", "/healthz", &[], b"");
    let Outcome::Response(response) = lambda.invoke_within(&event.to_string(), Duration::ZERO)
    else {
        panic!("an error")
    };
    assert_eq!(response["statusCode"], 200, "{response}");
}

#[test]
fn settings_that_cannot_be_meant_end_it_before_its_first_event() {
    for settings in [
        vec![],
        vec![("ACCOLADE_SITE", "/nonexistent")],
        vec![("ACCOLADE_BUCKET", "NOT A BUCKET")],
        vec![("ACCOLADE_BUCKET", "badges"), ("ACCOLADE_SITE", "/tmp")],
        vec![("ACCOLADE_BUCKET", "badges"), ("ACCOLADE_BASE_URL", "badges.example")],
    ] {
        let output = bootstrap("127.0.0.1:9", &settings)
            .stderr(std::process::Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{settings:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(["ACCOLADE_", "`--b", "accolade build"].iter().any(|w| said.contains(w)), "{said}");
    }
}

#[test]
fn base64_of_text_is_text() {
    let bucket = Bucket::with_the_demo();
    let mut lambda = over(&bucket);
    let id = one(&bucket, "active");
    let sealed = std::fs::read(bucket.site().join(format!("a/{id}/credential.json"))).unwrap();
    let mut event =
        Door::ApiGateway.event("POST", "/verify", &[("content-type", "application/json")], b"");
    event["body"] = json!(STANDARD.encode(sealed));
    event["isBase64Encoded"] = json!(true);
    assert_eq!(lambda.answer(&event).json()["verdict"], "valid");
}
