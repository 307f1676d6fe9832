//! Duties beside the cases: reviews, how long what is kept, how figures count.

use super::stages::people;
use super::statement::{Part, Statements, listed};
use crate::procedure::{ErasureRule, Procedure, ReportingRule, RetentionRule, ReviewDuty};

pub(super) fn say(procedure: &Procedure, said: &mut Statements) {
    for review in &procedure.reviews {
        held(review, said);
    }
    for rule in &procedure.retention {
        kept(rule, said);
    }
    let ErasureRule {
        notice_days,
        access_log_years,
    } = procedure.erasure;
    said.say(
        Part::Duties,
        "Notice before a case is erased",
        format!("{notice_days} days"),
    );
    said.say(
        Part::Duties,
        "What is about no case stays in the access log",
        format!("{access_log_years} years"),
    );
    let ReportingRule { extended, cluster } = &procedure.reporting;
    said.say(Part::Duties, "A decision after more time", extended.words());
    let notice = match cluster {
        None => "never".to_owned(),
        Some(rule) => format!("{} complaints in {} days", rule.complaints, rule.days),
    };
    said.say(Part::Duties, "Notice of a potential problem", notice);
}

fn held(review: &ReviewDuty, said: &mut Statements) {
    let ReviewDuty {
        name,
        every,
        year_starts_in_month,
        due_working_days,
        held_by,
        read_by,
        covers,
    } = review;
    said.keyed(
        Part::Duties,
        &format!("review.{}", name.code),
        format!("Review: {}", name.name),
        format!(
            "{every}, due after {due_working_days} working days; held by {}; read by {}; covers {}; the year begins in month \
             {year_starts_in_month}",
            people(held_by),
            people(read_by),
            listed(covers.iter().map(|item| item.words()))
        ),
    );
}

fn kept(rule: &RetentionRule, said: &mut Statements) {
    let RetentionRule {
        class,
        kind,
        when,
        keep_years,
        from,
        then,
    } = rule;
    let kind = kind.map_or_else(String::new, |kind| format!(", {}", kind.words()));
    let when = when.as_ref().map_or_else(String::new, |when| format!(", when {when}"));
    said.keyed(
        Part::Duties,
        &format!("retention.{}", class.code),
        format!("Kept: {}", class.name),
        format!("{keep_years} years {from}{kind}{when}; then {then}"),
    );
}
