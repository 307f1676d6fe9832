//! Reading a case: its four tabs, its rail, and what stands in the address.

use testkit::people::{amara, marcus};

use crate::support::OpenSite;

#[tokio::test]
async fn the_timeline_says_what_happened_and_what_can_be_done_by_when() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let amara = site.browser(&amara()).await;
    amara.get(&case).await.says(
        200,
        &[
            "received Tuesday 9 June 2026, 9:15am, online form",
            "dropped four times during my online test",
            "A letter to my department, and an answer.",
            "Decision due in 3 working days",
            "How we worked out this date",
            "Owner: Amara Osei",
            "Message to Priya, sent by email",
            "It goes to priya@example.ac.uk.",
            "Record decision",
            "Move to stage 2",
        ],
    );
    let note = amara.get(&format!("{case}?write=note")).await;
    note.says(200, &["Note, staff only"]);
    assert!(!note.html.contains(r#"name="message""#), "two forms, never mixed up");
    let theirs = amara.get(&format!("{case}?show=theirs")).await;
    assert!(!theirs.html.contains("Owner: Amara Osei"), "Priya cannot see this");
}

#[tokio::test]
async fn a_notice_is_a_fixed_sentence_and_never_what_the_address_says() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let amara = site.browser(&amara()).await;
    amara
        .get(&format!("{case}?done=written"))
        .await
        .says(200, &["Your message to Priya is on its way."]);
    let forged = amara.get(&format!("{case}?done=Call+01632+960+999")).await;
    assert!(!forged.says(200, &[]).html.contains("960 999"));
}

#[tokio::test]
async fn details_jobs_and_audit_show_every_field_update_and_event() {
    let site = OpenSite::open().await;
    let reference = site.office.answered("k").await;
    let (case, folded) = (format!("/staff/c/{reference}"), site.office.case(&reference).await);
    let marcus = site.browser(&marcus()).await;
    marcus.get(&format!("{case}/details")).await.says(
        200,
        &[
            "priya@example.ac.uk",
            "Online form",
            "Tuesday 9 June 2026, 9:15am, by email",
            "Upheld by Amara Osei",
            "Given by email",
        ],
    );
    let job = folded.job.unwrap().number;
    marcus.get(&format!("{case}/jobs")).await.says(
        200,
        &[
            &job,
            "General-Customer Feedback",
            "Closed",
            "Decision at stage 1: upheld",
        ],
    );
    let audit = marcus.get(&format!("{case}/audit")).await;
    audit.says(
        200,
        &[
            "redress audit verify",
            "Tue 9 Jun 2026, 9:15:00am",
            "Stage 1 decision: upheld",
        ],
    );
    assert_eq!(
        audit.html.matches("<code>").count(),
        folded.sequence as usize + 1,
        "one hash for each event, and the command"
    );
}

#[tokio::test]
async fn a_case_of_somebody_else_leads_back_to_all_cases() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    site.browser(&amara())
        .await
        .get(&case)
        .await
        .says(200, &[">My work</a>"]);
    site.browser(&marcus())
        .await
        .get(&case)
        .await
        .says(200, &["All open cases</a>"]);
}
