//! The files of one award: its page, its OB 2.0 assertion, and the pictures that carry both generations.
//!
//! Everything comes from the sealed bytes. Once an award is withdrawn, the assertion is the minimal body that says so and
//! the pictures carry nothing; the sealed credential stays, because the status list answers for it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use openbadges::bake::{Existing, Record, Slot, Template};
use serde_json::Value;

use super::html::{AwardPages, FileSizes};
use super::{RenderError, Renderer, picture};
use crate::plan::{ImageForm, Meaning, is_public, meaning};
use crate::records::assertion;
use crate::site::{Award, Site};
use crate::urls;

/// The files of an award that are made, not copied.
#[derive(Debug)]
pub struct AwardFiles<'s> {
    /// The learner's page.
    pub page: Vec<u8>,
    /// The page made for frames on other sites.
    pub frame: Vec<u8>,
    /// The oEmbed document.
    pub oembed: Vec<u8>,
    /// The OB 2.0 hosted assertion.
    pub assertion: Vec<u8>,
    /// The pixels.
    pub png: Cow<'s, [u8]>,
    /// The drawing, when the class has one.
    pub svg: Option<Cow<'s, [u8]>>,
}

/// Class, version and level: what an award's picture depends on.
pub(super) type TemplateKey = (u32, u32, Option<u8>);

/// The pictures of one meaning, ready to be baked.
#[derive(Debug)]
pub(super) struct Templates<'s> {
    png: Carrier<'s>,
    svg: Option<Carrier<'s>>,
}

/// A picture, whole and cut open.
#[derive(Debug)]
struct Carrier<'s> {
    picture: Cow<'s, [u8]>,
    template: Template,
}

/// Prepares the picture of every meaning that has been awarded, once.
pub(super) fn templates(site: &Site) -> Result<BTreeMap<TemplateKey, Templates<'_>>, RenderError> {
    let mut templates = BTreeMap::new();
    for award in site.awards.iter().filter(|award| is_public(award)) {
        let key = (award.class, award.version, award.level);
        if templates.contains_key(&key) {
            continue;
        }
        if let Some(meaning) = meaning(site, award) {
            let svg = meaning.picture().svg.is_some();
            let svg = svg.then(|| carrier(meaning, ImageForm::Svg)).transpose()?;
            templates.insert(key, Templates { png: carrier(meaning, ImageForm::Png)?, svg });
        }
    }
    Ok(templates)
}

fn carrier(meaning: Meaning<'_>, form: ImageForm) -> Result<Carrier<'_>, RenderError> {
    let of = meaning.class.slug.as_str();
    let picture = picture::bytes(meaning.picture(), form, of)?;
    let template = Template::prepare(&picture, &Slot::ALL, Existing::Replace)
        .map_err(|error| RenderError::Carrier { of: of.to_owned(), error })?;
    Ok(Carrier { picture, template })
}

impl Carrier<'_> {
    fn whole(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.picture)
    }
}

impl Renderer<'_> {
    /// Makes the files of `award` from its sealed credential.
    ///
    /// # Errors
    /// [`RenderError`] when `sealed` is not the credential that was checked, or a template fails.
    pub fn award(&self, award: &Award, sealed: &[u8]) -> Result<AwardFiles<'_>, RenderError> {
        let refuse = |reason: &dyn ToString| RenderError::Sealed {
            id: award.id,
            reason: reason.to_string(),
        };
        // The strict door, `openbadges::json`, saw these bytes in `check`.
        let credential: Value = serde_json::from_slice(sealed).map_err(|error| refuse(&error))?;
        let text = std::str::from_utf8(sealed).map_err(|error| refuse(&error))?;
        let templates = self
            .templates
            .get(&(award.class, award.version, award.level))
            .ok_or_else(|| refuse(&"it names a class version that is not there"))?;
        let base = &self.site.settings.base_url;
        let revocation = self.site.revocations.get(&award.id);
        let body = match revocation {
            None => assertion::derive(&credential).map_err(|error| refuse(&error))?,
            Some(revocation) => assertion::revoked(award.id, revocation, &self.records),
        };
        let assertion = serde_json::to_string(&body).map_err(|error| refuse(&error))?;
        let (png, svg) = if revocation.is_some() {
            (templates.png.whole(), templates.svg.as_ref().map(Carrier::whole))
        } else {
            let hosted = base.join(&urls::assertion(award.id));
            let told = |error| RenderError::Record { id: award.id, error };
            let records = [
                Record::new(Slot::OpenBadges2, &assertion)
                    .and_then(|record| record.hosted_at(&hosted))
                    .map_err(told)?,
                Record::new(Slot::OpenBadges3, text).map_err(told)?,
            ];
            let bake = |carrier: &Carrier<'_>| {
                let baked = carrier.template.bake(&records);
                baked.map(Cow::Owned).map_err(|error| RenderError::Bake { id: award.id, error })
            };
            (bake(&templates.png)?, templates.svg.as_ref().map(bake).transpose()?)
        };
        let sizes = FileSizes {
            png: png.len(),
            svg: svg.as_ref().map_or(0, |svg| svg.len()),
            credential: sealed.len(),
            assertion: assertion.len(),
        };
        let AwardPages { page, frame, oembed } = self.html.award(award, &credential, sizes)?;
        Ok(AwardFiles {
            page: page.into_bytes(),
            frame: frame.into_bytes(),
            oembed,
            assertion: assertion.into_bytes(),
            png,
            svg,
        })
    }
}
