//! Makes the awards of the demonstration anew; see [`accolade_tests::demo`].

use std::process::ExitCode;

use accolade_tests::{demo, workspace};

#[expect(clippy::print_stderr, reason = "a maker's tool has no other words")]
fn main() -> ExitCode {
    match demo::make(workspace()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
