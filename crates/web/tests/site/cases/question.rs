//! A question to the complainant: asked on the case, shown with a box on their page, answered there; and the case says that it waits (A41).

use testkit::people::{amara, iris};

use crate::support::OpenSite;

const QUESTION: &str = "On which floor <were> you?";

#[tokio::test]
async fn a_question_is_asked_shown_and_answered_on_their_page() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (case, page) = (
        format!("/staff/c/{reference}"),
        format!("/staff/c/{reference}/question"),
    );
    let browser = site.browser(&amara()).await;
    browser.get(&case).await.says(200, &["Ask Priya something"]);
    browser.get(&page).await.says(
        200,
        &[
            "Ask Priya something",
            "Send the question by email",
            "The decision stays due by the end of Friday 12 June 2026: no date waits for an answer.",
            "We remind Priya after 3 working days, and again after 6.",
        ],
    );
    let empty = [
        ("step", "ask"),
        ("question", " "),
        ("ask_by", "letter"),
        ("hoped_by", "2026-06-30"),
        ("seen", ""),
    ];
    browser.post(&page, &empty).await.says(
        422,
        &[
            "Write what you ask them",
            "Choose Friday 12 June 2026 or an earlier day",
            r##"href="#question""##,
            r#"value="2026-06-30""#,
        ],
    );
    let how = [
        ("step", "ask"),
        ("question", QUESTION),
        ("ask_by", "pigeon"),
        ("hoped_by", "2026-06-11"),
        ("seen", ""),
    ];
    browser
        .post(&page, &how)
        .await
        .says(422, &["Choose how you ask", "On which floor &lt;were"]);
    let asked = [
        ("step", "ask"),
        ("question", QUESTION),
        ("ask_by", "letter"),
        ("hoped_by", "2026-06-11"),
        ("seen", ""),
    ];
    browser
        .post(&page, &asked)
        .await
        .leads_to(&format!("{case}?done=asked"));
    browser.get(&case).await.says(
        200,
        &[
            "Waiting for an answer",
            "Waiting for an answer: we asked Priya something",
            "The date does not wait: decide on what is known.",
            "Asked Priya by email, hoping for an answer by Thursday 11 June 2026",
        ],
    );
    browser
        .get("/staff")
        .await
        .says(200, &["Waiting for an answer", "Waiting for their answer"]);
    browser.get(&format!("{case}/close")).await.says(
        200,
        &[
            "It cannot be closed yet because no answer came.",
            "Decide on what is known",
        ],
    );

    let priya = site.complainant(&reference).await;
    let track = format!("/track/{reference}");
    priya.get(&track).await.says(
        200,
        &[
            "We have a question for you",
            "On which floor &lt;were&gt; you?",
            "We hope for your answer by Thursday 11 June 2026.",
            "Our date does not wait for it",
            "Answer our question",
            "Send answer",
        ],
    );
    priya
        .post(&format!("{track}/reply"), &[("key", "r"), ("words", "On the second")])
        .await
        .says(200, &["We have your message"]);
    let after = priya.get(&track).await;
    after.says(200, &["Reply or add something", "We asked you something"]);
    assert!(!after.html.contains("We have a question for you"));
    let answered = browser.get(&case).await;
    answered.says(200, &["Their message answers our question", "On the second"]);
    assert!(!answered.html.contains("Waiting for an answer"));
}

#[tokio::test]
async fn an_answer_that_came_otherwise_is_recorded() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let page = format!("/staff/c/{reference}/question");
    let browser = site.browser(&amara()).await;
    let asked = [
        ("step", "ask"),
        ("question", QUESTION),
        ("ask_by", "phone"),
        ("hoped_by", "2026-06-11"),
        ("seen", ""),
    ];
    browser.post(&page, &asked).await;
    browser.get(&page).await.says(
        200,
        &[
            "Waiting for an answer from Priya",
            "Answer hoped for by",
            "Next reminder",
            "Until then, decide on what you know.",
            "They answered in another way",
        ],
    );
    let missing = [
        ("step", "answer"),
        ("answered_by", "told"),
        ("answer", ""),
        ("seen", ""),
    ];
    browser
        .post(&page, &missing)
        .await
        .says(422, &["Write what they answered", r##"href="#answer""##]);
    let told = [
        ("step", "answer"),
        ("answered_by", "told"),
        ("answer", "The second floor"),
        ("seen", ""),
    ];
    browser
        .post(&page, &told)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=answered"));
    browser
        .get(&format!("/staff/c/{reference}"))
        .await
        .says(200, &["The question: in another way", "The second floor"]);
    let priya = site.complainant(&reference).await;
    let theirs = priya.get(&format!("/track/{reference}")).await;
    assert!(!theirs.html.contains("The second floor"), "that is for staff");
}

#[tokio::test]
async fn whoever_may_not_write_is_offered_no_question() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let browser = site.browser(&iris()).await;
    let case = browser.get(&format!("/staff/c/{reference}")).await;
    assert!(!case.html.contains("Ask Priya something"));
    let page = browser.get(&format!("/staff/c/{reference}/question")).await;
    page.says(403, &["You cannot write to the complainant"]);
}

#[tokio::test]
async fn a_call_for_somebody_else_says_for_whom() {
    let site = OpenSite::open().await;
    let browser = site.browser(&amara()).await;
    browser
        .get("/staff/log")
        .await
        .says(200, &["If they complain for somebody else: for whom?"]);
    let call = [
        ("via", "phone"),
        ("feedback", "complaint"),
        ("words", "The account of Jonah is locked"),
        ("who", "Priya Natarajan"),
        ("reply", "priya@example.ac.uk"),
        ("acting_for", "Jonah Adeyemi"),
        ("outcome", "triage"),
    ];
    let answer = browser.post("/staff/log", &call).await;
    assert_eq!(answer.status, 303, "{}", answer.html);
    let reference: rules::case::Reference = "FC-10001".parse().unwrap();
    let case = site.office.case(&reference).await;
    assert_eq!(case.consent_lacks(), Some("Jonah Adeyemi"));
    browser
        .get("/staff/c/FC-10001")
        .await
        .says(200, &["complains for somebody else (Jonah Adeyemi)"]);
}
