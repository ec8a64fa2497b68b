//! A spreadsheet of people as it comes: bytes to rows of named cells, or everything that keeps it from being read.
//!
//! The letters, the delimiter and the order of the columns are found out, because whoever exports a sheet is asked for
//! none of them. What a cell means for a badge is decided in [`crate::issue::batch`]; nothing here knows a class. The
//! file is read and never copied.

pub mod cells;
pub mod columns;
mod encoding;
mod problem;

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

pub use columns::Column;
use columns::Header;
pub use encoding::Letters;
pub use problem::{Problem, Wrong};

use crate::words::Arg;

/// The largest file. A thousand people with a page of story each are smaller.
pub const BYTES_MAX: usize = 10 * 1024 * 1024;
/// The most rows of one command. More is another kind of import.
pub const ROWS_MAX: usize = 5_000;
/// The most columns.
const COLUMNS_MAX: usize = 100;
/// The longest cell, in characters; a story has fewer.
const CELL_CHARS_MAX: usize = 5_000;
/// In which order delimiters are tried; the first wins where all are as good.
const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];

/// A row of its own that no sheet holds: where it is not read as one, a quotation mark is open.
const SENTINEL: &str = "\u{1}end\u{1}";

/// A spreadsheet of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// How its letters were read.
    pub letters: Letters,
    /// The headers we read, as they are written.
    pub headers: BTreeMap<Column, String>,
    /// The headers we do not read, as they are written.
    pub others: Vec<String>,
    /// Its rows; those without anything in them are left out.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As spreadsheets number them, the headers being row 1.
    pub number: u32,
    cells: BTreeMap<Column, String>,
}

impl Row {
    /// What is written in a column, without the white space around it; nothing when it is empty.
    #[must_use]
    pub fn cell(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }
}

/// Reads a file.
///
/// # Errors
/// Everything that keeps it from being read as rows.
pub fn read(bytes: &[u8]) -> Result<Sheet, Vec<Problem>> {
    let of_file = |wrong| vec![Problem::of_file(wrong)];
    if bytes.len() > BYTES_MAX {
        let megabytes = i64::try_from(BYTES_MAX / (1024 * 1024)).unwrap_or(i64::MAX);
        return Err(vec![Problem::of_file(Wrong::TooBig).told("max", megabytes)]);
    }
    let (text, letters) = encoding::decode(bytes).ok_or_else(|| of_file(Wrong::NotText))?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (text, told) = without_hint(&text);
    let delimiter = told.unwrap_or_else(|| delimiter(text));
    let records = records(text, delimiter)?;
    let Some((first, rest)) = records.split_first() else { return Err(of_file(Wrong::Empty)) };
    let mut problems = Vec::new();
    let headers = headers(&first.1, &mut problems);
    if rest.is_empty() && problems.is_empty() {
        return Err(of_file(Wrong::Empty));
    }
    let hint = u32::from(told.is_some());
    let mut rows = Vec::new();
    for (number, record) in rest {
        let row = row(number + hint, record, &headers, &mut problems);
        rows.extend(row);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if rows.is_empty() {
        return Err(of_file(Wrong::Empty));
    }
    let others = headers.iter().filter(|(column, written)| column.is_none() && !written.is_empty());
    Ok(Sheet {
        letters,
        others: others.map(|(_, written)| written.clone()).collect(),
        headers: headers
            .into_iter()
            .filter_map(|(column, written)| Some((column?, written)))
            .collect(),
        rows,
    })
}

/// Some programs say the delimiter in a first line `sep=;`.
fn without_hint(text: &str) -> (&str, Option<u8>) {
    let Some((first, rest)) = text.split_once('\n') else { return (text, None) };
    match first.trim().strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => (rest, Some(*delimiter)),
        // A tab is white space at the end of the line.
        Some([]) => (rest, Some(b'\t')),
        _ => (text, None),
    }
}

/// The delimiter by which most headers are ours, and else by which there are most of them.
fn delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let first = reader(text, delimiter).records().find_map(Result::ok).unwrap_or_default();
        let ours = first.iter().filter(|cell| columns::header(cell) != Header::Other).count();
        (ours, first.len())
    };
    let [first, ..] = DELIMITERS;
    let better = |best: (u8, (usize, usize)), delimiter: u8| {
        let found = score(delimiter);
        if found > best.1 { (delimiter, found) } else { best }
    };
    DELIMITERS.into_iter().fold((first, (0, 0)), better).0
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The records with their row numbers. A line break inside quotation marks is inside a row; an empty line is a row.
fn records(text: &str, delimiter: u8) -> Result<Vec<(u32, StringRecord)>, Vec<Problem>> {
    let closed = format!("{text}\n{SENTINEL}\n");
    let mut reader = reader(&closed, delimiter);
    let mut records: Vec<(u32, StringRecord)> = Vec::new();
    let mut row = 0_u32;
    loop {
        let begins = reader.position().line();
        let mut record = StringRecord::new();
        // What is text is no error to a flexible reader.
        let read = reader.read_record(&mut record);
        if !read.map_err(|_| vec![Problem::of_file(Wrong::NotText)])? {
            break;
        }
        let lines = reader.position().line().saturating_sub(begins);
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        let breaks = u64::try_from(breaks).unwrap_or_default();
        // Its own lines are one row, and every empty line before it another one.
        let rows = u32::try_from(lines.saturating_sub(breaks)).unwrap_or(u32::MAX);
        row = row.saturating_add(rows.max(1));
        if record.len() == 1 && record.get(0) == Some(SENTINEL) {
            return Ok(records);
        }
        if records.len() > ROWS_MAX {
            let max = i64::try_from(ROWS_MAX).unwrap_or(i64::MAX);
            return Err(vec![Problem::of_file(Wrong::TooManyRows).told("max", max)]);
        }
        records.push((row, record));
    }
    // The last row swallowed what follows it.
    Err(vec![Problem::of_row(Wrong::OpenQuote, records.last().map_or(1, |(row, _)| *row))])
}

/// What each column is, with its header as it is written.
fn headers(record: &StringRecord, problems: &mut Vec<Problem>) -> Vec<(Option<Column>, String)> {
    let mut headers: Vec<(Option<Column>, String)> = Vec::new();
    for cell in record.iter().take(COLUMNS_MAX) {
        let written = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let about = |wrong| Problem::of_row(wrong, 1).in_column(&written).shows(&written);
        let column = match columns::header(&written) {
            Header::Read(column) => Some(column),
            Header::Nearly(meant) => {
                let meant = Arg::Message { id: meant.message(), args: Vec::new() };
                problems.push(about(Wrong::Header).told("meant", meant));
                None
            }
            Header::Other => None,
        };
        let earlier = headers.iter().find(|(earlier, _)| column.is_some() && *earlier == column);
        if let Some((_, earlier)) = earlier {
            problems.push(about(Wrong::HeaderTwice).told("earlier", earlier.clone()));
        }
        headers.push((column, written));
    }
    let has = |column| headers.iter().any(|(there, _)| *there == Some(column));
    if problems.is_empty() && !has(Column::Email) && !has(Column::LocalId) {
        let written: Vec<&str> = headers.iter().map(|(_, written)| written.as_str()).collect();
        let problem = Problem::of_row(Wrong::NoPersonColumn, 1).shows(&written.join(" · "));
        problems.push(problem);
    }
    headers
}

fn row(
    number: u32,
    record: &StringRecord,
    headers: &[(Option<Column>, String)],
    problems: &mut Vec<Problem>,
) -> Option<Row> {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    let surplus = record.iter().skip(headers.len()).find(|cell| !cell.trim().is_empty());
    if let Some(surplus) = surplus {
        let problem = Problem::of_row(Wrong::Cells, number).hints_at(surplus);
        problems.push(problem.told("headers", headers.len()).told("cells", record.len()));
    }
    let mut cells = BTreeMap::new();
    for (cell, (column, written)) in record.iter().zip(headers) {
        let Some(column) = column else { continue };
        let text = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let about = |wrong| Problem::of_row(wrong, number).in_column(written).hints_at(text);
        let chars = text.chars().count();
        let has_lines = matches!(column, Column::Story | Column::Evidence | Column::Criteria);
        let is_unseen = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if chars > CELL_CHARS_MAX {
            let max = i64::try_from(CELL_CHARS_MAX).unwrap_or(i64::MAX);
            problems.push(about(Wrong::CellLong).told("chars", chars).told("max", max));
        } else if text.contains('\n') && !has_lines {
            problems.push(about(Wrong::Lines));
        } else if text.contains(is_unseen) {
            problems.push(about(Wrong::Control));
        } else if !text.is_empty() {
            cells.insert(*column, text.to_owned());
        }
    }
    Some(Row { number, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read(text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn wrong(bytes: &[u8]) -> Vec<(Wrong, Option<u32>, Option<String>)> {
        let problems = read(bytes).unwrap_err();
        problems.into_iter().map(|problem| (problem.wrong, problem.row, problem.column)).collect()
    }

    #[test]
    fn delimiters_are_found_out_even_where_another_one_stands_in_the_cells() {
        for text in [
            "E-mail;Nom, prénom;Date\na@b.example;Canular, Alizée;2026-03-12\n",
            "Date,E-mail,\"Nom; prénom\"\n2026-03-12,a@b.example,x\n",
            "E-mail\tDate\na@b.example\t2026-03-12\n",
            "sep=;\r\nE-mail;Date\r\na@b.example;2026-03-12\r\n",
            "E-mail;Date\ra@b.example;2026-03-12\r",
        ] {
            let sheet = sheet(text);
            assert_eq!(sheet.rows.len(), 1, "{text}");
            assert_eq!(sheet.rows[0].cell(Column::Email), Some("a@b.example"), "{text}");
            assert_eq!(sheet.rows[0].cell(Column::Date), Some("2026-03-12"), "{text}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does_and_empty_ones_are_left_out() {
        let text = "\u{feff}E-mail ; Récit ;Signature\r\n a@b.example ;\"Un.\r\nDeux.\";\r\n;;\r\n\r\nc@d.example;Trois;X\r\n";
        let sheet = sheet(text);
        let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 5]);
        assert_eq!(sheet.rows[0].cell(Column::Story), Some("Un.\nDeux."));
        assert_eq!(sheet.rows[0].cell(Column::Email), Some("a@b.example"));
        assert_eq!(sheet.others, ["Signature"]);
        assert_eq!(sheet.headers[&Column::Email], "E-mail");
        let hinted = self::sheet("sep=,\nid,nom\n1,x\n");
        assert_eq!(hinted.rows[0].number, 3);
    }

    #[test]
    fn a_list_of_one_column_is_a_list() {
        assert_eq!(sheet("courriel\na@b.example\nc@d.example\n").rows.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_as_rows_says_why_and_where() {
        let row = |row| Some(row);
        let column = |text: &str| Some(text.to_owned());
        for (bytes, expected) in [
            (&b"PK\x03\x04\0\0"[..], vec![(Wrong::NotText, None, None)]),
            (b"", vec![(Wrong::Empty, None, None)]),
            (b"email;nom\n", vec![(Wrong::Empty, None, None)]),
            (b"email;nom\n;;\n", vec![(Wrong::Empty, None, None)]),
            (b"nom;date\na;b\n", vec![(Wrong::NoPersonColumn, row(1), None)]),
            (b"email;niveua\na@b.example;1\n", vec![(Wrong::Header, row(1), column("niveua"))]),
            (
                b"email;courriel\na@b.example;\n",
                vec![(Wrong::HeaderTwice, row(1), column("courriel"))],
            ),
            (
                b"email;nom\na@b.example;\"x\nc@d.example;y\n",
                vec![(Wrong::OpenQuote, row(2), None)],
            ),
            (b"email;nom\na@b.example;x;y\n", vec![(Wrong::Cells, row(2), None)]),
            (b"email;nom\na@b.example;\"x\ny\"\n", vec![(Wrong::Lines, row(2), column("nom"))]),
            (b"email;nom\na@b.example;x\x1by\n", vec![(Wrong::Control, row(2), column("nom"))]),
        ] {
            assert_eq!(wrong(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
        let long = format!("email;nom\na@b.example;{}\n", "x".repeat(5_001));
        assert_eq!(wrong(long.as_bytes()), [(Wrong::CellLong, row(2), column("nom"))]);
        let many = format!("email\n{}", "a@b.example\n".repeat(ROWS_MAX + 1));
        assert_eq!(wrong(many.as_bytes()), [(Wrong::TooManyRows, None, None)]);
        assert_eq!(wrong(&vec![b'a'; BYTES_MAX + 1]), [(Wrong::TooBig, None, None)]);
        assert_eq!(
            read(format!("email\n{}", "a@b.example\n".repeat(ROWS_MAX)).as_bytes())
                .unwrap()
                .rows
                .len(),
            ROWS_MAX
        );
    }
}
