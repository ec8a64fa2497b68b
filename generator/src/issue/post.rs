//! Messages to people who were awarded a badge, each written into a file of its own, for the issuer's mail program.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::time::Timestamp;

use super::award::private_link;
use super::desk::Desk;
use crate::id::AwardId;
use crate::load::ignored::{self, Kind, OUTPUT};
use crate::mail::{self, Letter};
use crate::register::{RegisterError, write_privately};
use crate::site::{Lang, Site, Visibility};
use crate::urls;
use crate::words::Words;

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Their award.
    pub id: AwardId,
    /// Where to write to; what the register says when absent.
    pub address: Option<String>,
    /// The name and the private link, when they are at hand; what the register says when absent.
    pub private: Option<Private>,
    /// Writes also to somebody who was written to before: asked for by name.
    pub again: bool,
}

/// What only the person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Private {
    /// The hidden name.
    pub name: String,
    /// The link that shows it.
    pub link: String,
}

/// What became of the messages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posted {
    /// Those that were written.
    pub written: Vec<Utf8PathBuf>,
    /// Their files were there already, and are not written over.
    pub there: usize,
    /// Written to on an earlier day.
    pub earlier: usize,
    /// Nobody knows where to write to.
    pub without_address: usize,
    /// Awards without a page to point to.
    pub private: usize,
    /// Withdrawn awards.
    pub withdrawn: usize,
}

/// Whether messages may be written into `folder`: not where a commit or the built site would hold them.
#[must_use]
pub fn is_safe(root: &Utf8Path, folder: &Utf8Path) -> bool {
    !ignored::would_be_committed(root, folder, Kind::Folder)
        && !ignored::lies_in(&root.join(OUTPUT), folder)
}

/// Whether a file with names and addresses lies where a commit or the built site would hold it.
#[must_use]
pub fn is_exposed(root: &Utf8Path, file: &Utf8Path) -> bool {
    ignored::would_be_committed(root, file, Kind::File)
        || ignored::lies_in(&root.join(OUTPUT), file)
}

/// Everybody the register knows with an award of `class`.
///
/// # Errors
/// [`RegisterError`].
pub fn everybody(desk: &Desk, class: &crate::site::Class) -> Result<Vec<Addressee>, RegisterError> {
    let entries = desk.entries()?;
    let made = super::same::of_class(class, desk.site()).map(|made| made.id);
    let mut ids: Vec<AwardId> = made.filter(|id| entries.contains_key(id)).collect();
    ids.sort_unstable();
    Ok(ids
        .into_iter()
        .map(|id| Addressee { id, address: None, private: None, again: false })
        .collect())
}

/// Writes a message to each, and notes it in the register.
///
/// # Errors
/// [`PostError`]; what was written before stays, and is not written again.
pub fn write(
    desk: &mut Desk,
    folder: &Utf8Path,
    addressees: &[Addressee],
    now: Timestamp,
) -> Result<Posted, PostError> {
    make_privately(folder).map_err(|error| PostError::io(folder, &error))?;
    let mut posted = Posted::default();
    let mut noted = Vec::new();
    let written = write_each(desk, folder, addressees, now, &mut posted, &mut noted);
    // Those that were written are noted even when a later one could not be.
    desk.note_messages(&noted, now).map_err(PostError::Register)?;
    written.map(|()| posted)
}

fn write_each(
    desk: &Desk,
    folder: &Utf8Path,
    addressees: &[Addressee],
    now: Timestamp,
    posted: &mut Posted,
    noted: &mut Vec<AwardId>,
) -> Result<(), PostError> {
    let mut words: BTreeMap<Lang, Words> = BTreeMap::new();
    for addressee in addressees {
        match composed(desk, addressee, &mut words, now)? {
            Composed::Message(bytes) => {
                let file = folder.join(format!("{}.eml", addressee.id));
                if file.exists() {
                    posted.there += 1;
                    continue;
                }
                let draft = folder.join(format!(".{}.new", addressee.id));
                write_privately(&draft, &bytes)
                    .and_then(|()| fs::rename(&draft, &file))
                    .map_err(|error| PostError::io(&file, &error))?;
                noted.push(addressee.id);
                posted.written.push(file);
            }
            Composed::Earlier => posted.earlier += 1,
            Composed::WithoutAddress => posted.without_address += 1,
            Composed::Private => posted.private += 1,
            Composed::Withdrawn => posted.withdrawn += 1,
        }
    }
    Ok(())
}

enum Composed {
    Message(Vec<u8>),
    Earlier,
    WithoutAddress,
    Private,
    Withdrawn,
}

fn composed(
    desk: &Desk,
    addressee: &Addressee,
    words: &mut BTreeMap<Lang, Words>,
    now: Timestamp,
) -> Result<Composed, PostError> {
    let site = desk.site();
    let entry = desk.entries().map_err(PostError::Register)?.get(&addressee.id);
    let Some(given) = given(site, addressee.id) else { return Ok(Composed::WithoutAddress) };
    if site.revocations.contains_key(&addressee.id) {
        return Ok(Composed::Withdrawn);
    }
    if given.visibility == Visibility::Private {
        return Ok(Composed::Private);
    }
    if !addressee.again && entry.is_some_and(|entry| entry.message.is_some()) {
        return Ok(Composed::Earlier);
    }
    let known = entry.and_then(|entry| entry.email.as_deref());
    let Some(address) = addressee.address.as_deref().or(known) else {
        return Ok(Composed::WithoutAddress);
    };
    let page = site.settings.base_url.join(&urls::award(addressee.id));
    let private = addressee.private.as_ref();
    let known = entry.and_then(|entry| entry.name.as_deref());
    let salt = entry.and_then(|entry| entry.name_salt.as_deref());
    let kept = known.zip(salt).map(|(name, salt)| private_link(&page, name, salt));
    let name = private.map(|private| private.name.as_str()).or(known);
    let link = private.map(|private| private.link.clone()).or(kept);
    let words = words.entry(given.lang.clone()).or_insert_with_key(Words::of_program);
    let letter = Letter {
        id: addressee.id,
        issuer: given.issuer,
        version: given.version,
        level: given.level,
        lang: given.lang,
        expires: given.expires,
        name,
        address,
        link: link.as_deref().unwrap_or(&page),
    };
    let default = site.settings.default_lang();
    let message = mail::compose(&letter, words, default, site.settings.base_url.host(), now);
    Ok(message.map_or(Composed::WithoutAddress, Composed::Message))
}

/// What a message says of an award.
struct Given<'a> {
    issuer: &'a crate::site::Issuer,
    version: &'a crate::site::ClassVersion,
    level: Option<u8>,
    lang: &'a Lang,
    expires: Option<Timestamp>,
    visibility: Visibility,
}

fn given(site: &Site, id: AwardId) -> Option<Given<'_>> {
    let sealed = site.awards.iter().find(|award| award.id == id).and_then(|award| {
        let class = usize::try_from(award.class).ok().and_then(|at| site.classes.get(at))?;
        let version = class.versions.get(&award.version)?;
        Some((version, award.level, &award.lang, award.expires, award.visibility))
    });
    let pending = || {
        let event = site.pending.iter().find(|event| event.id == id)?;
        let class = site.classes.iter().find(|class| class.slug == event.class)?;
        let version = class.versions.get(&event.version)?;
        Some((version, event.level, &event.lang, event.expires, event.visibility))
    };
    let (version, level, lang, expires, visibility) = sealed.or_else(pending)?;
    let issuer = site.issuers.get(&version.issuer)?;
    Some(Given { issuer, version, level, lang, expires, visibility })
}

/// A folder that only its owner can enter; one that is there is left as it is.
fn make_privately(folder: &Utf8Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Why a message is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PostError {
    /// The register cannot be read or written.
    #[error(transparent)]
    Register(RegisterError),
    /// The system refused.
    #[error("`{path}`: {kind}")]
    Io {
        /// Which.
        path: Utf8PathBuf,
        /// What the system said.
        kind: io::ErrorKind,
    },
}

impl PostError {
    fn io(path: &Utf8Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), kind: error.kind() }
    }
}
