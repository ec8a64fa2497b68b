//! What the shell fetched, or could not fetch, for the engine.

use std::collections::BTreeMap;

use crate::iri::Iri;

/// The documents handed to a run, by the IRI that was asked for. An unavailable document is an answer too.
#[derive(Debug, Clone, Default)]
pub struct Documents(BTreeMap<Iri, Answer>);

impl Documents {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an answer. The first answer to an IRI stands: a run must not change its mind half way.
    pub fn supply(&mut self, asked: Iri, answer: Answer) {
        self.0.entry(asked).or_insert(answer);
    }

    /// The answer to `asked`, if there is one yet.
    #[must_use]
    pub fn get(&self, asked: &Iri) -> Option<&Answer> {
        self.0.get(asked)
    }

    /// Every answer, by IRI.
    pub fn iter(&self) -> impl Iterator<Item = (&Iri, &Answer)> {
        self.0.iter()
    }

    /// How many answers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An answer to a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who gave it.
    pub source: Source,
    /// Every address on the way to the last one, which is in [`Body::url`]; empty without redirects.
    pub hops: Vec<Iri>,
    /// The body, or why there is none.
    pub body: Result<Body, Unavailable>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The final address: a document speaks only for this host.
    pub url: Iri,
    /// The HTTP status.
    pub status: u16,
    /// The media type, as the host gave it.
    pub content_type: Option<String>,
    /// The bytes, unchanged.
    pub bytes: Vec<u8>,
}

/// Where an answer came from. The report names everything that is not the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Fetched for this run.
    Network,
    /// Given in the place of the network: a map, or a built folder.
    StandIn,
    /// Kept from an earlier run.
    Cache,
}

impl Source {
    /// The word the report uses.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::StandIn => "stand-in",
            Self::Cache => "cache",
        }
    }
}

/// Why a document could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unavailable {
    /// The run may not use the network.
    #[error("the network was not used")]
    Offline,
    /// The host did not answer, or not in time.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// The address is one the shell refuses to ask (private range, port, scheme).
    #[error("refused: {0}")]
    Refused(String),
    /// The answer is larger than the shell takes.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
}
