//! Telling apart blank nodes whose own quads look alike ("Hash N-Degree Quads").
//!
//! This is where a hostile dataset spends a verifier's time, so every loop in here pays from one budget.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Gap, Issuer, Lines, Options, RdfcError, Reading, hash_of, index};

/// The state shared by all calls: what is known, what is already labelled, what is left of the budget.
pub(super) struct Search<'a> {
    lines: &'a Lines<'a>,
    first_degree: &'a [String],
    options: &'a Options,
    calls_left: u64,
    steps_left: u64,
    pub(super) canonical: Issuer,
    /// Whether a node was met twice under one related hash, which is where the two readings part.
    pub(super) repeated: bool,
}

/// A path through related nodes, and the labels given on the way.
struct Path {
    text: String,
    issuer: Issuer,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        lines: &'a Lines<'a>,
        first_degree: &'a [String],
        canonical: Issuer,
        options: &'a Options,
    ) -> Self {
        // CRED-RDFC-4: 20 × (blank nodes)² + 1000 calls.
        let nodes = lines.labels.len() as u64;
        let calls_left = nodes.saturating_mul(nodes).saturating_mul(20).saturating_add(1000);
        let steps_left = options.budget.steps_max;
        Self { lines, first_degree, options, calls_left, steps_left, canonical, repeated: false }
    }

    /// Labels the nodes of one group, whose first degree hashes are equal.
    ///
    /// Spec: RDFC-1.0, section 4.4.3, step 5.
    pub(super) fn label_group(&mut self, group: &[u32]) -> Result<(), RdfcError> {
        let mut results = Vec::with_capacity(group.len());
        for node in group {
            if self.canonical.number(*node).is_some() {
                continue;
            }
            let mut issuer = Issuer::new(self.lines.labels.len());
            issuer.issue(*node);
            results.push(self.hash_n_degree(*node, issuer)?);
        }
        results.sort_by(|(left, _), (right, _)| left.cmp(right));
        for (_, issuer) in results {
            for node in issuer.issued {
                self.canonical.issue(node);
            }
        }
        Ok(())
    }

    /// Spec: RDFC-1.0, section 4.8 "Hash N-Degree Quads".
    fn hash_n_degree(
        &mut self,
        node: u32,
        mut issuer: Issuer,
    ) -> Result<(String, Issuer), RdfcError> {
        self.calls_left = self.calls_left.checked_sub(1).ok_or(RdfcError::TooComplex)?;
        let mut text = String::new();
        for (related_hash, nodes) in self.related(node, &issuer)? {
            let chosen = self.choose_path(nodes, &issuer)?;
            text.push_str(&related_hash);
            text.push_str(&chosen.text);
            issuer = chosen.issuer;
        }
        self.pay(text.len())?;
        Ok((self.options.hash.hex([text.as_bytes()]), issuer))
    }

    /// The blank nodes that share a quad with `node`, by the hash of how they share it.
    fn related(
        &mut self,
        node: u32,
        issuer: &Issuer,
    ) -> Result<BTreeMap<String, Vec<u32>>, RdfcError> {
        let lines = self.lines;
        let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mentions = lines.mentions.get(index(node)).map_or(&[][..], Vec::as_slice);
        for number in mentions.iter().map(|line| index(*line)) {
            let (Some(line), Some(quad)) = (lines.lines.get(number), lines.quads.get(number))
            else {
                continue;
            };
            self.pay(0)?;
            for (position, gap) in ["s", "o", "g"].into_iter().zip(&line.gaps) {
                let Some(Gap { node: related, .. }) = *gap else { continue };
                if related == node {
                    continue;
                }
                let hash = self.hash_related(related, &quad.predicate, issuer, position)?;
                let nodes = groups.entry(hash).or_default();
                self.pay(nodes.len())?;
                let known = nodes.contains(&related);
                self.repeated |= known;
                if !known || self.options.reading == Reading::List {
                    nodes.push(related);
                }
            }
        }
        Ok(groups)
    }

    /// Spec: RDFC-1.0, section 4.7 "Hash Related Blank Node".
    fn hash_related(
        &mut self,
        related: u32,
        predicate: &str,
        issuer: &Issuer,
        position: &str,
    ) -> Result<String, RdfcError> {
        self.pay(predicate.len())?;
        let mut input = String::from(position);
        if position != "g" {
            input.push('<');
            input.push_str(predicate);
            input.push('>');
        }
        if !self.write_label(related, issuer, &mut input) {
            input.push_str(hash_of(self.first_degree, related));
        }
        Ok(self.options.hash.hex([input.as_bytes()]))
    }

    /// Tries each order of the related nodes and keeps the one whose path is least.
    fn choose_path(&mut self, mut nodes: Vec<u32>, issuer: &Issuer) -> Result<Path, RdfcError> {
        nodes.sort_unstable();
        let mut chosen: Option<Path> = None;
        loop {
            let least = chosen.as_ref().map(|path| path.text.as_str());
            if let Some(path) = self.try_path(&nodes, issuer, least)? {
                chosen = Some(path);
            }
            if !next_permutation(&mut nodes) {
                break;
            }
        }
        Ok(chosen.unwrap_or_else(|| Path { text: String::new(), issuer: issuer.clone() }))
    }

    /// The path through `nodes` in this order, if it is less than `least`.
    fn try_path(
        &mut self,
        nodes: &[u32],
        issuer: &Issuer,
        least: Option<&str>,
    ) -> Result<Option<Path>, RdfcError> {
        self.pay(self.lines.labels.len())?;
        let worse =
            |text: &str| least.is_some_and(|least| text.len() >= least.len() && text > least);
        let mut path = Path { text: String::new(), issuer: issuer.clone() };
        let mut unlabelled = Vec::new();
        for related in nodes {
            self.pay(0)?;
            if self.canonical.number(*related).is_none() && path.issuer.number(*related).is_none() {
                unlabelled.push(*related);
                path.issuer.issue(*related);
            }
            self.write_label(*related, &path.issuer, &mut path.text);
            if worse(&path.text) {
                return Ok(None);
            }
        }
        for related in unlabelled {
            let (hash, result) = self.hash_n_degree(related, path.issuer.clone())?;
            self.write_label(related, &path.issuer, &mut path.text);
            path.text.push('<');
            path.text.push_str(&hash);
            path.text.push('>');
            path.issuer = result;
            if worse(&path.text) {
                return Ok(None);
            }
        }
        Ok(least.is_none_or(|least| *path.text < *least).then_some(path))
    }

    /// Writes the canonical label of `node`, else the one `issuer` gave it; says whether there was one.
    fn write_label(&self, node: u32, issuer: &Issuer, out: &mut String) -> bool {
        let written = match (self.canonical.number(node), issuer.number(node)) {
            (Some(number), _) => write!(out, "_:c14n{number}"),
            (None, Some(number)) => write!(out, "_:b{number}"),
            (None, None) => return false,
        };
        written.is_ok()
    }

    fn pay(&mut self, bytes: usize) -> Result<(), RdfcError> {
        const BYTES_PER_STEP: u64 = 64;
        let price = 1 + bytes as u64 / BYTES_PER_STEP;
        self.steps_left = self.steps_left.checked_sub(price).ok_or(RdfcError::TooComplex)?;
        Ok(())
    }
}

/// Rearranges `items` into the next greater order; false when they stand in the greatest. Equal items are not
/// exchanged with each other, so no order is tried twice.
fn next_permutation(items: &mut [u32]) -> bool {
    let Some(pivot) = items.windows(2).rposition(|pair| matches!(pair, [a, b] if a < b)) else {
        return false;
    };
    let Some((head, tail)) = items.split_at_mut_checked(pivot + 1) else { return false };
    let Some(least) = head.last_mut() else { return false };
    if let Some(next) = tail.iter_mut().rev().find(|item| **item > *least) {
        std::mem::swap(next, least);
    }
    tail.reverse();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_order_of_a_multiset_is_tried_once() {
        let mut items = vec![1, 1, 2, 3];
        let mut seen = vec![items.clone()];
        while next_permutation(&mut items) {
            seen.push(items.clone());
        }
        assert_eq!(seen.len(), 12);
        let mut distinct = seen.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct, seen);
        assert!(!next_permutation(&mut []));
    }
}
