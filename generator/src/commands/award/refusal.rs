//! Why nothing is awarded, in words: what happened, and what to type next.

use super::super::{Exit, Session, deciding};
use crate::issue::award::AwardError;
use crate::issue::desk::{AwardRefusal, WriteAwardError};
use crate::issue::evidence::EvidenceError;
use crate::register::{EntryProblem, RegisterError};
use crate::site::{Class, Lang};
use crate::spelling::nearest;
use crate::words::Arg;

/// A message, and what it is told.
type Sentence<'a> = (&'static str, Vec<(&'static str, Arg<'a>)>);

/// Says why a request is not granted.
pub(super) fn of_request(error: &AwardRefusal, session: &mut Session<'_>) -> Exit {
    match error {
        AwardRefusal::Award(error) => of_award(error, session),
        AwardRefusal::Register(error) => of_register(error, session),
    }
}

/// Says why there is no award.
pub(in crate::commands) fn of_award(error: &AwardError, session: &mut Session<'_>) -> Exit {
    say(&award(error), session);
    Exit::Usage
}

/// Says that there is no class of this name, which may not even be a slug.
pub(super) fn of_class(text: &str, classes: &[Class], session: &mut Session<'_>) -> Exit {
    say(&unknown_class(text, classes.iter().map(|class| class.slug.as_str())), session);
    Exit::Usage
}

/// Says why an award is not written.
pub(super) fn of_writing(error: &WriteAwardError, session: &mut Session<'_>) -> Exit {
    match error {
        WriteAwardError::Evidence(error) => of_evidence(error, session),
        WriteAwardError::Register(error) => of_register(error, session),
        WriteAwardError::File(error) => deciding::file(error, session),
    }
}

/// Says why a file is not published.
pub(super) fn of_evidence(error: &EvidenceError, session: &mut Session<'_>) -> Exit {
    let sentence: Sentence<'_> = match error {
        EvidenceError::File(error) => return deciding::file(error, session),
        EvidenceError::TooBig { file, bytes_max } => {
            let megabytes = i64::try_from(bytes_max / (1024 * 1024)).unwrap_or(i64::MAX);
            ("award-evidence-big", vec![("file", file.as_str().into()), ("max", megabytes.into())])
        }
        EvidenceError::Kind { file, instead } => (
            "award-evidence-kind",
            vec![("file", file.as_str().into()), ("instead", instead.word().into())],
        ),
        EvidenceError::AnotherKind { file } => {
            ("award-evidence-broken", vec![("file", file.as_str().into())])
        }
        EvidenceError::Address { file } => {
            ("award-evidence-address", vec![("file", file.as_str().into())])
        }
    };
    say(&sentence, session);
    Exit::Usage
}

/// Says what is wrong with the register.
pub(in super::super) fn of_register(error: &RegisterError, session: &mut Session<'_>) -> Exit {
    match error {
        RegisterError::Exists { file } => {
            session.complain("issue-file-exists", &[("file", file.as_str().into())]);
        }
        RegisterError::Broken { file, line, problem } => {
            let (problem, key) = match problem {
                EntryProblem::UnknownKey { key } => ("key", key.as_str()),
                EntryProblem::NotYaml => ("yaml", ""),
                EntryProblem::NotUtf8 => ("utf8", ""),
                EntryProblem::TooLong => ("long", ""),
                EntryProblem::NotAMap => ("map", ""),
                EntryProblem::NotAText => ("text", ""),
            };
            let told: [(&str, Arg<'_>); 4] = [
                ("file", file.as_str().into()),
                ("line", (*line).into()),
                ("problem", problem.into()),
                ("key", key.into()),
            ];
            session.complain("register-broken", &told);
        }
        RegisterError::TooMany { folder } => {
            session.complain("register-many", &[("folder", folder.as_str().into())]);
        }
        RegisterError::Io { path, kind } => return deciding::refused(path, *kind, session),
    }
    Exit::Undecided
}

fn say((message, told): &Sentence<'_>, session: &mut Session<'_>) {
    session.complain(message, told);
}

fn joined<T: ToString>(items: &[T]) -> Arg<'static> {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ").into()
}

/// The word that was probably meant, or `none`, which the messages choose by.
fn suggestion<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Arg<'a> {
    nearest(written, known).unwrap_or("none").into()
}

fn unknown_class<'a>(text: &'a str, known: impl Iterator<Item = &'a str>) -> Sentence<'a> {
    let known: Vec<&str> = known.collect();
    let suggestion = suggestion(text, known.iter().copied());
    let told = vec![("class", text.into()), ("suggestion", suggestion), ("known", joined(&known))];
    ("award-no-class", told)
}

/// The sentence for people.
fn award(error: &AwardError) -> Sentence<'_> {
    criteria(error)
        .or_else(|| class(error))
        .or_else(|| content(error))
        .unwrap_or_else(|| person(error))
}

fn class(error: &AwardError) -> Option<Sentence<'_>> {
    Some(match error {
        AwardError::UnknownClass { class, known } => {
            unknown_class(class.as_str(), known.iter().map(|slug| slug.as_str()))
        }
        AwardError::LevelMissing { levels } => {
            ("award-level-missing", vec![("levels", joined(levels))])
        }
        AwardError::LevelUnknown { level, levels } if levels.is_empty() => {
            ("award-level-none", vec![("level", u32::from(*level).into())])
        }
        AwardError::LevelUnknown { level, levels } => (
            "award-level-unknown",
            vec![("level", u32::from(*level).into()), ("levels", joined(levels))],
        ),
        AwardError::EarlierLevelMissing { level, requires } => {
            ("award-level-earlier", levels(*level, *requires))
        }
        AwardError::EarlierLevelUnknown { level, requires } => {
            ("award-level-earlier-unknown", levels(*level, *requires))
        }
        AwardError::LangUnknown { lang, langs } => {
            let suggestion = suggestion(lang.as_str(), langs.iter().map(Lang::as_str));
            let told = vec![("lang", lang.as_str().into()), ("suggestion", suggestion)];
            ("award-lang", [told, vec![("known", joined(langs))]].concat())
        }
        _ => return None,
    })
}

fn levels(level: u8, requires: u8) -> Vec<(&'static str, Arg<'static>)> {
    vec![("level", u32::from(level).into()), ("requires", u32::from(requires).into())]
}

fn criteria(error: &AwardError) -> Option<Sentence<'_>> {
    Some(match error {
        AwardError::CriteriaUnknown { item, known } if known.is_empty() => {
            ("award-item-none", vec![("item", item.into())])
        }
        AwardError::CriteriaUnknown { item, known } => {
            let suggestion = suggestion(item, known.iter().map(String::as_str));
            let told = vec![("item", item.into()), ("suggestion", suggestion)];
            ("award-item", [told, vec![("known", joined(known))]].concat())
        }
        AwardError::CriteriaMissing { needed, known } => {
            let told = vec![("needed", (*needed).into()), ("all", known.len().into())];
            ("award-met-missing", [told, vec![("known", joined(known))]].concat())
        }
        AwardError::CriteriaTooFew { met, needed, known } => (
            "award-too-few",
            vec![("met", (*met).into()), ("needed", (*needed).into()), ("known", joined(known))],
        ),
        _ => return None,
    })
}

fn content(error: &AwardError) -> Option<Sentence<'_>> {
    Some(match error {
        AwardError::EvidenceTooMuch { count } => {
            ("award-evidence-much", vec![("count", (*count).into())])
        }
        AwardError::EvidenceName { file } => {
            ("award-evidence-name", vec![("file", file.as_str().into())])
        }
        AwardError::EvidenceTwice { name } => ("award-evidence-twice", vec![("name", name.into())]),
        AwardError::EvidenceWithoutAlt { file } => {
            ("award-evidence-alt", vec![("file", file.as_str().into())])
        }
        AwardError::TextEmpty { of } => ("award-text-empty", vec![("of", of.word().into())]),
        AwardError::TextTooLong { of, chars } => (
            "award-text-long",
            vec![
                ("of", of.word().into()),
                ("chars", (*chars).into()),
                ("max", of.chars_max().into()),
            ],
        ),
        AwardError::TextControl { of, character } => {
            let code = format!("U+{:04X}", u32::from(*character));
            ("award-text-control", vec![("of", of.word().into()), ("code", code.into())])
        }
        AwardError::AddressInText => ("award-text-address", Vec::new()),
        AwardError::DateOutOfRange => ("issue-date-range", Vec::new()),
        AwardError::InTheFuture { awarded } => {
            ("issue-date-future", vec![("date", awarded.to_string().into())])
        }
        AwardError::EndsBeforeItBegins { awarded, expires } => (
            "award-ends-early",
            vec![("expires", expires.to_string().into()), ("awarded", awarded.to_string().into())],
        ),
        _ => return None,
    })
}

fn person(error: &AwardError) -> Sentence<'_> {
    match error {
        AwardError::RenewsNothing { id } => ("revoke-unknown", vec![("award", id.text().into())]),
        AwardError::RenewsAnotherClass { id } => {
            ("award-renews-class", vec![("award", id.text().into())])
        }
        AwardError::RenewsAnotherPerson { id } => {
            ("award-renews-person", vec![("award", id.text().into())])
        }
        AwardError::RenewsALaterOne { id, awarded } => (
            "award-renews-later",
            vec![("award", id.text().into()), ("awarded", awarded.to_string().into())],
        ),
        AwardError::NotAnEmail { why } => (
            "award-not-email",
            vec![("why", why.word().into()), ("character", why.character().into())],
        ),
        AwardError::PublicHash => ("award-public-hash", Vec::new()),
        AwardError::NotADid { text } => ("award-not-did", vec![("text", text.into())]),
        AwardError::NotAUrl { text } => ("award-not-url", vec![("text", text.into())]),
        other => ("award-refused", vec![("reason", other.to_string().into())]),
    }
}
