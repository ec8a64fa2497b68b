//! The answer: a list of checks, five plain questions over it, and one verdict over those.

use serde::Serialize;

use crate::iri::Iri;
use crate::time::Timestamp;

use super::code::{Code, Language};
use super::documents::{Source, Unavailable};
use super::question::Question;
use super::record::Summary;
use super::run::Findings;
use super::worded::Worded;

/// The result of one check. Never an `Err`: a forged badge is a successful verification.
///
/// *Could not check* is neither *valid* nor *forged*, so it has its own variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The check holds, and the code says how.
    Pass(Code),
    /// The check does not hold, and the code says why.
    Fail(Code),
    /// The check could not be made, and the code says why.
    Unknown(Code),
}

impl Outcome {
    /// The code inside.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Pass(code) | Self::Fail(code) | Self::Unknown(code) => code,
        }
    }

    /// The less reassuring of two outcomes; of equals, the first.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Pass(_) => 0,
            Self::Unknown(_) => 1,
            // What is withdrawn for now and for good is withdrawn for good.
            Self::Fail(Code::Suspended) => 2,
            Self::Fail(_) => 3,
        }
    }

    /// The word the report uses: `pass`, `fail` or `unknown`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass(_) => "pass",
            Self::Fail(_) => "fail",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// One question's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Which question.
    pub question: Question,
    /// The answer.
    pub outcome: Outcome,
}

/// One check that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The question it helps to answer; none for checks of the input itself.
    pub question: Option<Question>,
    /// What it found.
    pub outcome: Outcome,
    /// What it looked at: an IRI, or a place in the input such as `png:openbadgecredential`.
    pub subject: String,
    /// The value that decided, when there is one: a date, a member, a host. From the badge, so hostile text.
    pub detail: Option<String>,
}

/// A remark beside the answers: what was seen and not checked, or what a reader should know. It never changes a verdict.
///
/// *Not checked* is no fourth outcome: what a verdict needs and could not be checked is [`Outcome::Unknown`]; what it does
/// not need and was not looked at is a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is remarked.
    pub code: Code,
    /// What it is about: an IRI, or a place in the badge.
    pub subject: String,
    /// The value, when there is one. From the badge or a document, so hostile text.
    pub detail: Option<String>,
}

/// An endorsement of the badge, its class or its issuer, verified by itself. It never changes the badge's verdict
/// (OB3-END-10, OB2-END-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsed {
    /// Its id.
    pub id: Option<String>,
    /// What it is about: `badge`, `class` or `issuer`, or `other` when it is about none of these.
    pub of: &'static str,
    /// Who it says stands behind it; `outcome` tells whether that was confirmed.
    pub endorser: Option<IssuerDomain>,
    /// The endorser's name: its own word. Only of an endorsement that passed.
    pub name: Option<String>,
    /// What it says. Only of an endorsement that passed.
    pub comment: Option<String>,
    /// Whether it holds.
    pub outcome: Outcome,
    /// Why it does not hold or could not be decided, as the code of the check that decided.
    pub reason: Option<Code>,
    /// The value that decided, when there is one.
    pub detail: Option<String>,
}

/// One status entry of the badge, as its issuer's list has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusRead {
    /// The kind of list: `BitstringStatusList`, `StatusList2021`, `1EdTechRevocationList` or `RevocationList`.
    pub kind: &'static str,
    /// Where the list is.
    pub list: Iri,
    /// What it tells: `revocation`, `suspension`, `refresh`, `message` or another word.
    pub purpose: String,
    /// The value: 0 is what everybody hopes for.
    pub value: u64,
    /// The text of the value, or the reason, in the issuer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Since when the list stands as it is (`validFrom`), as written. A reader keeps the newest it has seen and hands it
    /// to [`Policy::newest_lists`](super::Policy::newest_lists).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// For how many milliseconds a copy may be kept, if the list tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u64>,
}

/// A document that was read to make the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consulted {
    /// What was asked for.
    pub asked: Iri,
    /// Who gave the answer.
    pub source: Source,
    /// Every address on the way that led on to another one.
    pub redirects: Vec<Iri>,
    /// What came back, or why nothing did.
    pub answer: Result<Received, Unavailable>,
}

/// What is kept of a document once it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Where the answer came from.
    pub answered_by: Iri,
    /// The HTTP status.
    pub http_status: u16,
    /// The media type, as the host gave it. Hostile text.
    pub content_type: Option<String>,
    /// The number of bytes of the body.
    pub bytes: usize,
    /// SHA-256 of the body, in lower-case hexadecimal.
    pub sha256: String,
}

/// Who the badge says stands behind it. Whether that is so, the answer to [`Question::Issuer`] says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuerDomain {
    /// The identifier the badge names: a DID or an address.
    pub id: String,
    /// The host name, in its ASCII form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The path below the host that is the issuer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether strangers can publish under this host (`github.io` and the like): then the path matters too.
    pub shared_host: bool,
    /// Whether the host name has letters outside ASCII, which may imitate others.
    pub international: bool,
    /// Whether one part of the host name mixes letters of several scripts, as an imitation would.
    pub mixed_scripts: bool,
    /// The host name in its own letters, where they are not ASCII.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_in_letters: Option<String>,
}

/// The verdict over all answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every question that was asked passed.
    Valid,
    /// At least one failed.
    Invalid,
    /// None failed, and at least one could not be decided.
    Unknown,
}

/// Where the badge stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// In force.
    Active,
    /// Past its end.
    Expired,
    /// Before its beginning.
    NotYetValid,
    /// Withdrawn for good.
    Revoked,
    /// Withdrawn for now.
    Suspended,
    /// Not known: the content is not assured, or the status could not be obtained.
    Unknown,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The time the dates were compared with.
    pub now: Timestamp,
    /// The verdict.
    pub verdict: Verdict,
    /// Where the badge stands in its life.
    pub status: Status,
    /// The five answers, in order.
    pub answers: [Answered; 5],
    /// Who it says stands behind it.
    pub issuer: Option<IssuerDomain>,
    /// One per badge in the input; a picture may carry both generations.
    pub records: Vec<Summary>,
    /// Every check, in the order it was made.
    pub checks: Vec<Check>,
    /// What was seen and not checked, and what else a reader should know.
    pub notes: Vec<Note>,
    /// Every endorsement, by the endorser's domain.
    pub endorsements: Vec<Endorsed>,
    /// Every status entry that was read.
    pub statuses: Vec<StatusRead>,
    /// Every document that was read.
    pub consulted: Vec<Consulted>,
}

impl Report {
    /// The report's format number; raised when a member changes its meaning.
    pub const FORMAT: u32 = 1;

    /// Decides over finished checks. The only place where a verdict is made.
    #[must_use]
    pub(crate) fn decide(parts: Parts, now: Timestamp) -> Self {
        let Parts { findings, consulted, recipient_asked } = parts;
        let Findings { checks, records, notes, endorsements, statuses, issuer } = findings;
        let answers =
            Question::ALL.map(|question| Answered { question, outcome: answer(question, &checks) });
        let decides =
            |answered: &&Answered| recipient_asked || answered.question != Question::Recipient;
        let worst = answers
            .iter()
            .filter(decides)
            .map(|answered| answered.outcome)
            .chain(
                checks.iter().filter(|check| check.question.is_none()).map(|check| check.outcome),
            )
            .fold(Outcome::Pass(Code::DatesHold), Outcome::worse);
        let verdict = match worst {
            Outcome::Pass(_) => Verdict::Valid,
            Outcome::Unknown(_) => Verdict::Unknown,
            Outcome::Fail(_) => Verdict::Invalid,
        };
        let status = status(&answers);
        Self {
            now,
            verdict,
            status,
            answers,
            issuer,
            records,
            checks,
            notes,
            endorsements,
            statuses,
            consulted,
        }
    }

    /// The answer to one question.
    #[must_use]
    pub fn answer(&self, question: Question) -> Outcome {
        self.answers
            .iter()
            .find(|answered| answered.question == question)
            .map_or(Outcome::Unknown(Code::NotReached), |answered| answered.outcome)
    }

    /// Whether any check found `code`.
    #[must_use]
    pub fn found(&self, code: Code) -> bool {
        self.checks.iter().any(|check| check.outcome.code() == code)
    }

    /// Whether `code` was remarked.
    #[must_use]
    pub fn noted(&self, code: Code) -> bool {
        self.notes.iter().any(|note| note.code == code)
    }

    /// The report as JSON, with sentences in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Worded<'_> {
        Worded::new(self, language)
    }
}

/// What a finished run hands to [`Report::decide`].
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) findings: Findings,
    pub(crate) consulted: Vec<Consulted>,
    pub(crate) recipient_asked: bool,
}

/// The worst outcome among a question's checks; a question without any was not reached.
pub(crate) fn answer(question: Question, checks: &[Check]) -> Outcome {
    checks
        .iter()
        .filter(|check| check.question == Some(question))
        .map(|check| check.outcome)
        .reduce(Outcome::worse)
        .unwrap_or(Outcome::Unknown(Code::NotReached))
}

/// Where a badge stands. A badge whose content is not assured stands nowhere: its dates are anybody's word.
fn status(answers: &[Answered; 5]) -> Status {
    let [issuer, unaltered, in_date, not_withdrawn, _] = answers;
    // Only an issuer can say that: in an assured list, or at the badge's own address.
    if not_withdrawn.outcome == Outcome::Fail(Code::Revoked) {
        return Status::Revoked;
    }
    let failed = [issuer, unaltered].iter().any(|one| matches!(one.outcome, Outcome::Fail(_)));
    if failed || matches!(unaltered.outcome, Outcome::Unknown(_)) {
        return Status::Unknown;
    }
    match (not_withdrawn.outcome, in_date.outcome) {
        (_, Outcome::Fail(Code::Expired)) => Status::Expired,
        (Outcome::Fail(Code::Suspended), _) => Status::Suspended,
        (_, Outcome::Fail(Code::NotYetValid)) => Status::NotYetValid,
        (Outcome::Pass(_), Outcome::Pass(_)) => Status::Active,
        _ => Status::Unknown,
    }
}
