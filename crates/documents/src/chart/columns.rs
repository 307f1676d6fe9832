//! Columns: a number for each month, the last one marked.

use super::svg::{Anchor, Svg, number};
use super::{About, Drawing};

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Beneath it: "Sep".
    pub label: String,
    /// In the table: "September 2026".
    pub name: String,
    /// Its height; none for a number that the reader may not see.
    pub value: Option<u32>,
    /// The number as it is written: "46", or "fewer than 5".
    pub shown: String,
}

/// A chart of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// What it is.
    pub about: About,
    /// From left to right.
    pub columns: Vec<Column>,
}

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 236.0;
/// Room for labels beneath and numbers above.
const BELOW: f64 = 26.0;
const ABOVE: f64 = 22.0;

impl Columns {
    /// Draws it.
    pub fn draw(&self) -> Drawing {
        Drawing {
            svg: self.svg(),
            table: self
                .about
                .table(self.columns.iter().map(|column| (&*column.name, &*column.shown))),
        }
    }

    fn svg(&self) -> String {
        let mut svg = Svg::picture(&self.about, 520, 236);
        let floor = HEIGHT - BELOW;
        svg.floor(floor);
        let most = self
            .columns
            .iter()
            .filter_map(|column| column.value)
            .max()
            .unwrap_or(0)
            .max(1);
        let step = WIDTH / self.columns.len().max(1) as f64;
        for (at, column) in self.columns.iter().enumerate() {
            let last = at + 1 == self.columns.len();
            let middle = (at as f64 + 0.5) * step;
            let height = f64::from(column.value.unwrap_or(0)) / f64::from(most) * (floor - ABOVE);
            let top = floor - height;
            if height > 0.0 {
                let width = step * 0.62;
                svg.shape(
                    "rect",
                    &[
                        ("class", if last { "b-main" } else { "b-soft" }),
                        ("x", &number(middle - width / 2.0)),
                        ("y", &number(top)),
                        ("width", &number(width)),
                        ("height", &number(height)),
                        ("rx", "2"),
                    ],
                );
            }
            let (bold, mute) = if last { ("t-bold", "t-bold") } else { ("", "t-mute") };
            let words = if column.value.is_some() { &column.shown } else { "<5" };
            svg.text((middle, top - 6.0), (bold, Anchor::Middle), words);
            svg.text((middle, HEIGHT - 8.0), (mute, Anchor::Middle), &column.label);
        }
        svg.close()
    }
}
