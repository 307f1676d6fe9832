//! The multiparts that are open around the part being read, the innermost last.

use super::leaf::Kind;

/// Multiparts inside each other beyond this depth are files. Mail programs make three or four.
const DEEPEST: usize = 100;

/// The multiparts that are open.
#[derive(Debug, Default)]
pub(super) struct Levels(Vec<Level>);

/// One of them.
#[derive(Debug)]
struct Level {
    kind: Kind,
    /// What stands between its parts; none until the first line that could be it, where the header did not say.
    boundary: Option<Vec<u8>>,
    /// True once a part of it has begun.
    has_parts: bool,
}

impl Levels {
    /// True unless they stand inside each other too deep already.
    pub(super) fn have_room(&self) -> bool {
        self.0.len() < DEEPEST
    }

    pub(super) fn enter(&mut self, kind: Kind, boundary: Option<Vec<u8>>) {
        self.0.push(Level {
            kind,
            boundary,
            has_parts: false,
        });
    }

    /// Leaves multiparts until so many are open. Answers how many were left.
    pub(super) fn leave_to(&mut self, open: usize) -> usize {
        let left = self.0.len().saturating_sub(open);
        self.0.truncate(open);
        left
    }

    /// How the parts of the innermost one belong together.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.0.last().map(|level| level.kind)
    }

    /// True when a part of the innermost one has begun.
    pub(super) fn has_parts(&self) -> bool {
        self.0.last().is_some_and(|level| level.has_parts)
    }

    /// A part of one of them begins.
    pub(super) fn part_begins(&mut self, place: usize) {
        if let Some(level) = self.0.get_mut(place) {
            level.has_parts = true;
        }
    }

    /// Before the first part of one whose header did not say what stands between its parts, the first line that could be it says so.
    pub(super) fn guess(&mut self, line: &[u8]) {
        let said = line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end);
        if let (Some(said), Some(level)) = (said, self.0.last_mut())
            && level.boundary.is_none()
            && said.len() > 2
        {
            level.boundary = Some(said.to_vec());
        }
    }

    /// Which of them a line belongs to, the innermost first, and what it stands between.
    pub(super) fn boundary(&self, line: &[u8]) -> Option<(usize, Between)> {
        let said = line.strip_prefix(b"--")?.trim_ascii_end();
        self.0.iter().enumerate().rev().find_map(|(place, level)| {
            match said.strip_prefix(level.boundary.as_deref()?)? {
                b"" => Some((place, Between::Parts)),
                b"--" => Some((place, Between::End)),
                _ => None,
            }
        })
    }
}

/// What a line of a multipart stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// What came before, and the next part.
    Parts,
    /// The last part, and what comes behind.
    End,
}
