//! The pictures of classes and issuers: the given bytes, or pixels drawn from a drawing that has none yet.

use std::borrow::Cow;

use super::RenderError;
use crate::plan::ImageForm;
use crate::raster;
use crate::site::Picture;

/// The bytes of `picture` in `form`; `of` names its owner in an error.
pub(super) fn bytes<'s>(
    picture: &'s Picture,
    form: ImageForm,
    of: &str,
) -> Result<Cow<'s, [u8]>, RenderError> {
    let svg = picture.svg.as_deref();
    let given = match form {
        ImageForm::Png => picture.png.as_deref(),
        ImageForm::Svg => svg,
    };
    match (given, svg) {
        (Some(bytes), _) => Ok(Cow::Borrowed(bytes)),
        // Frozen pictures have their pixels; this draws the working version, as `seal` will.
        (None, Some(svg)) => raster::png(svg, raster::CLASS_PICTURE_SIDE)
            .map(Cow::Owned)
            .map_err(|error| RenderError::Picture { of: of.to_owned(), error }),
        // The plan asks only for forms that are there, and every picture has one.
        (None, None) => Ok(Cow::Borrowed(b"")),
    }
}
