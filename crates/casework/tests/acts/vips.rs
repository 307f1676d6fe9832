//! The list of VIPs at work: whoever is on it begins at stage 2, on whatever channel, and nobody else does (R55, R88, A11).

use casework::people::OfficeHand;
use casework::vips::{list, set};
use casework::{ActError, evidence};
use rules::case::Refused;
use rules::case::vocabulary::VipSource;
use rules::deadlines::Duty;
use rules::intake::RawFeedback;
use rules::people::Person;
use testkit::office::OpenOffice;
use testkit::people::{amara, helen, ruth, tom};
use testkit::{day, words};

use crate::support::{fields, open, refusal};

fn hand<'a>(office: &'a OpenOffice, by: &'a Person, once: &'a str) -> OfficeHand<'a> {
    OfficeHand {
        office: &office.office,
        by,
        once,
    }
}

#[tokio::test]
async fn somebody_on_the_list_is_marked_at_the_receipt_and_never_told() {
    let office = open().await;
    let ruth = ruth();
    let mark = list(&office.office, &ruth).await.unwrap().mark;
    let saved = set(hand(&office, &ruth, "1"), "priya@example.ac.uk, Council member", &mark).await;
    assert!(saved.unwrap());
    let reference = office.receive("k").await;
    let (flag, _) = office.case(&reference).await.vip.unwrap();
    assert_eq!((flag.source, &*flag.detail), (VipSource::List, "Council member"));
    let due = office.date(&reference, Duty::Decision).await;
    assert_eq!((due.stage, due.due_on), (2, day("2026-07-07")));
    for letter in office.letters(&reference).await {
        let said = format!("{:?}", letter.facts);
        assert!(!said.contains("Council") && !said.contains("VIP"), "{said}");
    }
    let other = RawFeedback {
        email: "somebody@example.ac.uk".to_owned(),
        ..words::form()
    };
    let other = office.public().complain(&other, "other").await.unwrap().reference;
    assert_eq!(office.case(&other).await.vip, None);
    assert!(evidence::verify(&office.office).await.unwrap().is_whole());
}

#[tokio::test]
async fn the_list_is_kept_by_those_who_may_and_two_of_them_do_not_undo_each_other() {
    let office = open().await;
    for by in [amara(), tom()] {
        assert!(refusal(list(&office.office, &by).await).starts_with("You cannot mark a VIP."));
        let saved = set(hand(&office, &by, ""), "a, b", "").await;
        assert!(refusal(saved).starts_with("You cannot mark a VIP."));
    }
    let (ruth, helen) = (ruth(), helen());
    let seen = list(&office.office, &ruth).await.unwrap();
    assert_eq!(seen.text, "");
    assert_eq!(
        fields(set(hand(&office, &ruth, ""), "nonsense", &seen.mark).await),
        ["list"]
    );
    set(hand(&office, &helen, "h"), "gov01, Chair of governors", &seen.mark)
        .await
        .unwrap();
    let late = set(hand(&office, &ruth, "r"), "vc, Vice-Chancellor", &seen.mark).await;
    assert!(matches!(&late, Err(ActError::Refused(Refused::NotNow(_)))), "{late:?}");
    let now = list(&office.office, &ruth).await.unwrap();
    assert_eq!(now.text, "gov01, Chair of governors");
    let same = set(hand(&office, &ruth, "same"), " gov01 ,Chair of governors", &now.mark).await;
    assert!(!same.unwrap(), "nothing changed");
}
