//! Carries inputs between the fuzz targets' kept corpus and folders of an engine.
//!
//! `fuzz-corpus unpack FOLDER` writes the seeds and the kept inputs of each target; `fuzz-corpus pack FOLDER` keeps what an
//! engine left there.

use std::process::ExitCode;

use accolade_tests::fuzz::{TARGETS, kept, kept_file, pack};
use camino::Utf8Path;
use libtest_mimic::Failed;

#[expect(clippy::print_stderr, reason = "a maker's tool has no other words")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [verb, folder] if verb == "unpack" => unpack(folder.as_ref()),
        [verb, folder] if verb == "pack" => keep(folder.as_ref()),
        _ => Err("fuzz-corpus unpack FOLDER | fuzz-corpus pack FOLDER".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{}", problem.message().unwrap_or("failed"));
            ExitCode::FAILURE
        }
    }
}

fn unpack(folder: &Utf8Path) -> Result<(), Failed> {
    for target in TARGETS {
        let folder = folder.join(target.name);
        std::fs::create_dir_all(&folder)?;
        let inputs = (target.seeds)().into_iter().chain(kept(target.name).unwrap_or_default());
        for (nth, input) in inputs.enumerate() {
            std::fs::write(folder.join(format!("seed-{nth:04}")), input)?;
        }
    }
    Ok(())
}

fn keep(folder: &Utf8Path) -> Result<(), Failed> {
    for target in TARGETS {
        let Ok(entries) = std::fs::read_dir(folder.join(target.name)) else { continue };
        let inputs: Result<Vec<Vec<u8>>, std::io::Error> =
            entries.map(|entry| std::fs::read(entry?.path())).collect();
        std::fs::write(kept_file(target.name), pack(inputs?))?;
    }
    Ok(())
}
