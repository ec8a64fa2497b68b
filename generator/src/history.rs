//! What git remembers: the files of a revision against the working tree, and every sealed file that was ever deleted.
//!
//! The program `git` is asked, because only it knows packs, alternates and both object formats. It is asked for what it
//! stores and hashes, never for a diff of its own: filters, attributes and the index could hide a changed byte. No
//! object is fetched, no hook runs and nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write as _};
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use crate::id::AwardId;
use crate::issue::branch;
use crate::load::{ASSERTIONS, SETTINGS, Sources, TEXT_BYTES_MAX};

/// Where the bytes go that `reseal` took out of publication.
pub const SUPERSEDED: &str = "badges/superseded/";

/// What is compared with a revision; the words and the look may change freely.
const COMPARED: [&str; 2] = ["badges", SETTINGS];

/// The longest piece of git's own words that a message repeats.
const REASON_CHARS_MAX: usize = 300;

/// The history of a repository.
#[derive(Debug)]
pub struct History {
    root: Utf8PathBuf,
    shallow: bool,
}

/// A commit, and how a person names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// What can be typed after `git checkout`.
    pub name: String,
    id: String,
}

impl History {
    /// The history that `root` has; `None` where there is no repository.
    ///
    /// # Errors
    /// [`HistoryError`] when there is one and git does not answer.
    pub fn of(root: &Utf8Path) -> Result<Option<Self>, HistoryError> {
        if !branch::is_in_repository(root).unwrap_or(true) {
            return Ok(None);
        }
        let history = Self { root: root.to_owned(), shallow: false };
        match history.ask(&["rev-parse", "--is-shallow-repository"], None) {
            Ok(told) => Ok(Some(Self { shallow: told.trim_ascii() == b"true", ..history })),
            Err(HistoryError::NotARepository) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The commit that is checked out; `None` before the first one.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub fn head(&self) -> Result<Option<Commit>, HistoryError> {
        let commit = |id| Commit { name: "HEAD".to_owned(), id };
        Ok(self.commit("HEAD")?.map(commit))
    }

    /// Where the working tree left `revision`: their newest common commit. What was sealed over there since is not
    /// missing here, it is not merged yet. Where the two have no common commit, it is `revision` itself.
    ///
    /// # Errors
    /// [`HistoryError::UnknownRevision`] when git has no such commit, perhaps because the clone is shallow.
    pub fn fork(&self, revision: &str) -> Result<Commit, HistoryError> {
        let unknown = || HistoryError::UnknownRevision {
            revision: revision.to_owned(),
            shallow: self.shallow,
        };
        // An option is no revision, and git would obey it.
        if revision.starts_with('-') {
            return Err(unknown());
        }
        let id = self.commit(revision)?.ok_or_else(unknown)?;
        let name = revision.to_owned();
        let Some(head) = self.commit("HEAD")? else { return Ok(Commit { name, id }) };
        match self.ask(&["merge-base", &id, &head], None) {
            Ok(told) => {
                let base = line(&told);
                let is_older = base != id;
                let short = base.get(..12).unwrap_or(&base).to_owned();
                Ok(Commit { name: if is_older { short } else { name }, id: base })
            }
            Err(HistoryError::Refused { reason }) if reason.is_empty() => {
                if self.shallow {
                    return Err(unknown());
                }
                Ok(Commit { name, id })
            }
            Err(error) => Err(error),
        }
    }

    fn commit(&self, revision: &str) -> Result<Option<String>, HistoryError> {
        let named = format!("{revision}^{{commit}}");
        match self.ask(&["rev-parse", "--quiet", "--verify", &named], None) {
            Ok(told) => Ok(Some(line(&told))),
            Err(HistoryError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every file of `commit` that may not change freely, and what became of it.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub fn past(&self, commit: &Commit, sources: &Sources) -> Result<Past, HistoryError> {
        let mut files = self.files(&commit.id)?;
        let superseded = sources.below(SUPERSEDED).map(|path| path.as_str().to_owned());
        let there = |path: &str| {
            let found = self.root.join(path).symlink_metadata();
            !path.contains('\n') && found.is_ok_and(|found| found.is_file())
        };
        let hashed: Vec<String> =
            files.keys().filter(|path| there(path)).cloned().chain(superseded).collect();
        let hashes = self.hashes(&hashed)?;
        let mut kept = BTreeSet::new();
        for (path, hash) in hashed.iter().zip(hashes) {
            if path.starts_with(SUPERSEDED) {
                kept.insert(hash.clone());
            }
            if let Some(was) = files.get_mut(path) {
                was.now = if was.object == hash { Now::Same } else { Now::Changed };
            }
        }
        for was in files.values_mut() {
            was.resealed = was.now == Now::Changed && kept.contains(&was.object);
        }
        self.read(&mut files)?;
        Ok(Past { revision: commit.name.clone(), files })
    }

    /// The compared files of a commit, as if all were gone.
    fn files(&self, commit: &str) -> Result<BTreeMap<String, Was>, HistoryError> {
        let mut asked = vec!["ls-tree", "-r", "-z", commit, "--"];
        asked.extend(COMPARED);
        let told = self.ask(&asked, None)?;
        let entries = told.split(|byte| *byte == 0).filter_map(|entry| {
            let (about, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
            let object = about.rsplit(' ').next()?.to_owned();
            let was = Was { object, now: Now::Gone, resealed: false, bytes: None };
            Some((path.to_owned(), was))
        });
        Ok(entries.collect())
    }

    /// The name git gives to the bytes of each file, without any filter.
    fn hashes(&self, paths: &[String]) -> Result<Vec<String>, HistoryError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let listed = paths.join("\n") + "\n";
        let told = self.ask(&["hash-object", "--no-filters", "--stdin-paths"], Some(&listed))?;
        let hashes: Vec<String> =
            String::from_utf8_lossy(&told).lines().map(str::to_owned).collect();
        if hashes.len() == paths.len() { Ok(hashes) } else { Err(HistoryError::refused("")) }
    }

    /// Reads the old bytes of the files whose content is compared, not their names alone.
    fn read(&self, files: &mut BTreeMap<String, Was>) -> Result<(), HistoryError> {
        let wanted: Vec<(&String, &mut Was)> =
            files.iter_mut().filter(|(path, was)| was.now != Now::Same && is_read(path)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let objects: Vec<&str> = wanted.iter().map(|(_, was)| was.object.as_str()).collect();
        let told = self.ask(&["cat-file", "--batch"], Some(&(objects.join("\n") + "\n")))?;
        let mut rest = told.as_slice();
        for (_, was) in wanted {
            let bytes = next_object(&mut rest).ok_or_else(|| HistoryError::refused(""))?;
            let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= TEXT_BYTES_MAX);
            was.bytes = fits.then(|| bytes.to_vec());
        }
        Ok(())
    }

    /// The sealed awards that were published and are not in the working tree any more: those of `HEAD`, and those that
    /// an earlier commit took away. In a shallow clone git does not remember all of them.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub fn lost(&self, sources: &Sources) -> Result<BTreeMap<AwardId, Lost>, HistoryError> {
        let Some(head) = self.commit("HEAD")? else { return Ok(BTreeMap::new()) };
        let is_sealed = |id: AwardId| {
            let found = sources.awards().binary_search_by_key(&id, |award| award.id);
            found.ok().and_then(|at| sources.awards().get(at)).is_some_and(|award| award.is_sealed)
        };
        let mut lost = BTreeMap::new();
        let asked = ["log", "--format=@%H", "--no-renames", "-m", "--diff-filter=D", "--name-only"];
        let told =
            self.ask(&[&asked[..], &["--relative", &head, "--", ASSERTIONS]].concat(), None)?;
        let mut commit = "";
        for told in String::from_utf8_lossy(&told).lines() {
            if let Some(id) = told.strip_prefix('@') {
                // `-m` names the parent behind the commit.
                commit = id.split(' ').next().unwrap_or_default();
            } else if let Some(id) = sealed_award(told).filter(|id| !is_sealed(*id)) {
                let before = commit.get(..12).unwrap_or(commit);
                let found = Lost { file: told.into(), revision: format!("{before}^") };
                lost.entry(id).or_insert(found);
            }
        }
        let told =
            self.ask(&["ls-tree", "-r", "-z", "--name-only", &head, "--", ASSERTIONS], None)?;
        for path in told.split(|byte| *byte == 0).filter_map(|path| std::str::from_utf8(path).ok())
        {
            if let Some(id) = sealed_award(path).filter(|id| !is_sealed(*id)) {
                lost.insert(id, Lost { file: path.into(), revision: "HEAD".to_owned() });
            }
        }
        Ok(lost)
    }

    /// The bytes of a file at a revision, at most [`TEXT_BYTES_MAX`].
    ///
    /// # Errors
    /// [`HistoryError`].
    pub fn bytes(&self, lost: &Lost) -> Result<Vec<u8>, HistoryError> {
        // `:./` is seen from the folder git was started in, which may not be the top of its repository.
        self.ask(&["cat-file", "blob", &format!("{}:./{}", lost.revision, lost.file)], None)
    }

    /// Every path that ever had `id` in its name, on any branch: what a rewrite of the history has to take out.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub fn paths_of(&self, id: AwardId) -> Result<BTreeSet<String>, HistoryError> {
        let pattern = format!("*{id}*");
        let asked =
            ["log", "--all", "--format=", "--no-renames", "-m", "--name-only", "--", &pattern];
        let told = self.ask(&asked, None)?;
        let told = String::from_utf8_lossy(&told).into_owned();
        Ok(told.lines().filter(|path| !path.is_empty()).map(str::to_owned).collect())
    }

    /// Runs git in the repository and gives what it wrote to standard output.
    fn ask(&self, asked: &[&str], input: Option<&str>) -> Result<Vec<u8>, HistoryError> {
        let mut git = Command::new("git");
        git.args(["-c", "core.quotePath=false", "-C", self.root.as_str()]).args(asked);
        // Hooks and worktrees set these for another folder than ours.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"] {
            git.env_remove(name);
        }
        git.envs([("LC_ALL", "C"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0")]);
        git.envs([("GIT_OPTIONAL_LOCKS", "0"), ("GIT_LITERAL_PATHSPECS", "0")]);
        let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
        git.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = run(git, input).map_err(|error| match error.kind() {
            ErrorKind::NotFound => HistoryError::NoGit,
            kind => HistoryError::refused(&kind.to_string()),
        })?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.contains("not a git repository") {
            return Err(HistoryError::NotARepository);
        }
        Err(HistoryError::refused(said.lines().next().unwrap_or_default()))
    }
}

/// Feeds git from a second thread: it answers while it still listens, and neither may wait for the other.
fn run(mut git: Command, input: Option<&str>) -> io::Result<std::process::Output> {
    let mut child = git.spawn()?;
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        if let (Some(mut stdin), Some(input)) = (stdin, input) {
            // A git that stopped listening says why on its way out.
            scope.spawn(move || drop(stdin.write_all(input.as_bytes())));
        }
        child.wait_with_output()
    })
}

/// The next object of `cat-file --batch`: `<object> <type> <bytes>`, a line end, the bytes, a line end.
fn next_object<'t>(rest: &mut &'t [u8]) -> Option<&'t [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (head, body) = rest.split_at_checked(end)?;
    let length = std::str::from_utf8(head).ok()?.rsplit(' ').next()?.parse().ok()?;
    let (bytes, after) = body.get(1..)?.split_at_checked(length)?;
    *rest = after.get(1..)?;
    Some(bytes)
}

fn line(told: &[u8]) -> String {
    String::from_utf8_lossy(told).trim().to_owned()
}

/// The award a path below `badges/assertions/` seals.
fn sealed_award(path: &str) -> Option<AwardId> {
    AwardId::parse(path.strip_prefix(ASSERTIONS)?.rsplit('/').next()?.strip_suffix(".json")?)
}

/// Whether the content of a file counts, and not only whether it changed.
fn is_read(path: &str) -> bool {
    let is_event = path.starts_with(ASSERTIONS) && path.ends_with(".yaml");
    let of_issuer = path.starts_with("badges/issuers/")
        && (path.contains("/keys/") || path.contains("/status/"));
    is_event || of_issuer || path == "badges/urls.ledger"
}

/// The files of a revision.
#[derive(Debug)]
pub struct Past {
    /// How a person names it.
    pub revision: String,
    /// By path, relative to the repository of badges.
    pub files: BTreeMap<String, Was>,
}

/// A file of a revision.
#[derive(Debug, Clone)]
pub struct Was {
    object: String,
    /// What became of it.
    pub now: Now,
    /// Whether it was signed again and its old bytes are kept in [`SUPERSEDED`].
    pub resealed: bool,
    /// Its bytes then, where they count.
    pub bytes: Option<Vec<u8>>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// Nothing.
    Same,
    /// It has other bytes.
    Changed,
    /// It is not there.
    Gone,
}

/// A sealed file that was published and is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Where it was.
    pub file: Utf8PathBuf,
    /// A revision that has it.
    pub revision: String,
}

/// Why the history cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// The program is not installed.
    #[error("the program `git` was not found")]
    NoGit,
    /// There is no repository.
    #[error("this is no git repository")]
    NotARepository,
    /// No commit has this name.
    #[error("git knows no revision `{revision}`")]
    UnknownRevision {
        /// What was typed.
        revision: String,
        /// Whether the clone holds a part of the history only.
        shallow: bool,
    },
    /// Git says no.
    #[error("git says: {reason}")]
    Refused {
        /// Its words.
        reason: String,
    },
}

impl HistoryError {
    fn refused(reason: &str) -> Self {
        Self::Refused { reason: reason.chars().take(REASON_CHARS_MAX).collect() }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::load;

    const ID: &str = "00000000000000000000000000";

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            let folder = Self(tempfile::tempdir().unwrap());
            folder.git(&["init", "-q", "-b", "main"]);
            folder.write("accolade.yaml", "version: 1\n");
            folder
        }

        fn root(&self) -> &Utf8Path {
            Utf8Path::from_path(self.0.path()).unwrap()
        }

        fn write(&self, path: &str, text: &str) {
            let place = self.root().join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }

        fn git(&self, asked: &[&str]) {
            let mut git = Command::new("git");
            git.args(["-c", "user.name=t", "-c", "user.email=t@t.invalid"]);
            let done = git.current_dir(self.root()).args(asked).output().unwrap();
            assert!(done.status.success(), "{asked:?} {done:?}");
        }

        fn commit(&self) {
            self.git(&["add", "-A"]);
            self.git(&["commit", "-q", "-m", "x"]);
        }

        fn history(&self) -> History {
            History::of(self.root()).unwrap().unwrap()
        }

        fn past(&self, revision: &str) -> Past {
            let history = self.history();
            let commit = history.fork(revision).unwrap();
            history.past(&commit, &load::open(self.root()).unwrap()).unwrap()
        }

        fn lost(&self) -> BTreeMap<AwardId, Lost> {
            self.history().lost(&load::open(self.root()).unwrap()).unwrap()
        }
    }

    #[test]
    fn a_folder_without_git_or_before_the_first_commit_has_no_history() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        assert!(History::of(root).unwrap().is_none());
        // A `.git` that git itself does not know.
        fs::create_dir(root.join(".git")).unwrap();
        assert!(History::of(root).unwrap().is_none());
        let folder = Folder::new();
        assert_eq!(folder.history().head(), Ok(None));
        assert!(folder.lost().is_empty());
    }

    #[test]
    fn changed_and_missing_files_are_told_apart_whatever_the_index_and_the_filters_say() {
        let folder = Folder::new();
        folder.write(".gitattributes", "*.json text eol=lf\n");
        let paths = ["a", "b", "c"].map(|name| format!("badges/evidence/{ID}/{name}.json"));
        for path in &paths {
            folder.write(path, "one\n");
        }
        folder.write("badges/urls.ledger", "a/\n");
        folder.commit();
        // A line end that the filter would smooth away, in a file that git was told not to look at.
        folder.write(&paths[1], "one\r\n");
        folder.git(&["update-index", "--assume-unchanged", &paths[1]]);
        fs::remove_file(folder.root().join(&paths[2])).unwrap();
        folder.write("badges/urls.ledger", "b/\n");
        let past = folder.past("HEAD");
        let now = |path: &str| past.files[path].now;
        assert_eq!(now(&paths[0]), Now::Same);
        assert_eq!(now(&paths[1]), Now::Changed);
        assert_eq!(now(&paths[2]), Now::Gone);
        assert_eq!(now("accolade.yaml"), Now::Same);
        assert_eq!(past.files["badges/urls.ledger"].bytes.as_deref(), Some(&b"a/\n"[..]));
        assert_eq!(
            past.files[&paths[2]].bytes, None,
            "evidence may be large, and its name says enough"
        );
    }

    #[test]
    fn a_repository_of_badges_may_be_a_folder_of_a_larger_one() {
        let folder = Folder::new();
        folder.write("net/accolade.yaml", "version: 1\n");
        let sealed = format!("net/badges/assertions/2026/{ID}.json");
        folder.write(&sealed, "{}");
        folder.commit();
        fs::remove_file(folder.root().join(&sealed)).unwrap();
        let net = folder.root().join("net");
        let history = History::of(&net).unwrap().unwrap();
        let lost = history.lost(&load::open(&net).unwrap()).unwrap();
        let id = AwardId::parse(ID).unwrap();
        let file = format!("badges/assertions/2026/{ID}.json").into();
        assert_eq!(lost[&id], Lost { file, revision: "HEAD".to_owned() });
        assert_eq!(history.bytes(&lost[&id]), Ok(b"{}".to_vec()));
    }

    #[test]
    fn a_sealed_file_is_missed_long_after_its_deletion_was_committed() {
        let folder = Folder::new();
        let sealed = format!("badges/assertions/2026/{ID}.json");
        folder.write(&sealed, "{\"a\":1}");
        folder.commit();
        fs::remove_file(folder.root().join(&sealed)).unwrap();
        folder.commit();
        folder.write("badges/urls.ledger", "a/\n");
        folder.commit();
        let id = AwardId::parse(ID).unwrap();
        let lost = folder.lost();
        assert_eq!(lost[&id].file, sealed);
        assert_eq!(folder.history().bytes(&lost[&id]), Ok(b"{\"a\":1}".to_vec()));
        assert_eq!(folder.history().paths_of(id).unwrap(), BTreeSet::from([sealed]));
        // Moved into a folder of its own is not lost.
        folder.write(&format!("badges/assertions/2026/00/{ID}.json"), "{\"a\":1}");
        assert!(folder.lost().is_empty());
    }

    #[test]
    fn what_was_sealed_elsewhere_since_the_branch_left_is_not_missed() {
        let folder = Folder::new();
        folder.commit();
        folder.git(&["checkout", "-q", "-b", "may"]);
        folder.write("badges/a.yaml", "a");
        folder.commit();
        folder.git(&["checkout", "-q", "main"]);
        let sealed = format!("badges/assertions/2026/{ID}.json");
        folder.write(&sealed, "{}");
        folder.commit();
        folder.git(&["checkout", "-q", "may"]);
        let past = folder.past("main");
        assert!(!past.files.contains_key(&sealed));
        assert_ne!(past.revision, "main", "the common commit is named, not the branch");
        folder.git(&["merge", "-q", "-m", "x", "main"]);
        let past = folder.past("main");
        assert_eq!((past.revision.as_str(), past.files[&sealed].now), ("main", Now::Same));
    }

    #[test]
    fn a_revision_that_is_not_there_is_named_and_an_option_is_none() {
        let folder = Folder::new();
        folder.commit();
        for unknown in ["v9", "--all", "main^", "0000000000000000000000000000000000000000"] {
            let revision = unknown.to_owned();
            let error = HistoryError::UnknownRevision { revision, shallow: false };
            assert_eq!(folder.history().fork(unknown), Err(error));
        }
    }
}
