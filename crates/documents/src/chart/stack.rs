//! A stacked bar: the parts of a whole, told apart by tone and by hatching, never by colour alone.

use super::svg::{Svg, escaped};
use super::{About, Drawing};

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name: "Upheld".
    pub name: String,
    /// How many; none for a number that the reader may not see.
    pub value: Option<u32>,
    /// As it is written: "17 (40%)", "fewer than 5".
    pub shown: String,
    /// How it looks.
    pub look: Look,
}

/// How a part looks. The page's style gives it its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The strongest.
    Full,
    /// Hatched.
    Hatched,
    /// Grey.
    Quiet,
    /// An outline.
    Outlined,
}

/// A chart of one stacked bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    /// What it is.
    pub about: About,
    /// From left to right.
    pub parts: Vec<Part>,
}

impl Stack {
    /// Draws it. Parts that the reader may not see are left out of the bar and stand in the table only.
    pub fn draw(&self) -> Drawing {
        Drawing {
            svg: self.svg(),
            table: self
                .about
                .table(self.parts.iter().map(|part| (&*part.name, &*part.shown))),
        }
    }

    /// A square in the look of a part, for the key beside the bar.
    pub fn swatch(&self, part: &Part) -> String {
        let fill = self.fill(part.look);
        format!(
            "<svg width=\"14\" height=\"14\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"{}\"{fill} x=\".5\" y=\".5\" \
             width=\"13\" height=\"13\" rx=\"3\"/></svg>",
            part.look.class()
        )
    }

    fn svg(&self) -> String {
        let mut svg = Svg::strip(34, Some("fc-stack"), Some(&self.about));
        svg.literal(&format!(
            "<defs><pattern id=\"{}-hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect class=\"p-bg\" width=\"8\" height=\"8\"/><rect class=\"p-fg\" width=\"4\" \
             height=\"8\"/></pattern></defs>",
            escaped(&self.about.id)
        ));
        let whole: u32 = self.parts.iter().filter_map(|part| part.value).sum();
        let mut left = 0.0;
        for part in self
            .parts
            .iter()
            .filter(|part| part.value.is_some_and(|value| value > 0))
        {
            let width = f64::from(part.value.unwrap_or(0)) / f64::from(whole.max(1)) * 100.0;
            svg.literal(&format!(
                "<rect class=\"{}\"{} x=\"{:.2}%\" y=\"1\" width=\"{:.2}%\" height=\"32\" rx=\"3\"/>",
                part.look.class(),
                self.fill(part.look),
                left + 0.25,
                (width - 0.5).max(0.1)
            ));
            left += width;
        }
        svg.close()
    }

    fn fill(&self, look: Look) -> String {
        match look {
            Look::Hatched => format!(" fill=\"url(#{}-hatch)\"", escaped(&self.about.id)),
            _ => String::new(),
        }
    }
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Full => "o-upheld",
            Look::Hatched => "o-part",
            Look::Quiet => "o-not",
            Look::Outlined => "o-res",
        }
    }
}
