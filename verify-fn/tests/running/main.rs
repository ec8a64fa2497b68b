//! The real programs, started as a machine starts them: against a real S3 service, an emulated Lambda, and signals.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]
#![expect(clippy::indexing_slicing, reason = "a member that is missing reads as null")]

mod bucket;
mod invocation;
mod lambda;
mod process;
mod support;
