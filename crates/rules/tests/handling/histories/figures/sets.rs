//! Sets of random cases: many people over many months, and in some of them what the rules would never let happen, so that it is counted too.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use rules::case::event::{self, ClockRecomputed, NoteAdded, StageEntered, VipFlagged};
use rules::case::facts::{Learning, Remedy};
use rules::case::vocabulary::{Channel, ComplainantKind, Ending, LearningAnswer, Outcome, Satisfaction, VipSource};
use rules::case::{Action, Case, Decision, Event, Recorded};
use rules::intake::{Arrival, RawFeedback};
use rules::people::Actor;
use rules::review::{CaseFacts, facts};
use testkit::words::form;
use testkit::{Story, at, house, people};

use super::super::{Try, play, tries};
use super::actions::{Followed, promised, recommended};

/// Cases with their raw histories and their facts.
#[derive(Clone)]
pub(super) struct CaseSet {
    pub(super) histories: Vec<Vec<Recorded>>,
    pub(super) cases: Vec<Case>,
    pub(super) facts: Vec<CaseFacts>,
    /// What they promised and what reviews recommended, whatever became of it.
    pub(super) actions: Vec<Followed>,
}

/// A set in few lines: what a failure shows.
impl fmt::Debug for CaseSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, history) in (1..).zip(&self.histories) {
            let received = match &history[0].event {
                Event::Received(received) => received.received_at,
                _ => history[0].at,
            };
            writeln!(f, "case {number}, received {received}")?;
            for recorded in history {
                writeln!(f, "  {} {} {}", recorded.at, recorded.actor, recorded.event.kind())?;
            }
        }
        for action in &self.actions {
            writeln!(f, "action {}", action.id)?;
            for happened in &action.history {
                writeln!(f, "  {} {}", happened.at, happened.event.kind())?;
            }
        }
        Ok(())
    }
}

impl CaseSet {
    pub(super) fn of(histories: Vec<Vec<Recorded>>) -> CaseSet {
        let cases: Vec<Case> = (1..)
            .zip(&histories)
            .map(|(number, history)| {
                let reference = rules::case::Reference::new("FC", number).unwrap();
                Case::replay(reference, history).unwrap()
            })
            .collect();
        let mut set = CaseSet {
            histories,
            cases,
            facts: Vec::new(),
            actions: Vec::new(),
        };
        set.facts = set.facts_seen_on("2026-12-24 08:00");
        set
    }

    /// The facts as they are made at a local time.
    pub(super) fn facts_seen_on(&self, local: &str) -> Vec<CaseFacts> {
        let setting = house().setting(at(local));
        let pairs = self.cases.iter().zip(&self.histories);
        pairs.map(|(case, history)| facts(case, history, &setting)).collect()
    }
}

/// Up to a dozen cases, and up to four recommendations.
pub(super) fn sets() -> impl Strategy<Value = CaseSet> {
    let one = (any::<u32>(), tries(), any::<u64>());
    let cases = proptest::collection::vec(one, 1..12);
    (cases, proptest::collection::vec(any::<u64>(), 0..5)).prop_map(|(cases, recommendations)| {
        let histories = cases.iter().map(|(seed, tries, chance)| history(*seed, tries, *chance));
        let mut set = CaseSet::of(histories.collect());
        for ((case, history), (_, _, chance)) in set.cases.iter().zip(&set.histories).zip(&cases) {
            set.actions
                .extend(promised(case, history, &mut Dice(chance.rotate_left(17))));
        }
        for (number, chance) in (1..).zip(recommendations) {
            set.actions.push(recommended(number, &mut Dice(chance)));
        }
        set
    })
}

fn history(seed: u32, attempts: &[Try], chance: u64) -> Vec<Recorded> {
    let mut story = begin(seed);
    for attempt in attempts {
        story.now += SignedDuration::from_mins(attempt.minutes);
        // What may not happen is held by the property beside this one; here it only does not happen.
        let _ = play(&mut story, attempt);
    }
    disturbed(story.history, chance)
}

fn begin(seed: u32) -> Story<'static> {
    let clerk = people::amara();
    let anonymous = seed.is_multiple_of(5);
    let kind = [
        "complaint",
        "complaint",
        "complaint",
        "complaint",
        "compliment",
        "suggestion",
    ][seed as usize % 6];
    let raw = RawFeedback {
        kind: kind.to_owned(),
        about_staff: if seed.is_multiple_of(7) {
            "yes".to_owned()
        } else {
            String::new()
        },
        acting_for: if seed.is_multiple_of(13) {
            "Jonah Adeyemi".to_owned()
        } else {
            String::new()
        },
        name: if anonymous { String::new() } else { form().name },
        email: if anonymous || seed.is_multiple_of(3) {
            String::new()
        } else {
            form().email
        },
        reply_by: if anonymous || seed.is_multiple_of(3) {
            String::new()
        } else {
            "email".to_owned()
        },
        ..form()
    };
    let channel = Channel::ALL[seed as usize / 16 % Channel::ALL.len()];
    let vip = seed.is_multiple_of(11).then(|| VipFlagged {
        source: VipSource::List,
        detail: "governors".to_owned(),
    });
    // From January to the middle of July, at any hour.
    let now = at("2026-01-05 08:00") + SignedDuration::from_mins(i64::from(seed / 64 % 270_000));
    let arrival = Arrival {
        channel,
        received_at: (channel == Channel::Phone).then(|| now - SignedDuration::from_hours(i64::from(seed % 60))),
        logged_by: (channel != Channel::Web).then_some(&clerk),
        vip,
        set_apart_from: None,
        suggested: None,
    };
    let feedback = rules::intake::read(&raw).unwrap();
    Story::try_begin(house(), feedback, &arrival, now).unwrap()
}

/// The same history with other judgements in it, and now and then something that the rules forbid.
fn disturbed(history: Vec<Recorded>, chance: u64) -> Vec<Recorded> {
    let mut dice = Dice(chance);
    let mut events: Vec<Recorded> = Vec::new();
    let mut entered: Option<StageEntered> = None;
    for mut recorded in interrupted(history, &mut dice) {
        let unsigned = matches!(recorded.event, Event::SignOffApproved(_)) && dice.one_in(3);
        if unsigned {
            continue;
        }
        disturb(&mut recorded, &mut dice);
        let flagged = matches!(recorded.event, Event::DecisionRecorded(_)) && dice.one_in(12);
        if flagged {
            let event = Event::VipFlagged(VipFlagged {
                source: VipSource::Manager,
                detail: "Chair".to_owned(),
            });
            events.push(Recorded {
                event,
                ..recorded.clone()
            });
        }
        let told = recorded.clone();
        let promises = promises_of(&recorded, &events);
        if let Event::StageEntered(entry) = &recorded.event {
            entered = Some(entry.clone());
        }
        // Once the decision is told, or all is over, no date runs that could be counted again.
        if matches!(recorded.event, Event::DecisionCommunicated(_) | Event::Closed(_)) {
            entered = None;
        }
        events.push(recorded);
        events.extend(promises);
        if let Some(entry) = entered.as_ref().filter(|_| dice.one_in(20)) {
            events.push(Recorded {
                event: recounted(entry, told.at, &mut dice),
                actor: Actor::System,
                ..told.clone()
            });
        }
        if dice.one_in(25) {
            let reason = event::Reason {
                reason: "It is about Jo, or it is not".to_owned(),
            };
            let event = if dice.one_in(2) {
                Event::LaneRestricted(reason)
            } else {
                Event::LaneOpened(reason)
            };
            events.push(Recorded { event, ..told });
        }
    }
    for (at, recorded) in events.iter_mut().enumerate() {
        recorded.sequence = u32::try_from(at + 1).unwrap();
    }
    events
}

/// The promises that a decision makes, as the act writes them beside it.
fn promises_of(decided: &Recorded, before: &[Recorded]) -> Vec<Recorded> {
    let Event::DecisionRecorded(made) = &decided.event else {
        return Vec::new();
    };
    let earlier = before
        .iter()
        .filter(|recorded| matches!(recorded.event, Event::ActionCreated(_)));
    let first = 1 + u32::try_from(earlier.count()).unwrap();
    let created = (first..).zip(&made.decision.actions).map(|(number, action)| Recorded {
        event: Event::ActionCreated(event::ActionCreated {
            number,
            action: action.clone(),
        }),
        ..decided.clone()
    });
    created.collect()
}

/// The calendar changed, and the date of the present stay moved to a working day up to six weeks away; or it was kept.
fn recounted(entry: &StageEntered, at: Timestamp, dice: &mut Dice) -> Event {
    let calendar = &house().calendar;
    let today = calendar.time_zone().to_datetime(at).date();
    let old_on = calendar.on_or_after(today).unwrap();
    let days = u32::try_from(dice.below(30)).unwrap();
    Event::ClockRecomputed(ClockRecomputed {
        clock: format!("stage_{}", entry.stage),
        from: entry.clock_from,
        old_on,
        new_on: calendar.add_working_days(old_on, days).unwrap(),
        calendar: "another".to_owned(),
    })
}

/// The same history with some weeks in which nothing happened, at any place.
fn interrupted(mut history: Vec<Recorded>, dice: &mut Dice) -> Vec<Recorded> {
    let at = usize::try_from(dice.below(i64::try_from(history.len()).unwrap()))
        .unwrap()
        .max(1);
    let weeks = SignedDuration::from_hours(24 * dice.below(40) * dice.below(2));
    let Some(cut) = history.get(at).map(|recorded| recorded.at) else {
        return history;
    };
    let later = |instant: &mut Timestamp| {
        if *instant >= cut {
            *instant += weeks;
        }
    };
    for recorded in &mut history[at..] {
        later(&mut recorded.at);
        match &mut recorded.event {
            Event::StageEntered(entry) => later(&mut entry.clock_from),
            Event::Acknowledged(told) => later(&mut told.at),
            Event::LetterDelivered(told) | Event::DecisionCommunicated(told) => later(&mut told.communicated.at),
            Event::ExtensionApproved(extension) => later(&mut extension.approved_at),
            Event::EscalationRequested(request) => request.late = dice.one_in(4),
            _ => {}
        }
    }
    history
}

fn disturb(recorded: &mut Recorded, dice: &mut Dice) {
    match &mut recorded.event {
        Event::Received(received) => received.complainant.kind = *dice.pick(ComplainantKind::ALL),
        Event::Acknowledged(told) if dice.one_in(3) => told.at += SignedDuration::from_secs(dice.below(3_000)),
        Event::AcknowledgementFailed(failed) | Event::LetterFailed(failed) => failed.given_up = dice.one_in(2),
        Event::CategorySet(set) => {
            set.service = (*dice.pick(&["A1", "A3", "A13"])).to_owned();
            set.problem = (*dice.pick(&["B1", "B7", "B11"])).to_owned();
        }
        Event::JobRaised(_) if dice.one_in(9) => {
            let words = "The job register was down.".to_owned();
            recorded.event = Event::NoteAdded(NoteAdded { words });
        }
        Event::Closed(closed) if !matches!(closed.ending, Ending::Decided | Ending::Noted) => {
            closed.ending = *dice.pick(&[
                Ending::NotAComplaint,
                Ending::LoggedInError,
                Ending::Referred,
                Ending::Withdrawn,
            ]);
        }
        Event::DraftSaved(_) if dice.one_in(3) => recorded.actor = Actor::Staff(people::amara().id),
        Event::DecisionRecorded(decided) => {
            let today = house().calendar.time_zone().to_datetime(recorded.at).date();
            for days in (0..dice.below(3)).map(|_| dice.below(90)) {
                decided.decision.actions.push(Action {
                    text: "Ask first".to_owned(),
                    owner: "Helpline".to_owned(),
                    due_on: today.checked_add(jiff::Span::new().days(days)).unwrap(),
                });
            }
            decide(&mut decided.decision, dice);
            decided.outcome = decided.decision.outcome;
        }
        _ => {}
    }
}

fn decide(decision: &mut Decision, dice: &mut Dice) {
    decision.outcome = *dice.pick(Outcome::ALL);
    decision.satisfaction = *dice.pick(Satisfaction::ALL);
    decision.root_cause = (!dice.one_in(3)).then(|| (*dice.pick(&["supplier", "change"])).to_owned());
    let answer = *dice.pick(LearningAnswer::ALL);
    decision.learning = (!dice.one_in(3)).then_some(Learning { answer, text: None });
    for kind in ["refund", "fix"] {
        if dice.one_in(3) {
            decision.remedies.push(Remedy {
                kind: kind.to_owned(),
                text: None,
            });
        }
    }
}

/// Chance from one number.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn below(&mut self, most: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }

    fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(i64::try_from(of.len()).unwrap())).unwrap()]
    }
}
