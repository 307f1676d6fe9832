//! A line: a percentage for each month, with the aim across it.

use super::svg::{Anchor, Svg, number};
use super::{About, Drawing};

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Beneath it: "Sep".
    pub label: String,
    /// In the table: "September 2026".
    pub name: String,
    /// The percentage; none where there is nothing to measure, or where the reader may not see it.
    pub percent: Option<u32>,
    /// What the table says: "92% (33 of 36)", "none decided".
    pub shown: String,
}

/// A chart of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub about: About,
    /// From left to right.
    pub points: Vec<Point>,
    /// The percentage that is aimed for, if there is one.
    pub aim: Option<u32>,
}

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 190.0;
const BELOW: f64 = 26.0;
const ABOVE: f64 = 18.0;
/// Room for half a label on the left, and for the words of the last value on the right.
const LEFT: f64 = 20.0;
const RIGHT: f64 = 90.0;

impl Line {
    /// Draws it.
    pub fn draw(&self) -> Drawing {
        Drawing {
            svg: self.svg(),
            table: self
                .about
                .table(self.points.iter().map(|point| (&*point.name, &*point.shown))),
        }
    }

    fn svg(&self) -> String {
        let mut svg = Svg::picture(&self.about, 520, 190);
        svg.floor(HEIGHT - BELOW);
        self.draw_aim(&mut svg);
        for run in self.runs() {
            let points: Vec<String> = run
                .iter()
                .map(|(at, percent)| format!("{},{}", number(self.x(*at)), number(self.y(*percent))))
                .collect();
            svg.shape("polyline", &[("class", "ln-main"), ("points", &points.join(" "))]);
        }
        let known: Vec<(usize, u32)> = self.known().collect();
        let last = known.last().copied();
        for (at, percent) in &known {
            let r = if Some((*at, *percent)) == last { "5" } else { "3" };
            let (x, y) = (number(self.x(*at)), number(self.y(*percent)));
            svg.shape("circle", &[("class", "b-main"), ("cx", &x), ("cy", &y), ("r", r)]);
        }
        for (at, point) in self.points.iter().enumerate() {
            let class = if at + 1 == self.points.len() {
                "t-bold"
            } else {
                "t-mute"
            };
            svg.text((self.x(at), HEIGHT - 8.0), (class, Anchor::Middle), &point.label);
        }
        self.draw_values(&mut svg, &known);
        svg.close()
    }

    fn draw_aim(&self, svg: &mut Svg) {
        let Some(aim) = self.aim else { return };
        let (y, end) = (self.y(aim), self.x(self.points.len().saturating_sub(1)));
        svg.shape(
            "line",
            &[
                ("class", "ln-aim"),
                ("x1", "0"),
                ("x2", &number(end + 10.0)),
                ("y1", &number(y)),
                ("y2", &number(y)),
            ],
        );
        svg.text((end + 14.0, y + 1.0), ("t-mute", Anchor::Start), &format!("Aim {aim}%"));
    }

    /// The first value and the best stand at their points, the last in bold beside it; further ones would only crowd.
    fn draw_values(&self, svg: &mut Svg, known: &[(usize, u32)]) {
        let Some((last, last_percent)) = known.last().copied() else {
            return;
        };
        let best = known.iter().copied().max_by_key(|(at, percent)| (*percent, *at));
        let mut named: Vec<(usize, u32)> = known.first().copied().into_iter().chain(best).collect();
        named.dedup();
        for (at, percent) in named.into_iter().filter(|(at, _)| *at != last) {
            // Where the line rises from the point, the words would lie across it.
            let rises = known.iter().any(|(next, above)| *next == at + 1 && *above > percent);
            let below = if rises { 16.0 } else { -9.0 };
            svg.text(
                (self.x(at), self.y(percent) + below),
                ("", Anchor::Middle),
                &format!("{percent}%"),
            );
        }
        let near_aim = self
            .aim
            .is_some_and(|aim| (self.y(aim) - self.y(last_percent)).abs() < 14.0);
        let below = if near_aim { 18.0 } else { 5.0 };
        svg.text(
            (self.x(last) + 14.0, self.y(last_percent) + below),
            ("t-bold", Anchor::Start),
            &format!("{last_percent}%"),
        );
    }

    fn known(&self) -> impl Iterator<Item = (usize, u32)> {
        let points = self.points.iter().enumerate();
        points.filter_map(|(at, point)| point.percent.map(|percent| (at, percent)))
    }

    /// Points that follow each other: where one is missing the line is interrupted.
    fn runs(&self) -> Vec<Vec<(usize, u32)>> {
        let mut runs: Vec<Vec<(usize, u32)>> = Vec::new();
        for (at, percent) in self.known() {
            match runs
                .last_mut()
                .filter(|run| run.last().is_some_and(|(before, _)| before + 1 == at))
            {
                Some(run) => run.push((at, percent)),
                None => runs.push(vec![(at, percent)]),
            }
        }
        runs.retain(|run| run.len() > 1);
        runs
    }

    /// The scale begins at a ten below the smallest value and ends at 100; it is never finer than 20 points.
    fn lowest(&self) -> u32 {
        let smallest = self
            .known()
            .map(|(_, percent)| percent)
            .chain(self.aim)
            .min()
            .unwrap_or(0);
        (smallest.saturating_sub(1) / 10 * 10).min(80)
    }

    fn x(&self, at: usize) -> f64 {
        let steps = self.points.len().saturating_sub(1).max(1) as f64;
        LEFT + (WIDTH - LEFT - RIGHT) * at as f64 / steps
    }

    fn y(&self, percent: u32) -> f64 {
        let low = f64::from(self.lowest());
        ABOVE + (HEIGHT - ABOVE - BELOW) * (1.0 - (f64::from(percent) - low) / (100.0 - low))
    }
}
