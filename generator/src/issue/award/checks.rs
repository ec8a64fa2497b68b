//! What is asked for, held against the class and the site: one function for each thing that can be wrong.

use std::collections::BTreeSet;

use openbadges::iri::Iri;
use openbadges::recipient::Identity;
use openbadges::time::Timestamp;

use super::error::{AwardError, EVIDENCE_MAX, TEXT_CHARS_MAX};
use super::{AwardRequest, EvidenceRequest, To};
use crate::id::AwardId;
use crate::issue::duration::Duration;
use crate::site::{ClassVersion, Lang, Repository, Site};

pub(super) fn level(level: Option<u8>, version: &ClassVersion) -> Result<Option<u8>, AwardError> {
    let levels = || version.levels.iter().map(|level| level.id).collect();
    match level {
        None if version.levels.is_empty() => Ok(None),
        None => Err(AwardError::LevelMissing { levels: levels() }),
        Some(level) if version.level(level).is_some() => Ok(Some(level)),
        Some(level) => Err(AwardError::LevelUnknown { level, levels: levels() }),
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

/// The rule of the class binds as soon as somebody says which items were met.
pub(super) fn criteria(met: &[String], version: &ClassVersion) -> Result<(), AwardError> {
    let known = |id: &String| version.items.iter().any(|item| item.id == *id);
    if let Some(item) = met.iter().find(|id| !known(id)) {
        return Err(AwardError::CriteriaUnknown { item: item.clone() });
    }
    let needed = version.at_least.map_or(version.items.len(), |count| count as usize);
    let met: BTreeSet<&String> = met.iter().collect();
    if !met.is_empty() && met.len() < needed {
        return Err(AwardError::CriteriaTooFew { met: met.len(), needed });
    }
    Ok(())
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
    Ok(())
}

pub(super) fn texts(request: &AwardRequest) -> Result<(), AwardError> {
    let names = [&request.hidden_name, &request.shown_name, &request.role];
    let stories = request.evidence.iter().flat_map(|item| [&item.narrative, &item.alt]).flatten();
    let mut texts = names.into_iter().flatten().chain(stories.flat_map(|text| text.0.values()));
    match texts.find(|text| text.chars().count() > TEXT_CHARS_MAX || text.trim().is_empty()) {
        Some(text) if text.trim().is_empty() => Err(AwardError::TextEmpty),
        Some(text) => Err(AwardError::TextTooLong { chars: text.chars().count() }),
        None => Ok(()),
    }
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

pub(super) fn renewed(renews: Option<AwardId>, site: &Site) -> Result<(), AwardError> {
    let Some(id) = renews else { return Ok(()) };
    let sealed = site.awards.iter().any(|award| award.id == id);
    let known = sealed || site.pending.iter().any(|event| event.id == id);
    if known { Ok(()) } else { Err(AwardError::RenewsNothing { id }) }
}

pub(super) fn recipient(request: &AwardRequest, site: &Site) -> Result<(), AwardError> {
    match &request.to {
        To::Email(email) => {
            Identity::email(email).map_err(|_| AwardError::NotAnEmail)?;
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
