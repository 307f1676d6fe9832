//! Letters to the line manager who has a case, or is about to: where it stands, and a link; nothing of what it is about (R35).

use rules::case::event::Holder;
use rules::case::facts::greeting_of;
use rules::case::{Case, Setting};
use rules::clock::full_date;
use rules::deadlines;
use rules::letters::{LetterFacts, LetterKind};

use super::{Waiting, addressed, decision_dates, stage_words};
use crate::Office;

/// The letter with the code that opens a sealed record: it goes to whoever has the case, and to nobody else.
pub(crate) fn with_code(office: &Office, case: &Case, code: &str, setting: &Setting<'_>) -> Waiting {
    let facts = LetterFacts {
        receipt_code: code.to_owned(),
        ..facts_for(office, case, setting)
    };
    addressed(case, LetterKind::HandoverCode, facts, setting)
}

/// Who has a case outside the office, or is about to, and the secret of their links.
pub(super) fn of(case: &Case) -> Option<(&Holder, &str)> {
    let asked = case.seal.asked.as_ref().map(|asked| (&asked.to, asked.link.as_str()));
    asked.or_else(|| case.held().map(|held| (&held.holder, held.link.as_str())))
}

/// The private address of the page of whoever has a sealed case, or is about to.
pub(crate) fn link(office: &Office, case: &Case, token: &str) -> String {
    format!(
        "{}/handover/{}/{token}",
        office.institution().public_url,
        case.reference
    )
}

/// What a letter to a line manager may state: dates and a link, and nothing of what the case is about (R35).
pub(super) fn facts_for(office: &Office, case: &Case, setting: &Setting<'_>) -> LetterFacts {
    let (name, token) = of(case).map_or(("", ""), |(holder, token)| (holder.name.as_str(), token));
    LetterFacts {
        tracking_link: link(office, case, token),
        ..facts_of_handover(office, case, name, setting)
    }
}

/// The same for somebody of this name, without a link.
pub(crate) fn facts_of_handover(office: &Office, case: &Case, name: &str, setting: &Setting<'_>) -> LetterFacts {
    let institution = office.institution();
    let due = deadlines::decision_due(case, setting);
    let (decision_date, missed_decision_date) = decision_dates(due.as_ref(), setting.now);
    LetterFacts {
        organisation: institution.organisation.clone(),
        unit: institution.unit.clone(),
        phone: institution.phone.clone(),
        phone_hours: institution.phone_hours.clone(),
        greeting: greeting_of(name).to_owned(),
        reference: case.reference.to_string(),
        feedback: case.kind.words().to_owned(),
        confidential: true,
        stage: stage_words(case, due.as_ref()),
        decision_date,
        missed_decision_date,
        next_update_date: deadlines::update_due(case, setting).map_or_else(String::new, |due| full_date(due.due_on)),
        ..LetterFacts::default()
    }
}
