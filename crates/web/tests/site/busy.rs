//! More comes in than can be saved: everybody else is told so, with everything that they wrote, and nothing that was taken is lost.

use axum::body::Body;
use axum::http::{Request, header};
use testkit::flood::Flood;

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
