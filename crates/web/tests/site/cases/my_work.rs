//! My work: what waits for the person who is signed in, their own cases and what is asked of their roles (R24, R40).

use testkit::people::{amara, helen, ruth, samir};

use crate::support::OpenSite;

#[tokio::test]
async fn what_is_asked_of_somebody_stands_on_top_and_counts() {
    let site = OpenSite::open().await;
    let reference = site.office.asked_for_stage_2("k").await;
    let ruth = site.browser(&ruth()).await;
    let page = ruth.get("/staff").await;
    page.says(
        200,
        &[
            "No open cases, and 1 of somebody else that asks something of you.",
            "Asked of you",
            "Decide on the request for stage 2",
            &reference.to_string(),
        ],
    );
    ruth.get("/staff?show=asked").await.says(200, &[&reference.to_string()]);
    let late = ruth.get("/staff?show=late").await;
    assert!(!late.html.contains(&reference.to_string()));
    for other in [helen(), samir()] {
        let page = site.browser(&other).await.get("/staff").await;
        page.says(200, &["Nothing is waiting for you."]);
    }
}

#[tokio::test]
async fn a_new_message_is_marked_until_it_is_taken_up() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let priya = site.complainant(&reference).await;
    let track = format!("/track/{reference}");
    let form = priya.get(&track).await;
    let key = form.hidden("key").to_owned();
    priya
        .post(
            &format!("{track}/reply"),
            &[("words", "It happened again."), ("key", &key)],
        )
        .await;
    let amara = site.browser(&amara()).await;
    amara.get("/staff").await.says(200, &["New message"]);
    amara
        .get("/staff?show=messages")
        .await
        .says(200, &[&reference.to_string()]);
    amara
        .get(&case)
        .await
        .says(200, &["Priya wrote today, 9:15am and has no answer yet.", "Write back"]);
    amara.post(&format!("{case}/note"), &[("note", "Thanked her")]).await;
    let after = amara.get(&case).await;
    assert!(!after.html.contains("has no answer yet"));
    let none = amara.get("/staff?show=messages").await;
    none.says(200, &["None of your cases is of this sort."]);
}
