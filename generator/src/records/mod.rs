//! Every JSON record of the site, one file each: from the checked [`Site`](crate::site::Site) to a value. Pure.

pub mod digest;
pub mod kind;
