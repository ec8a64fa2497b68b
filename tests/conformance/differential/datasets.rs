//! Random datasets of few blank nodes that are hard to tell apart.

use proptest::prelude::*;

/// A quad as four small numbers: subject, predicate, object, graph. Below [`NODES`] a number is a blank node.
pub(crate) type Numbers = (usize, usize, usize, usize);

const NODES: usize = 6;

pub(crate) fn quads() -> impl Strategy<Value = Vec<Numbers>> {
    let quad = (0..NODES + 1, 0..2_usize, 0..NODES + 3, 0..NODES + 6);
    prop::collection::vec(quad, 1..14)
}

/// Whether a blank node stands in two places of the quad.
pub(crate) fn names_a_node_twice((subject, _, object, graph): &Numbers) -> bool {
    let blank_graph = if *graph < NODES / 2 { *graph } else { usize::MAX };
    (*subject < NODES && (subject == object || *subject == blank_graph))
        || (*object < NODES && *object == blank_graph)
}

/// Writes the quads; blank node `n` gets the label of `n + shift`.
pub(crate) fn write(quads: &[Numbers], shift: usize) -> String {
    let blank = |number: usize| format!("_:n{}", (number + shift) % NODES);
    let lines = quads.iter().map(|(subject, predicate, object, graph)| {
        let subject = if *subject < NODES { blank(*subject) } else { "<urn:s>".to_owned() };
        let object = match object - (*object).min(NODES) {
            _ if *object < NODES => blank(*object),
            0 => "\"literal\"".to_owned(),
            1 => "\"a\\nb\"@fr".to_owned(),
            _ => "<urn:o>".to_owned(),
        };
        // Most quads stand in the default graph.
        let graph = match *graph {
            number if number < NODES / 2 => format!("{} ", blank(number)),
            number if number == NODES => "<urn:g> ".to_owned(),
            _ => String::new(),
        };
        format!("{subject} <urn:p{predicate}> {object} {graph}.\n")
    });
    lines.collect()
}
