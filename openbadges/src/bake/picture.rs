//! What a picture is: its kind by content, and its size.

use super::{IMAGE_BYTES_MAX, PngError, SvgError, png, svg};

/// The two kinds of picture that can carry a badge (OB2-BAKE-16, OB3-BAKE-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics.
    Svg,
}

impl Kind {
    /// Tells the kind from the first bytes, never from a file name (OB2-IMG-7).
    ///
    /// # Errors
    /// [`PictureError::TooLarge`] above [`IMAGE_BYTES_MAX`], [`PictureError::NeitherPngNorSvg`] otherwise. A result of
    /// [`Kind::Svg`] says "XML, at best": only reading it tells whether its root is `svg`.
    pub fn detect(image: &[u8]) -> Result<Self, PictureError> {
        if image.len() > IMAGE_BYTES_MAX {
            return Err(PictureError::TooLarge { bytes: image.len() });
        }
        if image.starts_with(&png::SIGNATURE) {
            return Ok(Self::Png);
        }
        let text = image.strip_prefix(svg::BYTE_ORDER_MARK.as_bytes()).unwrap_or(image);
        if text.trim_ascii_start().starts_with(b"<") {
            return Ok(Self::Svg);
        }
        Err(PictureError::NeitherPngNorSvg)
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// A picture's kind and size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// PNG or SVG.
    pub kind: Kind,
    /// The width in pixels; for an SVG in CSS pixels, from `width` or else from `viewBox`.
    pub width: f64,
    /// The height, likewise.
    pub height: f64,
}

impl Picture {
    /// Reads kind and size from the header of a PNG or the root element of an SVG.
    ///
    /// The rest of the picture is looked at only as far as baking needs: chunk checksums, well-formed XML.
    ///
    /// # Errors
    /// [`PictureError`] when the picture is neither, is damaged, or (SVG) has no size of its own.
    pub fn read(image: &[u8]) -> Result<Self, PictureError> {
        let kind = Kind::detect(image)?;
        let (width, height) = match kind {
            Kind::Png => png::dimensions(image).map_err(PictureError::Png)?,
            Kind::Svg => svg::dimensions(image).map_err(PictureError::Svg)?,
        };
        Ok(Self { kind, width, height })
    }

    /// Whether width and height are the same, within a hundredth of a pixel.
    #[must_use]
    pub fn is_square(&self) -> bool {
        (self.width - self.height).abs() < 0.01
    }
}

/// Why a file is no picture that can carry a badge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// Larger than [`IMAGE_BYTES_MAX`].
    #[error("the picture has {bytes} bytes, and {IMAGE_BYTES_MAX} are allowed")]
    TooLarge {
        /// Its length.
        bytes: usize,
    },
    /// Another kind of file.
    #[error("the file is neither a PNG nor an SVG picture")]
    NeitherPngNorSvg,
    /// A PNG that is damaged.
    #[error(transparent)]
    Png(PngError),
    /// An SVG that is damaged or refused.
    #[error(transparent)]
    Svg(SvgError),
}
