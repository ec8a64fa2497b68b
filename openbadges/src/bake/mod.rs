//! Puts records into PNG and SVG pictures and takes them out.
//!
//! A picture has two [`Slot`]s, one for each generation of Open Badges; they do not disturb each other. This module knows
//! bytes and text only: it does not ask whether a record is true, it does not even parse its JSON, and it never touches a
//! pixel. Everything else in the picture keeps its bytes, so baking twice equals baking once.
//!
//! - [`bake`] and [`extract`] are the way in and out; [`Template`] bakes one picture for thousands of awards.
//! - [`Picture::read`] says what a picture is and how large; [`check_svg`] says what an SVG may not hold.
//! - Pictures come from strangers: every size is bounded, a DTD is refused, a broken checksum is refused, nothing panics.
//!
//! Spec: OB 2.0 "Baked Badges" (OB2-BAKE-1 … 18), OB 3.0 "Baked Badge" (OB3-BAKE-1 … 9).

mod picture;
mod png;
mod record;
mod svg;
mod svg_check;
mod template;
mod xml;

pub use picture::{Kind, Picture, PictureError};
pub use png::PngError;
pub use record::{Form, Record, RecordError};
pub use svg::SvgError;
pub use svg_check::{Place, SvgFault, Unfit, check_svg};
pub use template::{Existing, Template};

/// The largest picture that is read or baked: 5 MiB, far above any badge picture in use (OB2-BAKE-14).
pub const IMAGE_BYTES_MAX: usize = 5 * 1024 * 1024;

/// The largest record in a picture: 1 MiB, the same bound as for any JSON document (OB2-BAKE-14).
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;

/// A place for a record in a picture.
///
/// The two are all there is: Open Badges 1.x and older used the first one, and CLR pictures are not badges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// An Open Badges 2.0 assertion, or an older one.
    OpenBadges2,
    /// An Open Badges 3.0 credential.
    OpenBadges3,
}

impl Slot {
    /// Both slots.
    pub const ALL: [Self; 2] = [Self::OpenBadges2, Self::OpenBadges3];

    /// The keyword of the PNG text chunk: OB2-CONST-6, OB3-CONST-9.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::OpenBadges2 => "openbadges",
            Self::OpenBadges3 => "openbadgecredential",
        }
    }

    /// The namespace name of the SVG element: OB2-CONST-7, OB3-CONST-10.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::OpenBadges2 => "http://openbadges.org",
            Self::OpenBadges3 => "https://purl.imsglobal.org/ob/v3p0",
        }
    }

    /// The local name of the SVG element: OB2-CONST-7, OB3-CONST-10.
    #[must_use]
    pub const fn element(self) -> &'static str {
        match self {
            Self::OpenBadges2 => "assertion",
            Self::OpenBadges3 => "credential",
        }
    }
}

/// Puts `records` into `image`, replacing what their slots hold; a slot without a record keeps what it has.
///
/// The result is read back before it is returned (OB2-BAKE-18).
///
/// # Errors
/// [`BakeError::Picture`] when the picture cannot carry a record, [`BakeError::TwoRecords`] and
/// [`BakeError::HostedUrlMissing`] when the records do not fit it.
///
/// Spec: OB2-BAKE-4, OB2-BAKE-11, OB2-BAKE-17, OB3-BAKE-2.
pub fn bake(image: &[u8], records: &[Record<'_>]) -> Result<Vec<u8>, BakeError> {
    let slots: Vec<Slot> = records.iter().map(Record::slot).collect();
    let template = Template::prepare(image, &slots, Existing::Replace)?;
    let baked = template.bake(records)?;
    let found = extract(&baked)?;
    for record in records {
        let written = match template.kind() {
            Kind::Png => record.text().into(),
            Kind::Svg => svg::as_character_data(record.text()),
        };
        match found.get(record.slot()) {
            Ok(Some(read)) if read.text == *written => {}
            _ => return Err(BakeError::ReadBack { slot: record.slot() }),
        }
    }
    Ok(baked)
}

/// Takes out what `image` carries. A picture that carries nothing is no error: see [`Baked::is_unbaked`].
///
/// # Errors
/// [`PictureError`] when the picture is neither PNG nor SVG, too large or damaged. What is wrong with one slot alone is
/// told by [`Baked::get`].
///
/// Spec: OB2-BAKE-6, OB2-BAKE-7, OB2-BAKE-12, OB2-BAKE-14, OB2-BAKE-15, OB3-BAKE-6.
pub fn extract(image: &[u8]) -> Result<Baked, PictureError> {
    match Kind::detect(image)? {
        Kind::Png => png::extract(image).map_err(PictureError::Png),
        Kind::Svg => svg::extract(image).map_err(PictureError::Svg),
    }
}

/// The picture as it was before it was baked, as far as its bytes tell: of a picture that [`bake`] baked, exactly the same.
///
/// # Errors
/// [`PictureError`] when the picture is neither PNG nor SVG, too large or damaged.
///
/// Spec: OB2-BAKE-5, OB2-BAKE-8, OB3-BAKE-3.
pub fn unbaked(image: &[u8]) -> Result<Vec<u8>, PictureError> {
    match Kind::detect(image)? {
        Kind::Png => {
            png::cut(image, &Slot::ALL).map(|cut| cut.join(&[])).map_err(PictureError::Png)
        }
        Kind::Svg => {
            svg::cut(image, &Slot::ALL).map(|cut| cut.unbaked()).map_err(PictureError::Svg)
        }
    }
}

/// What a picture carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baked {
    found: Vec<(Slot, Result<Found, SlotError>)>,
}

impl Baked {
    /// What is in `slot`, or `None` when nothing is there.
    ///
    /// # Errors
    /// [`SlotError`] when something is there that is not exactly one readable record.
    pub fn get(&self, slot: Slot) -> Result<Option<&Found>, &SlotError> {
        let found = self.found.iter().find(|(one, _)| *one == slot);
        found.map(|(_, result)| result.as_ref()).transpose()
    }

    /// Whether no slot holds anything, not even something unreadable.
    #[must_use]
    pub fn is_unbaked(&self) -> bool {
        self.found.is_empty()
    }
}

/// A record as it was found in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The text: JSON, a compact JWS or a URL, see [`Found::form`].
    pub text: String,
    /// What the text looks like.
    pub form: Form,
    /// The attribute `verify` beside a text in an SVG: the URL of a hosted assertion.
    pub verify: Option<String>,
    /// What departs from the specification and was tolerated.
    pub oddities: Vec<Oddity>,
}

/// A departure from the baking rules that does not keep us from reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Oddity {
    /// The text is compressed, which the specification forbids (OB2-BAKE-2, OB2-BAKE-15).
    Compressed,
    /// A language tag or a translated keyword is given; they mean nothing (OB2-BAKE-2).
    LanguageGiven,
    /// The record stands in a `tEXt` chunk, as before 2013 (OB2-BAKE-7).
    LegacyChunk,
}

/// Why what a slot holds cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SlotError {
    /// There are several records where one is allowed (OB2-BAKE-4, OB2-BAKE-6, OB2-BAKE-11, OB3-BAKE-2, OB3-BAKE-4).
    #[error("the picture carries {count} records of this kind, and one is allowed")]
    Several {
        /// How many.
        count: usize,
    },
    /// The record is longer than [`TEXT_BYTES_MAX`], perhaps only once inflated.
    #[error("the record is longer than {TEXT_BYTES_MAX} bytes")]
    TooLong,
    /// The text is not UTF-8.
    #[error("the record is not UTF-8 text")]
    NotUtf8,
    /// The parts before the text are broken, or the compressed text is.
    #[error("the text chunk is damaged")]
    Damaged,
    /// The text is none of JSON object, compact JWS and URL.
    #[error("what is there is neither JSON, nor a signed token, nor an address")]
    UnknownForm,
}

/// Why a picture was not baked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BakeError {
    /// The picture cannot carry a record.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The slot is taken, and [`Existing::Refuse`] was asked for.
    #[error("the picture already carries a record of this kind")]
    Occupied {
        /// The taken slot.
        slot: Slot,
    },
    /// Two records for one slot.
    #[error("two records were given for one place in the picture")]
    TwoRecords {
        /// The slot both want.
        slot: Slot,
    },
    /// The template was not prepared for this slot.
    #[error("the template was prepared without a place for this record")]
    NotPrepared {
        /// The slot of the record.
        slot: Slot,
    },
    /// An SVG names the URL of a hosted assertion beside its JSON (OB2-BAKE-10), and none was given.
    #[error("a hosted assertion in an SVG needs its address")]
    HostedUrlMissing,
    /// Our fault: what was written does not read back as it was given (OB2-BAKE-18).
    #[error("the baked record does not read back")]
    ReadBack {
        /// The slot that does not.
        slot: Slot,
    },
}

#[cfg(test)]
mod tests;
