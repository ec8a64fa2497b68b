//! Waits until an issuer's file changes. Bursts (an editor's save, a git checkout) count once.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::{ErrorKind, EventKind, RecursiveMode, Watcher as _};

/// The folders whose files make the site.
const FOLDERS: [&str; 3] = ["badges", "site-content", "themes"];

/// The settings, in the root of the repository.
const SETTINGS: &str = "accolade.yaml";

/// A burst is over when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(120);

/// A burst that does not end is not waited for longer than this.
const BURST_MAX: Duration = Duration::from_secs(2);

/// Why the wait is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A file changed.
    Files,
    /// The person wants to stop.
    Stop,
}

/// Watches a repository.
#[derive(Debug)]
pub struct Watcher {
    root: Utf8PathBuf,
    /// None where the system cannot watch: the wait then ends by [`Watcher::stopper`] alone.
    system: Option<notify::RecommendedWatcher>,
    watched: Vec<&'static str>,
    changes: Receiver<Change>,
    sender: Sender<Change>,
}

impl Watcher {
    /// Begins to watch the sources of the repository at `root`.
    ///
    /// # Errors
    /// [`WatchError`] when the system cannot watch.
    pub fn start(root: &Utf8Path) -> Result<Self, WatchError> {
        let root =
            root.canonicalize_utf8().map_err(|error| WatchError::System { kind: error.kind() })?;
        let (sender, changes) = channel();
        let (seen, base) = (sender.clone(), root.clone());
        let mut system =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                // A lost event may have been a change.
                let matters = event.map_or(true, |event| matters(&event, &base));
                if matters {
                    // The receiver is gone when nobody waits any more.
                    let _ = seen.send(Change::Files);
                }
            })
            .map_err(|error| tell(&error))?;
        system
            .watch(root.as_std_path(), RecursiveMode::NonRecursive)
            .map_err(|error| tell(&error))?;
        let system = Some(system);
        let mut watcher = Self { root, system, watched: Vec::new(), changes, sender };
        watcher.watch_folders()?;
        Ok(watcher)
    }

    /// A watcher that sees nothing, for a system that cannot watch.
    #[must_use]
    pub fn blind(root: &Utf8Path) -> Self {
        let (sender, changes) = channel();
        Self { root: root.to_owned(), system: None, watched: Vec::new(), changes, sender }
    }

    /// Ends the wait when called, from any thread.
    pub fn stopper(&self) -> impl FnOnce() + Send + 'static {
        let sender = self.sender.clone();
        move || {
            // The receiver is gone when nobody waits any more.
            let _ = sender.send(Change::Stop);
        }
    }

    /// Waits for a change, and for the end of its burst.
    pub fn wait(&mut self) -> Change {
        let Ok(first) = self.changes.recv() else { return Change::Stop };
        let end = Instant::now() + BURST_MAX;
        let mut change = first;
        while change == Change::Files && Instant::now() < end {
            match self.changes.recv_timeout(QUIET) {
                Ok(next) => change = next,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => change = Change::Stop,
            }
        }
        // A folder may have been made in the meantime; one that cannot be watched is watched by its parent.
        let _ = self.watch_folders();
        change
    }

    /// Watches the folders that are there and are not watched. One that vanished may come back.
    fn watch_folders(&mut self) -> Result<(), WatchError> {
        let Some(system) = &mut self.system else { return Ok(()) };
        for folder in FOLDERS {
            let place = self.root.join(folder);
            let known = self.watched.contains(&folder);
            if place.is_dir() && !known {
                system
                    .watch(place.as_std_path(), RecursiveMode::Recursive)
                    .map_err(|error| tell(&error))?;
                self.watched.push(folder);
            } else if !place.is_dir() && known {
                self.watched.retain(|watched| *watched != folder);
            }
        }
        Ok(())
    }
}

/// Whether an event can change the site. Reading does not, and neither does an editor's own file.
fn matters(event: &notify::Event, root: &Utf8Path) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    event.paths.iter().filter_map(|path| Utf8Path::from_path(path)).any(|path| {
        let below = path.strip_prefix(root).unwrap_or(path);
        let first = below.components().next().map(|part| part.as_str()).unwrap_or_default();
        let name = below.file_name().unwrap_or_default();
        (FOLDERS.contains(&first) || below == SETTINGS)
            && !name.starts_with('.')
            && !name.ends_with('~')
    })
}

fn tell(error: &notify::Error) -> WatchError {
    match &error.kind {
        ErrorKind::MaxFilesWatch => WatchError::Limit,
        ErrorKind::Io(error) => WatchError::System { kind: error.kind() },
        _ => WatchError::Other { reason: error.to_string() },
    }
}

/// The system cannot watch the repository.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WatchError {
    /// The system watches no more folders for this user.
    #[error("the system watches no more folders")]
    Limit,
    /// The system refused.
    #[error("changes cannot be watched: {kind}")]
    System {
        /// What it says.
        kind: std::io::ErrorKind,
    },
    /// Something else.
    #[error("changes cannot be watched: {reason}")]
    Other {
        /// The watching library's words.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    struct Repository(tempfile::TempDir);

    impl Repository {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir_all(folder.path().join("badges/classes")).unwrap();
            fs::create_dir_all(folder.path().join("public")).unwrap();
            Self(folder)
        }

        fn watch(&self) -> Watcher {
            Watcher::start(Utf8Path::from_path(self.0.path()).unwrap()).unwrap()
        }

        fn write(&self, file: &str) {
            let place = self.0.path().join(file);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, file).unwrap();
        }
    }

    #[test]
    fn a_change_of_a_source_ends_the_wait() {
        let repository = Repository::new();
        let mut watcher = repository.watch();
        for file in ["badges/classes/x/badge.yaml", "accolade.yaml", "site-content/new.md"] {
            repository.write(file);
            assert_eq!(watcher.wait(), Change::Files, "{file}");
        }
        // `site-content/` was made while we watched.
        repository.write("site-content/other.md");
        assert_eq!(watcher.wait(), Change::Files);
    }

    #[test]
    fn the_output_a_read_and_an_editors_file_are_no_change() {
        let repository = Repository::new();
        repository.write("badges/classes/x/badge.yaml");
        let mut watcher = repository.watch();
        repository.write("public/index.html");
        repository.write("notes.txt");
        repository.write("badges/.badge.yaml.swp");
        repository.write("badges/badge.yaml~");
        fs::read(repository.0.path().join("badges/classes/x/badge.yaml")).unwrap();
        let stop = watcher.stopper();
        std::thread::sleep(QUIET * 2);
        stop();
        assert_eq!(watcher.wait(), Change::Stop);
    }
}
