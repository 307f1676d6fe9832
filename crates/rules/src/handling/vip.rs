//! A complainant who is a VIP: their complaint belongs to stage 2, however late that is known (R55, R88, A12).

use super::entry::{entry, entry_stage};
use super::grounds::{Grounds, case_facts};
use super::triage::{check_owner, enter, first_stage, stage_2_started};
use crate::case::change::{Change, LetterOwed, Refused, Setting, not_now, permit};
use crate::case::event::{Assigned, Event, VipFlagged};
use crate::case::vocabulary::StageReason;
use crate::case::{Case, State};
use crate::letters::LetterKind;
use crate::people::{Act, Person};
use crate::procedure::Stage;

/// A VIP who is recognised late goes to stage 2 at once, and the clock counts from the receipt (A12, R55).
///
/// # Errors
/// When the person may not flag a VIP, the reason is missing, a stage 1 letter is on its way, or the investigator may not work at stage 2.
pub fn flag_vip(
    case: &Case,
    flag: VipFlagged,
    investigator: &Person,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    permit(by, Act::FlagVip)?;
    if case.vip.is_some() {
        return Err(Refused::Rule("This person is already marked as a VIP.".to_owned()));
    }
    if flag.detail.trim().is_empty() {
        return Err(Refused::field(
            "vip_reason",
            "Say how you know that this person is a VIP",
        ));
    }
    if matches!(&case.state, State::Decided(work, _) if work.stage() == first_stage(setting.procedure).number) {
        return Err(not_now("mark a VIP", &case.state));
    }
    let mut events = vec![Event::VipFlagged(flag)];
    let Some(stage) = vip_stage(case, setting) else {
        return Ok(Change::of(events));
    };
    check_owner(case, investigator, stage)?;
    events.push(enter(stage, StageReason::Vip, None, case.received.received_at));
    events.push(Event::Assigned(Assigned {
        to: investigator.id,
        reason: None,
    }));
    Ok(Change::of(events).owing(stage_2_started(by)))
}

/// A complainant who stands on the list of VIPs, found by the system: the case moves at once, and whoever has it keeps it until the coordinator
/// has chosen who investigates (A11, A12, R40). Nothing follows while a decision is on its way, or once the case is closed.
pub fn flag_listed(case: &Case, flag: VipFlagged, setting: &Setting<'_>) -> Change {
    if case.vip.is_some() || !can_be_flagged(case) {
        return Change::default();
    }
    let flagged = Event::VipFlagged(flag);
    let Some(stage) = vip_stage(case, setting) else {
        return Change::of(vec![flagged]);
    };
    let moved = enter(stage, StageReason::Vip, None, case.received.received_at);
    Change::of(vec![flagged, moved]).owing(LetterOwed::automatic(LetterKind::Stage2Started))
}

/// Whether the mark can be set by itself now: it waits for a decision that is on its way, and comes too late for what is closed.
pub fn can_be_flagged(case: &Case) -> bool {
    !matches!(case.state, State::Closed(..) | State::Decided(..))
}

/// The stage to which a case moves when its complainant turns out to be a VIP; `None` where it stays (A12).
pub fn vip_stage<'a>(case: &Case, setting: &Setting<'a>) -> Option<&'a Stage> {
    if !matches!(
        &case.state,
        State::Open(_) | State::SignOff(..) | State::EscalationPending(..)
    ) {
        return None;
    }
    let (stage, _) = entry_stage(&Grounds::of_vip(), setting);
    (stage.number > case.stage()).then_some(stage)
}

/// The stage to which a VIP's complaint belongs by the rules, if this complainant is one (R55).
pub(crate) fn stage_of_vip(case: &Case, setting: &Setting<'_>) -> Option<u8> {
    case.vip.as_ref()?;
    let facts = case_facts(case, Grounds::of(case).facts(), setting.procedure);
    Some(entry(&facts, StageReason::Vip, setting.procedure).stage.number)
}
