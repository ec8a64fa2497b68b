use super::*;

/// A repository in a folder of its own.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("badges")).unwrap();
        fs::write(folder.path().join("badges/source"), "source").unwrap();
        Self(folder)
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).unwrap()
    }

    fn out(&self) -> Utf8PathBuf {
        self.root().join("public")
    }

    fn open(&self) -> Result<Writer, WriteError> {
        Writer::open(self.root(), &self.out())
    }

    /// Writes `files` into an open writer.
    fn write(writer: &mut Writer, files: &[(&str, &str)]) -> Result<(), WriteError> {
        let owners = writer.announce(files.iter().map(|(path, _)| *path))?;
        let scratch = &mut Vec::new();
        for ((path, text), owner) in files.iter().zip(owners) {
            let done = writer.folder().put((*path).to_owned(), text.as_bytes(), owner, scratch)?;
            writer.note(&done, text.len())?;
        }
        Ok(())
    }

    /// A whole build.
    fn build(&self, files: &[(&str, &str)]) -> Result<Finished, WriteError> {
        let mut writer = self.open()?;
        Self::write(&mut writer, files)?;
        writer.finish()
    }

    /// Every file of the output, with its text.
    fn files(&self) -> Vec<(String, String)> {
        let walk = walkdir::WalkDir::new(self.out()).sort_by_file_name();
        walk.into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(self.out()).unwrap();
                let text = fs::read_to_string(entry.path()).unwrap();
                (path.to_str().unwrap().to_owned(), text)
            })
            .collect()
    }
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn modified(place: &Utf8Path) -> std::time::SystemTime {
    place.metadata().unwrap().modified().unwrap()
}

const SITE: [(&str, &str); 4] =
    [("404.html", "no"), ("a/0/index.html", "zero"), ("a/1/index.html", "one"), ("b.json", "{}")];

#[test]
fn the_digest_is_the_sha256_of_sorted_lines_of_digest_and_path() {
    let repository = Repository::new();
    let lines: String = SITE
        .iter()
        .map(|(path, text)| format!("{}  {path}\n", hex(&Sha256::digest(text))))
        .collect();
    let finished = repository.build(&SITE).unwrap();
    assert_eq!(finished.digest, hex(&Sha256::digest(lines)));
    assert_eq!(finished.tally, Tally { files: 4, bytes: 11, created: 4, ..Tally::default() });
    assert_eq!(repository.files(), owned(&SITE));
}

#[test]
fn a_second_build_touches_only_what_changed() {
    let repository = Repository::new();
    repository.build(&SITE).unwrap();
    let before: Vec<_> =
        SITE.iter().map(|(path, _)| modified(&repository.out().join(path))).collect();
    let mut site = SITE;
    site[1].1 = "null";
    let finished = repository.build(&site).unwrap();
    assert_eq!(finished.tally, Tally { files: 4, bytes: 11, changed: 1, ..Tally::default() });
    assert_eq!(repository.files(), owned(&site));
    for (place, (path, _)) in SITE.iter().enumerate() {
        let now = modified(&repository.out().join(path));
        assert_eq!(now == before[place], place != 1, "{path}");
    }
}

#[test]
fn what_is_no_longer_wanted_is_pruned_and_a_strangers_file_stays() {
    let repository = Repository::new();
    repository.build(&SITE).unwrap();
    fs::write(repository.out().join("CNAME"), "badges.example").unwrap();
    fs::write(repository.out().join("a/1/mine.txt"), "mine").unwrap();
    let finished = repository.build(&SITE[..1]).unwrap();
    assert_eq!(finished.tally.pruned, 3);
    let left = [("404.html", "no"), ("CNAME", "badges.example"), ("a/1/mine.txt", "mine")];
    assert_eq!(repository.files(), owned(&left));
    assert!(!repository.out().join("a/0").exists(), "an empty folder is removed");
}

#[test]
fn a_folder_with_a_strangers_files_is_refused_and_untouched() {
    let repository = Repository::new();
    fs::create_dir(repository.out()).unwrap();
    fs::write(repository.out().join("thesis.tex"), "years").unwrap();
    let folder = repository.out().canonicalize_utf8().unwrap();
    for _ in 0..2 {
        let error = repository.build(&SITE).unwrap_err();
        assert_eq!(error, WriteError::NotOurs { folder: folder.clone() });
    }
    assert_eq!(repository.files(), owned(&[("thesis.tex", "years")]));
}

#[test]
fn a_checkout_that_holds_only_git_is_empty() {
    let repository = Repository::new();
    fs::create_dir_all(repository.out().join(".git")).unwrap();
    fs::write(repository.out().join(".git/HEAD"), "ref").unwrap();
    repository.build(&SITE).unwrap();
    repository.build(&[]).unwrap();
    assert_eq!(repository.files(), owned(&[(".git/HEAD", "ref")]));
}

#[test]
fn a_strangers_file_is_never_overwritten() {
    let repository = Repository::new();
    repository.build(&SITE[..1]).unwrap();
    let file = repository.out().join("b.json");
    fs::write(&file, "[]").unwrap();
    for _ in 0..2 {
        let error = repository.build(&SITE).unwrap_err();
        assert_eq!(error, WriteError::Stranger { file: file.canonicalize_utf8().unwrap() });
        assert_eq!(fs::read_to_string(&file).unwrap(), "[]");
    }
    // With the same bytes there is nothing to lose.
    fs::write(&file, "{}").unwrap();
    repository.build(&SITE).unwrap();
}

#[test]
fn the_sources_are_no_output() {
    let repository = Repository::new();
    let root = repository.root();
    for folder in
        ["", ".", "badges", "badges/classes/x", "themes", "x/../badges", ".git", ".accolade"]
    {
        let refused = Writer::open(root, &root.join(folder)).map(drop);
        assert!(matches!(refused, Err(WriteError::AmongSources { .. })), "{folder}: {refused:?}");
    }
    let above = Writer::open(root, root.parent().unwrap()).map(drop);
    assert!(matches!(above, Err(WriteError::AmongSources { .. })), "{above:?}");
    assert_eq!(fs::read_dir(root.join("badges")).unwrap().count(), 1);
}

#[test]
fn a_path_cannot_leave_the_site() {
    let repository = Repository::new();
    let writer = repository.open().unwrap();
    for path in ["../x", "a/../../x", "/etc/x", "a//b", "./x", ""] {
        let put = writer.folder().put(path.to_owned(), b"", Owner::NotUs, &mut Vec::new());
        assert_eq!(put.map(drop), Err(WriteError::Outside { path: path.to_owned() }));
    }
}

#[test]
fn two_builds_do_not_mix() {
    let repository = Repository::new();
    let first = repository.open().unwrap();
    let folder = repository.out().canonicalize_utf8().unwrap();
    assert_eq!(repository.build(&SITE).unwrap_err(), WriteError::Busy { folder });
    drop(first);
    repository.build(&SITE).unwrap();
}

#[test]
fn the_build_after_one_that_died_repairs_and_prunes_what_it_left() {
    let repository = Repository::new();
    repository.build(&SITE).unwrap();
    let died = [("404.html", "new"), ("a/0/index.html", "zero"), ("c.txt", "new"), ("d/e", "new")];
    let mut writer = repository.open().unwrap();
    Repository::write(&mut writer, &died).unwrap();
    drop(writer);
    // Torn by the death, and a rename that never came.
    fs::write(repository.out().join("c.txt"), "n").unwrap();
    fs::create_dir_all(repository.out().join(WAITING)).unwrap();
    fs::write(repository.out().join(WAITING).join("7"), "half").unwrap();
    assert_eq!(
        repository.files().iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(),
        [
            ".accolade-waiting/7",
            "404.html",
            "a/0/index.html",
            "a/1/index.html",
            "b.json",
            "c.txt",
            "d/e"
        ],
        "what was there is still there"
    );
    let next = [("404.html", "newer"), ("c.txt", "new")];
    let finished = repository.build(&next).unwrap();
    assert_eq!(repository.files(), owned(&next));
    assert_eq!(finished.tally.pruned, 4, "two of the old site, and two of the site that never was");
    assert_eq!(finished.digest, {
        let fresh = Repository::new();
        fresh.build(&next).unwrap().digest
    });
}

#[test]
fn a_journal_cut_in_the_middle_of_a_line_claims_nothing_for_it() {
    let repository = Repository::new();
    repository.build(&SITE[..1]).unwrap();
    drop(repository.open().unwrap());
    let journal = fs::read_dir(repository.root().join(".accolade"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "journal"))
        .unwrap();
    fs::write(journal, "-  404.html\n-  b.json").unwrap();
    let file = repository.out().join("b.json");
    fs::write(&file, "mine").unwrap();
    let error = repository.build(&SITE).unwrap_err();
    assert_eq!(error, WriteError::Stranger { file: file.canonicalize_utf8().unwrap() });
}

#[test]
fn moving_the_repository_with_its_output_changes_nothing() {
    let repository = Repository::new();
    repository.build(&SITE).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("moved");
    fs::rename(repository.root(), &moved).unwrap();
    let root = Utf8PathBuf::from_path_buf(moved).unwrap();
    let mut writer = Writer::open(&root, &root.join("public")).unwrap();
    Repository::write(&mut writer, &SITE).unwrap();
    let finished = writer.finish().unwrap();
    assert_eq!(finished.tally, Tally { files: 4, bytes: 11, ..Tally::default() });
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_replaced_and_not_followed() {
    let repository = Repository::new();
    repository.build(&SITE).unwrap();
    let (file, other) = (repository.out().join("b.json"), repository.root().join("badges/source"));
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(&other, &file).unwrap();
    repository.build(&SITE).unwrap();
    assert_eq!(fs::read_to_string(other).unwrap(), "source");
    assert!(file.symlink_metadata().unwrap().is_file());
}
