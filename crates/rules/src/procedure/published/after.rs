//! Who sees a complaint, how to stop it, where else to turn, and what is learnt from it.

use super::words::{capital, people, within};
use super::{Block, Section, paragraph, section};
use crate::clock::Unit;
use crate::confidential::sight::READERS;
use crate::people::Role;
use crate::procedure::{Anonymise, Procedure, Regime, RetentionFrom, ReviewCover, ReviewDuty, ReviewEvery, Separation};

pub(super) fn who_sees(procedure: &Procedure) -> Section {
    let mut blocks = vec![paragraph(format!(
        "Only staff who deal with complaints. We do not share your name outside {} unless you agree.",
        procedure.unit
    ))];
    if procedure.confidential.is_some() {
        blocks.push(paragraph(about_staff(procedure)));
    }
    let fair: Vec<String> = procedure
        .separation
        .iter()
        .map(|rule| fairness(*rule).to_owned())
        .collect();
    if !fair.is_empty() {
        blocks.push(paragraph("To be fair to everyone:"));
        blocks.push(Block::Bullets(fair));
    }
    section("who-sees", "Who sees your complaint", blocks)
}

/// What is done with a complaint about a member of staff, from the tables that are enforced (R33, R34, R36).
fn about_staff(procedure: &Procedure) -> String {
    format!(
        "If your complaint is about a member of staff, tell us so. Then only the manager who deals with it can read it, beside {}, and {} \
         while a letter of ours waits for approval. The person it is about has no part in it, and can neither read it nor find it. {} cannot \
         either, and our job register holds no word of it.",
        people(procedure, &READERS),
        people(procedure, &[Role::SignOffAuthority]),
        capital(&people(procedure, &[Role::FrontlineHandler]))
    )
}

pub(super) fn stopping(procedure: &Procedure) -> Section {
    let days = procedure.withdraw.undo_working_days;
    let mut blocks = vec![paragraph(format!(
        "You can stop your complaint at any time. If you change your mind within {days} working days, tell us and we take it up again."
    ))];
    if let Some(rule) = &procedure.reopen {
        blocks.push(paragraph(format!(
            "If you learn something new within {} working days after we have closed your complaint, tell us and we look at it again.",
            rule.within_working_days
        )));
    }
    section("stopping", "If you change your mind", blocks)
}

/// What happens where we have to ask something, and where no answer comes (A41).
pub(super) fn questions(procedure: &Procedure) -> Option<Section> {
    let rule = procedure.no_answer.as_ref()?;
    let mut words = "Sometimes we have to ask you something. You can answer on the page of your complaint, by replying to our letter, or by phone."
        .to_owned();
    if procedure.pauses.is_empty() {
        words.push_str(" Our date does not wait for your answer: we decide on what we know.");
    }
    let mut blocks = vec![paragraph(words)];
    if let Some(after) = reminded_after(&rule.reminders_after_working_days) {
        blocks.push(paragraph(format!(
            "If we do not hear from you, we remind you after {after}."
        )));
    }
    if let Some(days) = rule.may_close_after_working_days {
        let back = procedure.reopen.as_ref().map_or_else(String::new, |reopen| {
            format!(
                " You can still answer within {} after that, and we take it up again.",
                working_days(reopen.within_working_days)
            )
        });
        blocks.push(paragraph(format!(
            "If we still have no answer after {}, one of us may close your complaint. We write to you when we do.{back}",
            working_days(days)
        )));
    }
    Some(section("questions", "If we ask you something", blocks))
}

/// "3 working days, and again after 6"; nothing where nobody is reminded.
fn reminded_after(days: &[u32]) -> Option<String> {
    let (first, rest) = days.split_first()?;
    let again = rest.iter().map(|days| format!(", and again after {days}"));
    Some(working_days(*first) + &again.collect::<String>())
}

fn working_days(days: u32) -> String {
    Unit::WorkingDays.with_amount(days)
}

pub(super) fn elsewhere(procedure: &Procedure) -> Section {
    let mut lines: Vec<String> = Vec::with_capacity(procedure.signposts.len());
    for signpost in &procedure.signposts {
        let window = signpost.window.as_ref().and_then(|name| procedure.clock(name));
        let window = window.map_or_else(String::new, |clock| {
            format!(
                " Ask {} from {}.",
                within(&clock.rule),
                super::words::start_day(&clock.starts.direct)
            )
        });
        lines.push(format!("{}{window}", signpost.text));
    }
    let blocks = if lines.is_empty() {
        Vec::new()
    } else {
        let last = procedure.stages.last().map_or(1, |stage| stage.number);
        let opening = if procedure.stages.len() == 1 {
            "If you are still not happy with our decision:".to_owned()
        } else {
            format!("Our procedure ends with stage {last}. If you are still not happy then:")
        };
        vec![paragraph(opening), Block::Bullets(lines)]
    };
    section("elsewhere", "Where else you can turn", blocks)
}

/// Other regimes that can apply too, with what each asks and by when (A38).
pub(super) fn beside(procedure: &Procedure) -> Section {
    let lines: Vec<String> = procedure
        .regimes
        .iter()
        .filter_map(|regime| Some(beside_line(procedure, regime, regime.asks.as_deref()?)))
        .collect();
    let blocks = if lines.is_empty() {
        Vec::new()
    } else {
        vec![
            paragraph(
                "What you tell us may fall under other rules as well. Their dates run beside ours, and ours do not wait for them:",
            ),
            Block::Bullets(lines),
        ]
    };
    section("beside", "If other rules apply too", blocks)
}

/// "Complaint about personal data: we confirm that we have it within 30 days (Data Protection Act 2018, section 164A)".
fn beside_line(procedure: &Procedure, regime: &Regime, asks: &str) -> String {
    let limits: Vec<String> = regime
        .clocks
        .iter()
        .filter_map(|name| procedure.clock(name))
        .map(|clock| format!(" {}", within(&clock.rule)))
        .collect();
    let source = regime
        .source
        .as_ref()
        .map_or_else(String::new, |source| format!(" ({source})"));
    format!("{}: {asks}{}{source}", regime.name.name, limits.join(" and"))
}

pub(super) fn learning(procedure: &Procedure) -> Section {
    let mut blocks: Vec<Block> = procedure
        .reviews
        .iter()
        .map(|review| paragraph(reviewed(procedure, review)))
        .collect();
    if !procedure.retention.is_empty() {
        blocks.push(paragraph("How long we keep what you told us:"));
        let lines = procedure.retention.iter().map(|rule| {
            let years = if rule.keep_years == 1 {
                "1 year".to_owned()
            } else {
                format!("{} years", rule.keep_years)
            };
            let from = match rule.from {
                RetentionFrom::Closed => "after we close it",
                RetentionFrom::Received => "after it reached us",
            };
            let then = match rule.then {
                Anonymise::KeepFigures => "After that we keep only figures without names.",
                Anonymise::DestroyAll => "After that nothing is kept.",
            };
            format!("{}: {years} {from}. {then}", rule.class.name)
        });
        blocks.push(Block::Bullets(lines.collect()));
    }
    section("after", "What we do with complaints", blocks)
}

fn reviewed(procedure: &Procedure, review: &ReviewDuty) -> String {
    let every = match review.every {
        ReviewEvery::Month => "Every month",
        ReviewEvery::Quarter => "Every three months",
        ReviewEvery::Year => "Every year",
    };
    let who = held_by(procedure, review);
    let mut words = if review.covers.contains(&ReviewCover::Process) {
        format!("{every} {who} review this procedure itself")
    } else {
        format!("{every} {who} review all complaints and decide what to change")
    };
    if !review.read_by.is_empty() {
        words.push_str(&format!(
            ". They report to {}, without names",
            people(procedure, &review.read_by)
        ));
    }
    words + "."
}

fn held_by(procedure: &Procedure, review: &ReviewDuty) -> String {
    match review.held_by.as_slice() {
        [one] => {
            let called = procedure.role_words(*one);
            let named = called.chars().next().is_some_and(char::is_uppercase) || called.ends_with('s');
            if named {
                called.to_owned()
            } else {
                format!("the {called}s")
            }
        }
        many => people(procedure, many),
    }
}

const fn fairness(rule: Separation) -> &'static str {
    match rule {
        Separation::NotComplainedAbout => "nobody deals with a complaint about themselves",
        Separation::NotPreviousHandler => "whoever looks again did not make the decision before",
        Separation::ApproverNotAuthor => "nobody signs off a letter that they wrote themselves",
    }
}
