//! Expansion and conversion to RDF in one pass: each value is looked at once, where its context is at hand.
//!
//! Every branch either makes a statement or is an error; there is no third way out.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::context::{ActiveContext, Meaning, Origin, Reference};
use super::definition::{Coercion, Container, Language, TermDefinition};
use super::error::{JsonLdError, Problem};
use super::literal;
use super::pointer::Place;
use super::resolve::Resolver;
use super::store::ContextStore;
use crate::jcs;
use crate::rdf::{
    Dataset, Literal, Node, Quad, RDF_FIRST, RDF_JSON, RDF_NIL, RDF_REST, RDF_TYPE, Term,
};

/// As deep as the strict JSON door lets a document be (CRED-SAFE-9).
const DEPTH_MAX: usize = 64;

/// The one kind of nested node that may bring its own contexts (CRED-SAFE-3).
const ENDORSEMENT: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential";

/// Walks a document. Members named in `may_be_missing` that no context defines make no statement; their places come
/// back beside the statements.
pub(super) fn walk(
    document: &Value,
    contexts: &ContextStore,
    may_be_missing: &[&str],
) -> Result<(Dataset, Vec<String>), JsonLdError> {
    let place = Place::ROOT;
    let Value::Object(members) = document else {
        return Err(wrong(place, Problem::Expected("an object")));
    };
    let mut walk = Walk {
        resolver: Resolver::new(contexts),
        quads: Vec::with_capacity(128),
        blank_nodes: 0,
        renamed: BTreeMap::new(),
        may_be_missing,
        uncovered: Vec::new(),
    };
    let scope = Scope { context: Arc::clone(&contexts.initial), written: None, graph: None };
    walk.node(members, &scope, None, place)?;
    if walk.quads.is_empty() {
        return Err(wrong(place, Problem::NothingStated));
    }
    Ok((Dataset::new(walk.quads), walk.uncovered))
}

struct Walk<'d, 's> {
    resolver: Resolver<'s>,
    quads: Vec<Quad>,
    blank_nodes: u32,
    /// Labels written in the document, and the fresh ones that stand for them.
    renamed: BTreeMap<&'d str, Arc<str>>,
    may_be_missing: &'s [&'s str],
    uncovered: Vec<String>,
}

/// What is in force around a value.
#[derive(Clone)]
struct Scope<'d> {
    context: Arc<ActiveContext>,
    /// The innermost `@context` as it was written.
    written: Option<&'d Value>,
    graph: Option<Node>,
}

impl<'d> Walk<'d, '_> {
    /// States everything a node object says, and returns its name.
    ///
    /// `property` is the definition of the term under which the node stands.
    fn node(
        &mut self,
        members: &'d Map<String, Value>,
        around: &Scope<'d>,
        property: Option<&TermDefinition>,
        place: Place<'_>,
    ) -> Result<Node, JsonLdError> {
        let mut scope = self.enter(members, around, property, place)?;
        let untyped = Arc::clone(&scope.context);
        for (name, value) in members.iter().filter(|(name, _)| untyped.means_type(name)) {
            self.apply_types(value, &untyped, &mut scope, place.member(name))?;
        }
        let mut subject = None;
        for (name, value) in members.iter().filter(|(name, _)| scope.context.means_id(name)) {
            let place = place.member(name);
            if subject.is_some() {
                return Err(wrong(place, Problem::CollidingKeywords("@id")));
            }
            subject = Some(self.identifier(value, &scope.context, place)?);
        }
        let subject = subject.unwrap_or_else(|| self.fresh());

        // Types first: most members have a meaning only because of them, so an unknown type is the better thing to name.
        let mut is_endorsement = false;
        for (name, value) in members.iter().filter(|(name, _)| untyped.means_type(name)) {
            let place = place.member(name);
            if !scope.context.means_type(name) {
                return Err(wrong(place, Problem::Unsupported("a type that redefines `type`")));
            }
            is_endorsement |= self.state_types(&subject, value, &untyped, &scope, place)?;
        }
        if let (Some(own), Some(outer)) = (members.get("@context"), around.written)
            && own != outer
            && !is_endorsement
        {
            return Err(wrong(place.member("@context"), Problem::NestedContext));
        }
        for (name, value) in members {
            let is_keyword =
                name == "@context" || untyped.means_type(name) || scope.context.means_id(name);
            if !is_keyword {
                self.member(&subject, name, value, &scope, place.member(name))?;
            }
        }
        Ok(subject)
    }

    /// The scope inside a node object, before its types have their say.
    ///
    /// Spec: JSON-LD 1.1 API, section 5.1.2, steps 7 to 9.
    fn enter(
        &mut self,
        members: &'d Map<String, Value>,
        around: &Scope<'d>,
        property: Option<&TermDefinition>,
        place: Place<'_>,
    ) -> Result<Scope<'d>, JsonLdError> {
        let mut scope = around.clone();
        let only_names =
            members.len() == 1 && members.keys().all(|name| scope.context.means_id(name));
        if let Some(previous) = &around.context.previous
            && !only_names
        {
            scope.context = Arc::clone(previous);
        }
        scope.context = self.within(&scope.context, property, place)?;
        if let Some(written) = members.get("@context") {
            let place = place.member("@context");
            match written {
                Value::String(url) => self.named_context(url, &mut scope, place)?,
                Value::Array(entries) => {
                    for (index, entry) in entries.iter().enumerate() {
                        match entry {
                            Value::String(url) => {
                                self.named_context(url, &mut scope, place.item(index))?;
                            }
                            _ => return Err(wrong(place.item(index), Problem::InlineContext)),
                        }
                    }
                }
                _ => return Err(wrong(place, Problem::InlineContext)),
            }
            scope.written = Some(written);
        }
        Ok(scope)
    }

    fn named_context(
        &mut self,
        url: &str,
        scope: &mut Scope<'d>,
        place: Place<'_>,
    ) -> Result<(), JsonLdError> {
        let loaded = self.resolver.store.load(url).map_err(|problem| wrong(place, problem))?;
        let loaded = loaded.ok_or_else(|| wrong(place, Problem::UnknownContext(url.to_owned())))?;
        let applied = self.resolver.apply(&scope.context, &loaded, Origin::Document);
        scope.context = applied.map_err(|problem| wrong(place, problem))?;
        Ok(())
    }

    /// The context for the value of a property.
    fn within(
        &mut self,
        context: &Arc<ActiveContext>,
        property: Option<&TermDefinition>,
        place: Place<'_>,
    ) -> Result<Arc<ActiveContext>, JsonLdError> {
        match property.and_then(|property| property.scoped.as_ref()) {
            None => Ok(Arc::clone(context)),
            Some(scoped) => self
                .resolver
                .apply(context, scoped, Origin::Property)
                .map_err(|problem| wrong(place, problem)),
        }
    }

    /// Applies the contexts that come with the types, in the order of the types' names (CRED-SAFE-10).
    fn apply_types(
        &mut self,
        value: &Value,
        untyped: &ActiveContext,
        scope: &mut Scope<'d>,
        place: Place<'_>,
    ) -> Result<(), JsonLdError> {
        let mut types: Vec<&str> = items(value).iter().filter_map(Value::as_str).collect();
        types.sort_unstable();
        for name in types {
            let definition = untyped.terms.get(name);
            if let Some(scoped) = definition.and_then(|definition| definition.scoped.as_ref()) {
                let applied = self.resolver.apply(&scope.context, scoped, Origin::Type);
                scope.context = applied.map_err(|problem| wrong(place, problem))?;
            }
        }
        Ok(())
    }

    /// States the types of a node; says whether it is an endorsement.
    fn state_types(
        &mut self,
        subject: &Node,
        value: &Value,
        untyped: &ActiveContext,
        scope: &Scope<'d>,
        place: Place<'_>,
    ) -> Result<bool, JsonLdError> {
        let types = items(value);
        if types.is_empty() {
            return Err(wrong(place, Problem::EmptyArray));
        }
        let mut is_endorsement = false;
        for (index, item) in types.iter().enumerate() {
            let place = if value.is_array() { place.item(index) } else { place };
            let Value::String(text) = item else {
                return Err(wrong(place, Problem::Expected("the name of a type")));
            };
            let Reference::Iri(iri) = untyped.vocabulary_iri(text) else {
                return Err(wrong(place, Problem::UndefinedType(text.clone())));
            };
            is_endorsement |= *iri == *ENDORSEMENT;
            self.state(subject, &RDF_TYPE, Term::Iri(iri), scope);
        }
        Ok(is_endorsement)
    }

    fn member(
        &mut self,
        subject: &Node,
        name: &str,
        value: &'d Value,
        scope: &Scope<'d>,
        place: Place<'_>,
    ) -> Result<(), JsonLdError> {
        match scope.context.member(name) {
            Meaning::Defined(_, iri) if iri.starts_with("_:") => {
                Err(wrong(place, Problem::BlankProperty(name.to_owned())))
            }
            Meaning::Defined(definition, iri) => {
                let about = Statement { subject, predicate: iri, definition: Some(definition) };
                self.values(about, value, scope, place)
            }
            Meaning::Iri(iri) => {
                if let Some(term) = scope.context.term_of(&iri) {
                    let (address, term) = (name.to_owned(), term.to_owned());
                    return Err(wrong(place, Problem::NotCompact { address, term }));
                }
                let about = Statement { subject, predicate: &iri, definition: None };
                self.values(about, value, scope, place)
            }
            Meaning::Keyword(keyword) => Err(wrong(place, Problem::Unsupported(keyword))),
            Meaning::Undefined if self.may_be_missing.contains(&name) => {
                self.uncovered.push(place.pointer());
                Ok(())
            }
            Meaning::Undefined => Err(wrong(place, Problem::UndefinedTerm(name.to_owned()))),
        }
    }

    /// States `about` for each of the values.
    fn values(
        &mut self,
        about: Statement<'_>,
        value: &'d Value,
        scope: &Scope<'d>,
        place: Place<'_>,
    ) -> Result<(), JsonLdError> {
        let definition = about.definition;
        if definition.is_some_and(|definition| definition.coercion == Coercion::Json) {
            let json = Literal::typed(jcs::canonicalize(value), Arc::clone(&RDF_JSON));
            self.state(about.subject, about.predicate, Term::Literal(json), scope);
            return Ok(());
        }
        let container = definition.map_or(Container::Set, |definition| definition.container);
        if let (Container::Set | Container::Graph, Value::Array(values)) = (container, value) {
            if values.is_empty() {
                return Err(wrong(place, Problem::EmptyArray));
            }
            if place.depth() > DEPTH_MAX {
                return Err(wrong(place, Problem::TooDeep));
            }
            for (index, value) in values.iter().enumerate() {
                self.values(about, value, scope, place.item(index))?;
            }
            return Ok(());
        }
        let object = match container {
            Container::Set => self.value(definition, value, scope, place)?,
            Container::List => self.list(definition, items(value), scope, place)?,
            Container::Graph => return self.graph(about, value, scope, place),
        };
        self.state(about.subject, about.predicate, object, scope);
        Ok(())
    }

    /// The term for one value that is not an array.
    fn value(
        &mut self,
        definition: Option<&TermDefinition>,
        value: &'d Value,
        scope: &Scope<'d>,
        place: Place<'_>,
    ) -> Result<Term, JsonLdError> {
        if place.depth() > DEPTH_MAX {
            return Err(wrong(place, Problem::TooDeep));
        }
        if let Value::Object(members) = value {
            if members.contains_key("@value") {
                return self.value_object(definition, members, scope, place);
            }
            return self.node(members, scope, definition, place).map(Term::from);
        }
        let context = self.within(&scope.context, definition, place)?;
        let coercion = definition.map_or(&Coercion::None, |definition| &definition.coercion);
        let datatype = match coercion {
            Coercion::Datatype(datatype) => Some(datatype),
            Coercion::None | Coercion::Id | Coercion::Vocab | Coercion::Json => None,
        };
        let literal = match value {
            Value::Null => return Err(wrong(place, Problem::Null)),
            Value::Bool(value) => literal::boolean(*value, datatype),
            Value::Number(number) => {
                literal::number(number, datatype).map_err(|problem| wrong(place, problem))?
            }
            Value::String(text) => match coercion {
                Coercion::Id => return self.identifier(value, &context, place).map(Term::from),
                Coercion::Vocab => {
                    let reference = context.vocabulary_iri(text);
                    return self.name(reference, text, place).map(Term::from);
                }
                Coercion::Datatype(datatype) => Literal::typed(text.as_str(), Arc::clone(datatype)),
                Coercion::None | Coercion::Json => text_literal(text, definition, &context),
            },
            Value::Array(_) | Value::Object(_) => {
                return Err(wrong(place, Problem::Expected("a single value")));
            }
        };
        Ok(Term::Literal(literal))
    }

    /// A value object: `@value` with `@type` or `@language`.
    fn value_object(
        &mut self,
        definition: Option<&TermDefinition>,
        members: &'d Map<String, Value>,
        scope: &Scope<'d>,
        place: Place<'_>,
    ) -> Result<Term, JsonLdError> {
        let context = self.within(&scope.context, definition, place)?;
        let (mut language, mut datatype) = (None, None);
        for (name, value) in members {
            let place = place.member(name);
            match (context.member(name), value) {
                (Meaning::Keyword("@value"), _) if name == "@value" => {}
                (Meaning::Keyword("@language"), Value::String(tag)) => {
                    // jsonld.js, which most issuers sign with, writes tags in lower case; so their case is not signed
                    // (CRED-UNSIGNED-9).
                    language = Some(tag.to_ascii_lowercase());
                    if !is_language_tag(tag) {
                        return Err(wrong(place, Problem::LanguageTag(tag.clone())));
                    }
                }
                (Meaning::Keyword("@type"), Value::String(text)) if text != "@json" => {
                    let Reference::Iri(iri) = context.vocabulary_iri(text) else {
                        return Err(wrong(place, Problem::UndefinedType(text.clone())));
                    };
                    datatype = Some(iri);
                }
                (Meaning::Keyword(keyword), _) => {
                    return Err(wrong(place, Problem::Unsupported(keyword)));
                }
                (Meaning::Defined(..) | Meaning::Iri(_) | Meaning::Undefined, _) => {
                    return Err(wrong(place, Problem::Expected("nothing else beside `@value`")));
                }
            }
        }
        let at_value = place.member("@value");
        let literal = match (members.get("@value"), language, datatype) {
            (_, Some(_), Some(_)) => {
                return Err(wrong(place, Problem::Expected("`@type` or `@language`, not both")));
            }
            (Some(Value::String(text)), Some(tag), None) => Literal::tagged(text.as_str(), tag),
            (_, Some(_), None) => {
                return Err(wrong(at_value, Problem::Expected("a text beside `@language`")));
            }
            (Some(Value::String(text)), None, None) => Literal::plain(text.as_str()),
            (Some(Value::String(text)), None, Some(iri)) => Literal::typed(text.as_str(), iri),
            (Some(Value::Bool(value)), None, datatype) => {
                literal::boolean(*value, datatype.as_ref())
            }
            (Some(Value::Number(number)), None, datatype) => {
                let literal = literal::number(number, datatype.as_ref());
                literal.map_err(|problem| wrong(at_value, problem))?
            }
            (Some(Value::Null), ..) => return Err(wrong(at_value, Problem::Null)),
            _ => return Err(wrong(at_value, Problem::Expected("a single value"))),
        };
        Ok(Term::Literal(literal))
    }

    /// The head of a list; the chain of `rdf:first` and `rdf:rest` is stated on the way.
    fn list(
        &mut self,
        definition: Option<&TermDefinition>,
        values: &'d [Value],
        scope: &Scope<'d>,
        place: Place<'_>,
    ) -> Result<Term, JsonLdError> {
        if place.depth() > DEPTH_MAX {
            return Err(wrong(place, Problem::TooDeep));
        }
        let mut rest = Term::Iri(Arc::clone(&RDF_NIL));
        for (index, value) in values.iter().enumerate().rev() {
            let place = place.item(index);
            let first = match value {
                Value::Array(values) => self.list(definition, values, scope, place)?,
                single => self.value(definition, single, scope, place)?,
            };
            let cell = self.fresh();
            self.state(&cell, &RDF_FIRST, first, scope);
            self.state(&cell, &RDF_REST, rest, scope);
            rest = cell.into();
        }
        Ok(rest)
    }

    /// States that a fresh graph belongs to the subject, and in that graph what the node says.
    fn graph(
        &mut self,
        about: Statement<'_>,
        value: &'d Value,
        scope: &Scope<'d>,
        place: Place<'_>,
    ) -> Result<(), JsonLdError> {
        let Value::Object(members) = value else {
            // An address alone would name a graph that states nothing: the address itself would be lost.
            return Err(wrong(place, Problem::Expected("an object")));
        };
        if place.depth() > DEPTH_MAX {
            return Err(wrong(place, Problem::TooDeep));
        }
        let graph = self.fresh();
        self.state(about.subject, about.predicate, graph.clone().into(), scope);
        let stated = self.quads.len();
        let inside = Scope { graph: Some(graph), ..scope.clone() };
        self.node(members, &inside, about.definition, place)?;
        if self.quads.len() == stated {
            return Err(wrong(place, Problem::NothingStated));
        }
        Ok(())
    }

    fn identifier(
        &mut self,
        value: &'d Value,
        context: &ActiveContext,
        place: Place<'_>,
    ) -> Result<Node, JsonLdError> {
        match value {
            Value::String(text) => self.name(context.document_iri(text), text, place),
            Value::Null => Err(wrong(place, Problem::Null)),
            _ => Err(wrong(place, Problem::Expected("an address"))),
        }
    }

    fn name(
        &mut self,
        reference: Reference<'d>,
        text: &str,
        place: Place<'_>,
    ) -> Result<Node, JsonLdError> {
        match reference {
            Reference::Iri(iri) => Ok(Node::Iri(iri)),
            Reference::Blank(label) if !label.is_empty() => {
                if let Some(known) = self.renamed.get(label) {
                    return Ok(Node::Blank(Arc::clone(known)));
                }
                let fresh = self.fresh();
                if let Node::Blank(fresh) = &fresh {
                    self.renamed.insert(label, Arc::clone(fresh));
                }
                Ok(fresh)
            }
            Reference::Blank(_) | Reference::Relative => {
                Err(wrong(place, Problem::NotAnIri(text.to_owned())))
            }
        }
    }

    fn fresh(&mut self) -> Node {
        let label = format!("b{}", self.blank_nodes);
        self.blank_nodes += 1;
        Node::Blank(label.into())
    }

    fn state(&mut self, subject: &Node, predicate: &Arc<str>, object: Term, scope: &Scope<'d>) {
        self.quads.push(Quad {
            subject: subject.clone(),
            predicate: Arc::clone(predicate),
            object,
            graph: scope.graph.clone(),
        });
    }
}

/// A statement whose object is still to come.
#[derive(Clone, Copy)]
struct Statement<'a> {
    subject: &'a Node,
    predicate: &'a Arc<str>,
    definition: Option<&'a TermDefinition>,
}

fn text_literal(
    text: &str,
    definition: Option<&TermDefinition>,
    context: &ActiveContext,
) -> Literal {
    let language = match definition.map(|definition| &definition.language) {
        None | Some(Language::OfTheContext) => context.language.as_ref(),
        Some(Language::None) => None,
        Some(Language::Tag(tag)) => Some(tag),
    };
    match language {
        Some(tag) => Literal::tagged(text, Arc::clone(tag)),
        None => Literal::plain(text),
    }
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        single => std::slice::from_ref(single),
    }
}

/// The shape of BCP 47: letters first, then letters and digits, in parts of at most eight.
fn is_language_tag(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(index, part)| {
        let plain = |b: u8| b.is_ascii_alphabetic() || (index > 0 && b.is_ascii_digit());
        (1..=8).contains(&part.len()) && part.bytes().all(plain)
    })
}

fn wrong(place: Place<'_>, problem: impl Into<Problem>) -> JsonLdError {
    JsonLdError { problem: problem.into(), at: place.pointer() }
}
