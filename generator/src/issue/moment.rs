//! What a date on the command line means.

use jiff::civil::Date;
use openbadges::time::Timestamp;

use super::duration::end_of_day;

/// A day, or a moment of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// `2026-03-12`
    Day(Date),
    /// `2026-03-12T14:30:00Z`
    Moment(Timestamp),
}

impl When {
    /// Reads either form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() == 10 {
            return text.parse().ok().map(Self::Day);
        }
        Timestamp::parse(text).ok().map(Self::Moment)
    }

    /// When something was decided: today is now, so that two decisions of a day keep their order; another day is its
    /// first moment, in UTC.
    #[must_use]
    pub fn decided(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Day(day) if day.to_string() == now.date() => Some(now),
            Self::Day(_) => self.begins(),
        }
    }

    /// When something begins: a day begins with its first second, in UTC.
    #[must_use]
    pub fn begins(self) -> Option<Timestamp> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Day(day) => Timestamp::parse(&format!("{day}T00:00:00Z")).ok(),
        }
    }

    /// When something ends: a day ends with its last second, in UTC.
    #[must_use]
    pub fn ends(self) -> Option<Timestamp> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Day(day) => end_of_day(day).ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_now_another_day_its_first_moment_and_an_end_its_last() {
        let now = Timestamp::parse("2026-03-12T14:30:00Z").unwrap();
        let decided = |text: &str| When::parse(text).unwrap().decided(now).unwrap().to_string();
        let ends = |text: &str| When::parse(text).unwrap().ends().unwrap().to_string();
        assert_eq!(decided("2026-03-12"), "2026-03-12T14:30:00Z");
        assert_eq!(decided("2026-03-11"), "2026-03-11T00:00:00Z");
        assert_eq!(decided("2026-03-12T10:00:00+01:00"), "2026-03-12T09:00:00Z");
        assert_eq!(ends("2026-03-12"), "2026-03-12T23:59:59Z");
        assert_eq!(ends("2026-09-01T00:00:00Z"), "2026-09-01T00:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "demain", "12/03/2026", "2026-02-30", "2026-03-12T00:00:00", "2026-3-12"] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }
}
