//! Made-up tasks of an investigation.

use super::{Answer, Question, Record, Returned, TaskForm, TaskLine, TaskList, TaskPage};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

pub(super) const CASE: &str = "FC-10391";

fn task(name: &str, code: &str, hint: &str, status: Tag) -> TaskLine {
    TaskLine {
        name: name.to_owned(),
        href: Some(paths::investigation_task(CASE, code)).filter(|_| !code.is_empty()),
        hint: hint.to_owned(),
        status,
    }
}

impl TaskList {
    /// In the middle.
    pub fn sample() -> Self {
        let done = || Tag::new("Done", Tone::Good);
        let on_it = || Tag::new("In progress", Tone::Brand);
        let by_dana = "Done on Wednesday 7 October 2026 by Dana Kowalczyk";
        Self {
            case: CaseBrief::sample_stage_2(),
            notice: Some("Evidence kept.".to_owned()),
            returned: None,
            tasks: vec![
                task(
                    "Agree the points",
                    "points",
                    "Done on Wednesday 7 October 2026 by Dr Bevan",
                    done(),
                ),
                task("Conflict check", "conflict", by_dana, done()),
                task(
                    "Plan",
                    "plan",
                    "1 of 3 open, the next by Monday 12 October 2026",
                    on_it(),
                ),
                task("Evidence", "evidence", by_dana, done()),
                task("Interviews", "interviews", "Notes of 1 of 2 not confirmed", on_it()),
                task("Findings", "findings", "2 of 3 open", on_it()),
                task(
                    "Letter",
                    "letter",
                    "Needed before the decision can be sent",
                    Tag::new("Not started", Tone::Grey),
                ),
                task(
                    "Send the letter",
                    "",
                    "Cannot start yet: the letter is not complete",
                    Tag::new("Cannot start yet", Tone::Warn),
                ),
            ],
            next: Some(Link::new("Continue: plan", &paths::investigation_task(CASE, "plan"))),
            before_sending: String::new(),
            next_update: Some("Dr Bevan hears from us by the end of Friday 9 October.".to_owned()),
            group: None,
        }
    }

    /// Nothing is done yet, and a letter came back.
    pub fn sample_begun() -> Self {
        let new = |name, code| {
            task(
                name,
                code,
                "Needed before the decision can be sent",
                Tag::new("Not started", Tone::Grey),
            )
        };
        Self {
            notice: None,
            returned: Some(Returned {
                by: "Helen Marsh sent it back yesterday at 5:10pm".to_owned(),
                words: "Say in point 2 that we should have written to the people who run shared mailboxes.".to_owned(),
            }),
            tasks: vec![new("Agree the points", "points"), new("Conflict check", "conflict")],
            next: Some(Link::new(
                "Continue: agree the points",
                &paths::investigation_task(CASE, "points"),
            )),
            before_sending: "Before this can be sent: agree the points with the person; say whether you have a conflict of interest."
                .to_owned(),
            ..Self::sample()
        }
    }
}

pub(super) fn ask(step: &str, heading: &str, questions: Vec<Question>, button: &str) -> TaskForm {
    TaskForm {
        step: step.to_owned(),
        heading: heading.to_owned(),
        intro: String::new(),
        questions,
        button: button.to_owned(),
        state: FormState::fresh(step),
    }
}

pub(super) fn picks() -> Vec<Pick> {
    Pick::list(&[
        ("1", "1. The mailbox was missing for 9 working days"),
        ("2", "2. We did not tell you about the move"),
    ])
}

impl TaskPage {
    pub(super) fn empty(task: &str, name: &str, intro: &str) -> Self {
        Self {
            case: CaseBrief::sample_stage_2(),
            task: task.to_owned(),
            name: name.to_owned(),
            intro: intro.to_owned(),
            standing: Tag::new("Not started", Tone::Grey),
            notice: None,
            caution: None,
            records: Vec::new(),
            forms: Vec::new(),
            instead: Vec::new(),
            next: Some(Link::new(
                "conflict check",
                &paths::investigation_task(CASE, "conflict"),
            )),
        }
    }

    /// Points that wait for an answer.
    pub fn sample_points() -> Self {
        let point = |title: &str, tag: Option<Tag>, words: &str| Record {
            title: title.to_owned(),
            tag,
            words: words.to_owned(),
            ..Record::default()
        };
        Self {
            notice: Some("The points are on their way. The task is done once there is an answer.".to_owned()),
            standing: Tag::new("In progress", Tone::Brand),
            records: vec![
                point("1. The mailbox was missing for 9 working days", None, ""),
                point(
                    "2. Nobody could say when it would be back",
                    Some(Tag::new("Answered with point 1", Tone::Grey)),
                    "It is about the same nine days.",
                ),
                Record {
                    title: "What was agreed".to_owned(),
                    facts: vec![Fact::new(
                        "Written to them",
                        "Monday 5 October 2026, to be answered by Monday 12 October 2026",
                    )],
                    ..Record::default()
                },
            ],
            forms: vec![
                ask(
                    "heard",
                    "They told us another way",
                    vec![
                        Question::new(
                            "said",
                            "What did they say?",
                            Answer::One(Pick::list(&[
                                ("agree", "They agree"),
                                ("correct", "Something is wrong or missing"),
                            ])),
                        ),
                        Question::new("heard_on", "On which day?", Answer::Day),
                        Question::new("points_words", "Their words", Answer::Words).hint("Staff only."),
                    ],
                    "Record it",
                ),
                ask(
                    "reword",
                    "Change the words of a point",
                    vec![
                        Question::new("which", "Which point?", Answer::List(picks())),
                        Question::new("point_text", "Its words from now on", Answer::Words)
                            .hint("The person reads them."),
                    ],
                    "Change the point",
                ),
            ],
            ..Self::empty(
                "points",
                "Agree the points",
                "Write down what you will look into, and ask whether that is right.",
            )
        }
    }

    /// Asked without a day.
    pub fn sample_points_errors() -> Self {
        let mut send = ask(
            "send",
            "Ask them in writing",
            vec![
                Question::new("answer_by", "By when should they answer?", Answer::Day),
                Question::new("message", "Anything else? (optional)", Answer::Words)
                    .hint("Dr Bevan reads this in the letter."),
            ],
            "Send the points",
        );
        send.state = send
            .state
            .wrong("answer_by", "Choose the day by which they should answer");
        Self {
            notice: None,
            forms: vec![send],
            ..Self::sample_points()
        }
    }

    /// Nothing declared yet.
    pub fn sample_conflict() -> Self {
        let answers = Pick::list(&[
            ("yes", "I have no conflict with the people or the service"),
            ("no", "Something connects me with them"),
        ]);
        let questions = vec![
            Question::new("none", "Are you free of conflicts of interest?", Answer::One(answers)),
            Question::new("conflict", "What connects you with them?", Answer::Words)
                .hint("Leave empty if nothing does."),
        ];
        Self {
            forms: vec![ask("declare", "Your declaration", questions, "Declare")],
            ..Self::empty(
                "conflict",
                "Conflict check",
                "Nobody investigates a complaint about people close to them.",
            )
        }
    }

    /// Two lines, one overdue.
    pub fn sample_plan() -> Self {
        let line = |title: &str, tag, from: &str, by: &str| Record {
            title: title.to_owned(),
            tag: Some(tag),
            facts: vec![Fact::new("From", from), Fact::new("By", by)],
            ..Record::default()
        };
        Self {
            standing: Tag::new("In progress", Tone::Brand),
            records: vec![
                line(
                    "1. The list of mailboxes that were moved",
                    Tag::new("Done", Tone::Good),
                    "Messaging team",
                    "Tuesday 6 October 2026",
                ),
                line(
                    "2. Who was told of the move",
                    Tag::new("Overdue", Tone::Bad),
                    "Change manager",
                    "Friday 9 October 2026",
                ),
            ],
            forms: vec![
                ask(
                    "add",
                    "Add to the plan",
                    vec![
                        Question::new("what", "What do you need to find out?", Answer::Line),
                        Question::new("from_whom", "From whom or what?", Answer::Line),
                        Question::new("by_on", "By when?", Answer::Day).hint("Not after the day of the decision."),
                    ],
                    "Add to the plan",
                ),
                ask(
                    "tick",
                    "Tick a line",
                    vec![Question::new(
                        "which",
                        "Which is done?",
                        Answer::One(Pick::list(&[("2", "2. Who was told of the move")])),
                    )],
                    "It is done",
                ),
            ],
            ..Self::empty(
                "plan",
                "Plan",
                "What do you need to find out, who or what can tell you, and by when?",
            )
        }
    }

    /// A conflict waits for a coordinator, who reads this.
    pub fn sample_waiting() -> Self {
        let question = Question::new("override", "Why can they investigate all the same?", Answer::Words)
            .hint("It stays on record.");
        Self {
            caution: Some(
                "A conflict was declared. The investigation waits until a coordinator has decided.".to_owned(),
            ),
            records: vec![Record {
                title: "Dana Kowalczyk, Monday 5 October 2026, 9:12am".to_owned(),
                tag: Some(Tag::new("Conflict", Tone::Warn)),
                words: "I led the messaging team until March.".to_owned(),
                ..Record::default()
            }],
            forms: vec![ask("override", "Your decision", vec![question], "Let them investigate")],
            instead: vec![Link::new(
                "Pass the case to somebody without a conflict instead",
                &paths::case_act(CASE, "assign"),
            )],
            ..Self::sample_conflict()
        }
    }
}
