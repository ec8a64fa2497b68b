//! The secretary's journey, in French: one command on a colleague's machine, then everything in the browser; at the end,
//! nothing of anybody is anywhere.

use std::fs;
use std::path::Path;

use crate::runner::{Association, BASE_URL, Event, ISSUER, NAME, told};
use crate::{sealed, traces};

/// As the generated README says it, with what changes from badge to badge.
fn draft(day: &str, story: &str) -> String {
    format!("class: benevole\nawarded: {day}\nevidence:\n  - narrative: {story}\n")
}

#[test]
fn a_secretary_publishes_shows_withdraws_and_leaves_no_trace_of_anybody() {
    let mut club = Association::new("github", "fr");
    let root = club.path("badges");

    // « Avant de publier » and « Mettre en ligne »: what was guessed is corrected, the secret pasted.
    let issuer = format!("badges/issuers/{ISSUER}/issuer.yaml");
    let guessed = club.on_the_forge(&issuer);
    let correct = guessed.replace("contact@amis-marais.example", "bonjour@amis-marais.example");
    assert_ne!(guessed, correct);
    club.propose("coordonnees", &issuer, Some(&correct));
    club.give_the_secret();
    club.merge("coordonnees");
    club.publishes(Event::Push);

    // « Remettre un badge depuis le navigateur », with the text of the README itself.
    let readme = club.on_the_forge("README.md");
    let example = readme.split("```yaml").nth(1).unwrap().split("```").next().unwrap();
    let example: String = example
        .lines()
        .map(|line| format!("{}\n", line.strip_prefix("   ").unwrap_or_default()))
        .collect();
    assert!(example.contains("class: benevole"), "{example}");
    club.propose("un-badge", "badges/assertions/new/2026-03-12-a.yaml", Some(&example));
    for run in club.run(Event::Proposal("un-badge")) {
        assert!(!run.failed, "{}", run.log);
    }
    club.merge("un-badge");
    let site = club.publishes(Event::Push);

    // The page is where the README says its link is.
    let id = sealed(&club).remove(0);
    assert!(readme.contains(&format!("{BASE_URL}/a/IDENTIFIANT/")));
    let said = String::from_utf8(club.said.clone()).unwrap();
    assert!(
        said.contains(&format!("{BASE_URL}/a/{id}/")),
        "the log of the step that signs names the link"
    );
    let page = fs::read_to_string(site.join(format!("a/{id}/index.html"))).unwrap();
    for words in ["Bénévole", "buvette", NAME] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let site = site.to_str().unwrap().to_owned();
    let address = format!("{BASE_URL}/a/{id}/credential.json");
    let verdict = club.accolade(&root, &["verify", &address, "--site", &site, "--offline"]);
    assert_eq!(
        verdict.status.code(),
        Some(0),
        "{}{}",
        String::from_utf8_lossy(&verdict.stdout),
        told(&verdict)
    );

    // Two more on one day by two people; a mistake is red, and mended on the same branch.
    let second = "badges/assertions/new/2026-03-14-a.yaml";
    club.propose("deuxieme", second, Some(&draft("2026-13-14", "A planté la haie.")));
    assert!(club.run(Event::Proposal("deuxieme")).iter().any(|run| run.failed));
    club.propose("deuxieme", second, Some(&draft("2026-03-14", "A planté la haie.")));
    club.propose(
        "troisieme",
        "badges/assertions/new/2026-03-14-b.yml",
        Some(&draft("2026-03-14", "A tenu la caisse.")),
    );
    club.merge("deuxieme");
    club.merge("troisieme");
    club.publishes(Event::Push);
    assert_eq!(sealed(&club).len(), 3);

    // « Retirer un badge ».
    club.propose("retrait", &format!("badges/revocations/{id}.yaml"), Some("date: 2026-04-01\n"));
    for run in club.run(Event::Proposal("retrait")) {
        assert!(!run.failed, "{}", run.log);
    }
    club.merge("retrait");
    let site = club.publishes(Event::Push);
    let withdrawn =
        club.accolade(&root, &["verify", &address, "--site", site.to_str().unwrap(), "--offline"]);
    assert_eq!(withdrawn.status.code(), Some(1), "{}", String::from_utf8_lossy(&withdrawn.stdout));

    nothing_of_anybody_is_left(&mut club, &site);
}

/// The key is on the association's machine and in the secret, and nowhere else; nobody's address got in.
fn nothing_of_anybody_is_left(club: &mut Association, site: &Path) {
    let mut places = traces::files(site);
    places.push(traces::history(&club.path("origin.git")));
    places.push(("what was said".to_owned(), std::mem::take(&mut club.said)));
    assert_eq!(traces::of(&club.key_line(), &places), Vec::<&str>::new());
    // These are nobody's: they stand in the examples of the README, and on no page.
    places.retain(|(place, _)| place != "the history");
    for example in ["Merle Fable", "merle@personnes.example"] {
        assert_eq!(traces::of(example, &places), Vec::<&str>::new());
    }
    places.push(traces::history(&club.path("origin.git")));
    let known = [
        "bonjour@amis-marais.example",
        "contact@amis-marais.example",
        "secretariat@amis-marais.example",
        "noreply@badges.amis-marais.example",
        "merle@personnes.example",
        // What the page that verifies shows in an empty field.
        "prenom.nom@exemple.fr",
    ];
    for (place, bytes) in places.iter().filter(|(place, _)| !place.ends_with(".png")) {
        let found = traces::addresses(&String::from_utf8_lossy(bytes), &known);
        assert_eq!(found, Vec::<String>::new(), "{place}");
    }
}
