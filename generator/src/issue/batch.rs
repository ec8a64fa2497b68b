//! A sheet of people against a repository: which rows would be awarded, which were already, and what is wrong with the
//! others. Nothing is written here; whoever writes does so only when no row is wrong.

use std::collections::BTreeMap;

use openbadges::time::Timestamp;

use super::award::{
    self, AwardError, AwardRequest, Decision, EvidenceRequest, NewAward, TextOf, To,
};
use super::desk::{AwardRefusal, Desk};
use super::email;
use super::randomness::Randomness;
use crate::id::AwardId;
use crate::sheet::cells::{self, NoDay};
use crate::sheet::columns::fold;
use crate::sheet::{Column, Problem, Row, Sheet, Wrong};
use crate::site::{ClassVersion, Lang, Repository, Text};

/// What becomes of the addresses in a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// A salted hash of each is in the badge.
    Hashed,
    /// They are for the register alone: the badge belongs to whoever holds its link.
    Kept,
}

/// A sheet that was read against a repository.
#[derive(Debug, Clone)]
pub struct Batch {
    /// One for each row without a problem, in the order of the sheet.
    pub rows: Vec<BatchRow>,
    /// What is wrong, in the order of the sheet. While there is anything, nothing is written.
    pub problems: Vec<Problem>,
}

impl Batch {
    /// The awards that would be written.
    pub fn ready(&self) -> impl Iterator<Item = &NewAward> {
        self.rows.iter().filter_map(|row| match &row.standing {
            RowStanding::Ready(award) => Some(award.as_ref()),
            RowStanding::Already(_) => None,
        })
    }
}

impl BatchRow {
    /// The award, made or to be made.
    #[must_use]
    pub fn id(&self) -> AwardId {
        match &self.standing {
            RowStanding::Ready(award) => award.event.id,
            RowStanding::Already(id) => *id,
        }
    }
}

/// A row without a problem.
#[derive(Debug, Clone)]
pub struct BatchRow {
    /// As spreadsheets number it.
    pub number: u32,
    /// The shape of the address or id.
    pub who: String,
    /// What would be done.
    pub standing: RowStanding,
}

/// What would be done for a row.
#[derive(Debug, Clone)]
pub enum RowStanding {
    /// This award would be written.
    Ready(Box<NewAward>),
    /// The person has it.
    Already(AwardId),
}

/// Reads the rows of `sheet`. `template` says what is not in the sheet; its recipient is not looked at.
///
/// # Errors
/// [`AwardRefusal`]: what is asked for all rows at once cannot be granted, or the register is there and cannot be read,
/// so that nobody knows who has what.
pub fn plan(
    sheet: &Sheet,
    template: &AwardRequest,
    addresses: Addresses,
    desk: &Desk,
    now: Timestamp,
    random: &mut dyn Randomness,
) -> Result<Batch, AwardRefusal> {
    award::of_everybody(desk.site(), template, now).map_err(AwardRefusal::Award)?;
    let class = desk.site().classes.iter().find(|class| class.slug == template.class);
    let reading =
        Reading { sheet, template, addresses, version: class.map(|it| it.current()), desk };
    let mut problems = reading.of_the_file();
    let mut rows = Vec::new();
    let mut seen = Seen::default();
    let mut ready = 0;
    for row in &sheet.rows {
        let before = problems.len();
        let request = reading.request(row, &mut problems);
        if let Some(first) = seen.find(&request, row.number) {
            problems.push(reading.about_person(Wrong::Twice, row).told("first", first));
        }
        if problems.len() > before {
            continue;
        }
        let decided = desk.decide(&request, now, random);
        match decided {
            Ok(decision) => rows.push(BatchRow {
                number: row.number,
                who: email::shape(reading.person(row).map_or("", |(_, text)| text)),
                standing: match decision {
                    Decision::New(mut award) => {
                        award.event.file = award::file(desk.site(), &award.event, ready);
                        ready += 1;
                        RowStanding::Ready(award)
                    }
                    Decision::Same(id) => RowStanding::Already(id),
                },
            }),
            // Said once, for the whole file.
            Err(AwardRefusal::Award(AwardError::PublicHash)) => {}
            Err(AwardRefusal::Award(error)) => problems.push(reading.refused(&error, row)),
            Err(error @ AwardRefusal::Register(_)) => return Err(error),
        }
    }
    Ok(Batch { rows, problems })
}

struct Reading<'a> {
    sheet: &'a Sheet,
    template: &'a AwardRequest,
    addresses: Addresses,
    /// The version that is awarded; nothing when there is no such class, which `decide` says.
    version: Option<&'a ClassVersion>,
    desk: &'a Desk,
}

impl<'a> Reading<'a> {
    /// What concerns every row is said once.
    fn of_the_file(&self) -> Vec<Problem> {
        let any = |column| self.sheet.rows.iter().any(|row| row.cell(column).is_some());
        let mut problems = Vec::new();
        let is_public = self.desk.site().settings.repository == Repository::Public;
        let hashes = self.addresses == Addresses::Hashed && any(Column::Email);
        if is_public && hashes && !self.template.public_hash {
            problems.push(Problem::of_file(Wrong::PublicHash));
        }
        let kept = self.addresses == Addresses::Kept && any(Column::Email);
        let needed = [Column::LocalId, Column::Name, Column::GivenName].into_iter().any(any);
        if (needed || kept) && self.desk.register().here().is_none() {
            let folder = match self.desk.register() {
                crate::register::Place::Absent(folder) => folder.to_string(),
                _ => String::new(),
            };
            let place = if folder.is_empty() { "none" } else { "absent" };
            let problem = Problem::of_file(Wrong::Register).told("place", place);
            problems.push(problem.told("folder", folder));
        }
        problems
    }

    fn header(&self, column: Column) -> &'a str {
        self.sheet.headers.get(&column).map_or("", String::as_str)
    }

    fn about(&self, wrong: Wrong, row: &Row, column: Column) -> Problem {
        let problem = Problem::of_row(wrong, row.number).in_column(self.header(column));
        let value = row.cell(column).unwrap_or_default();
        match column {
            Column::Email | Column::LocalId | Column::Name | Column::GivenName => {
                problem.hints_at(value)
            }
            _ => problem.shows(value),
        }
    }

    /// The cell that says who it is, and what it says.
    fn person<'r>(&self, row: &'r Row) -> Option<(Column, &'r str)> {
        let named = |column| row.cell(column).map(|text| (column, text));
        named(Column::Email).or_else(|| named(Column::LocalId))
    }

    fn about_person(&self, wrong: Wrong, row: &Row) -> Problem {
        let there = self.sheet.headers.contains_key(&Column::Email);
        let absent = if there { Column::Email } else { Column::LocalId };
        self.about(wrong, row, self.person(row).map_or(absent, |(column, _)| column))
    }

    /// What the row asks for. What it does not say is as the template has it.
    fn request(&self, row: &Row, problems: &mut Vec<Problem>) -> AwardRequest {
        let mut request = AwardRequest { to: To::Nobody, ..self.template.clone() };
        self.take_person(row, &mut request, problems);
        self.take_words(row, &mut request, problems);
        self.take_days(row, &mut request, problems);
        self.take_evidence(row, &mut request);
        request
    }

    fn take_person(&self, row: &Row, request: &mut AwardRequest, problems: &mut Vec<Problem>) {
        if self.person(row).is_none() {
            problems.push(self.about_person(Wrong::NoPerson, row));
        }
        if let Some(address) = row.cell(Column::Email) {
            if let Err(why) = email::parse(address) {
                let problem = self.about(Wrong::Email, row, Column::Email);
                problems.push(problem.told("why", why.word()).told("character", why.character()));
            }
            match self.addresses {
                Addresses::Hashed => request.to = To::Email(address.to_owned()),
                Addresses::Kept => request.contact = Some(address.to_owned()),
            }
        }
        request.local_id = row.cell(Column::LocalId).map(str::to_owned);
        let names = [row.cell(Column::GivenName), row.cell(Column::Name)];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = (!name.is_empty()).then_some(name);
        let consent = row.cell(Column::Consent).map(cells::yes);
        match consent {
            Some(None) => problems.push(self.about(Wrong::Consent, row, Column::Consent)),
            Some(Some(true)) if name.is_none() => {
                problems.push(self.about(Wrong::ConsentNameless, row, Column::Consent));
            }
            Some(Some(true)) => request.shown_name.clone_from(&name),
            Some(Some(false)) | None => {}
        }
        request.hidden_name = name;
    }

    fn take_words(&self, row: &Row, request: &mut AwardRequest, problems: &mut Vec<Problem>) {
        if let Some(text) = row.cell(Column::Level) {
            match self.level(text) {
                Some(level) => request.level = Some(level),
                None => problems.push(self.about_level(row)),
            }
        }
        if let (Some(text), Some(version)) = (row.cell(Column::Language), self.version) {
            match cells::language(text, version.criteria.keys()) {
                Some(lang) => request.lang = Some(lang.clone()),
                None => {
                    let known: Vec<&str> = version.criteria.keys().map(Lang::as_str).collect();
                    let problem = self.about(Wrong::Language, row, Column::Language);
                    problems.push(problem.told("known", known.join(", ")));
                }
            }
        }
        if let Some(text) = row.cell(Column::Visibility) {
            match cells::visibility(text) {
                Some(visibility) => request.visibility = Some(visibility),
                None => problems.push(self.about(Wrong::Visibility, row, Column::Visibility)),
            }
        }
        if let Some(text) = row.cell(Column::Role) {
            request.role = Some(text.to_owned());
        }
        if let Some(text) = row.cell(Column::Criteria) {
            request.criteria_met = cells::words(text).map(str::to_owned).collect();
        }
    }

    /// A level by number, or by name in any language; `Niveau 2` is 2.
    fn level(&self, text: &str) -> Option<u8> {
        let folded = fold(text);
        let bare = ["niveau", "level"].iter().find_map(|word| folded.strip_prefix(word));
        if let Ok(level) = bare.unwrap_or(&folded).parse() {
            // Whether the class has it is for `decide` to say.
            return Some(level);
        }
        let mut levels = self.version.iter().flat_map(|version| &version.levels);
        let is_named = |name: &String| fold(name) == folded;
        levels.find(|level| level.name.0.values().any(is_named)).map(|level| level.id)
    }

    fn about_level(&self, row: &Row) -> Problem {
        let levels = self.version.map(|version| version.levels.as_slice()).unwrap_or_default();
        let default = self.desk.site().settings.default_lang();
        let known: Vec<String> = levels
            .iter()
            .map(|level| format!("{} ({})", level.id, level.name.in_lang(default, default)))
            .collect();
        let wrong = if known.is_empty() { Wrong::LevelNone } else { Wrong::Level };
        self.about(wrong, row, Column::Level).told("known", known.join(", "))
    }

    fn take_days(&self, row: &Row, request: &mut AwardRequest, problems: &mut Vec<Problem>) {
        let mut day = |column| {
            let text = row.cell(column)?;
            let wrong = match cells::day(text) {
                Ok(when) => return Some(when),
                Err(NoDay::Form) => Wrong::Date,
                Err(NoDay::NotInTheCalendar) => Wrong::DateNone,
            };
            problems.push(self.about(wrong, row, column));
            None
        };
        request.date = day(Column::Date).or(request.date);
        request.expires = day(Column::Expires).or(request.expires);
        // Without a day, an award of any day is the same one: the sheet may be read again tomorrow.
        request.of_any_day = request.date.is_none();
    }

    fn take_evidence(&self, row: &Row, request: &mut AwardRequest) {
        let lang = request.lang.clone();
        let lang = lang.unwrap_or_else(|| self.desk.site().settings.default_lang().clone());
        let story = |text: &str| EvidenceRequest {
            narrative: Some(Text([(lang.clone(), text.to_owned())].into())),
            ..EvidenceRequest::default()
        };
        let link = |text: &str| EvidenceRequest {
            url: Some(text.to_owned()),
            ..EvidenceRequest::default()
        };
        request.evidence.extend(row.cell(Column::Story).map(story));
        if let Some(text) = row.cell(Column::Evidence) {
            request.evidence.push(if is_one_place(text) { link(text) } else { story(text) });
        }
        request.evidence.extend(row.cell(Column::Link).map(link));
    }

    /// Why `decide` refuses a row, said of the cell that is to be mended.
    fn refused(&self, error: &AwardError, row: &Row) -> Problem {
        let about = |wrong, column| self.about(wrong, row, column);
        let joined = |known: &[String]| known.join(", ");
        match error {
            AwardError::LevelMissing { .. } => {
                Problem { wrong: Wrong::LevelMissing, ..self.about_level(row) }
            }
            AwardError::LevelUnknown { .. } => self.about_level(row),
            AwardError::EarlierLevelMissing { level, requires } => {
                about(Wrong::Earlier, Column::Level)
                    .told("level", u32::from(*level))
                    .told("requires", u32::from(*requires))
            }
            AwardError::EarlierLevelUnknown { level, requires } => {
                about(Wrong::EarlierUnknown, Column::Level)
                    .told("level", u32::from(*level))
                    .told("requires", u32::from(*requires))
            }
            AwardError::CriteriaUnknown { item, known } => {
                let known = if known.is_empty() { "none".to_owned() } else { joined(known) };
                let item = crate::plain::line(item).into_owned();
                about(Wrong::Criterion, Column::Criteria).told("item", item).told("known", known)
            }
            AwardError::CriteriaMissing { needed, known } => {
                about(Wrong::CriteriaMissing, Column::Criteria)
                    .told("needed", *needed)
                    .told("known", joined(known))
            }
            AwardError::CriteriaTooFew { met, needed, known } => {
                about(Wrong::CriteriaFew, Column::Criteria)
                    .told("met", *met)
                    .told("needed", *needed)
                    .told("known", joined(known))
            }
            AwardError::InTheFuture { .. } => about(Wrong::DateFuture, Column::Date),
            AwardError::EndsBeforeItBegins { awarded, .. } => {
                about(Wrong::DateOrder, Column::Expires).told("awarded", awarded.date())
            }
            AwardError::NotAUrl { text } => {
                let in_link = row.cell(Column::Link) == Some(text.as_str());
                let column = if in_link { Column::Link } else { Column::Evidence };
                about(Wrong::Link, column)
            }
            AwardError::AddressInText => self.about_address(row),
            AwardError::TextControl { of, character } => {
                let code = format!("U+{:04X}", u32::from(*character));
                about(Wrong::Control, column_of(*of)).told("code", code)
            }
            AwardError::TextTooLong { of, chars } => about(Wrong::CellLong, column_of(*of))
                .told("chars", *chars)
                .told("max", of.chars_max()),
            AwardError::LangUnknown { langs, .. } => {
                let known: Vec<&str> = langs.iter().map(Lang::as_str).collect();
                about(Wrong::Language, Column::Language).told("known", known.join(", "))
            }
            AwardError::DateOutOfRange => about(Wrong::DateNone, Column::Date),
            other => Problem::of_row(Wrong::Refused, row.number).told("reason", other.to_string()),
        }
    }

    fn about_address(&self, row: &Row) -> Problem {
        let texts =
            [Column::Story, Column::Evidence, Column::Role, Column::Name, Column::GivenName];
        let holds = |column: &Column| row.cell(*column).is_some_and(crate::check::holds_email);
        let column = texts.into_iter().find(holds).unwrap_or(Column::Story);
        let problem = Problem::of_row(Wrong::AddressInText, row.number);
        problem.in_column(self.header(column)).hints_at(row.cell(column).unwrap_or_default())
    }
}

/// Whether a text is meant as an address or a file: `https://example.org/x`, `www.example.org`, `photo.jpg`. Only the
/// first can be evidence in a sheet, and none of them is a story.
fn is_one_place(text: &str) -> bool {
    let joins = |[before, mark, after]: &[char; 3]| {
        before.is_alphanumeric() && matches!(mark, '.' | '/' | '\\' | ':') && !after.is_whitespace()
    };
    let chars: Vec<char> = text.chars().collect();
    !text.contains(char::is_whitespace) && chars.array_windows().any(joins)
}

const fn column_of(of: TextOf) -> Column {
    match of {
        TextOf::Role => Column::Role,
        TextOf::LocalId => Column::LocalId,
        TextOf::Story | TextOf::Alt | TextOf::Reason => Column::Story,
        TextOf::Name => Column::Name,
    }
}

/// The people of the rows before, to notice one who is there twice.
#[derive(Default)]
struct Seen(BTreeMap<(Option<u8>, String), Vec<Earlier>>);

#[derive(Clone)]
struct Earlier {
    row: u32,
    local_id: Option<String>,
    day: Option<super::moment::When>,
}

impl Seen {
    /// The row before that would make the same award, if there is one. Where both have the issuer's own id it decides, as
    /// it does among awards that were made.
    fn find(&mut self, request: &AwardRequest, row: u32) -> Option<u32> {
        let address = match &request.to {
            To::Email(address) => Some(address),
            To::Did(_) | To::Url(_) | To::Nobody => request.contact.as_ref(),
        };
        let address = address.map(|address| format!("mail {}", address.to_lowercase()));
        let local_id = request.local_id.as_ref().map(|id| format!("id {id}"));
        let mine = Earlier { row, local_id: request.local_id.clone(), day: request.date };
        let mut first = None;
        for key in [address, local_id].into_iter().flatten() {
            let earlier = self.0.entry((request.level, key)).or_default();
            let found = earlier.iter().find(|other| other.is_same(&mine)).map(|other| other.row);
            first = first.or(found);
            earlier.push(mine.clone());
        }
        first
    }
}

impl Earlier {
    fn is_same(&self, other: &Self) -> bool {
        let same_day = self.day.is_none() || other.day.is_none() || self.day == other.day;
        let same_person = match (&self.local_id, &other.local_id) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        same_day && same_person
    }
}
