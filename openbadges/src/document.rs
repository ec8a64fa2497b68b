//! A received document: its bytes, and a parsed view over them.
