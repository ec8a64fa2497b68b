//! The verifier's interface of the W3C VC API, with the inputs of the W3C suite for the data model 2.0: what the suite accepts
//! is answered 200 and *verified*, what it refuses 400, and every answer has the form that `/openapi.json` gives it.
//!
//! A presentation is not this interface's: one that holds a single credential is answered for that one, another is not
//! verified. Exceptions are those of `vcdm2.yaml`.

#![expect(clippy::indexing_slicing, reason = "a member that is missing reads as null")]

use std::cell::Cell;
use std::process::ExitCode;

use accolade_tests::described::{Described, answer_of};
use accolade_tests::issuer::{Issuer, NOW, moment};
use accolade_tests::{run, same, suite, vcdm2};
use accolade_verify_fn::{Function, Store, handler};
use axum::http::Request;
use camino::Utf8Path;
use libtest_mimic::Failed;
use openbadges::time::Timestamp;
use serde_json::{Value, json};

fn main() -> ExitCode {
    run(suite("vectors/vcdm2", |folder| vcdm2::trials(folder, "vc-api", judge)))
}

thread_local! {
    /// The clock of the trial that runs on this thread.
    static CLOCK: Cell<Option<Timestamp>> = const { Cell::new(None) };
}

fn now() -> Timestamp {
    CLOCK.get().unwrap_or_else(|| moment(NOW))
}

fn judge(name: &str, draft: Value) -> Result<(), Failed> {
    CLOCK.set(vcdm2::moment(&draft));
    let is_one = vcdm2::credentials(&draft).is_none_or(|count| count == 1);
    let issuer = Issuer::new();
    let site = tempfile::tempdir()?;
    let root = Utf8Path::from_path(site.path()).ok_or("a path that is not UTF-8")?;
    publish(&issuer, root)?;
    let credential = vcdm2::signed(&issuer, draft);
    let body =
        json!({ "verifiableCredential": credential, "options": { "returnCredential": true } });
    let request = Request::post("/credentials/verify")
        .header("content-type", "application/json")
        .body(body.to_string().into())?;
    let function = Function::new(Store::folder(root).map_err(|_| "no site")?, None, now);
    let answer = answer_of(handler(function), request);
    Described::get().hold("POST", "/credentials/verify", &answer)?;
    let told = answer.json()?;
    let is_verified = is_one && !vcdm2::is_refused(name);
    let status = if is_verified { 200 } else { 400 };
    let errors = told["errors"].as_array().map_or(0, Vec::len);
    let found = (answer.status, &told["verified"], errors == 0, &told["verifiableCredential"]);
    same(&(status, &json!(is_verified), is_verified, &credential), &found)
        .map_err(|_| Failed::from(format!("{} {told:#}", answer.status)))
}

/// What the issuer publishes, as a built site.
fn publish(issuer: &Issuer, root: &Utf8Path) -> Result<(), Failed> {
    let files = [
        (
            format!("{}/catalog.json", issuer.base()),
            json!({ "url": format!("{}/", issuer.base()) }),
        ),
        (issuer.did_url(), issuer.did_document()),
        (issuer.list_url(), issuer.list()),
    ];
    for (url, document) in files {
        let path = url.strip_prefix(&format!("{}/", issuer.base())).ok_or("elsewhere")?;
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().ok_or("no folder")?)?;
        std::fs::write(file, document.to_string())?;
    }
    Ok(())
}
