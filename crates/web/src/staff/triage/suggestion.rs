//! What the finder of names suggested, as whoever triages sees it: why a case is held, whom it may be about, and how it is opened (A13).

use casework::desk::CaseFile;
use rules::case::Case;
use rules::confidential::StaffNamed;
use rules::confidential::lane::can_open;
use rules::confidential::names::{Part, SpanKind};
use rules::confidential::suggested::{Field, SuggestedSpan};
use rules::sentence::capital;

use crate::staff::desk::Seat;
use crate::staff::parts::form::FormState;
use crate::staff::parts::marked_words::MarkedPlace;
use crate::staff::serve::fresh;

/// Why a case is restricted, and what is to be done. A person ticked a box, or the finder suggested it; whether it is so, a person decides (A13).
pub(super) fn names_staff(case: &Case) -> Option<String> {
    if case.is_held() {
        return Some(
            "This case was held when it arrived. Nobody said that it is about a member of staff, and its words seem to complain about somebody: \
             the places are marked. You decide. If it is so, say below whom it is about and give it to a manager. If it is not, open it. Whoever \
             seems to be meant cannot see it until then."
                .to_owned(),
        );
    }
    case.is_restricted().then(|| {
        "This case is restricted, because somebody said that it is about a member of staff. Say below whom it is about, and give it to a \
         manager. Nobody whom it is about can have it, see it or find it."
            .to_owned()
    })
}

/// Whom it is about as far as is known, or else as far as is suggested.
pub(super) fn named(case: &Case) -> StaffNamed {
    match &case.received.suggested {
        Some(suggested) if case.is_restricted() && (case.is_held() || case.named.is_empty()) => {
            suggested.named(&case.received.words)
        }
        _ => case.named.clone(),
    }
}

/// The places in the words where somebody seems to be named.
pub(super) fn places(seat: &Seat, case: &Case) -> Vec<MarkedPlace> {
    let suggested = case.received.suggested.as_ref().filter(|_| case.is_restricted());
    let spans = suggested.into_iter().flat_map(|suggested| &suggested.spans);
    spans
        .filter(|span| span.field == Field::Words && span.part != Part::Author)
        .map(|span| MarkedPlace {
            from: span.from,
            to: span.to,
            says: says(seat, span),
        })
        .collect()
}

fn says(seat: &Seat, span: &SuggestedSpan) -> String {
    let office = seat.door.office();
    let people = span.people.iter().map(|id| match office.person(*id) {
        Some(person) => format!("{}, {}", person.name, person.job_title),
        None => office.name_in_list(*id),
    });
    let people: Vec<String> = people.collect();
    let who = match people.as_slice() {
        [] => match span.kind {
            SpanKind::Known | SpanKind::Unknown => "nobody here has this name".to_owned(),
            other => other.words().to_owned(),
        },
        [one] => format!("may be {one}"),
        several => format!("may be one of {}: {}", several.len(), several.join("; ")),
    };
    format!("{}. {}.", span.part.words(), capital(&who))
}

/// The form that opens a case which was held, with the reason filled in; only for whoever may.
pub(super) fn opening(seat: &Seat, file: &CaseFile) -> Option<FormState> {
    let may = file.case.is_held() && can_open(&file.case, seat.door.person()).is_ok();
    may.then(|| fresh(file).answered(&[("seen", &file.case.sequence.to_string()), ("reason", WRONG)]))
}

/// What stands in the form until somebody says it better.
pub(crate) const WRONG: &str = "The finder of names was wrong: nobody of staff is complained about.";
