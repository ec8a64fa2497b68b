//! Why there is no award.

use camino::Utf8PathBuf;
use openbadges::time::Timestamp;

use crate::id::AwardId;
use crate::site::{Lang, Slug};

/// More pieces of evidence than a person reads.
pub(super) const EVIDENCE_MAX: usize = 32;
/// A text longer than a page of a book is no note.
pub(super) const TEXT_CHARS_MAX: usize = 10_000;

/// Why there is no award. The sentences for people are the messages `award-…`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AwardError {
    /// No such folder.
    #[error("there is no class `{class}` in `badges/classes/`")]
    UnknownClass {
        /// The slug that was typed.
        class: Slug,
    },
    /// The class has a scale.
    #[error("the class has levels ({levels:?}), so the award names one")]
    LevelMissing {
        /// Its levels.
        levels: Vec<u8>,
    },
    /// The class has no such level, or no scale at all.
    #[error("the class has no level {level}; it has {levels:?}")]
    LevelUnknown {
        /// The level that was typed.
        level: u8,
        /// Its levels.
        levels: Vec<u8>,
    },
    /// The class is not written in this language.
    #[error("the class is not written in `{lang}`")]
    LangUnknown {
        /// The language that was asked for.
        lang: Lang,
        /// Those it is written in.
        langs: Vec<Lang>,
    },
    /// An item the class does not have.
    #[error("the class has no criteria item `{item}`")]
    CriteriaUnknown {
        /// The id that was typed.
        item: String,
    },
    /// The rule of the class is not met.
    #[error("{met} criteria items are met, and the class asks for {needed}")]
    CriteriaTooFew {
        /// How many are met.
        met: usize,
        /// How many are asked for.
        needed: usize,
    },
    /// Too many pieces of evidence.
    #[error("{count} pieces of evidence are more than {EVIDENCE_MAX}")]
    EvidenceTooMuch {
        /// How many there are.
        count: usize,
    },
    /// The name of an evidence file cannot be part of a URL.
    #[error("the name of `{file}` is not made of letters, digits, `.`, `_` and `-`")]
    EvidenceName {
        /// The file.
        file: Utf8PathBuf,
    },
    /// Two evidence files of one name.
    #[error("two evidence files are called `{name}`")]
    EvidenceTwice {
        /// The name.
        name: String,
    },
    /// A text of white space.
    #[error("a text is empty")]
    TextEmpty,
    /// A text too long for a badge.
    #[error("a text of {chars} characters is longer than {TEXT_CHARS_MAX}")]
    TextTooLong {
        /// How long it is.
        chars: usize,
    },
    /// A date that no calendar has, or beyond the year 9999.
    #[error("the date is out of range")]
    DateOutOfRange,
    /// Validators take a badge of tomorrow for an error (OB2-STAT-2).
    #[error("{awarded} is in the future")]
    InTheFuture {
        /// The date.
        awarded: Timestamp,
    },
    /// It would never have counted.
    #[error("the award ends at {expires}, not after it begins at {awarded}")]
    EndsBeforeItBegins {
        /// When it begins.
        awarded: Timestamp,
        /// When it ends.
        expires: Timestamp,
    },
    /// The award it follows is not here.
    #[error("there is no award {id} to renew")]
    RenewsNothing {
        /// The id that was typed.
        id: AwardId,
    },
    /// The text is no address.
    #[error("this does not look like an e-mail address")]
    NotAnEmail,
    /// In a public repository the hash of an address is public for ever.
    #[error("in a public repository the hash of an e-mail address is public for ever")]
    PublicHash,
    /// The text is no DID.
    #[error("`{text}` is not a DID")]
    NotADid {
        /// The text that was typed.
        text: String,
    },
    /// The text is no `https` address.
    #[error("`{text}` is not an `https://` address")]
    NotAUrl {
        /// The text that was typed.
        text: String,
    },
}
