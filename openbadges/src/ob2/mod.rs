//! The Open Badges 2.0 vocabulary.
