//! The gate: words are read for names before anybody is told of them, and what seems to be about staff is held (R33, A13).

use rules::case::change::{Change, Refused, Setting};
use rules::case::event::Event;
use rules::confidential::sight::READERS;
use rules::confidential::{StaffNamed, Suggested, suggest};
use rules::people::StaffId;
use rules::procedure::SeemsSo;

use super::receive::Incoming;
use crate::Office;

/// Whether somebody works on it from the same save on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dealt {
    /// The clerk who logs it takes it, or settles it.
    AtOnce,
    /// It waits for triage.
    Later,
}

impl Dealt {
    /// By what the clerk settles with the receipt.
    pub(super) fn by(settled: &Change) -> Dealt {
        let begun = settled
            .events
            .iter()
            .any(|event| matches!(event, Event::StageEntered(_)));
        if begun { Dealt::AtOnce } else { Dealt::Later }
    }
}

/// What the finder suggests about a complaint that arrives, and from whom it is kept until a person decides. Nothing where the procedure does not
/// ask, or a clerk deals with it at once: they asked the person, and answered the question themselves.
///
/// # Errors
/// When the clerk who would deal with it at once seems to be complained about.
pub(super) fn suggested(
    office: &Office,
    incoming: &Incoming,
    dealt: Dealt,
    setting: &Setting<'_>,
) -> Result<Option<(Suggested, StaffNamed)>, Refused> {
    let rule = setting.procedure.confidential.as_ref();
    if rule.is_none_or(|rule| rule.seems_so == SeemsSo::Ignore) {
        return Ok(None);
    }
    let Some(suggested) = suggest(&incoming.feedback, &office.people_known()) else {
        return Ok(None);
    };
    let named = suggested.named(&incoming.feedback.words);
    let clerk = incoming
        .clerk
        .as_ref()
        .filter(|_| dealt == Dealt::AtOnce && !incoming.feedback.about_staff);
    match clerk {
        Some(clerk) if named.people.contains(&clerk.id) => Err(Refused::field(
            "outcome",
            "This seems to be about you. Save it for triage: somebody else reads it first",
        )),
        Some(_) => Ok(None),
        None => Ok(Some((suggested, kept_from(office, named)))),
    }
}

/// Those whom it seems to be about do not see it, unless nobody else could: a suggestion alone must not hide a complaint from everybody.
fn kept_from(office: &Office, named: StaffNamed) -> StaffNamed {
    let others_read = office
        .holders(&READERS)
        .iter()
        .any(|reader| !named.people.contains(&reader.id));
    if others_read {
        return named;
    }
    let reads = |id: &StaffId| {
        office
            .person(*id)
            .is_some_and(|person| READERS.iter().any(|role| person.is(*role)))
    };
    StaffNamed {
        people: named.people.iter().copied().filter(|id| !reads(id)).collect(),
        others: named.others,
    }
}
