//! Saved views of the list of all cases: kept per person or for the office, counted for whoever looks.

use casework::desk::{Shown, Wanted};
use casework::views::{self, ViewId};
use rules::office::views::Whose;
use testkit::people::{amara, iris, marcus, ruth, tom};

use crate::support::{open, refusal};

#[tokio::test]
async fn own_views_are_seen_by_their_owner_and_shared_ones_by_everybody() {
    let office = open().await;
    let house = &office.office;
    views::save(house, &amara(), Whose::Own, "Mine", "owner=1")
        .await
        .unwrap();
    views::save(house, &ruth(), Whose::Office, "Late", "late=yes")
        .await
        .unwrap();
    let names = |views: views::Views| {
        views
            .all()
            .map(|(id, view)| format!("{id} {}", view.name))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(office.door(&amara()).views().await.unwrap()),
        ["own-1 Mine", "office-1 Late"]
    );
    assert_eq!(names(office.door(&marcus()).views().await.unwrap()), ["office-1 Late"]);
    let shared: ViewId = "office-1".parse().unwrap();
    for refused in [
        views::save(house, &amara(), Whose::Office, "For all", "late=yes").await,
        views::rename(house, &iris(), shared, "Mine now").await,
        views::delete(house, &amara(), shared).await,
    ] {
        assert!(refusal(refused).contains("save a view for the whole office"));
    }
    refusal(views::save(house, &tom(), Whose::Own, "Cases", "late=yes").await);
    views::rename(house, &marcus(), shared, "Late ones").await.unwrap();
    assert_eq!(
        names(office.door(&iris()).views().await.unwrap()),
        ["office-1 Late ones"]
    );
}

#[tokio::test]
async fn the_list_opens_with_the_chosen_view_until_it_is_deleted() {
    let office = open().await;
    let house = &office.office;
    views::save(house, &ruth(), Whose::Office, "Late", "late=yes")
        .await
        .unwrap();
    let view: ViewId = "office-1".parse().unwrap();
    views::start_with(house, &amara(), Some(view)).await.unwrap();
    let start = |views: &views::Views| views.start().map(|(id, view)| (id, view.query.clone()));
    let opened = office.door(&amara()).views().await.unwrap();
    assert_eq!(start(&opened), Some((view, "late=yes".to_owned())));
    assert_eq!(
        start(&office.door(&ruth()).views().await.unwrap()),
        None,
        "each chooses for themselves"
    );
    views::delete(house, &ruth(), view).await.unwrap();
    assert_eq!(start(&office.door(&amara()).views().await.unwrap()), None);
    for nonsense in ["", "own", "own-x", "all-1"] {
        assert!(nonsense.parse::<ViewId>().is_err(), "{nonsense}");
    }
}

#[tokio::test]
async fn two_who_save_at_once_both_find_their_view() {
    let office = open().await;
    let house = &office.office;
    let (ruth, marcus) = (ruth(), marcus());
    let (one, other) = tokio::join!(
        views::save(house, &ruth, Whose::Office, "One", "late=yes"),
        views::save(house, &marcus, Whose::Office, "Other", "stage=2"),
    );
    one.unwrap();
    other.unwrap();
    assert_eq!(office.door(&ruth).views().await.unwrap().office.views.len(), 2);
}

#[tokio::test]
async fn a_question_counts_what_its_list_shows() {
    let office = open().await;
    office.at_stage_1("k").await;
    office.at_stage_2("l").await;
    office.receive("m").await;
    let stage = |stage| Wanted {
        stage: Some(stage),
        ..Wanted::default()
    };
    let wanted = [Wanted::default(), stage(2), stage(1)];
    let door = office.door(&ruth());
    let counts = door.count(&wanted).await.unwrap();
    assert_eq!(counts, [3, 1, 1]);
    for (wanted, count) in wanted.iter().zip(counts) {
        let list = door.list(&Shown::Cases(wanted.clone()), None).await.unwrap();
        assert_eq!(i64::try_from(list.lines.len()).unwrap(), count);
    }
    refusal(office.door(&tom()).count(&wanted).await);
}
