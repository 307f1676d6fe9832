//! Adding people, changing what they may do, passwords, coming back.

use std::collections::BTreeSet;

use rules::office::event::{Changed, PersonAdded, PersonChanged, Whom};
use rules::office::people::{add, add_first, can_set_password, change, change_own_password, come_back, set_password};
use rules::office::{Details, NewPerson, OfficeChange, OfficeEvent};
use rules::people::{Act, Role, StaffId, permission};
use testkit::Story;
use testkit::people::{amara, dana, everybody as persons, iris, marcus, person, robin, tom};

use crate::staff::{account, as_they_are, everybody, fields, former, held, kit};

const NEXT: StaffId = StaffId(13);

#[test]
fn an_administrator_adds_somebody_and_the_event_says_who_they_are_but_not_their_password() {
    let change = add(&everybody(), NEXT, &kit(), &tom()).unwrap();
    let added = PersonAdded {
        who: NEXT,
        username: "kit".to_owned(),
        email: "kit.vale@calderbrook.example".to_owned(),
        name: "Kit Vale".to_owned(),
        job_title: "IT Helpline Analyst".to_owned(),
        roles: BTreeSet::from([Role::FrontlineHandler]),
    };
    assert_eq!(change, OfficeChange::of(vec![OfficeEvent::PersonAdded(added)]));
    let stored = String::from_utf8(change.events[0].encode()).unwrap();
    assert!(!stored.contains("green"), "{stored}");
}

#[test]
fn nobody_else_may_do_anything_about_people() {
    let (staff, who) = (everybody(), account(amara()));
    for by in persons().iter().filter(|by| !permission::may(by, Act::ManagePeople)) {
        let refusals = [
            add(&staff, NEXT, &kit(), by),
            change(&staff, &who, &as_they_are(&who), &[], by),
            rules::office::leave::leave(&staff, &who, &[], None, by),
            set_password(&who, "three green apples", by),
            come_back(&former(amara()), "three green apples", by),
        ];
        for refused in refusals {
            let words = refused.unwrap_err().to_string();
            assert_eq!(
                words, "You cannot add people and give roles. Ask an administrator.",
                "{}",
                by.name
            );
        }
    }
}

#[test]
fn everything_that_is_missing_is_said_at_once_in_the_order_of_the_form() {
    let refused = add(&everybody(), NEXT, &NewPerson::default(), &tom()).unwrap_err();
    let expected = [
        ("name", "Enter their full name"),
        ("username", "Enter a username without spaces"),
        ("email", "Enter an email address, like name@example.com"),
        ("job_title", "Enter their job title, as a letter states it"),
        ("roles", "Choose at least one role"),
        (
            "password",
            "Enter a password of at least 12 characters. Three or four words are easy to remember",
        ),
    ];
    let said = fields(refused);
    let said: Vec<(&str, &str)> = said.iter().map(|(field, words)| (*field, words.as_str())).collect();
    assert_eq!(said, expected);
}

#[test]
fn nobody_signs_in_as_somebody_else_not_even_as_somebody_who_left() {
    let mut staff = everybody();
    staff[1] = former(persons()[1].clone());
    for (username, email, wrong) in [
        ("AMARA", "kit@calderbrook.example", "username"),
        ("jo", "kit@calderbrook.example", "username"),
        ("amara@calderbrook.example", "kit@calderbrook.example", "username"),
        ("kit", "Jo@Calderbrook.example", "email"),
    ] {
        let new = NewPerson {
            username: username.to_owned(),
            email: email.to_owned(),
            ..kit()
        };
        let said = fields(add(&staff, NEXT, &new, &tom()).unwrap_err());
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].0, wrong, "{said:?}");
    }
}

#[test]
fn the_first_person_is_an_administrator_and_comes_before_everybody_else() {
    let first = NewPerson {
        roles: vec![Role::Administrator],
        ..kit()
    };
    assert_eq!(add_first(&[], StaffId(1), &first).unwrap().events.len(), 1);
    let said = fields(add_first(&[], StaffId(1), &kit()).unwrap_err());
    assert_eq!(
        said,
        [("roles", "The first person must be an administrator".to_owned())]
    );
    // Somebody who left was there all the same.
    let words = add_first(&[former(tom())], StaffId(2), &first).unwrap_err().to_string();
    assert!(words.starts_with("There are people already."), "{words}");
}

#[test]
fn a_change_says_what_was_and_what_is_and_leaves_out_what_stayed() {
    let who = account(amara());
    let to = Details {
        job_title: "Helpline Team Leader ".to_owned(),
        roles: vec![Role::FrontlineManager, Role::FrontlineHandler],
        ..as_they_are(&who)
    };
    let change = change(&everybody(), &who, &to, &[], &tom()).unwrap();
    let expected = PersonChanged {
        who: amara().id,
        name: None,
        email: None,
        job_title: Some(Changed {
            from: "IT Helpline Analyst".to_owned(),
            to: "Helpline Team Leader".to_owned(),
        }),
        roles: Some(Changed {
            from: BTreeSet::from([Role::FrontlineHandler]),
            to: BTreeSet::from([Role::FrontlineHandler, Role::FrontlineManager]),
        }),
    };
    assert_eq!(change.events, [OfficeEvent::PersonChanged(expected)]);
}

#[test]
fn what_is_the_same_is_no_event() {
    let who = account(amara());
    assert_eq!(
        change(&everybody(), &who, &as_they_are(&who), &[], &tom()).unwrap(),
        OfficeChange::default()
    );
}

#[test]
fn a_change_may_keep_ones_own_address_but_not_take_another_persons() {
    let who = account(amara());
    let to = Details {
        email: "dana@calderbrook.example".to_owned(),
        ..as_they_are(&who)
    };
    let said = fields(change(&everybody(), &who, &to, &[], &tom()).unwrap_err());
    assert_eq!(
        said,
        [(
            "email",
            "Somebody already signs in with this email address. Enter another".to_owned()
        )]
    );
}

#[test]
fn the_last_administrator_keeps_the_role() {
    let who = account(tom());
    let to = Details {
        roles: vec![Role::Auditor],
        ..as_they_are(&who)
    };
    let mut staff = everybody();
    let said = fields(change(&staff, &who, &to, &[], &tom()).unwrap_err());
    let words = "Tom Ferreira is the only administrator. Make somebody else an administrator first";
    assert_eq!(said, [("roles", words.to_owned())]);
    // An administrator who left cannot help.
    let other = person(14, "Ada Vance", "Systems Administrator", &[Role::Administrator]);
    staff.push(former(other.clone()));
    assert!(change(&staff, &who, &to, &[], &tom()).is_err());
    staff.push(account(other));
    assert!(change(&staff, &who, &to, &[], &tom()).is_ok());
}

#[test]
fn a_role_that_open_cases_need_is_not_taken_away_from_under_them() {
    let (first, second) = (Story::received().at_stage_1(), Story::received().at_stage_1());
    let who = account(amara());
    let to = |roles: &[Role]| Details {
        roles: roles.to_vec(),
        ..as_they_are(&who)
    };
    let (staff, cases) = (everybody(), [held(&first), held(&second)]);
    let said = fields(change(&staff, &who, &to(&[Role::Auditor]), &cases, &tom()).unwrap_err());
    let words = "Amara Osei has 2 open cases that a role you took away is needed for. \
                 Leave the role, or have the work passed on first";
    assert_eq!(said, [("roles", words.to_owned())]);
    // Another role that may work on them will do, and so will any role once the cases are gone.
    assert!(change(&staff, &who, &to(&[Role::FrontlineManager]), &cases, &tom()).is_ok());
    assert!(change(&staff, &who, &to(&[Role::Auditor]), &[], &tom()).is_ok());
}

#[test]
fn a_case_that_somebody_could_not_work_on_before_stands_in_no_ones_way() {
    let investigated = Story::received().at_stage_2();
    let who = account(marcus());
    let to = Details {
        name: "Marcus Bell-Adeyemi".to_owned(),
        ..as_they_are(&who)
    };
    assert!(change(&everybody(), &who, &to, &[held(&investigated)], &tom()).is_ok());
}

#[test]
fn somebody_who_left_is_not_changed_and_gets_no_password() {
    let who = former(dana());
    let words = "Dana Kowalczyk has left. Let them come back first.";
    for refused in [
        change(&everybody(), &who, &as_they_are(&who), &[], &tom()),
        set_password(&who, "three green apples", &tom()),
    ] {
        assert_eq!(refused.unwrap_err().to_string(), words);
    }
}

#[test]
fn an_administrator_gives_a_new_password_to_others_only() {
    let change = set_password(&account(iris()), "three green apples", &tom()).unwrap();
    let whom = Whom { who: iris().id };
    assert_eq!(change.events, [OfficeEvent::PasswordChanged(whom)]);
    let words = can_set_password(&account(tom()), &tom()).unwrap_err().to_string();
    assert!(
        words.starts_with("Change your own password on your own page"),
        "{words}"
    );
    let said = fields(set_password(&account(iris()), "elevenchars", &tom()).unwrap_err());
    assert_eq!(said[0].0, "password");
}

#[test]
fn anybody_changes_their_own_password_to_one_of_12_characters() {
    let whom = Whom { who: robin().id };
    assert_eq!(
        change_own_password(&robin(), "twelve chars").unwrap().events,
        [OfficeEvent::PasswordChanged(whom)]
    );
    assert!(change_own_password(&robin(), "elevenchars").is_err());
}

#[test]
fn somebody_who_comes_back_gets_a_new_password_and_somebody_who_is_here_cannot_come_back() {
    let change = come_back(&former(dana()), "three green apples", &tom()).unwrap();
    let whom = Whom { who: dana().id };
    let expected = [
        OfficeEvent::PersonReturned(whom.clone()),
        OfficeEvent::PasswordChanged(whom),
    ];
    assert_eq!(change.events, expected);
    assert_eq!(
        fields(come_back(&former(dana()), "short", &tom()).unwrap_err())[0].0,
        "password"
    );
    let words = come_back(&account(dana()), "three green apples", &tom())
        .unwrap_err()
        .to_string();
    assert_eq!(words, "Dana Kowalczyk works here already.");
}
