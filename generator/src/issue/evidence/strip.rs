//! Pictures without what cameras and programs write beside them: places, dates, names of people and devices, previews of
//! what was cut away.
//!
//! The containers are copied piece by piece and what makes the picture is kept byte for byte; nothing is decoded. Each
//! piece is kept because it is known to be part of the picture, not dropped because it is known to tell something. What
//! follows the end of the picture (a second picture, a film) is left out too, which is why the JPEG is walked here: the
//! libraries we looked at keep everything behind the first scan. Of a JPEG's Exif the orientation stays, because without
//! it the picture would lie on its side.

/// The picture is broken off, or not of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the picture is broken off, or of another kind than its name says")]
pub struct NotThisKind;

/// Reads on, or ends with [`NotThisKind`].
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], NotThisKind> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(NotThisKind)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], NotThisKind> {
        self.take(N)?.try_into().map_err(|_| NotThisKind)
    }
}

mod marker {
    pub(super) const SOI: u8 = 0xd8;
    pub(super) const EOI: u8 = 0xd9;
    pub(super) const SOS: u8 = 0xda;
    pub(super) const TEM: u8 = 0x01;
    pub(super) const APP0: u8 = 0xe0;
    pub(super) const APP1: u8 = 0xe1;
    pub(super) const APP2: u8 = 0xe2;
    pub(super) const APP14: u8 = 0xee;
}

/// A JPEG of its frames and scans, its colours (JFIF, ICC, Adobe) and its orientation.
///
/// # Errors
/// [`NotThisKind`].
pub fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, NotThisKind> {
    let mut reader = Reader(bytes);
    if reader.array()? != [0xff, marker::SOI] {
        return Err(NotThisKind);
    }
    let mut out = vec![0xff, marker::SOI];
    let mut has_scan = false;
    loop {
        match next_marker(&mut reader)? {
            marker::EOI if has_scan => {
                out.extend([0xff, marker::EOI]);
                return Ok(out);
            }
            marker::EOI | marker::SOI | 0x00 => return Err(NotThisKind),
            marker::TEM | 0xd0..=0xd7 => {}
            code => {
                let length = reader.array()?;
                let content = usize::from(u16::from_be_bytes(length)).checked_sub(2);
                let content = reader.take(content.ok_or(NotThisKind)?)?;
                if is_of_the_picture(code, content) {
                    out.extend([0xff, code]);
                    out.extend(length);
                    out.extend(content);
                } else if code == marker::APP1 {
                    out.extend(orientation(content).into_iter().flatten());
                }
                if code == marker::SOS {
                    has_scan = true;
                    out.extend(scan(&mut reader)?);
                }
            }
        }
    }
}

/// `ff`, any number of times, then the code. Bytes that belong to nothing are not kept.
fn next_marker(reader: &mut Reader<'_>) -> Result<u8, NotThisKind> {
    let [mut byte] = reader.array()?;
    if byte != 0xff {
        return Err(NotThisKind);
    }
    while byte == 0xff {
        [byte] = reader.array()?;
    }
    Ok(byte)
}

fn is_of_the_picture(code: u8, content: &[u8]) -> bool {
    let begins = |names: &[&[u8]]| names.iter().any(|name| content.starts_with(name));
    match code {
        // JFXX may hold a preview.
        marker::APP0 => begins(&[b"JFIF\0"]),
        marker::APP2 => begins(&[b"ICC_PROFILE\0"]),
        marker::APP14 => begins(&[b"Adobe"]),
        // Frames, tables, scans, restart intervals. The other APPn, COM and JPGn are left out.
        0xc0..=0xcf | 0xda..=0xdf => true,
        _ => false,
    }
}

/// The data of a scan: up to the next marker that is neither a stuffed `ff` nor a restart.
fn scan<'b>(reader: &mut Reader<'b>) -> Result<&'b [u8], NotThisKind> {
    let ends =
        |pair: &[u8]| matches!(pair, [0xff, code] if !matches!(code, 0x00 | 0xd0..=0xd7 | 0xff));
    let length = reader.0.windows(2).position(ends).ok_or(NotThisKind)?;
    reader.take(length)
}

/// An Exif of the orientation alone, when there is one that turns the picture.
fn orientation(content: &[u8]) -> Option<Vec<u8>> {
    const TAG: u16 = 0x0112;
    let tiff = content.strip_prefix(b"Exif\0\0")?;
    let is_big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let (high, low) = if is_big { (4, 6) } else { (6, 4) };
    let directory = usize::from(short(high)?) << 16 | usize::from(short(low)?);
    let entries = usize::from(short(directory)?);
    let entry = (0..entries).map(|number| directory + 2 + 12 * number);
    let found = entry.take_while(|at| *at < tiff.len()).find(|at| short(*at) == Some(TAG))?;
    let value = u8::try_from(short(found + 8)?).ok().filter(|value| (2..=8).contains(value))?;
    let mut segment = vec![0xff, marker::APP1, 0, 34];
    segment.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend([value, 0, 0, 0, 0, 0, 0]);
    Some(segment)
}

/// The chunks of a PNG, moving or not, that say how it looks.
const PNG_CHUNKS: [&[u8; 4]; 19] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// A PNG of the chunks that make the picture.
///
/// # Errors
/// [`NotThisKind`].
pub fn png(bytes: &[u8]) -> Result<Vec<u8>, NotThisKind> {
    const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
    let mut reader = Reader(bytes);
    if reader.take(8)? != SIGNATURE {
        return Err(NotThisKind);
    }
    let mut out = SIGNATURE.to_vec();
    loop {
        let length: [u8; 4] = reader.array()?;
        let kind: [u8; 4] = reader.array()?;
        let data = reader.take(u32::from_be_bytes(length) as usize)?;
        let sum = reader.take(4)?;
        if PNG_CHUNKS.contains(&&kind) {
            for part in [&length[..], &kind, data, sum] {
                out.extend(part);
            }
        }
        if &kind == b"IEND" {
            return Ok(out);
        }
    }
}

/// A WebP, moving or not, of the chunks that make the picture.
///
/// # Errors
/// [`NotThisKind`].
pub fn webp(bytes: &[u8]) -> Result<Vec<u8>, NotThisKind> {
    const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    /// The bits of `VP8X` that announce Exif and XMP.
    const ANNOUNCED: u8 = 0x08 | 0x04;
    let mut reader = Reader(bytes);
    if reader.take(4)? != b"RIFF" {
        return Err(NotThisKind);
    }
    let length = u32::from_le_bytes(reader.array()?) as usize;
    let mut reader = Reader(reader.take(length)?);
    if reader.take(4)? != b"WEBP" {
        return Err(NotThisKind);
    }
    let mut body = b"WEBP".to_vec();
    while !reader.0.is_empty() {
        let kind: [u8; 4] = reader.array()?;
        let length: [u8; 4] = reader.array()?;
        let mut data = reader.take(u32::from_le_bytes(length) as usize)?.to_vec();
        if data.len() % 2 == 1 {
            // Some writers leave the last filling byte out.
            data.push(reader.array::<1>().map_or(0, |[filling]| filling));
        }
        if &kind == b"VP8X"
            && let Some(flags) = data.first_mut()
        {
            *flags &= !ANNOUNCED;
        }
        if KEPT.contains(&&kind) {
            for part in [&kind[..], &length, &data] {
                body.extend(part);
            }
        }
    }
    let length = u32::try_from(body.len()).map_err(|_| NotThisKind)?;
    Ok([&b"RIFF"[..], &length.to_le_bytes(), &body].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"48.8566N 2.3522E Jean Dupont";

    fn segment(code: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, code][..], &length, content].concat()
    }

    fn exif(orientation: [u8; 2], order: &[u8; 4]) -> Vec<u8> {
        let big = order == b"MM\0*";
        let short = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let long = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let mut tiff = [&order[..], &long(8), &short(2)].concat();
        tiff.extend([&short(0x010f)[..], &short(2), &long(28), &long(38)].concat());
        tiff.extend([&short(0x0112)[..], &short(3), &long(1), &orientation, &[0, 0]].concat());
        tiff.extend(long(0));
        [b"Exif\0\0", &tiff[..], SECRET].concat()
    }

    fn holds_secret(bytes: &[u8]) -> bool {
        bytes.windows(SECRET.len()).any(|window| window == SECRET)
    }

    /// What is kept: JFIF, colours, a table, a frame, two scans with a table between them.
    fn picture() -> Vec<Vec<u8>> {
        vec![
            vec![0xff, 0xd8],
            segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xee, b"Adobe\0d\0\0\0\0\x01"),
            segment(0xdb, &[1; 65]),
            segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            [segment(0xda, &[1, 1, 0, 0, 0, 0]), vec![1, 0xff, 0, 2, 0xff, 0xd3, 3]].concat(),
            segment(0xc4, &[2; 20]),
            [segment(0xda, &[1, 1, 0, 1, 5, 0]), vec![4, 5, 6]].concat(),
            vec![0xff, 0xd9],
        ]
    }

    #[test]
    fn a_jpeg_keeps_every_byte_of_the_picture_and_nothing_that_was_said_about_it() {
        let mut pieces = picture();
        let bare = pieces.concat();
        assert_eq!(jpeg(&bare), Ok(bare.clone()), "nothing to take away");
        pieces.insert(9, segment(0xfe, SECRET));
        pieces.insert(8, segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()));
        pieces.insert(4, segment(0xed, &[b"Photoshop 3.0\0", SECRET].concat()));
        pieces.insert(4, segment(0xe2, &[b"MPF\0", SECRET].concat()));
        pieces.insert(2, segment(0xe1, &exif([0, 1], b"MM\0*")));
        pieces.insert(2, segment(0xe0, &[b"JFXX\0\x10", SECRET].concat()));
        pieces.push([b"\xff\xd8 a second picture ", SECRET].concat());
        let full = pieces.concat();
        assert!(holds_secret(&full));
        assert_eq!(jpeg(&full), Ok(bare));
    }

    #[test]
    fn a_picture_that_lies_on_its_side_still_says_so_and_nothing_else() {
        for (value, order) in [([0, 6], b"MM\0*"), ([6, 0], b"II*\0")] {
            let mut pieces = picture();
            pieces.insert(1, segment(0xe1, &exif(value, order)));
            let clean = jpeg(&pieces.concat()).unwrap();
            assert!(!holds_secret(&clean));
            // The rest reads as the same orientation again.
            let at = clean.windows(6).position(|window| window == b"Exif\0\0").unwrap();
            assert_eq!(orientation(&clean[at..]).unwrap(), clean[at - 4..at + 32]);
            assert_eq!(jpeg(&clean), Ok(clean));
        }
        let mut pieces = picture();
        pieces.insert(1, segment(0xe1, b"Exif\0\0MM\0*\xff\xff\xff\xff"));
        assert_eq!(jpeg(&pieces.concat()), Ok(picture().concat()), "an Exif that leads nowhere");
    }

    #[test]
    fn a_png_keeps_its_picture_chunks_and_loses_texts_times_and_what_follows() {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            [&length[..], kind, data, &[1, 2, 3, 4]].concat()
        };
        let signature = b"\x89PNG\r\n\x1a\n".to_vec();
        let picture = [chunk(b"IHDR", &[0; 13]), chunk(b"gAMA", &[1; 4]), chunk(b"IDAT", &[7; 9])];
        let end = chunk(b"IEND", b"");
        let bare = [&signature[..], &picture.concat(), &end].concat();
        let told: Vec<u8> = [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"caBX"]
            .map(|k| chunk(k, SECRET))
            .concat();
        let full = [&signature[..], &picture.concat(), &told, &end, SECRET].concat();
        assert_eq!(png(&full), Ok(bare));
    }

    #[test]
    fn a_webp_keeps_its_picture_chunks_and_no_longer_announces_the_others() {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_le_bytes();
            let filling = if data.len() % 2 == 1 { &[0][..] } else { &[] };
            [&kind[..], &length, data, filling].concat()
        };
        let file = |chunks: &[Vec<u8>]| {
            let body = [&b"WEBP"[..], &chunks.concat()].concat();
            let length = u32::try_from(body.len()).unwrap().to_le_bytes();
            [&b"RIFF"[..], &length, &body].concat()
        };
        let flags = |flags: u8| chunk(b"VP8X", &[flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
        let (data, icc) = (chunk(b"VP8L", &[9; 7]), chunk(b"ICCP", b"abc"));
        let told =
            [chunk(b"EXIF", SECRET), chunk(b"XMP ", SECRET), chunk(b"ABCD", SECRET)].concat();
        let full =
            [file(&[flags(0x2c), icc.clone(), data.clone(), told]), SECRET.to_vec()].concat();
        assert_eq!(webp(&full), Ok(file(&[flags(0x20), icc, data])));
    }

    #[test]
    fn what_is_broken_off_or_of_another_kind_is_refused_and_nothing_panics() {
        let picture = picture().concat();
        for end in 0..picture.len() {
            assert_eq!(jpeg(&picture[..end]), Err(NotThisKind), "{end}");
        }
        for other in [&b""[..], b"light", b"\x89PNG", b"RIFF\x04\0\0\0WAVE", b"\xff\xd8\xff\xd9"] {
            assert_eq!(jpeg(other), Err(NotThisKind));
            assert_eq!(png(other), Err(NotThisKind));
            assert_eq!(webp(other), Err(NotThisKind));
        }
    }
}
