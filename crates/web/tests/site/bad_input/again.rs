//! The same form twice: the button pressed twice, and the way back after it was sent.

use crate::support::OpenSite;

#[tokio::test]
async fn an_old_form_that_is_sent_again_after_success_shows_the_same_receipt_and_makes_no_second_case() {
    let site = OpenSite::open().await;
    let person = site.stranger().on_our_pages();
    let first = [
        ("key", "k1"),
        ("what", "The Wi-Fi dropped in my exam."),
        ("name", "Priya"),
    ];
    let sent = person.post("/complain", &first).await;
    sent.leads_to("/complain/sent");
    // Back, a word more, and the button again.
    let more = [
        ("key", "k1"),
        ("what", "The Wi-Fi dropped in my exam. Twice."),
        ("name", "Priya"),
    ];
    let again = person.post("/complain", &more).await;
    again.leads_to("/complain/sent");
    assert_eq!(again.cookie, sent.cookie, "the same case and the same way back to it");
    let staff = site.browser(&testkit::people::ruth()).await;
    staff.get("/staff/c/FC-10002").await.says(404, &[]);
    let case = site.office.case(&"FC-10001".parse().unwrap()).await;
    assert_eq!(case.received.words, "The Wi-Fi dropped in my exam.");
}

#[tokio::test]
async fn two_presses_at_the_same_moment_make_one_case() {
    let site = OpenSite::open().await;
    let person = site.stranger().on_our_pages();
    let fields = [("key", "k1"), ("what", "The Wi-Fi dropped in my exam.")];
    let (one, other) = tokio::join!(person.post("/complain", &fields), person.post("/complain", &fields));
    one.leads_to("/complain/sent");
    other.leads_to("/complain/sent");
    assert_eq!(one.cookie, other.cookie);
    let staff = site.browser(&testkit::people::ruth()).await;
    staff.get("/staff/c/FC-10002").await.says(404, &[]);
}

#[tokio::test]
async fn a_form_that_was_open_for_a_year_is_still_taken() {
    let site = OpenSite::open().await;
    let person = site.stranger().on_our_pages();
    let page = person.get("/complain").await;
    let key = page.hidden("key").to_owned();
    site.office.on("2027-06-09 09:15");
    let fields = [("key", key.as_str()), ("what", "The Wi-Fi dropped in my exam.")];
    person.post("/complain", &fields).await.leads_to("/complain/sent");
}

#[tokio::test]
async fn an_empty_form_says_what_is_missing_and_keeps_the_rest() {
    let site = OpenSite::open().await;
    let person = site.stranger().on_our_pages();
    for empty in ["", "   ", "\r\n\t\r\n", "\u{200B}\u{202E}\0"] {
        let fields = [
            ("key", "k1"),
            ("what", empty),
            ("name", "Priya"),
            ("want", "A second try"),
        ];
        let answer = person.post("/complain", &fields).await;
        answer.says(
            422,
            &["Tell us what went wrong", r#"value="Priya""#, "A second try</textarea>"],
        );
    }
}
