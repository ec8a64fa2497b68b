//! Verification without IO: the step loop.
