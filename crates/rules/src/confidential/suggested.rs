//! What the finder of names suggested when a complaint arrived, as it is kept in the sealed receipt (A13).

use serde::{Deserialize, Serialize};

use super::named::StaffNamed;
use super::names::{self, By, Part, People, Span, SpanKind, What};
use crate::coded::coded;
use crate::intake::NewFeedback;
use crate::people::StaffId;

coded! {
    /// Which of the words of a form something stands in.
    pub enum Field {
        /// What went wrong.
        Words = "words", "what went wrong";
        /// What would put it right.
        Wanted = "wanted", "what would put it right";
    }
}

/// Whom a complaint seems to be about, and which finder thought so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The version of the finder's rules and lists ([`names::VERSION`]).
    pub finder: u32,
    /// Everything that it found, in the order of the words.
    pub spans: Vec<SuggestedSpan>,
}

/// Words by which somebody is named or described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedSpan {
    /// Where they stand.
    pub field: Field,
    /// Their first byte there.
    pub from: usize,
    /// The byte after their last one.
    pub to: usize,
    /// What they are.
    pub kind: SpanKind,
    /// What is said of whoever is meant.
    pub part: Part,
    /// By what somebody of staff was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// Those of staff of whom one is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<StaffId>,
}

/// What the finder suggests about a form; nothing where nobody of staff seems to be complained about.
///
/// The people's keys are their numbers as staff.
pub fn suggest(new: &NewFeedback, people: &People) -> Option<Suggested> {
    let complainant = new.complainant.name.as_deref();
    let mut spans = Vec::new();
    let mut about_staff = false;
    for (field, text) in [(Field::Words, Some(&new.words)), (Field::Wanted, new.wanted.as_ref())] {
        let Some(text) = text else { continue };
        let found = names::find(text, people, complainant);
        about_staff |= found.names_staff;
        spans.extend(found.spans.into_iter().map(|span| kept(field, span)));
    }
    about_staff.then_some(Suggested {
        finder: names::VERSION,
        spans,
    })
}

fn kept(field: Field, span: Span) -> SuggestedSpan {
    let kind = span.what.kind();
    let (people, by) = match span.what {
        What::Known { people, by } => (people, Some(by)),
        What::Unknown | What::Email | What::Username | What::Described => (Vec::new(), None),
    };
    SuggestedSpan {
        field,
        from: span.from,
        to: span.to,
        kind,
        part: span.part,
        by,
        people: people.iter().filter_map(|key| key.parse().ok().map(StaffId)).collect(),
    }
}

impl Suggested {
    /// Whom it suggests, before a person decided: those of staff whose names stand there, all of them where several are called so, and anybody
    /// else in the words by which they are described.
    pub fn named(&self, words: &str) -> StaffNamed {
        let complained: Vec<&SuggestedSpan> = self
            .spans
            .iter()
            .filter(|span| span.part == Part::ComplainedOf)
            .collect();
        let others: Vec<&str> = complained
            .iter()
            .filter(|span| span.people.is_empty() && span.field == Field::Words && span.kind != SpanKind::Email)
            .filter_map(|span| words.get(span.from..span.to))
            .collect();
        StaffNamed {
            people: complained.iter().flat_map(|span| span.people.iter().copied()).collect(),
            others: (!others.is_empty()).then(|| others.join("; ")),
        }
        .tidy()
    }
}
