//! What a signer and a verifier pay to find the bytes that are signed: a badge of about 4 kB, contexts warm.
//!
//! `cargo bench -p openbadges --bench canonicalise`. `expand_cold` is the first document after a start.

use divan::{Bencher, black_box};
use openbadges::jcs;
use openbadges::jsonld::{ContextStore, to_rdf};
use openbadges::rdf::Dataset;
use openbadges::rdfc::{Options, canonicalize};
use serde_json::Value;

const BADGE: &str = include_str!("badge-4kb.json");

fn main() {
    divan::main();
}

fn badge() -> Value {
    serde_json::from_str(BADGE).expect("the badge beside this file is JSON")
}

fn dataset() -> Dataset {
    to_rdf(&badge(), ContextStore::embedded()).expect("every term of the badge is defined")
}

/// JSON-LD to quads.
#[divan::bench]
fn expand(bencher: Bencher<'_, '_>) {
    let (badge, contexts) = (badge(), ContextStore::embedded());
    bencher.bench_local(|| to_rdf(black_box(&badge), contexts));
}

/// The same with a store that has seen nothing: contexts are parsed and applied on the way.
#[divan::bench]
fn expand_cold(bencher: Bencher<'_, '_>) {
    let badge = badge();
    bencher
        .with_inputs(|| ContextStore::with_extra(&[]).expect("there is nothing to add"))
        .bench_local_values(|contexts: ContextStore| to_rdf(black_box(&badge), &contexts));
}

/// RDFC-1.0 with SHA-256.
#[divan::bench]
fn canonicalise(bencher: Bencher<'_, '_>) {
    let (dataset, options) = (dataset(), Options::default());
    bencher.bench_local(|| canonicalize(black_box(&dataset), &options));
}

/// RFC 8785.
#[divan::bench]
fn jcs(bencher: Bencher<'_, '_>) {
    let badge = badge();
    bencher.bench_local(|| jcs::canonicalize(black_box(&badge)));
}
