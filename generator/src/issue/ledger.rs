//! `badges/urls.ledger`: every public path ever published, one a line.
//!
//! It grows when something is sealed, since that is when something is about to be published for good; `build` never
//! writes to it. Awards are not in it: it would be a list of unlisted ones.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::files::{FileError, Files};
use crate::plan::{FixedFile, Plan, PlanError};
use crate::site::Site;

/// Where it is.
pub const LEDGER: &str = "badges/urls.ledger";

const HEAD: &str = "# Every path this site has ever published. Lines are added by `accolade seal`, and never taken away.\n";

/// What is published for good with the next build: home and text pages, issuers, classes, and every version that an
/// award names. A version that nobody was awarded may still be renamed.
///
/// # Errors
/// [`PlanError`] when the site cannot be laid out.
pub fn paths(site: &Site) -> Result<BTreeSet<String>, PlanError> {
    let plan = Plan::new(site, [])?;
    let fixed = plan.before_awards().chain(plan.after_awards());
    let lasting = fixed.filter(|(_, file)| match file {
        FixedFile::Home(_)
        | FixedFile::Gallery(_, 1)
        | FixedFile::ClassPage(..)
        | FixedFile::IssuerPage(..)
        | FixedFile::TextPage(_)
        | FixedFile::VerifyPage(_) => true,
        FixedFile::VersionPage(meaning, _) => meaning.version.frozen,
        _ => false,
    });
    let folder = |path: &str| path.strip_suffix("index.html").unwrap_or(path).to_owned();
    // The home page of the default language has no path to be written down, and cannot vanish.
    Ok(lasting.map(|(path, _)| folder(path)).filter(|path| !path.is_empty()).collect())
}

/// Adds the paths that are not there yet; the answer is how many. `known` is what the ledger holds.
///
/// # Errors
/// [`FileError`] when the ledger cannot be written.
pub fn append(
    files: &Files,
    known: &BTreeSet<String>,
    paths: &BTreeSet<String>,
) -> Result<usize, FileError> {
    let added = paths.difference(known).count();
    if added == 0 {
        return Ok(0);
    }
    let lines: Vec<&str> = known.union(paths).map(String::as_str).collect();
    let text = format!("{HEAD}{}\n", lines.join("\n"));
    files.replace(Utf8Path::new(LEDGER), text.as_bytes())?;
    files.settle()?;
    Ok(added)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_last_and_a_version_does_when_it_is_frozen() {
        let mut site = crate::example::site();
        let before = paths(&site).unwrap();
        for path in ["en/", "badges/", "badges/accueil/", "en/badges/sol/", "issuers/club/"] {
            assert!(before.contains(path), "{path} {before:?}");
        }
        assert!(!before.iter().any(|path| path.contains("/v1/") || path.starts_with("a/")));
        site.classes[1].versions.get_mut(&1).unwrap().frozen = true;
        let after = paths(&site).unwrap();
        let added: Vec<&String> = after.difference(&before).collect();
        assert_eq!(added, ["badges/accueil/v1/", "en/badges/accueil/v1/"]);
    }

    fn set(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn the_ledger_grows_and_never_shrinks() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::take(Utf8Path::from_path(folder.path()).unwrap()).unwrap();
        let ledger = || {
            let bytes = files.read(Utf8Path::new(LEDGER), 10_000).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            text.strip_prefix(HEAD).unwrap().to_owned()
        };
        assert_eq!(append(&files, &set(&[]), &set(&["b/", "a/"])), Ok(2));
        assert_eq!(ledger(), "a/\nb/\n");
        // A path that is not planned any more stays: `check` says that it vanished.
        assert_eq!(append(&files, &set(&["a/", "b/"]), &set(&["c/"])), Ok(1));
        assert_eq!(ledger(), "a/\nb/\nc/\n");
        assert_eq!(append(&files, &set(&["a/", "b/", "c/"]), &set(&["c/"])), Ok(0));
    }
}
