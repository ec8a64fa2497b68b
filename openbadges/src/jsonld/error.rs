//! Why a document makes no statements we could sign or check.

/// What is wrong, and where: the first thing met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (at `{at}`)")]
#[non_exhaustive]
pub struct JsonLdError {
    /// What is wrong.
    pub problem: Problem,
    /// The place in the document, as a JSON pointer (RFC 6901); empty for the document itself.
    pub at: String,
}

/// What is wrong at a place of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// No context in force here defines the term, so no signature would cover it (CRED-SAFE-6, CRED-UNSIGNED-1).
    #[error("no context defines `{0}` here, so no signature would cover it")]
    UndefinedTerm(String),
    /// A member is named by the address that a term of the context means. The statement would be signed all the same, and
    /// a reader of the JSON would miss the member (CRED-VCDM-12, CRED-UNSIGNED-6).
    #[error("`{address}` must be called `{term}` here")]
    NotCompact {
        /// The name of the member.
        address: String,
        /// What it has to be called.
        term: String,
    },
    /// A value of `type` is neither a term nor an IRI.
    #[error("no context defines the type `{0}` here")]
    UndefinedType(String),
    /// An identifier is not an absolute IRI; the base IRI is null (CRED-SAFE-7).
    #[error("`{0}` is not an absolute address")]
    NotAnIri(String),
    /// A value has another JSON type than its place allows.
    #[error("expected {0}")]
    Expected(&'static str),
    /// `null` makes no statement (CRED-UNSIGNED-2).
    #[error("`null` would not be covered by a signature; leave the member out")]
    Null,
    /// An empty array makes no statement (CRED-UNSIGNED-2).
    #[error("an empty array would not be covered by a signature; leave the member out")]
    EmptyArray,
    /// The value stands where only a graph with statements has a meaning.
    #[error("the value makes no statement")]
    NothingStated,
    /// A feature of JSON-LD that this crate does not have.
    #[error("{0} is not supported")]
    Unsupported(&'static str),
    /// Two members mean the same keyword.
    #[error("two members mean `{0}`")]
    CollidingKeywords(&'static str),
    /// The language tag does not look like one (BCP 47).
    #[error("`{0}` is not a language tag")]
    LanguageTag(String),
    /// An integer that not every reader holds exactly (CRED-SAFE-9).
    #[error("the number is beyond ±(2^53−1)")]
    Number,
    /// A property stands for a blank node.
    #[error("`{0}` is a blank node and cannot be a property")]
    BlankProperty(String),
    /// The address is not in the store (CRED-SAFE-4).
    #[error("the context `{0}` is not known here")]
    UnknownContext(String),
    /// A context written out in the document (CRED-SAFE-3).
    #[error("a context written out in the document is refused; name known ones by their address")]
    InlineContext,
    /// A `@context` below the top, elsewhere than in an embedded endorsement and not a repetition (CRED-SAFE-3).
    #[error("a context of its own is only allowed in an embedded endorsement")]
    NestedContext,
    /// The contexts cannot be combined, or one of them cannot be read.
    #[error(transparent)]
    Context(#[from] ContextProblem),
    /// The document is nested deeper than the strict door allows (CRED-SAFE-9).
    #[error("the document is nested too deeply")]
    TooDeep,
    /// The document combines contexts in more ways than any honest one does.
    #[error("the document combines contexts in too many ways")]
    TooManyContexts,
}

/// What is wrong with a context, or with two that meet.
///
/// Spec: JSON-LD 1.1 API, section 9.4.3 "JsonLdErrorCode".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContextProblem {
    /// "protected term redefinition" (OB3-CTX-2, CRED-SAFE-10).
    #[error("the context gives the protected term `{0}` another meaning")]
    ProtectedTerm(String),
    /// "invalid context nullification".
    #[error("the context would set protected terms aside")]
    ProtectedNullification,
    /// "cyclic IRI mapping".
    #[error("the context defines `{0}` by itself")]
    Cyclic(String),
    /// "keyword redefinition".
    #[error("the context redefines the keyword `{0}`")]
    Keyword(String),
    /// Another breach of the syntax of contexts: the term, and what is wrong with it.
    #[error("the context is malformed at `{term}`: {what}")]
    Malformed {
        /// The term or keyword.
        term: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A feature this crate does not have.
    #[error("the context uses {0}, which is not supported")]
    Unsupported(&'static str),
    /// A context names another one that is not in the store.
    #[error("the context names `{0}`, which is not known here")]
    Unknown(String),
    /// The text of a context is not JSON with a `@context`.
    #[error("`{0}` holds no context")]
    NotAContext(String),
}
