//! The picture that a shared link shows on social networks: the badge, its name and its issuer's domain, in the colours of
//! the theme. One for each badge and language; it says nothing of a person.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{RenderError, html};
use crate::lettering::{Face, Line};
use crate::plan::{ImageForm, Meaning};
use crate::raster;
use crate::render::picture;
use crate::site::Lang;

/// Where the words begin, and how wide they may be.
const WORDS: (f32, f32) = (580.0, 560.0);

/// The sizes that are tried for the badge's name, and how many lines each may have.
const NAME_SIZES: [(f32, usize); 3] = [(76.0, 2), (62.0, 3), (50.0, 4)];

/// The centre and the side of the badge.
const BADGE: (f32, f32, f32) = (300.0, 297.0, 400.0);

/// Draws the preview of `meaning` in `lang`.
pub(super) fn png(
    html: &html::Renderer<'_>,
    meaning: Meaning<'_>,
    lang: &Lang,
) -> Result<Vec<u8>, RenderError> {
    let of = meaning.class.slug.as_str();
    let svg = svg(html, meaning, lang)?;
    raster::opaque_png(svg.as_bytes())
        .map_err(|error| RenderError::Picture { of: of.to_owned(), error })
}

fn svg(
    html: &html::Renderer<'_>,
    meaning: Meaning<'_>,
    lang: &Lang,
) -> Result<String, RenderError> {
    let of = meaning.class.slug.as_str();
    let (form, media_type) = match meaning.picture().svg {
        Some(_) => (ImageForm::Svg, "image/svg+xml"),
        None => (ImageForm::Png, "image/png"),
    };
    let picture = STANDARD.encode(picture::bytes(meaning.picture(), form, of)?);
    let words = html.preview_words(meaning, lang);
    let colours = html.colours();
    let colour = |name: &str| colours.get(name).map_or("#000000", String::as_str);
    let (width, height) = html::PREVIEW;
    let (x, y, side) = BADGE;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="{}"/><g fill="none" stroke="{}" stroke-width="1.5">"#,
        colour("paper"),
        colour("line")
    );
    // The rings of the page: tide marks around the badge.
    for (radius, strength) in
        [(225, 90), (262, 75), (300, 60), (340, 45), (382, 32), (426, 20), (472, 10)]
    {
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            r#"<circle cx="{x}" cy="{y}" r="{radius}" stroke-opacity=".{strength:02}"/>"#
        );
    }
    let (left, top) = (x - side / 2.0, y - side / 2.0);
    let _ = write!(
        svg,
        r#"</g><image href="data:{media_type};base64,{picture}" x="{left}" y="{top}" width="{side}" height="{side}"/><path fill="{}" d="M0 572c110-24 190-26 300-10s190 24 300 8 190-30 300-14 190 26 300 6v68H0z"/>"#,
        colour("sea")
    );
    let mut text = |line: &Line, y: f32, size: f32, fill: &str| {
        let _ = write!(svg, r#"<path fill="{fill}" d="{}"/>"#, line.outline(WORDS.0, y, size));
    };
    let (size, name) = name(&words.name);
    let lines = f32::from(u8::try_from(name.len()).unwrap_or(u8::MAX));
    // Everything stands in the middle of the height above the sea.
    let step = size * 1.1;
    let level = words.level.as_ref().map_or(0.0, |_| 58.0);
    let mut y = 292.0 - (60.0 + lines * step + level + 118.0) / 2.0 + 26.0;
    text(&one_line(Face::Regular, &words.kind, 27.0), y, 27.0, colour("muted"));
    y += 8.0;
    for line in &name {
        y += step;
        text(line, y, size, colour("ink"));
    }
    if let Some(level) = &words.level {
        y += 58.0;
        text(&one_line(Face::Regular, level, 36.0), y, 36.0, colour("ink"));
    }
    y += 78.0;
    text(&one_line(Face::SemiBold, &words.host, 36.0), y, 36.0, colour("accent"));
    y += 40.0;
    text(&one_line(Face::Regular, &words.issuer, 27.0), y, 27.0, colour("muted"));
    svg.push_str("</svg>");
    Ok(svg)
}

/// The name in the largest size in which it is whole, else as much of it as fits.
fn name(words: &str) -> (f32, Vec<Line>) {
    let mut sizes = NAME_SIZES
        .into_iter()
        .map(|(size, lines_max)| (size, Face::SemiBold.wrapped(words, size, WORDS.1, lines_max)));
    let is_whole = |lines: &[Line]| lines.last().is_none_or(|line| !line.text().ends_with('…'));
    let mut last = (0.0, Vec::new());
    sizes
        .find_map(|(size, lines)| {
            if is_whole(&lines) {
                return Some((size, lines));
            }
            last = (size, lines);
            None
        })
        .unwrap_or(last)
}

fn one_line(face: Face, words: &str, size: f32) -> Line {
    face.wrapped(words, size, WORDS.1, 1).pop().unwrap_or_else(|| face.line(""))
}
