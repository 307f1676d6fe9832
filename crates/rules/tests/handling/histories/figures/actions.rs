//! What became of promises and recommendations: random people do random things to them for a year, and whatever a rule allows happens.

use jiff::{SignedDuration, Timestamp};
use rules::case::{Case, Recorded};
use rules::follow_on::act;
use rules::follow_on::event::Proposed;
use rules::follow_on::{FollowOn, FollowOnEvent, FollowOnFacts, FollowOnId, Happened};
use rules::people::{Actor, Person};
use rules::review::Month;
use testkit::follow_on::tried;
use testkit::people::everybody;
use testkit::{at, house};

use super::sets::Dice;

/// A follow-on action with its raw stream.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    pub(super) id: FollowOnId,
    pub(super) history: Vec<Happened>,
}

impl Followed {
    /// The facts that the register keeps of it.
    pub(super) fn facts(&self) -> FollowOnFacts {
        let action = FollowOn::replay(self.id.clone(), &self.history).unwrap();
        FollowOnFacts::of(&action, &house().calendar)
    }
}

/// Every promise of a case, and what became of it.
pub(super) fn promised(case: &Case, history: &[Recorded], dice: &mut Dice) -> Vec<Followed> {
    history
        .iter()
        .flat_map(|recorded| {
            let made = act::promises(case, std::slice::from_ref(recorded));
            made.into_iter().map(|(id, event)| (id, event, recorded.at))
        })
        .map(|(id, event, made_at)| lived(id, event, made_at, dice))
        .collect()
}

/// Something that the review of a month recommends, and what became of it.
pub(super) fn recommended(number: u32, dice: &mut Dice) -> Followed {
    let month: Month = "2025-12"
        .parse::<Month>()
        .unwrap()
        .later(i32::try_from(dice.below(7)).unwrap());
    let made_at = at("2026-01-05 09:00") + SignedDuration::from_hours(24 * dice.below(200));
    let proposed = FollowOnEvent::Proposed(Proposed {
        month,
        text: "Buy more".to_owned(),
        cases: Vec::new(),
        service: None,
    });
    lived(FollowOnId::Review(month, number), proposed, made_at, dice)
}

fn lived(id: FollowOnId, first: FollowOnEvent, made_at: Timestamp, dice: &mut Dice) -> Followed {
    let people = everybody();
    let happened = |sequence, at, who: &Person, event| Happened {
        sequence,
        at,
        actor: Actor::Staff(who.id),
        event,
    };
    let mut history = vec![happened(1, made_at, &people[0], first)];
    let mut now = made_at;
    for _ in 0..dice.below(16) {
        now += SignedDuration::from_hours(dice.below(24 * 20));
        let action = FollowOn::replay(id.clone(), &history).unwrap();
        let by = dice.pick(&people).clone();
        let what = usize::try_from(dice.below(9)).unwrap();
        let today = house().calendar.time_zone().to_datetime(now).date();
        if let Ok(event) = tried(what, &action, &by, today) {
            history.push(happened(action.sequence + 1, now, &by, event));
        }
    }
    Followed { id, history }
}
