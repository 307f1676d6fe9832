//! What the office itself changes in the last days, told by a data file: who stands in for whom (P34), and words of its letters (R16).

use std::sync::Arc;

use casework::people::{OfficeHand, delegates};
use casework::{Office, StoppedClock, wording};
use documents::letter::{built_in_wording, try_out};
use jiff::Timestamp;
use rules::case::Refused;
use rules::letters::LetterKind;
use rules::office::delegation::Delegation;
use rules::office::wording::Wanted;
use serde::Deserialize;

use super::DemoError;
use super::days::Days;
use super::desk::Moments;
use super::mail::Mail;
use super::people::Staff;
use super::texts::read;

const FILE: &str = "office.toml";
const OFFICE: &str = include_str!("../../demo/office.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeFile {
    delegate: Vec<Away>,
    wording: Vec<OtherWords>,
}

/// Somebody is away from today on, and somebody else stands in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Away {
    at: String,
    by: String,
    delegate: String,
    until_in_days: i64,
}

/// A letter says something else.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherWords {
    at: String,
    by: String,
    letter: String,
    instead_of: String,
    says: String,
}

enum Change {
    Away(Away),
    OtherWords(OtherWords),
}

/// The changes, each at its time.
pub(super) struct Changes<'a> {
    office: &'a Arc<Office>,
    staff: &'a Staff,
    moments: Moments<'a>,
    /// What is to be done, the next at the end.
    due: Vec<(Timestamp, Change)>,
}

impl<'a> Changes<'a> {
    /// Those of a span that ends at `until`.
    pub(super) fn plan(
        office: &'a Arc<Office>,
        staff: &'a Staff,
        days: &'a Days,
        until: Timestamp,
    ) -> Result<Changes<'a>, DemoError> {
        let file: OfficeFile = read(FILE, OFFICE)?;
        let moments = Moments {
            file: FILE,
            days,
            until,
        };
        let mut due = Vec::new();
        for away in file.delegate {
            due.push((moments.read(&away.at)?, Change::Away(away)));
        }
        for words in file.wording {
            due.push((moments.read(&words.at)?, Change::OtherWords(words)));
        }
        due.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        Ok(Changes {
            office,
            staff,
            moments,
            due,
        })
    }

    /// When something is changed next.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.due.last().map(|(at, _)| *at)
    }

    /// Changes it.
    pub(super) async fn act(&mut self, clock: &StoppedClock, mail: &Mail) -> Result<(), DemoError> {
        let Some((at, change)) = self.due.pop() else {
            return Ok(());
        };
        clock.set(at);
        match change {
            Change::Away(away) => self.away(&away).await,
            Change::OtherWords(words) => self.other_words(&words, mail).await,
        }
    }

    async fn away(&self, away: &Away) -> Result<(), DemoError> {
        let (days, until) = (self.moments.days, self.moments.until);
        let today = days.day(until);
        let named = Delegation {
            who: self.staff.get(&away.by)?.id,
            delegate: self.staff.get(&away.delegate)?.id,
            from: today,
            until: days.working_day(today, away.until_in_days)?,
        };
        delegates::name(self.hand(&away.by)?, &named).await?;
        Ok(())
    }

    async fn other_words(&self, other: &OtherWords, mail: &Mail) -> Result<(), DemoError> {
        let odd = |reason: String| DemoError::Data { file: FILE, reason };
        let letter =
            LetterKind::from_code(&other.letter).ok_or_else(|| odd(format!("there is no letter {}", other.letter)))?;
        let before = built_in_wording(letter);
        if !before.contains(&other.instead_of) {
            return Err(odd(format!("{} does not say: {}", other.letter, other.instead_of)));
        }
        let text = before.replacen(&other.instead_of, &other.says, 1);
        let in_force = self.office.active();
        let must_say = in_force.procedure.letter(letter).map(|rule| rule.must_say.clone());
        let judge = |text: &str| match try_out(letter, text, &must_say.unwrap_or_default()) {
            Ok(_) => Ok(()),
            Err(unfit) => Err(Refused::field("wording_text", format!("{unfit:?}"))),
        };
        wording::change(self.hand(&other.by)?, letter, (Wanted::Text(text), 0), judge).await?;
        mail.adopt(letter, self.office)
    }

    fn hand(&self, by: &str) -> Result<OfficeHand<'_>, DemoError> {
        Ok(OfficeHand {
            office: self.office,
            by: self.staff.get(by)?,
            once: "",
        })
    }
}
