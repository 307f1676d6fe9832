//! A month is reviewed: opened, noted, recommended, frozen, held, finished, and corrected afterwards (R42, R80, R82, A34).

use jiff::civil::Date;
use rules::case::Refused;
use rules::follow_on::act::Charge;
use rules::follow_on::{FollowOnEvent, FollowOnId};
use rules::people::{Actor, Person, StaffId};
use rules::review::hold::{self, Meeting, Recommendation};
use rules::review::ledger::Entry;
use rules::review::state::Happened;
use rules::review::{Cell, Figure, Ledger, Month, Pack, Progress, Review, ReviewChange, ReviewEvent};
use testkit::people::{amara, grace, helen, iris, samir};
use testkit::{at, day};

use crate::actions::{Thread, charge};

fn september() -> Month {
    "2026-09".parse().unwrap()
}

fn today() -> Date {
    day("2026-10-14")
}

fn figures(complaints: u32) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.add(vec![Entry::Count(
        Cell::new(Figure::Volume, "kind", "complaint"),
        complaints,
    )]);
    ledger
}

fn pack(complaints: u32) -> Pack {
    Pack {
        made_on: today(),
        figures: figures(complaints),
        discuss: Vec::new(),
        listed: Vec::new(),
        confidential: 0,
    }
}

/// A review and what happened to it.
struct Month9 {
    review: Review,
    history: Vec<Happened>,
}

impl Month9 {
    fn opened() -> Month9 {
        let change = hold::open(september(), "seed", today()).unwrap();
        let mut story = Month9 {
            review: Review::replay(september(), &[opening()]).unwrap(),
            history: Vec::new(),
        };
        story.append(change, Actor::System);
        story
    }

    fn append(&mut self, change: ReviewChange, actor: Actor) {
        for event in change.events {
            let sequence = u32::try_from(self.history.len()).unwrap() + 1;
            self.history.push(Happened {
                sequence,
                at: at("2026-10-14 09:00"),
                actor,
                event,
            });
        }
        self.review = Review::replay(september(), &self.history).unwrap();
    }

    fn then(mut self, by: &Person, rule: impl Fn(&Review, &Person) -> Result<ReviewChange, Refused>) -> Month9 {
        let change = rule(&self.review, by).unwrap_or_else(|refused| panic!("refused: {refused}"));
        self.append(change, Actor::Staff(by.id));
        self
    }
}

fn opening() -> Happened {
    Happened {
        sequence: 1,
        at: at("2026-10-01 00:05"),
        actor: Actor::System,
        event: hold::open(september(), "seed", today()).unwrap().events.remove(0),
    }
}

fn meeting() -> Meeting {
    Meeting {
        on: Some(day("2026-10-14")),
        present: vec![helen().id, samir().id],
        others: String::new(),
        words: "Look at the libraries again".to_owned(),
    }
}

#[test]
fn a_review_begins_when_its_month_is_over_and_not_before() {
    let refused = hold::open(september(), "seed", day("2026-09-30")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "September 2026 is not over yet. Its review begins on Thursday 1 October 2026."
    );
    assert!(hold::open(september(), "seed", day("2026-10-01")).is_ok());
    assert_eq!(Month9::opened().review.progress(), Progress::Open);
}

#[test]
fn from_the_first_note_to_the_end() {
    let case = "FC-10388".parse().unwrap();
    let story = Month9::opened()
        .then(&helen(), |review, by| {
            hold::note(review, Some("FC-10388".parse().unwrap()), " No weekend cover ", by)
        })
        .then(&helen(), |review, by| hold::freeze(review, &pack(46), by))
        .then(&helen(), |review, by| {
            hold::finish(review, &meeting(), &pack(99), by, today())
        });
    let review = story.review;
    assert_eq!(review.notes[0].about, Some(case));
    assert_eq!(review.notes[0].words, "No weekend cover");
    assert_eq!(review.progress(), Progress::Finished);
    assert_eq!(review.stated(), Some(&figures(46)), "what was frozen stays");
    assert_eq!(review.held.as_ref().map(|held| held.present.len()), Some(2));
    let refused = hold::note(&review, None, "One more", &helen()).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("The review of September 2026 is finished."),
        "{refused}"
    );
}

#[test]
fn finishing_freezes_what_was_not_frozen_and_a_month_without_complaints_is_reviewed_too() {
    let story = Month9::opened().then(&helen(), |review, by| {
        hold::finish(review, &meeting(), &pack(0), by, today())
    });
    let kinds: Vec<&str> = story.history.iter().map(|happened| happened.event.kind()).collect();
    assert_eq!(
        kinds,
        ["review.opened", "pack.frozen", "review.held", "review.finished"]
    );
    let (frozen, _) = story.review.frozen.unwrap();
    assert_eq!(frozen.sha256, frozen.pack.sha256());
}

#[test]
fn a_meeting_has_a_day_after_the_month_and_somebody_who_was_there() {
    let review = Month9::opened().review;
    let refused = |meeting: Meeting| {
        hold::finish(&review, &meeting, &pack(1), &helen(), today())
            .unwrap_err()
            .to_string()
    };
    for on in [None, Some(day("2026-09-30")), Some(day("2026-10-15"))] {
        assert!(
            refused(Meeting { on, ..meeting() }).starts_with("Enter the day of the meeting"),
            "{on:?}"
        );
    }
    let nobody = Meeting {
        present: Vec::new(),
        others: " ".to_owned(),
        ..meeting()
    };
    assert_eq!(refused(nobody.clone()), "Tick who was there");
    let guest = Meeting {
        others: "The Pro Vice Chancellor".to_owned(),
        ..nobody
    };
    assert!(hold::finish(&review, &guest, &pack(1), &helen(), today()).is_ok());
}

#[test]
fn a_recommendation_goes_into_the_register_and_may_be_agreed_at_once() {
    let recommend = |text: &str, charge: Charge| Recommendation {
        text: text.to_owned(),
        charge,
        ..Recommendation::default()
    };
    let review = Month9::opened().review;
    let open = hold::recommend(
        &review,
        &recommend("Replace the access points", Charge::default()),
        &helen(),
        today(),
    )
    .unwrap();
    assert_eq!(open.actions.len(), 1);
    assert_eq!(open.actions[0].0, FollowOnId::Review(september(), 1));
    let agreed = recommend("Replace the access points", charge("Networks", "2026-12-18"));
    let agreed = hold::recommend(&review, &agreed, &helen(), today()).unwrap();
    assert!(matches!(agreed.events[1], ReviewEvent::ActionAgreed(_)));
    assert!(matches!(agreed.actions[1].1, FollowOnEvent::Accepted(_)));
    for half in [
        charge("Networks", ""),
        charge("", "2026-12-18"),
        charge("Networks", "2026-10-01"),
    ] {
        assert!(hold::recommend(&review, &recommend("x", half), &helen(), today()).is_err());
    }
    assert!(hold::recommend(&review, &recommend(" ", Charge::default()), &helen(), today()).is_err());
    // The next one of the same review has the next number.
    let story = Month9::opened().then(&helen(), |review, by| {
        hold::recommend(review, &recommend("One", Charge::default()), by, today())
    });
    let next = hold::recommend(&story.review, &recommend("Two", Charge::default()), &helen(), today()).unwrap();
    assert_eq!(next.actions[0].0, FollowOnId::Review(september(), 2));
}

#[test]
fn a_proposal_of_an_earlier_month_is_agreed_in_a_later_review() {
    let proposal = Thread::proposed().action;
    let review = Month9::opened().review;
    let change = hold::agree(&review, &proposal, &charge("Networks", "2026-12-18"), &helen(), today()).unwrap();
    assert_eq!((change.events.len(), change.actions.len()), (1, 1));
}

#[test]
fn frozen_figures_stay_and_a_correction_stands_beside_them() {
    let open = Month9::opened();
    assert!(
        hold::restate(&open.review, &figures(47), "Late log", &helen()).is_err(),
        "nothing is frozen"
    );
    let story = open.then(&helen(), |review, by| {
        hold::finish(review, &meeting(), &pack(46), by, today())
    });
    assert!(hold::freeze(&story.review, &pack(47), &helen()).is_err(), "twice");
    let same = hold::restate(&story.review, &figures(46), "Nothing", &helen()).unwrap_err();
    assert_eq!(same.to_string(), "No number has changed since the figures were stated.");
    assert!(
        hold::restate(&story.review, &figures(47), "", &helen()).is_err(),
        "a reason"
    );
    let story = story.then(&helen(), |review, by| {
        hold::restate(review, &figures(47), "Logged late", by)
    });
    let review = &story.review;
    assert_eq!(review.stated(), Some(&figures(47)));
    let (frozen, _) = review.frozen.as_ref().unwrap();
    assert_eq!(frozen.pack.figures, figures(46), "as it was");
    let (correction, _) = &review.corrections[0];
    assert_eq!((correction.changes[0].was, correction.changes[0].is), (46, 47));
    assert!(hold::restate(review, &figures(47), "Again", &helen()).is_err());
}

#[test]
fn only_reviewers_hold_it() {
    let review = Month9::opened().review;
    for by in [amara(), grace(), samir(), iris()] {
        assert!(
            matches!(hold::note(&review, None, "x", &by), Err(Refused::NotAllowed { .. })),
            "{}",
            by.name
        );
        assert!(matches!(
            hold::freeze(&review, &pack(1), &by),
            Err(Refused::NotAllowed { .. })
        ));
        assert!(matches!(
            hold::restate(&review, &figures(1), "x", &by),
            Err(Refused::NotAllowed { .. })
        ));
    }
}

#[test]
fn events_that_cannot_happen_are_not_folded() {
    let opened = opening();
    let finished = Happened {
        sequence: 2,
        event: ReviewEvent::Finished(rules::review::event::Finished { words: String::new() }),
        ..opened.clone()
    };
    assert!(
        Review::replay(september(), std::slice::from_ref(&finished)).is_err(),
        "no beginning"
    );
    assert!(
        Review::replay(september(), &[opened.clone(), finished]).is_err(),
        "not held"
    );
    assert!(
        Review::replay(september(), &[opened.clone(), Happened { sequence: 2, ..opened }]).is_err(),
        "twice"
    );
    assert_eq!(
        rules::review::state::month_of_stream("review-2026-09"),
        Some(september())
    );
    assert_eq!(rules::review::state::month_of_stream("FC-10482"), None);
    assert_eq!(helen().id, StaffId(7));
}
