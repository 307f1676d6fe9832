//! How much is taken: of one file, of one form, and of all that waits.

use crate::sentence::grouped;

/// Bytes in a megabyte, as the computers of most people count them.
pub const MEGABYTE: u64 = 1024 * 1024;

/// How much is taken. Each limit guards the disk, and the people who must open what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub largest_bytes: u64,
    /// How many files one form may bring.
    pub most: u32,
    /// How much they may be together, in bytes.
    pub together_bytes: u64,
    /// How much may wait for its form at one time, over all forms, in bytes: whoever sends files and no words fills no disk.
    pub waiting_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            largest_bytes: 25 * MEGABYTE,
            most: 10,
            together_bytes: 100 * MEGABYTE,
            waiting_bytes: 2_000 * MEGABYTE,
        }
    }
}

impl Limits {
    /// "Up to 10 files, each smaller than 25 MB, together no more than 100 MB.": said beside the field.
    pub fn words(&self) -> String {
        format!(
            "Up to {} files, each smaller than {}, together no more than {}.",
            self.most,
            size_words(self.largest_bytes),
            size_words(self.together_bytes)
        )
    }
}

/// "214 KB", "1.4 MB", "48 MB": never less than it is, so that a file over a limit never seems to be within it.
pub fn size_words(bytes: u64) -> String {
    const KILOBYTE: u64 = 1024;
    if bytes < KILOBYTE {
        return if bytes == 1 {
            "1 byte".to_owned()
        } else {
            format!("{bytes} bytes")
        };
    }
    if bytes <= 1000 * KILOBYTE {
        return format!("{} KB", bytes.div_ceil(KILOBYTE));
    }
    let tenths = (bytes * 10).div_ceil(MEGABYTE);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    match (whole, tenth) {
        (_, 0) => format!("{} MB", grouped(whole)),
        (0..=9, _) => format!("{whole}.{tenth} MB"),
        // Beyond ten megabytes a tenth tells nothing, except just over a round number, where it tells why.
        (_, 1) => format!("{}.1 MB", grouped(whole)),
        _ => format!("{} MB", grouped(whole + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_say_them_and_never_too_small() {
        let said = [
            (1, "1 byte"),
            (999, "999 bytes"),
            (1024, "1 KB"),
            (219_000, "214 KB"),
            (1_468_006, "1.4 MB"),
            (25 * MEGABYTE, "25 MB"),
            (25 * MEGABYTE + 1, "25.1 MB"),
            (48 * MEGABYTE, "48 MB"),
            (48 * MEGABYTE - 300_000, "48 MB"),
            (2_000 * MEGABYTE, "2,000 MB"),
        ];
        for (bytes, words) in said {
            assert_eq!(size_words(bytes), words, "{bytes}");
        }
    }

    #[test]
    fn the_limits_are_said_in_a_sentence() {
        assert_eq!(
            Limits::default().words(),
            "Up to 10 files, each smaller than 25 MB, together no more than 100 MB."
        );
    }
}
