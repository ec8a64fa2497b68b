//! `accolade extract`: the records of a picture, exactly as they are in it.

use std::io::IsTerminal as _;

use openbadges::bake::{self, Baked, Form, IMAGE_BYTES_MAX, Slot};
use serde_json::{Map, Value, json};

use super::bake::name;
use super::{Exit, Session};
use crate::cli;
use crate::{plain, reason};

/// Runs the command.
pub(super) fn run(typed: &cli::Extract, session: &mut Session<'_>) -> Exit {
    let image = match session.read(&typed.image, IMAGE_BYTES_MAX) {
        Ok(image) => image,
        Err(exit) => return exit,
    };
    let file = session.name_of(&typed.image);
    let baked = match bake::extract(&image) {
        Ok(baked) => baked,
        Err(error) => {
            let told = [("file", file.into()), ("reason", reason::picture(&error))];
            session.complain("bake-image", &told);
            return Exit::No;
        }
    };
    if session.is_json() {
        session.answer_json(&as_json(&baked));
    } else {
        as_text(&baked, session);
    }
    if baked.is_unbaked() {
        session.complain("extract-nothing", &[("file", file.into())]);
    }
    let one_reads = Slot::ALL.iter().any(|slot| matches!(baked.get(*slot), Ok(Some(_))));
    if one_reads { Exit::Done } else { Exit::No }
}

/// The records go to standard output, what they are to standard error, so that one record can be sent into a file.
fn as_text(baked: &Baked, session: &mut Session<'_>) {
    for slot in Slot::ALL {
        let generation = [("generation", name(slot).into())];
        match baked.get(slot) {
            Ok(None) => {}
            Ok(Some(found)) => {
                session.note("extract-found", &generation);
                // Into a file or a pipe byte for byte; a terminal would obey what a stranger wrote.
                let to_terminal = std::io::stdout().is_terminal();
                let shown = plain::lines(&found.text);
                session.answer(if to_terminal { &shown } else { &found.text });
            }
            Err(error) => {
                let [generation] = generation;
                let told = [generation, ("reason", reason::slot(error))];
                session.complain("extract-unreadable", &told);
            }
        }
    }
}

fn as_json(baked: &Baked) -> Value {
    let slots = Slot::ALL.into_iter().filter_map(|slot| {
        let told = match baked.get(slot) {
            Ok(None) => return None,
            Ok(Some(found)) => {
                let oddities: Vec<_> =
                    found.oddities.iter().map(|oddity| format!("{oddity:?}")).collect();
                json!({
                    "form": form_name(found.form),
                    "text": found.text,
                    "verify": found.verify,
                    "oddities": oddities,
                })
            }
            Err(error) => json!({ "error": error.to_string() }),
        };
        Some((name(slot).to_owned(), told))
    });
    Value::Object(slots.collect::<Map<_, _>>())
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Json => "json",
        Form::Jws => "jws",
        Form::Url => "url",
    }
}
