//! Recipient identities: hash and match.
