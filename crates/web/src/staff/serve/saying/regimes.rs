//! Another regime beside the procedure, in words (A38).

use casework::desk::CaseFile;
use rules::case::event::Event;
use rules::clock::full_date;

use super::{Saying, endings, with};
use crate::page::timeline::TimelineKind;

/// That one applies, and what became of it.
pub(super) fn regimes(file: &CaseFile, who: &str, event: &Event) -> Saying {
    let name = |code: &str| {
        let regime = file.in_force.procedure.regime(code);
        regime.map_or_else(|| code.to_owned(), |regime| regime.name.name.clone())
    };
    let (title, words) = match event {
        Event::RegimeTagged(tagged) => (
            format!(
                "Another regime also applies: {}, since {}",
                name(&tagged.regime),
                full_date(tagged.began_on)
            ),
            tagged.why.clone().unwrap_or_default(),
        ),
        Event::RegimeTakenAway(taken) => (
            format!("Does not apply after all: {}", name(&taken.regime)),
            taken.reason.clone(),
        ),
        Event::RegimeDone(done) => (
            format!("{}: done on {}", name(&done.regime), full_date(done.on)),
            done.words.clone(),
        ),
        Event::RegimeElsewhere(elsewhere) => (
            format!("{}: handled elsewhere now", name(&elsewhere.regime)),
            elsewhere.handled_now.clone(),
        ),
        other => return endings(who, other),
    };
    with(TimelineKind::StaffOnly, title, words)
}
