//! Who has an award already: whether it was made before, and whether an earlier level was.
//!
//! A command that is run twice, or a list that is imported again, must not make a second badge. An address is hashed in
//! every award with another salt, so a person is found by hashing the address again, or in the register, where there is
//! one. What can be compared in neither way is *unknown*, which is not *somebody else*.

use std::collections::BTreeMap;

use openbadges::recipient::{Claim, Identity};
use openbadges::time::Timestamp;

use super::award::{AwardRequest, To};
use crate::id::AwardId;
use crate::register;
use crate::site::{self, Class, Recipient, Site};

/// What is known of awards beside the [`Site`].
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Reads the recipient of a sealed award, which the site leaves on the disk. `None` when it cannot be read.
    pub sealed: &'a dyn Fn(&site::Award) -> Option<Recipient>,
    /// The register, when it is here.
    pub register: Option<&'a BTreeMap<AwardId, register::Entry>>,
}

impl std::fmt::Debug for Known<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("register", &self.register.is_some()).finish_non_exhaustive()
    }
}

/// Whether an award is this person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// Nothing both have can be compared.
    Unknown,
}

/// Somebody, as far as awards can be compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person<'a> {
    to: &'a To,
    /// Known to the register alone.
    contact: Option<&'a str>,
    local_id: Option<&'a str>,
}

impl<'a> Person<'a> {
    pub(super) fn of(request: &'a AwardRequest) -> Self {
        Self {
            to: &request.to,
            contact: request.contact.as_deref(),
            local_id: request.local_id.as_deref(),
        }
    }

    /// Whether the award for `recipient` is this person's. Where both have the issuer's own id it alone decides: a
    /// mailbox may be shared, and addresses change.
    pub(super) fn has(
        &self,
        recipient: Option<&Recipient>,
        entry: Option<&register::Entry>,
    ) -> Answer {
        if let (Some(mine), Some(theirs)) =
            (self.local_id, entry.and_then(|entry| entry.local_id.as_deref()))
        {
            return if mine == theirs { Answer::Yes } else { Answer::No };
        }
        let public = recipient.map_or(Answer::Unknown, |recipient| self.is_named_by(recipient));
        if public != Answer::Unknown {
            return public;
        }
        let mine = match self.to {
            To::Email(email) => Some(email.as_str()),
            To::Did(_) | To::Url(_) | To::Nobody => self.contact,
        };
        let theirs = entry.and_then(|entry| entry.email.as_deref());
        match (mine.map(Identity::email), theirs.map(Identity::email)) {
            (Some(Ok(mine)), Some(Ok(theirs))) if mine.as_str() == theirs.as_str() => Answer::Yes,
            (Some(Ok(_)), Some(Ok(_))) => Answer::No,
            _ => Answer::Unknown,
        }
    }

    fn is_named_by(&self, recipient: &Recipient) -> Answer {
        let is_same = match (self.to, recipient) {
            (To::Email(email), Recipient::Email { hash, salt }) => is_of(email, hash, salt),
            // The address is not in the new award, and may well be hashed in the earlier one.
            (To::Nobody, Recipient::Email { hash, salt }) => match self.contact {
                Some(contact) => is_of(contact, hash, salt),
                None => return Answer::Unknown,
            },
            (To::Did(did), Recipient::Did(other)) => did == other,
            (To::Url(url), Recipient::Url(other)) => url == other,
            _ => return Answer::Unknown,
        };
        if is_same { Answer::Yes } else { Answer::No }
    }
}

/// An address is hashed again with the salt of each award: that is the only way to compare it.
fn is_of(email: &str, hash: &str, salt: &str) -> bool {
    let claim = Claim::new(true, hash, Some(salt));
    let identity = Identity::email(email);
    identity.is_ok_and(|identity| claim.is_ok_and(|claim| identity.matches(&claim)))
}

/// An award of a class, sealed or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made<'a> {
    pub(super) id: AwardId,
    pub(super) version: u32,
    pub(super) level: Option<u8>,
    pub(super) awarded: Timestamp,
    from: From<'a>,
}

#[derive(Debug, Clone, Copy)]
enum From<'a> {
    Event(&'a Recipient),
    Sealed(&'a site::Award),
}

impl Made<'_> {
    /// Whether it is `person`'s.
    pub(super) fn is_of(&self, person: &Person<'_>, known: &Known<'_>) -> Answer {
        let entry = known.register.and_then(|entries| entries.get(&self.id));
        match self.from {
            From::Event(recipient) => person.has(Some(recipient), entry),
            From::Sealed(award) => person.has((known.sealed)(award).as_ref(), entry),
        }
    }
}

/// Every award of a class.
pub(super) fn of_class<'a>(class: &'a Class, site: &'a Site) -> impl Iterator<Item = Made<'a>> {
    let pending = site.pending.iter().filter(|event| event.class == class.slug);
    let pending = pending.map(|event| Made {
        id: event.id,
        version: event.version,
        level: event.level,
        awarded: event.awarded,
        from: From::Event(&event.recipient),
    });
    let is_of_class = |award: &&site::Award| {
        let at = usize::try_from(award.class).ok();
        at.and_then(|at| site.classes.get(at)).is_some_and(|other| other.slug == class.slug)
    };
    let sealed = site.awards.iter().filter(is_of_class).map(|award| Made {
        id: award.id,
        version: award.version,
        level: award.level,
        awarded: award.awarded,
        from: From::Sealed(award),
    });
    pending.chain(sealed)
}

/// What is to be awarded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) class: &'a Class,
    pub(super) version: u32,
    pub(super) level: Option<u8>,
    /// `None` when an award of any day is the same one.
    pub(super) day: Option<Timestamp>,
}

/// The award that is already there: the same class version, level and person, and the same day unless any will do.
pub(super) fn find(
    wanted: &Wanted<'_>,
    person: &Person<'_>,
    site: &Site,
    known: &Known<'_>,
) -> Option<AwardId> {
    // Nobody in particular is never the same person twice.
    if *person.to == To::Nobody && person.contact.is_none() && person.local_id.is_none() {
        return None;
    }
    let mut made = of_class(wanted.class, site).filter(|made| {
        made.version == wanted.version
            && made.level == wanted.level
            && wanted.day.is_none_or(|day| day.date() == made.awarded.date())
    });
    made.find(|made| made.is_of(person, known) == Answer::Yes).map(|made| made.id)
}

/// Whether `person` has a level of `class` that was not withdrawn, of any version.
pub(super) fn has_level(
    class: &Class,
    level: u8,
    person: &Person<'_>,
    site: &Site,
    known: &Known<'_>,
) -> Answer {
    let standing = of_class(class, site)
        .filter(|made| made.level == Some(level) && !site.revocations.contains_key(&made.id));
    let mut answer = Answer::No;
    for made in standing {
        match made.is_of(person, known) {
            Answer::Yes => return Answer::Yes,
            Answer::Unknown => answer = Answer::Unknown,
            Answer::No => {}
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Entry;

    fn hashed(email: &str) -> Recipient {
        let salt = openbadges::recipient::Salt::from_random([3; 16]);
        let hash =
            openbadges::recipient::RecipientHash::of(&Identity::email(email).unwrap(), &salt);
        Recipient::Email { hash: hash.to_string(), salt: salt.as_str().to_owned() }
    }

    fn entry(email: Option<&str>, local_id: Option<&str>) -> Entry {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Entry { email: owned(email), local_id: owned(local_id), ..Entry::default() }
    }

    #[test]
    fn a_person_is_known_by_address_or_by_the_issuers_own_id_and_else_not_known() {
        let opaque = Recipient::Opaque("urn:uuid:00000000-0000-4000-8000-000000000001".to_owned());
        let to = To::Email("A@b.example".to_owned());
        let by_mail = Person { to: &to, contact: None, local_id: None };
        let ours = Person { to: &To::Nobody, contact: None, local_id: Some("42") };
        let mailed = Person { to: &To::Nobody, contact: Some("a@b.example"), local_id: None };
        let a = hashed("a@b.example");
        for (person, recipient, entry, answer) in [
            (by_mail, &a, None, Answer::Yes),
            (by_mail, &hashed("c@b.example"), None, Answer::No),
            (by_mail, &opaque, None, Answer::Unknown),
            (by_mail, &opaque, Some(entry(Some("a@b.example"), None)), Answer::Yes),
            (by_mail, &opaque, Some(entry(None, Some("42"))), Answer::Unknown),
            (ours, &a, None, Answer::Unknown),
            (ours, &a, Some(entry(None, Some("42"))), Answer::Yes),
            (ours, &opaque, Some(entry(None, Some("43"))), Answer::No),
            (mailed, &a, None, Answer::Yes),
            (mailed, &opaque, None, Answer::Unknown),
            (mailed, &opaque, Some(entry(Some("c@b.example"), None)), Answer::No),
        ] {
            assert_eq!(person.has(Some(recipient), entry.as_ref()), answer, "{person:?} {entry:?}");
        }
        // A mailbox that two people share: the issuer's own id tells them apart, and follows one who moves.
        let sister = Person { to: &to, contact: None, local_id: Some("43") };
        assert_eq!(sister.has(Some(&a), Some(&entry(None, Some("42")))), Answer::No);
        assert_eq!(
            sister.has(Some(&hashed("old@b.example")), Some(&entry(None, Some("43")))),
            Answer::Yes
        );
        assert_eq!(by_mail.has(None, None), Answer::Unknown, "a sealed file that cannot be read");
    }
}
