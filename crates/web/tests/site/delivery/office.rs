//! The staff page: what failed in words, the address corrected, the letter sent again, the decision told by phone.

use casework::handling::{Seen, decide, judge};
use casework::jobs::post::Afterwards;
use rules::case::vocabulary::Means;
use rules::case::{Event, State};
use rules::handling::decide::Telling;
use testkit::at;
use testkit::people::{amara, dana, iris, jo, ruth, tom};

use super::{NEW, OLD, addressed, refuse, undelivered_decision};
use crate::support::OpenSite;

/// The form of contact data as Priya's case fills it, with another address.
fn corrected<'a>(email: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let form = [
        ("step", "save"),
        ("name", "Priya Natarajan"),
        ("email", email),
        ("phone", ""),
        ("reply_by", "email"),
    ];
    form.into_iter().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn the_case_says_what_happened_and_what_to_do() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", undelivered_decision(&site).await);
    let browser = site.browser(&amara()).await;
    let page = browser.get(&case).await;
    page.says(
        200,
        &[
            "The decision did not arrive. The mail server refused priya@example.ac.uk: there is no such mailbox. Nobody tries again. \
             Tell Priya another way, or correct the address and send it again.",
            "Correct or send again",
            "Letter not delivered: the decision",
            "Get the decision to Priya",
            "The case closes when it has.",
        ],
    );
    assert!(page.html.contains(&format!(r#"href="{case}/contact""#)));
    let lists = browser.get("/staff/cases").await;
    lists.says(
        200,
        &["The decision did not arrive: correct the address", "Not delivered"],
    );
    browser
        .get("/staff?show=waiting")
        .await
        .says(200, &["None of your cases is of this sort."]);
}

#[tokio::test]
async fn the_address_is_corrected_and_the_letter_goes_out_again_in_one_step() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let path = format!("/staff/c/{reference}/contact");
    let browser = site.browser(&amara()).await;
    let page = browser.get(&path).await;
    page.says(
        200,
        &[
            "The decision did not arrive.",
            r#"value="priya@example.ac.uk""#,
            "Save and send again",
            r#"type="checkbox" value="stage_1_decision" checked"#,
            "They were told another way",
        ],
    );
    let form = corrected(
        NEW,
        &[
            ("again", "stage_1_decision"),
            ("learnt", "She rang & spelt it"),
            ("seen", page.hidden("seen")),
            ("once", page.hidden("once")),
        ],
    );
    for _ in 0..2 {
        browser
            .post(&path, &form)
            .await
            .leads_to(&format!("/staff/c/{reference}?done=sent-again"));
    }
    assert_eq!(
        addressed(&site).await,
        [Some(NEW.to_owned())],
        "one letter, however often it is pressed"
    );
    browser
        .get(&format!("/staff/c/{reference}?done=sent-again"))
        .await
        .says(
            200,
            &[
                "Sent again. The case says when it arrives or fails.",
                "Contact details corrected",
                "She rang &amp; spelt it",
                &format!("Sent again to {NEW}: the decision"),
                &format!("It was sent again to {NEW} (Today, 10am) and has not arrived yet."),
            ],
        );
    browser
        .get(&format!("/staff/c/{reference}/details"))
        .await
        .says(200, &[NEW, &format!("At first: {OLD}")]);
    site.office.on("2026-06-11 10:05");
    assert!(matches!(site.office.case(&reference).await.state, State::Decided(..)));
}

#[tokio::test]
async fn a_full_mailbox_is_tried_again_without_changing_anything() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let path = format!("/staff/c/{reference}/contact");
    let browser = site.browser(&jo()).await;
    browser
        .post(&path, &corrected(OLD, &[("again", "stage_1_decision")]))
        .await
        .leads_to(&format!("/staff/c/{reference}?done=sent-again"));
    assert_eq!(addressed(&site).await, [Some(OLD.to_owned())]);
    browser
        .post(&path, &corrected(OLD, &[("again", "stage_1_decision")]))
        .await
        .says(
            422,
            &["The decision is on its way.", r##"href="#again""##, r#"id="again""#],
        );
}

#[tokio::test]
async fn a_form_that_is_wrong_comes_back_with_every_answer() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let path = format!("/staff/c/{reference}/contact");
    let browser = site.browser(&amara()).await;
    browser
        .post(
            &path,
            &corrected("priya@", &[("learnt", "She <rang>"), ("once", "abc")]),
        )
        .await
        .says(
            422,
            &[
                "There is a problem",
                r##"href="#email""##,
                "Enter an email address, like name@example.com",
                r#"value="priya@""#,
                r#"value="She &lt;rang&gt;""#,
                r#"name="once" value="abc""#,
            ],
        );
    browser
        .post(&path, &corrected(OLD, &[]))
        .await
        .says(422, &["This is what we have already."]);
    let no_way = [("step", "save"), ("reply_by", "phone"), ("email", ""), ("phone", "")];
    browser
        .post(&path, &no_way)
        .await
        .says(422, &["Enter a phone number, or choose another way for us to reply"]);
}

#[tokio::test]
async fn a_decision_that_was_read_out_on_the_phone_closes_the_case_and_stands_on_the_tracking_page() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    site.office.on("2026-06-11 15:00");
    let path = format!("/staff/c/{reference}/contact");
    let browser = site.browser(&amara()).await;
    browser
        .post(
            &path,
            &[
                ("step", "told"),
                ("told_letter", "stage_1_decision"),
                ("told_on", "2026-06-11"),
                ("told_at", "25:00"),
            ],
        )
        .await
        .says(
            422,
            &[
                "Choose how you told them",
                "Enter the time like 4:30pm or 16:30",
                "Say in a few words what you told them",
                r#"value="25:00""#,
            ],
        );
    let told = [
        ("step", "told"),
        ("told_letter", "stage_1_decision"),
        ("told_by", "phone"),
        ("told_on", "2026-06-11"),
        ("told_at", "2:50pm"),
        ("told_words", "I read her the decision & how to ask for stage 2."),
    ];
    browser
        .post(&path, &told)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=told-instead"));
    let case = site.office.case(&reference).await;
    let communicated = case.stages[0].communicated.clone().unwrap();
    assert_eq!(
        (communicated.by, communicated.at),
        (Means::Phone, at("2026-06-11 14:50"))
    );
    assert_eq!(case.alerts, []);
    assert!(matches!(case.state, State::Closed(..)));
    let page = browser.get(&format!("/staff/c/{reference}")).await;
    page.says(
        200,
        &["Decision given to Priya by phone", "I read her the decision &amp; how"],
    );
    assert!(!page.html.contains("Nobody tries again"), "nothing is left to do");
    site.complainant(&reference)
        .await
        .get(&format!("/track/{reference}"))
        .await
        .says(
            200,
            &[
                "We agree with your complaint",
                "Two access points restarted four times that afternoon.",
                "Our decision, by phone",
                "I read her the decision &amp; how",
            ],
        );
}

#[tokio::test]
async fn a_blank_time_is_now_and_yesterday_wants_one() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    site.office.on("2026-06-12 09:00");
    let path = format!("/staff/c/{reference}/contact");
    let browser = site.browser(&amara()).await;
    let told = |day: &'static str| {
        vec![
            ("step", "told"),
            ("told_by", "post"),
            ("told_on", day),
            ("told_at", ""),
            ("told_words", "Handed to her at the desk."),
        ]
    };
    browser
        .post(&path, &told("2026-06-11"))
        .await
        .says(422, &["Enter the time like 4:30pm or 16:30"]);
    browser
        .post(&path, &told("2026-06-12"))
        .await
        .leads_to(&format!("/staff/c/{reference}?done=told-instead"));
    let case = site.office.case(&reference).await;
    assert_eq!(case.stages[0].communicated.clone().unwrap().at, at("2026-06-12 09:00"));
}

#[tokio::test]
async fn an_acknowledgement_that_failed_shows_in_triage_and_is_told_by_phone() {
    let site = OpenSite::open().await;
    let door = casework::PublicDoor::of(site.office.office.clone());
    let reference = door.complain(&testkit::words::form(), "k").await.unwrap().reference;
    refuse(&site, Afterwards::GiveUp).await;
    let browser = site.browser(&ruth()).await;
    browser.get("/staff/triage").await.says(200, &["Not delivered"]);
    browser.get(&format!("/staff/triage/{reference}")).await.says(
        200,
        &[
            "The acknowledgement did not arrive.",
            "Correct or send again",
            "Change how we reach Priya",
        ],
    );
    let told = [
        ("step", "told"),
        ("told_letter", "acknowledgement"),
        ("told_by", "phone"),
        ("told_words", "We have it."),
    ];
    browser
        .post(&format!("/staff/c/{reference}/contact"), &told)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=told-instead"));
    let page = browser.get(&format!("/staff/c/{reference}")).await;
    page.says(
        200,
        &["Acknowledged by phone", "Told by Ruth Abara (phone): We have it."],
    );
    assert!(!page.html.contains("did not arrive"));
}

#[tokio::test]
async fn a_colleague_who_was_quicker_is_shown_and_nothing_is_done_twice() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let path = format!("/staff/c/{reference}/contact");
    let (amara, jo) = (site.browser(&amara()).await, site.browser(&jo()).await);
    let seen = jo.get(&path).await.hidden("seen").to_owned();
    amara
        .post(&path, &corrected(NEW, &[("again", "stage_1_decision")]))
        .await
        .leads_to(&format!("/staff/c/{reference}?done=sent-again"));
    let late = corrected("other@example.ac.uk", &[("seen", seen.as_str())]);
    jo.post(&path, &late)
        .await
        .says(409, &["by Amara Osei", "other@example.ac.uk"]);
    let case = site.office.case(&reference).await;
    assert_eq!(case.complainant.email.as_deref(), Some(NEW));
}

#[tokio::test]
async fn who_may_not_write_sees_the_failure_and_no_way_to_act() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let path = format!("/staff/c/{reference}/contact");
    let auditor = site.browser(&iris()).await;
    let page = auditor.get(&format!("/staff/c/{reference}")).await;
    page.says(200, &["The decision did not arrive."]);
    assert!(!page.html.contains("/contact\""), "no link that leads to a refusal");
    for browser in [auditor, site.browser(&tom()).await] {
        browser.get(&path).await.says(403, &["You cannot "]);
        for form in [
            corrected(NEW, &[]),
            vec![("step", "told"), ("told_letter", "stage_1_decision")],
        ] {
            browser.post(&path, &form).await.says(403, &["You cannot "]);
        }
    }
    site.stranger()
        .get(&path)
        .await
        .leads_to(&format!("/staff/sign-in?next={path}"));
    // An investigator may write, but a frontline decision is not theirs to tell.
    let dana = site.browser(&dana()).await;
    let page = dana.get(&path).await;
    page.says(200, &["Save and send again"]);
    assert!(!page.html.contains("They were told another way"));
    let history = site.office.door(&ruth()).case(&reference).await.unwrap().history;
    let changed = |event: &Event| matches!(event, Event::ContactCorrected(_) | Event::DecisionCommunicated(_));
    assert!(!history.iter().any(|recorded| changed(&recorded.event)));
}

#[tokio::test]
async fn contact_data_are_corrected_before_anything_fails_and_after_the_end() {
    let site = OpenSite::open().await;
    let reference = site.office.answered("k").await;
    let path = format!("/staff/c/{reference}/contact");
    let browser = site.browser(&amara()).await;
    let page = browser.get(&path).await;
    page.says(200, &["How we reach Priya", ">Save<"]);
    assert!(!page.html.contains("told another way"));
    browser
        .post(&path, &corrected(NEW, &[]))
        .await
        .leads_to(&format!("/staff/c/{reference}?done=contact"));
    browser.get(&path).await.says(200, &["What they gave at first", OLD]);
    assert_eq!(addressed(&site).await, []);
}

#[tokio::test]
async fn with_two_letters_outstanding_it_is_said_which_was_told() {
    let site = OpenSite::open().await;
    let door = casework::PublicDoor::of(site.office.office.clone());
    let reference = door.complain(&testkit::words::form(), "k").await.unwrap().reference;
    refuse(&site, Afterwards::GiveUp).await;
    let ruth_door = site.office.door(&ruth());
    let hand = ruth_door.hand(&reference, Seen::Whatever, "");
    judge::triage(hand, &testkit::words::judged_for(&amara()))
        .await
        .unwrap();
    let decision = testkit::words::decision_on(&site.office.case(&reference).await);
    let amara_door = site.office.door(&amara());
    let hand = amara_door.hand(&reference, Seen::Whatever, "");
    decide::decide(hand, &decision, &Telling::InWriting).await.unwrap();
    refuse(&site, Afterwards::GiveUp).await;

    let path = format!("/staff/c/{reference}/contact");
    let browser = site.browser(&amara()).await;
    let page = browser.get(&path).await;
    page.says(
        200,
        &["The acknowledgement did not arrive.", "The decision did not arrive."],
    );
    assert!(page.html.contains(r#"value="stage_1_decision" checked"#));
    assert!(
        !page.html.contains(r#"value="acknowledgement" checked"#),
        "beside a decision it tells nothing"
    );
    let unsaid = [
        ("step", "told"),
        ("told_by", "phone"),
        ("told_words", "I read it to her."),
    ];
    browser.post(&path, &unsaid).await.says(
        422,
        &[
            "Choose what you told them",
            r##"href="#told_letter""##,
            "I read it to her.",
        ],
    );
    let said = [unsaid[0], unsaid[1], unsaid[2], ("told_letter", "stage_1_decision")];
    browser
        .post(&path, &said)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=told-instead"));
    assert_eq!(site.office.case(&reference).await.alerts, []);
}

#[tokio::test]
async fn once_the_address_is_right_the_case_asks_to_send_the_letter_and_names_the_number_to_ring() {
    let site = OpenSite::open().await;
    let reference = undelivered_decision(&site).await;
    let case = format!("/staff/c/{reference}");
    let browser = site.browser(&amara()).await;
    let mut form = corrected(NEW, &[]);
    form.retain(|(name, _)| *name != "phone");
    form.push(("phone", "01632 960 123"));
    browser
        .post(&format!("{case}/contact"), &form)
        .await
        .leads_to(&format!("{case}?done=contact"));
    browser.get(&case).await.says(
        200,
        &["Ring Priya on 01632 960 123, or send it again: the contact details were corrected since."],
    );
}

#[tokio::test]
async fn of_two_failures_of_one_letter_only_the_latest_says_what_to_do() {
    let site = OpenSite::open().await;
    let door = casework::PublicDoor::of(site.office.office.clone());
    let reference = door.complain(&testkit::words::form(), "k").await.unwrap().reference;
    refuse(&site, Afterwards::RetryAt(at("2026-06-09 09:16"))).await;
    let browser = site.browser(&amara()).await;
    let case = format!("/staff/c/{reference}");
    browser
        .get(&case)
        .await
        .says(200, &["We keep trying. If the address is wrong, correct it"]);
    site.office.on("2026-06-11 09:20");
    refuse(&site, Afterwards::GiveUp).await;
    let page = browser.get(&case).await;
    assert_eq!(page.html.matches("Acknowledgement not delivered").count(), 2);
    let said = page.html.matches("Nobody tries again.").count();
    assert_eq!(said, 2, "in the alert and at the latest failure");
    assert!(!page.html.contains("We keep trying"));
}
