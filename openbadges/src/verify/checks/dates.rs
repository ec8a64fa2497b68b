//! Is it in date?
//!
//! Spec: OB3-VAL-12, CRED-VCDM-6, OB2-STAT-1, OB2-STAT-2.

use crate::time::Timestamp;

use super::super::code::Code;
use super::super::policy::CLOCK_SKEW_SECONDS;
use super::super::report::Outcome;
use super::Assured;

/// Judges a beginning and an end, as they are written in an assured badge.
pub(crate) fn judge(
    from: Option<&str>,
    until: Option<&str>,
    now: Timestamp,
    _: Assured,
) -> Outcome {
    let broken = Outcome::Fail(Code::DatesBroken);
    let Some(Ok(from)) = from.map(Timestamp::parse) else { return broken };
    let until = match until.map(Timestamp::parse) {
        Some(Err(_)) => return broken,
        Some(Ok(until)) if until < from => return broken,
        Some(Ok(until)) => Some(until),
        None => None,
    };
    if until.is_some_and(|until| now > until) {
        return Outcome::Fail(Code::Expired);
    }
    if from.unix_seconds() > now.unix_seconds().saturating_add(CLOCK_SKEW_SECONDS) {
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
