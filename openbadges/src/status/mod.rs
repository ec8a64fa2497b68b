//! Bitstring status lists: encode, decode, look up.
