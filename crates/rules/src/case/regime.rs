//! Other regimes that apply to a case beside the procedure: what they ask for, and what became of it (A38).

use jiff::Timestamp;

use super::alert::Alert;
use super::event::{Event, RegimeDone, RegimeTagged};
use super::fold::Case;
use crate::clock::ClockName;
use crate::procedure::{Procedure, Regime};

/// A regime that a case is tagged with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeTag {
    /// Which, its clocks, and when they began.
    pub tagged: RegimeTagged,
    /// When somebody said so.
    pub tagged_at: Timestamp,
    /// What was done, with the instant at which it was recorded.
    pub done: Vec<(RegimeDone, Timestamp)>,
    /// Where it is handled now that the case has ended here, and since when.
    pub elsewhere: Option<(String, Timestamp)>,
}

/// One thing that a regime asks for: what stops one of its clocks, or, where it sets no date, all that it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegimePart<'a> {
    /// The regime.
    pub tag: &'a RegimeTag,
    /// The clock, if there is one.
    pub clock: Option<&'a ClockName>,
}

impl RegimeTag {
    /// The regime's code in the procedure.
    pub fn code(&self) -> &str {
        &self.tagged.regime
    }

    /// Everything that it asks for.
    pub fn parts(&self) -> Vec<RegimePart<'_>> {
        let part = |clock| RegimePart { tag: self, clock };
        match self.tagged.clocks.as_slice() {
            [] => vec![part(None)],
            clocks => clocks.iter().map(|clock| part(Some(clock))).collect(),
        }
    }

    /// True while something that it asks for is not done, and nobody else has it.
    pub fn is_open(&self) -> bool {
        self.parts().into_iter().any(RegimePart::is_open)
    }
}

impl<'a> RegimePart<'a> {
    /// What was done, and when that was recorded.
    pub fn done(self) -> Option<&'a (RegimeDone, Timestamp)> {
        self.tag.done.iter().find(|(done, _)| done.clock.as_ref() == self.clock)
    }

    /// True while it is ours to do.
    pub fn is_open(self) -> bool {
        self.tag.elsewhere.is_none() && self.done().is_none()
    }
}

/// The name under which the date of a regime stands among all dates of a case: two regimes may use one clock.
pub fn clock_of_regime(regime: &str, clock: &ClockName) -> String {
    format!("{}{clock}", dates_of(regime))
}

/// The regime to which a date of that name belongs, if it is one of a regime.
pub fn regime_of_clock<'a>(name: &str, procedure: &'a Procedure) -> Option<&'a Regime> {
    let regimes = procedure.regimes.iter();
    let mut of_it = regimes.filter(|regime| name.starts_with(&dates_of(&regime.name.code)));
    of_it.next()
}

/// What the names of all dates of a regime begin with.
fn dates_of(regime: &str) -> String {
    format!("regime {regime}: ")
}

impl Case {
    /// The tag of a regime.
    pub fn regime(&self, code: &str) -> Option<&RegimeTag> {
        self.regimes.iter().find(|tag| tag.code() == code)
    }

    /// Regimes that ask for something that is not done.
    pub fn open_regimes(&self) -> impl Iterator<Item = &RegimeTag> {
        self.regimes.iter().filter(|tag| tag.is_open())
    }

    /// True while a regime asks for something that is not done.
    pub fn has_open_regime(&self) -> bool {
        self.open_regimes().next().is_some()
    }

    /// Tags, and what became of them.
    pub(super) fn note_regime(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::RegimeTagged(tagged) => {
                self.forget_regime(&tagged.regime);
                self.regimes.push(RegimeTag {
                    tagged: tagged.clone(),
                    tagged_at: at,
                    done: Vec::new(),
                    elsewhere: None,
                });
            }
            Event::RegimeTakenAway(taken) => self.forget_regime(&taken.regime),
            Event::RegimeDone(done) => {
                let name = done.clock.as_ref().map(|clock| clock_of_regime(&done.regime, clock));
                self.settle_dates(|clock| Some(clock) == name.as_deref());
                if let Some(tag) = self.regime_mut(&done.regime) {
                    tag.done.push((done.clone(), at));
                }
            }
            Event::RegimeElsewhere(elsewhere) => {
                let dates = dates_of(&elsewhere.regime);
                self.settle_dates(|clock| clock.starts_with(&dates));
                if let Some(tag) = self.regime_mut(&elsewhere.regime) {
                    tag.elsewhere = Some((elsewhere.handled_now.clone(), at));
                }
            }
            _ => {}
        }
    }

    fn regime_mut(&mut self, code: &str) -> Option<&mut RegimeTag> {
        self.regimes.iter_mut().find(|tag| tag.code() == code)
    }

    /// Nothing that was said of its dates counts any more: a new tag begins anew.
    fn forget_regime(&mut self, code: &str) {
        let dates = dates_of(code);
        self.regimes.retain(|tag| tag.code() != code);
        self.warned.retain(|warned| !warned.clock.starts_with(&dates));
        self.breached.retain(|(clock, _)| !clock.starts_with(&dates));
        self.settle_dates(|clock| clock.starts_with(&dates));
    }

    fn settle_dates(&mut self, of: impl Fn(&str) -> bool) {
        self.alerts
            .retain(|alert| !matches!(alert, Alert::Breached { clock, .. } if of(clock)));
    }

    /// Whether an alert outlives the case: a letter that did not arrive, and the passed date of a regime that is still ours.
    pub(super) fn outlives(&self, alert: &Alert) -> bool {
        match alert {
            Alert::Undelivered { .. } => true,
            Alert::Breached { clock, .. } => {
                let mut open = self.open_regimes();
                open.any(|tag| clock.starts_with(&dates_of(tag.code())))
            }
            Alert::UpdateMissed { .. } | Alert::MessageWaits { .. } => false,
        }
    }
}
