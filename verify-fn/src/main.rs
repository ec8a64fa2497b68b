//! The verification function.

fn main() {}
