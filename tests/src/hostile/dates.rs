//! Dates that are flipped, missing, in another zone, or no dates.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::take;
use crate::issuer::{Case, Issuer, Scene};

const SHAPE: &[Code] = &[Code::ShapeBroken];
const DATES: &[Code] = &[Code::DatesBroken];

/// A badge whose issuer wrote these dates.
fn from_until(from: &str, until: &str) -> Scene {
    written(|draft| {
        draft["validFrom"] = json!(from);
        draft["validUntil"] = json!(until);
    })
}

fn written(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award_as(change);
    club.presents(&badge)
}

/// A hosted badge whose host publishes these dates.
fn hosted(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let mut presented = club.host_as(|assertion, _, _| change(assertion));
    // The presented copy says nothing of dates, so that only the hosted ones count.
    take(&mut presented, "/issuedOn");
    take(&mut presented, "/expires");
    club.presents(&presented)
}

pub(super) fn cases() -> Vec<Case> {
    [zones(), edges(), forms(), of_hosted()].concat()
}

const FROM: &str = "2026-03-12T00:00:00Z";

fn zones() -> Vec<Case> {
    let until = |until: &str| from_until(FROM, until);
    vec![
        until("2026-09-01T09:00:00Z").valid("date/the-last-second", "OB3-VAL-12"),
        until("2026-09-01T08:59:59Z").invalid("date/a-second-ago", "OB3-VAL-12", &[Code::Expired]),
        until("2026-09-01T11:00:00+02:00").valid("date/the-last-second-elsewhere", "CRED-VCDM-6"),
        until("2026-09-01T12:59:59+04:00").invalid(
            "date/later-in-letters-and-over",
            "CRED-VCDM-6",
            &[Code::Expired],
        ),
        until("2026-08-31T23:00:00-10:00")
            .valid("date/earlier-in-letters-and-not-over", "CRED-VCDM-6"),
        until("2026-09-01T08:59:59.999999999Z").invalid(
            "date/a-moment-ago",
            "CRED-VCDM-6",
            &[Code::Expired],
        ),
        until("2026-09-01T09:00:00-00:00").valid("date/an-unknown-zone", "CRED-VCDM-6"),
    ]
}

fn edges() -> Vec<Case> {
    vec![
        from_until("2029-03-12T00:00:00Z", "2026-03-12T00:00:00Z").invalid(
            "date/flipped",
            "CRED-VCDM-6",
            DATES,
        ),
        from_until("2026-09-01T09:05:00Z", "2029-01-01T00:00:00Z")
            .valid("date/a-clock-ahead", "OB2-STAT-2"),
        from_until("2026-09-01T09:05:01Z", "2029-01-01T00:00:00Z").invalid(
            "date/tomorrow",
            "OB3-VAL-12",
            &[Code::NotYetValid],
        ),
        from_until(FROM, "9999-12-31T23:59:59Z").valid("date/the-last-year", "CRED-VCDM-6"),
        from_until("9999-12-31T00:00:00Z", "9999-12-31T23:59:59Z").invalid(
            "date/from-the-last-year",
            "CRED-VCDM-6",
            &[Code::NotYetValid],
        ),
        from_until("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
            .valid("date/from-the-first-year", "CRED-VCDM-6"),
        from_until(FROM, "2028-02-29T00:00:00Z").valid("date/a-leap-day", "CRED-VCDM-6"),
        written(|draft| {
            take(draft, "/validUntil");
        })
        .valid("date/no-end", "CRED-VCDM-6"),
        written(|draft| {
            take(draft, "/validFrom");
        })
        .invalid("date/no-beginning", "OB3-AC-7", SHAPE),
    ]
}

fn forms() -> Vec<Case> {
    let until = |until: &str| from_until(FROM, until);
    vec![
        until("2027-02-29T00:00:00Z").invalid("date-form/a-day-that-was-not", "CRED-VCDM-6", SHAPE),
        until("2026-12-31T23:59:60Z").valid("date-form/a-leap-second", "CRED-VCDM-6"),
        until("2026-12-31T24:00:00Z").invalid("date-form/hour-twenty-four", "CRED-VCDM-6", SHAPE),
        until("2029-03-12").invalid("date-form/a-bare-day", "CRED-VCDM-6", SHAPE),
        until("2029-03-12T00:00:00").invalid("date-form/no-zone", "CRED-VCDM-6", SHAPE),
        until("12/03/2029").invalid("date-form/as-people-write", "CRED-VCDM-6", SHAPE),
        until("1867968000").invalid("date-form/seconds-as-text", "CRED-VCDM-6", SHAPE),
        until("+012029-03-12T00:00:00Z").invalid(
            "date-form/a-year-of-six-digits",
            "CRED-VCDM-6",
            SHAPE,
        ),
        until("10000-01-01T00:00:00Z").invalid("date-form/year-ten-thousand", "CRED-VCDM-6", SHAPE),
        until("2029-03-12T00:00:00Z[Europe/Paris]").invalid(
            "date-form/a-named-zone",
            "CRED-VCDM-6",
            SHAPE,
        ),
        until("2029-W11-1T00:00:00Z").invalid("date-form/a-week", "CRED-VCDM-6", SHAPE),
        until("2029-03-12T00:00:00+99:00").invalid(
            "date-form/a-zone-too-far",
            "CRED-VCDM-6",
            SHAPE,
        ),
        until("never").invalid("date-form/a-word", "CRED-VCDM-6", SHAPE),
        until("").invalid("date-form/empty", "CRED-VCDM-6", SHAPE),
        written(|draft| {
            draft["validUntil"] = json!(["2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z"])
        })
        .invalid("date-form/two-ends", "CRED-VCDM-6", SHAPE),
    ]
}

fn of_hosted() -> Vec<Case> {
    let expires = |end: Value| hosted(move |assertion| assertion["expires"] = end);
    vec![
        hosted(|_| {}).valid("hosted-date/honest", "OB2-STAT-1"),
        expires(json!("2026-08-01T00:00:00Z")).invalid(
            "hosted-date/over",
            "OB2-STAT-1",
            &[Code::Expired],
        ),
        expires(json!(1_400_000_000)).invalid("hosted-date/in-seconds", "OB2-STAT-1", DATES),
        expires(json!(null)).invalid("hosted-date/null", "OB2-STAT-1", DATES),
        expires(json!(["2029-01-01T00:00:00Z"])).invalid(
            "hosted-date/in-an-array",
            "OB2-STAT-1",
            DATES,
        ),
        expires(json!("2025-01-01T00:00:00Z")).invalid(
            "hosted-date/before-the-beginning",
            "OB2-STAT-2",
            DATES,
        ),
        hosted(|assertion| assertion["issuedOn"] = json!("2027-01-01T00:00:00Z")).invalid(
            "hosted-date/of-tomorrow",
            "OB2-STAT-2",
            &[Code::NotYetValid],
        ),
        hosted(|assertion| {
            take(assertion, "/issuedOn");
        })
        .invalid("hosted-date/no-beginning", "OB2-ASN", &[Code::ShapeBroken]),
        hosted(|assertion| {
            take(assertion, "/expires");
        })
        .valid("hosted-date/no-end", "OB2-STAT-1"),
    ]
}
