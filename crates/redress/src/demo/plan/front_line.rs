//! Stage 1 of a story: news, perhaps more time, a decision, perhaps a request to look again.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rules::case::vocabulary::Means;

use super::teller::{Teller, Told};
use crate::demo::DemoError;
use crate::demo::people::{DANA, ISAAC, NADIA, WENDY};
use crate::demo::story::What;
use crate::demo::texts::{Again, Finding, MoreTimeText, Text};

/// Working days from the receipt to the decision, with how often; the limit is 3.
const TAKES: &[(i64, u32)] = &[(0, 14), (1, 30), (2, 30), (3, 20), (4, 3), (5, 3)];

impl Teller<'_> {
    pub(super) fn front_line(&mut self, text: &Text, told: &Told, from: Timestamp) -> Result<(), DemoError> {
        let received = self.days.day(told.at);
        let takes = *self.chance.weighted(TAKES);
        let begun = self.days.day(from);
        let decided_on = if takes == 0 {
            begun
        } else {
            self.days.working_day(received, takes)?.max(begun)
        };
        let mut decided_at = self
            .days
            .within(decided_on, (14 * 60, 17 * 60 + 20), &mut self.chance)?
            .max(from + SignedDuration::from_mins(25));
        let due_on = self.days.working_day(received, 3)?;
        let mut late_after = due_on;
        if takes >= 4
            && let Some(more) = &text.more_time
        {
            self.more_time_at_stage_1(more, told.owner, due_on)?;
            late_after = self.days.working_day(due_on, 2)?;
        }
        self.news_at_stage_1(text, told, (from, decided_at), late_after)?;
        self.asides(text, told, (from, decided_at))?;
        if self.chance.permille(30)
            && self.caller.gets_letters()
            && let Some(again) = text.again.clone().filter(|again| !again.only_escalated)
        {
            // Some are moved on without a decision (A18).
            let what = What::Rerouted {
                by: told.owner,
                investigator: DANA,
                why: again.why.clone(),
                because: again.because.clone(),
            };
            self.then(decided_at, what);
            return self.investigation(&again, DANA, decided_at);
        }
        if text.finding.is_empty() {
            return Ok(());
        }
        let asks_again = text
            .again
            .clone()
            .filter(|_| self.caller.gets_letters() && self.chance.permille(170));
        let finding = match &asks_again {
            Some(again) => text.finding[again.after.min(text.finding.len() - 1)].clone(),
            None => self.finding(text),
        };
        let spoken = match self.caller.reached_by() {
            Means::Phone => Some(Means::Phone),
            _ => (finding.spot && self.chance.permille(600)).then_some(Means::Phone),
        };
        if spoken.is_some() && takes == 0 {
            decided_at = from + SignedDuration::from_mins(6);
        }
        let pleased = asks_again.is_none() && finding.outcome != "not_upheld";
        self.decided(finding, told.owner, decided_at, spoken)?;
        match asks_again {
            Some(again) => self.asks_again(&again, decided_at),
            None if pleased && spoken.is_none() && self.chance.permille(90) => self.thanks(decided_at),
            None => self.afterwards(decided_at),
        }
    }

    /// What was found, by chance. Texts have more that is upheld than life has.
    fn finding(&mut self, text: &Text) -> Finding {
        let weight = |finding: &Finding| if finding.outcome == "upheld" { 2 } else { 3 };
        let weighted: Vec<(&Finding, u32)> = text.finding.iter().map(|finding| (finding, weight(finding))).collect();
        (*self.chance.weighted(&weighted)).clone()
    }

    fn decided(
        &mut self,
        mut finding: Finding,
        by: &'static str,
        at: Timestamp,
        spoken: Option<Means>,
    ) -> Result<(), DemoError> {
        finding.found = self.fill_then(&finding.found, at)?;
        finding.did = self.fill_then(&finding.did, at)?;
        let late = self.chance.pick(&self.texts.filler.late_reasons).clone();
        self.then(
            at,
            What::Decided {
                by,
                finding: Box::new(finding),
                spoken,
                late,
            },
        );
        Ok(())
    }

    fn thanks(&mut self, decided_at: Timestamp) -> Result<(), DemoError> {
        let at = self.in_waking_hours(decided_at, (0, 2))?;
        let words = self.one_of(&self.texts.filler.thanks, at)?;
        self.then(at, What::Message { words });
        let read = self.days.in_hours(at, (20, 400), &mut self.chance)?;
        let words = self.chance.pick(&self.texts.filler.thanks_noted).clone();
        self.then(read, What::Note { by: WENDY, words });
        Ok(())
    }

    /// A moment at which people write to us, so many days later.
    fn in_waking_hours(&mut self, after: Timestamp, days: (i64, i64)) -> Result<Timestamp, DemoError> {
        let day = self.days.day(after) + self.chance.between(days.0, days.1).days();
        let at = self.days.within(day, (8 * 60, 22 * 60 + 30), &mut self.chance)?;
        Ok(at.max(after + SignedDuration::from_mins(self.chance.between(20, 150))))
    }

    /// Asked for on the last day by whoever has the case, and granted by their manager. Not everybody who is late has asked.
    fn more_time_at_stage_1(&mut self, more: &MoreTimeText, by: &'static str, due_on: Date) -> Result<(), DemoError> {
        let asked = self.days.within(due_on, (9 * 60, 11 * 60), &mut self.chance)?;
        let words = self.fill_then(&more.words, asked)?;
        self.then(
            asked,
            What::MoreTime {
                by,
                days: 2,
                code: Some(more.code.clone()),
                words,
            },
        );
        let granted = asked + SignedDuration::from_mins(self.chance.between(20, 150));
        // Nobody grants themselves more time: where the manager has the case, the coordinator does.
        let by = if by == NADIA { WENDY } else { NADIA };
        self.then(granted, What::Granted { by });
        Ok(())
    }

    /// Words to the person on each working day after the receipt, now and then forgotten.
    fn news_at_stage_1(
        &mut self,
        text: &Text,
        told: &Told,
        (from, until): (Timestamp, Timestamp),
        late_after: Date,
    ) -> Result<(), DemoError> {
        let filler = &self.texts.filler;
        let mut own: Vec<String> = text.updates.iter().rev().cloned().collect();
        let mut day = self.days.working_day(self.days.day(told.at), 1)?;
        let mut written = 0;
        while day < self.days.day(until) {
            let at = self.days.within(day, (15 * 60, 16 * 60 + 45), &mut self.chance)?;
            if at > from && !self.chance.permille(60) {
                let words = match own.pop() {
                    _ if day > late_after => self.one_of(&filler.updates_late, at)?,
                    Some(own) => self.fill_then(&own, at)?,
                    None if written == 0 => self.one_of(&filler.updates_first, at)?,
                    None => self.one_of(&filler.updates, at)?,
                };
                self.news(told.owner, at, words);
                written += 1;
            }
            day = self.days.working_day(day, 1)?;
        }
        Ok(())
    }

    pub(super) fn news(&mut self, by: &'static str, at: Timestamp, words: String) {
        let what = What::Update {
            by,
            words,
            means: self.caller.reached_by(),
            next_in_days: None,
        };
        self.then(at, what);
    }

    /// A note among staff, a message of the person.
    fn asides(&mut self, text: &Text, told: &Told, (from, until): (Timestamp, Timestamp)) -> Result<(), DemoError> {
        let filler = &self.texts.filler;
        if self.chance.permille(250) {
            let words = match text.notes.first() {
                Some(own) => self.fill_then(own, from)?,
                None => self.one_of(&filler.notes, from)?,
            };
            let by = told.owner;
            self.then(from + SignedDuration::from_mins(12), What::Note { by, words });
        }
        if self.chance.permille(80) {
            let at = from + until.duration_since(from) / 2;
            let words = if text.messages.is_empty() {
                self.one_of(&filler.messages, at)?
            } else {
                self.one_of(&text.messages, at)?
            };
            self.then(at, What::Message { words });
        }
        Ok(())
    }

    /// Now and then somebody asks for stage 2 although nothing is left to find, and is told so.
    fn afterwards(&mut self, decided_at: Timestamp) -> Result<(), DemoError> {
        if !self.chance.permille(15) {
            return Ok(());
        }
        let refused = self.chance.pick(&self.texts.filler.refused).clone();
        let asked = self.in_waking_hours(decided_at, (1, 4))?;
        let answered = self.days.in_hours(asked, (120, 400), &mut self.chance)?;
        self.then(asked, What::AsksStage2 { words: refused.asks });
        self.then(answered, What::Refused { words: refused.answer });
        Ok(())
    }

    fn asks_again(&mut self, again: &Again, decided_at: Timestamp) -> Result<(), DemoError> {
        let asked = self.in_waking_hours(decided_at, (0, 6))?;
        let words = self.fill(&again.asks);
        self.then(asked, What::AsksStage2 { words });
        let answered = self.days.in_hours(asked, (60, 400), &mut self.chance)?;
        let investigator = *self.chance.pick(&[DANA, ISAAC]);
        let words = self.chance.pick(&self.texts.filler.assent).clone();
        self.then(answered, What::Accepted { investigator, words });
        self.investigation(again, investigator, answered)
    }
}
