//! The real command over a real repository: what is written, and what is not.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod support;

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use accolade::plan::Plan;
use accolade::stray;
use openbadges::bake::{self, Slot};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use support::{Award, Repository, everything, id};

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn json(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap()
}

fn file(files: &[(String, Vec<u8>)], path: &str) -> Vec<u8> {
    let found = files.iter().find(|(name, _)| name == path);
    found.unwrap_or_else(|| panic!("{path} is not there")).1.clone()
}

#[test]
fn the_same_repository_gives_the_same_bytes_whatever_folder_zone_language_and_threads() {
    let (one, other) = (everything(), everything());
    assert_ne!(one.root(), other.root());
    let digest = one.build(&[]);
    fs::create_dir(other.path("deep")).unwrap();
    let output = other
        .command(&["build", "--out", "../elsewhere"])
        .current_dir(other.path("deep"))
        .args(["--repo", ".."])
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "fr_FR.UTF-8")
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), digest);
    // `--out` is seen from the current folder, as every path that is typed.
    assert_eq!(one.files("public"), other.files("elsewhere"));
}

#[test]
fn the_last_line_is_the_digest_of_the_files_that_are_there() {
    let repository = everything();
    let digest = repository.build(&[]);
    let mut files = repository.files("public");
    files.sort();
    let lines: String = files
        .iter()
        .map(|(path, bytes)| format!("{}  {path}\n", hex(Sha256::digest(bytes))))
        .collect();
    assert_eq!(digest, hex(Sha256::digest(lines)));
}

#[test]
fn a_dry_run_lists_what_a_build_writes_and_writes_nothing() {
    let repository = everything();
    let output = repository.run(&["build", "--dry-run", "--format", "json"]);
    assert!(
        !repository.path("public").exists() && !repository.path(".accolade/.gitignore").exists()
    );
    repository.build(&[]);
    let mut built: Vec<String> =
        repository.files("public").into_iter().map(|(path, _)| path).collect();
    built.sort();
    let listed: Vec<String> = json(&output.stdout)
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(listed, built);
    let site = repository.site();
    assert_eq!(Plan::new(&site, []).unwrap().folder_count(), 5);
}

#[test]
fn the_hosted_credential_is_the_sealed_file_and_every_picture_carries_both_records() {
    let repository = everything();
    repository.build(&[]);
    let files = repository.files("public");
    for n in [1, 2, 5] {
        let folder = format!("a/{}", id(n));
        let credential = file(&files, &format!("{folder}/credential.json"));
        let sealed =
            fs::read(repository.path(&format!("badges/assertions/2026/{n:02}/{}.json", id(n))));
        assert_eq!(credential, sealed.unwrap());
        let assertion = file(&files, &format!("{folder}/assertion.json"));
        let pictures: &[&str] = if n == 5 { &["badge.png"] } else { &["badge.png", "badge.svg"] };
        for picture in pictures {
            let baked = bake::extract(&file(&files, &format!("{folder}/{picture}"))).unwrap();
            let text = |slot| baked.get(slot).unwrap().unwrap().text.clone().into_bytes();
            assert_eq!(text(Slot::OpenBadges2), assertion, "{picture}");
            assert_eq!(text(Slot::OpenBadges3), credential, "{picture}");
        }
        assert_eq!(
            json(&assertion)["id"],
            format!("https://badges.club.example/{folder}/assertion.json")
        );
    }
    assert!(!files.iter().any(|(path, _)| *path == format!("a/{}/badge.svg", id(5))));
    let photo = file(&files, &format!("a/{}/evidence/photo.jpg", id(1)));
    assert_eq!(photo, b"not really a photo");
}

#[test]
fn a_withdrawn_award_says_so_and_its_pictures_carry_nothing_ob2_rev_3() {
    let repository = everything();
    repository.build(&[]);
    let files = repository.files("public");
    for n in [4, 6] {
        let folder = format!("a/{}", id(n));
        let assertion = json(&file(&files, &format!("{folder}/assertion.json")));
        let members: Vec<&String> = assertion.as_object().unwrap().keys().collect();
        assert_eq!(members, ["@context", "id", "revocationReason", "revoked", "type"]);
        assert_eq!(assertion["revoked"], true);
        for form in ["png", "svg"] {
            let picture = file(&files, &format!("{folder}/badge.{form}"));
            assert_eq!(picture, file(&files, &format!("badges/accueil/v1/image.{form}")));
            assert!(bake::extract(&picture).unwrap().is_unbaked());
        }
        let page = String::from_utf8(file(&files, &format!("{folder}/index.html"))).unwrap();
        assert!(page.contains("Badge retiré"), "{page}");
        let credential = file(&files, &format!("{folder}/credential.json"));
        let sealed = repository.read(&format!("badges/assertions/2026/{n:02}/{}.json", id(n)));
        assert_eq!(credential, sealed.as_bytes());
    }
}

#[test]
fn nothing_of_the_site_tells_of_a_private_award() {
    let repository = everything();
    repository.build(&[]);
    let (text, hash) = (id(3).text(), hex(Sha256::digest(id(3).text())));
    for (path, bytes) in repository.files("public") {
        let has = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!path.contains(&text) && !has(&text) && !has(&hash), "{path}");
    }
}

#[test]
fn no_file_outside_its_folder_names_an_unlisted_award() {
    let repository = everything();
    repository.build(&[]);
    assert_eq!(stray::scan(&repository.site(), &repository.out()).unwrap(), []);
    // And the scan sees one when there is one.
    repository.write("public/list.txt", &id(2).text());
    let found = stray::scan(&repository.site(), &repository.out()).unwrap();
    assert_eq!(found.iter().map(|stray| stray.id).collect::<Vec<_>>(), [id(2)]);
}

#[test]
fn a_renewal_does_not_give_away_the_unlisted_award_it_follows_or_is_followed_by() {
    let repository = Repository::new();
    let renews = |n| -> &'static str { format!("renews: {}\n", id(n)).leak() };
    repository.award(Award::new(1, "unlisted"));
    repository.award(Award { more: renews(1), ..Award::new(2, "listed") });
    repository.award(Award { more: renews(2), ..Award::new(3, "private") });
    repository.award(Award { more: renews(2), ..Award::new(4, "unlisted") });
    repository.seal();
    repository.write(
        &format!("badges/revocations/{}.yaml", id(2)),
        &format!("date: 2026-08-01\nreplaced_by: {}\n", id(4)),
    );
    repository.seal();
    repository.build(&[]);
    assert_eq!(stray::scan(&repository.site(), &repository.out()).unwrap(), []);
}

#[test]
fn a_page_that_would_name_an_unlisted_award_is_refused_before_anything_is_written() {
    let repository = everything();
    repository.write(
        "site-content/liens.md",
        &format!("---\ntitle: Liens\ndescription: Des liens.\n---\n[ici](/a/{}/)\n", id(2)),
    );
    let output = repository.run(&["build"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("/liens/index.html") && told.contains(&id(2).text()), "{told}");
    assert!(!repository.path("public").exists());
}

#[test]
fn an_edit_touches_only_the_files_it_changes() {
    let repository = everything();
    repository.build(&[]);
    let before = repository.files("public");
    repository.write(
        "site-content/a-propos.md",
        "---\ntitle: À propos\ndescription: Qui nous sommes.\nnav: 1\n---\nNous tous.\n",
    );
    let output = repository.run(&["build", "--format", "json"]);
    let answer = json(&output.stdout);
    assert_eq!(
        (&answer["created"], &answer["changed"], &answer["pruned"]),
        (&0.into(), &1.into(), &0.into())
    );
    let after = repository.files("public");
    let changed: Vec<&str> = before
        .iter()
        .zip(&after)
        .filter(|(one, other)| one != other)
        .map(|((path, _), _)| path.as_str())
        .collect();
    assert_eq!(changed, ["a-propos/index.html"]);
}

#[test]
fn a_page_that_is_gone_is_pruned_with_its_folder() {
    let repository = everything();
    repository.build(&[]);
    repository.write("public/CNAME", "badges.club.example");
    fs::remove_file(repository.path("site-content/a-propos.md")).unwrap();
    repository.build(&[]);
    assert!(!repository.path("public/a-propos").exists());
    assert_eq!(repository.read("public/CNAME"), "badges.club.example");
}

#[test]
fn a_folder_that_is_not_ours_is_refused_with_wrong_usage() {
    let repository = everything();
    repository.write("thesis/chapter.tex", "years of work");
    for (folder, word) in
        [("thesis", "no build"), ("badges/classes", "sources"), (".", "sources"), ("..", "sources")]
    {
        let output = repository.run(&["build", "--out", folder]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{folder}: {told}");
        assert!(told.contains(word), "{folder}: {told}");
    }
    assert_eq!(repository.files("thesis").len(), 1);
}

#[test]
fn a_build_that_is_killed_leaves_a_usable_site_and_the_next_one_repairs_it() {
    let repository = Repository::new();
    for n in 0..400 {
        repository.award(Award::new(n, "listed"));
    }
    repository.seal();
    let digest = repository.build(&["--out", "reference"]);
    let mut killed = 0;
    for wanted in [1, 40, 200] {
        let mut child = repository.command(&["build"]).stdout(Stdio::null()).spawn().unwrap();
        let start = Instant::now();
        let there = || fs::read_dir(repository.path("public/a")).map_or(0, Iterator::count);
        while there() < wanted && start.elapsed() < Duration::from_secs(60) {
            std::thread::yield_now();
        }
        // SIGKILL: nothing of the program runs any more.
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let reference = repository.path("reference");
        for (path, bytes) in repository.files("public") {
            let whole = fs::read(reference.join(&path)).unwrap_or_default();
            assert!(whole.starts_with(&bytes), "{path} is torn otherwise than by a missing end");
        }
    }
    assert!(killed > 0, "no build was slow enough to be killed");
    // What the dead build would have written is no longer wanted; nothing of it may stay.
    let gone = Award::new(7, "listed");
    fs::remove_file(repository.path(&format!("badges/assertions/2026/07/{}.yaml", gone.id())))
        .unwrap();
    fs::remove_file(repository.path(&format!("badges/assertions/2026/07/{}.json", gone.id())))
        .unwrap();
    let repaired = repository.build(&[]);
    assert_ne!(repaired, digest);
    assert_eq!(repaired, repository.build(&["--out", "reference"]));
    assert_eq!(repository.files("public"), repository.files("reference"));
}

#[test]
fn a_mistake_in_a_template_leaves_the_last_good_site() {
    let repository = everything();
    let digest = repository.build(&[]);
    let before = repository.files("public");
    for (template, text) in [
        // Does not compile.
        ("home.html", "{% extends \"base.html\" %}{% block main %}{{ title"),
        // Compiles, and fails on each award.
        ("award.html", "{{ award.no_such_thing.at_all }}"),
    ] {
        let place = format!("themes/default/templates/{template}");
        repository.write(&place, text);
        let output = repository.run(&["build"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(template), "{told}");
        assert_eq!(repository.files("public"), before);
        fs::remove_file(repository.path(&place)).unwrap();
    }
    assert_eq!(repository.build(&[]), digest);
}

#[test]
fn an_address_that_was_published_may_not_vanish() {
    let repository = everything();
    repository.build(&[]);
    repository.write("badges/urls.ledger", "badges/accueil/\nbadges/perdu/\n");
    let output = repository.run(&["build"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("badges/perdu/") && told.contains("badges/urls.ledger"), "{told}");
}

#[test]
fn a_forgotten_award_leaves_a_neutral_tombstone_at_each_of_its_paths() {
    let repository = everything();
    repository.build(&[]);
    let folder = format!("a/{}", id(1));
    fs::remove_file(repository.path(&format!("badges/assertions/2026/01/{}.yaml", id(1)))).unwrap();
    let sealed = repository.path(&format!("badges/assertions/2026/01/{}.json", id(1)));
    let index = json(&fs::read(&sealed).unwrap())["credentialStatus"]["statusListIndex"].clone();
    fs::remove_file(sealed).unwrap();
    fs::remove_dir_all(repository.path("badges/evidence")).unwrap();
    repository.write(
        &format!("badges/tombstones/{}.yaml", id(1)),
        &format!("date: 2026-08-03\nissuer: club\nstatus_index: {}\n", index.as_str().unwrap()),
    );
    repository.seal();
    repository.build(&[]);
    let files = repository.files("public");
    let left: Vec<&str> = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix(&folder)?.strip_prefix('/'))
        .collect();
    let records = ["assertion.json", "badge.png", "badge.svg", "credential.json"];
    let pages = ["embed/index.html", "index.html", "oembed.json"];
    assert_eq!(left, [&records[..], &pages[..]].concat());
    let assertion = json(&file(&files, &format!("{folder}/assertion.json")));
    assert_eq!((&assertion["type"], &assertion["revoked"]), (&"Assertion".into(), &true.into()));
    let credential = json(&file(&files, &format!("{folder}/credential.json")));
    assert_eq!(credential["forgotten"], "2026-08-03T00:00:00Z");
    assert!(credential.get("credentialSubject").is_none() && credential.get("proof").is_none());
    for form in ["png", "svg"] {
        let picture = file(&files, &format!("{folder}/badge.{form}"));
        assert!(bake::extract(&picture).unwrap().is_unbaked());
        assert_ne!(picture, file(&files, &format!("badges/accueil/v1/image.{form}")));
    }
}

#[test]
fn standard_output_is_the_answer_and_nothing_else() {
    let repository = everything();
    let output = repository.run(&["build", "--quiet"]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.len() == 65 && answer.ends_with('\n'), "{answer}");
    let again = repository.run(&["build", "--format", "json"]);
    assert_eq!(json(&again.stdout)["digest"], answer.trim_end());
    let outside = tempfile::tempdir().unwrap();
    let lost = repository.command(&["build"]).current_dir(outside.path()).output().unwrap();
    assert_eq!(lost.status.code(), Some(2));
    assert!(String::from_utf8(lost.stderr).unwrap().contains("accolade.yaml"));
}
