//! `accolade keygen`.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use super::deciding::{self, SystemRandomness};
use super::{Exit, Session};
use crate::cli;
use crate::issue::desk::Desk;
use crate::issue::keygen::{self, KeygenError, Surety};
use crate::keys::{self, KeyRing};
use crate::site::{Site, Slug};

/// Runs the command.
pub(super) fn run(typed: &cli::Keygen, session: &mut Session<'_>) -> Exit {
    match make(typed, session) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn make(typed: &cli::Keygen, session: &mut Session<'_>) -> Result<(), Exit> {
    let desk = deciding::open(session)?;
    let issuer =
        Slug::parse(&typed.issuer).ok_or_else(|| no_issuer(&typed.issuer, desk.site(), session))?;
    let ring = deciding::keys(&desk, typed.key.as_deref(), session)?;
    let surety = match typed.recovery.as_deref() {
        Some(reason) if reason.trim().is_empty() => {
            session.complain("keygen-no-reason", &[]);
            return Err(Exit::Usage);
        }
        Some(reason) => Surety::Recovery { reason },
        None => Surety::ActiveKey,
    };
    let random = &mut SystemRandomness;
    let made = keygen::make(desk.site(), &issuer, surety, &ring, super::now(), random);
    let key = made.map_err(|error| refuse(&error, &desk, &ring, session))?;
    let mut retired = Vec::new();
    for kid in typed.retire.iter().collect::<BTreeSet<_>>() {
        let end = desk.retire(&issuer, kid, super::now());
        retired.push(end.map_err(|error| refuse(&error, &desk, &ring, session))?);
    }
    let file = private_file(typed, &desk, &issuer, &key.kid, session)?;
    let host = desk.site().settings.base_url.host();
    let comment = session.words.say(
        "keygen-comment",
        &[("issuer", issuer.as_str().into()), ("kid", (&key.kid).into()), ("host", host.into())],
    );
    // The private half first: a public key whose secret was lost would be worse than a secret that nobody knows of.
    keys::write_new(&key.secret, &file, &comment)
        .map_err(|error| deciding::key(&error, session))?;
    desk.write_public_key(&key, &retired).map_err(|error| deciding::file(&error, session))?;
    if session.is_json() {
        session.answer_json(&json!({
            "kid": key.kid,
            "private": file.as_str(),
            "public": key.public_file.as_str(),
            "multibase": key.secret.public().to_multikey(),
            "retired": retired.iter().map(|key| key.kid.as_str()).collect::<Vec<_>>(),
        }));
    } else {
        session.answer(file.as_str());
        session.note("keygen-done", &[("public", key.public_file.as_str().into())]);
        for key in &retired {
            session.note("keygen-retired", &[("kid", key.kid.as_str().into())]);
        }
        session.note("keygen-keep", &[]);
    }
    Ok(())
}

/// Where the private key goes: never into the repository, where the next commit would publish it.
fn private_file(
    typed: &cli::Keygen,
    desk: &Desk,
    issuer: &Slug,
    kid: &str,
    session: &mut Session<'_>,
) -> Result<Utf8PathBuf, Exit> {
    let host = desk.site().settings.base_url.host();
    let file = typed.out.clone().or_else(|| keys::default_file(host, issuer, kid));
    let file = file.ok_or_else(|| {
        session.complain("keygen-no-folder", &[]);
        Exit::Usage
    })?;
    if is_below(&file, &desk.site().root) {
        session.complain("keygen-in-repository", &[("file", file.as_str().into())]);
        return Err(Exit::Usage);
    }
    Ok(file)
}

/// Whether `file` is, or would be, below `folder`, links resolved. What cannot be told counts as below.
fn is_below(file: &Utf8Path, folder: &Utf8Path) -> bool {
    let Ok(file) = camino::absolute_utf8(file) else { return true };
    let resolved = file.ancestors().skip(1).find_map(|above| {
        let rest = file.strip_prefix(above).ok()?;
        above.canonicalize_utf8().ok().map(|above| (above, rest))
    });
    let Some(((above, rest), folder)) = resolved.zip(folder.canonicalize_utf8().ok()) else {
        return true;
    };
    // Below a folder that is not there yet, `..` may lead anywhere.
    above.starts_with(folder) || rest.components().any(|part| part.as_str() == "..")
}

fn no_issuer(typed: &str, site: &Site, session: &mut Session<'_>) -> Exit {
    session.complain("keygen-no-issuer", &[("issuer", typed.into())]);
    session.suggest(typed, site.issuers.keys().map(Slug::as_str));
    Exit::Usage
}

fn refuse(error: &KeygenError, desk: &Desk, ring: &KeyRing, session: &mut Session<'_>) -> Exit {
    match error {
        KeygenError::UnknownIssuer { issuer } => no_issuer(issuer.as_str(), desk.site(), session),
        KeygenError::NobodyIntroduces { issuer } => {
            session.complain("keygen-nobody", &[("issuer", issuer.as_str().into())]);
            deciding::tell_wrong(ring, desk.site(), session);
            Exit::Usage
        }
        KeygenError::UnknownKey { kid, known } => {
            let told = [("kid", kid.into()), ("known", known.join(", ").into())];
            session.complain("reseal-no-key", &told);
            Exit::Usage
        }
        KeygenError::EndedAlready { kid } => {
            session.complain("keygen-ended", &[("kid", kid.into())]);
            Exit::Usage
        }
        KeygenError::KeyFile { file, lines } => {
            let told = [("file", file.as_str().into()), ("lines", lines.into())];
            session.complain("key-file-lines", &told);
            Exit::No
        }
        KeygenError::File(error) => deciding::file(error, session),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_inside_the_repository_is_seen_through_links_and_dots() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Utf8Path::from_path(folder.path()).unwrap();
        let root = outer.join("repository");
        std::fs::create_dir_all(root.join("keys")).unwrap();
        assert!(is_below(&root.join("a.key"), &root));
        assert!(is_below(&root.join("keys/new/folder/a.key"), &root));
        assert!(is_below(&outer.join("other/../repository/a.key"), &root));
        assert!(!is_below(&outer.join("a.key"), &root));
        assert!(!is_below(&outer.join("repository-keys/a.key"), &root));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&root, outer.join("link")).unwrap();
            assert!(is_below(&outer.join("link/a.key"), &root));
        }
    }
}
