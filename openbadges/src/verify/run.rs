//! One pass over the checks with the documents that are there: notes what is missing and what was found.

use std::collections::BTreeSet;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::iri::Iri;
use crate::json;
use crate::recipient::PrivateLink;
use crate::time::Timestamp;

use super::Step;
use super::code::Code;
use super::documents::{Body, Documents};
use super::policy::{DOCUMENTS_MAX, Policy};
use super::question::Question;
use super::record::Summary;
use super::report::{
    Check, Consulted, Endorsed, IssuerDomain, Note, Outcome, Parts, Received, Report, StatusRead,
};

/// A check cannot go on before a document is supplied; the need is noted in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiting;

/// A document is of no use to the check, and the code says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Useless {
    pub(crate) code: Code,
    pub(crate) detail: String,
}

/// The most remarks of a report: a stranger chooses how many there are to make.
const NOTES_MAX: usize = 100;

/// The state of one pass.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    documents: &'a Documents,
    pub(crate) policy: &'a Policy,
    pub(crate) now: Timestamp,
    needs: BTreeSet<Iri>,
    read: BTreeSet<Iri>,
    checks: Vec<Check>,
    records: Vec<Summary>,
    notes: Vec<Note>,
    endorsements: Vec<Endorsed>,
    statuses: Vec<StatusRead>,
    issuer: Option<IssuerDomain>,
    /// What a learner's link carries behind `#`, when the input is one.
    pub(crate) private_link: Option<PrivateLink>,
    recipient_asked: bool,
}

impl<'a> Run<'a> {
    pub(crate) fn new(documents: &'a Documents, policy: &'a Policy, now: Timestamp) -> Self {
        Self {
            documents,
            policy,
            now,
            needs: BTreeSet::new(),
            read: BTreeSet::new(),
            checks: Vec::new(),
            records: Vec::new(),
            notes: Vec::new(),
            endorsements: Vec::new(),
            statuses: Vec::new(),
            issuer: None,
            private_link: None,
            recipient_asked: policy.recipient.is_some(),
        }
    }

    /// Notes what a check found.
    pub(crate) fn found(
        &mut self,
        question: impl Into<Option<Question>>,
        outcome: Outcome,
        subject: &str,
        detail: Option<String>,
    ) {
        let subject = subject.to_owned();
        self.checks.push(Check { question: question.into(), outcome, subject, detail });
    }

    /// Notes what is worth a remark and changes no answer.
    pub(crate) fn note(&mut self, code: Code, subject: &str, detail: Option<String>) {
        let note = Note { code, subject: subject.to_owned(), detail };
        if !self.notes.contains(&note) && self.notes.len() < NOTES_MAX {
            self.notes.push(note);
        }
    }

    /// Notes that somebody wants to know whose the badge is, so that the answer decides, too.
    pub(crate) fn ask_for_recipient(&mut self) {
        self.recipient_asked = true;
    }

    /// Adds what a badge says of itself.
    pub(crate) fn describe(&mut self, summary: Summary) {
        self.records.push(summary);
    }

    /// Notes who the badge says stands behind it; the first record that names somebody does.
    pub(crate) fn name_issuer(&mut self, issuer: IssuerDomain) {
        self.issuer.get_or_insert(issuer);
    }

    /// Notes that a document will be needed, without stopping, so that one round fetches several.
    pub(crate) fn want(&mut self, asked: &Iri) {
        if self.documents.get(asked).is_none() {
            self.needs.insert(asked.clone());
        }
    }

    /// The body at `asked`, whatever its status, given by the very host that was asked.
    pub(crate) fn body(&mut self, asked: &Iri) -> Result<Result<&'a Body, Useless>, Waiting> {
        let Some(answer) = self.documents.get(asked) else {
            self.needs.insert(asked.clone());
            return Err(Waiting);
        };
        self.read.insert(asked.clone());
        let useless = |code, detail| Ok(Err(Useless { code, detail }));
        let body = match &answer.body {
            Ok(body) => body,
            Err(reason) => {
                return useless(Code::DocumentUnavailable, format!("{asked} ({})", reason.code()));
            }
        };
        let mut hops = answer.hops.iter().chain([&body.url]);
        if !hops.all(|hop| answers_for(hop, asked)) {
            // An open redirect on a known host must not lend that host's name to a stranger's document.
            return useless(Code::DocumentOtherHost, format!("{asked} → {}", body.url));
        }
        Ok(Ok(body))
    }

    /// The JSON at `asked`, if it was answered with 200 by the host that was asked.
    pub(crate) fn json(&mut self, asked: &Iri) -> Result<Result<Value, Useless>, Waiting> {
        let body = match self.body(asked)? {
            Ok(body) => body,
            Err(useless) => return Ok(Err(useless)),
        };
        if body.status != 200 {
            let detail = format!("{asked}: HTTP {}", body.status);
            return Ok(Err(Useless { code: Code::DocumentUnavailable, detail }));
        }
        Ok(json::parse(&body.bytes).map_err(|error| Useless {
            code: Code::DocumentRefused,
            detail: format!("{asked}: {error}"),
        }))
    }

    /// Ends the pass: with needs, or with the report over everything that was found.
    pub(crate) fn finish(mut self) -> Step {
        if !self.needs.is_empty() {
            if self.documents.len() + self.needs.len() <= DOCUMENTS_MAX {
                return Step::Need(self.needs.into_iter().collect());
            }
            let wanted = self.needs.iter().next().map_or("", |iri| iri.as_str()).to_owned();
            self.found(None, Outcome::Unknown(Code::TooManyDocuments), &wanted, None);
        }
        let consulted = self.consulted();
        let parts = Parts {
            issuer: self.issuer,
            records: self.records,
            checks: self.checks,
            notes: self.notes,
            endorsements: self.endorsements,
            statuses: self.statuses,
            consulted,
            recipient_asked: self.recipient_asked,
        };
        Step::Done(Box::new(Report::decide(parts, self.now)))
    }

    fn consulted(&self) -> Vec<Consulted> {
        let describe = |asked: &Iri| {
            let answer = self.documents.get(asked)?;
            let received = |body: &Body| Received {
                answered_by: body.url.clone(),
                http_status: body.status,
                content_type: body.content_type.clone(),
                bytes: body.bytes.len(),
                sha256: hex(&Sha256::digest(&body.bytes)),
            };
            Some(Consulted {
                asked: asked.clone(),
                source: answer.source,
                redirects: answer.hops.clone(),
                answer: answer.body.as_ref().map(received).map_err(|reason| *reason),
            })
        };
        self.read.iter().filter_map(describe).collect()
    }
}

/// Whether what `hop` says was said by the host of `asked`.
fn answers_for(hop: &Iri, asked: &Iri) -> bool {
    match (host(hop), host(asked)) {
        (Some(hop), Some(asked)) => is_same_or_secure(&hop, &asked),
        (None, None) => hop == asked,
        _ => false,
    }
}

/// Whether two [`host`]s are one, or the first is the second with TLS: old ids begin with `http`, and their hosts have
/// long answered with `https` (OB2-HOST-11). Never the other way round.
pub(crate) fn is_same_or_secure(one: &str, other: &str) -> bool {
    let on_usual_port = |name: &&str| !name.contains(':');
    let secured = other.strip_prefix("http://").filter(on_usual_port);
    one == other || secured.is_some_and(|name| one.strip_prefix("https://") == Some(name))
}

/// The scheme, host and port of an http address, in lower case; nothing for other schemes.
pub(crate) fn host(iri: &Iri) -> Option<String> {
    let url = url::Url::parse(iri.as_str()).ok()?;
    let host = url.host_str()?.to_ascii_lowercase();
    Some(match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
