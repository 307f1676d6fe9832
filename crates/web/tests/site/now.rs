//! How it stands now: the numbers of whoever asks, in no words where nothing changed, and nothing of a case that is not theirs to see.

use axum::body::Body;
use axum::http::{Request, header};
use casework::account::still_signed_in;
use jiff::SignedDuration;
use testkit::office::Session;
use testkit::people::{amara, dana, jo, ruth, tom};

use crate::support::{Answer, OpenSite};

async fn asked(site: &OpenSite, session: &Session, query: &str, tag: Option<&str>) -> (Answer, String) {
    let mut request =
        Request::get(format!("/staff/now{query}")).header(header::COOKIE, format!("staff={}", session.token));
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let response = site.answer(request.body(Body::empty()).unwrap()).await;
    let tag = response
        .headers()
        .get(header::ETAG)
        .map(|tag| tag.to_str().unwrap().to_owned());
    (Answer::of(response).await, tag.unwrap_or_default())
}

fn number(answer: &Answer, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(answer.html.as_bytes());
    pairs
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn the_numbers_of_the_navigation_are_told_and_what_did_not_change_is_not() {
    let site = OpenSite::open().await;
    let session = site.office.sign_in(&ruth()).await;
    let (before, tag) = asked(&site, &session, "", None).await;
    before.says(200, &[]);
    assert_eq!(number(&before, "triage").as_deref(), Some("0"));
    let (same, again) = asked(&site, &session, "", Some(&tag)).await;
    assert_eq!((same.status.as_u16(), same.html.as_str(), &again), (304, "", &tag));
    site.office.receive("m").await;
    let (after, changed) = asked(&site, &session, "", Some(&tag)).await;
    after.says(200, &[]);
    assert_ne!(changed, tag);
    assert_eq!(number(&after, "triage").as_deref(), Some("1"));
    assert_eq!(number(&after, "triage.said").as_deref(), Some(" case)"));
    assert_eq!(number(&after, "at").as_deref(), Some("9:15am"));
    let page = site.browser(&dana()).await.get("/staff").await;
    page.says(200, &[r#"data-count="triage""#, r#"data-now="9:15am""#]);
}

#[tokio::test]
async fn who_sees_no_cases_is_told_no_numbers_of_them_and_a_stranger_nothing() {
    let site = OpenSite::open().await;
    site.office.receive("m").await;
    let session = site.office.sign_in(&tom()).await;
    let (answer, _) = asked(&site, &session, "", None).await;
    answer.says(200, &[]);
    assert_eq!(number(&answer, "triage"), None, "{}", answer.html);
    site.stranger().get("/staff/now").await.says(401, &[]);
}

#[tokio::test]
async fn whoever_writes_is_told_that_a_colleague_answered_and_not_of_their_own_acts() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let session = site.office.sign_in(&amara()).await;
    let (jo, ruth) = (site.browser(&jo()).await, site.browser(&ruth()).await);
    let seen = site.office.case(&reference).await.sequence;
    let query = format!("?case={reference}&seen={seen}");
    let (answer, tag) = asked(&site, &session, &query, None).await;
    assert_eq!(number(&answer, "meanwhile"), None);
    jo.post(&format!("{case}/message"), &[("message", "Hello Priya")]).await;
    let (answer, _) = asked(&site, &session, &query, Some(&tag)).await;
    let words = number(&answer, "meanwhile").unwrap();
    assert!(
        words.starts_with("While you write: Update to Priya by email, by Jo Whitfield (Today, 9:15am)."),
        "{words}"
    );
    assert!(!words.contains("Hello Priya"), "the words are read on the case");
    ruth.get(&case).await.says(200, &[]);
    let now = site.office.case(&reference).await.sequence;
    let (answer, _) = asked(&site, &session, &format!("?case={reference}&seen={now}"), None).await;
    assert_eq!(number(&answer, "meanwhile"), None);
}

#[tokio::test]
async fn nothing_is_told_of_a_case_that_is_not_there_for_them() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let session = site.office.sign_in(&tom()).await;
    for query in [
        format!("?case={reference}&seen=1"),
        "?case=FC-99999&seen=1".to_owned(),
        "?case=x&seen=y".to_owned(),
    ] {
        let (answer, _) = asked(&site, &session, &query, None).await;
        answer.says(200, &[]);
        assert_eq!(number(&answer, "meanwhile"), None, "{query}");
    }
}

#[tokio::test]
async fn a_page_that_asks_by_itself_keeps_nobody_signed_in() {
    let site = OpenSite::open().await;
    let session = site.office.sign_in_for(&amara(), SignedDuration::from_mins(20)).await;
    for minute in ["09:20", "09:25", "09:30", "09:34"] {
        site.office.on(&format!("2026-06-09 {minute}"));
        asked(&site, &session, "", None).await.0.says(200, &[]);
    }
    site.office.on("2026-06-09 09:36");
    let held = still_signed_in(&site.office.office, &session.token).await.unwrap();
    assert!(held.is_none(), "its idle time ran on");
    asked(&site, &session, "", None).await.0.says(401, &[]);
}
