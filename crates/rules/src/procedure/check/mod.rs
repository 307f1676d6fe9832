//! Checks over a whole procedure: what would go wrong with a case one day is said when the file is read (P44).

mod categories;
mod clocks;
mod duplicates;
mod extensions;
mod letters;
mod names;
mod no_answer;
mod people;
mod stages;
mod unusual;

use super::Procedure;
use crate::data_file::{Invalid, Reading};

/// Every check; faults go to the reading. When names do not even lead anywhere, the checks that follow them wait.
pub(super) fn all(procedure: &Procedure, reading: &Reading) {
    duplicates::check(procedure, reading);
    names::check(procedure, reading);
    people::check(procedure, reading);
    extensions::check(procedure, reading);
    stages::check(procedure, reading);
    clocks::check(procedure, reading);
    letters::check(procedure, reading);
    no_answer::check(procedure, reading);
    categories::check(procedure, reading);
}

/// What is allowed and still worth a word.
pub(super) fn warnings(procedure: &Procedure, reading: &Reading) -> Vec<Invalid> {
    unusual::find(procedure, reading)
}

/// Nodes on a way that comes back to where it began, in order; `None` if there is none.
fn circle<'a, T: PartialEq + Copy>(nodes: &'a [T], next: impl Fn(T) -> Vec<T> + 'a) -> Option<Vec<T>> {
    nodes
        .iter()
        .find_map(|start| way_back(*start, &mut vec![*start], &next))
}

fn way_back<T: PartialEq + Copy>(start: T, way: &mut Vec<T>, next: &impl Fn(T) -> Vec<T>) -> Option<Vec<T>> {
    let here = *way.last()?;
    for step in next(here) {
        if step == start {
            let mut found = way.clone();
            found.push(start);
            return Some(found);
        }
        if !way.contains(&step) {
            way.push(step);
            if let Some(found) = way_back(start, way, next) {
                return Some(found);
            }
            way.pop();
        }
    }
    None
}
