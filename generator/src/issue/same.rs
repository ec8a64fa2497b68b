//! Whether an award was made before: the same class version, level, recipient and day is the same award.
//!
//! A command that is run twice, or a list that is imported again, must not make a second badge.

use openbadges::recipient::{Claim, Identity};
use openbadges::time::Timestamp;

use super::award::To;
use crate::id::AwardId;
use crate::site::{self, Class, Recipient, Site};

/// Reads the recipient of a sealed award. `None` when it cannot be read: then it is not the same.
pub type Sealed<'a> = dyn Fn(&site::Award) -> Option<Recipient> + 'a;

/// What is to be awarded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Award<'a> {
    pub(super) class: &'a Class,
    pub(super) version: u32,
    pub(super) level: Option<u8>,
    pub(super) awarded: Timestamp,
    pub(super) to: &'a To,
}

/// The award that is already there.
pub(super) fn find(wanted: &Award<'_>, site: &Site, sealed: &Sealed<'_>) -> Option<AwardId> {
    // Nobody in particular is never the same person twice.
    if *wanted.to == To::Nobody {
        return None;
    }
    let day = wanted.awarded.date();
    let pending = site.pending.iter().find(|event| {
        event.class == wanted.class.slug
            && event.version == wanted.version
            && event.level == wanted.level
            && event.awarded.date() == day
            && is_to(wanted.to, &event.recipient)
    });
    if let Some(event) = pending {
        return Some(event.id);
    }
    let class_of = |award: &site::Award| {
        let index = usize::try_from(award.class).ok()?;
        site.classes.get(index).map(|class| &class.slug)
    };
    let found = site.awards.iter().find(|award| {
        class_of(award) == Some(&wanted.class.slug)
            && award.version == wanted.version
            && award.level == wanted.level
            && award.awarded.date() == day
            && sealed(award).is_some_and(|recipient| is_to(wanted.to, &recipient))
    });
    found.map(|award| award.id)
}

/// An address is hashed again with the salt of each award: that is the only way to compare it.
fn is_to(to: &To, recipient: &Recipient) -> bool {
    match (to, recipient) {
        (To::Email(email), Recipient::Email { hash, salt }) => {
            let claim = Claim::new(true, hash, Some(salt));
            let identity = Identity::email(email);
            identity.is_ok_and(|identity| claim.is_ok_and(|claim| identity.matches(&claim)))
        }
        (To::Did(did), Recipient::Did(other)) => did == other,
        (To::Url(url), Recipient::Url(other)) => url == other,
        _ => false,
    }
}
