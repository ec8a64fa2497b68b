//! The picture that a shared link shows on social networks: the badge, its name and its issuer's domain, in the colours of
//! the theme. One for each badge and language; it says nothing of a person.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{RenderError, html};
use crate::colour::Colour;
use crate::lettering::{Face, Line};
use crate::plan::Meaning;
use crate::raster::{Canvas, Layer, RasterError, Square};
use crate::site::Lang;

/// Where the words begin, and how wide they may be.
const WORDS: (f32, f32) = (580.0, 560.0);

/// The sizes that are tried for the badge's name, and how many lines each may have.
const NAME_SIZES: [(f32, usize); 3] = [(76.0, 2), (62.0, 3), (50.0, 4)];

/// The centre and the side of the badge.
const BADGE: (f32, f32, f32) = (300.0, 297.0, 400.0);

/// Draws the previews of one site.
#[derive(Debug, Default)]
pub(super) struct Previews {
    /// What all of them have in common: paper, rings and sea.
    ground: OnceLock<Result<Canvas, RasterError>>,
    /// What each thread drew last, without words: the languages of a badge come one after the other.
    last: Mutex<BTreeMap<Option<usize>, (Badge, Canvas)>>,
}

/// Class, version and level.
type Badge = (String, u32, Option<u8>);

impl Previews {
    /// Draws the preview of `meaning` in `lang`.
    pub(super) fn png(
        &self,
        html: &html::Renderer<'_>,
        meaning: Meaning<'_>,
        lang: &Lang,
    ) -> Result<Vec<u8>, RenderError> {
        let drawn = self.badge(html, meaning).and_then(|badge| write(badge, html, meaning, lang));
        drawn.map_err(|error| refused(meaning, error))
    }

    /// Says whether the picture of `meaning` can be drawn.
    pub(super) fn test(meaning: Meaning<'_>) -> Result<(), RenderError> {
        layer(meaning).map_or(Ok(()), Layer::test).map_err(|error| refused(meaning, error))
    }

    /// The ground with the badge on it.
    fn badge(
        &self,
        html: &html::Renderer<'_>,
        meaning: Meaning<'_>,
    ) -> Result<Canvas, RasterError> {
        let thread = rayon::current_thread_index();
        let badge = (meaning.class.slug.to_string(), meaning.version.number, meaning.level);
        // A thread that panics leaves whole entries behind: they are put in when they are done.
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, canvas)) = last().get(&thread).filter(|(drawn, _)| *drawn == badge) {
            return Ok(canvas.clone());
        }
        let ground = self.ground.get_or_init(|| Canvas::of(ground(html).as_bytes()));
        let mut canvas = ground.clone()?;
        if let Some(layer) = layer(meaning) {
            let (x, y, side) = BADGE;
            canvas.lay(layer, Square { left: x - side / 2.0, top: y - side / 2.0, side })?;
        }
        last().insert(thread, (badge, canvas.clone()));
        Ok(canvas)
    }
}

fn refused(meaning: Meaning<'_>, error: RasterError) -> RenderError {
    RenderError::Picture { of: meaning.class.slug.to_string(), error }
}

fn layer<'s>(meaning: Meaning<'s>) -> Option<Layer<'s>> {
    let picture = meaning.picture();
    match (&picture.svg, &picture.png) {
        (Some(svg), _) => Some(Layer::Drawing(svg)),
        (None, png) => png.as_deref().map(Layer::Pixels),
    }
}

fn ground(html: &html::Renderer<'_>) -> String {
    let [paper, line, sea] = ["paper", "line", "sea"].map(|name| colour(html, name));
    let (width, height) = html::PREVIEW;
    let (x, y, _) = BADGE;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="{paper}"/><g fill="none" stroke="{line}" stroke-width="1.5">"#
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
    let _ = write!(
        svg,
        r#"</g><path fill="{sea}" d="M0 572c110-24 190-26 300-10s190 24 300 8 190-30 300-14 190 26 300 6v68H0z"/></svg>"#
    );
    svg
}

fn write(
    mut canvas: Canvas,
    html: &html::Renderer<'_>,
    meaning: Meaning<'_>,
    lang: &Lang,
) -> Result<Vec<u8>, RasterError> {
    let words = html.preview_words(meaning, lang);
    let [ink, muted, accent] = ["ink", "muted", "accent"].map(|name| colour(html, name));
    let mut write = |line: &Line, y: f32, size: f32, colour: Colour| {
        canvas.write(line, (WORDS.0, y), size, colour);
    };
    let (size, name) = name(&words.name);
    let lines = f32::from(u8::try_from(name.len()).unwrap_or(u8::MAX));
    // Everything stands in the middle of the height above the sea.
    let step = size * 1.1;
    let level = words.level.as_ref().map_or(0.0, |_| 58.0);
    let mut y = 292.0 - (60.0 + lines * step + level + 118.0) / 2.0 + 26.0;
    write(&one_line(Face::Regular, &words.kind, 27.0), y, 27.0, muted);
    y += 8.0;
    for line in &name {
        y += step;
        write(line, y, size, ink);
    }
    if let Some(level) = &words.level {
        y += 58.0;
        write(&one_line(Face::Regular, level, 36.0), y, 36.0, ink);
    }
    y += 78.0;
    write(&one_line(Face::SemiBold, &words.host, 36.0), y, 36.0, accent);
    y += 40.0;
    write(&one_line(Face::Regular, &words.issuer, 27.0), y, 27.0, muted);
    canvas.png()
}

fn colour(html: &html::Renderer<'_>, name: &str) -> Colour {
    html.colours().get(name).copied().unwrap_or(Colour::BLACK)
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::raster;
    use crate::sample;

    const RED: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#f00"/></svg>"##;

    fn middle_of_the_badge(preview: &[u8]) -> [u8; 3] {
        let mut reader = png::Decoder::new(std::io::Cursor::new(preview)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let (width, _) = html::PREVIEW;
        reader.next_frame(&mut pixels).unwrap();
        let start = (297 * usize::try_from(width).unwrap() + 300) * 4;
        pixels[start..start + 3].try_into().unwrap()
    }

    /// A picture of pixels alone is laid on the preview as a drawing is, in every language, and on no other badge's.
    #[test]
    fn the_badge_is_on_its_preview_whatever_its_picture_is_made_of() {
        let pixels: Arc<[u8]> = raster::png(RED, 90).unwrap().into();
        for (svg, png) in [(Some(Arc::from(RED)), None), (None, Some(pixels))] {
            let mut site = sample::site();
            let class = &mut site.classes[0];
            for version in class.versions.values_mut() {
                (version.image.svg, version.image.png) = (svg.clone(), png.clone());
            }
            let html = html::Renderer::new(&site, html::ThemeFiles::embedded()).unwrap();
            let previews = Previews::default();
            let draw = |class: usize, lang: &str| {
                let class = &site.classes[class];
                let meaning = Meaning { class, version: class.current(), level: None };
                Previews::test(meaning).unwrap();
                middle_of_the_badge(&previews.png(&html, meaning, &sample::lang(lang)).unwrap())
            };
            assert_eq!((draw(0, "fr"), draw(0, "en")), ([255, 0, 0], [255, 0, 0]));
            assert_ne!(draw(1, "fr"), [255, 0, 0]);
            assert_eq!(draw(0, "fr"), [255, 0, 0]);
        }
    }
}
