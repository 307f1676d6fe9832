//! Lists, figures, jobs and searches reach exactly as far as the rule shows (invariant 12), and no file says whom a complaint is about.

use std::collections::BTreeSet;

use jiff::civil::date;
use rules::case::vocabulary::Lane;
use rules::confidential::sight::{reach, reach_of_words};
use rules::confidential::{Guard, Reach, Sight, sight};
use rules::people::{Act, Person, Role, StaffId, may};
use storage::Store;
use storage::cases::{self, CaseFilter, CaseRow, Counts, Order};
use storage::jobs::{self, JobFilter};
use storage::search::{self, Weight};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{case, job, later};

/// A case, and those whom it is about.
struct Kept {
    row: CaseRow,
    named: Vec<i64>,
}

/// Every lane with every owner, with and without a letter that waits, about nobody or about one of three.
fn every_case() -> Vec<Kept> {
    let mut all = Vec::new();
    let mut number = 0;
    for lane in Lane::ALL {
        for owner_id in [None, Some(1), Some(2), Some(3)] {
            for state in ["received", "open", "sign_off", "closed"] {
                for named in [vec![], vec![1], vec![2, 3]] {
                    number += 1;
                    let closed_at = (state == "closed").then(|| later(7));
                    let row = CaseRow {
                        lane: lane.code().to_owned(),
                        owner_id,
                        state: state.to_owned(),
                        closed_at,
                        ..case(number)
                    };
                    all.push(Kept { row, named });
                }
            }
        }
    }
    all
}

fn people() -> Vec<Person> {
    let with = |id, roles: &[Role]| Person {
        id: StaffId(id),
        name: format!("Person {id}"),
        job_title: String::new(),
        roles: roles.iter().copied().collect(),
    };
    vec![
        with(1, &[Role::FrontlineHandler]),
        with(1, &[Role::FrontlineManager]),
        with(2, &[Role::Investigator, Role::SignOffAuthority]),
        with(2, &[Role::SignOffAuthority]),
        with(3, &[Role::ComplaintsCoordinator]),
        with(3, &[Role::Auditor]),
        with(4, &[Role::DataProtectionOfficer]),
        with(2, &[Role::Auditor, Role::Investigator]),
    ]
}

async fn keep(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            for kept in every_case() {
                let reference = &kept.row.reference;
                cases::put(tx, &kept.row).await?;
                cases::keep_from(tx, reference, &kept.named).await?;
                search::index(tx, reference, &[(Weight::Words, "printer")]).await?;
                jobs::put(tx, &job(u32::try_from(kept.row.number).unwrap(), reference, None)).await?;
            }
            Ok(())
        })
    })
    .await;
}

/// The references of which the rule shows somebody so much.
fn shown(who: &Person, enough: Sight) -> BTreeSet<String> {
    let seen = |kept: &Kept| {
        let guard = Guard {
            lane: Lane::from_code(&kept.row.lane).unwrap(),
            owner: kept.row.owner_id.map(StaffId),
            letter_waits: kept.row.state == "sign_off",
            named: kept.named.iter().map(|id| StaffId(*id)).collect(),
        };
        sight(&guard, who) >= Some(enough)
    };
    let all = every_case().into_iter().filter(seen);
    all.map(|kept| kept.row.reference).collect()
}

async fn listed(store: &Store, reach: Reach) -> BTreeSet<String> {
    let filter = CaseFilter {
        reach: Some(reach),
        ..CaseFilter::default()
    };
    let rows = read(store, move |tx| {
        Box::pin(async move { cases::list(tx, &filter, Order::DueFirst, None, 500).await })
    });
    rows.await.into_iter().map(|row| row.reference).collect()
}

#[test]
fn what_lists_jobs_and_searches_hold_is_what_the_rule_shows() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        keep(&store).await;
        for who in people() {
            assert!(may(&who, Act::SeeCases));
            let seen = shown(&who, Sight::Outline);
            assert!(seen.len() >= 48, "the open lane is for everybody");
            let words = format!("{:?}", who.roles);
            assert_eq!(listed(&store, reach(&who)).await, seen, "{words}");

            let filter = JobFilter {
                reach: Some(reach(&who)),
                ..JobFilter::default()
            };
            let jobs = read(&store, move |tx| {
                Box::pin(async move { jobs::list(tx, &filter, None, 500).await })
            });
            let jobs: BTreeSet<String> = jobs.await.into_iter().map(|job| job.reference).collect();
            assert_eq!(jobs, seen, "{words}");

            let words_reach = reach_of_words(&who);
            let found = read(&store, move |tx| {
                Box::pin(async move { search::find(tx, "printer", 500, &words_reach).await })
            });
            let found: BTreeSet<String> = found.await.into_iter().map(|found| found.reference).collect();
            assert_eq!(found, shown(&who, Sight::Whole), "{words}");

            for kept in every_case() {
                let (reference, reach) = (kept.row.reference.clone(), reach(&who));
                let within = read(&store, move |tx| {
                    Box::pin(async move { cases::is_within(tx, &reference, &reach).await })
                });
                assert_eq!(within.await, seen.contains(&kept.row.reference), "{words}");
            }
        }
    });
}

#[test]
fn figures_count_what_lists_hold_and_no_case_more() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        keep(&store).await;
        for who in people() {
            let reach = reach(&who);
            let counted = read(&store, move |tx| {
                Box::pin(async move {
                    let open = cases::counts(tx, reach.of.0, later(0), date(2026, 10, 12)).await?;
                    let today = date(2026, 10, 12);
                    Ok(open.and(cases::restricted_counts(tx, &reach, later(0), today).await?))
                })
            })
            .await;
            let seen = shown(&who, Sight::Outline);
            let mut expected = Counts::default();
            let all = every_case();
            for kept in all.iter().filter(|kept| seen.contains(&kept.row.reference)) {
                if kept.row.closed_at.is_some() {
                    continue;
                }
                expected.open += 1;
                expected.mine += i64::from(kept.row.owner_id == Some(who.id.0));
                expected.triage += i64::from(kept.row.state == "received");
                expected.awaiting_sign_off += i64::from(kept.row.state == "sign_off");
            }
            assert_eq!(counted, expected, "{:?}", who.roles);
        }
    });
}

#[test]
fn a_full_page_of_results_is_not_made_shorter_by_what_is_hidden() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        keep(&store).await;
        let handler = people().swap_remove(0);
        let reach = reach_of_words(&handler);
        let found = read(&store, move |tx| {
            Box::pin(async move { search::find(tx, "printer", 40, &reach).await })
        });
        assert_eq!(found.await.len(), 40);
    });
}

#[test]
fn a_reference_that_is_not_there_lies_within_no_reach() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let coordinator = people().swap_remove(4);
        let reach = reach(&coordinator);
        let within = read(&store, move |tx| {
            Box::pin(async move { cases::is_within(tx, "FC-9", &reach).await })
        });
        assert!(!within.await);
    });
}

#[test]
fn naming_others_takes_the_place_of_those_before() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let coordinator = people().swap_remove(4);
        let seen = |store: &Store| {
            let (store, reach) = (store.clone(), reach(&coordinator));
            async move { listed(&store, reach).await.len() }
        };
        write(&store, |tx| {
            Box::pin(async move {
                let restricted = CaseRow {
                    lane: "restricted".to_owned(),
                    ..case(1)
                };
                cases::put(tx, &restricted).await?;
                cases::keep_from(tx, "FC-1", &[3, 4]).await
            })
        })
        .await;
        assert_eq!(seen(&store).await, 0);
        write(&store, |tx| {
            Box::pin(async move { cases::keep_from(tx, "FC-1", &[4]).await })
        })
        .await;
        assert_eq!(seen(&store).await, 1);
        let hashes = place.raw().await.texts("SELECT staff_hash FROM case_kept_from").await;
        assert_eq!(hashes.len(), 1);
        assert!(
            hashes[0].starts_with("\\x") && hashes[0].len() >= 34,
            "a keyed hash, not a number: {hashes:?}"
        );
    });
}
