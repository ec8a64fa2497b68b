//! `keygen`, `award`, `revoke` and `seal` as a user runs them: exit codes, streams, files.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use openbadges::key::SigningKey;
use serde_json::Value;
use support::{Award, Repository, id, key};

/// A repository, a place for private keys outside it, and no key of whoever runs the tests.
struct Desk {
    repository: Repository,
    outside: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let outside = tempfile::tempdir().unwrap();
        Self { repository: Repository::new(), outside }
    }

    /// A file with the private key of the repository's issuer.
    fn key_file(&self) -> String {
        self.key_file_of(&key(), "club.key")
    }

    fn key_file_of(&self, key: &SigningKey, name: &str) -> String {
        let file = camino::Utf8Path::from_path(self.outside.path()).unwrap().join(name);
        if !file.exists() {
            accolade::keys::write_new(key, &file, "a test key").unwrap();
        }
        file.into_string()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.repository
            .command(arguments)
            .env("XDG_CONFIG_HOME", self.outside.path())
            .env_remove("ACCOLADE_KEY")
            .env_remove("ACCOLADE_KEY_FILE")
            .output()
            .unwrap()
    }

    fn on_branch(&self, branch: &str) {
        self.repository.write(".git/HEAD", &format!("ref: refs/heads/{branch}\n"));
    }

    fn files_below(&self, folder: &str) -> Vec<String> {
        let all = self.repository.files(folder).into_iter();
        all.map(|(path, _)| path).collect()
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

const AWARD: [&str; 4] = ["award", "accueil", "--to", "alize@example.org"];

#[test]
fn an_award_with_a_key_at_hand_is_signed_at_once_and_answers_with_its_link_alone() {
    let desk = Desk::new();
    desk.on_branch("main");
    let key = desk.key_file();
    let output = desk.run(&[&AWARD[..], &["--key", &key]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    let answer = out(&output);
    let link = answer.trim_end();
    let id = link.strip_prefix("https://badges.club.example/a/").unwrap().trim_end_matches('/');
    assert_eq!(id.len(), 26, "standard output is the link and nothing else: {answer}");
    let written = desk.files_below("badges/assertions");
    assert_eq!(written.len(), 2, "{written:?}");
    assert!(written.iter().all(|file| file.contains(id)));
    assert!(err(&output).contains("signed"), "{}", err(&output));
    let ledger = desk.repository.read("badges/urls.ledger");
    assert!(ledger.contains("\nbadges/accueil/v1/\n") && !ledger.contains(id), "{ledger}");
    let check = desk.run(&["check"]);
    assert_eq!(code(&check), 0, "{}", err(&check));
    // Again, in capitals: nothing new, and no error.
    let again = desk.run(&["award", "accueil", "--to", "ALIZE@EXAMPLE.ORG", "--key", &key]);
    assert_eq!((code(&again), out(&again)), (0, String::new()));
    assert!(err(&again).contains(id), "{}", err(&again));
    assert_eq!(desk.files_below("badges/assertions").len(), 2);
}

#[test]
fn without_a_key_or_on_another_branch_the_event_waits_and_that_is_said() {
    let desk = Desk::new();
    desk.on_branch("main");
    let output = desk.run(&AWARD);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(desk.files_below("badges/assertions").len(), 1);
    assert!(err(&output).contains("waits for its private key"), "{}", err(&output));
    let waiting = desk.run(&["seal"]);
    assert_eq!(code(&waiting), 1, "the answer is: not sealed");

    desk.on_branch("badges-of-may");
    let key = desk.key_file();
    let output = desk.run(&["award", "accueil", "--no-recipient", "--key", &key]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("`badges-of-may`"), "{}", err(&output));
    assert_eq!(desk.files_below("badges/assertions").len(), 2, "two events, nothing sealed");
    let refused = desk.run(&["seal", "--key", &key]);
    assert_eq!(code(&refused), 2);
    assert!(err(&refused).contains("`main`"), "{}", err(&refused));
    assert!(!desk.repository.path("badges/issuers/club/status").exists());

    desk.on_branch("main");
    let sealed = desk.run(&["seal", "--key", &key, "--format", "json"]);
    assert_eq!(code(&sealed), 0, "{}", err(&sealed));
    let report: Value = serde_json::from_str(&out(&sealed)).unwrap();
    assert_eq!(report["sealed"].as_array().unwrap().len(), 2);
    assert_eq!(report["frozen"], serde_json::json!(["accueil@1"]));
    assert_eq!(report["lists"], serde_json::json!(["club"]));
    let before = desk.repository.files("badges");
    let again = desk.run(&["seal", "--key", &key]);
    assert_eq!(code(&again), 0);
    assert!(err(&again).contains("nothing waits"), "{}", err(&again));
    assert!(desk.repository.files("badges") == before, "sealing again changes nothing");
}

#[test]
fn a_key_that_others_can_read_or_that_is_another_issuers_signs_nothing() {
    let desk = Desk::new();
    desk.repository.award(Award::new(1, "listed"));
    let before = desk.repository.files("badges");
    let foreign = desk.key_file_of(&SigningKey::from_seed(&[9; 32]), "foreign.key");
    let output = desk.run(&["seal", "--key", &foreign]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("foreign.key"), "{}", err(&output));
    let absent = desk.run(&["seal", "--key", "/nowhere/club.key"]);
    assert_eq!(code(&absent), 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let key = desk.key_file();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        let exposed = desk.run(&["seal", "--key", &key]);
        assert_eq!(code(&exposed), 2);
        assert!(err(&exposed).contains(&format!("chmod 600 {key}")), "{}", err(&exposed));
    }
    assert!(desk.repository.files("badges") == before);
}

#[test]
fn a_dry_run_shows_the_event_and_writes_nothing() {
    let desk = Desk::new();
    let before = desk.repository.files("badges");
    let arguments = ["award", "sol", "--level", "2", "--no-recipient", "--date", "2026-03-12"];
    let output = desk.run(&[&arguments[..], &["--dry-run"]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    let event = out(&output);
    assert!(event.starts_with(
        "class: sol\nversion: 1\nlang: fr\nawarded: 2026-03-12T00:00:00Z\nlevel: 2\n"
    ));
    assert!(desk.repository.files("badges") == before);
}

#[test]
fn what_cannot_be_awarded_is_refused_with_words_and_writes_nothing() {
    let desk = Desk::new();
    desk.repository.write("été.txt", "Vu en juin.");
    let before = desk.repository.files("badges");
    for (arguments, words) in [
        (&["award", "velo", "--no-recipient"][..], "no class `velo`"),
        (&["award", "Vélo!", "--no-recipient"], "no class `Vélo!`"),
        (&["award", "sol", "--no-recipient"], "add --level, one of 1, 2"),
        (&["award", "accueil", "--level", "1", "--no-recipient"], "leave --level away"),
        (&["award", "accueil", "--to", "alize"], "e-mail"),
        (&["award", "accueil", "--did", "alize"], "not a DID"),
        (&["award", "accueil", "--url", "http://a.example"], "https://"),
        (&["award", "accueil", "--no-recipient", "--date", "demain"], "not a date"),
        (&["award", "accueil", "--no-recipient", "--date", "2999-01-01"], "in the future"),
        (&["award", "accueil", "--no-recipient", "--renews", "x"], "no award `x`"),
        (&["award", "accueil", "--no-recipient", "--evidence", "été.txt"], "without accents"),
        (&["award", "accueil", "--no-recipient", "--evidence", "x.jpg"], "`x.jpg` does not exist"),
        (&["award", "accueil", "--no-recipient", "--date", "2026-02-30"], "not a day of the cal"),
        (&["award", "accueil", "--no-recipient", "--alt", "a"], "more --alt than files"),
        (&["award", "accueil", "--no-recipient", "--in", "br"], "written in: en, fr"),
        (&["award", "accueil", "--no-recipient", "--to", "a@b.example"], "cannot be used together"),
        (&["award", "accueil"], "is missing"),
    ] {
        let output = desk.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
        assert_eq!(out(&output), "", "{arguments:?}");
    }
    assert!(desk.repository.files("badges") == before);
}

#[test]
fn a_public_repository_wants_consent_to_the_hash() {
    let desk = Desk::new();
    let settings = desk.repository.read("accolade.yaml");
    let public = settings.replace("repository: private", "repository: public");
    desk.repository.write("accolade.yaml", &public);
    let refused = desk.run(&AWARD);
    assert_eq!(code(&refused), 2);
    assert!(err(&refused).contains("--public-hash"), "{}", err(&refused));
    let agreed = desk.run(&[&AWARD[..], &["--public-hash"]].concat());
    assert_eq!(code(&agreed), 0, "{}", err(&agreed));
}

#[test]
fn evidence_is_copied_and_its_digest_signed_and_a_register_is_kept_where_there_is_one() {
    let desk = Desk::new();
    let register = desk.outside.path().join("register");
    let settings = desk.repository.read("accolade.yaml");
    let more = format!("{settings}privacy: {{ register: {} }}\n", register.display());
    desk.repository.write("accolade.yaml", &more);
    let photo = desk.outside.path().join("photo.jpg");
    let light = b"\xff\xd8\xff\xda\0\x02light\xff\xd9";
    let camera = b"\xff\xe1\0\x15Exif\0\x48.85N 2.35E...";
    fs::write(&photo, [&light[..2], camera, &light[2..]].concat()).unwrap();
    let key = desk.key_file();
    let evidence = ["--evidence", photo.to_str().unwrap(), "--alt", "Une table", "--story", "Vu."];
    let arguments = [&AWARD[..], &evidence, &["--name", "Alizé", "--key", &key]].concat();
    let absent = desk.run(&[&arguments[..], &["--date", "2026-03-11"]].concat());
    assert_eq!(code(&absent), 0, "{}", err(&absent));
    assert!(err(&absent).contains("the register is not here"), "{}", err(&absent));
    assert!(!register.exists(), "no register is made up");
    fs::create_dir(&register).unwrap();
    let output = desk.run(&arguments);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let answer = out(&output);
    let (page, fragment) = answer.trim_end().split_once('#').unwrap();
    let id = page.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    let entry = fs::read_to_string(register.join(format!("{id}.yaml"))).unwrap();
    let salt = fragment.rsplit('=').next().unwrap();
    assert_eq!(
        entry,
        format!("name: Alizé\nemail: alize@example.org\nname_salt: {}\n", quoted(salt))
    );
    let published = desk.repository.path(&format!("badges/evidence/{id}/photo.jpg"));
    assert_eq!(fs::read(published).unwrap(), light, "without what the camera wrote");
    assert!(err(&output).contains("are not copied"), "{}", err(&output));
    let sealed = desk.files_below("badges/assertions");
    let sealed = sealed.iter().find(|file| file.ends_with(&format!("{id}.json"))).unwrap();
    let sealed = desk.repository.read(&format!("badges/assertions/{sealed}"));
    assert!(sealed.contains("evidence/photo.jpg") && sealed.contains("Une table"));
    assert!(!sealed.contains(salt) && !sealed.contains("Alizé"));
}

/// As the event writer spells it: a text that begins with a digit is quoted.
fn quoted(text: &str) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        format!("\"{text}\"")
    } else {
        text.to_owned()
    }
}

#[test]
fn a_badge_is_withdrawn_by_its_address_and_only_once() {
    let desk = Desk::new();
    desk.repository.award(Award::new(1, "listed"));
    desk.repository.seal();
    let key = desk.key_file();
    let page = format!("https://badges.club.example/a/{}/", id(1));
    let output = desk.run(&["revoke", &page, "--reason", "term-ended", "--key", &key]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let file = format!("badges/revocations/{}.yaml", id(1));
    assert!(desk.repository.read(&file).contains("reason: term-ended"));
    let before = desk.repository.files("badges");
    let again = desk.run(&["revoke", &id(1).text(), "--reason", "error", "--key", &key]);
    assert_eq!(code(&again), 0);
    assert!(err(&again).contains("already"), "{}", err(&again));
    assert!(desk.repository.files("badges") == before, "the first withdrawal stands");
    let (known, unknown) = (id(1).text(), id(9).text());
    for (arguments, words) in [
        (["revoke", unknown.as_str(), "--reason", "error"], "no award"),
        (["revoke", "https://elsewhere.example/a/x/", "--reason", "error"], "no award"),
        (["revoke", known.as_str(), "--reason", "theft"], "`theft` is not a reason"),
        (["revoke", known.as_str(), "--date", "gestern"], "not a date"),
    ] {
        let output = desk.run(&arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
    }
    let check = desk.run(&["check"]);
    assert_eq!(code(&check), 0, "{}", err(&check));
}

#[test]
fn a_later_key_is_introduced_and_signs_from_then_on() {
    let desk = Desk::new();
    let nobody = desk.run(&["keygen", "--issuer", "club"]);
    assert_eq!(code(&nobody), 2);
    assert!(err(&nobody).contains("--key"), "{}", err(&nobody));
    let key = desk.key_file();
    let output = desk.run(&["keygen", "--issuer", "club", "--key", &key]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let file = PathBuf::from(out(&output).trim_end());
    assert!(file.ends_with("accolade/badges.club.example/club-k2.key"), "{}", file.display());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let public = desk.repository.read("badges/issuers/club/keys/k2.yaml");
    assert!(public.contains("introduced_by:\n  key: k1\n"), "{public}");
    let check = desk.run(&["check"]);
    assert_eq!(code(&check), 0, "the introduction is true: {}", err(&check));
    // The new key is found where `keygen` put it.
    let award = desk.run(&AWARD);
    assert!(err(&award).contains("signed"), "{}", err(&award));
    let multibase = public.lines().find_map(|line| line.strip_prefix("multibase: ")).unwrap();
    let sealed = desk.files_below("badges/assertions");
    let sealed = sealed.iter().find(|file| file.ends_with(".json")).unwrap();
    assert!(desk.repository.read(&format!("badges/assertions/{sealed}")).contains(multibase));
}

#[test]
fn a_private_key_is_written_once_and_never_into_the_repository() {
    let desk = Desk::new();
    let key = desk.key_file();
    let inside = desk.repository.path("club.key");
    let arguments = ["keygen", "--issuer", "club", "--key", &key, "--out"];
    let refused = desk.run(&[&arguments[..], &[inside.to_str().unwrap()]].concat());
    assert_eq!(code(&refused), 2);
    assert!(err(&refused).contains("inside the repository"), "{}", err(&refused));
    assert!(!inside.exists());
    let taken = desk.run(&[&arguments[..], &[&key]].concat());
    assert_eq!(code(&taken), 2);
    assert!(err(&taken).contains("never written over"), "{}", err(&taken));
    assert!(!desk.repository.path("badges/issuers/club/keys/k2.yaml").exists());
    let unknown = desk.run(&["keygen", "--issuer", "velo"]);
    assert_eq!(code(&unknown), 2);
    let recovery = ["keygen", "--issuer", "club", "--recovery", "lost", "--format", "json"];
    let recovered = desk.run(&recovery);
    assert_eq!(code(&recovered), 0, "{}", err(&recovered));
    let told: Value = serde_json::from_str(&out(&recovered)).unwrap();
    assert_eq!(told["kid"], "k2");
    assert!(
        desk.repository
            .read("badges/issuers/club/keys/k2.yaml")
            .contains("recovery:\n  reason: lost\n")
    );
}

#[test]
fn nothing_is_decided_on_files_that_contradict_themselves() {
    let desk = Desk::new();
    desk.repository.write("badges/issuers/club/issuer.yaml", "name: Le Club\n");
    let output = desk.run(&AWARD);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("nothing was written"), "{}", err(&output));
    assert!(!desk.repository.path("badges/assertions").exists());
}
