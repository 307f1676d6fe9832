//! An investigation as people see it: a list of tasks, a page for each, the complainant's answer, and what nobody else is shown.

use testkit::people::{amara, dana, owen, ruth};

use crate::support::OpenSite;

const ITEM: [(&str, &str); 6] = [
    ("step", "add"),
    ("title", "Restart log"),
    ("source", "Network team"),
    ("words", "Four restarts in two hours"),
    ("seen_by", "investigation"),
    ("points", "1"),
];

#[tokio::test]
async fn the_list_says_what_is_done_what_is_next_and_when_the_person_hears_from_us() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let list = format!("/staff/c/{reference}/investigation");
    let dana = site.browser(&dana()).await;
    dana.get(&list).await.says(
        200,
        &[
            "Continue: agree the points",
            "Not started",
            "Cannot start yet",
            "Before this can be sent: agree the points with the person; say whether you have a conflict of interest.",
            "Priya hears from us by the end of",
        ],
    );
    dana.post(&format!("{list}/conflict"), &[("step", "declare"), ("none", "yes")])
        .await
        .leads_to(&format!("{list}/conflict?done=declared"));
    dana.post(
        &format!("{list}/points"),
        &[("step", "send"), ("answer_by", "2026-06-16")],
    )
    .await
    .leads_to(&format!("{list}/points?done=points-sent"));
    let page = dana.get(&list).await;
    page.says(
        200,
        &[
            "Done on Tuesday 9 June 2026 by Dana Kowalczyk",
            "Waiting for an answer until Tuesday 16 June 2026",
            "Continue: findings",
            "Before this can be sent: agree the points with the person.",
        ],
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_with_everything_that_was_typed() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let task = |task: &str| format!("/staff/c/{reference}/investigation/{task}");
    let dana = site.browser(&dana()).await;
    dana.post(
        &task("points"),
        &[("step", "send"), ("answer_by", "2026-09-01"), ("message", "Kept words")],
    )
    .await
    .says(422, &["There is a problem", "the decision is due then", "Kept words"]);
    dana.post(
        &task("evidence"),
        &[("step", "add"), ("source", "Kept source"), ("seen_by", "case")],
    )
    .await
    .says(
        422,
        &[
            "Write what it is, in a few words",
            "Write what it says, or choose a file",
            "Kept source",
        ],
    );
    dana.post(
        &task("interviews"),
        &[
            ("step", "hold"),
            ("with", "Nadia"),
            ("held_on", "2026-03-29"),
            ("held_at", "1:30"),
        ],
    )
    .await
    .says(422, &["Nadia"]);
    dana.post(
        &task("plan"),
        &[
            ("step", "add"),
            ("what", "Kept question"),
            ("by_on", "2026-09-01"),
            ("from_whom", "Team"),
        ],
    )
    .await
    .says(422, &["the decision is due then", "Kept question"]);
    dana.post(&task("conflict"), &[("step", "declare"), ("none", "no")])
        .await
        .says(422, &["Say what connects you"]);
    dana.get(&task("nothing")).await.says(404, &[]);
}

#[tokio::test]
async fn an_hour_that_no_clock_showed_is_asked_for_again() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let held = [
        ("step", "hold"),
        ("with", "Nadia"),
        ("held_on", "2026-03-29"),
        ("held_at", "1:30"),
        ("how", "phone"),
        ("notes", "Kept notes"),
        ("seen_by", "case"),
    ];
    let page = format!("/staff/c/{reference}/investigation/interviews");
    site.browser(&dana())
        .await
        .post(&page, &held)
        .await
        .says(422, &["Kept notes", "clocks"]);
}

#[tokio::test]
async fn the_complainant_answers_without_script_and_only_while_they_are_asked() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let points = format!("/staff/c/{reference}/investigation/points");
    let dana = site.browser(&dana()).await;
    let priya = site.complainant(&reference).await;
    let track = format!("/track/{reference}");
    let before = priya.get(&track).await;
    assert!(!before.html.contains("What we are looking into"));
    dana.post(&points, &[("step", "send"), ("answer_by", "2026-06-16")])
        .await
        .says(303, &[]);
    priya.get(&track).await.says(
        200,
        &[
            "What we are looking into",
            "Tuesday 16 June 2026",
            "This is how we understand your complaint:",
            "Is this right?",
        ],
    );
    let answer = format!("{track}/points");
    priya
        .post(&answer, &[("round", "1"), ("key", "a")])
        .await
        .says(422, &["There is a problem", "Choose whether this is right"]);
    priya
        .post(&answer, &[("round", "1"), ("key", "b"), ("answer", "correct")])
        .await
        .says(422, &["Write what is wrong or missing"]);
    let wrong = [
        ("round", "1"),
        ("key", "c"),
        ("answer", "correct"),
        ("points_words", "It was six times"),
    ];
    priya.post(&answer, &wrong).await.says(200, &["We have your answer"]);
    priya
        .get(&track)
        .await
        .says(200, &["You told us what is wrong or missing", "It was six times"]);
    // What comes too late is not lost: it stands in the box for a message.
    let late = [
        ("round", "1"),
        ("key", "d"),
        ("answer", "correct"),
        ("points_words", "And on Friday"),
    ];
    priya
        .post(&answer, &late)
        .await
        .says(422, &["And on Friday", "not waiting for an answer"]);
    dana.get(&points)
        .await
        .says(200, &["It was six times", "Change the point that they corrected"]);
}

#[tokio::test]
async fn evidence_is_for_those_who_investigate_and_no_page_of_anybody_else_holds_it() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let page = format!("/staff/c/{reference}/investigation/evidence");
    let dana = site.browser(&dana()).await;
    dana.post(&page, &ITEM).await.leads_to(&format!("{page}?done=evidence"));
    dana.get(&page).await.says(
        200,
        &[
            "1. Restart log",
            "Four restarts in two hours",
            "Only those who investigate",
        ],
    );
    let amara = site.browser(&amara()).await;
    amara
        .get(&page)
        .await
        .says(409, &["Those who investigate this complaint"]);
    amara
        .post(&page, &ITEM)
        .await
        .says(403, &["Those who investigate this complaint"]);
    for shown in ["", "/details", "/audit"] {
        let html = amara.get(&format!("/staff/c/{reference}{shown}")).await.html;
        assert!(
            !html.contains("Restart log") && !html.contains("Four restarts"),
            "{shown}"
        );
    }
    let html = amara.get("/staff/search?q=restarts").await.html;
    assert!(!html.contains(&reference.to_string()), "found by what it may not show");
    let priya = site.complainant(&reference).await;
    let html = priya.get(&format!("/track/{reference}")).await.html;
    assert!(!html.contains("Restart log"));
}

#[tokio::test]
async fn a_conflict_is_asked_of_the_coordinator_who_passes_it_on_or_lets_them_go_on() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let conflict = format!("/staff/c/{reference}/investigation/conflict");
    let dana = site.browser(&dana()).await;
    let declared = [
        ("step", "declare"),
        ("none", "no"),
        ("conflict", "I led the team until March"),
    ];
    dana.post(&conflict, &declared).await.says(303, &[]);
    let ruth = site.browser(&ruth()).await;
    ruth.get("/staff")
        .await
        .says(200, &["Asked of you", "Decide on a conflict of interest"]);
    ruth.get(&conflict).await.says(
        200,
        &[
            "I led the team until March",
            "Let them investigate",
            "Pass the case to somebody",
        ],
    );
    dana.post(
        &format!("/staff/c/{reference}/investigation/plan"),
        &[
            ("step", "add"),
            ("what", "x"),
            ("from_whom", "y"),
            ("by_on", "2026-06-18"),
        ],
    )
    .await
    .says(403, &["You declared a conflict of interest"]);
    ruth.post(
        &conflict,
        &[("step", "override"), ("override", "It is another team now")],
    )
    .await
    .leads_to(&format!("{conflict}?done=overridden"));
    let owen = site.browser(&owen()).await;
    owen.get(&conflict).await.says(409, &[]);
}

#[tokio::test]
async fn findings_are_saved_apart_and_the_letter_starts_with_words_made_from_them() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let task = |task: &str| format!("/staff/c/{reference}/investigation/{task}");
    let dana = site.browser(&dana()).await;
    dana.post(&task("evidence"), &ITEM).await.says(303, &[]);
    let found = [
        ("step", "save"),
        ("finding-1", "The access points restarted four times."),
        ("point-1", "upheld"),
        ("rests-1", "e1"),
    ];
    dana.post(&task("findings"), &found).await.says(303, &[]);
    dana.get(&task("findings")).await.says(
        200,
        &["The access points restarted four times.", "Evidence 1: Restart log"],
    );
    let letter = dana.get(&task("letter")).await;
    letter.says(
        200,
        &[
            "The access points restarted four times.",
            "Change the findings",
            "Before this can be sent",
        ],
    );
    let case = site.office.case(&reference).await;
    assert_eq!(case.draft(), None, "nothing of the letter is saved by it");
    assert_eq!(case.investigation.findings[0].what.evidence, [1]);
}
