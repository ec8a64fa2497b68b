//! Opening the next version of a class: the class and its criteria go on as they stand, under the next number.
//!
//! Whoever changes the words of a badge that was awarded is told by `check` that they may not; and then has the new words in
//! the working files already. So nothing here needs a repository without mistakes, and nothing but the number is written.

use camino::Utf8PathBuf;

use crate::load::{ReadError, Sources, yaml};
use crate::site::Slug;
use crate::spelling;

/// The highest number of a version.
const VERSION_MAX: u32 = 9_999;

/// A next version that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The class.
    pub class: Slug,
    /// The version that stays as it is.
    pub from: u32,
    /// The one that begins.
    pub to: u32,
    /// `badges/classes/<slug>/badge.yaml`.
    pub file: Utf8PathBuf,
    /// Its text with the new number; every other byte is as it was.
    pub text: String,
}

/// Finds the next version of `class`.
///
/// # Errors
/// [`VersionError`].
pub fn open(sources: &Sources, class: &str) -> Result<Opening, VersionError> {
    let classes = sources.folders_in("badges/classes/");
    let slug = Slug::parse(class).filter(|slug| classes.contains(slug.as_str()));
    let Some(slug) = slug else {
        return Err(VersionError::UnknownClass {
            near: spelling::nearest(class, classes.iter().copied()).map(str::to_owned),
            known: classes.into_iter().map(str::to_owned).collect(),
        });
    };
    let file = Utf8PathBuf::from(format!("badges/classes/{slug}/badge.yaml"));
    let text =
        sources.text(&file).map_err(|error| VersionError::File { file: file.clone(), error })?;
    let (number, place) = number(&text).ok_or(VersionError::NoNumber { file: file.clone() })?;
    let frozen = sources.folders_in(&format!("badges/classes/{slug}/versions/"));
    let last = frozen.iter().filter_map(|name| name.parse().ok()).max().unwrap_or(0_u32);
    if number > last {
        return Err(VersionError::NotAwarded { class: slug, number });
    }
    if last >= VERSION_MAX {
        return Err(VersionError::TooMany);
    }
    let to = last + 1;
    let (before, after) = (text.get(..place.0), text.get(place.1..));
    let text = format!("{}{to}{}", before.unwrap_or_default(), after.unwrap_or_default());
    Ok(Opening { class: slug, from: last, to, file, text })
}

/// The number in a `badge.yaml`, and where it is written.
fn number(text: &str) -> Option<(u32, (usize, usize))> {
    let root = yaml::parse(text).ok()?;
    let value = &root.get("version")?.value;
    let number = value.scalar()?.parse().ok()?;
    let start = usize::try_from(value.span.start).ok()?;
    let end = usize::try_from(value.span.end).ok()?;
    // A number in quotes is none, and `check` says so.
    (text.get(start..end)? == value.scalar()?).then_some((number, (start, end)))
}

/// Why no version is opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VersionError {
    /// No such folder.
    #[error("there is no such class")]
    UnknownClass {
        /// The one that was probably meant.
        near: Option<String>,
        /// The classes there are.
        known: Vec<String>,
    },
    /// `badge.yaml` cannot be read.
    #[error("`{file}`: {error}")]
    File {
        /// Which.
        file: Utf8PathBuf,
        /// Why.
        error: ReadError,
    },
    /// `badge.yaml` has no number that can be read.
    #[error("`{file}` has no `version:` with a number")]
    NoNumber {
        /// Which.
        file: Utf8PathBuf,
    },
    /// Nobody has it, so it may change.
    #[error("version {number} of `{class}` was never awarded")]
    NotAwarded {
        /// Which.
        class: Slug,
        /// The version.
        number: u32,
    },
    /// A class that changed ten thousand times is several classes.
    #[error("there are too many versions")]
    TooMany,
}
