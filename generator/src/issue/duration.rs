//! How long an award counts: the `expires` of a class, as ISO 8601 writes durations.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan as _};
use openbadges::time::Timestamp;

/// A length of time in years, months, weeks and days: `P3Y`, `P18M`, `P1Y6M`, `P90D`.
#[derive(Debug, Clone, Copy)]
pub struct Duration(Span);

impl Duration {
    /// Reads a duration. Hours and fractions are refused: an award ends with a day.
    ///
    /// # Errors
    /// [`DurationError`] holds the refused text.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let refuse = || DurationError { text: text.to_owned() };
        let letters = |c: char| c.is_ascii_digit() || "YMWD".contains(c);
        let digits_between = text.strip_prefix('P').ok_or_else(refuse)?;
        if digits_between.is_empty() || !digits_between.chars().all(letters) {
            return Err(refuse());
        }
        let span: Span = text.parse().map_err(|_| refuse())?;
        if span.is_zero() { Err(refuse()) } else { Ok(Self(span)) }
    }

    /// The last second of the last day of an award of `awarded`, in UTC.
    ///
    /// A month or a year later is the same day of the month, or the last day of a shorter month.
    #[must_use]
    pub fn end(self, awarded: Timestamp) -> Option<Timestamp> {
        let day = jiff::Timestamp::from(awarded).to_zoned(TimeZone::UTC).date();
        day.checked_add(self.0).ok().and_then(|last| end_of_day(last).ok())
    }
}

/// 23:59:59Z of a day: what a bare `expires` means.
///
/// # Errors
/// When the day is outside the years a moment can name.
pub fn end_of_day(day: jiff::civil::Date) -> Result<Timestamp, jiff::Error> {
    let moment = day.to_datetime(Time::midnight()).checked_add(1.day())?.checked_sub(1.second())?;
    Ok(moment.to_zoned(TimeZone::UTC)?.timestamp().into())
}

/// The text is not a duration of whole days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a duration such as `P3Y` (three years), `P18M` (months) or `P90D` (days)")]
pub struct DurationError {
    /// The refused text.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(duration: &str, awarded: &str) -> String {
        let awarded = Timestamp::parse(awarded).unwrap();
        Duration::parse(duration).unwrap().end(awarded).unwrap().to_string()
    }

    #[test]
    fn an_award_ends_with_the_day_and_a_shorter_month_with_its_last_day() {
        for (duration, awarded, last) in [
            ("P3Y", "2026-03-12T00:00:00Z", "2029-03-12T23:59:59Z"),
            ("P2Y", "2024-08-15T14:30:00Z", "2026-08-15T23:59:59Z"),
            ("P1Y", "2024-02-29T09:00:00Z", "2025-02-28T23:59:59Z"),
            ("P4Y", "2024-02-29T09:00:00Z", "2028-02-29T23:59:59Z"),
            ("P1M", "2026-01-31T23:59:59Z", "2026-02-28T23:59:59Z"),
            ("P1Y6M", "2026-08-31T00:00:00Z", "2028-02-29T23:59:59Z"),
            ("P2W", "2026-12-25T00:00:00Z", "2027-01-08T23:59:59Z"),
            ("P90D", "2026-01-01T00:00:00Z", "2026-04-01T23:59:59Z"),
            // The day is the day in UTC, whatever the zone of the machine.
            ("P1D", "2026-01-01T23:30:00-02:00", "2026-01-03T23:59:59Z"),
        ] {
            assert_eq!(end(duration, awarded), last, "{duration} from {awarded}");
        }
    }

    #[test]
    fn what_is_no_duration_of_days_is_refused() {
        for text in [
            "", "P", "3Y", "P0D", "-P1Y", "P-1Y", "PT5M", "P1DT1H", "P1.5Y", "3 years", "p1y",
            "P1Y ",
        ] {
            let refused = Duration::parse(text).map(|_| ());
            assert_eq!(refused, Err(DurationError { text: text.to_owned() }), "{text}");
        }
        // Beyond the year 9999 there is no moment to write.
        let awarded = Timestamp::parse("2026-03-12T00:00:00Z").unwrap();
        assert_eq!(Duration::parse("P9000Y").unwrap().end(awarded), None);
    }
}
