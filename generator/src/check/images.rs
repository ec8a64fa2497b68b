//! Pictures: `{ file, alt }` beside the file that names them.
//!
//! Bags show them small and square, strangers' browsers open them, and a frozen one is evidence; so a picture is judged by
//! its bytes and never by its name (OB2-IMG-7).
