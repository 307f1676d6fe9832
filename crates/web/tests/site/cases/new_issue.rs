//! Something else that they wrote: offered beside the message, made a point or a complaint of its own, and shown to them too (A26).

use testkit::people::amara;

use crate::support::OpenSite;

#[tokio::test]
async fn a_message_becomes_a_complaint_of_its_own_and_both_pages_point_to_it() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (case, page) = (format!("/staff/c/{reference}"), format!("/staff/c/{reference}/issue"));
    let priya = site.complainant(&reference).await;
    priya
        .post(
            &format!("/track/{reference}/reply"),
            &[("key", "r"), ("words", "And the printer took my money.")],
        )
        .await;
    let message = site.office.case(&reference).await.sequence.to_string();
    let browser = site.browser(&amara()).await;
    browser.get(&case).await.says(
        200,
        &[
            "Is this a new issue?",
            &format!("/staff/c/{reference}/issue?wrote={message}"),
        ],
    );
    let shown = browser.get(&format!("{page}?wrote={message}")).await;
    shown.says(
        200,
        &[
            "It belongs to this complaint",
            "It is about something else",
            "And the printer took my money.",
            "at stage 1, Friday 12 June 2026",
        ],
    );
    browser.get(&format!("{page}?wrote=1")).await.says(404, &[]);
    let silent = [
        ("step", "point"),
        ("wrote", message.as_str()),
        ("point", " "),
        ("seen", ""),
    ];
    browser
        .post(&page, &silent)
        .await
        .says(422, &["Write the point of complaint"]);
    let point = [
        ("step", "point"),
        ("wrote", message.as_str()),
        ("point", "The printer"),
        ("seen", ""),
    ];
    browser
        .post(&page, &point)
        .await
        .leads_to(&format!("/staff/c/{reference}/details?done=point"));
    let apart = [
        ("step", "apart"),
        ("wrote", message.as_str()),
        ("once", "o"),
        ("seen", ""),
    ];
    browser
        .post(&page, &apart)
        .await
        .leads_to("/staff/c/FC-10002?done=set-apart");
    browser.get("/staff/c/FC-10002?done=set-apart").await.says(
        200,
        &["It is a complaint of its own now", "And the printer took my money."],
    );
    browser
        .get("/staff/c/FC-10002/details")
        .await
        .says(200, &["Set apart from", &reference.to_string()]);
    browser.get(&case).await.says(
        200,
        &["Dealt with as FC-10002", "wrote about something else became FC-10002"],
    );
    let made: rules::case::Reference = "FC-10002".parse().unwrap();
    let token = site.office.case(&made).await.received.link_token;
    let link = format!("/track/FC-10002/k/{token}");
    let theirs = priya.get(&format!("/track/{reference}")).await;
    theirs.says(
        200,
        &["Also from you", "FC-10002: And the printer took my money", &link],
    );
    priya.get(&link).await.leads_to("/track/FC-10002");
}
