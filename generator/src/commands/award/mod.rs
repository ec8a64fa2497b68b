//! `accolade award`: for one person; for a sheet of people ([`list`]); and the messages to them ([`letters`]).

mod letters;
mod list;
mod refusal;

use std::collections::BTreeMap;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use super::deciding::{self, SystemRandomness};
use super::revoke::{id, when};
use super::{Exit, Session};
use crate::cli::{self, Visible};
use crate::issue::award::{AwardRequest, Decision, EvidenceRequest, NewAward, To};
use crate::issue::branch::Standing;
use crate::issue::desk::{Desk, Noted, Written};
use crate::issue::event::award_file;
use crate::issue::evidence::{self, Note};
use crate::issue::post::Private;
use crate::keys::KeyRing;
use crate::site::{Lang, Site, Slug, Text, Visibility};

pub(super) use refusal::{of_award as refuse, of_register};

/// Runs the command.
pub(super) fn run(typed: &cli::Award, session: &mut Session<'_>) -> Exit {
    let names_nobody =
        typed.to.is_none() && typed.did.is_none() && typed.url.is_none() && !typed.no_recipient;
    let done = match (&typed.csv, &typed.mail_merge) {
        (Some(file), _) => list::award(typed, file, session),
        (None, Some(folder)) if names_nobody => letters::to_everybody(typed, folder, session),
        (None, _) => award(typed, session),
    };
    done.err().unwrap_or(Exit::Done)
}

fn award(typed: &cli::Award, session: &mut Session<'_>) -> Result<(), Exit> {
    let mut desk = deciding::open(session)?;
    letters::place(typed, &desk, session)?;
    let standing = deciding::standing(&desk, session)?;
    // Asked for before anything is written: a key that cannot be used is better known now.
    let ring = if standing.may_seal() && !typed.dry_run {
        deciding::keys(&desk, typed.key.as_deref(), session)?
    } else {
        KeyRing::default()
    };
    let request = request(typed, desk.site(), session)?;
    let decided = desk.decide(&request, super::now(), &mut SystemRandomness);
    match decided.map_err(|error| refusal::of_request(&error, session))? {
        Decision::Same(id) => {
            letters::to_one(typed, id, None, &mut desk, session)?;
            if session.is_json() {
                session.answer_json(&json!({ "id": id.text(), "same": true }));
            } else {
                session.note("award-same", &[("id", id.text().into())]);
            }
            Ok(())
        }
        Decision::New(award) if typed.dry_run => show(&award, session),
        Decision::New(award) => {
            let sealed = write(&award, &mut desk, &ring, &standing, session)?;
            let name = award.register.name.clone().filter(|_| award.event.hidden_name.is_some());
            let private = name.map(|name| Private { name, link: award.link.clone() });
            letters::to_one(typed, award.event.id, private, &mut desk, session)?;
            answer(&award, sealed, session);
            Ok(())
        }
    }
}

/// What would be written. The salts are drawn anew when it is.
fn show(award: &NewAward, session: &mut Session<'_>) -> Result<(), Exit> {
    let examined = evidence::examine(&award.copies);
    let examined = examined.map_err(|error| refusal::of_evidence(&error, session))?;
    for file in &examined {
        tell_evidence(&file.name, file.note, session);
    }
    if session.is_json() {
        let file = award.event.file.as_str();
        session.answer_json(&json!({ "file": file, "text": award_file(&award.event) }));
    } else {
        session.note("award-dry-run", &[("file", award.event.file.as_str().into())]);
        session.answer(award_file(&award.event).trim_end());
    }
    Ok(())
}

fn write(
    award: &NewAward,
    desk: &mut Desk,
    ring: &KeyRing,
    standing: &Standing,
    session: &mut Session<'_>,
) -> Result<bool, Exit> {
    let written = desk.write_award(award).map_err(|error| refusal::of_writing(&error, session))?;
    tell_written(&written, session);
    tell_reason(award, &written.register, session);
    let report = deciding::seal_at_once(desk, ring, standing, session)?;
    let sealed = report.is_some_and(|report| report.sealed.contains(&award.event.id));
    if sealed {
        session.note("award-sealed", &[]);
    }
    Ok(sealed)
}

/// The link: the one thing that is told here alone.
fn answer(award: &NewAward, sealed: bool, session: &mut Session<'_>) {
    let hidden = award.event.hidden_name.is_some();
    let private = award.event.visibility == Visibility::Private;
    if session.is_json() {
        session.answer_json(&json!({
            "id": award.event.id.text(),
            "file": award.event.file.as_str(),
            "link": award.link,
            "same": false,
            "sealed": sealed,
        }));
        return;
    }
    session.answer(&award.link);
    if private {
        session.note("award-private", &[]);
    } else if hidden {
        session.note("award-link-name", &[]);
    }
}

fn tell_written(written: &Written, session: &mut Session<'_>) {
    session.note("issue-written", &[("file", written.event.as_str().into())]);
    for (name, note) in &written.notes {
        tell_evidence(name, Some(*note), session);
    }
    match &written.register {
        Noted::NothingToKeep => {}
        Noted::Nowhere => session.note("award-register-none", &[]),
        Noted::Absent(folder) => {
            session.note("award-register-absent", &[("folder", folder.as_str().into())]);
        }
        Noted::Kept(file) => {
            session.note("award-register-kept", &[("file", file.as_str().into())]);
        }
    }
}

fn tell_evidence(name: &str, note: Option<Note>, session: &mut Session<'_>) {
    match note {
        Some(Note::Stripped) => session.note("award-evidence-clean", &[("file", name.into())]),
        Some(Note::MayNameItsAuthor) => {
            session.note("award-evidence-pdf", &[("file", name.into())])
        }
        None => {}
    }
}

/// A reason that is kept nowhere is not a reason that was recorded.
fn tell_reason(award: &NewAward, register: &Noted, session: &mut Session<'_>) {
    let kept = matches!(register, Noted::Kept(_));
    if award.register.override_reason.is_some() && !kept {
        session.note("award-override-lost", &[]);
    }
}

fn request(
    typed: &cli::Award,
    site: &Site,
    session: &mut Session<'_>,
) -> Result<AwardRequest, Exit> {
    let lang = lang(typed.language.as_deref(), session)?;
    let written_in = lang.as_ref().unwrap_or_else(|| site.settings.default_lang());
    let evidence = evidence(typed, written_in, session)?;
    Ok(AwardRequest {
        to: to(typed),
        hidden_name: typed.name.clone(),
        shown_name: typed.show.clone(),
        evidence,
        renews: id(typed.renews.as_deref(), site, session)?,
        ..template(typed, lang, site, session)?
    })
}

/// What can be said for one person and for many.
fn template(
    typed: &cli::Award,
    lang: Option<Lang>,
    site: &Site,
    session: &mut Session<'_>,
) -> Result<AwardRequest, Exit> {
    Ok(AwardRequest {
        level: typed.level,
        lang,
        public_hash: typed.public_hash,
        date: when(typed.date.as_deref(), session)?,
        expires: when(typed.expires.as_deref(), session)?,
        criteria_met: typed.met.clone(),
        role: typed.role.clone(),
        visibility: visibility(typed),
        override_reason: typed.override_reason.clone(),
        ..AwardRequest::new(class(&typed.class, site, session)?, To::Nobody)
    })
}

fn class(text: &str, site: &Site, session: &mut Session<'_>) -> Result<Slug, Exit> {
    let found = site.classes.iter().find(|class| class.slug.as_str() == text);
    let found = found.map(|class| class.slug.clone());
    found.ok_or_else(|| refusal::of_class(text, &site.classes, session))
}

fn lang(text: Option<&str>, session: &mut Session<'_>) -> Result<Option<Lang>, Exit> {
    let Some(text) = text else { return Ok(None) };
    let lang = Lang::parse(text).ok_or_else(|| {
        session.complain("award-lang-form", &[("lang", text.into())]);
        Exit::Usage
    });
    lang.map(Some)
}

fn visibility(typed: &cli::Award) -> Option<Visibility> {
    typed.visibility.map(|typed| match typed {
        Visible::Listed => Visibility::Listed,
        Visible::Unlisted => Visibility::Unlisted,
        Visible::Private => Visibility::Private,
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
        // Told first: words about the picture of a file that is not there would be wasted.
        if !is_address && !Utf8Path::new(seen).exists() {
            return Err(deciding::refused(Utf8Path::new(seen), ErrorKind::NotFound, session));
        }
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
