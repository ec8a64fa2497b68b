//! The W3C RDFC-1.0 test suite, each entry under both readings of the standard.
//!
//! CRED-RDFC-1 to CRED-RDFC-5. Data: `vectors/rdfc10/manifest.jsonld`, 86 entries.

use std::collections::BTreeMap;
use std::process::ExitCode;

use accolade_tests::{read_json, read_text, run, same_text, suite};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::rdf::nquads;
use openbadges::rdfc::{Hash, Options, RdfcError, Reading, canonicalize};
use serde::Deserialize;

const ENTRIES: usize = 86;

#[derive(Deserialize)]
struct Manifest {
    entries: Vec<Entry>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: String,
    r#type: String,
    name: String,
    hash_algorithm: Option<String>,
    action: String,
    result: Option<String>,
}

fn main() -> ExitCode {
    run(suite("vectors/rdfc10/manifest.jsonld", collect))
}

fn collect(manifest: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let folder = manifest.parent().ok_or("the manifest is in no folder")?.to_owned();
    let Manifest { entries } = serde_json::from_value(read_json(manifest)?)?;
    let count = entries.len();
    let mut trials = vec![Trial::test("rdfc10/the manifest is whole", move || {
        if count == ENTRIES { Ok(()) } else { Err(format!("{count} entries").into()) }
    })];
    for entry in entries {
        for reading in [Reading::List, Reading::Set] {
            let name = format!("rdfc10/{} {} ({reading:?})", entry.id, entry.name);
            let (entry, folder) = (entry.clone(), folder.clone());
            trials.push(Trial::test(name, move || check(&entry, &folder, reading)));
        }
    }
    Ok(trials)
}

fn check(entry: &Entry, folder: &Utf8Path, reading: Reading) -> Result<(), Failed> {
    let hash = match entry.hash_algorithm.as_deref() {
        None | Some("SHA256") => Hash::Sha256,
        Some("SHA384") => Hash::Sha384,
        Some(other) => return Err(format!("unknown hash `{other}`").into()),
    };
    let dataset = nquads::parse(&read_text(folder.join(&entry.action))?)?;
    let found = canonicalize(&dataset, &Options { hash, reading, ..Options::default() });
    let expected = entry.result.as_ref().map(|path| folder.join(path));
    match (entry.r#type.as_str(), expected) {
        ("rdfc:RDFC10EvalTest", Some(path)) => same_text(&read_text(path)?, &found?.nquads),
        ("rdfc:RDFC10MapTest", Some(path)) => {
            let expected: BTreeMap<String, String> = serde_json::from_value(read_json(path)?)?;
            same_text(&format!("{expected:#?}"), &format!("{:#?}", found?.labels()))
        }
        ("rdfc:RDFC10NegativeEvalTest", None) => match found {
            Err(RdfcError::TooComplex) => Ok(()),
            other => Err(format!("expected a refusal, found {other:?}").into()),
        },
        (other, _) => Err(format!("unknown test type `{other}`").into()),
    }
}
