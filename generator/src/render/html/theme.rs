//! The files of a theme: the built-in ones, and an issuer's own over them.
//!
//! Nothing here reads a disk: the built-in files are compiled in, and an issuer's come as bytes from `load`.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::TemplateError;
use crate::colour::{Colour, READABLE};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../themes/default");

/// Where each sort of file lives in a theme.
const TEMPLATES: &str = "templates/";
const STATIC: &str = "static/";
const MANIFEST: &str = "theme.yaml";

/// The style sheets that receive the colours of `theme.yaml`: of the site, and of the page made for frames.
const STYLE_SHEETS: [&str; 2] = [STYLE_SHEET, "static/embed.css"];

/// The one that a theme may go on with.
const STYLE_SHEET: &str = "static/site.css";

/// A theme's files by path (`templates/award.html`), the issuer's own before the built-in ones.
#[derive(Clone, Default)]
pub struct ThemeFiles {
    own: BTreeMap<String, Vec<u8>>,
}

impl ThemeFiles {
    /// The built-in theme alone.
    #[must_use]
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The built-in theme with `own` over it: paths below `themes/<name>/`, with `/` between folders.
    ///
    /// `theme.yaml` is merged key by key and `messages/<lang>.ftl` message by message, so that a theme says only what
    /// it changes. Every other file takes the place of the built-in file of the same path.
    #[must_use]
    pub fn with_own(own: BTreeMap<String, Vec<u8>>) -> Self {
        Self { own }
    }

    /// The file at `path`.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.own.get(path).map(Vec::as_slice).or_else(|| built_in(path))
    }

    /// The messages of `lang`: built-in ones first, the issuer's own last.
    pub(super) fn messages(&self, lang: &str) -> Result<Vec<(String, String)>, TemplateError> {
        let path = format!("messages/{lang}.ftl");
        let layers = [built_in(&path), self.own.get(&path).map(Vec::as_slice)];
        let sources = layers.into_iter().flatten();
        sources.map(|bytes| Ok((path.clone(), text(&path, bytes)?.to_owned()))).collect()
    }

    /// The languages that have messages.
    pub(super) fn message_languages(&self) -> Vec<String> {
        let file =
            |path: String| path.strip_prefix("messages/")?.strip_suffix(".ftl").map(str::to_owned);
        self.below("messages/").filter_map(|(path, _)| file(path)).collect()
    }

    /// Everything below `static/`, ready to publish under the same path.
    pub(super) fn published(&self, manifest: &Manifest) -> BTreeMap<String, Vec<u8>> {
        self.below(STATIC)
            .map(|(path, bytes)| {
                if !STYLE_SHEETS.contains(&path.as_str()) {
                    return (path, bytes.to_vec());
                }
                let own = manifest.style.as_ref().filter(|_| path == STYLE_SHEET);
                let own = own.and_then(|own| self.file(&format!("{STATIC}{own}")));
                let colours = manifest.colours();
                (path, [colours.as_bytes(), bytes, b"\n", own.unwrap_or_default()].concat())
            })
            .collect()
    }

    /// Each template: its name and its text.
    pub(super) fn into_templates(self) -> Result<Vec<(String, String)>, TemplateError> {
        self.below(TEMPLATES)
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| Ok((without(TEMPLATES, &path), text(&path, bytes)?.to_owned())))
            .collect()
    }

    /// `theme.yaml`: the built-in one, and what the issuer's changes of it.
    pub(super) fn manifest(&self) -> Result<Manifest, TemplateError> {
        let read = |bytes: &[u8]| -> Result<ManifestFile, TemplateError> {
            serde_yaml::from_str(text(MANIFEST, bytes)?)
                .map_err(|error| TemplateError::file(MANIFEST, error.to_string()))
        };
        let base = read(built_in(MANIFEST).unwrap_or_default())?;
        let own = self.own.get(MANIFEST).map(|bytes| read(bytes)).transpose()?.unwrap_or_default();
        let mut colours = base.colours;
        colours.extend(own.colours);
        let manifest =
            Manifest { logo: own.logo.or(base.logo), style: own.style.or(base.style), colours };
        for named in [&manifest.logo, &manifest.style].into_iter().flatten() {
            if self.file(&format!("{STATIC}{named}")).is_none() {
                let reason = format!("`{STATIC}{named}` does not exist");
                return Err(TemplateError::file(MANIFEST, reason));
            }
        }
        manifest.check_contrast()?;
        Ok(manifest)
    }

    /// Files below `folder`, each path once, in the order of their paths.
    fn below(&self, folder: &str) -> impl Iterator<Item = (String, &[u8])> {
        let mut files = BTreeMap::new();
        collect(&DEFAULT, &mut files);
        files.extend(self.own.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())));
        files.retain(|path, _| path.starts_with(folder));
        files.into_iter()
    }
}

impl fmt::Debug for ThemeFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThemeFiles").field("own", &self.own.keys()).finish()
    }
}

/// What `theme.yaml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifest {
    /// A file below `static/`.
    pub(super) logo: Option<String>,
    /// A file below `static/` that goes on where the style sheet ends.
    style: Option<String>,
    colours: BTreeMap<ColourName, Pair>,
}

/// `theme.yaml` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ManifestFile {
    #[expect(dead_code, reason = "read so that another version is refused")]
    version: Option<Version>,
    #[expect(dead_code, reason = "for those who read the file")]
    name: Option<String>,
    #[expect(dead_code, reason = "for those who read the file")]
    licence: Option<String>,
    logo: Option<String>,
    style: Option<String>,
    #[serde(default)]
    colours: BTreeMap<ColourName, Pair>,
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        if number == 1 { Ok(Self) } else { Err(format!("theme version {number} is not known")) }
    }
}

/// The colours a theme may choose; the style sheet reads each as `--<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ColourName {
    Paper,
    Sand,
    Line,
    Ink,
    Muted,
    Accent,
    Alert,
    Sea,
    Foam,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    light: Colour,
    dark: Colour,
}

/// Which words stand on which ground.
const WORDS_ON_GROUND: [(ColourName, ColourName); 9] = [
    (ColourName::Ink, ColourName::Paper),
    (ColourName::Ink, ColourName::Sand),
    (ColourName::Muted, ColourName::Paper),
    (ColourName::Muted, ColourName::Sand),
    (ColourName::Accent, ColourName::Paper),
    (ColourName::Accent, ColourName::Sand),
    (ColourName::Alert, ColourName::Paper),
    (ColourName::Alert, ColourName::Sand),
    (ColourName::Foam, ColourName::Sea),
];

impl Manifest {
    fn check_contrast(&self) -> Result<(), TemplateError> {
        for (words, ground) in WORDS_ON_GROUND {
            let (Some(on), Some(under)) = (self.colours.get(&words), self.colours.get(&ground))
            else {
                continue;
            };
            for (scheme, on, under) in
                [("light", on.light, under.light), ("dark", on.dark, under.dark)]
            {
                let contrast = on.contrast(under);
                if contrast < READABLE {
                    let (words, ground) = (words.name(), ground.name());
                    let reason = format!(
                        "`{words}` {on} on `{ground}` {under} ({scheme}) has a contrast of {contrast:.1}; \
                         words need {READABLE} to be read"
                    );
                    return Err(TemplateError::file(MANIFEST, reason));
                }
            }
        }
        Ok(())
    }

    /// The colours for light screens, by name.
    pub(super) fn light(&self) -> BTreeMap<&'static str, Colour> {
        self.colours.iter().map(|(name, pair)| (name.name(), pair.light)).collect()
    }

    /// The custom properties at the head of the style sheets.
    fn colours(&self) -> String {
        let properties = |choose: fn(&Pair) -> Colour| {
            self.colours.iter().fold(String::new(), |mut css, (name, pair)| {
                // Writing to a string cannot fail.
                let _ = write!(css, "--{}:{};", name.name(), choose(pair));
                css
            })
        };
        format!(
            ":root{{{}}}\n@media (prefers-color-scheme:dark){{:root{{{}}}}}\n",
            properties(|pair| pair.light),
            properties(|pair| pair.dark)
        )
    }
}

impl ColourName {
    const fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Sand => "sand",
            Self::Line => "line",
            Self::Ink => "ink",
            Self::Muted => "muted",
            Self::Accent => "accent",
            Self::Alert => "alert",
            Self::Sea => "sea",
            Self::Foam => "foam",
        }
    }
}

fn built_in(path: &str) -> Option<&'static [u8]> {
    DEFAULT.get_file(path).map(include_dir::File::contents)
}

fn collect<'a>(folder: &Dir<'a>, files: &mut BTreeMap<String, &'a [u8]>) {
    for file in folder.files() {
        files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

fn without(folder: &str, path: &str) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_owned()
}

fn text<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, TemplateError> {
    str::from_utf8(bytes).map_err(|error| TemplateError::file(path, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(path: &str, content: &str) -> ThemeFiles {
        ThemeFiles::with_own(BTreeMap::from([(path.to_owned(), content.into())]))
    }

    #[test]
    fn the_built_in_theme_is_complete_and_readable() {
        let theme = ThemeFiles::embedded();
        let manifest = theme.manifest().unwrap();
        assert_eq!(manifest.colours.len(), 9);
        let published = theme.published(&manifest);
        let css = str::from_utf8(published.get("static/site.css").unwrap()).unwrap();
        assert!(css.starts_with(":root{--paper:#"), "{css:.40}");
        assert!(css.len() <= 20_000, "the style sheet has {} bytes", css.len());
        assert!(!css.contains("url(http") && !css.contains("@import"), "no other host is asked");
    }

    #[test]
    fn three_lines_of_yaml_change_a_colour_and_keep_the_others() {
        let theme =
            own("theme.yaml", "colours:\n  accent: { light: \"#7a1f4b\", dark: \"#f0a5c8\" }\n");
        let manifest = theme.manifest().unwrap();
        let css = manifest.colours();
        assert!(css.contains("--accent:#7a1f4b;") && css.contains("--accent:#f0a5c8;"), "{css}");
        assert!(css.contains("--ink:#"), "{css}");
    }

    #[test]
    fn words_that_cannot_be_read_are_refused() {
        let theme =
            own("theme.yaml", "colours:\n  accent: { light: \"#f0e0c0\", dark: \"#f0a5c8\" }\n");
        let error = theme.manifest().unwrap_err();
        assert!(
            matches!(&error, TemplateError::File { reason, .. } if reason.contains("`accent` #f0e0c0 on `paper`")),
            "{error:?}"
        );
    }

    #[test]
    fn an_unknown_key_colour_version_or_a_missing_logo_is_refused() {
        for yaml in [
            "colors: {}",
            "colours: { papier: { light: \"#ffffff\", dark: \"#000000\" } }",
            "colours: { ink: { light: \"red\", dark: \"#000000\" } }",
            "version: 2",
            "logo: nowhere.svg",
            "style: nowhere.css",
        ] {
            let error = own("theme.yaml", yaml).manifest().unwrap_err();
            assert!(matches!(error, TemplateError::File { .. }), "{yaml}: {error:?}");
        }
    }

    #[test]
    fn a_sheet_of_ones_own_goes_on_where_the_built_in_one_ends() {
        let theme = ThemeFiles::with_own(BTreeMap::from([
            ("theme.yaml".to_owned(), b"style: own.css".to_vec()),
            ("static/own.css".to_owned(), b".mine{}".to_vec()),
        ]));
        let published = theme.published(&theme.manifest().unwrap());
        let css = published.get("static/site.css").unwrap();
        assert!(css.starts_with(b":root{--paper:") && css.ends_with(b"}\n\n.mine{}"));
    }

    #[test]
    fn a_file_of_ones_own_takes_the_place_of_the_built_in_one() {
        let theme = own("static/site.css", "body{}");
        let manifest = theme.manifest().unwrap();
        let published = theme.published(&manifest);
        assert!(published.get("static/site.css").unwrap().ends_with(b"}\nbody{}\n"));
        assert!(published.contains_key("static/icon.svg"));
    }
}
