//! The list of letters that did not arrive: why, what to do, a button for each, and nothing of cases out of reach (R18, A8, invariant 12).

use casework::jobs::post::Afterwards;
use casework::mail::report::{Taken, take};
use casework::mail::token;
use rules::mail::{Reason, Recipient, Report, ReportKind};
use testkit::people::{amara, grace, iris, jo, marcus, ruth, tom};
use testkit::words;

use super::{due, refuse, undelivered_decision};
use crate::sealed::about_jo;
use crate::support::OpenSite;

const PAGE: &str = "/staff/undelivered";

#[tokio::test]
async fn a_letter_that_was_refused_is_listed_and_sent_again_by_its_button() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    amara
        .get(PAGE)
        .await
        .says(200, &["Every letter has left, or is still being tried."]);
    let reference = undelivered_decision(&site).await.to_string();
    let list = amara.get(PAGE).await;
    list.says(
        200,
        &[
            &format!("The decision, {reference}"),
            "there is no such mailbox",
            "or correct the address and send it again.",
            &format!("Send the decision of {reference} again"),
        ],
    );
    let fields = [
        ("reference", list.hidden("reference")),
        ("letter", list.hidden("letter")),
    ];
    amara.post(PAGE, &fields).await.leads_to(&format!("{PAGE}?done=again"));
    amara
        .get(&format!("{PAGE}?done=again"))
        .await
        .says(200, &["Sent again.", "Every letter has left, or is still being tried."]);
    assert_eq!(due(&site).await.len(), 1, "it goes out");
    amara.post(PAGE, &fields).await.says(422, &["is on its way"]);
}

#[tokio::test]
async fn a_letter_that_came_back_is_on_the_list_and_on_the_timeline() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let number = site.office.outbox(&reference).await[0].id;
    let report = came_back(&site, number);
    let delayed = Report {
        kind: ReportKind::Delayed,
        ..report.clone()
    };
    take(&site.office.office, &delayed, &[]).await.unwrap();
    let amara = site.browser(&amara()).await;
    let case = format!("/staff/c/{reference}");
    amara
        .get(&case)
        .await
        .says(200, &["The acknowledgement is late", "the mailbox is full"]);
    amara
        .get(PAGE)
        .await
        .says(200, &["Every letter has left, or is still being tried."]);
    take(&site.office.office, &report, &[]).await.unwrap();
    amara.get(&case).await.says(
        200,
        &["Acknowledgement not delivered", "it came back", "Nobody tries again."],
    );
    amara.get(PAGE).await.says(
        200,
        &[
            "The mail server had taken it, and it came back.",
            "the mailbox is full (5.2.2)",
        ],
    );
}

#[tokio::test]
async fn what_waits_stands_on_the_timeline_with_its_next_try() {
    let site = OpenSite::open().await;
    let taken = site.office.public().complain(&words::form(), "k").await.unwrap();
    let reference = taken.reference;
    let ruth = site.browser(&ruth()).await;
    let case = format!("/staff/c/{reference}");
    ruth.get(&case)
        .await
        .says(200, &["The acknowledgement waits to go out"]);
    let again_at = site.office.office.now() + jiff::SignedDuration::from_mins(5);
    refuse(&site, Afterwards::RetryAt(again_at)).await;
    ruth.get(&case)
        .await
        .says(200, &["The acknowledgement waits to go out, next try"]);
}

#[tokio::test]
async fn nobody_learns_of_a_case_that_is_not_theirs() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k").await;
    let letter = site.office.outbox(&reference).await[0].id;
    let report = came_back(&site, letter);
    let taken = take(&site.office.office, &report, &[]).await.unwrap();
    assert!(matches!(taken, Taken::OnRecord { .. }), "{taken:?}");
    let reference = reference.to_string();
    for who in [amara(), jo(), marcus()] {
        let page = site.browser(&who).await.get(PAGE).await;
        page.says(200, &[]);
        assert!(!page.html.contains(&reference), "{}: {}", who.name, page.html);
    }
    for who in [iris(), tom(), grace()] {
        site.browser(&who).await.get(PAGE).await.says(403, &[]);
    }
    let ruth = site.browser(&ruth()).await.get(PAGE).await;
    ruth.says(200, &[&reference, "it is restricted, and its page says why"]);
    assert!(
        !ruth.html.contains("mailbox is full"),
        "who reads why is put on record by the page of the case"
    );
    let forged = [("reference", reference.as_str()), ("letter", "acknowledgement")];
    site.browser(&amara()).await.post(PAGE, &forged).await.says(404, &[]);
}

fn came_back(site: &OpenSite, letter: i64) -> Report {
    Report {
        kind: ReportKind::Failed,
        recipients: vec![Recipient {
            address: None,
            status: Some("5.2.2".to_owned()),
            reason: Reason::MailboxFull,
            diagnostic: None,
        }],
        letter: None,
        envelope: Some(token::of_envelope(&site.office.office, letter)),
    }
}
