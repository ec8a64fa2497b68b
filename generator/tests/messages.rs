//! Messages to people who were awarded a badge, and what `award` for one person prints once: with the real command.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use std::fs;

use accolade::id::AwardId;
use support::leaks::Secrets;
use support::office::{Message, Office, messages};

const SHEET: &str = "e-mail;nom;langue\nada@example.org;Ada Lovelace;en\nzoe@example.org;Zoé Prototype;fr\n;Cem Sansadresse;fr\n";

/// The one line of a message that is an address of the site.
fn link(message: &Message) -> &str {
    let mut lines = message.body.lines().filter(|line| line.starts_with("https://badges."));
    let link = lines.next().unwrap();
    assert_eq!(lines.next(), None, "one link: {}", message.body);
    link
}

fn id_of(link: &str) -> AwardId {
    let page = link.split('#').next().unwrap().trim_end_matches('/');
    AwardId::parse(page.rsplit('/').next().unwrap()).unwrap()
}

#[test]
fn each_person_has_a_message_in_the_language_of_the_badge_with_the_private_link_and_how_to_refuse()
{
    let office = Office::new();
    let folder = office.outside("messages");
    let folder_name = folder.to_str().unwrap();
    // A name that would be a formula, a header or a command elsewhere is only a name.
    let sheet = office.sheet(
        "e-mail;nom;langue;id\nada@example.org;\"=Ada \"\"Countess\"\" <x>\";en;\nzoe@example.org;Zoé Prototype;fr;\n;Cem Sansadresse;fr;ADH-0003\n",
    );
    let award = ["award", "mandat", "--csv", &sheet, "--public-hash", "--mail-merge", folder_name];
    let (_, said) = office.done(&award);
    assert!(
        said.contains("2 messages written") && said.contains("1 person has no address"),
        "{said}"
    );
    assert!(said.contains("Nothing is sent"), "{said}");
    let written = messages(&folder);
    assert_eq!(written.len(), 2);
    let entries = office.entries();
    for (file, message) in &written {
        let Message { head, body } = message;
        let link = link(message);
        let entry = &entries[&id_of(link)];
        assert_eq!(
            *file,
            format!("{}.eml", id_of(link)),
            "the file's name says nothing of the person"
        );
        let salt = entry.name_salt.as_deref().unwrap();
        assert!(link.contains("/#n=") && link.ends_with(&format!("&s={salt}")), "{link}");
        assert!(head.contains(&format!("<{}>", entry.email.as_deref().unwrap())), "{head}");
        assert!(head.contains("text/plain") && !head.to_lowercase().contains("html"), "{head}");
        assert_eq!(
            head.matches("\r\nTo:").count() + head.matches("\r\nSubject:").count(),
            2,
            "{head}"
        );
        let (lang, refuse) = match head.contains("Content-Language: fr") {
            true => ("Bonjour Zoé Prototype,", "Vous n’en voulez pas"),
            false => ("Hello =Ada \"Countess\" <x>,", "You do not want it"),
        };
        assert!(body.starts_with(lang), "{body}");
        assert!(body.contains(refuse) && body.contains("bonjour@club.example"), "{body}");
        assert!(entry.message.is_some(), "the register knows that a message was written");
    }
    assert_eq!(
        written.iter().filter(|(_, it)| it.head.contains("Content-Language: en")).count(),
        1
    );
    let (_, said) = office.done(&award);
    assert!(said.contains("2 people have had their messages before"), "{said}");
    office.assert_quiet(Secrets::default());
}

#[cfg(unix)]
#[test]
fn messages_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = Office::new();
    let folder = office.outside("messages");
    office.done(&[
        "award",
        "accueil",
        "--to",
        "ada@example.org",
        "--public-hash",
        "--mail-merge",
        folder.to_str().unwrap(),
    ]);
    let mode = |place: &std::path::Path| fs::metadata(place).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let file = folder.join(&messages(&folder)[0].0);
    assert_eq!(mode(&file), 0o600);
    for entry in fs::read_dir(office.register_folder()).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[test]
fn messages_can_be_written_later_and_not_to_those_whose_badge_was_withdrawn() {
    let office = Office::new();
    let file =
        office.sheet(SHEET.replace("\n;Cem Sansadresse;fr", "\ncem@example.org;Cem Avec;fr"));
    let folder = office.outside("messages");
    let folder_name = folder.to_str().unwrap();
    let (links, said) = office.done(&["award", "accueil", "--csv", &file, "--public-hash"]);
    assert!(said.contains("--mail-merge"), "how to send the links is told: {said}");
    office.done(&["revoke", links.lines().next().unwrap()]);
    let later = ["award", "accueil", "--mail-merge", folder_name];
    let (out, said) = office.done(&[&later[..], &["--dry-run"]].concat());
    assert!(out.is_empty() && said.contains("3 messages") && !folder.exists(), "{out}{said}");
    let (out, said) = office.done(&later);
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(said.contains("1 badge is withdrawn"), "{said}");
    let (out, said) = office.done(&later);
    assert!(out.is_empty() && said.contains("2 people have had their messages before"), "{said}");
    // A message that nobody noted (a killed command) is not written over.
    let kept = messages(&folder);
    for entry in office.entries().into_keys() {
        let place = office.register_folder().join(format!("{entry}.yaml"));
        let text = fs::read_to_string(&place).unwrap();
        fs::write(
            place,
            text.lines()
                .filter(|line| !line.starts_with("message:"))
                .fold(String::new(), |all, line| all + line + "\n"),
        )
        .unwrap();
    }
    let (_, said) = office.done(&later);
    assert!(said.contains("2 messages were in the folder already"), "{said}");
    assert_eq!(messages(&folder).len(), kept.len());
    office.assert_quiet(Secrets::default());
}

#[test]
fn messages_never_go_where_a_commit_or_the_site_would_hold_them() {
    let office = Office::new();
    let award = ["award", "accueil", "--to", "ada@example.org", "--public-hash", "--mail-merge"];
    for folder in ["messages", "public/messages", "badges", "."] {
        let told = office.refused(&[&award[..], &[folder]].concat(), 2);
        assert!(told.contains("outside the repository"), "{folder}: {told}");
    }
    assert!(office.awards().is_empty(), "refused before anything is awarded");
    office.settings("public", None);
    let told = office.refused(&["award", "accueil", "--mail-merge", "../messages"], 2);
    assert!(told.contains("without a register"), "{told}");
}

#[test]
fn the_private_link_is_printed_once_and_shows_the_name_to_whoever_has_it() {
    let office = Office::new();
    let name = "Zoé d’Échantillon";
    let award = ["award", "accueil", "--to", "zoe@example.org", "--public-hash", "--name", name];
    // What was said here is for the person, so it is not looked through below.
    let (link, said) = support::office::streams(&office.run_in("en", &award));
    let link = link.trim_end();
    let salt = office.entries().into_values().next().unwrap().name_salt.unwrap();
    assert!(
        link.ends_with(&format!("/#n=Zo%C3%A9%20d%E2%80%99%C3%89chantillon&s={salt}")),
        "{link}"
    );
    assert!(said.contains("It is told here once"), "{said}");
    assert!(
        !said.contains(&salt) && !said.contains(name),
        "beside the link nothing says it: {said}"
    );
    let (again, said) = office.done(&award);
    assert_eq!(again, "", "not a second time");
    assert!(!said.contains(&salt), "{said}");
    office.done(&["build"]);
    office.commit();
    let (_, quiet) = office.done(&["check"]);
    assert!(!quiet.contains(&salt));
    office.assert_quiet(Secrets::default());
    // The link is an answer to the verifier, and without its end says nothing of the name.
    let shown = support::office::streams(
        &office.run_in("en", &["verify", link, "--site", "public", "--offline"]),
    );
    assert!(shown.0.contains("Zoé d’Échantillon"), "{shown:?}");
    let page = link.split('#').next().unwrap();
    let (hidden, _) = office.done(&["verify", page, "--site", "public", "--offline"]);
    assert!(!hidden.contains("chantillon"), "{hidden}");
}

#[test]
fn without_a_register_the_message_is_the_one_place_that_keeps_the_private_link() {
    let office = Office::new();
    office.settings("public", None);
    let folder = office.outside("messages");
    let award =
        ["award", "accueil", "--to", "zoe@example.org", "--public-hash", "--name", "Zoé Prototype"];
    let folder_name = folder.to_str().unwrap();
    let told = office.run_in("fr", &[&award[..], &["--mail-merge", folder_name]].concat());
    let (said, _) = support::office::streams(&told);
    let (_, message) = &messages(&folder)[0];
    assert!(said.contains("/#n=Zo%C3%A9%20Prototype&s="), "{said}");
    assert_eq!(link(message), said.trim_end());
    assert!(message.body.starts_with("Bonjour Zoé Prototype,"), "{}", message.body);
    let salt = said.trim_end().rsplit('=').next().unwrap();
    office.assert_quiet(Secrets::default().with("salt", salt).with("name", "Zoé Prototype"));
}

#[test]
fn criteria_levels_and_renewals_hold_for_one_person_as_for_many() {
    let office = Office::new();
    let to = |class: &'static str| ["award", class, "--to", "ada@example.org", "--public-hash"];
    for (arguments, said) in [
        (
            [&to("atelier")[..], &["--met", "presenter"]].concat(),
            "1 item is met, and this badge asks for 2",
        ),
        (
            [&to("atelier")[..], &["--met", "presenter", "--met", "presenter"]].concat(),
            "1 item is met",
        ),
        (to("atelier").to_vec(), "which criteria are met?"),
        ([&to("sol")[..], &["--level", "2"]].concat(), "wants level 1 first"),
        (["award", "accueil", "--to", "ada@example.org"].to_vec(), "--public-hash"),
    ] {
        let told = office.refused(&arguments, 2);
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(office.awards().is_empty());
    office.done(&[&to("atelier")[..], &["--met", "presenter", "--met", "ecouter"]].concat());
    let reason = "jury of 2 June, by word of mouth";
    office.done(&[&to("sol")[..], &["--level", "2", "--override", reason]].concat());
    assert!(office.entries().into_values().any(|it| it.override_reason.as_deref() == Some(reason)));
    let other = ["award", "sol", "--to", "bob@example.org", "--public-hash", "--level"];
    office.done(&[&other[..], &["1"]].concat());
    office.done(&[&other[..], &["2"]].concat());
    let (first, _) = office.done(&[&to("mandat")[..], &["--date", "2025-03-12"]].concat());
    let renew = |id: &str, to: &str| {
        ["award", "mandat", "--to", to, "--public-hash", "--renews", id].map(str::to_owned)
    };
    let renew = |id: &str, to: &str| office.run(&renew(id, to).each_ref().map(String::as_str));
    let told = |output| {
        let (out, err) = support::office::streams(&output);
        out + &err
    };
    let first = id_of(first.trim_end()).text();
    let foreign = told(renew(&first, "bob@example.org"));
    assert!(foreign.contains("is somebody else’s"), "{foreign}");
    let second = renew(&first, "ada@example.org");
    assert!(second.status.success(), "{}", told(second));
    let events = office.repository.files("badges/assertions");
    let renews = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.lines().any(|line| line.starts_with("renews:") && line.contains(&first))
    };
    assert_eq!(events.iter().filter(|(_, bytes)| renews(bytes)).count(), 1);
    office.commit();
    office.done(&["build"]);
    office.assert_quiet(Secrets::default());
}
