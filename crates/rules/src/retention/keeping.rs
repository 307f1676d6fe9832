//! The day on which a case goes: years by the calendar, from when it was over.

use jiff::Span;
use jiff::civil::Date;

use super::class_of;
use crate::case::{Case, Setting};
use crate::clock::full_date;
use crate::procedure::{Anonymise, CodedName, RetentionFrom, RetentionRule};
use crate::sentence::listed;

/// How long a case is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// The class that it falls into.
    pub class: CodedName,
    /// For how many years.
    pub years: u32,
    /// From when its class counts.
    pub from: RetentionFrom,
    /// The local day from which it counts.
    pub counts_from: Date,
    /// The first local day on which it is not kept any more.
    pub goes_on: Date,
    /// What remains.
    pub then: Anonymise,
}

/// Why nobody can say yet on which day a case goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotYet {
    /// It is open.
    Open,
    /// Another regime asks for something that is not done: the names of such regimes.
    Regime(Vec<String>),
    /// No class of its procedure fits it.
    NoClass,
    /// The day lies beyond every calendar.
    Never,
}

impl NotYet {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            NotYet::Open => "It is open: its period begins when it is closed.".to_owned(),
            NotYet::Regime(names) => format!(
                "Another regime is open ({}): its period begins when that is done as well.",
                listed(names)
            ),
            NotYet::NoClass => {
                "No class of its procedure says how long it is kept, so it is kept until somebody decides.".to_owned()
            }
            NotYet::Never => "Its class keeps it for longer than any calendar reaches.".to_owned(),
        }
    }
}

impl Keeping {
    /// Whether its period is over on a day.
    pub fn is_over(&self, today: Date) -> bool {
        self.goes_on <= today
    }

    /// How the day came about: "Settled at stage 1: kept for 3 years after it is closed. That was on …, so it goes on …."
    pub fn explained(&self) -> String {
        let Keeping {
            class,
            years,
            from,
            counts_from,
            goes_on,
            then,
        } = self;
        let years = match years {
            1 => "1 year".to_owned(),
            years => format!("{years} years"),
        };
        format!(
            "{}: kept for {years} {from}, which counts from {}. So it goes on {}; {then}.",
            class.name,
            full_date(*counts_from),
            full_date(*goes_on)
        )
    }
}

/// How long a case is kept, by the version of the procedure that it began under. It depends on the case alone, so that the day can be written
/// down with the last event and stays true until the next.
///
/// A case that is taken up again begins anew when it is closed again. One with another regime that went on after the closing counts from when
/// that was done: it was not over before (A38).
///
/// # Errors
/// Why there is no day yet.
pub fn keeping(case: &Case, setting: &Setting<'_>) -> Result<Keeping, NotYet> {
    let closed_at = case.closed_at.filter(|_| !case.is_open()).ok_or(NotYet::Open)?;
    if case.has_open_regime() {
        let name = |code: &str| match setting.procedure.regime(code) {
            Some(regime) => regime.name.name.clone(),
            None => code.to_owned(),
        };
        return Err(NotYet::Regime(
            case.open_regimes().map(|tag| name(tag.code())).collect(),
        ));
    }
    let rule = class_of(case, setting.procedure).ok_or(NotYet::NoClass)?;
    let settled = case.regimes.iter().flat_map(|tag| {
        let done = tag.done.iter().map(|(_, at)| *at);
        done.chain(tag.elsewhere.as_ref().map(|(_, at)| *at))
    });
    let over_on = setting.local_date(settled.fold(closed_at, Ord::max));
    let counts_from = match rule.from {
        RetentionFrom::Closed => over_on,
        RetentionFrom::Received => case.received.received_on,
    };
    // Nothing goes before it is over.
    let goes_on = years_after(counts_from, rule).ok_or(NotYet::Never)?.max(over_on);
    Ok(Keeping {
        class: rule.class.clone(),
        years: rule.keep_years,
        from: rule.from,
        counts_from,
        goes_on,
        then: rule.then,
    })
}

/// The same day of the year so many years later. What began on 29 February is whole on 1 March of a year that has no such day.
fn years_after(day: Date, rule: &RetentionRule) -> Option<Date> {
    let years = Span::new().try_years(rule.keep_years).ok()?;
    let later = day.checked_add(years).ok()?;
    match later.day() == day.day() {
        true => Some(later),
        false => later.tomorrow().ok(),
    }
}
