//! More time: who may grant how much, for what, and until when (A10, R64, R76, P15).

use jiff::civil::Date;

use super::consent::may_be_told;
use super::decide::open_work;
use crate::case::Case;
use crate::case::change::{Change, LetterOwed, Refused, Setting, permit};
use crate::case::event::{Event, ExtensionRequested, Reason};
use crate::case::facts::Extension;
use crate::clock::full_date;
use crate::confidential::named::apart;
use crate::deadlines::{Deadline, decision_due};
use crate::letters::LetterKind;
use crate::people::{Act, Person, Role};
use crate::procedure::{Expiry, ExtensionReasons, ExtensionRule, Stage};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoreTime {
    /// The new date.
    pub new_due_on: Date,
    /// The code from the procedure's list, where the stage has one.
    pub reason_code: Option<String>,
    /// Why, in words for the complainant.
    pub reason: String,
}

/// Extends the decision date if the person may approve it, or asks the one who may.
///
/// # Errors
/// When the stage allows no (further) extension, the date is not a working day or too far away, the reason is missing, or the old date has
/// passed and the procedure forbids a late approval.
pub fn extend(case: &Case, more: &MoreTime, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::AskExtension)?;
    apart(case, by)?;
    let (_, stage) = open_work(case, setting)?;
    let (rule, current) = rule_and_date(case, stage, setting)?;
    let days = check_date(case, more, rule, &current, setting)?;
    check_reason(more, rule)?;
    if !may_grant(case, rule, by) {
        let request = ExtensionRequested {
            days,
            reason_code: more.reason_code.clone(),
            reason: more.reason.trim().to_owned(),
        };
        return Ok(Change::of(vec![Event::ExtensionRequested(request)]));
    }
    Ok(approved(case, (stage, days), (more, &current), by, setting))
}

/// Whether more time can be had at all at this point, whoever asks.
///
/// # Errors
/// Why not, in words that say what to do instead.
pub fn possible(case: &Case, setting: &Setting<'_>) -> Result<(), Refused> {
    let (_, stage) = open_work(case, setting)?;
    let (rule, _) = rule_and_date(case, stage, setting)?;
    if left(case, rule) == 0 {
        return Err(Refused::Rule(
            "All the time that the procedure allows has been used.".to_owned(),
        ));
    }
    Ok(())
}

/// How far the decision date can move now: the rule, the present date, and the latest day; `None` where there is no more time.
pub fn latest<'a>(case: &Case, setting: &Setting<'a>) -> Option<(&'a ExtensionRule, Deadline, Date)> {
    let stage = open_stage(case, setting)?;
    let (rule, current) = rule_and_date(case, stage, setting).ok()?;
    let last = setting
        .calendar
        .add_working_days(current.due_on, left(case, rule))
        .ok()?;
    Some((rule, current, last))
}

fn open_stage<'a>(case: &Case, setting: &Setting<'a>) -> Option<&'a Stage> {
    let crate::case::State::Open(work) = &case.state else {
        return None;
    };
    setting.procedure.stage_number(work.stage())
}

/// Working days that may still be added.
fn left(case: &Case, rule: &ExtensionRule) -> u32 {
    let used: u32 = case.extensions_now().map(|extension| extension.days).sum();
    rule.max_each_days.min(rule.max_total_days.saturating_sub(used))
}

/// Grants the extension that was asked for.
///
/// # Errors
/// As for [`extend`]; and when nothing was asked for or the person is not the approver.
pub fn grant(case: &Case, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    let (request, stage, rule) = requested(case, by, setting)?;
    let (_, current) = rule_and_date(case, stage, setting)?;
    let new_due_on = setting
        .calendar
        .add_working_days(current.due_on, request.days)
        .map_err(|error| Refused::Rule(error.to_string()))?;
    let more = MoreTime {
        new_due_on,
        reason_code: request.reason_code.clone(),
        reason: request.reason.clone(),
    };
    let days = check_date(case, &more, rule, &current, setting)?;
    Ok(approved(case, (stage, days), (&more, &current), by, setting))
}

/// Refuses the extension that was asked for.
///
/// # Errors
/// When nothing was asked for, the person is not the approver, or no reason is given.
pub fn deny(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    requested(case, by, setting)?;
    if reason.trim().is_empty() {
        return Err(Refused::field(
            "reason",
            "Say why not, so that the person who asked knows",
        ));
    }
    Ok(Change::of(vec![Event::ExtensionRefused(Reason {
        reason: reason.trim().to_owned(),
    })]))
}

/// Whether somebody may grant more time: whom the procedure names, and for a restricted case, which not all of those can see, also who reads
/// every one of them (R36).
pub fn may_grant(case: &Case, rule: &ExtensionRule, by: &Person) -> bool {
    let stands_in = [Role::ComplaintsCoordinator, Role::Reviewer];
    by.is(rule.approver) || (case.is_restricted() && stands_in.iter().any(|role| by.is(*role)))
}

type Requested<'a> = (&'a ExtensionRequested, &'a Stage, &'a ExtensionRule);

fn requested<'a>(case: &'a Case, by: &Person, setting: &Setting<'a>) -> Result<Requested<'a>, Refused> {
    let (_, stage) = open_work(case, setting)?;
    let rule = rule_of(stage)?;
    apart(case, by)?;
    if !may_grant(case, rule, by) {
        return Err(Refused::Rule(format!(
            "Only {} can decide on more time at {}.",
            rule.approver.with_article(),
            stage.name
        )));
    }
    let request = case.extension_request.as_ref();
    let request = request.ok_or_else(|| Refused::NotNow("Nobody has asked for more time on this case.".to_owned()))?;
    Ok((request, stage, rule))
}

fn approved(
    case: &Case,
    (stage, days): (&Stage, u32),
    (more, current): (&MoreTime, &Deadline),
    by: &Person,
    setting: &Setting<'_>,
) -> Change {
    let reason = more.reason.trim().to_owned();
    let extension = Extension {
        stage: stage.number,
        days,
        old_due_on: current.due_on,
        new_due_on: more.new_due_on,
        reason_code: more.reason_code.clone(),
        reason: reason.clone(),
        approved_by: by.id,
        approved_at: setting.now,
    };
    // Before the person for whom they complain agrees, the letter says the new date and not why: the reason may tell about that person (A29).
    let told = may_be_told(case).map_or_else(|_| String::new(), |()| reason);
    let letter = LetterOwed::written(LetterKind::Extension, told, Some(by.id));
    Change::of(vec![Event::ExtensionApproved(extension)]).owing(letter)
}

fn rule_of(stage: &Stage) -> Result<&ExtensionRule, Refused> {
    let rule = stage.extension.as_ref();
    rule.ok_or_else(|| Refused::Rule(format!("{} cannot be extended under this procedure.", stage.name)))
}

fn rule_and_date<'a>(
    case: &Case,
    stage: &'a Stage,
    setting: &Setting<'_>,
) -> Result<(&'a ExtensionRule, Deadline), Refused> {
    let rule = rule_of(stage)?;
    let current = decision_due(case, setting);
    let current = current.ok_or_else(|| {
        Refused::Rule(
            "The decision date cannot be computed: the calendar ends too soon. Tell the administrator.".to_owned(),
        )
    })?;
    if rule.before_expiry == Expiry::MustBeBefore && current.has_passed(setting.now) {
        let message = format!(
            "The decision was due on {}, so it is late and cannot be extended any more. Record the decision and say why it is late, or move the case on.",
            full_date(current.due_on)
        );
        return Err(Refused::Rule(message));
    }
    let used = u32::try_from(case.extensions_now().count()).unwrap_or(u32::MAX);
    if rule.max_count.is_some_and(|most| used >= most) {
        let next = rule.then.as_ref().map_or(
            "Record the decision",
            |_| "Record the decision, or move the case to stage 2",
        );
        return Err(Refused::Rule(format!("This has already been extended. {next}.")));
    }
    Ok((rule, current))
}

/// The number of working days that a new date adds.
fn check_date(
    case: &Case,
    more: &MoreTime,
    rule: &ExtensionRule,
    current: &Deadline,
    setting: &Setting<'_>,
) -> Result<u32, Refused> {
    let calendar = setting.calendar;
    if more.new_due_on <= current.due_on {
        return Err(Refused::field(
            "new_date",
            format!("Choose a date after {}", full_date(current.due_on)),
        ));
    }
    if !calendar.is_working_day(more.new_due_on) {
        let why = calendar
            .why_not_working(more.new_due_on)
            .unwrap_or_else(|| "not a working day".to_owned());
        return Err(Refused::field(
            "new_date",
            format!(
                "{} is not a working day ({why}). Choose another",
                full_date(more.new_due_on)
            ),
        ));
    }
    let days = calendar
        .working_days_between(current.due_on, more.new_due_on)
        .map_err(|error| Refused::field("new_date", error.to_string()))?;
    let left = left(case, rule);
    if days > left {
        let last = calendar
            .add_working_days(current.due_on, left)
            .map_or_else(|_| String::new(), full_date);
        return Err(Refused::field(
            "new_date",
            format!("The procedure allows {left} more working days here, so {last} at the latest"),
        ));
    }
    Ok(days)
}

fn check_reason(more: &MoreTime, rule: &ExtensionRule) -> Result<(), Refused> {
    if let ExtensionReasons::Codes(codes) = &rule.reasons {
        let known = more
            .reason_code
            .as_deref()
            .is_some_and(|code| codes.iter().any(|known| known.code == code));
        if !known {
            return Err(Refused::field(
                "reason_code",
                "Choose which exceptional circumstance it is",
            ));
        }
    }
    if more.reason.trim().chars().count() < 10 {
        return Err(Refused::field(
            "reason",
            "Say why, in a sentence for the complainant: we send it to them",
        ));
    }
    Ok(())
}
