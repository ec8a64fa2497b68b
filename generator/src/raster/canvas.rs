//! A picture in layers: a ground that is drawn once, and pictures and words that are laid on copies of it.
//!
//! Letters go from their outlines straight to pixels, so that nothing is written down as a drawing and read again.

use resvg::tiny_skia::{
    Color, FillRule, FilterQuality, Paint, PathBuilder, Pixmap, PixmapPaint, Transform,
};
use resvg::usvg::Tree;
use skrifa::outline::OutlinePen;

use super::{Encoder, RasterError, encode, options};
use crate::colour::Colour;
use crate::lettering::Line;

/// Pixels without holes: the ground covers all of them.
#[derive(Debug, Clone)]
pub(crate) struct Canvas(Pixmap);

/// A picture that is laid on a canvas.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Layer<'a> {
    /// The text of an SVG file.
    Drawing(&'a [u8]),
    /// A PNG file.
    Pixels(&'a [u8]),
}

/// A square on a canvas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Square {
    /// Its left edge.
    pub(crate) left: f32,
    /// Its upper edge.
    pub(crate) top: f32,
    /// Its width and height.
    pub(crate) side: f32,
}

impl Canvas {
    /// Draws our own `svg`, which covers all of it, in its own size.
    ///
    /// # Errors
    /// [`RasterError`] when the drawing cannot be read.
    pub(crate) fn of(svg: &[u8]) -> Result<Self, RasterError> {
        let tree = read(svg)?;
        let size = tree.size().to_int_size();
        let room = Pixmap::new(size.width(), size.height());
        let mut pixels = room.ok_or(RasterError::NoRoom { side: size.width() })?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        Ok(Self(pixels))
    }

    /// Lays `layer` on it, as large as `place` allows, in its middle.
    ///
    /// # Errors
    /// [`RasterError`] when the picture cannot be read.
    pub(crate) fn lay(&mut self, layer: Layer<'_>, place: Square) -> Result<(), RasterError> {
        match layer.read()? {
            Picture::Drawing(tree) => {
                let fit = place.fit(tree.size().width(), tree.size().height());
                resvg::render(&tree, fit, &mut self.0.as_mut());
            }
            Picture::Pixels(picture) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a side of a picture is far below 2^24, where f32 stops counting"
                )]
                let fit = place.fit(picture.width() as f32, picture.height() as f32);
                let paint =
                    PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
                self.0.draw_pixmap(0, 0, picture.as_ref(), &paint, fit, None);
            }
        }
        Ok(())
    }

    /// Writes `line` on it: the first letter begins at `x`, the base line is at `y`.
    pub(crate) fn write(&mut self, line: &Line, (x, y): (f32, f32), size: f32, colour: Colour) {
        let mut pen = PathPen(PathBuilder::new());
        line.draw(&mut pen, x, y, size);
        // Spaces alone have no outline.
        let Some(path) = pen.0.finish() else { return };
        let [red, green, blue] = colour.channels();
        let mut paint = Paint::default();
        paint.set_color(Color::from_rgba8(red, green, blue, u8::MAX));
        self.0.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    /// The picture as an opaque PNG.
    ///
    /// # Errors
    /// [`RasterError::Encoder`] when it cannot be written.
    pub(crate) fn png(&self) -> Result<Vec<u8>, RasterError> {
        let size = (self.0.width(), self.0.height());
        // Flat colours and letters: without a filter they are smaller than with any, and trying them all takes longer than
        // drawing. Higher levels take far longer for a few percent.
        let settle = |encoder: &mut Encoder<'_>| {
            encoder.set_deflate_compression(png::DeflateCompression::Level(2));
            encoder.set_filter(png::Filter::NoFilter);
        };
        // Where nothing shines through, premultiplied colours are the colours.
        encode(png::ColorType::Rgba, settle, self.0.data(), size)
    }
}

impl Layer<'_> {
    /// Says whether it can be laid on a canvas.
    ///
    /// # Errors
    /// [`RasterError`] when the picture cannot be read.
    pub(crate) fn test(self) -> Result<(), RasterError> {
        self.read().map(|_| ())
    }

    fn read(self) -> Result<Picture, RasterError> {
        match self {
            Self::Drawing(svg) => Ok(Picture::Drawing(Box::new(read(svg)?))),
            Self::Pixels(png) => match Pixmap::decode_png(png) {
                Ok(pixels) => Ok(Picture::Pixels(pixels)),
                Err(error) => Err(RasterError::NotPng { reason: error.to_string() }),
            },
        }
    }
}

/// A layer that was read.
enum Picture {
    Drawing(Box<Tree>),
    Pixels(Pixmap),
}

impl Square {
    fn fit(self, width: f32, height: f32) -> Transform {
        let scale = self.side / width.max(height);
        let margin = |length: f32| (self.side - length * scale) / 2.0;
        Transform::from_scale(scale, scale)
            .post_translate(self.left + margin(width), self.top + margin(height))
    }
}

fn read(svg: &[u8]) -> Result<Tree, RasterError> {
    Tree::from_data(svg, &options())
        .map_err(|error| RasterError::NotSvg { reason: error.to_string() })
}

struct PathPen(PathBuilder);

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lettering::Face;
    use crate::raster;

    const GROUND: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" width="80" height="40"><rect width="80" height="40" fill="#fff"/></svg>"##;
    const RED: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="10" height="5" fill="#f00"/></svg>"##;
    const PLACE: Square = Square { left: 50.0, top: 10.0, side: 20.0 };

    fn pixel(canvas: &Canvas, x: u32, y: u32) -> [u8; 3] {
        let pixel = canvas.0.pixel(x, y).unwrap();
        [pixel.red(), pixel.green(), pixel.blue()]
    }

    #[test]
    fn drawings_and_pixels_are_laid_in_the_middle_of_their_place() {
        let pixels = raster::png(RED, 16).unwrap();
        for layer in [Layer::Drawing(RED), Layer::Pixels(&pixels)] {
            let mut canvas = Canvas::of(GROUND).unwrap();
            canvas.lay(layer, PLACE).unwrap();
            assert_eq!(pixel(&canvas, 60, 20), [255, 0, 0], "{layer:?}");
            assert_eq!(pixel(&canvas, 60, 12), [255, 255, 255], "above, {layer:?}");
            assert_eq!(pixel(&canvas, 45, 20), [255, 255, 255], "beside, {layer:?}");
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let mut canvas = Canvas::of(GROUND).unwrap();
        let mut refused = |layer| canvas.lay(layer, PLACE).unwrap_err();
        assert!(matches!(refused(Layer::Drawing(b"no")), RasterError::NotSvg { .. }));
        assert!(matches!(refused(Layer::Pixels(RED)), RasterError::NotPng { .. }));
    }

    #[test]
    fn words_are_written_in_their_colour_and_leave_the_rest() {
        let mut canvas = Canvas::of(GROUND).unwrap();
        let blue = Colour::parse("#0000ff").unwrap();
        canvas.write(&Face::SemiBold.line("I"), (10.0, 35.0), 40.0, blue);
        assert!((10..25).any(|x| pixel(&canvas, x, 20) == [0, 0, 255]));
        assert_eq!(pixel(&canvas, 70, 20), [255, 255, 255]);
        canvas.write(&Face::Regular.line(" "), (10.0, 35.0), 40.0, blue);
    }
}
