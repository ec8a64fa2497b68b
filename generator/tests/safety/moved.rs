//! A site that moves: what was signed names the old address for ever, so the old address goes on answering.

use serde_json::Value;

use super::Desk;
use super::support::id;

const OLD: &str = "https://badges.club.example";
const NEW: &str = "https://badges.club.org";

#[test]
fn a_site_that_moves_is_published_at_both_addresses_and_both_verify() {
    let desk = Desk::published();
    desk.done(&["build"]);
    let old_page = desk.path(&format!("public/a/{}/badge.png", id(1)));
    let handed_out = desk.outside.path().join("old.png");
    std::fs::copy(old_page, &handed_out).unwrap();
    let settings = desk.repository.read("accolade.yaml");
    let moved = settings.replace(OLD, NEW);
    desk.repository.write("accolade.yaml", &moved);
    desk.refused(&["check"], 1, &format!("former_base_urls: [{OLD}]"));
    desk.refused(&["build"], 1, "former_base_urls");
    desk.repository.write("accolade.yaml", &format!("{moved}former_base_urls: [{OLD}]\n"));
    desk.key_file_at(&super::support::key(), "badges.club.org/club-k1");
    desk.done(&["check", "--against", "main"]);

    // Before anything is signed under the new address, and after.
    let tree = "public-former/badges.club.example";
    let said = desk.done(&["build"]);
    assert!(said.contains(&format!("{OLD}: publish {tree} there")), "{said}");
    assert_eq!(desk.verdict_at(&handed_out, tree).0, "valid");
    let new = desk.json(&["award", "accueil", "--no-recipient"]);
    assert_eq!(new["sealed"], true);
    desk.commit();
    assert!(!desk.git(&["ls-files"]).contains("public-former"), "git sees nothing of it");
    let built = desk.json(&["build"]);
    assert_eq!(built["former"][0]["address"], OLD, "{built}");
    assert_eq!(desk.verdict_at(&handed_out, tree).0, "valid");
    let new_id = new["id"].as_str().unwrap();
    let new_file = desk.path(&format!("public/a/{new_id}/badge.png"));
    assert_eq!(desk.verdict_at(&new_file, "public").0, "valid");
    assert!(!desk.path(&format!("{tree}/a/{new_id}")).exists(), "it was never there");

    // Every address that was ever published still answers over there, and speaks for its own host.
    for path in desk.repository.read("badges/urls.ledger").lines().filter(|l| !l.starts_with('#')) {
        assert!(desk.path(&format!("{tree}/{path}")).exists(), "{path}");
    }
    let did: Value =
        serde_json::from_str(&desk.repository.read(&format!("{tree}/issuers/club/did.json")))
            .unwrap();
    assert_eq!(did["id"], "did:web:badges.club.example:issuers:club");

    // Withdrawn at home, withdrawn over there.
    desk.done(&["revoke", &id(1).text()]);
    desk.done(&["build"]);
    assert_eq!(desk.verdict_at(&handed_out, tree).0, "invalid");
    desk.done(&["check"]);
}

#[test]
fn a_stolen_key_is_replaced_at_the_old_address_too() {
    let desk = Desk::published();
    let settings = desk.repository.read("accolade.yaml").replace(OLD, NEW);
    desk.repository.write("accolade.yaml", &format!("{settings}former_base_urls: [{OLD}]\n"));
    desk.key_file_at(&super::support::key(), "badges.club.org/club-k1");
    desk.done(&["award", "accueil", "--no-recipient"]);
    desk.commit();
    desk.done(&["keygen", "--issuer", "club", "--recovery", "stolen"]);
    desk.done(&["reseal", "--key", "k1", "--reason", "stolen", "--yes"]);
    desk.done(&["check", "--against", "main"]);
    desk.done(&["build"]);
    let tree = "public-former/badges.club.example";
    for n in [1, 2, 5] {
        let file = desk.path(&format!("{tree}/a/{}/credential.json", id(n)));
        assert_eq!(desk.verdict_at(&file, tree).0, "valid", "{n}");
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains("did:web:badges.club.example:issuers:club#"), "{text}");
    }
}
