//! RDF Dataset Canonicalization (RDFC-1.0).
