//! How long things took: how many, mean, median and percentiles, each defined exactly (K3, K6).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Whole numbers with how often each came: days or minutes. Two spreads can be put together, so that the months of a year make the year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    counts: BTreeMap<u32, u32>,
}

impl Spread {
    /// Adds one value.
    pub fn add(&mut self, value: u32) {
        self.add_times(value, 1);
    }

    /// The same value so many times.
    pub fn add_times(&mut self, value: u32, times: u32) {
        *self.counts.entry(value).or_default() += times;
    }

    /// Adds all values of another.
    pub fn join(&mut self, other: &Spread) {
        for (value, times) in &other.counts {
            *self.counts.entry(*value).or_default() += times;
        }
    }

    /// How many values there are.
    pub fn n(&self) -> u32 {
        self.counts.values().sum()
    }

    /// The mean in tenths, half a tenth rounded up; `None` without values.
    pub fn mean_tenths(&self) -> Option<u32> {
        let n = u64::from(self.n());
        if n == 0 {
            return None;
        }
        let sum: u64 = self
            .counts
            .iter()
            .map(|(value, times)| u64::from(*value) * u64::from(*times))
            .sum();
        u32::try_from((sum * 20 + n) / (2 * n)).ok()
    }

    /// The median in tenths: the middle value of the sorted values, or half way between the two in the middle; `None` without values.
    pub fn median_tenths(&self) -> Option<u32> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let (low, high) = (self.at_rank(n.div_ceil(2))?, self.at_rank(n / 2 + 1)?);
        u32::try_from((u64::from(low) + u64::from(high)) * 5).ok()
    }

    /// The smallest value that at least so many percent of the values do not exceed (nearest rank); `None` without values.
    pub fn percentile(&self, percent: u32) -> Option<u32> {
        let rank = (u64::from(self.n()) * u64::from(percent)).div_ceil(100);
        self.at_rank(u32::try_from(rank).ok()?.max(1))
    }

    /// The largest value.
    pub fn most(&self) -> Option<u32> {
        self.counts.last_key_value().map(|(value, _)| *value)
    }

    /// Each value with how often it came, the smallest first.
    pub fn values(&self) -> impl Iterator<Item = (u32, u32)> {
        self.counts.iter().map(|(value, times)| (*value, *times))
    }

    /// The value at a place of the sorted values, counted from 1.
    fn at_rank(&self, rank: u32) -> Option<u32> {
        let mut seen = 0;
        self.counts.iter().find_map(|(value, times)| {
            seen += times;
            (seen >= rank).then_some(*value)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[u32]) -> Spread {
        let mut spread = Spread::default();
        values.iter().for_each(|value| spread.add(*value));
        spread
    }

    #[test]
    fn worked_examples() {
        let none = of(&[]);
        assert_eq!(
            (none.mean_tenths(), none.median_tenths(), none.percentile(90)),
            (None, None, None)
        );
        let one = of(&[3]);
        assert_eq!(
            (one.mean_tenths(), one.median_tenths(), one.percentile(90)),
            (Some(30), Some(30), Some(3))
        );
        // 1, 2, 2, 9: mean 3.5, median 2, the ninth tenth is reached only by the fourth value.
        let four = of(&[9, 2, 1, 2]);
        assert_eq!(
            (four.mean_tenths(), four.median_tenths(), four.percentile(90)),
            (Some(35), Some(20), Some(9))
        );
        assert_eq!(
            (four.percentile(75), four.percentile(50), four.most()),
            (Some(2), Some(2), Some(9))
        );
        // 1, 2: half way.
        assert_eq!(of(&[1, 2]).median_tenths(), Some(15));
        // 0, 0, 1: a third is 0.3.
        assert_eq!(of(&[0, 0, 1]).mean_tenths(), Some(3));
        // Ten values: the ninth.
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).percentile(90), Some(9));
    }
}
