//! What `accolade init` writes: the first files of an issuer's repository, in the association's language.
//!
//! [`files`] is pure: answers in, files out. The sources are in `generator/scaffold/`, compiled in: `both/` for every
//! association, `fr/` and `en/` for its language, one folder for each forge; a name that begins with `dot.` begins with a
//! dot, so that those files do not work on this repository. `@word@` in a path or a text is a value of the answers
//! (`Values`), a part (`parts/<lang>/<forge>.md`), or the message `scaffold-word`. The theme is not among them: it is
//! built in, and an association overrides it file by file when it wants to.
//!
//! [`start`] writes them, and is the only one here to touch the disk.

mod name;
pub mod start;
mod values;

use include_dir::{Dir, File, include_dir};
use openbadges::iri::BaseUrl;
use openbadges::verify::is_shared_host;

pub use name::issuer_slug;

use crate::check;
use crate::site::{Hosting, Lang, Repository, Slug};
use crate::words::Words;
use values::Values;

static SCAFFOLD: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffold");

/// The branch where an association publishes unless its repository says otherwise.
pub const BRANCH: &str = "main";

/// What is asked before the first file is written.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The association, as it calls itself.
    pub name: String,
    /// Its folder below `badges/issuers/`; see [`issuer_slug`].
    pub issuer: Slug,
    /// Where the site will be.
    pub base_url: BaseUrl,
    /// The language of the pages, the badge and the README.
    pub lang: Lang,
    /// Where the repository will live.
    pub forge: Forge,
    /// Whether strangers will read the repository.
    pub repository: Repository,
    /// The publishing branch.
    pub branch: String,
}

impl Answers {
    /// Whether the address is below somebody else's domain.
    #[must_use]
    pub fn is_on_a_shared_host(&self) -> bool {
        is_shared_host(self.base_url.host())
    }

    /// The class that is there from the beginning.
    #[must_use]
    pub fn class(&self) -> &'static str {
        if self.lang.as_str() == "fr" { "benevole" } else { "volunteer" }
    }
}

/// A service that keeps git repositories, runs their jobs and serves their pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the forges'")]
pub enum Forge {
    Github,
    Gitlab,
    Forgejo,
}

impl Forge {
    /// Every forge that `init` knows.
    pub const ALL: [Self; 3] = [Self::Github, Self::Gitlab, Self::Forgejo];

    /// The word for it in `accolade.yaml` and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        check::hosting_word(match self {
            Self::Github => Hosting::Github,
            Self::Gitlab => Hosting::Gitlab,
            Self::Forgejo => Hosting::Forgejo,
        })
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Relative to the repository.
    pub path: String,
    /// Its bytes.
    pub text: String,
    /// Whether it is a program.
    pub runs: bool,
}

/// The files of a new repository, sorted by path. `words` are those of the association's language, `commit` and `source`
/// say which program its forge should use, and are empty when nobody knows.
#[must_use]
pub fn files(answers: &Answers, words: &Words, commit: &str, source: &str) -> Vec<NewFile> {
    let values = Values::of(answers, words, commit, source);
    let mut files = Vec::new();
    for folder in ["both", answers.lang.as_str(), answers.forge.word()] {
        for file in SCAFFOLD.get_dir(folder).into_iter().flat_map(below) {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let path = path.strip_prefix(folder).unwrap_or(&path).trim_start_matches('/');
            files.push(NewFile {
                path: values.fill(&undotted(path)),
                text: values.fill(file.contents_utf8().unwrap_or_default()),
                runs: path == "ci/accolade",
            });
        }
    }
    files.extend(check::schema::files(words).into_iter().map(|(name, text)| NewFile {
        path: format!("schemas/{name}.json"),
        text,
        runs: false,
    }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// `dot.github/workflows/x.yml` is written as `.github/workflows/x.yml`.
fn undotted(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix("dot.") {
        Some(name) => format!(".{name}"),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A part of a README that differs from forge to forge, with its blanks.
fn part(lang: &Lang, forge: Forge) -> &'static str {
    let file = SCAFFOLD.get_file(format!("parts/{lang}/{}.md", forge.word()));
    file.and_then(File::contents_utf8).unwrap_or_default()
}

fn below(folder: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    let deeper = folder.dirs().flat_map(below);
    folder.files().chain(deeper).collect()
}

#[cfg(test)]
mod tests;
