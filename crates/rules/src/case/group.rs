//! The group of a case: which others are about the same matter, and which of them leads (A27).

use super::event::{CaseLinked, Part};
use super::fold::Case;
use super::reference::Reference;

impl Case {
    /// True where it belongs together with another case.
    pub fn is_in_group(&self) -> bool {
        !self.links.is_empty()
    }

    /// The case that leads its group: itself where it leads; nothing where it stands alone.
    pub fn leading(&self) -> Option<&Reference> {
        let first = self.links.first()?;
        Some(match first.part {
            Part::Leads => &self.reference,
            Part::Follows => &first.with,
        })
    }

    /// True where it leads its group.
    pub fn leads(&self) -> bool {
        self.leading() == Some(&self.reference)
    }

    /// Its link with another case, if there is one.
    pub fn link_with(&self, other: &Reference) -> Option<&CaseLinked> {
        self.links.iter().find(|link| link.with == *other)
    }
}
