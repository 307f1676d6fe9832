//! Another regime on the pages: tagging a case, recording what was done, endings that say where it goes on, and the lists that show its date (A38).

use rules::case::Reference;
use testkit::people::{amara, iris, ruth};

use crate::support::{Answer, OpenSite};

const WHY: &str = "Her results went to the <whole> course.";

async fn open() -> (OpenSite, Reference, String) {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let page = format!("/staff/c/{reference}/regimes");
    (site, reference, page)
}

fn tagging<'a>(regime: &'a str, began_on: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("step", "tag"),
        ("regime", regime),
        ("began_on", began_on),
        ("why", WHY),
        ("seen", ""),
    ]
}

fn keeps(answer: &Answer, words: &[&str]) {
    answer.says(422, words).says(422, &["govuk-error-summary"]);
}

#[tokio::test]
async fn a_case_is_tagged_and_its_date_stands_beside_ours() {
    let (site, reference, page) = open().await;
    let case = format!("/staff/c/{reference}");
    let browser = site.browser(&amara()).await;
    browser
        .get(&case)
        .await
        .says(200, &["Another regime also applies", &page]);
    browser.get(&page).await.says(
        200,
        &[
            "Which regime applies too?",
            "Complaint about personal data",
            "We confirm that we have it (Data Protection Act 2018, section 164A)",
            r#"value="2026-06-09""#,
            "Staff only",
        ],
    );
    browser
        .post(&page, &tagging("data_protection", "2026-06-09"))
        .await
        .leads_to(&format!("{case}?done=regime"));
    browser.get(&format!("{case}?done=regime")).await.says(
        200,
        &[
            "The case is tagged.",
            "Due by Wednesday 8 July 2026",
            "Another regime also applies: Complaint about personal data, since Tuesday 9 June 2026",
            "Her results went to the &lt;whole&gt; course.",
            "30 days",
            "Other regime",
            "Friday 12 June 2026",
        ],
    );
    browser
        .get("/staff")
        .await
        .says(200, &["Other regime: Wed 8 Jul", "/staff?show=regimes"]);
    let narrowed = browser.get("/staff?show=regimes").await;
    narrowed.says(200, &[&reference.to_string()]);
    let waiting = browser.get("/staff?show=waiting").await;
    waiting.says(200, &["None of your cases is of this sort."]);
    // Who looks after it is asked: here the coordinator, for somebody's safety.
    let other = site.office.at_stage_1("other").await;
    browser
        .post(&format!("/staff/c/{other}/regimes"), &tagging("safeguarding", ""))
        .await;
    let ruths = site.browser(&ruth()).await;
    ruths
        .get("/staff")
        .await
        .says(200, &["Asked of you", "See to what another regime asks for"]);
}

#[tokio::test]
async fn a_tag_that_is_refused_comes_back_whole() {
    let (site, _, page) = open().await;
    let browser = site.browser(&amara()).await;
    let nothing = browser.post(&page, &tagging("", "2026-06-30")).await;
    keeps(
        &nothing,
        &[
            "Choose which regime applies",
            "Choose today or a day that has passed",
            r##"href="#began_on""##,
            r#"value="2026-06-30""#,
            "Her results went to the &lt;whole&gt; course.",
        ],
    );
    let no_day = browser.post(&page, &tagging("data_protection", "soon")).await;
    keeps(&no_day, &["Enter a date as year, month and day", "course."]);
    let unknown = browser.post(&page, &tagging("gdpr", "2026-06-09")).await;
    keeps(&unknown, &["This procedure has no such regime.", "course."]);
    browser.post(&page, &tagging("data_protection", "")).await;
    let twice = browser.post(&page, &tagging("data_protection", "")).await;
    keeps(
        &twice,
        &["is tagged with \"Complaint about personal data\" already", "course."],
    );
}

#[tokio::test]
async fn what_was_done_is_recorded_and_a_mistake_taken_away() {
    let (site, reference, page) = open().await;
    let case = format!("/staff/c/{reference}");
    let browser = site.browser(&ruth()).await;
    browser.post(&page, &tagging("data_protection", "")).await;
    browser.post(&page, &tagging("safeguarding", "")).await;
    browser.get(&page).await.says(
        200,
        &[
            "Record what was done",
            "Complaint about personal data, by Wednesday 8 July 2026",
            "Open: it sets no date",
            "It does not apply after all",
        ],
    );
    let early = [
        ("step", "done"),
        ("duty", "data_protection:data_protection_complaint"),
        ("done_on", "2026-06-08"),
        ("done_words", "I <rang> her"),
    ];
    keeps(
        &browser.post(&page, &early).await,
        &[
            "Choose Tuesday 9 June 2026, when it began, or a later day",
            "I &lt;rang&gt; her",
        ],
    );
    let silent = [
        ("step", "done"),
        ("duty", "safeguarding"),
        ("done_on", "2026-06-09"),
        ("done_words", " "),
    ];
    keeps(
        &browser.post(&page, &silent).await,
        &["Write what was done, in a sentence"],
    );
    let never = [
        ("step", "done"),
        ("duty", "safeguarding"),
        ("done_on", ""),
        ("done_words", "I rang her"),
    ];
    keeps(
        &browser.post(&page, &never).await,
        &["Choose the day on which it was done", "I rang her"],
    );
    let none = [
        ("step", "done"),
        ("duty", ""),
        ("done_on", "2026-06-09"),
        ("done_words", "I rang her"),
    ];
    keeps(
        &browser.post(&page, &none).await,
        &["Choose a regime that this case is tagged with", "I rang her"],
    );
    let done = [
        ("step", "done"),
        ("duty", "data_protection:data_protection_complaint"),
        ("done_on", "2026-06-09"),
        ("done_words", "I <rang> her"),
    ];
    browser
        .post(&page, &done)
        .await
        .leads_to(&format!("{case}?done=regime-done"));
    browser.get(&case).await.says(
        200,
        &[
            "Done on Tuesday 9 June 2026",
            "Complaint about personal data: done on Tuesday 9 June 2026",
            "I &lt;rang&gt; her",
        ],
    );
    let why = [("step", "take"), ("taken", "safeguarding"), ("taken_why", "")];
    keeps(&browser.post(&page, &why).await, &["Say why it does not apply"]);
    let taken = [
        ("step", "take"),
        ("taken", "safeguarding"),
        ("taken_why", "It was a printer"),
    ];
    browser
        .post(&page, &taken)
        .await
        .leads_to(&format!("{case}?done=regime-taken"));
    let after = browser.get(&case).await;
    after.says(200, &["Does not apply after all: Somebody", "It was a printer"]);
    assert!(!after.html.contains("Open: it sets no date"), "{}", after.html);
}

#[tokio::test]
async fn an_ending_asks_where_the_regime_is_handled_now_and_loses_nothing() {
    let (site, reference, page) = open().await;
    let case = format!("/staff/c/{reference}");
    let browser = site.browser(&ruth()).await;
    let without = browser.get(&format!("{case}/close")).await;
    assert!(
        !without.html.contains("handled_now"),
        "nothing is asked where no regime is open"
    );
    browser.post(&page, &tagging("data_protection", "")).await;
    browser.get(&format!("{case}/close")).await.says(
        200,
        &[
            "Where is the other regime handled now?",
            "Still open: Complaint about personal data.",
            "Passed to another procedure",
        ],
    );
    let silent = [
        ("ending", "referred"),
        ("reason", "Estates has the <doors>"),
        ("handled_now", " "),
        ("step", "send"),
    ];
    keeps(
        &browser.post(&format!("{case}/close"), &silent).await,
        &[
            "Say where the other regime is handled now: what it asks for is not done",
            r##"href="#handled_now""##,
            "Estates has the &lt;doors&gt;",
        ],
    );
    let preview = [
        ("ending", "referred"),
        ("reason", "Estates has the doors"),
        ("step", "preview"),
    ];
    browser
        .post(&format!("{case}/close"), &preview)
        .await
        .says(200, &["Letter to Priya", "Estates has the doors"]);
    let elsewhere = [
        ("step", "elsewhere"),
        ("handled", "data_protection"),
        ("handled_now", "With <Leila>"),
    ];
    keeps(
        &browser.post(&page, &elsewhere).await,
        &[
            "Its date stays with this case while the complaint is worked on",
            "With &lt;Leila&gt;",
        ],
    );
    let stop = [("told_how", "phone"), ("reason", "She rang"), ("handled_now", "")];
    keeps(
        &browser.post(&format!("{case}/withdraw"), &stop).await,
        &["Say where the other regime", "She rang"],
    );
    let whole = [
        ("ending", "referred"),
        ("reason", "Estates"),
        ("handled_now", "With <Leila>"),
        ("step", "send"),
    ];
    browser
        .post(&format!("{case}/close"), &whole)
        .await
        .leads_to(&format!("{case}?done=closed"));
    browser.get(&case).await.says(
        200,
        &[
            "Complaint about personal data: handled elsewhere now",
            "With &lt;Leila&gt;",
            "Handled elsewhere now",
        ],
    );
}

#[tokio::test]
async fn a_decided_case_says_what_keeps_it_open_and_lets_go_of_it() {
    let (site, reference, page) = open().await;
    let case = format!("/staff/c/{reference}");
    let browser = site.browser(&amara()).await;
    browser.post(&page, &tagging("data_protection", "")).await;
    let decision = testkit::words::decision_on(&site.office.case(&reference).await);
    let (office, amara) = (&site.office, amara());
    casework::handling::decide::decide(
        office.hand(&amara, &reference),
        &decision,
        &rules::handling::decide::Telling::InWriting,
    )
    .await
    .unwrap();
    office.letters_arrive().await;
    browser
        .get("/staff")
        .await
        .says(200, &["Another regime is open: record what was done"]);
    browser.get(&page).await.says(
        200,
        &["It is handled elsewhere now", "Nothing else keeps this case open."],
    );
    let empty = [
        ("step", "elsewhere"),
        ("handled", "data_protection"),
        ("handled_now", ""),
    ];
    keeps(
        &browser.post(&page, &empty).await,
        &["Say where the other regime is handled now"],
    );
    let gone = [
        ("step", "elsewhere"),
        ("handled", "data_protection"),
        ("handled_now", "DP-2026-114"),
    ];
    browser
        .post(&page, &gone)
        .await
        .leads_to(&format!("{case}?done=regime-elsewhere"));
    browser.get(&case).await.says(200, &["Closed", "DP-2026-114"]);
    // The page still tells what was on record, and offers nothing that the case does not allow any more.
    let over = browser.get(&page).await;
    over.says(200, &["Handled elsewhere now"]);
    assert!(!over.html.contains("fc-compose__foot"), "{}", over.html);
}

#[tokio::test]
async fn whoever_may_not_say_it_sees_the_dates_and_no_form() {
    let (site, reference, page) = open().await;
    site.browser(&amara())
        .await
        .post(&page, &tagging("data_protection", ""))
        .await;
    let auditor = site.browser(&iris()).await;
    let case = auditor.get(&format!("/staff/c/{reference}")).await;
    case.says(200, &["Due by Wednesday 8 July 2026"]);
    assert!(!case.html.contains(&page), "{}", case.html);
    auditor
        .get(&page)
        .await
        .says(403, &["You cannot say what another regime asks for"]);
    auditor
        .post(&page, &tagging("safeguarding", ""))
        .await
        .says(403, &["You cannot say what another regime asks for"]);
}
