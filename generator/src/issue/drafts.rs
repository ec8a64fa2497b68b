//! From a draft, which somebody wrote in a browser, to an event: the same decision as on the command line, made where badges
//! are sealed.
//!
//! The file is completed in its place and then renamed, so a killed command leaves either a draft or an award and never
//! both.

use camino::Utf8PathBuf;
use openbadges::time::Timestamp;

use super::award::{self, AwardError, AwardRequest, Decision, EvidenceRequest, To};
use super::event::award_file;
use super::files::{FileError, Files};
use super::moment::When;
use super::randomness::Randomness;
use super::same::Known;
use crate::check::draft_place;
use crate::id::AwardId;
use crate::site::{AwardEvent, Draft, Recipient, Site, Slug};

/// A draft that became an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The name its writer gave it.
    pub draft: Slug,
    /// The id that was drawn.
    pub id: AwardId,
    /// The address of its page.
    pub link: String,
}

/// Makes the event of `draft`, and puts it into its place.
///
/// # Errors
/// [`DraftError`]; the draft is then as it was, or complete and still in its place.
pub(super) fn number(
    draft: &Draft,
    site: &Site,
    files: &Files,
    known: &Known<'_>,
    now: Timestamp,
    random: &mut dyn Randomness,
) -> Result<(AwardEvent, Numbered), DraftError> {
    let refused = |problem| DraftError { file: draft.file.clone(), problem };
    let decided = award::decide(site, &request(draft), known, now, random);
    let award = match decided.map_err(|error| refused(DraftProblem::Award(error)))? {
        Decision::New(award) => *award,
        Decision::Same(id) => return Err(refused(DraftProblem::Same(id))),
    };
    let mut event = award.event;
    // What was written is kept: the day of the consent, and a recipient that needs nothing drawn.
    event.holder.clone_from(&draft.holder);
    if let Some(recipient) = &draft.recipient {
        event.recipient = recipient.clone();
    }
    event.file = draft_place(draft).join(format!("{}.yaml", event.id));
    let put = files
        .replace(&draft.file, award_file(&event).as_bytes())
        .and_then(|()| files.rename(&draft.file, &event.file));
    put.map_err(|error| refused(DraftProblem::File(error)))?;
    let numbered = Numbered { draft: draft.name.clone(), id: event.id, link: award.link };
    Ok((event, numbered))
}

fn request(draft: &Draft) -> AwardRequest {
    let to = match &draft.recipient {
        Some(Recipient::Did(did)) => To::Did(did.clone()),
        Some(Recipient::Url(url)) => To::Url(url.clone()),
        Some(Recipient::Email { .. } | Recipient::Opaque(_)) | None => To::Nobody,
    };
    let evidence = draft.evidence.iter().map(|seen| EvidenceRequest {
        narrative: seen.narrative.clone(),
        url: seen.url.clone(),
        file: None,
        genre: seen.genre.clone(),
        alt: seen.alt.clone(),
    });
    AwardRequest {
        level: draft.level,
        lang: draft.lang.clone(),
        shown_name: draft.holder.as_ref().map(|holder| holder.name.clone()),
        date: Some(When::Moment(draft.awarded)),
        expires: draft.expires.map(When::Moment),
        criteria_met: draft.criteria_met.clone(),
        role: draft.role.clone(),
        evidence: evidence.collect(),
        renews: draft.renews,
        visibility: draft.visibility,
        ..AwardRequest::new(draft.class.clone(), to)
    }
}

/// A draft that no award is made of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{file}`: {problem}")]
pub struct DraftError {
    /// The draft.
    pub file: Utf8PathBuf,
    /// Why.
    pub problem: DraftProblem,
}

/// Why no award is made of a draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DraftProblem {
    /// It asks for what `award` would refuse, too.
    #[error(transparent)]
    Award(AwardError),
    /// The same class version, level, recipient and day was awarded before.
    #[error("it is the award {0}")]
    Same(AwardId),
    /// Its file cannot be written or renamed.
    #[error(transparent)]
    File(FileError),
}

#[cfg(test)]
mod tests;
