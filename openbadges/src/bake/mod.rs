//! Puts records into PNG and SVG pictures and takes them out. Knows bytes only.
