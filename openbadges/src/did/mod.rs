//! Decentralised identifiers: `did:key` and `did:web`.
