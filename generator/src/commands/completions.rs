//! `accolade completions`: what a shell offers while somebody types, in the user's language.

use super::{Exit, Session, help};
use crate::cli;

/// Runs the command.
pub(super) fn run(typed: &cli::Completions, session: &mut Session<'_>) -> Exit {
    let mut command = help::command(&session.words);
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(typed.shell, &mut command, name, &mut script);
    // A reader that went away is no fault of the command.
    let _ = session.out().write_all(&script);
    Exit::Done
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;
    use clap_complete::Shell;

    use super::*;
    use crate::site::Lang;
    use crate::words::Words;

    #[test]
    fn every_shell_is_offered_every_command_and_zsh_in_the_users_language() {
        for shell in Shell::value_variants() {
            for (lang, about) in [("fr", "Créer le dépôt"), ("en", "Start the repository")] {
                let words = Words::of_program(&Lang::parse(lang).unwrap());
                let mut command = help::command(&words);
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut command, "accolade", &mut script);
                let script = String::from_utf8(script).unwrap();
                for sub in command.get_subcommands() {
                    assert!(script.contains(sub.get_name()), "{shell}: {}", sub.get_name());
                }
                assert!(script.contains(about) || *shell == Shell::Bash, "{shell}: {lang}");
            }
        }
    }
}
