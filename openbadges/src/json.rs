//! The strict JSON door: every document from outside passes here before anything looks at it.
//!
//! `serde_json` alone keeps the last of two equal members and rounds large integers, both in silence; either lets one
//! reader see another badge than the next. This door refuses what two readers could read in two ways. It does not look
//! at the meaning of a document, and the order of members is not kept: nothing signed depends on it (RDF has no member
//! order, and JCS sorts).
//!
//! Spec: CRED-SAFE-9, RFC 8259, RFC 7493 (I-JSON).

use std::borrow::Cow;

use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

/// The integers that every JSON reader keeps exactly: ±(2⁵³ − 1).
const INTEGER_MAX: i64 = (1 << 53) - 1;

/// A member name in an error is cut after this many characters.
const NAME_CHARS_MAX: usize = 64;

/// How much a document may ask of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The size of the whole text.
    pub bytes_max: usize,
    /// The number of arrays and objects around a value. An 8-bit number, so that no caller can ask for a depth that
    /// overflows the stack.
    pub depth_max: u8,
}

impl Bounds {
    /// What a badge, a profile or a controller document may ask: 1 MiB and 64 levels.
    pub const RECORD: Self = Self { bytes_max: 1 << 20, depth_max: 64 };
}

impl Default for Bounds {
    fn default() -> Self {
        Self::RECORD
    }
}

/// Reads one JSON text within [`Bounds::RECORD`].
///
/// # Errors
/// [`JsonError`] with the place and the reason.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    parse_with(bytes, &Bounds::RECORD)
}

/// Reads one JSON text: UTF-8 without byte order mark, no member twice in an object, no lone surrogate, integers within
/// ±(2⁵³ − 1), finite numbers, nothing after the value but white space.
///
/// # Errors
/// [`JsonError`] with the place and the reason.
pub fn parse_with(bytes: &[u8], bounds: &Bounds) -> Result<Value, JsonError> {
    if bytes.len() > bounds.bytes_max {
        return Err(JsonError::at_start(JsonErrorKind::TooLarge { bytes_max: bounds.bytes_max }));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(JsonError::at_start(JsonErrorKind::ByteOrderMark));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = std::str::from_utf8(before).unwrap_or_default();
        Fault::new(JsonErrorKind::NotUtf8, before.len()).place(before)
    })?;
    let mut reader = Reader { text, at: 0, depth: 0, depth_max: bounds.depth_max };
    reader.document().map_err(|fault| fault.place(text))
}

/// Why and where a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {kind}{}", in_member(.member))]
pub struct JsonError {
    /// The reason.
    pub kind: JsonErrorKind,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The innermost member whose name or value is at fault, if the fault is inside an object.
    pub member: Option<String>,
}

/// The reasons for refusing a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The text is larger than the bound.
    #[error("the document is larger than {bytes_max} bytes")]
    TooLarge {
        /// The bound.
        bytes_max: usize,
    },
    /// The text begins with a byte order mark.
    #[error("the document begins with a byte order mark")]
    ByteOrderMark,
    /// The bytes are not UTF-8.
    #[error("the document is not UTF-8 text")]
    NotUtf8,
    /// More arrays and objects around a value than the bound.
    #[error("the document is nested deeper than {depth_max} levels")]
    TooDeep {
        /// The bound.
        depth_max: u8,
    },
    /// The text ends before the value does.
    #[error("the document ends too early")]
    UnexpectedEnd,
    /// Something else stands where the grammar wants this.
    #[error("expected {0}")]
    Expected(&'static str),
    /// There is text after the value.
    #[error("there is text after the end of the document")]
    Trailing,
    /// An object has two members of one name; `member` holds it.
    #[error("this member occurs twice in its object")]
    DuplicateMember,
    /// A string holds a raw control character.
    #[error("a string holds a control character that is not escaped")]
    ControlCharacter,
    /// A backslash is followed by something JSON does not know.
    #[error("a string holds an escape that JSON does not have")]
    Escape,
    /// A `\u` escape names half of a surrogate pair.
    #[error("a string holds one half of a surrogate pair")]
    LoneSurrogate,
    /// A number leaves the grammar (leading zero, `+`, bare point …).
    #[error("this is not a number as JSON writes it")]
    Number,
    /// An integer outside ±(2⁵³ − 1).
    #[error("an integer beyond ±9007199254740991 is not read alike everywhere")]
    IntegerRange,
    /// A number too large for a 64-bit float.
    #[error("the number is too large")]
    NumberRange,
}

impl JsonError {
    fn at_start(kind: JsonErrorKind) -> Self {
        Self { kind, line: 1, column: 1, member: None }
    }
}

fn in_member(member: &Option<String>) -> String {
    member.as_ref().map(|name| format!(", in member `{name}`")).unwrap_or_default()
}

/// An error while reading: its place is still a byte offset.
struct Fault {
    kind: JsonErrorKind,
    at: usize,
    member: Option<String>,
}

impl Fault {
    fn new(kind: JsonErrorKind, at: usize) -> Self {
        Self { kind, at, member: None }
    }

    /// Names the member the fault is in, unless an inner one is named already.
    fn inside(mut self, name: &str) -> Self {
        self.member.get_or_insert_with(|| name.chars().take(NAME_CHARS_MAX).collect());
        self
    }

    fn place(self, text: &str) -> JsonError {
        let before = text.get(..self.at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        JsonError {
            kind: self.kind,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            member: self.member,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
    depth_max: u8,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Value, Fault> {
        self.skip_white();
        let value = self.value()?;
        self.skip_white();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(self.fault(JsonErrorKind::Trailing)),
        }
    }

    fn value(&mut self) -> Result<Value, Fault> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => Ok(Value::String(self.string()?.into_owned())),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.expected("a value")),
        }
    }

    /// Reads an array or object one level down; refused before the recursion, so the stack stays shallow.
    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Fault>) -> Result<Value, Fault> {
        if self.depth >= self.depth_max {
            return Err(self.fault(JsonErrorKind::TooDeep { depth_max: self.depth_max }));
        }
        self.depth += 1;
        self.at += 1;
        self.skip_white();
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, Fault> {
        let mut members = Map::new();
        if self.take(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            let name_at = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.expected("a member name in double quotes"));
            }
            let name = self.string()?.into_owned();
            self.skip_white();
            if !self.take(b':') {
                return Err(self.expected("`:` after the member name").inside(&name));
            }
            self.skip_white();
            match members.entry(name) {
                Entry::Vacant(place) => {
                    let value = self.value().map_err(|fault| fault.inside(place.key()))?;
                    place.insert(value);
                }
                Entry::Occupied(place) => {
                    let fault = Fault::new(JsonErrorKind::DuplicateMember, name_at);
                    return Err(fault.inside(place.key()));
                }
            }
            self.skip_white();
            if self.take(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `}`"));
            }
            self.skip_white();
        }
    }

    fn array(&mut self) -> Result<Value, Fault> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_white();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `]`"));
            }
            self.skip_white();
        }
    }

    /// Reads a string; borrows from the text when nothing is escaped.
    fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.at += 1;
        let plain = self.plain_run()?;
        if self.take(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut owned = plain.to_owned();
        loop {
            let escape_at = self.at;
            if !self.take(b'\\') {
                break;
            }
            owned.push(self.escape(escape_at)?);
            owned.push_str(self.plain_run()?);
        }
        // A run of plain characters ends at a quote, at a backslash or not at all.
        self.at += 1;
        Ok(Cow::Owned(owned))
    }

    /// The characters up to the next quote or backslash.
    fn plain_run(&mut self) -> Result<&'a str, Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        let start = self.at;
        self.at += length.unwrap_or(rest.len());
        match self.peek() {
            Some(b'"' | b'\\') => Ok(self.text.get(start..self.at).unwrap_or_default()),
            Some(_) => Err(self.fault(JsonErrorKind::ControlCharacter)),
            None => Err(self.fault(JsonErrorKind::UnexpectedEnd)),
        }
    }

    fn escape(&mut self, escape_at: usize) -> Result<char, Fault> {
        let letter = self.peek().ok_or_else(|| self.fault(JsonErrorKind::UnexpectedEnd))?;
        self.at += 1;
        match letter {
            b'"' => Ok('"'),
            b'\\' => Ok('\\'),
            b'/' => Ok('/'),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            b'u' => self.unicode_escape(escape_at),
            _ => Err(Fault::new(JsonErrorKind::Escape, escape_at)),
        }
    }

    fn unicode_escape(&mut self, escape_at: usize) -> Result<char, Fault> {
        let first = self.four_digits(escape_at)?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        let lone = || Fault::new(JsonErrorKind::LoneSurrogate, escape_at);
        if !(self.take(b'\\') && self.take(b'u')) {
            return Err(lone());
        }
        let second = self.four_digits(escape_at)?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(lone());
        }
        // A low half in the first place leads beyond the last code point.
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        char::from_u32(code).ok_or_else(lone)
    }

    fn four_digits(&mut self, escape_at: usize) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4);
        let code = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or_else(|| Fault::new(JsonErrorKind::Escape, escape_at))?;
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        let malformed = Fault::new(JsonErrorKind::Number, start);
        self.take(b'-');
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        if whole == 0 || (leading_zero && whole > 1) {
            return Err(malformed);
        }
        let mut is_integer = true;
        if self.take(b'.') {
            is_integer = false;
            if self.digits() == 0 {
                return Err(malformed);
            }
        }
        if self.take(b'e') || self.take(b'E') {
            is_integer = false;
            let _sign = self.take(b'+') || self.take(b'-');
            if self.digits() == 0 {
                return Err(malformed);
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        if is_integer {
            return match text.parse::<i64>() {
                Ok(value) if (-INTEGER_MAX..=INTEGER_MAX).contains(&value) => {
                    Ok(Value::Number(value.into()))
                }
                _ => Err(Fault::new(JsonErrorKind::IntegerRange, start)),
            };
        }
        // `from_f64` refuses what is not finite.
        let number = text.parse().ok().and_then(Number::from_f64);
        number.map(Value::Number).ok_or(Fault::new(JsonErrorKind::NumberRange, start))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.at - start
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(self.expected("a value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_white(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn expected(&self, what: &'static str) -> Fault {
        match self.peek() {
            Some(_) => self.fault(JsonErrorKind::Expected(what)),
            None => self.fault(JsonErrorKind::UnexpectedEnd),
        }
    }

    fn fault(&self, kind: JsonErrorKind) -> Fault {
        Fault::new(kind, self.at)
    }
}

#[cfg(test)]
mod tests;
