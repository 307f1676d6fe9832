//! Cases about the same matter on a real store: both hold the link or neither, each is answered by itself, lists say the place (A27).

use casework::handling::{Hand, Seen, decide, group};
use casework::{ActError, rebuild};
use rules::case::event::Sameness;
use rules::case::{Event, Reference};
use rules::handling::decide::Telling;
use rules::handling::group::Linking;
use rules::intake::RawFeedback;
use rules::people::Person;
use storage::cases::GroupPlace;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris};
use testkit::words;

use crate::support::{fields, open, refusal};

fn same_matter() -> Linking {
    Linking {
        same: Sameness::SameMatter,
        reason: "The same evening in the same library".to_owned(),
    }
}

fn hand<'a>(office: &'a OpenOffice, by: &'a Person, reference: &'a Reference) -> Hand<'a> {
    Hand {
        office: &office.office,
        by,
        reference,
        seen: Seen::Whatever,
        once: None,
    }
}

async fn link(office: &OpenOffice, here: &Reference, there: &Reference) {
    group::link(hand(office, &amara(), here), there, &same_matter())
        .await
        .unwrap();
}

/// Three at stage 1, the second and the third linked with the first.
async fn three(office: &OpenOffice) -> [Reference; 3] {
    let all = [
        office.at_stage_1("a").await,
        office.at_stage_1("b").await,
        office.at_stage_1("c").await,
    ];
    link(office, &all[1], &all[0]).await;
    // It names one that follows, and is linked with the one that leads.
    link(office, &all[2], &all[1]).await;
    all
}

#[tokio::test]
async fn a_link_is_an_event_on_both_cases_and_a_group_has_one_leading_case() {
    let office = open().await;
    let [first, second, third] = three(&office).await;
    let leading = office.case(&first).await;
    assert!(leading.leads());
    assert_eq!(leading.links.len(), 2);
    for follower in [&second, &third] {
        let case = office.case(follower).await;
        assert_eq!(case.leading(), Some(&first));
        assert_eq!(case.links[0].reason, "The same evening in the same library");
    }
}

#[tokio::test]
async fn lists_and_pages_say_the_place_of_each_in_its_group() {
    let office = open().await;
    let [first, second, third] = three(&office).await;
    let alone = office.at_stage_1("d").await;
    let door = office.door(&amara());
    let lines = door
        .list(&casework::desk::Shown::Mine(amara().id), None)
        .await
        .unwrap()
        .lines;
    let place = |reference: &Reference| {
        let line = lines.iter().find(|line| line.reference == reference.to_string());
        line.unwrap().group
    };
    let of_three = |position| Some(GroupPlace { position, of: 3 });
    assert_eq!(place(&first), of_three(1));
    assert_eq!(place(&second), of_three(2));
    assert_eq!(place(&third), of_three(3));
    assert_eq!(place(&alone), None);

    let group = door.group(&office.case(&second).await).await.unwrap();
    let others: Vec<&str> = group.others.iter().map(|line| line.reference.as_str()).collect();
    assert_eq!(others, [first.to_string(), third.to_string()]);
    assert_eq!(group.leading, Some(first.to_string()));
    assert_eq!(group.place, of_three(2));
    let none = door.group(&office.case(&alone).await).await.unwrap();
    assert!(none.others.is_empty() && none.leading.is_none() && none.place.is_none());
}

#[tokio::test]
async fn each_is_answered_by_itself() {
    let office = open().await;
    let [first, second, _] = three(&office).await;
    let decision = words::decision_on(&office.case(&first).await);
    decide::decide(hand(&office, &amara(), &first), &decision, &Telling::InWriting)
        .await
        .unwrap();
    office.letters_arrive().await;
    assert!(!office.case(&first).await.is_open());
    let other = office.case(&second).await;
    assert!(
        other.is_open() && other.draft().is_none(),
        "the decision on one decides no other"
    );
}

#[tokio::test]
async fn taking_a_link_back_leaves_the_others_together() {
    let office = open().await;
    let [first, second, third] = three(&office).await;
    group::unlink(hand(&office, &amara(), &second), &first, "Another library")
        .await
        .unwrap();
    let door = office.door(&amara());
    assert!(!office.case(&second).await.is_in_group());
    let group = door.group(&office.case(&third).await).await.unwrap();
    assert_eq!(group.place, Some(GroupPlace { position: 2, of: 2 }));
    group::unlink(hand(&office, &amara(), &first), &third, "Nor this one")
        .await
        .unwrap();
    for reference in [&first, &second, &third] {
        let group = door.group(&office.case(reference).await).await.unwrap();
        assert!(group.place.is_none(), "{reference}");
    }
}

#[tokio::test]
async fn a_second_press_links_once() {
    let office = open().await;
    let (first, second) = (office.at_stage_1("a").await, office.at_stage_1("b").await);
    let by = amara();
    for _ in 0..2 {
        let hand = Hand {
            once: Some("key"),
            ..hand(&office, &by, &second)
        };
        group::link(hand, &first, &same_matter()).await.unwrap();
    }
    for reference in [&first, &second] {
        let file = office.door(&by).case(reference).await.unwrap();
        let links = file
            .history
            .iter()
            .filter(|recorded| matches!(recorded.event, Event::CaseLinked(_)));
        assert_eq!(links.count(), 1);
    }
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_beside_the_field() {
    let office = open().await;
    let [first, second, _] = three(&office).await;
    let nowhere: Reference = "FC-999".parse().unwrap();
    let asked = group::link(hand(&office, &amara(), &first), &nowhere, &same_matter()).await;
    assert_eq!(fields(asked), ["other"]);
    let asked = group::link(hand(&office, &amara(), &first), &second, &same_matter()).await;
    assert!(refusal(asked).contains("in the same group already"));
    let asked = group::link(hand(&office, &iris(), &first), &second, &same_matter()).await;
    assert!(refusal(asked).starts_with("You cannot link cases"));
    let asked = group::link(hand(&office, &amara(), &nowhere), &first, &same_matter()).await;
    assert!(matches!(asked, Err(ActError::NotFound)));
}

#[tokio::test]
async fn many_links_at_once_wait_for_each_other_and_all_are_kept() {
    let office = open().await;
    let leading = office.at_stage_1("leading").await;
    let mut others = Vec::new();
    for key in ["a", "b", "c", "d"] {
        others.push(office.at_stage_1(key).await);
    }
    let by = amara();
    let links = others.iter().enumerate().map(|(n, other)| {
        let (here, there) = if n % 2 == 0 {
            (other, &leading)
        } else {
            (&leading, other)
        };
        let (hand, by) = (hand(&office, &by, here), same_matter());
        async move { group::link(hand, there, &by).await.map(|_| ()) }
    });
    let done = futures_all(links.collect()).await;
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(office.case(&leading).await.links.len(), 4);
}

async fn futures_all<F: std::future::Future>(all: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = all.into_iter().map(|one| Some(Box::pin(one))).collect();
    let mut done: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (place, slot) in waiting.iter_mut().zip(&mut done) {
            if let Some(future) = place
                && let std::task::Poll::Ready(answer) = future.as_mut().poll(context)
            {
                *slot = Some(answer);
                *place = None;
            }
        }
        match waiting.iter().all(Option::is_none) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn the_doctor_makes_groups_again_from_the_events() {
    let office = open().await;
    let [first, ..] = three(&office).await;
    let healthy = rebuild::rebuild(&office.office).await.unwrap();
    assert!(healthy.differences.is_empty(), "{:?}", healthy.differences);
    let lost = first.to_string();
    office
        .office
        .store()
        .write(move |tx| Box::pin(async move { storage::cases::set_group(tx, &lost, None).await }))
        .await
        .unwrap();
    let mended = rebuild::rebuild(&office.office).await.unwrap();
    assert_eq!(mended.differences[0].table, "case_groups");
    let group = office.door(&amara()).group(&office.case(&first).await).await.unwrap();
    assert_eq!(group.place, Some(GroupPlace { position: 1, of: 3 }));
}

#[tokio::test]
async fn likely_duplicates_are_found_by_person_job_and_words() {
    let office = open().await;
    let of = |email: &str, words: &str, job: &str| RawFeedback {
        email: email.to_owned(),
        username: String::new(),
        phone: String::new(),
        words: words.to_owned(),
        existing_job: job.to_owned(),
        ..words::form()
    };
    let mut all = Vec::new();
    for (n, raw) in [
        of(
            "p@example.ac.uk",
            "The projector in Lovelace seminar room stays dark.",
            "F0980554",
        ),
        of("p@example.ac.uk", "Nobody answers the phone at all.", ""),
        of("q@example.ac.uk", "My screen is black.", "F0980554"),
        of(
            "r@example.ac.uk",
            "The projector of the Lovelace seminar room is broken.",
            "",
        ),
        of("s@example.ac.uk", "Printing is slow.", ""),
    ]
    .iter()
    .enumerate()
    {
        let door = casework::PublicDoor::of(office.office.clone());
        all.push(door.complain(raw, &n.to_string()).await.unwrap().reference);
    }
    let door = office.door(&amara());
    let found = door.alike(&office.case(&all[0]).await).await.unwrap();
    let found: Vec<(casework::desk::Why, String)> =
        found.into_iter().map(|(why, line)| (why, line.reference)).collect();
    use casework::desk::Why;
    assert_eq!(
        found,
        [
            (Why::SamePerson, all[1].to_string()),
            (Why::SameJob, all[2].to_string()),
            (Why::SameWords, all[3].to_string()),
        ]
    );
    link(&office, &all[1], &all[0]).await;
    let found = door.alike(&office.case(&all[0]).await).await.unwrap();
    assert!(found.iter().all(|(_, line)| line.reference != all[1].to_string()));
}
