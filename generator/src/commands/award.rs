//! `accolade award`.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use serde_json::json;

use super::deciding::{self, SystemRandomness};
use super::revoke::{id, when};
use super::{Exit, Session};
use crate::cli::{self, Visible};
use crate::issue::award::{AwardError, AwardRequest, Decision, EvidenceRequest, NewAward, To};
use crate::issue::branch::Standing;
use crate::issue::desk::{Desk, Register};
use crate::issue::event::award_file;
use crate::keys::KeyRing;
use crate::site::{Lang, Site, Slug, Text, Visibility};
use crate::words::Arg;

/// Runs the command.
pub(super) fn run(typed: &cli::Award, session: &mut Session<'_>) -> Exit {
    match award(typed, session) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn award(typed: &cli::Award, session: &mut Session<'_>) -> Result<(), Exit> {
    let mut desk = deciding::open(session)?;
    let standing = deciding::standing(&desk, session)?;
    // Asked for before anything is written: a key that cannot be used is better known now.
    let ring = if standing.may_seal() && !typed.dry_run {
        deciding::keys(&desk, typed.key.as_deref(), session)?
    } else {
        KeyRing::default()
    };
    let request = request(typed, desk.site(), session)?;
    let decided = desk.decide(&request, super::now(), &mut SystemRandomness);
    match decided.map_err(|error| refuse(&error, session))? {
        Decision::Same(id) => {
            if session.is_json() {
                session.answer_json(&json!({ "id": id.text(), "same": true }));
            } else {
                session.note("award-same", &[("id", id.text().into())]);
            }
            Ok(())
        }
        Decision::New(award) if typed.dry_run => {
            show(&award, session);
            Ok(())
        }
        Decision::New(award) => write(&award, &mut desk, &ring, &standing, session),
    }
}

/// What would be written. The salts are drawn anew when it is.
fn show(award: &NewAward, session: &mut Session<'_>) {
    if session.is_json() {
        let file = award.event.file.as_str();
        session.answer_json(&json!({ "file": file, "text": award_file(&award.event) }));
    } else {
        session.note("award-dry-run", &[("file", award.event.file.as_str().into())]);
        session.answer(award_file(&award.event).trim_end());
    }
}

fn write(
    award: &NewAward,
    desk: &mut Desk,
    ring: &KeyRing,
    standing: &Standing,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let written = desk.write_award(award).map_err(|error| deciding::file(&error, session))?;
    session.note("issue-written", &[("file", written.event.as_str().into())]);
    tell_register(&written.register, session);
    let report = deciding::seal_at_once(desk, ring, standing, session)?;
    let sealed = report.is_some_and(|report| report.sealed.contains(&award.event.id));
    if sealed {
        session.note("award-sealed", &[]);
    }
    let hidden = award.event.hidden_name.is_some();
    let private = award.event.visibility == Visibility::Private;
    if session.is_json() {
        session.answer_json(&json!({
            "id": award.event.id.text(),
            "file": written.event.as_str(),
            "link": award.link,
            "same": false,
            "sealed": sealed,
        }));
        return Ok(());
    }
    session.answer(&award.link);
    if private {
        session.note("award-private", &[]);
    } else if hidden {
        session.note("award-link-name", &[]);
    }
    Ok(())
}

fn tell_register(register: &Register, session: &mut Session<'_>) {
    match register {
        Register::NothingToKeep => {}
        Register::None => session.note("award-register-none", &[]),
        Register::Absent(folder) => {
            session.note("award-register-absent", &[("folder", folder.as_str().into())]);
        }
        Register::Kept(file) => {
            session.note("award-register-kept", &[("file", file.as_str().into())]);
        }
    }
}

fn request(
    typed: &cli::Award,
    site: &Site,
    session: &mut Session<'_>,
) -> Result<AwardRequest, Exit> {
    let mut wrong = |message: &str, name: &'static str, text: &str| {
        session.complain(message, &[(name, text.into())]);
        Exit::Usage
    };
    let class =
        Slug::parse(&typed.class).ok_or_else(|| wrong("award-no-class", "class", &typed.class))?;
    let lang = typed
        .language
        .as_deref()
        .map(|text| Lang::parse(text).ok_or_else(|| wrong("award-lang", "lang", text)));
    let lang = lang.transpose()?;
    let written_in = lang.as_ref().unwrap_or_else(|| site.settings.default_lang());
    let evidence = evidence(typed, written_in, session)?;
    Ok(AwardRequest {
        class,
        level: typed.level,
        to: to(typed),
        public_hash: typed.public_hash,
        hidden_name: typed.name.clone(),
        shown_name: typed.show.clone(),
        date: when(typed.date.as_deref(), session)?,
        expires: when(typed.expires.as_deref(), session)?,
        criteria_met: typed.met.clone(),
        role: typed.role.clone(),
        evidence,
        renews: id(typed.renews.as_deref(), site, session)?,
        visibility: typed.visibility.map(|typed| match typed {
            Visible::Listed => Visibility::Listed,
            Visible::Unlisted => Visibility::Unlisted,
            Visible::Private => Visibility::Private,
        }),
        lang,
    })
}

/// The command line takes exactly one of the four.
fn to(typed: &cli::Award) -> To {
    match (&typed.to, &typed.did, &typed.url) {
        (Some(email), _, _) => To::Email(email.clone()),
        (_, Some(did), _) => To::Did(did.clone()),
        (_, _, Some(url)) => To::Url(url.clone()),
        _ => To::Nobody,
    }
}

/// Stories first, then files and pages in their order; the first `--alt` is for the first file.
fn evidence(
    typed: &cli::Award,
    lang: &Lang,
    session: &mut Session<'_>,
) -> Result<Vec<EvidenceRequest>, Exit> {
    let in_lang = |text: &String| Text(BTreeMap::from([(lang.clone(), text.clone())]));
    let stories = typed.story.iter().map(|story| EvidenceRequest {
        narrative: Some(in_lang(story)),
        ..EvidenceRequest::default()
    });
    let mut evidence: Vec<EvidenceRequest> = stories.collect();
    let mut alts = typed.alt.iter();
    for seen in &typed.evidence {
        let is_address = seen.contains("://");
        evidence.push(EvidenceRequest {
            url: is_address.then(|| seen.clone()),
            file: (!is_address).then(|| Utf8PathBuf::from(seen)),
            alt: if is_address { None } else { alts.next().map(in_lang) },
            ..EvidenceRequest::default()
        });
    }
    if alts.next().is_some() {
        session.complain("award-alt", &[]);
        return Err(Exit::Usage);
    }
    Ok(evidence)
}

/// Says why there is no award.
pub(super) fn refuse(error: &AwardError, session: &mut Session<'_>) -> Exit {
    let (message, told) = words_of(error);
    session.complain(message, &told);
    Exit::Usage
}

/// The sentence for people: a message, and what it is told.
fn words_of(error: &AwardError) -> (&'static str, Vec<(&'static str, Arg<'_>)>) {
    let numbers = |levels: &[u8]| -> Arg<'static> {
        let levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
        levels.join(", ").into()
    };
    match error {
        AwardError::UnknownClass { class } => {
            ("award-no-class", vec![("class", class.as_str().into())])
        }
        AwardError::LevelMissing { levels } => {
            ("award-level-missing", vec![("levels", numbers(levels))])
        }
        AwardError::LevelUnknown { level, levels } if levels.is_empty() => {
            ("award-level-none", vec![("level", u32::from(*level).into())])
        }
        AwardError::LevelUnknown { level, levels } => (
            "award-level-unknown",
            vec![("level", u32::from(*level).into()), ("levels", numbers(levels))],
        ),
        AwardError::LangUnknown { lang, .. } => {
            ("award-lang", vec![("lang", lang.as_str().into())])
        }
        AwardError::CriteriaUnknown { item } => ("award-item", vec![("item", item.into())]),
        AwardError::CriteriaTooFew { met, needed } => {
            ("award-too-few", vec![("met", (*met).into()), ("needed", (*needed).into())])
        }
        AwardError::EvidenceTooMuch { count } => {
            ("award-evidence-much", vec![("count", (*count).into())])
        }
        AwardError::EvidenceName { file } => {
            ("award-evidence-name", vec![("file", file.as_str().into())])
        }
        AwardError::EvidenceTwice { name } => ("award-evidence-twice", vec![("name", name.into())]),
        AwardError::TextEmpty => ("award-text-empty", Vec::new()),
        AwardError::TextTooLong { chars } => ("award-text-long", vec![("chars", (*chars).into())]),
        AwardError::DateOutOfRange => ("issue-date-range", Vec::new()),
        AwardError::InTheFuture { awarded } => {
            ("issue-date-future", vec![("date", awarded.to_string().into())])
        }
        AwardError::EndsBeforeItBegins { awarded, expires } => (
            "award-ends-early",
            vec![("expires", expires.to_string().into()), ("awarded", awarded.to_string().into())],
        ),
        AwardError::RenewsNothing { id } => ("revoke-unknown", vec![("award", id.text().into())]),
        AwardError::NotAnEmail => ("award-not-email", Vec::new()),
        AwardError::PublicHash => ("award-public-hash", Vec::new()),
        AwardError::NotADid { text } => ("award-not-did", vec![("text", text.into())]),
        AwardError::NotAUrl { text } => ("award-not-url", vec![("text", text.into())]),
    }
}
