//! Active contexts: what the terms mean at a place of a document, and how a context changes that.
//!
//! An [`ActiveContext`] never changes once it is made, so places with the same contexts share one. What a context that is
//! met at a place makes of the active one depends on nothing else; [`super::resolve`] remembers it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::definition::{Definer, Mapping, TermDefinition, is_keyword_like, keyword};
use super::error::ContextProblem;
use super::store::ContextStore;
use super::terms::Terms;
use crate::iri;

/// How often contexts may name each other in turn. Ours do once (`security/v2` names `security/v1`).
const REMOTE_DEPTH_MAX: usize = 8;

/// The meaning of all terms at a place.
#[derive(Debug, Clone)]
pub(super) struct ActiveContext {
    /// Tells this context from every other in its store.
    pub(super) id: u32,
    pub(super) terms: Terms,
    pub(super) vocab: Option<Arc<str>>,
    pub(super) language: Option<Arc<str>>,
    /// What is in force again in nested nodes, if this one comes from a type (CRED-SAFE-10).
    pub(super) previous: Option<Arc<Self>>,
    /// The terms that mean `@id`, and those that mean `@type`.
    pub(super) id_aliases: Vec<Arc<str>>,
    pub(super) type_aliases: Vec<Arc<str>>,
}

/// A context as it was written, known by a number that stands for its content.
#[derive(Debug)]
pub(super) struct LocalContext {
    pub(super) id: u32,
    pub(super) value: Value,
}

/// Where a context was met, which decides how it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// `@context` in the document.
    Document,
    /// The definition of a type: in force on the node alone, not in nested ones.
    Type,
    /// The definition of a property: may give protected terms another meaning.
    Property,
}

/// What a text means where an address is expected.
pub(super) enum Reference<'t> {
    Iri(Arc<str>),
    Blank(&'t str),
    Relative,
}

/// What the name of a member means.
pub(super) enum Meaning<'c> {
    Defined(&'c TermDefinition, &'c Arc<str>),
    Iri(Arc<str>),
    Keyword(&'static str),
    Undefined,
}

impl ActiveContext {
    /// The context outside every document: nothing is defined.
    pub(super) fn initial() -> Self {
        Self {
            id: 0,
            terms: Terms::default(),
            vocab: None,
            language: None,
            previous: None,
            id_aliases: Vec::new(),
            type_aliases: Vec::new(),
        }
    }

    /// Expands the name of a member.
    ///
    /// Spec: JSON-LD 1.1 API, section 5.2 "IRI Expansion", with *vocab*.
    pub(super) fn member(&self, name: &str) -> Meaning<'_> {
        match self.terms.get(name).map(|definition| (definition, &definition.mapping)) {
            Some((definition, Mapping::Iri(iri))) => return Meaning::Defined(definition, iri),
            Some((_, Mapping::Keyword(keyword))) => return Meaning::Keyword(keyword),
            Some((_, Mapping::Null)) => return Meaning::Undefined,
            None => {}
        }
        if let Some(keyword) = keyword(name) {
            return Meaning::Keyword(keyword);
        }
        match self.undefined_in_vocabulary(name) {
            Some(iri) => Meaning::Iri(iri),
            None => Meaning::Undefined,
        }
    }

    /// Expands a type, or a value that its term says is of the vocabulary.
    pub(super) fn vocabulary_iri<'t>(&self, text: &'t str) -> Reference<'t> {
        match self.terms.get(text).map(|definition| &definition.mapping) {
            Some(Mapping::Iri(iri)) => return Reference::Iri(Arc::clone(iri)),
            Some(Mapping::Keyword(_) | Mapping::Null) => return Reference::Relative,
            None => {}
        }
        if let Some(label) = text.strip_prefix("_:") {
            return Reference::Blank(label);
        }
        self.undefined_in_vocabulary(text).map_or(Reference::Relative, Reference::Iri)
    }

    /// Expands an identifier; the base IRI is null (CRED-SAFE-7).
    pub(super) fn document_iri<'t>(&self, text: &'t str) -> Reference<'t> {
        if let Some(label) = text.strip_prefix("_:") {
            return Reference::Blank(label);
        }
        self.with_colon(text).map_or(Reference::Relative, Reference::Iri)
    }

    fn undefined_in_vocabulary(&self, text: &str) -> Option<Arc<str>> {
        if is_keyword_like(text) {
            return None;
        }
        if text.contains(':') {
            return self.with_colon(text);
        }
        let vocab = self.vocab.as_ref()?;
        Some(format!("{vocab}{text}").into())
    }

    fn with_colon(&self, text: &str) -> Option<Arc<str>> {
        let (prefix, suffix) = text.split_once(':')?;
        if !suffix.starts_with("//")
            && let Some(definition) = self.terms.get(prefix)
            && definition.prefix
            && let Mapping::Iri(iri) = &definition.mapping
        {
            return Some(format!("{iri}{suffix}").into())
                .filter(|iri: &Arc<str>| iri::is_absolute(iri));
        }
        iri::is_absolute(text).then(|| text.into())
    }

    /// The term that stands for `iri`, if there is one.
    pub(super) fn term_of(&self, iri: &str) -> Option<&str> {
        let means = |definition: &TermDefinition| matches!(&definition.mapping, Mapping::Iri(meant) if **meant == *iri);
        let term = self.terms.iter().find(|(_, definition)| means(definition));
        term.map(|(term, _)| &**term)
    }

    /// Whether `name` means `@id` here.
    pub(super) fn means_id(&self, name: &str) -> bool {
        name == "@id" || self.id_aliases.iter().any(|alias| **alias == *name)
    }

    /// Whether `name` means `@type` here.
    pub(super) fn means_type(&self, name: &str) -> bool {
        name == "@type" || self.type_aliases.iter().any(|alias| **alias == *name)
    }
}

/// Applies `local` to `active`. The result has no number yet.
///
/// Spec: JSON-LD 1.1 API, section 4.1.2 "Context Processing Algorithm".
pub(super) fn process(
    active: &Arc<ActiveContext>,
    local: &Value,
    origin: Origin,
    store: &ContextStore,
) -> Result<ActiveContext, ContextProblem> {
    let mut result = ActiveContext::clone(active);
    let propagate = match local.get("@propagate") {
        None => origin != Origin::Type,
        Some(Value::Bool(propagate)) => *propagate,
        Some(_) => return Err(malformed("@propagate", "it is neither true nor false")),
    };
    if !propagate && result.previous.is_none() {
        result.previous = Some(Arc::clone(active));
    }
    let overrides = origin == Origin::Property;
    apply(&mut result, local, Apply { overrides, propagate, depth: 0, store })?;
    let meaning = |keyword: &str| {
        let named = result.terms.iter().filter(|(_, definition)| {
            matches!(&definition.mapping, Mapping::Keyword(meant) if *meant == keyword)
        });
        named.map(|(term, _)| Arc::clone(term)).collect()
    };
    (result.id_aliases, result.type_aliases) = (meaning("@id"), meaning("@type"));
    Ok(result)
}

#[derive(Clone, Copy)]
struct Apply<'s> {
    overrides: bool,
    propagate: bool,
    depth: usize,
    store: &'s ContextStore,
}

fn apply(result: &mut ActiveContext, local: &Value, how: Apply<'_>) -> Result<(), ContextProblem> {
    let entries = match local {
        Value::Array(entries) => entries.as_slice(),
        single => std::slice::from_ref(single),
    };
    for entry in entries {
        match entry {
            Value::Null => nullify(result, how)?,
            Value::String(url) => {
                if how.depth == REMOTE_DEPTH_MAX {
                    return Err(malformed(url, "contexts name each other too often"));
                }
                let loaded = how.store.load(url)?;
                let loaded = loaded.ok_or_else(|| ContextProblem::Unknown(url.clone()))?;
                if loaded.value.get("@propagate").is_some() {
                    return Err(ContextProblem::Unsupported(
                        "`@propagate` in a context named by another",
                    ));
                }
                let how = Apply { overrides: false, propagate: true, depth: how.depth + 1, ..how };
                apply(result, &loaded.value, how)?;
            }
            Value::Object(members) => define(result, members, how)?,
            _ => return Err(malformed("@context", "a context is an address or an object")),
        }
    }
    Ok(())
}

fn nullify(result: &mut ActiveContext, how: Apply<'_>) -> Result<(), ContextProblem> {
    if !how.overrides && result.terms.iter().any(|(_, definition)| definition.protected) {
        return Err(ContextProblem::ProtectedNullification);
    }
    let previous = if how.propagate { None } else { result.previous.take() };
    *result = ActiveContext { previous, ..ActiveContext::initial() };
    Ok(())
}

fn define(
    result: &mut ActiveContext,
    members: &Map<String, Value>,
    how: Apply<'_>,
) -> Result<(), ContextProblem> {
    let mut protected = false;
    for (name, value) in members {
        match (name.as_str(), value) {
            ("@version", version) if version.as_f64() == Some(1.1) => {}
            ("@propagate", Value::Bool(_)) => {}
            ("@protected", Value::Bool(value)) => protected = *value,
            ("@vocab", Value::Null) => result.vocab = None,
            ("@vocab", Value::String(vocab)) if iri::is_absolute(vocab) => {
                result.vocab = Some(vocab.as_str().into());
            }
            ("@vocab", _) => {
                return Err(ContextProblem::Unsupported("a relative or blank `@vocab`"));
            }
            ("@language", Value::Null) => result.language = None,
            ("@language", Value::String(language)) => {
                result.language = Some(language.to_ascii_lowercase().into());
            }
            ("@base", _) => return Err(ContextProblem::Unsupported("`@base`")),
            ("@import", _) => return Err(ContextProblem::Unsupported("`@import`")),
            ("@direction", _) => return Err(ContextProblem::Unsupported("`@direction`")),
            ("@version" | "@propagate" | "@protected" | "@language", _) => {
                return Err(malformed(name, "it has a value of the wrong kind"));
            }
            _ => {}
        }
    }
    let mut definer = Definer::new(result, members, protected, how.overrides, how.store);
    for name in members.keys() {
        definer.define(name)?;
    }
    Ok(())
}

pub(super) fn malformed(term: &str, what: &'static str) -> ContextProblem {
    ContextProblem::Malformed { term: term.to_owned(), what }
}
