//! On behalf of somebody: the case page says that nothing may be told, the consent is recorded, and the tracking page says no more than how
//! far we are until then (A29).

use casework::PublicDoor;
use casework::handling::{Seen, consent, judge, write};
use rules::case::Reference;
use rules::case::event::{ConsentGiven, ConsentWay, UpdateSent};
use rules::case::vocabulary::Means;
use rules::intake::RawFeedback;
use testkit::people::{amara, iris, ruth};
use testkit::words::{form, judged_for};

use crate::support::OpenSite;

async fn for_jonah(site: &OpenSite) -> Reference {
    let raw = RawFeedback {
        acting_for: "Jonah Adeyemi".to_owned(),
        ..form()
    };
    let door = PublicDoor::of(site.office.office.clone());
    let reference = door.complain(&raw, "k").await.unwrap().reference;
    site.office.letters_arrive().await;
    let ruth = site.office.door(&ruth());
    judge::triage(ruth.hand(&reference, Seen::Whatever, ""), &judged_for(&amara()))
        .await
        .unwrap();
    reference
}

#[tokio::test]
async fn the_case_says_that_nothing_may_be_told_until_the_consent_is_recorded() {
    let site = OpenSite::open().await;
    let reference = for_jonah(&site).await;
    let case = format!("/staff/c/{reference}");
    let page = format!("{case}/consent");
    let browser = site.browser(&amara()).await;
    browser.get(&case).await.says(
        200,
        &[
            "complains for somebody else (Jonah Adeyemi), who has not agreed yet.",
            "the date stays as it is.",
            "Consent: ask for it or record it",
            "The person for whom they complain (Jonah Adeyemi) has not agreed that we speak about them",
        ],
    );
    browser.get(&format!("{case}/decide")).await.says(
        409,
        &["(Jonah Adeyemi) has not agreed", "Ask for their consent and record it"],
    );
    let news = [
        ("message", "Jonah's account was locked"),
        ("how", "letter"),
        ("seen", ""),
    ];
    browser
        .post(&format!("{case}/message"), &news)
        .await
        .says(422, &["has not agreed", "account was locked"]);
    let spoken = [
        ("message", "Jonah's account was locked"),
        ("how", "phone"),
        ("seen", ""),
    ];
    browser
        .post(&format!("{case}/message"), &spoken)
        .await
        .says(422, &["has not agreed", "account was locked"]);

    browser.get(&page).await.says(
        200,
        &[
            "Consent of the person it is about",
            "Jonah Adeyemi",
            "Not given yet",
            "Send the letter by email",
        ],
    );
    let empty = [("step", "give"), ("way", ""), ("given_on", ""), ("words", "")];
    browser
        .post(&page, &empty)
        .await
        .says(422, &["Choose how they said so"]);
    let late = [
        ("step", "give"),
        ("way", "phone"),
        ("given_on", "2027-01-01"),
        ("words", " "),
    ];
    browser.post(&page, &late).await.says(
        422,
        &[
            "one that has passed",
            "where the signed paper is kept",
            r##"href="#words""##,
        ],
    );
    let ask = [
        ("step", "ask"),
        ("ask_by", "letter"),
        ("message", "I could not reach <you>"),
    ];
    browser
        .post(&page, &ask)
        .await
        .leads_to(&format!("{case}?done=consent-asked"));
    site.office.letters_arrive().await;
    browser.get(&case).await.says(
        200,
        &[
            "Asked Priya for consent by email",
            "I could not reach &lt;you&gt;",
            "We asked",
        ],
    );

    let whole = [
        ("step", "give"),
        ("way", "phone"),
        ("given_on", "2026-06-09"),
        ("words", "He rang: she may know"),
    ];
    browser
        .post(&page, &whole)
        .await
        .leads_to(&format!("{case}?done=consent"));
    let after = browser.get(&case).await;
    after.says(
        200,
        &[
            "Consent given on Tuesday 9 June 2026, on the phone",
            "He rang: she may know",
            "who agreed",
        ],
    );
    assert!(!after.html.contains("has not agreed"));
    browser
        .get(&format!("{case}/decide"))
        .await
        .says(200, &["Record the decision"]);
    let silent = [("step", "withdraw"), ("reason", "")];
    browser
        .post(&page, &silent)
        .await
        .says(422, &["Write how they told us"]);
    let whole = [("step", "withdraw"), ("reason", "He rang and said no")];
    browser
        .post(&page, &whole)
        .await
        .leads_to(&format!("{case}?done=no-consent"));
    browser
        .get(&case)
        .await
        .says(200, &["(Jonah Adeyemi), who no longer agrees"]);
}

#[tokio::test]
async fn the_tracking_page_says_how_far_we_are_and_nothing_more_until_they_agree() {
    let site = OpenSite::open().await;
    let reference = for_jonah(&site).await;
    let door = site.office.door(&amara());
    let agrees = ConsentGiven {
        way: ConsentWay::Phone,
        on: testkit::day("2026-06-09"),
        words: "He rang".to_owned(),
    };
    consent::give(door.hand(&reference, Seen::Whatever, ""), &agrees)
        .await
        .unwrap();
    let spoken = UpdateSent {
        words: "Jonah's account was locked by the library".to_owned(),
        by: Means::Phone,
        next_on: None,
    };
    write::update(door.hand(&reference, Seen::Whatever, ""), &spoken)
        .await
        .unwrap();
    consent::withdraw(door.hand(&reference, Seen::Whatever, ""), "He rang again")
        .await
        .unwrap();
    let (track, consent) = (format!("/track/{reference}"), format!("/staff/c/{reference}/consent"));
    let priya = site.complainant(&reference).await;
    let held = priya.get(&track).await;
    held.says(
        200,
        &[
            "You complain for somebody else (Jonah Adeyemi).",
            "We are working on it",
            "Update from Amara",
            // What she wrote herself is hers.
            "dropped",
        ],
    );
    assert!(!held.html.contains("locked by the library"), "{}", held.html);

    let browser = site.browser(&amara()).await;
    let given = [
        ("step", "give"),
        ("way", "phone"),
        ("given_on", "2026-06-09"),
        ("words", "He rang"),
    ];
    browser.post(&consent, &given).await;
    let open = priya.get(&track).await;
    open.says(200, &["locked by the library", "We have the consent that we asked for"]);
    assert!(!open.html.contains("You complain for") && !open.html.contains("He rang"));

    let decision = testkit::words::decision_on(&site.office.case(&reference).await);
    let telling = rules::handling::decide::Telling::InWriting;
    casework::handling::decide::decide(door.hand(&reference, Seen::Whatever, ""), &decision, &telling)
        .await
        .unwrap();
    site.office.letters_arrive().await;
    priya.get(&track).await.says(200, &[&decision.reasons]);
    let withdrawn = [("step", "withdraw"), ("reason", "He rang and said no")];
    browser.post(&consent, &withdrawn).await;
    let held = priya.get(&track).await;
    assert!(!held.html.contains(&decision.reasons) && !held.html.contains("locked by the library"));
    assert!(!held.html.contains("said no"), "why is for staff");
}

#[tokio::test]
async fn where_nobody_else_has_to_agree_there_is_no_such_page() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let page = format!("/staff/c/{reference}/consent");
    site.browser(&amara())
        .await
        .get(&page)
        .await
        .says(409, &["They complain for themselves"]);
    site.browser(&iris()).await.get(&page).await.says(403, &["You cannot"]);
}

#[tokio::test]
async fn an_ending_without_a_decision_tells_whoever_complains_nothing_about_the_person_until_they_agree() {
    let site = OpenSite::open().await;
    let reference = for_jonah(&site).await;
    let (case, track) = (format!("/staff/c/{reference}"), format!("/track/{reference}"));
    let amara = site.browser(&amara()).await;
    let close = format!("{case}/close");
    amara.get(&close).await.says(
        200,
        &[
            "Not in our letter yet: Jonah Adeyemi has not agreed",
            "and not why. Only of a mistake of ours we tell nobody.",
        ],
    );
    let why = "The disciplinary office locked his account";
    let fields = [("ending", "referred"), ("reason", why), ("step", "preview")];
    let shown = amara.post(&close, &fields).await;
    shown.says(
        200,
        &[
            "You will get no decision from us".trim_start_matches("You "),
            "has not agreed that we speak about them with you",
        ],
    );
    amara
        .post(&close, &[("ending", "referred"), ("reason", why), ("step", "send")])
        .await
        .leads_to(&format!("{case}?done=closed"));
    let letter = site.office.letters(&reference).await.pop().unwrap();
    assert_eq!(
        (letter.facts.body.as_str(), letter.facts.outcome_sentence.as_str()),
        ("", "")
    );
    let priya = site.complainant(&reference).await;
    for arrived in [false, true] {
        if arrived {
            site.office.letters_arrive().await;
        }
        let page = priya.get(&track).await;
        page.says(
            200,
            &["This is closed without a decision.", "We closed it without a decision"],
        );
        for hidden in ["disciplinary", "another procedure", "Another procedure"] {
            assert!(!page.html.contains(hidden), "{hidden}, arrived: {arrived}");
        }
    }
    let given = [
        ("step", "give"),
        ("way", "phone"),
        ("given_on", "2026-06-09"),
        ("words", "He rang"),
    ];
    amara.post(&format!("{case}/consent"), &given).await;
    priya
        .get(&track)
        .await
        .says(200, &[why, "We closed it without a decision:"]);
    let withdrawn = [("step", "withdraw"), ("reason", "He rang and said no")];
    amara.post(&format!("{case}/consent"), &withdrawn).await;
    let again = priya.get(&track).await;
    assert!(
        !again.html.contains("disciplinary"),
        "and nothing once more when they no longer agree"
    );
}
