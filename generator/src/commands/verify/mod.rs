//! `accolade verify`: five plain answers about a badge, or about each of many.
//!
//! [`given`] reads what was typed, `accolade_fetch` answers from stand-ins and the network, [`tell`] puts a report into
//! words. [`many`] is the same for a list, [`table`] for a recruiter's table.

use accolade_fetch::{CacheBounds, Fetcher, MapError, Options, StandIns, Web};
use camino::Utf8Path;
use openbadges::time::Timestamp;
use openbadges::verify::{Input, Language, Policy, Report, Verdict};

use super::{Exit, Session, now};
use crate::cli;
use crate::reason;
use crate::words::Arg;

mod detail;
mod given;
mod many;
mod safe_cell;
mod table;
mod tell;

/// Runs the command.
pub(super) fn run(typed: &cli::Verify, session: &mut Session<'_>) -> Exit {
    match (&typed.input, &typed.list, &typed.csv) {
        (Some(input), _, _) => one(typed, input, session),
        (None, Some(list), _) => many::run(typed, list, session),
        (None, None, Some(file)) => table::run(typed, file, session),
        // The arguments are declared so that one of the three is there.
        (None, None, None) => Exit::Usage,
    }
}

fn one(typed: &cli::Verify, input: &str, session: &mut Session<'_>) -> Exit {
    let judge = match Judge::of(typed, session) {
        Ok(judge) => judge,
        Err(exit) => return exit,
    };
    let input = match given::read(input, session) {
        Ok(input) => input,
        Err(exit) => return exit,
    };
    let report = judge.report(&input, None);
    if typed.json || session.is_json() {
        session.answer_json(&report.in_language(judge.language));
    } else {
        tell::report(&report, &judge, session);
    }
    exit_of(report.verdict)
}

const fn exit_of(verdict: Verdict) -> Exit {
    match verdict {
        Verdict::Valid => Exit::Done,
        Verdict::Invalid => Exit::No,
        Verdict::Unknown => Exit::Undecided,
    }
}

/// Everything a verification needs besides its input: it serves for one and for many.
struct Judge {
    web: Web,
    /// The moment that was typed; without, each verification takes the clock's.
    moment: Option<Timestamp>,
    /// Whose badge it should be, unless a table says so for each.
    recipient: Option<String>,
    language: Language,
}

impl Judge {
    fn of(typed: &cli::Verify, session: &mut Session<'_>) -> Result<Self, Exit> {
        let moment = moment(typed, session)?;
        let recipient = recipient(typed, session)?;
        let stand_ins = stand_ins(typed, session)?;
        // Kept for one run of the command: the badges of a list share keys and lists of withdrawals.
        let is_many = typed.input.is_none();
        let cache = is_many.then(CacheBounds::default);
        let options = Options { cache, ..Options::default() };
        let fetcher = (!typed.offline).then(|| Fetcher::new(options));
        let french = session.words.lang().as_str().starts_with("fr");
        let language = if french { Language::French } else { Language::English };
        Ok(Self { web: Web::new(stand_ins, fetcher), moment, recipient, language })
    }

    fn report(&self, input: &Input, recipient: Option<&str>) -> Report {
        let recipient = recipient.or(self.recipient.as_deref()).map(str::to_owned);
        let policy = Policy { recipient, ..Policy::default() };
        self.web.verify(input, &policy, self.moment.unwrap_or_else(now))
    }
}

fn moment(typed: &cli::Verify, session: &mut Session<'_>) -> Result<Option<Timestamp>, Exit> {
    let Some(text) = &typed.now else { return Ok(None) };
    Timestamp::parse(text).map(Some).map_err(|_| {
        session.complain("verify-now", &[("text", text.as_str().into())]);
        Exit::Usage
    })
}

/// A variable that was empty would leave the question unasked, and the badge would pass.
fn recipient(typed: &cli::Verify, session: &mut Session<'_>) -> Result<Option<String>, Exit> {
    let Some(text) = typed.recipient.as_deref().map(str::trim) else { return Ok(None) };
    if text.is_empty() {
        session.complain("verify-recipient-empty", &[]);
        return Err(Exit::Usage);
    }
    Ok(Some(text.to_owned()))
}

fn stand_ins(typed: &cli::Verify, session: &mut Session<'_>) -> Result<StandIns, Exit> {
    let mut stand_ins = StandIns::default();
    if let Some(folder) = &typed.site
        && stand_ins.add_site(folder).is_err()
    {
        session.complain("verify-not-a-site", &[("folder", folder.as_str().into())]);
        return Err(Exit::Usage);
    }
    if let Some(file) = &typed.documents {
        stand_ins.add_map(file).map_err(|problem| tell_of_map(file, &problem, session))?;
    }
    Ok(stand_ins)
}

fn tell_of_map(file: &Utf8Path, problem: &MapError, session: &mut Session<'_>) -> Exit {
    let file = ("file", Arg::from(file.as_str()));
    let at = |address: &String| ("address", Arg::from(address.clone()));
    match problem {
        MapError::Unreadable(kind) => {
            session.complain("cli-file-unreadable", &[file, ("reason", reason::system(*kind))]);
        }
        MapError::TooLarge { bytes_max } => {
            session
                .complain("cli-file-unreadable", &[file, ("reason", reason::too_big(*bytes_max))]);
        }
        MapError::NotJson { line, column } => {
            let place = [("line", (*line).into()), ("column", (*column).into())];
            session.complain("verify-map-not-json", &[&[file][..], &place].concat());
        }
        MapError::NotAMap => session.complain("verify-map", &[file]),
        MapError::Address(address) => session.complain("verify-map-address", &[file, at(address)]),
        MapError::Entry(address) => session.complain("verify-map-entry", &[file, at(address)]),
        MapError::Status(address) => session.complain("verify-map-status", &[file, at(address)]),
        MapError::Key { address, key } => {
            let told = [file, at(address), ("key", key.clone().into())];
            session.complain("verify-map-key", &told);
        }
    }
    Exit::Usage
}
