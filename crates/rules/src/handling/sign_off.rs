//! Sign-off: senior management approves the letter or sends it back with a reason (R78, R28, lesson 20).

use super::decide::{decided, decision_letter};
use crate::case::change::{Change, Refused, Setting, not_now, permit};
use crate::case::event::{Event, Reason, Remark};
use crate::case::state::Draft;
use crate::case::{Case, State};
use crate::confidential::named::apart;
use crate::people::{Act, Person, StaffId};

/// Approves the waiting draft; its decision is recorded as its author's and its letter goes out.
///
/// # Errors
/// When the person may not sign off, has a conflict, or no draft waits; when another version waits than the one that was read.
pub fn approve(
    case: &Case,
    version: u32,
    remark: Option<String>,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    let draft = waiting(case, version, by)?;
    if draft.author.is_some_and(|author| case.named.people.contains(&author)) {
        return Err(Refused::Conflict(
            "This letter was written by somebody whom the complaint is about. Send it back: somebody else must decide."
                .to_owned(),
        ));
    }
    let State::SignOff(work, _) = &case.state else {
        return Err(not_now("sign this off", &case.state));
    };
    let stage = setting.procedure.stage_number(work.stage());
    let stage = stage.ok_or_else(|| {
        Refused::Rule("The procedure of this case has no such stage. Tell the administrator.".to_owned())
    })?;
    let mut change = Change::of(vec![Event::SignOffApproved(Remark { remark })]);
    change
        .events
        .extend(decided(case, work, draft.decision.clone(), by).events);
    let mut letter = decision_letter(stage, by);
    letter.signed_by = draft.author;
    Ok(change.owing(letter))
}

/// Sends the draft back to its author.
///
/// # Errors
/// As for [`approve`], and when no reason is given.
pub fn send_back(case: &Case, version: u32, reason: &str, by: &Person) -> Result<Change, Refused> {
    waiting(case, version, by)?;
    if reason.trim().is_empty() {
        return Err(Refused::field(
            "comments",
            "Write what needs to change, so that the author knows",
        ));
    }
    Ok(Change::of(vec![Event::SignOffReturned(Reason {
        reason: reason.trim().to_owned(),
    })]))
}

fn waiting<'a>(case: &'a Case, version: u32, by: &Person) -> Result<&'a Draft, Refused> {
    permit(by, Act::SignOff)?;
    let State::SignOff(_, draft) = &case.state else {
        return Err(not_now("sign this off", &case.state));
    };
    if draft.version != version {
        let message = format!(
            "The letter changed while you read it: version {} is waiting now. Read it before you decide.",
            draft.version
        );
        return Err(Refused::NotNow(message));
    }
    if let Some(conflict) = conflict(case, by) {
        return Err(Refused::Conflict(conflict));
    }
    Ok(draft)
}

/// Why this person may not approve this letter, in words; `None` if they may (R28: not the author, not in an earlier decision, not the investigator).
pub fn conflict(case: &Case, by: &Person) -> Option<String> {
    if let Err(refused) = apart(case, by) {
        return Some(refused.to_string());
    }
    let author = case.draft().and_then(|draft| draft.author);
    let refuse = |what: &str| {
        Some(format!(
            "{} {what}, so {} cannot sign it off. Choose someone else.",
            by.name,
            by.first_name()
        ))
    };
    if author == Some(by.id) {
        return refuse("wrote this letter");
    }
    let current = case.stage();
    if case
        .stages
        .iter()
        .any(|stage| stage.entry.stage == current && stage.owners.contains(&by.id))
    {
        return refuse("investigated this complaint");
    }
    if case.deciders_before(current).contains(&by.id) {
        return refuse("made the stage 1 decision on this complaint");
    }
    (case.received.logged_by == Some(by.id) && is_only_handler(case, by.id)).then(|| {
        format!(
            "{} took this complaint, so {} cannot sign it off. Choose someone else.",
            by.name,
            by.first_name()
        )
    })
}

/// True where the only member of staff who ever dealt with the case is this one.
fn is_only_handler(case: &Case, who: StaffId) -> bool {
    case.stages
        .iter()
        .flat_map(|stage| &stage.owners)
        .all(|owner| *owner == who)
}
