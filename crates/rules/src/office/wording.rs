//! The wording of letters as the office writes it: in numbered versions, each kept for ever (R16).

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::OfficeChange;
use super::event::{OfficeEvent, WordingChanged};
use crate::case::change::{Refused, permit};
use crate::letters::LetterKind;
use crate::people::{Act, Actor, Person};
use crate::unseen::without_unseen;

/// A version of the wording of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its number, from 1.
    pub number: u32,
    /// The words; none where the office went back to what was installed.
    pub text: Option<String>,
    /// The version that it repeats, if it repeats one.
    pub repeats: Option<u32>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

/// The wordings of all letters, with their history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wordings(BTreeMap<LetterKind, Vec<Written>>);

impl Wordings {
    /// Takes in what happened in the office, in its order.
    pub fn take(&mut self, event: &OfficeEvent, at: Timestamp, by: Actor) {
        if let OfficeEvent::WordingChanged(changed) = event {
            self.0.entry(changed.letter).or_default().push(Written {
                number: changed.number,
                text: changed.text.clone(),
                repeats: changed.repeats,
                at,
                by,
            });
        }
    }

    /// The versions of a letter, the oldest first.
    #[must_use]
    pub fn of(&self, letter: LetterKind) -> &[Written] {
        self.0.get(&letter).map_or(&[], Vec::as_slice)
    }

    /// The number of the last version; 0 where the office never wrote one.
    #[must_use]
    pub fn last(&self, letter: LetterKind) -> u32 {
        self.of(letter).last().map_or(0, |written| written.number)
    }

    /// The words that the office wrote and that are in use.
    #[must_use]
    pub fn in_use(&self, letter: LetterKind) -> Option<&str> {
        self.of(letter).last().and_then(|written| written.text.as_deref())
    }

    /// A version of a letter by its number.
    #[must_use]
    pub fn version(&self, letter: LetterKind, number: u32) -> Option<&Written> {
        self.of(letter).iter().find(|written| written.number == number)
    }
}

/// Which words somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// These.
    Text(String),
    /// Those of an earlier version.
    Again(u32),
    /// Those that were installed.
    Installed,
}

/// Gives a letter other words from now on. Letters that went out keep theirs. The same words are no change.
///
/// # Errors
/// When the person may not, somebody changed it meanwhile (`seen` is the number of the version that they looked at), or there is no such
/// version.
pub fn change(
    before: &Wordings,
    letter: LetterKind,
    (wanted, seen): (Wanted, u32),
    by: &Person,
) -> Result<OfficeChange, Refused> {
    permit(by, Act::EditWording)?;
    let last = before.last(letter);
    if last != seen {
        return Err(Refused::NotNow(
            "Somebody changed this wording while you wrote. What you wrote is still here: compare the two, then save again.".to_owned(),
        ));
    }
    let (text, repeats) = match wanted {
        Wanted::Text(text) => (Some(tidy(&text)), None),
        Wanted::Installed => (None, None),
        Wanted::Again(number) => {
            let known = before.version(letter, number);
            let known = known.ok_or_else(|| Refused::NotNow("There is no such version of this wording.".to_owned()))?;
            (known.text.clone(), Some(number))
        }
    };
    if text.as_deref() == before.in_use(letter) {
        return Ok(OfficeChange::default());
    }
    Ok(OfficeChange::of(vec![OfficeEvent::WordingChanged(WordingChanged {
        letter,
        number: last + 1,
        text,
        repeats,
    })]))
}

/// A text as files hold it: lines that end in a line feed, nothing behind the last, and nothing in them that nobody sees ([`crate::unseen`]).
#[must_use]
pub fn tidy(text: &str) -> String {
    format!("{}\n", without_unseen(text).trim_end())
}
