//! `accolade man`: the manual as pages of section 1, in the user's language, one for each command.

use std::io;

use camino::Utf8Path;
use clap::Command;
use clap_mangen::Man;

use super::{Exit, Session, help, session};
use crate::words::Words;
use crate::{cli, reason};

/// The parts of a page, as the library names them, and the message that names them for people. Arguments and options are
/// under the headings of the help.
const HEADINGS: [(&str, &str); 3] = [
    (".SH NAME", "man-name"),
    (".SH SYNOPSIS", "man-synopsis"),
    (".SH DESCRIPTION", "man-description"),
];

/// Runs the command.
pub(super) fn run(typed: &cli::Man, session: &mut Session<'_>) -> Exit {
    let mut root = help::command(&session.words);
    root.build();
    if let Err(error) = std::fs::create_dir_all(&typed.dir) {
        let kind = error.kind();
        let told = [("file", typed.dir.as_str().into()), ("reason", reason::system(kind))];
        session.complain("cli-file-unwritable", &told);
        return session::exit_of(kind);
    }
    let shown = root.get_subcommands().filter(|command| !command.is_hide_set());
    for command in std::iter::once(&root).chain(shown) {
        let title = match command.get_name() {
            name if name == root.get_name() => name.to_owned(),
            name => format!("{}-{name}", root.get_name()),
        };
        let Ok(text) = page(command, &title, &session.words) else { return Exit::Undecided };
        let file = typed.dir.join(format!("{title}.1"));
        if let Err(exit) = session.write(Utf8Path::new(&file), text.as_bytes()) {
            return exit;
        }
        session.note("issue-written", &[("file", file.as_str().into())]);
    }
    Exit::Done
}

/// The page of one command: name, usage, what it does, its options and examples.
fn page(command: &Command, title: &str, words: &Words) -> io::Result<String> {
    let long = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let described =
        command.clone().name(title.to_owned()).before_help(None::<&str>).long_about(long);
    let man = Man::new(described).section("1").title(title);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let mut text = String::from_utf8(page).unwrap_or_default();
    for (theirs, ours) in HEADINGS {
        let heading = format!(".SH {}", words.say(ours, &[]));
        text = text.replacen(&format!("{theirs}\n"), &format!("{heading}\n"), 1);
    }
    // The help writes this heading small.
    let small = words.say("cli-heading-commands", &[]);
    let commands = format!(".SH {}\n", words.say("man-commands", &[]));
    text = text.replacen(&format!(".SH {small}\n"), &commands, 1);
    // The section has a heading of its own.
    let examples = match examples.split_once('\n') {
        Some((heading, examples)) if heading.trim_end().ends_with(':') => examples,
        _ => &examples,
    };
    text.push_str(&format!(
        ".SH {}\n.nf\n{}\n.fi\n",
        words.say("man-examples", &[]),
        roff(examples)
    ));
    Ok(text)
}

/// Letters of a manual page: a backslash begins a command, and so does a line that begins with `.` or `'`.
fn roff(text: &str) -> String {
    let escape = |line: &str| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
    };
    text.lines().map(escape).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Lang;

    #[test]
    fn a_page_has_every_part_in_its_language() {
        for (lang, parts, foreign) in [
            ("fr", ["NOM", "SYNOPSIS", "DESCRIPTION", "EXEMPLES"], ".SH NAME"),
            ("en", ["NAME", "SYNOPSIS", "DESCRIPTION", "EXAMPLES"], ".SH NOM\n"),
        ] {
            let words = Words::of_program(&Lang::parse(lang).unwrap());
            let mut root = help::command(&words);
            root.build();
            for command in root.get_subcommands().filter(|command| !command.is_hide_set()) {
                let text =
                    page(command, &format!("accolade-{}", command.get_name()), &words).unwrap();
                for part in parts {
                    assert!(text.contains(&format!(".SH {part}\n")), "{lang}: {part}: {text}");
                }
                assert!(!text.contains(foreign), "{text}");
                let about = command.get_about().unwrap().to_string();
                assert!(text.contains(about.split(' ').next().unwrap()), "{text}");
            }
        }
    }

    #[test]
    fn the_first_page_names_the_others() {
        let words = Words::of_program(&Lang::parse("fr").unwrap());
        let mut root = help::command(&words);
        root.build();
        let text = page(&root, "accolade", &words).unwrap();
        assert!(text.contains(".SH COMMANDES\n") && text.contains("accolade\\-init(1)"), "{text}");
    }

    #[test]
    fn letters_stay_letters() {
        assert_eq!(roff("a\\b\n.x\n--y"), "a\\eb\n\\&.x\n\\-\\-y");
    }
}
