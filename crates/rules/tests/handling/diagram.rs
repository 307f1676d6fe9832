//! The states of a case, drawn from the code itself: what the manual shows is what the program does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rules::case::Event;
use rules::case::state::{Draft, Escalation, State, Work};
use rules::case::vocabulary::Ending;
use rules::people::StaffId;
use testkit::at;

use crate::{golden, samples};

fn work(draft: Option<Draft>) -> Work {
    Work {
        entry: samples::entered(1),
        entered_at: at("2026-06-09 10:00"),
        draft,
        returned: None,
    }
}

fn draft() -> Draft {
    Draft {
        version: 1,
        decision: samples::decision(),
        undecided: Vec::new(),
        author: Some(StaffId(5)),
        edited_by: Vec::new(),
        letter: None,
        handed_on: None,
    }
}

fn pending() -> Escalation {
    let Some(Event::EscalationRequested(request)) = samples::all()
        .into_iter()
        .find(|event| event.kind() == "escalation.requested")
    else {
        panic!("there is no sample of a request")
    };
    Escalation {
        request,
        requested_at: at("2026-06-16 18:20"),
        decision: samples::decision(),
    }
}

/// Every state, with what may be in it that an event asks about.
fn states() -> Vec<State> {
    let decided = || Some(Box::new((work(None), samples::decision())));
    vec![
        State::Received,
        State::Open(work(None)),
        State::Open(work(Some(draft()))),
        State::SignOff(work(Some(draft())), draft()),
        State::Decided(work(None), samples::decision()),
        State::Answered(work(None), samples::decision()),
        State::EscalationPending(work(None), pending()),
        State::Closed(Ending::Noted, None),
        State::Closed(Ending::Decided, decided()),
    ]
}

const ORDER: [&str; 7] = [
    "received",
    "open",
    "sign_off",
    "decided",
    "answered",
    "escalation_pending",
    "closed",
];

/// What each state becomes by each event: the names of the states that follow; empty where the event cannot happen.
fn table() -> BTreeMap<&'static str, BTreeMap<&'static str, BTreeSet<&'static str>>> {
    let mut table: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
    for event in samples::all() {
        for state in states() {
            let from = state.name();
            let after = state.after(&event, Some(StaffId(5)), at("2026-06-10 10:00"));
            let cell = table.entry(event.kind()).or_default().entry(from).or_default();
            cell.extend(after.map(|after| after.name()));
        }
    }
    table
}

fn page() -> String {
    let table = table();
    let changes = |kind: &str| table[kind].iter().any(|(from, to)| to.len() != 1 || !to.contains(from));
    let mut text = String::from(
        "# The states of a case\n\nMade by a test from `State::after`, which decides what each event turns each state into; the test fails when this page and \
         the code differ.\n\nA case enters a stage with `stage.entered`: `open` is work at a stage, whichever it is. The stage is data of the procedure.\n\n\
         ```mermaid\nstateDiagram-v2\n    [*] --> received: case.received\n",
    );
    for from in ORDER {
        let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (kind, _) in Event::KINDS {
            for to in table[kind][from]
                .iter()
                .filter(|to| **to != from || *kind == "stage.entered" && from == "open")
            {
                edges.entry(to).or_default().push(kind);
            }
        }
        for (to, kinds) in edges {
            text.push_str(&format!("    {from} --> {to}: {}\n", kinds.join(", ")));
        }
    }
    text.push_str("    closed --> [*]\n```\n\n");
    text.push_str("| event | received | open | sign_off | decided | answered | escalation_pending | closed |\n|---|---|---|---|---|---|---|---|\n");
    for (kind, _) in Event::KINDS.iter().filter(|(kind, _)| changes(kind)) {
        let cells: Vec<String> = ORDER.iter().map(|from| cell(from, &table[kind][from])).collect();
        text.push_str(&format!("| `{kind}` | {} |\n", cells.join(" | ")));
    }
    text.push_str("\nA dash: the event cannot happen there, and a log that says it did is refused. `stays`: it adds to the record only.\n");
    text.push_str("\nThese only ever add to the record, in any state: ");
    let others: Vec<String> = Event::KINDS
        .iter()
        .filter(|(kind, _)| !changes(kind))
        .map(|(kind, _)| format!("`{kind}`"))
        .collect();
    text.push_str(&others.join(", "));
    text.push_str(".\n\nTwo cells depend on what the case holds. A draft must be there before sign-off is asked for. Stage 2 can be asked for after closing \
                   only if a decision was given.\n");
    text
}

fn cell(from: &str, to: &BTreeSet<&str>) -> String {
    let name = |to: &&str| {
        if *to == from {
            "stays".to_owned()
        } else {
            (*to).to_owned()
        }
    };
    if to.is_empty() {
        "–".to_owned()
    } else {
        to.iter().map(name).collect::<Vec<_>>().join(" or ")
    }
}

#[test]
fn the_manual_draws_the_states_as_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/manual/case-states.md");
    golden::check(&path, &page());
}

#[test]
fn every_state_is_drawn() {
    let drawn: BTreeSet<&str> = ORDER.into_iter().collect();
    let known: BTreeSet<&str> = states().iter().map(State::name).collect();
    assert_eq!(drawn, known);
}

#[test]
fn nothing_but_reopening_or_asking_for_more_brings_a_closed_case_back() {
    let back: Vec<&str> = table()
        .into_iter()
        .filter(|(_, row)| row["closed"].iter().any(|to| *to != "closed"))
        .map(|(kind, _)| kind)
        .collect();
    assert_eq!(back, ["case.reopened", "escalation.requested"]);
}

#[test]
fn a_decision_never_reaches_anybody_that_was_not_recorded_first() {
    let row = &table()["decision.communicated"];
    let from: Vec<&str> = row
        .iter()
        .filter(|(_, to)| !to.is_empty())
        .map(|(from, _)| *from)
        .collect();
    assert_eq!(from, ["decided"]);
}
