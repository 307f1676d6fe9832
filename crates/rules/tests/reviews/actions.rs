//! A follow-on action from its promise to the day on which everybody can read of it (R10, R39, R40, R82).

use jiff::civil::Date;
use rules::case::Refused;
use rules::follow_on::act::{self, Charge};
use rules::follow_on::event::{Promised, Proposed, Published};
use rules::follow_on::publish::{publish, unpublish};
use rules::follow_on::{FollowOn, FollowOnEvent, FollowOnId, Happened, Status};
use rules::people::{Actor, Person};
use testkit::people::{amara, dana, grace, helen, iris, marcus, samir};
use testkit::{at, day};

/// An action and what happened to it.
#[derive(Debug, Clone)]
pub(crate) struct Thread {
    pub(crate) action: FollowOn,
    history: Vec<Happened>,
}

pub(crate) fn today() -> Date {
    day("2026-10-14")
}

impl Thread {
    fn begin(id: FollowOnId, event: FollowOnEvent) -> Thread {
        let history = vec![Happened {
            sequence: 1,
            at: at("2026-10-12 10:00"),
            actor: Actor::Staff(dana().id),
            event,
        }];
        Thread {
            action: FollowOn::replay(id, &history).unwrap(),
            history,
        }
    }

    /// Promised in a decision by Dana.
    pub(crate) fn promised() -> Thread {
        let case = "FC-10482".parse().unwrap();
        Thread::begin(
            FollowOnId::Case("FC-10482".parse().unwrap(), 1),
            FollowOnEvent::Promised(Promised {
                case,
                text: "Ask the customer before closing any job".to_owned(),
                owner: "Helpline".to_owned(),
                due_on: day("2026-11-06"),
                service: None,
            }),
        )
    }

    /// Proposed by the review of September.
    pub(crate) fn proposed() -> Thread {
        let month = "2026-09".parse().unwrap();
        Thread::begin(
            FollowOnId::Review(month, 1),
            FollowOnEvent::Proposed(Proposed {
                month,
                text: "Replace 40 access points".to_owned(),
                cases: Vec::new(),
                service: None,
            }),
        )
    }

    pub(crate) fn then(
        mut self,
        by: &Person,
        rule: impl Fn(&FollowOn, &Person) -> Result<FollowOnEvent, Refused>,
    ) -> Thread {
        let event = rule(&self.action, by).unwrap_or_else(|refused| panic!("refused: {refused}"));
        let happened = Happened {
            sequence: self.action.sequence + 1,
            at: at("2026-10-14 11:00"),
            actor: Actor::Staff(by.id),
            event,
        };
        self.history.push(happened);
        self.action = FollowOn::replay(self.action.id.clone(), &self.history).unwrap();
        self
    }
}

pub(crate) fn charge(owner: &str, due_on: &str) -> Charge {
    Charge {
        owner: owner.to_owned(),
        due_on: due_on.parse().ok(),
    }
}

pub(crate) fn accepted(action: &FollowOn, by: &Person) -> Result<FollowOnEvent, Refused> {
    act::accept(action, &charge("Networks", "2026-12-18"), by, today())
}

pub(crate) fn done(action: &FollowOn, by: &Person) -> Result<FollowOnEvent, Refused> {
    act::report_done(action, "All 40 are in place", by)
}

fn wording(you_said: &str, we_did: &str) -> Published {
    Published {
        you_said: you_said.to_owned(),
        we_did: we_did.to_owned(),
        service: None,
    }
}

#[test]
fn a_promise_of_a_decision_is_under_way_at_once() {
    let action = Thread::promised().action;
    assert_eq!(
        (action.status, action.owner.as_deref()),
        (Status::Accepted, Some("Helpline"))
    );
    assert_eq!(action.due_on, Some(day("2026-11-06")));
    assert!(!action.is_overdue(day("2026-11-06")) && action.is_overdue(day("2026-11-07")));
}

#[test]
fn from_the_recommendation_to_the_published_change() {
    let thread = Thread::proposed()
        .then(&grace(), accepted)
        .then(&marcus(), |action, by| act::start(action, "Ordered", by))
        .then(&marcus(), done);
    assert_eq!(thread.action.status, Status::Done);
    let thread = thread.then(&helen(), |action, by| act::verify(action, "Measured on all floors", by));
    assert_eq!(thread.action.status, Status::Verified);
    assert!(
        !thread.action.is_overdue(day("2027-06-01")),
        "what is done is never overdue"
    );
    let thread = thread.then(&helen(), |action, by| {
        publish(
            action,
            wording(" The Wi-Fi drops. ", "There are 40 new access points."),
            by,
        )
    });
    let (published, _) = thread.action.published.clone().unwrap();
    assert_eq!(published.you_said, "The Wi-Fi drops.");
    let thread = thread.then(&helen(), |action, by| unpublish(action, "It broke again", by));
    assert_eq!(thread.action.published, None);
}

#[test]
fn an_owner_and_a_day_to_come_are_needed() {
    let proposed = Thread::proposed().action;
    let refused = act::accept(&proposed, &Charge::default(), &samir(), today()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Enter who is accountable: a team or a person. Choose the day by which it is to be done"
    );
    let late = act::accept(&proposed, &charge("Networks", "2026-10-13"), &samir(), today()).unwrap_err();
    assert!(late.to_string().contains("Tuesday 13 October 2026 is"), "{late}");
    act::accept(&proposed, &charge("Networks", "2026-10-14"), &samir(), today()).unwrap();
}

#[test]
fn nobody_verifies_what_they_reported_done_themselves() {
    let thread = Thread::promised().then(&helen(), done);
    let refused = act::verify(&thread.action, "I saw it", &helen()).unwrap_err();
    assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
    assert!(matches!(
        act::verify(&thread.action, "I saw it", &marcus()),
        Err(Refused::NotAllowed { .. })
    ));
    let thread = Thread::promised().then(&marcus(), done);
    assert!(act::verify(&thread.action, " ", &helen()).is_err(), "how they saw it");
    let back = thread.then(&helen(), |action, by| {
        act::send_back(action, "The third floor is missing", by)
    });
    assert_eq!(
        (back.action.status, back.action.done.clone()),
        (Status::InProgress, None)
    );
    back.then(&marcus(), done);
}

#[test]
fn a_promise_to_a_complainant_is_dropped_only_with_word_of_how_they_were_told() {
    let promised = Thread::promised().action;
    let refused = act::drop(&promised, "", &helen()).unwrap_err();
    assert!(refused.to_string().contains("how they were told"), "{refused}");
    assert!(
        matches!(act::drop(&promised, "No", &grace()), Err(Refused::NotAllowed { .. })),
        "a reader without personal data does not change what was promised in a case"
    );
    let thread = Thread::promised().then(&helen(), |action, by| {
        act::drop(action, "The building is closed; she was told by phone", by)
    });
    assert_eq!(thread.action.status, Status::Dropped);
    assert!(act::start(&thread.action, "", &marcus()).is_err());
    Thread::proposed().then(&grace(), |action, by| act::drop(action, "Too dear", by));
}

#[test]
fn a_date_moves_with_a_reason_and_is_counted() {
    let change = |owner: &'static str, due_on: &'static str| {
        move |action: &FollowOn, by: &Person| {
            act::change(action, &charge(owner, due_on), "The supplier is late", by, today())
        }
    };
    let thread = Thread::promised().then(&helen(), change("Helpline", "2026-12-01"));
    assert_eq!(
        (thread.action.moved, thread.action.due_on),
        (1, Some(day("2026-12-01")))
    );
    let thread = thread.then(&helen(), change("Networks", "2026-12-01"));
    assert_eq!(
        (thread.action.moved, thread.action.owner.as_deref()),
        (1, Some("Networks"))
    );
    for (owner, due_on, reason) in [
        ("Networks", "2026-12-01", "x"),
        ("Networks", "2026-10-01", "x"),
        ("Networks", "2026-12-02", " "),
        ("", "2026-12-02", "x"),
    ] {
        assert!(
            act::change(&thread.action, &charge(owner, due_on), reason, &helen(), today()).is_err(),
            "{owner} {due_on}"
        );
    }
}

#[test]
fn a_change_is_published_once_it_is_made_in_words_that_name_no_case() {
    let words = |said: &str, did: &str| {
        publish(
            &Thread::promised().then(&marcus(), done).action,
            wording(said, did),
            &helen(),
        )
    };
    let early = publish(&Thread::promised().action, wording("You said", "We did"), &helen()).unwrap_err();
    assert_eq!(
        early.to_string(),
        "You cannot publish it now: this action is accepted and not begun."
    );
    assert!(words("", "We did").is_err() && words("You said", " ").is_err());
    assert!(words(&"long ".repeat(100), "We did").is_err());
    let named = words("As FC-10482 told us, the Wi-Fi drops", "We did").unwrap_err();
    assert!(named.to_string().contains("Leave out the reference"), "{named}");
    words("The Wi-Fi in Room B-12 drops at 9-5", "Wi-Fi 6 is there").unwrap();
}

#[test]
fn whoever_may_not_is_told_who_can() {
    let promised = Thread::promised().action;
    for by in [amara(), iris()] {
        let refused = act::start(&promised, "", &by).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("You cannot report on a follow-on action. Ask "),
            "{refused}"
        );
    }
    assert!(accepted(&Thread::proposed().action, &marcus()).is_err());
}
