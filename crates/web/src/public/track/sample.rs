//! Examples of a complaint on its way, extended, decided, and at the end of the procedure.

use super::{
    Action, AfterDecision, Decision, ExplainStep, ExplainedDate, From, Question, Reply, Signpost, Status, TrackPage,
    Undelivered, Update,
};
use crate::page::{
    clock::{Clock, ClockState},
    form::{Errors, FileReceived},
    timeline::{TimelineFile, Words},
};

/// A decision at stage 1, wrapped as it is sent.
const LETTER: &str = "Hello Priya.

We agree with your complaint. This is our decision at stage 1.

You told us: Wi-Fi dropping in the Main Library

What we found

Two Wi-Fi points on the second floor restarted four times on Friday
afternoon, and your test was interrupted.

What we will do next

- Check with people before we close a job (Helpline, by Friday 6 November
  2026)

If you are not happy with this decision

To ask, reply to us or call 01632 960 417, or use our website.

Ask for stage 2:
https://calderbrook.example/track/FC-10482/k/0123456789abcdef0123456789abcdef

Your reference is FC-10482.

Amara Osei
IT Helpline
";

impl TrackPage {
    /// On its way, with an update.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".into(),
            title: "Wi-Fi dropping in the Main Library".into(),
            status: Status {
                heading: "We are working on it".into(),
                sentence: "Amara at the IT Helpline is dealing with your complaint.".into(),
                decision_by: Some("Thursday 15 October 2026".into()),
                clock: Some(clock(ClockState::Ok, "Decision due tomorrow", 2, 3)),
            },
            decision: None,
            undelivered: None,
            question: None,
            set_apart: Vec::new(),
            held: None,
            points: None,
            explained: Some(explained()),
            updates: vec![
                update(
                    From::Us,
                    "Update from Amara",
                    "Tuesday 13 October 2026, 4:20pm",
                    "2026-10-13T16:20+01:00",
                    "Hello Priya. I am sorry the Wi-Fi let you down in the middle of a test. I have checked the records and two of the access points on that floor restarted four times on Friday afternoon. The network team is replacing them tomorrow morning.\n\nI am writing the letter for your department now. I will update you again by the end of Wednesday.",
                ),
                update(
                    From::You,
                    "You wrote",
                    "Monday 12 October 2026, 2:31pm",
                    "2026-10-12T14:31+01:00",
                    "My seat was 2.114, by the window.",
                ),
                complaint(),
            ],
            next_update_by: Some("Wednesday 14 October 2026".into()),
            reply: Some(Reply {
                key: "c1d2e3".into(),
                file_limits: rules::files::Limits::default().words(),
                to: Some("Amara".into()),
                ..Reply::default()
            }),
            actions: vec![
                action("Change how we reach you", "/track/FC-10482/contact"),
                action("Stop this complaint", "/track/FC-10482/stop"),
            ],
        }
    }

    /// For somebody who has not agreed yet.
    pub fn sample_held() -> Self {
        let page = Self::sample();
        let words = "You complain for somebody else (Jonah Adeyemi). Until that person tells us that we may speak about them with you, this page \
                     says how far we are and nothing more. They can tell us in an email of their own, on the phone, in person, or on paper with \
                     their signature.";
        let quiet = |update: Update| match update.from {
            From::You | From::YourComplaint => update,
            From::Us | From::OurLetter => Update { words: None, ..update },
        };
        Self {
            held: Some(words.to_owned()),
            points: None,
            updates: page.updates.into_iter().map(quiet).collect(),
            ..Self::sample()
        }
    }

    /// We asked something, and something else that they wrote is a complaint of its own.
    #[must_use]
    pub fn sample_question() -> Self {
        Self {
            question: Some(Question {
                words:
                    "On which floor of the library did you take the test, and at about what time did the Wi-Fi stop?"
                        .into(),
                hoped_by: "We hope for your answer by Wednesday 14 October 2026.".into(),
                meanwhile: "Our date does not wait for it: if we do not hear from you, we decide on what we know."
                    .into(),
            }),
            set_apart: vec![Action {
                words: "FC-10502: The printer on the ground floor took my money".into(),
                path: "/track/FC-10502/k/9b1f".into(),
            }],
            ..Self::sample()
        }
    }

    /// Decided, but the letter was refused.
    #[must_use]
    pub fn sample_undelivered() -> Self {
        Self {
            status: Status {
                heading: "We have decided".into(),
                sentence: "Our decision did not reach you. Tell us how to reach you, and you get it.".into(),
                decision_by: None,
                clock: None,
            },
            actions: vec![action("Change how we reach you", "/track/FC-10482/contact")],
            undelivered: Some(Undelivered {
                words: "We could not deliver our letter to priya.nair@calderbrok.example. Check the address, and we send it again."
                    .into(),
                path: "/track/FC-10482/contact".into(),
            }),
            ..Self::sample()
        }
    }

    /// Just received.
    #[must_use]
    pub fn sample_new() -> Self {
        Self {
            status: Status {
                heading: "We have it".into(),
                sentence: "We received your complaint on Monday 12 October 2026. Nobody has opened it yet.".into(),
                clock: Some(clock(ClockState::Ok, "Decision due in 3 working days", 0, 3)),
                ..Self::sample().status
            },
            explained: None,
            updates: vec![complaint()],
            next_update_by: Some("Tuesday 13 October 2026".into()),
            reply: Some(Reply {
                key: "c1d2e3".into(),
                file_limits: rules::files::Limits::default().words(),
                ..Reply::default()
            }),
            ..Self::sample()
        }
    }

    /// Extended, and a reply that was sent empty.
    #[must_use]
    pub fn sample_extended() -> Self {
        Self {
            title: "Mailbox lost in the move to the new server".into(),
            status: Status {
                heading: "We need more time".into(),
                sentence: "The supplier is sending us the migration records on Monday and we cannot answer your second point without them. We are sorry.".into(),
                decision_by: Some("Thursday 22 October 2026".into()),
                clock: Some(clock(ClockState::Extended, "Extended to Thursday 22 October 2026", 14, 25)),
            },
            reply: Some(Reply {
                key: "c1d2e3".into(),
                file_limits: rules::files::Limits::default().words(),
                to: Some("Dana".into()),
                received: vec![FileReceived {
                    id: "8899aabbccddeeff0011223344556677".into(),
                    name: "mailbox.png".into(),
                    about: "PNG picture, 88 KB".into(),
                }],
                errors: Errors::none().with("words", "Write your message"),
                ..Reply::default()
            }),
            ..Self::sample()
        }
    }

    /// Decided at stage 1; stage 2 can be asked for.
    #[must_use]
    pub fn sample_decided() -> Self {
        Self {
            status: Status {
                heading: "We have made a decision".into(),
                sentence: "We wrote to you on Thursday 15 October 2026.".into(),
                decision_by: None,
                clock: Some(clock(ClockState::Done, "Decided on working day 3 of 3", 3, 3)),
            },
            decision: Some(decided(AfterDecision::AskForStage2 {
                path: "/track/FC-10482/stage-2".into(),
                last_day: Some("Thursday 12 November 2026".into()),
            })),
            explained: None,
            actions: vec![action("Ask for stage 2", "/track/FC-10482/stage-2")],
            ..Self::sample()
        }
    }

    /// Decided in writing: the letter as it went out.
    #[must_use]
    pub fn sample_decided_letter() -> Self {
        let mut page = Self::sample_decided();
        if let Some(decision) = &mut page.decision {
            decision.letter = Words::Letter(LETTER.into());
            decision.signed = Vec::new();
            decision.changes = Vec::new();
        }
        page
    }

    /// The day to ask for stage 2 by has passed.
    #[must_use]
    pub fn sample_decided_late() -> Self {
        Self {
            decision: Some(decided(AfterDecision::AskLate {
                path: "/track/FC-10482/stage-2".into(),
                last_day: "Thursday 12 November 2026".into(),
            })),
            ..Self::sample_decided()
        }
    }

    /// Stage 2 was asked for.
    #[must_use]
    pub fn sample_stage_2_asked() -> Self {
        Self {
            status: Status {
                heading: "We are looking at it again".into(),
                sentence: "Dana Kowalczyk, who was not involved, is investigating your complaint.".into(),
                decision_by: Some("Friday 13 November 2026".into()),
                clock: Some(clock(ClockState::Ok, "Decision due in 19 working days", 1, 20)),
            },
            decision: Some(decided(AfterDecision::Asked {
                on: "Friday 16 October 2026".into(),
            })),
            actions: Vec::new(),
            ..Self::sample_decided()
        }
    }

    /// Decided at stage 2: the end of this procedure.
    #[must_use]
    pub fn sample_ended() -> Self {
        Self {
            decision: Some(Decision {
                about: "Stage 2 decision, Wednesday 11 November 2026".into(),
                heading: "We agree with part of your complaint".into(),
                ..decided(AfterDecision::Elsewhere(signposts()))
            }),
            reply: None,
            actions: vec![action("See who else can help", "#not-happy")],
            ..Self::sample_decided()
        }
    }
}

fn clock(state: ClockState, line: &str, used: u32, total: u32) -> Clock {
    Clock {
        state,
        line: line.into(),
        used,
        total,
        sub: (state != ClockState::Done).then(|| format!("Working day {used} of {total}")),
    }
}

fn decided(next: AfterDecision) -> Decision {
    Decision {
        heading: "We agree with your complaint".into(),
        about: "Stage 1 decision, Thursday 15 October 2026".into(),
        letter: Words::Typed("Hello Priya.\n\nTwo Wi-Fi points on the second floor restarted four times on Friday afternoon, and your test was interrupted. You reported it and we closed your job by mistake. I am sorry for both.\n\nWe replaced both points on Wednesday. The letter for your department is attached to our email.".into()),
        signed: vec!["Amara Osei".into(), "IT Helpline".into()],
        changes: vec!["The Helpline now checks with people before it closes a job.".into()],
        next,
    }
}

fn explained() -> ExplainedDate {
    let days = [
        ("Monday 12 October 2026", "The day we received it", None),
        ("Tuesday 13 October 2026", "Working day", Some(1)),
        ("Wednesday 14 October 2026", "Working day", Some(2)),
        ("Thursday 15 October 2026", "Working day", Some(3)),
    ];
    ExplainedDate {
        heading: "How we worked out this date".into(),
        steps: days
            .map(|(date, what, counted)| ExplainStep {
                date: date.into(),
                what: what.into(),
                counted,
            })
            .to_vec(),
        summary: "Our stage 1 limit is 3 working days, so the decision is due by the end of Thursday 15 October 2026."
            .into(),
        calendar: "England and Wales, with Calderbrook’s closed days, version of Thursday 1 October 2026".into(),
        procedure: "How we handle complaints, version 3".into(),
    }
}

fn signposts() -> Vec<Signpost> {
    vec![
        Signpost {
            name: "Student complaints procedure".into(),
            about: "if you are a student. The Students’ Union can help you with it.".into(),
            url: Some("https://calderbrook.example/student-complaints".into()),
        },
        Signpost {
            name: "Data Protection Officer".into(),
            about: "if it is about your personal data.".into(),
            url: None,
        },
    ]
}

fn complaint() -> Update {
    let address = "/track/FC-10482/files/00112233445566778899aabbccddeeff";
    let files = vec![
        TimelineFile::new("wifi-log.txt", address, "Text, 18 KB"),
        TimelineFile::sample_unscanned(address),
        TimelineFile::sample_infected(),
    ];
    let told = update(
        From::YourComplaint,
        "You sent your complaint",
        "Monday 12 October 2026, 2:05pm",
        "2026-10-12T14:05+01:00",
        "The Wi-Fi on the second floor of the Main Library kept dropping during my timed online test on Friday.\n\nI reported it to the Helpline at the time but nobody came back to me.",
    );
    Update { files, ..told }
}

fn update(from: From, title: &str, when: &str, when_machine: &str, words: &str) -> Update {
    Update {
        from,
        title: title.into(),
        when: when.into(),
        when_machine: when_machine.into(),
        words: Some(words.into()),
        files: Vec::new(),
    }
}

fn action(words: &str, path: &str) -> Action {
    Action {
        words: words.into(),
        path: path.into(),
    }
}
