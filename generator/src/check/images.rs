//! Pictures: `{ file, alt }` beside the file that names them, or `{ design, alt }`.
//!
//! Bags show them small and square, strangers' browsers open them, and a frozen one is evidence; so a picture is judged by
//! its bytes and never by its name (OB2-IMG-7).

use std::sync::Arc;

use camino::Utf8Path;
use openbadges::bake::{self, Kind, PictureError, SvgFault, Unfit};

use super::fields::Doc;
use super::{Reading, design, files};
use crate::design::Design;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::IMAGE_BYTES_MAX;
use crate::load::yaml::Node;
use crate::reason;
use crate::site::{Picture, Settings, Text};

/// The largest picture that every bag takes (OB2-IMG-6).
const PICTURE_BYTES_MAX: usize = 256 * 1024;

/// The smallest side of a raster that is still seen in a bag (OB2-IMG-6).
const SIDE_MIN: f64 = 90.0;

/// A larger raster only makes pages slow.
const SIDE_MAX: f64 = 2048.0;

/// Reads `image: { file, alt }` or `image: { design, alt }` of `file`. A level's design says what is not as in the
/// design of its badge, which is `model`.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
    file: &Utf8Path,
    node: &Node<'_>,
    wanted: &[crate::site::Lang],
    model: Option<&Design>,
) -> Option<Picture> {
    let mut doc = reading.doc(file, settings, wanted);
    let (source, alt) = named(&mut doc, node, model)?;
    let (text, span) = match source? {
        Source::File(text, span) => (text, span),
        Source::Design(design) => {
            let svg = design.svg().into_bytes().into();
            return Some(Picture { svg: Some(svg), png: None, alt: alt?, design: Some(design) });
        }
    };
    let path = file.parent().unwrap_or(Utf8Path::new("")).join(text);
    let bytes = bytes(reading, file, span, &path)?;
    let kind = judge(reading, file, span, &path, &bytes)?;
    let bytes: Arc<[u8]> = bytes.into();
    let (svg, png) = match kind {
        Kind::Svg => (Some(bytes), None),
        Kind::Png => (None, Some(bytes)),
    };
    Some(Picture { svg, png, alt: alt?, design: None })
}

/// Where a picture comes from.
enum Source<'n> {
    File(&'n str, Span),
    Design(Arc<Design>),
}

/// The words of a picture and its design, without looking at the picture.
pub(super) fn told(
    doc: &mut Doc<'_>,
    node: &Node<'_>,
    model: Option<&Design>,
) -> Option<(Text, Option<Arc<Design>>)> {
    let (source, alt) = named(doc, node, model)?;
    let design = match source? {
        Source::File(..) => None,
        Source::Design(design) => Some(design),
    };
    Some((alt?, design))
}

type Named<'n> = (Option<Source<'n>>, Option<Text>);

fn named<'n>(doc: &mut Doc<'_>, node: &'n Node<'_>, model: Option<&Design>) -> Option<Named<'n>> {
    let source = if node.get("design").is_some() { "design" } else { "file" };
    let map = doc.map(node, &[source, "alt"])?;
    let from = doc.need(&map, source, |doc, node| match source {
        "design" => Some(Source::Design(Arc::new(design::read(doc, node, model)?))),
        _ => Some(Source::File(doc.string(node)?, node.span)),
    });
    let alt = match map.get("alt") {
        Some(node) => doc.text(node),
        None => {
            // A design is long: its picture begins where the map does.
            let place = if source == "file" { source } else { "alt" };
            doc.sink.report(image_without_alt(doc.file, map.value_span(place)));
            None
        }
    };
    Some((from, alt))
}

/// The kept pictures of a frozen version: `<stem>.png`, and `<stem>.svg` when the source was a drawing.
pub(super) fn frozen(
    reading: &mut Reading<'_>,
    folder: &Utf8Path,
    stem: &str,
    (alt, design): (Text, Option<Arc<Design>>),
) -> Option<Picture> {
    let mut kept = |extension: &str| -> Option<Arc<[u8]>> {
        let path = folder.join(format!("{stem}.{extension}"));
        let path = reading.sources.listed(path.as_str())?;
        reading.used.insert(path.as_str());
        let bytes = reading.sources.bytes(path, IMAGE_BYTES_MAX);
        bytes
            .map_err(|error| reading.sink.report(files::unreadable(path, &error)))
            .ok()
            .map(Arc::from)
    };
    let svg = kept("svg");
    let png = kept("png");
    if png.is_none() {
        reading.sink.report(files::file_missing(&folder.join(format!("{stem}.png"))));
    }
    Some(Picture { svg, png, alt, design })
}

fn bytes(
    reading: &mut Reading<'_>,
    file: &Utf8Path,
    span: Span,
    path: &Utf8Path,
) -> Option<Vec<u8>> {
    let Some(listed) = reading.sources.listed(path.as_str()) else {
        let folder = path.parent().unwrap_or(Utf8Path::new(""));
        let prefix = format!("{folder}/");
        let pictures = reading.sources.below(&prefix).filter_map(|other| {
            let name = other.as_str().strip_prefix(&prefix)?;
            (name.ends_with(".svg") || name.ends_with(".png")).then_some(name)
        });
        reading.sink.report(image_missing(file, span, path, pictures));
        return None;
    };
    reading.used.insert(listed.as_str());
    let bytes = reading.sources.bytes(listed, IMAGE_BYTES_MAX);
    bytes.map_err(|error| reading.sink.report(files::unreadable(listed, &error))).ok()
}

fn judge(
    reading: &mut Reading<'_>,
    file: &Utf8Path,
    span: Span,
    path: &Utf8Path,
    bytes: &[u8],
) -> Option<Kind> {
    let picture = match bake::Picture::read(bytes) {
        Ok(picture) => picture,
        Err(error) => {
            reading.sink.report(image_unknown(file, span, path, &error));
            return None;
        }
    };
    if !picture.is_square() {
        reading.sink.report(image_not_square(file, span, picture.width, picture.height));
    }
    let raster = picture.kind == Kind::Png;
    let side_fits = (SIDE_MIN..=SIDE_MAX).contains(&picture.width);
    if bytes.len() > PICTURE_BYTES_MAX || raster && !side_fits {
        reading.sink.report(image_size(file, span, picture.width, bytes.len()));
    }
    if picture.kind == Kind::Svg {
        for fault in bake::check_svg(bytes).err().unwrap_or_default() {
            reading.sink.report(image_unsafe(path, &fault));
        }
        if let Some(at) = text_element(bytes) {
            reading.sink.report(image_text(path, at));
        }
    }
    Some(picture.kind)
}

/// Where the first `<text` element begins.
fn text_element(svg: &[u8]) -> Option<usize> {
    let found = |tag: &[u8]| {
        tag.starts_with(b"<text") && tag.get(5).is_none_or(|b| !b.is_ascii_alphabetic())
    };
    svg.windows(6).position(found)
}

fn image_missing<'a>(
    file: &Utf8Path,
    span: Span,
    path: &Utf8Path,
    pictures: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let name = path.file_name().unwrap_or_default();
    let pictures: Vec<&str> = pictures.collect();
    let diagnostic = Diagnostic::at(Code::ImageMissing, file, span).with("file", path);
    // A folder with one picture: that one was meant, however it is spelt.
    match pictures.as_slice() {
        [only] => diagnostic.with_suggestion(only),
        _ => diagnostic.suggest(name, pictures),
    }
}

fn image_without_alt(file: &Utf8Path, span: Span) -> Diagnostic {
    Diagnostic::at(Code::ImageWithoutAlt, file, span)
}

fn image_unknown(file: &Utf8Path, span: Span, path: &Utf8Path, error: &PictureError) -> Diagnostic {
    Diagnostic::at(Code::ImageUnknown, file, span)
        .with("file", path)
        .with_reason(reason::picture(error))
}

fn image_not_square(file: &Utf8Path, span: Span, width: f64, height: f64) -> Diagnostic {
    Diagnostic::at(Code::ImageNotSquare, file, span)
        .with("width", width.to_string())
        .with("height", height.to_string())
}

fn image_size(file: &Utf8Path, span: Span, side: f64, bytes: usize) -> Diagnostic {
    Diagnostic::at(Code::ImageSize, file, span)
        .with("side", side.to_string())
        .with_number("kibibytes", bytes.div_ceil(1024))
        .with("side_least", SIDE_MIN.to_string())
        .with("side_most", SIDE_MAX.to_string())
        .with_number("kibibytes_most", PICTURE_BYTES_MAX / 1024)
}

fn image_unsafe(path: &Utf8Path, fault: &SvgFault) -> Diagnostic {
    let (what, name): (_, &str) = match &fault.what {
        Unfit::Element { name } => ("element", name),
        Unfit::EventAttribute { name } => ("event", name),
        Unfit::ExternalReference { target, .. } => ("reference", target),
        Unfit::Style { word } => ("style", word),
        Unfit::Animation { name } => ("animation", name),
        Unfit::Instruction { target } => ("instruction", target),
        Unfit::RootTooLate => ("root", ""),
        _ => ("broken", ""),
    };
    let start = fault.place.offset;
    let end = if what == "element" { start + "<".len() + name.len() } else { start + 1 };
    Diagnostic::at(Code::ImageUnsafe, path, Span::new(start, end))
        .with("what", what)
        .with("name", name)
}

fn image_text(path: &Utf8Path, at: usize) -> Diagnostic {
    Diagnostic::at(Code::ImageText, path, Span::new(at, at + "<text".len()))
}
