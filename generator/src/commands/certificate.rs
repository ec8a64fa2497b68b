//! `accolade certificate`: a badge on paper, with a name that is stored nowhere.

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::recipient::{NameSalt, RecipientHash, normalize_name};
use serde_json::{Value, json};

use super::publishing::{self, Read};
use super::revoke::unknown;
use super::{Exit, Session};
use crate::certificate::{CertificateError, NAME_CHARACTERS_MAX};
use crate::cli;
use crate::id::AwardId;
use crate::issue::revoke::award_named;
use crate::load;
use crate::reason;
use crate::register::{Entry, Place};
use crate::render::html::Renderer;
use crate::site::{Award, Site, Visibility};
use crate::words::Arg;

/// Whether a name is the one the badge was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameCheck {
    /// The badge hides no name.
    NotHidden,
    /// It is.
    Matches,
    /// It is another one.
    Differs,
    /// The salt is not here, so nobody can tell.
    NoSalt,
}

/// Runs the command.
pub(super) fn run(typed: &cli::Certificate, session: &mut Session<'_>) -> Exit {
    match certificate(typed, session) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn certificate(typed: &cli::Certificate, session: &mut Session<'_>) -> Result<(), Exit> {
    let root = session.root()?;
    let Read { site, theme, .. } = publishing::read(session, &root)?;
    let award = find(&typed.award, &site, session)?;
    let entry = entry(&site, award.id, session)?;
    let name = name(typed, award, &entry, session)?;
    let file = Utf8Path::new(award.sealed.as_ref());
    let sealed = load::bytes(&site.root, file, load::SEALED_BYTES_MAX).map_err(|error| {
        let reason = reason::in_file(file, reason::read(&error));
        session.complain("build-unreadable", &[("reason", reason)]);
        Exit::Undecided
    })?;
    let check = check(&name, &entry, &sealed);
    warn(check, &name, award, session);
    let lang = session.lang_typed().unwrap_or_else(|| award.lang.clone());
    let renderer = Renderer::new(&site, theme).map_err(|error| undone(&error, session))?;
    let made = renderer.certificate(award, &name, &lang, sealed);
    let made = made.map_err(|error| undone(&error, session))?;
    let made = made.ok_or_else(|| unknown(&typed.award, &site, session))?;
    let pdf = made.pdf().map_err(|error| refuse(&error, session))?;
    let out = typed.out.clone().unwrap_or_else(|| Utf8PathBuf::from(format!("{}.pdf", award.id)));
    session.write(&out, &pdf)?;
    if session.is_json() {
        session.answer_json(&json!({
            "id": award.id.text(),
            "out": out.as_str(),
            "name_matches": match check {
                NameCheck::Matches => Some(true),
                NameCheck::Differs => Some(false),
                NameCheck::NotHidden | NameCheck::NoSalt => None,
            },
        }));
    } else {
        session.note("certificate-done", &[("out", out.as_str().into())]);
    }
    if is_below(&out, &root) {
        session.note("certificate-in-repository", &[]);
    }
    Ok(())
}

/// The award, when it can be on paper.
fn find<'s>(typed: &str, site: &'s Site, session: &mut Session<'_>) -> Result<&'s Award, Exit> {
    let id = award_named(typed, &site.settings).ok_or_else(|| unknown(typed, site, session))?;
    let mut stop = |message: &str, told: &[(&str, Arg<'_>)]| {
        session.complain(message, told);
        Err(Exit::No)
    };
    let named = ("id", Arg::from(id.text()));
    if let Some(tombstone) = site.tombstones.get(&id) {
        return stop("certificate-forgotten", &[named, ("date", tombstone.date.date().into())]);
    }
    if site.pending.iter().any(|event| event.id == id) {
        return stop("certificate-unsealed", &[named]);
    }
    if let Some(revocation) = site.revocations.get(&id) {
        return stop("certificate-withdrawn", &[named, ("date", revocation.date.date().into())]);
    }
    let place = site.awards.binary_search_by_key(&id, |award| award.id);
    let award = place.ok().and_then(|place| site.awards.get(place));
    match award {
        None => Err(unknown(typed, site, session)),
        Some(award) if award.visibility == Visibility::Private => {
            stop("certificate-private", &[named])
        }
        Some(award) => Ok(award),
    }
}

/// What the register keeps of the person, when it is here.
fn entry(site: &Site, id: AwardId, session: &mut Session<'_>) -> Result<Entry, Exit> {
    let place = Place::of(site);
    let read = place.here().map(|register| register.read(id)).transpose();
    let entry = read.map_err(|error| super::award::of_register(&error, session))?;
    Ok(entry.flatten().unwrap_or_default())
}

/// The name that was typed, or the one that the register or the page has.
fn name(
    typed: &cli::Certificate,
    award: &Award,
    entry: &Entry,
    session: &mut Session<'_>,
) -> Result<String, Exit> {
    let shown = award.holder.as_ref().map(|holder| &holder.name);
    let Some(name) = typed.name.as_ref().or(entry.name.as_ref()).or(shown) else {
        session.complain("certificate-no-name", &[("id", award.id.text().into())]);
        return Err(Exit::Usage);
    };
    let name = normalize_name(name);
    let length = name.chars().count();
    if length == 0 || length > NAME_CHARACTERS_MAX || name.chars().any(char::is_control) {
        session.complain("certificate-name", &[("most", NAME_CHARACTERS_MAX.into())]);
        return Err(Exit::Usage);
    }
    Ok(name)
}

/// Compares `name` with the hash in the signed record, when the salt is at hand.
fn check(name: &str, entry: &Entry, sealed: &[u8]) -> NameCheck {
    let Some(hash) = hidden_name(sealed) else { return NameCheck::NotHidden };
    let salt = entry.name_salt.as_deref().and_then(|salt| NameSalt::parse(salt).ok());
    match salt {
        None => NameCheck::NoSalt,
        Some(salt) if hash.is_of_name(name, &salt) => NameCheck::Matches,
        Some(_) => NameCheck::Differs,
    }
}

fn hidden_name(sealed: &[u8]) -> Option<RecipientHash> {
    let record: Value = serde_json::from_slice(sealed).ok()?;
    let identifiers = record.get("credentialSubject")?.get("identifier")?.as_array()?;
    let is_name = |one: &&Value| one.get("identityType").and_then(Value::as_str) == Some("name");
    let hash = identifiers.iter().find(is_name)?.get("identityHash")?.as_str()?;
    RecipientHash::parse(hash).ok()
}

fn warn(check: NameCheck, name: &str, award: &Award, session: &mut Session<'_>) {
    match check {
        NameCheck::Differs => session.warn("certificate-name-differs", &[]),
        NameCheck::NoSalt => session.warn("certificate-name-unchecked", &[]),
        NameCheck::Matches | NameCheck::NotHidden => {}
    }
    let shown = award.holder.as_ref().map(|holder| normalize_name(&holder.name));
    if shown.is_some_and(|shown| shown != name) {
        session.warn("certificate-holder-differs", &[]);
    }
    if let Some(end) = award.expires.filter(|end| *end < super::now()) {
        session.warn("certificate-expired", &[("date", end.date().into())]);
    }
}

fn refuse(error: &CertificateError, session: &mut Session<'_>) -> Exit {
    if let CertificateError::Letters { missing } = error {
        let missing: Vec<String> =
            missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        session.complain("certificate-letters", &[("letters", missing.join(", ").into())]);
        return Exit::Undecided;
    }
    undone(error, session)
}

fn undone(error: &dyn ToString, session: &mut Session<'_>) -> Exit {
    session.complain("certificate-undone", &[("reason", error.to_string().into())]);
    Exit::Undecided
}

/// Whether a file that was written lies in the repository, where the next commit may take it.
fn is_below(out: &Utf8Path, root: &Utf8Path) -> bool {
    let (out, root) = (out.canonicalize_utf8(), root.canonicalize_utf8());
    out.is_ok_and(|out| root.is_ok_and(|root| out.starts_with(root)))
}
