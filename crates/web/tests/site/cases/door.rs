//! Who gets in: every case page, signed out, unknown, forged, not allowed.

use testkit::people::{amara, dana, iris, tom};

use crate::support::OpenSite;

pub(crate) const PAGES: &[&str] = &[
    "",
    "/details",
    "/jobs",
    "/audit",
    "/seen",
    "/decide",
    "/investigation",
    "/investigation/points",
    "/investigation/conflict",
    "/investigation/plan",
    "/investigation/evidence",
    "/investigation/interviews",
    "/investigation/findings",
    "/investigation/letter",
    "/assign",
    "/contact",
    "/stage-2",
    "/escalation",
    "/ask-stage-2",
    "/extend",
    "/confidential",
    "/handover",
    "/opening",
    "/opening/read",
    "/group",
    "/consent",
    "/close",
    "/withdraw",
    "/reopen",
    "/redact",
];

pub(crate) const FORMS: &[&str] = &[
    "/investigation/points",
    "/investigation/conflict",
    "/investigation/plan",
    "/investigation/evidence",
    "/investigation/interviews",
    "/investigation/findings",
    "/investigation/letter",
    "/message",
    "/note",
    "/category",
    "/urgency",
    "/point",
    "/vip",
    "/decide",
    "/assign",
    "/contact",
    "/stage-2",
    "/escalation",
    "/ask-stage-2",
    "/extend",
    "/confidential",
    "/handover",
    "/opening",
    "/group",
    "/consent",
    "/close",
    "/withdraw",
    "/reopen",
    "/redact",
];

#[tokio::test]
async fn nobody_reads_or_sends_anything_signed_out() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let stranger = site.stranger();
    for page in PAGES {
        stranger
            .get(&format!("{case}{page}"))
            .await
            .leads_to(&format!("/staff/sign-in?next={case}{page}"));
    }
    for form in FORMS {
        stranger
            .post(&format!("{case}{form}"), &[("message", "Hello")])
            .await
            .leads_to("/staff/sign-in?next=/staff");
    }
}

#[tokio::test]
async fn an_unknown_reference_is_not_found_whatever_is_done_to_it() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    for reference in ["FC-99999", "nonsense"] {
        for page in PAGES {
            amara
                .get(&format!("/staff/c/{reference}{page}"))
                .await
                .says(404, &["We could not find that"]);
        }
        for form in FORMS {
            amara
                .post(&format!("/staff/c/{reference}{form}"), &[])
                .await
                .says(404, &["We could not find that"]);
        }
    }
}

#[tokio::test]
async fn a_form_without_the_token_of_the_session_does_nothing_and_keeps_the_words() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let before = site.office.case(&reference).await.sequence;
    let amara = site.browser(&amara()).await;
    for form in FORMS {
        let path = format!("/staff/c/{reference}{form}");
        let words = [("message", "Kept <words>"), ("answer", "accept"), ("step", "send")];
        amara
            .post_with("forged", &path, &words)
            .await
            .says(403, &["You were away for a while", "Kept &lt;words&gt;"]);
        assert!(amara.get(&path).await.status.as_u16() < 500, "the way back from {path}");
    }
    assert_eq!(site.office.case(&reference).await.sequence, before, "nothing happened");
}

#[tokio::test]
async fn somebody_who_sees_no_case_is_told_who_can() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let tom = site.browser(&tom()).await;
    for page in PAGES {
        let answer = tom.get(&format!("{case}{page}")).await;
        answer.says(403, &["You cannot see cases", "Ask a "]);
        assert!(!answer.html.contains("Priya"), "{page} shows the case");
    }
}

#[tokio::test]
async fn an_auditor_reads_everything_and_acts_on_nothing() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let before = site.office.case(&reference).await.sequence;
    let iris = site.browser(&iris()).await;
    let page = iris.get(&case).await;
    page.says(200, &["The Wi-Fi in the Main Library"]);
    assert!(!page.html.contains(r#"name="message""#), "no composer");
    iris.get(&format!("{case}/audit")).await.says(200, &["Every event"]);
    for page in ["/decide", "/assign", "/stage-2", "/extend", "/close", "/withdraw"] {
        iris.get(&format!("{case}{page}"))
            .await
            .says(403, &["You cannot ", "Your roles do not include it."]);
    }
    for form in [
        "/message",
        "/note",
        "/point",
        "/category",
        "/assign",
        "/stage-2",
        "/close",
        "/withdraw",
    ] {
        let fields = [
            ("message", "x"),
            ("note", "x"),
            ("point", "x"),
            ("service", "A3"),
            ("problem", "B11"),
            ("to", "1"),
            ("ending", "referred"),
            ("reason", "because"),
            ("told_how", "phone"),
            ("investigator", "5"),
        ];
        iris.post(&format!("{case}{form}"), &fields)
            .await
            .says(403, &["You cannot "]);
    }
    assert_eq!(site.office.case(&reference).await.sequence, before, "nothing happened");
}

#[tokio::test]
async fn a_role_that_lacks_an_act_sees_why_instead_of_a_link() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let dana = site.browser(&dana()).await;
    dana.get(&case)
        .await
        .says(200, &["You cannot record a stage 1 decision."]);
    dana.get(&format!("{case}/decide"))
        .await
        .says(403, &["You cannot record a stage 1 decision"]);
}
