//! Hashed identities with known answers.
//!
//! OB2-HASH-1, OB2-HASH-2, OB2-HASH-3, OB2-HASH-6, OB3-IDO-6. Data: `vectors/hashing/identity-hashes.json`.

#![expect(
    clippy::indexing_slicing,
    reason = "a member that a case lacks reads as null; nothing here panics outside a trial"
)]

use std::process::ExitCode;

use accolade_tests::{items_at, read_json, run, same, suite, text_at};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::recipient::{Claim, HashAlgorithm, Identity, RecipientHash, Salt};
use serde_json::Value;

fn main() -> ExitCode {
    run(suite("vectors/hashing/identity-hashes.json", collect))
}

fn collect(file: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let cases = read_json(file)?;
    let vectors = items_at(&cases, "/vectors")?;
    let published = items_at(&cases, "/published")?;
    let known = vectors.into_iter().map(|case| {
        let name = format!("hashing/{} of {} with {}", case["alg"], case["identity"], case["salt"]);
        Trial::test(name, move || known_identity(&case))
    });
    // Whose address was hashed was never published; the value must be read all the same.
    let unknown = published.into_iter().map(|case| {
        Trial::test(format!("hashing/published {}", case["note"]), move || {
            let text = text_at(&case, "/identityHash")?;
            same(&text.to_owned(), &RecipientHash::parse(text)?.to_string())
        })
    });
    Ok(known.chain(unknown).collect())
}

fn known_identity(case: &Value) -> Result<(), Failed> {
    let (identity, hash) = (text_at(case, "/identity")?, text_at(case, "/identityHash")?);
    let salt = case["salt"].as_str();
    let claim = Claim::new(true, hash, salt)?;
    let exact = Identity::exact(identity);
    same(&true, &exact.matches(&claim))?;
    same(&false, &Identity::exact(&format!("{identity}x")).matches(&claim))?;
    same(&false, &exact.matches(&Claim::new(true, hash, Some("another salt"))?))?;
    // Both spellings of an address are tried, so the one that was typed matches whichever was hashed.
    same(&true, &Identity::email(identity)?.matches(&claim))?;
    if RecipientHash::parse(hash)?.algorithm() == HashAlgorithm::Sha256 {
        let written = RecipientHash::of(&exact, &Salt::parse(salt.unwrap_or_default())?);
        same(&hash.to_owned(), &written.to_string())?;
    }
    Ok(())
}
