//! The name of an association as the name of a folder.

use unicode_normalization::UnicodeNormalization as _;

use crate::site::Slug;

/// The longest a slug may be.
const SLUG_LENGTH_MAX: usize = 64;

/// Letters that have no base letter, and how they are read.
const LIGATURES: [(char, &str); 9] = [
    ('œ', "oe"),
    ('æ', "ae"),
    ('ß', "ss"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
];

/// A slug that reads like `name`: accents off, other signs to hyphens. `None` when no letter of it is left, as for a name
/// in another script.
#[must_use]
pub fn issuer_slug(name: &str) -> Option<Slug> {
    let mut plain = String::new();
    for letter in name.to_lowercase().nfd() {
        let read = LIGATURES.iter().find(|(sign, _)| *sign == letter);
        match (read, letter) {
            (Some((_, read)), _) => plain.push_str(read),
            (None, 'a'..='z' | '0'..='9') => plain.push(letter),
            // Marks that stood on a letter.
            (None, '\u{300}'..='\u{36f}') => {}
            (None, _) => plain.push('-'),
        }
    }
    let mut slug = String::new();
    for part in plain.split('-').filter(|part| !part.is_empty()) {
        if slug.len() + part.len() >= SLUG_LENGTH_MAX {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(part);
    }
    Slug::parse(&slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_folder_that_reads_like_it() {
        let of = |name: &str| issuer_slug(name).map(|slug| slug.to_string());
        for (name, slug) in [
            ("Réseau L’Estran", "reseau-l-estran"),
            ("Les Amis du marais (87)", "les-amis-du-marais-87"),
            ("Cœur & Ævum", "coeur-aevum"),
            ("  Straße  ", "strasse"),
            ("ÉCOLE", "ecole"),
        ] {
            assert_eq!(of(name).as_deref(), Some(slug));
        }
        for name in ["", "—", "協会", "&&&"] {
            assert_eq!(of(name), None, "{name}");
        }
        let long = of(&"mot ".repeat(40)).unwrap();
        assert!(long.len() <= 64 && !long.ends_with('-'), "{long}");
    }
}
