//! Drawings to pixels. One picture is made once and kept: the pixels of a frozen class version are evidence.
//!
//! Nothing but the drawing decides: no font, no file and no address is looked up.

mod canvas;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

pub(crate) use canvas::{Canvas, Layer, Square};

/// The side of a class picture, in pixels: sharp on a page and in a wallet, and about 20 kB.
pub const CLASS_PICTURE_SIDE: u32 = 512;

/// The largest drawing that is read. A drawing of a badge has a few kB.
const SVG_BYTES_MAX: usize = 1024 * 1024;

/// Draws `svg` into a square PNG with sides of `side` pixels; a drawing that is not square is centred.
///
/// # Errors
/// [`RasterError`] when the drawing is too large, cannot be read, or has text, which would need a font.
pub fn png(svg: &[u8], side: u32) -> Result<Vec<u8>, RasterError> {
    if svg.len() > SVG_BYTES_MAX {
        return Err(RasterError::TooLarge { bytes: svg.len() });
    }
    if has_text(svg) {
        return Err(RasterError::Text);
    }
    let tree = Tree::from_data(svg, &options())
        .map_err(|error| RasterError::NotSvg { reason: error.to_string() })?;
    let mut pixels = Pixmap::new(side, side).ok_or(RasterError::NoRoom { side })?;
    resvg::render(&tree, fit(&tree, side), &mut pixels.as_mut());
    let colours: Vec<u8> = pixels
        .pixels()
        .iter()
        .map(|pixel| pixel.demultiply())
        .flat_map(|colour| [colour.red(), colour.green(), colour.blue(), colour.alpha()])
        .collect();
    // A compression brings a filter of its own.
    let settle = |encoder: &mut Encoder<'_>| encoder.set_compression(png::Compression::High);
    encode(png::ColorType::Rgba, settle, &colours, (side, side))
}

/// Pictures in a drawing may be inside it (`data:`), never elsewhere.
fn options() -> Options<'static> {
    let image_href_resolver = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    Options { image_href_resolver, ..Options::default() }
}

/// Whether there is a `<text>` element, which would vanish in silence. A broken file has none: the parser will say it.
fn has_text(svg: &[u8]) -> bool {
    let mut reader = quick_xml::Reader::from_reader(svg);
    loop {
        match reader.read_event() {
            Ok(
                quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element),
            ) if element.local_name().as_ref() == "text" => {
                return true;
            }
            Ok(quick_xml::events::Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a side of a picture is far below 2^24, where f32 stops counting"
)]
fn fit(tree: &Tree, side: u32) -> Transform {
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = side as f32 / width.max(height);
    let margin = |length: f32| (side as f32 - length * scale) / 2.0;
    Transform::from_scale(scale, scale).post_translate(margin(width), margin(height))
}

type Encoder<'a> = png::Encoder<'a, &'a mut Vec<u8>>;

fn encode(
    color: png::ColorType,
    settle: impl FnOnce(&mut Encoder<'_>),
    colours: &[u8],
    (width, height): (u32, u32),
) -> Result<Vec<u8>, RasterError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    settle(&mut encoder);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(colours)?;
        writer.finish()
    });
    written.map(|()| bytes).map_err(|error| RasterError::Encoder { reason: error.to_string() })
}

/// Why a drawing did not become pixels.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RasterError {
    /// More than a megabyte.
    #[error("the drawing has {bytes} bytes; {SVG_BYTES_MAX} are the most")]
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// A `<text>` element: its look depends on the fonts of the machine.
    #[error(
        "the drawing has a <text> element; turn it into paths, since no font is the same everywhere"
    )]
    Text,
    /// It cannot be read.
    #[error("the drawing cannot be read: {reason}")]
    NotSvg {
        /// The parser's words.
        reason: String,
    },
    /// Pixels that cannot be read.
    #[error("the picture cannot be read: {reason}")]
    NotPng {
        /// The decoder's words.
        reason: String,
    },
    /// A picture without pixels, or with too many.
    #[error("a picture of {side} pixels cannot be made")]
    NoRoom {
        /// The side that was asked for.
        side: u32,
    },
    /// The PNG was not written.
    #[error("the PNG was not written: {reason}")]
    Encoder {
        /// The encoder's words.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
        <rect width="100" height="100" fill="#0a5"/></svg>"##;

    fn pixel(png: &[u8], x: usize, y: usize) -> [u8; 4] {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!(
            (frame.color_type, frame.bit_depth),
            (png::ColorType::Rgba, png::BitDepth::Eight)
        );
        let start = (y * usize::try_from(frame.width).unwrap() + x) * 4;
        pixels[start..start + 4].try_into().unwrap()
    }

    #[test]
    fn a_square_drawing_fills_the_picture_and_draws_the_same_twice() {
        let picture = png(SQUARE.as_bytes(), CLASS_PICTURE_SIDE).unwrap();
        for (x, y) in [(0, 0), (511, 0), (0, 511), (511, 511), (256, 256)] {
            assert_eq!(pixel(&picture, x, y), [0x00, 0xaa, 0x55, 0xff], "{x},{y}");
        }
        assert_eq!(picture, png(SQUARE.as_bytes(), CLASS_PICTURE_SIDE).unwrap());
    }

    #[test]
    fn a_wide_drawing_is_centred_between_clear_margins() {
        let wide = SQUARE.replace("0 0 100 100", "0 0 200 100");
        let picture = png(wide.as_bytes(), 64).unwrap();
        assert_eq!(pixel(&picture, 16, 8), [0, 0, 0, 0], "above");
        assert_eq!(pixel(&picture, 16, 32), [0x00, 0xaa, 0x55, 0xff], "left half");
        assert_eq!(pixel(&picture, 48, 32), [0, 0, 0, 0], "right half");
    }

    #[test]
    fn text_and_files_from_elsewhere_are_no_part_of_a_drawing() {
        let text = SQUARE.replace("<rect", "<text>A</text><rect");
        assert_eq!(png(text.as_bytes(), 64), Err(RasterError::Text));
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret.svg");
        std::fs::write(&secret, SQUARE).unwrap();
        let thief = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><image href="{}" width="100" height="100"/></svg>"#,
            secret.display()
        );
        assert_eq!(pixel(&png(thief.as_bytes(), 64).unwrap(), 32, 32), [0, 0, 0, 0]);
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        let refused = |svg: &[u8]| png(svg, 64).unwrap_err();
        assert!(matches!(refused(b""), RasterError::NotSvg { .. }));
        assert!(matches!(refused(b"<html></html>"), RasterError::NotSvg { .. }));
        let bytes = SVG_BYTES_MAX + 1;
        assert_eq!(refused(&vec![b' '; bytes]), RasterError::TooLarge { bytes });
        assert_eq!(png(SQUARE.as_bytes(), 0), Err(RasterError::NoRoom { side: 0 }));
    }
}
