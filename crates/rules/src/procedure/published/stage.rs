//! A stage on the public page: its limit, how it begins, what happens, how long it may take and what comes next.

use super::words::{capital, day_counting, every, start_day, times, within};
use super::{Block, Promise, Section, paragraph};
use crate::clock::StartEvent;
use crate::procedure::{
    Agreement, Clock, ComplainantReason, EscalationGate, Expiry, ExtensionReasons, ExtensionRule, LateRequests, Notice,
    Procedure, Refusal, Response, Stage, StageEntry,
};

pub(super) fn promise(procedure: &Procedure, stage: &Stage) -> Option<Promise> {
    let clock = procedure.clock(&stage.decision_clock)?;
    let what = if stage.response == Response::Written {
        "a written decision"
    } else {
        "a decision"
    };
    let when = stage
        .promise_when
        .as_ref()
        .map_or_else(String::new, |when| format!(", {when}"));
    Some(Promise {
        head: capital(&within(&clock.rule)),
        text: format!("We give you {what}{when}."),
    })
}

pub(super) fn section(procedure: &Procedure, stage: &Stage) -> Section {
    let clock = procedure.clock(&stage.decision_clock);
    let what = if stage.response == Response::Written {
        "Written decision"
    } else {
        "Decision"
    };
    let mut blocks = beginning(procedure, stage);
    blocks.push(paragraph(stage.plain_text.clone()));
    blocks.extend(updates(procedure, stage));
    blocks.extend(clock.and_then(counted_from));
    if stage.response == Response::SpokenOrWritten {
        blocks.push(paragraph(
            "We may tell you our decision in person, by phone or in writing.",
        ));
    }
    blocks.extend(stage.extension.as_ref().map(|extension| longer(extension, clock)));
    if !stage.sign_off.is_empty() {
        blocks.push(paragraph(
            "Senior managers may check our letter before it goes to you. That is part of the time above.",
        ));
    }
    if let Some(gate) = procedure.gate_from(&stage.id) {
        blocks.extend(next(procedure, gate));
    }
    Section {
        id: format!("stage-{}", stage.number),
        heading: if procedure.stages.len() == 1 {
            capital(&stage.plain_name)
        } else {
            format!("Stage {}: {}", stage.number, stage.plain_name)
        },
        time: clock.map(|clock| format!("{what} {}", within(&clock.rule))),
        blocks,
    }
}

/// How a case comes here, where it does not begin here.
fn beginning(procedure: &Procedure, stage: &Stage) -> Vec<Block> {
    if stage.entry == StageEntry::Default {
        return Vec::new();
    }
    let gates = procedure.escalations.iter().filter(|gate| gate.to == stage.id);
    let mut ways: Vec<String> = gates
        .filter_map(|gate| procedure.stage(&gate.from))
        .map(|from| {
            format!(
                "you are not happy with our stage {} decision and ask us to look again",
                from.number
            )
        })
        .collect();
    let jumps = procedure.jumps.iter().filter(|jump| jump.to == stage.id);
    ways.extend(jumps.filter_map(|jump| jump.plain_text.clone()));
    if ways.is_empty() {
        return Vec::new();
    }
    vec![
        paragraph(format!("We move to stage {} if:", stage.number)),
        Block::Bullets(ways),
    ]
}

fn updates(procedure: &Procedure, stage: &Stage) -> Option<Block> {
    let clock = procedure.clock(&stage.update_clock)?;
    let rhythm = every(clock.rule.unit, clock.rule.amount);
    Some(paragraph(format!(
        "Until you have our decision, you hear from us at least {rhythm}, also if there is nothing new."
    )))
}

/// From when the stage counts, where that differs by the way a case came in (P16).
fn counted_from(clock: &Clock) -> Option<Block> {
    let (direct, escalated) = (&clock.starts.direct, &clock.starts.escalated);
    if direct == escalated {
        return (*direct != StartEvent::Received).then(|| {
            paragraph(format!(
                "We count from {}. {}",
                start_day(direct),
                day_counting(&clock.rule)
            ))
        });
    }
    Some(paragraph(format!(
        "We count from {}. If you ask us to look again after a decision, we count from {}.",
        start_day(direct),
        start_day(escalated)
    )))
}

fn longer(extension: &ExtensionRule, clock: Option<&Clock>) -> Block {
    let unit = clock.map_or(crate::clock::Unit::WorkingDays, |clock| clock.rule.unit);
    let why = match extension.reasons {
        ExtensionReasons::Codes(_) => "In exceptional circumstances",
        ExtensionReasons::FreeText => "If there is a clear reason",
    };
    let each = unit.with_amount(extension.max_each_days);
    let total = unit.with_amount(extension.max_total_days);
    let how_long = match extension.max_count {
        Some(count) if extension.max_each_days == extension.max_total_days => {
            format!("up to {each} more, {}", times(count))
        }
        _ if extension.max_each_days == extension.max_total_days => format!("up to {total} more"),
        _ => format!("up to {each} more at a time, and never more than {total} in all"),
    };
    let mut words = format!("{why} we can take {how_long}.");
    if extension.notify == Notice::MustTell {
        let when = if extension.before_expiry == Expiry::MustBeBefore {
            " before the first date has passed"
        } else {
            ""
        };
        words.push_str(&format!(" We tell you why and give you a new date{when}."));
    }
    match extension.agreement {
        Agreement::NotAsked => {}
        Agreement::Asked => words.push_str(" We ask you first, and we may have to go on without your agreement."),
        Agreement::Required => words.push_str(" We do this only if you agree."),
    }
    paragraph(words)
}

/// The complainant's own time: " Ask within 2 months of our decision, or within 6 months of ... if that is later."
fn window(procedure: &Procedure, clock: &Clock) -> String {
    let span = |clock: &Clock| format!("{} from {}", within(&clock.rule), start_day(&clock.starts.direct));
    let other = clock.later_of.as_ref().and_then(|name| procedure.clock(name));
    let other = other.map_or_else(String::new, |other| format!(", or {} if that is later", span(other)));
    format!(" Ask {}{other}.", span(clock))
}

/// How the complainant goes on to the next stage.
fn next(procedure: &Procedure, gate: &EscalationGate) -> Vec<Block> {
    let Some(to) = procedure.stage(&gate.to) else {
        return Vec::new();
    };
    let reason = match gate.complainant_reason {
        ComplainantReason::Optional => "You do not have to say why, but it helps us.",
        ComplainantReason::Required => "Tell us what we got wrong.",
        ComplainantReason::Forbidden => "You do not have to say why.",
    };
    let mut words = format!(
        "If you are not happy with our decision, ask us for stage {}. {reason}",
        to.number
    );
    if let Some(days) = gate.window_working_days {
        words.push_str(&format!(" You have {days} working days after our decision to ask."));
        words.push_str(match gate.late {
            LateRequests::Flag | LateRequests::Accept => " If you ask later, we still look at whether we can do it.",
            LateRequests::Refuse => " We only look at later requests if there is a good reason.",
        });
    }
    if let Some(clock) = gate.window_clock.as_ref().and_then(|name| procedure.clock(name)) {
        words.push_str(&window(procedure, clock));
    }
    let mut blocks = vec![paragraph(words)];
    let decided = gate.decide_within.as_ref().and_then(|name| procedure.clock(name));
    if let (Some(clock), true) = (decided, gate.assent_by.is_some()) {
        let refusal = if gate.refusal == Refusal::WithReason {
            " If we do not, we tell you why."
        } else {
            ""
        };
        blocks.push(paragraph(format!(
            "We tell you {} whether we will look again.{refusal}",
            within(&clock.rule)
        )));
    }
    blocks
}
