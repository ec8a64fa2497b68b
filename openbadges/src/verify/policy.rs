//! What the person who verifies wants to know, and how strict to be.

use std::collections::BTreeMap;

use crate::iri::Iri;
use crate::status::LengthRule;
use crate::time::Timestamp;

/// The bounds and choices of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// The identity to compare the recipient with; `None` leaves the fifth question unasked.
    pub recipient: Option<String>,
    /// Whether status lists shorter than the standard's minimum are read (CRED-BSL-27).
    pub status_length: LengthRule,
    /// The newest `validFrom` this reader has seen of each list. An older one is not read: somebody may hold back a newer
    /// list that withdraws the badge.
    pub newest_lists: BTreeMap<Iri, Timestamp>,
    /// Whether a badge that names a refresh service is asked for there, once (OB3-VAL-11).
    pub refresh: Refresh,
    /// Whether files the badge gives a digest of are fetched (CRED-VCDM-11).
    pub resources: Resources,
    /// What the answer is to be about.
    pub accept: Accept,
}

/// What may be called valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Accept {
    /// Badges. Of an endorsement by itself, or a credential of another kind, every question is answered and the verdict is
    /// left open: nobody who asked for a badge is to read *valid*.
    #[default]
    Badges,
    /// Any verifiable credential; what is no badge is remarked.
    Credentials,
}

/// Whether a refresh service is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Refresh {
    /// Once, as Open Badges 3.0 has it.
    #[default]
    Once,
    /// Never: the issuer's service learns of no verification.
    Never,
}

/// Whether the files a badge gives a digest of are fetched to be compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resources {
    /// Compared only where the documents that were handed in have them.
    #[default]
    IfAtHand,
    /// Fetched and compared, up to [`RESOURCES_MAX`].
    Fetch,
}

/// How far a clock may be off before a date counts as future (OB2-STAT-2, CRED-DI-26).
pub const CLOCK_SKEW_SECONDS: i64 = 300;

/// The most documents one run may read: a badge needs 5, an endorsed one a few more. Documents that were handed in and not
/// asked for do not count.
pub const DOCUMENTS_MAX: usize = 32;

/// The most status entries one credential may carry.
pub const STATUS_ENTRIES_MAX: usize = 8;

/// The most status lists that are asked for together with the key, before anything is proved: most badges name one or two, and
/// whoever writes a badge chooses whom it has asked. The others are asked for once the proof holds.
pub const UNPROVED_LISTS_MAX: usize = 2;

/// The most endorsements that are verified with one badge.
pub const ENDORSEMENTS_MAX: usize = 16;

/// The most files with a digest that are compared for one badge.
pub const RESOURCES_MAX: usize = 8;
