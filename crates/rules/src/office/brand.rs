//! The brand: what the institution is called and which colours its pages and letters wear. A colour that cannot be read is refused with the
//! figure (WCAG 2.2, success criterion 1.4.3).

use serde::{Deserialize, Serialize};

use super::OfficeChange;
use super::event::OfficeEvent;
use crate::audit::Hash;
use crate::case::change::{Fields, Refused, permit};
use crate::colour::{Colour, LEAST, ratio_words};
use crate::files::{FileName, Kind, Look};
use crate::people::{Act, Person};

/// The brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// "Calderbrook University".
    pub organisation: String,
    /// "IT Services".
    pub unit: String,
    /// Buttons, what is chosen, the clock; darker in the header.
    pub accent: Colour,
    /// Links.
    pub link: Colour,
    /// The picture in the header of the public pages; none for the one that comes with the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
}

/// A picture, by its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// PNG or JPEG, as its bytes tell.
    pub kind: Kind,
    /// SHA-256 of its bytes, as 64 hexadecimal digits.
    pub sha256: String,
}

/// The accent that comes with the product.
pub const ACCENT: Colour = Colour::of(0x0012_505e);
/// The colour of links that comes with the product.
pub const LINK: Colour = Colour::of(0x000d_5c70);
/// The largest picture, in bytes.
pub const LARGEST_LOGO: usize = 256 * 1024;

/// The backgrounds of light pages, as the style sheet has them.
pub const LIGHT: [(&str, Colour); 3] = [
    ("white", Colour::WHITE),
    ("the sand of public pages", Colour::of(0x00f8_f5ef)),
    ("the grey of staff pages", Colour::of(0x00f3_f6f7)),
];
/// The backgrounds of dark staff pages.
pub const DARK: [Colour; 3] = [
    Colour::of(0x0016_242a),
    Colour::of(0x0010_1b20),
    Colour::of(0x000f_1a1f),
];
/// What is written on buttons of dark pages.
const ON_DARK_ACCENT: Colour = Colour::of(0x0006_232a);
/// The contrast to which colours of dark pages are lightened: that of the other pairs there.
const DARK_AIM: f64 = 7.0;

/// A pale wash of the accent, as a background.
fn tint(accent: Colour) -> Colour {
    Colour::WHITE.with(accent, 28)
}

/// The backgrounds on which a colour is read on light pages.
fn grounds(accent: Colour) -> Vec<(&'static str, Colour)> {
    let mut grounds = LIGHT.to_vec();
    grounds.push(("its own pale tint", tint(accent)));
    grounds
}

/// What was measured of a colour on light pages: the ground on which it is read worst, and the ratio there.
#[must_use]
pub fn worst(colour: Colour, accent: Colour) -> (&'static str, f64) {
    let measured = grounds(accent)
        .into_iter()
        .map(|(name, ground)| (name, colour.contrast(ground)));
    measured
        .min_by(|one, two| one.1.total_cmp(&two.1))
        .unwrap_or(("white", 1.0))
}

/// Refuses a colour that cannot be read, with the figure and the nearest that can.
///
/// # Errors
/// "3.9:1 on white; it needs 4.5:1. The nearest that passes is #0f6b80".
pub fn readable(colour: Colour, on: impl Fn(Colour) -> Colour) -> Result<(), String> {
    let (ground, ratio) = worst(colour, on(colour));
    if ratio >= LEAST {
        return Ok(());
    }
    let passes = |candidate: Colour| worst(candidate, on(candidate)).1 >= LEAST;
    Err(format!(
        "{} on {ground}; it needs {LEAST}:1. The nearest that passes is {}",
        ratio_words(ratio),
        colour.nearest_towards(Colour::BLACK, passes)
    ))
}

/// Colours by the names that the style sheet gives them.
pub type Tokens = Vec<(&'static str, Colour)>;

impl Brand {
    /// The colours of light pages.
    #[must_use]
    pub fn light(&self) -> Tokens {
        let deep = self.accent.with(Colour::BLACK, 77);
        vec![
            ("brand", self.accent),
            ("brand-deep", deep),
            ("brand-hover", deep),
            ("tag-ink", deep),
            ("brand-tint", tint(self.accent)),
            ("brand-line", Colour::WHITE.with(self.accent, 92)),
            ("link", self.link),
            ("link-hover", self.link.with(Colour::BLACK, 90)),
        ]
    }

    /// The colours of dark pages: the same hues, lightened until they are read there.
    #[must_use]
    pub fn dark(&self) -> Tokens {
        let tint = DARK[0].with(self.accent, 51);
        let lightened = |colour: Colour| {
            colour.nearest_towards(Colour::WHITE, |light| {
                let grounds = DARK.into_iter().chain([tint, ON_DARK_ACCENT]);
                grounds.into_iter().all(|ground| light.contrast(ground) >= DARK_AIM)
            })
        };
        let (accent, link) = (lightened(self.accent), lightened(self.link));
        vec![
            ("brand", accent),
            ("brand-deep", self.accent.with(Colour::BLACK, 166)),
            ("brand-hover", accent.with(Colour::WHITE, 90)),
            ("on-brand", ON_DARK_ACCENT),
            ("tag-ink", accent.with(Colour::WHITE, 150)),
            ("brand-tint", tint),
            ("brand-line", DARK[0].with(accent, 90)),
            ("link", link),
            ("link-hover", link.with(Colour::WHITE, 110)),
        ]
    }
}

/// A brand as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The institution.
    pub organisation: String,
    /// The department.
    pub unit: String,
    /// The accent: "#12505e".
    pub accent: String,
    /// The colour of links.
    pub link: String,
}

/// Reads a brand; `logo` is the picture that it keeps or gets.
///
/// # Errors
/// What to put right beside `organisation`, `unit`, `accent` and `link`.
pub fn read(typed: &Typed, logo: Option<Logo>) -> Result<Brand, Refused> {
    let mut fields = Fields::default();
    let mut name = |field: &'static str, text: &str, ask: &str| {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 80 || text.chars().any(char::is_control) {
            fields.ask(field, ask);
        }
        text.to_owned()
    };
    let organisation = name(
        "organisation",
        &typed.organisation,
        "Write the name of the institution, in at most 80 characters",
    );
    let unit = name(
        "unit",
        &typed.unit,
        "Write the name of the department, in at most 80 characters",
    );
    let accent: Result<Colour, _> = typed.accent.parse();
    let link: Result<Colour, _> = typed.link.parse();
    match &accent {
        Err(why) => fields.ask("accent", format!("{why}")),
        Ok(accent) => {
            if let Err(why) = readable(*accent, |accent| accent) {
                fields.ask("accent", why);
            }
        }
    }
    match (&link, &accent) {
        (Err(why), _) => fields.ask("link", format!("{why}")),
        (Ok(link), accent) => {
            let accent = accent.as_ref().copied().unwrap_or(ACCENT);
            if let Err(why) = readable(*link, |_| accent) {
                fields.ask("link", why);
            }
        }
    }
    fields.finish()?;
    Ok(Brand {
        organisation,
        unit,
        accent: accent.unwrap_or(ACCENT),
        link: link.unwrap_or(LINK),
        logo,
    })
}

/// Looks at a picture: what it is, by its bytes and not by its name.
///
/// # Errors
/// What to choose instead.
pub fn logo(bytes: &[u8]) -> Result<Logo, Refused> {
    let refused = |words: &str| Err(Refused::field("logo", words));
    if bytes.len() > LARGEST_LOGO {
        return refused("The picture is larger than 256 KB. Make it smaller: it is shown 40 pixels high");
    }
    let mut look = Look::at(FileName::of("logo"));
    look.take(bytes);
    match look.verdict() {
        Ok(kind @ (Kind::Png | Kind::Jpeg)) => Ok(Logo {
            kind,
            sha256: Hash::of(bytes).to_string(),
        }),
        Ok(Kind::Text) | Err(_) if looks_like_svg(bytes) => {
            refused("This is an SVG drawing, which can carry programs. Save it as a PNG picture")
        }
        Ok(other) => Err(Refused::field(
            "logo",
            format!("This is a {}. Choose a PNG or JPEG picture", other.words()),
        )),
        Err(_) => refused("This is no picture. Choose a PNG or JPEG picture"),
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    head.contains("<svg")
}

/// Puts a brand in place of the one before; `seen` is how often it was set when the person looked.
///
/// # Errors
/// When the person may not, or somebody set it meanwhile.
pub fn set(before: (&Brand, usize), after: Brand, seen: usize, by: &Person) -> Result<OfficeChange, Refused> {
    permit(by, Act::EditBrand)?;
    let (now, times) = before;
    if times != seen {
        let words = "Somebody changed the brand while you wrote. What you wrote is still here: compare it with the brand as it is, then save again.";
        return Err(Refused::NotNow(words.to_owned()));
    }
    if *now == after {
        return Ok(OfficeChange::default());
    }
    Ok(OfficeChange::of(vec![OfficeEvent::BrandSet(after)]))
}
