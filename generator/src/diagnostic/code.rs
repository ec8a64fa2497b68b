//! The codes: one name for the rule, its message, its fixture and its heading in the guide.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No site is built.
    Error,
    /// The site is built.
    Warning,
}

impl Severity {
    /// The word in machine output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }

    pub(super) fn message_id(self) -> &'static str {
        match self {
            Self::Error => "severity-error",
            Self::Warning => "severity-warning",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $severity:ident $text:literal,)+) => {
        /// What a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the guide.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as it is printed; also the id of its message.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }

            /// Whether the rule stops a build.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    // Files
    /// A file that must be there is not.
    FileMissing = Error "file-missing",
    /// The system does not let us read the file.
    FileUnreadable = Error "file-unreadable",
    /// The file is larger than the bound of its kind.
    FileTooBig = Error "file-too-big",
    /// A text file is not UTF-8.
    FileNotUtf8 = Error "file-not-utf8",
    /// A symbolic link stands where a file or folder should.
    FileIsLink = Error "file-is-link",
    /// A file or folder has a name that cannot be part of an address.
    FileName = Error "file-name",
    /// Two names differ in capital and small letters alone.
    FileCase = Error "file-case",
    /// Nothing reads this file.
    FileUnused = Warning "file-unused",

    // YAML
    /// The text is not YAML.
    YamlBroken = Error "yaml-broken",
    /// The text uses a part of YAML that our files do without.
    YamlUnsupported = Error "yaml-unsupported",
    /// A key stands twice in a map.
    YamlDuplicateKey = Error "yaml-duplicate-key",

    // Keys and values
    /// A key that the format does not have.
    UnknownKey = Error "unknown-key",
    /// A key that must be there is not.
    MissingKey = Error "missing-key",
    /// A list where a text should be, and the like.
    WrongType = Error "wrong-type",
    /// A word outside a closed list.
    UnknownValue = Error "unknown-value",
    /// A list that must hold something is empty.
    ListEmpty = Error "list-empty",
    /// A number outside its range.
    NumberRange = Error "number-range",
    /// A text is empty, or longer than its bound.
    TextLength = Error "text-length",
    /// A text that is not a slug.
    SlugForm = Error "slug-form",
    /// A text that is not an absolute address.
    AddressForm = Error "address-form",
    /// A text that is not a mail address.
    EmailForm = Error "email-form",
    /// A text that is not a date, or not a moment with a zone.
    DateForm = Error "date-form",
    /// A text that is not an ISO 8601 duration.
    DurationForm = Error "duration-form",
    /// A text that is not an award id.
    AwardIdForm = Error "award-id-form",
    /// A text that is not a language tag.
    LanguageForm = Error "language-form",
    /// A language that the site does not have.
    UnknownLanguage = Error "unknown-language",
    /// A text lacks the default language.
    LanguageMissing = Error "language-missing",
    /// A text lacks a language that its page is published in.
    TranslationMissing = Warning "translation-missing",

    // accolade.yaml
    /// `base_url` is not an address that every validator can fetch.
    BaseUrlForm = Error "base-url-form",
    /// Sealed awards name an address that the settings do not.
    BaseUrlAbandoned = Error "base-url-abandoned",
    /// The file is written for another version of the format.
    FormatVersion = Error "format-version",
    /// The theme's folder does not exist.
    UnknownTheme = Error "unknown-theme",

    // Issuers and keys
    /// No issuer of this name.
    UnknownIssuer = Error "unknown-issuer",
    /// A key file whose name is not `k1`, `k2` …
    KeyName = Error "key-name",
    /// The text is not an Ed25519 public key.
    KeyForm = Error "key-form",
    /// The key that should introduce this one is not there.
    KeyIntroducer = Error "key-introducer",
    /// A key ends before it begins.
    KeyDates = Error "key-dates",
    /// The same public key stands in two files.
    KeyShared = Error "key-shared",
    /// A public key is gone, or another one stands in its place.
    KeyRemoved = Error "key-removed",
    /// A key that was given up as compromised is good again.
    KeyRestored = Error "key-restored",

    // Classes
    /// A frozen version differs from the working files that claim its number.
    FrozenVersionChanged = Error "frozen-version-changed",
    /// Sealed awards name a version that was not kept.
    FrozenVersionMissing = Error "frozen-version-missing",
    /// The working version is older than a frozen one.
    ClassVersionBehind = Error "class-version-behind",
    /// A frozen version does not say what its sealed credentials say.
    FrozenVersionDisagrees = Error "frozen-version-disagrees",
    /// A file of a frozen version is not what it was.
    FrozenFileChanged = Error "frozen-file-changed",
    /// No framework of this name.
    UnknownFramework = Error "unknown-framework",
    /// The framework has no such code.
    UnknownFrameworkCode = Error "unknown-framework-code",
    /// Two things in one list have the same id.
    DuplicateId = Error "duplicate-id",

    // Criteria and levels
    /// More items are demanded than there are.
    CriteriaTooMany = Error "criteria-too-many",
    /// An award names an item that the class does not have.
    UnknownCriterion = Error "unknown-criterion",
    /// An award met fewer items than the class demands.
    CriteriaTooFew = Error "criteria-too-few",
    /// The class has a scale and the award names no level.
    LevelRequired = Error "level-required",
    /// The award names a level and the class has no scale.
    LevelForbidden = Error "level-forbidden",
    /// A level wants one first that is not an earlier one of the scale.
    LevelRequires = Error "level-requires",
    /// A class points to a page of the site that is not there.
    UnknownPage = Error "unknown-page",
    /// The class has no such level.
    UnknownLevel = Error "unknown-level",

    // Pictures
    /// The picture's file does not exist.
    ImageMissing = Error "image-missing",
    /// The file is neither PNG nor SVG.
    ImageUnknown = Error "image-unknown",
    /// A picture without words for those who do not see it.
    ImageWithoutAlt = Error "image-without-alt",
    /// The picture is not square.
    ImageNotSquare = Error "image-not-square",
    /// The picture is smaller or larger than bags take.
    ImageSize = Error "image-size",
    /// The drawing holds something that a picture must not hold.
    ImageUnsafe = Error "image-unsafe",
    /// The drawing holds letters, which need a font to become pixels.
    ImageText = Error "image-text",
    /// A colour that is none.
    ColourForm = Error "colour-form",
    /// What is drawn on a badge cannot be told from its ground.
    DesignContrast = Error "design-contrast",
    /// The text on a badge has letters that the bundled face lacks.
    DesignLetters = Error "design-letters",
    /// The text on a badge is too long to be read.
    DesignText = Error "design-text",

    // Awards
    /// No class of this name.
    UnknownClass = Error "unknown-class",
    /// The class has no such version.
    UnknownVersion = Error "unknown-version",
    /// The class is not written in this language.
    ClassLanguage = Error "class-language",
    /// Two files are the same award.
    DuplicateAward = Error "duplicate-award",
    /// No award of this id.
    UnknownAward = Error "unknown-award",
    /// An award ends before it begins.
    ExpiresBeforeAwarded = Error "expires-before-awarded",
    /// A recipient's hash or salt is not of the form that is sealed.
    RecipientForm = Error "recipient-form",
    /// A piece of evidence says nothing, or is not a plain file name.
    EvidenceForm = Error "evidence-form",
    /// An evidence file does not exist.
    EvidenceMissing = Error "evidence-missing",
    /// A picture among the evidence has no words for those who do not see it.
    EvidenceWithoutAlt = Error "evidence-without-alt",
    /// The decision behind a sealed award was changed.
    AwardChanged = Error "award-changed",
    /// A file of evidence of a sealed award is not what it was.
    EvidenceChanged = Error "evidence-changed",
    /// An award waits for its seal.
    AwardUnsealed = Warning "award-unsealed",
    /// A draft has the name of an award that was made from another one.
    DraftNameTaken = Error "draft-name-taken",
    /// A file among the drafts that no ending makes a draft.
    DraftEnding = Error "draft-ending",

    // Sealed files
    /// A sealed file without the event it seals.
    SealedWithoutEvent = Error "sealed-without-event",
    /// A sealed file is not the JSON it should be.
    SealedBroken = Error "sealed-broken",
    /// A sealed credential says something else than its event.
    SealedDisagrees = Error "sealed-disagrees",
    /// A sealed file was changed, or was signed with a key that the issuer does not have.
    SealedProof = Error "sealed-proof",
    /// A sealed file that was published is gone.
    SealedMissing = Error "sealed-missing",
    /// A sealed file is not what it was.
    SealedChanged = Error "sealed-changed",
    /// Two awards share a place in the issuer's list.
    StatusIndexShared = Error "status-index-shared",
    /// The sealed list belongs to another issuer.
    StatusListForeign = Error "status-list-foreign",
    /// The sealed list is missing though sealed awards point to it.
    StatusListMissing = Error "status-list-missing",
    /// The list takes a withdrawal back.
    StatusBitCleared = Error "status-bit-cleared",
    /// The list is no newer than the one it follows.
    StatusListOlder = Error "status-list-older",
    /// A withdrawal waits for its seal.
    RevocationUnsealed = Warning "revocation-unsealed",
    /// The sealed list withdraws an award that no file withdraws.
    RevocationMissing = Error "revocation-missing",

    // Withdrawn and forgotten
    /// An award is both there and forgotten.
    TombstoneAndAward = Error "tombstone-and-award",

    /// A tombstone is gone.
    TombstoneRemoved = Error "tombstone-removed",

    // Pages and addresses
    /// A page does not begin with its front matter.
    FrontMatterMissing = Error "front-matter-missing",
    /// A line of the ledger is not a path.
    LedgerLine = Error "ledger-line",
    /// A line of the ledger is gone.
    LedgerLineRemoved = Error "ledger-line-removed",
    /// A published address would vanish.
    UrlVanished = Error "url-vanished",

    // What must not be public
    /// A mail address stands in the public tree.
    EmailInPublicTree = Error "email-in-public-tree",
    /// The register lies where a commit would publish it.
    RegisterInPublicTree = Error "register-in-public-tree",
    /// A private key stands in the public tree.
    PrivateKeyInTree = Error "private-key-in-tree",
}

impl Code {
    /// Whether the place may be shown with its text. A secret would be repeated in logs, which may be public.
    #[must_use]
    pub fn shows_excerpt(self) -> bool {
        !matches!(self, Self::EmailInPublicTree | Self::PrivateKeyInTree)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Lang, Slug};
    use crate::words::{PROGRAM_LANGUAGES, Words};

    #[test]
    fn every_code_is_kebab_case_and_used_once() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(texts.iter().all(|text| Slug::parse(text).is_some()), "{texts:?}");
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
    }

    #[test]
    fn every_code_has_its_words_in_every_language_of_the_program() {
        for language in PROGRAM_LANGUAGES {
            let words = Words::of_program(&Lang::parse(language).unwrap());
            for code in Code::ALL {
                for part in ["", ".why"] {
                    let id = format!("{code}{part}");
                    assert!(words.has(&id), "messages/{language} lack `{id}`");
                }
            }
        }
    }
}
