//! Bars that are a table: each row draws its own, beside its numbers, so that no second copy is needed.

use super::svg::Svg;

/// One bar: how much now, and how much before as a mark across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Now; none for a number that the reader may not see.
    pub value: Option<u32>,
    /// Before, in the same unit.
    pub before: Option<u32>,
    /// The largest of all rows: the width of the whole.
    pub most: u32,
}

/// Draws the bar of a row. It says nothing by itself: the numbers stand in the cells beside it.
pub fn bar(bar: Bar) -> String {
    let mut svg = Svg::strip(22, None, None);
    let share = |value: u32| format!("{:.1}%", f64::from(value) / f64::from(bar.most.max(1)) * 99.0);
    if let Some(value) = bar.value.filter(|value| *value > 0) {
        svg.shape(
            "rect",
            &[
                ("class", "b-main"),
                ("y", "3"),
                ("width", &share(value)),
                ("height", "16"),
                ("rx", "2"),
            ],
        );
    }
    if let Some(before) = bar.before.filter(|before| *before > 0) {
        let x = share(before.min(bar.most));
        for class in ["tick-halo", "tick"] {
            svg.shape(
                "line",
                &[("class", class), ("x1", &x), ("x2", &x), ("y1", "0"), ("y2", "22")],
            );
        }
    }
    svg.close()
}
