//! `accolade award … --mail-merge DIR`: one message a person, into files.

use camino::Utf8Path;
use serde_json::json;

use super::super::deciding;
use super::super::{Exit, Session};
use super::{class, refusal};
use crate::cli;
use crate::id::AwardId;
use crate::issue::desk::Desk;
use crate::issue::post::{self, Addressee, PostError, Posted, Private};
use crate::register::Place;

/// Whether messages may go where they are to go; asked before anything is awarded.
pub(super) fn place(
    typed: &cli::Award,
    desk: &Desk,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    match &typed.mail_merge {
        Some(folder) if !post::is_safe(&desk.site().root, folder) => {
            session.complain("mail-in-repository", &[("folder", folder.as_str().into())]);
            Err(Exit::Usage)
        }
        _ => Ok(()),
    }
}

/// Writes to everybody with this badge who was not written to: `award CLASS --mail-merge DIR`.
pub(super) fn to_everybody(
    typed: &cli::Award,
    folder: &Utf8Path,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let mut desk = deciding::open(session)?;
    place(typed, &desk, session)?;
    let slug = class(&typed.class, desk.site(), session)?;
    match desk.register() {
        Place::Here(_) => {}
        Place::None => {
            session.complain("mail-no-register", &[]);
            return Err(Exit::Usage);
        }
        Place::Absent(absent) => {
            let absent = absent.clone();
            session.complain("mail-register-absent", &[("folder", absent.as_str().into())]);
            return Err(Exit::Usage);
        }
    }
    let found = desk.site().classes.iter().find(|class| class.slug == slug);
    let addressees = found.map_or(Ok(Vec::new()), |class| post::everybody(&desk, class));
    let addressees = addressees.map_err(|error| refusal::of_register(&error, session))?;
    if typed.dry_run {
        session.note("mail-dry-run", &[("count", addressees.len().into())]);
        return Ok(());
    }
    let posted = write(&mut desk, folder, &addressees, session)?;
    answer(&posted, session);
    Ok(())
}

/// Writes to the person an award was just made for, or was made for before: asked for by name, so once more if need be.
pub(super) fn to_one(
    typed: &cli::Award,
    id: AwardId,
    private: Option<Private>,
    desk: &mut Desk,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let Some(folder) = typed.mail_merge.as_deref().filter(|_| !typed.dry_run) else {
        return Ok(());
    };
    let addressee = Addressee { id, address: typed.to.clone(), private, again: true };
    write(desk, folder, &[addressee], session).map(|_| ())
}

/// Writes the messages and says what became of them.
pub(super) fn write(
    desk: &mut Desk,
    folder: &Utf8Path,
    addressees: &[Addressee],
    session: &mut Session<'_>,
) -> Result<Posted, Exit> {
    let posted = post::write(desk, folder, addressees, super::super::now());
    let posted = posted.map_err(|error| match &error {
        PostError::Register(error) => refusal::of_register(error, session),
        PostError::Io { path, kind } => deciding::refused(path, *kind, session),
    })?;
    let told = [("count", posted.written.len().into()), ("folder", folder.as_str().into())];
    session.note("mail-written", &told);
    for (count, message) in [
        (posted.there, "mail-there"),
        (posted.earlier, "mail-earlier"),
        (posted.without_address, "mail-no-address"),
        (posted.private, "mail-private"),
        (posted.withdrawn, "mail-withdrawn"),
    ] {
        if count > 0 {
            session.note(message, &[("count", count.into())]);
        }
    }
    if !posted.written.is_empty() {
        session.note("mail-send", &[]);
    }
    Ok(posted)
}

fn answer(posted: &Posted, session: &mut Session<'_>) {
    if session.is_json() {
        let files: Vec<&str> = posted.written.iter().map(|file| file.as_str()).collect();
        session.answer_json(&json!({ "messages": files }));
        return;
    }
    for file in &posted.written {
        session.answer(file.as_str());
    }
}
