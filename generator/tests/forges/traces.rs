//! What must be nowhere, looked for in every file, in every object git ever kept, and in all that was said.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Something that could hold a trace: its name, and its bytes.
pub(crate) type Place = (String, Vec<u8>);

/// Every file below a folder, and its name.
pub(crate) fn files(folder: &Path) -> Vec<Place> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// Every object of a repository, also those that no branch leads to any more.
pub(crate) fn history(repository: &Path) -> Place {
    let git = ["cat-file", "--batch-all-objects", "--batch", "--buffer"];
    let output = Command::new("git").args(git).current_dir(repository).output().unwrap();
    assert!(output.status.success() && !output.stdout.is_empty(), "git does not show its objects");
    ("the history".to_owned(), output.stdout)
}

/// Where `text` is, in whatever case.
pub(crate) fn of<'p>(text: &str, places: &'p [Place]) -> Vec<&'p str> {
    let wanted = text.to_lowercase();
    let holds =
        |(_, bytes): &&Place| String::from_utf8_lossy(bytes).to_lowercase().contains(&wanted);
    places.iter().filter(holds).map(|(name, _)| name.as_str()).collect()
}

/// The addresses in a text, apart from those that may be there.
pub(crate) fn addresses(text: &str, known: &[&str]) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "@._+-".contains(c);
    let words = text.split(|c| !is_part(c)).map(|word| word.trim_matches(['.', '-']));
    let is_address = |word: &&str| {
        let (mailbox, host) = word.split_once('@').unwrap_or_default();
        let (_, end) = host.rsplit_once('.').unwrap_or_default();
        !mailbox.is_empty() && end.len() > 1 && end.bytes().all(|b| b.is_ascii_alphabetic())
    };
    words.filter(is_address).filter(|word| !known.contains(word)).map(str::to_owned).collect()
}
