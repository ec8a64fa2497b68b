//! A bounded walk over the XML of a stranger's SVG.
//!
//! `quick-xml` splits the text; this file adds what it leaves to its caller: one root, nothing around it, names that are
//! names, namespaces by name, no DTD of its own, no entity but the five of XML, and a bound on depth, attributes and namespaces.
//! Offsets are bytes of the original file, so that a caller can splice.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::reader::Reader;

use super::svg::{BYTE_ORDER_MARK, SvgError};

/// Elements inside elements. Drawings reach a few dozen.
const DEPTH_MAX: usize = 256;

/// Attributes of one element. Editors write about forty at most; the check for doubles costs more with each.
const ATTRIBUTES_MAX: usize = 128;

/// Tags, texts, comments and whatever else a file is made of. Detailed drawings reach some fifty thousand; a verifier reads a
/// picture anew in each of its rounds.
const PARTS_MAX: usize = 200_000;

/// Namespaces in force at one place. Resolving a prefix walks over them.
const NAMESPACES_MAX: usize = 64;

/// The document types of SVG 1.0 and 1.1, without a subset.
const DOCTYPES: [&str; 2] = [
    "svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"",
    "svg PUBLIC \"-//W3C//DTD SVG 1.0//EN\" \"http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd\"",
];

/// What the walk meets, in document order. Comments and the XML declaration are passed over.
#[derive(Debug)]
pub(super) enum Event {
    /// A start tag, or an empty element, which has no [`Event::End`].
    Start(Element),
    /// An end tag: its bytes, and how many elements the closed one is inside.
    End { span: Range<usize>, depth: usize },
    /// Character data as an XML reader sees it, from text or a reference.
    Text(String),
    /// Character data from a CDATA section.
    Cdata(String),
    /// A processing instruction, by its target.
    Instruction { target: String, at: usize },
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Element {
    /// The name as written.
    pub(super) name: String,
    /// The namespace name, if the name is in a namespace.
    pub(super) namespace: Option<String>,
    /// The attributes in order, those that declare namespaces included.
    pub(super) attributes: Vec<Attribute>,
    /// The bytes of the tag.
    pub(super) span: Range<usize>,
    /// How many elements it is inside.
    pub(super) depth: usize,
    /// Whether it is written `<name/>`.
    pub(super) is_empty: bool,
}

impl Element {
    /// The name without its prefix.
    pub(super) fn local_name(&self) -> &str {
        local_name(&self.name)
    }

    /// Whether it has this namespace and local name.
    pub(super) fn is(&self, namespace: &str, local_name: &str) -> bool {
        self.namespace.as_deref() == Some(namespace) && self.local_name() == local_name
    }

    /// The value of the attribute with exactly this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|one| one.name == name).map(|one| one.value.as_str())
    }
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute {
    /// The name as written.
    pub(super) name: String,
    /// The value as an XML reader sees it.
    pub(super) value: String,
}

impl Attribute {
    /// The name without its prefix.
    pub(super) fn local_name(&self) -> &str {
        local_name(&self.name)
    }
}

fn local_name(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// The walk.
pub(super) struct Walk<'a> {
    reader: Reader<&'a [u8]>,
    namespaces: NamespaceResolver,
    /// How many bytes stand before the text the reader sees.
    skipped: usize,
    depth: usize,
    parts: usize,
    seen_doctype: bool,
    seen_root: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(file: &'a [u8]) -> Result<Self, SvgError> {
        let text = std::str::from_utf8(file).map_err(|_| SvgError::NotUtf8)?;
        let is_outside_xml = |c: char| {
            (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
        };
        if let Some(at) = text.find(is_outside_xml) {
            return Err(SvgError::NotWellFormed { at });
        }
        let unmarked = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let mut reader = Reader::from_str(unmarked);
        reader.config_mut().enable_all_checks(true);
        let mut namespaces = NamespaceResolver::default();
        namespaces.set_max_namespace_bindings(NAMESPACES_MAX);
        let skipped = text.len() - unmarked.len();
        let (seen_doctype, seen_root) = (false, false);
        Ok(Self { reader, namespaces, skipped, depth: 0, parts: 0, seen_doctype, seen_root })
    }

    /// The next thing, or `None` at the end of a complete document.
    pub(super) fn next(&mut self) -> Result<Option<Event>, SvgError> {
        loop {
            let start = self.position();
            let broken = SvgError::NotWellFormed { at: start };
            self.parts += 1;
            if self.parts > PARTS_MAX {
                return Err(SvgError::TooManyParts { at: start });
            }
            let raw = self.reader.read_event().map_err(|_| broken)?;
            let span = start..self.position();
            match raw {
                Raw::Start(tag) => return self.open(&tag, span, false).map(Some),
                Raw::Empty(tag) => return self.open(&tag, span, true).map(Some),
                Raw::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or(broken)?;
                    self.namespaces.pop();
                    return Ok(Some(Event::End { span, depth: self.depth }));
                }
                Raw::Text(text) => {
                    let text = text.xml10_content();
                    if self.depth > 0 {
                        return Ok(Some(Event::Text(text.into_owned())));
                    }
                    if !text.trim_ascii().is_empty() {
                        return Err(broken);
                    }
                }
                Raw::CData(text) if self.depth > 0 => {
                    return Ok(Some(Event::Cdata(text.xml10_content().into_owned())));
                }
                Raw::GeneralRef(reference) if self.depth > 0 => {
                    return resolve(&reference, start).map(Event::Text).map(Some);
                }
                Raw::CData(_) | Raw::GeneralRef(_) => return Err(broken),
                Raw::DocType(declaration) => {
                    let is_first = !std::mem::replace(&mut self.seen_doctype, true);
                    if !is_first || self.seen_root || !is_plain_doctype(&declaration) {
                        return Err(SvgError::DocumentType { at: start });
                    }
                }
                Raw::Decl(declaration) => {
                    check_declaration(&declaration, start, start == self.skipped)?;
                }
                Raw::PI(instruction) => {
                    let target = instruction.target().to_owned();
                    return Ok(Some(Event::Instruction { target, at: start }));
                }
                Raw::Comment(_) => {}
                Raw::Eof if self.depth == 0 && self.seen_root => return Ok(None),
                Raw::Eof => return Err(broken),
            }
        }
    }

    /// How many elements are open; for a text, how many it is inside.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    fn position(&self) -> usize {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        position.saturating_add(self.skipped)
    }

    fn open(
        &mut self,
        tag: &BytesStart<'_>,
        span: Range<usize>,
        is_empty: bool,
    ) -> Result<Event, SvgError> {
        let at = span.start;
        if self.depth == 0 && std::mem::replace(&mut self.seen_root, true) {
            return Err(SvgError::NotWellFormed { at });
        }
        let depth = self.depth;
        if depth >= DEPTH_MAX {
            return Err(SvgError::TooDeep { at });
        }
        let attributes = read_attributes(tag, at)?;
        self.namespaces.push(tag).map_err(|_| SvgError::Namespaces { at })?;
        let name = tag.name().into_inner().to_owned();
        if !is_name(&name) {
            return Err(SvgError::NotWellFormed { at });
        }
        let namespace = match self.namespaces.resolve_element(tag.name()).0 {
            ResolveResult::Bound(namespace) => Some(namespace.into_inner().to_owned()),
            ResolveResult::Unbound => None,
            ResolveResult::Unknown(_) => return Err(SvgError::Namespaces { at }),
        };
        if is_empty {
            self.namespaces.pop();
        } else {
            self.depth += 1;
        }
        Ok(Event::Start(Element { name, namespace, attributes, span, depth, is_empty }))
    }
}

/// The document type that editors wrote into every SVG 1.1 for years. It is never read, so it declares nothing; any other,
/// and any with declarations of its own, could mean something to another reader.
fn is_plain_doctype(declaration: &str) -> bool {
    let words: Vec<&str> = declaration.split_ascii_whitespace().collect();
    let text = words.join(" ").replace('\'', "\"");
    DOCTYPES.contains(&text.as_str())
}

fn read_attributes(tag: &BytesStart<'_>, at: usize) -> Result<Vec<Attribute>, SvgError> {
    let broken = SvgError::NotWellFormed { at };
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| broken)?;
        if attributes.len() >= ATTRIBUTES_MAX {
            return Err(SvgError::TooManyAttributes { at });
        }
        let name = attribute.key.into_inner();
        // A namespace name hidden behind a reference would be another name to us than to other readers.
        let hides = attribute.key.as_namespace_binding().is_some()
            && attribute.value.contains(['&', '\t', '\n', '\r']);
        if hides {
            return Err(SvgError::Namespaces { at });
        }
        if !is_name(name) || attribute.value.contains('<') {
            return Err(broken);
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| SvgError::Entity { at })?;
        attributes.push(Attribute { name: name.to_owned(), value: value.into_owned() });
    }
    Ok(attributes)
}

/// Whether `name` is a qualified name: at most one colon, no character that XML excludes in the ASCII range.
fn is_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c) || !c.is_ascii())
    };
    name.split(':').count() <= 2 && name.split(':').all(is_part)
}

/// The character for a reference. Only XML's own five entities exist without a DTD.
fn resolve(reference: &quick_xml::events::BytesRef<'_>, at: usize) -> Result<String, SvgError> {
    let entity = SvgError::Entity { at };
    if let Some(character) = reference.resolve_char_ref().map_err(|_| entity)? {
        let allowed = character >= ' ' || matches!(character, '\t' | '\n' | '\r');
        return if allowed { Ok(character.to_string()) } else { Err(entity) };
    }
    let character = match &**reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(entity),
    };
    Ok(character.to_owned())
}

/// XML 1.0 in UTF-8 only: records are UTF-8, and XML 1.1 reads other characters as line ends.
fn check_declaration(
    declaration: &quick_xml::events::BytesDecl<'_>,
    at: usize,
    is_first: bool,
) -> Result<(), SvgError> {
    let broken = SvgError::NotWellFormed { at };
    if !is_first {
        return Err(broken);
    }
    let version = declaration.version().map_err(|_| broken)?;
    let encoding = declaration.encoding().transpose().map_err(|_| broken)?;
    let is_utf8 = encoding.as_ref().is_none_or(|name| name.eq_ignore_ascii_case("utf-8"));
    if version != "1.0" || !is_utf8 {
        return Err(SvgError::Encoding);
    }
    Ok(())
}
