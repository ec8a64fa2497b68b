//! `verify --list`: one input a line, one line of JSON each, in one process.

use camino::Utf8Path;
use openbadges::verify::{Input, Report, Verdict, Worded};
use rayon::prelude::*;
use serde::Serialize;

use super::given::{Author, Unusable, line};
use super::{Judge, exit_of};
use crate::cli;
use crate::commands::{Exit, Session};
use crate::words::Words;

/// The largest list.
const LIST_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The most lines of a list.
const LINES_MAX: usize = 10_000;

/// As many are verified before their answers are written: enough to keep every core and some hosts busy.
const AT_ONCE: usize = 32;

/// Runs the command.
pub(super) fn run(typed: &cli::Verify, list: &Utf8Path, session: &mut Session<'_>) -> Exit {
    let judge = match Judge::of(typed, session) {
        Ok(judge) => judge,
        Err(exit) => return exit,
    };
    let bytes = match session.read(list, LIST_BYTES_MAX) {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    let text = String::from_utf8_lossy(&bytes);
    let inputs: Vec<&str> = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    if inputs.is_empty() {
        // No badge at all must not look like badges that are all good.
        session.complain("verify-list-empty", &[("file", list.as_str().into())]);
        return Exit::Usage;
    }
    if inputs.len() > LINES_MAX {
        session.complain("verify-list-too-long", &[("lines", LINES_MAX.into())]);
        return Exit::Usage;
    }
    let mut tally = Tally::default();
    for several in inputs.chunks(AT_ONCE) {
        let asked = several.iter().map(|text| (line(text, Author::User), None));
        let found = judge.each(asked.collect());
        for (input, found) in several.iter().zip(found) {
            tally.count(&found);
            session.answer_line(&Answered::new(input, &found, &judge, &session.words));
        }
    }
    tally.exit()
}

/// What came of one of many.
pub(super) type Found = Result<Box<Report>, Unusable>;

impl Judge {
    /// Verifies several at the same time; the answers are in the order of the questions.
    pub(super) fn each(&self, asked: Vec<(Result<Input, Unusable>, Option<&str>)>) -> Vec<Found> {
        let judged = asked
            .into_par_iter()
            .map(|(input, recipient)| input.map(|input| Box::new(self.report(&input, recipient))));
        judged.collect()
    }
}

/// The worst of many: one that is not valid counts more than any that could not be decided.
#[derive(Debug, Default)]
pub(super) struct Tally {
    invalid: bool,
    undecided: bool,
}

impl Tally {
    pub(super) fn count(&mut self, found: &Found) {
        match found.as_ref().map(|report| report.verdict) {
            Ok(Verdict::Valid) => {}
            Ok(Verdict::Invalid) => self.invalid = true,
            Ok(Verdict::Unknown) | Err(_) => self.undecided = true,
        }
    }

    pub(super) const fn exit(&self) -> Exit {
        exit_of(match self {
            Self { invalid: true, .. } => Verdict::Invalid,
            Self { undecided: true, .. } => Verdict::Unknown,
            Self { .. } => Verdict::Valid,
        })
    }
}

/// One line of the answer: the report with its input in front, or why there is none. Both have a verdict.
#[derive(Serialize)]
struct Answered<'a> {
    input: &'a str,
    #[serde(flatten)]
    found: WordedFound<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum WordedFound<'a> {
    Report(Worded<'a>),
    Nothing { verdict: Verdict, error: WordedError },
}

#[derive(Serialize)]
struct WordedError {
    code: &'static str,
    sentence: String,
}

impl<'a> Answered<'a> {
    fn new(input: &'a str, found: &'a Found, judge: &Judge, words: &Words) -> Self {
        let found = match found {
            Ok(report) => WordedFound::Report(report.in_language(judge.language)),
            Err(unusable) => WordedFound::Nothing {
                verdict: Verdict::Unknown,
                error: WordedError {
                    code: unusable.code(),
                    sentence: words.say(unusable.message(), &[]),
                },
            },
        };
        Self { input, found }
    }
}
