//! What a whole verdict costs, from bytes to report, on the badges of a built site whose documents are at hand.
//!
//! `tests/interop/bench` builds the site, runs this and the peers, and compares. By hand:
//! `cargo bench -p openbadges --bench verdict -- SITE BASE_URL AWARD_ID`. It prints one JSON object: microseconds of CPU time
//! of the thread for one verification, the median of many, and the most memory that was allocated at once.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads the site it is told of; the core itself does not"
)]

use std::path::Path;
use std::time::Duration;

use cpu_time::ThreadTime;
use openbadges::iri::Iri;
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;
use openbadges::verify::{
    Answer, Body, Documents, Input, Policy, Report, Source, Step, Unavailable, Verdict, verify,
};
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// The clock of the demonstration.
const NOW: &str = "2026-09-01T09:00:00Z";

/// How many batches are timed, and how many runs one has.
const BATCHES: usize = 31;
const RUNS: u32 = 20;

/// A folder that answers for a base URL.
struct Site<'s> {
    folder: &'s Path,
    base: &'s str,
    /// Whether documents keep their first proof alone.
    one_proof: bool,
}

impl Site<'_> {
    fn read(&self, url: &str) -> Option<Vec<u8>> {
        let path = url.strip_prefix(self.base)?.trim_start_matches('/');
        let bytes = std::fs::read(self.folder.join(path)).ok()?;
        let mut document: Value = serde_json::from_slice(&bytes).ok()?;
        let Some(first) = document.pointer("/proof/0").cloned().filter(|_| self.one_proof) else {
            return Some(bytes);
        };
        document.as_object_mut()?.insert("proof".to_owned(), json!([first]));
        Some(document.to_string().into_bytes())
    }

    fn answer(&self, asked: &Iri) -> Answer {
        let found = |bytes| Body {
            url: asked.clone(),
            status: 200,
            content_type: Some("application/json".to_owned()),
            bytes,
        };
        let body = self.read(asked.as_str()).map(found).ok_or(Unavailable::NameUnknown);
        Answer { source: Source::Network, hops: Vec::new(), body }
    }

    /// The documents that verifying `input` asks for, and its report.
    fn warm(&self, input: &Input) -> (Documents, Report) {
        let mut documents = Documents::new();
        loop {
            match verify(input, &documents, &Policy::default(), now()) {
                Step::Done(report) => return (documents, *report),
                Step::Need(iris) => {
                    for asked in iris {
                        let answer = self.answer(&asked);
                        documents.supply(asked, answer);
                    }
                }
            }
        }
    }
}

fn now() -> Timestamp {
    Timestamp::parse(NOW).expect("the clock is a time")
}

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    let [folder, base, award] = arguments.as_slice() else {
        println!(
            "verdict: SITE BASE_URL AWARD_ID were not given; `tests/interop/bench` gives them"
        );
        return;
    };
    let folder = Path::new(folder);
    let one = Site { folder, base, one_proof: true };
    let whole = Site { one_proof: false, ..one };
    let credential = format!("{base}/a/{award}/credential.json");
    let assertion = format!("{base}/a/{award}/assertion.json");
    let file = |site: &Site<'_>, url: &str| Input::File(site.read(url).expect("the site has it"));
    let cold = ThreadTime::now();
    let (_, report) = one.warm(&file(&one, &credential));
    let cold = cold.elapsed();
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    let key = SigningKey::from_seed(&[42; 32]);
    let (public, signature) = (key.public(), key.sign(&[0x5a; 64]));
    let figures = json!({
        "verify_strict": micros(&mut || assert!(public.verify_strict(&[0x5a; 64], &signature).is_ok())),
        "eddsa_rdfc_2022": verdict(&one, &file(&one, &credential)),
        "as_published": verdict(&whole, &file(&whole, &credential)),
        "ob2_hosted": verdict(&whole, &Input::Address(Iri::parse(&assertion).expect("it is one"))),
        "png_both": verdict(&whole, &Input::File(
            std::fs::read(folder.join(format!("a/{award}/badge.png"))).expect("the site has it"),
        )),
        "first_of_a_process": cold.as_secs_f64() * 1e6,
        "memory_bytes": ALLOCATED.peak_usage(),
    });
    println!("{figures}");
}

fn verdict(site: &Site<'_>, input: &Input) -> f64 {
    let (documents, report) = site.warm(input);
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    let policy = Policy::default();
    micros(&mut || match verify(input, &documents, &policy, now()) {
        Step::Done(report) => assert_eq!(report.verdict, Verdict::Valid),
        Step::Need(iris) => unreachable!("{iris:?} is at hand"),
    })
}

/// The median over the batches, for one run.
fn micros(work: &mut dyn FnMut()) -> f64 {
    let mut batches: Vec<Duration> = (0..BATCHES)
        .map(|_| {
            let clock = ThreadTime::now();
            (0..RUNS).for_each(|_| work());
            clock.elapsed() / RUNS
        })
        .collect();
    batches.sort();
    batches.get(BATCHES / 2).map_or(0.0, |median| median.as_secs_f64() * 1e6)
}
