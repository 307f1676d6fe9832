//! Saved views on the pages: above the list with their counts, renamed, deleted, one with which the list opens.

use casework::people::OfficeHand;
use casework::people::leave::leave;
use testkit::people::{amara, dana, iris, owen, ruth, tom};

use crate::support::OpenSite;

const VIEWS: &str = "/staff/cases/views";

#[tokio::test]
async fn what_a_list_is_narrowed_by_is_saved_and_stands_above_it_with_its_count() {
    let site = OpenSite::open().await;
    site.office.at_stage_2("l").await;
    site.office.at_stage_1("k").await;
    let (amara, iris) = (site.browser(&amara()).await, site.browser(&iris()).await);
    let plain = amara.get("/staff/cases").await;
    assert!(!plain.html.contains("Save this view"), "there is nothing to save");
    let narrow = amara.get("/staff/cases?stage=2").await;
    narrow.says(200, &["Save this view", r#"name="query" value="stage=2""#]);
    assert!(
        !narrow.html.contains("Show it to everybody"),
        "who leads no work saves their own only"
    );
    amara
        .post(VIEWS, &[("name", "At stage 2"), ("query", "stage=2&evil=<b>&after=x")])
        .await
        .leads_to("/staff/cases?stage=2&done=view");
    let page = amara.get("/staff/cases?stage=2&done=view").await;
    page.says(
        200,
        &[
            "The view is saved.",
            r#"<a href="/staff/cases?stage=2" aria-current="true">At stage 2 <b>1</b></a>"#,
        ],
    );
    assert!(!page.html.contains("Save this view"), "it is saved already");
    assert!(!iris.get("/staff/cases").await.html.contains("At stage 2"));
    amara
        .post(VIEWS, &[("name", "at STAGE 2"), ("query", "late=yes")])
        .await
        .says(
            422,
            &[
                "There is a problem",
                r##"href="#name""##,
                "at STAGE 2",
                r#"name="query" value="late=yes""#,
            ],
        );
    amara
        .post(VIEWS, &[("name", "Everything"), ("query", "stage=99&owner=zero")])
        .await
        .says(422, &["Narrow the list first"]);
}

#[tokio::test]
async fn a_view_of_the_office_is_saved_by_who_leads_work_and_changed_by_nobody_else() {
    let site = OpenSite::open().await;
    let (ruth, amara) = (site.browser(&ruth()).await, site.browser(&amara()).await);
    ruth.get("/staff/cases?late=yes")
        .await
        .says(200, &["Show it to everybody in the office"]);
    let shared = [("name", "Late"), ("query", "late=yes"), ("share", "yes")];
    amara
        .post(VIEWS, &shared)
        .await
        .says(403, &["You cannot save a view for the whole office"]);
    ruth.post(VIEWS, &shared)
        .await
        .leads_to("/staff/cases?late=yes&done=view");
    amara.get("/staff/cases?stage=1").await.says(200, &["Late <b>0</b>"]);
    let theirs = amara.get(VIEWS).await;
    theirs.says(200, &["Late", "No cases. Everybody in the office sees this view."]);
    assert!(!theirs.html.contains("Rename Late"));
    amara
        .post(&format!("{VIEWS}/office-1"), &[("name", "Mine")])
        .await
        .says(403, &["Ask"]);
    ruth.get(VIEWS).await.says(200, &["Rename Late", "Delete Late"]);
    ruth.post(&format!("{VIEWS}/office-1"), &[("name", "")])
        .await
        .says(422, &[r##"href="#name-office-1""##, "Give the view a name"]);
    ruth.post(&format!("{VIEWS}/office-1"), &[("name", "Overdue")])
        .await
        .leads_to(&format!("{VIEWS}?done=renamed"));
    ruth.post(&format!("{VIEWS}/office-1/delete"), &[])
        .await
        .leads_to(&format!("{VIEWS}?done=deleted"));
    ruth.get(VIEWS).await.says(200, &["No view is saved yet."]);
}

#[tokio::test]
async fn the_list_opens_with_a_view_and_every_open_case_is_one_press_away() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    amara.post(VIEWS, &[("name", "Late"), ("query", "late=yes")]).await;
    amara
        .post(&format!("{VIEWS}/start"), &[("start", "own-1")])
        .await
        .leads_to(&format!("{VIEWS}?done=start"));
    amara.get("/staff/cases").await.leads_to("/staff/cases?late=yes");
    amara
        .get("/staff/cases?late=yes")
        .await
        .says(200, &[r#"href="/staff/cases?state=open""#, "Clear"]);
    amara
        .get("/staff/cases?state=open")
        .await
        .says(200, &["All open cases"]);
    amara.post(&format!("{VIEWS}/start"), &[("start", "none")]).await;
    amara.get("/staff/cases").await.says(200, &["All open cases"]);
    amara.get(&format!("{VIEWS}/own-1")).await.leads_to(VIEWS);
}

#[tokio::test]
async fn a_view_of_somebody_who_left_or_of_a_service_that_is_gone_opens_and_says_so() {
    let site = OpenSite::open().await;
    site.office.at_stage_2("k").await;
    let ruth = site.browser(&ruth()).await;
    let query = format!("owner={}", dana().id.0);
    ruth.post(VIEWS, &[("name", "Dana’s"), ("query", &query)]).await;
    ruth.post(VIEWS, &[("name", "Old"), ("query", "service=Z9")]).await;
    let hand = OfficeHand {
        office: &site.office.office,
        by: &tom(),
        once: "leave",
    };
    leave(hand, dana().id, Some(owen().id)).await.unwrap();
    ruth.get(&format!("/staff/cases?{query}")).await.says(
        200,
        &[
            "Dana Kowalczyk has left. You see what is still with them.",
            "Dana’s <b>0</b>",
            "Dana Kowalczyk (former)",
        ],
    );
    ruth.get("/staff/cases?service=Z9").await.says(
        200,
        &[
            "The service Z9 is not in the procedure any more.",
            r#"<option value="Z9" selected>Z9 (no longer used)</option>"#,
            "Old <b>0</b>",
        ],
    );
    ruth.get(VIEWS)
        .await
        .says(200, &["The service Z9 is not in the procedure any more."]);
}
