//! Verification without IO: a step loop that says what it needs, and a report that says what it found.
//!
//! ```text
//! bytes ─▶ input (what is it?) ─▶ checks ─▶ report
//!                  ▲                 │
//!                  └── documents ◀── fetch (the caller) ◀── Need(iris)
//! ```
//! [`verify`] is a pure function. It is called again with more documents until it is done; an unavailable document is
//! an answer too, so the loop ends. It asks for nothing that a document inside the input could answer for itself.
//!
//! ```
//! use openbadges::iri::Iri;
//! use openbadges::time::Timestamp;
//! use openbadges::verify::{verify, Answer, Documents, Input, Policy, Source, Step, Unavailable, Verdict};
//!
//! let input = Input::Address(Iri::parse("https://badges.example/a/1/assertion.json").unwrap());
//! let now = Timestamp::parse("2026-09-01T09:00:00Z").unwrap();
//! let mut documents = Documents::new();
//! let report = loop {
//!     match verify(&input, &documents, &Policy::default(), now) {
//!         Step::Done(report) => break report,
//!         Step::Need(iris) => {
//!             for iri in iris {
//!                 let answer = Answer { source: Source::Network, hops: vec![], body: Err(Unavailable::Offline) };
//!                 documents.supply(iri, answer);
//!             }
//!         }
//!     }
//! };
//! assert_eq!(report.verdict, Verdict::Unknown); // not fetched is not forged
//! ```

mod checks;
mod code;
mod documents;
mod input;
mod page;
mod policy;
mod question;
mod record;
mod report;
mod run;
mod worded;

pub use checks::issuer::{hosts_shared_by_name, hosts_shared_by_path, is_shared_host};
pub use code::{Code, Language, Sentence};
pub use documents::{Answer, Body, Documents, Source, Unavailable};
pub use input::Input;
pub use policy::{
    Accept, CLOCK_SKEW_SECONDS, DOCUMENTS_MAX, ENDORSEMENTS_MAX, Policy, RESOURCES_MAX, Refresh,
    Resources, STATUS_ENTRIES_MAX, UNPROVED_LISTS_MAX,
};
pub use question::Question;
pub use record::{Kind, Recipient, Related, Summary};
pub use report::{
    Answered, Check, Consulted, Endorsed, IssuerDomain, Note, Outcome, Received, Report, Status,
    StatusRead, Verdict,
};
pub use worded::Worded;

use crate::iri::Iri;
use crate::time::Timestamp;

use run::Run;

/// What [`verify`] answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Supply an answer to each of these, then call again.
    Need(Vec<Iri>),
    /// The run is finished.
    Done(Box<Report>),
}

/// Takes one step of a verification.
///
/// The same arguments give the same step. At most [`DOCUMENTS_MAX`] documents are read in a whole run;
/// what goes beyond is as good as unavailable.
#[must_use]
pub fn verify(input: &Input, documents: &Documents, policy: &Policy, now: Timestamp) -> Step {
    let mut run = Run::new(documents, policy, now);
    // `Waiting` says no more than that a need was noted; the needs themselves decide.
    let _waiting = input::check(&mut run, input);
    if run.is_over_budget() {
        run = run.closed();
        let _settled = input::check(&mut run, input);
    }
    run.finish()
}

#[cfg(test)]
mod tests;
