//! A report in plain words, for a person at a terminal.
//!
//! The order is that of interest: what it is, whose domain stands behind it, five answers, the verdict, what it does not
//! prove, what was looked at. A word is green only when everything was asked and everything was looked at.

use std::collections::BTreeSet;

use openbadges::verify::{
    Answered, Check, Code, Consulted, IssuerDomain, Outcome, Question, Report, Sentence, Source,
    Status, Summary, Verdict,
};

use super::{Judge, detail};
use crate::commands::Session;
use crate::plain;
use crate::words::Arg;

/// The longest text of a badge that is shown.
const SHOWN_CHARS_MAX: usize = 300;

/// The most documents that are named.
const DOCUMENTS_SHOWN_MAX: usize = 12;

/// Tells `report`.
pub(super) fn report(report: &Report, judge: &Judge, session: &mut Session<'_>) {
    let mut page = Page { colourful: session.is_colourful(), text: String::new(), judge, session };
    page.records(&report.records);
    if let Some(issuer) = &report.issuer {
        page.domain(issuer);
    }
    let mut told = BTreeSet::new();
    // Where nothing was reached, the reason says more than five silences.
    if is_reached(report) {
        for answered in &report.answers {
            page.answer(answered, report, &mut told);
        }
    }
    page.remarks(report, &mut told);
    page.verdict(report);
    page.not_proved(report);
    page.documents(report);
    let text = page.text;
    session.answer(text.trim_matches('\n'));
}

/// What is being written.
struct Page<'p, 's> {
    colourful: bool,
    text: String,
    judge: &'p Judge,
    session: &'p Session<'s>,
}

#[derive(Clone, Copy)]
enum Ink {
    Strong,
    Good,
    Bad,
    Unsure,
    Faint,
}

impl Page<'_, '_> {
    fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        plain::line(&self.session.words.say(id, args)).into_owned()
    }

    /// A sentence of the core's catalogue.
    fn words(&self, sentence: Sentence) -> String {
        sentence.in_print(self.judge.language)
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn painted(&self, text: &str, ink: Ink) -> String {
        if !self.colourful {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Strong => "1",
            Ink::Good => "1;32",
            Ink::Bad => "1;31",
            Ink::Unsure => "1;33",
            Ink::Faint => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// What the badge says of itself. The two generations in one picture are one badge to a reader.
    fn records(&mut self, records: &[Summary]) {
        let mut told: Vec<(&Option<String>, &Option<String>)> = Vec::new();
        for record in records {
            let said = (&record.name, &record.issuer_name);
            if told.contains(&said) {
                continue;
            }
            told.push(said);
            let same = records.iter().filter(|other| (&other.name, &other.issuer_name) == said);
            let versions: Vec<_> = same.map(|other| other.version).collect();
            self.record(record, &versions.join(" + "));
        }
    }

    fn record(&mut self, record: &Summary, versions: &str) {
        let name = shown(record.name.as_deref().unwrap_or("–"));
        let name = self.painted(&self.say("verify-name", &[("name", name.into())]), Ink::Strong);
        self.line(&name);
        let issuer = shown(record.issuer_name.as_deref().unwrap_or("–"));
        let line =
            self.say("verify-by", &[("issuer", issuer.into()), ("version", versions.into())]);
        self.line(&line);
        if let Some(reason) = &record.revocation_reason {
            let line = self.say("verify-withdrawn-because", &[("reason", shown(reason).into())]);
            self.line(&line);
        }
    }

    /// Whose domain it is: the largest thing on the page, since a name is anybody's.
    fn domain(&mut self, issuer: &IssuerDomain) {
        let host = issuer.host.as_deref().unwrap_or(&issuer.id);
        let domain = shown(&format!("{host}{}", issuer.path.as_deref().unwrap_or_default()));
        let domain = self.painted(&domain, Ink::Strong);
        let label = self.say("verify-domain", &[]);
        self.line(&format!("\n  {label}  {domain}"));
        if let Some(letters) = issuer.host_in_letters.as_deref().filter(|_| issuer.international) {
            let line = self.say("verify-in-letters", &[("host", shown(letters).into())]);
            self.line(&format!("  {line}"));
        }
        let warnings = [
            (issuer.shared_host, "verify-shared-host"),
            (issuer.mixed_scripts, "verify-mixed-scripts"),
            (issuer.international && !issuer.mixed_scripts, "verify-international"),
        ];
        for (_, id) in warnings.into_iter().filter(|(applies, _)| *applies) {
            let line = self.say(id, &[]);
            self.line(&format!("  {line}"));
        }
    }

    fn answer<'r>(
        &mut self,
        answered: &Answered,
        report: &'r Report,
        told: &mut BTreeSet<(Code, &'r str)>,
    ) {
        let Answered { question, outcome } = *answered;
        let (mark, word, ink) = match outcome {
            // The issuer provided for no withdrawal: that is no *yes* to whether it stands by the badge.
            Outcome::Pass(Code::NoStatusDeclared) => ("·", "verify-answer-nobody-can-say", None),
            // What was read from a file in the place of the web is no green word either.
            Outcome::Pass(_) if report.consulted.iter().any(is_stand_in) => {
                ("✔", "verify-answer-yes", Some(Ink::Strong))
            }
            Outcome::Pass(_) => ("✔", "verify-answer-yes", Some(Ink::Good)),
            Outcome::Fail(_) => ("✘", "verify-answer-no", Some(Ink::Bad)),
            Outcome::Unknown(Code::RecipientNotAsked) => ("·", "verify-answer-not-asked", None),
            Outcome::Unknown(Code::NotReached) => ("·", "verify-answer-not-reached", None),
            Outcome::Unknown(_) => ("?", "verify-answer-unknown", Some(Ink::Unsure)),
        };
        let words = format!("{mark} {}", self.say(word, &[]));
        let words = ink.map_or(words.clone(), |ink| self.painted(&words, ink));
        let asked = self.words(question.sentence());
        self.line(&format!("\n{asked}  {words}"));
        let code = outcome.code();
        if code != Code::NotReached {
            let line = self.words(code.sentence());
            self.line(&format!("  {line}"));
        }
        let ours = report.checks.iter().filter(|check| check.question == Some(question));
        for check in ours {
            self.reason(check, Some(code), told);
        }
    }

    /// Why a check did not pass, once; `said` is what was said already. A name that was confirmed is shown, too.
    fn reason<'r>(
        &mut self,
        check: &'r Check,
        said: Option<Code>,
        told: &mut BTreeSet<(Code, &'r str)>,
    ) {
        let code = match check.outcome {
            Outcome::Pass(code @ Code::RecipientNameMatches) => code,
            Outcome::Pass(_) | Outcome::Unknown(Code::NotReached | Code::RecipientNotAsked) => {
                return;
            }
            Outcome::Fail(code) | Outcome::Unknown(code) => code,
        };
        let value = check.detail.as_deref().and_then(|detail| self.detail(code, detail));
        let line = match (value, said == Some(code)) {
            (Some(value), true) => value,
            (Some(value), false) => self.with_value(code, &value),
            (None, true) => return,
            (None, false) => self.words(code.sentence()),
        };
        if told.insert((code, check.detail.as_deref().unwrap_or_default())) {
            let line = self.painted(&format!("  – {line} [{}]", code.text()), Ink::Faint);
            self.line(&line);
        }
    }

    fn detail(&self, code: Code, detail: &str) -> Option<String> {
        detail::of(code, detail, self.judge.language, &self.session.words)
            .map(|value| shown(&value))
    }

    /// The sentence of `code` with a value behind it.
    fn with_value(&self, code: Code, value: &str) -> String {
        let sentence = self.words(code.sentence());
        if value.bytes().all(|byte| byte.is_ascii_digit()) {
            let sentence = sentence.trim_end_matches('.');
            return self.say(
                "verify-remark-count",
                &[("sentence", sentence.into()), ("count", value.into())],
            );
        }
        format!("{sentence} – {value}")
    }

    /// What concerns no question: the input itself, and what a reader should know besides.
    fn remarks<'r>(&mut self, report: &'r Report, told: &mut BTreeSet<(Code, &'r str)>) {
        let before = self.text.len();
        for check in report.checks.iter().filter(|check| check.question.is_none()) {
            self.reason(check, None, told);
        }
        for note in &report.notes {
            let detail = note.detail.as_deref().unwrap_or_default();
            if !told.insert((note.code, detail)) {
                continue;
            }
            let line = match self.detail(note.code, detail).filter(|value| !value.is_empty()) {
                Some(value) => self.with_value(note.code, &value),
                None => self.words(note.code.sentence()),
            };
            let line = self.painted(&format!("  – {line}"), Ink::Faint);
            self.line(&line);
        }
        if self.text.len() > before {
            let heading = format!("\n{}\n", self.say("verify-remarks", &[]));
            self.text.insert_str(before, &heading);
        }
    }

    fn verdict(&mut self, report: &Report) {
        let (id, ink) = sentence_of_verdict(report);
        let status = self.say(status_message(report.status), &[]);
        let now = self.moment(report);
        let text = self.say(id, &[("status", status.into()), ("now", now.into())]);
        let text = self.painted(&text, ink);
        self.line(&format!("\n{text}"));
        let unasked = report.answer(Question::Recipient)
            == Outcome::Unknown(Code::RecipientNotAsked)
            && report.verdict == Verdict::Valid;
        if unasked {
            let line = self.say("verify-whose-not-asked", &[]);
            self.line(&line);
        }
        if report.consulted.iter().any(is_stand_in) {
            let line = self.say("verify-stand-ins", &[]);
            self.line(&line);
        }
    }

    /// The moment of the judgement, in words and in UTC.
    fn moment(&self, report: &Report) -> String {
        let zoned = jiff::Timestamp::from(report.now).to_zoned(jiff::tz::TimeZone::UTC);
        let month = self.say(&format!("verify-month-{}", zoned.month()), &[]);
        let args = [
            ("day", Arg::from(i64::from(zoned.day()))),
            ("month", month.into()),
            ("year", zoned.year().to_string().into()),
            ("hour", zoned.hour().to_string().into()),
            ("minute", format!("{:02}", zoned.minute()).into()),
        ];
        self.say("verify-moment", &args)
    }

    fn not_proved(&mut self, report: &Report) {
        let passed = |answered: &&Answered| matches!(answered.outcome, Outcome::Pass(code) if code != Code::NoStatusDeclared);
        let sentences: Vec<_> = report
            .answers
            .iter()
            .filter(passed)
            .map(|answered| self.words(answered.question.does_not_prove()))
            .collect();
        if sentences.is_empty() {
            return;
        }
        let heading = self.say("verify-not-proved", &[]);
        self.line(&format!("\n{heading}"));
        for sentence in sentences {
            self.line(&format!("  – {sentence}"));
        }
    }

    fn documents(&mut self, report: &Report) {
        if report.consulted.is_empty() {
            return;
        }
        let heading = self.say("verify-documents", &[]);
        self.line(&format!("\n{heading}"));
        for read in report.consulted.iter().take(DOCUMENTS_SHOWN_MAX) {
            let asked = shown(read.asked.as_str());
            let told = match (&read.answer, read.source) {
                (Err(reason), _) => self.words(reason.sentence()),
                (Ok(received), source) => {
                    let source = match source {
                        Source::Network => "verify-source-network",
                        Source::StandIn => "verify-source-stand-in",
                        Source::Cache => "verify-source-cache",
                    };
                    let source = self.say(source, &[]);
                    match received.http_status {
                        200 => source,
                        status => format!("{source}, HTTP {status}"),
                    }
                }
            };
            let line = self.painted(&format!("  – {asked}"), Ink::Faint);
            self.line(&line);
            self.line(&format!("    {told}"));
        }
        let more = report.consulted.len().saturating_sub(DOCUMENTS_SHOWN_MAX);
        if more > 0 {
            let line = self.say("verify-documents-more", &[("count", more.into())]);
            self.line(&format!("  – {line}"));
        }
    }
}

/// The message of a verdict, and its colour. A word about the badge is said only where something is known of it.
fn sentence_of_verdict(report: &Report) -> (&'static str, Ink) {
    match (report.verdict, report.status) {
        (Verdict::Valid, _) if is_whole(report) => ("verify-verdict-valid", Ink::Good),
        (Verdict::Valid, _) => ("verify-verdict-valid", Ink::Strong),
        (Verdict::Invalid, Status::Active) => ("verify-verdict-invalid-person", Ink::Bad),
        (Verdict::Invalid, Status::Unknown) => ("verify-verdict-invalid-bare", Ink::Bad),
        (Verdict::Invalid, _) => ("verify-verdict-invalid", Ink::Bad),
        (Verdict::Unknown, _) if !is_reached(report) => ("verify-verdict-nothing", Ink::Unsure),
        (Verdict::Unknown, Status::Unknown) => ("verify-verdict-unknown-bare", Ink::Unsure),
        (Verdict::Unknown, _) => ("verify-verdict-unknown", Ink::Unsure),
    }
}

/// Whether any question was reached.
fn is_reached(report: &Report) -> bool {
    report.answers.iter().any(|answered| answered.outcome.code() != Code::NotReached)
}

/// Whether everything was asked and everything was looked at, on the web itself.
fn is_whole(report: &Report) -> bool {
    let is_yes = |answered: &Answered| matches!(answered.outcome, Outcome::Pass(code) if code != Code::NoStatusDeclared);
    report.answers.iter().all(is_yes) && !report.consulted.iter().any(is_stand_in)
}

fn is_stand_in(read: &Consulted) -> bool {
    read.source == Source::StandIn && read.answer.is_ok()
}

/// The message that names a status.
pub(super) const fn status_message(status: Status) -> &'static str {
    match status {
        Status::Active => "verify-status-active",
        Status::Expired => "verify-status-expired",
        Status::NotYetValid => "verify-status-not-yet-valid",
        Status::Revoked => "verify-status-revoked",
        Status::Suspended => "verify-status-suspended",
        Status::Unknown => "verify-status-unknown",
    }
}

/// A text of the badge: one line, bounded, without tricks.
fn shown(text: &str) -> String {
    let mut shown: String = plain::line(text).chars().take(SHOWN_CHARS_MAX).collect();
    if text.chars().nth(SHOWN_CHARS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badges_text_cannot_move_the_cursor_or_turn_the_line() {
        let text = shown("a\u{1b}[2Jb\u{202e}c\nd");
        assert!(!text.chars().any(char::is_control) && !text.contains('\u{202e}'), "{text}");
        assert_eq!(shown(&"x".repeat(10_000)).chars().count(), SHOWN_CHARS_MAX + 1);
    }
}
