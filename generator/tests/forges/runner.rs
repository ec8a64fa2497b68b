//! A forge in a folder: a bare repository, people who write in its browser, and a runner that reads the jobs `init` wrote
//! and runs their shell steps, each job in a clone of its own. Of a forge's conditions and expressions it knows those that
//! stand in our files, and stops at any other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

pub(crate) const NAME: &str = "Les Amis du marais";
pub(crate) const ISSUER: &str = "les-amis-du-marais";
pub(crate) const BASE_URL: &str = "https://badges.amis-marais.example";
const TOKEN: &str = "job-token-of-the-test";

pub(crate) type Variables = BTreeMap<String, String>;

/// What happened on the forge.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Event<'a> {
    /// Somebody proposes to merge this branch.
    Proposal(&'a str),
    /// The publishing branch moved.
    Push,
    /// Somebody pressed the button that runs the jobs, on this branch.
    Button(&'a str),
}

/// A job that ran.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) name: String,
    /// The steps that could read the key.
    pub(crate) with_key: Vec<String>,
    pub(crate) failed: bool,
    /// All it said.
    pub(crate) log: String,
    /// What it handed to the forge's pages.
    pub(crate) site: Option<PathBuf>,
}

/// An association, the forge its repository is on, and its machine.
pub(crate) struct Association {
    pub(crate) forge: &'static str,
    folder: tempfile::TempDir,
    /// What the forge was told in its settings.
    pub(crate) variables: Variables,
    /// The secret, once somebody gave it.
    pub(crate) secret: Option<String>,
    /// Everything that was said until now.
    pub(crate) said: Vec<u8>,
    runs: u32,
}

impl Association {
    /// `init`, an empty repository on the forge, and the first push, as the README says.
    pub(crate) fn new(forge: &'static str, lang: &str) -> Self {
        let mut new = Self {
            forge,
            folder: tempfile::tempdir().unwrap(),
            variables: Variables::new(),
            secret: None,
            said: Vec::new(),
            runs: 0,
        };
        for folder in ["home", "runner", "bin", "jobs"] {
            fs::create_dir(new.path(folder)).unwrap();
        }
        fs::write(
            new.path("home/.gitconfig"),
            "[user]\n\tname = Secrétariat\n\temail = secretariat@amis-marais.example\n[core]\n\tautocrlf = false\n",
        )
        .unwrap();
        let origin = new.path("origin.git");
        fs::write(
            new.path("runner/.gitconfig"),
            format!(
                "[url \"file://{}\"]\n\tinsteadOf = https://gitlab-ci-token:{TOKEN}@forge.example/club/badges.git\n",
                origin.display()
            ),
        )
        .unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_accolade"), new.path("bin/accolade"))
            .unwrap();
        let init = ["init", "badges", "--name", NAME, "--base-url", BASE_URL, "--lang", lang];
        let init = [&init[..], &["--forge", forge, "--repository", "public"]].concat();
        let made = new.accolade(new.folder.path().to_owned().as_path(), &init);
        assert!(made.status.success(), "{}", told(&made));
        new.git(".", &["init", "--quiet", "--bare", "--initial-branch=main", "origin.git"]);
        new.git("badges", &["remote", "add", "origin", "../origin.git"]);
        new.git("badges", &["push", "--quiet", "origin", "main"]);
        new.git(".", &["clone", "--quiet", "origin.git", "browser"]);
        new
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Reads the key as the README says: the line that begins with `z`.
    pub(crate) fn key_line(&self) -> String {
        let host = BASE_URL.trim_start_matches("https://");
        let file = self.path(&format!("home/.config/accolade/{host}/{ISSUER}-k1.key"));
        let text = fs::read_to_string(file).unwrap();
        text.lines().find(|line| line.starts_with('z')).unwrap().to_owned()
    }

    /// Pastes the key into the forge's settings.
    pub(crate) fn give_the_secret(&mut self) {
        self.secret = Some(self.key_line());
    }

    /// Runs the command on the association's machine.
    pub(crate) fn accolade(&mut self, place: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
        at_home(&mut command, &self.path("home"));
        let output = command.current_dir(place).args(arguments).output().unwrap();
        self.said.extend_from_slice(&output.stdout);
        self.said.extend_from_slice(&output.stderr);
        output
    }

    /// Runs git as somebody of the association, and gives its answer.
    pub(crate) fn git(&self, place: &str, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        at_home(&mut git, &self.path("home"));
        let output = git.current_dir(self.path(place)).args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Saves a file in the browser, on a new branch from the newest state. `None` deletes it.
    pub(crate) fn propose(&self, branch: &str, path: &str, text: Option<&str>) {
        self.git("browser", &["fetch", "--quiet", "origin"]);
        self.git("browser", &["checkout", "--quiet", "-B", branch, "origin/main"]);
        let place = self.path("browser").join(path);
        match text {
            Some(text) => {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, text).unwrap();
            }
            None => fs::remove_file(place).unwrap(),
        }
        self.git("browser", &["add", "--all", "--force"]);
        self.git("browser", &["commit", "--quiet", "--message", &format!("Modifier {path}")]);
        self.git("browser", &["push", "--quiet", "--force", "origin", branch]);
    }

    /// Presses the button that merges.
    pub(crate) fn merge(&self, branch: &str) {
        self.git("browser", &["fetch", "--quiet", "origin"]);
        self.git("browser", &["checkout", "--quiet", "-B", "main", "origin/main"]);
        self.git(
            "browser",
            &["merge", "--quiet", "--no-ff", "--no-edit", &format!("origin/{branch}")],
        );
        self.git("browser", &["push", "--quiet", "origin", "main"]);
    }

    /// A file of the publishing branch on the forge.
    pub(crate) fn on_the_forge(&self, path: &str) -> String {
        self.git("origin.git", &["show", &format!("main:{path}")])
    }

    /// Every path of the publishing branch on the forge.
    pub(crate) fn paths_on_the_forge(&self) -> Vec<String> {
        let paths = self.git(
            "origin.git",
            &["-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "main"],
        );
        paths.lines().map(str::to_owned).collect()
    }

    pub(crate) fn newest(&self) -> String {
        self.git("origin.git", &["rev-parse", "main"])
    }

    /// Runs the jobs that the forge would run. The first that fails is the last.
    pub(crate) fn run(&mut self, event: Event<'_>) -> Vec<Run> {
        let runs = if self.forge == "gitlab" { self.gitlab(event) } else { self.github(event) };
        for run in &runs {
            self.said.extend_from_slice(run.log.as_bytes());
        }
        runs
    }

    /// Runs jobs that all have to go well, and gives the site they published.
    pub(crate) fn publishes(&mut self, event: Event<'_>) -> PathBuf {
        let runs = self.run(event);
        for run in &runs {
            assert!(!run.failed, "{}: {}: {}", self.forge, run.name, run.log);
        }
        let deployed = runs.iter().any(|run| run.name == "publish");
        assert_eq!(deployed, self.forge == "github", "an artifact is not yet a site");
        runs.into_iter().find_map(|run| run.site).unwrap()
    }

    /// A clone for a job: the branch, or the merge that is proposed.
    fn clone_for(&mut self, event: Event<'_>) -> PathBuf {
        self.runs += 1;
        let name = format!("jobs/{}", self.runs);
        self.git(".", &["clone", "--quiet", "origin.git", &name]);
        match event {
            Event::Proposal(branch) => {
                self.git(&name, &["checkout", "--quiet", "--detach", "origin/main"]);
                let from = format!("origin/{branch}");
                // GitLab checks out what was pushed, the others the merge that would come of it.
                if self.forge == "gitlab" {
                    self.git(&name, &["checkout", "--quiet", "--detach", &from]);
                } else {
                    self.git(&name, &["merge", "--quiet", "--no-ff", "--no-edit", &from]);
                }
                // `persist-credentials: false`, or a token that may only read.
                self.git(&name, &["remote", "set-url", "--push", "origin", "/nowhere"]);
            }
            Event::Push => {
                if self.forge == "gitlab" {
                    self.git(&name, &["checkout", "--quiet", "--detach", "origin/main"]);
                }
            }
            Event::Button(branch) => {
                self.git(&name, &["checkout", "--quiet", branch]);
            }
        }
        self.path(&name)
    }

    fn github(&mut self, event: Event<'_>) -> Vec<Run> {
        let file = match self.forge {
            "github" => ".github/workflows/badges.yml",
            _ => ".forgejo/workflows/badges.yml",
        };
        let workflow = self.jobs_file(file);
        let (happened, branch) = match event {
            Event::Proposal(branch) => ("pull_request", branch),
            Event::Push => ("push", "main"),
            Event::Button(branch) => ("workflow_dispatch", branch),
        };
        let known =
            [("github.event_name", happened), ("github.ref_name", branch), ("runner.os", "Linux")];
        let known: Variables =
            known.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut runs: Vec<Run> = Vec::new();
        let mut jobs: Vec<(&String, &Value)> =
            workflow["jobs"].as_object().unwrap().iter().collect();
        jobs.sort_by_key(|(_, job)| job["needs"].is_string());
        for (name, job) in jobs {
            let needed = job["needs"].as_str();
            let waits_in_vain = needed
                .is_some_and(|needed| !runs.iter().any(|run| run.name == needed && !run.failed));
            let wanted = job["if"].as_str().is_none_or(|condition| holds(condition, &known));
            if waits_in_vain || !wanted {
                continue;
            }
            runs.push(self.github_job(name, job, &workflow["env"], &known, event));
        }
        runs
    }

    fn github_job(
        &mut self,
        name: &str,
        job: &Value,
        env: &Value,
        known: &Variables,
        event: Event<'_>,
    ) -> Run {
        let mut run = Run::new(name);
        let mut place = None;
        for step in job["steps"].as_array().unwrap() {
            match step["uses"].as_str() {
                Some(action) if action.starts_with("actions/checkout@") => {
                    assert_eq!(step["with"]["fetch-depth"], 0, "`--against` wants the history");
                    let credentials = step["with"]["persist-credentials"].as_bool();
                    assert_eq!(credentials == Some(false), matches!(event, Event::Proposal(_)));
                    place = Some(self.clone_for(event));
                }
                Some(action) if action.starts_with("actions/cache@") => {}
                Some(action) if action.starts_with("actions/upload-pages-artifact@") => {
                    run.site =
                        Some(place.clone().unwrap().join(step["with"]["path"].as_str().unwrap()));
                }
                Some(action) if action.starts_with("actions/deploy-pages@") => {
                    assert_eq!(job["environment"], "github-pages");
                }
                Some(action) => panic!("an action the test does not know: {action}"),
                None => {
                    let mut variables = self.expressions(env, known, None);
                    let secret = self.secret.clone().unwrap_or_default();
                    variables.extend(self.expressions(&step["env"], known, Some(&secret)));
                    if let Event::Proposal(_) = event {
                        variables.insert("GITHUB_BASE_REF".to_owned(), "main".to_owned());
                    }
                    let title = step["name"].as_str().unwrap();
                    self.step(
                        &mut run,
                        title,
                        step["run"].as_str().unwrap(),
                        place.as_deref(),
                        &variables,
                    );
                    if run.failed {
                        break;
                    }
                }
            }
        }
        if !run.with_key.is_empty() && self.forge == "github" {
            assert_eq!(job["environment"], "badges", "a secret that a branch rule protects");
        }
        if self.forge == "forgejo" && !run.failed && !matches!(event, Event::Proposal(_)) {
            let site = self.path(&format!("jobs/pages-{}", self.runs));
            self.git(
                ".",
                &["clone", "--quiet", "--branch", "pages", "origin.git", site.to_str().unwrap()],
            );
            run.site = Some(site);
        }
        run
    }

    /// The variables of a map, with `${{ … }}` filled in.
    fn expressions(&self, env: &Value, known: &Variables, secret: Option<&str>) -> Variables {
        let filled = |text: &str| {
            let mut filled = String::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once("${{") {
                let (expression, behind) = after.split_once("}}").unwrap();
                filled.push_str(before);
                filled.push_str(&self.expression(expression.trim(), known, secret));
                rest = behind;
            }
            filled + rest
        };
        let env = env.as_object().into_iter().flatten();
        env.map(|(name, value)| (name.clone(), filled(value.as_str().unwrap()))).collect()
    }

    fn expression(&self, text: &str, known: &Variables, secret: Option<&str>) -> String {
        let value = |term: &str| {
            let term = term.trim();
            if let Some(name) = term.strip_prefix("vars.") {
                return self.variables.get(name).cloned().unwrap_or_default();
            }
            if let Some(quoted) = term.strip_prefix('\'') {
                return quoted.trim_end_matches('\'').to_owned();
            }
            if term == "secrets.ACCOLADE_KEY" {
                return secret
                    .expect("the key is given to one step, never to a whole file")
                    .to_owned();
            }
            known
                .get(term)
                .unwrap_or_else(|| panic!("an expression the test does not know: {term}"))
                .clone()
        };
        text.split("||").map(value).find(|value| !value.is_empty()).unwrap_or_default()
    }

    fn gitlab(&mut self, event: Event<'_>) -> Vec<Run> {
        let file = self.jobs_file(".gitlab-ci.yml");
        let mut variables: Variables = file["variables"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect();
        // What the forge was told stands above what the file says.
        variables.extend(self.variables.clone());
        let base = self.git("origin.git", &["rev-parse", "main"]);
        let (source, branch) = match event {
            Event::Proposal(_) => ("merge_request_event", None),
            Event::Push => ("push", Some("main")),
            Event::Button(branch) => ("web", Some(branch)),
        };
        if let Event::Proposal(branch) = event {
            let base = self.git("origin.git", &["merge-base", &base, branch]);
            variables.insert("CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(), base);
        }
        for (name, value) in [
            ("CI_PIPELINE_SOURCE", Some(source)),
            ("CI_COMMIT_BRANCH", branch),
            ("CI_JOB_TOKEN", Some(TOKEN)),
            ("CI_SERVER_HOST", Some("forge.example")),
            ("CI_PROJECT_PATH", Some("club/badges")),
        ] {
            variables.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        }
        if !ruled_in(&file["workflow"], &variables) {
            return Vec::new();
        }
        let mut runs: Vec<Run> = Vec::new();
        for stage in file["stages"].as_array().unwrap() {
            let jobs = file.as_object().unwrap().iter();
            for (name, job) in jobs.filter(|(_, job)| job.get("stage") == Some(stage)) {
                if ruled_in(job, &variables) && runs.iter().all(|run| !run.failed) {
                    runs.push(self.gitlab_job(name, job, variables.clone(), event));
                }
            }
        }
        runs
    }

    fn gitlab_job(
        &mut self,
        name: &str,
        job: &Value,
        mut variables: Variables,
        event: Event<'_>,
    ) -> Run {
        let mut run = Run::new(name);
        let place = self.clone_for(event);
        // A protected variable of the environment `badges`: for protected branches and for the jobs that name it.
        if job["environment"] == "badges" && matches!(event, Event::Push | Event::Button("main")) {
            variables.extend(self.secret.clone().map(|key| ("ACCOLADE_KEY".to_owned(), key)));
        }
        let lines = job["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        let script = lines.collect::<Vec<_>>().join("\n");
        self.step(&mut run, name, &script, Some(&place), &variables);
        if job["artifacts"]["paths"] == serde_json::json!(["public"]) && !run.failed {
            assert_eq!(name, "pages", "GitLab publishes the artifact of this job alone");
            run.site = Some(place.join("public"));
        }
        run
    }

    fn jobs_file(&self, path: &str) -> Value {
        serde_yaml::from_str(&self.on_the_forge(path)).unwrap()
    }

    /// Runs a script on the runner's machine, which knows nobody and has only the program.
    fn step(
        &self,
        run: &mut Run,
        title: &str,
        script: &str,
        place: Option<&Path>,
        variables: &Variables,
    ) {
        let mut bash = Command::new("bash");
        at_home(&mut bash, &self.path("runner"));
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        bash.env("PATH", path).envs(variables);
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]);
        let output = bash.current_dir(place.expect("a clone comes first")).output().unwrap();
        run.log.push_str(&format!("== {title}\n"));
        run.log.push_str(&String::from_utf8_lossy(&output.stdout));
        run.log.push_str(&told(&output));
        run.failed = !output.status.success();
        if self.secret.as_ref().is_some_and(|key| variables.values().any(|value| value == key)) {
            run.with_key.push(title.to_owned());
        }
    }
}

impl Run {
    fn new(name: &str) -> Self {
        let (name, log) = (name.to_owned(), String::new());
        Self { name, with_key: Vec::new(), failed: false, log, site: None }
    }
}

/// An environment with nothing of whoever runs the test.
fn at_home(command: &mut Command, home: &Path) {
    let path = std::env::var("PATH").unwrap();
    command
        .env_clear()
        .env("PATH", path)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("LANG", "fr_FR.UTF-8");
}

pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// `a == 'b' && c != "d"`.
fn holds(condition: &str, known: &Variables) -> bool {
    condition.split("&&").all(|term| {
        let (name, equal, text) = match (term.split_once("=="), term.split_once("!=")) {
            (Some((name, text)), None) => (name, true, text),
            (None, Some((name, text))) => (name, false, text),
            _ => panic!("a condition the test does not know: {term}"),
        };
        let text = text.trim().trim_matches(['\'', '"']);
        // A variable that GitLab does not set is no text at all.
        let value = known.get(name.trim().trim_start_matches('$')).map(String::as_str);
        (value == Some(text)) == equal
    })
}

fn ruled_in(job: &Value, variables: &Variables) -> bool {
    let Some(rules) = job["rules"].as_array() else { return true };
    rules.iter().any(|rule| holds(rule["if"].as_str().unwrap(), variables))
}
