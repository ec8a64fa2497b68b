//! `image: { design: … }`: what a badge looks like, in a few words.

use camino::Utf8Path;

use super::fields::Doc;
use crate::colour::{Colour, READABLE};
use crate::design::{Design, DesignFault, Pictogram, RING_MAX, Ring, Shape, TEXT_CHARS_MAX};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::yaml::Node;

/// The keys; with a `model` each may be left out.
const KEYS: &[&str] = &["shape", "ground", "ink", "edge", "pictogram", "ring", "text"];

/// The words for shapes, and for what can be shown.
pub(super) const SHAPES: &[(&str, Shape)] = Shape::WORDS;
pub(super) const PICTOGRAMS: &[(&str, Pictogram)] = Pictogram::WORDS;

/// Reads a design. What it does not say is as in `model`.
pub(super) fn read(doc: &mut Doc<'_>, node: &Node<'_>, model: Option<&Design>) -> Option<Design> {
    let map = doc.map(node, KEYS)?;
    let errors = doc.sink.errors();
    let shape = doc.may(&map, "shape", |doc, node| doc.one_of(node, SHAPES));
    let shape = shape.or(model.map(|model| model.shape)).unwrap_or(Shape::Circle);
    let mut needed = |key: &'static str, kept: Option<Colour>| match kept {
        Some(kept) => doc.may(&map, key, colour).or(Some(kept)),
        None => doc.need(&map, key, colour),
    };
    let ground = needed("ground", model.map(|model| model.ground));
    let ink = needed("ink", model.map(|model| model.ink));
    let edge = doc.may(&map, "edge", colour).or(model.map(|model| model.edge)).or(ink);
    let named = |doc: &mut Doc<'_>, node: &Node<'_>| doc.one_of(node, PICTOGRAMS);
    let pictogram = match model {
        Some(model) => doc.may(&map, "pictogram", named).or(Some(model.pictogram)),
        None => doc.need(&map, "pictogram", named),
    };
    let ring = doc.may(&map, "ring", ring).or(model.and_then(|model| model.ring));
    let text = doc.may(&map, "text", Doc::owned);
    let text = text.or_else(|| model.and_then(|model| model.text.clone()));
    let text = text.map(|text| text.trim().to_owned());
    let (ground, ink, edge, pictogram) = (ground?, ink?, edge?, pictogram?);
    let design = Design { shape, ground, ink, edge, pictogram, ring, text };
    for fault in design.faults() {
        let key = if matches!(fault, DesignFault::Contrast { .. }) { "ink" } else { "text" };
        let span = map.value_span(key);
        doc.sink.report(match fault {
            DesignFault::Contrast { contrast } => {
                design_contrast(doc.file, span, &design, contrast)
            }
            DesignFault::Letters { missing } => design_letters(doc.file, span, &missing),
            DesignFault::TooLong => design_text(doc.file, span),
        });
    }
    (doc.sink.errors() == errors).then_some(design)
}

fn ring(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<Ring> {
    let map = doc.map(node, &["reached", "of"])?;
    let of = doc.need(&map, "of", |doc, node| doc.number(node, &(1..=RING_MAX)));
    let most = of.unwrap_or(RING_MAX);
    let reached = doc.need(&map, "reached", |doc, node| doc.number(node, &(0..=most)));
    Some(Ring { reached: reached?, of: of? })
}

fn colour(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<Colour> {
    let text = doc.string(node)?;
    let colour = Colour::parse(text);
    if colour.is_none() {
        doc.sink.report(colour_form(doc.file, node.span, text));
    }
    colour
}

fn colour_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::ColourForm, file, span).with("value", text)
}

fn design_contrast(file: &Utf8Path, span: Span, design: &Design, contrast: f64) -> Diagnostic {
    Diagnostic::at(Code::DesignContrast, file, span)
        .with("ink", design.ink.to_string())
        .with("ground", design.ground.to_string())
        .with("contrast", format!("{contrast:.1}"))
        .with("least", READABLE.to_string())
}

fn design_letters(file: &Utf8Path, span: Span, missing: &[char]) -> Diagnostic {
    let missing: Vec<String> = missing.iter().map(char::to_string).collect();
    Diagnostic::at(Code::DesignLetters, file, span).with("missing", missing.join(" "))
}

fn design_text(file: &Utf8Path, span: Span) -> Diagnostic {
    Diagnostic::at(Code::DesignText, file, span).with_number("most", TEXT_CHARS_MAX)
}
