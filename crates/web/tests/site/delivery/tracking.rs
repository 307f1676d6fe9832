//! The tracking page: the person says how to reach them, and what did not arrive follows.

use casework::PublicDoor;
use casework::handling::{decide, escalate};
use rules::case::State;
use rules::case::vocabulary::Means;
use rules::handling::draft::AskSignOff;
use testkit::people::{amara, dana, ruth};
use testkit::words;

use super::{NEW, OLD, addressed, due, undelivered_decision};
use crate::support::OpenSite;

#[tokio::test]
async fn somebody_whose_decision_was_refused_puts_the_address_right_and_gets_it() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let (track, path) = (format!("/track/{reference}"), format!("/track/{reference}/contact"));
    let priya = site.complainant(&reference).await;
    let page = priya.get(&track).await;
    page.says(
        200,
        &[
            "We could not deliver our letter to priya@example.ac.uk.",
            "Our decision did not reach you.",
            &format!(r#"href="{path}""#),
        ],
    );
    assert!(
        !page.html.contains("no such mailbox"),
        "what a server says is for staff"
    );
    assert!(
        !page.html.contains("You will have our decision"),
        "it is made: nothing is left to wait for"
    );
    let page = priya.get(&path).await;
    page.says(
        200,
        &[
            "Change how we reach you",
            r#"value="priya@example.ac.uk""#,
            "Only the people who deal with your complaint see this.",
        ],
    );
    let form = [
        ("key", page.hidden("key")),
        ("name", "Priya Natarajan"),
        ("email", NEW),
        ("reply", "email"),
    ];
    for _ in 0..2 {
        priya.post(&path, &form).await.says(
            200,
            &[
                "We have changed how we reach you",
                &format!("Our next letters go to {NEW}."),
                "The letter that did not reach you is on its way again.",
            ],
        );
    }
    assert_eq!(addressed(&site).await, [Some(NEW.to_owned())]);
    let page = priya.get(&track).await;
    page.says(200, &["You changed how we reach you"]);
    assert!(!page.html.contains("We could not deliver"));
    site.browser(&amara())
        .await
        .get(&format!("/staff/c/{reference}"))
        .await
        .says(200, &["Priya changed how we reach them", NEW]);
}

#[tokio::test]
async fn somebody_who_reads_on_the_website_has_the_decision_there() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let priya = site.complainant(&reference).await;
    let form = [("key", "k1"), ("email", OLD), ("reply", "site")];
    priya
        .post(&format!("/track/{reference}/contact"), &form)
        .await
        .says(200, &["Our next letters are on this website."]);
    let letters = due(&site).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].letter.by, letters[0].letter.to.as_deref()),
        (Means::TrackingPage, None)
    );
}

#[tokio::test]
async fn a_slip_comes_back_with_every_answer_and_changes_nothing() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let path = format!("/track/{reference}/contact");
    let priya = site.complainant(&reference).await;
    let slip = [
        ("key", "abc"),
        ("name", "Priya <N>"),
        ("email", "priya@"),
        ("phone", "12"),
        ("reply", "phone"),
    ];
    priya.post(&path, &slip).await.says(
        422,
        &[
            "There is a problem",
            r##"href="#email""##,
            "Enter an email address, like name@example.com",
            "Enter a phone number, like 01632 960 417",
            r#"value="priya@""#,
            r#"value="Priya &lt;N&gt;""#,
            r#"name="key" value="abc""#,
        ],
    );
    assert_eq!(
        site.office.case(&reference).await.complainant.email.as_deref(),
        Some(OLD)
    );
}

#[tokio::test]
async fn somebody_anonymous_adds_an_address_and_is_told_what_comes_next_only() {
    let site = OpenSite::open().await;
    let door = PublicDoor::of(site.office.office.clone());
    let reference = door.complain(&words::anonymous_form(), "k").await.unwrap().reference;
    let visitor = site.complainant(&reference).await;
    let path = format!("/track/{reference}/contact");
    visitor
        .get(&path)
        .await
        .says(200, &["All of this is optional.", r#"value="site" checked"#]);
    let form = [("key", "k1"), ("email", NEW), ("reply", "email")];
    let page = visitor.post(&path, &form).await;
    page.says(200, &[&format!("Our next letters go to {NEW}.")]);
    assert!(!page.html.contains("on its way again"));
    assert_eq!(addressed(&site).await, []);
    assert_eq!(site.office.case(&reference).await.complainant.display_name(), NEW);
}

#[tokio::test]
async fn nobody_changes_the_address_of_somebody_else() {
    let site = OpenSite::open().await;
    let (mine, other) = (site.office.at_stage_1("a").await, site.office.at_stage_1("b").await);
    let path = format!("/track/{other}/contact");
    let form = [("key", "k1"), ("email", NEW), ("reply", "email")];
    for browser in [site.stranger(), site.complainant(&mine).await] {
        browser.get(&path).await.says(404, &[]);
        browser.post(&path, &form).await.says(404, &[]);
    }
    assert_eq!(site.office.case(&other).await.complainant.email.as_deref(), Some(OLD));
    assert!(matches!(site.office.case(&mine).await.state, State::Open(_)));
}

#[tokio::test]
async fn the_letter_of_stage_1_can_be_read_again_after_the_decision_of_stage_2() {
    let site = OpenSite::open().await;
    let reference = site.office.asked_for_stage_2("k").await;
    let priya = site.complainant(&reference).await;
    let track = format!("/track/{reference}");
    let before = priya.get(&track).await;
    before.says(200, &["Two access points restarted"]);
    assert!(!before.html.contains("Read our letter"), "it stands above the updates");
    escalate::accept(site.office.hand(&ruth(), &reference), &dana(), None)
        .await
        .unwrap();
    let mut decision = words::decision_on(&site.office.case(&reference).await);
    decision.reasons = "The second afternoon was the same fault.".to_owned();
    site.office.prepared(&reference, &dana()).await;
    decide::submit_draft(site.office.hand(&dana(), &reference), &decision, AskSignOff::AsRulesSay)
        .await
        .unwrap();
    site.office.letters_arrive().await;
    priya.get(&track).await.says(
        200,
        &[
            "The second afternoon was the same fault.",
            "Read our letter",
            "Two access points restarted",
        ],
    );
}
