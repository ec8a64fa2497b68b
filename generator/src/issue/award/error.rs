//! Why there is no award.

use camino::Utf8PathBuf;
use openbadges::time::Timestamp;

use crate::id::AwardId;
use crate::issue::email::EmailProblem;
use crate::site::{Lang, Slug};

/// More pieces of evidence than a person reads.
pub(super) const EVIDENCE_MAX: usize = 32;

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TextOf {
    /// A name, hidden or shown.
    Name,
    /// A function held.
    Role,
    /// What was seen.
    Story,
    /// What a picture shows.
    Alt,
    /// The issuer's own id of the person.
    LocalId,
    /// Why a rule was lifted.
    Reason,
}

impl TextOf {
    /// The word that the messages `award-text-…` choose by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Story => "story",
            Self::Alt => "alt",
            Self::LocalId => "local-id",
            Self::Reason => "reason",
        }
    }

    /// How long it may be. A story is bounded as `check` bounds every text.
    #[must_use]
    pub const fn chars_max(self) -> usize {
        match self {
            Self::LocalId => 100,
            Self::Name | Self::Role => 200,
            Self::Alt | Self::Reason => 1_000,
            Self::Story => 5_000,
        }
    }

    /// Whether it may have several lines.
    #[must_use]
    pub const fn has_lines(self) -> bool {
        matches!(self, Self::Story)
    }
}

/// Why there is no award. The sentences for people are the messages `award-…`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AwardError {
    /// No such folder.
    #[error("there is no class `{class}` in `badges/classes/`")]
    UnknownClass {
        /// The slug that was typed.
        class: Slug,
        /// Those that are there.
        known: Vec<Slug>,
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
    /// The class wants an earlier level first, and the person does not have it.
    #[error("level {level} wants level {requires} first, and the person does not have it")]
    EarlierLevelMissing {
        /// The level that was asked for.
        level: u8,
        /// The level it wants first.
        requires: u8,
    },
    /// The class wants an earlier level first, and nobody can tell whether the person has it.
    #[error("level {level} wants level {requires} first; whether the person has it is not known")]
    EarlierLevelUnknown {
        /// The level that was asked for.
        level: u8,
        /// The level it wants first.
        requires: u8,
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
        /// Those it has.
        known: Vec<String>,
    },
    /// Nobody said which items were met.
    #[error("the class asks for {needed} of {known:?}, and none is named")]
    CriteriaMissing {
        /// How many are asked for.
        needed: usize,
        /// Its items.
        known: Vec<String>,
    },
    /// The rule of the class is not met.
    #[error("{met} criteria items are met, and the class asks for {needed}")]
    CriteriaTooFew {
        /// How many are met.
        met: usize,
        /// How many are asked for.
        needed: usize,
        /// Its items.
        known: Vec<String>,
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
    /// A picture among the evidence has no words.
    #[error("the picture `{file}` has no text for those who do not see it")]
    EvidenceWithoutAlt {
        /// The file.
        file: Utf8PathBuf,
    },
    /// A text of white space.
    #[error("a text is empty ({of:?})")]
    TextEmpty {
        /// What it is for.
        of: TextOf,
    },
    /// A text too long for a badge.
    #[error("a text of {chars} characters is longer than {} ({of:?})", of.chars_max())]
    TextTooLong {
        /// What it is for.
        of: TextOf,
        /// How long it is.
        chars: usize,
    },
    /// A character that is not seen: a control, or a mark that turns the direction of writing.
    #[error("a text holds the invisible character U+{:04X} ({of:?})", u32::from(*character))]
    TextControl {
        /// What it is for.
        of: TextOf,
        /// The character.
        character: char,
    },
    /// What is written into the public tree holds a mail address.
    #[error("a text that would be published holds a mail address")]
    AddressInText,
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
    /// The award it follows is of another class.
    #[error("{id} is an award of another class")]
    RenewsAnotherClass {
        /// The id that was typed.
        id: AwardId,
    },
    /// The award it follows is somebody else's.
    #[error("{id} is somebody else's award")]
    RenewsAnotherPerson {
        /// The id that was typed.
        id: AwardId,
    },
    /// The award it follows is younger.
    #[error("{id} was awarded later, at {awarded}")]
    RenewsALaterOne {
        /// The id that was typed.
        id: AwardId,
        /// Its date.
        awarded: Timestamp,
    },
    /// The text is no address. It is not repeated.
    #[error("this does not look like an e-mail address ({why:?})")]
    NotAnEmail {
        /// What it is.
        why: EmailProblem,
    },
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
