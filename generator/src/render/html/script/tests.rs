use super::*;

fn files(scripts: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    scripts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn text(published: &Published, path: &str) -> String {
    String::from_utf8(published.files.get(path).unwrap().clone()).unwrap()
}

fn refusal(scripts: &[(&str, &str)]) -> (String, String) {
    match whole(&files(scripts)).unwrap_err() {
        TemplateError::File { file, reason } => (file, reason),
        other @ TemplateError::Page { .. } => panic!("{other:?}"),
    }
}

#[test]
fn a_script_is_published_with_what_it_imports_inside() {
    let whole = whole(&files(&[
        (
            "static/v/page.js",
            "import { double as twice } from \"./sum.js\";\n\nexport const four = twice(Number(location.hash));\n",
        ),
        (
            "static/v/sum.js",
            "import { TWO } from \"../two.js\";\n/** @type {any} */\nexport const double = (n) => document.title + n * TWO;\n",
        ),
        ("static/two.js", "// Why two.\nexport const TWO = Number(document.cookie);\n"),
        ("static/alone.js", "// Kept.\nlet x = 1;\n"),
    ]))
    .unwrap();
    assert_eq!(whole.files.keys().collect::<Vec<_>>(), ["static/alone.js", "static/v/page.js"]);
    assert_eq!(
        text(&whole, "static/v/page.js"),
        "const e=Number(document.cookie),t=(t=>document.title+t*e)(Number(location.hash));export{t as four};"
    );
    assert_eq!(text(&whole, "static/alone.js"), "// Kept.\nlet x = 1;\n");
}

/// A page whose script loads two others when they are needed, of which one loads the other.
const PAGE: [(&str, &str); 5] = [
    (
        "static/page.js",
        "import { say } from \"./say.js\";\nsay(\"page\");\nexport const open = async () => (await import(\"./first.js\")).first();\n",
    ),
    (
        "static/say.js",
        "export const say = (it) => console.log(it);\nexport class Stop extends Error {}\n",
    ),
    (
        "static/first.js",
        "import { say, Stop } from \"./say.js\";\nimport { both } from \"./both.js\";\n\
         export const first = async () => {\n  say(both(\"first\"));\n  const { second } = await import(\"./second.js\");\n  return second(Stop);\n};\n",
    ),
    (
        "static/second.js",
        "import { both } from \"./both.js\";\nexport const second = (stop) => [both(\"second\"), stop];\n",
    ),
    ("static/both.js", "export const both = (it) => document.querySelector(it);\n"),
];

#[test]
fn what_is_needed_later_is_a_file_of_its_own_that_shares_what_is_there() {
    let whole = whole(&files(&PAGE)).unwrap();
    let paths = ["static/first.js", "static/page.js", "static/second.js"];
    assert_eq!(whole.files.keys().collect::<Vec<_>>(), paths);
    let version = &whole.versions["static/page.js"];
    assert!(whole.versions.values().all(|one| one == version), "{:?}", whole.versions);
    let [first, page, second] = paths.map(|path| text(&whole, path));
    assert!(page.contains(&format!("import(`./first.js?v={version}`)")), "{page}");
    assert!(first.contains(&format!("from\"./page.js?v={version}\"")), "{first}");
    assert!(first.contains(&format!("import(`./second.js?v={version}`)")), "{first}");
    assert!(second.contains(&format!("from\"./first.js?v={version}\"")), "{second}");
    // Each module once, in the first file that is there for all that need it.
    for (inside, file) in [("console.log", &page), ("querySelector", &first)] {
        assert!(file.contains(inside), "{file}");
        let times: usize =
            [&first, &page, &second].map(|text| text.matches(inside).count()).iter().sum();
        assert_eq!(times, 1, "{inside}");
    }
    assert!(![first, page, second].iter().any(|text| text.contains("_of_module")));
}

#[test]
fn the_version_of_all_files_changes_with_each_and_nothing_else_changes_it() {
    let version = |scripts: &[(&str, &str)]| {
        whole(&files(scripts)).unwrap().versions["static/page.js"].clone()
    };
    let known = version(&PAGE);
    assert_eq!(version(&PAGE), known);
    for (place, (path, text)) in PAGE.into_iter().enumerate() {
        let mut changed = PAGE;
        let longer = format!("{text}globalThis.changed = 1;\n");
        changed[place] = (path, &longer);
        assert_ne!(version(&changed), known, "{path}");
        let commented = format!("// For readers.\n{text}");
        changed[place] = (path, &commented);
        assert_eq!(version(&changed), known, "{path}");
    }
}

#[test]
fn names_of_one_module_never_become_those_of_another() {
    let whole = whole(&files(&[
        (
            "static/page.js",
            "import { name as other } from \"./a.js\";\nconst name = document.title;\nconst shown = { name, other };\n\
             const inner = (other) => ({ other, name });\nexport { shown as out, inner };\n",
        ),
        ("static/a.js", "const hidden = document.cookie;\nexport const name = () => { const title_of_module = hidden; return title_of_module; };\n"),
    ]))
    .unwrap();
    let page = text(&whole, "static/page.js");
    assert!(page.contains("{name:"), "members keep their names: {page}");
    assert!(page.contains("other:") && page.contains(" as out"), "{page}");
    assert!(page.contains("document.title") && page.contains("document.cookie"), "{page}");
}

#[test]
fn a_mistake_is_refused_with_its_file_and_line() {
    for (scripts, file, reason) in [
        (
            &[("static/a.js", "import { b } from \"./b.js\";"), ("static/c.js", "")][..],
            "static/a.js",
            "line 1: `static/b.js` is not there",
        ),
        (
            &[("static/a.js", "\nexport const a = () => import(\"./b.js\");")],
            "static/a.js",
            "line 2: `static/b.js` is not there",
        ),
        (
            &[
                ("static/a.js", "\nimport { b } from \"./b.js\";\nb();"),
                ("static/b.js", "export const c = 1;"),
            ],
            "static/a.js",
            "line 2: `static/b.js` does not export `b`",
        ),
        (
            &[
                ("static/a.js", "import { b } from \"./b.js\";\nexport const a = b;"),
                ("static/b.js", "import { a } from \"./a.js\";\nexport const b = a;"),
            ],
            "static/b.js",
            "line 1: `static/a.js` imports this script in turn",
        ),
        (
            &[("static/a.js", "const a = 1;\nconst b = (;\n")],
            "static/a.js",
            "line 2: Unexpected token",
        ),
        (
            &[("static/a.js", "export const a = 1;\n\nconst a = 2;\n")],
            "static/a.js",
            "line 1: Identifier `a` has already been declared",
        ),
        (
            &[("static/a.js", "export const a = 1;\nexport default a;\n")],
            "static/a.js",
            "line 2: scripts of a theme export what they declare, by name",
        ),
        (
            &[("static/a.js", "import a from \"./b.js\";"), ("static/b.js", "")],
            "static/a.js",
            "line 1: scripts of a theme import by name: `import { name } from …`",
        ),
        (
            &[("static/a.js", "import { a } from \"https://cdn.example/a.js\";")],
            "static/a.js",
            "line 1: scripts of a theme import files of the theme",
        ),
        (
            &[
                ("static/a.js", "import(\"./c.js\");"),
                ("static/b.js", "import(\"./c.js\");"),
                ("static/c.js", ""),
            ],
            "static/c.js",
            "two scripts load it when it is needed; let one load it, or import it",
        ),
    ] {
        assert_eq!(refusal(scripts), (file.to_owned(), reason.to_owned()));
    }
}

#[test]
fn what_states_a_licence_stays() {
    let whole = whole(&files(&[
        ("static/a.js", "import { b } from \"./b.js\";\nb();\n"),
        ("static/b.js", "/*! MIT, somebody */\nexport const b = () => print();\n// Not this.\n"),
    ]))
    .unwrap();
    let script = text(&whole, "static/a.js");
    assert!(script.contains("MIT, somebody") && !script.contains("Not this"), "{script}");
}
