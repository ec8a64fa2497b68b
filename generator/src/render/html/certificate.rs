//! A badge on paper, in the words and colours of the theme.

use super::badge::Badge;
use super::{PreviewWords, Renderer};
use crate::certificate::Certificate;
use crate::plan::meaning;
use crate::raster::{self, RasterError};
use crate::site::{Award, Lang};
use crate::urls;

/// The side of the picture on paper, in pixels: eight centimetres at 370 to the inch.
const PICTURE_SIDE: u32 = 1200;

impl Renderer<'_> {
    /// The sheet of `award` for `name`, in `lang`; `record` is the sealed credential. `None` when the award names a class
    /// version that is not there.
    ///
    /// # Errors
    /// [`RasterError`] when the picture cannot be drawn.
    pub fn certificate(
        &self,
        award: &Award,
        name: &str,
        lang: &Lang,
        record: Vec<u8>,
    ) -> Result<Option<Certificate>, RasterError> {
        let Some(meaning) = meaning(self.site, award) else { return Ok(None) };
        let view = self.view(lang);
        let PreviewWords { kind, name: badge, level, host, issuer } =
            self.preview_words(meaning, lang);
        let version = meaning.version;
        let shown = Badge {
            class: meaning.class,
            version,
            level: meaning.level.and_then(|level| version.level(level)),
        };
        let word = |id: &str| view.language.say(id, &[]);
        let issued = format!("{} {}", word("issued_on"), view.language.day(award.awarded));
        let dates = match award.expires {
            Some(end) => format!("{issued} · {} {}", word("expires_on"), view.language.day(end)),
            None => format!("{issued} · {}", word("never_expires")),
        };
        let drawing = match meaning.picture().svg.as_deref() {
            Some(svg) => raster::png(svg, PICTURE_SIDE)?,
            None => meaning.picture().png.as_deref().unwrap_or_default().to_vec(),
        };
        let title = view
            .language
            .say("award_title", &[("badge", (&badge).into()), ("holder", name.into())]);
        let colours = self.colours();
        let colour = |name: &str| colours.get(name).map(ToString::to_string).unwrap_or_default();
        Ok(Some(Certificate {
            lang: view.language.lang.to_string(),
            title,
            eyebrow: format!("{} · {kind}", word("award_eyebrow")),
            name: name.to_owned(),
            received: word("paper_received"),
            badge,
            level,
            description: view.text(&version.description),
            dates,
            issued_by: word("issued_by"),
            host,
            issuer,
            proof: word("paper"),
            url: view.base().join(&urls::award(award.id)),
            code: self.codes.as_ref().map(|codes| codes.of(award.id)),
            code_alt: word("paper_qr"),
            picture: drawing,
            picture_alt: view.picture_alt(&shown),
            record,
            record_title: word("paper_record"),
            awarded: award.awarded,
            id: award.id.text(),
            accent: colour("accent"),
            sea: colour("sea"),
            line: colour("line"),
        }))
    }
}
