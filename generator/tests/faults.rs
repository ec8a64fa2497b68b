//! The real command on bad days: killed at each thing it does to the disk, a full disk, a disk that can only be read,
//! somebody else at work.
//!
//! Nothing in the program helps these tests. `strace` kills it before its n-th write, rename, flush …, for every n; a small
//! disk of its own is really full; a disk mounted for reading is really refused. Where the machine does not allow that,
//! the trial is reported as *ignored*, never as passed. Full disks and rights are also tried in ways that every Unix has.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

use accolade::issue::files::Files;
use libtest_mimic::{Arguments, Failed, Trial};
use support::{Award, Repository, id, key};

/// What a command does to the disk: the n-th of each is where it dies.
const WAYS_TO_DIE: [&str; 8] =
    ["openat", "write", "rename", "mkdir", "fsync", "unlink", "unlinkat", "ftruncate"];

/// So many deaths of one command by one system call are told apart one by one; of more, every so-many-th.
const DEATHS_MAX: u32 = 24;

const KILL: i32 = 9;

fn main() -> ExitCode {
    let injects =
        can(&["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=getcwd:error=EPERM", "true"]);
    let mounts = can(&["unshare", "--map-root-user", "--mount", "true"]);
    let killed = |name: &str, test: fn() -> Result<(), Failed>| {
        Trial::test(format!("killed/{name}"), test).with_ignored_flag(!injects)
    };
    let trials = vec![
        killed("an award is whole or not there, and made once", award_killed),
        killed(
            "a seal leaves whole files, and the next one ends as if nothing had been",
            seal_killed,
        ),
        killed("an erasure is finished by the next one, and leaves a tombstone", forget_killed),
        killed("a build leaves the last good pages, and the next one repairs", build_killed),
        Trial::test("full disk/every command says so and the next one repairs", disk_full)
            .with_ignored_flag(!mounts),
        Trial::test("full disk/a file that may not grow is told, and nothing is torn", no_room),
        Trial::test("read only/a disk that can only be read is named", read_only)
            .with_ignored_flag(!mounts),
        Trial::test("read only/a folder without rights is named", no_rights),
        Trial::test("two at once/each of two awards gets a place of its own", two_awards),
        Trial::test("two at once/who waits too long is told who writes", busy),
        Trial::test("vanished/a file that goes while the site is made is named", vanished)
            .with_ignored_flag(!injects),
        Trial::test("watching/where no more folders are watched, the site is served", unwatched)
            .with_ignored_flag(!injects),
        Trial::test("output/a link or a folder among the sources is handled", outputs),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn can(command: &[&str]) -> bool {
    let [program, arguments @ ..] = command else { return false };
    let done = Command::new(program).args(arguments).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// A repository with a sealed award, a published site, and the key at hand.
struct Scene {
    repository: Repository,
    outside: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let repository = Repository::new();
        repository.award(Award::new(1, "listed"));
        repository.seal();
        repository.build(&[]);
        Self { repository, outside: tempfile::tempdir().unwrap() }
    }

    /// The command below `wrapper`, which gets the program and its arguments.
    fn wrapped(&self, wrapper: &[&str], arguments: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_accolade");
        let mut all = wrapper.iter().copied().chain([program]).chain(arguments.iter().copied());
        let mut command = Command::new(all.next().unwrap());
        command
            .args(all)
            .args(["--lang", "en"])
            .current_dir(self.repository.root())
            // One thread, so that the n-th write is always the same.
            .env("RAYON_NUM_THREADS", "1")
            .env("XDG_CONFIG_HOME", self.outside.path())
            .env("ACCOLADE_KEY", key().to_secret_multikey().as_str())
            .env_remove("ACCOLADE_KEY_FILE");
        command
    }

    fn run(&self, wrapper: &[&str], arguments: &[&str]) -> Output {
        self.wrapped(wrapper, arguments).output().unwrap()
    }

    /// Runs what must go well.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(&[], arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Runs the command with one thing that goes wrong at the system call `call`, and gives whether it came so far.
    fn run_injected(&self, call: &str, what: &str, arguments: &[&str]) -> (Output, bool) {
        let log = self.outside.path().join("calls");
        let wrapper = [
            "strace",
            "-f",
            "-qq",
            "-o",
            log.to_str().unwrap(),
            "-e",
            &format!("trace={call}"),
            "-e",
            &format!("inject={call}:{what}"),
        ];
        let output = self.run(&wrapper, arguments);
        let came = output.status.signal() == Some(KILL)
            || fs::read_to_string(&log).unwrap().contains("(INJECTED)");
        (output, came)
    }

    /// Every JSON below `badges/` is whole, and nothing waits where files lie.
    fn assert_whole(&self) {
        for (path, bytes) in self.repository.files("badges") {
            let name = Path::new(&path);
            match name.extension().and_then(|extension| extension.to_str()) {
                Some("json") => {
                    let read = openbadges::json::parse(&bytes);
                    assert!(read.is_ok(), "{path} is half written: {read:?}");
                }
                Some("yaml") => assert!(bytes.ends_with(b"\n"), "{path} is half written"),
                _ => {}
            }
            assert!(!path.ends_with(".new"), "{path} was left behind");
        }
    }

    /// The site in `public/` is one that a visitor can use: every page it had is there and whole.
    fn assert_usable(&self, pages: &BTreeSet<String>) {
        for page in pages {
            let bytes = fs::read(self.repository.path("public").join(page));
            let bytes = bytes.unwrap_or_else(|error| panic!("{page}: {error}"));
            if page.ends_with(".html") {
                assert!(bytes.trim_ascii_end().ends_with(b"</html>"), "{page} is torn");
            }
        }
    }

    fn pages(&self) -> BTreeSet<String> {
        self.repository.files("public").into_iter().map(|(path, _)| path).collect()
    }

    /// What waits is sealed, the check is content, and the site is what an undisturbed build makes.
    fn assert_repaired(&self) {
        self.done(&["seal"]);
        self.assert_whole();
        self.done(&["check"]);
        let repaired = self.done(&["build"]);
        let fresh = self.outside.path().join("fresh");
        let _ = fs::remove_dir_all(&fresh);
        assert_eq!(repaired, self.done(&["build", "--out", fresh.to_str().unwrap()]));
        let site = |folder: &Path| -> Vec<(PathBuf, Vec<u8>)> {
            let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
            let files = files.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
            let below = |path: &Path| path.strip_prefix(folder).unwrap().to_owned();
            files.map(|file| (below(file.path()), fs::read(file.path()).unwrap())).collect()
        };
        assert_eq!(site(&self.repository.path("public")), site(&fresh));
    }

    fn sealed(&self) -> Vec<(String, Vec<u8>)> {
        let all = self.repository.files("badges/assertions").into_iter();
        all.filter(|(path, _)| path.ends_with(".json")).collect()
    }

    fn events(&self) -> usize {
        let all = self.repository.files("badges/assertions").into_iter();
        all.filter(|(path, _)| path.ends_with(".yaml")).count()
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Kills `arguments` at the first, second, third … call of each kind, each time on a scene of its own. `judge` sees what is
/// left. A command that dies of nothing any more has been killed everywhere.
fn kill_everywhere(
    arguments: &[&str],
    scene: fn() -> Scene,
    judge: &(dyn Fn(&Scene, &str) + Sync),
) -> Result<(), Failed> {
    let deaths: u32 = std::thread::scope(|threads| {
        let deaths =
            WAYS_TO_DIE.map(|call| threads.spawn(move || kill_at(call, arguments, scene, judge)));
        deaths.into_iter().map(|one| one.join().unwrap()).sum()
    });
    // Else nothing was tried: a lock, a draft, a flush and a rename are the least.
    if deaths < 10 { Err(format!("only {deaths} deaths").into()) } else { Ok(()) }
}

/// How often `arguments` died of `call`.
fn kill_at(
    call: &str,
    arguments: &[&str],
    scene: fn() -> Scene,
    judge: &(dyn Fn(&Scene, &str) + Sync),
) -> u32 {
    let mut deaths = 0;
    let mut n = 1;
    loop {
        let scene = scene();
        let (output, killed) =
            scene.run_injected(call, &format!("signal=KILL:when={n}"), arguments);
        if !killed {
            assert!(output.status.success(), "{call}: {}", told(&output));
            return deaths;
        }
        deaths += 1;
        judge(&scene, &format!("killed at {call} {n}"));
        n += 1 + n / DEATHS_MAX * DEATHS_MAX;
    }
}

const AWARD: [&str; 4] = ["award", "accueil", "--to", "alize@example.org"];

fn award_killed() -> Result<(), Failed> {
    kill_everywhere(&AWARD, Scene::new, &|scene, place| {
        scene.assert_whole();
        scene.assert_usable(&scene.pages());
        let events = scene.events();
        assert!((1..=2).contains(&events), "{place}: {events}");
        let sealed = scene.sealed();
        // The next try of the same person: who killed it does not know whether it was written.
        scene.done(&AWARD);
        assert_eq!(scene.events(), 2, "{place}: awarded once");
        for (path, bytes) in sealed {
            assert!(scene.sealed().contains(&(path, bytes)), "{place}: evidence never changes");
        }
        scene.assert_repaired();
    })
}

fn seal_killed() -> Result<(), Failed> {
    let waiting = || {
        let scene = Scene::new();
        scene.repository.award(Award::new(2, "listed"));
        scene.repository.award(Award {
            class: "sol",
            more: "level: 1\n",
            ..Award::new(3, "unlisted")
        });
        scene.repository.revoke(Award::new(1, ""));
        scene
    };
    kill_everywhere(&["seal"], waiting, &|scene, place| {
        scene.assert_whole();
        let sealed = scene.sealed();
        scene.assert_repaired();
        let after = scene.sealed();
        assert_eq!(after.len(), 3, "{place}");
        assert!(sealed.iter().all(|one| after.contains(one)), "{place}: evidence never changes");
        let places: BTreeSet<String> = after
            .iter()
            .map(|(_, bytes)| {
                let credential = openbadges::json::parse(bytes).unwrap();
                let place = credential.pointer("/credentialStatus/statusListIndex");
                place.unwrap().to_string()
            })
            .collect();
        assert_eq!(places.len(), 3, "{place}: two awards share a place");
    })
}

fn forget_killed() -> Result<(), Failed> {
    let scene = || {
        let scene = Scene::new();
        scene.repository.award(Award::new(2, "listed"));
        let evidence = "evidence:\n  - { file: photo.jpg, alt: { fr: Une table, en: A table } }\n";
        scene.repository.award(Award { more: evidence, ..Award::new(3, "listed") });
        scene.repository.write(&format!("badges/evidence/{}/photo.jpg", id(3)), "not a photo");
        scene.repository.seal();
        scene.repository.revoke(Award::new(3, ""));
        scene.repository.build(&[]);
        scene
    };
    let forgotten = id(3).to_string();
    let forget = ["forget", &forgotten, "--yes"];
    kill_everywhere(&forget, scene, &|scene, place| {
        scene.assert_whole();
        scene.assert_usable(&scene.pages());
        scene.done(&forget);
        let left: Vec<_> =
            scene.repository.files("badges").into_iter().map(|(path, _)| path).collect();
        let left: Vec<_> = left.iter().filter(|path| path.contains(&forgotten)).collect();
        assert_eq!(left, [&format!("tombstones/{forgotten}.yaml")], "{place}");
        assert_eq!(scene.sealed().len(), 2, "{place}: the others stay");
        scene.assert_repaired();
        // The place in the list was kept through the death, so the bit could be set.
        let stone = scene.repository.read(&format!("badges/tombstones/{forgotten}.yaml"));
        assert!(stone.contains("status_index:"), "{place}: {stone}");
    })
}

fn build_killed() -> Result<(), Failed> {
    let edited = || {
        let scene = Scene::new();
        scene.repository.award(Award::new(2, "listed"));
        scene.repository.seal();
        scene.repository.revoke(Award::new(1, ""));
        scene.repository.seal();
        fs::remove_file(scene.repository.path("site-content/a-propos.md")).unwrap();
        fs::remove_file(scene.repository.path("badges/urls.ledger")).unwrap_or_default();
        scene
    };
    kill_everywhere(&["build"], edited, &|scene, _| {
        // Pages of the last site that the new one does not have may be gone; all others are there.
        let pages = scene.pages();
        let lasting = ["index.html", "badges/index.html", "badges/accueil/index.html", "404.html"];
        assert!(lasting.iter().all(|page| pages.contains(*page)));
        let old: BTreeSet<String> = lasting.map(str::to_owned).into();
        scene.assert_usable(&old);
        scene.assert_repaired();
    })
}

/// Runs a script in a room of its own: `$room` is a disk with the options, `$1` the program.
fn in_room(scene: &Scene, options: &str, script: &str) -> Output {
    let room = scene.outside.path().join("room");
    fs::create_dir_all(&room).unwrap();
    let script = format!(
        "set -e; room={}; mount -t tmpfs -o {options} tmpfs \"$room\"; cp -r {}/. \"$room\"; cd \"$room\"; {script}",
        room.display(),
        scene.repository.root(),
    );
    let wrapper = ["unshare", "--map-root-user", "--mount", "sh", "-c", &script, "sh"];
    scene.run(&wrapper, &[])
}

fn disk_full() -> Result<(), Failed> {
    for arguments in ["award accueil --no-recipient", "seal", "build"] {
        let scene = Scene::new();
        scene.repository.award(Award::new(2, "listed"));
        let script = format!(
            "dd if=/dev/zero of=filler bs=1k 2>/dev/null || true\n\
             code=0; \"$1\" {arguments} --lang en || code=$?\n\
             echo \"code $code\"\n\
             find badges -name '*.json' -size 0 -print; find badges -name '*.new' -print\n\
             rm filler\n\
             \"$1\" seal --lang en; \"$1\" check --lang en; \"$1\" build --lang en --quiet\n\
             \"$1\" build --lang en --quiet --out fresh; diff -r public fresh && echo the same"
        );
        let output = in_room(&scene, "size=4m", &script);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), told(&output));
        if !out.contains("code 3") || !err.contains("the disk is full; make room") {
            return Err(format!("{arguments}: {out}\n{err}").into());
        }
        if out.contains(".json\n") || out.contains(".new\n") || !out.contains("the same") {
            return Err(format!("{arguments}: not repaired: {out}\n{err}").into());
        }
    }
    Ok(())
}

/// `ulimit -f`: no file may grow beyond so many blocks. The signal that would kill is ignored, so the write is refused.
fn no_room() -> Result<(), Failed> {
    let wrapper = ["sh", "-c", "trap '' XFSZ; ulimit -f 2; exec \"$@\"", "sh"];
    for arguments in [&AWARD[..], &["seal"], &["build"]] {
        let scene = Scene::new();
        let pages = scene.pages();
        scene.repository.award(Award::new(2, "listed"));
        // A page with other words, so that the build has something to write.
        scene.repository.write(
            "site-content/index.md",
            &format!("---\ntitle: Accueil\ndescription: Autre.\n---\n{}\n", "Autre. ".repeat(200)),
        );
        let output = scene.run(&wrapper, arguments);
        let text = told(&output);
        if output.status.code() != Some(3) || !text.contains("it is larger than is allowed here") {
            return Err(format!("{arguments:?}: {:?} {text}", output.status).into());
        }
        scene.assert_whole();
        scene.assert_usable(&pages);
        scene.assert_repaired();
    }
    Ok(())
}

fn read_only() -> Result<(), Failed> {
    for arguments in ["award accueil --no-recipient", "seal", "build"] {
        let scene = Scene::new();
        scene.repository.award(Award::new(2, "listed"));
        let script = format!(
            "mount -o remount,ro \"$room\"; code=0; \"$1\" {arguments} --lang en || code=$?; echo \"code $code\"\n\
             \"$1\" check --lang en --quiet"
        );
        let output = in_room(&scene, "size=16m", &script);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), told(&output));
        if !out.contains("code 3") || !err.contains("this disk can only be read") {
            return Err(format!("{arguments}: {out}\n{err}").into());
        }
        if !output.status.success() {
            return Err(format!("`check` needs no writing: {err}").into());
        }
    }
    Ok(())
}

/// Rights do not bind the superuser, so the command runs as nobody when the tests run as root.
fn no_rights() -> Result<(), Failed> {
    const NOBODY: u32 = 65534;
    let is_root = fs::metadata("/proc/self")
        .is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0);
    for (folder, arguments) in
        [("badges/assertions", &AWARD[..]), (".accolade", &["seal"]), ("public", &["build"])]
    {
        let scene = Scene::new();
        scene.repository.award(Award::new(2, "listed"));
        // A program of the superuser may lie where nobody may look.
        let program = scene.outside.path().join("program");
        fs::copy(env!("CARGO_BIN_EXE_accolade"), &program).unwrap();
        for entry in walkdir::WalkDir::new(scene.repository.root())
            .into_iter()
            .chain(walkdir::WalkDir::new(scene.outside.path()))
        {
            let entry = entry.unwrap();
            let mode =
                if entry.file_type().is_dir() || entry.path() == program { 0o777 } else { 0o666 };
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).unwrap();
        }
        for entry in walkdir::WalkDir::new(scene.repository.path(folder)) {
            let mode = if entry.as_ref().unwrap().file_type().is_dir() { 0o555 } else { 0o444 };
            fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(mode)).unwrap();
        }
        // Otherwise every file is as it was, and nothing is to be written.
        scene.repository.write("site-content/new.md", "---\ntitle: N\ndescription: N\n---\nN\n");
        let mut command = scene.wrapped(&[program.to_str().unwrap()], arguments);
        // `wrapped` names the program, which is the first argument here.
        let typed: Vec<_> = command.get_args().skip(1).map(ToOwned::to_owned).collect();
        let environment: Vec<_> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        command = Command::new(&program);
        command.args(typed).envs(environment).current_dir(scene.repository.root());
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let output = command.output().unwrap();
        let text = told(&output);
        for entry in walkdir::WalkDir::new(scene.repository.path(folder)) {
            let mode = if entry.as_ref().unwrap().file_type().is_dir() { 0o777 } else { 0o666 };
            fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(mode)).unwrap();
        }
        if output.status.code() != Some(3) || !text.contains("has no right to do that here") {
            return Err(format!("{folder}: {:?} {text}", output.status).into());
        }
        scene.assert_whole();
        scene.assert_repaired();
    }
    Ok(())
}

fn two_awards() -> Result<(), Failed> {
    let scene = Scene::new();
    let people = ["a@example.org", "b@example.org", "c@example.org"];
    let running: Vec<_> = people
        .iter()
        .map(|person| {
            let mut command = scene.wrapped(&[], &["award", "accueil", "--to", person]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in running {
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(told(&output).into());
        }
    }
    assert_eq!((scene.events(), scene.sealed().len()), (4, 4));
    scene.assert_repaired();
    Ok(())
}

fn busy() -> Result<(), Failed> {
    let scene = Scene::new();
    let before = scene.events();
    let held = Files::take(scene.repository.root())?;
    for arguments in [&AWARD[..], &["seal"]] {
        let output = scene.run(&[], arguments);
        if output.status.code() != Some(3) || !told(&output).contains("another command is writing")
        {
            return Err(format!("{arguments:?}: {}", told(&output)).into());
        }
    }
    assert_eq!(scene.events(), before);
    drop(held);
    scene.done(&AWARD);
    Ok(())
}

/// `check` saw the sealed file; when the site is written it is gone.
fn vanished() -> Result<(), Failed> {
    let scene = Scene::new();
    let pages = scene.pages();
    let path = scene.sealed().into_iter().map(|(path, _)| path).next().unwrap();
    let path = format!("badges/assertions/{path}");
    let log = scene.outside.path().join("calls");
    let place = scene.repository.path(&path);
    let place = place.to_str().unwrap();
    let mut named = 0;
    for n in 1..=4 {
        let wrapper = [
            "strace",
            "-f",
            "-qq",
            "-o",
            log.to_str().unwrap(),
            "-P",
            place,
            "-e",
            "trace=openat",
            "-e",
            &format!("inject=openat:error=ENOENT:when={n}"),
        ];
        let output = scene.run(&wrapper, &["build"]);
        let text = told(&output);
        if output.status.success() {
            continue;
        }
        if !text.contains(&path) || text.contains("os error") {
            return Err(format!("{n}: {text}").into());
        }
        named += 1;
        scene.assert_usable(&pages);
    }
    assert!(named >= 2, "read once by the check and once for the site: {named}");
    scene.assert_repaired();
    Ok(())
}

fn unwatched() -> Result<(), Failed> {
    let scene = Scene::new();
    let log = scene.outside.path().join("calls");
    let wrapper = [
        "timeout",
        "-s",
        "INT",
        "-k",
        "60",
        "10",
        "strace",
        "-f",
        "-qq",
        "-o",
        log.to_str().unwrap(),
        "-e",
        "trace=inotify_add_watch",
        "-e",
        "inject=inotify_add_watch:error=ENOSPC",
    ];
    let output = scene.run(&wrapper, &["serve", "--port", "0"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), told(&output));
    if !out.contains("http://127.0.0.1:") || !err.contains("sysctl fs.inotify.max_user_watches") {
        return Err(format!("{out}\n{err}").into());
    }
    Ok(())
}

fn outputs() -> Result<(), Failed> {
    let scene = Scene::new();
    let elsewhere = scene.outside.path().join("www");
    fs::create_dir_all(&elsewhere)?;
    fs::remove_dir_all(scene.repository.path("public"))?;
    std::os::unix::fs::symlink(&elsewhere, scene.repository.path("public"))?;
    scene.done(&["build"]);
    assert!(elsewhere.join("index.html").is_file(), "the link is followed");
    assert!(scene.repository.path("public").symlink_metadata()?.is_symlink(), "and stays a link");
    // A link to the sources is the sources.
    fs::remove_file(scene.repository.path("public"))?;
    std::os::unix::fs::symlink(scene.repository.path("badges"), scene.repository.path("public"))?;
    for folder in ["public", "badges", "badges/site", "themes/default", ".git", "."] {
        let before = scene.repository.files("badges");
        let output = scene.run(&[], &["build", "--out", folder]);
        let text = told(&output);
        if output.status.code() != Some(2) || !text.contains("holds the sources") {
            return Err(format!("{folder}: {text}").into());
        }
        assert_eq!(before, scene.repository.files("badges"), "{folder}");
    }
    Ok(())
}
