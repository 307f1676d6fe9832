//! The pass by stream: the numbers of each stream start at one, rise by one, and stand in the order of the log.

use super::super::entry::FIRST_SEQUENCE;
use super::finding::Finding;

/// The pass by stream. Feed it every entry ordered by stream, then number, then position.
///
/// It keeps only the entry before, whatever the number of streams. What it finds in a log that [`LogCheck`] accepts was
/// not altered afterwards but written wrongly.
///
/// [`LogCheck`]: super::LogCheck
#[derive(Clone, Debug, Default)]
pub struct StreamCheck {
    stream: Option<String>,
    sequence: u32,
    position: u64,
}

impl StreamCheck {
    /// A check that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the next entry and says what is wrong with its turn.
    pub fn entry(&mut self, stream: &str, sequence: u32, position: u64) -> Vec<Finding> {
        if sequence < FIRST_SEQUENCE {
            return vec![Finding::SequenceZero {
                stream: stream.to_owned(),
                position,
            }];
        }
        let findings = if self.stream.as_deref() == Some(stream) {
            self.compare(stream, sequence, position)
        } else {
            self.stream = Some(stream.to_owned());
            missing(stream, FIRST_SEQUENCE, sequence).into_iter().collect()
        };
        (self.sequence, self.position) = (sequence, position);
        findings
    }

    fn compare(&self, stream: &str, sequence: u32, position: u64) -> Vec<Finding> {
        let (before, earlier) = (self.sequence, self.position);
        let stream = stream.to_owned();
        if sequence == before {
            return vec![Finding::SequenceRepeated {
                stream,
                sequence,
                earlier,
                position,
            }];
        }
        let gap = before.checked_add(1).and_then(|next| missing(&stream, next, sequence));
        let turn = (sequence < before || position <= earlier).then_some(Finding::SequenceReordered {
            stream,
            sequence,
            position,
            before,
            earlier,
        });
        gap.into_iter().chain(turn).collect()
    }
}

/// The numbers from `next` up to `found`, if there are any between.
fn missing(stream: &str, next: u32, found: u32) -> Option<Finding> {
    (found > next).then(|| Finding::SequenceMissing {
        stream: stream.to_owned(),
        first: next,
        last: found - 1,
    })
}
