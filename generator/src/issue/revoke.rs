//! Withdrawing an award: from what was asked for to a revocation, or to the reason why not. Nothing is written here.

use camino::Utf8PathBuf;
use openbadges::time::Timestamp;

use super::moment::When;
use crate::id::AwardId;
use crate::site::{Reason, Revocation, Settings, Site, Text};

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct RevokeRequest {
    /// Which award.
    pub award: AwardId,
    /// A neutral public reason; none by default.
    pub reason: Option<Reason>,
    /// A public note.
    pub note: Option<Text>,
    /// The award that takes its place.
    pub replaced_by: Option<AwardId>,
    /// Since when; now when absent.
    pub date: Option<When>,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub enum Withdrawal {
    /// A revocation that is not written yet.
    New {
        /// `badges/revocations/<id>.yaml`.
        file: Utf8PathBuf,
        /// What it says.
        revocation: Revocation,
    },
    /// It was withdrawn before. A revocation is final, so the first one stands.
    Already(Revocation),
}

/// Decides.
///
/// # Errors
/// [`RevokeError`] says what is wrong with the request.
pub fn decide(
    site: &Site,
    request: &RevokeRequest,
    now: Timestamp,
) -> Result<Withdrawal, RevokeError> {
    let id = request.award;
    if let Some(stone) = site.tombstones.get(&id) {
        return Err(RevokeError::Forgotten { id, date: stone.date });
    }
    let awarded = awarded(site, id).ok_or(RevokeError::UnknownAward { id })?;
    if let Some(revocation) = site.revocations.get(&id) {
        return Ok(Withdrawal::Already(revocation.clone()));
    }
    let date = match request.date {
        None => now,
        Some(when) => when.decided(now).ok_or(RevokeError::DateOutOfRange)?,
    };
    if date > now {
        return Err(RevokeError::InTheFuture { date });
    }
    if date < awarded {
        return Err(RevokeError::BeforeTheAward { date, awarded });
    }
    if let Some(other) = request.replaced_by
        && (other == id || self::awarded(site, other).is_none())
    {
        return Err(RevokeError::ReplacedByNothing { id: other });
    }
    Ok(Withdrawal::New {
        file: Utf8PathBuf::from(format!("badges/revocations/{id}.yaml")),
        revocation: Revocation {
            date,
            reason: request.reason,
            note: request.note.clone(),
            replaced_by: request.replaced_by,
        },
    })
}

fn awarded(site: &Site, id: AwardId) -> Option<Timestamp> {
    let sealed = site.awards.iter().find(|award| award.id == id).map(|award| award.awarded);
    sealed.or_else(|| site.pending.iter().find(|event| event.id == id).map(|event| event.awarded))
}

/// The award a person means: its id, or any address below its page, on this site or where it was published before.
#[must_use]
pub fn award_named(text: &str, settings: &Settings) -> Option<AwardId> {
    if let Some(id) = AwardId::parse(text) {
        return Some(id);
    }
    let bases = std::iter::once(&settings.base_url).chain(&settings.former_base_urls);
    bases.into_iter().find_map(|base| {
        let below = text.strip_prefix(base.as_str())?.strip_prefix('/')?;
        AwardId::parse(below.strip_prefix("a/")?.split(['/', '#', '?']).next()?)
    })
}

/// Why nothing is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RevokeError {
    /// No such award.
    #[error("there is no award {id}")]
    UnknownAward {
        /// The id that was typed.
        id: AwardId,
    },
    /// There is nothing left of it to withdraw; its bit is set.
    #[error("{id} was forgotten on {date}")]
    Forgotten {
        /// The id that was typed.
        id: AwardId,
        /// Since when.
        date: Timestamp,
    },
    /// A date that no calendar has.
    #[error("the date is out of range")]
    DateOutOfRange,
    /// A status list tells of now, never of tomorrow.
    #[error("{date} is in the future")]
    InTheFuture {
        /// The date.
        date: Timestamp,
    },
    /// It cannot be withdrawn before it was given.
    #[error("{date} is before the award of {awarded}")]
    BeforeTheAward {
        /// The date.
        date: Timestamp,
        /// When it was awarded.
        awarded: Timestamp,
    },
    /// The award that takes its place is not here, or is the same one.
    #[error("there is no other award {id}")]
    ReplacedByNothing {
        /// The id that was typed.
        id: AwardId,
    },
}

#[cfg(test)]
mod tests {
    use openbadges::iri::BaseUrl;

    use super::*;
    use crate::example::{award, event, id, moment, site};

    const NOW: &str = "2026-08-01T10:00:00Z";

    fn request(number: u8) -> RevokeRequest {
        RevokeRequest { award: id(number), reason: None, note: None, replaced_by: None, date: None }
    }

    fn issuer() -> Site {
        let mut site = site();
        site.awards.push(award(1, 5));
        site.pending.push(event(2));
        site
    }

    fn refused(request: &RevokeRequest) -> RevokeError {
        decide(&issuer(), request, moment(NOW)).unwrap_err()
    }

    #[test]
    fn an_award_is_withdrawn_once_and_without_a_reason_unless_one_is_given() {
        let mut site = issuer();
        let decided = decide(&site, &request(1), moment(NOW)).unwrap();
        let Withdrawal::New { file, revocation } = decided else { panic!("{decided:?}") };
        assert_eq!(file, format!("badges/revocations/{}.yaml", id(1)));
        assert_eq!((revocation.date, revocation.reason), (moment(NOW), None));
        site.revocations.insert(id(1), revocation);
        let again = RevokeRequest { reason: Some(Reason::Error), ..request(1) };
        let decided = decide(&site, &again, moment("2026-08-02T10:00:00Z")).unwrap();
        let Withdrawal::Already(first) = decided else { panic!("{decided:?}") };
        assert_eq!((first.date, first.reason), (moment(NOW), None));
        // One that waits to be sealed can be withdrawn as well: it may be sealed on another branch.
        assert!(matches!(decide(&site, &request(2), moment(NOW)), Ok(Withdrawal::New { .. })));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(refused(&request(9)), RevokeError::UnknownAward { id: id(9) });
        let at = |date: &str| RevokeRequest { date: When::parse(date), ..request(1) };
        let date = moment("2026-08-02T00:00:00Z");
        assert_eq!(refused(&at("2026-08-02")), RevokeError::InTheFuture { date });
        let (date, awarded) = (moment("2026-03-12T00:00:00Z"), moment("2026-03-12T09:00:00Z"));
        let early = refused(&at("2026-03-12"));
        assert_eq!(early, RevokeError::BeforeTheAward { date, awarded });
        for other in [1, 9] {
            let replaced = RevokeRequest { replaced_by: Some(id(other)), ..request(1) };
            assert_eq!(refused(&replaced), RevokeError::ReplacedByNothing { id: id(other) });
        }
        let replaced = RevokeRequest { replaced_by: Some(id(2)), ..request(1) };
        assert!(decide(&issuer(), &replaced, moment(NOW)).is_ok());
    }

    #[test]
    fn an_award_is_named_by_its_id_or_by_any_address_of_it() {
        let mut site = site();
        site.settings.former_base_urls =
            vec![BaseUrl::parse("https://club.example/badges").unwrap()];
        let text = id(1).text();
        for named in [
            text.clone(),
            format!("https://badges.example/a/{text}"),
            format!("https://badges.example/a/{text}/"),
            format!("https://badges.example/a/{text}/badge.png"),
            format!("https://badges.example/a/{text}/#n=%C3%98&s=abc"),
            format!("https://club.example/badges/a/{text}/credential.json"),
        ] {
            assert_eq!(award_named(&named, &site.settings), Some(id(1)), "{named}");
        }
        for other in [
            format!("https://badges.example.evil.example/a/{text}/"),
            format!("https://badges.example/b/{text}/"),
            format!("https://badges.example/a/{text}x/"),
            format!("http://badges.example/a/{text}/"),
            text.to_uppercase(),
        ] {
            assert_eq!(award_named(&other, &site.settings), None, "{other}");
        }
    }
}
