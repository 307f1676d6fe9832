//! More words than a form holds: the page says so and shows them again; it takes nothing, and nobody else can plant anything there.

use testkit::people::amara;

use super::send_bytes;
use crate::support::OpenSite;

/// More than is taken, less than is shown again.
fn too_much() -> String {
    format!("It began {}and ends here.", "and went on ".repeat(250_000))
}

#[tokio::test]
async fn a_complaint_that_is_too_large_comes_back_whole_to_be_shortened() {
    let site = OpenSite::open().await;
    let person = site.stranger().on_our_pages();
    let words = too_much();
    let fields = [
        ("key", "k1"),
        ("what", words.as_str()),
        ("name", "Priya"),
        ("reply", "email"),
    ];
    let answer = person.post("/complain", &fields).await;
    answer.says(
        413,
        &[
            "That is more than we can take at once",
            "Your words are still here: shorten them and send again",
            ">What went wrong?</label>",
            ">It began and went on",
            "and ends here.</textarea>",
            r#"name="name" value="Priya""#,
            r#"<form action="/complain""#,
        ],
    );
    let staff = site.browser(&amara()).await;
    staff.get("/staff/c/FC-10001").await.says(404, &[]);
    let short = [
        ("key", answer.hidden("key")),
        ("what", "It began and ends here."),
        ("name", "Priya"),
    ];
    person.post("/complain", &short).await.leads_to("/complain/sent");
}

#[tokio::test]
async fn what_cannot_be_shown_is_passed_over_and_the_rest_comes_back() {
    let site = OpenSite::open().await;
    let body = format!("key=k1&what={}", "x".repeat(20 * 1024 * 1024));
    let answer = send_bytes(&site, "/complain", body.into_bytes()).await;
    answer.says(413, &["That is more than we can take at once"]);
    let shown = answer.html.matches('x').count();
    assert!((8_000_000..9_000_000).contains(&shown), "{shown}");
}

#[tokio::test]
async fn a_field_that_is_none_of_ours_does_not_come_back_to_be_too_large_again() {
    let site = OpenSite::open().await;
    let body = format!("key=k1&what=Words&junk={}", "y".repeat(3 * 1024 * 1024));
    let answer = send_bytes(&site, "/complain", body.into_bytes()).await;
    answer.says(413, &[">Words</textarea>"]);
    assert!(!answer.html.contains("junk"));
}

#[tokio::test]
async fn words_from_another_site_are_not_shown() {
    let site = OpenSite::open().await;
    let words = too_much();
    let answer = site.stranger().post("/complain", &[("what", &words)]).await;
    answer.says(413, &["Go back, shorten your words and send again."]);
    assert!(!answer.html.contains("It began"));
}

#[tokio::test]
async fn a_form_about_a_complaint_comes_back_too() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let person = site.complainant(&reference).await.on_our_pages();
    let before = site.office.kinds(&reference).await;
    for (act, field) in [("reply", "words"), ("stop", "reason"), ("stage-2", "words")] {
        let to = format!("/track/{reference}/{act}");
        let answer = person.post(&to, &[("key", "k"), (field, &too_much())]).await;
        answer.says(413, &["and ends here.</textarea>", &format!(r#"action="{to}""#)]);
    }
    assert_eq!(site.office.kinds(&reference).await, before);
}

#[tokio::test]
async fn a_note_that_is_too_large_is_shown_in_the_frame_of_the_office_signed_in_or_not() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let to = format!("/staff/c/{reference}/note");
    let before = site.office.kinds(&reference).await;
    let words = too_much();
    let fields = [("once", "n1"), ("note", words.as_str()), ("password", "never shown")];
    let staff = site.browser(&amara()).await.on_our_pages();
    let answer = staff.post(&to, &fields).await;
    answer.says(
        413,
        &[
            "That is more than a form can hold",
            "Your words are still here",
            "and ends here.",
        ],
    );
    assert!(!answer.html.contains("never shown"));
    let signed_out = site.stranger().on_our_pages().post(&to, &fields).await;
    signed_out.says(413, &["and ends here.</textarea>", &format!(r#"action="{to}""#)]);
    assert!(!signed_out.html.contains("never shown"));
    assert_eq!(site.office.kinds(&reference).await, before);
}
