//! Colours, and whether words in one can be read on another.

use std::fmt;

use serde::Deserialize;

/// The contrast words need, large or small.
///
/// Spec: WCAG 2.2, 1.4.3 (level AA).
pub const READABLE: f64 = 4.5;

/// A colour written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour([u8; 3]);

impl Colour {
    /// No light at all.
    pub const BLACK: Self = Self([0; 3]);

    /// Contrast ratio, 1 to 21.
    ///
    /// Spec: WCAG 2.2, "contrast ratio".
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Red, green and blue.
    #[must_use]
    pub const fn channels(self) -> [u8; 3] {
        self.0
    }

    /// Spec: WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| {
            digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        });
        let [_, red, green, blue] = u32::from_str_radix(digits?, 16).ok()?.to_be_bytes();
        Some(Self([red, green, blue]))
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not a colour such as `#0b5c6d`"))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((colour("#000000").contrast(colour("#ffffff")) - 21.0).abs() < 1e-9);
        assert!((colour("#777777").contrast(colour("#ffffff")) - 4.478).abs() < 1e-3);
        assert!((colour("#767676").contrast(colour("#ffffff")) - 4.542).abs() < 1e-3);
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!(colour("#0B5C6D").to_string(), "#0b5c6d");
        for text in ["0b5c6d", "#0b5", "#0b5c6g", "red", "#0b5c6d;}body{", ""] {
            assert!(Colour::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
