//! The published vectors of RFC 8785: the canonical text, and the same bytes in hexadecimal.
//!
//! CRED-JCS-4. Data: `vectors/jcs/{input,output,outhex}`.

use std::process::ExitCode;

use accolade_tests::{read_json, read_text, run, same_text, suite};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::jcs;

fn main() -> ExitCode {
    run(suite("vectors/jcs", collect))
}

fn collect(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let mut trials = Vec::new();
    for entry in folder.join("input").read_dir_utf8()? {
        let input = entry?.into_path();
        let name = input.file_stem().unwrap_or_default().to_owned();
        let output = folder.join("output").join(format!("{name}.json"));
        let hexadecimal = folder.join("outhex").join(format!("{name}.txt"));
        trials.push(Trial::test(format!("jcs/{name}"), move || {
            let found = jcs::canonicalize(&read_json(&input)?);
            same_text(&read_text(&output)?, &found)?;
            let bytes: Vec<String> = found.bytes().map(|byte| format!("{byte:02x}")).collect();
            let expected = read_text(&hexadecimal)?;
            same_text(&expected.split_whitespace().collect::<Vec<_>>().join(" "), &bytes.join(" "))
        }));
    }
    Ok(trials)
}
