//! Documents that stand in for the web: a built site for its own address, and a map of files and bodies.
//!
//! Nothing here opens a connection, and this is the only place where an address becomes a file. The report names what came
//! from here.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read as _};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use openbadges::iri::{BaseUrl, Iri};
use openbadges::verify::{Answer, Body, Source, Unavailable};
use serde::Deserialize;

use crate::map::{self, Entry, Gives, MapError};

/// The largest document that is read: a baked picture is the largest thing a badge points to.
const DOCUMENT_BYTES_MAX: u64 = 5 * 1024 * 1024;

/// The largest map of documents that is read.
const MAP_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The most redirects that are followed inside a map.
const REDIRECTS_MAX: usize = 5;

/// The file that names a built site's address.
const CATALOGUE: &str = "catalog.json";

/// What answers instead of the web.
#[derive(Debug, Default)]
pub struct StandIns {
    sites: Vec<(BaseUrl, Utf8PathBuf)>,
    map: BTreeMap<String, Entry>,
    folder: Utf8PathBuf,
}

impl StandIns {
    /// Lets the built site in `folder` answer for the address it was built for, which its catalogue names.
    ///
    /// # Errors
    /// [`NotASite`] when the folder has no catalogue of a built site.
    pub fn add_site(&mut self, folder: &Utf8Path) -> Result<(), NotASite> {
        let refuse = || NotASite { folder: folder.to_owned() };
        let catalogue = read(&folder.join(CATALOGUE), MAP_BYTES_MAX).map_err(|_| refuse())?;
        let catalogue: Catalogue = serde_json::from_slice(&catalogue).map_err(|_| refuse())?;
        let address = catalogue.url.strip_suffix('/').unwrap_or(&catalogue.url);
        self.add_site_at(BaseUrl::parse(address).map_err(|_| refuse())?, folder);
        Ok(())
    }

    /// Lets the files in `folder` answer for `base_url`.
    pub fn add_site_at(&mut self, base_url: BaseUrl, folder: &Utf8Path) {
        self.sites.push((base_url, folder.to_owned()));
    }

    /// Lets the map in `file` answer for the addresses it names.
    ///
    /// # Errors
    /// [`MapError`] when the file cannot be read or is no such map.
    pub fn add_map(&mut self, file: &Utf8Path) -> Result<(), MapError> {
        let text = read(file, MAP_BYTES_MAX).map_err(|error| match error {
            ReadError::Missing => MapError::Unreadable(ErrorKind::NotFound),
            ReadError::TooLarge => MapError::TooLarge { bytes_max: MAP_BYTES_MAX },
            ReadError::Failed(kind) => MapError::Unreadable(kind),
        })?;
        self.map = map::read(&text)?;
        self.folder = file.parent().map(Utf8Path::to_owned).unwrap_or_default();
        Ok(())
    }

    /// The answer to `asked`; nothing when no stand-in speaks for it.
    #[must_use]
    pub fn answer(&self, asked: &Iri) -> Option<Answer> {
        let (address, _) = asked.split_fragment();
        let mut hops = Vec::new();
        let mut at = address.to_owned();
        while let Some(Gives::Redirect(next)) = self.map.get(&at).map(|entry| entry.gives.clone()) {
            if hops.len() == REDIRECTS_MAX {
                let body = Err(Unavailable::TooManyRedirects);
                return Some(Answer { source: Source::StandIn, hops, body });
            }
            hops.extend(Iri::parse(&at));
            at = next;
        }
        let body = match Iri::parse(&at) {
            Ok(url) => self.body(url),
            Err(_) => Some(Err(Unavailable::AddressRefused)),
        };
        // A map that leads on to somebody it does not speak for has nothing to say, and nobody else is asked for it.
        let body = if hops.is_empty() { body? } else { body.unwrap_or(Err(Unavailable::Offline)) };
        Some(Answer { source: Source::StandIn, hops, body })
    }

    fn body(&self, url: Iri) -> Option<Result<Body, Unavailable>> {
        if let Some(entry) = self.map.get(url.as_str()) {
            return Some(entry.body(url, &self.folder));
        }
        let file =
            |(base, folder): &(BaseUrl, Utf8PathBuf)| Some(folder.join(page_of(&url, base)?));
        let file = self.sites.iter().find_map(file)?;
        Some(found(url, &file, None))
    }
}

#[derive(Deserialize)]
struct Catalogue {
    url: String,
}

impl Entry {
    fn body(&self, url: Iri, folder: &Utf8Path) -> Result<Body, Unavailable> {
        let (content_type, status) = (self.content_type.clone(), self.status.unwrap_or(200));
        match &self.gives {
            Gives::File(file) => {
                let body = found(url, &folder.join(file), content_type)?;
                let status = self.status.unwrap_or(body.status);
                Ok(Body { status, ..body })
            }
            Gives::Body(text) => {
                Ok(Body { url, status, content_type, bytes: text.clone().into_bytes() })
            }
            Gives::StatusOnly | Gives::Redirect(_) => {
                Ok(Body { url, status, content_type, bytes: Vec::new() })
            }
        }
    }
}

/// The path of the file that a static host of `base` would answer `url` with; nothing for other hosts and for paths that
/// climb.
#[must_use]
pub fn page_of(url: &Iri, base: &BaseUrl) -> Option<String> {
    let (address, _) = url.split_fragment();
    let path = address.strip_prefix(base.as_str())?.strip_prefix('/')?;
    let is_plain = |part| matches!(part, Utf8Component::Normal(_));
    if !Utf8Path::new(path).components().all(is_plain) {
        return None;
    }
    let is_folder = path.is_empty() || path.ends_with('/');
    Some(if is_folder { format!("{path}index.html") } else { path.to_owned() })
}

/// A file as an answer: a missing one is a 404, as on the web.
fn found(url: Iri, file: &Utf8Path, content_type: Option<String>) -> Result<Body, Unavailable> {
    match read(file, DOCUMENT_BYTES_MAX) {
        Ok(bytes) => Ok(Body { url, status: 200, content_type, bytes }),
        Err(ReadError::Missing) => Ok(Body { url, status: 404, content_type: None, bytes: vec![] }),
        Err(ReadError::TooLarge) => Err(Unavailable::TooLarge),
        Err(ReadError::Failed(_)) => Err(Unavailable::Unreadable),
    }
}

#[derive(Debug)]
enum ReadError {
    Missing,
    TooLarge,
    Failed(ErrorKind),
}

fn read(file: &Utf8Path, bytes_max: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        kind => ReadError::Failed(kind),
    };
    let opened = File::open(file).map_err(failed)?;
    opened.take(bytes_max + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > bytes_max) {
        return Err(ReadError::TooLarge);
    }
    Ok(bytes)
}

/// A folder that is no built site: it has no catalogue that names an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotASite {
    /// The folder.
    pub folder: Utf8PathBuf,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iri(text: &str) -> Iri {
        Iri::parse(text).unwrap()
    }

    fn site() -> (tempfile::TempDir, StandIns) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let write = |path: &str, text: &str| {
            let file = root.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        };
        write("catalog.json", r#"{"url":"https://badges.example/"}"#);
        write("a/1/index.html", "<!doctype html>");
        write("a/1/credential.json", "{}");
        write(
            "map.json",
            r#"{"https://o.example/did.json":{"file":"a/1/credential.json"},
                "https://o.example/gone":{"status":410},
                "https://o.example/moved":{"redirect":"https://p.example/there"},
                "https://p.example/there":{"body":"[]","content_type":"application/json"},
                "https://o.example/away":{"redirect":"https://nobody.example/"},
                "https://o.example/loop":{"redirect":"https://o.example/loop"}}"#,
        );
        let mut stand_ins = StandIns::default();
        stand_ins.add_site(root).unwrap();
        stand_ins.add_map(&root.join("map.json")).unwrap();
        (folder, stand_ins)
    }

    #[test]
    fn a_built_site_answers_for_its_own_address_as_a_static_host_would() {
        let (_folder, stand_ins) = site();
        let body = |url: &str| stand_ins.answer(&iri(url)).unwrap().body;
        assert_eq!(body("https://badges.example/a/1/credential.json#x").unwrap().bytes, b"{}");
        assert_eq!(body("https://badges.example/a/1/").unwrap().bytes, b"<!doctype html>");
        assert_eq!(body("https://badges.example/a/2/credential.json").unwrap().status, 404);
        for elsewhere in [
            "https://badges.example.evil/a",
            "https://badges.example/../map.json",
            "https://badges.example/a/../../map.json",
            "https://badges.example//etc/passwd",
            "http://badges.example/a/1/",
            "https://other.example/a/1/",
        ] {
            assert_eq!(stand_ins.answer(&iri(elsewhere)), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_map_answers_with_files_bodies_statuses_and_redirects() {
        let (_folder, stand_ins) = site();
        let answer = |url: &str| stand_ins.answer(&iri(url)).unwrap();
        assert_eq!(answer("https://o.example/did.json").body.unwrap().bytes, b"{}");
        assert_eq!(answer("https://o.example/gone").body.unwrap().status, 410);
        let moved = answer("https://o.example/moved");
        assert_eq!(moved.hops, [iri("https://o.example/moved")]);
        assert_eq!(moved.body.unwrap().url, iri("https://p.example/there"));
        assert_eq!(answer("https://o.example/loop").body, Err(Unavailable::TooManyRedirects));
        assert_eq!(answer("https://o.example/away").body, Err(Unavailable::Offline));
    }

    #[test]
    fn a_folder_that_is_no_site_and_a_map_that_is_missing_are_refused() {
        let (folder, _) = site();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let mut stand_ins = StandIns::default();
        let no_site = stand_ins.add_site(&root.join("a"));
        assert_eq!(no_site, Err(NotASite { folder: root.join("a") }));
        let missing = stand_ins.add_map(&root.join("bad.json"));
        assert_eq!(missing, Err(MapError::Unreadable(ErrorKind::NotFound)));
    }
}
