//! Reading a procedure file: every part, then the checks over the whole; all faults come back at once (P44).

mod clock;
mod duty;
mod list;
mod routing;
mod stage;

use std::path::Path;

use super::list::PointRule;
use super::model::{Procedure, PublicWords, Source};
use super::{Predicate, RoleName, StageId, check};
use crate::clock::ClockName;
use crate::data_file::{Invalid, Reading, Section};

impl Procedure {
    /// Reads a procedure file and checks it as a whole.
    ///
    /// # Errors
    /// Every fault of the file, each with its line and what is wrong in plain words. What is only unusual is in
    /// [`Procedure::warnings`].
    pub fn parse(text: &str, file: impl AsRef<Path>) -> Result<Self, Vec<Invalid>> {
        let (reading, table) = Reading::open(text, file.as_ref())?;
        let read = {
            let root = reading.root(table.get_ref());
            whole(&root)
        };
        let Some(mut procedure) = read else {
            return Err(reading.into_faults());
        };
        check::all(&procedure, &reading);
        if !reading.is_sound() {
            return Err(reading.into_faults());
        }
        procedure.warnings = check::warnings(&procedure, &reading);
        Ok(procedure)
    }
}

fn whole(root: &Section<'_>) -> Option<Procedure> {
    let head = needed(root, "procedure");
    let source = needed(root, "source");
    let public = needed(root, "public");
    let withdraw = needed(root, "withdraw");
    let stages = stage::stages(root);
    let clocks = clock::clocks(root);
    let routing = routing::Parts::read(root);
    let lists = list::Lists::read(root);
    let duties = duty::Duties::read(root);
    let (head, source, public, withdraw) = (head?, source?, public?, withdraw?);
    let title = head.text("title");
    Some(Procedure {
        id: head.text("id"),
        version: head.text("version"),
        unit: head.text("unit"),
        valid_from: head.date("valid_from"),
        time_zone: zone(&head),
        calendar: calendar(&head),
        owner: head.code("owner"),
        source: Source {
            name: source.text("name"),
            read_on: source.date("read_on"),
            caveat: source.text_if("caveat"),
        },
        public: PublicWords {
            intro: public.text("intro"),
            about: public.text("about"),
            not_for: public.text_if("not_for"),
        },
        routed_by: head.text_if("routed_by"),
        roles: routing.roles,
        stages,
        clocks,
        jumps: routing.jumps,
        escalations: routing.escalations,
        letters: duties.letters,
        acknowledgements: routing.acknowledgements,
        kinds: lists.kinds,
        categories: lists.categories,
        outcomes: lists.outcomes,
        points: head.code_or("points", PointRule::AllSomeNone),
        closing_reasons: lists.closing_reasons,
        resolution_kinds: lists.resolution_kinds,
        remedies: lists.remedies,
        root_causes: lists.root_causes,
        learning_kinds: lists.learning_kinds,
        urgencies: lists.urgencies,
        job_profile: head.text_if("job_profile").unwrap_or_else(|| title.clone()),
        confidential: routing.confidential,
        separation: head.codes("separation"),
        pauses: routing.pauses,
        admissibility: routing.admissibility,
        regimes: routing.regimes,
        signposts: routing.signposts,
        withdraw: routing::withdraw(&withdraw),
        reopen: routing.reopen,
        no_answer: routing.no_answer,
        reviews: duties.reviews,
        retention: duties.retention,
        erasure: duties.erasure,
        reporting: duties.reporting,
        warnings: Vec::new(),
        title,
    })
}

fn needed<'a>(root: &Section<'a>, key: &'static str) -> Option<Section<'a>> {
    if !root.has(key) {
        root.fault(key, format!("the part [{key}] is missing"));
    }
    root.section(key)
}

fn zone(head: &Section<'_>) -> String {
    let name = head.text("time_zone");
    if !name.is_empty() && jiff::tz::TimeZone::get(&name).is_err() {
        head.fault("time_zone", format!("there is no time zone called \"{name}\""));
    }
    name
}

fn calendar(head: &Section<'_>) -> Vec<String> {
    let layers = head.texts("calendar");
    if layers.is_empty() {
        head.fault("calendar", "name at least one calendar: [\"england-and-wales\"]");
    }
    layers
}

/// A condition, or always if nothing is said.
fn condition(section: &Section<'_>, key: &'static str) -> Predicate {
    condition_if(section, key).unwrap_or(Predicate::Always)
}

fn condition_if(section: &Section<'_>, key: &'static str) -> Option<Predicate> {
    section.read_if(key, Predicate::parse)
}

fn stage_id(section: &Section<'_>, key: &'static str) -> StageId {
    StageId::new(&section.text(key))
}

fn clock_name(section: &Section<'_>, key: &'static str) -> ClockName {
    ClockName::new(&section.text(key))
}

fn clock_name_if(section: &Section<'_>, key: &'static str) -> Option<ClockName> {
    section.text_if(key).map(|name| ClockName::new(&name))
}

fn clock_names(section: &Section<'_>, key: &'static str) -> Vec<ClockName> {
    section.texts(key).iter().map(|name| ClockName::new(name)).collect()
}

/// A role, or `None` for the word `word`; anything else is a fault.
fn role_or_word(section: &Section<'_>, key: &'static str, word: &str) -> Option<RoleName> {
    match section.text_if(key) {
        Some(text) if text == word => None,
        _ => Some(section.code(key)),
    }
}
