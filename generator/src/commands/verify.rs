//! `accolade verify`: five plain answers about a badge, from stand-ins for the web.

use std::collections::BTreeSet;
use std::io::Read as _;

use accolade_fetch::{Fetcher, Options, StandInError, StandIns, Web};
use camino::Utf8Path;
use openbadges::bake::IMAGE_BYTES_MAX;
use openbadges::iri::Iri;
use openbadges::time::Timestamp;
use openbadges::verify::{
    Code, Consulted, Input, Language, Outcome, Policy, Report, Source, Status, Verdict,
};

use super::{Exit, Session, now};
use crate::cli;

/// Runs the command.
pub(super) fn run(typed: &cli::Verify, session: &mut Session<'_>) -> Exit {
    let report = match report(typed, session) {
        Ok(report) => report,
        Err(exit) => return exit,
    };
    let french = session.words.lang().as_str().starts_with("fr");
    let language = if french { Language::French } else { Language::English };
    if typed.json || session.is_json() {
        session.answer_json(&report.in_language(language));
    } else {
        tell(&report, language, session);
    }
    match report.verdict {
        Verdict::Valid => Exit::Done,
        Verdict::Invalid => Exit::No,
        Verdict::Unknown => Exit::Undecided,
    }
}

fn report(typed: &cli::Verify, session: &mut Session<'_>) -> Result<Report, Exit> {
    let moment = moment(typed, session)?;
    let input = input(&typed.input, session)?;
    let stand_ins = stand_ins(typed, session)?;
    let policy = Policy { recipient: typed.recipient.clone(), ..Policy::default() };
    let fetcher = (!typed.offline).then(|| Fetcher::new(Options::default()));
    Ok(Web::new(stand_ins, fetcher).verify(&input, &policy, moment))
}

fn moment(typed: &cli::Verify, session: &mut Session<'_>) -> Result<Timestamp, Exit> {
    let Some(text) = &typed.now else { return Ok(now()) };
    Timestamp::parse(text).map_err(|_| {
        session.complain("verify-now", &[("text", text.as_str().into())]);
        Exit::Usage
    })
}

/// An address, a file, or `-` for standard input.
fn input(typed: &str, session: &mut Session<'_>) -> Result<Input, Exit> {
    if typed.starts_with("https://") || typed.starts_with("http://") {
        return Iri::parse(typed).map(Input::Address).map_err(|_| {
            session.complain("verify-address", &[("text", typed.into())]);
            Exit::Usage
        });
    }
    if typed != "-" {
        return session.read(Utf8Path::new(typed), IMAGE_BYTES_MAX).map(Input::File);
    }
    let bound = u64::try_from(IMAGE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    match std::io::stdin().lock().take(bound).read_to_end(&mut bytes) {
        Ok(read) if read <= IMAGE_BYTES_MAX => Ok(Input::File(bytes)),
        Ok(_) | Err(_) => {
            session.complain("verify-standard-input", &[]);
            Err(Exit::Usage)
        }
    }
}

fn stand_ins(typed: &cli::Verify, session: &mut Session<'_>) -> Result<StandIns, Exit> {
    let mut stand_ins = StandIns::default();
    let mut added = Ok(());
    if let Some(folder) = &typed.site {
        added = stand_ins.add_site(folder);
    }
    if let Some(file) = &typed.documents {
        added = added.and_then(|()| stand_ins.add_map(file));
    }
    match added {
        Ok(()) => Ok(stand_ins),
        Err(StandInError::NotASite { folder }) => {
            session.complain("verify-not-a-site", &[("folder", folder.as_str().into())]);
            Err(Exit::Usage)
        }
        Err(StandInError::Map { file, reason }) => {
            let told = [("file", file.as_str().into()), ("reason", (&*reason).into())];
            session.complain("verify-map", &told);
            Err(Exit::Usage)
        }
    }
}

/// Tells the report to a person.
fn tell(report: &Report, language: Language, session: &mut Session<'_>) {
    for record in &report.records {
        let or_dash = |text: &Option<String>| plain(text.as_deref().unwrap_or("–"));
        session.say(
            "verify-record",
            &[
                ("name", or_dash(&record.name).into()),
                ("issuer", or_dash(&record.issuer_name).into()),
                ("version", record.version.into()),
            ],
        );
    }
    if let Some(issuer) = &report.issuer {
        let host = issuer.host.as_deref().unwrap_or(&issuer.id);
        let path = issuer.path.as_deref().unwrap_or_default();
        session.say("verify-domain", &[("domain", plain(&format!("{host}{path}")).into())]);
        if issuer.shared_host {
            session.say("verify-shared-host", &[]);
        }
        if issuer.international {
            session.say("verify-international", &[]);
        }
    }
    for answered in &report.answers {
        let (mark, code) = match answered.outcome {
            Outcome::Pass(code) => ("verify-yes", code),
            Outcome::Fail(code) => ("verify-no", code),
            Outcome::Unknown(code) => ("verify-unknown", code),
        };
        let mark = session.words.say(mark, &[]);
        let question = answered.question.sentence().in_language(language);
        session.answer(&format!("\n{mark} {question}"));
        session.answer(&format!("  {} [{}]", code.sentence().in_language(language), code.text()));
        if matches!(answered.outcome, Outcome::Pass(_)) {
            session
                .answer(&format!("  {}", answered.question.does_not_prove().in_language(language)));
        }
    }
    tell_reasons(report, language, session);
    let verdict = match report.verdict {
        Verdict::Valid => "verify-verdict-valid",
        Verdict::Invalid => "verify-verdict-invalid",
        Verdict::Unknown => "verify-verdict-unknown",
    };
    let status = session.words.say(status_message(report.status), &[]);
    session.answer("");
    session.say(verdict, &[("status", status.into()), ("now", report.now.to_string().into())]);
}

/// Why the checks that did not pass did not, each reason once, also where no answer above says it; and that stand-ins were
/// read.
fn tell_reasons(report: &Report, language: Language, session: &mut Session<'_>) {
    let mut told = BTreeSet::new();
    for check in &report.checks {
        let (Outcome::Fail(code) | Outcome::Unknown(code)) = check.outcome else { continue };
        let is_told = code == Code::NotReached
            || report.answers.iter().any(|answered| answered.outcome.code() == code);
        let sentence = code.sentence().in_language(language);
        let Some(detail) = check.detail.as_deref().or((!is_told).then_some(sentence)) else {
            continue;
        };
        if told.insert((code, detail)) {
            let detail = plain(detail).into();
            session.say("verify-reason", &[("code", code.text().into()), ("detail", detail)]);
        }
    }
    let is_stand_in = |read: &Consulted| read.source == Source::StandIn && read.answer.is_ok();
    if report.consulted.iter().any(is_stand_in) {
        session.say("verify-stand-ins", &[]);
    }
}

fn status_message(status: Status) -> &'static str {
    match status {
        Status::Active => "verify-status-active",
        Status::Expired => "verify-status-expired",
        Status::NotYetValid => "verify-status-not-yet-valid",
        Status::Revoked => "verify-status-revoked",
        Status::Suspended => "verify-status-suspended",
        Status::Unknown => "verify-status-unknown",
    }
}

/// A text of the badge, fit for a terminal: no control characters, no direction overrides, one line, bounded.
fn plain(text: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 300;
    let is_trick = |c: &char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    text.chars().filter(|c| !is_trick(c)).take(SHOWN_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badges_text_cannot_move_the_cursor_or_turn_the_line() {
        assert_eq!(plain("a\u{1b}[2Jb\u{202e}c\nd"), "a[2Jbcd");
        assert_eq!(plain(&"x".repeat(10_000)).len(), 300);
    }
}
