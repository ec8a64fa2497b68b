//! One file per command: arguments → library → words. Sees every other module; no other module sees it.
//!
//! This is the shell around the pure stages: the clock, the environment and the terminal are read here and handed in.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::FromArgMatches;
use openbadges::time::Timestamp;

use crate::cli::{Cli, Command};

mod award;
mod bake;
mod build;
mod certificate;
mod check;
mod completions;
mod deciding;
mod extract;
mod forget;
mod help;
mod init;
mod keygen;
mod man;
mod publishing;
mod remembering;
mod reseal;
mod revoke;
mod seal;
mod serve;
mod session;
mod verify;
mod version;

pub use session::Session;

/// What the caller of the command learns without reading a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, or the answer is yes.
    Done,
    /// The answer is no: diagnostics, a badge that is not good.
    No,
    /// The command was not used as it is meant to be.
    Usage,
    /// It could not be decided, or could not be done.
    Undecided,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Usage => 2,
            Exit::Undecided => 3,
        })
    }
}

/// Runs what was typed. `out` gets what was asked for, `err` what goes with it; `terminal` says whether a person looks
/// at `err`.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    terminal: bool,
) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let words = session::words(&arguments);
    let parsed = help::command(&words)
        .try_get_matches_from(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return help::explain(&error, &arguments, &words, out, err),
    };
    let session = &mut Session::new(cli.global, words, out, err, terminal);
    if session.is_for_forge() && !matches!(cli.command, Command::Check(_)) {
        session.complain("cli-format-of-check", &[]);
        return Exit::Usage;
    }
    match &cli.command {
        Command::Init(typed) => init::run(typed, session),
        Command::Keygen(typed) => keygen::run(typed, session),
        Command::Award(typed) => award::run(typed, session),
        Command::Revoke(typed) => revoke::run(typed, session),
        Command::Forget(typed) => forget::run(typed, session),
        Command::Reseal(typed) => reseal::run(typed, session),
        Command::Version(typed) => version::run(typed, session),
        Command::Seal(typed) => seal::run(typed, session),
        Command::Check(typed) => check::run(typed, session),
        Command::Build(typed) => build::run(typed, session),
        Command::Serve(typed) => serve::run(typed, session),
        Command::Bake(typed) => bake::run(typed, session),
        Command::Extract(typed) => extract::run(typed, session),
        Command::Certificate(typed) => certificate::run(typed, session),
        Command::Verify(typed) => verify::run(typed, session),
        Command::Completions(typed) => completions::run(typed, session),
        Command::Man(typed) => man::run(typed, session),
    }
}

/// The moment of the command. Never used by `build`.
fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}
