//! JSON-LD 1.1 to RDF, over embedded contexts, in safe mode.
