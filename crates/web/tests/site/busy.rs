//! Nothing can be saved at this moment, because more comes in than can be or because what the product needs is away: everybody is told so and when
//! to come back, with everything that they wrote, and nothing that was taken is lost.

use axum::body::Body;
use axum::http::{Request, header};
use testkit::flood::{Flood, no_more_writing};

use crate::support::{Answer, OpenSite};

const FORM: &str = "key=flood1&what=The+Wi-Fi+%3Cdropped%3E+again&want=A+second+try&who=student&name=Ana+Ng\
                    &email=ana%40students.example&reply=email";

async fn send(site: &OpenSite, form: &str) -> (Option<String>, Answer) {
    let request = Request::post("/complain").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = site.answer(request.body(Body::from(form.to_owned())).unwrap()).await;
    let retry = answer.headers().get(header::RETRY_AFTER);
    let retry = retry.map(|seconds| seconds.to_str().unwrap().to_owned());
    (retry, Answer::of(answer).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_in_a_flood_is_told_when_to_come_back_and_keeps_their_words() {
    let site = OpenSite::open().await;
    let flood = Flood::of(site.office.office.store()).await;
    let (retry, answer) = send(&site, FORM).await;
    answer.says(
        503,
        &[
            "We could not save that yet",
            "Your words are still here",
            "The Wi-Fi &lt;dropped&gt; again",
            "A second try",
        ],
    );
    let seconds: u32 = retry.expect("when to come back").parse().unwrap();
    assert!((1..60).contains(&seconds));
    let again = answer.form("/complain");
    for (name, value) in [("key", "flood1"), ("name", "Ana Ng"), ("email", "ana@students.example")] {
        assert!(again.contains(&(name.to_owned(), value.to_owned())), "{name} is kept");
    }
    flood.passes().await;
    let (retry, answer) = send(&site, FORM).await;
    answer.leads_to("/complain/sent");
    assert_eq!(retry, None);
    let (_, twice) = send(&site, FORM).await;
    assert_eq!(twice.cookie, answer.cookie, "the same form is kept once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_wrote_in_a_flood_is_shown_to_them() {
    let site = OpenSite::open().await;
    let (_, sent) = send(&site, FORM).await;
    let reference = sent.cookie.split(['=', '.']).nth(1).unwrap().to_owned();
    let amara = site.browser(&testkit::people::amara()).await;
    let note = format!("/staff/c/{reference}/note");
    let flood = Flood::of(site.office.office.store()).await;
    let answer = amara
        .post(&note, &[("note", "Rang twice, no answer."), ("once", "n-1")])
        .await;
    answer.says(503, &["We could not save that yet", "Rang twice, no answer."]);
    flood.passes().await;
}

/// The seconds after which to come back, and the answer.
async fn asked(site: &OpenSite, request: axum::http::request::Builder, form: &'static str) -> (u32, Answer) {
    let answer = site.answer(request.body(Body::from(form)).unwrap()).await;
    let seconds = answer.headers().get(header::RETRY_AFTER).expect("when to come back");
    let seconds = seconds.to_str().unwrap().parse().unwrap();
    (seconds, Answer::of(answer).await)
}

#[tokio::test]
async fn while_the_database_is_away_nobody_is_told_of_a_flood_and_words_stay() {
    let site = OpenSite::open().await;
    site.office.office.store().close().await.unwrap();
    let (retry, answer) = send(&site, FORM).await;
    answer.says(
        503,
        &[
            "We cannot save that just now",
            "Your words are still here",
            "The Wi-Fi &lt;dropped&gt; again",
            "A second try",
        ],
    );
    assert_eq!(retry.as_deref(), Some("60"), "minutes, not the seconds of a flood");
    for wrong in ["great many people", "store for files"] {
        assert!(!answer.html.contains(wrong), "{wrong}: {}", answer.html);
    }
    assert!(
        answer
            .form("/complain")
            .contains(&("key".to_owned(), "flood1".to_owned()))
    );
    // Nothing was written on a page that is only asked for.
    let cookie = "case=FC-10001.00000000000000000000000000000000";
    let page = Request::get("/track/FC-10001").header(header::COOKIE, cookie);
    let (retry, answer) = asked(&site, page, "").await;
    answer.says(503, &["We cannot do that just now", "Try again in a few minutes"]);
    assert!(
        (30..600).contains(&retry) && !answer.html.contains("Your words"),
        "{}",
        answer.html
    );
}

#[tokio::test]
async fn while_the_database_is_away_staff_get_a_page_and_their_words() {
    let site = OpenSite::open().await;
    site.browser(&testkit::people::amara()).await;
    site.office.office.store().close().await.unwrap();
    let cookie = format!("staff={}", "0".repeat(64));
    let page = Request::get("/staff").header(header::COOKIE, &cookie);
    let (_, answer) = asked(&site, page, "").await;
    answer.says(503, &["We cannot do that just now", "Try again in a few minutes"]);
    let now = Request::get("/staff/now").header(header::COOKIE, &cookie);
    let (_, answer) = asked(&site, now, "").await;
    answer.says(503, &["Ask again in a minute"]);
    let note = Request::post("/staff/c/FC-10001/note")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &cookie);
    let (_, answer) = asked(&site, note, "note=Rang+twice,+no+answer.&once=n-1&csrf=x").await;
    answer.says(503, &["Try again in a minute", "Rang twice, no answer."]);
}

#[tokio::test]
async fn who_only_reads_is_served_while_nothing_can_be_written() {
    let site = OpenSite::open().await;
    let (_, sent) = send(&site, FORM).await;
    let reference = sent.cookie.split(['=', '.']).nth(1).unwrap().to_owned();
    let amara = site.browser(&testkit::people::amara()).await;
    no_more_writing(site.office.office.store()).await;
    let (retry, answer) = send(&site, &FORM.replace("flood1", "flood2")).await;
    assert_eq!(retry.as_deref(), Some("60"));
    answer.says(
        503,
        &["We cannot save that just now", "The Wi-Fi &lt;dropped&gt; again"],
    );
    let note = format!("/staff/c/{reference}/note");
    let answer = amara
        .post(&note, &[("note", "Rang twice, no answer."), ("once", "n-1")])
        .await;
    answer.says(
        503,
        &[
            "We cannot save that just now",
            "Your words are still here",
            "Rang twice, no answer.",
            "its log says what is missing",
        ],
    );
    assert!(!answer.html.contains("great many people"), "{}", answer.html);
    // A minute later it would be noted that she is at work.
    let later = site.office.office.now() + jiff::SignedDuration::from_mins(5);
    site.office.stop_at(later);
    amara
        .get(&format!("/staff/c/{reference}"))
        .await
        .says(200, &["The Wi-Fi &lt;dropped&gt; again"]);
}
