//! RDF Dataset Canonicalization (RDFC-1.0): the same text for datasets that differ only in their blank node labels.
//!
//! The standard is read in two ways in the field, see [`Reading`]. Either is an injective relabelling of the dataset, so a
//! verifier may accept either; a signer refuses a dataset for which they differ ([`Canonical::readings_may_differ`] says
//! when there is something to compare).
//!
//! A hostile dataset can ask for work that grows like a factorial (CRED-RDFC-3). Work is counted, not timed: this crate
//! has no clock, and the same dataset is refused on every machine.
//!
//! Read [`canonicalize`] first, then `ndegree.rs`, which is only entered when blank nodes look alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256, Sha384};

use crate::rdf::{Dataset, Node, Quad, Term};

mod ndegree;

/// The hash function a canonicalisation uses throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Hash {
    /// SHA-256, the default of the standard.
    #[default]
    Sha256,
    /// SHA-384.
    Sha384,
}

/// The two readings of step 3.1.2 of "Hash N-Degree Quads", "add a mapping of *hash* to the blank node": what happens
/// when one node is related to another by several quads with the same related hash.
///
/// The W3C test suite does not tell them apart. It shows when two embedded endorsements carry an identical proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a value is added once or each time; there is no third way"
)]
pub enum Reading {
    /// Each time: the value is a list (rdf-canonize and jsonld.js, pyld, rdf-canon).
    #[default]
    List,
    /// Once: the value is a set (titanium-rdfc, which the 1EdTech validator uses, oxrdf, sophia).
    Set,
}

/// How to canonicalise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::exhaustive_structs,
    reason = "callers write it out; a new option must be decided by each"
)]
pub struct Options {
    /// The hash function.
    pub hash: Hash,
    /// The reading of the standard.
    pub reading: Reading,
    /// What is too much.
    pub budget: Budget,
}

/// What a dataset may cost before it is refused as too complex.
///
/// Spec: CRED-RDFC-4. An Open Badge has about a hundred quads and thirty blank nodes, nearly all told apart at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "callers write it out; a new bound must be decided by each"
)]
pub struct Budget {
    /// Quads.
    pub quads_max: usize,
    /// Blank nodes. Recursion is at most as deep, so it bounds the stack too.
    pub blank_nodes_max: usize,
    /// Steps in telling similar blank nodes apart: one for each related hash, for each entry of a permutation tried,
    /// and for each 64 bytes hashed or copied on the way. A million take about 80 ms.
    pub steps_max: u64,
}

impl Default for Budget {
    /// The W3C suite stays below 20 000 steps, and badges far below that. A verifier may have to canonicalise a hostile
    /// document four times (two readings, two forms of the contexts), and several documents.
    fn default() -> Self {
        Self { quads_max: 5_000, blank_nodes_max: 500, steps_max: 50_000 }
    }
}

/// A canonicalised dataset.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Canonical {
    /// The canonical N-Quads: lines in code point order, each ended by a line feed.
    pub nquads: String,
    /// Whether a blank node was met twice where the two [`Reading`]s part. When it is false, the other reading gives the
    /// same text and need not be tried.
    pub readings_may_differ: bool,
    labels: Vec<Arc<str>>,
}

impl Canonical {
    /// The canonical label (`c14n0` …) of each blank node label of the dataset, both without `_:`.
    ///
    /// Spec: RDFC-1.0, "canonicalized dataset", issued identifiers map.
    #[must_use]
    pub fn labels(&self) -> BTreeMap<String, String> {
        let named = self.labels.iter().enumerate();
        named.map(|(index, label)| (label.to_string(), format!("c14n{index}"))).collect()
    }
}

/// Why a dataset has no canonical form here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RdfcError {
    /// There are more quads than the budget allows.
    #[error("the document makes more than {max} statements")]
    TooManyQuads {
        /// The bound.
        max: usize,
    },
    /// There are more blank nodes than the budget allows.
    #[error("the document has more than {max} unnamed nodes")]
    TooManyBlankNodes {
        /// The bound.
        max: usize,
    },
    /// Telling the blank nodes apart takes more work than the budget allows. It says nothing about validity.
    #[error("the document is too complex to be canonicalised")]
    TooComplex,
    /// Our bug: a label was given twice or not at all, or a quad was lost on the way. Nothing may be signed or verified.
    #[error("the canonical form does not hold every statement exactly once")]
    NotInjective,
}

/// Writes `dataset` in its canonical form.
///
/// # Errors
/// The budget's, and [`RdfcError::NotInjective`] should this code be wrong.
///
/// Spec: RDFC-1.0, section 4.4; CRED-RDFC-1 to CRED-RDFC-6.
pub fn canonicalize(dataset: &Dataset, options: &Options) -> Result<Canonical, RdfcError> {
    if dataset.len() > options.budget.quads_max {
        return Err(RdfcError::TooManyQuads { max: options.budget.quads_max });
    }
    let lines = Lines::new(dataset);
    if lines.labels.len() > options.budget.blank_nodes_max {
        return Err(RdfcError::TooManyBlankNodes { max: options.budget.blank_nodes_max });
    }
    let first_degree = lines.first_degree_hashes(options.hash);
    let mut canonical = Issuer::new(lines.labels.len());

    let mut by_hash: Vec<u32> = (0..).take(lines.labels.len()).collect();
    by_hash.sort_by_key(|node| hash_of(&first_degree, *node));
    let alike = |a: &u32, b: &u32| hash_of(&first_degree, *a) == hash_of(&first_degree, *b);
    for group in by_hash.chunk_by(alike) {
        if let [unique] = group {
            canonical.issue(*unique);
        }
    }
    let mut readings_may_differ = false;
    if canonical.issued.len() < lines.labels.len() {
        let groups = by_hash.chunk_by(alike).filter(|group| group.len() > 1);
        let mut search = ndegree::Search::new(&lines, &first_degree, canonical, options);
        for group in groups {
            search.label_group(group)?;
        }
        readings_may_differ = search.repeated;
        canonical = search.canonical;
    }
    let nquads = lines.write_canonical(&canonical)?;
    let labels = canonical.issued.iter().filter_map(|node| lines.labels.get(index(*node)));
    Ok(Canonical {
        nquads,
        readings_may_differ,
        labels: labels.map(|label| Arc::clone(label)).collect(),
    })
}

impl Hash {
    /// The digest of the parts one after another, in hexadecimal.
    pub(crate) fn hex<'a>(self, parts: impl IntoIterator<Item = &'a [u8]>) -> String {
        match self {
            Self::Sha256 => hex_digest::<Sha256>(parts),
            Self::Sha384 => hex_digest::<Sha384>(parts),
        }
    }
}

fn hex_digest<'a, D: Digest>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    let digit =
        |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble });
    let bytes = digest.finalize();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Gives out labels by counting: the same node gets the same number, two nodes never do.
///
/// Spec: RDFC-1.0, section 4.3 "Blank Node Identifier Issuer State".
#[derive(Clone)]
struct Issuer {
    number_of: Vec<u32>,
    issued: Vec<u32>,
}

impl Issuer {
    const NONE: u32 = u32::MAX;

    fn new(nodes: usize) -> Self {
        Self { number_of: vec![Self::NONE; nodes], issued: Vec::with_capacity(nodes) }
    }

    fn number(&self, node: u32) -> Option<u32> {
        self.number_of.get(index(node)).copied().filter(|number| *number != Self::NONE)
    }

    fn issue(&mut self, node: u32) -> u32 {
        if let Some(number) = self.number(node) {
            return number;
        }
        let number = u32::try_from(self.issued.len()).unwrap_or(Self::NONE);
        if let Some(slot) = self.number_of.get_mut(index(node)) {
            *slot = number;
        }
        self.issued.push(node);
        number
    }
}

fn index(node: u32) -> usize {
    usize::try_from(node).unwrap_or(usize::MAX)
}

fn hash_of(hashes: &[String], node: u32) -> &str {
    hashes.get(index(node)).map_or("", String::as_str)
}

/// The dataset as N-Quads with gaps: each quad is written once, and where a blank node stands its number is kept beside
/// the text. Every label the algorithm needs is then filled in by copying.
struct Lines<'a> {
    quads: &'a [Quad],
    text: String,
    lines: Vec<Line>,
    /// The labels in the dataset; their places are the nodes' numbers.
    labels: Vec<&'a Arc<str>>,
    /// For each node, the lines that mention it.
    mentions: Vec<Vec<u32>>,
}

/// Where a line is in the text, and its gaps in the order subject, object, graph.
struct Line {
    start: usize,
    end: usize,
    gaps: [Option<Gap>; 3],
}

#[derive(Clone, Copy)]
struct Gap {
    at: usize,
    node: u32,
}

impl<'a> Lines<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        const LINE_BYTES_TYPICAL: usize = 160;
        let mut numbering = Numbering::default();
        let mut lines = Self {
            quads: dataset.quads(),
            text: String::with_capacity(dataset.len() * LINE_BYTES_TYPICAL),
            lines: Vec::with_capacity(dataset.len()),
            labels: Vec::new(),
            mentions: Vec::new(),
        };
        for quad in dataset.quads() {
            lines.push(quad, &mut numbering);
        }
        lines.labels = numbering.labels;
        lines
    }

    fn push(&mut self, quad: &'a Quad, numbering: &mut Numbering<'a>) {
        let start = self.text.len();
        let subject = match &quad.subject {
            Node::Iri(iri) => self.iri(iri),
            Node::Blank(label) => self.gap(numbering.number(label)),
        };
        self.text.push(' ');
        self.iri(&quad.predicate);
        self.text.push(' ');
        let object = match &quad.object {
            Term::Iri(iri) => self.iri(iri),
            Term::Blank(label) => self.gap(numbering.number(label)),
            Term::Literal(literal) => {
                literal.write(&mut self.text);
                None
            }
        };
        let graph = match &quad.graph {
            None => None,
            Some(graph) => {
                self.text.push(' ');
                match graph {
                    Node::Iri(iri) => self.iri(iri),
                    Node::Blank(label) => self.gap(numbering.number(label)),
                }
            }
        };
        self.text.push_str(" .\n");

        let line = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        let gaps = [subject, object, graph];
        self.mentions.resize_with(numbering.labels.len(), Vec::new);
        for gap in gaps.iter().flatten() {
            if let Some(mentions) = self.mentions.get_mut(index(gap.node))
                && mentions.last() != Some(&line)
            {
                mentions.push(line);
            }
        }
        self.lines.push(Line { start, end: self.text.len(), gaps });
    }

    fn iri(&mut self, iri: &str) -> Option<Gap> {
        self.text.push('<');
        self.text.push_str(iri);
        self.text.push('>');
        None
    }

    fn gap(&self, node: u32) -> Option<Gap> {
        Some(Gap { at: self.text.len(), node })
    }

    /// Writes one line with its gaps filled by `label`.
    fn fill(&self, line: &Line, out: &mut String, mut label: impl FnMut(u32, &mut String)) {
        let mut from = line.start;
        for gap in line.gaps.iter().flatten() {
            out.push_str(self.text.get(from..gap.at).unwrap_or_default());
            label(gap.node, out);
            from = gap.at;
        }
        out.push_str(self.text.get(from..line.end).unwrap_or_default());
    }

    /// Spec: RDFC-1.0, section 4.6 "Hash First Degree Quads".
    fn first_degree_hashes(&self, hash: Hash) -> Vec<String> {
        let mut text = String::new();
        let mut ends: Vec<usize> = Vec::new();
        let mut hashes = Vec::with_capacity(self.labels.len());
        for (node, mentions) in (0..).zip(&self.mentions) {
            text.clear();
            ends.clear();
            for line in mentions.iter().filter_map(|line| self.lines.get(index(*line))) {
                self.fill(line, &mut text, |other, out| {
                    out.push_str(if other == node { "_:a" } else { "_:z" });
                });
                ends.push(text.len());
            }
            hashes.push(hash.hex(sorted_lines(&text, &ends).into_iter().map(str::as_bytes)));
        }
        hashes
    }

    /// Writes the canonical form and holds the two invariants on which the acceptance of either reading rests.
    fn write_canonical(&self, issuer: &Issuer) -> Result<String, RdfcError> {
        let labels: Vec<String> = (0..)
            .take(self.labels.len())
            .map(|node| match issuer.number(node) {
                Some(number) => format!("_:c14n{number}"),
                None => String::new(),
            })
            .collect();
        let mut distinct: Vec<&String> = labels.iter().filter(|label| !label.is_empty()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() != self.labels.len() {
            return Err(RdfcError::NotInjective);
        }
        let mut text = String::with_capacity(self.text.len() + self.lines.len() * 16);
        let mut ends = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            self.fill(line, &mut text, |node, out| {
                out.push_str(labels.get(index(node)).map_or("", String::as_str));
            });
            ends.push(text.len());
        }
        let mut sorted = sorted_lines(&text, &ends);
        sorted.dedup();
        if sorted.len() != self.quads.len() {
            return Err(RdfcError::NotInjective);
        }
        let mut nquads = String::with_capacity(text.len());
        nquads.extend(sorted);
        Ok(nquads)
    }
}

/// Cuts `text` at `ends` and sorts the pieces by code point (the order of UTF-8 bytes).
fn sorted_lines<'t>(text: &'t str, ends: &[usize]) -> Vec<&'t str> {
    let mut start = 0;
    let mut lines: Vec<&str> = Vec::with_capacity(ends.len());
    for end in ends {
        lines.push(text.get(start..*end).unwrap_or_default());
        start = *end;
    }
    lines.sort_unstable();
    lines
}

/// Numbers blank nodes in the order in which they are met.
#[derive(Default)]
struct Numbering<'a> {
    numbers: BTreeMap<&'a str, u32>,
    labels: Vec<&'a Arc<str>>,
    last: Option<(&'a Arc<str>, u32)>,
}

impl<'a> Numbering<'a> {
    fn number(&mut self, label: &'a Arc<str>) -> u32 {
        // Quads come node by node, so the label asked for is mostly the one asked for before.
        if let Some((last, number)) = self.last
            && Arc::ptr_eq(last, label)
        {
            return number;
        }
        let next = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(label).or_insert(next);
        if number == next {
            self.labels.push(label);
        }
        self.last = Some((label, number));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::nquads;

    fn canonical(text: &str, reading: Reading) -> Canonical {
        let options = Options { reading, ..Options::default() };
        canonicalize(&nquads::parse(text).unwrap(), &options).unwrap()
    }

    /// CRED-RDFC-6.
    #[test]
    fn without_blank_nodes_the_quads_are_sorted_and_stand_once() {
        let found = canonical(
            "<urn:b> <urn:p> \"1\" .\n<urn:a> <urn:p> \"2\" .\n<urn:b> <urn:p> \"1\" .\n",
            Reading::List,
        );
        assert_eq!(found.nquads, "<urn:a> <urn:p> \"2\" .\n<urn:b> <urn:p> \"1\" .\n");
        assert!(found.labels().is_empty());
    }

    /// Two nodes that mention each other in the same graphs, so that each meets the other several times under one hash.
    /// Expected: rdf-canonize 5 for lists, sophia 0.10 for sets.
    #[test]
    fn the_two_readings_part_where_others_saw_them_part() {
        let mut text = String::new();
        for (from, to, own) in [("_:a", "_:b", "_:x"), ("_:b", "_:a", "_:y")] {
            for graph in ["<urn:g1>", "<urn:g2>", own] {
                text += &format!("{from} <urn:p> {to} {graph} .\n");
            }
        }
        for (reading, first, second) in [(Reading::List, 2, 1), (Reading::Set, 1, 2)] {
            let found = canonical(&text, reading);
            assert!(found.readings_may_differ);
            let expected = format!(
                "_:c14n0 <urn:p> _:c14n3 <urn:g1> .\n\
                 _:c14n0 <urn:p> _:c14n3 <urn:g2> .\n\
                 _:c14n0 <urn:p> _:c14n3 _:c14n{first} .\n\
                 _:c14n3 <urn:p> _:c14n0 <urn:g1> .\n\
                 _:c14n3 <urn:p> _:c14n0 <urn:g2> .\n\
                 _:c14n3 <urn:p> _:c14n0 _:c14n{second} .\n"
            );
            assert_eq!(found.nquads, expected, "{reading:?}");
            // Both only relabel, and the labels depend on the shape alone: doing it again changes nothing.
            assert_eq!(canonical(&found.nquads, reading).nquads, found.nquads);
        }
    }

    #[test]
    fn where_no_node_is_met_twice_the_readings_need_no_comparison() {
        let text = "_:a <urn:p> _:b .\n_:b <urn:p> _:a .\n_:c <urn:q> _:a .\n_:d <urn:q> _:b .\n";
        let list = canonical(text, Reading::List);
        assert!(!list.readings_may_differ);
        assert_eq!(list.nquads, canonical(text, Reading::Set).nquads);
    }

    fn ring(nodes: usize) -> Dataset {
        let lines = (0..nodes).map(|n| format!("_:n{n} <urn:next> _:n{} .\n", (n + 1) % nodes));
        nquads::parse(&lines.collect::<String>()).unwrap()
    }

    fn clique(nodes: usize) -> Dataset {
        let pairs =
            (0..nodes).flat_map(|a| (0..nodes).map(move |b| (a, b))).filter(|(a, b)| a != b);
        let lines = pairs.map(|(a, b)| format!("_:n{a} <urn:p> _:n{b} .\n"));
        nquads::parse(&lines.collect::<String>()).unwrap()
    }

    /// CRED-RDFC-3, CRED-RDFC-4.
    #[test]
    fn a_poisonous_dataset_is_refused_and_a_long_ring_does_not_exhaust_the_stack() {
        let options = Options::default();
        assert_eq!(canonicalize(&clique(10), &options).unwrap_err(), RdfcError::TooComplex);
        assert!(canonicalize(&clique(4), &options).is_ok());
        // Every node of a ring starts a walk around it, which is the deepest recursion there is.
        let deep = canonicalize(&ring(500), &options);
        assert!(matches!(deep, Ok(_) | Err(RdfcError::TooComplex)), "{deep:?}");
        assert_eq!(canonicalize(&ring(30), &options).unwrap().nquads.lines().count(), 30);
    }

    /// CRED-RDFC-4: read as lists, forty mentions of two nodes have 10¹¹ orders; read as sets, two.
    #[test]
    fn the_orders_of_many_mentions_are_not_all_tried() {
        let mut text = String::new();
        for (hub, leaf, graph) in (0..80).map(|n| (n % 2, n / 2 % 2, n / 4)) {
            text += &format!("_:hub{hub} <urn:p> _:leaf{hub}{leaf} <urn:g{graph}> .\n");
        }
        let dataset = nquads::parse(&text).unwrap();
        let with = |reading| Options { reading, ..Options::default() };
        let refused = canonicalize(&dataset, &with(Reading::List));
        assert_eq!(refused.unwrap_err(), RdfcError::TooComplex);
        assert!(canonicalize(&dataset, &with(Reading::Set)).is_ok());
    }

    /// CRED-RDFC-4: the work inside a call is bounded too, and long names cost more than short ones.
    #[test]
    fn steps_are_counted_by_what_they_cost() {
        let with = |steps_max| Options {
            budget: Budget { steps_max, ..Budget::default() },
            ..Options::default()
        };
        assert!(canonicalize(&ring(30), &with(50_000)).is_ok());
        assert_eq!(canonicalize(&ring(30), &with(1_000)).unwrap_err(), RdfcError::TooComplex);
        let long = "x".repeat(2_000);
        let lines = (0..30).map(|n| format!("_:n{n} <urn:{long}> _:n{} .\n", (n + 1) % 30));
        let dataset = nquads::parse(&lines.collect::<String>()).unwrap();
        assert_eq!(canonicalize(&dataset, &with(50_000)).unwrap_err(), RdfcError::TooComplex);
    }

    #[test]
    fn size_is_bounded_before_any_work() {
        let budget = Budget { quads_max: 29, ..Budget::default() };
        let found = canonicalize(&ring(30), &Options { budget, ..Options::default() });
        assert_eq!(found.unwrap_err(), RdfcError::TooManyQuads { max: 29 });
        let budget = Budget { blank_nodes_max: 29, ..Budget::default() };
        let found = canonicalize(&ring(30), &Options { budget, ..Options::default() });
        assert_eq!(found.unwrap_err(), RdfcError::TooManyBlankNodes { max: 29 });
    }

    /// The invariant behind accepting either reading: should labels collide, nothing comes out.
    #[test]
    fn a_label_given_twice_and_a_quad_lost_are_noticed() {
        let dataset = ring(3);
        let mut lines = Lines::new(&dataset);
        let mut issuer = Issuer::new(3);
        issuer.issue(0);
        issuer.issue(1);
        assert_eq!(lines.write_canonical(&issuer), Err(RdfcError::NotInjective));
        issuer.number_of = vec![0, 1, 1];
        assert_eq!(lines.write_canonical(&issuer), Err(RdfcError::NotInjective));
        issuer.number_of = vec![0, 1, 2];
        assert!(lines.write_canonical(&issuer).is_ok());
        // One quad written twice and another not at all.
        lines.lines[1] = Line { ..lines.lines[0] };
        assert_eq!(lines.write_canonical(&issuer), Err(RdfcError::NotInjective));
    }
}
