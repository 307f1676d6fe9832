//! What the procedure is called, where it comes from, what the public reads, who has which role.

use super::statement::{Part, Statements, listed};
use crate::clock::full_date;
use crate::procedure::{Procedure, PublicWords, RoleHolding, Source};
use crate::sentence::capital;

pub(super) fn say(procedure: &Procedure, said: &mut Statements) {
    // Every field by name: a new one has to find its words here or in one of the other parts.
    let Procedure {
        id: _,
        version: _,
        valid_from: _,
        warnings: _,
        title,
        unit,
        time_zone,
        calendar,
        owner,
        source: Source { name, read_on, caveat },
        public,
        routed_by,
        roles,
        stages: _,
        clocks: _,
        jumps: _,
        escalations: _,
        letters: _,
        acknowledgements: _,
        kinds: _,
        categories: _,
        outcomes: _,
        points,
        closing_reasons: _,
        resolution_kinds: _,
        remedies: _,
        root_causes: _,
        learning_kinds: _,
        urgencies: _,
        job_profile,
        confidential: _,
        separation,
        pauses: _,
        admissibility: _,
        regimes: _,
        signposts: _,
        withdraw: _,
        reopen: _,
        no_answer: _,
        reviews: _,
        retention: _,
        erasure: _,
        reporting: _,
    } = procedure;
    said.say(Part::Whole, "Title", title);
    said.say(Part::Whole, "Department", unit);
    said.say(Part::Whole, "Time zone", time_zone);
    said.say(Part::Whole, "Calendars of working days", listed(calendar));
    said.say(Part::Whole, "Owner", owner.words());
    said.say(
        Part::Whole,
        "Source",
        format!("{name}, read on {}", full_date(*read_on)),
    );
    said.keyed_if(Part::Whole, "caveat", "Caveat of the source", caveat.clone());
    said.keyed_if(Part::Whole, "routed_by", "Passed to us by", routed_by.clone());
    said.say(Part::Whole, "Problem profile of jobs", job_profile);
    said.say(Part::Whole, "Outcome of several points", points.words());
    said.say(
        Part::Whole,
        "Separation of people",
        listed(separation.iter().map(|rule| rule.words())),
    );
    words(public, said);
    roles.iter().for_each(|holding| role(holding, said));
}

fn words(PublicWords { intro, about, not_for }: &PublicWords, said: &mut Statements) {
    said.say(Part::Words, "First paragraph", intro);
    said.say(Part::Words, "What can be complained about", about);
    said.keyed_if(Part::Words, "not_for", "What to do instead", not_for.clone());
}

fn role(RoleHolding { role, called, group }: &RoleHolding, said: &mut Statements) {
    let group = group.as_ref().map_or_else(
        || "given by hand".to_owned(),
        |group| format!("members of the group {group}"),
    );
    let words = format!("called “{called}”, {group}");
    said.keyed(Part::Roles, role.code(), capital(role.words()), words);
}
