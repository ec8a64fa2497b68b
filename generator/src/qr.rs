//! The QR code of an award's page, for paper and for the telephone of someone standing beside it.
//!
//! All addresses of a site have the same length and differ in the 26 characters of the id. A QR code whose size and mask are
//! fixed is an affine function of its bits: error correction is linear, and the mask is added on top. So one code is made
//! for the id of zeros and one for each single bit flipped, and the code of an award is their sum: some microseconds, where
//! drawing each code from nothing would cost a quarter of the whole build.
//!
//! Spec: ISO/IEC 18004, model 2, level M, byte mode, quiet zone of four modules. Any mask can be read; the one that suits
//! the id of zeros best is taken.

use std::fmt;

use fast_qr::{ECL, Mask, Mode, QRBuilder, QRCode};
use openbadges::iri::BaseUrl;

use crate::id::AwardId;
use crate::urls;

/// The light margin that readers need around a code, in modules.
pub const QUIET_ZONE: usize = 4;

/// The significant bits of a character of an id.
const CHARACTER_BITS: usize = 7;

/// A row has at most as many modules as a number has bits. Longer addresses (above a thousand characters) get no code.
const SIDE_MAX: usize = 128;

/// Makes the codes of a site's awards.
pub struct Codes {
    side: usize,
    /// The code of the id of zeros.
    zeros: Vec<u128>,
    /// What changes with each bit of each character.
    flips: Vec<[Vec<u128>; CHARACTER_BITS]>,
}

/// A QR code: rows of dark (1) and light (0) modules, the first module in the lowest bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    side: usize,
    rows: Vec<u128>,
}

impl Codes {
    /// Prepares the codes of the awards below `base`. `None` when its address is too long for a code that can be scanned.
    #[must_use]
    pub fn new(base: &BaseUrl) -> Option<Self> {
        let address = base.join(&urls::award(AwardId::from_bits([0; 16]))).into_bytes();
        let end = address.len().checked_sub(1)?;
        let start = end.checked_sub(AwardId::LENGTH)?;
        let first = encoded(&address, None)?;
        let zeros = rows(&first)?;
        let flip = |place: usize, bit: usize| {
            let mut address = address.clone();
            *address.get_mut(place)? ^= 1 << bit;
            let flipped = rows(&encoded(&address, first.mask)?)?;
            Some(flipped.iter().zip(&zeros).map(|(flipped, row)| flipped ^ row).collect())
        };
        let flips = (start..end).map(|place| {
            let mut bits: [Vec<u128>; CHARACTER_BITS] = Default::default();
            for (bit, changed) in bits.iter_mut().enumerate() {
                *changed = flip(place, bit)?;
            }
            Some(bits)
        });
        let flips = flips.collect::<Option<_>>()?;
        Some(Self { side: first.size, zeros, flips })
    }

    /// The code of the page of `id`.
    #[must_use]
    pub fn of(&self, id: AwardId) -> Code {
        let mut rows = self.zeros.clone();
        for (character, flips) in id.text().bytes().zip(&self.flips) {
            let different = character ^ b'0';
            for (bit, changed) in flips.iter().enumerate() {
                if different & (1 << bit) != 0 {
                    rows.iter_mut().zip(changed).for_each(|(row, changed)| *row ^= changed);
                }
            }
        }
        Code { side: self.side, rows }
    }
}

impl fmt::Debug for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Codes").field("side", &self.side).finish_non_exhaustive()
    }
}

impl Code {
    /// Modules on a side, the quiet zone on both sides with them.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.side + 2 * QUIET_ZONE
    }

    /// The dark modules as runs: column, row and length, in a square of [`Code::side`] modules.
    pub fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.rows.iter().enumerate().flat_map(|(row, modules)| {
            let (mut rest, mut at) = (*modules, 0);
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let light = rest.trailing_zeros();
                rest >>= light;
                let dark = rest.trailing_ones();
                rest = rest.checked_shr(dark).unwrap_or_default();
                let column = at + light;
                at = column + dark;
                Some((length(column) + QUIET_ZONE, row + QUIET_ZONE, length(dark)))
            })
        })
    }

    /// The data of an SVG path that draws the code with a stroke one wide, in a view box of [`Code::side`].
    #[must_use]
    pub fn path(&self) -> String {
        // A code has about seven runs a row, and a run about seven characters.
        let mut path = String::with_capacity(self.rows.len() * 56);
        let mut pen = None;
        for (column, row, dark) in self.runs() {
            match pen {
                Some((end, same)) if same == row => {
                    path.push('m');
                    number(&mut path, column - end);
                    path.push_str(" 0h");
                }
                _ => {
                    path.push('M');
                    number(&mut path, column);
                    path.push(' ');
                    number(&mut path, row);
                    path.push_str(".5h");
                }
            }
            number(&mut path, dark);
            pen = Some((column + dark, row));
        }
        path
    }
}

/// Writes a number below a thousand: `write!` would cost more than the rest of the path.
fn number(text: &mut String, number: usize) {
    for unit in [100, 10] {
        if number >= unit {
            text.push(digit(number / unit % 10));
        }
    }
    text.push(digit(number % 10));
}

fn digit(value: usize) -> char {
    u32::try_from(value).ok().and_then(|value| char::from_digit(value, 10)).unwrap_or('0')
}

fn length(bits: u32) -> usize {
    usize::try_from(bits).unwrap_or_default()
}

/// Draws a code from nothing.
fn encoded(address: &[u8], mask: Option<Mask>) -> Option<QRCode> {
    let mut builder = QRBuilder::new(address);
    builder.ecl(ECL::M).mode(Mode::Byte);
    if let Some(mask) = mask {
        builder.mask(mask);
    }
    builder.build().ok().filter(|code| code.size <= SIDE_MAX)
}

fn rows(code: &QRCode) -> Option<Vec<u128>> {
    let modules = code.data.get(..code.size * code.size)?;
    let row = |row: &[fast_qr::Module]| {
        row.iter().rev().fold(0, |bits, module| bits << 1 | u128::from(module.value()))
    };
    Some(modules.chunks(code.size).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> BaseUrl {
        BaseUrl::parse(url).unwrap()
    }

    /// Every id whose code is compared: with every digit at every place.
    fn ids() -> impl Iterator<Item = AwardId> {
        (0..=255_u8).map(|n| {
            let mut bits = [0; 16];
            bits.iter_mut()
                .zip(1_u8..)
                .for_each(|(bits, place)| *bits = n.wrapping_mul(place) ^ place);
            AwardId::from_bits(bits)
        })
    }

    #[test]
    fn the_sum_of_flips_is_the_code_drawn_from_nothing() {
        for url in [
            "https://badges.estran.example",
            "https://a.example",
            "https://estran.example/badges-du-reseau-des-communs",
        ] {
            let base = base(url);
            let codes = Codes::new(&base).unwrap();
            let zeros = base.join(&urls::award(AwardId::from_bits([0; 16])));
            let mask = encoded(zeros.as_bytes(), None).unwrap().mask;
            for id in ids() {
                let drawn = encoded(base.join(&urls::award(id)).as_bytes(), mask).unwrap();
                assert_eq!(codes.of(id).rows, rows(&drawn).unwrap(), "{url} {id}");
            }
        }
    }

    /// The dark modules of a path, read back with the rules of SVG.
    fn modules_of(path: &str, side: usize) -> Vec<Vec<bool>> {
        let mut modules = vec![vec![false; side]; side];
        let (mut x, mut y) = (0, 0);
        let commands = path.matches(['M', 'm', 'h']);
        for (command, numbers) in commands.zip(path.split(['M', 'm', 'h']).skip(1)) {
            let numbers: Vec<&str> = numbers.split(' ').collect();
            let whole = |n: usize| numbers[n].trim_end_matches(".5").parse::<usize>().unwrap();
            match command {
                "M" => (x, y) = (whole(0), whole(1)),
                "m" => x += whole(0),
                _ => {
                    modules[y][x..x + whole(0)].fill(true);
                    x += whole(0);
                }
            }
        }
        modules
    }

    /// Draws a code with `scale` pixels a module and reads it as a camera would.
    fn scanned(code: &Code, scale: usize) -> String {
        let modules = modules_of(&code.path(), code.side());
        let side = code.side() * scale;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            if modules[y / scale][x / scale] { 0 } else { 255 }
        });
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        let (meta, content) = grids[0].decode().unwrap();
        assert_eq!(meta.ecc_level, 0, "level M is written as 0");
        content
    }

    #[test]
    fn a_scanned_code_is_the_address_of_the_page() {
        let base = base("https://badges.estran.example");
        let codes = Codes::new(&base).unwrap();
        for id in ids().step_by(17) {
            let code = codes.of(id);
            assert_eq!(scanned(&code, 4), base.join(&urls::award(id)));
            assert_eq!(code.side(), 33 + 8, "an address of 62 bytes or less fits version 4");
            assert!(code.path().len() < 2_500, "{}", code.path().len());
        }
    }

    #[test]
    fn a_quiet_zone_surrounds_the_code() {
        let code = Codes::new(&base("https://badges.estran.example"))
            .unwrap()
            .of(AwardId::from_bits([7; 16]));
        let modules = modules_of(&code.path(), code.side());
        let dark = |row: &Vec<bool>| row.iter().any(|dark| *dark);
        assert!(!modules[..4].iter().any(dark) && !modules[37..].iter().any(dark));
        assert!(modules.iter().all(|row| !row[..4].contains(&true) && !row[37..].contains(&true)));
        assert!(modules[4][4..11].iter().all(|dark| *dark), "the corner mark");
    }

    #[test]
    fn an_address_that_is_too_long_has_no_code() {
        let long = format!("https://estran.example/{}", "x".repeat(1_200));
        let base = BaseUrl::parse(&long).ok();
        assert!(base.is_none_or(|base| Codes::new(&base).is_none()));
    }
}
