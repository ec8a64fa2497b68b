//! `bake` and `extract`, from files to files.

mod support;

use std::fs;

use openbadges::bake::{self, Slot};
use support::{Repository, everything, id};

fn built() -> Repository {
    let repository = everything();
    repository.build(&[]);
    repository
}

#[test]
fn what_was_baked_is_extracted_byte_for_byte() {
    let repository = built();
    let folder = format!("public/a/{}", id(1));
    let (credential, assertion) =
        (format!("{folder}/credential.json"), format!("{folder}/assertion.json"));
    for form in ["png", "svg"] {
        let image = format!("public/badges/accueil/v1/image.{form}");
        let out = format!("baked.{form}");
        // The order of the records does not matter: each says what it is.
        let output = repository.run(&["bake", &image, &credential, &assertion, "--out", &out]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let built = fs::read(repository.path(&format!("{folder}/badge.{form}"))).unwrap();
        assert_eq!(fs::read(repository.path(&out)).unwrap(), built, "{form}");
        let output = repository.run(&["extract", &out, "--format", "json"]);
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(found["openBadges2"]["text"], repository.read(&assertion));
        assert_eq!(found["openBadges3"]["text"], repository.read(&credential));
    }
}

#[test]
fn one_record_goes_beside_its_picture_and_comes_out_alone() {
    let repository = built();
    let image = "public/badges/sol/v1/image.png";
    let credential = format!("public/a/{}/credential.json", id(5));
    fs::copy(repository.path(image), repository.path("mine.png")).unwrap();
    assert!(repository.run(&["bake", "mine.png", &credential]).status.success());
    let output = repository.run(&["extract", "mine-baked.png"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text, format!("{}\n", repository.read(&credential)));
    let baked = bake::extract(&fs::read(repository.path("mine-baked.png")).unwrap()).unwrap();
    assert_eq!(baked.get(Slot::OpenBadges2), Ok(None));
}

#[test]
fn what_is_no_record_or_no_picture_is_refused() {
    let repository = built();
    let credential = format!("public/a/{}/credential.json", id(1));
    let image = "public/badges/accueil/v1/image.png";
    repository.write("other.json", "{\"@context\": \"https://schema.org\"}");
    repository
        .write("twice.json", "{\"@context\": \"https://w3id.org/openbadges/v2\", \"@context\": 1}");
    for (arguments, code, word) in [
        (["bake", image, "other.json"], 1, "neither"),
        (["bake", image, "twice.json"], 1, "neither"),
        (["bake", "accolade.yaml", &credential], 1, "accolade.yaml"),
        (["bake", "missing.png", &credential], 2, "missing.png"),
        (["extract", image, "--quiet"], 1, "no record"),
        (["extract", "accolade.yaml", "--quiet"], 1, "neither a PNG nor an SVG"),
    ] {
        let output = repository.run(&arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(word), "{arguments:?}: {told}");
    }
    let twice = repository.run(&["bake", image, &credential, &credential]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(String::from_utf8(twice.stderr).unwrap().contains("same generation"));
    assert!(!repository.path("public/badges/accueil/v1/image-baked.png").exists());
}
