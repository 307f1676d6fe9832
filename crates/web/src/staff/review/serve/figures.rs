//! The figures of the pack as tables: names, numbers, shares, and the answer in the fold (K1 to K20).

use casework::office::InForce;
use rules::review::ledger::ALL;
use rules::review::{Cell, Figure, Ledger, Rate, Spread};

use super::super::month::{Figure as Shown, Number, Rows, Table};
use super::layout::{definition, tables};
use super::names::Names;
use super::numbers::{Ink, tenths};
use crate::page::words::count;
use rules::sentence::capital;

/// Every figure of a ledger.
pub(in crate::staff) fn figures_of(ledger: &Ledger, in_force: &InForce, ink: &Ink<'_>) -> Vec<Shown> {
    let names = Names(in_force);
    let shown = |figure: Figure| Shown {
        id: figure.code().to_owned(),
        name: figure.words().to_owned(),
        answer: answer(figure, ledger, ink),
        definition: definition(figure).to_owned(),
        tables: of_figure(figure, ledger, &names, ink),
    };
    Figure::ALL.iter().copied().map(shown).collect()
}

fn of_figure(figure: Figure, ledger: &Ledger, names: &Names<'_>, ink: &Ink<'_>) -> Vec<Table> {
    let mut all: Vec<Table> = tables(figure)
        .iter()
        .filter_map(|(group, caption, items)| table(figure, (group, caption, items), ledger, names, ink))
        .collect();
    all.extend(spreads(figure, ledger, ink));
    all
}

fn table(
    figure: Figure,
    (group, caption, fixed): (&str, &str, &[&str]),
    ledger: &Ledger,
    names: &Names<'_>,
    ink: &Ink<'_>,
) -> Option<Table> {
    let whole = ledger.get(figure, group, ALL);
    let mut found: Vec<(&str, u32)> = ledger.group(figure, group);
    found.retain(|(item, _)| !fixed.contains(item));
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let items: Vec<(&str, u32)> = fixed
        .iter()
        .map(|item| (*item, ledger.get(figure, group, item)))
        .chain(found)
        .collect();
    if whole == 0 && items.iter().all(|(_, n)| *n == 0) {
        return None;
    }
    let seen = ink.parts(&items.iter().map(|(_, n)| *n).collect::<Vec<_>>());
    let shares = whole > 0 && figure != Figure::Flow && group != "days";
    let rows = items.iter().zip(seen).map(|((item, n), seen)| {
        let cell = Cell::new(figure, group.to_owned(), (*item).to_owned());
        let mut numbers = vec![ink.part(&cell, seen, *n)];
        if shares {
            let percent = seen.and_then(|_| ink.percent(Rate::of(*n, whole)));
            numbers.push(Number::plain(
                &percent.map_or_else(String::new, |percent| format!("{percent}%")),
            ));
        }
        (names.item(figure, group, item), numbers)
    });
    let mut rows: Rows = rows.collect();
    if whole > 0 {
        let cell = Cell::new(figure, group.to_owned(), ALL);
        let mut numbers = vec![ink.part(&cell, ink.parts(&[whole])[0], whole)];
        numbers.extend(shares.then(|| Number::plain("")));
        rows.push(("All".to_owned(), numbers));
    }
    let mut heads = vec!["Number".to_owned()];
    heads.extend(shares.then(|| "Share".to_owned()));
    Some(Table {
        caption: caption.to_owned(),
        rows_head: "Of these".to_owned(),
        heads,
        rows,
    })
}

/// How long things took: acknowledgements in minutes, decisions and passing on in working days.
fn spreads(figure: Figure, ledger: &Ledger, ink: &Ink<'_>) -> Option<Table> {
    let groups: &[(&str, &str)] = match figure {
        Figure::Acknowledgement => &[("minutes", "Minutes to the acknowledgement")],
        Figure::Duration => &[
            ("stage-1", "Stage 1"),
            ("stage-2", "Stage 2"),
            ("whole", "Receipt to last decision"),
        ],
        Figure::Praise => &[("passed_on", "Working days until it was passed on")],
        _ => return None,
    };
    let measured = groups.iter().map(|(group, name)| (*name, ledger.spread(figure, group)));
    let rows: Rows = measured
        .filter(|(_, spread)| spread.n() > 0)
        .map(|(name, spread)| (name.to_owned(), measures(&spread, ink)))
        .collect();
    let heads = ["How many", "Mean", "Median", "90th percentile", "Longest"];
    (!rows.is_empty()).then(|| Table {
        caption: "How long it took".to_owned(),
        rows_head: "What".to_owned(),
        heads: heads.map(str::to_owned).to_vec(),
        rows,
    })
}

fn measures(spread: &Spread, ink: &Ink<'_>) -> Vec<Number> {
    let n = Number::plain(&ink.number(spread.n()));
    let Some(spread) = ink.spread(spread) else {
        return vec![
            n,
            Number::plain(""),
            Number::plain(""),
            Number::plain(""),
            Number::plain(""),
        ];
    };
    let tenth = |value: Option<u32>| Number::plain(&value.map_or_else(String::new, tenths));
    let whole = |value: Option<u32>| Number::plain(&value.map_or_else(String::new, |value| value.to_string()));
    vec![
        n,
        tenth(spread.mean_tenths()),
        tenth(spread.median_tenths()),
        whole(spread.percentile(90)),
        whole(spread.most()),
    ]
}

/// The answer that stands in the fold.
fn answer(figure: Figure, ledger: &Ledger, ink: &Ink<'_>) -> String {
    let n = |group: &str, item: &str| ledger.get(figure, group, item);
    let rate = |group: &str, item: &str, none: &str| ink.rate(ledger.rate(figure, group, item), none);
    let some = |number: u32, one: &str, many: &str| match ink.number(number) {
        shown if shown == number.to_string() => count(u64::from(number), one, many),
        hidden => format!("{hidden} {many}"),
    };
    let words = match figure {
        Figure::Volume => some(n("kind", "complaint"), "complaint", "complaints"),
        Figure::Flow => format!("{} carried forward", ink.number(n("complaints", "carried_forward"))),
        Figure::Acknowledgement => rate("owed", "in_time", "none owed"),
        Figure::Stage1 | Figure::Stage2 => rate("decisions", "in_time", "none decided"),
        Figure::Duration => {
            let spread = ledger.spread(figure, "whole");
            let median = ink.spread(&spread).and_then(Spread::median_tenths);
            median.map_or_else(
                || "not measured".to_owned(),
                |median| format!("median {} working days", tenths(median)),
            )
        }
        Figure::Early => rate("decided", "stage-1", "none closed"),
        Figure::Escalation => some(n("asked", ALL), "request", "requests"),
        Figure::Extension => approved(n("approved", ALL), ink),
        Figure::Outcome => {
            let found = |item| n("stage-1", item) + n("stage-2", item);
            let upheld = found("upheld") + found("partly_upheld");
            let all = n("stage-1", ALL) + n("stage-2", ALL);
            format!(
                "upheld or partly upheld: {}",
                ink.rate(Rate::of(upheld, all), "none decided")
            )
        }
        Figure::Update => rate("due", "in_time", "none due"),
        Figure::Category => some(
            u32::try_from(ledger.group(figure, "service").len()).unwrap_or(0),
            "service",
            "services",
        ),
        Figure::Learning => {
            let answered = n("answered", ALL).saturating_sub(n("answered", "none"));
            format!(
                "answered: {}",
                ink.rate(Rate::of(answered, n("answered", ALL)), "none closed")
            )
        }
        Figure::Action => format!("{} open, {} overdue", n("open", ALL), n("open", "overdue")),
        Figure::Remedy => some(n("remedy", ALL), "remedy", "remedies"),
        Figure::Open => format!(
            "{} open, {} late",
            ink.number(n("open", ALL)),
            ink.number(n("open", "late"))
        ),
        Figure::Confidential => some(n("received", ALL), "complaint", "complaints"),
        Figure::Satisfaction => {
            let (yes, no) = (n("decisions", "yes"), n("decisions", "no"));
            format!("satisfied: {}", ink.rate(Rate::of(yes, yes + no), "no answer"))
        }
        Figure::Praise => some(n("service", ALL), "compliment", "compliments"),
        Figure::Compliance => {
            let found = ["no_sign_off", "same_decider", "vip_at_stage_1"].map(|item| n("decisions", item));
            let broken = found.iter().sum::<u32>() + n("received", "no_job") + n("closed", "no_category");
            if broken == 0 {
                "nothing found".to_owned()
            } else {
                format!("{} found", ink.number(broken))
            }
        }
    };
    capital(&words)
}

fn approved(number: u32, ink: &Ink<'_>) -> String {
    match number {
        0 => "none approved".to_owned(),
        number => format!("{} approved", ink.number(number)),
    }
}
