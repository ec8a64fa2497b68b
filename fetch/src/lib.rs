//! The one door to other people's web servers, and what stands in for them.
//!
//! The core says what it needs and fetches nothing; the programs that use it have this crate in common. [`Web::verify`] is
//! the loop between the two: it answers from [`StandIns`] (a map of files, a built site) first, then by the [`Fetcher`].
//!
//! The fetcher is made for addresses that strangers wrote. It goes to public hosts only, by `https` on port 443; it checks
//! addresses after the name was looked up and connects to exactly those, so that a name cannot change its meaning in
//! between; it follows redirects by hand and checks each; it takes no more bytes, time, documents and redirects than its
//! [`Bounds`] say, and sends no cookie, credentials or referrer. Why something could not be had is a value,
//! [`openbadges::verify::Unavailable`], with a sentence for people.
//!
//! It blocks. The command line needs no runtime for it; an asynchronous program runs [`Web::verify`] on a thread for
//! blocking work.

mod address;
mod cache;
mod fetcher;
mod hosts;
mod map;
mod moment;
mod names;
mod stand_in;
mod target;
mod web;

pub use address::{Range, refused};
pub use cache::CacheBounds;
pub use fetcher::{Allowance, Bounds, Fetcher, Options, Outbound, Trust};
pub use hosts::Hosts;
pub use map::MapError;
pub use moment::Moment;
pub use names::{Names, SystemNames};
pub use stand_in::{NotASite, StandIns, page_of};
pub use target::Reach;
pub use web::{Web, run};
