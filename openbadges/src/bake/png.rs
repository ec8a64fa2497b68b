//! PNG: text chunks by copying chunks. Pixels are never decoded.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::{Baked, Form, Found, Oddity, Record, Slot, SlotError, TEXT_BYTES_MAX};

/// The eight bytes every PNG begins with.
pub(super) const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// Length, type and checksum of a chunk.
const FRAME_BYTES: usize = 12;

/// The largest length a chunk may declare: 2^31 − 1 (PNG, "Chunk layout").
const CHUNK_BYTES_MAX: usize = 0x7fff_ffff;

/// The data of `IHDR` has this length.
const HEADER_BYTES: usize = 13;

/// After the keyword: its end, no compression, method 0, no language tag, no translated keyword (OB2-BAKE-1).
const TEXT_PREAMBLE: [u8; 5] = [0; 5];

/// Why a PNG cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PngError {
    /// A chunk runs past the end of the file, or `IEND` is missing.
    #[error("the PNG ends in the middle, after byte {at}")]
    Truncated {
        /// Where the unfinished chunk begins.
        at: usize,
    },
    /// The first chunk is not a well-formed `IHDR` with a width and a height.
    #[error("the PNG does not begin with its header")]
    Header,
    /// The checksum of a chunk does not fit its content.
    #[error("the PNG is damaged: the checksum of the part at byte {at} is wrong")]
    Checksum {
        /// Where the chunk begins.
        at: usize,
    },
}

/// A chunk: its type, its data, and all its bytes with length and checksum.
#[derive(Debug, Clone, Copy)]
struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    bytes: &'a [u8],
}

impl Chunk<'_> {
    /// The data after `keyword` and its end, if this chunk begins with that keyword.
    fn after_keyword(&self, keyword: &str) -> Option<&[u8]> {
        self.data.strip_prefix(keyword.as_bytes())?.strip_prefix(&[0])
    }

    fn is_text_of(&self, slot: Slot) -> bool {
        matches!(&self.kind, b"iTXt" | b"tEXt" | b"zTXt")
            && self.after_keyword(slot.keyword()).is_some()
    }
}

/// A PNG taken apart: every chunk up to `IEND`, checked, and whatever follows.
struct Chunks<'a> {
    chunks: Vec<Chunk<'a>>,
    trailing: &'a [u8],
}

/// Takes a PNG apart. All checksums are checked: what other readers would refuse is refused here (OB2-BAKE-14).
fn read(image: &[u8]) -> Result<Chunks<'_>, PngError> {
    let mut rest = image.strip_prefix(&SIGNATURE).ok_or(PngError::Header)?;
    let mut chunks = Vec::new();
    loop {
        let at = image.len() - rest.len();
        let (chunk, after) = next(rest, at)?;
        if chunks.is_empty() && (&chunk.kind != b"IHDR" || chunk.data.len() != HEADER_BYTES) {
            return Err(PngError::Header);
        }
        chunks.push(chunk);
        rest = after;
        if &chunk.kind == b"IEND" {
            return Ok(Chunks { chunks, trailing: rest });
        }
    }
}

fn next(rest: &[u8], at: usize) -> Result<(Chunk<'_>, &[u8]), PngError> {
    let truncated = PngError::Truncated { at };
    let (length, after_length) = rest.split_first_chunk::<4>().ok_or(truncated)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| truncated)?;
    if length > CHUNK_BYTES_MAX {
        return Err(truncated);
    }
    let (summed, after_sum) = after_length.split_at_checked(length + 4).ok_or(truncated)?;
    let (kind, data) = summed.split_first_chunk::<4>().ok_or(truncated)?;
    let (checksum, after) = after_sum.split_first_chunk::<4>().ok_or(truncated)?;
    if crc32fast::hash(summed) != u32::from_be_bytes(*checksum) {
        return Err(PngError::Checksum { at });
    }
    let (bytes, _) = rest.split_at_checked(length + FRAME_BYTES).ok_or(truncated)?;
    Ok((Chunk { kind: *kind, data, bytes }, after))
}

/// Width and height from `IHDR`.
pub(super) fn dimensions(image: &[u8]) -> Result<(f64, f64), PngError> {
    let header = read(image)?.chunks.first().map(|chunk| chunk.data).ok_or(PngError::Header)?;
    let (width, rest) = header.split_first_chunk::<4>().ok_or(PngError::Header)?;
    let (height, _) = rest.split_first_chunk::<4>().ok_or(PngError::Header)?;
    let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    if width == 0 || height == 0 {
        return Err(PngError::Header);
    }
    Ok((width.into(), height.into()))
}

/// A PNG cut open where records go: directly behind `IHDR` (OB2-BAKE-5).
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// The signature and `IHDR`.
    head: Vec<u8>,
    /// Everything behind it, without the text chunks of the prepared slots.
    tail: Vec<u8>,
    /// The prepared slots that were taken.
    pub(super) taken: Vec<Slot>,
}

/// Cuts `image` open, leaving out every text chunk of `slots`.
pub(super) fn cut(image: &[u8], slots: &[Slot]) -> Result<Cut, PngError> {
    let Chunks { chunks, trailing } = read(image)?;
    let (header, others) = chunks.split_first().ok_or(PngError::Header)?;
    let head = [SIGNATURE.as_slice(), header.bytes].concat();
    let (mut tail, mut taken) = (Vec::with_capacity(image.len()), Vec::new());
    for chunk in others {
        match slots.iter().find(|slot| chunk.is_text_of(**slot)) {
            Some(slot) => taken.push(*slot),
            None => tail.extend_from_slice(chunk.bytes),
        }
    }
    tail.extend_from_slice(trailing);
    Ok(Cut { head, tail, taken })
}

impl Cut {
    /// Puts the file together again with `records` in it.
    pub(super) fn join(&self, records: &[Record<'_>]) -> Vec<u8> {
        let added: usize = records.iter().map(record_bytes).sum();
        let mut baked = Vec::with_capacity(self.head.len() + added + self.tail.len());
        baked.extend_from_slice(&self.head);
        // One order whatever the caller's, so that the same records give the same bytes.
        for slot in Slot::ALL {
            for record in records.iter().filter(|record| record.slot() == slot) {
                push_record(&mut baked, record);
            }
        }
        baked.extend_from_slice(&self.tail);
        baked
    }
}

/// How many bytes [`push_record`] adds.
fn record_bytes(record: &Record<'_>) -> usize {
    FRAME_BYTES + record.slot().keyword().len() + TEXT_PREAMBLE.len() + record.text().len()
}

/// Appends the `iTXt` chunk of a record: OB2-BAKE-1, OB2-BAKE-2, OB3-BAKE-1.
fn push_record(out: &mut Vec<u8>, record: &Record<'_>) {
    let length = u32::try_from(record_bytes(record) - FRAME_BYTES).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    // The checksum covers type and data but not the length (PNG, "Chunk layout").
    let mut checksum = crc32fast::Hasher::new();
    let keyword = record.slot().keyword().as_bytes();
    for part in [b"iTXt".as_slice(), keyword, &TEXT_PREAMBLE, record.text().as_bytes()] {
        checksum.update(part);
        out.extend_from_slice(part);
    }
    out.extend_from_slice(&checksum.finalize().to_be_bytes());
}

/// Reads both slots.
pub(super) fn extract(image: &[u8]) -> Result<Baked, PngError> {
    let chunks = read(image)?.chunks;
    let mut found = Vec::new();
    for slot in Slot::ALL {
        let of_kind = |kind: &'static [u8; 4]| {
            let has_kind = move |chunk: &&Chunk<'_>| &chunk.kind == kind;
            chunks.iter().filter(has_kind).filter_map(move |c| c.after_keyword(slot.keyword()))
        };
        let texts: Vec<&[u8]> = of_kind(b"iTXt").collect();
        // Only the older generation was ever written as `tEXt`, and an `iTXt` beside it wins, as in the reference unbaker.
        let legacy: Vec<&[u8]> = match (slot, texts.is_empty()) {
            (Slot::OpenBadges2, true) => of_kind(b"tEXt").collect(),
            _ => Vec::new(),
        };
        match (texts.as_slice(), legacy.as_slice()) {
            ([], []) => {}
            ([text], _) => found.push((slot, read_international(text))),
            ([], [text]) => found.push((slot, read_legacy(text))),
            (many, legacy) => {
                found.push((slot, Err(SlotError::Several { count: many.len().max(legacy.len()) })));
            }
        }
    }
    Ok(Baked { found })
}

/// Reads what follows the keyword of an `iTXt` chunk: flag, method, language tag, translated keyword, text.
fn read_international(data: &[u8]) -> Result<Found, SlotError> {
    let (&[flag, method], rest) = data.split_first_chunk::<2>().ok_or(SlotError::Damaged)?;
    let (language, rest) = split_at_nul(rest)?;
    let (translated, text) = split_at_nul(rest)?;
    let mut oddities = Vec::new();
    if !language.is_empty() || !translated.is_empty() {
        oddities.push(Oddity::LanguageGiven);
    }
    let text = match (flag, method) {
        (0, _) => text.to_vec(),
        (1, 0) => {
            oddities.push(Oddity::Compressed);
            inflate(text)?
        }
        _ => return Err(SlotError::Damaged),
    };
    if text.len() > TEXT_BYTES_MAX {
        return Err(SlotError::TooLong);
    }
    let text = String::from_utf8(text).map_err(|_| SlotError::NotUtf8)?;
    let form = Form::of(&text).ok_or(SlotError::UnknownForm)?;
    Ok(Found { text, form, verify: None, oddities })
}

/// A `tEXt` chunk is Latin-1, whose characters have the numbers of Unicode.
fn read_legacy(data: &[u8]) -> Result<Found, SlotError> {
    if data.len() > TEXT_BYTES_MAX {
        return Err(SlotError::TooLong);
    }
    let text: String = data.iter().copied().map(char::from).collect();
    let form = Form::of(&text).ok_or(SlotError::UnknownForm)?;
    Ok(Found { text, form, verify: None, oddities: vec![Oddity::LegacyChunk] })
}

fn split_at_nul(data: &[u8]) -> Result<(&[u8], &[u8]), SlotError> {
    let end = data.iter().position(|byte| *byte == 0).ok_or(SlotError::Damaged)?;
    let (before, from) = data.split_at_checked(end).ok_or(SlotError::Damaged)?;
    Ok((before, from.split_first().map_or(&[], |(_, after)| after)))
}

/// Inflates no further than one byte past the bound, so that a bomb costs no more than an honest record.
fn inflate(data: &[u8]) -> Result<Vec<u8>, SlotError> {
    let mut text = Vec::new();
    let bound = u64::try_from(TEXT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    ZlibDecoder::new(data).take(bound).read_to_end(&mut text).map_err(|_| SlotError::Damaged)?;
    if text.len() > TEXT_BYTES_MAX { Err(SlotError::TooLong) } else { Ok(text) }
}
