//! The definition of one term, made when a context is applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::context::{ActiveContext, LocalContext, malformed};
use super::error::ContextProblem;
use super::store::ContextStore;
use crate::iri;

/// What a term means and how its values are read.
#[derive(Debug, Clone)]
pub(super) struct TermDefinition {
    pub(super) mapping: Mapping,
    pub(super) coercion: Coercion,
    pub(super) container: Container,
    /// Whether `@set` was written. It changes no statement, but makes two definitions differ.
    set: bool,
    /// The language of its strings: that of the context, none, or one of its own.
    pub(super) language: Language,
    /// Whether it may begin a compact IRI.
    pub(super) prefix: bool,
    /// The context in force below it.
    pub(super) scoped: Option<Arc<LocalContext>>,
    pub(super) protected: bool,
}

/// What a term stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mapping {
    /// Nothing: the context says so.
    Null,
    Keyword(&'static str),
    Iri(Arc<str>),
}

/// How a term's values are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Coercion {
    /// As they are (`@none` says the same).
    None,
    /// A string is an identifier.
    Id,
    /// A string is a term or an identifier.
    Vocab,
    /// The whole value is one JSON literal.
    Json,
    /// A literal of this datatype.
    Datatype(Arc<str>),
}

/// What an array under a term means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// Several values, in no order, with or without `@set`.
    Set,
    /// One list.
    List,
    /// Several values, each a graph of its own.
    Graph,
}

/// The language of a term's strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Language {
    OfTheContext,
    None,
    Tag(Arc<str>),
}

impl TermDefinition {
    /// Whether both say the same; protection is not part of it.
    fn same_meaning(&self, other: &Self) -> bool {
        let scoped = |definition: &Self| definition.scoped.as_ref().map(|scoped| scoped.id);
        self.mapping == other.mapping
            && self.coercion == other.coercion
            && self.container == other.container
            && self.set == other.set
            && self.language == other.language
            && self.prefix == other.prefix
            && scoped(self) == scoped(other)
    }
}

/// Defines the terms of one context object, each once, in whatever order they need each other.
///
/// Spec: JSON-LD 1.1 API, section 4.2.2 "Create Term Definition".
pub(super) struct Definer<'a> {
    context: &'a mut ActiveContext,
    members: &'a Map<String, Value>,
    /// Terms that are being defined (false) or are defined (true).
    defined: BTreeMap<&'a str, bool>,
    protected: bool,
    overrides: bool,
    store: &'a ContextStore,
}

impl<'a> Definer<'a> {
    pub(super) fn new(
        context: &'a mut ActiveContext,
        members: &'a Map<String, Value>,
        protected: bool,
        overrides: bool,
        store: &'a ContextStore,
    ) -> Self {
        Self { context, members, defined: BTreeMap::new(), protected, overrides, store }
    }

    /// Defines `term` unless it is defined; members that are not terms are passed over.
    pub(super) fn define(&mut self, term: &'a str) -> Result<(), ContextProblem> {
        const SETTINGS: [&str; 4] = ["@language", "@propagate", "@protected", "@version"];
        match self.defined.get(term) {
            Some(true) => return Ok(()),
            Some(false) => return Err(ContextProblem::Cyclic(term.to_owned())),
            None => {}
        }
        if SETTINGS.contains(&term) || term == "@vocab" {
            return Ok(());
        }
        if keyword(term).is_some() {
            return Err(ContextProblem::Keyword(term.to_owned()));
        }
        if term.is_empty() {
            return Err(malformed(term, "a term has at least one letter"));
        }
        if is_keyword_like(term) {
            return Ok(());
        }
        self.defined.insert(term, false);
        let previous = self.context.terms.remove(term);
        let Some(definition) = self.read(term)? else {
            self.defined.insert(term, true);
            return Ok(());
        };
        let definition = match previous {
            Some(previous) if previous.protected && !self.overrides => {
                if !previous.same_meaning(&definition) {
                    return Err(ContextProblem::ProtectedTerm(term.to_owned()));
                }
                previous
            }
            _ => Arc::new(definition),
        };
        self.context.terms.insert(term, definition);
        self.defined.insert(term, true);
        Ok(())
    }

    /// Reads the definition; `None` where its `@id` only looks like a keyword, which later versions of JSON-LD may use.
    fn read(&mut self, term: &'a str) -> Result<Option<TermDefinition>, ContextProblem> {
        let (empty, all) = (Map::new(), self.members);
        let (members, id, simple) = match all.get(term) {
            Some(Value::Null) => (&empty, Some(&Value::Null), false),
            Some(id @ Value::String(_)) => (&empty, Some(id), true),
            Some(Value::Object(members)) => (members, members.get("@id"), false),
            _ => return Err(malformed(term, "a definition is an address or an object")),
        };
        if members.contains_key("@reverse") {
            return Err(ContextProblem::Unsupported("`@reverse`"));
        }
        let mapping = match id {
            None => self.mapping_of_the_name(term)?,
            Some(Value::Null) => Mapping::Null,
            Some(Value::String(id)) if id == term => self.mapping_of_the_name(term)?,
            Some(Value::String(id)) if is_keyword_like(id) && keyword(id).is_none() => {
                return Ok(None);
            }
            Some(Value::String(id)) => {
                let mapping =
                    self.expand(id)?.ok_or_else(|| malformed(term, "its `@id` is relative"))?;
                if mapping == Mapping::Keyword("@context") {
                    return Err(malformed(term, "a term cannot mean `@context`"));
                }
                self.keeps_its_meaning(term, &mapping)?;
                mapping
            }
            Some(_) => return Err(malformed(term, "its `@id` is no string")),
        };
        if let Mapping::Iri(iri) = &mapping
            && !iri::is_absolute(iri)
            && !iri.starts_with("_:")
        {
            return Err(malformed(term, "it does not mean an absolute address"));
        }
        let mut definition = TermDefinition {
            prefix: simple && may_be_prefix(term, &mapping),
            mapping,
            coercion: Coercion::None,
            container: Container::Set,
            set: false,
            language: Language::OfTheContext,
            scoped: None,
            protected: self.protected,
        };
        for (name, value) in members {
            self.read_member(term, name, value, &mut definition)?;
        }
        if definition.coercion == Coercion::Json && definition.container != Container::Set {
            return Err(ContextProblem::Unsupported("a list or graph of JSON literals"));
        }
        Ok(Some(definition))
    }

    fn read_member(
        &mut self,
        term: &str,
        name: &str,
        value: &Value,
        definition: &mut TermDefinition,
    ) -> Result<(), ContextProblem> {
        match (name, value) {
            ("@id", _) => {}
            ("@type", Value::String(text)) => definition.coercion = self.coercion(term, text)?,
            ("@container", value) => {
                (definition.container, definition.set) = container(term, value)?;
            }
            ("@context", value) => definition.scoped = Some(self.store.intern(value)),
            ("@language", Value::Null) => definition.language = Language::None,
            ("@language", Value::String(tag)) => {
                definition.language = Language::Tag(tag.to_ascii_lowercase().into());
            }
            ("@prefix", Value::Bool(prefix)) => {
                if term.contains([':', '/']) {
                    return Err(malformed(term, "it cannot be a prefix"));
                }
                definition.prefix = *prefix;
            }
            ("@protected", Value::Bool(protected)) => definition.protected = *protected,
            ("@nest", _) => return Err(ContextProblem::Unsupported("`@nest`")),
            ("@index", _) => return Err(ContextProblem::Unsupported("`@index`")),
            ("@direction", _) => return Err(ContextProblem::Unsupported("`@direction`")),
            _ => return Err(malformed(term, "its definition has an unknown or wrong member")),
        }
        Ok(())
    }

    fn coercion(&mut self, term: &str, text: &str) -> Result<Coercion, ContextProblem> {
        match self.expand(text)? {
            Some(Mapping::Keyword("@id")) => Ok(Coercion::Id),
            Some(Mapping::Keyword("@vocab")) => Ok(Coercion::Vocab),
            Some(Mapping::Keyword("@json")) => Ok(Coercion::Json),
            Some(Mapping::Keyword("@none")) => Ok(Coercion::None),
            Some(Mapping::Iri(datatype)) if iri::is_absolute(&datatype) => {
                Ok(Coercion::Datatype(datatype))
            }
            _ => Err(malformed(term, "its `@type` is no datatype")),
        }
    }

    /// What a term without `@id` stands for: itself as a compact or absolute IRI, or a name in the vocabulary.
    fn mapping_of_the_name(&mut self, term: &'a str) -> Result<Mapping, ContextProblem> {
        if let Some((prefix, suffix)) = split_compact(term) {
            self.define_member(prefix)?;
            let definition = self.context.terms.get(prefix);
            if let Some(Mapping::Iri(iri)) = definition.map(|definition| &definition.mapping) {
                return Ok(Mapping::Iri(format!("{iri}{suffix}").into()));
            }
            return Ok(Mapping::Iri(term.into()));
        }
        match &self.context.vocab {
            Some(vocab) => Ok(Mapping::Iri(format!("{vocab}{term}").into())),
            None => Err(malformed(term, "it has no `@id` and the context no `@vocab`")),
        }
    }

    /// A term that looks like an IRI may not mean another one.
    fn keeps_its_meaning(
        &mut self,
        term: &'a str,
        mapping: &Mapping,
    ) -> Result<(), ContextProblem> {
        let inner_colon = term.trim_matches(':').contains(':');
        if !inner_colon && !term.contains('/') {
            return Ok(());
        }
        self.defined.insert(term, true);
        if self.expand(term)?.as_ref() == Some(mapping) {
            Ok(())
        } else {
            Err(malformed(term, "it looks like an address and means another"))
        }
    }

    /// IRI Expansion while the context is being processed; `None` for what stays relative.
    fn expand(&mut self, text: &str) -> Result<Option<Mapping>, ContextProblem> {
        if let Some(keyword) = keyword(text) {
            return Ok(Some(Mapping::Keyword(keyword)));
        }
        if is_keyword_like(text) {
            return Ok(None);
        }
        self.define_member(text)?;
        if let Some(definition) = self.context.terms.get(text) {
            return Ok(Some(definition.mapping.clone()).filter(|mapping| *mapping != Mapping::Null));
        }
        if let Some((prefix, suffix)) = split_compact(text) {
            if prefix != "_" && !suffix.starts_with("//") {
                self.define_member(prefix)?;
                if let Some(definition) = self.context.terms.get(prefix)
                    && definition.prefix
                    && let Mapping::Iri(iri) = &definition.mapping
                {
                    return Ok(Some(Mapping::Iri(format!("{iri}{suffix}").into())));
                }
            }
            return Ok(Some(Mapping::Iri(text.into())));
        }
        let vocab = self.context.vocab.as_ref();
        Ok(vocab.map(|vocab| Mapping::Iri(format!("{vocab}{text}").into())))
    }

    /// Defines `name` first if this context has a definition of it that was not reached yet.
    fn define_member(&mut self, name: &str) -> Result<(), ContextProblem> {
        let members = self.members;
        match members.get_key_value(name) {
            Some((name, _)) if !name.starts_with('@') => self.define(name),
            _ => Ok(()),
        }
    }
}

/// The container, and whether `@set` is part of it.
fn container(term: &str, value: &Value) -> Result<(Container, bool), ContextProblem> {
    let names = match value {
        Value::Array(names) => names.as_slice(),
        single => std::slice::from_ref(single),
    };
    let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
    match names.as_slice() {
        ["@set"] => Ok((Container::Set, true)),
        ["@list"] => Ok((Container::List, false)),
        ["@graph"] => Ok((Container::Graph, false)),
        ["@graph", "@set"] | ["@set", "@graph"] => Ok((Container::Graph, true)),
        names
            if names.iter().any(|name| ["@id", "@index", "@language", "@type"].contains(name)) =>
        {
            Err(ContextProblem::Unsupported("a container by id, index, language or type"))
        }
        _ => Err(malformed(term, "its `@container` is unknown")),
    }
}

/// Splits at the first colon, if it stands after the first letter.
fn split_compact(text: &str) -> Option<(&str, &str)> {
    text.split_once(':').filter(|(prefix, _)| !prefix.is_empty())
}

fn may_be_prefix(term: &str, mapping: &Mapping) -> bool {
    const GEN_DELIMS: [char; 7] = [':', '/', '?', '#', '[', ']', '@'];
    match mapping {
        Mapping::Iri(iri) => {
            !term.contains([':', '/']) && (iri.ends_with(GEN_DELIMS) || iri.starts_with("_:"))
        }
        Mapping::Keyword(_) | Mapping::Null => false,
    }
}

/// The keyword that `text` is.
pub(super) fn keyword(text: &str) -> Option<&'static str> {
    const KEYWORDS: [&str; 23] = [
        "@base",
        "@container",
        "@context",
        "@direction",
        "@graph",
        "@id",
        "@import",
        "@included",
        "@index",
        "@json",
        "@language",
        "@list",
        "@nest",
        "@none",
        "@prefix",
        "@propagate",
        "@protected",
        "@reverse",
        "@set",
        "@type",
        "@value",
        "@version",
        "@vocab",
    ];
    if !text.starts_with('@') {
        return None;
    }
    KEYWORDS.iter().find(|keyword| **keyword == text).copied()
}

/// Whether `text` looks like a keyword: `@` and letters. JSON-LD keeps such names for itself.
pub(super) fn is_keyword_like(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()))
}
