//! Made-up evidence, interviews and findings.

use super::sample_tasks::{CASE, ask, picks};
use super::{Answer, FindingField, FindingsPage, Question, Record, TaskPage};
use crate::page::timeline::TimelineFile;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::serve::decision::Lists;

fn sights() -> Vec<Pick> {
    Pick::list(&[
        ("investigation", "Only those who investigate"),
        ("case", "Everybody on the case"),
        ("quotable", "Everybody on the case, and it may be quoted to the person"),
    ])
}

impl TaskPage {
    /// An item with a file.
    pub fn sample_evidence() -> Self {
        let add = vec![
            Question::new("title", "What is it?", Answer::Line),
            Question::new("source", "Who or what does it come from?", Answer::Line),
            Question::new("from_on", "From which day? (optional)", Answer::Day),
            Question::new("words", "What does it say?", Answer::Words).hint("Or choose a file."),
            Question::new("files", "Files (optional)", Answer::Files("Up to 10 files.".to_owned())),
            Question::new("seen_by", "Who may see it?", Answer::One(sights())),
            Question::new("points", "Which points does it belong to?", Answer::Several(picks()))
                .hint("None ticked means all."),
        ];
        Self {
            standing: Tag::new("Done", Tone::Good),
            records: vec![Record {
                title: "1. Mailboxes on the list of the move".to_owned(),
                at: Some("evidence-1".to_owned()),
                tag: Some(Tag::new("Only those who investigate", Tone::Staff)),
                facts: vec![
                    Fact::new("Source", "Messaging team"),
                    Fact::new("From", "Thursday 10 September 2026"),
                    Fact::new("Point", "1"),
                ],
                words: "412 mailboxes; this one is not among them.".to_owned(),
                files: vec![TimelineFile::new(
                    "move-list.csv",
                    paths::file(CASE, "0a1b"),
                    "Table, 18 KB, those who investigate only",
                )],
            }],
            forms: vec![ask("add", "Add evidence", add, "Add evidence")],
            ..Self::empty(
                "evidence",
                "Evidence",
                "Logs, records, pictures. The person who complained never sees it here.",
            )
        }
    }

    /// Sent with nothing in it.
    pub fn sample_evidence_errors() -> Self {
        let mut page = Self::sample_evidence();
        for form in &mut page.forms {
            let state = std::mem::take(&mut form.state);
            form.state = state
                .wrong("title", "Write what it is, in a few words")
                .wrong("seen_by", "Choose who may see it");
        }
        page
    }

    /// One interview whose notes are not confirmed.
    pub fn sample_interviews() -> Self {
        let hold = vec![
            Question::new("with", "With whom?", Answer::Line).hint("Name and job."),
            Question::new("held_on", "On which day?", Answer::Day),
            Question::new("held_at", "At what time?", Answer::Time).hint("For example 16:30"),
            Question::new(
                "how",
                "How?",
                Answer::One(Pick::list(&[("in_person", "In person"), ("phone", "By phone")])),
            ),
            Question::new("notes", "What was said?", Answer::Words).hint("Or choose a file, such as signed notes."),
            Question::new("files", "Files (optional)", Answer::Files("Up to 10 files.".to_owned())),
            Question::new("seen_by", "Who may see it?", Answer::One(sights())),
        ];
        Self {
            standing: Tag::new("In progress", Tone::Brand),
            records: vec![Record {
                title: "1. Grace Obi, change manager".to_owned(),
                at: Some("interview-1".to_owned()),
                tag: Some(Tag::new("Notes not confirmed", Tone::Grey)),
                facts: vec![
                    Fact::new("When", "Thursday 8 October 2026, 10am, in person"),
                    Fact::new("Who sees it", "Only those who investigate"),
                ],
                words: "Shared mailboxes were left to the teams. Nobody asked whether they had been told.".to_owned(),
                files: vec![TimelineFile::new(
                    "signed-notes.pdf",
                    paths::file(CASE, "0a1c"),
                    "PDF document, 96 KB, those who investigate only",
                )],
            }],
            forms: vec![ask("hold", "Write down an interview", hold, "Keep the interview")],
            ..Self::empty(
                "interviews",
                "Interviews",
                "Write down what was said, and let the person read the notes.",
            )
        }
    }
}

impl FindingsPage {
    /// Half written.
    pub fn sample() -> Self {
        let field = |number, words: &str| FindingField {
            number,
            words: words.to_owned(),
            rests: Pick::list(&[
                ("e1", "Evidence 1: Mailboxes on the list of the move"),
                ("i1", "Interview 1: Grace Obi, change manager"),
            ]),
        };
        Self {
            case: CaseBrief::sample_stage_2(),
            notice: Some("Findings saved.".to_owned()),
            refused: None,
            standing: Tag::new("In progress", Tone::Brand),
            points: vec![
                field(1, "The mailbox was missing for 9 working days"),
                field(2, "We did not tell you about the move"),
            ],
            outcomes: Lists::sample().outcomes,
            rule: "The complaint is upheld if all points are, partly upheld if some are, and not upheld if none is."
                .to_owned(),
            next: Some(Link::new("letter", &paths::investigation_task(CASE, "letter"))),
            form: FormState::fresh("f-1").answered(&[
                ("finding-1", "The mailbox was not on the list of mailboxes to move."),
                ("point-1", "upheld"),
                ("rests-1", "e1"),
            ]),
        }
    }

    /// With evidence that was set aside meanwhile.
    pub fn sample_errors() -> Self {
        let sample = Self::sample();
        let form = sample
            .form
            .clone()
            .wrong("finding-1", "Choose evidence and interviews of this case for point 1");
        Self {
            notice: None,
            form,
            ..sample
        }
    }
}
