//! Writing on a case: no word is lost, nobody talks over a colleague, and a note has no way out.

use rules::case::Event;
use rules::case::vocabulary::Means;
use testkit::people::{amara, jo, marcus};

use crate::support::OpenSite;

#[tokio::test]
async fn a_message_goes_out_once_however_often_the_button_is_pressed() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let amara = site.browser(&amara()).await;
    let page = amara.get(&case).await;
    let fields = [
        ("seen", page.hidden("seen")),
        ("once", page.hidden("once")),
        ("message", "The letter is ready."),
        ("how", "letter"),
        ("next_on", "2026-06-11"),
    ];
    for _ in 0..2 {
        amara
            .post(&format!("{case}/message"), &fields)
            .await
            .leads_to(&format!("{case}?done=written"));
    }
    let page = amara.get(&case).await;
    page.says(200, &["Update owed by the end of tomorrow"]); // A9: a promise makes the next update sooner, never later
    assert_eq!(page.html.matches("Update to Priya by email").count(), 1);
    assert_eq!(
        site.office.case(&reference).await.contact.next_on,
        Some(testkit::day("2026-06-11"))
    );
}

#[tokio::test]
async fn what_was_said_by_phone_is_kept_as_said() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let amara = site.browser(&amara()).await;
    let fields = [("message", "I rang and explained."), ("how", "phone")];
    amara
        .post(&format!("{case}/message"), &fields)
        .await
        .leads_to(&format!("{case}?done=told"));
    let file = site.office.door(&marcus()).case(&reference).await.unwrap();
    let spoken = |event: &Event| matches!(event, Event::UpdateSent(update) if update.by == Means::Phone);
    assert!(file.history.iter().any(|recorded| spoken(&recorded.event)));
}

#[tokio::test]
async fn a_message_that_cannot_be_sent_comes_back_with_every_word() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let amara = site.browser(&amara()).await;
    let path = format!("{case}/message");
    let past = [
        ("message", "My <draft> & more"),
        ("how", "chat"),
        ("next_on", "2026-06-01"),
        ("seen", "9"),
        ("once", "abc"),
    ];
    amara.post(&path, &past).await.says(
        422,
        &[
            "There is a problem",
            "My &lt;draft&gt; &amp; more",
            "Monday 1 June 2026",
            r#"<option value="chat" selected>"#,
            r#"name="once" value="abc""#,
        ],
    );
    amara
        .post(&path, &[("message", " "), ("how", "letter")])
        .await
        .says(422, &[r##"href="#message""##, "Write your message"]);
    amara
        .post(&path, &[("message", "x"), ("next_on", "soon")])
        .await
        .says(422, &["Enter a date", r#"value="soon""#]);
    amara
        .post(&format!("{case}/note"), &[("note", "")])
        .await
        .says(422, &[r##"href="#note""##, "Write your note", "Note, staff only"]);
}

#[tokio::test]
async fn the_newer_message_of_a_colleague_stands_above_the_draft_which_can_then_be_sent() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let (amara, jo) = (site.browser(&amara()).await, site.browser(&jo()).await);
    let path = format!("{case}/message");
    let page = amara.get(&case).await;
    let draft = |seen: &str| {
        vec![
            ("seen".to_owned(), seen.to_owned()),
            ("message".to_owned(), "My own draft".to_owned()),
        ]
    };
    let first = draft(page.hidden("seen"));
    let first: Vec<(&str, &str)> = first
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    jo.post(&path, &[("message", "Hello Priya, it is ready.")])
        .await
        .leads_to(&format!("{case}?done=written"));

    let back = amara.post(&path, &first).await;
    back.says(
        409,
        &[
            "While you were writing: Update to Priya by email, by Jo Whitfield",
            "Hello Priya, it is ready.",
            ">My own draft</textarea>",
        ],
    );
    let again = [("seen", back.hidden("seen")), ("message", "My own draft")];
    amara
        .post(&path, &again)
        .await
        .leads_to(&format!("{case}?done=written"));
}

#[tokio::test]
async fn a_note_is_kept_though_the_case_moved_on_and_no_letter_follows() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let case = format!("/staff/c/{reference}");
    let (amara, jo) = (site.browser(&amara()).await, site.browser(&jo()).await);
    jo.post(&format!("{case}/message"), &[("message", "Hello")])
        .await
        .leads_to(&format!("{case}?done=written"));
    site.office.letters_arrive().await;
    amara
        .post(&format!("{case}/note"), &[("seen", "2"), ("note", "Rang twice")])
        .await
        .leads_to(&format!("{case}?done=note"));
    let waiting = casework::jobs::post::claim(&site.office.office, 20).await.unwrap();
    assert!(waiting.is_empty(), "a note has no way to the mailer");
    amara
        .get(&format!("{case}?show=staff"))
        .await
        .says(200, &["Rang twice"]);
}

#[tokio::test]
async fn a_draft_survives_the_closing_of_its_case() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let (amara, marcus) = (site.browser(&amara()).await, site.browser(&marcus()).await);
    let close = [("ending", "referred"), ("reason", "HR deals with it")];
    marcus
        .post(&format!("{case}/close"), &close)
        .await
        .leads_to(&format!("{case}?done=closed"));
    amara
        .post(&format!("{case}/message"), &[("message", "A long draft")])
        .await
        .says(422, &["This case is closed", ">A long draft</textarea>"]);
    let page = amara.get(&case).await;
    assert!(
        !page.html.contains(r#"name="message""#),
        "a closed case has no composer"
    );
}
