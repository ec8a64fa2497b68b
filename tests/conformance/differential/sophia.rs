//! The other implementation: `sophia_jsonld` (expansion to quads) and `sophia_c14n` (RDFC-1.0, set reading).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use openbadges::jsonld::ContextStore;
use openbadges::rdf::{Dataset, Literal, Node};
use sophia_api::MownStr;
use sophia_api::prelude::*;
use sophia_api::quad::Spog;
use sophia_api::term::{BnodeId, IriRef, LanguageTag, SimpleTerm};
use sophia_jsonld::loader::ClosureLoader;
use sophia_jsonld::{JsonLdOptions, JsonLdParser};

static TEXTS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| ContextStore::embedded().texts().collect());

/// The statements of a document, as N-Quads.
pub(crate) fn to_nquads(document: &str) -> Result<String, String> {
    let options = JsonLdOptions::new().with_no_base().with_document_loader_closure(|| {
        ClosureLoader::new(|url| {
            let text = TEXTS.get(url.as_str()).map(|text| (*text).to_owned());
            Box::pin(async move { text.ok_or_else(|| "unknown context".to_owned()) })
        })
    });
    let mut lines = String::new();
    let parser = JsonLdParser::new_with_options(options);
    let result = parser.parse_str(document).for_each_quad(|quad| {
        let graph = quad.g().map(|graph| format!("{} ", written(&graph))).unwrap_or_default();
        let [subject, predicate, object] =
            [quad.s(), quad.p(), quad.o()].map(|term| written(&term));
        lines += &format!("{subject} {predicate} {object} {graph}.\n");
    });
    result.map(|()| lines).map_err(|error| error.to_string())
}

/// Writes a term; literals through our own writer, which the suites hold to the standard.
fn written<T: Term>(term: &T) -> String {
    if let Some(iri) = term.iri() {
        return format!("<{}>", &*iri);
    }
    if let Some(label) = term.bnode_id() {
        return format!("_:{}", &*label);
    }
    let lexical = term.lexical_form().map(|text| text.to_string()).unwrap_or_default();
    let literal = match (term.language_tag(), term.datatype()) {
        (Some(tag), _) => Literal::tagged(lexical, &**tag),
        (None, Some(datatype)) => Literal::typed(lexical, &**datatype),
        (None, None) => Literal::plain(lexical),
    };
    literal.to_string()
}

/// The canonical form of a dataset.
pub(crate) fn canonicalize(dataset: &Dataset) -> Result<String, String> {
    let quads = dataset.quads().iter().map(|quad| {
        let predicate = SimpleTerm::Iri(IriRef::new_unchecked(text(&quad.predicate)));
        let spo = [node(&quad.subject), predicate, object(&quad.object)];
        (spo, quad.graph.as_ref().map(node))
    });
    let quads: BTreeSet<Spog<SimpleTerm<'_>>> = quads.collect();
    let mut out = Vec::new();
    sophia_c14n::rdfc10::normalize(&quads, &mut out).map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

fn node(node: &Node) -> SimpleTerm<'_> {
    match node {
        Node::Iri(iri) => SimpleTerm::Iri(IriRef::new_unchecked(text(iri))),
        Node::Blank(label) => SimpleTerm::BlankNode(BnodeId::new_unchecked(text(label))),
    }
}

fn object(term: &openbadges::rdf::Term) -> SimpleTerm<'_> {
    match term {
        openbadges::rdf::Term::Iri(iri) => SimpleTerm::Iri(IriRef::new_unchecked(text(iri))),
        openbadges::rdf::Term::Blank(label) => {
            SimpleTerm::BlankNode(BnodeId::new_unchecked(text(label)))
        }
        openbadges::rdf::Term::Literal(literal) => match literal.language() {
            Some(tag) => SimpleTerm::LiteralLanguage(
                text(literal.lexical()),
                LanguageTag::new_unchecked(text(tag)),
                None,
            ),
            None => SimpleTerm::LiteralDatatype(
                text(literal.lexical()),
                IriRef::new_unchecked(text(literal.datatype())),
            ),
        },
    }
}

fn text(text: &str) -> MownStr<'_> {
    MownStr::from_ref(text)
}
