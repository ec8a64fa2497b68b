//! Is it in date?
//!
//! Spec: OB3-VAL-12, CRED-VCDM-6, OB2-STAT-1, OB2-STAT-2.

use crate::time::Timestamp;

use super::super::code::Code;
use super::super::policy::CLOCK_SKEW_SECONDS;
use super::super::report::Outcome;
use super::Assured;

/// Judges a beginning and an end, as they are written in an assured badge. A badge has a beginning.
pub(crate) fn judge(
    from: Option<&str>,
    until: Option<&str>,
    now: Timestamp,
    assured: Assured,
) -> Outcome {
    if from.is_none() {
        return Outcome::Fail(Code::DatesBroken);
    }
    within(from, until, now, assured)
}

/// Judges a beginning and an end, either of which an assured credential may leave out.
pub(crate) fn within(
    from: Option<&str>,
    until: Option<&str>,
    now: Timestamp,
    _: Assured,
) -> Outcome {
    let moment = |text: Option<&str>| text.map(Timestamp::parse).transpose();
    let (Ok(from), Ok(until)) = (moment(from), moment(until)) else {
        return Outcome::Fail(Code::DatesBroken);
    };
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Outcome::Fail(Code::DatesBroken);
    }
    if until.is_some_and(|until| now > until) {
        return Outcome::Fail(Code::Expired);
    }
    let latest = now.unix_seconds().saturating_add(CLOCK_SKEW_SECONDS);
    if from.is_some_and(|from| from.unix_seconds() > latest) {
        return Outcome::Fail(Code::NotYetValid);
    }
    Outcome::Pass(if until.is_some() { Code::DatesHold } else { Code::DatesHoldForEver })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(from: &str, until: Option<&str>) -> Outcome {
        let now = Timestamp::parse("2026-09-01T09:00:00Z").unwrap();
        judge(Some(from), until, now, Assured(()))
    }

    #[test]
    fn a_badge_counts_from_its_first_to_its_last_second() {
        let from = "2023-09-01T00:00:00Z";
        assert_eq!(judged(from, Some("2026-09-01T09:00:00Z")), Outcome::Pass(Code::DatesHold));
        assert_eq!(judged(from, Some("2026-09-01T08:59:59Z")), Outcome::Fail(Code::Expired));
        assert_eq!(judged(from, Some("2026-09-01T12:59:59+04:00")), Outcome::Fail(Code::Expired));
        assert_eq!(judged(from, None), Outcome::Pass(Code::DatesHoldForEver));
        assert_eq!(judged("2026-09-01T09:05:00Z", None), Outcome::Pass(Code::DatesHoldForEver));
        assert_eq!(judged("2026-09-01T09:05:01Z", None), Outcome::Fail(Code::NotYetValid));
    }

    #[test]
    fn a_date_that_makes_no_sense_is_a_failure_not_a_guess() {
        assert_eq!(judged("2026-01-01", None), Outcome::Fail(Code::DatesBroken));
        let backwards = judged("2026-01-02T00:00:00Z", Some("2026-01-01T00:00:00Z"));
        assert_eq!(backwards, Outcome::Fail(Code::DatesBroken));
        let now = Timestamp::parse("2026-09-01T09:00:00Z").unwrap();
        assert_eq!(judge(None, None, now, Assured(())), Outcome::Fail(Code::DatesBroken));
    }
}
