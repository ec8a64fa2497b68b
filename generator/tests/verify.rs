//! `accolade verify` as it is typed: every form of a badge, every option, and every wrong use of one.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]
#![expect(clippy::indexing_slicing, reason = "a member that is missing reads as null")]

mod support;

use std::fs;
use std::io::Write as _;
use std::process::{Output, Stdio};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openbadges::time::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use support::{Repository, everything, id, key};

const NOW: &str = "2026-09-01T09:00:00Z";
const ADA: &str = "person1@example.org";

/// A built site; awards 1, 2 and 5 are good, 4 and 6 are withdrawn.
static CLUB: LazyLock<Repository> = LazyLock::new(|| {
    let repository = everything();
    repository.build(&[]);
    repository
});

fn page(n: u32) -> String {
    format!("https://badges.club.example/a/{}/", id(n))
}

fn file(n: u32, name: &str) -> String {
    format!("public/a/{}/{name}", id(n))
}

/// `accolade verify` with the site at hand, nobody to ask, at a known moment.
fn verify(arguments: &[&str]) -> Output {
    let all = [&["verify", "--site", "public", "--offline", "--now", NOW], arguments].concat();
    CLUB.run(&all)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A report as JSON, which fits its published schema, with its exit code.
fn report(arguments: &[&str]) -> (i32, Value) {
    let output = verify(&[arguments, &["--json"]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{arguments:?}: {error}: {}{}", out(&output), told(&output))
    });
    fits(&report, "");
    (code(&output), report)
}

/// Holds an answer against `docs/schemas/report.schema.json`, or a part of it.
fn fits(answer: &Value, part: &str) {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas/report.schema.json");
        serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
    });
    let mut schema = SCHEMA.clone();
    if !part.is_empty() {
        schema = json!({ "$ref": format!("#{part}"), "$defs": schema["$defs"] });
    }
    let told: Vec<String> = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
        .iter_errors(answer)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(told.is_empty(), "{told:#?}\n{answer:#}");
}

fn answer(report: &Value, question: usize) -> (&str, &str) {
    let answer = &report["questions"][question];
    (answer["answer"].as_str().unwrap(), answer["code"].as_str().unwrap())
}

/// Refused as a wrong use: exit code 2, nothing on standard output, and a sentence that helps.
fn refused(arguments: &[&str], sentence: &str) {
    let output = CLUB.run(&[&["verify"], arguments].concat());
    assert_eq!(code(&output), 2, "{arguments:?}: {}{}", out(&output), told(&output));
    assert_eq!(out(&output), "", "{arguments:?}");
    assert!(told(&output).contains(sentence), "{arguments:?}: {}", told(&output));
    assert!(!told(&output).contains("os error"), "{arguments:?}: {}", told(&output));
}

/// A badge of the site in a token, signed with its issuer's key.
fn token() -> String {
    let credential = CLUB.read(&file(1, "credential.json"));
    let mut payload: Value = serde_json::from_str(&credential).unwrap();
    let method = payload["proof"][0]["verificationMethod"].clone();
    let seconds = |value: &Value| Timestamp::parse(value.as_str().unwrap()).unwrap().unix_seconds();
    payload.as_object_mut().unwrap().remove("proof");
    payload["iss"] = payload["issuer"]["id"].clone();
    payload["jti"] = payload["id"].clone();
    payload["nbf"] = json!(seconds(&payload["validFrom"]));
    payload["exp"] = json!(seconds(&payload["validUntil"]));
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({ "alg": "EdDSA", "typ": "JWT", "kid": method });
    let signed = format!("{}.{}", encode(&header), encode(&payload));
    let signature = URL_SAFE_NO_PAD.encode(key().sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

#[test]
fn every_form_of_a_badge_is_read() {
    CLUB.write("badge.jwt", &token());
    let record = format!("{}credential.json", page(1));
    let hosted = format!("{}assertion.json", page(1));
    for (input, found_in) in [
        (page(1), "json"),
        (record, "json"),
        (hosted, "json"),
        (file(1, "credential.json"), "json"),
        (file(1, "assertion.json"), "json"),
        (file(1, "badge.png"), "png"),
        (file(1, "badge.svg"), "svg"),
        ("badge.jwt".to_owned(), "jwt"),
    ] {
        let (exit, report) = report(&[&input, "--recipient", ADA]);
        assert_eq!((exit, &report["verdict"]), (0, &json!("valid")), "{input}: {report:#}");
        assert_eq!(report["records"][0]["foundIn"], found_in, "{input}");
        let answers = report["questions"].as_array().unwrap();
        assert!(answers.iter().all(|one| one["answer"] == "pass"), "{input}: {report:#}");
    }
}

#[test]
fn a_badge_is_read_from_standard_input_in_every_form() {
    for name in ["badge.png", "badge.svg", "credential.json"] {
        let mut command =
            CLUB.command(&["verify", "-", "--site", "public", "--offline", "--now", NOW]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let bytes = fs::read(CLUB.path(&file(1, name))).unwrap();
        child.stdin.take().unwrap().write_all(&bytes).unwrap();
        assert_eq!(code(&child.wait_with_output().unwrap()), 0, "{name}");
    }
}

#[test]
fn the_exit_code_says_valid_not_valid_undecided_or_wrongly_typed() {
    let mut changed: Value = serde_json::from_str(&CLUB.read(&file(1, "credential.json"))).unwrap();
    changed["credentialSubject"]["achievement"]["name"] = json!("Directrice");
    CLUB.write("changed.json", &changed.to_string());
    CLUB.write("note.txt", "Bonjour.\n");
    for (arguments, exit, verdict, status) in [
        (vec![file(1, "badge.png")], 0, "valid", "active"),
        (vec![page(4)], 1, "invalid", "revoked"),
        (vec!["changed.json".to_owned()], 1, "invalid", "unknown"),
        (vec![file(1, "badge.png"), "--recipient=bob@example.org".into()], 1, "invalid", "active"),
        (vec!["note.txt".to_owned()], 3, "unknown", "unknown"),
        (vec!["https://elsewhere.example/a".to_owned()], 3, "unknown", "unknown"),
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (found, report) = report(&arguments);
        let told = (found, report["verdict"].as_str(), report["status"].as_str());
        assert_eq!(told, (exit, Some(verdict), Some(status)), "{arguments:?}: {report:#}");
    }
    let unreadable = verify(&["no-such-file.png"]);
    assert_eq!(code(&unreadable), 2, "{}", told(&unreadable));
}

#[test]
fn the_moment_is_the_one_that_was_typed() {
    let badge = file(1, "credential.json");
    for (now, exit, status) in [
        ("2026-09-01T11:00:00+02:00", 0, "active"),
        ("2029-03-02T23:59:59Z", 0, "active"),
        ("2029-03-03T00:00:00Z", 1, "expired"),
        ("2026-03-01T00:00:00Z", 1, "not-yet-valid"),
    ] {
        let output =
            CLUB.run(&["verify", &badge, "--site", "public", "--offline", "--json", "--now", now]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((code(&output), &report["status"]), (exit, &json!(status)), "{now}");
        let judged = Timestamp::parse(report["now"].as_str().unwrap()).unwrap();
        assert_eq!(judged, Timestamp::parse(now).unwrap());
    }
    for now in ["tomorrow", "2026-09-01", "2026-09-01T09:00:00", "2026-02-30T09:00:00Z", ""] {
        refused(&[&badge, "--now", now], "is not a moment with a zone");
    }
}

#[test]
fn a_person_is_asked_for_by_address_and_an_empty_one_is_a_wrong_use() {
    let badge = file(1, "badge.png");
    for (person, answered) in [
        (ADA, ("pass", "recipient-matches")),
        ("  Person1@Example.org ", ("pass", "recipient-matches")),
        ("person2@example.org", ("fail", "recipient-differs")),
        ("did:web:person.example", ("unknown", "recipient-not-comparable")),
    ] {
        let (_, report) = report(&[&badge, "--recipient", person]);
        assert_eq!(answer(&report, 4), answered, "{person}");
    }
    let (exit, unasked) = report(&[&badge]);
    assert_eq!((exit, answer(&unasked, 4)), (0, ("unknown", "recipient-not-asked")));
    refused(&[&badge, "--recipient", " "], "whose badge should it be?");
}

#[test]
fn nobody_is_asked_offline_and_what_is_missing_is_unknown() {
    let badge = file(1, "credential.json");
    let output = CLUB.run(&["verify", &badge, "--offline", "--json", "--now", NOW]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((code(&output), &report["verdict"]), (3, &json!("unknown")));
    assert_eq!(answer(&report, 0).0, "unknown");
    let documents = report["documents"].as_array().unwrap();
    assert!(!documents.is_empty());
    assert!(documents.iter().all(|one| one["unavailable"] == "offline"), "{documents:#?}");
    let human = out(&CLUB.run(&["verify", &badge, "--offline", "--now", NOW]));
    assert!(human.contains("It could not be decided"), "{human}");
    assert!(!human.contains('✔'), "{human}");
}

#[test]
fn the_report_names_what_was_read_with_its_digest_and_where_it_came_from() {
    let (_, report) = report(&[&file(1, "badge.png")]);
    let documents = report["documents"].as_array().unwrap();
    assert!(documents.len() >= 2, "{documents:#?}");
    for one in documents {
        let asked = one["asked"].as_str().unwrap();
        let path = asked.strip_prefix("https://badges.club.example/").unwrap();
        let bytes = fs::read(CLUB.path(&format!("public/{path}"))).unwrap();
        let digest: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(one["sha256"], digest, "{asked}");
        assert_eq!((&one["bytes"], &one["source"]), (&json!(bytes.len()), &json!("stand-in")));
    }
    let asked: Vec<_> = documents.iter().map(|one| one["asked"].as_str().unwrap()).collect();
    assert!(asked.iter().any(|one| one.ends_with("/did.json")), "{asked:?}");
    assert!(asked.iter().any(|one| one.ends_with("/revocation-1.json")), "{asked:?}");
}

#[test]
fn a_map_answers_with_files_bodies_statuses_and_redirects() {
    let base = "https://badges.club.example/issuers/club";
    let map = |name: &str, map: &Value| {
        CLUB.write(name, &map.to_string());
        let output = CLUB.run(&[
            "verify",
            &file(1, "credential.json"),
            "--documents",
            name,
            "--offline",
            "--json",
            "--now",
            NOW,
        ]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        fits(&report, "");
        (code(&output), report)
    };
    let did = format!("{base}/did.json");
    let list = format!("{base}/status/revocation-1.json");
    let list_file = "../public/issuers/club/status/revocation-1.json";
    let did_text = CLUB.read("public/issuers/club/did.json");
    let good = json!({
        &did: { "body": did_text, "content_type": "application/did+json" },
        &list: { "file": list_file },
    });
    assert_eq!(map("maps/good.json", &good).0, 0, "files are relative to the map");

    let mut gone = good.clone();
    gone[&list] = json!({ "status": 404 });
    let (exit, report) = map("maps/gone.json", &gone);
    assert_eq!((exit, answer(&report, 3)), (3, ("unknown", "status-unavailable")));

    let mut away = good.clone();
    away[&did] = json!({ "redirect": "https://thief.example/did.json" });
    away["https://thief.example/did.json"] = json!({ "body": did_text });
    let (exit, report) = map("maps/away.json", &away);
    assert_eq!(exit, 3, "another host does not speak for this one: {report:#}");
    let checks = report["checks"].as_array().unwrap();
    assert!(checks.iter().any(|check| check["code"] == "document-other-host"), "{checks:#?}");

    let (exit, _) = map("maps/partial.json", &json!({ &did: { "body": did_text } }));
    assert_eq!(exit, 3, "what the map leaves out is not asked for");
}

#[test]
fn a_site_or_a_map_that_is_none_is_a_wrong_use() {
    let badge = file(1, "credential.json");
    refused(&[&badge, "--site", "badges"], "is not a built site");
    refused(&[&badge, "--site", "nowhere"], "run `accolade build` first");
    CLUB.write("bad/text.json", "not json");
    CLUB.write("bad/list.json", "[]");
    CLUB.write("bad/key.json", r#"{"https://a.example/":{"fiel":"x"}}"#);
    CLUB.write("bad/both.json", r#"{"https://a.example/":{"file":"x","body":"y"}}"#);
    CLUB.write("bad/none.json", r#"{"https://a.example/":{}}"#);
    CLUB.write("bad/address.json", r#"{"a.example":{"body":"y"}}"#);
    CLUB.write("bad/status.json", r#"{"https://a.example/":{"status":7}}"#);
    for (map, sentence) in [
        ("no-such-map.json", "does not exist"),
        ("bad/text.json", "is not JSON: see line 1, column 2"),
        ("bad/list.json", "is not a map of documents"),
        ("bad/key.json", "fiel"),
        ("bad/both.json", "https://a.example/"),
        ("bad/none.json", "https://a.example/"),
        ("bad/address.json", "a.example"),
        ("bad/status.json", "https://a.example/"),
    ] {
        refused(&[&badge, "--documents", map], sentence);
    }
}

#[test]
fn an_input_that_leads_nowhere_is_a_wrong_use() {
    refused(&[], "is missing");
    refused(&["no-such-file.png"], "does not exist");
    refused(&["public"], "is a folder");
    refused(&["https://a b/"], "is not an address");
    refused(&["a.png", "--list", "b.txt"], "cannot be used together");
    refused(&["a.png", "--csv", "b.csv"], "cannot be used together");
    refused(&["--list", "a.txt", "--csv", "b.csv"], "cannot be used together");
    refused(&["a.png", "--column", "url"], "");
    refused(&["a.png", "--recipent", ADA], "--recipient");
    refused(&["a.png", "b.png"], "is one too many here");
}

#[test]
fn json_has_two_names_and_each_language_its_sentences() {
    let badge = file(1, "credential.json");
    let short = out(&verify(&[&badge, "--json"]));
    assert_eq!(short, out(&verify(&[&badge, "--format", "json"])));
    let site = ["verify", "--site", "public", "--offline", "--now", NOW];
    let french = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_accolade"));
        command.current_dir(CLUB.root()).args(site).arg(&badge).args(more).args(["--lang", "fr"]);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let report: Value = serde_json::from_str(&french(&["--json"])).unwrap();
    assert_eq!(report["questions"][1]["asked"], "Est-il intact\u{202f}?");
    let told = french(&[]);
    assert!(told.contains("Ce domaine l’a-t-il vraiment délivré\u{202f}?"), "{told}");
    assert!(told.contains("Valable le 1er septembre 2026 à 9\u{202f}h\u{202f}00"), "{told}");
    for word in ["Valid", "was ", "Yes", "{ $"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}

#[test]
fn a_list_gives_one_line_for_each_and_the_worst_decides() {
    let good = file(1, "badge.png");
    let revoked = page(4);
    let list = |lines: &str, exit: i32| -> Vec<Value> {
        CLUB.write("list.txt", lines);
        let output = verify(&["--list", "list.txt"]);
        assert_eq!(code(&output), exit, "{lines}: {}", told(&output));
        out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = list(&format!("\u{feff}# three\n{revoked}\r\n\n  {good}\nno-such-file\n-\n"), 1);
    let told: Vec<_> = all
        .iter()
        .map(|one| (one["input"].as_str().unwrap(), one["verdict"].as_str().unwrap()))
        .collect();
    let expected =
        [(&*revoked, "invalid"), (&*good, "valid"), ("no-such-file", "unknown"), ("-", "unknown")];
    assert_eq!(told, expected);
    fits(&all[0], "");
    fits(&all[1], "");
    fits(&all[2], "/$defs/unusable");
    fits(&all[3], "/$defs/unusable");
    assert_eq!(all[2]["error"]["code"], "file-unreadable");
    list(&format!("{good}\nhttps://elsewhere.example/\n"), 3);
    list(&format!("{good}\n{good}\n"), 0);
}

/// A list that names nothing must not look like a list of good badges.
#[test]
fn a_list_without_a_badge_is_a_wrong_use() {
    CLUB.write("empty.txt", "\n# nothing yet\n");
    refused(&["--list", "empty.txt"], "names no badge");
    refused(&["--list", "no-such-list.txt"], "does not exist");
    CLUB.write("empty.csv", "name,url\n");
    refused(&["--csv", "empty.csv"], "no row");
    refused(&["--csv", "no-such-table.csv"], "does not exist");
    CLUB.write("names.csv", "name,first name\nA,B\n");
    refused(&["--csv", "names.csv"], "has no column of badge addresses");
    refused(&["--csv", "names.csv", "--column", "link"], "has no column `link`");
    refused(&["--csv", "names.csv", "--column", "1", "--recipient-column", "who"], "`who`");
    refused(&["--csv", "names.csv", "--column", "0"], "has no column `0`");
}

#[test]
fn a_table_comes_back_with_the_answers_and_without_formulas() {
    let rows = format!(
        "name;badge;e-mail\r\nAda;{};{ADA}\r\n\"=1+1\";{};bob@example.org\r\nCleo;../secret.png;\r\n",
        page(1),
        file(1, "badge.png"),
    );
    CLUB.write("people.csv", &rows);
    let output = verify(&["--csv", "people.csv", "--recipient-column", "e-mail"]);
    assert_eq!(code(&output), 1, "{}", told(&output));
    let table = out(&output);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4);
    for (line, before) in lines.iter().zip(rows.lines()) {
        assert!(line.starts_with(before), "{line}");
    }
    let cells = |line: usize| lines[line].split(';').skip(3).collect::<Vec<_>>();
    assert_eq!(cells(1)[..3], ["valid", "in force", "badges.club.example/issuers/club"]);
    assert_eq!(cells(1)[4], "Yes");
    assert_eq!((cells(2)[0], cells(2)[4]), ("not valid", "No"));
    assert_eq!(cells(3)[0], "undecided");
    assert!(cells(3)[5].contains("its own folder"), "{}", lines[3]);
    CLUB.write("good.csv", &format!("{}\n", page(1)));
    assert_eq!(code(&verify(&["--csv", "good.csv"])), 0);
}
