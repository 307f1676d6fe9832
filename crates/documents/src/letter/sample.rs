//! Example facts: invented people at an invented university, to try wording files with and to show them.

use rules::letters::{LetterFacts, LetterKind, PointAnswer, PromisedAction};

/// Facts as rich as this kind of letter ever has them.
#[must_use]
pub fn full(kind: LetterKind) -> LetterFacts {
    let facts = common();
    match kind {
        LetterKind::Acknowledgement => acknowledgement(facts),
        LetterKind::FeedbackReceived => feedback(facts),
        LetterKind::Update => update(facts),
        LetterKind::Extension => extension(facts),
        LetterKind::DateMoved => date_moved(facts),
        LetterKind::ConsentAsked => consent_asked(facts),
        LetterKind::Question => question(facts),
        LetterKind::QuestionReminder => question_reminder(facts),
        LetterKind::PointsToAgree => points_to_agree(facts),
        LetterKind::Stage1Decision => stage_1_decision(facts),
        LetterKind::Stage2Started => stage_2_started(facts),
        LetterKind::Stage2Decision => stage_2_decision(facts),
        LetterKind::EscalationRefused => escalation_refused(facts),
        LetterKind::Withdrawn | LetterKind::LinkAgain => LetterFacts {
            decision_date: String::new(),
            next_update_date: String::new(),
            ..facts
        },
        LetterKind::ClosedWithoutDecision => closed_without_decision(facts),
        LetterKind::Handover | LetterKind::HandoverReminder | LetterKind::HandoverNews | LetterKind::HandoverCode => {
            for_holder(kind, facts)
        }
    }
}

/// The least that any letter of this kind is sent with: someone who gave no name, and nothing that may be left out.
#[must_use]
pub fn sparse(kind: LetterKind) -> LetterFacts {
    let owes_words = !matches!(
        kind,
        LetterKind::Acknowledgement
            | LetterKind::FeedbackReceived
            | LetterKind::Update
            | LetterKind::DateMoved
            | LetterKind::ConsentAsked
            | LetterKind::PointsToAgree
            | LetterKind::LinkAgain
            | LetterKind::Handover
            | LetterKind::HandoverReminder
            | LetterKind::HandoverNews
            | LetterKind::HandoverCode
    );
    LetterFacts {
        organisation: "Calderbrook University".to_owned(),
        unit: "IT Services".to_owned(),
        reference: "FC-10482".to_owned(),
        feedback: feedback_word(kind).to_owned(),
        body: if owes_words {
            "We looked at the call record.".to_owned()
        } else {
            String::new()
        },
        ..LetterFacts::default()
    }
}

fn feedback_word(kind: LetterKind) -> &'static str {
    if kind == LetterKind::FeedbackReceived {
        "suggestion"
    } else {
        "complaint"
    }
}

fn common() -> LetterFacts {
    LetterFacts {
        organisation: "Calderbrook University".to_owned(),
        unit: "IT Services".to_owned(),
        phone: "01632 960 417".to_owned(),
        phone_hours: "Monday to Friday, 9am to 5pm".to_owned(),
        greeting: "Priya".to_owned(),
        reference: "FC-10482".to_owned(),
        feedback: "complaint".to_owned(),
        about: "The Wi-Fi in the Main Library stopped during my test".to_owned(),
        stage: "stage 1".to_owned(),
        decision_date: "Thursday 15 October 2026".to_owned(),
        next_update_date: "Tuesday 13 October 2026".to_owned(),
        tracking_link: "https://feedback.calderbrook.example/track/FC-10482/k/7Qm2vXw9LrT4".to_owned(),
        signed_by: "Amara Osei".to_owned(),
        signed_job: "IT Helpline Adviser".to_owned(),
        ..LetterFacts::default()
    }
}

fn for_holder(kind: LetterKind, facts: LetterFacts) -> LetterFacts {
    let code = if kind == LetterKind::HandoverCode {
        "493 061"
    } else {
        ""
    };
    LetterFacts {
        greeting: "Grace".to_owned(),
        about: String::new(),
        tracking_link: "https://feedback.calderbrook.example/handover/FC-10482/7Qm2vXw9LrT4".to_owned(),
        receipt_code: code.to_owned(),
        ..facts
    }
}

fn acknowledgement(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        receipt_code: "7429 0316 5588".to_owned(),
        handled_by: "Amara Osei, IT Helpline Adviser".to_owned(),
        ..facts
    }
}

fn feedback(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        feedback: "suggestion".to_owned(),
        about: "Longer opening hours for the laptop loans desk".to_owned(),
        stage: String::new(),
        decision_date: String::new(),
        next_update_date: String::new(),
        receipt_code: "7429 0316 5588".to_owned(),
        ..facts
    }
}

fn update(facts: LetterFacts) -> LetterFacts {
    let body = "The network team found a fault in one Wi-Fi point. They will change it tomorrow.\n\nWe are now checking the one next to it.";
    LetterFacts {
        body: body.to_owned(),
        ..facts
    }
}

fn extension(facts: LetterFacts) -> LetterFacts {
    let body = "The maker of the Wi-Fi points has to send us its records. They will come on Monday, and we cannot answer your \
                second point without them.";
    LetterFacts {
        body: body.to_owned(),
        old_decision_date: "Thursday 15 October 2026".to_owned(),
        decision_date: "Thursday 22 October 2026".to_owned(),
        next_update_date: "Monday 19 October 2026".to_owned(),
        stage: "stage 2".to_owned(),
        ..with_manager(facts)
    }
}

fn date_moved(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        old_decision_date: "Monday 21 December 2026".to_owned(),
        decision_date: "Tuesday 22 December 2026".to_owned(),
        next_update_date: "Friday 4 December 2026".to_owned(),
        ..facts
    }
}

fn consent_asked(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        acting_for: "Jonah Adeyemi".to_owned(),
        body: "I tried to call you on Monday and could not reach you.".to_owned(),
        decision_date: "Thursday 15 October 2026".to_owned(),
        ..facts
    }
}

fn question(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        body: "On which floor of the library did you take the test, and at about what time did the Wi-Fi stop?"
            .to_owned(),
        answer_by: "Wednesday 14 October 2026".to_owned(),
        ..facts
    }
}

fn question_reminder(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        answer_by: String::new(),
        missed_answer_by: "Wednesday 14 October 2026".to_owned(),
        decision_date: "Thursday 12 November 2026".to_owned(),
        close_from: "Wednesday 28 October 2026".to_owned(),
        stage: "stage 2".to_owned(),
        ..question(with_manager(facts))
    }
}

fn points_to_agree(facts: LetterFacts) -> LetterFacts {
    let read = |number, text: &str| PointAnswer {
        number,
        text: text.to_owned(),
        ..PointAnswer::default()
    };
    LetterFacts {
        points: vec![
            read(1, "The Wi-Fi in the Main Library stopped four times during your test"),
            read(2, "The Helpline closed your job while the fault was still there"),
        ],
        body: "You also told us about the noise in the library. The library deals with that, and I have passed it on."
            .to_owned(),
        answer_by: "Thursday 22 October 2026".to_owned(),
        stage: "stage 2".to_owned(),
        decision_date: "Thursday 12 November 2026".to_owned(),
        ..with_manager(facts)
    }
}

fn stage_1_decision(facts: LetterFacts) -> LetterFacts {
    let body = "Two Wi-Fi points on the second floor stopped four times on Friday afternoon, and that broke off your test. You \
                told us, and we closed your job by mistake.";
    LetterFacts {
        body: body.to_owned(),
        what_we_did: "We changed both points on Wednesday.\nWe wrote a letter that you can give to your department."
            .to_owned(),
        outcome_sentence: "We agree with your complaint.".to_owned(),
        apology_owed: true,
        points: vec![point(1, &facts.about, body, ["upheld", "We agree with this point."])],
        actions: vec![action(
            "The team will check with you before it closes a job",
            "IT Helpline",
            "Friday 30 October 2026",
        )],
        escalate_by: "Thursday 12 November 2026".to_owned(),
        next_update_date: String::new(),
        ..facts
    }
}

fn stage_2_started(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        body: "We have your request for stage 2. Thank you for telling us why you are not happy with our first answer."
            .to_owned(),
        stage: "stage 2".to_owned(),
        decision_date: "Thursday 12 November 2026".to_owned(),
        next_update_date: "Thursday 22 October 2026".to_owned(),
        handled_by: "Dana Kowalczyk, Service Delivery Manager".to_owned(),
        points: vec![
            point(1, &facts.about, "", ["", ""]),
            point(2, "The Helpline closed my job without asking me", "", ["", ""]),
        ],
        ..with_manager(facts)
    }
}

fn stage_2_decision(facts: LetterFacts) -> LetterFacts {
    let upheld = "The records show that the Wi-Fi stopped four times between 2:05pm and 3:40pm. A point that fails this often \
                  should have been changed in September.\n\nWe had the report of another student and did not act on it.";
    let not_upheld = "We looked at the call record and spoke to the team. Your call was answered in four minutes. I know that it \
                      felt longer while you waited.";
    LetterFacts {
        stage: "stage 2".to_owned(),
        outcome_sentence: "We agree with part of your complaint.".to_owned(),
        body: "I read your complaint, the records of the network and your letters, and I spoke to three people."
            .to_owned(),
        apology_owed: true,
        points: vec![
            point(1, &facts.about, upheld, ["upheld", "We agree with this point."]),
            point(
                2,
                "Nobody answered the phone",
                not_upheld,
                ["not upheld", "We do not agree with this point."],
            ),
        ],
        what_we_did: "We changed both Wi-Fi points. Your department has agreed that you can take the test again."
            .to_owned(),
        actions: vec![
            action(
                "Check every Wi-Fi point in the library once a month",
                "Network team",
                "Friday 30 October 2026",
            ),
            action(
                "Ask the person before a job is closed",
                "IT Helpline",
                "Monday 2 November 2026",
            ),
        ],
        signpost: "If you are a student, you can take your complaint to the University's student complaints office."
            .to_owned(),
        decision_date: String::new(),
        next_update_date: String::new(),
        ..with_manager(facts)
    }
}

fn escalation_refused(facts: LetterFacts) -> LetterFacts {
    let body = "You asked us to pay for the hours that you lost. We have no money for that, and a manager would have to give \
                you the same answer. We have done all else that you asked for.";
    LetterFacts {
        body: body.to_owned(),
        signpost: "If you are a student, the Students' Union can give you free advice.".to_owned(),
        decision_date: String::new(),
        next_update_date: String::new(),
        ..with_manager(facts)
    }
}

fn closed_without_decision(facts: LetterFacts) -> LetterFacts {
    let body = "Estates looks after the doors and their card readers. We sent them what you wrote and asked them to call you this week.";
    LetterFacts {
        body: body.to_owned(),
        outcome_sentence: "Another procedure deals with what you told us.".to_owned(),
        signpost: "If you are a student, you can take your complaint to the University's student complaints office."
            .to_owned(),
        decision_date: String::new(),
        next_update_date: String::new(),
        ..with_manager(facts)
    }
}

fn with_manager(facts: LetterFacts) -> LetterFacts {
    LetterFacts {
        signed_by: "Dana Kowalczyk".to_owned(),
        signed_job: "Service Delivery Manager".to_owned(),
        ..facts
    }
}

fn point(number: u32, text: &str, finding: &str, [outcome, sentence]: [&str; 2]) -> PointAnswer {
    PointAnswer {
        number,
        text: text.to_owned(),
        finding: finding.to_owned(),
        outcome: outcome.to_owned(),
        outcome_sentence: sentence.to_owned(),
    }
}

fn action(text: &str, owner: &str, by: &str) -> PromisedAction {
    PromisedAction {
        text: text.to_owned(),
        owner: owner.to_owned(),
        by: by.to_owned(),
    }
}
