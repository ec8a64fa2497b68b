//! Open Badges published by a git commit.
//!
//! ```text
//! load → check → plan → render → write
//! ```
//! [`site::Site`] is what `check` makes and every later stage looks at; [`urls`] owns every public path.

pub mod check;
pub mod diagnostic;
pub mod id;
pub mod load;
pub mod site;
pub mod urls;
pub mod words;
