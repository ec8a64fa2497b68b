//! The published site in a bucket: the real program asks a real S3 service, on good days and on bad ones.
//!
//! Only the bucket's own word makes an award *not published*; whatever goes wrong makes it *unknown*, and nothing ever makes
//! it *active*.

use std::collections::BTreeMap;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use accolade_tests::workspace;
use axum::http::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{BUCKET, Bucket, Day, Program, SECRET};

fn unknown(reason: &str) -> (String, String) {
    ("unknown".to_owned(), reason.to_owned())
}

pub(crate) fn known(status: &str) -> (String, String) {
    (status.to_owned(), String::new())
}

fn hash(id: &str) -> String {
    Sha256::digest(id).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The path of the shard of an id.
fn shard(id: &str) -> String {
    format!("status/ids/{}.json", hash(id).get(..2).unwrap())
}

/// The awards of the demonstration that have a page, by the state they will have for ever: no end of theirs is near.
pub(crate) fn awards(bucket: &Bucket) -> BTreeMap<String, String> {
    let expected = fs::read(workspace().join("tests/expected.json")).unwrap();
    let expected: Value = serde_json::from_slice(&expected).unwrap();
    let awards = expected["awards"].as_array().unwrap().iter();
    awards
        .map(|award| (award["id"].as_str().unwrap(), award["status"].as_str().unwrap()))
        .filter(|(id, status)| match (*status, fs::read(bucket.site().join(shard(id)))) {
            ("revoked", Ok(_)) => true,
            ("active", Ok(shard)) => {
                let shard: Value = serde_json::from_slice(&shard).unwrap();
                let entry = &shard["ids"][hash(id)];
                entry.is_object() && entry["validUntil"].is_null()
            }
            _ => false,
        })
        .map(|(id, status)| (id.to_owned(), status.to_owned()))
        .collect()
}

pub(crate) fn one(bucket: &Bucket, status: &str) -> String {
    awards(bucket).into_iter().find(|(_, is)| is == status).unwrap().0
}

/// Asks until the answer is there, for as long as a cache may keep the old one.
fn becomes(ask: impl Fn() -> (String, String), answer: &(String, String)) {
    let begun = Instant::now();
    while ask() != *answer {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}, not {answer:?}", ask());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn look_ups_and_verdicts_are_those_of_the_site_in_the_bucket_and_nobody_else_is_asked() {
    let bucket = Bucket::with_the_demo();
    let program = bucket.program();
    let awards = awards(&bucket);
    assert!(awards.values().any(|status| status == "active"));
    assert!(awards.values().any(|status| status == "revoked"));
    for (id, status) in &awards {
        assert_eq!(program.known(id), known(status), "{id}");
        let (code, report) =
            program.get(&format!("/verify?url={}/a/{id}/credential.json", bucket.base));
        assert_eq!(code, 200);
        let verdict = if status == "active" { "valid" } else { "invalid" };
        assert_eq!(report["verdict"], verdict, "{id}: {report:#}");
        assert_eq!(report["status"], *status);
    }
    assert_eq!(program.get("/healthz").0, 200);
    assert_eq!(program.known("00000000000000000000000000"), unknown("not-published"));
}

#[test]
fn a_missing_object_is_not_published_and_a_missing_site_is_no_answer() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    fs::remove_file(bucket.site().join(shard(&id))).unwrap();
    let program = bucket.program();
    assert_eq!(program.known(&id), unknown("not-published"));
    fs::remove_file(bucket.site().join("catalog.json")).unwrap();
    let program = bucket.program();
    assert_eq!(program.known(&id), unknown("unreadable"));
    assert_eq!(program.get("/healthz").0, 503);
    // Nothing of the site says whose it is, so nothing of it answers for an address.
    let (code, report) =
        program.get(&format!("/verify?url={}/a/{id}/credential.json", bucket.base));
    assert_eq!((code, &report["verdict"]), (200, &json!("unknown")));
}

#[test]
fn a_withdrawal_is_seen_within_the_stated_time_and_what_has_not_changed_is_not_sent_again() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    let (path, file) = (shard(&id), bucket.site().join(shard(&id)));
    let program = bucket.program();
    assert_eq!(program.known(&id), known("active"));
    let begun = Instant::now();
    while bucket.asked(&path, StatusCode::NOT_MODIFIED) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "it is never asked for again");
        assert_eq!(program.known(&id), known("active"));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(bucket.asked(&path, StatusCode::OK), 1);
    let mut changed: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    changed["ids"][hash(&id)]["revoked"] = json!({ "date": "2026-10-01T00:00:00Z" });
    fs::write(&file, changed.to_string()).unwrap();
    becomes(|| program.known(&id), &known("revoked"));
    assert_eq!(bucket.asked(&path, StatusCode::OK), 2);
}

#[test]
fn what_we_may_not_read_is_denied_and_no_bucket_is_no_site() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    let stranger = Program::start(&bucket.arguments(), &[("AWS_SECRET_ACCESS_KEY", "another")]);
    assert_eq!(stranger.known(&id), unknown("denied"));
    assert_eq!(stranger.get("/healthz").0, 503);
    let nobody = Program::start(&bucket.arguments(), &[]);
    assert_eq!(nobody.known(&id), unknown("denied"));
    let mut arguments = bucket.arguments();
    arguments.iter_mut().for_each(|argument| {
        if argument == BUCKET {
            "no-such-bucket".clone_into(argument);
        }
    });
    let elsewhere = Program::start(&arguments, &[("AWS_SECRET_ACCESS_KEY", SECRET)]);
    assert_eq!(elsewhere.known(&id), unknown("unreadable"));
    assert_eq!(elsewhere.get("/healthz").0, 503);
}

#[test]
fn on_a_bad_day_an_award_is_unknown_for_its_reason_and_comes_back_after_it() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    let program = bucket.program();
    assert_eq!(program.known(&id), known("active"));
    for (day, reason) in [
        (Day::CutOff, "broken"),
        (Day::Failing, "broken"),
        (Day::Slow(Duration::from_secs(20)), "too-slow"),
    ] {
        // Every copy is forgotten, so that the body of an answer is asked for again.
        let program = bucket.program();
        bucket.day(day);
        let begun = Instant::now();
        assert_eq!(program.known(&id), unknown(reason), "{day:?}");
        assert!(begun.elapsed() < Duration::from_secs(15), "{day:?}: {:?}", begun.elapsed());
        bucket.day(Day::Good);
        becomes(|| program.known(&id), &known("active"));
    }
    bucket.day(Day::Confused);
    let other = bucket.program();
    assert_eq!(other.known(&id), unknown("broken"));
    // The copy of a minute ago is no answer of today.
    bucket.day(Day::Failing);
    becomes(|| program.known(&id), &unknown("broken"));
}

#[test]
fn nobody_listening_is_no_connection_and_no_reason_not_to_start() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    let unused = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}", unused.local_addr().unwrap());
    drop(unused);
    let mut arguments = bucket.arguments();
    *arguments.last_mut().unwrap() = address;
    let program = Program::start(&arguments, &[("AWS_SECRET_ACCESS_KEY", SECRET)]);
    assert_eq!(program.known(&id), unknown("no-connection"));
    assert_eq!(program.get("/healthz").0, 503);
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    fs::File::create(bucket.site().join(shard(&id))).unwrap().set_len(6 * 1024 * 1024).unwrap();
    assert_eq!(bucket.program().known(&id), unknown("too-large"));
}

#[test]
fn a_file_that_many_wait_for_is_read_once() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    let program = bucket.program();
    bucket.day(Day::Slow(Duration::from_millis(500)));
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| assert_eq!(program.known(&id), known("active")));
        }
    });
    assert_eq!(bucket.asked(&shard(&id), StatusCode::OK), 1);
}

/// Nothing is kept, so nothing is lost.
#[test]
fn killed_in_the_middle_and_started_again_it_answers_as_before() {
    let bucket = Bucket::with_the_demo();
    let awards = awards(&bucket);
    let before: Vec<_> = fs::read_dir(bucket.site()).unwrap().map(|e| e.unwrap().path()).collect();
    for _ in 0..3 {
        let mut program = bucket.program();
        bucket.day(Day::Slow(Duration::from_millis(300)));
        std::thread::scope(|scope| {
            let url = format!("{}/status/{}", program.address, awards.keys().next().unwrap());
            scope.spawn(move || ureq::get(&url).call().map(drop).unwrap_err());
            std::thread::sleep(Duration::from_millis(100));
            program.child.kill().unwrap();
            program.child.wait().unwrap();
        });
        bucket.day(Day::Good);
        let again = bucket.program();
        for (id, status) in &awards {
            assert_eq!(again.known(id), known(status), "{id}");
        }
    }
    let after: Vec<_> = fs::read_dir(bucket.site()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(before, after);
}
