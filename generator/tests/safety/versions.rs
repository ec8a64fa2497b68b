//! What awards mean stays, and what was withdrawn stays withdrawn once it is published.

use std::fs;

use serde_json::Value;

use super::support::{self, Award, id};
use super::{Desk, told};

const CLASS: &str = "badges/classes/accueil";

#[test]
fn a_badge_that_was_awarded_goes_on_under_the_next_number() {
    let desk = Desk::published();
    let (badge, criteria) = (format!("{CLASS}/badge.yaml"), format!("{CLASS}/criteria.md"));
    let before = desk.repository.read(&badge);
    // The new words are there before anybody asked how.
    desk.repository.write(&criteria, "Accueillir, et écouter.\n");
    desk.refused(&["check"], 1, "frozen-version-changed");
    let opened = desk.json(&["version", "accueil"]);
    assert_eq!((opened["from"].as_u64(), opened["to"].as_u64()), (Some(1), Some(2)));
    assert_eq!(desk.repository.read(&badge), before.replace("version: 1", "version: 2"));
    desk.done(&["check", "--against", "main"]);
    desk.refused(&["version", "accueil"], 1, "version 2 of `accueil` was never awarded");
    assert_eq!(desk.repository.read(&badge), before.replace("version: 1", "version: 2"));
    desk.done(&["award", "accueil", "--no-recipient"]);
    assert!(desk.path(&format!("{CLASS}/versions/2/criteria.md")).exists());
    desk.done(&["check"]);
    desk.done(&["build"]);
    let page = |version: u32| {
        desk.repository.read(&format!("public/badges/accueil/v{version}/index.html"))
    };
    assert!(page(1).contains("orienter") && page(2).contains("écouter"));
}

#[test]
fn a_class_that_is_not_there_or_not_awarded_opens_no_version() {
    let desk = Desk::published();
    desk.refused(&["version", "acueil"], 2, "did you mean `accueil`?");
    desk.refused(&["version", "../accueil"], 2, "there is no class");
    desk.repository.class("neuf", "", true);
    desk.refused(&["version", "neuf"], 1, "was never awarded");
    let badge = format!("{CLASS}/badge.yaml");
    let text = desk.repository.read(&badge);
    desk.repository.write(&badge, &text.replace("version: 1\n", ""));
    desk.refused(&["version", "accueil"], 1, "has no line such as `version: 1`");
    desk.repository.write(&badge, &text.replace("version: 1\n", "version: [\n"));
    desk.refused(&["version", "accueil"], 1, "has no line such as `version: 1`");
}

#[test]
fn the_words_of_a_framework_may_be_mended_and_awards_keep_theirs() {
    let repository = support::Repository::new();
    let framework = |word: &str| {
        format!(
            "name: {{ fr: Repères, en: Markers }}\nurl: https://reperes.example/\nitems:\n  \
             - code: REL-1\n    name: {{ fr: {word}, en: Listen }}\n"
        )
    };
    repository.write("badges/frameworks/reperes.yaml", &framework("Écouter"));
    repository.class("relais", "alignment: [{ framework: reperes, code: REL-1 }]\n", true);
    repository.award(Award { class: "relais", ..Award::new(1, "listed") });
    repository.seal();
    let kept = repository.read("badges/classes/relais/versions/1/alignment.yaml");
    assert!(kept.contains("Écouter") && kept.contains("framework: reperes"), "{kept}");
    let check = || repository.run(&["check"]);
    assert!(check().status.success(), "{}", told(&check()));

    repository.write("badges/frameworks/reperes.yaml", &framework("Entendre"));
    assert!(check().status.success(), "{}", told(&check()));
    repository.build(&[]);
    let of = |version: u32| {
        let file = format!("public/badges/relais/v{version}/achievement.fr.json");
        let achievement: Value = serde_json::from_str(&repository.read(&file)).unwrap();
        achievement["alignment"][0]["targetName"].clone()
    };
    assert_eq!(of(1), "Écouter");
    assert!(repository.run(&["version", "relais"]).status.success());
    repository.build(&[]);
    assert_eq!((of(1), of(2)), ("Écouter".into(), "Entendre".into()));
    // Another target is another meaning.
    let badge = "badges/classes/relais/badge.yaml";
    let text = repository.read(badge).replace("version: 2", "version: 1");
    repository.write(badge, &text.replace("REL-1", "REL-2"));
    repository
        .write("badges/frameworks/reperes.yaml", &framework("Entendre").replace("REL-1", "REL-2"));
    let output = check();
    assert!(!output.status.success() && told(&output).contains("frozen-version-changed"));
}

#[test]
fn a_withdrawal_is_taken_back_before_it_was_published_and_never_after() {
    let desk = Desk::published();
    let file = format!("badges/revocations/{}.yaml", id(1));
    let list = "badges/issuers/club/status/revocation-1.json";
    // Decided on a branch, where nobody signs: only the event is there.
    desk.git(&["checkout", "-q", "-b", "may"]);
    desk.done(&["revoke", &id(1).text()]);
    desk.remove(&file);
    desk.done(&["check", "--against", "main"]);
    desk.git(&["checkout", "-q", "main"]);
    // Signed, and not committed: the list goes back with it, as the message says.
    desk.done(&["revoke", &id(1).text()]);
    desk.remove(&file);
    let restore = format!("git checkout HEAD -- {list}");
    desk.refused(&["check"], 1, &restore);
    desk.refused(&["seal"], 1, &restore);
    desk.git(&["checkout", "HEAD", "--", list]);
    let said = desk.done(&["check"]);
    assert!(!said.contains("warning["), "{said}");
    let nothing = desk.done(&["seal"]);
    assert!(nothing.contains("nothing waits"), "{nothing}");
    // Published.
    desk.done(&["revoke", &id(1).text()]);
    desk.commit();
    desk.remove(&file);
    desk.commit();
    for command in ["check", "seal", "build"] {
        desk.refused(&[command], 1, "a published withdrawal is final");
    }
    desk.refused(&["revoke", &id(1).text()], 1, "a published withdrawal is final");
    // With an older list put back as well.
    let old = desk.git(&["show", &format!("HEAD~2:{list}")]);
    fs::write(desk.path(list), old).unwrap();
    desk.refused(&["check", "--against", "HEAD"], 1, "status-bit-cleared");
}
