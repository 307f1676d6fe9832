//! Triage: a person judges a new case, and the procedure says at which stage it begins (R22, R53-R56, A12, A18, A20).

use jiff::Timestamp;

use super::entry::{entry, way_from_triage};
use super::grounds::{Grounds, case_facts};
use super::start::clock_from;
use crate::case::change::{Change, Fields, LetterOwed, Refused, Setting, not_now, permit};
use crate::case::event::{
    Assigned, CategorySet, Closed, Event, JobLinked, Reclassified, RiskAssessed, StageEntered, UrgencySet, VipFlagged,
};
use crate::case::vocabulary::{Ending, FeedbackKind, StageReason, Urgency, VipSource};
use crate::case::{Case, State};
use crate::confidential::lane::nobody_named;
use crate::confidential::named::apart;
use crate::confidential::sight::KEEPERS;
use crate::letters::LetterKind;
use crate::people::separation::without_conflict;
use crate::people::{Act, Person, Role, permission};
use crate::procedure::{CategoryAxis, FactName, Procedure, Response, Stage, StageEntry, StageEntryWay};

/// What triage says.
#[derive(Debug, Clone)]
pub struct Triage {
    /// Axis A code.
    pub service: String,
    /// Axis B code.
    pub problem: String,
    /// How pressing.
    pub urgency: Urgency,
    /// Complexity and risk.
    pub risk: RiskAssessed,
    /// VIP with the reason, if a manager knows it.
    pub vip: Option<String>,
    /// An existing job of which this is a child.
    pub existing_job: Option<String>,
    /// Who takes it on.
    pub owner: Person,
}

impl Triage {
    /// What this judgement and the case itself know that could start it beyond the first stage.
    pub fn grounds(&self, case: &Case) -> Grounds {
        Grounds {
            vip: case.vip.is_some() || self.vip.is_some(),
            risk: self.risk.clone(),
        }
    }
}

/// Whether a person may triage a case now: the page asks this before it shows its form.
///
/// # Errors
/// When the person may not triage, or the case is past triage.
pub fn gate(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::Triage)?;
    apart(case, by)?;
    if case.state == State::Received {
        Ok(())
    } else {
        Err(not_now("triage it", &case.state))
    }
}

/// Judges a case and lets it into its first stage.
///
/// # Errors
/// When the person may not triage, the case is past triage, the category is missing, or the chosen owner may not work at the stage.
pub fn triage(case: &Case, triage: &Triage, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    gate(case, by)?;
    if case.is_restricted() && case.named.is_empty() {
        return Err(nobody_named());
    }
    let mut events = judged(case, triage, by, setting)?;
    if case.kind != FeedbackKind::Complaint {
        if case.has_open_regime() {
            return Err(Refused::NotNow(
                "Another regime applies to this case. It would be closed now: say first, on the page of its regimes, where that is handled."
                    .to_owned(),
            ));
        }
        events.push(Event::Assigned(Assigned {
            to: triage.owner.id,
            reason: None,
        }));
        events.push(Event::Closed(Closed {
            ending: Ending::Noted,
            reason: None,
        }));
        return Ok(Change::of(events));
    }
    let grounds = triage.grounds(case);
    let facts = case_facts(case, grounds.facts(), setting.procedure).with(FactName::Urgency, triage.urgency.code());
    let entry = entry(&facts, grounds.reason(), setting.procedure);
    check_owner(case, &triage.owner, entry.stage)?;
    let stage_number = entry.stage.number;
    let from = entry.clock_from(case, way_from_triage(case), setting);
    events.push(enter(entry.stage, entry.reason, None, from));
    events.push(Event::Assigned(Assigned {
        to: triage.owner.id,
        reason: None,
    }));
    let change = Change::of(events);
    Ok(if stage_number > 1 {
        change.owing(stage_2_started(by))
    } else {
        change
    })
}

/// What the clerk who takes a call may settle on the spot: the receiving person owns it first (R51, R58).
#[derive(Debug, Clone)]
pub struct Taken {
    /// Axis A code.
    pub service: String,
    /// Axis B code.
    pub problem: String,
    /// How pressing.
    pub urgency: Urgency,
}

/// The clerk who logged a complaint takes it at the first stage. A VIP's complaint is left to triage (R55).
///
/// # Errors
/// When the person may not log, it is no complaint, the category is missing, the complainant is a VIP, or the stage is not theirs to work at.
pub fn take(case: &Case, taken: &Taken, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::LogFeedback)?;
    if case.state != State::Received {
        return Err(not_now("take it", &case.state));
    }
    if case.kind != FeedbackKind::Complaint {
        return Err(Refused::Rule(format!(
            "This {} goes through no stages. Save it: it is read and passed on.",
            case.kind.words()
        )));
    }
    let mut fields = Fields::default();
    let category = CategorySet {
        service: taken.service.clone(),
        problem: taken.problem.clone(),
    };
    check_category(&mut fields, case, &category, setting.categories);
    fields.finish()?;
    if case.vip.is_some() {
        return Err(Refused::Rule("This complaint must be investigated from the start. Save it for triage: a coordinator chooses the investigator.".to_owned()));
    }
    let stage = first_stage(setting.procedure);
    check_owner(case, by, stage)?;
    let from = clock_from(case, stage, StageEntryWay::Direct, setting);
    Ok(Change::of(vec![
        Event::CategorySet(category),
        Event::UrgencySet(UrgencySet {
            urgency: taken.urgency,
            reason: None,
        }),
        enter(stage, StageReason::Frontline, None, from),
        Event::Assigned(Assigned {
            to: by.id,
            reason: None,
        }),
    ]))
}

/// The events that record the judgement itself: each fact has its own instant (R60).
fn judged(case: &Case, triage: &Triage, by: &Person, setting: &Setting<'_>) -> Result<Vec<Event>, Refused> {
    let mut fields = Fields::default();
    let category = CategorySet {
        service: triage.service.clone(),
        problem: triage.problem.clone(),
    };
    check_category(&mut fields, case, &category, setting.categories);
    let risky = triage.risk.complex || triage.risk.high_risk || triage.risk.needs_investigation;
    if risky && !is_said(triage.risk.reason.as_deref()) {
        fields.ask("risk_reason", "Say in a few words why it needs an investigation");
    }
    if triage.vip.is_some() && !is_said(triage.vip.as_deref()) {
        fields.ask("vip_reason", "Say how you know that this person is a VIP");
    }
    fields.finish()?;
    let mut events = vec![
        Event::CategorySet(category),
        Event::UrgencySet(UrgencySet {
            urgency: triage.urgency,
            reason: None,
        }),
        Event::RiskAssessed(triage.risk.clone()),
    ];
    if let Some(detail) = triage.vip.clone().filter(|_| case.vip.is_none()) {
        permit(by, Act::FlagVip)?;
        events.push(Event::VipFlagged(VipFlagged {
            source: VipSource::Manager,
            detail,
        }));
    }
    let known_parent = case.job.as_ref().and_then(|job| job.parent.as_ref());
    if let Some(parent) = triage
        .existing_job
        .clone()
        .filter(|parent| Some(parent) != known_parent)
    {
        events.push(Event::JobLinked(JobLinked { parent }));
    }
    Ok(events)
}

fn is_said(words: Option<&str>) -> bool {
    words.is_some_and(|words| !words.trim().is_empty())
}

/// Both axes must be offered by the procedure in force; thanks and ideas have no problem to name (model 3.5). What a case carries already it
/// may keep, also when that is no longer offered.
fn check_category(fields: &mut Fields, case: &Case, chosen: &CategorySet, axes: &[CategoryAxis]) {
    let CategorySet { service, problem } = chosen;
    let carried = case.category.as_ref();
    let offered = |axis: &str, code: &str| {
        let axis = axes.iter().find(|known| known.code == axis);
        let mut categories = axis.into_iter().flat_map(|axis| &axis.categories);
        categories.any(|category| category.code == code && category.is_offered())
    };
    let keeps_service = carried.is_some_and(|carried| carried.service == *service);
    let keeps_problem = carried.is_some_and(|carried| carried.problem == *problem);
    if !keeps_service && !offered("service", service) {
        fields.ask("service", "Choose the service that it is about");
    }
    let problem_needed = case.kind == FeedbackKind::Complaint || !problem.is_empty();
    if problem_needed && !keeps_problem && !offered("problem", problem) {
        fields.ask("problem", "Choose what went wrong");
    }
}

/// The stage at which cases begin unless a rule says otherwise.
pub fn first_stage(procedure: &Procedure) -> &Stage {
    let by_default = procedure.stages.iter().find(|stage| stage.entry == StageEntry::Default);
    by_default
        .or(procedure.stages.first())
        .expect("a procedure without a stage is refused when it is loaded")
}

/// The event of entering a stage.
pub(crate) fn enter(stage: &Stage, reason: StageReason, note: Option<String>, clock_from: Timestamp) -> Event {
    Event::StageEntered(StageEntered {
        stage: stage.number,
        stage_id: stage.id.to_string(),
        reason,
        note,
        clock_from,
    })
}

/// The letter that tells of an investigation.
pub(crate) fn stage_2_started(by: &Person) -> LetterOwed {
    LetterOwed::written(LetterKind::Stage2Started, "", Some(by.id))
}

/// Refuses an owner whom the complaint is about, who may not work at the stage, or who decided at an earlier one (R28, P26, R71). A
/// restricted case is given to managers only (R34).
///
/// # Errors
/// [`Refused::Conflict`] or [`Refused::Rule`] in words that say whom to choose.
pub fn check_owner(case: &Case, owner: &Person, stage: &Stage) -> Result<(), Refused> {
    without_conflict(case, owner)?;
    could_own(case, owner, stage)
}

/// The same of somebody whose conflict of interest, if they declared one, waits for a word.
pub(crate) fn could_own(case: &Case, owner: &Person, stage: &Stage) -> Result<(), Refused> {
    apart(case, owner)?;
    let deciding = if stage.response == Response::Written {
        Act::Investigate
    } else {
        Act::DecideFrontline
    };
    // A role that handles the stage on paper but may not decide here would leave the case with somebody who cannot end it (R40).
    let able: Vec<Role> = stage
        .handlers
        .iter()
        .copied()
        .filter(|role| permission::allowed(deciding).contains(role))
        .filter(|role| !case.is_restricted() || KEEPERS.contains(role))
        .collect();
    if !able.iter().any(|role| owner.is(*role)) {
        let what = if case.is_restricted() {
            "a complaint about a member of staff at "
        } else {
            ""
        };
        let message = format!(
            "{} cannot work on {what}{}. Choose {}.",
            owner.name,
            stage.name,
            permission::one_of(&able)
        );
        return Err(Refused::Rule(message));
    }
    if case.deciders_before(stage.number).contains(&owner.id) {
        let message = format!(
            "{} decided this complaint at an earlier stage, so {} cannot investigate it. Choose someone else.",
            owner.name,
            owner.first_name()
        );
        return Err(Refused::Conflict(message));
    }
    Ok(())
}

/// Passing a case to someone at the same stage: it stays the same stage and the clock runs on (R58, R40).
///
/// # Errors
/// When the person may not assign, the case is not being worked on, or the new owner may not work at the stage.
pub fn assign(
    case: &Case,
    to: &Person,
    reason: Option<String>,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    can_assign(case, by)?;
    let stage = case
        .state
        .work()
        .and_then(|work| setting.procedure.stage_number(work.stage()));
    if let Some(stage) = stage {
        check_owner(case, to, stage)?;
    }
    Ok(Change::of(vec![Event::Assigned(Assigned { to: to.id, reason })]))
}

/// Whether a person may pass a case on now, whoever takes it.
///
/// # Errors
/// When the person may not assign, or the case is not being worked on.
pub fn can_assign(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::Assign)?;
    if matches!(case.state, State::Open(_) | State::Answered(..)) {
        Ok(())
    } else {
        Err(not_now("pass it on", &case.state))
    }
}

/// Changing category and urgency after triage (R22, R60).
///
/// # Errors
/// When the person may not, the case is closed, or a code is unknown.
pub fn categorise(
    case: &Case,
    category: CategorySet,
    urgency: UrgencySet,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    permit(by, Act::Categorise)?;
    if !case.is_open() {
        return Err(not_now("change the category", &case.state));
    }
    let mut fields = Fields::default();
    check_category(&mut fields, case, &category, setting.categories);
    fields.finish()?;
    let mut events = Vec::new();
    if case.category.as_ref() != Some(&category) {
        events.push(Event::CategorySet(category));
    }
    if case.urgency != urgency.urgency {
        events.push(Event::UrgencySet(urgency));
    }
    Ok(Change::of(events))
}

/// Turning a complaint into a suggestion and the like, or back: the receipt time stays (A24).
///
/// # Errors
/// When the person may not, the reason is missing, or the case is past triage.
pub fn reclassify(case: &Case, to: FeedbackKind, reason: &str, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Triage)?;
    if case.state != State::Received {
        return Err(not_now("change what it is", &case.state));
    }
    if reason.trim().is_empty() {
        return Err(Refused::field(
            "reason",
            "Say why. The person's own words decide what it is",
        ));
    }
    Ok(Change::of(vec![Event::Reclassified(Reclassified {
        to,
        reason: reason.trim().to_owned(),
    })]))
}

/// Whether somebody may be shown as a possible owner at a stage, and if not, why.
pub fn owner_conflict(case: &Case, person: &Person, stage: &Stage) -> Option<String> {
    check_owner(case, person, stage)
        .err()
        .map(|refused| refused.to_string())
}

/// The role that coordinates: the owner of whatever nobody else owns (R40).
pub const COORDINATOR: Role = Role::ComplaintsCoordinator;
