//! A pure story: one case, one stopped clock, acts one after another, each answered by the rules and folded into the case.

use jiff::Timestamp;
use rules::case::event::LetterDelivered;
use rules::case::facts::Communicated;
use rules::case::vocabulary::Means;
use rules::case::{Case, Change, Decision, Event, LetterOwed, Recorded, Reference, Refused, Setting};
use rules::deadlines::{Deadline, Duty, deadlines};
use rules::handling::draft::AskSignOff;
use rules::handling::{close, decide, draft, escalate, post, sign_off, triage, watch};
use rules::intake::{Arrival, NewFeedback, RawFeedback, read, receive};
use rules::letters::LetterKind;
use rules::people::{Actor, Person};

use crate::{House, at, house, people, words};

/// The usual beginning: Tuesday 9 June 2026, 9:15am, so that stage 1 is due on Friday 12 June.
pub const TUESDAY: &str = "2026-06-09 09:15";

/// A case and what happens to it.
#[derive(Debug, Clone)]
pub struct Story<'h> {
    /// The procedure and the calendar.
    pub house: &'h House,
    /// The stopped clock.
    pub now: Timestamp,
    /// The case after everything that happened.
    pub case: Case,
    /// Everything that happened.
    pub history: Vec<Recorded>,
    /// Letters that are owed and have not arrived.
    pub letters: Vec<LetterOwed>,
}

/// Takes a closed case up again, with whoever had it still at work ([`close::reopen`]).
///
/// # Errors
/// What the rule refuses.
pub fn reopen(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    let everybody = people::everybody();
    let had_it = everybody.iter().find(|person| Some(person.id) == case.owner);
    close::reopen(case, close::TakenUp { reason, had_it }, by, setting)
}

impl Story<'static> {
    /// The usual complaint, received by the online form on Tuesday 9 June 2026 and not yet judged.
    pub fn received() -> Story<'static> {
        Story::begin(&words::form(), &words::by_web(), TUESDAY)
    }

    /// Feedback of any kind that arrived in any way at a local time.
    ///
    /// # Panics
    /// When the form or the receipt is refused.
    pub fn begin(form: &RawFeedback, arrival: &Arrival<'_>, local: &str) -> Story<'static> {
        Story::begin_in(house(), form, arrival, local)
    }
}

impl<'h> Story<'h> {
    /// The same in another house.
    ///
    /// # Panics
    /// When the form or the receipt is refused.
    pub fn begin_in(house: &'h House, form: &RawFeedback, arrival: &Arrival<'_>, local: &str) -> Story<'h> {
        let feedback = read(form).unwrap_or_else(|refused| panic!("the form is refused: {refused}"));
        Story::try_begin(house, feedback, arrival, at(local))
            .unwrap_or_else(|refused| panic!("the receipt is refused: {refused}"))
    }

    /// Feedback that may be refused.
    ///
    /// # Errors
    /// Whatever [`receive`] refuses.
    ///
    /// # Panics
    /// When the receipt makes a history that does not replay.
    pub fn try_begin(
        house: &'h House,
        feedback: NewFeedback,
        arrival: &Arrival<'_>,
        now: Timestamp,
    ) -> Result<Story<'h>, Refused> {
        let change = receive(feedback, arrival, words::issued(10_482), &house.setting(now))?;
        let actor = arrival
            .logged_by
            .map_or(Actor::Complainant, |clerk| Actor::Staff(clerk.id));
        let recorded = (1..).zip(change.events).map(|(sequence, event)| Recorded {
            sequence,
            at: now,
            actor,
            event,
        });
        let history: Vec<Recorded> = recorded.collect();
        let reference = Reference::new("FC", 10_482).unwrap_or_else(|error| panic!("{error}"));
        let case = Case::replay(reference, &history).unwrap_or_else(|error| panic!("a receipt makes no case: {error}"));
        Ok(Story {
            house,
            now,
            case,
            history,
            letters: change.letters,
        })
    }

    /// What a rule is given now.
    pub fn setting(&self) -> Setting<'h> {
        self.house.setting(self.now)
    }

    /// Moves the hands of the clock to a local time.
    #[must_use]
    pub fn on(mut self, local: &str) -> Story<'h> {
        self.now = at(local);
        self
    }

    /// An act of a member of staff, if the rule allows it.
    ///
    /// # Errors
    /// What the rule refuses; the story is then as it was.
    ///
    /// # Panics
    /// When the rule answers events that cannot happen: a rule may never do that.
    pub fn try_act<R>(&mut self, by: &Person, rule: R) -> Result<(), Refused>
    where
        R: FnOnce(&Case, &Setting<'_>) -> Result<Change, Refused>,
    {
        self.try_as(Actor::Staff(by.id), rule)
    }

    /// An act of anybody, if the rule allows it.
    ///
    /// # Errors
    /// What the rule refuses; the story is then as it was.
    ///
    /// # Panics
    /// When the rule answers events that cannot happen.
    pub fn try_as<R>(&mut self, actor: Actor, rule: R) -> Result<(), Refused>
    where
        R: FnOnce(&Case, &Setting<'_>) -> Result<Change, Refused>,
    {
        let change = rule(&self.case, &self.setting())?;
        for event in change.events {
            let by = if actor == Actor::Complainant && !event.is_said_by_complainant() {
                Actor::System
            } else {
                actor
            };
            self.append(event, by);
        }
        self.letters.extend(change.letters);
        for event in close::consequences(&self.case, &self.setting()) {
            self.append(event, Actor::System);
        }
        Ok(())
    }

    /// An act that must be allowed.
    ///
    /// # Panics
    /// When it is refused.
    #[must_use]
    pub fn act<R>(mut self, by: &Person, rule: R) -> Story<'h>
    where
        R: FnOnce(&Case, &Setting<'_>) -> Result<Change, Refused>,
    {
        self.try_act(by, rule)
            .unwrap_or_else(|refused| panic!("refused: {refused}"));
        self
    }

    /// An act of the complainant that must be allowed.
    ///
    /// # Panics
    /// When it is refused.
    #[must_use]
    pub fn complainant<R>(mut self, rule: R) -> Story<'h>
    where
        R: FnOnce(&Case, &Setting<'_>) -> Result<Change, Refused>,
    {
        self.try_as(Actor::Complainant, rule)
            .unwrap_or_else(|refused| panic!("refused: {refused}"));
        self
    }

    /// What a rule says to an act that it must refuse. Nothing changes.
    ///
    /// # Panics
    /// When the act is allowed.
    pub fn refused<R>(&self, rule: R) -> Refused
    where
        R: FnOnce(&Case, &Setting<'_>) -> Result<Change, Refused>,
    {
        match rule(&self.case, &self.setting()) {
            Err(refused) => refused,
            Ok(change) => panic!("allowed, and would do {:?}", change.events),
        }
    }

    /// Adds an event that happened now.
    ///
    /// # Panics
    /// When it cannot happen to the case.
    pub fn append(&mut self, event: Event, actor: Actor) {
        let recorded = Recorded {
            sequence: self.case.sequence + 1,
            at: self.now,
            actor,
            event,
        };
        let after = self.case.clone().after(&recorded);
        self.case = after.unwrap_or_else(|unfit| panic!("a rule made an event that cannot happen: {unfit}"));
        self.history.push(recorded);
    }

    /// Every owed letter reaches its reader now.
    ///
    /// # Panics
    /// When a delivery makes an event that cannot happen.
    #[must_use]
    pub fn letters_arrive(mut self) -> Story<'h> {
        for owed in std::mem::take(&mut self.letters) {
            let delivered = self.arrival(owed.kind);
            let done = self.try_as(Actor::System, |case, _| Ok(post::delivered(case, delivered)));
            done.unwrap_or_else(|refused| panic!("the post is refused: {refused}"));
        }
        self
    }

    /// A report that a letter of this kind arrived now.
    pub fn arrival(&self, letter: LetterKind) -> LetterDelivered {
        LetterDelivered {
            letter,
            communicated: Communicated {
                by: Means::Email,
                at: self.now,
                proof: "250 2.0.0 accepted".to_owned(),
            },
            subject: format!("{} ({})", letter.code(), self.case.reference),
            text: "The words of the letter.".to_owned(),
            owed_by: None,
            sha256: None,
        }
    }

    /// The clocks are looked at; answers what they said.
    pub fn look_at_clocks(&mut self) -> Vec<Event> {
        let change = watch::watch(&self.case, &self.dates(), &self.setting());
        for event in &change.events {
            self.append(event.clone(), Actor::System);
        }
        self.letters.extend(change.letters);
        change.events
    }

    /// All dates of the case.
    ///
    /// # Panics
    /// When the calendar does not cover them.
    pub fn dates(&self) -> Vec<Deadline> {
        deadlines(&self.case, &self.setting()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The latest date of a duty.
    pub fn date(&self, duty: Duty) -> Option<Deadline> {
        self.dates().into_iter().rfind(|deadline| deadline.duty == duty)
    }

    /// The day by which a decision is due.
    ///
    /// # Panics
    /// When none is due.
    pub fn decision_on(&self) -> jiff::civil::Date {
        self.date(Duty::Decision)
            .unwrap_or_else(|| panic!("no decision is due"))
            .due_on
    }

    /// The day by which the next update is due.
    ///
    /// # Panics
    /// When none is due.
    pub fn update_on(&self) -> jiff::civil::Date {
        self.date(Duty::Update)
            .unwrap_or_else(|| panic!("no update is due"))
            .due_on
    }

    /// The stored names of the events, in order.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.history.iter().map(|recorded| recorded.event.kind()).collect()
    }

    /// The kinds of letters that are owed.
    pub fn owed(&self) -> Vec<LetterKind> {
        self.letters.iter().map(|letter| letter.kind).collect()
    }

    /// A decision that lacks nothing.
    pub fn decision(&self) -> Decision {
        words::decision_on(&self.case)
    }

    /// Judged by the coordinator and given to Amara at stage 1, with the acknowledgement arrived.
    #[must_use]
    pub fn at_stage_1(self) -> Story<'h> {
        self.letters_arrive().act(&people::ruth(), |case, setting| {
            triage::triage(case, &words::judged_for(&people::amara()), &people::ruth(), setting)
        })
    }

    /// Judged complex and given to Dana at stage 2, with the letters arrived.
    #[must_use]
    pub fn at_stage_2(self) -> Story<'h> {
        let mut judgement = words::judged_for(&people::dana());
        judgement.risk.complex = true;
        judgement.risk.reason = Some("Three teams and a supplier were involved".to_owned());
        let judged = self.letters_arrive().act(&people::ruth(), |case, setting| {
            triage::triage(case, &judgement, &people::ruth(), setting)
        });
        judged.letters_arrive()
    }

    /// Decided by Amara in writing, with the letter still on its way.
    #[must_use]
    pub fn decided(self) -> Story<'h> {
        let decision = self.decision();
        self.act(&people::amara(), |case, setting| {
            decide::decide(case, decision, &decide::Telling::InWriting, &people::amara(), setting)
        })
    }

    /// The complainant asks for stage 2.
    #[must_use]
    pub fn asks_for_stage_2(self) -> Story<'h> {
        let words = Some("You did not look at the second afternoon.".to_owned());
        self.complainant(|case, setting| escalate::request(case, rules::case::vocabulary::Channel::Web, words, setting))
    }

    /// The coordinator accepts and names Dana.
    #[must_use]
    pub fn accepted(self) -> Story<'h> {
        self.act(&people::ruth(), |case, setting| {
            escalate::accept(case, &people::dana(), None, &people::ruth(), setting)
        })
    }

    /// Dana sends her draft to sign-off although no rule asks for it.
    #[must_use]
    pub fn drafted(self) -> Story<'h> {
        let decision = self.decision();
        self.prepared(&people::dana()).act(&people::dana(), |case, setting| {
            draft::submit(case, decision, AskSignOff::Yes, &people::dana(), setting)
        })
    }

    /// Senior management approves the draft that waits.
    ///
    /// # Panics
    /// When none waits.
    #[must_use]
    pub fn signed_off(self) -> Story<'h> {
        let read = words::waiting(&self.case);
        self.act(&people::samir(), |case, setting| {
            sign_off::approve(case, &read, None, &people::samir(), setting)
        })
    }
}
