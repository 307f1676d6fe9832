//! The monthly review as browsers meet it: read, noted, recommended, finished; what was promised, done and published; and what a reader without
//! cases is given.

use casework::handling::{confidential, decide, judge};
use casework::review::open::open_due;
use rules::case::{Action, Decision, Reference};
use rules::confidential::StaffNamed;
use rules::handling::decide::Telling;
use rules::intake::RawFeedback;
use testkit::people::{amara, dana, grace, helen, iris, jo, marcus, ruth, samir};
use testkit::words::{decision_on, form, judged_for};

use crate::support::OpenSite;

const JUNE: &str = "/staff/review/2026-06";

async fn received(site: &OpenSite, key: &str, form: RawFeedback) -> Reference {
    let receipt = site.office.public().complain(&form, key).await.unwrap();
    site.office.letters_arrive().await;
    receipt.reference
}

async fn decided(site: &OpenSite, reference: &Reference, promise: &str) {
    let case = site.office.case(reference).await;
    let by = if case.is_restricted() { marcus() } else { amara() };
    let decision = Decision {
        actions: vec![Action {
            text: promise.to_owned(),
            owner: "Helpline".to_owned(),
            due_on: testkit::day("2026-06-30"),
        }],
        late_reason: Some("A supplier was late".to_owned()),
        ..decision_on(&case)
    };
    decide::decide(site.office.hand(&by, reference), &decision, &Telling::InWriting)
        .await
        .unwrap();
    site.office.letters_arrive().await;
}

/// June with one complaint that was decided late and one about Jo, each with a promise; it is Monday 6 July.
async fn site_in_july() -> OpenSite {
    let site = OpenSite::open().await;
    let late = received(&site, "late", form()).await;
    let staff = RawFeedback {
        about_staff: "yes".to_owned(),
        ..form()
    };
    let about_jo = received(&site, "about Jo", staff).await;
    let ruth = ruth();
    judge::triage(site.office.hand(&ruth, &late), &judged_for(&amara()))
        .await
        .unwrap();
    let named = StaffNamed {
        people: vec![jo().id],
        others: None,
    };
    confidential::named_and_triaged(site.office.hand(&ruth, &about_jo), &named, &judged_for(&marcus()))
        .await
        .unwrap();
    site.office.letters_arrive().await;
    site.office.on("2026-06-17 10:00");
    decided(&site, &late, "Ask before closing a job").await;
    decided(&site, &about_jo, "Talk to Jo").await;
    site.office.on("2026-07-06 09:00");
    open_due(&site.office.office).await.unwrap();
    site
}

#[tokio::test]
async fn a_review_is_held_from_the_first_note_to_the_frozen_end() {
    let site = site_in_july().await;
    let helen = site.browser(&helen()).await;
    helen
        .get("/staff/review")
        .await
        .says(200, &["One review waits: June 2026", JUNE]);
    let page = helen.get(JUNE).await;
    page.says(
        200,
        &[
            "FC-10001",
            "Decided late",
            "1 more is about a member of staff: counted, not listed.",
            "Brought forward + received + taken up again = closed + carried forward",
        ],
    );
    assert!(!page.html.contains("/c/FC-10002"), "it is about Jo");

    let note = helen.get(&format!("{JUNE}?note=FC-10001")).await;
    note.says(200, &["Note on FC-10001"]);
    let note_form = |words: &'static str| [("once", "n1"), ("about", "FC-10001"), ("case_words", words)];
    helen
        .post(&format!("{JUNE}/note"), &note_form(""))
        .await
        .says(422, &["There is a problem", "Write your note"]);
    helen
        .post(&format!("{JUNE}/note"), &note_form("Nobody stood in for Amara"))
        .await
        .leads_to(&format!("{JUNE}?done=noted"));

    let recommendation = [
        ("text", "Two names on each case"),
        ("cases", "FC-10001"),
        ("once", "r1"),
    ];
    helen
        .post(&format!("{JUNE}/recommend"), &[("text", ""), ("once", "r0")])
        .await
        .says(422, &["Write what should change"]);
    helen
        .post(&format!("{JUNE}/recommend"), &recommendation)
        .await
        .leads_to(&format!("{JUNE}?done=recommended"));

    helen
        .get(&format!("{JUNE}/finish"))
        .await
        .says(200, &["Each of the 1 cases", "1 recommendation waits to be accepted"]);
    helen
        .post(
            &format!("{JUNE}/finish"),
            &[("held_on", "2026-06-30"), ("next_review", "Weekends"), ("once", "f0")],
        )
        .await
        .says(
            422,
            &[
                "Enter the day of the meeting",
                "Tick who was there",
                ">Weekends</textarea>",
            ],
        );
    let meeting = [("held_on", "2026-07-06"), ("present", "7"), ("once", "f1")];
    helen
        .post(&format!("{JUNE}/finish"), &meeting)
        .await
        .leads_to(&format!("{JUNE}?done=finished"));

    let frozen = helen.get(JUNE).await;
    frozen.says(
        200,
        &["Finished", "Nobody stood in for Amara", "Two names on each case"],
    );
    for form in ["Finish this review", "Add to the minutes", "Recommend a change"] {
        assert!(!frozen.html.contains(form), "{form}");
    }
    helen
        .post(&format!("{JUNE}/note"), &[("once", "n2"), ("minutes", "More")])
        .await
        .says(
            422,
            &["The review of June 2026 is finished. Take it up in the next one."],
        );
}

#[tokio::test]
async fn what_was_promised_and_done_is_published_for_everybody() {
    let site = site_in_july().await;
    let action = "/staff/actions/FC-10001-1";
    let stranger = site.stranger();
    stranger.get("/you-said-we-did").await.says(200, &["first changes"]);
    let marcus = site.browser(&marcus()).await;
    marcus
        .get("/staff/actions")
        .await
        .says(200, &["Ask before closing a job", "6 days late", "Talk to Jo"]);
    marcus
        .post(action, &[("step", "done"), ("remark", ""), ("once", "d0")])
        .await
        .says(422, &["Say what was done"]);
    marcus
        .post(action, &[("step", "done"), ("remark", "The form asks"), ("once", "d1")])
        .await
        .leads_to(&format!("{action}?done=saved"));
    let helen = site.browser(&helen()).await;
    let words = [
        ("you_said", "My job was closed and nothing was mended."),
        ("we_did", "We ask you before we close it."),
        ("once", "p1"),
    ];
    helen
        .post(&format!("{action}/publish"), &words)
        .await
        .leads_to(&format!("{action}?done=published"));
    let public = stranger.get("/you-said-we-did").await;
    public.says(200, &[words[0].1, words[1].1]);
    for private in ["FC-1000", "Priya", "Amara", "The form asks"] {
        assert!(!public.html.contains(private), "{private}");
    }
    stranger.get("/").await.says(200, &[words[1].1, "/you-said-we-did"]);
    helen
        .post(&format!("{action}/unpublish"), &[("remark", "Not yet"), ("once", "u1")])
        .await
        .leads_to(&format!("{action}?done=unpublished"));
    assert!(!stranger.get("/you-said-we-did").await.html.contains(words[1].1));
}

#[tokio::test]
async fn a_reader_without_cases_is_given_figures_and_nothing_of_a_case() {
    let site = site_in_july().await;
    let grace = site.browser(&grace()).await;
    for path in [
        "/staff/review",
        JUNE,
        &format!("{JUNE}?show=whole&behind=k4.decisions.late&note=FC-10001"),
        "/staff/actions",
        "/staff/actions/FC-10001-1",
    ] {
        let page = grace.get(path).await;
        page.says(200, &[]);
        for private in [
            "Wi-Fi in the Main Library",
            "/staff/c/FC-",
            "Ask before",
            "Talk to Jo",
            "FC-10002",
            "Priya",
        ] {
            assert!(!page.html.contains(private), "{path} tells {private}");
        }
    }
    let page = grace.get(JUNE).await;
    page.says(
        200,
        &[
            "Numbers from 1 to 4 are hidden",
            "fewer than 5",
            "Promised in a decision",
        ],
    );
    assert!(!page.html.contains("To discuss") && !page.html.contains("Add to the minutes"));
}

#[tokio::test]
async fn nobody_is_told_of_a_promise_in_a_case_that_they_may_not_see() {
    let site = site_in_july().await;
    let (there, not_there) = ("/staff/actions/FC-10002-1", "/staff/actions/FC-99999-1");
    for who in [dana(), samir(), iris(), grace()] {
        let browser = site.browser(&who).await;
        let answers = [browser.get(there).await, browser.get(not_there).await];
        assert_eq!(answers[0].status.as_u16(), 404, "{}", who.name);
        assert_eq!(answers[0].html, answers[1].html, "{}", who.name);
        let step = [("step", "start"), ("remark", "x"), ("once", "s")];
        let answers = [browser.post(there, &step).await, browser.post(not_there, &step).await];
        assert_eq!(
            (answers[0].status, &answers[0].html),
            (answers[1].status, &answers[1].html)
        );
        let register = browser.get("/staff/actions").await;
        register.says(200, &["1 to do"]);
        assert!(!register.html.contains("FC-10002") && !register.html.contains("Talk to Jo"));
    }
}

#[tokio::test]
async fn whoever_may_not_read_reviews_is_told_who_can() {
    let site = site_in_july().await;
    let amara = site.browser(&amara()).await;
    for path in ["/staff/review", JUNE, "/staff/actions", "/staff/actions/FC-10001-1"] {
        amara.get(path).await.says(403, &["You cannot"]);
    }
    let samir = site.browser(&samir()).await;
    samir.get(&format!("{JUNE}/finish")).await.says(403, &["You cannot"]);
    samir
        .post(&format!("{JUNE}/note"), &[("minutes", "x"), ("once", "n")])
        .await
        .says(403, &["You cannot"]);
    for path in ["/staff/review/2026-08", "/staff/review/2026-13", "/staff/review/x"] {
        samir.get(path).await.says(404, &["We could not find that"]);
    }
}

#[tokio::test]
async fn any_days_are_reported_as_a_page_and_as_a_file_and_small_numbers_stay_hidden() {
    let site = site_in_july().await;
    let helen = site.browser(&helen()).await;
    helen.get("/staff/reports").await.says(
        200,
        &[
            "Friday 1 August 2025 to Monday 6 July 2026, as the figures stand today",
            "Stage 1 on time",
            "0% (0 of 2)",
        ],
    );
    let june = "from=2026-06-01&until=2026-06-30";
    let page = helen.get(&format!("/staff/reports?{june}")).await;
    page.says(
        200,
        &[
            "Monday 1 June to Tuesday 30 June 2026",
            "/staff/reports.csv?from=2026-06-01&amp;until=2026-06-30",
        ],
    );
    assert!(
        !page.html.contains("?behind="),
        "no page lists the cases behind these numbers"
    );
    let file = helen.get(&format!("/staff/reports.csv?{june}")).await;
    file.says(
        200,
        &[
            "from,until,figure,table,row,measure,value",
            "2026-06-01,2026-06-30,Stage 1 on time,",
        ],
    );

    let grace = site.browser(&grace()).await;
    let hidden = grace.get(&format!("/staff/reports?{june}")).await;
    hidden.says(200, &["ewer than 5"]);
    assert!(
        !hidden.html.contains("0 of 2"),
        "a reader without cases sees no small number"
    );
    let file = grace.get(&format!("/staff/reports.csv?{june}")).await;
    file.says(200, &["fewer than 5"]);
    site.browser(&amara())
        .await
        .get("/staff/reports")
        .await
        .says(403, &["You cannot read the monthly review"]);
}

#[tokio::test]
async fn days_that_are_no_range_are_answered_with_what_to_do_and_stay_as_typed() {
    let site = site_in_july().await;
    let helen = site.browser(&helen()).await;
    for (asked, words) in [
        (
            "from=2026-06-30&until=2026-06-01",
            "a last day that is not before the first",
        ),
        ("from=yesterday", "Enter a date as year, month and day"),
        ("from=2026-07-07", "Choose a first day that has come"),
        ("from=2020-01-01", "Choose at most three years"),
        ("from=%00&until=%E2%80%AE", "Enter a date as year, month and day"),
    ] {
        helen
            .get(&format!("/staff/reports?{asked}"))
            .await
            .says(422, &["There is a problem", words, "Last 12 months"]);
    }
    let typed = helen.get("/staff/reports?from=2026-06-30&until=2026-06-01").await;
    typed.says(422, &[r#"value="2026-06-30""#, r#"value="2026-06-01""#]);
    helen
        .get("/staff/reports.csv?from=x")
        .await
        .leads_to("/staff/reports?from=x");
}

#[tokio::test]
async fn months_of_more_than_two_years_are_on_pages_that_lead_to_each_other() {
    let site = OpenSite::open().await;
    received(&site, "first", form()).await;
    site.office.on("2028-09-06 09:15");
    let helen = site.browser(&helen()).await;
    let latest = helen.get("/staff/review").await;
    latest.says(
        200,
        &["September 2028", "October 2026", r#"href="/staff/review?page=2""#],
    );
    assert!(!latest.html.contains("September 2026") && !latest.html.contains("Latest months"));
    let earlier = helen.get("/staff/review?page=2").await;
    earlier.says(
        200,
        &[
            "<title>Monthly review: earlier months",
            "September 2026",
            "June 2026",
            "Latest months",
        ],
    );
    assert!(!earlier.html.contains("October 2026") && !earlier.html.contains("page=3"));
    let before = helen.get("/staff/review?page=3").await;
    before.says(200, &["There are no earlier months.", "Latest months"]);
}
