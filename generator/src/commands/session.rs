//! What a command holds on to: the words, the two streams, and where the repository is.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead as _, ErrorKind, IsTerminal as _, Read as _, Write};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use super::Exit;
use crate::cli::{Format, Global, UiLang};
use crate::diagnostic::forge::Within;
use crate::diagnostic::terminal::Style;
use crate::diagnostic::{self, Findings};
use crate::issue::branch;
use crate::load;
use crate::site::Lang;
use crate::words::{Arg, Words, program_lang};
use crate::{plain, reason, spelling};

/// The longest answer to a question that is read.
const ANSWER_BYTES_MAX: u64 = 100;

/// One run of the command.
pub struct Session<'a> {
    /// The options every command takes.
    pub global: Global,
    /// The user's language.
    pub words: Words,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    terminal: bool,
}

impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("global", &self.global).finish_non_exhaustive()
    }
}

impl<'a> Session<'a> {
    /// Starts a run. `terminal` says whether a person looks at `err`.
    pub fn new(
        global: Global,
        words: Words,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
        terminal: bool,
    ) -> Self {
        Self { global, words, out, err, terminal }
    }

    /// Whether a person looks at standard error.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether a program reads the answer.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.global.format == Format::Json
    }

    /// Whether a forge reads the answer, to show it beside the lines.
    #[must_use]
    pub fn is_for_forge(&self) -> bool {
        matches!(self.global.format, Format::Github | Format::Gitlab)
    }

    /// Writes what was asked for to standard output, byte for byte: a document, a digest.
    pub fn answer(&mut self, text: &str) {
        // A reader that went away (`accolade build | head`) is no fault of the command.
        let _ = writeln!(self.out, "{text}");
    }

    /// Writes the message `id` to standard output.
    pub fn say(&mut self, id: &str, args: &[(&str, Arg<'_>)]) {
        let text = self.words.say(id, args);
        self.answer(&plain::lines(&text));
    }

    /// Writes a document to standard output.
    pub fn answer_json(&mut self, document: &impl Serialize) {
        if let Ok(text) = serde_json::to_string_pretty(document) {
            self.answer(&text);
        }
    }

    /// Writes a document to standard output, on one line.
    pub fn answer_line(&mut self, document: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(document) {
            self.answer(&text);
        }
    }

    /// Whether colours suit whoever reads the answer: a person at a terminal who did not refuse them.
    #[must_use]
    pub fn is_colourful(&self) -> bool {
        // https://no-color.org
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        self.terminal && std::io::stdout().is_terminal() && !refused
    }

    /// Writes the message `id` to standard error, unless the user wants quiet.
    pub fn note(&mut self, id: &str, args: &[(&str, Arg<'_>)]) {
        if !self.global.quiet {
            let text = self.words.say(id, args);
            let _ = writeln!(self.err, "{}", plain::lines(&text));
        }
    }

    /// Writes the message `id` to standard error: why the command cannot do what was asked.
    pub fn complain(&mut self, id: &str, args: &[(&str, Arg<'_>)]) {
        let text = self.words.say(id, args);
        let told = self.words.say("cli-complaint", &[("text", text.into())]);
        let _ = writeln!(self.err, "{}", plain::lines(&told));
    }

    /// Writes the message `id` to standard error: what was done all the same, and needs to be looked at.
    pub fn warn(&mut self, id: &str, args: &[(&str, Arg<'_>)]) {
        let text = self.words.say(id, args);
        let told = self.words.say("cli-warning", &[("text", text.into())]);
        let _ = writeln!(self.err, "{}", plain::lines(&told));
    }

    /// The language that was typed, for words that are not the program's own.
    #[must_use]
    pub fn lang_typed(&self) -> Option<Lang> {
        let tag = match self.global.lang? {
            UiLang::Fr => "fr",
            UiLang::En => "en",
        };
        Lang::parse(tag)
    }

    /// After a complaint: what to do about it.
    pub fn remedy(&mut self, text: &str) {
        let _ = writeln!(self.err, "  → {}", plain::lines(text));
    }

    /// After a complaint about a word: the one among `known` that was probably meant, when there is one.
    pub fn suggest<'k>(&mut self, written: &str, known: impl IntoIterator<Item = &'k str>) {
        if let Some(suggestion) = spelling::nearest(written, known) {
            let text = self.words.say("did-you-mean", &[("suggestion", suggestion.into())]);
            let _ = writeln!(self.err, "{}", plain::lines(&text));
        }
    }

    /// Whether a person is there to be asked.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        self.terminal && !self.is_json() && std::io::stdin().is_terminal()
    }

    /// Asks the question `id`; anything but a yes is a no.
    pub fn asks(&mut self, id: &str, args: &[(&str, Arg<'_>)]) -> bool {
        let question = self.words.say(id, args);
        let _ = write!(self.err, "{} ", plain::lines(&question));
        let _ = self.err.flush();
        let mut answer = String::new();
        let read = std::io::stdin().lock().take(ANSWER_BYTES_MAX).read_line(&mut answer);
        let said = answer.trim().to_lowercase();
        read.is_ok() && matches!(said.as_str(), "o" | "oui" | "y" | "yes")
    }

    /// Shows diagnostics: excerpts on standard error for people, one document on standard output for programs.
    pub fn show_findings(&mut self, findings: &Findings, root: &Utf8Path) {
        let source = |file: &Utf8Path| load::text(root, file).ok();
        let within = branch::place_in_git(root);
        let within = Within(&within);
        match self.global.format {
            Format::Human => {
                // https://no-color.org
                let plain =
                    !self.terminal || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
                let style = if plain { Style::Plain } else { Style::Coloured };
                let text = diagnostic::terminal::render(findings, &self.words, &source, style);
                let _ = write!(self.err, "{text}");
            }
            Format::Json => {
                let document = diagnostic::json::render(findings, &self.words, &source);
                self.answer_json(&document);
            }
            Format::Github => {
                let text = diagnostic::forge::github(findings, &self.words, &source, within);
                self.answer(text.trim_end());
            }
            Format::Gitlab => {
                let report = diagnostic::forge::gitlab(findings, &self.words, &source, within);
                self.answer_json(&report);
            }
        }
    }

    /// The bytes of a file that was named on the command line; `-` is standard input.
    ///
    /// # Errors
    /// The exit code, once the user was told why it cannot be read: a name that leads to no file was not meant.
    pub fn read(&mut self, file: &Utf8Path, bytes_max: usize) -> Result<Vec<u8>, Exit> {
        let bound = u64::try_from(bytes_max).unwrap_or(u64::MAX);
        let (reason, exit) = match read(file, bound) {
            Ok(Some(bytes)) => return Ok(bytes),
            Ok(None) => (reason::too_big(bound), Exit::Undecided),
            Err(kind) => (reason::system(kind), exit_of(kind)),
        };
        let standard = file == STANDARD_INPUT;
        let id = if standard { "cli-standard-input" } else { "cli-file-unreadable" };
        self.complain(id, &[("file", file.as_str().into()), ("reason", reason)]);
        Err(exit)
    }

    /// How a file that was named on the command line is called in a sentence.
    #[must_use]
    pub fn name_of(&self, file: &Utf8Path) -> String {
        if file == STANDARD_INPUT {
            return self.words.say("cli-standard-input-name", &[]);
        }
        format!("`{file}`")
    }

    /// Writes a file that was named on the command line, whole or not at all.
    ///
    /// # Errors
    /// The exit code, once the user was told why it cannot be written.
    pub fn write(&mut self, file: &Utf8Path, bytes: &[u8]) -> Result<(), Exit> {
        write(file, bytes).map_err(|error| {
            let told = [("file", file.as_str().into()), ("reason", reason::system(error.kind()))];
            self.complain("cli-file-unwritable", &told);
            exit_of(error.kind())
        })
    }

    /// A path as the user would type it from where they are.
    #[must_use]
    pub fn from_here(path: &Utf8Path) -> Utf8PathBuf {
        let here =
            std::env::current_dir().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
        let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
        match below {
            Some(below) if below.as_str().is_empty() => Utf8PathBuf::from("."),
            Some(below) => below.to_owned(),
            None => path.to_owned(),
        }
    }

    /// The stream for what goes with the answer.
    pub fn err(&mut self) -> &mut dyn Write {
        self.err
    }

    /// The stream for the answer.
    pub fn out(&mut self) -> &mut dyn Write {
        self.out
    }

    /// The repository: `--repo`, or the nearest folder above the current one that holds `accolade.yaml`.
    ///
    /// # Errors
    /// The exit code, once the user was told that there is none.
    pub fn root(&mut self) -> Result<Utf8PathBuf, Exit> {
        if let Some(folder) = self.global.repo.clone() {
            if folder.join(load::SETTINGS).is_file() {
                return Ok(folder);
            }
            self.complain("cli-repo-not-one", &[("folder", folder.as_str().into())]);
            return Err(Exit::Usage);
        }
        let here =
            std::env::current_dir().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
        let found = here.as_deref().and_then(load::find_root);
        found.ok_or_else(|| {
            self.complain("cli-repo-none", &[]);
            Exit::Usage
        })
    }
}

/// Stands for standard input where a file may be named.
const STANDARD_INPUT: &str = "-";

/// At most `bytes_max` bytes, or nothing when there are more.
fn read(file: &Utf8Path, bytes_max: u64) -> Result<Option<Vec<u8>>, ErrorKind> {
    let mut bytes = Vec::new();
    let bound = bytes_max.saturating_add(1);
    let read = if file == STANDARD_INPUT {
        std::io::stdin().lock().take(bound).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|opened| opened.take(bound).read_to_end(&mut bytes))
    };
    let read = read.map_err(|error| error.kind())?;
    Ok(u64::try_from(read).is_ok_and(|read| read <= bytes_max).then_some(bytes))
}

/// Writes a draft beside the file and renames it. A device or a pipe takes the bytes as they come.
fn write(file: &Utf8Path, bytes: &[u8]) -> std::io::Result<()> {
    let real = file.canonicalize_utf8().unwrap_or_else(|_| file.to_owned());
    if real.exists() && !real.is_file() {
        return std::fs::write(real, bytes);
    }
    let draft = real.with_file_name(format!(".{}.new", real.file_name().unwrap_or_default()));
    let written = std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(&draft, &real));
    if written.is_err() {
        // The draft may not even have been begun.
        let _ = std::fs::remove_file(&draft);
    }
    written
}

/// A file that is not there, or is none, was typed by mistake; what the system refuses is no matter of usage.
pub(super) fn exit_of(kind: ErrorKind) -> Exit {
    match kind {
        ErrorKind::NotFound
        | ErrorKind::NotADirectory
        | ErrorKind::IsADirectory
        | ErrorKind::InvalidInput
        | ErrorKind::InvalidFilename => Exit::Usage,
        _ => Exit::Undecided,
    }
}

/// The words of this run. The language has to be known before the arguments are read, because their errors are words
/// too: `--lang`, else `LC_ALL`, `LC_MESSAGES`, `LANG`.
pub(super) fn words(arguments: &[OsString]) -> Words {
    let typed: Vec<&str> = arguments.iter().filter_map(|typed| typed.to_str()).collect();
    let option = typed.iter().enumerate().find_map(|(place, typed_here)| {
        let joined = typed_here.strip_prefix("--lang=");
        joined
            .or_else(|| (*typed_here == "--lang").then(|| typed.get(place + 1).copied()).flatten())
    });
    let environment: Vec<String> = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .collect();
    Words::of_program(&program_lang(
        option.into_iter().chain(environment.iter().map(String::as_str)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang_of(typed: &[&str]) -> String {
        let typed: Vec<OsString> = typed.iter().map(OsString::from).collect();
        words(&typed).lang().as_str().to_owned()
    }

    #[test]
    fn the_language_option_is_read_before_the_arguments_are_parsed() {
        assert_eq!(lang_of(&["accolade", "--lang", "en", "nonsense"]), "en");
        assert_eq!(lang_of(&["accolade", "nonsense", "--lang=fr"]), "fr");
    }
}
