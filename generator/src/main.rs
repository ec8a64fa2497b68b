//! The command `accolade`: arguments in, exit code out.

use std::io::{stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    accolade::commands::run(std::env::args_os(), &mut stdout(), &mut stderr()).into()
}
