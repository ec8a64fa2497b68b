//! SVG: records by splicing bytes. The drawing is never written anew.

use std::borrow::Cow;
use std::ops::Range;

use super::xml::{Element, Event, Walk};
use super::{Baked, Form, Found, Record, Slot, SlotError, TEXT_BYTES_MAX};

/// The namespace of SVG.
pub(super) const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// U+FEFF, which some editors put first.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The prefix other readers look for as letters, without asking for the namespace (OB2-BAKE-13).
const PREFIX: &str = "openbadges";

/// Why an SVG cannot be read. `at` counts bytes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SvgError {
    /// The file is not UTF-8.
    #[error("the SVG is not UTF-8 text")]
    NotUtf8,
    /// The XML declaration names another version than 1.0 or another encoding than UTF-8.
    #[error("the SVG must be XML 1.0 in UTF-8")]
    Encoding,
    /// The XML is broken.
    #[error("the SVG is not well-formed XML at byte {at}")]
    NotWellFormed {
        /// Where.
        at: usize,
    },
    /// There is a document type declaration other than that of SVG 1.0 or 1.1: it can pull in files and blow up
    /// (OB2-BAKE-14).
    #[error("the SVG has a document type declaration other than that of SVG 1.1, which is refused")]
    DocumentType {
        /// Where.
        at: usize,
    },
    /// An entity other than XML's own five, or a reference to no character.
    #[error("the SVG uses an entity at byte {at}")]
    Entity {
        /// Where.
        at: usize,
    },
    /// A prefix that is bound to nothing, a namespace name behind a reference, or too many namespaces.
    #[error("the namespaces of the SVG cannot be followed at byte {at}")]
    Namespaces {
        /// Where.
        at: usize,
    },
    /// Elements are nested too deep.
    #[error("the SVG nests its elements too deep")]
    TooDeep {
        /// Where.
        at: usize,
    },
    /// There are more tags and texts than any drawing has.
    #[error("the SVG is made of too many parts")]
    TooManyParts {
        /// Where.
        at: usize,
    },
    /// An element has too many attributes.
    #[error("an element of the SVG has too many attributes")]
    TooManyAttributes {
        /// Where.
        at: usize,
    },
    /// The root element is not `svg` of the SVG namespace.
    #[error("the root of the file is not an `svg` element of the SVG namespace")]
    Root,
    /// Neither `width` and `height` nor `viewBox` give a size.
    #[error("the SVG has no size: neither `width` and `height` nor `viewBox`")]
    NoSize,
}

/// An SVG cut open where records go: behind the root's start tag, first children (OB2-BAKE-8, OB3-BAKE-3).
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// Everything up to the closing `>` of the root's start tag.
    head: Vec<u8>,
    /// Everything behind it, without the records of the prepared slots.
    tail: Vec<u8>,
    /// Whether the root leaves our prefix free.
    prefix_is_free: bool,
    /// The prepared slots that were taken.
    pub(super) taken: Vec<Slot>,
}

/// Cuts `image` open, leaving out every record of `slots`.
pub(super) fn cut(image: &[u8], slots: &[Slot]) -> Result<Cut, SvgError> {
    let mut walk = Walk::new(image)?;
    let mut root: Option<Element> = None;
    let mut taken = Vec::new();
    let mut gaps: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    while let Some(event) = walk.next()? {
        match event {
            Event::Start(element) if root.is_none() => {
                if !element.is(NAMESPACE, "svg") {
                    return Err(SvgError::Root);
                }
                root = Some(element);
            }
            Event::Start(element) if open.is_none() => {
                let Some(slot) = slots.iter().find(|slot| is_record(&element, **slot)) else {
                    continue;
                };
                taken.push(*slot);
                if element.is_empty {
                    gaps.push(element.span);
                } else {
                    open = Some((element.depth, element.span.start));
                }
            }
            Event::End { span, depth } => {
                if let Some((_, start)) = open.take_if(|(record, _)| *record == depth) {
                    gaps.push(start..span.end);
                }
            }
            Event::Start(_) | Event::Text(_) | Event::Cdata(_) | Event::Instruction { .. } => {}
        }
    }
    let root = root.ok_or(SvgError::Root)?;
    let prefix_is_free = root.attribute(&format!("xmlns:{PREFIX}")).is_none();
    let (head, tail) = around(image, &root, &gaps).ok_or(SvgError::Root)?;
    Ok(Cut { head, tail, prefix_is_free, taken })
}

/// The bytes before and after the root's `>`; `None` would mean that a span lies outside the file.
fn around(image: &[u8], root: &Element, gaps: &[Range<usize>]) -> Option<(Vec<u8>, Vec<u8>)> {
    let tag = image.get(..root.span.end)?;
    let head = tag.strip_suffix(b">")?;
    let mut tail = Vec::with_capacity(image.len());
    let head = if root.is_empty {
        tail.extend_from_slice(format!("</{}>", root.name).as_bytes());
        head.strip_suffix(b"/")?
    } else {
        head
    };
    let mut from = root.span.end;
    for gap in gaps {
        tail.extend_from_slice(image.get(from..gap.start)?);
        from = gap.end;
    }
    tail.extend_from_slice(image.get(from..)?);
    Some((head.to_vec(), tail))
}

impl Cut {
    /// Puts the file together again with `records` in it.
    ///
    /// The two generations share a prefix and not a namespace, so each element declares its own: OB 3.0's words put the
    /// declaration on the root, and with both in one picture only one could stand there. The root gets one as well when
    /// its prefix is free, for readers that take those words literally.
    pub(super) fn join(&self, records: &[Record<'_>]) -> Vec<u8> {
        // The newer specification demands to be the first child, the older one recommends it.
        let of = |slot: Slot| records.iter().filter(move |record| record.slot() == slot);
        let ordered = of(Slot::OpenBadges3).chain(of(Slot::OpenBadges2));
        let elements: Vec<String> = ordered.clone().map(element).collect();
        let declaration = match ordered.clone().next() {
            Some(record) if self.prefix_is_free => declare(record.slot()),
            _ => String::new(),
        };
        let parts = [self.head.as_slice(), declaration.as_bytes(), b">"];
        let parts = parts.into_iter().chain(elements.iter().map(String::as_bytes));
        parts.chain([self.tail.as_slice()]).collect::<Vec<_>>().concat()
    }

    /// The file without records, and without the declaration that [`Cut::join`] puts on the root.
    pub(super) fn unbaked(&self) -> Vec<u8> {
        let mut declared = Slot::ALL.into_iter().map(declare);
        let head = declared.find_map(|declaration| self.head.strip_suffix(declaration.as_bytes()));
        [head.unwrap_or(&self.head), b">", &self.tail].concat()
    }
}

fn declare(slot: Slot) -> String {
    format!(" xmlns:{PREFIX}=\"{}\"", slot.namespace())
}

/// The element of a record: OB2-BAKE-9, OB2-BAKE-10, OB3-BAKE-3.
fn element(record: &Record<'_>) -> String {
    let name = format!("{PREFIX}:{}", record.slot().element());
    let declaration = declare(record.slot());
    match record.form() {
        Form::Jws | Form::Url => {
            format!("<{name}{declaration} verify=\"{}\"/>", escape(record.text()))
        }
        Form::Json => {
            let verify = match record.hosted_url() {
                Some(url) if record.slot() == Slot::OpenBadges2 => {
                    format!(" verify=\"{}\"", escape(url))
                }
                _ => String::new(),
            };
            let text = as_character_data(record.text());
            format!("<{name}{declaration}{verify}><![CDATA[{text}]]></{name}>")
        }
    }
}

/// `text` as it reads back from an SVG.
///
/// One CDATA section must hold it, because the reference unbaker returns the last one only; so `]]>`, which can stand
/// in JSON only inside a string, becomes `]]\u003e` (OB2-BAKE-13, OB3-BAKE-7). Two characters that XML excludes are
/// escaped likewise. A carriage return, which JSON has between its tokens only, reads back as a line feed from any XML.
pub(super) fn as_character_data(text: &str) -> Cow<'_, str> {
    // Searching for four texts is quicker than asking every character.
    if !["\r", "\u{fffe}", "\u{ffff}", "]]>"].iter().any(|odd| text.contains(odd)) {
        return Cow::Borrowed(text);
    }
    let escaped = text.replace("]]>", "]]\\u003e").replace("\r\n", "\n").replace('\r', "\n");
    escaped.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff").into()
}

fn escape(value: &str) -> String {
    let value = value.replace('&', "&amp;").replace('<', "&lt;");
    value.replace('>', "&gt;").replace('"', "&quot;")
}

fn is_record(element: &Element, slot: Slot) -> bool {
    element.is(slot.namespace(), slot.element())
}

/// Reads both slots, by namespace name (OB2-BAKE-14).
pub(super) fn extract(image: &[u8]) -> Result<Baked, SvgError> {
    let records = records(image)?;
    let mut found = Vec::new();
    for slot in Slot::ALL {
        let mut of_slot = records.iter().filter(|(one, _)| *one == slot).map(|(_, raw)| raw);
        match (of_slot.next(), of_slot.count()) {
            (None, _) => {}
            (Some(raw), 0) => found.push((slot, raw.read())),
            (Some(_), others) => {
                found.push((slot, Err(SlotError::Several { count: others + 1 })));
            }
        }
    }
    Ok(Baked { found })
}

/// Every element that is a record, as it stands.
fn records(image: &[u8]) -> Result<Vec<(Slot, Raw)>, SvgError> {
    let mut walk = Walk::new(image)?;
    let mut records: Vec<(Slot, Raw)> = Vec::new();
    let mut open: Option<(usize, Slot, Raw)> = None;
    let mut seen_root = false;
    while let Some(event) = walk.next()? {
        let inside = walk.depth();
        let directly = |record: &(usize, Slot, Raw)| record.0 + 1 == inside;
        match event {
            Event::Start(element) => {
                // A drawing without a namespace is none for a browser, but its record is as good as any.
                if !std::mem::replace(&mut seen_root, true) && element.local_name() != "svg" {
                    return Err(SvgError::Root);
                }
                let slot = Slot::ALL.into_iter().find(|slot| is_record(&element, *slot));
                let Some(slot) = slot else { continue };
                let verify = element.attribute("verify").map(str::to_owned);
                let raw = Raw { verify, ..Raw::default() };
                if element.is_empty || open.is_some() {
                    records.push((slot, raw));
                } else {
                    open = Some((element.depth, slot, raw));
                }
            }
            Event::End { depth, .. } => {
                if let Some((_, slot, raw)) = open.take_if(|(record, ..)| *record == depth) {
                    records.push((slot, raw));
                }
            }
            Event::Text(text) => {
                if let Some((.., raw)) = open.as_mut().filter(|record| directly(record)) {
                    raw.body.push_str(&text);
                    raw.has_text |= !text.trim_ascii().is_empty();
                }
            }
            Event::Cdata(text) => {
                if let Some((.., raw)) = open.as_mut().filter(|record| directly(record)) {
                    raw.body.push_str(&text);
                    raw.sections.push_str(&text);
                }
            }
            Event::Instruction { .. } => {}
        }
    }
    Ok(records)
}

/// An element as it stands.
#[derive(Debug, Default)]
struct Raw {
    verify: Option<String>,
    /// All character data.
    body: String,
    /// What stands in CDATA sections.
    sections: String,
    /// Whether there is more than white space outside of them.
    has_text: bool,
}

impl Raw {
    /// The body if there is one, else the attribute; what it is follows from its content (OB2-BAKE-12).
    ///
    /// White space around a CDATA section is somebody's indentation; inside, it belongs to the record.
    fn read(&self) -> Result<Found, SlotError> {
        let body = if self.has_text { self.body.trim_ascii() } else { self.sections.as_str() };
        let verify = self.verify.as_deref().map(str::trim_ascii);
        let (text, verify) = if body.trim_ascii().is_empty() {
            (verify.unwrap_or_default(), None)
        } else {
            (body, verify.map(str::to_owned))
        };
        if text.len() > TEXT_BYTES_MAX {
            return Err(SlotError::TooLong);
        }
        let form = Form::of(text).ok_or(SlotError::UnknownForm)?;
        Ok(Found { text: text.to_owned(), form, verify, oddities: Vec::new() })
    }
}

/// Width and height in CSS pixels.
pub(super) fn dimensions(image: &[u8]) -> Result<(f64, f64), SvgError> {
    let mut walk = Walk::new(image)?;
    let mut size = None;
    while let Some(event) = walk.next()? {
        if let (Event::Start(root), None) = (event, size) {
            if !root.is(NAMESPACE, "svg") {
                return Err(SvgError::Root);
            }
            size = Some(root_size(&root).ok_or(SvgError::NoSize)?);
        }
    }
    size.ok_or(SvgError::Root)
}

fn root_size(root: &Element) -> Option<(f64, f64)> {
    let written = |name| root.attribute(name).and_then(pixels);
    let view = root.attribute("viewBox").and_then(view_size);
    match (written("width"), written("height"), view) {
        (Some(width), Some(height), _) => Some((width, height)),
        (Some(width), None, Some((across, down))) => Some((width, width * down / across)),
        (None, Some(height), Some((across, down))) => Some((height * across / down, height)),
        (None, None, view) => view,
        (Some(_), None, None) | (None, Some(_), None) => None,
    }
}

/// A length in CSS pixels; relative ones (`%`, `em`) have none.
fn pixels(length: &str) -> Option<f64> {
    const PER_INCH: f64 = 96.0;
    let length = length.trim_ascii();
    let end = length.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(length.len());
    let (number, unit) = length.split_at_checked(end)?;
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => PER_INCH / 72.0,
        "pc" => PER_INCH / 6.0,
        "in" => PER_INCH,
        "cm" => PER_INCH / 2.54,
        "mm" => PER_INCH / 25.4,
        _ => return None,
    };
    positive(number).map(|number| number * factor)
}

fn view_size(view_box: &str) -> Option<(f64, f64)> {
    let mut numbers = view_box.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty());
    let (width, height) = (numbers.nth(2)?, numbers.next()?);
    if numbers.next().is_some() {
        return None;
    }
    Some((positive(width)?, positive(height)?))
}

fn positive(number: &str) -> Option<f64> {
    number.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}
