//! The scale of a class, and ids that must differ within one list.
