//! One pass over the checks with the documents that are there: notes what is missing and what was found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::did::VerificationMethod;
use crate::iri::Iri;
use crate::json;
use crate::rdfc::Hash;
use crate::recipient::PrivateLink;
use crate::time::Timestamp;

use super::Step;
use super::checks::endorsements::Endorsable;
use super::checks::issuer;
use super::code::Code;
use super::documents::{Answer, Body, Documents};
use super::page;
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

/// A key that somebody publishes, or why there is none to use.
pub(crate) type Found = Result<VerificationMethod, (Outcome, String)>;

/// The most remarks of a report: a stranger chooses how many there are to make.
const NOTES_MAX: usize = 100;

/// The state of one pass.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    documents: &'a Documents,
    pub(crate) policy: &'a Policy,
    pub(crate) now: Timestamp,
    /// Nothing more may be asked for: what is not there counts as not to be had.
    is_closed: bool,
    needs: BTreeSet<Iri>,
    asked: BTreeSet<Iri>,
    findings: Findings,
    /// The keys that proofs named, by their names: a badge and its list are mostly signed with one.
    keys: BTreeMap<Iri, Found>,
    later: Vec<Endorsable>,
    /// The picture the badge was found in, without the records in it.
    pub(crate) picture: Option<Vec<u8>>,
    /// What a learner's link carries behind `#`, when the input is one.
    pub(crate) private_link: Option<PrivateLink>,
    recipient_asked: bool,
}

/// What checks found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) checks: Vec<Check>,
    pub(crate) records: Vec<Summary>,
    pub(crate) notes: Vec<Note>,
    pub(crate) endorsements: Vec<Endorsed>,
    pub(crate) statuses: Vec<StatusRead>,
    pub(crate) issuer: Option<IssuerDomain>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(documents: &'a Documents, policy: &'a Policy, now: Timestamp) -> Self {
        Self {
            documents,
            policy,
            now,
            is_closed: false,
            needs: BTreeSet::new(),
            asked: BTreeSet::new(),
            findings: Findings::default(),
            keys: BTreeMap::new(),
            later: Vec::new(),
            picture: None,
            private_link: None,
            recipient_asked: policy.recipient.is_some(),
        }
    }

    /// What was found under the name of a key in this pass.
    pub(crate) fn known_key(&self, name: &Iri) -> Option<Found> {
        self.keys.get(name).cloned()
    }

    /// Remembers what was found under the name of a key; a pass looks at few proofs, each with one name.
    pub(crate) fn remember_key(&mut self, name: &Iri, found: &Found) {
        self.keys.insert(name.clone(), found.clone());
    }

    /// Remembers a badge whose endorsements are looked at last.
    pub(crate) fn look_later(&mut self, badge: Endorsable) {
        self.later.push(badge);
    }

    /// The badges whose endorsements are to be looked at now.
    pub(crate) fn looked_later(&mut self) -> Vec<Endorsable> {
        std::mem::take(&mut self.later)
    }

    /// The same pass from its start, with the documents that are there and no others.
    pub(crate) fn closed(self) -> Self {
        Self { is_closed: true, ..Self::new(self.documents, self.policy, self.now) }
    }

    /// Whether more documents would have to be read than a run may. What was asked for in an earlier pass is asked for
    /// again in this one, so that the bound is one for all passes.
    pub(crate) fn is_over_budget(&self) -> bool {
        !self.needs.is_empty() && self.asked.len() > DOCUMENTS_MAX
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
        let check = Check { question: question.into(), outcome, subject, detail };
        self.findings.checks.push(check);
    }

    /// Whether a check found `code`.
    pub(crate) fn has_found(&self, code: Code) -> bool {
        self.findings.checks.iter().any(|check| check.outcome.code() == code)
    }

    /// How many checks found `code`.
    pub(crate) fn times_found(&self, code: Code) -> usize {
        self.findings.checks.iter().filter(|check| check.outcome.code() == code).count()
    }

    /// Notes what is worth a remark and changes no answer.
    pub(crate) fn note(&mut self, code: Code, subject: &str, detail: Option<String>) {
        let note = Note { code, subject: subject.to_owned(), detail };
        let notes = &mut self.findings.notes;
        if !notes.contains(&note) && notes.len() < NOTES_MAX {
            notes.push(note);
        }
    }

    /// Notes that somebody wants to know whose the badge is, so that the answer decides, too.
    pub(crate) fn ask_for_recipient(&mut self) {
        self.recipient_asked = true;
    }

    /// Adds what a badge says of itself.
    pub(crate) fn describe(&mut self, summary: Summary) {
        self.findings.records.push(summary);
    }

    /// Adds a status entry that was read.
    pub(crate) fn read_status(&mut self, status: StatusRead) {
        self.findings.statuses.push(status);
    }

    /// Notes who the badge says stands behind it; the first record that names somebody does.
    pub(crate) fn name_issuer(&mut self, issuer: IssuerDomain) {
        self.findings.issuer.get_or_insert(issuer);
    }

    /// Adds an endorsement that was verified.
    pub(crate) fn endorsed(&mut self, endorsed: Endorsed) {
        self.findings.endorsements.push(endorsed);
    }

    /// Runs a check whose findings are handed back and kept out of the badge's.
    pub(crate) fn aside<T>(&mut self, check: impl FnOnce(&mut Self) -> T) -> (T, Findings) {
        let findings = std::mem::take(&mut self.findings);
        let result = check(self);
        (result, std::mem::replace(&mut self.findings, findings))
    }

    /// Whether a document was handed in, so that reading it costs nothing.
    pub(crate) fn is_at_hand(&self, asked: &Iri) -> bool {
        self.documents.get(asked).is_some()
    }

    /// Notes that a document will be needed, without stopping, so that one round fetches several.
    pub(crate) fn want(&mut self, asked: &Iri) {
        let _later = self.answer(asked);
    }

    /// The answer to `asked`; without one the need is noted, and `None` says that there will be none.
    fn answer(&mut self, asked: &Iri) -> Result<Option<&'a Answer>, Waiting> {
        self.asked.insert(asked.clone());
        match self.documents.get(asked) {
            None if self.is_closed => Ok(None),
            None => {
                self.needs.insert(asked.clone());
                Err(Waiting)
            }
            answer => Ok(answer),
        }
    }

    /// The body at `asked`, whatever its status, given by the very host that was asked.
    pub(crate) fn body(&mut self, asked: &Iri) -> Result<Result<&'a Body, Useless>, Waiting> {
        Ok(match self.anyones_body(asked)? {
            Ok((body, true)) => Ok(body),
            // An open redirect on a known host must not lend that host's name to a stranger's document.
            Ok((body, false)) => Err(Useless {
                code: Code::DocumentOtherHost,
                detail: format!("{asked} → {}", body.url),
            }),
            Err(useless) => Err(useless),
        })
    }

    /// The body at `asked`, whatever its status, and whether the host that was asked gave it: for what is believed in
    /// nothing for its address.
    pub(crate) fn anyones_body(
        &mut self,
        asked: &Iri,
    ) -> Result<Result<(&'a Body, bool), Useless>, Waiting> {
        let useless = |code, detail| Ok(Err(Useless { code, detail }));
        let Some(answer) = self.answer(asked)? else {
            return useless(Code::TooManyDocuments, asked.to_string());
        };
        let body = match &answer.body {
            Ok(body) => body,
            Err(reason) => {
                return useless(Code::DocumentUnavailable, format!("{asked} ({})", reason.code()));
            }
        };
        let mut hops = answer.hops.iter().chain([&body.url]);
        Ok(Ok((body, hops.all(|hop| answers_for(hop, asked)))))
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
        Ok(json::parse(&body.bytes).map_err(|error| {
            let code = if page::is_page(&body.bytes) {
                Code::DocumentIsPage
            } else {
                Code::DocumentRefused
            };
            Useless { code, detail: format!("{asked}: {error}") }
        }))
    }

    /// Ends the pass: with needs, or with the report over everything that was found.
    pub(crate) fn finish(self) -> Step {
        if !self.needs.is_empty() {
            return Step::Need(self.needs.into_iter().collect());
        }
        let consulted = self.consulted();
        let recipient_asked = self.recipient_asked;
        let parts = Parts { findings: self.findings, consulted, recipient_asked };
        Step::Done(Box::new(Report::decide(parts, self.now)))
    }

    /// Every document that was asked for, whether or not it came to be read: somebody was asked for it.
    fn consulted(&self) -> Vec<Consulted> {
        let describe = |asked: &Iri| {
            let answer = self.documents.get(asked)?;
            let received = |body: &Body| Received {
                answered_by: body.url.clone(),
                http_status: body.status,
                content_type: body.content_type.clone(),
                bytes: body.bytes.len(),
                sha256: Hash::Sha256.hex([body.bytes.as_slice()]),
            };
            Some(Consulted {
                asked: asked.clone(),
                source: answer.source,
                redirects: answer.hops.clone(),
                answer: answer.body.as_ref().map(received).map_err(|reason| *reason),
            })
        };
        self.asked.iter().filter_map(describe).collect()
    }
}

/// Whether what `hop` says was said by the host of `asked`, and on a host that everybody shares by the same tenant of it.
fn answers_for(hop: &Iri, asked: &Iri) -> bool {
    hop == asked || is_of_same_host(hop, asked) && issuer::is_same_tenant(asked, hop)
}

fn is_of_same_host(hop: &Iri, asked: &Iri) -> bool {
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
