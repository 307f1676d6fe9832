//! Keeping periods, a hold on a case, and what is told of one that is gone (P40).

use testkit::people::{amara, iris, leila, ruth, tom};

use crate::support::OpenSite;

const PAGE: &str = "/staff/settings/keeping";

#[tokio::test]
async fn a_case_is_held_on_its_page_and_stands_among_those_that_are_held() {
    let site = OpenSite::open().await;
    let case = site.office.answered("k").await;
    let page = format!("/staff/c/{case}/keeping");
    let ruth = site.browser(&ruth()).await;
    ruth.get(&page)
        .await
        .says(200, &["Settled at stage 1", "Tuesday 9 June 2026", "Hold it"]);
    ruth.post(&page, &[("step", "hold"), ("reason", " ")])
        .await
        .says(422, &["Say why it has to be kept"]);
    ruth.post(&page, &[("step", "hold"), ("reason", "A <b>claim</b>")])
        .await
        .leads_to(&format!("/staff/c/{case}?done=held"));
    ruth.get(PAGE)
        .await
        .says(200, &["A &lt;b&gt;claim&lt;/b&gt;", &case.to_string()]);
    // Who may hold may not lift.
    ruth.post(&page, &[("step", "lift"), ("reason", "It is settled")])
        .await
        .says(403, &["You cannot lift a hold"]);
    ruth.post(&page, &[("step", "ask"), ("asked", "erase")])
        .await
        .says(403, &["You cannot decide on a request to erase a case"]);
}

#[tokio::test]
async fn who_may_not_see_periods_is_refused_and_who_sees_no_cases_sees_numbers_alone() {
    let site = OpenSite::open().await;
    let case = site.office.answered("k").await;
    let amara = site.browser(&amara()).await;
    amara
        .get(PAGE)
        .await
        .says(403, &["You cannot see how long cases are kept"]);
    amara
        .get(&format!("/staff/c/{case}/keeping"))
        .await
        .says(403, &["You cannot see"]);
    site.office.on("2029-05-01 10:00");
    let tom = site.browser(&tom()).await.get(PAGE).await;
    tom.says(200, &["Sat 9 Jun 2029", "Settled at stage 1"]);
    assert!(!tom.html.contains(&case.to_string()), "{}", tom.html);
}

#[tokio::test]
async fn of_a_case_that_is_gone_it_is_told_when_and_why_to_those_who_may_know_and_nothing_to_others() {
    let site = OpenSite::open().await;
    let case = site.office.answered("k").await;
    casework::retention::erase_as_asked(site.office.hand(&leila(), &case))
        .await
        .unwrap();
    let page = format!("/staff/c/{case}");
    let iris = site.browser(&iris()).await;
    iris.get(&page)
        .await
        .says(410, &["was erased", "the person asked for it", "Settled at stage 1"]);
    iris.get(PAGE)
        .await
        .says(200, &[&case.to_string(), "the person asked for it"]);
    let amara = site.browser(&amara()).await;
    let gone = amara.get(&page).await;
    let never = amara.get("/staff/c/FC-99999").await;
    gone.says(404, &[]);
    let same = |html: &str| html.replace(&case.to_string(), "FC-99999");
    assert_eq!(same(&gone.html), never.html);
}
