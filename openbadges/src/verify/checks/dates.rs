//! Is it in date?
//!
//! Spec: OB3-VAL-12, CRED-VCDM-6, OB2-STAT-1, OB2-STAT-2.

use serde_json::Value;

use crate::time::Timestamp;

use super::super::code::Code;
use super::super::policy::CLOCK_SKEW_SECONDS;
use super::super::report::Outcome;
use super::{Assured, context};

/// Judges the dates of an assured badge, and names the one that tells most. VCDM 1.1 has its own names for them (OB3-VAL-15).
///
/// Beside the names of a badge's own data model the other ones count, too: some issuers mix them (CRED-WILD-14), and
/// whoever wrote an end meant one.
pub(crate) fn of_badge(badge: &Value, now: Timestamp, assured: Assured) -> (Outcome, Option<&str>) {
    let named = |from: &str, until: &str| (written(badge, from), written(badge, until));
    let new = named("validFrom", "validUntil");
    let old = named("issuanceDate", "expirationDate");
    let (own, other) = if context::is_1_1(badge) { (old, new) } else { (new, old) };
    let outcome = judge(own.0, own.1, now, assured).worse(within(other.0, other.1, now, assured));
    (outcome, own.1.or(other.1).or(own.0))
}

/// Judges the dates of any other assured credential, which may leave either out.
pub(crate) fn of_credential(credential: &Value, now: Timestamp, assured: Assured) -> Outcome {
    let named = |from: &str, until: &str| {
        within(written(credential, from), written(credential, until), now, assured)
    };
    named("issuanceDate", "expirationDate").worse(named("validFrom", "validUntil"))
}

/// A date as it is written; in another form than a text it names no moment, which is not to be without one.
fn written<'v>(value: &'v Value, member: &str) -> Option<&'v str> {
    value.get(member).map(|date| date.as_str().unwrap_or_default())
}

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
fn within(from: Option<&str>, until: Option<&str>, now: Timestamp, _: Assured) -> Outcome {
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

    /// OB3-VAL-15: the end of a badge of VCDM 1.1, whichever of the two names it has.
    #[test]
    fn a_badge_of_vcdm_1_1_ends_by_either_name() {
        let now = Timestamp::parse("2026-09-01T09:00:00Z").unwrap();
        let judged = |members: Value| {
            let mut badge = serde_json::json!({
                "@context": ["https://www.w3.org/2018/credentials/v1"],
                "issuanceDate": "2023-09-01T00:00:00Z"
            });
            badge.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
            of_badge(&badge, now, Assured(())).0
        };
        let past = "2026-01-01T00:00:00Z";
        let json = |name: &str, date: &str| serde_json::json!({ name: date });
        assert_eq!(judged(json("x", past)), Outcome::Pass(Code::DatesHoldForEver));
        assert_eq!(judged(json("expirationDate", past)), Outcome::Fail(Code::Expired));
        assert_eq!(judged(json("validUntil", past)), Outcome::Fail(Code::Expired));
        assert_eq!(judged(json("expirationDate", "soon")), Outcome::Fail(Code::DatesBroken));
        assert_eq!(
            judged(json("validFrom", "2027-01-01T00:00:00Z")),
            Outcome::Fail(Code::NotYetValid)
        );
        let undated = serde_json::json!({
            "@context": ["https://www.w3.org/2018/credentials/v1"], "validFrom": past
        });
        let none = of_badge(&undated, now, Assured(()));
        assert_eq!(none.0, Outcome::Fail(Code::DatesBroken));
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
