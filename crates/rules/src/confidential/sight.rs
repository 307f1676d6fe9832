//! Who may see what of a case: the one rule behind every list, page, search, count, job and act (invariant 12).

use crate::case::vocabulary::Lane;
use crate::case::{Case, State};
use crate::coded::coded;
use crate::people::{Act, Person, Role, StaffId, permission};

coded! {
    /// How much of a case somebody may see; [`sight`] answers none of it by answering nothing.
    pub enum Sight {
        /// Its reference, its dates and where it stands; no word and no name.
        Outline = "outline", "the outline";
        /// All of it.
        Whole = "whole", "the whole case";
    }
}

/// What of a case decides who may see it. Lists have it in their rows, so that they ask the same rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// Open, or restricted.
    pub lane: Lane,
    /// Who is accountable now.
    pub owner: Option<StaffId>,
    /// A letter of it waits for senior management.
    pub letter_waits: bool,
    /// Those with an account whom it is about.
    pub named: Vec<StaffId>,
}

impl Guard {
    /// Of a case.
    pub fn of(case: &Case) -> Guard {
        Guard {
            lane: case.lane,
            owner: case.owner,
            letter_waits: matches!(case.state, State::SignOff(..)),
            named: case.named.people.clone(),
        }
    }
}

/// How much of a case somebody may see; nothing for those who cannot tell it from one that does not exist.
pub fn sight(guard: &Guard, person: &Person) -> Option<Sight> {
    if !permission::may(person, Act::SeeCases) {
        return None;
    }
    match guard.lane {
        Lane::Open => Some(Sight::Whole),
        Lane::Restricted | Lane::Sealed if guard.named.contains(&person.id) => None,
        Lane::Restricted if sees_whole(guard, person) => Some(Sight::Whole),
        Lane::Restricted => person.is(Role::Auditor).then_some(Sight::Outline),
        // The words are under a key that nobody of these can use: they chase its dates and count it.
        Lane::Sealed => (reads_all(person) || person.is(Role::Auditor)).then_some(Sight::Outline),
    }
}

fn sees_whole(guard: &Guard, person: &Person) -> bool {
    let owns = guard.owner == Some(person.id) && may_be_given(person);
    let signs = guard.letter_waits && person.is(Role::SignOffAuthority);
    owns || signs || reads_all(person)
}

fn reads_all(person: &Person) -> bool {
    READERS.iter().any(|role| person.is(*role))
}

/// Who reads every restricted case that is not about themselves.
pub const READERS: [Role; 3] = [Role::ComplaintsCoordinator, Role::Reviewer, Role::DataProtectionOfficer];

/// Who deals with a restricted case: a manager, never the Helpline (R34).
pub const KEEPERS: [Role; 5] = [
    Role::FrontlineManager,
    Role::ComplaintsCoordinator,
    Role::Investigator,
    Role::LineManager,
    Role::Reviewer,
];

/// Whether somebody may be given a restricted case at all.
pub fn may_be_given(person: &Person) -> bool {
    KEEPERS.iter().any(|role| person.is(*role))
}

/// Which restricted cases somebody's lists take in besides those of the open lane. Every one that is about them stays out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Whose lists.
    pub of: StaffId,
    /// What beyond the open lane.
    pub beyond: Beyond,
}

/// What somebody sees beyond the open lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// Nothing: the Helpline is given no restricted case.
    Nothing,
    /// The cases that they own.
    Own,
    /// Those whose letter waits for sign-off.
    WaitingLetters,
    /// Both.
    OwnAndWaitingLetters,
    /// All that have words: those that are sealed are stubs.
    AllWithWords,
    /// All.
    All,
}

/// Which cases the lists, counts and jobs of somebody hold: exactly those of which [`sight`] shows them anything.
pub fn reach(person: &Person) -> Reach {
    let beyond = if person.is(Role::Auditor) || reads_all(person) {
        Beyond::All
    } else {
        reach_of_words(person).beyond
    };
    Reach { of: person.id, beyond }
}

/// Which cases somebody finds by their words: those that they may see whole.
pub fn reach_of_words(person: &Person) -> Reach {
    let beyond = match (may_be_given(person), person.is(Role::SignOffAuthority)) {
        _ if reads_all(person) => Beyond::AllWithWords,
        (true, true) => Beyond::OwnAndWaitingLetters,
        (true, false) => Beyond::Own,
        (false, true) => Beyond::WaitingLetters,
        (false, false) => Beyond::Nothing,
    };
    Reach { of: person.id, beyond }
}
