//! Reading the office log: who may, in which order, page by page.

use casework::desk::office_log::page;
use casework::people::change;
use rules::people::{Act, Role, permission};
use testkit::office::OpenOffice;
use testkit::people::{amara, everybody, tom};
use testkit::story::TUESDAY;

use crate::written::{hand, log, with_roles};

#[tokio::test]
async fn administrators_and_auditors_read_it_and_others_are_told_who_can() {
    let open = OpenOffice::at(TUESDAY).await;
    let mut readers = Vec::new();
    for by in everybody() {
        match page(&open.office, None, &by).await {
            Ok(page) => {
                assert!(!page.lines.is_empty());
                readers.push(by.name.clone());
            }
            Err(refused) => assert_eq!(
                refused.to_string(),
                "You cannot read the office log. Ask a data protection officer, an auditor or an administrator."
            ),
        }
    }
    assert_eq!(readers, ["Iris Novak", "Tom Ferreira"]);
    assert!(permission::allowed(Act::SeeOfficeLog).contains(&Role::DataProtectionOfficer));
}

#[tokio::test]
async fn a_long_log_is_read_page_by_page_the_newest_first_and_none_twice() {
    let open = OpenOffice::at(TUESDAY).await;
    for turn in 0..60 {
        let mut to = with_roles(&amara(), &[Role::FrontlineHandler]);
        to.job_title = format!("Analyst {turn}");
        change(hand(&open.office, &tom(), ""), amara().id, &to).await.unwrap();
    }
    let first = page(&open.office, None, &tom()).await.unwrap();
    assert_eq!(first.lines.len(), 50);
    assert!(first.lines.windows(2).all(|pair| pair[0].sequence > pair[1].sequence));
    let second = page(&open.office, first.next, &tom()).await.unwrap();
    assert_eq!(second.next, None);
    let whole = log(&open.office).await;
    let sequences: Vec<u32> = whole.iter().map(|line| line.sequence).collect();
    assert_eq!(sequences, (1..=u32::try_from(whole.len()).unwrap()).collect::<Vec<_>>());
    assert!(page(&open.office, Some(1), &tom()).await.unwrap().lines.is_empty());
}
