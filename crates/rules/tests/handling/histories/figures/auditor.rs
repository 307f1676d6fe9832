//! Somebody who trusts nobody: reads the raw events of cases with a pencil and counts every figure again, day by day.
//!
//! Nothing of the review is used here, no fold of a case and no clock: the limits are written down as the procedure states them, and working
//! days are counted one by one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rules::case::event::{Part, Received};
use rules::case::vocabulary::{Channel, Ending, FeedbackKind, StageReason, Urgency};
use rules::case::{Decision, Event, Recorded};
use rules::clock::Calendar;
use rules::follow_on::{FollowOnEvent, Happened};
use rules::letters::LetterKind;
use rules::people::StaffId;
use testkit::house;

/// What was counted: figure, group and item with a number; figure and group with values.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) cells: BTreeMap<(String, String, String), u32>,
    pub(super) values: BTreeMap<(String, String), Vec<u32>>,
}

impl Count {
    /// Where another count says something else.
    pub(super) fn differences(&self, other: &Count) -> String {
        let mut text = String::new();
        let cells: std::collections::BTreeSet<_> = self.cells.keys().chain(other.cells.keys()).collect();
        for cell in cells
            .into_iter()
            .filter(|cell| self.cells.get(*cell) != other.cells.get(*cell))
        {
            let (mine, theirs) = (self.cells.get(cell), other.cells.get(cell));
            text.push_str(&format!("{cell:?}: {mine:?} and {theirs:?}\n"));
        }
        if self.values != other.values {
            text.push_str(&format!("{:?} and {:?}", self.values, other.values));
        }
        text
    }

    fn tick(&mut self, figure: &str, group: &str, item: &str) {
        self.ticks(figure, group, item, 1);
    }

    fn ticks(&mut self, figure: &str, group: &str, item: &str, n: u32) {
        if n > 0 {
            let key = (figure.to_owned(), group.to_owned(), item.to_owned());
            *self.cells.entry(key).or_default() += n;
        }
    }

    /// One of a group, and one of its whole.
    fn part(&mut self, figure: &str, group: &str, item: &str) {
        self.tick(figure, group, "all");
        self.tick(figure, group, item);
    }

    fn value(&mut self, figure: &str, group: &str, value: u32) {
        let key = (figure.to_owned(), group.to_owned());
        self.values.entry(key).or_default().push(value);
    }
}

/// The days that are asked about, and the last day that is over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) over: Date,
}

impl Days {
    fn hold(&self, day: Date) -> bool {
        day >= self.first && day <= self.last
    }
}

/// A decision that was told.
struct Told {
    stage: u8,
    way: &'static str,
    on: Date,
    at_once: bool,
    due: Date,
    due_extended: Date,
    extended: bool,
    from: Date,
    decision: Decision,
    approved: bool,
    money_vip_or_risk: bool,
    vip: bool,
    decider: Option<StaffId>,
    earlier_deciders: Vec<StaffId>,
    earlier_outcome: Option<String>,
}

/// A stay at a stage while the events are read.
#[derive(Clone)]
struct Stay {
    stage: u8,
    way: &'static str,
    reason: StageReason,
    entered: Timestamp,
    from: Timestamp,
    extensions: Vec<(u32, Timestamp)>,
    /// After how many extensions the calendar moved the date, and to which day.
    moves: Vec<(usize, Date)>,
    draft_by: Option<StaffId>,
    approved: bool,
    written_to: bool,
    decision: Option<(Decision, Option<StaffId>, bool, bool)>,
    told: Option<Timestamp>,
    spoken: bool,
}

/// An opening or a closing: the day, how, and the number of its event.
/// A history and its receipt.
type Log<'a> = (&'a [Recorded], &'a Received);
type Opening = (Date, &'static str, usize);
type Closing = (Date, Ending, usize);

/// A case as far as it was read.
struct Read<'a> {
    history: &'a [Recorded],
    received: &'a Received,
    openings: Vec<Opening>,
    closings: Vec<Closing>,
    stays: Vec<Stay>,
}

pub(super) struct Auditor {
    zone: TimeZone,
    calendar: &'static Calendar,
}

impl Auditor {
    pub(super) fn new() -> Auditor {
        Auditor {
            zone: TimeZone::get("Europe/London").unwrap(),
            calendar: &house().calendar,
        }
    }

    fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// So many working days after a day, one by one.
    fn after(&self, day: Date, days: u32) -> Date {
        let (mut day, mut left) = (day, days);
        while left > 0 {
            day = day.tomorrow().unwrap();
            left -= u32::from(self.calendar.is_working_day(day));
        }
        day
    }

    /// Working days after one day up to another, one by one.
    fn between(&self, from: Date, to: Date) -> u32 {
        let (mut day, mut n) = (from, 0);
        while day < to {
            day = day.tomorrow().unwrap();
            n += u32::from(self.calendar.is_working_day(day));
        }
        n
    }

    /// Adds one case to the count.
    pub(super) fn add(&self, history: &[Recorded], days: Days, count: &mut Count) {
        let Event::Received(received) = &history[0].event else {
            panic!("no receipt")
        };
        let kind = last(history, |event| match event {
            Event::Reclassified(change) => Some(change.to),
            _ => None,
        })
        .unwrap_or(received.kind);
        let (openings, closings) = self.open_times(history);
        let ends = closings.len() == openings.len();
        let ending = closings.last().map(|(_, ending, _)| *ending).filter(|_| ends);
        let left_out = matches!(ending, Some(Ending::NotAComplaint | Ending::LoggedInError));
        let complaint = kind == FeedbackKind::Complaint && !left_out;
        self.receipt((history, received), (kind, ending.filter(|_| left_out)), days, count);
        if kind == FeedbackKind::Compliment && !left_out {
            self.praise((history, received), &closings, days, count);
        }
        if !complaint {
            return;
        }
        let read = Read {
            history,
            received,
            openings,
            closings,
            stays: self.stays(history),
        };
        self.flow(&read, days, count);
        self.decisions(&read, days, count);
        self.closings(&read, days, count);
        self.update_figures(&read, days, count);
        self.other_moments(&read, days, count);
        self.open_at_end(&read, days, count);
        self.must_never_be(&read, days, count);
    }

    /// When it was opened, how, and the number of the event; when it was closed, how, and the number of the event.
    fn open_times(&self, history: &[Recorded]) -> (Vec<Opening>, Vec<Closing>) {
        let (mut openings, mut closings) = (Vec::new(), Vec::new());
        for (at, recorded) in history.iter().enumerate() {
            let today = self.day(recorded.at);
            match &recorded.event {
                Event::Received(received) => openings.push((received.received_on, "received", at)),
                Event::Reopened(_) => openings.push((today, "reopened", at)),
                Event::EscalationRequested(_) if closings.len() == openings.len() => {
                    openings.push((today, "asked_again", at));
                }
                Event::Closed(closed) => closings.push((today, closed.ending, at)),
                _ => {}
            }
        }
        (openings, closings)
    }

    fn receipt(
        &self,
        (history, received): Log<'_>,
        (kind, left_out): (FeedbackKind, Option<Ending>),
        days: Days,
        count: &mut Count,
    ) {
        if !days.hold(received.received_on) {
            return;
        }
        if let Some(ending) = left_out {
            count.part("k1", "left_out", ending.code());
            return;
        }
        count.part("k1", "kind", kind.code());
        if kind != FeedbackKind::Complaint {
            return;
        }
        count.part("k1", "channel", received.channel.code());
        count.part("k1", "complainant", received.complainant.kind.code());
        let entry = history.iter().find_map(|recorded| match &recorded.event {
            Event::StageEntered(entry) => Some(format!("stage-{}", entry.stage)),
            _ => None,
        });
        count.part("k1", "entry", entry.as_deref().unwrap_or("stage-0"));
        count.part(
            "k1",
            "matter",
            if follows(history) {
                "joined_matter"
            } else {
                "own_matter"
            },
        );
        let who = &received.complainant;
        let anonymous = [&who.name, &who.email, &who.phone, &who.username]
            .iter()
            .all(|one| one.is_none());
        if anonymous {
            count.tick("k1", "anonymous", "all");
        }
        self.acknowledged(history, received, (anonymous, days), count);
        let category = category(history);
        let (service, problem) = category.unwrap_or(("none".to_owned(), "none".to_owned()));
        count.part("k12", "service", &service);
        count.part("k12", "problem", &problem);
        count.tick("k12", &format!("service:{service}"), &problem);
        if restricted(history) {
            count.part("k17", "received", &problem);
        }
    }

    fn acknowledged(
        &self,
        history: &[Recorded],
        received: &Received,
        (anonymous, days): (bool, Days),
        count: &mut Count,
    ) {
        let told = history.iter().filter_map(|recorded| match &recorded.event {
            Event::Acknowledged(told) => Some(told.at),
            _ => None,
        });
        let acknowledged = told.into_iter().next();
        if acknowledged.is_none() && anonymous {
            count.tick("k3", "not_owed", "all");
            return;
        }
        let decided = history.iter().find_map(|recorded| match &recorded.event {
            Event::DecisionCommunicated(told) => Some(told.communicated.at),
            _ => None,
        });
        let first = acknowledged.into_iter().chain(decided).min();
        let start = received.received_at.max(history[0].at);
        let paper = received.channel == Channel::Post;
        let due_day = if paper {
            self.day(start)
        } else {
            self.day(start + jiff::SignedDuration::from_mins(15))
        };
        let how = match first {
            None if due_day <= days.over => "overdue",
            None => "waiting",
            Some(at) if paper && self.day(at) > due_day => "late",
            Some(at) if !paper && at.as_second() > start.as_second() + 900 => "late",
            Some(_) => "in_time",
        };
        count.part("k3", "owed", how);
        if let Some(at) = first {
            let seconds = at.duration_since(start).as_secs().max(0);
            count.value("k3", "minutes", u32::try_from((seconds + 59) / 60).unwrap());
        }
        let failures = history
            .iter()
            .filter(|recorded| recorded.event.kind() == "ack.delivery_failed");
        count.ticks("k3", "failures", "all", u32::try_from(failures.count()).unwrap());
    }

    fn praise(&self, (history, received): Log<'_>, closings: &[Closing], days: Days, count: &mut Count) {
        if days.hold(received.received_on) {
            let service = category(history).map_or("none".to_owned(), |(service, _)| service);
            count.part("k19", "service", &service);
        }
        for (on, ending, _) in closings {
            if *ending == Ending::Noted && days.hold(*on) {
                count.tick("k19", "passed_on", "all");
                count.value("k19", "passed_on", self.between(received.received_on, *on));
            }
        }
    }

    fn stays(&self, history: &[Recorded]) -> Vec<Stay> {
        let mut stays: Vec<Stay> = Vec::new();
        let (mut judged, mut vip, mut high) = (false, false, false);
        for recorded in history {
            let by = recorded.actor.staff();
            match &recorded.event {
                Event::StageEntered(entry) => {
                    let way = match entry.reason {
                        StageReason::Escalated => "escalated",
                        StageReason::Reopened => "reopened",
                        _ if judged => "rerouted",
                        _ => "direct",
                    };
                    judged = true;
                    stays.push(Stay {
                        stage: entry.stage,
                        way,
                        reason: entry.reason,
                        entered: recorded.at,
                        from: entry.clock_from,
                        extensions: Vec::new(),
                        moves: Vec::new(),
                        draft_by: None,
                        approved: false,
                        written_to: false,
                        decision: None,
                        told: None,
                        spoken: false,
                    });
                }
                Event::Reopened(_) => judged = false,
                Event::VipFlagged(_) => vip = true,
                Event::RiskAssessed(risk) => high = risk.high_risk,
                event => {
                    if let Some(stay) = stays.last_mut() {
                        note(stay, event, by, (vip, high));
                    }
                }
            }
        }
        stays
    }

    fn told(&self, received: &Received, stays: &[Stay]) -> Vec<Told> {
        let mut told = Vec::new();
        for (at, stay) in stays.iter().enumerate() {
            let (Some(told_at), Some((decision, decider, needed, vip))) = (stay.told, stay.decision.clone()) else {
                continue;
            };
            let earlier = |stay: &&Stay, than: u8| stay.stage < than;
            let due = self.due(stay);
            told.push(Told {
                stage: stay.stage,
                way: stay.way,
                on: self.day(told_at),
                at_once: stay.way == "direct"
                    && stay.spoken
                    && !stay.written_to
                    && self.day(told_at) == received.received_on,
                due,
                due_extended: self.due_extended(stay),
                extended: !stay.extensions.is_empty(),
                from: self.day(stay.from),
                decision,
                approved: stay.approved,
                money_vip_or_risk: needed,
                vip,
                decider,
                earlier_deciders: stays[..at]
                    .iter()
                    .filter(|one| earlier(one, stay.stage))
                    .filter_map(|one| one.decision.as_ref()?.1)
                    .collect(),
                earlier_outcome: stays[..at]
                    .iter()
                    .rev()
                    .filter(|one| earlier(one, stay.stage) && one.told.is_some())
                    .find_map(|one| {
                        one.decision
                            .as_ref()
                            .map(|(decision, ..)| decision.outcome.code().to_owned())
                    }),
            });
        }
        told
    }

    fn due(&self, stay: &Stay) -> Date {
        let due = self.after(self.day(stay.from), if stay.stage == 1 { 3 } else { 20 });
        self.moved(due, stay, 0)
    }

    /// What changes of the calendar that came after so many extensions made of a date: never an earlier one (A42).
    fn moved(&self, due: Date, stay: &Stay, extensions: usize) -> Date {
        let moves = stay.moves.iter().filter(|(after, _)| *after == extensions);
        moves.fold(due, |due, (_, new_on)| due.max(*new_on))
    }

    /// Each extension that was approved on the day or before moves it on.
    fn due_extended(&self, stay: &Stay) -> Date {
        let mut due = self.due(stay);
        for (before, (days, approved_at)) in stay.extensions.iter().enumerate() {
            if self.day(*approved_at) > due {
                break;
            }
            due = self.moved(self.after(due, *days), stay, before + 1);
        }
        due
    }

    fn flow(&self, read: &Read<'_>, days: Days, count: &mut Count) {
        let (openings, closings) = (&read.openings, &read.closings);
        // Walks through the days' events instead of asking intervals: open before the first day, then what happened, then open after.
        let is_open = |day: Date| {
            let opened = openings.iter().filter(|(on, ..)| *on <= day).count();
            let closed = closings.iter().filter(|(on, ..)| *on <= day).count();
            u32::try_from(opened - closed).unwrap()
        };
        count.ticks(
            "k2",
            "complaints",
            "brought_forward",
            is_open(days.first.yesterday().unwrap()),
        );
        count.ticks("k2", "complaints", "carried_forward", is_open(days.last));
        for (_, how, _) in openings.iter().filter(|(on, ..)| days.hold(*on)) {
            if *how == "received" {
                count.tick("k2", "complaints", "received");
            } else {
                count.tick("k2", "complaints", "taken_up_again");
                count.part("k2", "taken_up_again", how);
            }
        }
        let closed = closings.iter().filter(|(on, ..)| days.hold(*on)).count();
        count.ticks("k2", "complaints", "closed", u32::try_from(closed).unwrap());
    }

    fn decisions(&self, read: &Read<'_>, days: Days, count: &mut Count) {
        let all = self.told(read.received, &read.stays);
        for told in all.iter().filter(|told| days.hold(told.on)) {
            let timing = if told.on <= told.due {
                "in_time"
            } else if told.on <= told.due_extended {
                "extended"
            } else {
                "late"
            };
            let (figure, stage) = (
                if told.stage == 1 { "k4" } else { "k5" },
                format!("stage-{}", told.stage),
            );
            count.part(figure, "decisions", timing);
            count.part(figure, told.way, timing);
            count.value("k6", &stage, self.between(told.from, told.on));
            if told.stage == 1 {
                count.tick("k7", "first_contact", "all");
                count.ticks("k7", "first_contact", "yes", u32::from(told.at_once));
                count.tick("k8", "answered", "all");
            }
            count.tick("k9", &stage, "all");
            count.ticks("k9", &stage, "extended", u32::from(told.extended));
            count.part("k10", &stage, told.decision.outcome.code());
            if let Some(earlier) = &told.earlier_outcome {
                count.tick("k10", "changed", "all");
                count.ticks(
                    "k10",
                    "changed",
                    "yes",
                    u32::from(earlier != told.decision.outcome.code()),
                );
            }
            for remedy in &told.decision.remedies {
                count.part("k15", "remedy", &remedy.kind);
            }
            for kind in &told.decision.resolution_kinds {
                count.part("k15", "resolution", kind);
            }
            if restricted(read.history) {
                count.part("k17", "decisions", timing);
            }
            count.part("k18", "decisions", told.decision.satisfaction.code());
            count.tick("k20", "decisions", "all");
            let unsigned = told.stage > 1 && told.money_vip_or_risk && !told.approved;
            count.ticks("k20", "decisions", "no_sign_off", u32::from(unsigned));
            let again = told.decider.is_some_and(|who| told.earlier_deciders.contains(&who));
            count.ticks("k20", "decisions", "same_decider", u32::from(again));
            count.ticks(
                "k20",
                "decisions",
                "vip_at_stage_1",
                u32::from(told.vip && told.stage == 1),
            );
        }
    }

    /// An action from its raw stream: since when it is to be done, by when, and whether that is over.
    pub(super) fn follow(&self, stream: &[Happened], days: Days, count: &mut Count) {
        let (mut proposed, mut since, mut due) = (None, None, None);
        let (mut done, mut seen, mut dropped, mut told) = (None, None, None, None);
        for happened in stream {
            let on = self.day(happened.at);
            match &happened.event {
                FollowOnEvent::Proposed(_) => proposed = Some(on),
                FollowOnEvent::Promised(promise) => (since, due) = (Some(on), Some(promise.due_on)),
                FollowOnEvent::Accepted(charge) => (since, due) = (Some(on), Some(charge.due_on)),
                FollowOnEvent::Changed(charge) => due = Some(charge.due_on),
                FollowOnEvent::Done(_) => done = Some(on),
                FollowOnEvent::SentBack(_) => done = None,
                FollowOnEvent::Verified(_) => seen = Some(on),
                FollowOnEvent::Dropped(_) => dropped = Some(on),
                FollowOnEvent::Published(_) => told = Some(on),
                FollowOnEvent::Unpublished(_) => told = None,
                FollowOnEvent::Started(_) => {}
            }
        }
        let within = |on: Option<Date>| on.is_some_and(|on| days.hold(on));
        let mut tick = |holds: bool, group: &str, item: &str| count.ticks("k14", group, item, u32::from(holds));
        tick(within(since), "actions", "opened");
        tick(within(done), "actions", "done");
        tick(within(seen), "actions", "verified");
        tick(within(dropped) && since.is_some(), "actions", "dropped");
        tick(within(told), "published", "all");
        tick(within(proposed), "recommendations", "made");
        tick(within(since) && proposed.is_some(), "recommendations", "accepted");
        tick(
            within(dropped) && proposed.is_some() && since.is_none(),
            "recommendations",
            "dropped",
        );
        let over = done.or(dropped).is_some_and(|over| over <= days.last);
        let Some(since) = since.filter(|since| *since <= days.last && !over) else {
            return;
        };
        tick(true, "open", "all");
        tick(due.is_some_and(|due| due <= days.over), "open", "overdue");
        let mut age = 0;
        let mut day = since;
        while day < days.last {
            day = day.tomorrow().unwrap();
            age += 1;
        }
        let band = match age {
            0..=30 => "0-30",
            31..=90 => "31-90",
            _ => "91+",
        };
        tick(true, "age", band);
    }

    fn closings(&self, read: &Read<'_>, days: Days, count: &mut Count) {
        let Read { history, received, .. } = read;
        for (_, ending, at) in read.closings.iter().filter(|(on, ..)| days.hold(*on)) {
            count.part("k7", "ending", ending.code());
            if *ending != Ending::Decided {
                continue;
            }
            let stays = self.stays(&history[..*at]);
            let Some(told) = self.told(received, &stays).pop() else {
                panic!("closed as decided without a decision that was told")
            };
            count.part("k7", "decided", &format!("stage-{}", told.stage));
            count.part("k7", "satisfied", told.decision.satisfaction.code());
            count.value("k6", "whole", self.between(received.received_on, told.on));
            // What was said of it until it was taken up again; what is said after that belongs to its next ending.
            let again = read.openings.iter().map(|(.., again)| *again).find(|again| again > at);
            let said = &history[..again.unwrap_or(history.len())];
            let cause = last(said, |event| match event {
                Event::DecisionRecorded(recorded) => recorded.decision.root_cause.clone(),
                Event::RootCauseSet(set) => Some(set.cause.clone()),
                _ => None,
            });
            count.part("k13", "cause", cause.as_deref().unwrap_or("none"));
            let learning = last(said, |event| match event {
                Event::DecisionRecorded(recorded) => {
                    recorded.decision.learning.as_ref().map(|learning| learning.answer)
                }
                Event::LearningRecorded(learning) => Some(learning.answer),
                _ => None,
            });
            count.part("k13", "answered", learning.map_or("none", |answer| answer.code()));
            if category(history).is_none() {
                count.tick("k20", "closed", "no_category");
            }
        }
    }

    /// Each update that fell due: the day, how it went, and the number of the event that settled it.
    fn updates(&self, history: &[Recorded]) -> Vec<(Date, &'static str, usize)> {
        let mut settled = Vec::new();
        let mut desk = Desk::default();
        let mut standing: Option<Date> = None;
        for (at, recorded) in history.iter().enumerate() {
            let news = desk.read(recorded);
            let next = (!desk.told && desk.kind == FeedbackKind::Complaint).then(|| self.next_update(&desk));
            if let Some(day) = standing
                && next != Some(day)
            {
                let moved = match news {
                    News::Update(when) if self.day(when) <= day => Some("in_time"),
                    News::Update(_) => Some("late"),
                    News::Told(when) => (self.day(when) > day).then_some("late"),
                    News::Nothing => (self.day(recorded.at) > day).then_some("missed"),
                };
                settled.extend(moved.map(|how| (day, how, at)));
            }
            standing = next;
        }
        settled.extend(standing.map(|day| (day, "waiting", history.len())));
        settled
    }

    fn next_update(&self, desk: &Desk) -> Date {
        let usual = if desk.stage > 1 { 5 } else { 1 };
        let rhythm = match desk.urgency {
            Urgency::Immediate => 1,
            Urgency::High => usual.min(2),
            _ => usual,
        };
        let from = if desk.stage > 1 {
            desk.contact.max(desk.entered)
        } else {
            desk.contact
        };
        let due = self.after(self.day(from), rhythm);
        desk.promised.filter(|promised| *promised < due).unwrap_or(due)
    }

    fn update_figures(&self, read: &Read<'_>, days: Days, count: &mut Count) {
        let updates = self.updates(read.history);
        for (on, how, _) in updates.iter().filter(|(on, ..)| days.hold(*on)) {
            match *how {
                "waiting" if *on > days.over => {}
                "waiting" => count.part("k11", "due", "missed"),
                how => count.part("k11", "due", how),
            }
        }
        for ((_, _, opened), (on, ending, closed)) in read.openings.iter().zip(&read.closings) {
            let mine: Vec<&str> = updates
                .iter()
                .filter(|(_, how, at)| at > opened && at <= closed && *how != "waiting")
                .map(|(_, how, _)| *how)
                .collect();
            if days.hold(*on) && *ending == Ending::Decided && !mine.is_empty() {
                count.tick("k11", "closed", "all");
                count.ticks(
                    "k11",
                    "closed",
                    "silent",
                    u32::from(mine.iter().all(|how| *how == "missed")),
                );
            }
        }
    }

    fn other_moments(&self, read: &Read<'_>, days: Days, count: &mut Count) {
        let Read { history, stays, .. } = read;
        let mut stage = 0;
        let mut asked_on = None;
        for (at, recorded) in history.iter().enumerate() {
            let today = self.day(recorded.at);
            match &recorded.event {
                Event::StageEntered(entry) => stage = entry.stage,
                Event::EscalationRequested(request) => {
                    asked_on = Some(today);
                    if days.hold(today) {
                        count.tick("k8", "asked", "all");
                        count.ticks("k8", "asked", "late", u32::from(request.late));
                    }
                }
                Event::EscalationAccepted(_) | Event::EscalationRefused(_) if days.hold(today) => {
                    let granted = recorded.event.kind() == "escalation.accepted";
                    count.part("k8", "answers", if granted { "granted" } else { "refused" });
                    let late = asked_on.is_some_and(|asked| today > self.after(asked, 1));
                    count.ticks("k8", "answers", "late", u32::from(late));
                }
                Event::ExtensionApproved(extension) if days.hold(today) => {
                    let stage = format!("stage-{stage}");
                    count.part("k9", "approved", &stage);
                    count.ticks("k9", "days", "all", extension.days);
                    count.ticks("k9", "days", &stage, extension.days);
                    count.tick("k9", "reason", extension.reason_code.as_deref().unwrap_or("in_words"));
                    count.ticks("k9", "approved", "too_late", u32::from(today > extension.old_due_on));
                    let notice = self.notice(history, at);
                    let how = match notice {
                        Some(on) if on <= extension.old_due_on => "in_time",
                        None if extension.old_due_on > days.over => "waiting",
                        _ => "late",
                    };
                    count.tick("k9", "notice", how);
                }
                _ => {}
            }
        }
        for stay in stays {
            let group = match stay.way {
                "direct" => "direct",
                "rerouted" => "moved",
                _ => continue,
            };
            if stay.stage > 1 && days.hold(self.day(stay.entered)) {
                count.part("k8", group, stay.reason.code());
            }
        }
    }

    /// The day on which the notice of the extension at this place arrived: the first notices go to the first extensions.
    fn notice(&self, history: &[Recorded], at: usize) -> Option<Date> {
        let mut waiting = Vec::new();
        for (place, recorded) in history.iter().enumerate() {
            match &recorded.event {
                Event::ExtensionApproved(_) => waiting.push(place),
                Event::LetterDelivered(delivered)
                    if delivered.letter == LetterKind::Extension && !waiting.is_empty() && waiting.remove(0) == at =>
                {
                    return Some(self.day(delivered.communicated.at));
                }
                _ => {}
            }
        }
        None
    }

    fn open_at_end(&self, read: &Read<'_>, days: Days, count: &mut Count) {
        let Read {
            history,
            received,
            openings,
            closings,
            stays,
        } = read;
        let opened = openings.iter().filter(|(on, ..)| *on <= days.last).count();
        let closed = closings.iter().filter(|(on, ..)| *on <= days.last).count();
        if opened == closed {
            return;
        }
        count.tick("k16", "open", "all");
        let stay = stays.iter().rfind(|stay| self.day(stay.entered) <= days.last);
        count.tick("k16", "stage", &format!("stage-{}", stay.map_or(0, |stay| stay.stage)));
        let age = match self.between(received.received_on, days.last) {
            0..=3 => "0-3",
            4..=10 => "4-10",
            11..=20 => "11-20",
            _ => "21+",
        };
        count.tick("k16", "age", age);
        let due = match stay {
            None => Some(self.due_unjudged(history, received)),
            Some(stay) if stay.told.is_some_and(|told| self.day(told) <= days.last) => None,
            Some(stay) => Some(self.due_extended(stay)),
        };
        let week = jiff::Span::new().days(7);
        match due {
            Some(due) if due <= days.over => count.tick("k16", "open", "late"),
            Some(due) if due <= days.over + week => count.tick("k16", "open", "due"),
            _ => {}
        }
        let owned = history
            .iter()
            .any(|recorded| recorded.event.kind() == "case.assigned" && self.day(recorded.at) <= days.last);
        count.ticks("k16", "open", "no_owner", u32::from(!owned));
    }

    /// Before anybody has judged it: twenty days for a VIP or what was found hard before, and three for everything else, from the receipt or from
    /// when it was taken up again.
    fn due_unjudged(&self, history: &[Recorded], received: &Received) -> Date {
        let judged = history.iter().find(|recorded| recorded.event.kind() == "stage.entered");
        let unjudged = history
            .iter()
            .take_while(|recorded| judged.is_none_or(|judged| recorded.at < judged.at));
        let mut open = true;
        let (mut from, mut vip, mut hard, mut long) = (received.received_on, false, false, false);
        for recorded in unjudged {
            match &recorded.event {
                Event::Reopened(_) => (open, from) = (true, self.day(recorded.at)),
                Event::Closed(_) => open = false,
                Event::VipFlagged(_) => vip = true,
                Event::RiskAssessed(risk) => hard = risk.complex || risk.high_risk || risk.needs_investigation,
                _ => {}
            }
            long = if open { vip || hard } else { long };
        }
        self.after(from, if long { 20 } else { 3 })
    }

    fn must_never_be(&self, read: &Read<'_>, days: Days, count: &mut Count) {
        let Read { history, received, .. } = read;
        if !days.hold(received.received_on) {
            return;
        }
        count.tick("k20", "received", "all");
        let job = history.iter().any(|recorded| recorded.event.kind() == "job.created");
        count.ticks("k20", "received", "no_job", u32::from(!job));
        count.ticks("k20", "received", "letter_lost", u32::from(letter_lost(history)));
        let later = self.day(history[0].at) > received.received_on;
        count.ticks("k20", "received", "logged_later", u32::from(later));
    }
}

fn note(stay: &mut Stay, event: &Event, by: Option<StaffId>, (vip, high): (bool, bool)) {
    match event {
        Event::ExtensionApproved(extension) => stay.extensions.push((extension.days, extension.approved_at)),
        Event::DraftSaved(_) => stay.draft_by = by,
        Event::SignOffApproved(_) => stay.approved = true,
        Event::UpdateSent(_) | Event::ConsentAsked(_) | Event::InfoRequested(_) => {
            stay.written_to |= stay.told.is_none();
        }
        Event::ClockRecomputed(again) if again.from == stay.from => {
            stay.moves.push((stay.extensions.len(), again.new_on));
        }
        Event::DecisionRecorded(recorded) => {
            let money = recorded
                .decision
                .remedies
                .iter()
                .any(|remedy| ["refund", "compensation", "goodwill"].contains(&remedy.kind.as_str()));
            let decider = if stay.draft_by.is_some() { stay.draft_by } else { by };
            stay.decision = Some((recorded.decision.clone(), decider, vip || high || money, vip));
        }
        Event::DecisionCommunicated(told) => {
            (stay.told, stay.spoken) = (Some(told.communicated.at), told.communicated.by.is_spoken());
        }
        _ => {}
    }
}

/// What the rhythm of updates is counted from.
struct Desk {
    kind: FeedbackKind,
    told: bool,
    stage: u8,
    entered: Timestamp,
    contact: Timestamp,
    promised: Option<Date>,
    urgency: Urgency,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk {
            kind: FeedbackKind::Complaint,
            told: false,
            stage: 1,
            entered: Timestamp::UNIX_EPOCH,
            contact: Timestamp::UNIX_EPOCH,
            promised: None,
            urgency: Urgency::Normal,
        }
    }
}

enum News {
    Update(Timestamp),
    Told(Timestamp),
    Nothing,
}

impl Desk {
    fn read(&mut self, recorded: &Recorded) -> News {
        match &recorded.event {
            Event::Received(received) => (self.kind, self.contact) = (received.kind, received.received_at),
            Event::Reclassified(change) => self.kind = change.to,
            Event::StageEntered(entry) => (self.stage, self.entered) = (entry.stage, recorded.at),
            Event::UrgencySet(set) => self.urgency = set.urgency,
            Event::Acknowledged(told) => {
                self.contact = self.contact.max(told.at);
                return News::Told(told.at);
            }
            Event::UpdateSent(update) => {
                (self.contact, self.promised) = (recorded.at, update.next_on);
                return News::Update(recorded.at);
            }
            Event::ConsentAsked(_) | Event::InfoRequested(_) => {
                (self.contact, self.promised) = (recorded.at, None);
                return News::Update(recorded.at);
            }
            Event::LetterDelivered(delivered) if delivered.letter == LetterKind::QuestionReminder => {}
            Event::LetterDelivered(delivered) => {
                let at = delivered.communicated.at;
                self.contact = self.contact.max(at);
                let acknowledges = [LetterKind::Acknowledgement, LetterKind::FeedbackReceived];
                return if acknowledges.contains(&delivered.letter) {
                    News::Told(at)
                } else {
                    News::Update(at)
                };
            }
            Event::DecisionCommunicated(told) => {
                (self.contact, self.promised, self.told) = (told.communicated.at, None, true);
                return News::Told(told.communicated.at);
            }
            Event::EscalationRequested(_) | Event::Reopened(_) => {
                (self.contact, self.promised, self.told) = (recorded.at, None, false);
            }
            Event::EscalationRefused(_) | Event::Closed(_) => self.told = true,
            _ => {}
        }
        News::Nothing
    }
}

fn last<T>(history: &[Recorded], pick: impl Fn(&Event) -> Option<T>) -> Option<T> {
    history.iter().rev().find_map(|recorded| pick(&recorded.event))
}

fn category(history: &[Recorded]) -> Option<(String, String)> {
    last(history, |event| match event {
        Event::CategorySet(set) => Some((set.service.clone(), set.problem.clone())),
        _ => None,
    })
}

/// Whether it follows another complaint in a group at the end, by the first link that was not taken back.
fn follows(history: &[Recorded]) -> bool {
    let mut links: Vec<(String, Part)> = Vec::new();
    for recorded in history {
        match &recorded.event {
            Event::CaseLinked(link) => links.push((link.with.to_string(), link.part)),
            Event::CaseUnlinked(link) => links.retain(|(with, _)| *with != link.with.to_string()),
            _ => {}
        }
    }
    links.first().is_some_and(|(_, part)| *part == Part::Follows)
}

/// Whether only few may see it, by the last word on it.
fn restricted(history: &[Recorded]) -> bool {
    let said = history.iter().rev().find_map(|recorded| match &recorded.event {
        Event::LaneRestricted(_) => Some(true),
        Event::LaneOpened(_) => Some(false),
        Event::Received(received) => Some(received.about_staff),
        _ => None,
    });
    said == Some(true)
}

/// A letter whose last try was given up and that never arrived afterwards, nor goes out again. A decision that was told says more than whatever
/// was to be told before it, and has no need of its letter.
fn letter_lost(history: &[Recorded]) -> bool {
    let mut lost: BTreeMap<LetterKind, bool> = BTreeMap::new();
    let mut untold = false;
    for recorded in history {
        match &recorded.event {
            Event::AcknowledgementFailed(failed) | Event::LetterFailed(failed) => {
                lost.insert(failed.letter, failed.given_up && (untold || !failed.letter.decides()));
            }
            Event::Acknowledged(_) => {
                lost.remove(&LetterKind::Acknowledgement);
                lost.remove(&LetterKind::FeedbackReceived);
            }
            Event::LetterDelivered(delivered) => {
                lost.remove(&delivered.letter);
            }
            Event::LetterOwedAgain(owed) => {
                lost.remove(&owed.letter);
            }
            Event::DecisionRecorded(_) => untold = true,
            Event::DecisionCommunicated(_) => {
                untold = false;
                lost.clear();
            }
            _ => {}
        }
    }
    lost.values().any(|lost| *lost)
}
