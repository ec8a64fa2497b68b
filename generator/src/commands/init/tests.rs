//! What is asked, what is taken from the options, and what is refused before anything is written.

use clap::FromArgMatches as _;

use super::ask::answers;
use super::*;
use crate::cli::{Cli, Command};
use crate::commands::{help, session};
use crate::scaffold::{Forge, issuer_slug};
use crate::site::Repository;

/// The answers to `typed` options and to `lines` in a terminal, and what was said meanwhile.
fn asked(typed: &[&str], lines: Option<&str>) -> (Result<Answers, Exit>, String) {
    let arguments: Vec<_> =
        ["accolade", "init", "new"].iter().chain(typed).map(Into::into).collect();
    let words = session::words(&arguments);
    let matches = help::command(&words).try_get_matches_from(&arguments).unwrap();
    let cli = Cli::from_arg_matches(&matches).unwrap();
    let Command::Init(init) = &cli.command else { panic!("{typed:?}") };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut session = Session::new(cli.global.clone(), words, &mut out, &mut err, lines.is_some());
    let mut terminal = lines.unwrap_or_default().as_bytes();
    let terminal: Option<&mut dyn BufRead> =
        if lines.is_some() { Some(&mut terminal) } else { None };
    let found = answers(init, "main".to_owned(), terminal, &mut session);
    (found, String::from_utf8(err).unwrap())
}

const NAMED: [&str; 4] = ["--name", "Club", "--base-url", "https://badges.club.example"];

#[test]
fn without_a_terminal_the_name_and_the_address_are_enough_when_the_rest_is_as_usual() {
    let (found, _) = asked(&[&NAMED[..], &["--yes", "--lang", "fr"]].concat(), None);
    let found = found.unwrap();
    assert_eq!((found.name.as_str(), found.issuer.as_str()), ("Club", "club"));
    assert_eq!((found.forge, found.repository), (Forge::Github, Repository::Public));
    assert_eq!(found.lang.as_str(), "fr");
}

#[test]
fn without_a_terminal_what_is_missing_is_named_and_nothing_is_guessed() {
    let (found, told) = asked(&["--lang", "en"], None);
    assert_eq!(found.unwrap_err(), Exit::Usage);
    assert!(told.contains("--name --base-url --forge --repository is missing"), "{told}");
    let (found, told) = asked(&["--lang", "en", "--yes", "--name", "Club"], None);
    assert_eq!(found.unwrap_err(), Exit::Usage);
    assert!(told.contains("--base-url is missing"), "{told}");
}

#[test]
fn a_terminal_is_asked_for_everything_that_was_not_typed_and_an_empty_line_is_the_usual() {
    let lines = "Les Amis du marais\nbadges.amis.example/\n\nforgejo\nfr\n";
    let (found, told) = asked(&[], Some(lines));
    let found = found.unwrap_or_else(|_| panic!("{told}"));
    assert_eq!(found.issuer, issuer_slug("Les Amis du marais").unwrap());
    assert_eq!(found.base_url.as_str(), "https://badges.amis.example");
    assert_eq!((found.forge, found.repository), (Forge::Forgejo, Repository::Public));
    let (found, told) = asked(&NAMED, Some("private\ngitlab\nen\n"));
    let found = found.unwrap_or_else(|_| panic!("{told}"));
    assert_eq!((found.forge, found.repository), (Forge::Gitlab, Repository::Private));
}

#[test]
fn a_wrong_answer_is_explained_and_asked_again_but_not_for_ever() {
    let lines = "\nClub\nbadges\nhttp://x.example\nhttps://x.example:8080\nbadges.x.example\n";
    let (found, told) =
        asked(&["--lang", "en", "--forge", "github", "--repository", "public"], Some(lines));
    assert_eq!(found.unwrap().base_url.as_str(), "https://badges.x.example");
    assert!(told.contains("a name is needed"), "{told}");
    assert!(told.contains("does not begin with https://"), "{told}");
    assert!(told.contains("has a port"), "{told}");
    let (found, _) = asked(&["--lang", "en"], Some("\n\n\n\n\n\n\n"));
    assert_eq!(found.unwrap_err(), Exit::Usage);
}

#[test]
fn whoever_leaves_is_told_that_nothing_was_written() {
    let (found, told) = asked(&["--lang", "en"], Some("Club\n"));
    assert_eq!(found.unwrap_err(), Exit::Usage);
    assert!(told.contains("nothing was written"), "{told}");
}

#[test]
fn an_address_below_somebody_elses_domain_wants_a_yes_or_the_option() {
    let shared =
        ["--name", "Club", "--base-url", "https://club.github.io/badges", "--yes", "--lang", "en"];
    let (found, told) = asked(&shared, None);
    assert_eq!(found.unwrap_err(), Exit::Usage);
    assert!(told.contains("--shared-host"), "{told}");
    assert!(asked(&[&shared[..], &["--shared-host"]].concat(), None).0.is_ok());
    let typed =
        [&shared[..4], &["--lang", "en", "--forge", "github", "--repository", "public"]].concat();
    assert!(asked(&typed, Some("oui\n")).0.is_ok());
    let (found, told) = asked(&typed, Some("\n"));
    assert_eq!(found.unwrap_err(), Exit::Usage);
    assert!(told.contains("club.github.io"), "{told}");
}

#[test]
fn a_name_that_has_no_letter_of_ours_still_gets_a_folder() {
    let (found, _) = asked(&["--name", "協会", "--base-url", "https://b.example", "--yes"], None);
    assert_eq!(found.unwrap().issuer.as_str(), "issuer");
    let (found, told) =
        asked(&["--name", "a\nb", "--base-url", "https://b.example", "--yes"], None);
    assert_eq!(found.unwrap_err(), Exit::Usage, "{told}");
}
