//! Two days at a desk, recorded: a trainer awards thirty people from a spreadsheet, and somebody asks to disappear. After
//! each, nothing of anybody is where others could find it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use accolade::id::AwardId;
use support::leaks::{Leak, Place, Secrets, strangers};
use support::office::{Office, messages, streams};

/// Thirty people, as a French spreadsheet program saves them. Number 9 agreed that the name is shown; numbers 10, 20
/// and 30 have no address.
fn sheet() -> String {
    let mut rows = vec!["N° adhérent;Prénom;Nom;Courriel;Niveau;Date;Récit;Accord".to_owned()];
    for n in 1..=30 {
        let mail =
            if n % 10 == 0 { String::new() } else { format!("eleve.{n:02}@personnes.example") };
        let consent = if n == 9 { "oui" } else { "" };
        rows.push(format!(
            "ADH-{n:04};Élève{n:02};d’Échantillon{n:02};{mail};Découvre;12/03/2026;\"A semé ; puis récolté.\";{consent}"
        ));
    }
    rows.join("\r\n") + "\r\n"
}

/// As Windows writes it.
fn windows(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '’' => 0x92,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect()
}

#[test]
fn a_trainer_awards_thirty_people_and_nothing_of_them_is_left_about() {
    let office = Office::new();
    let folder = office.outside("messages");
    // In the evening she exports the sheet, with two slips.
    let slips = sheet().replace("eleve.04@personnes", "eleve.04personnes").replacen(
        "Découvre",
        "Decouvrir",
        1,
    );
    let file = office.sheet(windows(&slips));
    let award = ["award", "sol", "--csv", &file, "--public-hash"];
    let dry = [&award[..], &["--dry-run"]].concat();
    let told = office.refused(&dry, 1);
    assert!(told.contains("28 awards ready, none made before, 2 errors."), "{told}");
    assert!(
        told.contains("row 2, column “Niveau”, Decouvrir")
            && told.contains("row 5, column “Courriel”"),
        "{told}"
    );
    office.refused(&award, 1);
    assert_eq!(office.git(&["status", "--porcelain"]), "", "not a trace");
    assert!(office.entries().is_empty());
    // Mended, looked at once more, awarded with a message for each.
    office.sheet(windows(&sheet()));
    let (table, said) = office.done(&dry);
    assert_eq!(table.lines().count(), 30, "{table}");
    assert!(said.contains("30 awards ready, none made before, no error."), "{said}");
    assert_eq!(office.git(&["status", "--porcelain"]), "");
    let (links, said) =
        office.done(&[&award[..], &["--mail-merge", folder.to_str().unwrap()]].concat());
    assert_eq!(links.lines().count(), 30);
    for part in [
        "30 awards written.",
        "30 badges signed",
        "27 messages written",
        "3 people have no address",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(office.awards().len(), 60, "an event and a sealed file for each");
    assert_eq!(messages(&folder).len(), 27);
    // Her colleague does it again the next morning, from the same file sorted otherwise.
    let before = office.repository.files("badges");
    let mut rows: Vec<&str> = slips.lines().collect();
    rows[1..].reverse();
    let sorted = rows.join("\n").replace("eleve.04p", "eleve.04@p").replace("Decouvrir", "1");
    office.sheet(sorted);
    let (links, said) = office.done(&award);
    assert!(
        links.is_empty() && said.contains("no award ready, 30 made before, no error."),
        "{said}"
    );
    assert_eq!(office.repository.files("badges"), before);
    office.commit();
    office.done(&["check"]);
    office.done(&["build"]);
    // One person takes the link from the message to an employer.
    let (_, message) = &messages(&folder)[0];
    let link = message.body.lines().find(|line| line.starts_with("https://badges.")).unwrap();
    let address = message
        .head
        .split('<')
        .find_map(|part| Some(part.split_once('>')?.0).filter(|it| it.contains("personnes")))
        .unwrap();
    let shown = office
        .run_in("fr", &["verify", link, "--site", "public", "--offline", "--recipient", address]);
    let (shown, _) = streams(&shown);
    assert!(shown.contains("d’Échantillon"), "{shown}");

    let consented = "Élève09 d’Échantillon09";
    let salts: BTreeSet<_> = office.entries().into_values().filter_map(|it| it.name_salt).collect();
    assert_eq!(salts.len(), 30);
    office.assert_quiet(Secrets::default());
    let site = fs::read_to_string(office.repository.path(&page_with(&office, consented))).unwrap();
    assert_eq!(strangers(&site, &["bonjour@club.example"]), Vec::<&str>::new());
}

/// The page that shows the name of somebody who agreed.
fn page_with(office: &Office, name: &str) -> String {
    let pages = office.repository.files("public/a").into_iter();
    let mut found = pages.filter(|(path, bytes)| {
        path.ends_with("index.html") && String::from_utf8_lossy(bytes).contains(name)
    });
    let (path, _) = found.next().unwrap();
    format!("public/a/{path}")
}

#[test]
fn somebody_disappears_from_the_tree_the_site_and_the_register_and_what_remains_names_nobody() {
    let office = Office::new();
    let name = "Zoé d’Échantillon";
    let award = [
        "award",
        "accueil",
        "--to",
        "zoe.echantillon@personnes.example",
        "--public-hash",
        "--name",
        name,
    ];
    // The link is hers; what was said here was said to her.
    let (link, _) = streams(&office.run_in("en", &award));
    office.done(&["award", "accueil", "--to", "bob.exemple@personnes.example", "--public-hash"]);
    office.done(&["build"]);
    office.commit();
    let known = Secrets::of_register(&office.register_folder());
    let page = link.trim_end().split('#').next().unwrap();
    let id = AwardId::parse(page.trim_end_matches('/').rsplit('/').next().unwrap()).unwrap();
    let hash = hash_of(&office, id);

    let told = office.refused(&["forget", page], 2);
    assert!(told.contains("--yes"), "nobody is there to say yes: {told}");
    assert!(office.entries().contains_key(&id));
    // A killed `award` left a draft of the entry.
    fs::copy(
        office.register_folder().join(format!("{id}.yaml")),
        office.register_folder().join(format!(".{id}.new")),
    )
    .unwrap();
    let (said, _) = office.done(&["forget", page, "--yes"]);
    assert!(said.contains("git filter-repo") && said.contains("badges/tombstones"), "{said}");

    assert_eq!(office.entries().len(), 1);
    assert!(!office.register_folder().join(format!(".{id}.new")).exists());
    assert!(!office.awards().iter().any(|file| file.contains(&id.text())), "{:?}", office.awards());
    let stone = office.repository.read(&format!("badges/tombstones/{id}.yaml"));
    let keys: Vec<&str> = stone.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
    assert_eq!(keys, ["date", "issuer", "status_index"], "what remains: {stone}");
    office.done(&["build"]);
    let left = office.repository.files(&format!("public/a/{id}"));
    assert!(!left.is_empty(), "the old address answers, and names nobody");
    office.commit();
    office.done(&["check"]);
    let root = office.repository.root().as_std_path();
    office.assert_quiet(known);
    // The salted hash of her address is in the history of git until it is rewritten, and nowhere else.
    let hashed = Secrets::default().with("hash", &hash).find(&[Place::Repository(root)]);
    let in_history = Leak { place: "the history of git".to_owned(), what: "hash".to_owned() };
    assert_eq!(hashed, BTreeSet::from([in_history]));
    // Again: nothing to do.
    let (_, again) = office.done(&["forget", page, "--yes"]);
    assert!(again.contains(&format!("{id} was forgotten")) || again.contains("already"), "{again}");
}

#[test]
fn forgetting_says_what_is_to_be_deleted_where_the_register_is_not() {
    let office = Office::new();
    let (link, _) = streams(
        &office.run_in("en", &["award", "accueil", "--no-recipient", "--name", "Zoé Échantillon"]),
    );
    let page = link.trim_end().split('#').next().unwrap();
    office.settings("public", Some(&office.outside("on-another-machine")));
    let (said, _) = office.done(&["forget", page, "--yes"]);
    let id = page.trim_end_matches('/').rsplit('/').next().unwrap();
    assert!(said.contains("on-another-machine") && said.contains(&format!("{id}.yaml")), "{said}");
    assert_eq!(office.entries().len(), 1, "it cannot be reached from here");
}

fn hash_of(office: &Office, id: AwardId) -> String {
    let files = office.repository.files("badges/assertions").into_iter();
    let mut sealed = files.filter(|(path, _)| path.ends_with(&format!("{id}.json")));
    let credential: serde_json::Value = serde_json::from_slice(&sealed.next().unwrap().1).unwrap();
    let all = credential["credentialSubject"]["identifier"].as_array().unwrap().iter();
    let mut mails = all.filter(|one| one["identityType"] == "emailAddress");
    mails.next().unwrap()["identityHash"].as_str().unwrap().trim_start_matches("sha256$").to_owned()
}

#[test]
fn the_scan_sees_a_leak_in_whatever_way_it_is_written() {
    let office = Office::new();
    office.done(&["award", "accueil", "--to", "zoe@personnes.example", "--public-hash"]);
    let id = office.entries().into_keys().next().unwrap();
    let secrets = Secrets::default()
        .with("address", "zoe@personnes.example")
        .with("name", "Zoé d’Échantillon")
        .with("salt", "7v165q26c139pf61fhqvkywxge");
    let root = office.repository.root().as_std_path();
    assert_eq!(secrets.find(&[Place::Repository(root)]), BTreeSet::new());
    for (text, what) in [
        ("mailto:ZOE@Personnes.example", "address"),
        ("by Zoé d’Échantillon.", "name"),
        ("ZOÉ D’ÉCHANTILLON", "name"),
        ("Zoe\u{301} d’E\u{301}chantillon", "name"),
        ("#n=Zo%C3%A9%20d%E2%80%99%C3%89chantillon", "name"),
        ("{\"name\": \"Zo\\u00e9 d\\u2019\\u00c9chantillon\"}", "name"),
        ("&s=7v165q26c139pf61fhqvkywxge\"", "salt"),
    ] {
        let found = secrets.find(&[Place::Said(text.as_bytes())]);
        assert_eq!(found.first().map(|leak| leak.what.as_str()), Some(what), "{text}");
        // In a file, in an ignored one, in a commit that was taken back.
        office.repository.write("public/x.txt", text);
        let found = secrets.find(&[Place::Repository(root)]);
        assert_eq!(found.first().map(|leak| leak.place.as_str()), Some("public/x.txt"), "{text}");
        fs::remove_file(office.repository.path("public/x.txt")).unwrap();
    }
    office.repository.write(&format!("badges/evidence/{id}/zoe@personnes.example.txt"), "");
    assert_eq!(secrets.find(&[Place::Repository(root)]).len(), 1, "in the name of a file");
    office.commit();
    office.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let found: Vec<String> =
        secrets.find(&[Place::Repository(root)]).into_iter().map(|leak| leak.place).collect();
    assert_eq!(found, ["the history of git"], "in a commit that was taken back");
}
