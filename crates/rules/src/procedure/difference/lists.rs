//! Lists: categories, outcomes, letters, urgency and the plain lists; one statement for each entry.

use super::statement::{Part, Statements, listed};
use crate::procedure::{
    Category, CategoryAxis, CategoryStanding, ClosingReason, CodedName, ConfidentialCheck, LetterRule, NamedKind,
    Outcome, Procedure, UrgencyLevel,
};
use crate::sentence::capital;

pub(super) fn say(procedure: &Procedure, said: &mut Statements) {
    for axis in &procedure.categories {
        categories(axis, said);
    }
    for LetterRule { kind, must_say } in &procedure.letters {
        let must = listed(must_say.iter().map(|item| item.words()));
        said.keyed(
            Part::Letters,
            kind.code(),
            format!("{} ({}) must say", capital(kind.words()), kind.code()),
            must,
        );
    }
    for kind in &procedure.kinds {
        feedback(kind, said);
    }
    for outcome in &procedure.outcomes {
        let Outcome {
            code,
            name,
            plain_text,
            core,
        } = outcome;
        let words = format!("{name}: “{plain_text}”, counted as {core}");
        said.keyed(
            Part::Lists,
            &format!("outcome.{code}"),
            format!("Outcome {code}"),
            words,
        );
    }
    for ClosingReason { code, name, counted } in &procedure.closing_reasons {
        let words = format!("{name}, {counted}");
        said.keyed(
            Part::Lists,
            &format!("closing.{code}"),
            format!("Closing reason {code}"),
            words,
        );
    }
    for level in &procedure.urgencies {
        urgency(level, said);
    }
    plain("Kind of resolution", &procedure.resolution_kinds, said);
    plain("Remedy", &procedure.remedies, said);
    plain("Root cause", &procedure.root_causes, said);
    plain("Learning", &procedure.learning_kinds, said);
}

fn categories(axis: &CategoryAxis, said: &mut Statements) {
    let CategoryAxis { code, name, categories } = axis;
    said.keyed(Part::Categories, code, format!("The question of the axis {code}"), name);
    for category in categories {
        let Category {
            code: letter,
            name,
            subcategories,
            confidential_check,
            standing,
        } = category;
        let mut words = name.clone();
        if !subcategories.is_empty() {
            words.push_str(&format!(
                " ({})",
                listed(subcategories.iter().map(|sub| sub.name.as_str()))
            ));
        }
        if *confidential_check == ConfidentialCheck::Ask {
            words.push_str("; asks whether somebody of staff is named");
        }
        if *standing == CategoryStanding::Retired {
            words.push_str("; no longer offered");
        }
        said.keyed(
            Part::Categories,
            &format!("{code}.{letter}"),
            format!("Category {letter}"),
            words,
        );
    }
}

fn feedback(kind: &NamedKind, said: &mut Statements) {
    let NamedKind {
        kind,
        plain_text,
        clock,
        staged,
    } = kind;
    let clock = clock
        .as_ref()
        .map_or_else(String::new, |clock| format!(" (clock {clock})"));
    said.keyed(
        Part::Lists,
        &format!("kind.{}", kind.code()),
        capital(kind.words()),
        format!("{staged}{clock}; “{plain_text}”"),
    );
}

fn urgency(level: &UrgencyLevel, said: &mut Statements) {
    let UrgencyLevel {
        level,
        criteria,
        update_every_working_days,
    } = level;
    let news =
        update_every_working_days.map_or_else(String::new, |days| format!("; news at least every {days} working days"));
    said.keyed(
        Part::Lists,
        &format!("urgency.{}", level.code()),
        format!("Urgency: {}", level.words()),
        format!("{}{news}", listed(criteria)),
    );
}

fn plain(what: &str, list: &[CodedName], said: &mut Statements) {
    for CodedName { code, name } in list {
        said.say(Part::Lists, format!("{what} {code}"), name);
    }
}
