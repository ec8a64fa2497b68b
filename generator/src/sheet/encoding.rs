//! The letters of a spreadsheet's file: what programs write without asking.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// UTF-8, with or without a mark, or UTF-16 with one.
    Unicode,
    /// Windows-1252, of which Latin-1 is a part: what is no UTF-8 is taken for it, because it is what is left.
    Windows1252,
}

/// The text of a file, or nothing when it is no text at all.
#[must_use]
pub(super) fn decode(bytes: &[u8]) -> Option<(String, Letters)> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let body = bytes.get(mark..).unwrap_or_default();
    let strict = encoding.decode_without_bom_handling_and_without_replacement(body);
    let (text, letters) = match strict {
        Some(text) => (text, Letters::Unicode),
        None if mark > 0 => return None,
        None => (WINDOWS_1252.decode_without_bom_handling(body).0, Letters::Windows1252),
    };
    (!text.contains('\0')).then(|| (text.into_owned(), letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_that_spreadsheets_write_are_read() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("é;œ".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (bytes, text, letters) in [
            (&b"a;b"[..], "a;b", Letters::Unicode),
            ("é;œ".as_bytes(), "é;œ", Letters::Unicode),
            ("\u{feff}é;œ".as_bytes(), "é;œ", Letters::Unicode),
            (&utf16, "é;œ", Letters::Unicode),
            (b"\xe9;\x9c\x80", "é;œ€", Letters::Windows1252),
        ] {
            assert_eq!(decode(bytes), Some((text.to_owned(), letters)));
        }
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        for bytes in [&b"PK\x03\x04\0\0"[..], b"\xff\xfe\x00\xd8", b"\xef\xbb\xbf\xff", b"a\0b"] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
