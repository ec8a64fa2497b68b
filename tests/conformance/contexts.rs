//! Each embedded context is the published one: the same bytes, or equal as parsed JSON, as its provenance says.
//!
//! OB3-CTX-4, OB3-CTX-5, OB3-CTX-7, CRED-SAFE-4. Data: `contexts/index.json` and the files beside it.

use std::process::ExitCode;

use accolade_tests::{read_json, read_text, run, same_text, suite, workspace};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::jsonld::ContextStore;
use serde_json::Value;

const OB_3_0_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const APRIL_2025: &str = "ob-v3p0-context-3.0.3.april-2025.json";

fn main() -> ExitCode {
    run(suite("contexts", collect))
}

fn collect(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let index = read_json(folder.join("index.json"))?;
    let provenance = read_text(workspace().join("openbadges/contexts/PROVENANCE.md"))?;
    let mut trials = Vec::new();
    let mut expect = |url: &str, text: &str, file: &str, row: &str| {
        let (published, text) = (folder.join(file), text.to_owned());
        let says_bytes = claims_equal_bytes(&provenance, url, row);
        trials.push(Trial::test(format!("contexts/{url} {row}"), move || {
            if says_bytes? {
                return same_text(&read_text(&published)?, &text);
            }
            let ours: Value = serde_json::from_str(&text)?;
            if ours == read_json(&published)? { Ok(()) } else { Err("the JSON differs".into()) }
        }));
    };
    for (url, text) in ContextStore::embedded().texts() {
        let file = index.pointer(&format!("/contexts/{}/file", url.replace('/', "~1")));
        expect(url, text, file.and_then(Value::as_str).ok_or("not in the index")?, "");
    }
    for (url, text) in
        ContextStore::embedded_april_2025().texts().filter(|(url, _)| *url == OB_3_0_3)
    {
        expect(url, text, APRIL_2025, "(as of April 2025)");
    }
    Ok(trials)
}

/// What the row of the table says in its last column.
fn claims_equal_bytes(provenance: &str, url: &str, note: &str) -> Result<bool, Failed> {
    let is_row = |line: &&str| {
        line.contains(&format!("`{url}`")) && line.contains("April 2025") != note.is_empty()
    };
    let row = provenance.lines().find(is_row).ok_or("it is not in the table")?;
    match row.trim_end_matches(" |").rsplit("| ").next() {
        Some("bytes") => Ok(true),
        Some("JSON") => Ok(false),
        other => Err(format!("the table says {other:?}").into()),
    }
}
