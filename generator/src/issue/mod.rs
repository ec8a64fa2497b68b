//! Deciding and signing: awards, revocations, seals. Never part of `build`.

pub mod branch;
pub mod duration;
pub mod randomness;
