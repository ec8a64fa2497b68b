//! Open Badges published by a git commit.
//!
//! ```text
//! load → check → plan → render → write
//! ```
//! [`site::Site`] is what `check` makes and every later stage looks at; [`urls`] owns every public path.

pub mod certificate;
pub mod check;
pub mod cli;
pub mod colour;
pub mod commands;
pub mod design;
pub mod diagnostic;
#[cfg(test)]
mod example;
pub mod gallery;
pub mod history;
pub mod id;
pub mod issue;
pub mod keys;
pub mod lettering;
pub mod load;
pub mod mail;
mod patience;
mod plain;
pub mod plan;
pub mod publish;
pub mod qr;
pub mod raster;
pub(crate) mod reason;
pub mod records;
pub mod register;
pub mod render;
pub mod scaffold;
pub mod serve;
pub mod sheet;
pub mod site;
pub mod spelling;
pub mod stray;
pub mod urls;
pub mod words;
pub mod write;

#[cfg(test)]
mod sample;
