//! A share: so many of so many, with its percentage (model 3.7: n beside every %).

use serde::{Deserialize, Serialize};

/// So many of so many. A percentage is never shown without both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// How many.
    pub part: u32,
    /// Of how many.
    pub whole: u32,
}

impl Rate {
    /// So many of so many.
    pub fn of(part: u32, whole: u32) -> Rate {
        Rate { part, whole }
    }

    /// The percentage, half rounded up; `None` of nothing. 100 means all and 0 means none: what lies just beside is never rounded to them.
    pub fn percent(&self) -> Option<u32> {
        if self.whole == 0 {
            return None;
        }
        let (part, whole) = (u64::from(self.part), u64::from(self.whole));
        let rounded = u32::try_from((part * 200 + whole) / (2 * whole)).ok()?;
        Some(match rounded {
            0 if part > 0 => 1,
            100 if part < whole => 99,
            percent => percent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_examples() {
        for (part, whole, percent) in [
            (33, 36, Some(92)),
            (1, 8, Some(13)),
            (0, 5, Some(0)),
            (5, 5, Some(100)),
            (1, 400, Some(1)),
            (399, 400, Some(99)),
            (0, 0, None),
        ] {
            assert_eq!(Rate::of(part, whole).percent(), percent, "{part} of {whole}");
        }
    }
}
