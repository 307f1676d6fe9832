//! A group tells nobody of a restricted case that they may not see: not in its lines, its counts or its leading case (invariant 12).

use casework::desk::Shown;
use casework::handling::{confidential, group};
use rules::case::event::Sameness;
use rules::confidential::lane::Restriction;
use rules::handling::group::Linking;
use storage::cases::GroupPlace;
use testkit::people::{amara, dana, helen, jo, marcus, ruth};
use testkit::words::judged_for;

use crate::support::{about, about_jo, hand, open, ticked};

fn same_matter() -> Linking {
    Linking {
        same: Sameness::SameMatter,
        reason: "The same man at the same counter".to_owned(),
    }
}

#[tokio::test]
async fn whoever_deals_with_one_of_a_restricted_group_sees_no_trace_of_the_others() {
    let office = open().await;
    let first = ticked(&office, "a").await;
    let mut judgement = judged_for(&dana());
    judgement.risk.complex = true;
    judgement.risk.reason = Some("Two desks were involved".to_owned());
    confidential::named_and_triaged(hand(&office, &ruth(), &first), &about(&[jo()]), &judgement)
        .await
        .unwrap();
    let second = about_jo(&office, "b", &marcus()).await;
    let third = about_jo(&office, "c", &marcus()).await;
    let helen = helen();
    for other in [&second, &third] {
        group::link(hand(&office, &helen, other), &first, &same_matter())
            .await
            .unwrap();
    }
    // Marcus has two of the three, and the leading one is not among them.
    let case = office.case(&second).await;
    let seen = office.door(&marcus()).group(&case).await.unwrap();
    let others: Vec<&str> = seen.others.iter().map(|line| line.reference.as_str()).collect();
    assert_eq!(others, [third.to_string()]);
    assert_eq!(seen.leading, None);
    assert_eq!(seen.place, Some(GroupPlace { position: 1, of: 2 }));
    // Dana has the leading one, and as far as she can tell it stands alone.
    let seen = office.door(&dana()).group(&office.case(&first).await).await.unwrap();
    assert!(seen.others.is_empty() && seen.place.is_none());
    let mine = office.door(&dana()).list(&Shown::Mine(dana().id), None).await.unwrap();
    assert!(mine.lines.iter().all(|line| line.group.is_none()));
    // Helen reads all of them.
    let seen = office.door(&helen).group(&case).await.unwrap();
    assert_eq!(seen.place, Some(GroupPlace { position: 2, of: 3 }));
    assert_eq!(seen.leading, Some(first.to_string()));
}

#[tokio::test]
async fn no_link_can_be_made_with_a_case_that_somebody_does_not_see() {
    let office = open().await;
    let hidden = about_jo(&office, "a", &marcus()).await;
    let open_case = office.at_stage_1("b").await;
    let amara = amara();
    let asked = group::link(hand(&office, &amara, &open_case), &hidden, &same_matter()).await;
    let nowhere = "FC-999".parse().unwrap();
    let nothing = group::link(hand(&office, &amara, &open_case), &nowhere, &same_matter()).await;
    assert_eq!(asked.unwrap_err().to_string(), nothing.unwrap_err().to_string());
    // And whoever sees both is told that an open case must not point there.
    let asked = group::link(hand(&office, &helen(), &open_case), &hidden, &same_matter()).await;
    assert!(asked.unwrap_err().to_string().contains("may point to a restricted one"));
    assert!(!office.case(&open_case).await.is_in_group());
}

#[tokio::test]
async fn a_case_of_a_group_is_restricted_once_it_stands_alone() {
    let office = open().await;
    let (one, other) = (office.at_stage_1("a").await, office.at_stage_1("b").await);
    let ruth = ruth();
    group::link(hand(&office, &ruth, &one), &other, &same_matter())
        .await
        .unwrap();
    let restriction = Restriction {
        reason: "About the desk".to_owned(),
        named: about(&[jo()]),
        to: Some(marcus()),
    };
    let asked = confidential::restrict(hand(&office, &ruth, &one), &restriction).await;
    assert!(asked.unwrap_err().to_string().contains("Take the links back first"));
    group::unlink(hand(&office, &ruth, &one), &other, "About a person")
        .await
        .unwrap();
    confidential::restrict(hand(&office, &ruth, &one), &restriction)
        .await
        .unwrap();
}
