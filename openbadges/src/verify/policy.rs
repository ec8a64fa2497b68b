//! What the person who verifies wants to know, and how strict to be.

use crate::status::LengthRule;

/// The bounds and choices of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// The identity to compare the recipient with; `None` leaves the fifth question unasked.
    pub recipient: Option<String>,
    /// Whether status lists shorter than the standard's minimum are read (CRED-BSL-27).
    pub status_length: LengthRule,
}

/// How far a clock may be off before a date counts as future (OB2-STAT-2, CRED-DI-26).
pub const CLOCK_SKEW_SECONDS: i64 = 300;

/// The most documents one run may ask for: a badge needs 5, an endorsed one a few more.
pub const DOCUMENTS_MAX: usize = 32;

/// The most status entries one credential may carry.
pub const STATUS_ENTRIES_MAX: usize = 8;
