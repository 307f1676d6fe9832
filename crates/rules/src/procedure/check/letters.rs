//! Letters: each that the procedure owes has a checklist, and the checklist holds what people need (P35).

use crate::case::vocabulary::Ending;
use crate::data_file::Reading;
use crate::letters::LetterKind;
use crate::procedure::{ClosingReason, LateRequests, MustSay, Notice, Procedure, Refusal, Requirement, Stage};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for (kind, items) in owed(procedure) {
        let Some(letter) = procedure.letter(kind) else {
            let reason = format!(
                "the procedure owes the letter \"{0}\", and there is no [[letter]] with kind = \"{0}\"",
                kind.code()
            );
            reading.fault_at("letter", reason);
            continue;
        };
        for (item, why) in items {
            if !letter.must_say.contains(&item) {
                let reason = format!("the letter \"{}\" must say \"{}\": {why}", kind.code(), item.code());
                reading.fault_at(&format!("letter.{}.must_say", kind.code()), reason);
            }
        }
    }
}

type Items = Vec<(MustSay, &'static str)>;

/// Every letter that the procedure owes at some time, with what it cannot do without.
fn owed(procedure: &Procedure) -> Vec<(LetterKind, Items)> {
    let mut owed = vec![
        (LetterKind::Acknowledgement, acknowledgement()),
        (LetterKind::Update, update()),
    ];
    let extended = |stage: &Stage| {
        stage
            .extension
            .as_ref()
            .is_some_and(|extension| extension.notify == Notice::MustTell)
    };
    if procedure.stages.iter().any(extended) {
        owed.push((LetterKind::Extension, extension()));
    }
    for stage in &procedure.stages {
        owed.push((stage.decision_letter(), decision(procedure, stage)));
    }
    if procedure.stages.iter().any(|stage| stage.number > 1) {
        owed.push((LetterKind::Stage2Started, started()));
    }
    if procedure
        .escalations
        .iter()
        .any(|gate| gate.refusal == Refusal::WithReason)
    {
        owed.push((
            LetterKind::EscalationRefused,
            vec![(MustSay::Reasons, "a refusal tells why (R68)")],
        ));
    }
    if let Some(rule) = &procedure.no_answer {
        owed.push((LetterKind::Question, question()));
        if !rule.reminders_after_working_days.is_empty() {
            owed.push((LetterKind::QuestionReminder, question()));
        }
    }
    if procedure.closing_reasons.iter().any(tells) {
        owed.push((LetterKind::ClosedWithoutDecision, closed(procedure)));
    }
    owed
}

fn question() -> Items {
    vec![
        (MustSay::Question, "a question says what is asked (A41)"),
        (MustSay::AnswerBy, "people learn by when we hope for their answer (A41)"),
    ]
}

fn tells(reason: &ClosingReason) -> bool {
    Ending::from_code(&reason.code).is_some_and(Ending::is_told)
}

fn closed(procedure: &Procedure) -> Items {
    let mut items = vec![(MustSay::Reasons, "who gets no decision learns why (A38)")];
    if !procedure.signposts.is_empty() {
        items.push((
            MustSay::Signpost,
            "who gets no decision must learn where else to turn (A37)",
        ));
    }
    items
}

fn acknowledgement() -> Items {
    vec![
        (MustSay::Reference, "people need it to ask about their complaint (R85)"),
        (MustSay::Stage, "response times must be clear (R25)"),
        (MustSay::DecisionDate, "response times must be clear (R25)"),
        (MustSay::NextUpdateDate, "response times must be clear (R25)"),
    ]
}

fn update() -> Items {
    vec![(
        MustSay::NextUpdateDate,
        "there is never an open complaint without a next update (R24)",
    )]
}

fn extension() -> Items {
    vec![
        (
            MustSay::Reasons,
            "an extension has a reason, and the complainant is told it (R76)",
        ),
        (MustSay::NewDate, "the complainant is told the new date (R76)"),
    ]
}

fn started() -> Items {
    vec![
        (MustSay::DecisionDate, "response times must be clear (R25)"),
        (MustSay::NextUpdateDate, "response times must be clear (R25)"),
    ]
}

fn decision(procedure: &Procedure, stage: &Stage) -> Items {
    let mut items = vec![
        (MustSay::Outcome, "a decision says what was decided"),
        (MustSay::Reasons, "every decision carries reasons (R29)"),
    ];
    match procedure.gate_from(&stage.id) {
        Some(gate) => {
            items.push((
                MustSay::EscalationHow,
                "the complainant must learn how to go on to the next stage (R87)",
            ));
            if gate.window_working_days.is_some() && gate.late == LateRequests::Refuse {
                items.push((
                    MustSay::EscalationByDate,
                    "late requests are refused, so people must know the date (A19)",
                ));
            }
        }
        None if !procedure.signposts.is_empty() => {
            items.push((
                MustSay::Signpost,
                "after the last stage people must learn where else to turn (A37)",
            ));
        }
        None => {}
    }
    if stage.close_requires.contains(&Requirement::PointsAnswered) {
        items.push((MustSay::PointsAnswered, "the stage answers every point (R72)"));
    }
    items
}
