//! `--help` that teaches, and usage errors, in the user's language.
//!
//! The message `cli-<command>` says in one line what a command is for; its attributes are `.long`, `.examples`, and one
//! for each argument. A test walks every command and argument in every language, so that none stays without words.

use std::ffi::OsString;
use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory};

use super::Exit;
use crate::cli::Cli;
use crate::words::Words;

/// The command line, with its words.
pub(super) fn command(words: &Words) -> clap::Command {
    let root = Cli::command();
    let names: Vec<String> = root.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let root = speak(root, "cli-accolade", words)
        .subcommand_help_heading(words.say("cli-heading-commands", &[]))
        .subcommand_value_name(words.say("cli-value-command", &[]))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(words.say("cli-global.version", &[]))
                .help_heading(words.say("cli-heading-global", &[])),
        );
    names.into_iter().fold(root, |root, name| {
        root.mut_subcommand(&name, |sub| speak(sub, &format!("cli-{name}"), words))
    })
}

/// Gives a command and its arguments their words.
fn speak(command: clap::Command, message: &str, words: &Words) -> clap::Command {
    let say = |id: &str| words.say(id, &[]);
    let usage = say("cli-heading-usage");
    let global = ["repo", "format", "lang", "quiet"];
    command
        .about(say(message))
        .before_help(flowing(&say(&format!("{message}.long"))))
        .after_help(say(&format!("{message}.examples")))
        .help_template(format!(
            "{{about-with-newline}}\n{{before-help}}{usage} {{usage}}\n\n{{all-args}}{{after-help}}\n"
        ))
        .disable_help_flag(true)
        .mut_args(|arg| {
            let name = arg.get_id().as_str().replace('_', "-");
            let (id, heading) = if global.contains(&name.as_str()) {
                (format!("cli-global.{name}"), "cli-heading-global")
            } else if arg.is_positional() {
                (format!("{message}.{name}"), "cli-heading-arguments")
            } else {
                (format!("{message}.{name}"), "cli-heading-options")
            };
            let arg = arg.help(say(&id)).long_help(None::<&str>).help_heading(say(heading));
            // The messages name the choices and the default themselves: clap would say it in English.
            let takes_value = arg.get_action().takes_values();
            if takes_value { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(say("cli-global.help"))
                .help_heading(say("cli-heading-global")),
        )
}

/// Joins the lines of each paragraph: the terminal decides where they break.
fn flowing(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Says why `typed` could not be read, or shows the help that was asked for.
pub(super) fn explain(
    error: &clap::Error,
    typed: &[OsString],
    words: &Words,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = write!(out, "{}", error.render());
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = write!(err, "{}", error.render());
            Exit::Usage
        }
        _ => {
            let text = sentence(error, words);
            let _ = writeln!(err, "{}", words.say("cli-complaint", &[("text", text.into())]));
            let help = [("help", help_for(typed).into())];
            let _ = writeln!(err, "{}", words.say("cli-wrong-help", &help));
            Exit::Usage
        }
    }
}

/// What to type for the help of the command that was typed, or of all of them.
fn help_for(typed: &[OsString]) -> String {
    let root = Cli::command();
    let typed = typed.iter().filter_map(|word| word.to_str());
    let command = typed.filter_map(|word| root.find_subcommand(word)).next();
    let name = command.map(|command| format!(" {}", command.get_name())).unwrap_or_default();
    format!("accolade{name} --help")
}

fn sentence(error: &clap::Error, words: &Words) -> String {
    let context = |kinds: &[ContextKind]| kinds.iter().find_map(|kind| error.get(*kind));
    let argument = context(&[ContextKind::InvalidSubcommand, ContextKind::InvalidArg]);
    let written = error.get(ContextKind::InvalidValue).map(ToString::to_string);
    let is_without = written.as_deref() == Some("");
    let id = match error.kind() {
        ErrorKind::InvalidSubcommand => "cli-wrong-command",
        ErrorKind::UnknownArgument if is_option(error) => "cli-wrong-option",
        ErrorKind::UnknownArgument => "cli-wrong-extra",
        ErrorKind::InvalidValue if is_without => "cli-wrong-no-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli-wrong-value",
        ErrorKind::MissingRequiredArgument => "cli-wrong-missing",
        ErrorKind::MissingSubcommand => "cli-wrong-no-command",
        ErrorKind::ArgumentConflict => "cli-wrong-together",
        ErrorKind::TooManyValues | ErrorKind::TooFewValues => "cli-wrong-count",
        _ => "cli-wrong-other",
    };
    let argument = argument.map(|argument| named(argument, words)).unwrap_or_default();
    let value = match written {
        Some(written) => format!("`{written}`"),
        None => {
            context(&[ContextKind::PriorArg]).map(|other| named(other, words)).unwrap_or_default()
        }
    };
    let told = [
        ("argument", argument.into()),
        ("value", value.into()),
        ("hint", hint(error, words).into()),
    ];
    words.say(id, &told)
}

/// Whether what was not known looks like an option; a second file, say, does not.
fn is_option(error: &clap::Error) -> bool {
    let unknown = error.get(ContextKind::InvalidArg).map(ToString::to_string);
    unknown.is_some_and(|unknown| unknown.starts_with('-'))
}

/// The word that was probably meant, or those that may stand there.
fn hint(error: &clap::Error, words: &Words) -> String {
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
    let meant = meant.iter().find_map(|kind| error.get(*kind)).map(|meant| ("meant", meant));
    let valid = error.get(ContextKind::ValidValue).map(|valid| ("known", valid));
    match meant.or(valid) {
        Some((id, known)) => {
            words.say(&format!("cli-wrong-{id}"), &[("known", named(known, words).into())])
        }
        None => String::new(),
    }
}

/// An argument, or several, without the marks of grammar that `clap` puts around them.
fn named(value: &ContextValue, words: &Words) -> String {
    match value {
        ContextValue::Strings(texts) => {
            // A choice comes last, so that its words are not taken for those of the next one.
            let (choices, single): (Vec<_>, Vec<_>) =
                texts.iter().partition(|text| text.starts_with('<') && text.contains('|'));
            let all = single.into_iter().chain(choices);
            all.map(|text| one_of(text, words)).collect::<Vec<_>>().join(", ")
        }
        ContextValue::None => String::new(),
        single => one_of(&single.to_string(), words),
    }
}

/// `<--to <EMAIL>|--no-recipient>` is one of two; `--visibility <listed|unlisted>` is one option.
fn one_of(text: &str, words: &Words) -> String {
    let plain = |text: &str| format!("`{}`", text.replace(['<', '>'], "").trim_end_matches('.'));
    match text.strip_prefix('<') {
        Some(group) => {
            let or = words.say("cli-wrong-or", &[]);
            group.split('|').map(plain).collect::<Vec<_>>().join(&or)
        }
        None if text.contains('|') => plain(text.split(' ').next().unwrap_or_default()),
        None => plain(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Lang;
    use crate::words::PROGRAM_LANGUAGES;

    #[test]
    fn every_command_and_every_argument_has_words_in_every_language() {
        for lang in PROGRAM_LANGUAGES {
            let words = Words::of_program(&Lang::parse(lang).unwrap());
            let mut root = command(&words);
            root.build();
            for command in std::iter::once(&root).chain(root.get_subcommands()) {
                let message = format!("cli-{}", command.get_name());
                for id in
                    [message.clone(), format!("{message}.long"), format!("{message}.examples")]
                {
                    assert!(words.has(&id), "{lang}: {id}");
                }
                for arg in command.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    let named_after_itself = help.is_empty() || help.starts_with("cli-");
                    assert!(!named_after_itself, "{lang}: {message}.{}", arg.get_id());
                }
            }
        }
    }

    #[test]
    fn every_usage_error_is_a_sentence_of_the_language() {
        for (lang, typed, part) in [
            ("en", vec!["bild"], "`bild` is not a command; did you mean `build`?"),
            (
                "fr",
                vec!["bild"],
                "`bild` n’est pas une commande\u{202f}; vouliez-vous écrire `build`\u{202f}?",
            ),
            ("en", vec!["bild"], "`accolade --help` shows"),
            ("en", vec!["build", "--ot", "x"], "`--ot` is not an option here"),
            ("en", vec!["build", "--ot", "x"], "`accolade build --help` shows"),
            ("en", vec!["build", "--repo"], "a value is missing after `--repo DIR`"),
            ("en", vec!["serve", "--port", "<x>"], "`<x>` does not fit `--port N`"),
            (
                "en",
                vec!["award", "--visibility", "x"],
                "does not fit `--visibility`; known: `listed`, `unl",
            ),
            ("en", vec!["extract"], "`IMAGE` is missing"),
            (
                "en",
                vec!["award", "c", "--to", "a@b", "--no-recipient"],
                "`--no-recipient` cannot be",
            ),
            (
                "fr",
                vec!["award", "c"],
                "`--to EMAIL` ou `--did DID` ou `--url URL` ou `--no-recipient`",
            ),
        ] {
            let typed: Vec<OsString> =
                std::iter::once("accolade").chain(typed).map(OsString::from).collect();
            let words = Words::of_program(&Lang::parse(lang).unwrap());
            let error = command(&words).try_get_matches_from(&typed).unwrap_err();
            let (mut out, mut err) = (Vec::new(), Vec::new());
            assert_eq!(explain(&error, &typed, &words, &mut out, &mut err), Exit::Usage);
            let told = String::from_utf8(err).unwrap();
            assert!(told.contains(part), "{told}");
            assert!(out.is_empty());
        }
    }

    #[test]
    fn help_teaches_by_example_and_speaks_one_language() {
        let foreign = ["Usage:", "[default", "[possible", "Print help", "Examples"];
        for name in ["keygen", "award", "revoke", "seal", "check", "build", "serve", "verify"] {
            let words = Words::of_program(&Lang::parse("fr").unwrap());
            let asked = command(&words).try_get_matches_from(["accolade", name, "--help"]);
            let help = asked.unwrap_err().render().to_string();
            assert!(help.contains(&format!("  accolade {name}")), "{help}");
            assert!(!foreign.iter().any(|word| help.contains(word)), "{help}");
        }
    }
}
