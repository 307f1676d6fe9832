//! What the ledger keeps of a message: its envelope from the beginning, and what was understood of it where it is set aside.

use rules::case::Reference;
use rules::files::Scanned;
use rules::mail::{Authentic, Fate, Judged, Report, Taken};
use serde::{Deserialize, Serialize};

use super::arrive::Envelope;
use crate::ActError;

/// As much of the words of a message that is set aside is kept to be read on a list, in characters; all of it is in the original.
const GLANCE: usize = 2_000;

/// What is kept of a message, sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What the envelope said.
    #[serde(flatten)]
    pub envelope: Envelope,
    /// What was understood of it, once that is known and it is set aside.
    #[serde(default)]
    pub understood: Option<Understood>,
    /// What is to become of it, where somebody said so after it was set aside.
    #[serde(default)]
    pub told: Option<Told>,
}

/// What is to become of a message that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What becomes of it.
    pub fate: Fate,
    /// The case that it is added to.
    pub case: Option<Reference>,
    /// Who said so, in words for staff.
    pub why: String,
}

/// What was understood of a message that is set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// The name of its sender, as it says.
    pub name: Option<String>,
    /// The address of its sender, as it says.
    pub email: Option<String>,
    /// Its subject.
    pub subject: String,
    /// The beginning of its new words.
    pub words: String,
    /// How many files came with it.
    pub files: u32,
    /// What was said of it and of them: the worst.
    #[serde(default)]
    pub scanned: Scanned,
    /// Whether it comes from where it says.
    pub authentic: Authentic,
    /// Why it is set aside.
    pub why: String,
    /// The case that it seems to belong to.
    pub suggested: Option<Reference>,
    /// What a mail system reports, if it is such a report.
    pub report: Option<Report>,
}

impl About {
    /// What was kept, as the ledger holds it; nothing where nothing was.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(stored: &[u8]) -> Result<About, ActError> {
        match stored.is_empty() {
            true => Ok(About::default()),
            false => Ok(serde_json::from_slice(stored)?),
        }
    }

    /// The same, with what was understood.
    pub(crate) fn with(&self, taken: &Taken, judged: &Judged) -> About {
        let message = &taken.message;
        let from = message.from.as_ref();
        About {
            envelope: self.envelope.clone(),
            told: None,
            understood: Some(Understood {
                name: from.and_then(|from| from.name.clone()),
                email: from.map(|from| from.address.clone()),
                subject: message.subject.clone(),
                words: message.words.new.chars().take(GLANCE).collect(),
                files: u32::try_from(message.carried.len()).unwrap_or(u32::MAX),
                scanned: taken.scanned(),
                authentic: message.authentic.clone(),
                why: judged.why.clone(),
                suggested: judged.case.clone(),
                report: message.report.clone(),
            }),
        }
    }
}
