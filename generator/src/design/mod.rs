//! Badge pictures from a few words instead of a drawing: `image: { design: … }`.
//!
//! A design becomes an SVG of plain shapes and outlines ([`Design::svg`]): nothing in it needs a font, and the same design
//! gives the same bytes on every machine. From there on it is a drawing like any other; a frozen version keeps its bytes.

mod draw;
mod pictograms;

use crate::colour::{Colour, READABLE};
use crate::lettering::Face;

pub use pictograms::Pictogram;

/// The longest text on a badge. Longer ones cannot be read in a bag.
pub const TEXT_CHARS_MAX: usize = 24;

/// The most steps of a ring: more cannot be told apart.
pub const RING_MAX: u8 = 12;

/// The face of the text: thin strokes vanish in small pictures.
const FACE: Face = Face::SemiBold;

/// What a badge looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    /// Its outline.
    pub shape: Shape,
    /// What everything lies on.
    pub ground: Colour,
    /// The pictogram, the text and the ring.
    pub ink: Colour,
    /// The border.
    pub edge: Colour,
    /// What is shown.
    pub pictogram: Pictogram,
    /// How far on a scale it is, if it says so.
    pub ring: Option<Ring>,
    /// A word below the pictogram.
    pub text: Option<String>,
}

/// The outline of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the words of badge.yaml")]
pub enum Shape {
    Circle,
    Hexagon,
    Octagon,
    Square,
    Shield,
    Flower,
}

/// A ring of steps: those that are reached are thick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ring {
    /// How many are reached.
    pub reached: u8,
    /// How many there are.
    pub of: u8,
}

/// Why a design would be a bad picture.
#[derive(Debug, Clone, PartialEq)]
pub enum DesignFault {
    /// What is drawn cannot be told from the ground.
    Contrast {
        /// The ratio.
        contrast: f64,
    },
    /// The face lacks these letters.
    Letters {
        /// Each once.
        missing: Vec<char>,
    },
    /// The text is too long to be read.
    TooLong,
}

impl Design {
    /// What keeps the design from being a readable picture.
    ///
    /// Spec: WCAG 2.2, 1.4.3 and 1.4.11 (level AA).
    #[must_use]
    pub fn faults(&self) -> Vec<DesignFault> {
        let mut faults = Vec::new();
        let contrast = self.ink.contrast(self.ground);
        if contrast < READABLE {
            faults.push(DesignFault::Contrast { contrast });
        }
        if let Some(text) = &self.text {
            let missing = FACE.missing(text);
            if !missing.is_empty() {
                faults.push(DesignFault::Letters { missing });
            }
            if draw::text_size(text).is_none() {
                faults.push(DesignFault::TooLong);
            }
        }
        faults
    }

    /// The drawing.
    #[must_use]
    pub fn svg(&self) -> String {
        draw::svg(self)
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::raster::{self, CLASS_PICTURE_SIDE};

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    fn design() -> Design {
        Design {
            shape: Shape::Hexagon,
            ground: colour("#0f3d4b"),
            ink: colour("#fff6e3"),
            edge: colour("#f4b63f"),
            pictogram: Pictogram::Tools,
            ring: Some(Ring { reached: 2, of: 3 }),
            text: Some("Réparer".to_owned()),
        }
    }

    fn digest(bytes: &[u8]) -> String {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn a_design_is_drawn_the_same_on_every_machine() {
        let svg = design().svg();
        let png = raster::png(svg.as_bytes(), CLASS_PICTURE_SIDE).unwrap();
        assert_eq!(
            [digest(svg.as_bytes()), digest(&png)],
            [
                "66defcb94ca3096e6b1d35bf893d265b22fc03620682d148db187c0846a10490".to_owned(),
                "6b917e4e7010e8549be0742a120123d736f830a5013b164d4eef5c50873ccdf4".to_owned()
            ]
        );
    }

    #[test]
    fn every_shape_and_pictogram_is_a_picture_that_check_takes_and_no_two_are_alike() {
        let mut seen = std::collections::BTreeSet::new();
        let shapes = Shape::WORDS.iter().map(|(_, shape)| Design { shape: *shape, ..design() });
        let pictograms = Pictogram::WORDS.iter().map(|(_, pictogram)| Design {
            pictogram: *pictogram,
            ring: None,
            text: None,
            ..design()
        });
        for design in shapes.chain(pictograms) {
            let svg = design.svg();
            assert_eq!(openbadges::bake::check_svg(svg.as_bytes()), Ok(()), "{svg}");
            let picture = openbadges::bake::Picture::read(svg.as_bytes()).unwrap();
            assert!(picture.is_square() && !svg.contains("<text"), "{svg}");
            assert!(seen.insert(raster::png(svg.as_bytes(), 96).unwrap()), "{design:?}");
        }
        assert_eq!(seen.len(), Shape::WORDS.len() + Pictogram::WORDS.len());
    }

    #[test]
    fn a_step_more_is_another_picture() {
        let at = |reached| Design { ring: Some(Ring { reached, of: 5 }), ..design() }.svg();
        let drawn: std::collections::BTreeSet<String> = (0..=5).map(at).collect();
        assert_eq!(drawn.len(), 6);
    }

    #[test]
    fn what_cannot_be_read_is_a_fault() {
        assert_eq!(design().faults(), []);
        let pale = Design { ink: colour("#6d8a93"), ..design() };
        assert!(
            matches!(pale.faults()[..], [DesignFault::Contrast { contrast }] if contrast < 4.5)
        );
        let text = |text: &str| Design { text: Some(text.to_owned()), ..design() }.faults();
        assert_eq!(text("漢字"), [DesignFault::Letters { missing: vec!['漢', '字'] }]);
        assert_eq!(text("Anticonstitutionnellement vôtre"), [DesignFault::TooLong]);
        assert_eq!(text("Œuvre d’été"), []);
    }
}
