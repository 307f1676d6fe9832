//! The procedure in plain English, made from the data that the clocks run on, so that the two never disagree (R13, R15, R17).

mod about;
mod after;
mod stage;
mod words;

use super::Procedure;
use crate::clock::full_date;

/// The public page of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProcedure {
    /// "How we handle complaints".
    pub title: String,
    /// The version that people can quote.
    pub version: String,
    /// From when it holds: "Thursday 1 October 2026".
    pub valid_from: String,
    /// What comes first, a paragraph each.
    pub intro: Vec<String>,
    /// What is promised and by when, in the order in which it happens.
    pub promises: Vec<Promise>,
    /// The sections in reading order; their ids are unique.
    pub sections: Vec<Section>,
}

/// One promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// By when: "Within 3 working days".
    pub head: String,
    /// What happens: "We give you a decision, if we can sort it out without an investigation."
    pub text: String,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What a link to it names: "stage-1".
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its limit, for a stage: "Decision within 3 working days".
    pub time: Option<String>,
    /// Its words.
    pub blocks: Vec<Block>,
}

/// A paragraph or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// One paragraph.
    Paragraph(String),
    /// A list, one line each.
    Bullets(Vec<String>),
}

/// The public page of this procedure.
#[must_use]
pub fn publish(procedure: &Procedure) -> PublishedProcedure {
    let mut sections = vec![about::what(procedure), about::first(procedure)];
    sections.extend(procedure.stages.iter().map(|stage| stage::section(procedure, stage)));
    sections.push(about::decisions(procedure));
    sections.push(about::counting(procedure));
    sections.extend(after::questions(procedure));
    sections.push(after::who_sees(procedure));
    sections.push(after::stopping(procedure));
    sections.push(after::beside(procedure));
    sections.push(after::elsewhere(procedure));
    sections.push(after::learning(procedure));
    sections.retain(|section| !section.blocks.is_empty());
    PublishedProcedure {
        title: procedure.title.clone(),
        version: procedure.version.clone(),
        valid_from: full_date(procedure.valid_from),
        intro: vec![procedure.public.intro.clone()],
        promises: promises(procedure),
        sections,
    }
}

fn promises(procedure: &Procedure) -> Vec<Promise> {
    let mut promises: Vec<Promise> = about::acknowledgement_promise(procedure).into_iter().collect();
    promises.extend(
        procedure
            .stages
            .iter()
            .filter_map(|stage| stage::promise(procedure, stage)),
    );
    promises
}

fn section(id: &str, heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: id.to_owned(),
        heading: heading.to_owned(),
        time: None,
        blocks,
    }
}

fn paragraph(words: impl Into<String>) -> Block {
    Block::Paragraph(words.into())
}
