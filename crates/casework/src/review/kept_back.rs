//! What is kept back of restricted cases wherever reviews and actions name a case: counted, never listed (invariant 12, R36).

use std::collections::BTreeSet;

use rules::case::Reference;
use rules::confidential::sight::{Beyond, Reach, reach_of_words};
use rules::follow_on::{FollowOn, FollowOnId, Origin};
use rules::people::Person;
use rules::review::{Pack, Review};
use storage::{StorageError, Tx, cases, facts};

/// The cases that some list may not name, by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct KeptBack(BTreeSet<i64>);

impl KeptBack {
    /// From somebody: restricted cases that they may not see whole.
    pub(super) async fn from(tx: &mut Tx<'_>, who: &Person) -> Result<KeptBack, StorageError> {
        KeptBack::beyond(tx, &reach_of_words(who)).await
    }

    /// From every list of a review: all that are restricted now, whatever they were when its figures were frozen.
    pub(super) async fn from_every_list(tx: &mut Tx<'_>, reader: &Person) -> Result<KeptBack, StorageError> {
        let open_lane = Reach {
            of: reader.id,
            beyond: Beyond::Nothing,
        };
        KeptBack::beyond(tx, &open_lane).await
    }

    /// What lies beyond a reach, and what did until it was erased.
    async fn beyond(tx: &mut Tx<'_>, reach: &Reach) -> Result<KeptBack, StorageError> {
        let mut beyond = cases::beyond(tx, reach).await?;
        beyond.extend(facts::gone_restricted(tx).await?);
        Ok(KeptBack(beyond))
    }

    pub(super) fn holds(&self, reference: &Reference) -> bool {
        self.0.contains(&reference.number())
    }

    /// Whether an action is kept back: its name tells of the case that promised it.
    pub(super) fn holds_action(&self, id: &FollowOnId) -> bool {
        match id {
            FollowOnId::Case(reference, _) => self.holds(reference),
            FollowOnId::Review(..) => false,
        }
    }

    /// Takes out of a pack what may not be listed, and counts it among what is not.
    pub(super) fn out_of_pack(&self, pack: &mut Pack) {
        let before = pack.listed.len();
        pack.listed.retain(|reference| !self.holds(reference));
        pack.discuss.retain(|pick| !self.holds(&pick.reference));
        let hidden = u32::try_from(before - pack.listed.len()).unwrap_or(u32::MAX);
        pack.confidential = pack.confidential.saturating_add(hidden);
    }

    /// Whether a review has a note on such a case.
    pub(super) fn is_noted(&self, review: &Review) -> bool {
        let mut about = review.notes.iter().filter_map(|note| note.about.as_ref());
        about.any(|about| self.holds(about))
    }

    /// Takes the notes on such cases out of a review.
    pub(super) fn out_of_notes(&self, review: &mut Review) {
        let kept = |about: &Option<Reference>| about.as_ref().is_none_or(|about| !self.holds(about));
        review.notes.retain(|note| kept(&note.about));
    }

    /// Takes such cases out of what is said to stand behind an action.
    pub(super) fn out_of_origin(&self, action: &mut FollowOn) {
        if let Origin::Review(_, cases) = &mut action.origin {
            cases.retain(|reference| !self.holds(reference));
        }
    }
}
