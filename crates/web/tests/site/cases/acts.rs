//! Acting on a case: each act done, refused beside its field, and refused in words where it cannot be done now.

use rules::case::State;
use rules::case::vocabulary::{Ending, Urgency};
use rules::people::{Person, StaffId};
use testkit::people::{amara, dana, helen, jo, marcus, owen, ruth, samir};

use crate::support::OpenSite;

fn number(person: &Person) -> String {
    person.id.0.to_string()
}

#[tokio::test]
async fn a_case_is_passed_to_somebody_who_may_have_it() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let path = format!("/staff/c/{reference}/assign");
    let browser = site.browser(&amara()).await;
    browser
        .get(&path)
        .await
        .says(200, &["You have it now.", "Jo Whitfield, IT Helpline Analyst"]);
    let back = browser.post(&path, &[("to", ""), ("note", "On leave & away")]).await;
    back.says(422, &["Choose who takes it", r##"href="#to""##, "On leave &amp; away"]);
    browser
        .post(&path, &[("to", &number(&dana()))])
        .await
        .says(422, &["Dana Kowalczyk cannot work on"]);
    browser
        .post(&path, &[("to", "999")])
        .await
        .says(422, &["Choose who takes it"]);
    browser
        .post(&path, &[("to", &number(&jo())), ("note", "On leave")])
        .await
        .leads_to(&format!("/staff/c/{reference}?done=passed"));
    assert_eq!(site.office.case(&reference).await.owner, Some(StaffId(2)));
    browser
        .get(&format!("/staff/c/{reference}"))
        .await
        .says(200, &["Passed to Jo Whitfield: On leave"]);
}

#[tokio::test]
async fn an_act_on_a_case_that_moved_says_what_happened_and_keeps_the_words() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let (amara, marcus) = (site.browser(&amara()).await, site.browser(&marcus()).await);
    let seen = amara.get(&format!("{case}/assign")).await.hidden("seen").to_owned();
    marcus
        .post(&format!("{case}/assign"), &[("to", "1"), ("note", "It is yours")])
        .await
        .leads_to(&format!("{case}?done=passed"));
    let late = [("seen", seen.as_str()), ("to", "2"), ("note", "My own words")];
    amara.post(&format!("{case}/assign"), &late).await.says(
        409,
        &[
            "Passed to Amara Osei: It is yours, by Marcus Bell",
            "My own words",
            &format!(r#"href="{case}""#),
        ],
    );
    assert_eq!(
        site.office.case(&reference).await.owner,
        Some(StaffId(1)),
        "nothing of it was done"
    );
}

#[tokio::test]
async fn stage_2_needs_a_reason_words_and_an_investigator_and_says_the_new_date() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let path = format!("/staff/c/{reference}/stage-2");
    let browser = site.browser(&amara()).await;
    browser.get(&path).await.says(
        200,
        &[
            "due by the end of Tuesday 7 July 2026",
            "Dana Kowalczyk",
            "Mark them as VIP",
        ],
    );
    browser
        .post(&path, &[("investigator", "5"), ("note", "Two teams")])
        .await
        .says(422, &["Choose why it needs an investigation", "Two teams"]);
    browser
        .post(&path, &[("reason", "vip"), ("investigator", "5"), ("note", "x")])
        .await
        .says(422, &["Choose why it needs an investigation"]);
    browser
        .post(&path, &[("reason", "complex"), ("investigator", "5"), ("note", "")])
        .await
        .says(422, &["Say in a few words"]);
    browser
        .post(&path, &[("reason", "complex"), ("note", "Two teams")])
        .await
        .says(422, &["Choose who investigates", "Two teams"]);
    let whole = [("reason", "complex"), ("investigator", "5"), ("note", "Two teams")];
    browser
        .post(&path, &whole)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=moved"));
    let case = site.office.case(&reference).await;
    assert_eq!((case.stage(), case.owner), (2, Some(dana().id)));
    browser
        .get(&path)
        .await
        .says(409, &["This is the last stage of the procedure.", "Back to"]);
}

#[tokio::test]
async fn a_request_for_stage_2_is_written_down_and_accepted() {
    let site = OpenSite::open().await;
    let reference = site.office.answered("k").await;
    let case = format!("/staff/c/{reference}");
    let (amara, ruth) = (site.browser(&amara()).await, site.browser(&ruth()).await);
    amara
        .get(&format!("{case}/ask-stage-2"))
        .await
        .says(200, &["They can ask until ", "In person"]);
    amara
        .post(&format!("{case}/ask-stage-2"), &[("words", "Look again")])
        .await
        .says(422, &["Choose how they asked", "Look again"]);
    let asked = [("channel", "phone"), ("words", "Look again")];
    amara
        .post(&format!("{case}/ask-stage-2"), &asked)
        .await
        .leads_to(&format!("{case}?done=stage-2-asked"));
    amara
        .get(&format!("{case}/ask-stage-2"))
        .await
        .says(409, &["You cannot ask for the next stage now"]);

    amara
        .get(&format!("{case}/escalation"))
        .await
        .says(403, &["You cannot decide on a request for stage 2"]);
    let path = format!("{case}/escalation");
    ruth.get(&path).await.says(
        200,
        &[
            "Look again",
            "by phone",
            "Asked for in time",
            "counted from the day of the request",
        ],
    );
    ruth.post(&path, &[])
        .await
        .says(422, &["Choose whether to accept or to refuse"]);
    ruth.post(&path, &[("answer", "accept")])
        .await
        .says(422, &["Choose who investigates"]);
    ruth.post(&path, &[("answer", "accept"), ("investigator", &number(&owen()))])
        .await
        .leads_to(&format!("{case}?done=stage-2-accepted"));
    let folded = site.office.case(&reference).await;
    assert_eq!((folded.stage(), folded.owner), (2, Some(owen().id)));
    ruth.get(&path)
        .await
        .says(409, &["Nobody has asked for stage 2 on this case."]);
}

#[tokio::test]
async fn a_request_for_stage_2_is_refused_with_a_reason_only() {
    let site = OpenSite::open().await;
    let reference = site.office.asked_for_stage_2("k").await;
    let path = format!("/staff/c/{reference}/escalation");
    let ruth = site.browser(&ruth()).await;
    ruth.post(&path, &[("answer", "refuse"), ("reason", " ")])
        .await
        .says(422, &["Say why", r##"href="#reason""##]);
    let refusal = [("answer", "refuse"), ("reason", "We looked at both afternoons.")];
    ruth.post(&path, &refusal)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=stage-2-refused"));
    assert_eq!(
        site.office.case(&reference).await.escalation_refused.as_deref(),
        Some("We looked at both afternoons.")
    );
}

#[tokio::test]
async fn more_time_is_shown_as_a_notice_asked_for_and_granted() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (case, path) = (format!("/staff/c/{reference}"), format!("/staff/c/{reference}/extend"));
    let (amara, marcus) = (site.browser(&amara()).await, site.browser(&marcus()).await);
    amara.get(&path).await.says(
        200,
        &[
            "Marcus Bell or Robin Castle can approve it.",
            "Ask for approval",
            r#"value="2026-06-16""#,
            "It can be extended once.",
        ],
    );
    let more = [
        ("reason_code", "waiting_for_supplier"),
        ("reason", "The supplier sends us the logs on Monday."),
        ("new_date", "2026-06-15"),
    ];
    let preview = [&[("step", "preview")], more.as_slice()].concat();
    amara.post(&path, &preview).await.says(
        200,
        &[
            "Monday 15 June 2026",
            "The supplier sends us the logs on Monday.",
            "Subject: ",
        ],
    );
    let too_far = [
        ("step", "send"),
        ("reason_code", "waiting_for_supplier"),
        ("reason", "The supplier is slow."),
        ("new_date", "2026-06-30"),
    ];
    amara
        .post(&path, &too_far)
        .await
        .says(422, &["Tuesday 16 June 2026 at the latest", "The supplier is slow."]);

    let send = [&[("step", "send")], more.as_slice()].concat();
    amara
        .post(&path, &send)
        .await
        .leads_to(&format!("{case}?done=time-asked"));
    amara
        .get(&path)
        .await
        .says(409, &["Marcus Bell or Robin Castle decides on it."]);
    marcus
        .get(&path)
        .await
        .says(200, &["The supplier sends us the logs on Monday.", "Grant more time"]);
    marcus
        .post(&path, &[])
        .await
        .says(422, &["Choose whether to grant or to refuse"]);
    marcus
        .post(&path, &[("answer", "grant")])
        .await
        .leads_to(&format!("{case}?done=extended"));
    assert_eq!(
        site.office.case(&reference).await.extensions[0].new_due_on,
        testkit::day("2026-06-15")
    );
    amara.get(&path).await.says(409, &["This has already been extended"]);
}

#[tokio::test]
async fn more_time_is_refused_with_a_reason_only_and_a_late_case_has_none() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let (case, path) = (format!("/staff/c/{reference}"), format!("/staff/c/{reference}/extend"));
    let (dana, helen) = (site.browser(&dana()).await, site.browser(&helen()).await);
    let more = [
        ("step", "send"),
        ("reason", "The supplier sends us the logs on Monday."),
        ("new_date", "2026-07-10"),
    ];
    dana.post(&path, &more)
        .await
        .leads_to(&format!("{case}?done=time-asked"));
    dana.post(&path, &[("answer", "grant")]).await.says(422, &["Only a "]);
    helen
        .post(&path, &[("answer", "refuse")])
        .await
        .says(422, &["Say why not"]);
    helen
        .post(&path, &[("answer", "refuse"), ("reason", "Ask the supplier today.")])
        .await
        .leads_to(&format!("{case}?done=time-refused"));
    site.office.on("2026-07-08 09:00");
    dana.get(&path)
        .await
        .says(409, &["it is late and cannot be extended any more"]);
}

#[tokio::test]
async fn a_case_ends_without_a_decision_for_a_reason_of_the_procedure() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (case, path) = (format!("/staff/c/{reference}"), format!("/staff/c/{reference}/close"));
    let amara = site.browser(&amara()).await;
    let page = amara.get(&path).await;
    let endings = [
        r#"value="duplicate""#,
        r#"value="not_a_complaint""#,
        r#"value="logged_in_error""#,
        r#"value="referred""#,
        r#"value="refused""#,
    ];
    page.says(200, &endings);
    page.says(
        200,
        &[
            "This goes to priya@example.ac.uk by email",
            "We write to Priya that there will be no decision",
        ],
    );
    assert!(
        !page.html.contains(r#"value="no_response""#),
        "nobody asked anything (A41)"
    );
    assert!(
        !page.html.contains(r#"value="withdrawn""#) && !page.html.contains(r#"value="noted""#),
        "not endings of this form"
    );
    amara
        .post(&path, &[("reason", "Because")])
        .await
        .says(422, &["Choose why it ends without a decision", "Because"]);
    amara
        .post(&path, &[("ending", "decided"), ("reason", "Because")])
        .await
        .says(422, &["Choose why it ends without a decision"]);
    amara
        .post(&path, &[("ending", "referred")])
        .await
        .says(422, &["Say why, in words for the complainant: we send them"]);
    let preview = [
        ("ending", "referred"),
        ("reason", "Estates looks after doors."),
        ("step", "preview"),
    ];
    amara.post(&path, &preview).await.says(
        200,
        &[
            "Another procedure deals with what you told us.",
            "Estates looks after doors.",
            "If you are a student, you can take your complaint",
            "[their link]",
        ],
    );
    assert_ne!(
        site.office.case(&reference).await.state,
        State::Closed(Ending::Referred, None),
        "only shown"
    );
    amara
        .post(
            &path,
            &[("ending", "referred"), ("reason", "Estates looks after doors.")],
        )
        .await
        .leads_to(&format!("{case}?done=closed"));
    assert_eq!(
        site.office.case(&reference).await.state,
        State::Closed(Ending::Referred, None)
    );
    amara.get(&path).await.says(409, &["this case is closed"]);
    site.office.letters_arrive().await;
    amara
        .get(&case)
        .await
        .says(200, &["that there will be no decision", "Estates looks after doors."]);
    let page = site
        .complainant(&reference)
        .await
        .get(&format!("/track/{reference}"))
        .await;
    page.says(
        200,
        &[
            "We closed it without a decision: referred to another procedure",
            "Estates looks after doors.",
        ],
    );
}

#[tokio::test]
async fn nobody_is_written_to_who_cannot_be_and_the_page_says_so() {
    let site = OpenSite::open().await;
    let raw = testkit::words::anonymous_form();
    let public = casework::PublicDoor::of(site.office.office.clone());
    let reference = public.complain(&raw, "k").await.unwrap().reference;
    let ruth = site.browser(&ruth()).await;
    let path = format!("/staff/c/{reference}/close");
    let page = ruth.get(&path).await;
    page.says(
        200,
        &["Nobody is written to", "Staff only: the monthly review reads it."],
    );
    ruth.post(&path, &[("ending", "refused"), ("reason", "Not an IT service.")])
        .await
        .leads_to(&format!("/staff/c/{reference}?done=closed"));
    let theirs = site
        .complainant(&reference)
        .await
        .get(&format!("/track/{reference}"))
        .await;
    theirs.says(
        200,
        &[
            "We closed it without a decision: outside this procedure",
            "Not an IT service.",
        ],
    );
}

#[tokio::test]
async fn a_complaint_is_stopped_for_the_person_and_taken_up_again() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let (amara, ruth) = (site.browser(&amara()).await, site.browser(&ruth()).await);
    let path = format!("{case}/withdraw");
    amara
        .post(&path, &[("reason", "It works now")])
        .await
        .says(422, &["Choose how they told us", "It works now"]);
    amara
        .post(&path, &[("told_how", "phone"), ("reason", "It works now")])
        .await
        .leads_to(&format!("{case}?done=withdrawn"));
    assert_eq!(
        site.office.case(&reference).await.state,
        State::Closed(Ending::Withdrawn, None)
    );
    amara.get(&case).await.says(200, &["By phone. It works now"]);
    amara.get(&path).await.says(409, &["this case is closed"]);

    site.office.letters_arrive().await;
    let path = format!("{case}/reopen");
    ruth.get(&path).await.says(200, &["Reopen the case"]);
    ruth.post(&path, &[("reason", "")])
        .await
        .says(422, &["Say what is new"]);
    ruth.post(&path, &[("reason", "It broke again")])
        .await
        .leads_to(&format!("{case}?done=reopened"));
    assert!(site.office.case(&reference).await.is_open());
    ruth.get(&path).await.says(409, &["This case is open."]);
    // It is flagged wherever staff meet it (A40), and why it was taken up is for them alone.
    ruth.get(&case)
        .await
        .says(200, &[">Reopened</strong>", "It broke again"]);
    amara.get("/staff").await.says(200, &[">Reopened</strong>"]);
    ruth.get("/staff/cases?state=open")
        .await
        .says(200, &[">Reopened</strong>"]);
    let priya = site.complainant(&reference).await;
    let page = priya.get(&format!("/track/{reference}")).await;
    page.says(200, &["We took it up again", "We are working on it"]);
    assert!(!page.html.contains("It broke again"), "a note of staff for staff");
    amara.get(&case).await.says(200, &["Reopened"]);
    amara
        .post(
            &format!("{case}/withdraw"),
            &[("told_how", "phone"), ("reason", "It works")],
        )
        .await
        .leads_to(&format!("{case}?done=withdrawn"));
    let over = amara.get(&case).await;
    assert!(
        !over.html.contains(">Reopened</strong>"),
        "what is over is not open again"
    );
}

#[tokio::test]
async fn taking_a_case_up_says_when_and_with_whom_it_goes_on_and_when_the_time_is_over() {
    let site = OpenSite::open().await;
    let reference = site.office.answered("k").await;
    let path = format!("/staff/c/{reference}/reopen");
    let ruth = site.browser(&ruth()).await;
    site.office.on("2026-06-22 10:00");
    ruth.get(&path).await.says(
        200,
        &["It opens again with a decision date: Thursday 25 June 2026. It goes on with Amara Osei."],
    );
    let tom = testkit::people::tom();
    let hand = casework::people::OfficeHand {
        office: &site.office.office,
        by: &tom,
        once: "",
    };
    casework::people::leave(hand, amara().id, None).await.unwrap();
    ruth.get(&path).await.says(200, &["It goes on with Ruth Abara."]);
    site.office.on("2026-07-08 00:00");
    let ruth = site.browser(&helen()).await;
    ruth.get(&path)
        .await
        .says(409, &["Only a complaints coordinator can reopen a case."]);
}

#[tokio::test]
async fn category_urgency_and_points_are_corrected_on_the_details_tab() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (case, details) = (format!("/staff/c/{reference}"), format!("/staff/c/{reference}/details"));
    let amara = site.browser(&amara()).await;
    amara
        .get(&details)
        .await
        .says(200, &[r#"<option value="A3" selected>"#, "Add a point"]);
    amara
        .post(&format!("{case}/category"), &[("service", "Z9"), ("problem", "B11")])
        .await
        .says(422, &["Choose the service", r##"href="#service""##]);
    amara
        .post(&format!("{case}/category"), &[("service", "A1"), ("problem", "B11")])
        .await
        .leads_to(&format!("{details}?done=category"));
    amara
        .post(&format!("{case}/urgency"), &[("why", "Exam today")])
        .await
        .says(422, &["Choose how urgent it is", "Exam today"]);
    let high = [("urgency", "high"), ("why", "Exam today")];
    amara
        .post(&format!("{case}/urgency"), &high)
        .await
        .leads_to(&format!("{details}?done=urgency"));
    amara
        .post(&format!("{case}/point"), &[("point", " ")])
        .await
        .says(422, &["Write the point of complaint"]);
    amara
        .post(&format!("{case}/point"), &[("point", "Nobody called back")])
        .await
        .leads_to(&format!("{details}?done=point"));
    amara
        .get(&format!("{details}?done=point"))
        .await
        .says(200, &["Point of complaint added.", "Nobody called back", "Not decided"]);
    let folded = site.office.case(&reference).await;
    assert_eq!(
        (
            folded.category.unwrap().service.as_str(),
            folded.urgency,
            folded.points.len()
        ),
        ("A1", Urgency::High, 2)
    );
    amara.get(&format!("{case}/point")).await.leads_to(&details);
}

#[tokio::test]
async fn a_vip_who_is_recognised_late_goes_to_an_investigator_at_once() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (case, path) = (format!("/staff/c/{reference}"), format!("/staff/c/{reference}/vip"));
    let (amara, marcus) = (site.browser(&amara()).await, site.browser(&marcus()).await);
    assert!(
        !amara.get(&format!("{case}/details")).await.html.contains("vip_reason"),
        "not hers to mark"
    );
    amara
        .post(&path, &[("vip_reason", "x"), ("investigator", "5")])
        .await
        .says(403, &["You cannot mark a VIP"]);
    marcus
        .get(&format!("{case}/details"))
        .await
        .says(200, &["The case goes to stage 2 at once.", "Dana Kowalczyk"]);
    marcus
        .post(&path, &[("vip_reason", "A dean")])
        .await
        .says(422, &["Choose who investigates", "A dean"]);
    marcus
        .post(&path, &[("vip_reason", ""), ("investigator", "5")])
        .await
        .says(422, &["Say how you know"]);
    marcus
        .post(&path, &[("vip_reason", "A dean"), ("investigator", "5")])
        .await
        .leads_to(&format!("{case}?done=vip"));
    let folded = site.office.case(&reference).await;
    assert_eq!(
        (folded.stage(), folded.owner, folded.vip.is_some()),
        (2, Some(dana().id), true)
    );
}

/// A decision at stage 2 that lacks nothing.
const WHOLE: [(&str, &str); 9] = [
    ("point-1", "upheld"),
    ("finding-1", "Two access points restarted four times."),
    (
        "found",
        "You told us that it dropped four times. You were right, and I am sorry.",
    ),
    ("did", "We replaced both."),
    ("remedy", "apology"),
    ("root_cause", "system_fault"),
    ("learning", "no"),
    ("satisfied", "not_asked"),
    ("kinds", "apology"),
];

#[tokio::test]
async fn an_investigator_can_ask_for_a_sign_off_that_no_rule_demands() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let path = format!("/staff/c/{reference}/investigation/letter");
    site.office.prepared(&reference, &dana()).await;
    let dana_browses = site.browser(&dana()).await;
    let unfinished = dana_browses.get(&path).await;
    assert!(
        !unfinished.html.contains("Ask for sign-off first"),
        "nothing is written yet"
    );
    let findings = [
        ("point-1", "upheld"),
        ("finding-1", "Both access points restarted."),
        ("step", "save"),
    ];
    dana_browses
        .post(&format!("/staff/c/{reference}/investigation/findings"), &findings)
        .await
        .leads_to(&format!("/staff/c/{reference}/investigation/findings?done=findings"));
    let step = |step| WHOLE.into_iter().chain([("step", step)]).collect::<Vec<_>>();
    dana_browses
        .post(&path, &step("save"))
        .await
        .leads_to(&format!("{path}?done=saved"));
    dana_browses.get(&path).await.says(
        200,
        &["No rule asks for a sign-off", "Send decision", "Ask for sign-off first"],
    );
    dana_browses
        .post(&path, &step("ask"))
        .await
        .leads_to(&format!("/staff/c/{reference}?done=submitted"));
    assert_eq!(site.office.case(&reference).await.state.name(), "sign_off");
    site.browser(&samir())
        .await
        .get("/staff")
        .await
        .says(200, &["Sign off the letter", &format!("/staff/sign-off/{reference}")]);
}
