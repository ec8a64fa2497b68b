//! `accolade award`.

use super::{Exit, Session};
use crate::cli;

/// Runs the command.
pub(super) fn run(typed: &cli::Award, session: &mut Session<'_>) -> Exit {
    session.complain("cli-not-there", &[("typed", format!("{typed:?}").into())]);
    Exit::Undecided
}
