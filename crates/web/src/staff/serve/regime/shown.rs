//! The other regimes of a case as they are shown: what each asks, by when, and what became of it.

use casework::desk::CaseFile;
use rules::case::{RegimePart, RegimeTag};
use rules::clock::full_date;
use rules::people::Act;
use rules::sentence::capital;

use super::{deadline, name, path};
use crate::page::clock::{Clock, ClockState};
use crate::page::explained::explained;
use crate::staff::desk::Seat;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::link::Link;
use crate::staff::regime::{RegimeDate, RegimePanel, RegimeView};

pub(super) fn view(seat: &Seat, file: &CaseFile, tag: &RegimeTag) -> RegimeView {
    let regime = file.in_force.procedure.regime(tag.code());
    let mut facts = Vec::new();
    if let Some(regime) = regime {
        let asks = [regime.asks.as_deref().map(capital), regime.source.clone()];
        let asks: Vec<String> = asks.into_iter().flatten().collect();
        facts.extend((!asks.is_empty()).then(|| Fact::new("It asks", &asks.join("\n"))));
        let handler = file.in_force.procedure.role_words(regime.handler);
        facts.push(Fact::new("Looked after by", &capital(handler)));
    }
    facts.push(Fact::new("Began on", &full_date(tag.tagged.began_on)));
    facts.push(Fact::new("Tagged", &seat.wall().full(tag.tagged_at)));
    facts.extend(tag.tagged.why.as_ref().map(|why| Fact::new("Why", why)));
    let done = tag
        .done
        .iter()
        .map(|(done, _)| Fact::new("Done", &format!("{}\n{}", full_date(done.on), done.words)));
    facts.extend(done);
    let gone = tag.elsewhere.as_ref();
    facts
        .extend(gone.map(|(words, at)| Fact::new("Handled elsewhere", &format!("{}\n{words}", seat.wall().full(*at)))));
    RegimeView {
        name: name(file, tag).to_owned(),
        facts,
        dates: dates(seat, file, tag),
    }
}

fn dates(seat: &Seat, file: &CaseFile, tag: &RegimeTag) -> Vec<RegimeDate> {
    let parts = tag.parts().into_iter();
    parts
        .map(|part| RegimeDate {
            clock: standing(seat, file, part),
            explained: deadline(file, part).map(explained),
        })
        .collect()
}

/// How many days before its date a regime begins to look pressing.
const SOON_DAYS: i32 = 7;

/// Where a part stands, in a line.
fn standing(seat: &Seat, file: &CaseFile, part: RegimePart<'_>) -> Clock {
    let date = deadline(file, part);
    let (state, line) = match (part.done(), date) {
        (Some((done, _)), Some(date)) if date.is_late(file.now) => {
            (ClockState::Over, format!("Done late, on {}", full_date(done.on)))
        }
        (Some((done, _)), _) => (ClockState::Done, format!("Done on {}", full_date(done.on))),
        (None, _) if part.tag.elsewhere.is_some() => (ClockState::Done, "Handled elsewhere now".to_owned()),
        (None, None) => (ClockState::Soon, "Open: it sets no date".to_owned()),
        (None, Some(date)) if date.is_late(file.now) => (
            ClockState::Over,
            format!("Late: it was due by {}", full_date(date.due_on)),
        ),
        (None, Some(date)) => {
            let left = (date.due_on - seat.wall().today()).get_days();
            let state = match left {
                0 => ClockState::Today,
                1..=SOON_DAYS => ClockState::Soon,
                _ => ClockState::Ok,
            };
            let words = if left == 0 {
                "Due today".to_owned()
            } else {
                format!("Due by {}", full_date(date.due_on))
            };
            (state, words)
        }
    };
    Clock::new(state, &line, 0, 0)
}

/// The regimes beside the case; nothing where none applies.
pub(crate) fn panel(seat: &Seat, file: &CaseFile) -> Option<RegimePanel> {
    let regimes = file.case.regimes.iter();
    let regimes: Vec<_> = regimes
        .map(|tag| (name(file, tag).to_owned(), dates(seat, file, tag)))
        .collect();
    (!regimes.is_empty()).then(|| RegimePanel {
        regimes,
        link: seat
            .may(Act::TagRegime)
            .then(|| Link::new("Record what was done, or change it", &path(file))),
    })
}
