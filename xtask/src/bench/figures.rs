//! Figures and how they are shown: percentiles, a table, JSON.

use std::time::Duration;

use crate::shell::{Failure, Outcome};
use crate::table;

/// A table of figures; the first column names what was measured.
#[derive(Debug)]
pub(super) struct Measured {
    heading: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// What else is to be known: how busy the machine was, what is left out.
    notes: Vec<String>,
    /// Goals that were missed, in words.
    missed: Vec<String>,
}

impl Measured {
    pub(super) fn of(heading: Vec<&'static str>, rows: Vec<Vec<String>>) -> Measured {
        Measured {
            heading,
            rows,
            notes: Vec::new(),
            missed: Vec::new(),
        }
    }

    pub(super) fn noting(mut self, note: String) -> Measured {
        self.notes.push(note);
        self
    }

    /// With goals that were missed.
    pub(super) fn missing(mut self, missed: Vec<String>) -> Measured {
        self.missed = missed;
        self
    }

    /// Fails with the goals that were missed.
    pub(super) fn goals_met(&self) -> Outcome<()> {
        if self.missed.is_empty() {
            return Ok(());
        }
        Err(Failure::new(self.missed.join("\n")))
    }

    pub(super) fn table(&self) -> String {
        let notes: String = self.notes.iter().map(|note| format!("{note}\n")).collect();
        table::lines(&self.heading, &self.rows) + &notes
    }

    /// One object: the bench's name, a list of objects keyed by the heading, figures as numbers; and the notes.
    pub(super) fn json(&self, bench: &str) -> String {
        let rows: Vec<serde_json::Value> = self.rows.iter().map(|row| self.object(row)).collect();
        serde_json::json!({ "bench": bench, "rows": rows, "notes": self.notes }).to_string()
    }

    fn object(&self, row: &[String]) -> serde_json::Value {
        let cells = self.heading.iter().zip(row).map(|(name, cell)| {
            let value = cell
                .parse::<f64>()
                .map_or_else(|_| serde_json::json!(cell), |number| serde_json::json!(number));
            ((*name).to_owned(), value)
        });
        serde_json::Value::Object(cells.collect())
    }
}

/// The smallest of the times that at least `hundredths` of a hundred do not exceed (nearest rank).
pub(crate) fn percentile(times: &[Duration], hundredths: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// How busy this machine is, ourselves included: figures of a busy machine say little but by their ratios.
pub(crate) fn load_average() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or("unknown").trim().to_owned()
}

/// The middle one of some figures; the lower of two.
pub(super) fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
        .get(sorted.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or_default()
}

/// Milliseconds with one decimal.
pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_taken_by_nearest_rank() {
        let times: Vec<Duration> = (1..=20).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(10));
        assert_eq!(percentile(&times, 95), Duration::from_millis(19));
        assert_eq!(percentile(&times, 100), Duration::from_millis(20));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }

    #[test]
    fn the_median_is_one_of_the_figures() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.0);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn json_holds_figures_as_numbers() {
        let row = vec!["start".to_owned(), "12.5".to_owned()];
        let measured = Measured::of(vec!["what", "ms"], vec![row]).noting("a quiet machine".to_owned());
        assert_eq!(
            measured.json("start"),
            r#"{"bench":"start","notes":["a quiet machine"],"rows":[{"ms":12.5,"what":"start"}]}"#
        );
    }
}
