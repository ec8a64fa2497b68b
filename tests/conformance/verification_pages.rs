//! `docs/verification.md` and its French sister: their tables of codes are the catalogue's. `ACCOLADE_BLESS=1` writes them.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use accolade_tests::workspace;
use openbadges::verify::{Code, Language, Question, Sentence, Unavailable};

const BEGIN: &str = "<!-- The tables below are made from the catalogue: ACCOLADE_BLESS=1 cargo test -p accolade-tests --test verification_pages -->\n";

const PAGES: [(&str, Language); 2] =
    [("docs/verification.md", Language::English), ("docs/verification.fr.md", Language::French)];

/// The first code of each table, with its heading.
const TABLES: [(Code, Heading); 9] = [
    (
        Code::InputNotRecognised,
        Heading::Words(Sentence { en: "What was handed in", fr: "Ce qui a été présenté" }),
    ),
    (
        Code::DocumentUnavailable,
        Heading::Words(Sentence {
            en: "Documents the check had to look at",
            fr: "Les documents qu'il fallait consulter",
        }),
    ),
    (Code::IssuerConfirmed, Heading::Question(Question::Issuer)),
    (Code::ProofVerified, Heading::Question(Question::Unaltered)),
    (Code::DatesHold, Heading::Question(Question::InDate)),
    (Code::NotWithdrawn, Heading::Question(Question::NotWithdrawn)),
    (Code::RecipientMatches, Heading::Question(Question::Recipient)),
    (
        Code::EndorsementHolds,
        Heading::Words(Sentence { en: "What others say of it", fr: "Ce que d'autres en disent" }),
    ),
    (
        Code::NotReached,
        Heading::Words(Sentence { en: "No answer was reached", fr: "Aucune réponse atteinte" }),
    ),
];

enum Heading {
    Question(Question),
    Words(Sentence),
}

fn tables(language: Language) -> String {
    let words = |en, fr| Sentence { en, fr }.in_print(language);
    let mut page = BEGIN.to_owned();
    for code in Code::ALL {
        if let Some((_, heading)) = TABLES.iter().find(|(first, _)| first == code) {
            let heading = match heading {
                Heading::Question(question) => question.sentence(),
                Heading::Words(words) => *words,
            };
            let says = words("code | what it says | rule", "code | ce qu'il dit | règle");
            let heading = heading.in_print(language);
            write!(page, "\n### {heading}\n\n| {says} |\n|---|---|---|\n").unwrap();
        }
        let (text, sentence) = (code.text(), code.sentence().in_print(language));
        writeln!(page, "| `{text}` | {sentence} | {} |", code.rule()).unwrap();
    }
    let heading =
        words("Why a document could not be had", "Pourquoi un document n'a pas été obtenu");
    let says = words("code | what it says", "code | ce qu'il dit");
    write!(page, "\n### {heading}\n\n| {says} |\n|---|---|\n").unwrap();
    for reason in Unavailable::ALL {
        writeln!(page, "| `{}` | {} |", reason.code(), reason.sentence().in_print(language))
            .unwrap();
    }
    page
}

#[test]
fn the_tables_of_codes_are_those_of_the_catalogue() {
    for (path, language) in PAGES {
        let file = workspace().join(path);
        let page = std::fs::read_to_string(&file).unwrap();
        let (before, there) = page.split_once(BEGIN).expect("the page has tables");
        let wanted = tables(language);
        if std::env::var_os("ACCOLADE_BLESS").is_some() {
            std::fs::write(&file, format!("{before}{wanted}")).unwrap();
        } else {
            let there = format!("{BEGIN}{there}");
            assert!(there == wanted, "{path}: run again with ACCOLADE_BLESS=1");
        }
    }
}

#[test]
fn every_code_is_in_a_table_and_both_pages_explain_the_same_members() {
    assert_eq!(Code::ALL.first(), TABLES.first().map(|(first, _)| first));
    for (first, _) in TABLES {
        assert!(Code::ALL.contains(&first));
    }
    let members = |path: &str| -> BTreeSet<String> {
        let page = std::fs::read_to_string(workspace().join(path)).unwrap();
        let (before, _) = page.split_once(BEGIN).unwrap();
        let quoted = before.split('`').skip(1).step_by(2);
        quoted.filter(|quoted| quoted.starts_with(char::is_lowercase)).map(str::to_owned).collect()
    };
    let [english, french] = PAGES.map(|(path, _)| members(path));
    let ours = |words: &BTreeSet<String>| {
        words.iter().filter(|word| word.chars().all(char::is_alphanumeric)).cloned().collect()
    };
    let (english, french): (BTreeSet<String>, BTreeSet<String>) = (ours(&english), ours(&french));
    assert_eq!(english, french);
}
