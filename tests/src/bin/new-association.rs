//! Makes an association and what judges must say of its awards: `new-association FOLDER EXPECTED_JSON`; see
//! [`accolade_tests::association`].

use std::process::ExitCode;

use accolade_tests::association;
use camino::Utf8PathBuf;

#[expect(clippy::print_stderr, reason = "a maker's tool has no other words")]
fn main() -> ExitCode {
    let mut typed = std::env::args().skip(1).map(Utf8PathBuf::from);
    let (Some(folder), Some(expected)) = (typed.next(), typed.next()) else {
        eprintln!("new-association FOLDER EXPECTED_JSON");
        return ExitCode::from(2);
    };
    let made = association::make(&folder).map_err(|problem| problem.to_string());
    let written = made.and_then(|table| {
        std::fs::write(&expected, format!("{table:#}\n")).map_err(|error| error.to_string())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
