//! The headers of a spreadsheet: French or English, in any order, with or without accents, capitals and underscores.

use unicode_normalization::UnicodeNormalization as _;

use crate::spelling::nearest;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it, and `TABLE` has the words")]
#[non_exhaustive]
pub enum Column {
    Email,
    LocalId,
    Name,
    GivenName,
    Level,
    Language,
    Date,
    Expires,
    Role,
    Criteria,
    /// An address, or a story: whichever it looks like.
    Evidence,
    Link,
    Story,
    Visibility,
    Consent,
}

impl Column {
    /// The message that is the header as we write it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Email => "csv-column-email",
            Self::LocalId => "csv-column-id",
            Self::Name => "csv-column-name",
            Self::GivenName => "csv-column-given-name",
            Self::Level => "csv-column-level",
            Self::Language => "csv-column-language",
            Self::Date => "csv-column-date",
            Self::Expires => "csv-column-expires",
            Self::Role => "csv-column-role",
            Self::Criteria => "csv-column-criteria",
            Self::Evidence => "csv-column-evidence",
            Self::Link => "csv-column-link",
            Self::Story => "csv-column-story",
            Self::Visibility => "csv-column-visibility",
            Self::Consent => "csv-column-consent",
        }
    }
}

/// The headers of each column, folded. The first French and the first English one are what `docs/issuing.md` shows.
pub const TABLE: [(Column, &[&str]); 15] = [
    (
        Column::Email,
        &[
            "email",
            "mail",
            "courriel",
            "adresseemail",
            "adressemail",
            "adresseelectronique",
            "mel",
            "emailaddress",
        ],
    ),
    (
        Column::LocalId,
        &[
            "id",
            "identifiant",
            "numero",
            "n",
            "no",
            "matricule",
            "reference",
            "numeroadherent",
            "nadherent",
            "ndadherent",
            "noadherent",
            "idadherent",
            "numerodadherent",
            "identifier",
            "number",
            "membernumber",
            "memberid",
        ],
    ),
    (
        Column::Name,
        &[
            "nom",
            "name",
            "noms",
            "nomcomplet",
            "prenometnom",
            "nometprenom",
            "nomprenom",
            "prenomnom",
            "nomdefamille",
            "participant",
            "participante",
            "personne",
            "fullname",
            "lastname",
            "surname",
            "familyname",
            "person",
        ],
    ),
    (Column::GivenName, &["prenom", "firstname", "givenname", "forename"]),
    (Column::Level, &["niveau", "level"]),
    (Column::Language, &["langue", "language", "lang"]),
    (
        Column::Date,
        &["date", "datedattribution", "attribuele", "jour", "awarded", "awarddate", "day"],
    ),
    (
        Column::Expires,
        &[
            "expire",
            "expires",
            "expirele",
            "datedefin",
            "fin",
            "echeance",
            "valablejusquau",
            "expiry",
            "expirydate",
            "validuntil",
            "enddate",
        ],
    ),
    (Column::Role, &["role", "fonction", "mandat", "office"]),
    (
        Column::Criteria,
        &[
            "criteres",
            "criteria",
            "critere",
            "criteresremplis",
            "criteresatteints",
            "criteriamet",
            "met",
        ],
    ),
    (Column::Evidence, &["preuve", "evidence", "preuves"]),
    (Column::Link, &["lien", "link", "url", "adresseweb", "liendelapreuve", "evidenceurl"]),
    (Column::Story, &["recit", "story", "cequiaetevu", "observation", "observations", "narrative"]),
    (Column::Visibility, &["visibilite", "visibility"]),
    (
        Column::Consent,
        &[
            "accord",
            "consent",
            "consentement",
            "accordnom",
            "afficherlenom",
            "nompublic",
            "consentname",
            "showname",
        ],
    ),
];

/// What a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// A column we read.
    Read(Column),
    /// Nearly a header we read: it is safer to ask than to step over a date.
    Nearly(Column),
    /// Something else: signatures, telephone numbers.
    Other,
}

/// What the header `written` is.
#[must_use]
pub fn header(written: &str) -> Header {
    let folded = fold(written);
    let column_of = |folded: &str| {
        let found = TABLE.iter().find(|(_, names)| names.contains(&folded));
        found.map(|(column, _)| *column)
    };
    if let Some(column) = column_of(&folded) {
        return Header::Read(column);
    }
    // Of a short word every other short word is nearly the same.
    if folded.len() < SLIP_LETTERS_MIN {
        return Header::Other;
    }
    let known = TABLE.iter().flat_map(|(_, names)| names.iter().copied());
    let nearly = nearest(&folded, known.filter(|name| name.len() >= SLIP_LETTERS_MIN));
    nearly.and_then(column_of).map_or(Header::Other, Header::Nearly)
}

/// A shorter header is no slip of another one.
const SLIP_LETTERS_MIN: usize = 4;

/// Letters and digits alone, small, without accents: how two spellings of one word are compared.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    plain
        .flat_map(|c| match c {
            'œ' => ['o', 'e'].into_iter().take(2),
            'æ' => ['a', 'e'].into_iter().take(2),
            c => [c, c].into_iter().take(1),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::site::Lang;
    use crate::words::Words;

    #[test]
    fn a_header_is_read_in_either_language_however_it_is_spelled() {
        for (written, column) in [
            ("E-mail", Column::Email),
            ("  COURRIEL ", Column::Email),
            ("Adresse électronique", Column::Email),
            ("N°", Column::LocalId),
            ("Nº adhérent", Column::LocalId),
            ("N° adhérent", Column::LocalId),
            ("Numéro d’adhérent", Column::LocalId),
            ("Prénom", Column::GivenName),
            ("first_name", Column::GivenName),
            ("Nom de famille", Column::Name),
            ("NIVEAU", Column::Level),
            ("Valable jusqu’au", Column::Expires),
            ("critères_remplis", Column::Criteria),
            ("Rôle", Column::Role),
            ("Récit", Column::Story),
            ("Accord (nom)", Column::Consent),
        ] {
            assert_eq!(header(written), Header::Read(column), "{written}");
        }
    }

    #[test]
    fn a_slip_is_asked_about_and_other_columns_are_stepped_over() {
        for (written, meant) in [
            ("E-mial", Column::Email),
            ("Niveua", Column::Level),
            ("Dat e d'attribtion", Column::Date),
        ] {
            assert_eq!(header(written), Header::Nearly(meant), "{written}");
        }
        for written in ["Téléphone", "Signature", "Commune", "", "Âge", "?"] {
            assert_eq!(header(written), Header::Other, "{written}");
        }
    }

    #[test]
    fn no_header_means_two_columns_and_each_is_written_as_it_is_compared() {
        let mut seen = BTreeSet::new();
        for name in TABLE.iter().flat_map(|(_, names)| names.iter()) {
            assert_eq!(fold(name), **name);
            assert!(seen.insert(name), "{name}");
        }
    }

    #[test]
    fn every_header_that_the_guides_name_is_read_as_the_column_it_is_named_for() {
        let guides =
            [include_str!("../../../docs/people.md"), include_str!("../../../docs/people.fr.md")];
        for guide in guides {
            let rows =
                guide.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
            let mut count = 0;
            for (first, rest) in rows {
                let Header::Read(column) = header(first) else { panic!("{first}") };
                let others = rest.split('|').next().unwrap().split(", ").map(str::trim);
                for other in others.filter(|other| !other.is_empty()) {
                    assert_eq!(header(other), Header::Read(column), "{other}");
                }
                count += 1;
            }
            assert_eq!(count, TABLE.len());
        }
    }

    #[test]
    fn the_header_we_suggest_is_one_we_read() {
        for tag in ["fr", "en"] {
            let words = Words::of_program(&Lang::parse(tag).unwrap());
            for (column, _) in TABLE {
                let written = words.say(column.message(), &[]);
                assert_eq!(header(&written), Header::Read(column), "{written}");
            }
        }
    }
}
