//! What is left at the paths of a forgotten award: that something was here, and nothing of what it was.

use std::borrow::Cow;

use serde::Serialize;

use super::{RenderError, Renderer, json};
use crate::id::AwardId;
use crate::plan::{ImageForm, TombstoneFile};
use crate::raster;
use crate::records::assertion;
use crate::site::Tombstone;
use crate::urls;

/// A grey disc: a page elsewhere that shows the picture keeps its shape, and shows no badge.
const PICTURE: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="512" height="512"><circle cx="4" cy="4" r="3.5" fill="#8a8a8a"/></svg>
"##;

/// The side of its pixels.
const SIDE: u32 = 128;

/// In the place of the credential: a document that is none.
#[derive(Serialize)]
struct Forgotten {
    id: String,
    forgotten: String,
}

impl Renderer<'_> {
    /// Makes one file of a forgotten award.
    ///
    /// # Errors
    /// [`RenderError`] when a template fails.
    pub fn tombstone(
        &self,
        id: AwardId,
        tombstone: &Tombstone,
        file: TombstoneFile,
    ) -> Result<Cow<'static, [u8]>, RenderError> {
        Ok(match file {
            TombstoneFile::Page => super::page(self.html.tombstone(id)?),
            TombstoneFile::Assertion => Cow::Owned(json(&assertion::forgotten(id, self.site))),
            TombstoneFile::Credential => Cow::Owned(json(&Forgotten {
                id: self.site.settings.base_url.join(&urls::credential(id)),
                forgotten: tombstone.date.to_string(),
            })),
            TombstoneFile::OEmbed => Cow::Borrowed(b"{\"version\":\"1.0\",\"type\":\"link\"}\n"),
            TombstoneFile::Picture(ImageForm::Svg) => Cow::Borrowed(PICTURE),
            TombstoneFile::Picture(ImageForm::Png) => Cow::Owned(
                raster::png(PICTURE, SIDE)
                    .map_err(|error| RenderError::Picture { of: id.text(), error })?,
            ),
        })
    }
}
