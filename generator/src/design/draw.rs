//! A design as SVG. Lengths are written out, not computed by the machine's own sines, so that no two machines differ.

use std::fmt::Write as _;

use crate::colour::Colour;

use super::{Design, FACE, Ring, Shape, TEXT_CHARS_MAX};

/// The side of the drawing.
const SIDE: u16 = 512;

/// The stroke around an outline, in its own colour.
const OUTLINE_STROKE: u8 = 44;

/// How wide the text may be, and how large and small its letters.
const TEXT_WIDTH: f32 = 216.0;
const TEXT_LARGEST: f32 = 54.0;
const TEXT_SMALLEST: f32 = 24.0;

/// The ring: its radius, the room between two steps, how thick a step is that is reached, and one that is not.
const RING_RADIUS: f32 = 166.0;
const RING_GAP: f32 = 18.0;
const REACHED_WIDTH: u8 = 18;
const AHEAD_WIDTH: u8 = 5;

/// The outline, drawn in one colour; a stroke of the same colour rounds its corners.
const fn outline(shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => r#"<circle cx="256" cy="256" r="242" stroke="none"/>"#,
        Shape::Hexagon => r#"<path d="M474 256L365 444.8L147 444.8L38 256L147 67.2L365 67.2Z"/>"#,
        Shape::Octagon => {
            r#"<path d="M461.1 341L341 461.1L171 461.1L50.9 341L50.9 171L171 50.9L341 50.9L461.1 171Z"/>"#
        }
        Shape::Square => r#"<path d="M56 56H456V456H56Z"/>"#,
        Shape::Shield => {
            r#"<path d="M256 34C318 62 388 76 458 78C470 258 420 404 256 478C92 404 42 258 54 78C124 76 194 62 256 34Z"/>"#
        }
        Shape::Flower => {
            r#"<circle cx="256" cy="256" r="182"/><circle cx="446" cy="256" r="36"/><circle cx="420.5" cy="351" r="36"/><circle cx="351" cy="420.5" r="36"/><circle cx="256" cy="446" r="36"/><circle cx="161" cy="420.5" r="36"/><circle cx="91.5" cy="351" r="36"/><circle cx="66" cy="256" r="36"/><circle cx="91.5" cy="161" r="36"/><circle cx="161" cy="91.5" r="36"/><circle cx="256" cy="66" r="36"/><circle cx="351" cy="91.5" r="36"/><circle cx="420.5" cy="161" r="36"/>"#
        }
    }
}

/// Writes the drawing.
pub(super) fn svg(design: &Design) -> String {
    let Design { ground, ink, edge, .. } = design;
    let outline = outline(design.shape);
    let layer = |colour: Colour, stroke: u8, place: &str| {
        format!(
            "<g fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"{stroke}\" stroke-linejoin=\"round\"{place}>{outline}</g>\n"
        )
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{SIDE}\" viewBox=\"0 0 {SIDE} {SIDE}\">\n"
    );
    svg += &layer(*edge, OUTLINE_STROKE, "");
    // The border is as thick everywhere: petals shrink where they are, the other shapes towards the middle.
    svg += &match design.shape {
        Shape::Flower => layer(*ground, 4, ""),
        _ => layer(*ground, OUTLINE_STROKE, " transform=\"matrix(.91 0 0 .91 23.04 23.04)\""),
    };
    if let Some(ring) = design.ring {
        svg += &format!(
            "<g fill=\"none\" stroke=\"{ink}\" transform=\"rotate(-90 256 256)\">{}</g>\n",
            steps(ring)
        );
    }
    let (middle, side) = match (design.ring.is_some(), design.text.is_some()) {
        (true, true) => (222.0, 158.0),
        (true, false) => (256.0, 206.0),
        (false, true) => (218.0, 216.0),
        (false, false) => (256.0, 280.0),
    };
    let scale = side / 96.0;
    // Writing to a string cannot fail.
    let _ = writeln!(
        svg,
        "<g fill=\"none\" stroke=\"{ink}\" stroke-width=\"6\" stroke-linecap=\"round\" stroke-linejoin=\"round\" transform=\"translate({:.1} {:.1}) scale({scale:.3})\">{}</g>",
        256.0 - side / 2.0,
        middle - side / 2.0,
        design.pictogram.paths(),
    );
    if let Some((text, size)) =
        design.text.as_deref().and_then(|text| Some((text, text_size(text)?)))
    {
        let line = FACE.line(text);
        let base = if design.ring.is_some() { 352.0 } else { 384.0 };
        let path = line.outline(256.0 - line.width(size) / 2.0, base, size);
        let _ = writeln!(svg, "<path fill=\"{ink}\" d=\"{path}\"/>");
    }
    svg + "</svg>\n"
}

/// The ring as two strokes with gaps: the steps that are reached, and those ahead.
fn steps(ring: Ring) -> String {
    let Ring { reached, of } = ring;
    let whole = 2.0 * std::f32::consts::PI * RING_RADIUS;
    let step = whole / f32::from(of);
    let gap = if of == 1 { 0.0 } else { RING_GAP };
    let stroke = |from: u8, count: u8, width: u8| {
        if count == 0 {
            return String::new();
        }
        // The first dash begins after half a gap and the steps before it; the last gap reaches around.
        let mut dashes = String::from("0");
        let mut ahead = f32::from(from) * step + gap / 2.0;
        for _ in 0..count {
            let _ = write!(dashes, " {ahead:.2} {:.2}", step - gap);
            ahead = gap;
        }
        let _ = write!(dashes, " {whole:.2}");
        format!(
            "<circle cx=\"256\" cy=\"256\" r=\"{RING_RADIUS}\" stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\"/>"
        )
    };
    stroke(0, reached, REACHED_WIDTH) + &stroke(reached, of.saturating_sub(reached), AHEAD_WIDTH)
}

/// How large the letters of `text` are, or nothing when it does not fit.
pub(super) fn text_size(text: &str) -> Option<f32> {
    if text.chars().count() > TEXT_CHARS_MAX {
        return None;
    }
    let width = FACE.line(text).width(1.0);
    let size = (TEXT_WIDTH / width).min(TEXT_LARGEST);
    (size >= TEXT_SMALLEST).then_some(size)
}
