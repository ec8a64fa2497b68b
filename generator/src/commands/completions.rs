//! `accolade completions`: what a shell offers while somebody types, in the user's language.

use super::{Exit, Session, help};
use crate::cli;

/// Runs the command.
pub(super) fn run(typed: &cli::Completions, session: &mut Session<'_>) -> Exit {
    let mut command = help::command(&session.words);
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(typed.shell, &mut command, name, &mut script);
    // A reader that went away is no fault of the command.
    let _ = session.out().write_all(&script);
    Exit::Done
}
