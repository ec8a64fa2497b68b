//! Fuzz targets: every parser that meets a stranger's bytes, and what must hold of each whatever the bytes are.
//!
//! A target is a function that panics on a finding. `tests/fuzz/run` hands it to a coverage-guided engine;
//! `conformance/fuzz.rs` runs the kept corpus and a short pass of plain mutations through it in every `cargo test`.

#![expect(clippy::panic, reason = "a finding is a panic: that is how engines are told")]

mod corpus;
mod mutate;
mod records;
mod scenes;
mod texts;

use std::sync::OnceLock;

use openbadges::verify::Input;

pub use corpus::{kept, kept_file, pack};
pub use mutate::Mutator;

/// A parser under test.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, which is that of its corpus.
    pub name: &'static str,
    /// Panics when something that must hold does not.
    pub run: fn(&[u8]),
    /// Inputs to start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "json", run: records::json, seeds: records::json_seeds },
    Target { name: "jsonld", run: records::jsonld, seeds: records::json_seeds },
    Target { name: "rdfc", run: records::rdfc, seeds: records::rdfc_seeds },
    Target { name: "shapes", run: records::shapes, seeds: records::json_seeds },
    Target { name: "bitstring", run: records::bitstring, seeds: records::bitstring_seeds },
    Target { name: "png", run: records::picture, seeds: records::png_seeds },
    Target { name: "svg", run: records::picture, seeds: records::svg_seeds },
    Target { name: "token", run: texts::token, seeds: texts::token_seeds },
    Target { name: "keys", run: texts::keys, seeds: texts::key_seeds },
    Target { name: "names", run: texts::names, seeds: texts::name_seeds },
    Target { name: "yaml", run: texts::yaml, seeds: texts::yaml_seeds },
    Target { name: "csv", run: texts::csv, seeds: texts::csv_seeds },
    Target { name: "address", run: scenes::address, seeds: scenes::address_seeds },
    Target { name: "file", run: scenes::file, seeds: scenes::file_seeds },
    Target { name: "page", run: scenes::page, seeds: scenes::page_seeds },
    Target { name: "documents", run: scenes::documents, seeds: scenes::document_seeds },
];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// The longest seed: what is long is explored slowly, and shows nothing that a short input does not.
const SEED_BYTES_MAX: usize = 6 * 1024;

/// Files of the hostile corpus that `is_of` the target.
fn hostile(is_of: impl Fn(&[u8]) -> bool) -> Vec<Vec<u8>> {
    static FILES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let files = FILES.get_or_init(|| {
        let cases = crate::hostile::cases().into_iter();
        let files = cases.filter_map(|case| match case.scene.input {
            Input::File(bytes) => Some(bytes),
            Input::Address(_) => None,
        });
        files.filter(|bytes| bytes.len() <= SEED_BYTES_MAX).collect()
    });
    files.iter().filter(|bytes| is_of(bytes)).cloned().collect()
}
