//! What stood in the way, in our words and in the user's language: the errors of the system, of the core and of the stages
//! become arguments of messages.
//!
//! The words are in `messages/{fr,en}/reasons.ftl`. What is so deep inside that only its maker can use it is quoted as it
//! is, in English, after words that say what it belongs to.

use std::io::ErrorKind;

use openbadges::bake::{BakeError, PictureError, PngError, RecordError, SlotError, SvgError};
use openbadges::json::{JsonError, JsonErrorKind};
use openbadges::key::KeyError;
use openbadges::proof::{ProofError, SignError};

use crate::issue::files::FileError;
use crate::issue::freeze::FreezeError;
use crate::issue::seal::SealError;
use crate::issue::{ListError, SignatureError};
use crate::load::{OpenError, ReadError};
use crate::raster::RasterError;
use crate::render::RenderError;
use crate::render::html::TemplateError;
use crate::serve::WatchError;
use crate::words::Arg;

type Reason = Arg<'static>;

fn message(id: &'static str, args: Vec<(&'static str, Arg<'static>)>) -> Reason {
    Arg::Message { id, args }
}

/// Chooses among the words of one message.
fn chosen(id: &'static str, name: &'static str, word: &'static str) -> Reason {
    message(id, vec![(name, word.into())])
}

/// What the system refused.
pub(crate) fn system(kind: ErrorKind) -> Reason {
    let word = match kind {
        ErrorKind::NotFound => "missing",
        ErrorKind::PermissionDenied => "denied",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
        ErrorKind::ReadOnlyFilesystem => "read-only",
        ErrorKind::FileTooLarge => "too-large",
        ErrorKind::IsADirectory => "folder",
        ErrorKind::NotADirectory => "not-a-folder",
        ErrorKind::AlreadyExists => "exists",
        ErrorKind::InvalidFilename => "name",
        ErrorKind::ResourceBusy | ErrorKind::WouldBlock => "busy",
        ErrorKind::InvalidInput => "not-a-file",
        _ => "other",
    };
    message("reason-system", vec![("kind", word.into()), ("detail", kind.to_string().into())])
}

/// Why a file of the repository cannot be read.
pub(crate) fn read(error: &ReadError) -> Reason {
    match error {
        ReadError::Missing => system(ErrorKind::NotFound),
        ReadError::OutsideOfRepository => message("reason-outside", Vec::new()),
        ReadError::Unreadable { kind } => system(*kind),
        ReadError::TooBig { bytes_max } => too_big(*bytes_max),
        ReadError::NotUtf8 { valid_up_to } => {
            message("reason-not-utf8", vec![("byte", (*valid_up_to).into())])
        }
    }
}

/// It is larger than the bound of its kind.
pub(crate) fn too_big(bytes_max: u64) -> Reason {
    message("reason-too-big", vec![("bytes", bytes_max.to_string().into())])
}

/// Why a file cannot be read, and which.
pub(crate) fn in_file(file: &camino::Utf8Path, reason: Reason) -> Reason {
    message("reason-in-file", vec![("file", file.to_string().into()), ("reason", reason)])
}

/// Why a folder cannot be read as a repository.
pub(crate) fn open(error: &OpenError) -> Reason {
    let (id, folder) = match error {
        OpenError::NotARepository { folder } => ("reason-no-repository", folder),
        OpenError::Listing { folder, kind } => {
            let args = vec![("folder", folder.to_string().into()), ("reason", system(*kind))];
            return message("reason-listing", args);
        }
        OpenError::TooDeep { folder } => ("reason-too-deep", folder),
    };
    message(id, vec![("folder", folder.to_string().into())])
}

/// Why a file of the repository cannot be read or written.
pub(crate) fn file(error: &FileError) -> Reason {
    match error {
        FileError::Exists { path } => in_file(path, system(ErrorKind::AlreadyExists)),
        FileError::Busy => message("issue-busy", Vec::new()),
        FileError::Io { path, kind } => in_file(path, system(*kind)),
    }
}

/// Why a file is no picture.
pub(crate) fn picture(error: &PictureError) -> Reason {
    match error {
        PictureError::TooLarge { .. } => {
            too_big(u64::try_from(openbadges::bake::IMAGE_BYTES_MAX).unwrap_or(u64::MAX))
        }
        PictureError::Png(error) => png(*error),
        PictureError::Svg(error) => svg(error),
        _ => message("reason-picture-kind", Vec::new()),
    }
}

fn png(error: PngError) -> Reason {
    let (word, at) = match error {
        PngError::Truncated { at } => ("truncated", at),
        PngError::Header => ("header", 0),
        PngError::Checksum { at } => ("checksum", at),
        _ => ("checksum", 0),
    };
    message("reason-png", vec![("problem", word.into()), ("at", at.into())])
}

fn svg(error: &SvgError) -> Reason {
    let (word, at) = match error {
        SvgError::NotUtf8 => ("not-utf8", 0),
        SvgError::Encoding => ("encoding", 0),
        SvgError::NotWellFormed { at } => ("not-well-formed", *at),
        SvgError::DocumentType { at } => ("document-type", *at),
        SvgError::Entity { at } => ("entity", *at),
        SvgError::Namespaces { at } => ("namespaces", *at),
        SvgError::TooDeep { at } => ("too-deep", *at),
        SvgError::TooManyAttributes { at } => ("attributes", *at),
        SvgError::Root => ("root", 0),
        SvgError::NoSize => ("no-size", 0),
        _ => ("other", 0),
    };
    message("reason-svg", vec![("problem", word.into()), ("at", at.into())])
}

/// Why what a picture carries cannot be used.
pub(crate) fn slot(error: &SlotError) -> Reason {
    let word = match error {
        SlotError::Several { count } => {
            return message("reason-several", vec![("count", (*count).into())]);
        }
        SlotError::TooLong => "too-long",
        SlotError::NotUtf8 => "not-utf8",
        SlotError::Damaged => "damaged",
        _ => "form",
    };
    chosen("reason-slot", "problem", word)
}

/// Why a text is no record for a picture.
pub(crate) fn record(error: &RecordError) -> Reason {
    let (word, bytes) = match error {
        RecordError::TooLong { bytes } => ("too-long", *bytes),
        RecordError::ControlCharacter => ("control", 0),
        RecordError::AddressAsCredential => ("address", 0),
        RecordError::NotAnAddress { .. } => ("not-an-address", 0),
        _ => ("form", 0),
    };
    message("reason-record", vec![("problem", word.into()), ("bytes", bytes.into())])
}

/// Why a picture takes no record.
pub(crate) fn bake(error: &BakeError) -> Reason {
    let word = match error {
        BakeError::Picture(error) => return picture(error),
        BakeError::Occupied { .. } => "occupied",
        BakeError::HostedUrlMissing => "hosted",
        _ => "other",
    };
    chosen("reason-bake", "problem", word)
}

/// Why a drawing did not become pixels.
pub(crate) fn raster(error: &RasterError) -> Reason {
    let (word, bytes, side, detail) = match error {
        RasterError::TooLarge { bytes } => ("too-large", *bytes, 0, ""),
        RasterError::Text => ("text", 0, 0, ""),
        RasterError::NoRoom { side } => ("no-room", 0, *side, ""),
        RasterError::NotSvg { reason }
        | RasterError::NotPng { reason }
        | RasterError::Encoder { reason } => ("broken", 0, 0, reason.as_str()),
    };
    let args = vec![
        ("problem", word.into()),
        ("bytes", bytes.into()),
        ("side", side.into()),
        ("detail", detail.to_owned().into()),
    ];
    message("reason-drawing", args)
}

/// Why a text is no JSON.
pub(crate) fn json(error: &JsonError) -> Reason {
    let (word, most) = match error.kind {
        JsonErrorKind::TooLarge { bytes_max } => ("size", bytes_max),
        JsonErrorKind::ByteOrderMark => ("mark", 0),
        JsonErrorKind::NotUtf8 => ("not-utf8", 0),
        JsonErrorKind::TooDeep { depth_max } => ("depth", usize::from(depth_max)),
        JsonErrorKind::UnexpectedEnd => ("end", 0),
        JsonErrorKind::Trailing => ("trailing", 0),
        JsonErrorKind::DuplicateMember => ("duplicate", 0),
        JsonErrorKind::ControlCharacter | JsonErrorKind::Escape | JsonErrorKind::LoneSurrogate => {
            ("text", 0)
        }
        JsonErrorKind::Number | JsonErrorKind::IntegerRange | JsonErrorKind::NumberRange => {
            ("number", 0)
        }
        _ => ("grammar", 0),
    };
    let args = vec![
        ("problem", word.into()),
        ("most", most.into()),
        ("member", error.member.clone().unwrap_or_default().into()),
        ("line", error.line.into()),
        ("column", error.column.into()),
    ];
    message("reason-json", args)
}

/// Why a signature does not hold.
pub(crate) fn proof(error: &ProofError) -> Reason {
    let (word, detail) = match error {
        ProofError::NoProof => ("none", String::new()),
        ProofError::TooManyProofs => ("many", String::new()),
        ProofError::Malformed(member) => ("malformed", (*member).to_owned()),
        ProofError::UnknownType(name) | ProofError::UnknownSuite(name) => ("unknown", name.clone()),
        ProofError::Purpose => ("purpose", String::new()),
        ProofError::Signature => ("changed", String::new()),
        error => ("other", error.to_string()),
    };
    message("reason-proof", vec![("problem", word.into()), ("detail", detail.into())])
}

/// Why a text is no private key.
pub(crate) fn key(error: &KeyError) -> Reason {
    let word = match error {
        KeyError::UnknownType => "type",
        KeyError::Length => "length",
        KeyError::OtherPublicHalf => "halves",
        _ => "text",
    };
    chosen("reason-key", "problem", word)
}

/// Why something is not sealed.
pub(crate) fn seal(error: &SealError) -> Reason {
    let of_issuer = |id, issuer: &crate::site::Slug, more: (&'static str, Reason)| {
        message(id, vec![("issuer", issuer.to_string().into()), more])
    };
    match error {
        SealError::File(error) => file(error),
        SealError::Freeze { class, error } => {
            let args = vec![("class", class.to_string().into()), ("reason", freeze(error))];
            message("reason-freeze", args)
        }
        SealError::Award { award, error } => {
            let args = vec![("award", award.text().into()), ("reason", signature(error))];
            message("reason-award", args)
        }
        SealError::ListSignature { issuer, error } => {
            of_issuer("reason-list", issuer, ("reason", signature(error)))
        }
        SealError::List { issuer, error } => {
            of_issuer("reason-list-broken", issuer, ("reason", list(error)))
        }
        SealError::ListFull { issuer } => {
            of_issuer("reason-list-full", issuer, ("index", "".into()))
        }
        SealError::IndexOutside { issuer, index } => {
            of_issuer("reason-list-place", issuer, ("index", (*index).into()))
        }
        SealError::UnknownVersion { award } => {
            message("reason-no-version", vec![("award", award.text().into())])
        }
    }
}

fn freeze(error: &FreezeError) -> Reason {
    match error {
        FreezeError::File(error) => file(error),
        FreezeError::Raster(error) => raster(error),
        FreezeError::NoPicture => message("reason-no-picture", Vec::new()),
    }
}

pub(crate) fn signature(error: &SignatureError) -> Reason {
    match error {
        SignatureError::Json(error) => json(error),
        SignatureError::Sign(error) => {
            let alike = matches!(error, SignError::ReadingsDiffer);
            let word = if alike { "alike" } else { "other" };
            let detail = error.to_string().into();
            message("reason-sign", vec![("problem", word.into()), ("detail", detail)])
        }
        SignatureError::Check(error) => message("reason-check", vec![("reason", proof(error))]),
    }
}

fn list(error: &ListError) -> Reason {
    match error {
        ListError::Json(error) => json(error),
        ListError::Proof(error) => proof(error),
        ListError::Content(error) => {
            let args = vec![("problem", "other".into()), ("detail", error.to_string().into())];
            message("reason-proof", args)
        }
    }
}

/// Why changes cannot be watched.
pub(crate) fn watch(error: &WatchError) -> Reason {
    match error {
        WatchError::Limit => message("reason-watch-limit", Vec::new()),
        WatchError::System { kind } => system(*kind),
        WatchError::Other { reason } => {
            let args = vec![("kind", "other".into()), ("detail", reason.clone().into())];
            message("reason-system", args)
        }
    }
}

/// Why a file of the site cannot be made.
pub(crate) fn render(error: &RenderError) -> Reason {
    match error {
        RenderError::Template(TemplateError::File { file, reason }) => {
            let args = vec![("file", file.clone().into()), ("detail", reason.clone().into())];
            message("reason-theme", args)
        }
        RenderError::Template(TemplateError::Page { template, page, reason }) => {
            let args = vec![
                ("template", template.clone().into()),
                ("page", page.clone().into()),
                ("detail", reason.clone().into()),
            ];
            message("reason-template", args)
        }
        RenderError::Picture { of, error } => {
            message("reason-drawn", vec![("of", of.clone().into()), ("reason", raster(error))])
        }
        RenderError::Carrier { of, error } => {
            message("reason-carrier", vec![("of", of.clone().into()), ("reason", bake(error))])
        }
        RenderError::Sealed { id, .. } => message("reason-sealed", vec![("id", id.text().into())]),
        RenderError::Bake { id, error } => {
            message("reason-carrier", vec![("of", id.text().into()), ("reason", bake(error))])
        }
        RenderError::Record { id, error } => {
            message("reason-carrier", vec![("of", id.text().into()), ("reason", record(error))])
        }
    }
}
