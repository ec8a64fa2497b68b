//! Published canonical forms: JSON-LD to RDF and RDFC-1.0 together, byte for byte, with the hashes made of them.
//!
//! CRED-EDDSA-3, CRED-EDDSA-4, CRED-EDDSA-9, CRED-EDDSA-10, OB3-CTX-9. Data: `vectors/vc-di-eddsa`,
//! `vectors/openbadges-3.0/linked-data-proof`.

use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use accolade_tests::{contexts_of_vectors, read_json, read_text, run, same_text, suite};
use camino::{Utf8Path, Utf8PathBuf};
use libtest_mimic::{Failed, Trial};
use openbadges::jsonld::{ContextStore, to_rdf};
use openbadges::rdfc::{Options, Reading, canonicalize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The document or proof options, its canonical form, and the file with its hash.
const W3C: [[&str; 3]; 6] = [
    [
        "eddsa-rdfc-2022/signedDataInt.json",
        "eddsa-rdfc-2022/canonDocDataInt.txt",
        "eddsa-rdfc-2022/docHashDataInt.txt",
    ],
    [
        "eddsa-rdfc-2022/proofConfigDataInt.json",
        "eddsa-rdfc-2022/proofCanonDataInt.txt",
        "eddsa-rdfc-2022/proofHashDataInt.txt",
    ],
    [
        "eddsa-rdfc-2022/employ/signedDataInt.json",
        "eddsa-rdfc-2022/employ/canonDocDataInt.txt",
        "eddsa-rdfc-2022/employ/docHashDataInt.txt",
    ],
    [
        "eddsa-rdfc-2022/employ/proofConfigDataInt.json",
        "eddsa-rdfc-2022/employ/proofCanonDataInt.txt",
        "eddsa-rdfc-2022/employ/proofHashDataInt.txt",
    ],
    [
        "Ed25519Signature2020/signedEdSig.json",
        "Ed25519Signature2020/canonDocEdSig.txt",
        "Ed25519Signature2020/docHashEdSig.txt",
    ],
    [
        "Ed25519Signature2020/proofConfigEdSig.json",
        "Ed25519Signature2020/proofCanonEdSig.txt",
        "Ed25519Signature2020/proofHashEdSig.txt",
    ],
];

static CONTEXTS: LazyLock<Result<ContextStore, String>> = LazyLock::new(|| {
    contexts_of_vectors().map_err(|failed| failed.message().unwrap_or("no contexts").to_owned())
});

fn main() -> ExitCode {
    let mut trials = suite("vectors/vc-di-eddsa", w3c);
    trials.extend(suite("vectors/openbadges-3.0/linked-data-proof", open_badges));
    trials.extend(suite("vectors/openbadges-3.0", complete));
    run(trials)
}

fn w3c(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let trial = |[document, canonical, hash]: [&'static str; 3]| {
        let [document_path, canonical, hash] =
            [document, canonical, hash].map(|path| folder.join(path));
        Trial::test(format!("vc-di-eddsa/{document}"), move || {
            let contexts = CONTEXTS.as_ref().map_err(Failed::from)?;
            let expected = Expected { canonical: read_text(canonical)?, hash: read_text(hash)? };
            expected.check(&read_json(document_path)?, contexts)
        })
    };
    Ok(W3C.into_iter().map(trial).collect())
}

fn open_badges(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let folder: Arc<Utf8PathBuf> = Arc::new(folder.to_owned());
    let mut trials = Vec::new();
    for (store, contexts) in [
        ("current contexts", ContextStore::embedded()),
        ("contexts of April 2025", ContextStore::embedded_april_2025()),
    ] {
        for (document, canonical, member) in [
            ("unsigned.json", "document-canon.nq", "documentHash"),
            ("signed.json", "document-canon.nq", "documentHash"),
            ("proofConfig.json", "proof-canon.nq", "proofHash"),
        ] {
            let folder = Arc::clone(&folder);
            let name = format!("linked-data-proof/{document} ({store})");
            trials.push(Trial::test(name, move || {
                let hashes = read_json(folder.join("hashes.json"))?;
                let hash = hashes.get(member).and_then(Value::as_str).ok_or("there is no hash")?;
                let canonical = read_text(folder.join(canonical))?;
                let expected = Expected { canonical, hash: hash.to_owned() };
                expected.check(&read_json(folder.join(document))?, contexts)
            }));
        }
    }
    Ok(trials)
}

/// The specification's complete badge holds two endorsements with an equal proof, so the two readings part.
fn complete(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    /// What jsonld.js 9 with rdf-canonize 5 finds, which reads lists.
    const LIST: &str = "65d459a8dd5aed6b097491d61463d0170de813b0d40f9d9003f4561a7d85dd55";
    const QUADS: usize = 356;
    let document = folder.join("fullOpenBadge.01-complete-openbadgecredential.json");
    Ok(vec![Trial::test("openbadges-3.0/the complete badge, in both readings", move || {
        let dataset = to_rdf(&read_json(document)?, ContextStore::embedded())?;
        let form = |reading| canonicalize(&dataset, &Options { reading, ..Options::default() });
        let (list, set) = (form(Reading::List)?, form(Reading::Set)?);
        same_text(LIST, &sha256(&list.nquads))?;
        let lines = (list.nquads.lines().count(), set.nquads.lines().count());
        let parted = list.nquads != set.nquads && list.readings_may_differ;
        if lines == (QUADS, QUADS) && parted { Ok(()) } else { Err(format!("{lines:?}").into()) }
    })])
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Expected {
    canonical: String,
    hash: String,
}

impl Expected {
    /// Holds both readings of RDFC-1.0 to the published form: these documents do not tell them apart.
    fn check(&self, document: &Value, contexts: &ContextStore) -> Result<(), Failed> {
        let mut unsecured = document.clone();
        if let Some(members) = unsecured.as_object_mut() {
            members.remove("proof");
        }
        let dataset = to_rdf(&unsecured, contexts)?;
        for reading in [Reading::List, Reading::Set] {
            let found = canonicalize(&dataset, &Options { reading, ..Options::default() })?;
            same_text(&self.canonical, &found.nquads)?;
            same_text(self.hash.trim(), &sha256(&found.nquads))?;
        }
        Ok(())
    }
}
