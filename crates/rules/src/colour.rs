//! Colours and how well one is read on another: contrast as WCAG 2.2 computes it (success criterion 1.4.3).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A colour of the screen (sRGB, 8 bits each). Written "#12505e".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

/// The least contrast of text that WCAG 2 accepts at level AA.
pub const LEAST: f64 = 4.5;

/// It is no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Write the colour as # and six digits or letters from a to f, like #12505e")]
pub struct NoColour;

impl Colour {
    /// White.
    pub const WHITE: Colour = Colour::of(0x00ff_ffff);
    /// Black.
    pub const BLACK: Colour = Colour::of(0);

    /// From a number as styles write it: `0x12505e`.
    #[must_use]
    pub const fn of(number: u32) -> Colour {
        let [_, red, green, blue] = number.to_be_bytes();
        Colour { red, green, blue }
    }

    /// Relative luminance, from 0 for black to 1 for white.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast ratio with another colour, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with a share of another, from 0 (none of it) to 255 (nothing but it).
    #[must_use]
    pub fn with(self, other: Colour, share: u8) -> Colour {
        let mixed = |mine: u8, other: u8| {
            let sum = u32::from(mine) * u32::from(255 - share) + u32::from(other) * u32::from(share);
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        Colour {
            red: mixed(self.red, other.red),
            green: mixed(self.green, other.green),
            blue: mixed(self.blue, other.blue),
        }
    }

    /// This colour with as little of `other` as makes it pass a test; `other` itself if none does.
    #[must_use]
    pub fn nearest_towards(self, other: Colour, passes: impl Fn(Colour) -> bool) -> Colour {
        let steps = (0..=u8::MAX).map(|share| self.with(other, share));
        steps.into_iter().find(|colour| passes(*colour)).unwrap_or(other)
    }
}

/// A contrast as people read it, "3.9:1": cut off and never rounded up, so that nothing seems to pass that does not.
#[must_use]
pub fn ratio_words(ratio: f64) -> String {
    let tenths = (ratio * 10.0).floor() / 10.0;
    format!("{tenths:.1}:1")
}

impl FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Colour, NoColour> {
        let digits = text.trim().trim_start_matches('#');
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoColour);
        }
        u32::from_str_radix(digits, 16).map(Colour::of).map_err(|_| NoColour)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl TryFrom<String> for Colour {
    type Error = NoColour;

    fn try_from(text: String) -> Result<Colour, NoColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> String {
        colour.to_string()
    }
}
