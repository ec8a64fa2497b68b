//! YAML as a tree in which every key and value knows its place.
//!
//! `serde` would stop at the first mistake and lose the place of most others, so the tree is built from the events of the
//! parser inside `serde_yaml`, and `check` turns it into types. Scalars keep their letters: `no` is the text `no`,
//! `2026-03-12` is not a date and `012` not a number until a rule asks for one.
//!
//! Our files use a small part of YAML. Anchors, aliases, merge keys, tags and several documents are refused: one file says
//! one thing, in one place, and no input can grow while it is read.

mod slip;

use std::borrow::Cow;

use serde_yaml::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span as Mark, options};

use crate::diagnostic::Span;

/// How deep maps and lists nest. Our deepest format needs six.
pub const DEPTH_MAX: usize = 16;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'s> {
    /// Where it is written.
    pub span: Span,
    /// What is written.
    pub content: Content<'s>,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content<'s> {
    /// A text, a number, a date …: its letters.
    Scalar {
        /// After escapes.
        text: Cow<'s, str>,
        /// Written without quotes, so that it may stand for a number or for nothing.
        plain: bool,
    },
    /// `[a, b]`, or lines with dashes.
    List(Vec<Node<'s>>),
    /// `{a: b}`, or lines with colons.
    Map(Vec<Entry<'s>>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'s> {
    /// The key.
    pub key: Cow<'s, str>,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: Node<'s>,
}

impl<'s> Node<'s> {
    /// Whether nothing is written: an empty file, `key:` alone, `~` or `null`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.content {
            Content::Scalar { text, plain } => *plain && matches!(text.as_ref(), "" | "~" | "null"),
            Content::List(_) | Content::Map(_) => false,
        }
    }

    /// The value of `key`, when this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry<'s>> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|entry| entry.key == key),
            Content::Scalar { .. } | Content::List(_) => None,
        }
    }

    /// The letters of a text, a number or a date.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            Content::List(_) | Content::Map(_) => None,
        }
    }

    fn shift(&mut self, by: usize) {
        self.span = self.span.shifted(by);
        match &mut self.content {
            Content::Scalar { .. } => {}
            Content::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Content::Map(entries) => {
                for entry in entries {
                    entry.key_span = entry.key_span.shifted(by);
                    entry.value.shift(by);
                }
            }
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`YamlError`] with the place where reading stopped.
pub fn parse(text: &str) -> Result<Node<'_>, YamlError> {
    let (body, before) = match text.strip_prefix('\u{feff}') {
        Some(body) => (body, '\u{feff}'.len_utf8()),
        None => (text, 0),
    };
    parse_part(body, before)
}

/// Reads a part of a file that begins at byte `offset`, such as the front matter of a page.
///
/// # Errors
/// [`YamlError`] with the place, in the whole file, where reading stopped.
pub fn parse_part(text: &str, offset: usize) -> Result<Node<'_>, YamlError> {
    let mut root = Builder::default()
        .build(text)
        .map_err(|error| YamlError { span: error.span.shifted(offset), problem: error.problem })?;
    if offset > 0 {
        root.shift(offset);
    }
    Ok(root)
}

/// The text is not YAML, or not the YAML we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YamlError {
    /// Where reading stopped.
    pub span: Span,
    /// Why.
    pub problem: YamlProblem,
}

/// Why a text is not the YAML we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum YamlProblem {
    /// A tab indents.
    Tab,
    /// A bracket or brace is not closed, or closed by another.
    Bracket,
    /// A quote is not closed, or something follows it.
    Quote,
    /// `\q` and the like in double quotes.
    Escape,
    /// A line begins at a column that fits nothing above.
    Indentation,
    /// A key without a colon, or a value where a key must be.
    Key,
    /// A text without quotes that holds a colon and a space, which make a key of its beginning.
    Colon,
    /// Anything else the parser refuses.
    Other,
    /// `&anchor`, `*alias`, or the merge key `<<`.
    Alias,
    /// `!tag`.
    Tag,
    /// A second document after `---`.
    SecondDocument,
    /// A list or a map as a key.
    ComplexKey,
    /// Deeper than [`DEPTH_MAX`].
    TooDeep,
}

impl YamlProblem {
    /// Whether the text is YAML after all, and only ours to refuse.
    #[must_use]
    pub fn is_unsupported(self) -> bool {
        matches!(
            self,
            Self::Alias | Self::Tag | Self::SecondDocument | Self::ComplexKey | Self::TooDeep
        )
    }

    /// The word for it in messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tab => "tab",
            Self::Bracket => "bracket",
            Self::Quote => "quote",
            Self::Escape => "escape",
            Self::Indentation => "indentation",
            Self::Key => "key",
            Self::Colon => "colon",
            Self::Other => "other",
            Self::Alias => "alias",
            Self::Tag => "tag",
            Self::SecondDocument => "second-document",
            Self::ComplexKey => "complex-key",
            Self::TooDeep => "too-deep",
        }
    }
}

/// The open lists and maps, outermost first.
#[derive(Default)]
struct Builder<'s> {
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    documents: usize,
}

struct Open<'s> {
    start: Span,
    content: Content<'s>,
    /// In a map: the key that waits for its value.
    key: Option<(Cow<'s, str>, Span)>,
}

impl<'s> Builder<'s> {
    fn build(mut self, text: &'s str) -> Result<Node<'s>, YamlError> {
        let options = options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            disallow_directives: true,
            flow_nesting_limit: DEPTH_MAX,
            block_nesting_limit: DEPTH_MAX,
        };
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, mark) = event.map_err(|error| {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                let problem = problem_of(error.kind());
                slip::near(text, at, problem)
                    .unwrap_or_else(|| YamlError { span: one_character(text, at), problem })
            })?;
            self.take(event, span(&mark))?;
        }
        let nothing = Node {
            span: Span::new(0, 0),
            content: Content::Scalar { text: Cow::Borrowed(""), plain: true },
        };
        Ok(self.root.unwrap_or(nothing))
    }

    fn take(&mut self, event: Event<'s>, span: Span) -> Result<(), YamlError> {
        let refuse = |problem| Err(YamlError { span, problem });
        if event.tag().is_some() {
            return refuse(YamlProblem::Tag);
        }
        if event.anchor_id().is_some() {
            return refuse(YamlProblem::Alias);
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return refuse(YamlProblem::SecondDocument);
                }
                Ok(())
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => refuse(YamlProblem::Alias),
            Event::Scalar(text, style, ..) => self.scalar(text, style == ScalarStyle::Plain, span),
            Event::SequenceStart(..) => self.open(Content::List(Vec::new()), span),
            Event::MappingStart(..) => self.open(Content::Map(Vec::new()), span),
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(span);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, text: Cow<'s, str>, plain: bool, span: Span) -> Result<(), YamlError> {
        if let Some(Open { content: Content::Map(_), key: key @ None, .. }) = self.open.last_mut() {
            if plain && text == "<<" {
                return Err(YamlError { span, problem: YamlProblem::Alias });
            }
            *key = Some((text, span));
            return Ok(());
        }
        self.put(Node { span, content: Content::Scalar { text, plain } });
        Ok(())
    }

    fn open(&mut self, content: Content<'s>, start: Span) -> Result<(), YamlError> {
        if matches!(self.open.last(), Some(Open { content: Content::Map(_), key: None, .. })) {
            return Err(YamlError { span: start, problem: YamlProblem::ComplexKey });
        }
        if self.open.len() >= DEPTH_MAX {
            return Err(YamlError { span: start, problem: YamlProblem::TooDeep });
        }
        self.open.push(Open { start, content, key: None });
        Ok(())
    }

    fn close(&mut self, end: Span) {
        if let Some(Open { start, content, .. }) = self.open.pop() {
            let last = match &content {
                Content::List(items) => items.last().map(|item| item.span),
                Content::Map(entries) => entries.last().map(|entry| entry.value.span),
                Content::Scalar { .. } => None,
            };
            // A block ends with its last value; the parser puts the end where the next thing begins.
            let block = end.start == end.end;
            let end = if block { last.map_or(end.end, |last| last.end) } else { end.end };
            self.put(Node { span: Span { start: start.start, end: end.max(start.end) }, content });
        }
    }

    fn put(&mut self, node: Node<'s>) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { content: Content::List(items), .. }) => items.push(node),
            Some(Open { content: Content::Map(entries), key, .. }) => {
                if let Some((key, key_span)) = key.take() {
                    entries.push(Entry { key, key_span, value: node });
                }
            }
            Some(Open { content: Content::Scalar { .. }, .. }) => {}
        }
    }
}

fn span(mark: &Mark) -> Span {
    // The parser reads a `str`, so every marker has a byte offset.
    Span::new(
        mark.start.byte_offset().unwrap_or_default(),
        mark.end.byte_offset().unwrap_or_default(),
    )
}

fn one_character(text: &str, at: usize) -> Span {
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(at, at + width)
}

fn problem_of(kind: &ErrorKind) -> YamlProblem {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation => YamlProblem::Tab,
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnclosedFlowCollection { .. } => YamlProblem::Bracket,
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => YamlProblem::Quote,
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => YamlProblem::Escape,
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent => YamlProblem::Indentation,
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry => YamlProblem::Key,
        ErrorKind::RecursionLimitExceeded => YamlProblem::TooDeep,
        ErrorKind::DirectiveDisallowed | ErrorKind::UndeclaredTagHandle => YamlProblem::Tag,
        _ => YamlProblem::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, span: Span) -> &str {
        text.get(span.start as usize..span.end as usize).unwrap()
    }

    fn shown(node: &Node<'_>, text: &str) -> String {
        let range = |span: Span| at(text, span);
        match &node.content {
            Content::Scalar { text: value, .. } => format!("{value}<{}>", range(node.span)),
            Content::List(items) => {
                let items: Vec<_> = items.iter().map(|item| shown(item, text)).collect();
                format!("[{}]", items.join(", "))
            }
            Content::Map(entries) => {
                let entry = |e: &Entry<'_>| {
                    format!("{}<{}>: {}", e.key, range(e.key_span), shown(&e.value, text))
                };
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }

    #[test]
    fn every_key_and_value_knows_its_place_and_keeps_its_letters() {
        let text = "é: [no, 012]\nb:\n  - c: \"d\\u00e9\"\n  - 2026-03-12\n";
        let node = parse(text).unwrap();
        assert_eq!(
            shown(&node, text),
            "{é<é>: [no<no>, 012<012>], b<b>: [{c<c>: dé<\"d\\u00e9\">}, 2026-03-12<2026-03-12>]}"
        );
        let list = &node.get("b").unwrap().value;
        assert_eq!(at(text, list.span), "- c: \"d\\u00e9\"\n  - 2026-03-12");
    }

    #[test]
    fn a_part_of_a_file_has_places_in_the_whole_file() {
        let text = "---\ntitle: x\n---\nbody\n";
        let node = parse_part("title: x\n", 4).unwrap();
        let span = node.get("title").unwrap().value.span;
        assert_eq!(at(text, span), "x");
        let marked = format!("\u{feff}{}", "title: x\n");
        let span = parse(&marked).unwrap().get("title").unwrap().value.span;
        assert_eq!(at(&marked, span), "x");
    }

    #[test]
    fn nothing_is_nothing_and_a_quoted_nothing_is_a_text() {
        for text in ["", "# only a comment\n", "~", "null"] {
            assert!(parse(text).unwrap().is_empty(), "{text}");
        }
        assert!(parse("a:\nb: 1\n").unwrap().get("a").unwrap().value.is_empty());
        assert!(!parse("\"\"").unwrap().is_empty());
        assert!(!parse("no").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_yaml_is_refused_with_its_reason_and_place() {
        let cases = [
            ("a: [1, 2", YamlProblem::Bracket, 3),
            ("a: {b: 1]", YamlProblem::Bracket, 3),
            ("a:\n\t- b", YamlProblem::Tab, 4),
            ("a: \"b", YamlProblem::Quote, 3),
            ("a: \"\\q\"", YamlProblem::Escape, 3),
            ("a: b\nc", YamlProblem::Key, 5),
            ("a: *x", YamlProblem::Alias, 3),
            ("a: &x 1", YamlProblem::Alias, 6),
            ("<<: {a: 1}", YamlProblem::Alias, 0),
            ("a: !x 1", YamlProblem::Tag, 6),
            ("a: 1\n---\nb: 2\n", YamlProblem::SecondDocument, 5),
            ("? [a]\n: 2\n", YamlProblem::ComplexKey, 2),
        ];
        let found = cases.map(|(text, ..)| {
            let error = parse(text).unwrap_err();
            (text, error.problem, error.span.start)
        });
        assert_eq!(found, cases);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(parse(&deep(DEPTH_MAX)).is_ok());
        for n in [DEPTH_MAX + 1, 20_000] {
            assert_eq!(parse(&deep(n)).unwrap_err().problem, YamlProblem::TooDeep, "{n}");
        }
        let block: String = (0..40).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert_eq!(parse(&block).unwrap_err().problem, YamlProblem::TooDeep);
    }
}
