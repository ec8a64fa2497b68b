//! Deciding and signing: awards, revocations, seals. Never part of `build`.

pub mod branch;
pub mod duration;
pub mod event;
pub mod files;
pub mod indexes;
pub mod randomness;
mod yaml;
