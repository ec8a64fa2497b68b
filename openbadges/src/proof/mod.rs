//! Data Integrity proofs: sign and check.
