//! A report as a page for people: no script, one column, readable on a phone and by a screen reader.
//!
//! The order is that of interest: the verdict, whose domain stands behind it, five answers, what else a reader should know.
//! A word is green only when everything was asked and everything was looked at. Texts of the badge are a stranger's: they
//! come as text, in bounds, and no link of theirs can be followed from here.

use std::fmt::Write as _;

use openbadges::verify::{
    Answered, Code, Language, Outcome, Question, Report, Sentence, Status, Summary, Verdict,
};

use crate::page::{self, escaped};

/// The longest text of a badge that is shown.
const SHOWN_CHARS_MAX: usize = 300;

/// The page of `report`.
pub(crate) fn render(report: &Report, language: Language) -> String {
    let page = Page { report, language };
    let (mark, verdict) = page.verdict();
    let title = page.words("Verification of a badge", "Vérification d'un badge");
    let mut html = String::with_capacity(8 * 1024);
    // Writing to a string does not fail.
    let _ = page.write(&mut html, mark, &verdict, &title);
    page::frame(language, &format!("{verdict} – {title}"), &html)
}

struct Page<'r> {
    report: &'r Report,
    language: Language,
}

impl Page<'_> {
    fn say(&self, sentence: Sentence) -> String {
        escaped(&sentence.in_print(self.language))
    }

    fn words(&self, en: &'static str, fr: &'static str) -> String {
        self.say(Sentence { en, fr })
    }

    fn write(&self, html: &mut String, mark: &str, verdict: &str, title: &str) -> std::fmt::Result {
        writeln!(html, "<p class=\"what\">{title}</p>\n<h1 class=\"{mark}\">{verdict}</h1>")?;
        self.badge(html)?;
        if self.is_reached() {
            self.answers(html)?;
        }
        self.remarks(html)?;
        self.not_proved(html)?;
        self.documents(html)?;
        let now = self.report.now.to_string();
        let at = self.words("Looked at on", "Consulté le");
        let again = self.words("Verify another badge", "Vérifier un autre badge");
        writeln!(html, "<p class=\"when\">{at} <time datetime=\"{now}\">{now}</time></p>")?;
        writeln!(html, "<p>{}</p>", page::link_to_start(self.language, &again))
    }

    /// The class of the verdict, and its sentence.
    fn verdict(&self) -> (&'static str, String) {
        let Report { verdict, status, .. } = self.report;
        let whole = self.report.answers.iter().all(is_yes);
        match (verdict, status) {
            (Verdict::Valid, _) if whole => ("good", self.words("Valid", "Valable")),
            (Verdict::Valid, _) => (
                "plain",
                self.words(
                    "Nothing speaks against this badge; not every question was answered",
                    "Rien ne s'oppose à ce badge ; toutes les questions n'ont pas de réponse",
                ),
            ),
            (Verdict::Invalid, Status::Revoked) => {
                ("bad", self.words("Withdrawn by its issuer", "Retiré par son émetteur"))
            }
            (Verdict::Invalid, Status::Suspended) => {
                ("bad", self.words("Suspended by its issuer", "Suspendu par son émetteur"))
            }
            (Verdict::Invalid, Status::Expired) => {
                ("bad", self.words("Past its end date", "Arrivé à sa date de fin"))
            }
            (Verdict::Invalid, Status::NotYetValid) => {
                ("bad", self.words("Not in force yet", "Pas encore en vigueur"))
            }
            (Verdict::Invalid, Status::Active) => {
                ("bad", self.words("Not this person's badge", "Pas le badge de cette personne"))
            }
            (Verdict::Invalid, Status::Unknown) => ("bad", self.words("Not valid", "Non valable")),
            (Verdict::Unknown, _) if self.is_reached() => {
                ("unsure", self.words("It could not be decided", "Impossible de trancher"))
            }
            (Verdict::Unknown, _) => {
                ("unsure", self.words("Nothing was verified", "Rien n'a été vérifié"))
            }
        }
    }

    fn is_reached(&self) -> bool {
        self.report.answers.iter().any(|one| one.outcome.code() != Code::NotReached)
    }

    /// What the badge says of itself, and whose domain it is: a name is anybody's.
    fn badge(&self, html: &mut String) -> std::fmt::Result {
        if let Some(record) = self.report.records.first() {
            let Summary { name, issuer_name, .. } = record;
            let name = shown(name.as_deref().unwrap_or("–"));
            let issuer = shown(issuer_name.as_deref().unwrap_or("–"));
            let by = self.words("by its own words from", "selon ses propres mots de");
            writeln!(
                html,
                "<p class=\"name\"><bdi>{name}</bdi></p>\n<p>{by} <bdi>{issuer}</bdi></p>"
            )?;
        }
        let Some(issuer) = &self.report.issuer else { return Ok(()) };
        let host = issuer.host.as_deref().unwrap_or(&issuer.id);
        let place = shown(&format!("{host}{}", issuer.path.as_deref().unwrap_or_default()));
        let label = self.words("Domain", "Domaine");
        writeln!(html, "<p class=\"domain\">{label} <strong><bdi>{place}</bdi></strong></p>")
    }

    fn answers(&self, html: &mut String) -> std::fmt::Result {
        writeln!(html, "<dl>")?;
        for Answered { question, outcome } in &self.report.answers {
            let (mark, word) = match outcome {
                Outcome::Pass(Code::NoStatusDeclared) => (
                    "plain",
                    self.words("There is no way to know", "Rien n'est prévu pour le savoir"),
                ),
                Outcome::Pass(_) => ("good", self.words("Yes", "Oui")),
                Outcome::Fail(_) => ("bad", self.words("No", "Non")),
                Outcome::Unknown(Code::RecipientNotAsked) => {
                    ("plain", self.words("Not asked", "Question non posée"))
                }
                Outcome::Unknown(Code::NotReached) => {
                    ("plain", self.words("Not checked", "Non vérifié"))
                }
                Outcome::Unknown(_) => ("unsure", self.words("Not known", "On ne sait pas")),
            };
            let asked = self.say(question.sentence());
            let code = outcome.code();
            let sentence = self.say(code.sentence());
            write!(html, "<dt>{asked}</dt>\n<dd><strong class=\"{mark}\">{word}</strong>")?;
            if code != Code::NotReached {
                write!(html, " {sentence} <code>{}</code>", code.text())?;
            }
            writeln!(html, "</dd>")?;
        }
        writeln!(html, "</dl>")
    }

    fn remarks(&self, html: &mut String) -> std::fmt::Result {
        let said: Vec<Code> = self.report.answers.iter().map(|one| one.outcome.code()).collect();
        let silent = [Code::NotReached, Code::RecipientNotAsked];
        let reasons = self.report.checks.iter().filter_map(|check| match check.outcome {
            Outcome::Fail(code) | Outcome::Unknown(code) => Some(code),
            Outcome::Pass(_) => None,
        });
        let mut codes: Vec<Code> = Vec::new();
        for code in reasons.chain(self.report.notes.iter().map(|note| note.code)) {
            if !codes.contains(&code) && !said.contains(&code) && !silent.contains(&code) {
                codes.push(code);
            }
        }
        if codes.is_empty() {
            return Ok(());
        }
        writeln!(html, "<h2>{}</h2>\n<ul>", self.words("Remarks", "Remarques"))?;
        for code in codes {
            let sentence = self.say(code.sentence());
            writeln!(html, "<li>{sentence} <code>{}</code></li>", code.text())?;
        }
        writeln!(html, "</ul>")
    }

    fn not_proved(&self, html: &mut String) -> std::fmt::Result {
        let passed: Vec<&Answered> = self.report.answers.iter().filter(|one| is_yes(one)).collect();
        if passed.is_empty() {
            return Ok(());
        }
        let heading = self.words("What this does not prove", "Ce que cela ne prouve pas");
        writeln!(html, "<h2>{heading}</h2>\n<ul>")?;
        for Answered { question, .. } in passed {
            writeln!(html, "<li>{}</li>", self.say(Question::does_not_prove(*question)))?;
        }
        writeln!(html, "</ul>")
    }

    fn documents(&self, html: &mut String) -> std::fmt::Result {
        if self.report.consulted.is_empty() {
            return Ok(());
        }
        let heading = self.words("What was looked at", "Ce qui a été consulté");
        writeln!(html, "<details><summary>{heading}</summary>\n<ul>")?;
        for one in &self.report.consulted {
            let asked = shown(one.asked.as_str());
            let told = match &one.answer {
                Ok(received) => format!("SHA-256 <code>{}</code>", escaped(&received.sha256)),
                Err(reason) => self.say(reason.sentence()),
            };
            writeln!(html, "<li><bdi>{asked}</bdi><br>{told}</li>")?;
        }
        writeln!(html, "</ul></details>")
    }
}

/// Whether a question has a good answer. That nobody can know is none.
fn is_yes(answered: &Answered) -> bool {
    matches!(answered.outcome, Outcome::Pass(code) if code != Code::NoStatusDeclared)
}

/// A stranger's text: bounded, without controls that move what stands around it, escaped.
fn shown(text: &str) -> String {
    let is_control = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut shown: String = text.chars().filter(|c| !is_control(c)).take(SHOWN_CHARS_MAX).collect();
    if text.chars().nth(SHOWN_CHARS_MAX).is_some() {
        shown.push('…');
    }
    escaped(&shown)
}
