//! `verify --csv`: a recruiter's table in, the same table with the answers beside it.
//!
//! What was in the table comes out byte for byte; only new columns are written behind each row. A table is filled in by
//! people one does not know, and it will be opened in a spreadsheet: their texts in the new columns cannot become formulas.

use camino::Utf8Path;
use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};
use openbadges::verify::{Code, Outcome, Question, Report, Verdict};

use super::given::{Author, line};
use super::many::{Found, Tally};
use super::{Judge, safe_cell};
use crate::cli;
use crate::commands::{Exit, Session};
use crate::words::Words;

/// The largest table.
const TABLE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The most rows of a table.
const ROWS_MAX: usize = 10_000;

/// As many rows are verified before their answers are written.
const AT_ONCE: usize = 32;

/// Names that a column of badges goes by, in lower case.
const BADGE_COLUMNS: &[&str] = &[
    "badge",
    "badge url",
    "badge_url",
    "badge link",
    "open badge",
    "openbadge",
    "url",
    "link",
    "lien",
    "adresse du badge",
    "lien du badge",
    "adresse",
    "credential",
    "attestation",
];

/// The columns that are added, in order: each is the message `verify-column-<name>`.
const ADDED: &[&str] = &["verdict", "status", "domain", "name", "holder", "reasons", "checked"];

/// Runs the command.
pub(super) fn run(typed: &cli::Verify, file: &Utf8Path, session: &mut Session<'_>) -> Exit {
    let judge = match Judge::of(typed, session) {
        Ok(judge) => judge,
        Err(exit) => return exit,
    };
    let bytes = match session.read(file, TABLE_BYTES_MAX) {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    let table = match Table::read(&bytes, typed) {
        Ok(table) => table,
        Err(problem) => return problem.tell(file, session),
    };
    let folder = file.parent().unwrap_or(Utf8Path::new(""));
    let mut out = Vec::new();
    out.extend_from_slice(table.mark);
    if let Some(header) = table.header {
        let titles =
            ADDED.iter().map(|name| session.words.say(&format!("verify-column-{name}"), &[]));
        table.write(&mut out, header, &titles.collect::<Vec<_>>());
    }
    let mut tally = Tally::default();
    for several in table.rows.chunks(AT_ONCE) {
        let asked = several.iter().map(|row| {
            let given = String::from_utf8_lossy(&row.badge);
            (line(given.trim(), Author::Strangers(folder)), row.recipient.as_deref())
        });
        let found = judge.each(asked.collect());
        for (row, found) in several.iter().zip(&found) {
            tally.count(found);
            table.write(&mut out, row.raw, &answers(found, &judge, &session.words));
        }
        // A reader that went away is no fault of the command.
        let _ = session.out().write_all(&out);
        out.clear();
    }
    let _ = session.out().write_all(&out);
    tally.exit()
}

/// A table, with the rows as they came.
struct Table<'t> {
    mark: &'t [u8],
    /// Whether it is in UTF-8; older spreadsheets write Windows-1252, and both cannot be in one file.
    is_utf8: bool,
    delimiter: u8,
    header: Option<&'t [u8]>,
    rows: Vec<Row<'t>>,
}

struct Row<'t> {
    /// The row's bytes, its line break included.
    raw: &'t [u8],
    badge: Vec<u8>,
    recipient: Option<String>,
}

/// Why a table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Problem {
    Empty,
    /// It has titles only.
    NoRows,
    TooLong,
    NoColumn {
        known: String,
    },
    UnknownColumn {
        asked: String,
        known: String,
    },
    Unreadable {
        line: u64,
    },
}

impl Problem {
    fn tell(self, file: &Utf8Path, session: &mut Session<'_>) -> Exit {
        let file = ("file", file.as_str().into());
        match self {
            Self::Empty => session.complain("verify-table-empty", &[file]),
            Self::NoRows => session.complain("verify-table-no-rows", &[file]),
            Self::TooLong => {
                session.complain("verify-table-too-long", &[file, ("rows", ROWS_MAX.into())]);
            }
            Self::NoColumn { known } => {
                session.complain("verify-table-no-column", &[file, ("known", known.into())]);
            }
            Self::UnknownColumn { asked, known } => {
                let told = [file, ("asked", asked.into()), ("known", known.into())];
                session.complain("verify-table-unknown-column", &told);
            }
            Self::Unreadable { line } => {
                let line = i64::try_from(line).unwrap_or(i64::MAX);
                session.complain("verify-table-unreadable", &[file, ("line", line.into())]);
            }
        }
        Exit::Usage
    }
}

impl<'t> Table<'t> {
    fn read(bytes: &'t [u8], typed: &cli::Verify) -> Result<Self, Problem> {
        let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mark = bytes.get(..bytes.len() - body.len()).unwrap_or_default();
        let delimiter = delimiter(body);
        let records = records(body, delimiter)?;
        let (first, rest) = records.split_first().ok_or(Problem::Empty)?;
        let column = match &typed.column {
            Some(asked) => named(&first.1, asked)?,
            None => badge_column(&first.1, rest.first().map(|(_, row)| row))?,
        };
        let person =
            typed.recipient_column.as_ref().map(|asked| named(&first.1, asked)).transpose()?;
        // A table without titles begins with a badge at once.
        let is_titled = person.is_some() || !is_badge(first.1.get(column).unwrap_or_default());
        let rows = if is_titled { rest } else { &records };
        // No badge at all must not look like badges that are all good.
        if rows.is_empty() {
            return Err(Problem::NoRows);
        }
        let row = |(raw, record): &(&'t [u8], ByteRecord)| {
            let cell = |place: usize| record.get(place).unwrap_or_default();
            let person = person.map(|place| String::from_utf8_lossy(cell(place)).trim().to_owned());
            Row {
                raw,
                badge: cell(column).to_vec(),
                recipient: person.filter(|person| !person.is_empty()),
            }
        };
        let header = is_titled.then_some(first.0);
        let is_utf8 = std::str::from_utf8(body).is_ok();
        Ok(Self { mark, is_utf8, delimiter, header, rows: rows.iter().map(row).collect() })
    }

    /// Writes a row as it came, and `added` behind it.
    fn write(&self, out: &mut Vec<u8>, raw: &[u8], added: &[String]) {
        let end =
            raw.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |at| at + 1);
        let (row, ending) = raw.split_at(end);
        out.extend_from_slice(row);
        out.push(self.delimiter);
        let mut writer = WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        // Writing to memory does not fail.
        let written = writer.write_record(added).is_ok();
        let cells = writer.into_inner().unwrap_or_default();
        if written {
            let cells = cells.strip_suffix(b"\n").unwrap_or(&cells);
            match std::str::from_utf8(cells) {
                Ok(text) if !self.is_utf8 => out.extend(text.chars().map(windows_1252)),
                _ => out.extend_from_slice(cells),
            }
        }
        // The last row may have come without a line break; another one could follow it.
        out.extend_from_slice(if ending.is_empty() { b"\n" } else { ending });
    }
}

/// A character in Windows-1252; a question mark when it has none.
fn windows_1252(c: char) -> u8 {
    match c {
        '\u{202f}' => 0xa0,
        '’' => 0x92,
        '…' => 0x85,
        '–' => 0x96,
        'œ' => 0x9c,
        'Œ' => 0x8c,
        '€' => 0x80,
        '\u{80}'..='\u{9f}' => b'?',
        _ => u8::try_from(u32::from(c)).unwrap_or(b'?'),
    }
}

/// The separator: the one that is most frequent in the first line.
fn delimiter(body: &[u8]) -> u8 {
    let line: &[u8] = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|byte| **byte == wanted).count();
    let most = *b",;\t";
    most.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

type Records<'t> = Vec<(&'t [u8], ByteRecord)>;

/// The records of a table, each with the bytes it was made of. Empty lines are passed over.
fn records(body: &[u8], delimiter: u8) -> Result<Records<'_>, Problem> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(body);
    let mut records = Vec::new();
    let mut record = ByteRecord::new();
    loop {
        let line = reader.position().line();
        if !reader.read_byte_record(&mut record).map_err(|_| Problem::Unreadable { line })? {
            return Ok(records);
        }
        if records.len() > ROWS_MAX {
            return Err(Problem::TooLong);
        }
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let from = record.position().map_or(0, |start| place(start.byte()));
        let mut to = place(reader.position().byte());
        // The reader leaves the second half of a line break to the next record.
        if to > 0 && body.get(to - 1..=to) == Some(b"\r\n") {
            to += 1;
        }
        let raw = body.get(from..to).unwrap_or_default();
        let breaks = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        records.push((raw.get(breaks..).unwrap_or_default(), record.clone()));
    }
}

/// The column that was asked for, by its title or by its number from 1.
fn named(titles: &ByteRecord, asked: &str) -> Result<usize, Problem> {
    let wanted = normal(asked.as_bytes());
    let by_title = titles.iter().position(|title| normal(title) == wanted);
    let by_number = asked.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let by_number = by_number.filter(|place| *place < titles.len());
    by_title
        .or(by_number)
        .ok_or_else(|| Problem::UnknownColumn { asked: asked.to_owned(), known: known(titles) })
}

/// The column of badges: by its title, else the first one whose cell looks like one.
fn badge_column(titles: &ByteRecord, first: Option<&ByteRecord>) -> Result<usize, Problem> {
    let place_of = |record: &ByteRecord| record.iter().position(is_badge);
    if let Some(place) = place_of(titles) {
        return Ok(place);
    }
    let by_title = BADGE_COLUMNS
        .iter()
        .find_map(|name| titles.iter().position(|title| normal(title) == *name));
    by_title
        .or_else(|| first.and_then(place_of))
        .ok_or_else(|| Problem::NoColumn { known: known(titles) })
}

fn is_badge(cell: &[u8]) -> bool {
    let cell = normal(cell);
    cell.starts_with("https://") || cell.starts_with("http://")
}

fn normal(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_lowercase()
}

fn known(titles: &ByteRecord) -> String {
    const SHOWN_MAX: usize = 20;
    let titles =
        titles.iter().take(SHOWN_MAX).map(|title| String::from_utf8_lossy(title).trim().to_owned());
    titles.collect::<Vec<_>>().join(", ")
}

/// The cells that are added to a row.
fn answers(found: &Found, judge: &Judge, words: &Words) -> Vec<String> {
    let report = match found {
        Ok(report) => report,
        Err(unusable) => {
            let mut cells = vec![String::new(); ADDED.len()];
            for (place, id) in [(0, "verify-cell-unknown"), (5, unusable.message())] {
                if let Some(cell) = cells.get_mut(place) {
                    *cell = words.say(id, &[]);
                }
            }
            return cells;
        }
    };
    let say = |id: &str| words.say(id, &[]);
    let domain = report.issuer.as_ref().map(|issuer| {
        let host = issuer.host.as_deref().unwrap_or(&issuer.id);
        format!("{host}{}", issuer.path.as_deref().unwrap_or_default())
    });
    let name = report.records.iter().find_map(|record| record.name.as_deref());
    vec![
        say(match report.verdict {
            Verdict::Valid => "verify-cell-valid",
            Verdict::Invalid => "verify-cell-invalid",
            Verdict::Unknown => "verify-cell-unknown",
        }),
        say(super::tell::status_message(report.status)),
        safe_cell::of(domain.as_deref().unwrap_or_default()),
        safe_cell::of(name.unwrap_or_default()),
        say(holder(report)),
        reasons(report, judge),
        report.now.to_string(),
    ]
}

/// Whether the fifth question was asked, and what the answer was.
fn holder(report: &Report) -> &'static str {
    match report.answer(Question::Recipient) {
        Outcome::Pass(_) => "verify-answer-yes",
        Outcome::Fail(_) => "verify-answer-no",
        Outcome::Unknown(Code::RecipientNotAsked | Code::NotReached) => "verify-answer-not-asked",
        Outcome::Unknown(_) => "verify-answer-unknown",
    }
}

/// Why a badge is not simply good, each reason once.
fn reasons(report: &Report, judge: &Judge) -> String {
    let mut told: Vec<String> = Vec::new();
    for check in &report.checks {
        let (Outcome::Fail(code) | Outcome::Unknown(code)) = check.outcome else { continue };
        let sentence = code.sentence().in_print(judge.language);
        let is_silence = matches!(code, Code::RecipientNotAsked | Code::NotReached);
        if !is_silence && !told.contains(&sentence) {
            told.push(sentence);
        }
    }
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(column: Option<&str>, person: Option<&str>) -> cli::Verify {
        cli::Verify {
            column: column.map(str::to_owned),
            recipient_column: person.map(str::to_owned),
            ..cli::Verify::default()
        }
    }

    fn badges(table: &str) -> Result<Vec<String>, Problem> {
        let table = Table::read(table.as_bytes(), &typed(None, None))?;
        Ok(table.rows.iter().map(|row| String::from_utf8_lossy(&row.badge).into_owned()).collect())
    }

    #[test]
    fn the_column_of_badges_is_found_by_its_title_or_by_what_is_in_it() {
        for table in [
            "Nom,Lien du badge\nA,https://a.example/\n",
            "name;URL;note\nA;https://a.example/;x\n",
            "who\twhere\nA\thttps://a.example/\n",
            "A,https://a.example/\n",
            "\u{feff}badge\r\nhttps://a.example/\r\n",
            "\"Badge\",\"N\"\n\"https://a.example/\",\"a,\nb\"\n",
        ] {
            assert_eq!(badges(table), Ok(vec!["https://a.example/".to_owned()]), "{table:?}");
        }
    }

    #[test]
    fn a_table_without_badges_names_its_columns() {
        assert_eq!(badges(""), Err(Problem::Empty));
        let known = "nom, prénom".to_owned();
        assert_eq!(badges("nom,prénom\na,b\n"), Err(Problem::NoColumn { known: known.clone() }));
        let asked = Table::read("nom,prénom\n".as_bytes(), &typed(Some("url"), None));
        assert_eq!(asked.err(), Some(Problem::UnknownColumn { asked: "url".into(), known }));
    }

    #[test]
    fn a_column_is_asked_for_by_title_or_number_and_so_is_the_persons() {
        for column in ["file", "2"] {
            let table =
                Table::read(b"mail,File\na@b.example,x.png\n", &typed(Some(column), Some("Mail")));
            let table = table.unwrap();
            assert_eq!(table.rows[0].badge, b"x.png");
            assert_eq!(table.rows[0].recipient.as_deref(), Some("a@b.example"));
        }
    }

    #[test]
    fn what_was_in_the_table_comes_out_byte_for_byte() {
        let bytes = b"\xef\xbb\xbf\"N\xe9e\" ; url ;=1+1\r\n'x;https://a.example/;\"a\"\"b\r\nc\"\r\n\r\nshort\n";
        let table = Table::read(bytes, &typed(None, None)).unwrap();
        assert_eq!(table.delimiter, b';');
        let mut out = table.mark.to_vec();
        let added = ["ok".to_owned(), "a;b".to_owned()];
        table.write(&mut out, table.header.unwrap(), &added);
        for row in &table.rows {
            table.write(&mut out, row.raw, &added);
        }
        let expected: &[u8] = b"\xef\xbb\xbf\"N\xe9e\" ; url ;=1+1;ok;\"a;b\"\r\n'x;https://a.example/;\"a\"\"b\r\nc\";ok;\"a;b\"\r\nshort;ok;\"a;b\"\n";
        assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(expected));
    }

    #[test]
    fn the_answers_are_in_the_letters_of_the_table() {
        let table = Table::read(b"N\xe9e;url\nx;https://a.example/\n", &typed(None, None)).unwrap();
        let mut out = Vec::new();
        table.write(&mut out, table.rows[0].raw, &["l’été 😀".to_owned()]);
        assert_eq!(out, b"x;https://a.example/;l\x92\xe9t\xe9 ?\n");
    }

    #[test]
    fn a_table_has_a_last_row() {
        let rows = "https://a.example/\n".repeat(ROWS_MAX + 2);
        assert_eq!(badges(&rows), Err(Problem::TooLong));
    }
}
