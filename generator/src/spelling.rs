//! What was probably meant: for keys and values in files, and for what was typed.

use openbadges::time::Timestamp;

/// The word among `known` that is a slip or two away from `written`.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase();
    let length = written.chars().count();
    // A third of the word may differ: `expirse`, not `role` for `name`; of two letters none: `es` is not `en`.
    let slips_max = if length < 3 { 0 } else { (length / 3).max(1) };
    known
        .into_iter()
        .filter(|word| *word != written && word.chars().count().abs_diff(length) <= slips_max)
        .map(|word| (strsim::osa_distance(&folded, &word.to_lowercase()), word))
        .filter(|(slips, _)| *slips <= slips_max)
        .min()
        .map(|(_, word)| word)
}

/// Why a text is no date, as the messages choose by it: a day such as 30 February is written well and does not exist.
#[must_use]
pub fn date_problem(written: &str) -> &'static str {
    let day = written.split_once('T').map_or(written, |(day, _)| day);
    let digit = |(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { u8::is_ascii_digit(&b) };
    let is_written_well = day.len() == 10 && day.bytes().enumerate().all(digit);
    let exists = Timestamp::parse(&format!("{day}T00:00:00Z")).is_ok();
    if is_written_well && !exists { "calendar" } else { "form" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_another_word_finds_none() {
        let known = ["expires", "evidence", "name", "lang"];
        for (written, meant) in [
            ("expirse", Some("expires")),
            ("Name", Some("name")),
            ("nmae", Some("name")),
            ("title", None),
            ("an", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_from_a_text_that_is_no_day() {
        for (written, problem) in [
            ("2026-02-30", "calendar"),
            ("2026-13-01T09:00:00Z", "calendar"),
            ("12/03/2026", "form"),
            ("2026-03-12T09:00:00", "form"),
            ("2026-3-12", "form"),
            ("", "form"),
        ] {
            assert_eq!(date_problem(written), problem, "{written}");
        }
    }
}
