//! What the programs have in common, however they are asked: they begin in the same way, and speak to their operator in the
//! same words. The only place of the function that reads the clock, writes lines and makes a random number.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::io::Write as _;
use std::process::ExitCode;

use openbadges::time::Timestamp;

use crate::{Configuration, Handler, Log, handler, panics_without_words};

/// Nothing was begun: the settings cannot be meant.
const WRONG_USAGE: u8 = 2;

/// The function of a configuration, with lines about requests on standard output.
///
/// # Errors
/// The status to end with, when the settings cannot be meant; the operator was told why.
pub fn begin(configuration: &Configuration) -> Result<Handler, ExitCode> {
    panics_without_words(Log::to(tell));
    match configuration.function(now, Log::to(tell), random()) {
        Ok(function) => Ok(handler(function)),
        Err(error) => {
            report(&error.to_string());
            Err(ExitCode::from(WRONG_USAGE))
        }
    }
}

/// Tells the operator something.
#[expect(clippy::print_stderr, reason = "the one place where the programs speak to their operator")]
pub fn report(message: &str) {
    eprintln!("accolade-verify-fn: {message}");
}

/// A line of the log. That nobody reads it is no reason to stop.
fn tell(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A number that no other process has: the hasher of the standard library has its seed from the system.
fn random() -> u64 {
    RandomState::new().hash_one(std::process::id())
}

fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}
