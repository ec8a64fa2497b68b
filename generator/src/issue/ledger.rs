//! `badges/urls.ledger`: every public path ever published, one a line.
//!
//! It grows when something is sealed, since that is when something is about to be published for good; `build` never
//! writes to it. Awards are not in it: it would be a list of unlisted ones.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::files::{FileError, Files};

/// Where it is.
pub const LEDGER: &str = "badges/urls.ledger";

const HEAD: &str = "# Every path this site has ever published. Lines are added by `accolade seal`, and never taken away.\n";

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
