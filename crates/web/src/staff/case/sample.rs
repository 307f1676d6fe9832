//! Made-up cases: on track, late, extended, closed, and the states of the composer.

use super::composer::{Composer, ComposerMode};
use super::rail::{CaseAction, CaseRail, Weight};
use super::sample_timeline::by_mail;
use super::timeline_tab::TimelineTab;
use super::{CasePage, CaseTab};
use crate::page::clock::{Clock, ClockState};
use crate::page::explained::{ExplainStep, ExplainedDate};
use crate::page::staff_shell::Nav;
use crate::staff::meanwhile::Interruption;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::group_panel::GroupPanel;
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::Alert;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::regime::RegimePanel;
use crate::staff::unsent::DraftShown;

impl CasePage {
    /// Stage 1, due tomorrow, an update promised for today.
    pub fn sample() -> Self {
        Self {
            nav: Nav::MyWork,
            back: Link::new("My work", paths::MY_WORK),
            case: CaseBrief::sample(),
            received: "received Monday 12 October 2026, 2:05pm, online form".to_owned(),
            notice: None,
            staff_only: None,
            job_count: 1,
            audit_count: Some(11),
            tab: CaseTab::Timeline(TimelineTab::sample()),
            rail: CaseRail::sample(),
        }
    }

    /// The same with the note form open, right after a message was sent.
    pub fn sample_note() -> Self {
        let mut page = Self::sample();
        page.notice = Some("Sent to Priya by email.".to_owned());
        page.edit_composer(|composer| composer.mode = ComposerMode::Note);
        page
    }

    /// Letters and answers by e-mail, one of them come back.
    pub fn sample_mail() -> Self {
        let mut page = Self::sample();
        if let CaseTab::Timeline(tab) = &mut page.tab {
            tab.items.splice(0..0, by_mail());
        }
        page
    }

    /// A draft note that waits, and a message that is gone on with.
    pub fn sample_draft() -> Self {
        let mut page = Self::sample();
        if let CaseTab::Timeline(tab) = &mut page.tab {
            tab.drafts = vec![DraftShown::sample(), DraftShown::sample_going_on()];
        }
        page
    }

    /// Somebody else replied while this was written, and the message was empty.
    pub fn sample_interrupted() -> Self {
        let mut page = Self::sample();
        page.edit_composer(|composer| {
            composer.form = FormState::fresh("m-2")
                .answered(&[("next_on", "2026-10-17")])
                .wrong("message", "Write what you want to tell Priya")
                .wrong("next_on", "Choose a working day. Saturday 17 October 2026 is not one");
            composer.interruption = Some(Interruption {
                says: "Jo replied to Priya at 9:41am while you were writing. Read it before you send.".to_owned(),
                words: "Hello Priya. The letter for your department is ready. I have attached it.".to_owned(),
            });
        });
        page
    }

    /// Late, with a message that could not be delivered and a missed update; it may be about one of us.
    pub fn sample_late() -> Self {
        let mut page = Self::sample();
        page.case.clock =
            Clock::new(ClockState::Over, "Late by 1 day", 3, 3).with_sub("Was due Tuesday 13 October 2026");
        page.received = "received Thursday 8 October 2026, 6:48pm, online form".to_owned();
        page.rail.explained = Some(ExplainedDate::sample_over_a_weekend());
        page.staff_only = Some("This case is restricted, because it is about a member of staff. It is about: Jo Bramley. Do not speak of it to anybody who cannot see it.".to_owned());
        page.rail.alerts = vec![
            Alert::new("The decision was due on Tuesday 13 October 2026. Decide today, or move it to stage 2."),
            Alert::with_link(
                "The update did not arrive. The mail server refused priya.nair@calderbrok.example: there is no such mail domain. \
                 Nobody tries again. Ring Priya on 01632 960 118, or correct the address and send it again.",
                Link::new("Correct or send again", &paths::case_act("FC-10482", "contact")),
            ),
            Alert::new("The update promised for Monday was not sent."),
        ];
        page.rail.promised = None;
        page.rail.actions[2] = CaseAction::not_now(
            "Extend the deadline",
            "The date has passed. A date can only be moved before it passes.",
        );
        page
    }

    /// Extended once.
    pub fn sample_extended() -> Self {
        let mut page = Self::sample();
        page.case.clock = Clock::new(ClockState::Extended, "Extended to Tuesday 20 October", 3, 5)
            .with_sub("Was due Thursday 15 October 2026");
        page.rail.actions[2] = CaseAction::not_now(
            "Extend the deadline",
            "This has already been extended once. Ask a senior manager.",
        );
        page
    }

    /// Decided and closed: nothing to write, two things left to do.
    pub fn sample_closed() -> Self {
        let mut page = Self::sample();
        page.nav = Nav::AllCases;
        page.back = Link::new("Search results", "/staff/search?q=library");
        page.case.clock =
            Clock::new(ClockState::Done, "Decided on Thursday 15 October", 3, 3).with_sub("On time, day 3 of 3");
        page.rail.promised = None;
        page.rail.explained = None;
        page.rail.actions = vec![
            CaseAction::open("Reopen", &paths::case_act("FC-10482", "reopen"), Weight::Link),
            CaseAction::open(
                "Priya asks for stage 2",
                &paths::case_act("FC-10482", "escalation"),
                Weight::Link,
            ),
        ];
        if let CaseTab::Timeline(tab) = &mut page.tab {
            tab.composer = None;
            tab.older = Some(Link::new("Show 6 older entries", "/staff/c/FC-10482?before=388"));
        }
        page
    }

    fn edit_composer(&mut self, change: impl FnOnce(&mut Composer)) {
        if let CaseTab::Timeline(TimelineTab {
            composer: Some(composer),
            ..
        }) = &mut self.tab
        {
            change(composer);
        }
    }
}

impl CasePage {
    /// On behalf of somebody who has not agreed yet.
    pub fn sample_without_consent() -> Self {
        let page = Self::sample();
        let words = "Priya complains for somebody else (Jonah Adeyemi), who has not agreed yet. No news and no decision can be sent; the date stays as it is.";
        let link = Link::new("Ask for consent, or record it", &paths::case_act("FC-10482", "consent"));
        let held = "The person for whom they complain (Jonah Adeyemi) has not agreed that we speak about them. Ask for their consent and record it, then go on here. The date stays as it is.";
        let tab = match page.tab {
            CaseTab::Timeline(tab) => CaseTab::Timeline(TimelineTab {
                composer: tab.composer.map(|composer| Composer {
                    held: Some(held.to_owned()),
                    form: FormState::fresh("c-9"),
                    ..composer
                }),
                ..tab
            }),
            other => other,
        };
        Self {
            tab,
            rail: CaseRail {
                alerts: vec![Alert::with_link(words, link)],
                ..page.rail
            },
            ..page
        }
    }

    /// A question waits for their answer.
    pub fn sample_waiting() -> Self {
        let page = Self::sample();
        let words = "Waiting for an answer: we asked Priya something on Friday 9 October, and hope for it by Tuesday 13 October. We reminded them once. The date does not wait: decide on what is known.";
        let link = Link::new("See it, or record the answer", &paths::case_act("FC-10482", "question"));
        Self {
            rail: CaseRail {
                alerts: vec![Alert::with_link(words, link)],
                ..page.rail
            },
            ..page
        }
    }

    /// Two other regimes apply: one is open, one is done.
    pub fn sample_with_regimes() -> Self {
        let mut page = Self::sample();
        page.case.tags.push(Tag::new("Other regime", Tone::Warn));
        Self {
            rail: CaseRail {
                regimes: Some(RegimePanel::sample()),
                ..page.rail
            },
            ..page
        }
    }

    /// One of three cases about the same matter.
    pub fn sample_in_group() -> Self {
        let page = Self::sample();
        Self {
            rail: CaseRail {
                group: Some(GroupPanel::sample()),
                ..page.rail
            },
            ..page
        }
    }
}

impl CaseRail {
    /// A stage 1 case on the day before its date.
    pub fn sample() -> Self {
        let act = |act: &str| paths::case_act("FC-10482", act);
        Self {
            explained: Some(ExplainedDate::sample()),
            promised: Some("Update promised by the end of today".to_owned()),
            alerts: Vec::new(),
            actions: vec![
                CaseAction::open_by_key("Record decision", &act("decide"), Weight::Primary, 'd'),
                CaseAction::open("Move to stage 2", &act("stage-2"), Weight::Secondary),
                CaseAction::open("Extend the deadline", &act("extend"), Weight::Link),
                CaseAction::open("Pass to someone else", &act("assign"), Weight::Link),
                CaseAction::open("Priya withdraws the complaint", &act("withdraw"), Weight::Link),
                CaseAction::not_now("Close", "Record a decision first."),
            ],
            regimes: None,
            group: None,
            people: vec![
                Fact::new("From", "Priya Nair, student"),
                Fact::new("Reply by", "Email"),
                Fact::new("Owner", "You"),
                Fact::linked("Job", Link::new("F0981334", "/staff/jobs/F0981334")).with_after("(child of F0981207)"),
                Fact::new("Priya has", "1 other case, closed in May"),
            ],
        }
    }

    /// The rail of a case that nobody has taken yet.
    pub fn sample_unowned() -> Self {
        let mut rail = Self::sample();
        let take = paths::case_act("FC-10482", "take");
        rail.actions
            .insert(0, CaseAction::act("Take it", &take, Weight::Primary));
        rail.actions.truncate(1);
        rail.people[2] = Fact::new("Owner", "Nobody yet");
        rail
    }
}

impl ExplainedDate {
    /// Three working days after a Thursday.
    pub fn sample_over_a_weekend() -> Self {
        Self {
            steps: vec![
                step("Thu 8 Oct", "Received at 6:48pm; this day does not count", None),
                step("Fri 9 Oct", "Working day", Some(1)),
                step("Sat 10 Oct", "Weekend", None),
                step("Sun 11 Oct", "Weekend", None),
                step("Mon 12 Oct", "Working day", Some(2)),
                step("Tue 13 Oct", "Working day: decision due by the end of it", Some(3)),
            ],
            summary: "3 working days after the day it was received: the end of Tuesday 13 October 2026.".to_owned(),
            ..Self::sample()
        }
    }

    /// Three working days after a Monday.
    pub fn sample() -> Self {
        Self {
            heading: "Decision at stage 1".to_owned(),
            steps: vec![
                step("Mon 12 Oct", "Received at 2:05pm; this day does not count", None),
                step("Tue 13 Oct", "Working day", Some(1)),
                step("Wed 14 Oct", "Working day", Some(2)),
                step("Thu 15 Oct", "Working day: decision due by the end of it", Some(3)),
            ],
            summary: "3 working days after the day it was received: the end of Thursday 15 October 2026.".to_owned(),
            calendar: "Calendar: England and Wales with closure days, version 2026-2.".to_owned(),
            procedure: "Procedure: IT Services feedback, version 1.".to_owned(),
        }
    }
}

fn step(date: &str, what: &str, counted: Option<u32>) -> ExplainStep {
    ExplainStep {
        date: date.to_owned(),
        what: what.to_owned(),
        counted,
    }
}
