//! The answer: a list of checks, five plain questions over it, and one verdict over those.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::iri::Iri;
use crate::time::Timestamp;

use super::code::{Code, Language, Sentence};
use super::documents::{Source, Unavailable};

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

    const fn word(self) -> &'static str {
        match self {
            Self::Pass(_) => "pass",
            Self::Fail(_) => "fail",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// The five questions, in the order they are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Was it really issued by this domain?
    Issuer,
    /// Is it unaltered?
    Unaltered,
    /// Is it in date?
    InDate,
    /// Has it been withdrawn?
    NotWithdrawn,
    /// Is it this person's?
    Recipient,
}

impl Question {
    /// All five.
    pub const ALL: [Self; 5] =
        [Self::Issuer, Self::Unaltered, Self::InDate, Self::NotWithdrawn, Self::Recipient];

    /// The stable text form.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Unaltered => "unaltered",
            Self::InDate => "in-date",
            Self::NotWithdrawn => "not-withdrawn",
            Self::Recipient => "recipient",
        }
    }

    /// The question as it is put to a person.
    #[must_use]
    pub const fn sentence(self) -> Sentence {
        match self {
            Self::Issuer => Sentence {
                fr: "Ce domaine l'a-t-il vraiment délivré ?",
                en: "Was it really issued by this domain?",
            },
            Self::Unaltered => Sentence { fr: "Est-il intact ?", en: "Is it unaltered?" },
            Self::InDate => Sentence { fr: "Est-il en cours de validité ?", en: "Is it in date?" },
            Self::NotWithdrawn => Sentence {
                fr: "Est-il toujours maintenu par son émetteur ?",
                en: "Does its issuer still stand by it?",
            },
            Self::Recipient => Sentence {
                fr: "A-t-il été remis à cette personne ?",
                en: "Is it this person's?",
            },
        }
    }

    /// What a good answer does not prove.
    #[must_use]
    pub const fn does_not_prove(self) -> Sentence {
        match self {
            Self::Issuer => Sentence {
                fr: "Cela ne dit pas qui se cache derrière le domaine ; le nom écrit dans le badge est la parole de l'émetteur.",
                en: "It does not say who is behind the domain; the name written in the badge is the issuer's own word.",
            },
            Self::Unaltered => Sentence {
                fr: "Cela ne dit pas que le contenu est vrai, seulement que c'est bien ce que l'émetteur a écrit.",
                en: "It does not say that the content is true, only that it is what the issuer wrote.",
            },
            Self::InDate => Sentence {
                fr: "Cela ne dit pas que la personne sait encore faire ce qu'elle savait alors.",
                en: "It does not say that the person can still do what they could do then.",
            },
            Self::NotWithdrawn => Sentence {
                fr: "Cela vaut pour l'instant où la liste a été lue, pas pour la suite.",
                en: "It holds for the moment the list was read, not for later.",
            },
            Self::Recipient => Sentence {
                fr: "Cela ne dit pas que la personne devant vous est bien celle de cette identité.",
                en: "It does not say that the person before you is the one with this identity.",
            },
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
}

/// What the badge says of itself, for display. Only what a check covered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// `2.0` or `3.0`.
    pub version: &'static str,
    /// Where in the input it was: `json`, `png`, `svg`.
    pub found_in: &'static str,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The badge's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The issuer's name: its own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_name: Option<String>,
    /// When it was awarded, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded: Option<String>,
    /// When it ends, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Why it was withdrawn, in the issuer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_reason: Option<String>,
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
    /// Every document that was read.
    pub consulted: Vec<Consulted>,
}

impl Report {
    /// The report's format number; raised when a member changes its meaning.
    pub const FORMAT: u32 = 1;

    /// Decides over finished checks. The only place where a verdict is made.
    #[must_use]
    pub(crate) fn decide(parts: Parts, now: Timestamp) -> Self {
        let Parts { issuer, records, checks, consulted, recipient_asked } = parts;
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
        Self { now, verdict, status: status(&answers), answers, issuer, records, checks, consulted }
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

    /// The report as JSON, with sentences in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Worded<'_> {
        Worded { report: self, language }
    }
}

/// What a finished run hands to [`Report::decide`].
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) issuer: Option<IssuerDomain>,
    pub(crate) records: Vec<Summary>,
    pub(crate) checks: Vec<Check>,
    pub(crate) consulted: Vec<Consulted>,
    pub(crate) recipient_asked: bool,
}

/// The worst outcome among a question's checks; a question without any was not reached.
fn answer(question: Question, checks: &[Check]) -> Outcome {
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

/// A report with its sentences in one language; serialises as the documented JSON.
#[derive(Debug, Clone, Copy)]
pub struct Worded<'a> {
    report: &'a Report,
    language: Language,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WordedAnswer {
    question: &'static str,
    asked: &'static str,
    answer: &'static str,
    code: Code,
    sentence: &'static str,
    does_not_prove: &'static str,
    rule: &'static str,
}

#[derive(Serialize)]
struct WordedCheck<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'static str>,
    outcome: &'static str,
    code: Code,
    sentence: &'static str,
    rule: &'static str,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WordedDocument<'a> {
    asked: &'a Iri,
    source: &'static str,
    #[serde(skip_serializing_if = "<[Iri]>::is_empty")]
    redirects: &'a [Iri],
    #[serde(flatten)]
    answer: WordedResult<'a>,
}

#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum WordedResult<'a> {
    Received {
        answered_by: &'a Iri,
        http_status: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        content_type: Option<&'a str>,
        bytes: usize,
        sha256: &'a str,
    },
    Not {
        unavailable: Unavailable,
        reason: &'static str,
    },
}

impl<'a> WordedDocument<'a> {
    fn new(consulted: &'a Consulted, language: Language) -> Self {
        let Consulted { asked, source, redirects, answer } = consulted;
        let answer = match answer {
            Ok(received) => WordedResult::Received {
                answered_by: &received.answered_by,
                http_status: received.http_status,
                content_type: received.content_type.as_deref(),
                bytes: received.bytes,
                sha256: &received.sha256,
            },
            Err(reason) => WordedResult::Not {
                unavailable: *reason,
                reason: reason.sentence().in_language(language),
            },
        };
        Self { asked, source: source.text(), redirects, answer }
    }
}

impl Serialize for Worded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Report { now, verdict, status, answers, issuer, records, checks, consulted } =
            self.report;
        let words = |sentence: Sentence| sentence.in_language(self.language);
        let questions: Vec<_> = answers
            .iter()
            .map(|Answered { question, outcome }| WordedAnswer {
                question: question.text(),
                asked: words(question.sentence()),
                answer: outcome.word(),
                code: outcome.code(),
                sentence: words(outcome.code().sentence()),
                does_not_prove: words(question.does_not_prove()),
                rule: outcome.code().rule(),
            })
            .collect();
        let checks: Vec<_> = checks
            .iter()
            .map(|check| WordedCheck {
                question: check.question.map(Question::text),
                outcome: check.outcome.word(),
                code: check.outcome.code(),
                sentence: words(check.outcome.code().sentence()),
                rule: check.outcome.code().rule(),
                subject: &check.subject,
                detail: check.detail.as_deref(),
            })
            .collect();
        let documents: Vec<_> =
            consulted.iter().map(|one| WordedDocument::new(one, self.language)).collect();
        let mut object = serializer.serialize_struct("Report", 9)?;
        object.serialize_field("format", &Report::FORMAT)?;
        object.serialize_field("verdict", verdict)?;
        object.serialize_field("status", status)?;
        object.serialize_field("now", now)?;
        object.serialize_field("questions", &questions)?;
        object.serialize_field("issuer", issuer)?;
        object.serialize_field("records", records)?;
        object.serialize_field("checks", &checks)?;
        object.serialize_field("documents", &documents)?;
        object.end()
    }
}
