//! JSON Canonicalization Scheme (RFC 8785): one text for equal JSON values.
//!
//! It is what `eddsa-jcs-2022` signs and what an `@json` literal holds in RDF. It does not read JSON: numbers beyond
//! ±(2⁵³−1) are written as the double nearest to them, as RFC 8785 asks; [`crate::json`] refuses them at the door.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

/// Writes `value` in canonical form: members sorted by UTF-16 code units, ECMAScript numbers, shortest escapes.
///
/// Recursion is as deep as the value, which the strict door bounds (CRED-SAFE-9).
///
/// Spec: RFC 8785; CRED-JCS-4.
#[must_use]
pub fn canonicalize(value: &Value) -> String {
    let mut out = String::with_capacity(256);
    write_value(value, &mut out);
    out
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => write_object(members, out),
    }
}

fn write_object(members: &Map<String, Value>, out: &mut String) {
    let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
    sorted.sort_by(|(left, _), (right, _)| by_utf16(left, right));
    out.push('{');
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(name, out);
        out.push(':');
        write_value(value, out);
    }
    out.push('}');
}

/// The order of UTF-16 code units.
///
/// It is the order of bytes, but for one thing: a character beyond U+FFFF begins with a surrogate (D800–DFFF) and so
/// stands before U+E000–U+FFFF, which UTF-8 begins with EE or EF.
fn by_utf16(left: &str, right: &str) -> Ordering {
    let parted = left.bytes().zip(right.bytes()).find(|(l, r)| l != r);
    match parted {
        None => left.len().cmp(&right.len()),
        Some((0xF0.., 0xEE..=0xEF)) => Ordering::Less,
        Some((0xEE..=0xEF, 0xF0..)) => Ordering::Greater,
        Some((l, r)) => l.cmp(&r),
    }
}

fn write_number(number: &Number, out: &mut String) {
    const EXACT_MAX: u64 = 1 << 53;
    match (number.as_i64(), number.as_f64()) {
        (Some(integer), _) if integer.unsigned_abs() <= EXACT_MAX => {
            out.push_str(&integer.to_string());
        }
        (_, Some(float)) => out.push_str(ryu_js::Buffer::new().format(float)),
        (_, None) => out.push_str(&number.to_string()),
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| b < 0x20 || b == b'"' || b == b'\\') {
        let Some((plain, tail)) = rest.split_at_checked(at) else { break };
        out.push_str(plain);
        let mut characters = tail.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            Some(control) => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            None => break,
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_stand_in_the_order_of_utf16_code_units() {
        // U+1F600 begins with the surrogate D83D, so it stands before U+FB33 although its code point is greater.
        let value =
            json!({ "\u{fb33}": 1, "\u{1f600}": 2, "a": 3, "\r": 4, "": 5, "€": 6, "aa": 7 });
        assert_eq!(
            canonicalize(&value),
            "{\"\":5,\"\\r\":4,\"a\":3,\"aa\":7,\"€\":6,\"\u{1f600}\":2,\"\u{fb33}\":1}"
        );
    }

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (text, canonical) in [
            ("1.0", "1"),
            ("-0.0", "0"),
            ("1e21", "1e+21"),
            ("1e-7", "1e-7"),
            ("333333333.33333329", "333333333.3333333"),
            ("9007199254740991", "9007199254740991"),
            ("9007199254740993", "9007199254740992"),
            ("1e20", "100000000000000000000"),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(canonicalize(&value), canonical, "{text}");
        }
    }

    #[test]
    fn only_what_must_be_escaped_is_escaped() {
        let value = json!("\u{8}\t\n\u{c}\r\"\\/\u{1}\u{1f}\u{7f}é\u{2028}");
        assert_eq!(
            canonicalize(&value),
            "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\u{7f}é\u{2028}\""
        );
    }
}
