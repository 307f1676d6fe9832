//! Made-up findings behind a letter.

use super::findings::{Findings, FoundPoint, Ground};
use crate::page::timeline::TimelineFile;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

const CASE: &str = "FC-10391";

impl Findings {
    /// One point with a good foundation, one whose words were changed, one with none.
    pub(super) fn sample() -> Self {
        let found = |title: &str, outcome: &str, words: &str, rests: Vec<Ground>| FoundPoint {
            title: title.to_owned(),
            outcome: Tag::new(outcome, Tone::Brand),
            words: words.to_owned(),
            otherwise: None,
            rests,
        };
        Self::Shown {
            points: vec![
                found(
                    "1. The mailbox was missing for 9 working days",
                    "Upheld",
                    "The mailbox was not on the list of mailboxes to move. The list came from a report that left out mailboxes with no named owner.",
                    vec![list_of_the_move(), talk()],
                ),
                FoundPoint {
                    otherwise: Some(
                        "The letter says this in other words: it was changed after the finding.".to_owned(),
                    ),
                    ..found(
                        "2. We did not tell you about the move",
                        "Partly upheld",
                        "We emailed every member of staff on 10 August.",
                        vec![set_aside()],
                    )
                },
                found(
                    "3. The Helpline closed your job twice",
                    "Upheld",
                    "Both times the job closed by itself after two days without a reply.",
                    Vec::new(),
                ),
            ],
            besides: vec![Link::new(
                "Evidence 3: Minutes of the move board",
                &at("evidence", "evidence-3"),
            )],
        }
    }
}

fn at(task: &str, place: &str) -> String {
    format!("{}#{place}", paths::investigation_task(CASE, task))
}

fn list_of_the_move() -> Ground {
    Ground {
        link: Link::new(
            "Evidence 1: Mailboxes on the list of the move",
            &at("evidence", "evidence-1"),
        ),
        tag: Tag::new("Only those who investigate", Tone::Staff),
        source: "Messaging team, Thursday 10 September 2026".to_owned(),
        aside: None,
        opens: "What evidence 1 says".to_owned(),
        words: "412 mailboxes; this one is not among them.".to_owned(),
        files: vec![TimelineFile::new(
            "move-list.csv",
            paths::file(CASE, "0a1b"),
            "Table, 18 KB, those who investigate only",
        )],
    }
}

fn talk() -> Ground {
    Ground {
        link: Link::new(
            "Interview 1: Grace Obi, change manager",
            &at("interviews", "interview-1"),
        ),
        tag: Tag::new("Notes confirmed", Tone::Good),
        source: "Thursday 8 October 2026, 10am, in person".to_owned(),
        aside: None,
        opens: "Notes of interview 1".to_owned(),
        words: "Shared mailboxes were left to the teams. Nobody asked whether they had been told.".to_owned(),
        files: Vec::new(),
    }
}

fn set_aside() -> Ground {
    Ground {
        link: Link::new("Evidence 2: Email of 10 August", &at("evidence", "evidence-2")),
        tag: Tag::new("Set aside", Tone::Warn),
        source: "Communications team, Monday 10 August 2026".to_owned(),
        aside: Some("It is about the other move".to_owned()),
        opens: "What evidence 2 says".to_owned(),
        words: "We are moving your email at the weekend.".to_owned(),
        files: Vec::new(),
    }
}
