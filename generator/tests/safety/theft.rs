//! Keys that are stolen, lost, old, wrong or open to others: what they did, and what becomes of it.

use std::fs;
use std::path::{Path, PathBuf};

use openbadges::key::SigningKey;
use serde_json::Value;

use super::support::{id, key};
use super::{Desk, told};

impl Desk {
    /// Where the private key of this name is.
    fn place_of(&self, name: &str) -> PathBuf {
        self.outside.path().join(format!("accolade/badges.club.example/{name}.key"))
    }

    /// A copy of a published file, as somebody took it home.
    fn take_home(&self, file: &str, name: &str) -> PathBuf {
        let copy = self.outside.path().join(name);
        fs::copy(self.path(&format!("public/{file}")), &copy).unwrap();
        copy
    }

    /// What a verifier answers who reads the built site: verdict and codes.
    fn verdict(&self, input: &Path) -> (Value, Vec<String>) {
        self.verdict_at(input, "public")
    }

    pub(super) fn verdict_at(&self, input: &Path, site: &str) -> (Value, Vec<String>) {
        let output = self.run(&["verify", input.to_str().unwrap(), "--site", site, "--json"]);
        let report: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error} {}", told(&output)));
        let checks = report["checks"].as_array().unwrap();
        let codes = checks.iter().filter_map(|check| check["code"].as_str().map(str::to_owned));
        (report["verdict"].clone(), codes.collect())
    }

    fn award_of(&self, n: u32) -> Value {
        serde_json::from_str(&self.repository.read(&self.file_of(n, "json"))).unwrap()
    }

    fn published_file(&self, n: u32, name: &str) -> PathBuf {
        self.path(&format!("public/a/{}/{name}", id(n)))
    }
}

const STOLEN: [&str; 6] = ["reseal", "--key", "k1", "--reason", "stolen", "--yes"];

#[test]
fn after_a_theft_the_true_awards_are_signed_again_and_the_old_copies_count_for_nothing() {
    let desk = Desk::published();
    desk.done(&["build"]);
    let handed_out = desk.take_home(&format!("a/{}/badge.png", id(1)), "old.png");
    assert_eq!(desk.verdict(&handed_out).0, "valid");
    let before = desk.award_of(1);
    let files = desk.repository.files("badges");

    // Step by step, each told when it comes too early.
    desk.refused(&["reseal", "--key", "k1"], 2, "no other active key");
    desk.refused(&["keygen", "--issuer", "club", "--recovery", " "], 2, "wants a reason");
    desk.done(&["keygen", "--issuer", "club", "--recovery", "stolen"]);
    desk.refused(&["reseal", "--key", "k1"], 2, "--reason");
    desk.refused(&["reseal", "--key", "k7", "--reason", "stolen"], 2, "there is: k1, k2");
    desk.refused(&STOLEN[..5], 2, "--yes");
    let shown = desk.done(&[&STOLEN[..5], &["--dry-run"]].concat());
    assert!(shown.contains(&id(1).text()) && shown.contains("2 withdrawn badges"), "{shown}");
    assert!(!shown.contains(&id(4).text()), "withdrawn: {shown}");
    for (path, bytes) in &files {
        assert!(fs::read(desk.path(&format!("badges/{path}"))).unwrap() == *bytes, "{path}");
    }

    let said = desk.done(&STOLEN);
    assert!(said.contains("4 badges signed again") && said.contains("fetch"), "{said}");
    desk.done(&["check"]);
    desk.done(&["check", "--against", "main"]);
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("assertions/")) {
        let now = fs::read(desk.path(&format!("badges/{path}"))).unwrap();
        let Some(stem) = path.strip_suffix(".json") else { continue };
        let kept = format!("badges/superseded/{}-k1.json", &stem[stem.len() - 26..]);
        if [id(4), id(6)].iter().any(|withdrawn| path.contains(&withdrawn.text())) {
            assert!(now == *bytes && !desk.path(&kept).exists(), "{path}");
        } else {
            assert!(now != *bytes && fs::read(desk.path(&kept)).unwrap() == *bytes, "{path}");
        }
    }
    // The same words, at the same address; only the day from which they count is a later one.
    let after = desk.award_of(1);
    assert!(after["validFrom"].as_str() > before["validFrom"].as_str());
    let without = |mut award: Value| {
        for member in ["proof", "validFrom"] {
            award.as_object_mut().unwrap().remove(member);
        }
        award
    };
    assert_eq!(without(after), without(before));

    desk.commit();
    desk.done(&["build"]);
    let (verdict, codes) = desk.verdict(&handed_out);
    assert_eq!(verdict, "invalid");
    assert!(codes.contains(&"key-revoked".to_owned()), "{codes:?}");
    let report = desk.run(&["verify", handed_out.to_str().unwrap(), "--site", "public", "--json"]);
    assert!(told(&report).contains("fresh-copy"), "the report says what to do: {}", told(&report));
    let page = desk.repository.read(&format!("public/a/{}/index.html", id(1)));
    assert!(page.contains("a signé ce badge de nouveau le"), "and so does the page");
    let page = desk.repository.read(&format!("public/a/{}/index.html", id(4)));
    assert!(!page.contains("a signé ce badge de nouveau"), "it was withdrawn, and not signed");
    for n in [1, 2, 5] {
        for name in ["badge.png", "credential.json", "assertion.json"] {
            assert_eq!(desk.verdict(&desk.published_file(n, name)).0, "valid", "{n} {name}");
        }
    }
    assert_eq!(desk.verdict(&desk.published_file(4, "credential.json")).0, "invalid");
    let names = desk.repository.files("public");
    assert!(!names.iter().any(|(path, _)| path.contains("superseded")));

    // Again: nothing.
    let files = desk.repository.files("badges");
    let again = desk.json(&["reseal", "--key", "k1", "--yes"]);
    assert_eq!(again["awards"].as_array().unwrap().len(), 0, "{again}");
    assert!(desk.repository.files("badges") == files);
    let new = desk.json(&["award", "accueil", "--no-recipient"]);
    assert_eq!(new["sealed"], true, "{new}");
    desk.done(&["check", "--against", "HEAD"]);
}

#[test]
fn a_killed_reseal_goes_on_where_it_stopped() {
    let desk = Desk::published();
    desk.done(&["keygen", "--issuer", "club", "--recovery", "stolen"]);
    let old = fs::read(desk.path(&desk.file_of(1, "json"))).unwrap();
    desk.done(&STOLEN);
    let done = desk.repository.files("badges/superseded");
    // As after a kill between keeping the old bytes and putting the new ones in their place; and before both.
    fs::write(desk.path(&desk.file_of(1, "json")), &old).unwrap();
    let two = fs::read(desk.path(&format!("badges/superseded/{}-k1.json", id(2)))).unwrap();
    fs::write(desk.path(&desk.file_of(2, "json")), two).unwrap();
    desk.remove(&format!("badges/superseded/{}-k1.json", id(2)));
    desk.refused(&["check"], 1, "accolade reseal --key k1");
    let again = desk.json(&["reseal", "--key", "k1", "--yes"]);
    assert_eq!(again["awards"].as_array().unwrap().len(), 2, "{again}");
    assert!(desk.repository.files("badges/superseded") == done);
    desk.done(&["check", "--against", "main"]);
}

#[test]
fn what_changed_under_a_stolen_key_is_not_signed_again_and_what_was_kept_does_not_change() {
    let desk = Desk::published();
    desk.done(&["keygen", "--issuer", "club", "--recovery", "stolen"]);
    let (event, sealed) = (desk.file_of(1, "yaml"), desk.file_of(1, "json"));
    let (decided, signed) = (desk.repository.read(&event), desk.repository.read(&sealed));
    // The event says the same as the changed file, so that only the signature can tell.
    desk.repository.write(&event, &decided.replace("2026-03-02", "2026-03-03"));
    desk.repository.write(&sealed, &signed.replace("2026-03-02", "2026-03-03"));
    desk.refused(&STOLEN, 1, &format!("`{sealed}` was changed after it was signed"));
    assert!(!desk.path("badges/superseded").exists());
    desk.repository.write(&event, &decided);
    desk.repository.write(&sealed, &signed);
    desk.done(&STOLEN);
    desk.commit();
    let kept = format!("badges/superseded/{}-k1.json", id(1));
    let bytes = desk.repository.read(&kept);
    desk.repository.write(&kept, &bytes.replace("2026-03-02", "2026-03-03"));
    desk.refused(&["check"], 1, "sealed-proof");
    desk.remove(&kept);
    desk.refused(&["check"], 1, "sealed-missing");
    desk.repository.write(&kept, &bytes);
    desk.repository.write(&format!("badges/superseded/{}-k1.json", id(77)), &bytes);
    desk.refused(&["check"], 1, "unknown-award");
    desk.remove(&format!("badges/superseded/{}-k1.json", id(77)));
    desk.done(&["check"]);
    // Whoever asks to disappear disappears from there as well.
    desk.done(&["forget", &id(1).text(), "--yes"]);
    assert!(!desk.path(&kept).exists());
    desk.done(&["check"]);
}

#[test]
fn after_a_loss_the_old_badges_stay_good_and_a_new_key_goes_on() {
    let desk = Desk::published();
    fs::remove_file(desk.place_of("club-k1")).unwrap();
    let said = desk.done(&["award", "accueil", "--no-recipient"]);
    assert!(said.contains("waits for its private key (k1), which is not at hand"), "{said}");
    desk.refused(&["seal"], 1, "private key (k1)");
    desk.refused(&["keygen", "--issuer", "club"], 2, "introduced by an active one");
    desk.refused(&["keygen", "--issuer", "club", "--recovery", "lost", "--retire", "k9"], 2, "k1");
    assert!(!desk.place_of("club-k2").exists(), "nothing was made");
    let said = desk.done(&["keygen", "--issuer", "club", "--recovery", "lost", "--retire", "k1"]);
    assert!(said.contains("k1 is retired"), "{said}");
    let file = desk.repository.read("badges/issuers/club/keys/k2.yaml");
    assert!(file.contains("recovery:\n  reason: lost"), "{file}");
    assert!(desk.repository.read("badges/issuers/club/keys/k1.yaml").contains("\nretired: 20"));
    desk.done(&["seal"]);
    desk.done(&["check", "--against", "main"]);
    desk.commit();
    desk.done(&["build"]);
    assert_eq!(desk.verdict(&desk.published_file(1, "badge.png")).0, "valid");
    let new = desk.json(&["award", "accueil", "--no-recipient"]);
    assert_eq!(new["sealed"], true);
    desk.done(&["build"]);
    let new = format!("public/a/{}/badge.png", new["id"].as_str().unwrap());
    assert_eq!(desk.verdict(&desk.path(&new)).0, "valid");
}

#[test]
fn a_key_is_followed_by_one_that_it_introduces_and_signs_no_more() {
    let desk = Desk::published();
    let made = desk.json(&["keygen", "--issuer", "club", "--retire", "k1"]);
    assert_eq!((made["kid"].as_str(), made["retired"][0].as_str()), (Some("k2"), Some("k1")));
    let new = desk.repository.read("badges/issuers/club/keys/k2.yaml");
    assert!(new.contains("introduced_by:\n  key: k1\n  proof: z"), "{new}");
    let old = desk.repository.read("badges/issuers/club/keys/k1.yaml");
    assert!(old.starts_with("type: Ed25519\n") && old.contains("\nretired: 20"), "{old}");
    desk.refused(&["keygen", "--issuer", "club", "--retire", "k1"], 2, "signs no more already");
    desk.done(&["check", "--against", "main"]);
    let awarded = desk.json(&["award", "accueil", "--no-recipient"]);
    let sealed = awarded["file"].as_str().map(|event| event.replace(".yaml", ".json"));
    let sealed = desk.repository.read(&sealed.unwrap());
    assert!(sealed.contains(made["multibase"].as_str().unwrap()));
    desk.commit();
    desk.done(&["build"]);
    assert_eq!(desk.verdict(&desk.published_file(1, "badge.png")).0, "valid");
    let new = format!("public/a/{}/badge.png", awarded["id"].as_str().unwrap());
    assert_eq!(desk.verdict(&desk.path(&new)).0, "valid");
    // Somebody writes a key of their own into the repository, and says that k1 vouches for it.
    let forged = SigningKey::from_seed(&[9; 32]).public().to_multikey();
    let text = desk.repository.read("badges/issuers/club/keys/k2.yaml");
    let text = text.replace(made["multibase"].as_str().unwrap(), &forged);
    desk.repository.write("badges/issuers/club/keys/k3.yaml", &text);
    desk.refused(&["check"], 1, "key-introducer");
}

#[test]
fn a_wrong_key_is_said_to_be_a_wrong_key() {
    let desk = Desk::published();
    let (old, stranger) = (desk.place_of("club-k1"), desk.outside.path().join("stranger.key"));
    let stranger = camino::Utf8PathBuf::from_path_buf(stranger).unwrap();
    accolade::keys::write_new(&SigningKey::from_seed(&[9; 32]), &stranger, "").unwrap();
    desk.refused(&["seal", "--key", stranger.as_str()], 2, "belongs to no issuer");
    desk.refused(&["seal", "--key", "nowhere.key"], 2, "does not exist");
    let empty = desk.outside.path().join("empty.key");
    fs::write(&empty, "# nothing\n").unwrap();
    restrict(&empty, 0o600);
    desk.refused(&["seal", "--key", empty.to_str().unwrap()], 2, "holds no private key");
    desk.done(&["keygen", "--issuer", "club", "--retire", "k1"]);
    desk.refused(&["seal", "--key", old.to_str().unwrap()], 2, "which is retired");
    // A build server that still has the old one.
    let new = desk.place_of("club-k2");
    fs::rename(&new, desk.outside.path().join("new.key")).unwrap();
    desk.done(&["award", "accueil", "--no-recipient"]);
    let secret = key().to_secret_multikey();
    let output = desk.command(&["seal"]).env("ACCOLADE_KEY", secret.as_str()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("private key (k2)"), "{}", told(&output));
    assert!(told(&output).contains("k1 of `club` (ACCOLADE_KEY): it is retired"));
    assert!(!told(&output).contains(secret.as_str()));
    desk.done(&["seal", "--key", desk.outside.path().join("new.key").to_str().unwrap()]);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused_with_the_command_that_helps() {
    let desk = Desk::published();
    let file = desk.place_of("club-k1");
    restrict(&file, 0o644);
    let help = format!("chmod 600 {}", file.display());
    desk.refused(&["award", "accueil", "--no-recipient"], 2, &help);
    desk.refused(&["seal", "--key", file.to_str().unwrap()], 2, &help);
    restrict(&file, 0o600);
    desk.done(&["seal"]);
}

#[cfg(unix)]
fn restrict(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) {}
