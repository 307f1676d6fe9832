//! Drafts on the pages: saved by a button, shown when coming back, gone when sent, and never in another form.

use axum::body::Body;
use axum::http::{Request, header};
use testkit::people::{amara, jo, ruth};

use crate::support::{Answer, OpenSite};

/// Saves as script does, and answers the sentence.
async fn saved_by_script(
    site: &OpenSite,
    session: &testkit::office::Session,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("csrf", &session.csrf).extend_pairs(fields);
    let request = Request::post(path)
        .header(header::COOKIE, format!("staff={}", session.token))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/plain")
        .body(Body::from(body.finish()));
    Answer::of(site.answer(request.unwrap()).await).await
}

#[tokio::test]
async fn a_draft_is_saved_without_script_found_again_and_gone_when_it_is_sent() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let (amara, jo) = (site.browser(&amara()).await, site.browser(&jo()).await);
    let page = amara.get(&case).await;
    page.says(200, &[&format!(r#"formaction="{case}/drafts/message""#), "Save draft"]);
    let (seen, once) = (page.hidden("seen").to_owned(), page.hidden("once").to_owned());
    let fields = [
        ("seen", &*seen),
        ("once", &*once),
        ("message", "Hello <Priya>"),
        ("next_on", "2026-06-11"),
    ];
    amara
        .post(&format!("{case}/drafts/message"), &fields)
        .await
        .leads_to(&format!("{case}?draft=message#write"));
    amara.get(&format!("{case}?draft=message")).await.says(
        200,
        &[
            "This is your draft message of today, 9:15am",
            "Only you can see it. It is kept until Tuesday 23 June 2026.",
            ">Hello &lt;Priya&gt;</textarea>",
            r#"value="2026-06-11""#,
            &format!(r#"name="once" value="{once}""#),
            &format!(r#"name="seen" value="{seen}""#),
        ],
    );
    site.office.on("2026-06-10 08:00");
    let back = amara.get(&case).await;
    back.says(
        200,
        &[
            "Your draft message of yesterday, 9:15am",
            "<q>Hello &lt;Priya&gt;</q>",
            "Go on",
            "Discard",
        ],
    );
    assert!(
        !back.html.contains(">Hello &lt;Priya&gt;</textarea>"),
        "nobody sends what they did not choose"
    );
    let theirs = jo.get(&case).await;
    assert!(!theirs.html.contains("Your draft"), "a draft is of whoever wrote it");

    amara
        .post(&format!("{case}/message"), &fields)
        .await
        .leads_to(&format!("{case}?done=written"));
    let after = amara.get(&case).await;
    assert!(!after.html.contains("Your draft"), "what is sent is no draft");
}

#[tokio::test]
async fn words_begun_as_a_note_never_stand_in_the_form_of_a_message() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let amara = site.browser(&amara()).await;
    amara
        .post(
            &format!("{case}/drafts/note"),
            &[("once", "n1"), ("note", "SHOUTED AT ME")],
        )
        .await
        .leads_to(&format!("{case}?write=note&draft=note#write"));
    for other in ["", "?draft=note", "?draft=message", "?write=note"] {
        let page = amara.get(&format!("{case}{other}")).await;
        assert!(!page.html.contains(">SHOUTED AT ME</textarea>"), "{other}");
    }
    amara
        .get(&format!("{case}?write=note&draft=note"))
        .await
        .says(200, &[">SHOUTED AT ME</textarea>", "Note, staff only"]);
    let ruth = site.browser(&ruth()).await;
    for elsewhere in [
        "/staff/cases.csv?state=any",
        "/staff/search?q=shouted",
        &format!("{case}/audit"),
    ] {
        let page = ruth.get(elsewhere).await;
        page.says(200, &[]);
        assert!(!page.html.contains("SHOUTED"), "{elsewhere}");
    }
}

#[tokio::test]
async fn a_draft_is_discarded_and_an_empty_form_leaves_none() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let amara = site.browser(&amara()).await;
    amara
        .post(
            &format!("{case}/drafts/decide"),
            &[("once", "d1"), ("found", "It restarted"), ("outcome", "upheld")],
        )
        .await
        .leads_to(&format!("{case}/decide?draft=decide"));
    amara.get(&format!("{case}/decide?draft=decide")).await.says(
        200,
        &[
            "This is your draft decision",
            ">It restarted</textarea>",
            r#"value="upheld" checked"#,
        ],
    );
    amara.get(&case).await.says(200, &["Your draft decision of today"]);
    amara
        .post(&format!("{case}/drafts/decide/discard"), &[])
        .await
        .leads_to(&format!("{case}/decide"));
    assert!(
        !amara
            .get(&format!("{case}/decide"))
            .await
            .html
            .contains("draft decision")
    );
    amara
        .post(&format!("{case}/drafts/note"), &[("note", " "), ("seen", "3")])
        .await
        .says(403, &["Nothing is written yet"]);
    amara
        .post(&format!("{case}/drafts/log"), &[("note", "x")])
        .await
        .says(404, &[]);
    amara
        .post(&format!("{case}/drafts/else"), &[("note", "x")])
        .await
        .says(404, &["What you wrote"]);
}

#[tokio::test]
async fn a_call_is_kept_while_it_is_written_down() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    let fields = [
        ("once", "c1"),
        ("via", "chat"),
        ("words", "Teams freezes"),
        ("outcome", "triage"),
        ("feedback", "complaint"),
    ];
    amara
        .post("/staff/log/draft", &fields)
        .await
        .leads_to("/staff/log?draft=log");
    amara
        .get("/staff/log")
        .await
        .says(200, &["Your draft complaint to log of today", "<q>Teams freezes</q>"]);
    let form = amara.get("/staff/log?draft=log").await;
    form.says(
        200,
        &[
            "Teams freezes</textarea>",
            r#"value="chat" checked"#,
            r#"name="once" value="c1""#,
        ],
    );
    let logged = amara.post("/staff/log", &fields).await;
    assert!(logged.to.starts_with("/staff/log/done?ref="), "{}", logged.to);
    assert!(!amara.get("/staff/log").await.html.contains("Your draft"));
}

#[tokio::test]
async fn script_is_told_in_a_sentence_and_writes_over_nothing() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let session = site.office.sign_in(&amara()).await;
    let path = format!("{case}/drafts/note");
    let first = saved_by_script(&site, &session, &path, &[("once", "n1"), ("note", "The long one")]).await;
    first.says(200, &["Draft saved today, 9:15am. Only you can see it."]);
    assert!(!first.html.contains('<'), "{}", first.html);
    let again = saved_by_script(&site, &session, &path, &[("once", "n1"), ("note", "The longer one")]).await;
    again.says(200, &["Draft saved"]);
    let other = saved_by_script(&site, &session, &path, &[("once", "n2"), ("note", "x")]).await;
    other.says(409, &["An earlier draft of yours is kept here."]);
    let wrong = Answer::of(
        site.answer(
            Request::post(&path)
                .header(header::COOKIE, format!("staff={}", session.token))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ACCEPT, "text/plain")
                .body(Body::from("csrf=forged&once=n1&note=evil"))
                .unwrap(),
        )
        .await,
    )
    .await;
    wrong.says(403, &["evil"]);
}
