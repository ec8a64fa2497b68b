//! `certificate` as an issuer runs it: exit codes, what is warned of, and where the name is afterwards.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use std::fs;

use support::office::Office;

fn id_of(link: &str) -> String {
    let page = link.split('#').next().unwrap().trim_end_matches('/');
    page.rsplit('/').next().unwrap().to_owned()
}

/// Awards a badge and gives its id.
fn awarded(office: &Office, more: &[&str]) -> String {
    let (link, _) = office.done(&[&["award", "accueil"], more].concat());
    id_of(link.trim())
}

#[test]
fn a_certificate_is_written_with_the_name_and_the_name_is_written_nowhere_else() {
    let office = Office::new();
    let id = awarded(&office, &["--no-recipient"]);
    let file = office.outside("zoe.pdf");
    let out = file.to_str().unwrap();
    let before = office.repository.files("");
    let (answer, said) =
        office.done(&["certificate", &id, "--name", " Zoé  Prototype ", "--out", out]);
    assert!(answer.is_empty() && said.contains("zoe.pdf"), "{answer}{said}");
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF-1.7"));
    assert_eq!(office.repository.files(""), before);
    // The same words again are the same bytes, whatever the spaces.
    let again = office.outside("again.pdf");
    office.done(&["certificate", &id, "--name", "Zoé Prototype", "--out", again.to_str().unwrap()]);
    assert_eq!(fs::read(&file).unwrap(), fs::read(&again).unwrap());
}

#[test]
fn a_hidden_name_is_compared_with_what_was_signed() {
    let office = Office::new();
    let id = awarded(&office, &["--no-recipient", "--name", "Zoé Prototype"]);
    let out = office.outside("c.pdf");
    let ask = |name: &str| {
        let answer = ["certificate", id.as_str(), "--name", name, "--out", out.to_str().unwrap()];
        (office.json(&answer, 0), office.done(&answer).1)
    };
    let (answer, said) = ask("Zoé Prototype");
    assert!(answer["name_matches"] == true && !said.contains("warning"), "{answer}{said}");
    let (answer, said) = ask("Zoé Prototipe");
    assert!(
        answer["name_matches"] == false && said.contains("not the name that the badge hides"),
        "{said}"
    );
    // Without `--name` the register's is taken.
    let (_, said) = office.done(&["certificate", &id, "--out", out.to_str().unwrap()]);
    assert!(!said.contains("warning"), "{said}");
    // Without the register nobody can tell, and that is said.
    fs::remove_dir_all(office.register_folder()).unwrap();
    let (answer, said) = ask("Zoé Prototype");
    assert!(answer["name_matches"].is_null() && said.contains("nothing here to compare"), "{said}");
}

#[test]
fn what_cannot_be_on_paper_is_refused_by_its_own_exit_code() {
    let office = Office::new();
    let id = awarded(&office, &["--no-recipient"]);
    let private = awarded(&office, &["--no-recipient", "--visibility", "private"]);
    let withdrawn = awarded(&office, &["--no-recipient", "--date", "2026-01-02"]);
    office.done(&["revoke", &withdrawn]);
    let out = office.outside("no.pdf");
    let refused = |award: &str, name: &str, code: i32| {
        office
            .refused(&["certificate", award, "--name", name, "--out", out.to_str().unwrap()], code)
    };
    assert!(refused(&withdrawn, "Zoé", 1).contains("was withdrawn"));
    assert!(refused(&private, "Zoé", 1).contains("private"));
    let slip = format!("{}{}", id.get(..25).unwrap(), if id.ends_with('0') { '1' } else { '0' });
    let said = refused(&slip, "Zoé", 2);
    assert!(said.contains("there is no award") && said.contains(&id), "{said}");
    assert!(refused("nobody", "Zoé", 2).contains("there is no award"));
    assert!(refused(&id, "  ", 2).contains("between 1 and 120"));
    assert!(refused(&id, &"x".repeat(121), 2).contains("between 1 and 120"));
    let said = refused(&id, "דוד", 3);
    assert!(said.contains("U+05D3") && said.contains("print their page"), "{said}");
    let said = office.refused(&["certificate", &id], 2);
    assert!(said.contains("--name"), "{said}");
    assert!(!out.exists());
    let french = office.run_in("fr", &["certificate", &withdrawn, "--name", "Zoé"]);
    assert!(String::from_utf8(french.stderr).unwrap().contains("un papier dirait le contraire"));
}

#[test]
fn a_file_among_the_badges_is_told_of() {
    let office = Office::new();
    let id = awarded(&office, &["--no-recipient"]);
    let (_, said) = office.done(&["certificate", &id, "--name", "Zoé"]);
    assert!(said.contains(&format!("{id}.pdf")) && said.contains("do not commit it"), "{said}");
}
