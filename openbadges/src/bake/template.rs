//! One picture, prepared once and baked for thousands of awards.

use super::{BakeError, Form, Kind, PictureError, Record, Slot, png, svg};

/// What to do with a slot that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave the old record out (OB2-BAKE-4, OB2-BAKE-11, OB3-BAKE-2).
    Replace,
    /// Refuse the picture: [`BakeError::Occupied`].
    Refuse,
}

/// A picture cut open where records go, checked once.
///
/// [`Template::bake`] copies bytes and sums what it adds; it looks at nothing a second time.
///
/// ```
/// # use openbadges::bake::{Existing, Record, Slot, Template};
/// # let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>"#;
/// let template = Template::prepare(svg, &Slot::ALL, Existing::Replace)?;
/// let credential = Record::new(Slot::OpenBadges3, r#"{"id":"urn:uuid:0"}"#)?;
/// let baked = template.bake(&[credential])?;
/// # assert!(baked.starts_with(b"<svg"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Template {
    slots: Vec<Slot>,
    parts: Parts,
}

#[derive(Debug, Clone)]
enum Parts {
    Png(png::Cut),
    Svg(svg::Cut),
}

impl Template {
    /// Checks `image` and cuts it open for records in `slots`. What other slots hold stays.
    ///
    /// # Errors
    /// [`BakeError::Picture`] when the picture cannot carry a record, [`BakeError::Occupied`] when it does and `existing`
    /// says to refuse, [`BakeError::TwoRecords`] when `slots` names one twice.
    pub fn prepare(image: &[u8], slots: &[Slot], existing: Existing) -> Result<Self, BakeError> {
        let mut sorted = slots.to_vec();
        sorted.sort_unstable();
        if let Some(slot) = sorted.windows(2).find_map(|pair| match pair {
            [one, other] if one == other => Some(*one),
            _ => None,
        }) {
            return Err(BakeError::TwoRecords { slot });
        }
        let parts = match Kind::detect(image)? {
            Kind::Png => Parts::Png(png::cut(image, slots).map_err(PictureError::Png)?),
            Kind::Svg => Parts::Svg(svg::cut(image, slots).map_err(PictureError::Svg)?),
        };
        let taken = match &parts {
            Parts::Png(cut) => &cut.taken,
            Parts::Svg(cut) => &cut.taken,
        };
        match (existing, taken.first()) {
            (Existing::Refuse, Some(slot)) => Err(BakeError::Occupied { slot: *slot }),
            _ => Ok(Self { slots: sorted, parts }),
        }
    }

    /// The kind of the picture.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.parts {
            Parts::Png(_) => Kind::Png,
            Parts::Svg(_) => Kind::Svg,
        }
    }

    /// The picture with `records` in it. A prepared slot without a record stays empty.
    ///
    /// It is not read back: [`bake`](super::bake) does that for a single picture.
    ///
    /// # Errors
    /// [`BakeError::NotPrepared`], [`BakeError::TwoRecords`] or [`BakeError::HostedUrlMissing`] when the records do not fit.
    pub fn bake(&self, records: &[Record<'_>]) -> Result<Vec<u8>, BakeError> {
        for (nth, record) in records.iter().enumerate() {
            let slot = record.slot();
            if !self.slots.contains(&slot) {
                return Err(BakeError::NotPrepared { slot });
            }
            if records.iter().take(nth).any(|other| other.slot() == slot) {
                return Err(BakeError::TwoRecords { slot });
            }
            let is_hosted = slot == Slot::OpenBadges2 && record.form() == Form::Json;
            if self.kind() == Kind::Svg && is_hosted && record.hosted_url().is_none() {
                return Err(BakeError::HostedUrlMissing);
            }
        }
        Ok(match &self.parts {
            Parts::Png(cut) => cut.join(records),
            Parts::Svg(cut) => cut.join(records),
        })
    }
}
