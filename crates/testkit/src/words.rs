//! What people write in the examples: forms, judgements, decisions.

use jiff::civil::Date;
use rules::case::Case;
use rules::case::event::RiskAssessed;
use rules::case::facts::{Action, Decision, Learning, PointDecision, Remedy};
use rules::case::vocabulary::{Channel, LearningAnswer, Outcome, Satisfaction, Urgency};
use rules::handling::sign_off::Read;
use rules::handling::triage::{Taken, Triage};
use rules::intake::{Arrival, Issued, RawFeedback};
use rules::people::Person;

/// A form with words, a name and an address: the usual complaint.
pub fn form() -> RawFeedback {
    RawFeedback {
        words: "The Wi-Fi in the Main Library dropped four times during my online test. Nobody called me back."
            .to_owned(),
        name: "Priya Natarajan".to_owned(),
        email: "priya@example.ac.uk".to_owned(),
        complainant_kind: "student".to_owned(),
        reply_by: "email".to_owned(),
        wanted: "A letter to my department, and an answer.".to_owned(),
        ..RawFeedback::default()
    }
}

/// A form with nothing but words.
pub fn anonymous_form() -> RawFeedback {
    RawFeedback {
        words: "The printer on the third floor has been broken for a month.".to_owned(),
        ..RawFeedback::default()
    }
}

/// A form of thanks.
pub fn thanks() -> RawFeedback {
    RawFeedback {
        kind: "compliment".to_owned(),
        words: "Amara was kind and quick. Thank you.".to_owned(),
        ..form()
    }
}

/// What is handed out with the case of this number.
pub fn issued(number: i64) -> Issued {
    Issued {
        receipt_code: format!("{number:016}"),
        link_token: format!("{number:032x}"),
        job_number: format!("F{}", 1_000_000 + number),
    }
}

/// By the online form, now.
pub fn by_web() -> Arrival<'static> {
    by(Channel::Web)
}

/// By this channel, now, with no clerk.
pub fn by(channel: Channel) -> Arrival<'static> {
    Arrival {
        channel,
        received_at: None,
        logged_by: None,
        vip: None,
        set_apart_from: None,
        suggested: None,
    }
}

/// By phone, written down by a clerk.
pub fn by_phone(clerk: &Person) -> Arrival<'_> {
    Arrival {
        channel: Channel::Phone,
        received_at: None,
        logged_by: Some(clerk),
        vip: None,
        set_apart_from: None,
        suggested: None,
    }
}

/// No risk, not complex, no investigation needed.
pub fn no_risk() -> RiskAssessed {
    RiskAssessed {
        complex: false,
        high_risk: false,
        needs_investigation: false,
        reason: None,
    }
}

/// Triage of a straightforward complaint, given to this person.
pub fn judged_for(owner: &Person) -> Triage {
    Triage {
        service: "A3".to_owned(),
        problem: "B11".to_owned(),
        urgency: Urgency::Normal,
        risk: no_risk(),
        vip: None,
        existing_job: None,
        owner: owner.clone(),
    }
}

/// What a clerk settles on the spot.
pub fn taken() -> Taken {
    Taken {
        service: "A3".to_owned(),
        problem: "B11".to_owned(),
        urgency: Urgency::Normal,
    }
}

/// A decision that lacks nothing at either stage: every point of the case is upheld, nothing is late, no money is offered.
pub fn decision_on(case: &Case) -> Decision {
    let points = case.points_to_answer().map(|point| PointDecision {
        number: point.number,
        outcome: Outcome::Upheld,
        finding: format!("We checked the logs on \"{}\". You were right.", point.text),
    });
    Decision {
        outcome: Outcome::Upheld,
        points: points.collect(),
        reasons: "Two access points restarted four times that afternoon.".to_owned(),
        what_we_did: "We replaced both access points.".to_owned(),
        resolution_kinds: vec!["apology".to_owned(), "other".to_owned()],
        remedies: vec![Remedy {
            kind: "apology".to_owned(),
            text: None,
        }],
        actions: Vec::new(),
        satisfaction: Satisfaction::NotKnown,
        root_cause: Some("infrastructure".to_owned()),
        learning: Some(Learning {
            answer: LearningAnswer::No,
            text: None,
        }),
        late_reason: None,
    }
}

/// A promise to do something by a day.
pub fn action(text: &str, due_on: Date) -> Action {
    Action {
        text: text.to_owned(),
        owner: "Network team".to_owned(),
        due_on,
    }
}

/// What somebody has read who opens the letter that waits now.
///
/// # Panics
/// When none waits.
pub fn waiting(case: &Case) -> Read {
    Read::of(case.draft().unwrap_or_else(|| panic!("no draft waits")))
}

/// A version that was read when letters were not fixed yet.
pub fn version(version: u32) -> Read {
    Read {
        version,
        ..Read::default()
    }
}
