//! The report as JSON, in one language.

use serde::{Serialize, Serializer};

use crate::iri::Iri;
use crate::time::Timestamp;

use super::code::{Code, Language, Sentence};
use super::documents::Unavailable;
use super::question::Question;
use super::record::Summary;
use super::report::{
    Answered, Check, Consulted, Endorsed, IssuerDomain, Note, Report, Status, StatusRead, Verdict,
};

/// A report with its sentences in one language; serialises as the documented JSON.
#[derive(Debug, Clone, Copy)]
pub struct Worded<'a> {
    report: &'a Report,
    language: Language,
}

impl<'a> Worded<'a> {
    pub(super) const fn new(report: &'a Report, language: Language) -> Self {
        Self { report, language }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WordedReport<'a> {
    format: u32,
    verdict: Verdict,
    status: Status,
    now: &'a Timestamp,
    questions: Vec<WordedAnswer>,
    issuer: &'a Option<IssuerDomain>,
    records: &'a [Summary],
    checks: Vec<WordedCheck<'a>>,
    notes: Vec<WordedNote<'a>>,
    endorsements: Vec<WordedEndorsed<'a>>,
    statuses: &'a [StatusRead],
    documents: Vec<WordedDocument<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WordedAnswer {
    question: &'static str,
    asked: String,
    answer: &'static str,
    code: Code,
    sentence: String,
    does_not_prove: String,
    rule: &'static str,
}

#[derive(Serialize)]
struct WordedCheck<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'static str>,
    outcome: &'static str,
    code: Code,
    sentence: String,
    rule: &'static str,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

#[derive(Serialize)]
struct WordedNote<'a> {
    code: Code,
    sentence: String,
    rule: &'static str,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

#[derive(Serialize)]
struct WordedEndorsed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    endorser: &'a Option<IssuerDomain>,
    of: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    outcome: &'static str,
    code: Code,
    sentence: String,
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

#[derive(Serialize)]
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
    Missed {
        unavailable: Unavailable,
        reason: String,
    },
}

impl Worded<'_> {
    fn words(&self, sentence: Sentence) -> String {
        sentence.in_print(self.language)
    }

    fn answer(&self, Answered { question, outcome }: &Answered) -> WordedAnswer {
        WordedAnswer {
            question: question.text(),
            asked: self.words(question.sentence()),
            answer: outcome.word(),
            code: outcome.code(),
            sentence: self.words(outcome.code().sentence()),
            does_not_prove: self.words(question.does_not_prove()),
            rule: outcome.code().rule(),
        }
    }

    fn check<'c>(&self, check: &'c Check) -> WordedCheck<'c> {
        let code = check.outcome.code();
        WordedCheck {
            question: check.question.map(Question::text),
            outcome: check.outcome.word(),
            code,
            sentence: self.words(code.sentence()),
            rule: code.rule(),
            subject: &check.subject,
            detail: check.detail.as_deref(),
        }
    }

    fn note<'n>(&self, Note { code, subject, detail }: &'n Note) -> WordedNote<'n> {
        WordedNote {
            code: *code,
            sentence: self.words(code.sentence()),
            rule: code.rule(),
            subject,
            detail: detail.as_deref(),
        }
    }

    fn endorsed<'e>(&self, endorsed: &'e Endorsed) -> WordedEndorsed<'e> {
        let code = endorsed.outcome.code();
        WordedEndorsed {
            domain: endorsed.endorser.as_ref().and_then(|endorser| endorser.host.as_deref()),
            endorser: &endorsed.endorser,
            of: endorsed.of,
            id: endorsed.id.as_deref(),
            name: endorsed.name.as_deref(),
            comment: endorsed.comment.as_deref(),
            outcome: endorsed.outcome.word(),
            code,
            sentence: self.words(code.sentence()),
            rule: code.rule(),
            reason: endorsed.reason,
            detail: endorsed.detail.as_deref(),
        }
    }

    fn document<'d>(&self, consulted: &'d Consulted) -> WordedDocument<'d> {
        let Consulted { asked, source, redirects, answer } = consulted;
        let answer = match answer {
            Ok(received) => WordedResult::Received {
                answered_by: &received.answered_by,
                http_status: received.http_status,
                content_type: received.content_type.as_deref(),
                bytes: received.bytes,
                sha256: &received.sha256,
            },
            Err(reason) => {
                WordedResult::Missed { unavailable: *reason, reason: self.words(reason.sentence()) }
            }
        };
        WordedDocument { asked, source: source.text(), redirects, answer }
    }
}

impl Serialize for Worded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.report;
        WordedReport {
            format: Report::FORMAT,
            verdict: report.verdict,
            status: report.status,
            now: &report.now,
            questions: report.answers.iter().map(|answered| self.answer(answered)).collect(),
            issuer: &report.issuer,
            records: &report.records,
            checks: report.checks.iter().map(|check| self.check(check)).collect(),
            notes: report.notes.iter().map(|note| self.note(note)).collect(),
            endorsements: report.endorsements.iter().map(|one| self.endorsed(one)).collect(),
            statuses: &report.statuses,
            documents: report.consulted.iter().map(|one| self.document(one)).collect(),
        }
        .serialize(serializer)
    }
}
