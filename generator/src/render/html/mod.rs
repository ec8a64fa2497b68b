//! The pages.

pub mod markdown;
