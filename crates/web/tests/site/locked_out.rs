//! Somebody comes back to their complaint after the browser was let in too long ago: no word of what they wrote is lost.

use rules::case::Reference;

use crate::support::{Answer, Browser, OpenSite};

const WORDS: &str = "It happened \"again\" & <b>worse</b>.\n\nPlease ring.";

/// Fills in reference and code of a page that carries a form, and presses its button.
async fn enter(browser: &Browser<'_>, page: &Answer, reference: &str, code: &str) -> Answer {
    let carried = page.form("/track");
    let mut fields = vec![("ref", reference), ("code", code)];
    fields.extend(carried.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    browser.post("/track", &fields).await
}

/// Sends the form that waited, with the words in its box.
async fn send(browser: &Browser<'_>, page: &Answer, to: &str, (field, words): (&str, &str)) -> Answer {
    let form = page.form(to);
    let mut fields = vec![(field, words)];
    fields.extend(form.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    browser.post(to, &fields).await
}

async fn code(site: &OpenSite, reference: &Reference) -> String {
    site.office.case(reference).await.received.receipt_code
}

#[tokio::test]
async fn a_message_waits_for_reference_and_code_and_arrives_once() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let (written, code) = (reference.to_string(), code(&site, &reference).await);
    let to = format!("/track/{reference}/reply");
    let stranger = site.stranger().on_our_pages();
    let asked = stranger.post(&to, &[("key", "r1"), ("words", WORDS)]).await;
    let carried = "It happened &quot;again&quot; &amp; &lt;b&gt;worse&lt;/b&gt;.";
    asked.says(
        403,
        &[
            "What you wrote is kept on this page",
            carried,
            &format!(r#"value="{reference}""#),
        ],
    );

    let wrong = enter(&stranger, &asked, &written, "1111222233334444").await;
    wrong.says(422, &["do not match", "What you wrote is kept on this page", carried]);
    let waits = enter(&stranger, &wrong, &written, &code).await;
    waits.says(
        200,
        &[
            "You were away for a while",
            "Your words are still here",
            "worse&lt;/b&gt;.",
            "Send message",
        ],
    );
    assert_eq!(waits.hidden("key"), "r1", "the key of the form goes along");
    assert!(waits.cookie.starts_with("case="), "{}", waits.cookie);

    let let_in = site.complainant(&reference).await.on_our_pages();
    for _press in 0..2 {
        send(&let_in, &waits, &to, ("words", WORDS))
            .await
            .says(200, &["We have your message"]);
    }
    let page = let_in.get(&format!("/track/{reference}")).await;
    assert_eq!(page.html.matches("worse&lt;/b&gt;.").count(), 1, "{}", page.html);
}

#[tokio::test]
async fn every_form_about_a_complaint_waits_with_its_words() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let code = code(&site, &reference).await;
    let stranger = site.stranger().on_our_pages();
    for (act, field, button) in [
        ("reply", "words", "Send message"),
        ("stage-2", "words", "Ask for stage 2"),
        ("contact", "email", "Save"),
        ("stop", "reason", "Stop my complaint"),
    ] {
        let to = format!("/track/{reference}/{act}");
        let asked = stranger.post(&to, &[("key", "k1"), (field, "kept@words")]).await;
        asked.says(403, &["kept@words"]);
        let waits = enter(&stranger, &asked, &reference.to_string(), &code).await;
        waits.says(200, &["You were away for a while", "kept@words</textarea>", button]);
        assert!(waits.html.contains(&format!(r#"action="{to}""#)), "{act}");
    }
}

#[tokio::test]
async fn who_followed_the_link_of_a_letter_meanwhile_needs_no_code() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let to = format!("/track/{reference}/reply");
    let asked = site
        .stranger()
        .on_our_pages()
        .post(&to, &[("key", "r1"), ("words", "Kept words")])
        .await;
    let let_in = site.complainant(&reference).await.on_our_pages();
    enter(&let_in, &asked, "", "")
        .await
        .says(200, &["You were away for a while", "Kept words</textarea>"]);
}

#[tokio::test]
async fn too_many_wrong_codes_lose_nothing_either() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let stranger = site.stranger().on_our_pages();
    let to = format!("/track/{reference}/reply");
    let mut page = stranger.post(&to, &[("words", "Kept words")]).await;
    for _try in 0..30 {
        page = enter(&stranger, &page, &reference.to_string(), "1111222233334444").await;
        if page.status.as_u16() == 429 {
            break;
        }
    }
    page.says(429, &["Leave it open", "Kept words", r#"name="code""#]);
}

#[tokio::test]
async fn whether_there_is_such_a_complaint_nobody_can_tell_and_other_sites_plant_nothing() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await.to_string();
    let words = [("key", "k1"), ("words", "Hello")];
    let ours = site.stranger().on_our_pages();
    let known = ours.post(&format!("/track/{reference}/reply"), &words).await;
    let unknown = ours.post("/track/FC-99999/reply", &words).await;
    assert_eq!((known.status, unknown.status), (unknown.status, known.status));
    let key = |answer: &Answer| answer.html.replace(answer.hidden("key"), "");
    assert_eq!(key(&known).replace(&reference, "FC-99999"), key(&unknown));
    let unsaid = site.stranger().post(&format!("/track/{reference}/reply"), &words).await;
    unsaid.says(404, &[]);
    assert!(!unsaid.html.contains("Hello"));
    let planted = [
        ("to", "/staff/c/FC-1/note"),
        ("kept.note", "Planted"),
        ("ref", "x"),
        ("code", "y"),
    ];
    let answer = ours.post("/track", &planted).await;
    assert!(!answer.html.contains("Planted"), "{}", answer.html);
}

#[tokio::test]
async fn who_can_no_longer_ask_for_stage_2_keeps_what_they_wrote() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let visitor = site.complainant(&reference).await;
    let to = format!("/track/{reference}/stage-2");
    let answer = visitor
        .post(&to, &[("key", "s1"), ("words", "You missed <this>")])
        .await;
    answer.says(422, &["There is a problem", "You missed &lt;this&gt;</textarea>"]);
    visitor
        .post(&to, &[("key", "s2"), ("words", " ")])
        .await
        .leads_to(&format!("/track/{reference}"));
}
