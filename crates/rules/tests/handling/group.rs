//! Duplicates and groups: linked with a reason, answered each, taken back with a reason, and never merged (A27).

use rules::case::event::Sameness;
use rules::case::vocabulary::Lane;
use rules::case::{Case, Event, Reference, Refused};
use rules::confidential::StaffNamed;
use rules::confidential::lane::{Restriction, open, restrict};
use rules::handling::group::{Both, Linking, link, unlink};
use rules::people::{Actor, Person};
use testkit::people::{amara, helen, iris, robin, ruth};
use testkit::words::{by_web, form};
use testkit::{Story, at, house};

fn reference(number: i64) -> Reference {
    Reference::new("FC", number).unwrap()
}

/// A case of its own number, received at this time and worked on at stage 1.
fn case(number: i64, received_at: &str) -> Case {
    let mut case = Story::begin(&form(), &by_web(), received_at).case;
    case.reference = reference(number);
    case
}

fn same_matter() -> Linking {
    Linking {
        same: Sameness::SameMatter,
        reason: " The same evening in the same library ".to_owned(),
    }
}

/// The two cases once they are linked.
fn linked(here: &Case, there: &Case) -> (Case, Case) {
    let both = link(here, there, &same_matter(), &amara()).unwrap();
    after(here, there, &both)
}

fn after(here: &Case, there: &Case, both: &Both) -> (Case, Case) {
    let by = Actor::Staff(amara().id);
    let then = at("2026-06-10 10:00");
    (
        here.preview(&both.here.events, by, then).unwrap(),
        there.preview(&both.there.events, by, then).unwrap(),
    )
}

fn says(refused: Result<Both, Refused>, words: &str) {
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains(words), "{refused}");
}

fn early() -> Case {
    case(10_001, "2026-06-08 09:00")
}

fn late() -> Case {
    case(10_002, "2026-06-09 09:00")
}

#[test]
fn the_first_of_two_leads_whichever_page_the_link_was_made_on() {
    let (late_one, early_one) = linked(&late(), &early());
    assert!(early_one.leads() && !late_one.leads());
    assert_eq!(late_one.leading(), Some(&reference(10_001)));
    assert_eq!(early_one.leading(), Some(&reference(10_001)));

    let (early_one, late_one) = linked(&early(), &late());
    assert!(early_one.leads() && !late_one.leads());
    let link = late_one.link_with(&reference(10_001)).unwrap();
    assert_eq!(link.reason, "The same evening in the same library");
    assert_eq!(link.same, Sameness::SameMatter);
}

#[test]
fn nothing_of_either_case_changes_but_the_link() {
    let (here, there) = (early(), late());
    let both = link(&here, &there, &same_matter(), &amara()).unwrap();
    for change in [&both.here, &both.there] {
        assert!(change.letters.is_empty(), "neither complainant hears of the other");
        assert!(matches!(change.events.as_slice(), [Event::CaseLinked(_)]));
    }
    let (after, _) = after(&here, &there, &both);
    let unchanged = Case {
        links: Vec::new(),
        sequence: here.sequence,
        ..after
    };
    assert_eq!(unchanged, here);
}

#[test]
fn a_third_case_joins_the_group_from_its_own_page_and_from_the_leading_one() {
    let (leading, _) = linked(&early(), &late());
    // Even one that came before all of them.
    let third = case(9_990, "2026-06-01 09:00");
    let (joined, leading_then) = linked(&third, &leading);
    assert_eq!(joined.leading(), Some(&reference(10_001)));
    assert_eq!(leading_then.links.len(), 2);

    let (leading_then, joined) = linked(&leading, &third);
    assert!(leading_then.leads());
    assert_eq!(joined.leading(), Some(&reference(10_001)));
}

#[test]
fn a_case_belongs_to_one_group() {
    let (leading, follower) = linked(&early(), &late());
    let (other_leading, other_follower) = linked(&case(10_003, "2026-06-08 10:00"), &case(10_004, "2026-06-09 10:00"));
    let lone = case(10_005, "2026-06-09 11:00");
    let ask = |here: &Case, there: &Case| link(here, there, &same_matter(), &amara());
    says(ask(&follower, &lone), "FC-10002 belongs to another group");
    says(ask(&leading, &other_leading), "FC-10003 belongs to another group");
    says(ask(&lone, &other_follower), "FC-10004 belongs to another group");
    says(ask(&leading, &follower), "in the same group already");
    says(ask(&follower, &leading), "in the same group already");
    says(ask(&lone, &lone), "another case");
}

#[test]
fn a_link_has_a_reason_and_is_made_by_those_who_deal_with_cases() {
    let silent = Linking {
        reason: " ".to_owned(),
        ..same_matter()
    };
    says(
        link(&early(), &late(), &silent, &amara()),
        "Say why they are about the same matter",
    );
    let auditor = link(&early(), &late(), &same_matter(), &iris());
    assert!(matches!(auditor, Err(Refused::NotAllowed { .. })));
}

#[test]
fn a_link_is_taken_back_on_both_with_a_reason() {
    let (leading, follower) = linked(&early(), &late());
    says(
        unlink(&follower, &leading, "", &amara()),
        "Say why the link is taken back",
    );
    let both = unlink(&follower, &leading, "Another library", &amara()).unwrap();
    let (follower, leading) = after(&follower, &leading, &both);
    assert!(!follower.is_in_group() && !leading.is_in_group());
    assert_eq!(follower.leading(), None);
    says(unlink(&follower, &leading, "Again", &amara()), "are not linked");
    let auditor = unlink(&follower, &leading, "Again", &iris());
    assert!(matches!(auditor, Err(Refused::NotAllowed { .. })));
}

#[test]
fn a_restricted_case_and_an_open_one_are_never_linked() {
    let mut restricted = late();
    restricted.lane = Lane::Restricted;
    says(
        link(&early(), &restricted, &same_matter(), &helen()),
        "may point to a restricted one",
    );
    says(
        link(&restricted, &early(), &same_matter(), &helen()),
        "may point to a restricted one",
    );
    let mut other = early();
    other.lane = Lane::Restricted;
    linked(&other, &restricted);
}

fn restricting(case: &Case, by: &Person) -> Result<(), Refused> {
    let setting = house().setting(at("2026-06-10 11:00"));
    let restriction = Restriction {
        reason: "It is about the person at the desk".to_owned(),
        named: StaffNamed::default(),
        to: None,
    };
    restrict(case, &restriction, by, &setting).map(|_| ())
}

#[test]
fn who_may_see_a_case_changes_only_while_it_stands_alone() {
    restricting(&late(), &ruth()).unwrap();
    let (_, follower) = linked(&early(), &late());
    let refused = restricting(&follower, &ruth()).unwrap_err().to_string();
    assert!(refused.contains("Take the links back first"), "{refused}");
    assert!(!refused.contains("FC-"), "not everybody sees all of a group: {refused}");

    let mut restricted = follower;
    restricted.lane = Lane::Restricted;
    let refused = open(&restricted, "About the queue", &robin()).unwrap_err().to_string();
    assert!(refused.contains("Take the links back first"), "{refused}");
}
