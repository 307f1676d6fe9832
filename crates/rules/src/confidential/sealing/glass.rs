//! Breaking the glass: somebody who is not the holder reads a sealed case, with a ground, a reason in words and a second person (R31, R33).
//!
//! Nobody opens one alone, and nobody above the others either: whoever asks sees the stub already, the second person is a reviewer or the data
//! protection officer, and neither is somebody whom the case is about. What they did stands in the stub, where everybody who sees it reads it.

use jiff::{SignedDuration, Timestamp};

use crate::case::change::{Change, Fields, Refused, permit};
use crate::case::event::{Event, Ground, OpeningAgreed, OpeningAsked, OpeningEnded, SealOpened, Way};
use crate::case::{Case, Opening};
use crate::confidential::named::apart;
use crate::people::{Act, Person};

/// For how long a request waits for a second person.
pub const WAITS: SignedDuration = SignedDuration::from_hours(72);
/// For how long whoever asked reads the record after that.
pub const READS: SignedDuration = SignedDuration::from_mins(60);

/// What somebody says who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskToOpen {
    /// Why, as one of the grounds.
    pub ground: Option<Ground>,
    /// Why, in words. They are kept in the sealed record and never in the stub.
    pub words: String,
}

/// Where a request stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Nobody asks.
    Nobody,
    /// It waits for a second person.
    Waits(&'a Opening),
    /// Whoever asked may read.
    Open(&'a Opening),
}

/// Where it stands now: a request that nobody answered lapses, and so does a reading.
pub fn standing(case: &Case, now: Timestamp) -> Standing<'_> {
    match &case.seal.opening {
        Some(opening) => match opening.agreed {
            Some((_, at)) if now < at + READS => Standing::Open(opening),
            None if now < opening.at + WAITS => Standing::Waits(opening),
            _ => Standing::Nobody,
        },
        None => Standing::Nobody,
    }
}

/// Whether somebody could ask now.
///
/// # Errors
/// When they may not, it is about them, it is not sealed, or somebody asks already.
pub fn can_ask(case: &Case, by: &Person, now: Timestamp) -> Result<(), Refused> {
    permit(by, Act::OpenSealed)?;
    apart(case, by)?;
    if !case.is_sealed() {
        return Err(Refused::NotNow("This case is not sealed.".to_owned()));
    }
    match standing(case, now) {
        Standing::Nobody => Ok(()),
        Standing::Waits(_) => Err(Refused::NotNow(
            "Somebody asks to open this case already. A second person has to answer first.".to_owned(),
        )),
        Standing::Open(_) => Err(Refused::NotNow("This case is open to somebody now.".to_owned())),
    }
}

/// Asks to open it. The words go into the sealed record beside the change.
///
/// # Errors
/// As for [`can_ask`]; when the ground or the words are missing.
pub fn ask(case: &Case, asked: &AskToOpen, by: &Person, now: Timestamp) -> Result<Change, Refused> {
    can_ask(case, by, now)?;
    let mut wrong = Fields::default();
    if asked.ground.is_none() {
        wrong.ask("ground", "Choose why it has to be opened");
    }
    if asked.words.trim().is_empty() {
        wrong.ask("words", "Say in a sentence why it has to be opened, and why now");
    }
    wrong.finish()?;
    let asked = asked.ground.map(|ground| OpeningAsked { by: by.id, ground });
    Ok(Change::of(asked.map(Event::OpeningAsked).into_iter().collect()))
}

/// Whether somebody could answer a request as the second person.
///
/// # Errors
/// When they may not, it is about them, they asked themselves, or nobody asks.
pub fn can_answer(case: &Case, by: &Person, now: Timestamp) -> Result<u32, Refused> {
    permit(by, Act::AgreeToOpen)?;
    apart(case, by)?;
    match standing(case, now) {
        Standing::Waits(opening) if opening.by == by.id => Err(Refused::Conflict(
            "You asked for it yourself. A second person has to agree.".to_owned(),
        )),
        Standing::Waits(opening) => Ok(opening.number),
        _ => Err(Refused::NotNow(
            "Nobody asks to open this case any more. A request lapses after 3 days.".to_owned(),
        )),
    }
}

/// A second person agrees: whoever asked reads it for an hour.
///
/// # Errors
/// As for [`can_answer`].
pub fn agree(case: &Case, by: &Person, now: Timestamp) -> Result<Change, Refused> {
    let asked = can_answer(case, by, now)?;
    Ok(Change::of(vec![Event::OpeningAgreed(OpeningAgreed {
        asked,
        by: by.id,
    })]))
}

/// A second person refuses, or whoever asked takes it back, or has read enough.
///
/// # Errors
/// As for [`can_answer`], except for whoever asked.
pub fn end(case: &Case, by: &Person, now: Timestamp) -> Result<Change, Refused> {
    let asked = match standing(case, now) {
        Standing::Waits(opening) | Standing::Open(opening) if opening.by == by.id => opening.number,
        _ => can_answer(case, by, now)?,
    };
    Ok(Change::of(vec![Event::OpeningEnded(OpeningEnded { asked })]))
}

/// The entry that stands before every look at the record.
///
/// # Errors
/// When it is not open to this person now.
pub fn look(case: &Case, by: &Person, now: Timestamp) -> Result<Change, Refused> {
    permit(by, Act::OpenSealed)?;
    apart(case, by)?;
    match standing(case, now) {
        Standing::Open(opening) if opening.by == by.id => {
            Ok(Change::of(vec![Event::SealOpened(SealOpened { by: Way::BrokenGlass })]))
        }
        _ => Err(Refused::NotNow(
            "This case is not open to you. Ask for it, and a second person agrees or does not.".to_owned(),
        )),
    }
}
