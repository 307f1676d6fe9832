//! How a complaint moves: acknowledged, straight to a stage, after a decision, out, back in, beside other procedures.

use super::stages::{called, names, people};
use super::statement::{Part, Statements, listed};
use crate::procedure::{
    AcknowledgementTarget, AdmissibilityRule, ConfidentialRule, EscalationGate, Jump, NoAnswerRule, Override,
    PauseRule, Procedure, Regime, ReopenRule, RoleName, Signpost, WithdrawRule,
};
use crate::sentence::capital;

pub(super) fn say(procedure: &Procedure, said: &mut Statements) {
    for target in &procedure.acknowledgements {
        acknowledged(target, said);
    }
    for jump in &procedure.jumps {
        jumps(procedure, jump, said);
    }
    for gate in &procedure.escalations {
        asked_for(procedure, gate, said);
    }
    for pause in &procedure.pauses {
        pauses(pause, said);
    }
    for regime in &procedure.regimes {
        beside(regime, said);
    }
    for signpost in &procedure.signposts {
        elsewhere(signpost, said);
    }
    out_and_in(procedure, said);
}

fn acknowledged(target: &AcknowledgementTarget, said: &mut Statements) {
    let AcknowledgementTarget { channels, clock, how } = target;
    for channel in channels {
        said.keyed(
            Part::Ways,
            &format!("acknowledge.{}", channel.code()),
            format!("Acknowledged: {}", channel.words()),
            format!("{how} (clock {clock})"),
        );
    }
}

fn jumps(procedure: &Procedure, jump: &Jump, said: &mut Statements) {
    let Jump {
        reason,
        to,
        plain_text,
        when,
        clock_from,
        overridden_by,
    } = jump;
    let whoever = match overridden_by {
        Override::Never => "nobody may decide otherwise".to_owned(),
        Override::By(role) => format!("{} may decide otherwise", role.words()),
    };
    let public = match plain_text {
        Some(text) => format!("the public reads “{text}”"),
        None => "not on the public page".to_owned(),
    };
    said.keyed(
        Part::Ways,
        &format!("jump.{}", reason.code),
        format!("Straight to a stage: {}", reason.name),
        format!(
            "to {} when {when}, counted {clock_from}; {whoever}; {public}",
            called(procedure, to)
        ),
    );
}

fn asked_for(procedure: &Procedure, gate: &EscalationGate, said: &mut Statements) {
    let EscalationGate {
        from,
        to,
        requires,
        assent_by,
        refusal,
        complainant_reason,
        decide_within,
        window_working_days,
        window_clock,
        late,
    } = gate;
    let about = format!("From {} to {}", called(procedure, from), called(procedure, to));
    let mut say = |key: &str, what: &str, says: Option<String>| {
        said.keyed_if(
            Part::Ways,
            &format!("gate.{from}.{key}"),
            format!("{about}: {what}"),
            says,
        );
    };
    say("to", "next stage", Some(called(procedure, to)));
    say(
        "requires",
        "needed first",
        Some(listed(requires.iter().map(|item| item.words()))),
    );
    let assent = assent_by.map_or("nobody need agree", |role| role.words());
    say("assent_by", "decided by", Some(assent.to_owned()));
    say("refusal", "refusal", Some(refusal.words().to_owned()));
    say("reason", "their reason", Some(complainant_reason.words().to_owned()));
    say(
        "decide_within",
        "clock of the answer",
        decide_within.as_ref().map(ToString::to_string),
    );
    let days = window_working_days.map(|days| format!("{days} working days after the decision"));
    say("window", "can be asked for until", days);
    say(
        "window_clock",
        "clock of the time to ask",
        window_clock.as_ref().map(ToString::to_string),
    );
    say("late", "late requests", Some(late.words().to_owned()));
}

fn pauses(pause: &PauseRule, said: &mut Statements) {
    let PauseRule {
        reason,
        clocks,
        ends_on,
        max_working_days,
        max_count,
        approver,
        effect,
    } = pause;
    let most = |most: Option<u32>, what: &str| most.map_or_else(String::new, |most| format!("; at most {most} {what}"));
    said.keyed(
        Part::Ways,
        &format!("pause.{}", reason.code),
        format!("Pause: {}", reason.name),
        format!(
            "stops {}, ends when {}{}{}; approved by {}; {effect}",
            listed(clocks.iter().map(ToString::to_string)),
            listed(ends_on.iter().map(|event| event.words())),
            most(*max_working_days, "working days"),
            most(*max_count, "times"),
            approver.words()
        ),
    );
}

fn beside(regime: &Regime, said: &mut Statements) {
    let Regime {
        name,
        when,
        clocks,
        handler,
        asks,
        source,
    } = regime;
    said.keyed(
        Part::Ways,
        &format!("regime.{}", name.code),
        format!("Beside this procedure: {}", name.name),
        format!(
            "when {when}; clocks {}; looked after by {}{}{}",
            listed(clocks.iter().map(ToString::to_string)),
            handler.words(),
            asks.iter().map(|asks| format!("; {asks}")).collect::<String>(),
            source.iter().map(|source| format!(" ({source})")).collect::<String>()
        ),
    );
}

fn elsewhere(signpost: &Signpost, said: &mut Statements) {
    let Signpost {
        complainants,
        when,
        body,
        text,
        window,
    } = signpost;
    let whom = match complainants.as_slice() {
        [] => "everybody".to_owned(),
        kinds => listed(kinds.iter().map(|kind| kind.words())),
    };
    let when = when.as_ref().map_or_else(String::new, |when| format!(", when {when}"));
    let window = window
        .as_ref()
        .map_or_else(String::new, |clock| format!(" (clock {clock})"));
    said.keyed(
        Part::Letters,
        &format!("signpost.{body}"),
        format!("Where else to turn: {body}"),
        format!("for {whom}{when}{window}: {text}"),
    );
}

fn out_and_in(procedure: &Procedure, said: &mut Statements) {
    let called = |role: RoleName| role.words();
    let WithdrawRule {
        undo_working_days,
        followed_up_by,
    } = &procedure.withdraw;
    let words = format!(
        "can be taken up again for {undo_working_days} working days; followed up by {}",
        called(*followed_up_by)
    );
    said.say(Part::Ways, "Withdrawn", words);
    if let Some(ReopenRule {
        within_working_days,
        approver,
    }) = &procedure.reopen
    {
        let words = format!(
            "within {within_working_days} working days, allowed by {}",
            called(*approver)
        );
        said.say(Part::Ways, "Reopened", words);
    }
    if let Some(rule) = &procedure.no_answer {
        said.say(Part::Ways, "Where nobody answers a question", unanswered(rule));
    }
    if let Some(AdmissibilityRule {
        decided_by,
        clock,
        reasons,
    }) = &procedure.admissibility
    {
        let within = clock
            .as_ref()
            .map_or_else(String::new, |clock| format!(" (clock {clock})"));
        let words = format!(
            "decided by {}{within}; turned away for {}",
            called(*decided_by),
            names(reasons)
        );
        said.say(Part::Ways, "Whether it can be looked at", words);
    }
    if let Some(ConfidentialRule {
        when,
        handler,
        top_of_line,
        job_system,
        handled_by,
        seems_so,
    }) = &procedure.confidential
    {
        let words = format!(
            "when {when}; handled by {}, at the top by {top_of_line}; {} stays in the job system; written by {}; one that seems to be {}",
            people(&[*handler]),
            job_system.words(),
            handled_by.words(),
            seems_so.words()
        );
        said.say(Part::Ways, capital("about a member of staff"), words);
    }
}

fn unanswered(rule: &NoAnswerRule) -> String {
    let NoAnswerRule {
        reminders_after_working_days,
        may_close_after_working_days,
    } = rule;
    let reminders = match reminders_after_working_days.as_slice() {
        [] => "no reminder".to_owned(),
        days => format!(
            "reminders after {} working days",
            listed(days.iter().map(u32::to_string))
        ),
    };
    match may_close_after_working_days {
        Some(days) => format!("{reminders}; may be closed after {days}"),
        None => format!("{reminders}; never closed for it"),
    }
}
