//! Files of evidence, looked at before they are copied into the tree that is published: the kinds we know, what they
//! tell about people taken away where that can be done without touching what they show, and a word about the rest.

pub mod strip;

use camino::{Utf8Path, Utf8PathBuf};

use super::award::Copy;
use super::files::{self, FileError};
use crate::check;
use crate::load::EVIDENCE_BYTES_MAX;

/// A file as it will be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Its name below `badges/evidence/<id>/`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What whoever awards should know.
    pub note: Option<Note>,
}

/// What whoever awards should know of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Places, dates, devices and previews were left out of the copy.
    Stripped,
    /// A PDF may name who wrote it; we do not take it apart.
    MayNameItsAuthor,
}

/// Reads the files of an award and looks at each.
///
/// # Errors
/// [`EvidenceError`] for the first that cannot be published.
pub fn examine(copies: &[Copy]) -> Result<Vec<Examined>, EvidenceError> {
    copies.iter().map(examine_one).collect()
}

fn examine_one(copy: &Copy) -> Result<Examined, EvidenceError> {
    let file = || copy.source.clone();
    let kind = Kind::of(&copy.source);
    if let Kind::Unknown(instead) = kind {
        return Err(EvidenceError::Kind { file: file(), instead });
    }
    let bytes = files::read(&copy.source, EVIDENCE_BYTES_MAX).map_err(|error| match error {
        FileError::Io { path, kind: std::io::ErrorKind::FileTooLarge } => {
            EvidenceError::TooBig { file: path, bytes_max: EVIDENCE_BYTES_MAX }
        }
        other => EvidenceError::File(other),
    })?;
    let another = || EvidenceError::AnotherKind { file: file() };
    let clean = match kind {
        Kind::Jpeg => strip::jpeg(&bytes).map_err(|_| another())?,
        Kind::Png => strip::png(&bytes).map_err(|_| another())?,
        Kind::Webp => strip::webp(&bytes).map_err(|_| another())?,
        Kind::Pdf if bytes.starts_with(b"%PDF-") => bytes.clone(),
        Kind::Text => {
            let text = std::str::from_utf8(&bytes).map_err(|_| another())?;
            if text.contains('\0') {
                return Err(another());
            }
            if check::holds_email(text) {
                return Err(EvidenceError::Address { file: file() });
            }
            bytes.clone()
        }
        Kind::Pdf | Kind::Unknown(_) => return Err(another()),
    };
    let note = match kind {
        Kind::Pdf => Some(Note::MayNameItsAuthor),
        _ => (clean != bytes).then_some(Note::Stripped),
    };
    Ok(Examined { name: copy.name.clone(), bytes: clean, note })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Text,
    Unknown(Instead),
}

/// What to do with a file of a kind that is not published as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// A picture of another kind: save it as JPEG or PNG.
    SaveAsPicture,
    /// A paper: export it as PDF.
    ExportAsPdf,
    /// A film or a sound: publish it elsewhere, and give its address.
    GiveAddress,
    /// Anything else.
    Other,
}

impl Instead {
    /// The word that the message `award-evidence-kind` chooses by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SaveAsPicture => "picture",
            Self::ExportAsPdf => "paper",
            Self::GiveAddress => "film",
            Self::Other => "other",
        }
    }
}

impl Kind {
    fn of(file: &Utf8Path) -> Self {
        let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
        match extension.as_str() {
            "jpg" | "jpeg" => Self::Jpeg,
            "png" => Self::Png,
            "webp" => Self::Webp,
            "pdf" => Self::Pdf,
            "txt" | "md" => Self::Text,
            // A drawing can hold a program, and would run it on the issuer's own site.
            "heic" | "heif" | "avif" | "gif" | "svg" | "tif" | "tiff" | "bmp" | "jxl" | "dng" => {
                Self::Unknown(Instead::SaveAsPicture)
            }
            "doc" | "docx" | "odt" | "rtf" | "ppt" | "pptx" | "odp" | "xls" | "xlsx" | "ods"
            | "pages" => Self::Unknown(Instead::ExportAsPdf),
            "mp4" | "mov" | "webm" | "avi" | "mkv" | "m4v" | "mp3" | "m4a" | "ogg" | "opus"
            | "wav" => Self::Unknown(Instead::GiveAddress),
            _ => Self::Unknown(Instead::Other),
        }
    }
}

/// Why a file is not copied into the evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// It cannot be read.
    #[error(transparent)]
    File(FileError),
    /// It is too large.
    #[error("`{file}` is larger than {bytes_max} bytes")]
    TooBig {
        /// The file.
        file: Utf8PathBuf,
        /// The bound.
        bytes_max: u64,
    },
    /// Its name says a kind that is not published as it is.
    #[error("`{file}` is neither a JPEG, a PNG, a WebP, a PDF nor a text")]
    Kind {
        /// The file.
        file: Utf8PathBuf,
        /// What to do instead.
        instead: Instead,
    },
    /// Its bytes are not what its name says.
    #[error("`{file}` is broken, or of another kind than its name says")]
    AnotherKind {
        /// The file.
        file: Utf8PathBuf,
    },
    /// A text that holds a mail address.
    #[error("`{file}` holds a mail address")]
    Address {
        /// The file.
        file: Utf8PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examined(name: &str, bytes: &[u8]) -> Result<Examined, EvidenceError> {
        let folder = tempfile::tempdir().unwrap();
        let source = Utf8Path::from_path(folder.path()).unwrap().join(name);
        std::fs::write(&source, bytes).unwrap();
        examine_one(&Copy { source, name: name.to_owned() })
    }

    #[test]
    fn a_photograph_is_copied_without_what_the_camera_wrote() {
        let exif = b"\xff\xd8\xff\xe1\0\x0eExif\0\0GPS 48\xff\xda\0\x02\x01\x02\xff\xd9";
        let clean = b"\xff\xd8\xff\xda\0\x02\x01\x02\xff\xd9";
        let photo = examined("photo.JPG", exif).unwrap();
        assert_eq!((photo.bytes.as_slice(), photo.note), (&clean[..], Some(Note::Stripped)));
        assert_eq!(examined("photo.jpeg", clean).unwrap().note, None);
        let pdf = examined("report.pdf", b"%PDF-1.7").unwrap();
        assert_eq!(pdf.note, Some(Note::MayNameItsAuthor));
        assert_eq!(examined("notes.txt", "été".as_bytes()).unwrap().note, None);
    }

    #[test]
    fn what_is_not_published_is_refused_with_what_to_do_instead() {
        for (name, bytes, instead) in [
            ("photo.heic", &b"x"[..], Instead::SaveAsPicture),
            ("drawing.svg", b"<svg/>", Instead::SaveAsPicture),
            ("report.docx", b"PK", Instead::ExportAsPdf),
            ("session.mp4", b"x", Instead::GiveAddress),
            ("page.html", b"<script>", Instead::Other),
            ("noextension", b"x", Instead::Other),
        ] {
            let refused = examined(name, bytes);
            assert!(
                matches!(refused, Err(EvidenceError::Kind { instead: found, .. }) if found == instead),
                "{refused:?}"
            );
        }
        for (name, bytes) in [
            ("photo.jpg", &b"light"[..]),
            ("photo.png", b"\xff\xd8\xff\xd9"),
            ("report.pdf", b"PK"),
            ("notes.txt", b"\xff\xfe"),
            ("notes.md", b"a\0b"),
        ] {
            let refused = examined(name, bytes);
            assert!(
                matches!(refused, Err(EvidenceError::AnotherKind { .. })),
                "{name}: {refused:?}"
            );
        }
        let address = examined("notes.txt", b"ask jean@club.example");
        assert!(matches!(address, Err(EvidenceError::Address { .. })), "{address:?}");
        let missing = Copy { source: "/nowhere/a.txt".into(), name: "a.txt".to_owned() };
        let kind = std::io::ErrorKind::NotFound;
        let path = missing.source.clone();
        assert_eq!(examine_one(&missing), Err(EvidenceError::File(FileError::Io { path, kind })));
    }

    #[test]
    fn a_file_beyond_the_bound_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let source = Utf8Path::from_path(folder.path()).unwrap().join("long.txt");
        let file = std::fs::File::create(&source).unwrap();
        file.set_len(EVIDENCE_BYTES_MAX + 1).unwrap();
        let refused = examine_one(&Copy { source: source.clone(), name: "long.txt".to_owned() });
        let too_big = EvidenceError::TooBig { file: source, bytes_max: EVIDENCE_BYTES_MAX };
        assert_eq!(refused, Err(too_big));
    }
}
