//! What can be told, what happens first, what a decision can be, how days are counted.

use super::words::{capital, day_counting, or, start_day, within};
use super::{Block, Promise, Section, paragraph, section};
use crate::case::vocabulary::Channel;
use crate::clock::{DueTime, NonWorking, Unit, clock_time};
use crate::letters::LetterKind;
use crate::procedure::{AcknowledgementHow, AcknowledgementTarget, MustSay, PauseEffect, Procedure};

pub(super) fn what(procedure: &Procedure) -> Section {
    let mut blocks = vec![paragraph(procedure.public.about.clone())];
    blocks.extend(procedure.public.not_for.clone().map(Block::Paragraph));
    if procedure.kinds.len() > 1 {
        blocks.push(paragraph("You can tell us anything, good or bad:"));
        blocks.push(Block::Bullets(
            procedure.kinds.iter().map(|kind| kind.plain_text.clone()).collect(),
        ));
    }
    section("what", "What you can tell us", blocks)
}

pub(super) fn acknowledgement_promise(procedure: &Procedure) -> Option<Promise> {
    let soonest = procedure
        .acknowledgements
        .iter()
        .filter_map(|target| procedure.clock(&target.clock))
        .find(|clock| matches!(clock.rule.unit, Unit::Minutes | Unit::Hours));
    let first = procedure
        .acknowledgements
        .first()
        .and_then(|target| procedure.clock(&target.clock));
    let clock = soonest.or(first)?;
    let at_once = clock.rule.unit == Unit::Minutes && clock.rule.amount <= 60;
    let head = if at_once {
        "Straight away".to_owned()
    } else {
        capital(&within(&clock.rule))
    };
    Some(Promise {
        head,
        text: confirmation(procedure),
    })
}

pub(super) fn first(procedure: &Procedure) -> Section {
    let mut blocks = vec![paragraph(confirmation(procedure))];
    let lines = procedure
        .acknowledgements
        .iter()
        .filter_map(|target| acknowledgement(procedure, target))
        .collect();
    blocks.push(Block::Bullets(lines));
    let says = procedure
        .letter(LetterKind::Acknowledgement)
        .map_or(&[][..], |letter| &letter.must_say);
    if says.contains(&MustSay::DecisionDate) && says.contains(&MustSay::NextUpdateDate) {
        blocks.push(paragraph(
            "We also tell you by which day you have our decision, and when you hear from us next.",
        ));
    }
    section("first", "What happens first", blocks)
}

pub(super) fn decisions(procedure: &Procedure) -> Section {
    let lines = procedure
        .outcomes
        .iter()
        .map(|outcome| format!("{}: {}", outcome.name, outcome.plain_text))
        .collect();
    section("decisions", "What we can decide", vec![Block::Bullets(lines)])
}

pub(super) fn counting(procedure: &Procedure) -> Section {
    let mut blocks = Vec::new();
    let first = procedure
        .stages
        .first()
        .and_then(|stage| procedure.clock(&stage.decision_clock));
    if let Some(clock) = first {
        let from = start_day(&clock.starts.direct);
        blocks.push(paragraph(format!(
            "We count from {from}. {}",
            day_counting(&clock.rule)
        )));
        if clock.rule.unit == Unit::WorkingDays {
            blocks.push(paragraph(match clock.rule.non_working {
                NonWorking::CountOn => "You can write to us on any day. If that is not a working day, the next working day is day 1.",
                NonWorking::Deemed => "You can write to us on any day. If that is not a working day, we treat it as if it came on the next one.",
            }));
        }
        blocks.push(paragraph(match clock.rule.due_time {
            DueTime::EndOfDay => "You hear from us by the end of the last day.".to_owned(),
            DueTime::CloseOfBusiness(time) => format!("You hear from us by {} on the last day.", clock_time(time)),
        }));
    }
    let pauses = procedure
        .pauses
        .iter()
        .filter(|pause| pause.effect == PauseEffect::ShiftsDueDate);
    blocks.extend(pauses.map(|pause| paragraph(format!("We stop counting for this: {}.", pause.reason.name))));
    section("counting", "How we count the days", blocks)
}

fn confirmation(procedure: &Procedure) -> String {
    let gives_reference = procedure
        .letter(LetterKind::Acknowledgement)
        .is_some_and(|letter| letter.must_say.contains(&MustSay::Reference));
    let reference = if gives_reference {
        " and give you a reference number"
    } else {
        ""
    };
    format!("We confirm we have your complaint{reference}.")
}

fn acknowledgement(procedure: &Procedure, target: &AcknowledgementTarget) -> Option<String> {
    let clock = procedure.clock(&target.clock)?;
    let channels = or(&target
        .channels
        .iter()
        .map(|channel| by(*channel).to_owned())
        .collect::<Vec<_>>());
    let when = match target.how {
        AcknowledgementHow::Automatic if matches!(clock.rule.unit, Unit::Minutes | Unit::Hours) => {
            format!("{}, at any hour", within(&clock.rule))
        }
        AcknowledgementHow::Automatic => within(&clock.rule),
        AcknowledgementHow::AtContact => "there and then".to_owned(),
        AcknowledgementHow::OnOpening if clock.rule.amount == 0 => "on the day we open your letter".to_owned(),
        AcknowledgementHow::OnOpening => format!("{} after we open your letter", within(&clock.rule)),
    };
    Some(format!("{}: {when}", capital(&channels)))
}

const fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "online",
        Channel::Phone => "by phone",
        Channel::Chat => "in a chat",
        Channel::InPerson => "in person",
        Channel::Email => "by email",
        Channel::SocialMedia => "on social media",
        Channel::Post => "by post",
    }
}
