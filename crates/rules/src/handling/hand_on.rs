//! A letter that nobody has acted on goes to a delegate before its date comes: never to somebody who had a part in the case (P34, R28).

use jiff::civil::Date;

use super::decide::stage_of;
use super::sign_off::{conflict, may_stand_in, rule_for};
use crate::case::change::Setting;
use crate::case::event::{Event, SignOffHandedOn};
use crate::case::{Case, State};
use crate::confidential::{Guard, Sight, sight};
use crate::deadlines;
use crate::office::delegation::Delegation;
use crate::people::{Act, Person, StaffId, permission};

/// Who works here and who stands in for whom, at one moment.
#[derive(Debug, Clone, Copy)]
pub struct AtWork<'a> {
    /// Everybody who works here.
    pub people: &'a [Person],
    /// Who stands in for whom, the first named first.
    pub delegations: &'a [Delegation],
}

impl<'a> AtWork<'a> {
    fn person(self, id: StaffId) -> Option<&'a Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

/// What follows when the date of a letter that waits for sign-off is near and nobody has acted: a delegate is asked, or, where there is none
/// who may, everybody who could see to it. Asking twice changes nothing the second time.
pub fn hand_on(case: &Case, at_work: AtWork<'_>, setting: &Setting<'_>) -> Option<Event> {
    let State::SignOff(_, draft) = &case.state else {
        return None;
    };
    if setting.today() < hand_on_day(case, setting)? {
        return None;
    }
    let found = delegates(case, at_work, setting).next();
    let on = SignOffHandedOn {
        to: found.map(|(person, _)| person.id),
        instead_of: found.map(|(_, whom)| whom),
    };
    match &draft.handed_on {
        // Whoever was asked still is, until they cannot act any more.
        Some(before) if before.to.is_some_and(|to| can_act(case, at_work, to)) => None,
        Some(before) if before.to.is_none() && on.to.is_none() => None,
        _ => Some(Event::SignOffHandedOn(on)),
    }
}

fn can_act(case: &Case, at_work: AtWork<'_>, who: StaffId) -> bool {
    at_work
        .person(who)
        .is_some_and(|person| conflict(case, person).is_none())
}

/// The day from which a waiting letter goes to a delegate; nothing where the procedure says no such day or no date is open.
pub fn hand_on_day(case: &Case, setting: &Setting<'_>) -> Option<Date> {
    let State::SignOff(work, draft) = &case.state else {
        return None;
    };
    let stage = stage_of(work, setting).ok()?;
    let days = rule_for(case, &draft.decision, stage, setting.procedure)?.delegate_before?;
    let due = deadlines::decision_due(case, setting)?;
    // A day that the calendar does not know is one that the doctor reports; until then the date itself is the day.
    let day = setting.calendar.subtract_working_days(due.due_on, days);
    Some(day.unwrap_or(due.due_on))
}

/// Those who stand in today for somebody who signs this letter off and may sign it themselves, with whom they stand in for, in the order in
/// which they were named.
pub fn delegates<'a>(
    case: &'a Case,
    at_work: AtWork<'a>,
    setting: &'a Setting<'a>,
) -> impl Iterator<Item = (&'a Person, StaffId)> {
    let today = setting.today();
    at_work.delegations.iter().filter_map(move |delegation| {
        let signs = |whom: &Person| permission::may(whom, Act::SignOff);
        let in_force = delegation.holds_on(today) && at_work.person(delegation.who).is_some_and(signs);
        let delegate = at_work.person(delegation.delegate).filter(|_| in_force)?;
        let may = may_stand_in(setting.procedure, delegate)
            && conflict(case, delegate).is_none()
            && sight(&Guard::of(case), delegate) == Some(Sight::Whole);
        may.then_some((delegate, delegation.who))
    })
}
