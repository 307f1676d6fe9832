//! Stage 2 of a story: points, news, perhaps more time, a draft, sign-off.

use jiff::Timestamp;
use jiff::civil::Date;

use super::teller::Teller;
use crate::demo::DemoError;
use crate::demo::people::{GRAHAM, HELEN, SUNITA};
use crate::demo::story::{Letter, What};
use crate::demo::texts::Again;

/// News goes out after so many working days; the procedure allows 5.
const RHYTHM: usize = 4;

impl Teller<'_> {
    /// From the day of entry to the letter.
    pub(super) fn investigation(&mut self, again: &Again, by: &'static str, from: Timestamp) -> Result<(), DemoError> {
        let again = self.fill_again(again);
        let day = self.days.day(from);
        let takes = self.chance.between(9, 19);
        let points = again.points.iter().map(|point| point.text.clone()).collect();
        let agreed = self.days.in_hours(from, (60, 240), &mut self.chance)?;
        self.then(agreed, What::Points { by, points });
        self.calmed(by, day)?;
        let sent = self.on(day, takes, (10 * 60, 13 * 60))?;
        if self.chance.permille(160) && takes > 12 {
            self.more_time_at_stage_2(by, day, takes)?;
        }
        self.news_at_stage_2(&again, by, (day, takes))?;
        let half = self.on(day, takes / 2, (15 * 60, 16 * 60))?;
        self.draft(&again, by, half, Letter::Kept);
        self.draft(&again, by, sent, Letter::ForSignOff);
        self.signed(&again, by, sent)
    }

    fn on(&mut self, from: Date, offset: i64, minutes: (i64, i64)) -> Result<Timestamp, DemoError> {
        let day = self.days.working_day(from, offset)?;
        Ok(self.days.within(day, minutes, &mut self.chance)?)
    }

    /// The texts of an investigation with every choice made.
    pub(in crate::demo) fn fill_again(&mut self, again: &Again) -> Again {
        let mut again = again.clone();
        for words in [&mut again.found, &mut again.reasons, &mut again.did] {
            *words = self.fill(words);
        }
        for point in &mut again.points {
            point.text = self.fill(&point.text);
            point.found = self.fill(&point.found);
        }
        again
    }

    /// What was urgent is put right in the first days; what remains is to find out why.
    fn calmed(&mut self, by: &'static str, day: Date) -> Result<(), DemoError> {
        if !self.urgent {
            return Ok(());
        }
        let at = self.on(day, 1, (11 * 60, 12 * 60))?;
        let why = "Nobody is held up any more. What remains is to find out why it happened.".to_owned();
        let code = "normal".to_owned();
        self.then(at, What::Urgency { by, code, why });
        Ok(())
    }

    fn more_time_at_stage_2(&mut self, by: &'static str, day: Date, takes: i64) -> Result<(), DemoError> {
        let asked = self.on(day, takes - 3, (9 * 60, 10 * 60))?;
        let words = self.one_of(&self.texts.filler.more_time_2, asked)?;
        self.then(
            asked,
            What::MoreTime {
                by,
                days: 5,
                code: None,
                words,
            },
        );
        let granted = self.on(day, takes - 3, (14 * 60, 16 * 60))?;
        self.then(granted, What::Granted { by: SUNITA });
        Ok(())
    }

    fn news_at_stage_2(&mut self, again: &Again, by: &'static str, (day, takes): (Date, i64)) -> Result<(), DemoError> {
        let offsets: Vec<i64> = (1..takes).step_by(RHYTHM).collect();
        let mut own = again.updates.iter();
        for (number, offset) in offsets.iter().enumerate() {
            let at = self.on(day, *offset, (15 * 60, 16 * 60 + 45))?;
            // The first of the case's own news comes first and the rest last: what fits many cases is said between them.
            let first_or_last = number == 0 || offsets.len() - number <= own.len();
            let words = match own.clone().next().filter(|_| first_or_last) {
                Some(words) => {
                    own.next();
                    self.fill_then(words, at)?
                }
                None => self.one_of(&self.texts.filler.updates_2, at)?,
            };
            if number == 0 || !self.chance.permille(60) {
                self.news(by, at, words);
            }
        }
        Ok(())
    }

    fn draft(&mut self, again: &Again, by: &'static str, at: Timestamp, then: Letter) {
        let late = self.chance.pick(&self.texts.filler.late_reasons_2).clone();
        let again = Box::new(again.clone());
        self.then(at, What::Draft { by, again, then, late });
    }

    fn draft_again(&mut self, again: &Again, by: &'static str, at: Timestamp) {
        let what = What::Draft {
            by,
            again: Box::new(again.clone()),
            then: Letter::ForSignOff,
            late: self.texts.filler.late_returned.clone(),
        };
        self.then(at, what);
    }

    /// Senior management signs, now and then after sending it back once.
    fn signed(&mut self, again: &Again, by: &'static str, sent: Timestamp) -> Result<(), DemoError> {
        let signer = *self.chance.pick(&[HELEN, HELEN, GRAHAM]);
        let mut signed = self.days.in_hours(sent, (180, 900), &mut self.chance)?;
        if self.chance.permille(180) {
            let words = self.one_of(&self.texts.filler.returned, signed)?;
            self.then(signed, What::SentBack { by: signer, words });
            let resent = self.days.in_hours(signed, (240, 900), &mut self.chance)?;
            self.draft_again(again, by, resent);
            signed = self.days.in_hours(resent, (120, 600), &mut self.chance)?;
        }
        let words = self.chance.pick(&self.texts.filler.approved).clone();
        self.then(signed, What::Signed { by: signer, words });
        Ok(())
    }
}
