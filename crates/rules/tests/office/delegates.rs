//! Who stands in for whom: named by whoever is away, or by an administrator for them; only somebody whose roles the procedure names (P34).

use rules::case::Refused;
use rules::office::delegation::{Delegation, Known, after, change, name, take_back};
use rules::office::event::Changed;
use rules::office::{OfficeChange, OfficeEvent};
use rules::people::Person;
use testkit::people::{dana, everybody, helen, robin, ruth, samir, tom};
use testkit::{day, house};

fn away(who: &Person, delegate: &Person, from: &str, until: &str) -> Delegation {
    Delegation {
        who: who.id,
        delegate: delegate.id,
        from: day(from),
        until: day(until),
    }
}

fn july(delegate: &Person) -> Delegation {
    away(&samir(), delegate, "2026-07-01", "2026-07-31")
}

fn asked<T>(delegations: &[Delegation], rule: impl FnOnce(&Known<'_>) -> T) -> T {
    let people = everybody();
    rule(&Known {
        delegations,
        people: &people,
        procedure: &house().procedure,
        today: day("2026-06-30"),
    })
}

fn named(new: &Delegation, by: &Person) -> Result<OfficeChange, Refused> {
    asked(&[], |known| name(new, known, by))
}

fn wrong(new: &Delegation) -> Vec<&'static str> {
    match named(new, &samir()) {
        Err(Refused::Fields { fields }) => fields.iter().map(|field| field.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn somebody_who_is_away_names_who_stands_in() {
    let change = named(&july(&helen()), &samir()).unwrap();
    assert_eq!(change.events, [OfficeEvent::DelegateNamed(july(&helen()))]);
    let again = asked(&[july(&helen())], |known| name(&july(&helen()), known, &samir())).unwrap();
    assert!(again.events.is_empty(), "the same is no event");
}

#[test]
fn an_administrator_names_one_for_somebody_who_has_gone_already_and_nobody_else_does() {
    assert!(named(&july(&helen()), &tom()).is_ok());
    for by in [helen(), ruth(), robin()] {
        let refused = named(&july(&helen()), &by);
        assert!(matches!(refused, Err(Refused::NotAllowed { .. })), "{}", by.name);
    }
}

#[test]
fn only_somebody_whose_roles_the_procedure_names_stands_in_and_for_days_that_come() {
    assert_eq!(wrong(&july(&dana())), ["delegate"], "investigators do not sign");
    assert_eq!(wrong(&july(&samir())), ["delegate"], "nobody stands in for themselves");
    let nobody = testkit::people::person(99, "Nobody", "None", &[]);
    assert_eq!(wrong(&july(&nobody)), ["delegate"]);
    for (from, until) in [
        ("2026-07-10", "2026-07-09"),
        ("2026-06-01", "2026-06-29"),
        ("2026-07-01", "2027-07-02"),
    ] {
        assert_eq!(
            wrong(&away(&samir(), &helen(), from, until)),
            ["until"],
            "{from} to {until}"
        );
    }
    assert!(
        named(&away(&samir(), &robin(), "2026-06-01", "2026-06-30"), &samir()).is_ok(),
        "today still counts"
    );
}

#[test]
fn nobody_stands_in_for_somebody_who_signs_nothing_or_is_gone() {
    let gone = testkit::people::person(99, "Nobody", "None", &[]);
    for (who, says) in [
        (dana(), "Dana Kowalczyk signs no letters off"),
        (gone, "do not work here"),
    ] {
        let refused = named(&away(&who, &helen(), "2026-07-01", "2026-07-31"), &tom()).unwrap_err();
        assert!(refused.to_string().contains(says), "{refused}");
    }
}

fn to(from: Delegation, to: Delegation) -> Changed<Delegation> {
    Changed { from, to }
}

#[test]
fn who_stands_in_is_changed_by_them_or_an_administrator_and_keeps_the_place_in_the_order() {
    let kept = [july(&helen()), july(&robin())];
    let longer = to(july(&helen()), away(&samir(), &helen(), "2026-07-01", "2026-08-14"));
    for by in [samir(), tom()] {
        let done = asked(&kept, |known| change(&longer, known, &by)).unwrap();
        assert_eq!(done.events, [OfficeEvent::DelegateChanged(longer.clone())]);
        let left = after(kept.to_vec(), &done.events[0], day("2026-06-30"));
        assert_eq!(left, [longer.to.clone(), july(&robin())], "Helen is still asked first");
    }
    for by in [helen(), ruth(), robin()] {
        let refused = asked(&kept, |known| change(&longer, known, &by));
        assert!(matches!(refused, Err(Refused::NotAllowed { .. })), "{}", by.name);
    }
    let same = to(july(&helen()), july(&helen()));
    let nothing = asked(&kept, |known| change(&same, known, &samir())).unwrap();
    assert_eq!(nothing.events, [], "the same is no event");
}

#[test]
fn a_change_is_checked_like_a_new_one_and_never_of_what_is_gone_or_somebody_elses() {
    let kept = [july(&helen()), july(&robin())];
    let wrong = |new: Delegation| match asked(&kept, |known| change(&to(july(&helen()), new), known, &tom())) {
        Err(Refused::Fields { fields }) => fields.iter().map(|field| field.field).collect(),
        other => panic!("{other:?}"),
    };
    let none: Vec<&str> = wrong(july(&dana()));
    assert_eq!(none, ["delegate"], "investigators do not sign");
    assert_eq!(wrong(july(&samir())), ["delegate"]);
    assert_eq!(
        wrong(july(&robin())),
        ["delegate"],
        "he stands in on these days already"
    );
    assert_eq!(wrong(away(&samir(), &helen(), "2026-07-10", "2026-07-09")), ["until"]);
    let gone = to(away(&samir(), &helen(), "2026-07-02", "2026-07-03"), july(&helen()));
    let others = to(july(&helen()), away(&robin(), &helen(), "2026-07-01", "2026-07-31"));
    for changed in [gone, others] {
        let refused = asked(&kept, |known| change(&changed, known, &tom()));
        assert!(matches!(refused, Err(Refused::NotNow(_))), "{refused:?}");
    }
}

#[test]
fn one_is_taken_back_once_and_those_that_are_over_are_forgotten() {
    let kept = [july(&helen()), july(&robin())];
    let change = asked(&kept, |known| take_back(&july(&helen()), known, &samir())).unwrap();
    let [event] = change.events.as_slice() else {
        panic!("{:?}", change.events)
    };
    let left = after(kept.to_vec(), event, day("2026-06-30"));
    assert_eq!(left, [july(&robin())]);
    assert!(asked(&left, |known| take_back(&july(&helen()), known, &samir())).is_err());
    let over = after(left, &OfficeEvent::DelegateNamed(july(&helen())), day("2026-08-01"));
    assert_eq!(over, []);
}
