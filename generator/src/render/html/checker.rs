//! What the page that verifies needs beside its template and scripts: the engine's sentences, the rules that are lists,
//! and what makes it work offline.
//!
//! The sentences come from the catalogue of the engine itself, so that the page, the command line and the function say the
//! same in the same words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use openbadges::jsonld::ContextStore;
use openbadges::verify::{
    Code, Language as Said, Question, Unavailable, hosts_shared_by_name, hosts_shared_by_path,
};
use serde_json::{Map, Value, json};

use tera::Value as Variable;

use super::language::Language;
use super::view::{View, record};
use crate::site::{Lang, Site};
use crate::urls;

/// The messages of the theme that the script says.
const PREFIX: &str = "checker_";

/// What the script puts into a message: each argument stands for itself until then.
const ARGUMENTS: [&str; 5] = ["host", "date", "n", "name", "what"];

/// The static file that makes the page work offline; the rest of it is the same for every site.
const WORKER: &str = "static/verify/worker.js";

/// The path of the messages of `lang`.
fn words_path(lang: &Lang) -> String {
    format!("static/verify/words.{lang}.json")
}

/// The name under which templates ask for the messages: `asset(path=…)`.
pub(super) fn words_asset(lang: &Lang) -> String {
    format!("verify/words.{lang}.json")
}

impl View<'_> {
    /// The variable `checker` of the page that verifies.
    pub(super) fn checker(&self) -> Variable {
        let lang = &self.language.lang;
        let function = self.site.settings.function.as_deref();
        let host = function.and_then(|address| url::Url::parse(address).ok());
        let host = host.and_then(|url| url.host_str().map(str::to_owned));
        let beside = |name: &str| self.page(&format!("{}{name}", urls::VERIFY));
        record([
            ("words", words_asset(lang).into()),
            ("worker", beside("worker.js").into()),
            ("manifest", beside("manifest.webmanifest").into()),
            ("function", function.into()),
            ("function_host", host.into()),
        ])
    }
}

/// The messages and rules of every language of a site, by path.
pub(super) fn words(languages: &BTreeMap<Lang, Language>) -> BTreeMap<String, Vec<u8>> {
    let said =
        languages.iter().map(|(lang, language)| (words_path(lang), words_of(lang, language)));
    said.map(|(path, words)| (path, words.to_string().into_bytes())).collect()
}

fn words_of(lang: &Lang, language: &Language) -> Value {
    // The engine speaks two languages; a site in a third has its own words around the English sentences.
    let said = match lang.as_str().split('-').next() {
        Some("fr") => Said::French,
        _ => Said::English,
    };
    let codes: Map<String, Value> = Code::ALL
        .iter()
        .map(|code| (code.text().to_owned(), json!([code.sentence().in_print(said), code.rule()])))
        .collect();
    let questions: Map<String, Value> = Question::ALL
        .into_iter()
        .map(|question| {
            let sentences = [question.sentence(), question.does_not_prove()];
            (question.text().to_owned(), json!(sentences.map(|sentence| sentence.in_print(said))))
        })
        .collect();
    let reasons: Map<String, Value> = Unavailable::ALL
        .iter()
        .map(|reason| (reason.code().to_owned(), json!(reason.sentence().in_print(said))))
        .collect();
    let places = ARGUMENTS.map(|name| (name, format!("{{{name}}}")));
    let arguments: Vec<_> =
        places.iter().map(|(name, place)| (*name, place.as_str().into())).collect();
    let words: Map<String, Value> = language
        .ids()
        .filter_map(|id| Some((id.strip_prefix(PREFIX)?, json!(language.say(id, &arguments)))))
        .map(|(id, said)| (id.to_owned(), said))
        .collect();
    let contexts: Vec<&str> = ContextStore::embedded().texts().map(|(url, _)| url).collect();
    let by_path: Map<String, Value> =
        hosts_shared_by_path().map(|(host, parts)| (host.to_owned(), json!(parts))).collect();
    json!({
        "codes": codes,
        "questions": questions,
        "reasons": reasons,
        "words": words,
        "rules": {
            "contexts": contexts,
            "sharedByName": hosts_shared_by_name().collect::<Vec<_>>(),
            "sharedByPath": by_path,
        },
    })
}

/// The service worker and the manifest of each language, by path. They lie beside the page, so that the worker sees no
/// other page of the site; `assets` are the addresses of the static files.
pub(super) fn offline(
    site: &Site,
    languages: &BTreeMap<Lang, Language>,
    assets: &BTreeMap<String, String>,
    worker: &[u8],
) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (lang, language) in languages {
        let folder = urls::in_lang(urls::VERIFY, lang, site.settings.default_lang());
        let page = format!("{}/{folder}", site.settings.base_url.path());
        let of_page = |name: &str| {
            let of_other = name.starts_with("verify/words.") && name != words_asset(lang);
            !of_other
                && name != "verify/worker.js"
                && (name.starts_with("verify/") || name == "site.css" || name == "icon.svg")
        };
        let kept: Vec<&str> = assets
            .iter()
            .filter(|(name, _)| of_page(name))
            .map(|(_, address)| address.as_str())
            .collect();
        let mut head = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(head, "const PAGE = {};\nconst KEPT = {};", json!(page), json!(kept));
        files.insert(format!("{folder}worker.js"), [head.as_bytes(), worker].concat());
        let manifest = json!({
            "name": language.say("verify_title", &[]),
            "short_name": language.say("verify", &[]),
            "lang": lang.as_str(),
            "start_url": page,
            "scope": page,
            "display": "standalone",
            "icons": assets.get("icon.svg").map(|icon| {
                vec![json!({ "src": icon, "type": "image/svg+xml", "sizes": "any" })]
            }).unwrap_or_default(),
        });
        files.insert(format!("{folder}manifest.webmanifest"), manifest.to_string().into_bytes());
    }
    files
}

/// Takes the worker out of the static files: it is published beside each page.
pub(super) fn take_worker(files: &mut BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    files.remove(WORKER).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Renderer, ThemeFiles, sample};
    use super::*;

    fn published(theme: ThemeFiles) -> BTreeMap<String, String> {
        let mut site = sample::site();
        site.settings.function = Some("https://verify.estran.example/".to_owned());
        let renderer = Renderer::new(&site, theme).unwrap();
        let files = renderer.static_files();
        files
            .filter_map(|(path, bytes)| {
                Some((path.to_owned(), str::from_utf8(bytes).ok()?.to_owned()))
            })
            .collect()
    }

    #[test]
    fn the_page_says_the_sentences_of_the_engine_in_each_language() {
        let files = published(ThemeFiles::embedded());
        for (lang, said) in [("fr", Said::French), ("en", Said::English)] {
            let words: Value =
                serde_json::from_str(&files[&format!("static/verify/words.{lang}.json")]).unwrap();
            for code in Code::ALL {
                let sentence = code.sentence().in_print(said);
                assert_eq!(words["codes"][code.text()], json!([sentence, code.rule()]));
            }
            for question in Question::ALL {
                assert_eq!(
                    words["questions"][question.text()][0],
                    question.sentence().in_print(said)
                );
            }
            assert_eq!(words["words"]["ask_yes"].as_str().unwrap().matches("{host}").count(), 1);
            assert_eq!(words["rules"]["sharedByPath"]["github.com"], 1);
        }
    }

    #[test]
    fn every_message_that_the_scripts_say_is_there_and_every_one_that_is_there_is_said() {
        let files = published(ThemeFiles::embedded());
        let words: Value = serde_json::from_str(&files["static/verify/words.fr.json"]).unwrap();
        // As written: published, it is shortened.
        let [template, script] = ["templates/verify.html", "static/verify/page.js"].map(|file| {
            String::from_utf8(ThemeFiles::embedded().file(file).unwrap().to_vec()).unwrap()
        });
        for id in words["words"].as_object().unwrap().keys() {
            let by_name = [format!("say(\"{id}\""), format!("\"{id}\"")];
            let is_said = by_name.iter().any(|call| script.contains(call))
                || template.contains(&format!("words.checker_{id} "))
                // The verdict is its own message.
                || ["valid", "invalid", "unknown"].contains(&id.as_str());
            assert!(is_said, "`checker_{id}` is said nowhere");
        }
        for call in script.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(words["words"].get(call).is_some(), "`checker_{call}` is missing");
        }
    }

    /// What the worker keeps is the page and its own files: no key, no list, no badge.
    #[test]
    fn the_worker_lies_beside_each_page_and_keeps_that_page_only() {
        let files = published(ThemeFiles::embedded());
        assert!(!files.contains_key("static/verify/worker.js"), "there it would see too little");
        for (path, page, words) in [
            ("verify/worker.js", "/verify/", "words.fr.json"),
            ("en/verify/worker.js", "/en/verify/", "words.en.json"),
        ] {
            let worker = &files[path];
            assert!(
                worker.starts_with(&format!("const PAGE = \"{page}\";\nconst KEPT = [")),
                "{worker:.80}"
            );
            let kept = worker.lines().nth(1).unwrap();
            assert_eq!(kept.matches("/static/").count(), kept.matches("?v=").count());
            assert!(
                kept.contains(words)
                    && kept.contains("verify/verify.js")
                    && kept.contains("site.css"),
                "{kept}"
            );
            assert_eq!(kept.matches("words.").count(), 1, "{kept}");
            for script in files.keys().filter_map(|file| file.strip_prefix("static/verify/")) {
                let is_kept = kept.contains(&format!("/static/verify/{script}?v="));
                assert!(is_kept || script.starts_with("words."), "{script} is not kept: {kept}");
            }
            let manifest: Value =
                serde_json::from_str(&files[&path.replace("worker.js", "manifest.webmanifest")])
                    .unwrap();
            assert_eq!(manifest["scope"], page);
        }
    }

    #[test]
    fn one_module_of_the_page_is_replaced_by_a_theme() {
        let own = BTreeMap::from([(
            "static/verify/shape.js".to_owned(),
            b"export const faultOf = () => \"of its own\";\n".to_vec(),
        )]);
        let files = published(ThemeFiles::with_own(own));
        assert!(files["static/verify/verify.js"].contains("of its own"));
        assert!(!files.contains_key("static/verify/shape.js"));
    }
}
