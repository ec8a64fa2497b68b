//! Scripts in several modules, published as one file.
//!
//! A script of `static/` that imports others (`import { a } from "./b.js";`) is published with those inside it, and the
//! modules it imports are not published by themselves. So a page asks for one file, whose address changes when any part
//! does, and a theme still replaces one module alone. Comments and needless spaces are for readers of the source and are
//! left out. A script that imports nothing and is imported by none is published as it is.
//!
//! Not a bundler for the world: modules import names from files beside them, export what they declare, and do not import
//! each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::TemplateError;

/// The files of a site with every script that imports others made whole.
///
/// # Errors
/// [`TemplateError::File`] names the script whose import leads nowhere, or back to itself.
pub(super) fn whole(
    files: BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, Vec<u8>>, TemplateError> {
    let mut modules = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".js")) {
        // A script in another encoding imports nothing that could be found here.
        let Ok(text) = str::from_utf8(bytes) else { continue };
        modules.insert(path.as_str(), Module::read(path, text));
    }
    let imported: BTreeSet<&str> = modules
        .values()
        .flat_map(|module| module.imports.iter().map(|(_, from)| from.as_str()))
        .collect();
    let mut published = BTreeMap::new();
    for (path, bytes) in &files {
        match modules.get(path.as_str()) {
            Some(_) if imported.contains(path.as_str()) => {}
            Some(module) if !module.imports.is_empty() => {
                published.insert(path.clone(), joined(path, &modules)?.into_bytes());
            }
            _ => drop(published.insert(path.clone(), bytes.clone())),
        }
    }
    // A circle that nothing outside leads into would be published nowhere.
    let looped = imported
        .iter()
        .find(|path| order(path, &modules, &mut Vec::new(), &mut Vec::new()).is_err());
    match looped {
        Some(path) => Err(refused(path, "it imports itself, or what is not there")),
        None => Ok(published),
    }
}

/// One script: what it imports, and its text without comments, imports and the word `export`.
struct Module {
    /// The imported names as they stand between the braces, and the path they come from.
    imports: Vec<(String, String)>,
    exports: Vec<String>,
    body: String,
}

impl Module {
    fn read(path: &str, text: &str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut module = Self { imports: Vec::new(), exports: Vec::new(), body: String::new() };
        for line in bare(text).lines() {
            if let Some((names, from)) = import(line) {
                module.imports.push((names.to_owned(), format!("{folder}/{from}")));
                continue;
            }
            let declared =
                line.strip_prefix("export ").and_then(|rest| Some((rest, declared(rest)?)));
            match declared {
                Some((rest, name)) => {
                    module.exports.push(name.to_owned());
                    module.body.push_str(rest);
                }
                None => module.body.push_str(line),
            }
            module.body.push('\n');
        }
        module
    }

    /// The imports as declarations: `const { a, b: c } = m1;`.
    fn head(&self, places: &[&str]) -> String {
        let declare = |(names, from): &(String, String)| {
            let place = places.iter().position(|path| path == from).unwrap_or_default();
            format!("const {{{}}}=m{place};\n", names.replace(" as ", ":"))
        };
        self.imports.iter().map(declare).collect()
    }
}

/// The names and the file of `import { a, b as c } from "./file.js";`, as [`bare`] leaves it.
fn import(line: &str) -> Option<(&str, &str)> {
    let (names, from) = line.strip_prefix("import{")?.split_once("}from \"./")?;
    Some((names, from.strip_suffix("\";")?))
}

/// The name that `const name = …`, `class Name {` or `function name(` declares.
fn declared(rest: &str) -> Option<&str> {
    let after = ["const ", "class ", "async function ", "function "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'))?;
    after.get(..end)
}

/// The script at `path` with everything it imports before it, each module in a function of its own.
fn joined(path: &str, modules: &BTreeMap<&str, Module>) -> Result<String, TemplateError> {
    let mut places = Vec::new();
    order(path, modules, &mut Vec::new(), &mut places)
        .map_err(|culprit| refused(&culprit, "it imports itself, or what is not there"))?;
    let parts = places.iter().enumerate().filter_map(|(place, one)| {
        let module = modules.get(one)?;
        let (head, body) = (module.head(&places), &module.body);
        Some(if *one == path {
            let exports = module.exports.join(",");
            format!("{head}{body}export{{{exports}}};\n")
        } else {
            let exports = module.exports.join(",");
            format!("const m{place}=(()=>{{\n{head}{body}return{{{exports}}};\n}})();\n")
        })
    });
    Ok(parts.collect())
}

/// Puts what `path` imports before it; an error names what is in a circle or nowhere.
fn order<'m>(
    path: &str,
    modules: &'m BTreeMap<&str, Module>,
    open: &mut Vec<String>,
    places: &mut Vec<&'m str>,
) -> Result<(), String> {
    let (known, module) = modules.get_key_value(path).ok_or_else(|| path.to_owned())?;
    if places.contains(known) {
        return Ok(());
    }
    if open.iter().any(|one| one == path) {
        return Err(path.to_owned());
    }
    open.push(path.to_owned());
    for (_, from) in &module.imports {
        order(from, modules, open, places)?;
    }
    open.pop();
    places.push(known);
    Ok(())
}

fn refused(path: &str, reason: &str) -> TemplateError {
    TemplateError::file(path, reason.to_owned())
}

/// What the reader of a script is in.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Code,
    Line,
    Block,
    /// A string, a template or a regular expression, up to this mark; in a regular expression also a class.
    Text(char),
    Class,
}

/// A script without comments, empty lines and needless spaces. Strings, templates and regular expressions are kept.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = Inside::Code;
    // Braces that are open inside each `${` of a template, so that its end is found.
    let mut templates: Vec<usize> = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match (inside, letter) {
            (Inside::Line, '\n') => {
                inside = Inside::Code;
                end_line(&mut out);
            }
            (Inside::Block, '*') if next == Some('/') => {
                letters.next();
                inside = Inside::Code;
            }
            (Inside::Line | Inside::Block, _) => {}
            (Inside::Text(_) | Inside::Class, '\\') => {
                out.push(letter);
                out.extend(letters.next());
            }
            (Inside::Text('`'), '$') if next == Some('{') => {
                out.push_str("${");
                letters.next();
                templates.push(0);
                inside = Inside::Code;
            }
            (Inside::Text('/'), '[') => {
                out.push(letter);
                inside = Inside::Class;
            }
            (Inside::Class, ']') => {
                out.push(letter);
                inside = Inside::Text('/');
            }
            (Inside::Text(end), _) if letter == end => {
                out.push(letter);
                inside = Inside::Code;
            }
            (Inside::Text(_) | Inside::Class, _) => out.push(letter),
            (Inside::Code, '/') if next == Some('/') => inside = Inside::Line,
            (Inside::Code, '/') if next == Some('*') => {
                letters.next();
                inside = Inside::Block;
            }
            (Inside::Code, '/') if begins_expression(&out) => {
                out.push(letter);
                inside = Inside::Text('/');
            }
            (Inside::Code, '"' | '\'' | '`') => {
                out.push(letter);
                inside = Inside::Text(letter);
            }
            (Inside::Code, '\n') => end_line(&mut out),
            (Inside::Code, ' ' | '\t') if is_needless(&out, next) => {}
            (Inside::Code, _) => {
                out.push(letter);
                inside = after_brace(letter, &mut templates).unwrap_or(inside);
            }
        }
    }
    end_line(&mut out);
    out
}

/// Marks beside which a space says nothing. `+` and `-` are not among them: two of a kind would become another word.
const MARKS: &[char] =
    &['(', ')', '{', '}', '[', ']', ',', ';', ':', '=', '?', '&', '|', '<', '>', '!'];

/// Whether a space between what is written and `next` is there for readers only.
fn is_needless(before: &str, next: Option<char>) -> bool {
    before.is_empty()
        || before.ends_with(['\n', ' '])
        || before.ends_with(MARKS)
        || next.is_some_and(|next| MARKS.contains(&next))
}

/// Whether a `}` in code ends the `${` of a template, so that its text goes on.
fn after_brace(letter: char, templates: &mut Vec<usize>) -> Option<Inside> {
    let open = templates.last_mut()?;
    match (letter, *open) {
        ('{', _) => *open = open.saturating_add(1),
        ('}', 0) => {
            templates.pop();
            return Some(Inside::Text('`'));
        }
        ('}', _) => *open = open.saturating_sub(1),
        _ => {}
    }
    None
}

fn end_line(out: &mut String) {
    let end = out.trim_end_matches([' ', '\t']).len();
    out.truncate(end);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Whether a `/` here begins a regular expression and is no division: an operator or a keyword stands before it.
fn begins_expression(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    before.is_empty()
        || before.ends_with(|c: char| "(,=:[!&|?{};+-*%~^<>".contains(c))
        || matches!(word, "return" | "typeof" | "case" | "of" | "in")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(scripts: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        scripts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
        String::from_utf8(files.get(path).unwrap().clone()).unwrap()
    }

    #[test]
    fn a_script_is_published_with_what_it_imports_inside() {
        let whole = whole(files(&[
            ("static/v/page.js", "import { double as twice } from \"./sum.js\";\n\nexport const four = twice(2);\n"),
            ("static/v/sum.js", "import { TWO } from \"./two.js\";\n/** @type {any} */\nexport const double = (n) => n * TWO;\n"),
            ("static/v/two.js", "// Why two.\nexport const TWO = 2;\n"),
            ("static/alone.js", "// Kept.\nlet x = 1;\n"),
        ]))
        .unwrap();
        assert_eq!(whole.keys().collect::<Vec<_>>(), ["static/alone.js", "static/v/page.js"]);
        assert_eq!(
            text(&whole, "static/v/page.js"),
            "const m0=(()=>{\nconst TWO=2;\nreturn{TWO};\n})();\n\
             const m1=(()=>{\nconst {TWO}=m0;\nconst double=(n)=>n * TWO;\nreturn{double};\n})();\n\
             const {double:twice}=m1;\nconst four=twice(2);\nexport{four};\n"
        );
        assert_eq!(text(&whole, "static/alone.js"), "// Kept.\nlet x = 1;\n");
    }

    #[test]
    fn an_import_that_leads_nowhere_or_back_is_refused_by_name() {
        for scripts in [
            [("static/a.js", "import { b } from \"./b.js\";"), ("static/c.js", "")],
            [
                ("static/a.js", "import { b } from \"./b.js\";"),
                ("static/b.js", "import { a } from \"./a.js\";"),
            ],
        ] {
            let error = whole(files(&scripts)).unwrap_err();
            assert!(
                matches!(&error, TemplateError::File { file, .. } if file.starts_with("static/")),
                "{error:?}"
            );
        }
    }

    #[test]
    fn comments_go_and_texts_stay() {
        for (source, expected) in [
            ("a; // b\n\n  c;", "a;\nc;\n"),
            ("/** doc\n * more */\nconst a = 1;", "const a=1;\n"),
            ("const a = \"// no\"; // yes", "const a=\"// no\";\n"),
            ("const a = `// ${b /* c */ + `//${d}`} //`;", "const a=`// ${b + `//${d}`} //`;\n"),
            ("const a = `\n  kept\n`;", "const a=`\n  kept\n`;\n"),
            ("a + +b - -c, { d : [ 1 ] }", "a + +b - -c,{d:[1]}\n"),
            ("if (/[/*]\\/\\/\"/.test(a)) b / c; // d", "if(/[/*]\\/\\/\"/.test(a))b / c;\n"),
            ("const f = ({ a }) => `${{ a }.a}`; // x", "const f=({a})=>`${{a}.a}`;\n"),
            ("return /\"/;", "return /\"/;\n"),
        ] {
            assert_eq!(bare(source), expected, "{source}");
        }
    }
}
