//! Moments, as Open Badges writes them. Nobody here asks for "now".

use std::fmt;

use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment with a zone, ordered by the instant it names.
///
/// Reads every form OB 2.0 and 3.0 allow (RFC 3339 with optional seconds and fractions, `Z` or an offset) and writes
/// `YYYY-MM-DDThh:mm:ssZ`. Signed text is never rewritten through this type: a proof covers the original string.
///
/// Spec: OB2-GEN-5; OB 3.0 `DateTimeZ`; CRED-VCDM-6.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// Reads a moment; a text without a zone is refused.
    ///
    /// # Errors
    /// [`TimestampError`] holds the text that is not a moment with a zone.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let refuse = || TimestampError { text: text.to_owned() };
        let upper_t = text.as_bytes().get(10) == Some(&b'T');
        if !upper_t || text.ends_with('z') || text.len() > 40 || text.contains('[') {
            return Err(refuse());
        }
        text.parse().ok().or_else(|| last_moment(text)).map(Self).ok_or_else(refuse)
    }

    /// The moment that is `seconds` after 1970-01-01T00:00:00Z, or `None` outside years −9999 to 9999.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// The calendar year in UTC.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.to_zoned(TimeZone::UTC).year()
    }

    /// The calendar day in UTC, as `YYYY-MM-DD`.
    #[must_use]
    pub fn date(self) -> String {
        self.0.to_zoned(TimeZone::UTC).date().to_string()
    }
}

/// The last moment of the calendar, for a text that names one behind it: our clock ends on 9999-12-30, and *never* is often
/// written as the last second of that year.
fn last_moment(text: &str) -> Option<jiff::Timestamp> {
    let pieces = Pieces::parse(text).ok()?;
    let is_behind = pieces.date() >= jiff::Timestamp::MAX.to_zoned(TimeZone::UTC).date();
    let is_whole = pieces.time().is_some() && pieces.to_numeric_offset().is_some();
    (is_behind && is_whole).then_some(jiff::Timestamp::MAX)
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(moment: jiff::Timestamp) -> Self {
        Self(moment)
    }
}

impl From<Timestamp> for jiff::Timestamp {
    fn from(moment: Timestamp) -> Self {
        moment.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = jiff::Timestamp::from_second(self.unix_seconds()).unwrap_or(self.0);
        write!(f, "{whole}")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// The text is not a moment with a zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a date and time with a zone, such as `2026-03-12T00:00:00Z`")]
pub struct TimestampError {
    /// The refused text.
    pub text: String,
}

/// A moment as a document writes it: the text, kept to the letter, and the [`Timestamp`] it names.
///
/// Two are equal when their texts are. A proof covers the text, so the models of documents hold this type.
///
/// Spec: OB2-GEN-5; OB 3.0 `DateTimeZ`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
    moment: Timestamp,
}

impl DateTime {
    /// Reads a moment with a zone; the text is kept.
    ///
    /// # Errors
    /// As [`Timestamp::parse`].
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        Timestamp::parse(text).map(|moment| Self { text: text.into(), moment })
    }

    /// The text as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The moment it names.
    #[must_use]
    pub const fn moment(&self) -> Timestamp {
        self.moment
    }
}

impl From<Timestamp> for DateTime {
    fn from(moment: Timestamp) -> Self {
        Self { text: moment.to_string().into(), moment }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateTime({self})")
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_allowed_form_reads_and_one_form_is_written() {
        for text in ["2026-03-12T00:00:00Z", "2026-03-12T01:00:00+01:00", "2026-03-12T00:00Z"] {
            assert_eq!(
                Timestamp::parse(text).unwrap().to_string(),
                "2026-03-12T00:00:00Z",
                "{text}"
            );
        }
    }

    /// CRED-VCDM-6: *never*, as many write it.
    #[test]
    fn the_last_second_of_the_last_year_is_read_as_the_end_of_the_calendar() {
        let never = Timestamp::parse("9999-12-31T23:59:59Z").unwrap();
        assert_eq!(never.year(), 9999);
        assert!(never > Timestamp::parse("9999-12-29T00:00:00Z").unwrap());
        assert_eq!(never, Timestamp::parse("9999-12-31T23:59:59-12:00").unwrap());
        for text in ["9999-12-31T23:59:59", "9999-12-32T00:00:00Z", "9999-12-31", "9999-12-31TZ"] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_document_keeps_its_own_spelling_of_a_moment() {
        let written = DateTime::parse("2026-03-12T01:00:00.000+01:00").unwrap();
        assert_eq!(serde_json::to_value(&written).unwrap(), "2026-03-12T01:00:00.000+01:00");
        assert_eq!(DateTime::from(written.moment()).as_str(), "2026-03-12T00:00:00Z");
        assert!(DateTime::parse("2026-03-12").is_err());
    }

    #[test]
    fn a_text_without_zone_or_with_a_bare_day_is_refused() {
        for text in [
            "2026-03-12",
            "2026-03-12T00:00:00",
            "2026-03-12 00:00:00Z",
            "1773273600",
            "",
            "2026-03-12T00:00:00z",
        ] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }
}
