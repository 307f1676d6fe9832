//! An example of a published procedure: two stages, as in the procedure this product was first made for.

use super::{Block, ClosedDay, ProcedurePage, Promise, PublishedCalendar, PublishedProcedure, Section};

impl PublishedProcedure {
    /// Two stages of 3 and 20 working days (R63, R75).
    #[must_use]
    pub fn sample() -> Self {
        Self {
            title: "How we handle complaints".into(),
            version: "3".into(),
            valid_from: "Thursday 1 October 2026".into(),
            intro: vec![
                "We want to hear when things go wrong. Complaints show us what to fix. Complaining will never affect your studies, your job or the service you get.".into(),
            ],
            promises: vec![
                promise("Straight away", "We confirm we have your complaint and give you a reference number."),
                promise("Within 3 working days", "We give you a decision, if we can sort it out without an investigation."),
                promise("Within 20 working days", "We give you a written decision, if we need to investigate."),
            ],
            sections: sample_sections(),
        }
    }
}

impl ProcedurePage {
    /// The sample procedure with a calendar.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            procedure: PublishedProcedure::sample(),
            calendar: PublishedCalendar {
                name: "England and Wales, with Calderbrook’s closed days".into(),
                working_week: "Monday to Friday, except the days below".into(),
                sources: vec![
                    "https://www.gov.uk/bank-holidays".into(),
                    "Calderbrook University closed days 2026 to 2027".into(),
                ],
                read_on: "Thursday 1 October 2026".into(),
                closed_days: vec![
                    closed("Friday 25 December 2026", "Christmas Day"),
                    closed("Monday 28 December 2026", "Boxing Day (substitute day)"),
                    closed("Tuesday 29 December 2026", "Closed by the university"),
                    closed("Friday 1 January 2027", "New Year’s Day"),
                ],
                known_until: "Friday 31 December 2027".into(),
            },
        }
    }
}

fn sample_sections() -> Vec<Section> {
    vec![
        section(
            "what",
            "What you can complain about",
            None,
            vec![
                paragraph(
                    "Any IT service we run or should have run: something that did not work, took too long, was hard to use, or the way we treated you. If something is broken now and you only need it fixed, tell the IT Helpline. You can do both.",
                ),
                paragraph("Thanks, suggestions and comments are welcome too. We pass them on, and we use them."),
            ],
        ),
        section(
            "stage-1",
            "Stage 1: we try to put it right quickly",
            Some("Decision within 3 working days"),
            vec![paragraph(
                "The person who takes your complaint will try to sort it out there and then, with an apology, an explanation or a fix. If they cannot, they keep you up to date until you have a decision.",
            )],
        ),
        section(
            "stage-2",
            "Stage 2: a manager investigates",
            Some("Written decision within 20 working days"),
            vec![
                paragraph("We move to stage 2 if:"),
                Block::List(vec![
                    "you are not happy with our stage 1 decision and ask us to look again".into(),
                    "your complaint is complex or serious and needs an investigation from the start".into(),
                ]),
                paragraph(
                    "A manager who was not involved looks at what happened and writes to you with what they found, what we will change and what you can do next. If there is a good reason we need longer, we tell you why and give you a new date.",
                ),
            ],
        ),
        section(
            "who-sees",
            "Who sees your complaint",
            None,
            vec![
                paragraph(
                    "Only the people who need to deal with it. We do not share your name outside IT Services unless you agree.",
                ),
                paragraph(
                    "If your complaint is about a member of staff, tell us so. Then only the manager who deals with it can read it, beside the complaints coordinator. The person it is about has no part in it, and can neither read it nor find it.",
                ),
            ],
        ),
        section(
            "after",
            "What we do with complaints",
            None,
            vec![paragraph(
                "Senior managers review every complaint each month and decide what to change. We review this procedure every year.",
            )],
        ),
    ]
}

fn section(id: &str, heading: &str, time: Option<&str>, paragraphs: Vec<Block>) -> Section {
    Section {
        id: id.into(),
        heading: heading.into(),
        time: time.map(Into::into),
        paragraphs,
    }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(words.into())
}

fn promise(when: &str, what: &str) -> Promise {
    Promise {
        when: when.into(),
        what: what.into(),
    }
}

fn closed(date: &str, what: &str) -> ClosedDay {
    ClosedDay {
        date: date.into(),
        what: what.into(),
    }
}
