//! Where a sealed case stands: who has it, whether they said so, and who had it before (R34, R35, A17).

use jiff::Timestamp;

use super::alert::Alert;
use super::event::{Event, Ground, Holder};
use super::fold::Case;
use super::vocabulary::Lane;
use crate::confidential::sealing::carried::Carried;
use crate::people::StaffId;

/// What is on record of handing a case over to line managers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seal {
    /// A letter to a holder that their mail server has not taken yet.
    pub asked: Option<Asked>,
    /// Everybody who has it or had it, the latest last.
    pub holders: Vec<Held>,
    /// How often the complainant added words since it is sealed.
    pub additions: u32,
    /// Who asked last to open it by breaking the glass, until it is refused or taken back.
    pub opening: Option<Opening>,
}

/// A request to open a sealed case by breaking the glass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Who asks.
    pub by: StaffId,
    /// Why.
    pub ground: Ground,
    /// The number of the event that asked.
    pub number: u32,
    /// When it was asked for.
    pub at: Timestamp,
    /// The second person, and when they agreed.
    pub agreed: Option<(StaffId, Timestamp)>,
}

/// A handover that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// To whom.
    pub to: Holder,
    /// The secret of the links in their letter.
    pub link: String,
    /// The number of the event that asked for it.
    pub number: u32,
    /// When it was asked for.
    pub at: Timestamp,
}

/// Somebody who has a sealed case, or had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub holder: Holder,
    /// The secret of their links.
    pub link: String,
    /// Since when their mail server has the letter.
    pub since: Timestamp,
    /// How that letter carries the complaint, where it is on record.
    pub carried: Option<Carried>,
    /// When they said that they have it.
    pub taken_at: Option<Timestamp>,
    /// When they were last reminded.
    pub reminded_at: Option<Timestamp>,
    /// When they said that they have finished.
    pub finished_at: Option<Timestamp>,
}

impl Case {
    /// True once its words are under a key of their own (R33).
    pub fn is_sealed(&self) -> bool {
        self.lane == Lane::Sealed
    }

    /// Who has it now.
    pub fn held(&self) -> Option<&Held> {
        self.seal.holders.last()
    }

    pub(super) fn note_seal(&mut self, event: &Event, number: u32, at: Timestamp) {
        match event {
            Event::SealAsked(asked) => {
                self.seal.asked = Some(Asked {
                    to: asked.to.clone(),
                    link: asked.link.clone(),
                    number,
                    at,
                });
            }
            Event::SealTakenBack(_) => self.seal.asked = None,
            Event::Sealed(sealed) => {
                self.lane = Lane::Sealed;
                self.owner = None;
                // What did not reach the complainant, and what they wrote, is its holder's to take up from here on.
                self.alerts
                    .retain(|alert| matches!(alert, Alert::Breached { .. } | Alert::UpdateMissed { .. }));
                self.begin_holding((&sealed.holder, &sealed.link), sealed.carried.as_ref(), at);
            }
            Event::PassedOn(passed) => self.begin_holding((&passed.holder, &passed.link), passed.carried.as_ref(), at),
            Event::SealTaken(_) => self.note_held(|held| held.taken_at = Some(at)),
            Event::HolderReminded(_) => self.note_held(|held| held.reminded_at = Some(at)),
            Event::SealFinished(_) => self.note_held(|held| held.finished_at = Some(at)),
            Event::SealAddedTo(_) => self.seal.additions += 1,
            Event::OpeningAsked(asked) => {
                self.seal.opening = Some(Opening {
                    by: asked.by,
                    ground: asked.ground,
                    number,
                    at,
                    agreed: None,
                });
            }
            Event::OpeningAgreed(agreed) => {
                if let Some(opening) = self
                    .seal
                    .opening
                    .as_mut()
                    .filter(|opening| opening.number == agreed.asked)
                {
                    opening.agreed = Some((agreed.by, at));
                }
            }
            Event::OpeningEnded(ended) => {
                self.seal.opening = self.seal.opening.take().filter(|opening| opening.number != ended.asked);
            }
            _ => {}
        }
    }

    fn begin_holding(&mut self, (holder, link): (&Holder, &str), carried: Option<&Carried>, at: Timestamp) {
        self.seal.asked = None;
        self.seal.holders.push(Held {
            holder: holder.clone(),
            link: link.to_owned(),
            since: at,
            carried: carried.cloned(),
            taken_at: None,
            reminded_at: None,
            finished_at: None,
        });
    }

    fn note_held(&mut self, note: impl FnOnce(&mut Held)) {
        if let Some(held) = self.seal.holders.last_mut() {
            note(held);
        }
    }
}
