//! `accolade award CLASS --csv FILE`: a sheet of people. Every row is good, or nothing is written.

use camino::Utf8Path;
use serde_json::{Value, json};

use super::super::deciding::{self, SystemRandomness};
use super::super::{Exit, Session};
use super::{letters, refusal, template};
use crate::cli;
use crate::issue::award::NewAward;
use crate::issue::batch::{self, Addresses, Batch, RowStanding};
use crate::issue::branch::Standing;
use crate::issue::desk::Desk;
use crate::issue::post::{self, Addressee};
use crate::keys::KeyRing;
use crate::sheet::{self, Letters, Problem, Sheet};
use crate::site::{Site, Visibility};
use crate::urls;
use crate::words::Arg;

/// What a person reads of a file from standard input.
const STANDARD_INPUT: &str = "-";

/// So many errors are said to a person: with one wrong option every row is wrong. Programs are told all of them.
const PROBLEMS_SHOWN_MAX: usize = 40;

/// What became of a sheet.
struct Outcome {
    batch: Batch,
    dry_run: bool,
    written: bool,
    sealed: usize,
    messages: Vec<String>,
}

pub(super) fn award(
    typed: &cli::Award,
    file: &Utf8Path,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let mut desk = deciding::open(session)?;
    outside(file, desk.site(), session)?;
    letters::place(typed, &desk, session)?;
    let lang = super::lang(typed.language.as_deref(), session)?;
    let template = template(typed, lang, desk.site(), session)?;
    let standing = deciding::standing(&desk, session)?;
    let ring = if standing.may_seal() && !typed.dry_run {
        deciding::keys(&desk, typed.key.as_deref(), session)?
    } else {
        KeyRing::default()
    };
    let bytes = session.read(file, sheet::BYTES_MAX)?;
    let sheet = match sheet::read(&bytes) {
        Ok(sheet) => sheet,
        Err(problems) => return Err(refuse(Batch { rows: Vec::new(), problems }, typed, session)),
    };
    tell_sheet(&sheet, session);
    let addresses = if typed.no_recipient { Addresses::Kept } else { Addresses::Hashed };
    let now = super::super::now();
    let batch = batch::plan(&sheet, &template, addresses, &desk, now, &mut SystemRandomness)
        .map_err(|error| refusal::of_request(&error, session))?;
    if !batch.problems.is_empty() {
        return Err(refuse(batch, typed, session));
    }
    let mut outcome =
        Outcome { batch, dry_run: typed.dry_run, written: false, sealed: 0, messages: Vec::new() };
    if !typed.dry_run {
        write(&mut outcome, &sheet, typed, &mut desk, (&ring, &standing), session)?;
    }
    tell(&outcome, desk.site(), session);
    Ok(())
}

/// A sheet of addresses in the tree is one `git add` away from being public.
fn outside(file: &Utf8Path, site: &Site, session: &mut Session<'_>) -> Result<(), Exit> {
    if file == STANDARD_INPUT || !post::is_exposed(&site.root, file) {
        return Ok(());
    }
    session.complain("csv-in-repository", &[("file", file.as_str().into())]);
    Err(Exit::Usage)
}

fn write(
    outcome: &mut Outcome,
    sheet: &Sheet,
    typed: &cli::Award,
    desk: &mut Desk,
    (ring, standing): (&KeyRing, &Standing),
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let new: Vec<&NewAward> = outcome.batch.ready().collect();
    desk.write_awards(&new).map_err(|(done, error)| {
        let exit = refusal::of_writing(&error, session);
        session.note("csv-stopped", &[("done", done.into()), ("all", new.len().into())]);
        exit
    })?;
    outcome.written = true;
    if !new.is_empty() {
        session.note("csv-written", &[("count", new.len().into())]);
        if typed.override_reason.is_some() && desk.register().here().is_none() {
            session.note("award-override-lost", &[]);
        }
    }
    let report = deciding::seal_at_once(desk, ring, standing, session)?;
    if let Some(report) = report {
        outcome.sealed = new.iter().filter(|it| report.sealed.contains(&it.event.id)).count();
    }
    if outcome.sealed > 0 {
        session.note("seal-done", &[("awards", outcome.sealed.into())]);
    }
    if let Some(folder) = &typed.mail_merge {
        let posted = letters::write(desk, folder, &addressees(&outcome.batch, sheet), session)?;
        outcome.messages = posted.written.into_iter().map(|file| file.into_string()).collect();
    }
    Ok(())
}

/// The address a row gives is nearer than what the register remembers.
fn addressees(batch: &Batch, sheet: &Sheet) -> Vec<Addressee> {
    let address = |number: u32| {
        let row = sheet.rows.iter().find(|row| row.number == number)?;
        row.cell(sheet::Column::Email).map(str::to_owned)
    };
    let rows = batch.rows.iter();
    rows.map(|row| Addressee {
        id: row.id(),
        address: address(row.number),
        private: None,
        again: false,
    })
    .collect()
}

fn tell_sheet(sheet: &Sheet, session: &mut Session<'_>) {
    if sheet.letters == Letters::Windows1252 {
        session.note("csv-windows", &[]);
    }
    if !sheet.others.is_empty() {
        session.note("csv-others", &[("columns", sheet.others.join(", ").into())]);
    }
}

/// Says everything that is wrong. Nothing was written.
fn refuse(batch: Batch, typed: &cli::Award, session: &mut Session<'_>) -> Exit {
    if session.is_json() {
        let outcome = Outcome {
            batch,
            dry_run: typed.dry_run,
            written: false,
            sealed: 0,
            messages: Vec::new(),
        };
        let answer = document(&outcome, None, session);
        session.answer_json(&answer);
        return Exit::No;
    }
    if typed.dry_run {
        tell_rows(&batch, session);
    }
    for problem in batch.problems.iter().take(PROBLEMS_SHOWN_MAX) {
        let text = place(problem, session);
        session.complain("csv-problem", &[("text", text.into())]);
        let remedy = problem.remedy(&session.words);
        session.remedy(&remedy);
    }
    let more = batch.problems.len().saturating_sub(PROBLEMS_SHOWN_MAX);
    if more > 0 {
        session.note("csv-more", &[("count", more.into())]);
    }
    tell_counts(&batch, session);
    session.note("csv-nothing-written", &[]);
    Exit::No
}

/// The sentence with its place.
fn place(problem: &Problem, session: &Session<'_>) -> String {
    let text = problem.message(&session.words);
    let told: [(&str, Arg<'_>); 4] = [
        ("row", problem.row.unwrap_or_default().into()),
        ("column", problem.column.as_deref().unwrap_or_default().into()),
        ("value", problem.value.as_deref().unwrap_or_default().into()),
        ("text", text.clone().into()),
    ];
    let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    let id = match (problem.row, filled(&problem.column), filled(&problem.value)) {
        (None, ..) => return text,
        (Some(_), true, true) => "csv-at-value",
        (Some(_), true, false) => "csv-at-cell",
        (Some(_), false, true) => "csv-at-row-value",
        (Some(_), false, false) => "csv-at-row",
    };
    session.words.say(id, &told)
}

fn tell(outcome: &Outcome, site: &Site, session: &mut Session<'_>) {
    if session.is_json() {
        let answer = document(outcome, Some(site), session);
        session.answer_json(&answer);
        return;
    }
    if outcome.dry_run {
        tell_rows(&outcome.batch, session);
    } else {
        for award in outcome.batch.ready().filter(|it| it.event.visibility != Visibility::Private) {
            session.answer(&site.settings.base_url.join(&urls::award(award.event.id)));
        }
    }
    tell_counts(&outcome.batch, session);
    if outcome.dry_run {
        session.note("csv-dry-run", &[]);
    } else if outcome.messages.is_empty() && outcome.batch.ready().any(has_hidden_name) {
        session.note("csv-links", &[]);
    }
}

fn has_hidden_name(award: &NewAward) -> bool {
    award.event.hidden_name.is_some()
}

fn tell_counts(batch: &Batch, session: &mut Session<'_>) {
    let told = [
        ("ready", batch.ready().count().into()),
        ("already", (batch.rows.len() - batch.ready().count()).into()),
        ("errors", batch.problems.len().into()),
    ];
    session.note("csv-counts", &told);
}

/// One line for each row without a problem.
fn tell_rows(batch: &Batch, session: &mut Session<'_>) {
    for row in &batch.rows {
        let (message, level, what) = match &row.standing {
            RowStanding::Ready(award) => {
                ("csv-row-ready", award.event.level, award.event.awarded.date())
            }
            RowStanding::Already(id) => ("csv-row-already", None, id.text()),
        };
        let level = level.map_or_else(|| "none".to_owned(), |level| level.to_string());
        let told: [(&str, Arg<'_>); 4] = [
            ("row", format!("{:>4}", row.number).into()),
            ("who", format!("{:<20}", row.who).into()),
            ("what", what.into()),
            ("level", level.into()),
        ];
        session.say(message, &told);
    }
}

/// The answer for programs. Like the one for people it holds no address, no name and no salt.
fn document(outcome: &Outcome, site: Option<&Site>, session: &Session<'_>) -> Value {
    let rows: Vec<Value> = outcome.batch.rows.iter().map(|row| {
        let link = |id| site.map(|site| site.settings.base_url.join(&urls::award(id)));
        match &row.standing {
            RowStanding::Already(id) => {
                json!({ "row": row.number, "who": row.who, "status": "already", "id": id.text() })
            }
            RowStanding::Ready(award) if !outcome.written => json!({
                "row": row.number, "who": row.who, "status": "ready",
                "date": award.event.awarded.date(), "level": award.event.level,
            }),
            RowStanding::Ready(award) => json!({
                "row": row.number, "who": row.who, "status": "awarded", "id": award.event.id.text(),
                "date": award.event.awarded.date(), "level": award.event.level,
                "file": award.event.file.as_str(), "link": link(award.event.id),
            }),
        }
    }).collect();
    let problem = |problem: &Problem| {
        json!({
            "code": problem.wrong.as_str(),
            "row": problem.row,
            "column": problem.column,
            "value": problem.value,
            "message": problem.message(&session.words),
            "remedy": problem.remedy(&session.words),
        })
    };
    let ready = outcome.batch.ready().count();
    json!({
        "dryRun": outcome.dry_run,
        "written": outcome.written,
        "ready": ready,
        "already": outcome.batch.rows.len() - ready,
        "sealed": outcome.sealed,
        "messages": outcome.messages,
        "rows": rows,
        "problems": outcome.batch.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}
