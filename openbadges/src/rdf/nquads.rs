//! Reading N-Quads: one statement a line.
//!
//! The reader takes the grammar of RDF 1.1 N-Quads with two liberties, which no reader of ours relies on: it does not
//! compare language tags with BCP 47, and takes any absolute IRI by its scheme and colon.

use std::sync::Arc;

use super::{Dataset, Literal, Node, Quad, Term};

/// Reads a whole N-Quads document; quads that are repeated stand once in the result.
///
/// # Errors
/// [`NQuadsError`] names the line and what was expected there.
///
/// Spec: RDF 1.1 N-Quads, section 6.
pub fn parse(text: &str) -> Result<Dataset, NQuadsError> {
    let mut quads = Vec::new();
    for (index, line) in text.split(['\n', '\r']).enumerate() {
        let mut cursor = Cursor { rest: line };
        cursor.skip_blank();
        if cursor.at_end() {
            continue;
        }
        let quad = cursor.quad().map_err(|expected| NQuadsError { line: index + 1, expected })?;
        quads.push(quad);
    }
    Ok(Dataset::new(quads))
}

/// A line that is no statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}")]
pub struct NQuadsError {
    /// The line, counted from 1 (a carriage return ends a line too).
    pub line: usize,
    /// What should have stood there.
    pub expected: &'static str,
}

struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn quad(&mut self) -> Result<Quad, &'static str> {
        let subject = self.node()?;
        self.skip_blank();
        let predicate = self.iri()?;
        self.skip_blank();
        let object = if self.rest.starts_with('"') {
            Term::Literal(self.literal()?)
        } else {
            self.node()?.into()
        };
        self.skip_blank();
        let graph = if self.rest.starts_with('.') { None } else { Some(self.node()?) };
        self.skip_blank();
        if !self.take('.') {
            return Err("a full stop");
        }
        self.skip_blank();
        if !self.at_end() {
            return Err("the end of the line");
        }
        Ok(Quad { subject, predicate, object, graph })
    }

    fn node(&mut self) -> Result<Node, &'static str> {
        if self.rest.starts_with('<') {
            return self.iri().map(Node::Iri);
        }
        let Some(rest) = self.rest.strip_prefix("_:") else {
            return Err("an IRI or a blank node");
        };
        let is_label = |c: char| c.is_alphanumeric() || "_-.:·\u{203f}\u{2040}".contains(c);
        let end = rest.find(|c| !is_label(c)).unwrap_or(rest.len());
        // A label may hold full stops but not end with one: that one ends the statement.
        let label = rest.split_at(end).0.trim_end_matches('.');
        if label.is_empty() || label.starts_with(['-', '.']) {
            return Err("the label of a blank node");
        }
        self.rest = rest.strip_prefix(label).unwrap_or_default();
        Ok(Node::Blank(label.into()))
    }

    fn iri(&mut self) -> Result<Arc<str>, &'static str> {
        let Some(body) = self.rest.strip_prefix('<') else {
            return Err("an IRI");
        };
        let Some((raw, rest)) = body.split_once('>') else {
            return Err("the end of an IRI");
        };
        self.rest = rest;
        let iri = unescape(raw, false)?;
        let forbidden = |c: char| c <= ' ' || "<>\"{}|^`\\".contains(c);
        if iri.contains(forbidden) || !iri.contains(':') {
            return Err("an absolute IRI");
        }
        Ok(iri.into())
    }

    fn literal(&mut self) -> Result<Literal, &'static str> {
        let Some(body) = self.rest.strip_prefix('"') else {
            return Err("a literal");
        };
        let mut escaped = false;
        let end = body.find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        let (raw, rest) =
            end.and_then(|end| body.split_at_checked(end)).ok_or("the end of a literal")?;
        self.rest = rest.strip_prefix('"').unwrap_or_default();
        let lexical = unescape(raw, true)?;
        if let Some(rest) = self.rest.strip_prefix("^^") {
            self.rest = rest;
            return Ok(Literal::typed(lexical, self.iri()?));
        }
        if let Some(rest) = self.rest.strip_prefix('@') {
            let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let end = rest.find(|c| !is_tag(c)).unwrap_or(rest.len());
            let (tag, rest) = rest.split_at(end);
            if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return Err("a language tag");
            }
            self.rest = rest;
            return Ok(Literal::tagged(lexical, tag));
        }
        Ok(Literal::plain(lexical))
    }

    fn skip_blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn take(&mut self, wanted: char) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn at_end(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with('#')
    }
}

/// Resolves `\uXXXX` and `\UXXXXXXXX`, and in literals the one-letter escapes too.
fn unescape(raw: &str, letters: bool) -> Result<String, &'static str> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, tail)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut characters = tail.chars();
        let escape = characters.next().ok_or("an escape")?;
        let (decoded, after) = match escape {
            'u' => hexadecimal(characters.as_str(), 4)?,
            'U' => hexadecimal(characters.as_str(), 8)?,
            letter if letters => {
                let decoded = match letter {
                    't' => '\t',
                    'b' => '\u{8}',
                    'n' => '\n',
                    'r' => '\r',
                    'f' => '\u{c}',
                    '"' | '\'' | '\\' => letter,
                    _ => return Err("an escape"),
                };
                (decoded, characters.as_str())
            }
            _ => return Err("`\\u` or `\\U`"),
        };
        out.push(decoded);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn hexadecimal(text: &str, digits: usize) -> Result<(char, &str), &'static str> {
    let (number, rest) = text.split_at_checked(digits).ok_or("hexadecimal digits")?;
    if !number.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err("hexadecimal digits");
    }
    let code = u32::from_str_radix(number, 16).map_err(|_| "hexadecimal digits")?;
    char::from_u32(code).map(|character| (character, rest)).ok_or("a code point")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Quad {
        let dataset = parse(text).unwrap();
        let [quad] = dataset.quads() else { panic!("{text}") };
        quad.clone()
    }

    #[test]
    fn a_statement_is_read_with_its_graph_comment_and_blanks() {
        let quad = one("# note\n\t_:a.b <urn:p>\"x\"@fr-CA _:g . # end\r\n");
        assert_eq!(quad.subject, Node::Blank("a.b".into()));
        assert_eq!(quad.object, Term::Literal(Literal::tagged("x", "fr-CA")));
        assert_eq!(quad.graph, Some(Node::Blank("g".into())));
        assert_eq!(one("<urn:s> <urn:p> _:a.").object, Term::Blank("a".into()));
    }

    #[test]
    fn escapes_are_resolved_in_literals_and_in_iris() {
        let quad = one(r#"<urn:\u00E9> <urn:p> "\t\"\\\U0001F642" ."#);
        assert_eq!(quad.subject, Node::Iri("urn:é".into()));
        assert_eq!(quad.object, Term::Literal(Literal::plain("\t\"\\🙂")));
    }

    #[test]
    fn what_is_no_statement_is_refused_with_its_line() {
        for (text, expected) in [
            ("<urn:s> <urn:p> <urn:o>", "an IRI or a blank node"),
            ("<urn:s> _:b <urn:o> .", "an IRI"),
            ("\"a\" <urn:p> <urn:o> .", "an IRI or a blank node"),
            ("<s> <urn:p> <urn:o> .", "an absolute IRI"),
            ("<urn:a b> <urn:p> <urn:o> .", "an absolute IRI"),
            ("<urn:\\u0020> <urn:p> <urn:o> .", "an absolute IRI"),
            ("<urn:s> <urn:p> \"a .", "the end of a literal"),
            ("<urn:s> <urn:p> \"\\x\" .", "an escape"),
            ("<urn:s> <urn:p> \"\\uD800\" .", "a code point"),
            ("<urn:s> <urn:p> \"\\u00e\" .", "hexadecimal digits"),
            ("<urn:s> <urn:p> \"a\"@ .", "a language tag"),
            ("<urn:s> <urn:p> <urn:o> . <urn:g>", "the end of the line"),
            ("_: <urn:p> <urn:o> .", "the label of a blank node"),
        ] {
            let text = format!("\n{text}");
            assert_eq!(parse(&text).unwrap_err(), NQuadsError { line: 2, expected }, "{text}");
        }
    }
}
