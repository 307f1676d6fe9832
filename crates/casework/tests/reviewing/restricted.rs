//! What is about a member of staff is counted and never listed, and what was promised in it stays with those who may see it (invariant 12, R36).

use casework::ActError;
use casework::handling::confidential;
use casework::review::follow::Step;
use casework::review::register::Part;
use rules::case::Reference;
use rules::confidential::StaffNamed;
use rules::confidential::lane::Restriction;
use rules::follow_on::FollowOnId;
use rules::review::hold::{Meeting, Recommendation};
use rules::review::{Figure, Why};
use testkit::day;
use testkit::office::OpenOffice;
use testkit::people::{dana, grace, helen, iris, jo, marcus, robin, ruth, samir};

use crate::support::{a_month, decided, differences, judged_about_jo, june, receive};

/// A complaint about Jo in July, decided with a promise.
async fn promised_about_jo(office: &OpenOffice) -> FollowOnId {
    let staff = rules::intake::RawFeedback {
        about_staff: "yes".to_owned(),
        ..testkit::words::form()
    };
    let reference = receive(office, "about Jo", staff).await;
    judged_about_jo(office, &reference).await;
    decided(office, &reference, Some(("Talk to Jo", day("2026-07-08")))).await;
    format!("{reference}-1").parse().unwrap()
}

fn a_note() -> Step {
    Step::Start("We began".to_owned())
}

#[tokio::test]
async fn a_promise_of_a_restricted_case_is_not_there_for_whoever_may_not_see_the_case() {
    let office = a_month().await;
    let id = promised_about_jo(&office).await;
    office.on("2026-07-20 09:00");
    for who in [dana(), samir(), iris(), grace()] {
        let (door, name) = (office.door(&who), &who.name);
        let register = door.register(Part::ToDo, 1).await.unwrap();
        assert!(register.actions.iter().all(|action| action.id != id), "{name}");
        let counts = door.action_counts().await.unwrap();
        assert_eq!((counts.open, counts.overdue), (1, 1), "{name}");
        assert!(matches!(door.follow_on(&id).await, Err(ActError::NotFound)), "{name}");
        let taken = door.follow_up(&id, "").take(a_note()).await;
        assert!(matches!(taken, Err(ActError::NotFound)), "{name}: {taken:?}");
    }
    for who in [marcus(), ruth(), helen()] {
        let door = office.door(&who);
        assert_eq!(door.action_counts().await.unwrap().open, 2, "{}", who.name);
        let file = door.follow_on(&id).await.unwrap();
        assert_eq!(file.registered.text.as_deref(), Some("Talk to Jo"));
    }
    office.door(&marcus()).follow_up(&id, "").take(a_note()).await.unwrap();
    assert_eq!(differences(&office).await, [""; 0]);
}

/// Ruth restricts the case that was late, for it turned out to be about Jo.
async fn restrict_the_late_one(office: &OpenOffice) -> Reference {
    let late: Reference = "FC-10002".parse().unwrap();
    let restriction = Restriction {
        reason: "It is about Jo".to_owned(),
        named: StaffNamed {
            people: vec![jo().id, robin().id],
            others: None,
        },
        to: Some(marcus()),
    };
    let ruth = ruth();
    confidential::restrict(office.hand(&ruth, &late), &restriction)
        .await
        .unwrap();
    late
}

#[tokio::test]
async fn a_case_that_is_restricted_later_leaves_the_lists_of_a_frozen_review_too() {
    let office = a_month().await;
    let door = office.door(&helen());
    let late: Reference = "FC-10002".parse().unwrap();
    let desk = |once| door.review_desk(june(), once);
    desk("n").note(Some(late.clone()), "Jo forgot it").await.unwrap();
    let recommendation = Recommendation {
        text: "Two people look at each case".to_owned(),
        cases: vec![late.clone(), "FC-10001".parse().unwrap()],
        ..Recommendation::default()
    };
    desk("r").recommend(recommendation).await.unwrap();
    let meeting = Meeting {
        on: Some(day("2026-07-06")),
        present: vec![helen().id],
        ..Meeting::default()
    };
    desk("f").finish(meeting).await.unwrap();
    let frozen = door.review(june()).await.unwrap();
    assert!(frozen.pack.listed.contains(&late) && frozen.pack.confidential == 1);
    assert_eq!(frozen.review.as_ref().unwrap().notes.len(), 1);

    restrict_the_late_one(&office).await;
    for who in [helen(), robin(), samir()] {
        let (file, name) = (office.door(&who).review(june()).await.unwrap(), &who.name);
        assert!(!file.pack.listed.contains(&late), "{name}");
        assert!(file.pack.discuss.iter().all(|pick| pick.reference != late), "{name}");
        assert_eq!(file.pack.confidential, 2, "{name}");
        assert!(!file.titles.contains_key(&late), "{name}");
        let figures = file.figures();
        assert_eq!(
            figures.get(Figure::Stage1, "decisions", "late"),
            1,
            "still counted, {name}"
        );
        let knows = who == helen();
        assert_eq!(file.review.unwrap().notes.len(), usize::from(knows), "{name}");
        let recommended = file.actions.shown().find(|action| action.id.to_string() == "2026-06-1");
        assert_eq!(recommended.unwrap().card.cases.len(), 1, "the other one, {name}");
    }
}

#[tokio::test]
async fn a_named_manager_can_neither_note_nor_recommend_anything_on_it() {
    let office = a_month().await;
    let late = restrict_the_late_one(&office).await;
    let robin = robin();
    let door = office.door(&robin);
    let noted = door.review_desk(june(), "n").note(Some(late.clone()), "Mine").await;
    assert!(matches!(noted, Err(ActError::NotFound)), "{noted:?}");
    let recommendation = Recommendation {
        text: "Nothing".to_owned(),
        cases: vec![late.clone()],
        ..Recommendation::default()
    };
    let recommended = door.review_desk(june(), "r").recommend(recommendation).await;
    assert!(matches!(recommended, Err(ActError::NotFound)), "{recommended:?}");
    let file = office.door(&helen()).review(june()).await.unwrap();
    assert!(file.review.unwrap().notes.is_empty() && file.actions.shown().count() == 1);
    assert!(file.pack.discuss.iter().all(|pick| pick.reasons != [Why::Late]));
}
