//! The strict JSON door.
