//! Chance that is the same every time: a seed gives one year and no other (SplitMix64, public domain, Steele and others 2014).

/// A source of chance. It is no secret and guards nothing: codes and tokens come from the operating system.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The same seed gives the same sequence.
    pub(super) fn seeded(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A source of its own for one case, so that a change in one leaves the others as they were.
    pub(super) fn fork(&mut self) -> Chance {
        Chance(self.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `most - 1`; 0 where there is no choice.
    pub(super) fn below(&mut self, most: usize) -> usize {
        let wide = u128::from(self.next()) * most as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low + 1).unwrap_or(0);
        low + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// True so many times out of a thousand.
    pub(super) fn permille(&mut self, times: u32) -> bool {
        self.below(1000) < times as usize
    }

    /// One of them. The list must not be empty.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// One of them, each as likely as its weight says. The list must not be empty.
    pub(super) fn weighted<'a, T>(&mut self, of: &'a [(T, u32)]) -> &'a T {
        let total: u32 = of.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total as usize);
        for (item, weight) in of {
            if left < *weight as usize {
                return item;
            }
            left -= *weight as usize;
        }
        &of[0].0
    }

    /// Shuffles in place (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
