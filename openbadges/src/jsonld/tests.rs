//! Claims of this module, against the embedded contexts.
