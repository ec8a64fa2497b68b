//! A repository in a folder of its own, with as many sealed awards as a test wants. Seals with the real `seal`, publishes
//! with the real command.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "support for tests and benches, each of which uses a part of it; `dead_code` differs from one to the next"
)]

pub mod leaks;
pub mod office;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use accolade::check::{self, Proofs};
use accolade::id::AwardId;
use accolade::issue::files::Files;
use accolade::issue::randomness::Randomness;
use accolade::issue::seal;
use accolade::keys::KeyRing;
use accolade::load;
use accolade::site::Site;
use camino::{Utf8Path, Utf8PathBuf};
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;
use sha2::{Digest as _, Sha256};

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><defs><linearGradient id="g"><stop offset="0" stop-color="#0a5"/><stop offset="1" stop-color="#05a"/></linearGradient></defs><circle cx="50" cy="50" r="48" fill="url(#g)"/><path d="M20 60 Q50 10 80 60 T50 90Z" fill="#fff" stroke="#123" stroke-width="3"/></svg>"##;

/// The repository.
pub struct Repository {
    folder: tempfile::TempDir,
}

/// An award of the repository, as its event says it.
#[derive(Debug, Clone, Copy)]
pub struct Award {
    pub n: u32,
    pub class: &'static str,
    pub visibility: &'static str,
    /// Lines that only some awards have.
    pub more: &'static str,
}

impl Award {
    pub const fn new(n: u32, visibility: &'static str) -> Self {
        Self { n, class: "accueil", visibility, more: "" }
    }

    pub fn id(&self) -> AwardId {
        id(self.n)
    }
}

/// The id of award number `n`: as spread as random ones.
pub fn id(n: u32) -> AwardId {
    let digest = Sha256::digest(format!("award/{n}"));
    AwardId::from_bits(digest[..16].try_into().unwrap())
}

impl Repository {
    /// A repository with one issuer, a class with a drawing, a class with levels and pixels, and two pages.
    pub fn new() -> Self {
        Self::in_folder(&std::env::temp_dir())
    }

    pub fn in_folder(parent: &Path) -> Self {
        let repository = Self { folder: tempfile::tempdir_in(parent).unwrap() };
        let key = key().public().to_multikey();
        repository.write(
            "accolade.yaml",
            "version: 1\nbase_url: https://badges.club.example\nlanguages: [fr, en]\n\
             title: { fr: Badges du Club, en: Club badges }\ntheme: default\nrepository: private\nhosting: github\n",
        );
        repository.write(
            "badges/issuers/club/issuer.yaml",
            "name: Le Club\nurl: https://club.example\nemail: bonjour@club.example\n\
             description: { fr: Un club., en: A club. }\n",
        );
        repository.write(
            "badges/issuers/club/keys/k1.yaml",
            &format!("type: Ed25519\nmultibase: {key}\ncreated: 2025-01-10\n"),
        );
        repository.class("accueil", "", true);
        let levels = "levels:\n  - { id: 1, name: { fr: Découvre, en: Discovers }, description: { fr: Avec quelqu’un., en: With someone. } }\n  \
                      - { id: 2, name: { fr: Pratique, en: Practises }, description: { fr: Seul., en: Alone. } }\n";
        repository.class("sol", levels, false);
        repository.write(
            "site-content/index.md",
            "---\ntitle: Accueil\ndescription: Bienvenue.\n---\nBienvenue.\n",
        );
        repository.write(
            "site-content/a-propos.md",
            "---\ntitle: À propos\ndescription: Qui nous sommes.\nnav: 1\n---\nNous.\n",
        );
        repository
    }

    pub fn class(&self, slug: &str, more: &str, drawing: bool) {
        let image = if drawing { "image.svg" } else { "image.png" };
        let folder = format!("badges/classes/{slug}");
        self.write(
            &format!("{folder}/badge.yaml"),
            &format!(
                "issuer: club\nversion: 1\nname: {{ fr: Badge {slug}, en: Badge {slug} }}\n\
                 description: {{ fr: Une personne qui accueille., en: A person who welcomes. }}\n\
                 kind: engagement\nimage: {{ file: {image}, alt: {{ fr: Un rond, en: A disc }} }}\n\
                 tags: [accueil]\n{more}"
            ),
        );
        self.write(&format!("{folder}/criteria.md"), "Accueillir, *vraiment*, et orienter.\n");
        self.write(&format!("{folder}/criteria.en.md"), "Welcome, *really*, and guide.\n");
        if drawing {
            self.write(&format!("{folder}/image.svg"), DRAWING);
        } else {
            let png = accolade::raster::png(DRAWING.as_bytes(), 200).unwrap();
            fs::write(self.path(&format!("{folder}/image.png")), png).unwrap();
        }
    }

    pub fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).unwrap()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Writes the event of an award.
    pub fn award(&self, award: Award) {
        let Award { n, class, visibility, more } = award;
        let salt: String =
            (0..8).map(|part| format!("{:04x}", ((n + 7) * (part + 13)) & 0xffff)).collect();
        let hash = Sha256::digest(format!("person{n}@example.org{salt}"));
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let day = 1 + n % 28;
        self.write(
            &format!("badges/assertions/2026/{:02}/{}.yaml", n % 100, award.id()),
            &format!(
                "class: {class}\nversion: 1\nlang: fr\nawarded: 2026-03-{day:02}T00:00:00Z\n\
                 expires: 2029-03-{day:02}T23:59:59Z\n\
                 recipient: {{ type: email, hash: sha256${hash}, salt: {salt} }}\n\
                 visibility: {visibility}\n{more}"
            ),
        );
    }

    pub fn revoke(&self, award: Award) {
        self.write(
            &format!("badges/revocations/{}.yaml", award.id()),
            "date: 2026-08-01\nreason: term-ended\n",
        );
    }

    /// What `check` makes of it.
    pub fn site(&self) -> Site {
        let sources = load::open(self.root()).unwrap();
        let checked = check::check(&sources, Proofs::None);
        checked.site.unwrap_or_else(|| panic!("{:#?}", checked.findings))
    }

    /// Signs what waits.
    pub fn seal(&self) {
        let ring = KeyRing::of([key()]);
        let now = Timestamp::parse("2026-09-01T09:00:00Z").unwrap();
        let files = Files::take(self.root()).unwrap();
        seal::seal(&self.site(), &files, &ring, now, &mut Stream(0)).unwrap();
    }

    /// Runs the real command in this repository.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
        command.current_dir(self.root()).args(arguments).args(["--lang", "en"]);
        command
    }

    /// Builds, and returns the digest.
    pub fn build(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["build"], arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Every file of a folder with its bytes, sorted.
    pub fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let out = self.path(folder);
        walkdir::WalkDir::new(&out)
            .sort_by_file_name()
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&out).unwrap().to_str().unwrap().to_owned();
                (path, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    pub fn out(&self) -> Utf8PathBuf {
        self.root().join("public")
    }
}

pub fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

/// The same in every run.
pub struct Stream(u64);

impl Randomness for Stream {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            let digest = Sha256::digest(self.0.to_be_bytes());
            chunk.copy_from_slice(&digest[..chunk.len()]);
        }
    }
}

/// One award of each sort, with evidence, a renewal and a withdrawal.
pub fn everything() -> Repository {
    let repository = Repository::new();
    let evidence = "evidence:\n  - { file: photo.jpg, alt: { fr: Une table, en: A table } }\n";
    repository.award(Award { more: evidence, ..Award::new(1, "listed") });
    repository.write(&format!("badges/evidence/{}/photo.jpg", id(1)), "not really a photo");
    repository.award(Award::new(2, "unlisted"));
    repository.award(Award::new(3, "private"));
    repository.award(Award::new(4, "listed"));
    repository.award(Award { class: "sol", more: "level: 2\n", ..Award::new(5, "listed") });
    repository.award(Award::new(6, "unlisted"));
    repository.seal();
    repository.revoke(Award::new(4, ""));
    repository.revoke(Award::new(6, ""));
    repository.seal();
    repository
}
