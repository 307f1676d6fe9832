//! Made-up regimes: none yet, two at once, one that is late, and each form as it comes back.

use super::{Choice, RegimeDate, RegimePage, RegimePanel, RegimeView};
use crate::page::clock::{Clock, ClockState};
use crate::page::explained::ExplainedDate;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::paths;

const NAME: &str = "Complaint about personal data";

impl RegimePage {
    /// None applies yet.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            regimes: Vec::new(),
            done: None,
            elsewhere: None,
            tagging: Some(Choice {
                picks: offered(),
                form: FormState::fresh("g-1").answered(&[("began_on", "2026-10-12")]),
            }),
            taking: None,
        }
    }

    /// Tagged without a choice, and from a day to come.
    pub fn sample_errors() -> Self {
        let mut page = Self::sample();
        if let Some(choice) = &mut page.tagging {
            choice.form = FormState::fresh("g-2")
                .answered(&[
                    ("began_on", "2026-10-20"),
                    ("why", "Her results went to the whole course."),
                ])
                .wrong("regime", "Choose which regime applies")
                .wrong("began_on", "Choose today or a day that has passed");
        }
        page
    }

    /// Two apply: one is done, one is open.
    pub fn sample_tagged() -> Self {
        Self {
            regimes: vec![open(), done()],
            done: Some(Choice {
                picks: Pick::list(&[("data_protection:data_protection_complaint", NAME)]),
                form: FormState::fresh("g-3").answered(&[
                    ("duty", "data_protection:data_protection_complaint"),
                    ("done_on", "2026-10-14"),
                ]),
            }),
            taking: Some(Choice {
                picks: Pick::list(&[("data_protection", NAME), ("safeguarding", "Somebody's safety")]),
                form: FormState::fresh("g-4"),
            }),
            tagging: Some(Choice {
                picks: offered().split_off(1),
                form: FormState::fresh("g-8").answered(&[("began_on", "2026-10-12")]),
            }),
            ..Self::sample()
        }
    }

    /// Recorded as done with much missing.
    pub fn sample_done_errors() -> Self {
        let mut page = Self::sample_tagged();
        if let Some(choice) = &mut page.done {
            choice.form = FormState::fresh("g-5")
                .answered(&[("done_on", "2026-10-10")])
                .wrong("duty", "Choose what was done")
                .wrong(
                    "done_on",
                    "Choose Monday 12 October 2026, when it began, or a later day",
                )
                .wrong("done_words", "Write what was done, in a sentence");
        }
        page
    }

    /// Taken away without a reason.
    pub fn sample_take_errors() -> Self {
        let mut page = Self::sample_tagged();
        if let Some(choice) = &mut page.taking {
            choice.form = FormState::fresh("g-6")
                .answered(&[("taken", "safeguarding")])
                .wrong("taken_why", "Say why it does not apply");
        }
        page
    }

    /// Decided, and open for nothing but a regime whose date has passed.
    pub fn sample_decided() -> Self {
        let mut page = Self {
            case: CaseBrief::sample_decided(),
            elsewhere: Some(Choice {
                picks: Pick::list(&[("data_protection", NAME)]),
                form: FormState::fresh("g-7").wrong(
                    "handled_now",
                    "Say where the other regime is handled now: what it asks for is not done",
                ),
            }),
            ..Self::sample_tagged()
        };
        page.regimes.truncate(1);
        page.regimes[0].dates[0].clock =
            Clock::new(ClockState::Over, "Late: it was due by Tuesday 10 November 2026", 0, 0);
        page
    }
}

impl RegimePanel {
    /// One open, one done.
    pub fn sample() -> Self {
        let named = |view: RegimeView| (view.name, view.dates);
        Self {
            regimes: vec![named(open()), named(done())],
            link: Some(Link::new(
                "Record what was done, or change it",
                &paths::case_act("FC-10482", "regimes"),
            )),
        }
    }
}

fn open() -> RegimeView {
    RegimeView {
        name: NAME.to_owned(),
        facts: vec![
            Fact::new("It asks", "We confirm that we have it\nData Protection Act 2018, section 164A"),
            Fact::new("Looked after by", "Data protection officer"),
            Fact::new("Began on", "Monday 12 October 2026"),
        ],
        dates: vec![RegimeDate {
            clock: Clock::new(ClockState::Ok, "Due by Tuesday 10 November 2026", 0, 0),
            explained: Some(ExplainedDate {
                steps: Vec::new(),
                summary: "30 days from the moment the complaint is received; the day of the start is day 1. Due by the end of Tuesday 10 November 2026.".to_owned(),
                ..ExplainedDate::sample()
            }),
        }],
    }
}

fn done() -> RegimeView {
    RegimeView {
        name: "Somebody's safety".to_owned(),
        facts: vec![
            Fact::new("It asks", "We tell the safeguarding lead at once"),
            Fact::new("Looked after by", "Complaints coordinator"),
            Fact::new("Began on", "Monday 12 October 2026"),
            Fact::new(
                "Done",
                "Tuesday 13 October 2026\nMei rang the safeguarding lead at 9am.",
            ),
        ],
        dates: vec![RegimeDate {
            clock: Clock::new(ClockState::Done, "Done on Tuesday 13 October 2026", 0, 0),
            explained: None,
        }],
    }
}

fn offered() -> Vec<Pick> {
    vec![
        Pick::with_hint(
            "data_protection",
            NAME,
            "We confirm that we have it (Data Protection Act 2018, section 164A)",
        ),
        Pick::with_hint(
            "subject_access",
            "Request for one's own data",
            "We answer the request (UK GDPR, article 12(3))",
        ),
        Pick::with_hint(
            "freedom_of_information",
            "Request for information",
            "We answer the request (Freedom of Information Act 2000, section 10)",
        ),
    ]
}
