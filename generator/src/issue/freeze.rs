//! Freezing a class version: the exact texts, and the exact pictures, that its awards mean for ever.
//!
//! A drawing is turned into pixels here, once. Another machine or a later library may draw an edge in another way, so
//! the pixels themselves are kept, and their digest is signed.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::files::{FileError, Files};
use super::yaml::Node;
use crate::check::alignment::KEPT;
use crate::raster::{self, CLASS_PICTURE_SIDE, RasterError};
use crate::site::{Alignment, Class, ClassVersion, Picture, Text};

/// The largest text of a class.
const TEXT_BYTES_MAX: u64 = 1024 * 1024;

/// `badges/classes/<slug>/versions/<n>`.
#[must_use]
pub fn folder(class: &Class, number: u32) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("badges/classes/{}/versions/{number}", class.slug))
}

/// Freezes a version that is not frozen yet, and gives it back with the pictures as they were kept. A frozen version
/// comes back as it is.
///
/// # Errors
/// [`FreezeError`] when a drawing cannot be drawn or a file cannot be read or written.
pub fn freeze(files: &Files, class: &Class, version: &ClassVersion) -> Result<Frozen, FreezeError> {
    if version.frozen {
        return Ok(Frozen { version: version.clone(), new: false });
    }
    let drawn = draw(version)?;
    let mut kept = texts(files, class)?;
    kept.extend(targets(&drawn));
    kept.extend(pictures(&drawn));
    files.create_folder(&folder(class, version.number), &kept)?;
    Ok(Frozen { version: drawn, new: true })
}

/// A version that will not change any more.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// What it says; every picture has its pixels.
    pub version: ClassVersion,
    /// Whether it was frozen just now.
    pub new: bool,
}

/// The version with the pixels of every picture.
fn draw(version: &ClassVersion) -> Result<ClassVersion, FreezeError> {
    let mut drawn = ClassVersion { frozen: true, ..version.clone() };
    drawn.image = with_pixels(&version.image)?;
    for level in &mut drawn.levels {
        level.image = level.image.as_ref().map(with_pixels).transpose()?;
    }
    Ok(drawn)
}

fn with_pixels(picture: &Picture) -> Result<Picture, FreezeError> {
    let png = match (&picture.svg, &picture.png) {
        (Some(svg), _) => Arc::from(raster::png(svg, CLASS_PICTURE_SIDE)?),
        (None, Some(png)) => png.clone(),
        (None, None) => return Err(FreezeError::NoPicture),
    };
    Ok(Picture { png: Some(png), ..picture.clone() })
}

/// `badge.yaml` and every `criteria*.md`, byte for byte.
fn texts(files: &Files, class: &Class) -> Result<Vec<(String, Vec<u8>)>, FreezeError> {
    let folder = Utf8PathBuf::from(format!("badges/classes/{}", class.slug));
    let mut names: Vec<String> = entries(&files.root().join(&folder))?;
    names.retain(|name| {
        name == "badge.yaml" || name.starts_with("criteria.") && name.ends_with(".md")
    });
    names.sort();
    let mut texts = Vec::new();
    for name in names {
        let bytes = files.read(&folder.join(&name), TEXT_BYTES_MAX)?;
        texts.push((name, bytes));
    }
    Ok(texts)
}

/// The targets in frameworks of the repository, whose words may change. Those that the class writes out are in its texts.
fn targets(version: &ClassVersion) -> Option<(String, Vec<u8>)> {
    let texts = |text: &Text| {
        Node::Languages(text.0.iter().map(|(tag, text)| (tag.to_string(), text.clone())).collect())
    };
    let item = |target: &Alignment| {
        let (framework, code) = (target.framework.as_ref()?, target.code.as_ref()?);
        Some(Node::Map(vec![
            ("framework", Node::text(framework.as_str())),
            ("code", Node::text(code)),
            ("name", texts(&target.name)),
            ("url", Node::text(&target.url)),
            ("framework_name", texts(target.framework_name.as_ref()?)),
        ]))
    };
    let items: Vec<Node> = version.alignment.iter().filter_map(item).collect();
    let file = Node::Map(vec![("items", Node::List(items.clone()))]).to_file();
    (!items.is_empty()).then(|| (KEPT.to_owned(), file.into_bytes()))
}

fn entries(folder: &Utf8Path) -> Result<Vec<String>, FreezeError> {
    let unreadable =
        |error: std::io::Error| FileError::Io { path: folder.to_owned(), kind: error.kind() };
    let mut names = Vec::new();
    for entry in folder.read_dir_utf8().map_err(unreadable)? {
        names.push(entry.map_err(unreadable)?.file_name().to_owned());
    }
    Ok(names)
}

/// `image.*` of the class, and `level-<id>.*` of each level that has a picture of its own.
fn pictures(version: &ClassVersion) -> Vec<(String, Vec<u8>)> {
    let levels = version.levels.iter().filter_map(|level| {
        level.image.as_ref().map(|image| (format!("level-{}", level.id), image))
    });
    let all = std::iter::once(("image".to_owned(), &version.image)).chain(levels);
    all.flat_map(|(stem, picture)| {
        let svg = picture.svg.as_ref().map(|bytes| (format!("{stem}.svg"), bytes.to_vec()));
        let png = picture.png.as_ref().map(|bytes| (format!("{stem}.png"), bytes.to_vec()));
        [svg, png].into_iter().flatten().collect::<Vec<_>>()
    })
    .collect()
}

/// Why a version is not frozen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FreezeError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A drawing could not be drawn.
    #[error(transparent)]
    Raster(#[from] RasterError),
    /// `check` takes no class without a picture, so this is our mistake.
    #[error("the class has no picture")]
    NoPicture,
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::example::{DRAWING, site};
    use crate::site::Site;

    fn repository() -> (tempfile::TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        let mut site = site();
        site.root = Utf8Path::from_path(folder.path()).unwrap().to_owned();
        for class in ["accueil", "sol"] {
            let class = site.root.join("badges/classes").join(class);
            fs::create_dir_all(&class).unwrap();
            for (name, text) in [
                ("badge.yaml", "# exact\nname:   x\r\n"),
                ("criteria.md", "fr"),
                ("criteria.en.md", "en"),
                ("image.svg", DRAWING),
                ("notes.txt", "not part of it"),
                ("criteria.md~", "an editor's copy"),
            ] {
                fs::write(class.join(name), text).unwrap();
            }
        }
        (folder, site)
    }

    fn names(root: &Utf8Path, folder: &Utf8Path) -> Vec<String> {
        let mut names = entries(&root.join(folder)).unwrap();
        names.sort();
        names
    }

    #[test]
    fn a_frozen_version_keeps_the_exact_texts_and_pictures() {
        let (_folder, site) = repository();
        let files = Files::take(&site.root).unwrap();
        let class = &site.classes[1];
        let frozen = freeze(&files, class, class.current()).unwrap();
        assert!(frozen.new && frozen.version.frozen);
        let folder = site.root.join(folder(class, 1));
        assert_eq!(
            names(&site.root, &folder),
            ["badge.yaml", "criteria.en.md", "criteria.md", "image.png", "image.svg"]
        );
        assert_eq!(
            fs::read_to_string(folder.join("badge.yaml")).unwrap(),
            "# exact\nname:   x\r\n"
        );
        assert_eq!(fs::read_to_string(folder.join("image.svg")).unwrap(), DRAWING);
        let png = frozen.version.image.png.unwrap();
        assert_eq!(fs::read(folder.join("image.png")).unwrap(), *png);
    }

    #[test]
    fn freezing_twice_changes_nothing() {
        let (_folder, site) = repository();
        let files = Files::take(&site.root).unwrap();
        let class = &site.classes[1];
        let frozen = freeze(&files, class, class.current()).unwrap();
        assert!(!freeze(&files, class, &frozen.version).unwrap().new);
        // A site that was read before the freeze must not freeze other words over it.
        let error = freeze(&files, class, class.current()).unwrap_err();
        assert_eq!(error, FreezeError::File(FileError::Exists { path: folder(class, 1) }));
    }

    #[test]
    fn a_level_with_a_picture_of_its_own_keeps_it_and_a_given_raster_is_kept_as_it_is() {
        let (_folder, mut site) = repository();
        let files = Files::take(&site.root).unwrap();
        let given: Arc<[u8]> = Arc::from(raster::png(DRAWING.as_bytes(), 90).unwrap());
        let class = site.classes.first_mut().unwrap();
        let version = class.versions.get_mut(&1).unwrap();
        version.levels[0].image = Some(version.image.clone());
        version.image.svg = None;
        version.image.png = Some(given.clone());
        let class = &site.classes[0];
        let frozen = freeze(&files, class, class.current()).unwrap().version;
        assert_eq!(frozen.image.png, Some(given));
        let kept = names(&site.root, &folder(class, 1));
        let pictures: Vec<&String> = kept.iter().filter(|name| !name.ends_with("md")).collect();
        assert_eq!(pictures, ["badge.yaml", "image.png", "level-1.png", "level-1.svg"]);
    }

    #[test]
    fn a_class_that_cannot_be_drawn_is_not_frozen() {
        let (_folder, mut site) = repository();
        let files = Files::take(&site.root).unwrap();
        let version = site.classes[1].versions.get_mut(&1).unwrap();
        version.image.svg = Some(Arc::from(DRAWING.replace("<rect", "<text/><rect").as_bytes()));
        let class = &site.classes[1];
        let error = freeze(&files, class, class.current()).unwrap_err();
        assert_eq!(error, FreezeError::Raster(RasterError::Text));
        assert!(!files.has(&folder(class, 1)), "nothing was written");
        let version = site.classes[1].versions.get_mut(&1).unwrap();
        version.image.svg = None;
        let class = &site.classes[1];
        let error = freeze(&files, class, class.current()).unwrap_err();
        assert_eq!(error, FreezeError::NoPicture);
    }
}
