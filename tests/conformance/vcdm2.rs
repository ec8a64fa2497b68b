//! The inputs of the W3C suite for the data model 2.0, signed by a simulated issuer and handed to the verifier: what the
//! suite accepts is valid, what it refuses is not.
//!
//! CRED-VCDM-1 to CRED-VCDM-13. Data: `vectors/vcdm2`; what comes out otherwise, and why, stands in `vcdm2.yaml`.

use std::process::ExitCode;

use accolade_tests::issuer::Issuer;
use accolade_tests::{run, suite, vcdm2};
use libtest_mimic::Failed;
use openbadges::verify::{Accept, Code, Report, Verdict};
use serde_json::Value;

fn main() -> ExitCode {
    run(suite("vectors/vcdm2", |folder| vcdm2::trials(folder, "vcdm2", judge)))
}

/// The suite's verdict; a presentation with another number of credentials than one has none.
fn judge(name: &str, draft: Value) -> Result<(), Failed> {
    let count = vcdm2::credentials(&draft);
    let report = verify(draft);
    let is_open = count.is_some_and(|count| count != 1)
        && report.verdict == Verdict::Unknown
        && report.found(Code::PresentationNotOne);
    let holds = match vcdm2::is_refused(name) {
        true => report.verdict != Verdict::Valid && !is_open,
        false if count.is_none_or(|count| count == 1) => report.verdict == Verdict::Valid,
        false => is_open,
    };
    if holds { Ok(()) } else { Err(format!("{:?}: {:#?}", report.verdict, report.checks).into()) }
}

fn verify(draft: Value) -> Report {
    let issuer = Issuer::new();
    let now = vcdm2::moment(&draft);
    let mut scene = issuer.presents(&vcdm2::signed(&issuer, draft));
    scene.policy.accept = Accept::Credentials;
    scene.now = now.unwrap_or(scene.now);
    scene.verify()
}
