//! Sign-off: senior management approves the letter as they read it, changes words of it, or sends it back with a reason (R78, R28, lesson 20).

use super::consent::may_be_told;
use super::decide::{decided, decision_letter, stage_of};
use super::draft::{check_decision, decision_facts, next_version};
use crate::case::change::{Change, Fields, Refused, Setting, not_now, permit};
use crate::case::event::{Event, Reason, SignOffApproved, SignOffEdited};
use crate::case::state::{Draft, Work};
use crate::case::{Case, Decision, State};
use crate::confidential::named::apart;
use crate::intake::feedback::clean_text;
use crate::letters::fixed::note_hash;
use crate::people::separation::without_conflict;
use crate::people::{Act, Person, StaffId, permission};
use crate::procedure::stage::{ApproverEdits, SignOffRule, Stage};
use crate::procedure::{FactName, Procedure};

/// What somebody had before them when they acted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// The version.
    pub version: u32,
    /// The hash of the letter; empty for one that was sent for sign-off before letters were fixed.
    pub sha256: String,
}

impl Read {
    /// What waits now.
    pub fn of(draft: &Draft) -> Read {
        Read {
            version: draft.version,
            sha256: draft
                .letter
                .as_ref()
                .map_or_else(String::new, |letter| letter.sha256.clone()),
        }
    }
}

/// Words that somebody who may approve a letter puts in place of the author's. Outcome, remedies and promises are not theirs to change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// What was found.
    pub reasons: String,
    /// What was done.
    pub what_we_did: String,
    /// What was found on points, by their numbers; a point that is not here stays as it is.
    pub findings: Vec<(u32, String)>,
    /// Why, for the author.
    pub why: String,
}

/// Approves the waiting letter as it was read; its decision is recorded as its author's and exactly these words go out.
///
/// # Errors
/// When the person may not sign off, has a conflict, or no letter waits; when somebody has not agreed yet that it is told (A29); when another
/// letter waits than the one that was read.
pub fn approve(
    case: &Case,
    read: &Read,
    remark: Option<String>,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    let (work, draft) = waiting_as_read(case, read, by)?;
    if draft.author.is_some_and(|author| case.named.people.contains(&author)) {
        return Err(Refused::Conflict(
            "This letter was written by somebody whom the complaint is about. Send it back: somebody else must decide."
                .to_owned(),
        ));
    }
    may_be_told(case)?;
    let stage = stage_of(work, setting)?;
    let hash = draft.letter.as_ref().map(|letter| letter.sha256.clone());
    let mut change = Change::of(vec![Event::SignOffApproved(SignOffApproved {
        remark,
        version: Some(draft.version),
        sha256: hash.clone(),
    })]);
    change
        .events
        .extend(decided(case, work, draft.decision.clone(), by).events);
    if let Some(hash) = &hash {
        note_hash(&mut change.events, hash);
    }
    let mut letter = decision_letter(stage, draft.author);
    letter.words = draft.letter.as_ref().map(|letter| letter.words.clone());
    Ok(change.owing(letter))
}

/// Changes words of the waiting letter: a new version waits, its author is told and stays its author. Whoever changed them may still approve:
/// they did not investigate, and what was found stays what it was.
///
/// # Errors
/// As for [`approve`]; when the procedure sends letters back instead; when nothing changed, no reason is given, or the decision would lack
/// something.
pub fn edit(case: &Case, read: &Read, edit: &Edit, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    let (work, draft) = waiting_as_read(case, read, by)?;
    can_edit(case, setting)?;
    let decision = edited(&draft.decision, edit);
    let mut fields = Fields::default();
    if decision == draft.decision {
        fields.ask(
            "found",
            "Change the words that you want otherwise, or approve the letter as it is",
        );
    }
    if edit.why.trim().is_empty() {
        fields.ask("why", "Write why, so that the author knows");
    }
    fields.finish()?;
    check_decision(case, &decision, stage_of(work, setting)?, setting)?;
    Ok(Change::of(vec![Event::SignOffEdited(SignOffEdited {
        version: next_version(case),
        decision,
        why: clean_text(&edit.why),
        letter: None,
    })]))
}

/// Whether the procedure lets whoever approves a letter change its words.
///
/// # Errors
/// In words that say what to do instead.
pub fn can_edit(case: &Case, setting: &Setting<'_>) -> Result<(), Refused> {
    let State::SignOff(work, draft) = &case.state else {
        return Err(not_now("change this letter", &case.state));
    };
    let rule = rule_for(case, &draft.decision, stage_of(work, setting)?, setting.procedure);
    if rule.is_some_and(|rule| rule.edits == ApproverEdits::ByApprover) {
        return Ok(());
    }
    Err(Refused::Rule(
        "The procedure does not let you change this letter. Send it back and say what to change.".to_owned(),
    ))
}

/// The author's decision with other words.
fn edited(decision: &Decision, edit: &Edit) -> Decision {
    let mut changed = decision.clone();
    changed.reasons = clean_text(&edit.reasons);
    changed.what_we_did = clean_text(&edit.what_we_did);
    for point in &mut changed.points {
        if let Some((_, finding)) = edit.findings.iter().find(|(number, _)| *number == point.number) {
            point.finding = clean_text(finding);
        }
    }
    changed
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

/// The letter that waits, if it is to the byte what was read.
fn waiting_as_read<'a>(case: &'a Case, read: &Read, by: &Person) -> Result<(&'a Work, &'a Draft), Refused> {
    let (work, draft) = waiting(case, read.version, by)?;
    if Read::of(draft) != *read {
        return Err(changed(draft));
    }
    Ok((work, draft))
}

fn waiting<'a>(case: &'a Case, version: u32, by: &Person) -> Result<(&'a Work, &'a Draft), Refused> {
    if !may_sign(case, by) {
        permit(by, Act::SignOff)?;
    }
    let State::SignOff(work, draft) = &case.state else {
        return Err(not_now("sign this off", &case.state));
    };
    if draft.version != version {
        return Err(changed(draft));
    }
    if let Some(conflict) = conflict(case, by) {
        return Err(Refused::Conflict(conflict));
    }
    Ok((work, draft))
}

fn changed(draft: &Draft) -> Refused {
    Refused::NotNow(format!(
        "The letter changed while you read it: version {} is waiting now. Read it before you decide.",
        draft.version
    ))
}

/// Whether somebody's roles let them sign letters off, or this one was handed on to them.
pub fn may_sign(case: &Case, by: &Person) -> bool {
    let handed_on = case.draft().and_then(|draft| draft.handed_on.as_ref());
    permission::may(by, Act::SignOff) || handed_on.is_some_and(|on| on.to == Some(by.id))
}

/// The rule of the procedure under which a letter waits: the first that holds for it, else the first of the stage.
pub(super) fn rule_for<'a>(
    case: &Case,
    decision: &Decision,
    stage: &'a Stage,
    procedure: &Procedure,
) -> Option<&'a SignOffRule> {
    let facts = decision_facts(case, decision, procedure).when(true, FactName::SignOffRequested);
    let holding = stage.sign_off.iter().find(|rule| rule.when.holds(&facts));
    holding.or_else(|| stage.sign_off.first())
}

/// Whether somebody may stand in for somebody else who signs off, as far as roles go: they hold one of the role's delegates, or the role.
pub fn may_stand_in(procedure: &Procedure, delegate: &Person) -> bool {
    permission::may(delegate, Act::SignOff)
        || procedure
            .sign_off()
            .any(|(_, rule)| rule.delegates.iter().any(|role| delegate.is(*role)))
}

/// Why this person may not approve this letter, in words; `None` if they may (R28: not the author, not in an earlier decision, not the investigator).
/// Who changed words of it before approving is not in its way: see [`edit`].
pub fn conflict(case: &Case, by: &Person) -> Option<String> {
    if let Err(refused) = apart(case, by).and_then(|()| without_conflict(case, by)) {
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
