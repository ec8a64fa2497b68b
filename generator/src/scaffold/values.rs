//! What stands for `@word@` in the sources of a new repository.

use std::collections::BTreeMap;

use super::{Answers, part};
use crate::issue::yaml_text;
use crate::site::Repository;
use crate::words::{Arg, Words};

/// The answers and the words, by name.
pub(super) struct Values<'a> {
    values: BTreeMap<&'static str, String>,
    words: &'a Words,
}

impl<'a> Values<'a> {
    pub(super) fn of(answers: &Answers, words: &'a Words, commit: &str, source: &str) -> Self {
        let host = answers.base_url.host();
        let name: Arg<'_> = answers.name.as_str().into();
        let say = |id: &str| words.say(id, &[("name", name.clone())]);
        let repository = repository_word(answers.repository);
        let (home, contact) = guessed(answers);
        let mut values = BTreeMap::from([
            ("base_url", answers.base_url.to_string()),
            ("branch", answers.branch.clone()),
            ("commit", commit.to_owned()),
            ("contact", contact),
            ("description_yaml", yaml_text(&say("scaffold-description"))),
            ("forge", answers.forge.word().to_owned()),
            ("home", home),
            ("host", host.to_owned()),
            ("issuer", answers.issuer.to_string()),
            ("lang", answers.lang.to_string()),
            ("name_md", markdown(&answers.name)),
            ("name_yaml", yaml_text(&answers.name)),
            ("noreply", format!("noreply@{host}")),
            ("repository", repository.to_owned()),
            ("source", source.to_owned()),
            ("title_yaml", yaml_text(&say("scaffold-title"))),
        ]);
        let shared = if answers.is_on_a_shared_host() { "yes" } else { "no" };
        let told: [(&str, Arg<'_>); 3] = [
            ("forge", answers.forge.word().into()),
            ("repository", repository.into()),
            ("shared", shared.into()),
        ];
        for (word, message) in [
            ("forge_new_file", "scaffold-forge-new-file"),
            ("forge_request", "scaffold-forge-request"),
            ("hosting_sentence", "scaffold-hosting-sentence"),
            ("privacy_repository", "scaffold-privacy-repository"),
            ("public_hash_note", "scaffold-public-hash-note"),
            ("repository_note", "scaffold-repository-note"),
            ("repository_word", "scaffold-repository-word"),
            ("shared_host_note", "scaffold-shared-host-note"),
        ] {
            values.insert(word, words.say(message, &told));
        }
        let mut values = Self { values, words };
        let publish = values.fill(part(&answers.lang, answers.forge));
        values.values.insert("forge_publish", publish.trim_end().to_owned());
        values
    }

    /// `text` with every `@word@` filled in. What is filled in is not looked at again.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('@') {
            filled.push_str(before);
            match after.split_once('@').filter(|(word, _)| is_word(word)) {
                Some((word, behind)) => {
                    filled.push_str(&self.value(word));
                    rest = behind;
                }
                // `actions/checkout@v4`.
                None => {
                    filled.push('@');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    fn value(&self, word: &str) -> String {
        let value = self.values.get(word).cloned();
        value
            .unwrap_or_else(|| self.words.say(&format!("scaffold-{}", word.replace('_', "-")), &[]))
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// The word for it in `accolade.yaml`.
pub(super) const fn repository_word(repository: Repository) -> &'static str {
    match repository {
        Repository::Public => "public",
        Repository::Private => "private",
    }
}

/// The website and the public address of the association, as far as its domain tells: `badges.club.example` is below
/// `club.example`. Open Badges 2.0 demands an address, so one is guessed and the README says to correct it.
fn guessed(answers: &Answers) -> (String, String) {
    let host = answers.base_url.host();
    let above = host.split_once('.').map(|(_, above)| above).filter(|above| above.contains('.'));
    match above.filter(|_| !answers.is_on_a_shared_host()) {
        Some(above) => (format!("https://{above}"), format!("contact@{above}")),
        None => (answers.base_url.to_string(), format!("contact@{host}")),
    }
}

/// A name in a line of Markdown: its signs are letters.
fn markdown(name: &str) -> String {
    let mut escaped = String::new();
    for letter in name.chars() {
        if r"\`*_[]<>#|&".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
