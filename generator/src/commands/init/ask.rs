//! The answers: what was typed as options, and what is asked for in a terminal.

use std::io::{BufRead, Read as _};

use openbadges::iri::{BaseUrl, BaseUrlError};
use openbadges::verify::is_shared_host;

use super::super::{Exit, Session};
use crate::cli::{ForgeName, Init, Readers, UiLang};
use crate::scaffold::{Answers, Forge, issuer_slug};
use crate::site::{Lang, Repository, Slug};
use crate::words::Arg;

/// A name that is longer is a sentence.
const NAME_CHARS_MAX: usize = 120;

/// A question is asked again so often; then somebody is not there, or not willing.
const TRIES_MAX: u32 = 5;

/// The longest line that is read from a terminal.
const LINE_BYTES_MAX: u64 = 4_096;

/// Collects the answers. Without a terminal everything has to be typed, or `--yes`.
pub(super) fn answers(
    typed: &Init,
    branch: String,
    terminal: Option<&mut dyn BufRead>,
    session: &mut Session<'_>,
) -> Result<Answers, Exit> {
    let told = Told::of(typed, session);
    let complete = match terminal {
        Some(terminal) => Asking { terminal, session: &mut *session }.complete(told, typed)?,
        None => {
            told.all_there(typed, session)?;
            let address = told.base_url.as_deref().unwrap_or_default();
            let base_url = base_url(address, session)?;
            let name = name(told.name.as_deref().unwrap_or_default(), session)?;
            if is_shared_host(base_url.host()) && !typed.shared_host {
                session.complain("init-shared-host", &[("host", base_url.host().into())]);
                return Err(Exit::Usage);
            }
            Complete { name, base_url, rest: told }
        }
    };
    let Complete { name, base_url, rest } = complete;
    Ok(Answers {
        issuer: issuer_slug(&name).or_else(|| Slug::parse("issuer")).ok_or(Exit::Undecided)?,
        name,
        base_url,
        lang: rest.lang.unwrap_or_else(|| session.words.lang().clone()),
        forge: rest.forge.unwrap_or(Forge::Github),
        repository: rest.repository.unwrap_or(Repository::Public),
        branch,
    })
}

/// What the options say.
struct Told {
    name: Option<String>,
    base_url: Option<String>,
    lang: Option<Lang>,
    forge: Option<Forge>,
    repository: Option<Repository>,
}

struct Complete {
    name: String,
    base_url: BaseUrl,
    rest: Told,
}

impl Told {
    fn of(typed: &Init, session: &Session<'_>) -> Self {
        Self {
            name: typed.name.clone(),
            base_url: typed.base_url.clone(),
            lang: session.global.lang.and_then(|lang| match lang {
                UiLang::Fr => Lang::parse("fr"),
                UiLang::En => Lang::parse("en"),
            }),
            forge: typed.forge.map(|forge| match forge {
                ForgeName::Github => Forge::Github,
                ForgeName::Gitlab => Forge::Gitlab,
                ForgeName::Forgejo => Forge::Forgejo,
            }),
            repository: typed.repository.map(|readers| match readers {
                Readers::Public => Repository::Public,
                Readers::Private => Repository::Private,
            }),
        }
    }

    /// Names what is missing. A name and an address are nobody's to guess; the rest `--yes` takes as usual.
    fn all_there(&self, typed: &Init, session: &mut Session<'_>) -> Result<(), Exit> {
        let usual = typed.yes;
        let missing: Vec<&str> = [
            ("--name", self.name.is_some()),
            ("--base-url", self.base_url.is_some()),
            ("--lang", usual || self.lang.is_some()),
            ("--forge", usual || self.forge.is_some()),
            ("--repository", usual || self.repository.is_some()),
        ]
        .into_iter()
        .filter_map(|(option, there)| (!there).then_some(option))
        .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let options: Arg<'_> = missing.join(" ").into();
        session.complain("init-missing", &[("options", options)]);
        Err(Exit::Usage)
    }
}

/// Somebody in front of a terminal.
struct Asking<'a, 's> {
    terminal: &'a mut dyn BufRead,
    session: &'a mut Session<'s>,
}

impl Asking<'_, '_> {
    fn complete(mut self, mut told: Told, typed: &Init) -> Result<Complete, Exit> {
        let name = match &told.name {
            Some(text) => name(text, self.session)?,
            None => self.until("init-ask-name", "", name)?,
        };
        let base_url = self.base_url(&told, typed)?;
        if told.repository.is_none() {
            let found =
                self.until("init-ask-repository", "public", |text, session| match text {
                    "public" => Ok(Repository::Public),
                    "private" | "privé" | "prive" => Ok(Repository::Private),
                    _ => wrong("init-ask-repository-wrong", session),
                })?;
            told.repository = Some(found);
        }
        if told.forge.is_none() {
            let found = self.until("init-ask-forge", "github", |text, session| {
                let found =
                    Forge::ALL.into_iter().find(|forge| forge.word() == text.to_lowercase());
                found.map_or_else(|| wrong("init-ask-forge-wrong", session), Ok)
            })?;
            told.forge = Some(found);
        }
        if told.lang.is_none() {
            let usual = self.session.words.lang().to_string();
            let found = self.until("init-ask-lang", &usual, |text, session| match text {
                "fr" | "en" => Lang::parse(text).ok_or(Exit::Undecided),
                _ => wrong("init-ask-lang-wrong", session),
            })?;
            told.lang = Some(found);
        }
        Ok(Complete { name, base_url, rest: told })
    }

    fn base_url(&mut self, told: &Told, typed: &Init) -> Result<BaseUrl, Exit> {
        let found = match &told.base_url {
            Some(text) => base_url(text, self.session)?,
            None => self.until("init-ask-base-url", "", |text, session| {
                // Somebody who types a bare host means the only scheme there is.
                let bare = !text.contains("://");
                base_url(&if bare { format!("https://{text}") } else { text.to_owned() }, session)
            })?,
        };
        if is_shared_host(found.host()) && !typed.shared_host {
            let host: String = found.host().to_owned();
            let agreed = self.line("init-ask-shared-host", &host)?;
            if !matches!(agreed.to_lowercase().as_str(), "o" | "oui" | "y" | "yes") {
                self.session.complain("init-shared-host", &[("host", host.into())]);
                return Err(Exit::Usage);
            }
        }
        Ok(found)
    }

    /// Asks until the answer can be used. An empty line takes `usual`.
    fn until<T>(
        &mut self,
        message: &str,
        usual: &str,
        mut read: impl FnMut(&str, &mut Session<'_>) -> Result<T, Exit>,
    ) -> Result<T, Exit> {
        for _ in 0..TRIES_MAX {
            let line = self.line(message, usual)?;
            let text = if line.is_empty() { usual } else { &line };
            if let Ok(found) = read(text, self.session) {
                return Ok(found);
            }
        }
        Err(Exit::Usage)
    }

    /// Puts a question, and reads a line.
    fn line(&mut self, message: &str, usual: &str) -> Result<String, Exit> {
        let told: [(&str, Arg<'_>); 2] = [("usual", usual.into()), ("host", usual.into())];
        let question = self.session.words.say(message, &told);
        let _ = write!(self.session.err(), "{question} ");
        let _ = self.session.err().flush();
        let mut line = String::new();
        let read = (&mut *self.terminal).take(LINE_BYTES_MAX).read_line(&mut line);
        if !matches!(read, Ok(bytes) if bytes > 0) {
            // Ctrl-D: nothing was written, and that is what was wanted.
            let _ = writeln!(self.session.err());
            self.session.complain("init-left", &[]);
            return Err(Exit::Usage);
        }
        Ok(line.trim().to_owned())
    }
}

fn wrong<T>(message: &str, session: &mut Session<'_>) -> Result<T, Exit> {
    session.complain(message, &[]);
    Err(Exit::Usage)
}

fn name(text: &str, session: &mut Session<'_>) -> Result<String, Exit> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars == 0 || chars > NAME_CHARS_MAX || text.contains(char::is_control) {
        session.complain("init-name", &[("most", NAME_CHARS_MAX.into())]);
        return Err(Exit::Usage);
    }
    Ok(text.to_owned())
}

fn base_url(text: &str, session: &mut Session<'_>) -> Result<BaseUrl, Exit> {
    let text = text.trim();
    // A browser shows the slash, and everyone copies it.
    let text = text.strip_suffix('/').unwrap_or(text);
    BaseUrl::parse(text).map_err(|error| {
        let problem = match error {
            BaseUrlError::NotHttps => "not-https",
            BaseUrlError::PortOrUser => "port-or-user",
            BaseUrlError::Host => "host",
            _ => "path",
        };
        session.complain("init-base-url", &[("value", text.into()), ("problem", problem.into())]);
        Exit::Usage
    })
}
