//! The word that was probably meant: for keys and values in files, and for what was typed.

/// The word among `known` that is a slip or two away from `written`.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase();
    let length = written.chars().count();
    // A third of the word may differ: `expirse`, not `role` for `name`.
    let slips_max = (length / 3).max(1);
    known
        .into_iter()
        .filter(|word| *word != written && word.chars().count().abs_diff(length) <= slips_max)
        .map(|word| (strsim::osa_distance(&folded, &word.to_lowercase()), word))
        .filter(|(slips, _)| *slips <= slips_max)
        .min()
        .map(|(_, word)| word)
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
            ("", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
    }
}
