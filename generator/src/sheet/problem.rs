//! What is wrong in a spreadsheet: where, what is written there, and what to do. Words come last.

use crate::issue::email;
use crate::words::{Arg, Words};

macro_rules! wrongs {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// What is wrong. The message of the same name says it, and its attribute `.help` what to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Wrong {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Wrong {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code, also the id of the message.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

wrongs! {
    // The file
    /// A workbook, a picture: no text.
    NotText = "csv-not-text",
    /// More bytes than a list of people has.
    TooBig = "csv-too-big",
    /// More rows than one command awards.
    TooManyRows = "csv-too-many-rows",
    /// No row of people.
    Empty = "csv-empty",
    /// A quotation mark is opened and never closed.
    OpenQuote = "csv-open-quote",
    /// A header that is nearly one of ours.
    Header = "csv-header",
    /// Two columns of one meaning.
    HeaderTwice = "csv-header-twice",
    /// Neither a column of addresses nor one of ids.
    NoPersonColumn = "csv-no-person-column",
    // A row
    /// A row has more cells than there are headers.
    Cells = "csv-cells",
    /// A cell is too long.
    CellLong = "csv-cell-long",
    /// A cell of one line has several.
    Lines = "csv-lines",
    /// A cell holds an invisible character.
    Control = "csv-control",
    /// Neither an address nor an id.
    NoPerson = "csv-no-person",
    /// The address is none.
    Email = "csv-email",
    /// The same person in two rows.
    Twice = "csv-twice",
    /// The text is no date.
    Date = "csv-date",
    /// No calendar has this day.
    DateNone = "csv-date-none",
    /// The day is in the future.
    DateFuture = "csv-date-future",
    /// The end is before the beginning.
    DateOrder = "csv-date-order",
    /// The class has no such level.
    Level = "csv-level",
    /// The class has levels, and the row names none.
    LevelMissing = "csv-level-missing",
    /// The class has no levels.
    LevelNone = "csv-level-none",
    /// The person does not have the level that is wanted first.
    Earlier = "csv-earlier",
    /// Nobody can tell whether the person has the level that is wanted first.
    EarlierUnknown = "csv-earlier-unknown",
    /// The class is not written in this language.
    Language = "csv-language",
    /// The class has no such criteria item.
    Criterion = "csv-criterion",
    /// No criteria item is named.
    CriteriaMissing = "csv-criteria-missing",
    /// Too few criteria items are met.
    CriteriaFew = "csv-criteria-few",
    /// No address on the web.
    Link = "csv-link",
    /// Not one of the three words.
    Visibility = "csv-visibility",
    /// Neither yes nor no.
    Consent = "csv-consent",
    /// A consent to show a name that is not there.
    ConsentNameless = "csv-consent-nameless",
    /// A text that would be published holds a mail address.
    AddressInText = "csv-address-in-text",
    /// An id or a name needs a register.
    Register = "csv-register",
    /// In a public repository the hash of an address is public for ever.
    PublicHash = "csv-public-hash",
    /// Anything else that keeps an award from being made.
    Refused = "csv-refused",
}

/// Something in a spreadsheet that must change before anything is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub wrong: Wrong,
    /// The row as spreadsheets number them, the headers being row 1; nothing when the file as a whole is meant.
    pub row: Option<u32>,
    /// The header, as it is written.
    pub column: Option<String>,
    /// What is written there. Of names, addresses and ids only the shape: see [`email::shape`].
    pub value: Option<String>,
    /// What the message is told beside.
    pub args: Vec<(&'static str, Arg<'static>)>,
}

/// The longest piece of a cell that a message repeats, in characters.
const QUOTE_CHARS_MAX: usize = 60;

impl Problem {
    pub(crate) fn of_file(wrong: Wrong) -> Self {
        Self { wrong, row: None, column: None, value: None, args: Vec::new() }
    }

    pub(crate) fn of_row(wrong: Wrong, row: u32) -> Self {
        Self { row: Some(row), ..Self::of_file(wrong) }
    }

    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(quoted(column));
        self
    }

    /// What is written there, when it says nothing of a person.
    pub(crate) fn shows(mut self, value: &str) -> Self {
        self.value = Some(quoted(value));
        self
    }

    /// What is written there, when it does.
    pub(crate) fn hints_at(mut self, value: &str) -> Self {
        self.value = Some(email::shape(value));
        self
    }

    pub(crate) fn told(mut self, name: &'static str, arg: impl Into<Arg<'static>>) -> Self {
        self.args.push((name, arg.into()));
        self
    }

    /// What is wrong, in a sentence.
    #[must_use]
    pub fn message(&self, words: &Words) -> String {
        words.say(self.wrong.as_str(), &self.args)
    }

    /// What to do, in a sentence.
    #[must_use]
    pub fn remedy(&self, words: &Words) -> String {
        words.say(&format!("{}.help", self.wrong.as_str()), &self.args)
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = crate::plain::line(text).chars().take(QUOTE_CHARS_MAX).collect::<String>();
    if text.chars().nth(QUOTE_CHARS_MAX).is_some() {
        quoted.push('…');
    }
    quoted
}
