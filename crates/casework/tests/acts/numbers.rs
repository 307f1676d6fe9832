//! The numbers of cases: given out once each, in their order, whoever presses twice, is refused, or comes after the office was closed.

use std::collections::BTreeSet;

use casework::ActError;
use casework::intake::complain::complain;
use casework::intake::log::{LogCall, Next, log};
use rules::case::vocabulary::Channel;
use rules::intake::RawFeedback;
use storage::counters;
use testkit::office::OpenOffice;
use testkit::people::amara;
use testkit::{house, words};

use crate::support::open;

async fn upcoming(office: &OpenOffice, name: &'static str) -> i64 {
    let look = office
        .office
        .store()
        .read(move |tx| Box::pin(async move { counters::upcoming(tx, name, 0).await }));
    look.await.unwrap()
}

/// So many people send the form at the same moment; answers the numbers of their cases.
async fn at_once(office: &OpenOffice, keys: impl Iterator<Item = String>) -> Vec<i64> {
    let sending: Vec<_> = keys
        .map(|key| {
            let office = office.office.clone();
            tokio::spawn(async move { complain(&office, &words::form(), &key).await })
        })
        .collect();
    let mut numbers = Vec::new();
    for sent in sending {
        numbers.push(sent.await.unwrap().unwrap().reference.number());
    }
    numbers
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_come_at_once_get_a_number_each_and_none_is_left_out() {
    let office = open().await;
    let numbers = at_once(&office, (0..100).map(|key| key.to_string())).await;
    let given: BTreeSet<i64> = numbers.into_iter().collect();
    assert_eq!(given, (10_001..10_101).collect());
    office.office.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_is_closed_in_order_leaves_no_gap() {
    let office = open().await;
    at_once(&office, (0..20).map(|key| key.to_string())).await;
    let (case, job) = (upcoming(&office, "case").await, upcoming(&office, "job").await);
    assert!(case >= 10_021 && job - case == 990_000, "{case} and {job}");
    office.office.give_numbers_back().await.unwrap();
    assert_eq!(upcoming(&office, "case").await, 10_021);
    assert_eq!(upcoming(&office, "job").await, 1_000_021);
    let again = office.opened_again(house::calendar_files()).await;
    assert_eq!(again.receive("later").await.number(), 10_021);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_pressed_by_an_impatient_hand_is_one_case_and_costs_no_number() {
    let office = open().await;
    let numbers = at_once(&office, (0..30).map(|_| "the same".to_owned())).await;
    let given: BTreeSet<i64> = numbers.into_iter().collect();
    assert_eq!(given.len(), 1, "{given:?}");
    let next: BTreeSet<i64> = at_once(&office, (0..40).map(|key| key.to_string()))
        .await
        .into_iter()
        .collect();
    let all: BTreeSet<i64> = given.union(&next).copied().collect();
    assert_eq!(
        all,
        (10_001..10_042).collect(),
        "what the others did not need went to the next"
    );
}

#[tokio::test]
async fn a_call_that_is_refused_costs_no_number() {
    let office = open().await;
    let call = |next| LogCall {
        raw: RawFeedback {
            kind: "complaint".to_owned(),
            ..words::form()
        },
        channel: Channel::Phone,
        received_at: None,
        vip: None,
        next,
        key: String::new(),
    };
    let refused = log(&office.office, call(Next::Investigation("  ".to_owned())), &amara()).await;
    assert!(matches!(refused, Err(ActError::Refused(_))), "{refused:?}");
    let kept = log(&office.office, call(Next::Triage), &amara()).await.unwrap();
    assert_eq!(kept.reference.number(), 10_001);
}
