//! RDF terms, quads and datasets, and how they are written as N-Quads.
//!
//! A [`Dataset`] is a set: a quad stands in it once. Reading N-Quads is in [`nquads`]; it serves test data, because
//! the documents we verify are JSON-LD ([`crate::jsonld`]).
//!
//! Text is shared (`Arc<str>`): most predicates and datatypes of a document point into a compiled context.

use std::fmt;
use std::sync::{Arc, LazyLock};

pub mod nquads;

/// `rdf:type`.
pub(crate) static RDF_TYPE: LazyLock<Arc<str>> = LazyLock::new(|| rdf("type"));
/// `rdf:first`.
pub(crate) static RDF_FIRST: LazyLock<Arc<str>> = LazyLock::new(|| rdf("first"));
/// `rdf:rest`.
pub(crate) static RDF_REST: LazyLock<Arc<str>> = LazyLock::new(|| rdf("rest"));
/// `rdf:nil`.
pub(crate) static RDF_NIL: LazyLock<Arc<str>> = LazyLock::new(|| rdf("nil"));
/// `rdf:JSON`, the datatype of `@json` values.
pub(crate) static RDF_JSON: LazyLock<Arc<str>> = LazyLock::new(|| rdf("JSON"));

/// `xsd:boolean`.
pub(crate) static XSD_BOOLEAN: LazyLock<Arc<str>> = LazyLock::new(|| xsd("boolean"));
/// `xsd:integer`.
pub(crate) static XSD_INTEGER: LazyLock<Arc<str>> = LazyLock::new(|| xsd("integer"));
/// `xsd:double`.
pub(crate) static XSD_DOUBLE: LazyLock<Arc<str>> = LazyLock::new(|| xsd("double"));

const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
const RDF_LANG_STRING: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

fn rdf(name: &str) -> Arc<str> {
    format!("http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}").into()
}

fn xsd(name: &str) -> Arc<str> {
    format!("http://www.w3.org/2001/XMLSchema#{name}").into()
}

/// What a quad may have as its subject or as its graph: an IRI or a blank node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "RDF 1.1 Concepts, section 3.1, closes the list")]
pub enum Node {
    /// An absolute IRI, without the angle brackets.
    Iri(Arc<str>),
    /// A blank node by its label, without `_:`.
    Blank(Arc<str>),
}

/// What a quad may have as its object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "RDF 1.1 Concepts, section 3.1, closes the list")]
pub enum Term {
    /// An absolute IRI, without the angle brackets.
    Iri(Arc<str>),
    /// A blank node by its label, without `_:`.
    Blank(Arc<str>),
    /// A literal.
    Literal(Literal),
}

impl From<Node> for Term {
    fn from(node: Node) -> Self {
        match node {
            Node::Iri(iri) => Self::Iri(iri),
            Node::Blank(label) => Self::Blank(label),
        }
    }
}

/// A literal: a lexical form with a datatype or a language tag.
///
/// `xsd:string` is the datatype of a plain literal and is not kept apart from it, so that equal literals are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Literal {
    lexical: Arc<str>,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Plain,
    Typed(Arc<str>),
    Tagged(Arc<str>),
}

impl Literal {
    /// A string.
    #[must_use]
    pub fn plain(lexical: impl Into<Arc<str>>) -> Self {
        Self { lexical: lexical.into(), kind: Kind::Plain }
    }

    /// A literal of the datatype whose IRI is given.
    #[must_use]
    pub fn typed(lexical: impl Into<Arc<str>>, datatype: impl Into<Arc<str>>) -> Self {
        let datatype = datatype.into();
        let kind = if *datatype == *XSD_STRING { Kind::Plain } else { Kind::Typed(datatype) };
        Self { lexical: lexical.into(), kind }
    }

    /// A text in the language whose tag is given, kept as written.
    #[must_use]
    pub fn tagged(lexical: impl Into<Arc<str>>, language: impl Into<Arc<str>>) -> Self {
        Self { lexical: lexical.into(), kind: Kind::Tagged(language.into()) }
    }

    /// The lexical form.
    #[must_use]
    pub fn lexical(&self) -> &str {
        &self.lexical
    }

    /// The IRI of the datatype.
    #[must_use]
    pub fn datatype(&self) -> &str {
        match &self.kind {
            Kind::Plain => XSD_STRING,
            Kind::Typed(datatype) => datatype,
            Kind::Tagged(_) => RDF_LANG_STRING,
        }
    }

    /// The language tag, if there is one.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        match &self.kind {
            Kind::Tagged(language) => Some(language),
            Kind::Plain | Kind::Typed(_) => None,
        }
    }
}

/// One statement: subject, predicate, object, and the graph it stands in (none = the default graph).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "RDF 1.1 Concepts, section 4, closes the list")]
pub struct Quad {
    /// What the statement is about.
    pub subject: Node,
    /// The IRI of the property.
    pub predicate: Arc<str>,
    /// The value.
    pub object: Term,
    /// The name of the graph.
    pub graph: Option<Node>,
}

/// A set of quads, in the order in which they were first met.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    quads: Vec<Quad>,
}

impl Dataset {
    /// Keeps one of each quad.
    #[must_use]
    pub fn new(quads: Vec<Quad>) -> Self {
        let mut order: Vec<(u64, &Quad, usize)> =
            quads.iter().enumerate().map(|(index, quad)| (sketch(quad), quad, index)).collect();
        order.sort_unstable();
        let mut repeated: Vec<usize> = order
            .windows(2)
            .filter_map(|pair| match pair {
                [(left_sketch, left, _), (right_sketch, right, index)] => {
                    (left_sketch == right_sketch && left == right).then_some(*index)
                }
                _ => None,
            })
            .collect();
        if repeated.is_empty() {
            return Self { quads };
        }
        repeated.sort_unstable();
        let mut repeated = repeated.into_iter().peekable();
        let kept = quads.into_iter().enumerate().filter_map(|(index, quad)| {
            if repeated.peek() == Some(&index) {
                repeated.next();
                return None;
            }
            Some(quad)
        });
        Self { quads: kept.collect() }
    }

    /// The quads.
    #[must_use]
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// How many quads there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.quads.len()
    }

    /// Whether there is no quad.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quads.is_empty()
    }
}

/// A number that tells most different quads apart, so that sorting rarely has to compare long texts with long common
/// beginnings. Equal quads have equal sketches; nothing else is asked of it.
fn sketch(quad: &Quad) -> u64 {
    let (object, extra) = match &quad.object {
        Term::Iri(text) | Term::Blank(text) => (text, 0),
        Term::Literal(literal) => (&literal.lexical, literal.datatype().len() as u64),
    };
    let graph = quad.graph.as_ref().map_or(0, |graph| mix(0, node_text(graph)));
    mix(mix(mix(graph ^ extra, node_text(&quad.subject)), &quad.predicate), object)
}

fn mix(seed: u64, text: &str) -> u64 {
    // Texts of one document differ at the end and in length; FNV's prime spreads that over the number.
    const PRIME: u64 = 0x0100_0000_01b3;
    let tail = text.as_bytes().last_chunk::<8>().map_or_else(
        || text.bytes().fold(0, |number, byte| number << 8 | u64::from(byte)),
        |tail| u64::from_le_bytes(*tail),
    );
    (seed.rotate_left(17) ^ tail ^ text.len() as u64).wrapping_mul(PRIME)
}

fn node_text(node: &Node) -> &str {
    match node {
        Node::Iri(text) | Node::Blank(text) => text,
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iri(iri) => write!(f, "<{iri}>"),
            Self::Blank(label) => write!(f, "_:{label}"),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iri(iri) => write!(f, "<{iri}>"),
            Self::Blank(label) => write!(f, "_:{label}"),
            Self::Literal(literal) => literal.fmt(f),
        }
    }
}

/// The canonical N-Quads form (CRED-RDFC-1).
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(self.lexical.len() + 2);
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl Literal {
    /// Writes the canonical N-Quads form.
    ///
    /// Spec: CRED-RDFC-1; RDF Dataset Canonicalization, section 5 "Serialization".
    pub(crate) fn write(&self, out: &mut String) {
        out.push('"');
        write_escaped(&self.lexical, out);
        out.push('"');
        match &self.kind {
            Kind::Plain => {}
            Kind::Typed(datatype) => {
                out.push_str("^^<");
                out.push_str(datatype);
                out.push('>');
            }
            Kind::Tagged(language) => {
                out.push('@');
                out.push_str(language);
            }
        }
    }
}

fn write_escaped(text: &str, out: &mut String) {
    let must_escape = |b: u8| b < 0x20 || b == b'"' || b == b'\\' || b == 0x7f;
    let mut rest = text;
    while let Some(at) = rest.bytes().position(must_escape) {
        let Some((plain, tail)) = rest.split_at_checked(at) else { break };
        out.push_str(plain);
        let mut characters = tail.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            Some(control) => out.push_str(&format!("\\u{:04X}", u32::from(control))),
            None => break,
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(object: Term) -> Quad {
        Quad {
            subject: Node::Blank("b0".into()),
            predicate: "https://example.org/p".into(),
            object,
            graph: None,
        }
    }

    #[test]
    fn a_quad_stands_once_in_a_dataset_and_the_first_place_is_kept() {
        let a = quad(Term::Literal(Literal::plain("a")));
        let b = quad(Term::Literal(Literal::plain("b")));
        let typed =
            quad(Term::Literal(Literal::typed("a", "http://www.w3.org/2001/XMLSchema#string")));
        let dataset = Dataset::new(vec![b.clone(), a.clone(), b.clone(), typed, a.clone()]);
        assert_eq!(dataset.quads(), [b, a]);
    }

    #[test]
    fn quads_that_differ_in_one_component_are_all_kept() {
        let base = quad(Term::Iri("https://example.org/o".into()));
        let mut quads = vec![base.clone()];
        quads.push(Quad { object: Term::Blank("https://example.org/o".into()), ..base.clone() });
        quads.push(quad(Term::Literal(Literal::plain("https://example.org/o"))));
        quads.push(quad(Term::Literal(Literal::tagged("https://example.org/o", "fr"))));
        quads.push(Quad { graph: Some(Node::Blank("b0".into())), ..base.clone() });
        quads.push(Quad { graph: Some(Node::Iri("b0".into())), ..base.clone() });
        quads.push(Quad { subject: Node::Iri("b0".into()), ..base });
        assert_eq!(Dataset::new(quads.clone()).quads(), quads);
    }

    /// CRED-RDFC-1.
    #[test]
    fn literals_are_escaped_as_the_canonical_form_demands() {
        let literal = Literal::typed("\u{8}\t\n\u{c}\r\"\\\u{0}\u{b}\u{1f}\u{7f}é🙂", "urn:d");
        assert_eq!(
            literal.to_string(),
            "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u000B\\u001F\\u007Fé🙂\"^^<urn:d>"
        );
        assert_eq!(Literal::tagged("a", "fr-CA").to_string(), "\"a\"@fr-CA");
        assert_eq!(Literal::typed("a", XSD_STRING).to_string(), "\"a\"");
    }
}
