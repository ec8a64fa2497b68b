//! RDF terms, quads and N-Quads.
