//! A sheet of people, the register, and the messages to them: with the real command, in a public repository.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;

use accolade::sheet::Wrong;
use support::office::{Office, streams};

const CSV: &str = "--csv";

/// The wrong things of a sheet, by code, row and column.
fn problems(
    office: &Office,
    class: &str,
    more: &[&str],
    sheet: &[u8],
) -> Vec<(String, u64, String)> {
    let file = office.sheet(sheet);
    let arguments = [&["award", class, CSV, &file, "--dry-run"], more].concat();
    let answer = office.json(&arguments, 1);
    assert_eq!(answer["written"], false);
    let french = office.run_in("fr", &[&arguments[..], &["--format", "json"]].concat());
    for answer in [&answer, &serde_json::from_slice(&french.stdout).unwrap()] {
        for problem in answer["problems"].as_array().unwrap() {
            for text in ["message", "remedy"] {
                let text = problem[text].as_str().unwrap();
                assert!(!text.contains('$') && !text.starts_with("csv-"), "{text}");
                assert!(!text.contains("ada@") && !text.contains("bob@"), "repeated: {text}");
            }
        }
    }
    let all = answer["problems"].as_array().unwrap().iter();
    all.map(|problem| {
        let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        (text("code"), problem["row"].as_u64().unwrap_or_default(), text("column"))
    })
    .collect()
}

type Case<'a> = (&'a str, &'a str, &'a [u8], u64, &'a str);

/// The class, what is wrong, the sheet, the row and the column it is said of.
const BAD_ROWS: &[Case<'_>] = &[
    ("accueil", "csv-not-text", b"PK\x03\x04\0\0\0", 0, ""),
    ("accueil", "csv-empty", b"e-mail;nom\r\n", 0, ""),
    (
        "accueil",
        "csv-open-quote",
        b"e-mail;r\xc3\xa9cit\nada@example.org;\"Elle a\nbob@example.org;x\n",
        2,
        "",
    ),
    ("accueil", "csv-header", b"e-mial;nom\nada@example.org;x\n", 1, "e-mial"),
    ("accueil", "csv-header-twice", b"e-mail;courriel\nada@example.org;\n", 1, "courriel"),
    ("accueil", "csv-no-person-column", b"nom;date\nAda;2026-03-12\n", 1, ""),
    ("accueil", "csv-cells", b"e-mail,nom\nada@example.org,Lovelace, Ada\n", 2, ""),
    ("accueil", "csv-lines", b"e-mail;nom\nada@example.org;\"Ada\nLovelace\"\n", 2, "nom"),
    ("accueil", "csv-control", b"e-mail;nom\nada@example.org;Ad\x07a\n", 2, "nom"),
    (
        "accueil",
        "csv-control",
        "e-mail;rôle\nada@example.org;tr\u{202e}ésor\n".as_bytes(),
        2,
        "rôle",
    ),
    ("accueil", "csv-no-person", b"e-mail;nom\nada@example.org;Ada\n;Bob\n", 3, "e-mail"),
    ("accueil", "csv-email", b"e-mail;nom\nada.example.org;Ada\n", 2, "e-mail"),
    ("accueil", "csv-email", b"e-mail;nom\nada@example.org bob@example.org;x\n", 2, "e-mail"),
    (
        "accueil",
        "csv-twice",
        b"e-mail\nada@example.org\nbob@example.org\nADA@example.org\n",
        4,
        "e-mail",
    ),
    ("accueil", "csv-twice", b"id;nom\nADH-1;Ada\nADH-1;Bob\n", 3, "id"),
    ("accueil", "csv-date", b"e-mail;date\nada@example.org;12 mars\n", 2, "date"),
    ("accueil", "csv-date", b"e-mail;date\nada@example.org;12/03/26\n", 2, "date"),
    ("accueil", "csv-date-none", b"e-mail;date\nada@example.org;31/02/2026\n", 2, "date"),
    ("accueil", "csv-date-future", b"e-mail;date\nada@example.org;2199-01-01\n", 2, "date"),
    (
        "accueil",
        "csv-date-order",
        b"e-mail;date;fin\nada@example.org;12/03/2026;11/03/2026\n",
        2,
        "fin",
    ),
    ("sol", "csv-level", b"e-mail;niveau\nada@example.org;3\n", 2, "niveau"),
    ("sol", "csv-level", b"e-mail;niveau\nada@example.org;expert\n", 2, "niveau"),
    ("sol", "csv-level-missing", b"e-mail;niveau\nada@example.org;\n", 2, "niveau"),
    ("sol", "csv-level-missing", b"e-mail\nada@example.org\n", 2, ""),
    ("accueil", "csv-level-none", b"e-mail;niveau\nada@example.org;1\n", 2, "niveau"),
    ("sol", "csv-earlier", b"e-mail;niveau\nada@example.org;2\n", 2, "niveau"),
    ("accueil", "csv-language", b"e-mail;langue\nada@example.org;breton\n", 2, "langue"),
    (
        "atelier",
        "csv-criterion",
        b"e-mail;crit\xe8res\nada@example.org;presenter, orientre\n",
        2,
        "critères",
    ),
    ("accueil", "csv-criterion", b"e-mail;criteres\nada@example.org;presenter\n", 2, "criteres"),
    ("atelier", "csv-criteria-missing", b"e-mail\nada@example.org\n", 2, ""),
    ("atelier", "csv-criteria-few", b"e-mail;criteres\nada@example.org;ecouter\n", 2, "criteres"),
    ("accueil", "csv-link", b"e-mail;lien\nada@example.org;www.example.org\n", 2, "lien"),
    ("accueil", "csv-link", b"e-mail;preuve\nada@example.org;http://example.org/x\n", 2, "preuve"),
    ("accueil", "csv-link", b"e-mail;preuve\nada@example.org;photo.jpg\n", 2, "preuve"),
    ("accueil", "csv-email", "e-mail\nada@example.org\u{200b}\n".as_bytes(), 2, "e-mail"),
    ("accueil", "csv-control", "id;nom\nADH-1;Ad\u{200b}a\n".as_bytes(), 2, "nom"),
    ("accueil", "csv-visibility", b"e-mail;visibilite\nada@example.org;public\n", 2, "visibilite"),
    (
        "accueil",
        "csv-consent",
        b"e-mail;nom;accord\nada@example.org;Ada;peut-\xeatre\n",
        2,
        "accord",
    ),
    ("accueil", "csv-consent-nameless", b"e-mail;accord\nada@example.org;oui\n", 2, "accord"),
    (
        "accueil",
        "csv-address-in-text",
        b"e-mail;recit\nada@example.org;voir bob@example.org\n",
        2,
        "recit",
    ),
];

#[test]
fn each_kind_of_bad_row_is_said_with_its_place_and_a_remedy_and_nothing_is_written() {
    let office = Office::new();
    let mut seen = BTreeSet::new();
    let mut expect = |found: Vec<(String, u64, String)>, expected: (&str, u64, &str)| {
        let (code, row, column) = expected;
        assert_eq!(found, [(code.to_owned(), row, column.to_owned())]);
        seen.insert(code.to_owned());
    };
    let hash = &["--public-hash"][..];
    for (class, code, sheet, row, column) in BAD_ROWS {
        expect(problems(&office, class, hash, sheet), (code, *row, column));
    }
    let story = format!("e-mail;récit\nada@example.org;{}\n", "x".repeat(5_001));
    let long = problems(&office, "accueil", hash, story.as_bytes());
    expect(long, ("csv-cell-long", 2, "récit"));
    let one = b"e-mail;niveau\nada@example.org;2\n";
    expect(
        problems(&office, "accueil", &[], b"e-mail\nada@example.org\n"),
        ("csv-public-hash", 0, ""),
    );
    assert_eq!(office.awards(), Vec::<String>::new());
    // Somebody has the first level, and nobody can tell who.
    office.done(&["award", "sol", "--level", "1", "--no-recipient"]);
    expect(problems(&office, "sol", hash, one), ("csv-earlier-unknown", 2, "niveau"));
    office.settings("public", None);
    expect(problems(&office, "accueil", hash, b"id\nADH-1\n"), ("csv-register", 0, ""));
    office.settings("public", Some(&office.outside("not-here")));
    expect(problems(&office, "accueil", hash, b"id\nADH-1\n"), ("csv-register", 0, ""));
    assert!(office.entries().is_empty());
    // Too much of anything is tested where it is read; the last one is for what nobody thought of.
    let elsewhere = [Wrong::TooBig, Wrong::TooManyRows, Wrong::Refused];
    let all = Wrong::ALL.iter().filter(|wrong| !elsewhere.contains(wrong));
    let all: BTreeSet<String> = all.map(|wrong| wrong.as_str().to_owned()).collect();
    assert_eq!(seen, all);
}

#[test]
fn one_bad_row_among_good_ones_keeps_all_from_being_written_and_every_bad_one_is_said() {
    let office = Office::new();
    let sheet = "e-mail;date\nada@example.org;2026-03-12\nbob.example.org;2026-03-12\ncem@example.org;hier\n";
    let file = office.sheet(sheet);
    let arguments = ["award", "accueil", CSV, &file, "--public-hash"];
    let told = office.refused(&arguments, 1);
    for place in [
        "row 3, column “e-mail”, b….e….o…: this is not an e-mail address: “@” is missing",
        "row 4, column “date”, hier: this is not a date",
        "1 award ready, none made before, 2 errors.",
        "Nothing was written",
    ] {
        assert!(told.contains(place), "{place}: {told}");
    }
    assert!(!told.contains("ready  "), "the table is for --dry-run: {told}");
    let table = office.refused(&[&arguments[..], &["--dry-run"]].concat(), 1);
    assert!(table.contains("   2  ready    a…@e….o…"), "{table}");
    assert!(office.awards().is_empty() && office.entries().is_empty());
}

#[test]
fn what_holds_for_every_row_is_refused_once_as_a_mistake_of_the_command() {
    let office = Office::new();
    let file = office.sheet("e-mail\nada@example.org\nbob@example.org\n");
    for (class, more, said) in [
        ("acceuil", &[][..], "did you mean `accueil`?"),
        ("sol", &["--level", "7"], "no level 7"),
        ("accueil", &["--date", "2199-01-01"], "is in the future"),
        ("accueil", &["--in", "br"], "not written in `br`"),
        ("atelier", &["--met", "presentre"], "`presenter`"),
        ("accueil", &["--role", "voir bob@example.org\u{7}"], "U+0007"),
        ("sol", &["--level", "2", "--override", " "], "--override wants a reason"),
    ] {
        let told =
            office.refused(&[&["award", class, CSV, &file, "--public-hash"], more].concat(), 2);
        assert!(told.contains(said), "{said}: {told}");
        assert_eq!(told.matches("error:").count(), 1, "{told}");
    }
    for (more, other) in
        [(&["--to", "ada@example.org"][..], "--to"), (&["--name", "Ada"], "--name")]
    {
        let told = office.refused(&[&["award", "accueil", CSV, &file], more].concat(), 2);
        assert!(told.contains(CSV) && told.contains(other), "{told}");
    }
    let told = office.refused(&["award", "accueil", CSV, "nowhere.csv", "--public-hash"], 2);
    assert!(told.contains("nowhere.csv"), "{told}");
}

const SHEET: &str = "Prénom;NOM; E-mail ;Niveau;Langue;Date;Récit;Lien;Accord;Signature\r\n\
    Zoé;Prototype;zoe.prototype@example.org;Découvre;fr;12/03/2026;\"Elle a semé ;\r\npuis récolté.\";https://example.org/zoe;;\r\n\
    ;;;;;;;;;\r\n\
     Jean-Noël ; Simulacre ; jean.simulacre@example.org ;1;anglais;2026-03-12;;;oui;x\r\n";

#[test]
fn the_same_sheet_is_read_alike_whatever_program_wrote_it() {
    let windows: Vec<u8> = SHEET.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(SHEET.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let quoted: Vec<String> = SHEET
        .replace(" ;\r\n", " :\r\n")
        .split("\r\n")
        .map(|line| line.replace(';', "\t"))
        .collect();
    for (bytes, letters) in [
        (SHEET.as_bytes().to_vec(), false),
        ([b"\xef\xbb\xbf", SHEET.as_bytes()].concat(), false),
        (SHEET.replace("\r\n", "\n").into_bytes(), false),
        (windows, true),
        (utf16, false),
        (quoted.join("\n").into_bytes(), false),
    ] {
        let office = Office::new();
        let file = office.sheet(&bytes);
        let (out, err) = office.done(&["award", "sol", CSV, &file, "--public-hash"]);
        assert_eq!(out.lines().count(), 2, "a link for each person: {out}");
        assert_eq!(err.contains("accents"), letters, "{err}");
        assert!(err.contains("Columns left aside: Signature"), "{err}");
        let events = office.repository.files("badges/assertions");
        let text = |needle: &str| {
            let mut texts = events.iter().filter(|(path, _)| path.ends_with(".yaml"));
            let found = texts.find(|(_, bytes)| String::from_utf8_lossy(bytes).contains(needle));
            String::from_utf8(found.unwrap_or_else(|| panic!("{needle}")).1.clone()).unwrap()
        };
        let zoe = text("https://example.org/zoe");
        for part in ["lang: fr", "awarded: 2026-03-12T00:00:00Z", "level: 1", "Elle a semé"] {
            assert!(zoe.contains(part), "{part}: {zoe}");
        }
        assert!(zoe.contains("hidden_name") && !zoe.contains("Zoé") && !zoe.contains("holder"));
        let jean = text("lang: en");
        assert!(
            jean.contains("holder: { name: Jean-Noël Simulacre")
                || jean.contains("name: Jean-Noël Simulacre"),
            "{jean}"
        );
        let mut kept = office.entries().into_values();
        assert!(kept.any(|entry| entry.name.as_deref() == Some("Zoé Prototype")
            && entry.email.as_deref() == Some("zoe.prototype@example.org")
            && entry.consent.is_none()
            && entry.name_salt.is_some()));
        office.assert_quiet(support::leaks::Secrets::default());
    }
}

#[test]
fn a_second_run_awards_nobody_twice_however_the_sheet_is_turned() {
    let office = Office::new();
    let first = "e-mail;id;nom\nada@example.org;;Ada\nbob@example.org;ADH-2;Bob\n;ADH-3;Cem\n";
    let award = |sheet: &str, more: &[&str]| {
        let file = office.sheet(sheet);
        office.json(&[&["award", "accueil", CSV, &file, "--public-hash"], more].concat(), 0)
    };
    let done = award(first, &[]);
    assert_eq!(
        (&done["ready"], &done["already"], &done["sealed"]),
        (&3.into(), &0.into(), &3.into())
    );
    let files = office.repository.files("badges");
    let entries = office.entries();
    for sheet in [
        first,
        "nom,id,courriel\nCem,ADH-3,\nBob,ADH-2,new.address@example.org\nAda,,ADA@Example.ORG\n",
    ] {
        for more in [&[][..], &["--dry-run"]] {
            let again = award(sheet, more);
            assert_eq!((&again["ready"], &again["already"]), (&0.into(), &3.into()), "{again}");
        }
    }
    assert_eq!(office.repository.files("badges"), files);
    assert_eq!(office.entries(), entries);
    let grown = award(&format!("{first}dia@example.org;;Dia\n"), &[]);
    assert_eq!((&grown["ready"], &grown["already"]), (&1.into(), &3.into()));
    // Awarded on another day, and read again without one.
    let spring = award("e-mail\neve@example.org\n", &["--date", "2026-03-12"]);
    assert_eq!((&spring["ready"], &spring["already"]), (&1.into(), &0.into()));
    let again = award("e-mail\neve@example.org\n", &[]);
    assert_eq!((&again["ready"], &again["already"]), (&0.into(), &1.into()));
    // A day of its own is an award of its own.
    let dated = award("e-mail;date\nada@example.org;2026-03-12\nada@example.org;2026-03-13\n", &[]);
    assert_eq!((&dated["ready"], &dated["already"]), (&2.into(), &0.into()));
    let again = award("e-mail;date\nada@example.org;13.03.2026\n", &[]);
    assert_eq!((&again["ready"], &again["already"]), (&0.into(), &1.into()));
}

#[test]
fn a_sheet_in_the_repository_is_refused_and_one_from_a_pipe_is_taken() {
    let office = Office::new();
    office.repository.write("people.csv", "e-mail\nada@example.org\n");
    let award = ["award", "accueil", "--public-hash", CSV];
    let told = office.refused(&[&award[..], &["people.csv"]].concat(), 2);
    assert!(told.contains("outside the repository"), "{told}");
    office.repository.write("public/people.csv", "e-mail\nada@example.org\n");
    office.refused(&[&award[..], &["public/people.csv"]].concat(), 2);
    // What git ignores is not published.
    office.repository.write(".gitignore", "/public/\n/.accolade/\n*.csv\n");
    office.done(&[&award[..], &["people.csv", "--dry-run"]].concat());
    let mut command = office.repository.command(&[&award[..], &["-", "--dry-run"]].concat());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"e-mail\nada@example.org\n")
        .unwrap();
    let (out, _) = streams(&child.wait_with_output().unwrap());
    assert!(out.contains("ready"), "{out}");
    assert!(office.awards().is_empty());
}

#[test]
fn a_register_in_a_public_tree_is_refused_before_anything_is_written() {
    let office = Office::new();
    let inside = office.repository.path("register");
    fs::create_dir(&inside).unwrap();
    office.settings("public", Some(&inside));
    let told = office.refused(&["award", "accueil", "--no-recipient", "--name", "Ada Lovelace"], 1);
    assert!(told.contains("register-in-public-tree"), "{told}");
    assert!(office.awards().is_empty());
    assert_eq!(fs::read_dir(&inside).unwrap().count(), 0);
    // Kept out of every commit, it may lie there.
    office.repository.write(".gitignore", "/public/\n/.accolade/\n/register/\n");
    office.done(&["award", "accueil", "--no-recipient", "--name", "Ada Lovelace"]);
    assert_eq!(fs::read_dir(&inside).unwrap().count(), 1);
    assert_eq!(office.git(&["status", "--porcelain", "register"]), "");
}

#[test]
fn addresses_of_a_sheet_stay_in_the_register_when_nobody_agreed_to_a_hash() {
    let office = Office::new();
    let file =
        office.sheet("e-mail;nom\nada@example.org;Ada Lovelace\nbob@example.org;Bob Exemple\n");
    let award = ["award", "accueil", CSV, &file, "--no-recipient"];
    let done = office.json(&award, 0);
    assert_eq!(done["ready"], 2);
    for (path, bytes) in office.repository.files("badges/assertions") {
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            text.contains("urn:uuid:") && !text.contains("\"type\": \"email\""),
            "{path}: {text}"
        );
    }
    let addresses: BTreeSet<_> = office.entries().into_values().filter_map(|it| it.email).collect();
    assert_eq!(
        addresses,
        BTreeSet::from(["ada@example.org", "bob@example.org"].map(str::to_owned))
    );
    assert_eq!(office.json(&award, 0)["already"], 2, "found again through the register alone");
    office.assert_quiet(support::leaks::Secrets::default());
}
