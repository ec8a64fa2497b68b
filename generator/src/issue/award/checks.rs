//! What is asked for, held against the class and the site: one function for each thing that can be wrong.

use std::collections::BTreeSet;

use camino::Utf8Path;
use openbadges::iri::Iri;
use openbadges::time::Timestamp;

use super::error::{AwardError, EVIDENCE_MAX, TextOf};
use super::{AwardRequest, EvidenceRequest, To};
use crate::check;
use crate::issue::duration::Duration;
use crate::issue::email;
use crate::issue::event::award_file;
use crate::issue::same::{self, Answer, Known, Person};
use crate::site::{AwardEvent, Class, ClassVersion, Lang, Repository, Site, Slug};

pub(super) fn class<'a>(slug: &Slug, site: &'a Site) -> Result<&'a Class, AwardError> {
    let found = site.classes.iter().find(|class| class.slug == *slug);
    found.ok_or_else(|| AwardError::UnknownClass {
        class: slug.clone(),
        known: site.classes.iter().map(|class| class.slug.clone()).collect(),
    })
}

pub(super) fn level(level: Option<u8>, version: &ClassVersion) -> Result<Option<u8>, AwardError> {
    let levels = || version.levels.iter().map(|level| level.id).collect();
    match level {
        None if version.levels.is_empty() => Ok(None),
        None => Err(AwardError::LevelMissing { levels: levels() }),
        Some(level) if version.level(level).is_some() => Ok(Some(level)),
        Some(level) => Err(AwardError::LevelUnknown { level, levels: levels() }),
    }
}

/// The level that the class wants first, unless somebody says why not.
pub(super) fn earlier_level(
    request: &AwardRequest,
    class: &Class,
    site: &Site,
    known: &Known<'_>,
) -> Result<(), AwardError> {
    let Some((level, requires)) =
        request.level.and_then(|level| Some((level, *class.requires.get(&level)?)))
    else {
        return Ok(());
    };
    if request.override_reason.is_some() {
        return Ok(());
    }
    match same::has_level(class, requires, &Person::of(request), site, known) {
        Answer::Yes => Ok(()),
        Answer::No => Err(AwardError::EarlierLevelMissing { level, requires }),
        Answer::Unknown => Err(AwardError::EarlierLevelUnknown { level, requires }),
    }
}

pub(super) fn lang(
    lang: Option<&Lang>,
    version: &ClassVersion,
    site: &Site,
) -> Result<Lang, AwardError> {
    let lang = lang.unwrap_or_else(|| site.settings.default_lang());
    if version.criteria.contains_key(lang) {
        return Ok(lang.clone());
    }
    let langs = version.criteria.keys().cloned().collect();
    Err(AwardError::LangUnknown { lang: lang.clone(), langs })
}

fn items(version: &ClassVersion) -> Vec<String> {
    version.items.iter().map(|item| item.id.clone()).collect()
}

pub(super) fn known_criteria(met: &[String], version: &ClassVersion) -> Result<(), AwardError> {
    let is_known = |id: &&String| version.items.iter().any(|item| item.id == **id);
    met.iter().find(|id| !is_known(id)).map_or(Ok(()), |item| {
        Err(AwardError::CriteriaUnknown { item: item.clone(), known: items(version) })
    })
}

/// A class that lists items is awarded for those that were met, and for enough of them.
pub(super) fn criteria(met: &[String], version: &ClassVersion) -> Result<(), AwardError> {
    known_criteria(met, version)?;
    let known = || items(version);
    let needed = version.at_least.map_or(version.items.len(), |count| count as usize);
    let met: BTreeSet<&String> = met.iter().collect();
    if met.len() >= needed {
        Ok(())
    } else if met.is_empty() {
        Err(AwardError::CriteriaMissing { needed, known: known() })
    } else {
        Err(AwardError::CriteriaTooFew { met: met.len(), needed, known: known() })
    }
}

pub(super) fn evidence(evidence: &[EvidenceRequest]) -> Result<(), AwardError> {
    if evidence.len() > EVIDENCE_MAX {
        return Err(AwardError::EvidenceTooMuch { count: evidence.len() });
    }
    for url in evidence.iter().filter_map(|item| item.url.as_ref()) {
        if !is_https(url) {
            return Err(AwardError::NotAUrl { text: url.clone() });
        }
    }
    for item in evidence.iter().filter(|item| item.alt.is_none()) {
        let picture = item.file.as_ref().filter(|file| check::is_picture(Utf8Path::new(file)));
        if let Some(file) = picture {
            return Err(AwardError::EvidenceWithoutAlt { file: file.clone() });
        }
    }
    Ok(())
}

pub(super) fn texts(request: &AwardRequest) -> Result<(), AwardError> {
    let lone = [
        (TextOf::Name, &request.hidden_name),
        (TextOf::Name, &request.shown_name),
        (TextOf::Role, &request.role),
        (TextOf::LocalId, &request.local_id),
        (TextOf::Reason, &request.override_reason),
    ];
    for (of, words) in lone {
        words.as_deref().map_or(Ok(()), |words| text(words, of))?;
    }
    for item in &request.evidence {
        for (of, words) in [(TextOf::Story, &item.narrative), (TextOf::Alt, &item.alt)] {
            words
                .iter()
                .flat_map(|words| words.0.values())
                .try_for_each(|words| text(words, of))?;
        }
    }
    Ok(())
}

/// Whether a text can be written into a file and onto a page.
pub(super) fn text(text: &str, of: TextOf) -> Result<(), AwardError> {
    let chars = text.chars().count();
    if text.trim().is_empty() {
        return Err(AwardError::TextEmpty { of });
    }
    if chars > of.chars_max() {
        return Err(AwardError::TextTooLong { of, chars });
    }
    match text.chars().find(|c| is_stray(*c, of)) {
        Some(character) => Err(AwardError::TextControl { of, character }),
        None => Ok(()),
    }
}

/// Controls, line separators, and the marks that make a text read as another one. Where a text is compared with what
/// somebody types, anything that leaves no mark; but joiners, which names of some scripts are written with.
fn is_stray(c: char, of: TextOf) -> bool {
    let is_compared = matches!(of, TextOf::Name | TextOf::LocalId);
    let joins = matches!(c, '\u{200c}' | '\u{200d}') && of == TextOf::Name;
    let may_stand = of.has_lines() && matches!(c, '\n' | '\t');
    let has_no_width = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    email::is_unseen(c) && !may_stand && !joins && (is_compared || !has_no_width)
}

/// The rule of `check` about the public tree, before anything is in it.
pub(super) fn addresses(event: &AwardEvent) -> Result<(), AwardError> {
    if check::holds_email(&award_file(event)) { Err(AwardError::AddressInText) } else { Ok(()) }
}

pub(super) fn dates(
    request: &AwardRequest,
    version: &ClassVersion,
    now: Timestamp,
) -> Result<(Timestamp, Option<Timestamp>), AwardError> {
    let awarded = match request.date {
        None => now,
        Some(when) => when.decided(now).ok_or(AwardError::DateOutOfRange)?,
    };
    if awarded > now {
        return Err(AwardError::InTheFuture { awarded });
    }
    let expires = match (request.expires, &version.expires) {
        (Some(when), _) => Some(when.ends().ok_or(AwardError::DateOutOfRange)?),
        (None, Some(text)) => {
            let duration = Duration::parse(text).map_err(|_| AwardError::DateOutOfRange)?;
            Some(duration.end(awarded).ok_or(AwardError::DateOutOfRange)?)
        }
        (None, None) => None,
    };
    match expires {
        Some(end) if end <= awarded => {
            Err(AwardError::EndsBeforeItBegins { awarded, expires: end })
        }
        expires => Ok((awarded, expires)),
    }
}

/// The award that is followed: there, of this class, of this person as far as that can be told, and older.
pub(super) fn renewed(
    request: &AwardRequest,
    awarded: Timestamp,
    class: &Class,
    site: &Site,
    known: &Known<'_>,
) -> Result<(), AwardError> {
    let Some(id) = request.renews else { return Ok(()) };
    let Some(earlier) = same::of_class(class, site).find(|made| made.id == id) else {
        let sealed = site.awards.iter().any(|award| award.id == id);
        let is_there = sealed || site.pending.iter().any(|event| event.id == id);
        return Err(if is_there {
            AwardError::RenewsAnotherClass { id }
        } else {
            AwardError::RenewsNothing { id }
        });
    };
    if earlier.is_of(&Person::of(request), known) == Answer::No {
        return Err(AwardError::RenewsAnotherPerson { id });
    }
    if earlier.awarded > awarded {
        return Err(AwardError::RenewsALaterOne { id, awarded: earlier.awarded });
    }
    Ok(())
}

pub(super) fn recipient(request: &AwardRequest, site: &Site) -> Result<(), AwardError> {
    if let Some(contact) = &request.contact {
        email::parse(contact).map_err(|why| AwardError::NotAnEmail { why })?;
    }
    match &request.to {
        To::Email(address) => {
            email::parse(address).map_err(|why| AwardError::NotAnEmail { why })?;
            if site.settings.repository == Repository::Public && !request.public_hash {
                return Err(AwardError::PublicHash);
            }
            Ok(())
        }
        To::Did(did) if is_did(did) => Ok(()),
        To::Did(did) => Err(AwardError::NotADid { text: did.clone() }),
        To::Url(url) if is_https(url) => Ok(()),
        To::Url(url) => Err(AwardError::NotAUrl { text: url.clone() }),
        To::Nobody => Ok(()),
    }
}

fn is_https(text: &str) -> bool {
    text.starts_with("https://")
        && Iri::parse(text).is_ok()
        && url::Url::parse(text).is_ok_and(|url| url.domain().is_some())
}

/// Any method: a wallet brings its own, and nobody has to resolve it to compare it.
fn is_did(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let method_is_plain = |method: &str| {
        !method.is_empty() && method.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    parts.next() == Some("did")
        && parts.next().is_some_and(method_is_plain)
        && parts.next().is_some_and(|id| !id.is_empty() && !id.contains(['#', '?', '/']))
        && Iri::parse(text).is_ok()
}
