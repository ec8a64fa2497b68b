//! The command `accolade`: arguments in, exit code out.

use std::io::{IsTerminal as _, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let terminal = stderr().is_terminal();
    accolade::commands::run(std::env::args_os(), &mut stdout(), &mut stderr(), terminal).into()
}
