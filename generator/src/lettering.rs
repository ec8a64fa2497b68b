//! Words as outlines, in the two faces that are compiled in: measured, kerned and broken into lines the same way on every
//! machine. No font of the machine is looked up.
//!
//! A picture of words is made of paths ([`Line::outline`]), so that whoever draws it needs no font either. The faces have
//! the letters of Latin, Greek and Cyrillic; [`Face::missing`] names those they lack.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::OnceLock;

use harfrust::{Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

/// Words are cut after so many characters before they are measured: far more than fits anywhere.
const CHARACTERS_MAX: usize = 1_000;

/// Units of an em, in both faces.
const UNITS_PER_EM: f32 = 1000.0;

/// A face of Source Serif 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Face {
    /// For running words.
    Regular,
    /// For names and headings.
    SemiBold,
}

/// Words on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    face: Face,
    text: String,
    glyphs: Vec<Glyph>,
}

/// A letter as it is drawn. Lengths are in units of an em ([`Line::width`] scales them).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Glyph {
    /// Its number in the face.
    pub id: u32,
    /// How far the next one is.
    pub advance: f32,
    /// How far it stands from its place: to the right, and up.
    pub offset: (f32, f32),
    /// The bytes of the text it stands for.
    pub text: Range<usize>,
}

impl Face {
    /// The font file.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../assets/fonts/SourceSerif4-Regular.ttf"),
            Self::SemiBold => include_bytes!("../assets/fonts/SourceSerif4-SemiBold.ttf"),
        }
    }

    fn font(self) -> FontRef<'static> {
        FontRef::new(self.bytes()).expect("the bundled font is read by a test")
    }

    fn shaper_data(self) -> &'static ShaperData {
        static DATA: [OnceLock<ShaperData>; 2] = [OnceLock::new(), OnceLock::new()];
        let [regular, semi_bold] = &DATA;
        let place = match self {
            Self::Regular => regular,
            Self::SemiBold => semi_bold,
        };
        place.get_or_init(|| ShaperData::new(&self.font()))
    }

    /// The characters of `text` the face has no letter for, each once, in order of their first use.
    #[must_use]
    pub fn missing(self, text: &str) -> Vec<char> {
        let letters = self.font();
        let letters = letters.charmap();
        let mut missing = Vec::new();
        for character in text.chars() {
            if letters.map(character).is_none() && !missing.contains(&character) {
                missing.push(character);
            }
        }
        missing
    }

    /// Sets `text` in one line, from left to right.
    #[must_use]
    pub fn line(self, text: &str) -> Line {
        let text: String = text.chars().take(CHARACTERS_MAX).collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        let font = self.font();
        let shaper = self.shaper_data().shaper(&font).build();
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let starts = shaped.glyph_infos().iter().map(|info| byte(info.cluster));
        let ends = starts.clone().skip(1).chain([text.len()]);
        let glyphs =
            shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(starts.zip(ends));
        let glyphs = glyphs.map(|((info, position), (start, end))| Glyph {
            id: info.glyph_id,
            advance: units(position.x_advance),
            offset: (units(position.x_offset), units(position.y_offset)),
            text: start..end.max(start),
        });
        let glyphs = glyphs.collect();
        Line { face: self, text, glyphs }
    }

    /// Breaks `text` into at most `lines_max` lines that are no wider than `width` at `size`.
    ///
    /// A word that is wider than a line is broken inside; what does not fit ends in `…`.
    #[must_use]
    pub fn wrapped(self, text: &str, size: f32, width: f32, lines_max: usize) -> Vec<Line> {
        let fits = |text: &str| self.line(text).width(size) <= width;
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let text: String = text.chars().take(CHARACTERS_MAX).collect();
        // An unbreakable space is no place to break, and `split_whitespace` thinks it is.
        for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for character in word.chars() {
                line.push(character);
                if line.chars().nth(1).is_some() && !fits(&line) {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, character.to_string()));
                }
                if lines.len() > lines_max {
                    break;
                }
            }
            if lines.len() > lines_max {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() > lines_max {
            lines.truncate(lines_max);
            if let Some(last) = lines.last_mut() {
                while !last.is_empty() && !fits(&format!("{last}…")) {
                    last.pop();
                }
                last.truncate(last.trim_end().len());
                last.push('…');
            }
        }
        lines.iter().map(|line| self.line(line)).collect()
    }
}

impl Line {
    /// The face it is set in.
    #[must_use]
    pub const fn face(&self) -> Face {
        self.face
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How wide it is when an em measures `size`.
    #[must_use]
    pub fn width(&self, size: f32) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * size / UNITS_PER_EM
    }

    /// The letters, from left to right.
    #[must_use]
    pub fn glyphs(&self) -> &[Glyph] {
        &self.glyphs
    }

    /// The outlines as the data of one SVG path; the first letter begins at `x`, the base line is at `y`.
    #[must_use]
    pub fn outline(&self, x: f32, y: f32, size: f32) -> String {
        let mut pen = SvgPen(String::new());
        self.draw(&mut pen, x, y, size);
        pen.0
    }

    /// Leads `pen` along the outlines, in the picture's coordinates; the first letter begins at `x`, the base line is at
    /// `y`.
    pub(crate) fn draw(&self, pen: &mut impl OutlinePen, x: f32, y: f32, size: f32) {
        let font = self.face.font();
        let outlines = font.outline_glyphs();
        let scale = size / UNITS_PER_EM;
        let mut pen = Placed { pen, x, y, scale };
        let mut advanced = 0.0;
        for glyph in &self.glyphs {
            pen.x = x + (advanced + glyph.offset.0) * scale;
            pen.y = y - glyph.offset.1 * scale;
            if let Some(outline) = outlines.get(GlyphId::new(glyph.id)) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                // A letter that cannot be drawn leaves its room empty; the tests draw every letter of both faces.
                let _ = outline.draw(settings, &mut pen);
            }
            advanced += glyph.advance;
        }
    }
}

/// Hands on outlines at their place in a picture: fonts count upwards, pictures downwards.
struct Placed<'p, P> {
    pen: &'p mut P,
    x: f32,
    y: f32,
    scale: f32,
}

impl<P> Placed<'_, P> {
    fn place(&self, (x, y): (f32, f32)) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl<P: OutlinePen> OutlinePen for Placed<'_, P> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place((x, y));
        self.pen.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place((x, y));
        self.pen.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.place((cx, cy)), self.place((x, y)));
        self.pen.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let ((cx0, cy0), (cx1, cy1)) = (self.place((cx0, cy0)), self.place((cx1, cy1)));
        let (x, y) = self.place((x, y));
        self.pen.curve_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.pen.close();
    }
}

/// Writes outlines as SVG path data.
struct SvgPen(String);

impl SvgPen {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.0.push(command);
        for (place, (x, y)) in points.iter().enumerate() {
            let space = if place > 0 { " " } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(self.0, "{space}{x:.2} {y:.2}");
        }
    }
}

impl OutlinePen for SvgPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.push('Q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.push('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an advance is far below 2^24 units, where f32 stops counting"
)]
const fn units(length: i32) -> f32 {
    length as f32
}

fn byte(cluster: u32) -> usize {
    usize::try_from(cluster).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    const BOTH: [Face; 2] = [Face::Regular, Face::SemiBold];

    #[test]
    fn the_fonts_are_the_files_their_page_names() {
        let page = include_str!("../assets/fonts/PROVENANCE.md");
        let licence: &[u8] = include_bytes!("../assets/fonts/OFL.txt");
        let files = [
            ("SourceSerif4-Regular.ttf", Face::Regular.bytes()),
            ("SourceSerif4-SemiBold.ttf", Face::SemiBold.bytes()),
            ("OFL.txt", licence),
        ];
        for (name, bytes) in files {
            let digest: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
            let line = page.lines().find(|line| line.starts_with(&format!("| `{name}`"))).unwrap();
            assert!(line.contains(&digest), "{name} has the digest {digest}");
        }
    }

    #[test]
    fn every_letter_of_both_faces_can_be_drawn() {
        for face in BOTH {
            let font = face.font();
            let outlines = font.outline_glyphs();
            for (_, id) in font.charmap().mappings() {
                let mut pen = SvgPen(String::new());
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                outlines.get(id).unwrap().draw(settings, &mut pen).unwrap();
            }
            assert_eq!(face.shaper_data().shaper(&font).build().units_per_em(), 1000);
        }
    }

    #[test]
    fn letters_are_kerned_and_accents_stay_with_them() {
        let width = |text: &str| Face::Regular.line(text).width(1000.0);
        assert!(width("AV") < width("A") + width("V"));
        // A letter with a combining accent is as wide as the letter with it built in.
        assert!((width("e\u{301}") - width("é")).abs() < 0.5);
        assert_eq!(width(""), 0.0);
    }

    #[test]
    fn a_line_is_drawn_where_it_is_put_and_the_same_twice() {
        let line = Face::SemiBold.line("Été à L’Estran");
        let drawn = line.outline(10.0, 50.0, 40.0);
        assert!(drawn.starts_with('M') && drawn.ends_with('Z'), "{drawn:.60}");
        assert_eq!(drawn, line.outline(10.0, 50.0, 40.0));
        assert_ne!(drawn, line.outline(11.0, 50.0, 40.0));
    }

    #[test]
    fn characters_without_a_letter_are_named() {
        assert_eq!(Face::Regular.missing("Zoé Ὀδυσσεύς? Жанна Nguyễn"), ['Ὀ']);
        assert_eq!(Face::SemiBold.missing("אב א 🎖"), ['א', 'ב', '🎖']);
    }

    #[test]
    fn words_are_broken_into_lines_that_fit() {
        let lines = |text: &str, most: usize| -> Vec<String> {
            let lines = Face::Regular.wrapped(text, 20.0, 200.0, most);
            assert!(lines.iter().all(|line| line.width(20.0) <= 200.0), "{lines:?}");
            lines.iter().map(|line| line.text().to_owned()).collect()
        };
        assert_eq!(lines("court", 3), ["court"]);
        assert_eq!(
            lines("Sauveteur secouriste du travail", 3),
            ["Sauveteur secouriste", "du travail"]
        );
        let endless = lines(&"x".repeat(10_000), 3);
        assert_eq!(endless.len(), 3);
        assert!(
            endless.iter().all(|line| line.len() > 10) && endless[2].ends_with('…'),
            "{endless:?}"
        );
        assert_eq!(lines("un\u{a0}deux", 1), ["un\u{a0}deux"], "an unbreakable space is kept");
        assert!(lines("", 3).is_empty());
    }
}
