//! Holding, lifting, and deciding on a request to erase.

use rules::case::Refused;
use rules::case::event::Exemption;
use rules::handling::close;
use rules::people::{Act, permission};
use rules::retention::{Beside, Why, erase_as_asked, hold, lift, refuse_to_erase};
use testkit::Story;
use testkit::people::{everybody, leila, ruth};

#[test]
fn a_hold_stands_with_its_reason_until_it_is_lifted() {
    let held = Story::received().act(&ruth(), |case, _| hold(case, "  A claim was announced. ", &ruth()));
    let stands = held.case.hold.clone().unwrap();
    assert_eq!(
        (stands.reason.as_str(), stands.by),
        ("A claim was announced.", Some(ruth().id))
    );
    let twice = held.refused(|case, _| hold(case, "Another claim", &leila()));
    assert!(twice.to_string().contains("A claim was announced."));
    let lifted = held.act(&leila(), |case, _| lift(case, "It was settled.", &leila()));
    assert_eq!(lifted.case.hold, None);
    lifted.refused(|case, _| lift(case, "Once more", &leila()));
}

#[test]
fn a_hold_and_its_end_need_a_reason() {
    for words in ["", " \n "] {
        let refused = Story::received().refused(|case, _| hold(case, words, &leila()));
        assert!(matches!(refused, Refused::Fields { .. }));
    }
}

#[test]
fn a_hold_outlives_closing_and_taking_up_again() {
    let held = Story::received().act(&leila(), |case, _| hold(case, "A claim", &leila()));
    let closed = held.act(&ruth(), |case, _| close::withdraw(case, "They called", Some(&ruth())));
    assert!(closed.case.hold.is_some());
    let again = closed.act(&ruth(), |case, setting| {
        testkit::story::reopen(case, "A log", &ruth(), setting)
    });
    assert!(again.case.hold.is_some());
}

#[test]
fn only_who_may_holds_lifts_and_erases() {
    let story = Story::received();
    for person in everybody() {
        let held = hold(&story.case, "A claim", &person);
        assert_eq!(held.is_ok(), permission::may(&person, Act::HoldCase), "{}", person.name);
        let refused = refuse_to_erase(Exemption::LegalClaims, "A claim", &person);
        assert_eq!(
            refused.is_ok(),
            permission::may(&person, Act::EraseCase),
            "{}",
            person.name
        );
    }
    assert!(permission::may(&leila(), Act::EraseCase) && permission::may(&leila(), Act::LiftHold));
}

#[test]
fn a_request_is_granted_when_nothing_stands_in_the_way_and_told_what_does() {
    let open = Story::received();
    let ask = |story: &Story<'_>, letters| {
        let beside = Beside {
            letters,
            ..Beside::default()
        };
        erase_as_asked(&story.case, &beside, &leila())
    };
    assert!(ask(&open, 0).unwrap_err().to_string().contains("open"));
    let closed = open.act(&ruth(), |case, _| close::withdraw(case, "They called", Some(&ruth())));
    assert_eq!(ask(&closed, 0), Ok(Why::Asked));
    assert!(ask(&closed, 1).unwrap_err().to_string().contains("letter"));
    let held = closed.act(&leila(), |case, _| hold(case, "A claim", &leila()));
    assert!(ask(&held, 0).unwrap_err().to_string().contains("A claim"));
    assert!(erase_as_asked(&held.case, &Beside::default(), &ruth()).is_err());
}
