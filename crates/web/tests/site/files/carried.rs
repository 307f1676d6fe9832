//! Forms with files that had to wait at a door: words go through it, files cannot, and the pages say so and ask for them again.

use casework::files::check::{Depth, FilesFound, check};
use testkit::people::{amara, tom};

use super::sent::{Form, Sender, picture};
use crate::support::{Answer, OpenSite};

const DOOR: &str = "/staff/sign-in";
const PASSWORD: &str = "a long enough password";

/// The hidden fields of a form with more of them.
fn filled<'a>(form: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let hidden = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    more.iter().copied().chain(hidden).collect()
}

/// Nothing lies in the folder of files, and nothing waits for a form.
async fn nothing_is_kept(site: &OpenSite) {
    let found = check(&site.office.office, Depth::Bytes).await.unwrap();
    assert_eq!(found, FilesFound::default());
}

#[tokio::test]
async fn a_note_with_files_of_somebody_who_was_signed_out_keeps_its_words_and_asks_for_the_files_again() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let path = format!("{case}/note");
    password(&site).await;
    let note = Form::of(&[
        ("csrf", "of an old session"),
        ("once", "n1"),
        ("note", "See the <two> files"),
    ])
    .file("../switch.png", &picture(300_000))
    .file("router.log", b"restart at 14:02");
    let door = Sender::outside(&site).on_our_pages().send(&path, &note).await;
    let again = "Your files could not be kept: switch.png, router.log. Choose them again";
    door.says(
        403,
        &[
            "You were signed out while you wrote",
            "See the &lt;two&gt; files",
            again,
            "again on the next page",
        ],
    );
    nothing_is_kept(&site).await;

    let stranger = site.stranger().on_our_pages();
    let wrong = stranger
        .post(
            DOOR,
            &filled(&door.form(DOOR), &[("who", "amara"), ("password", "wrong")]),
        )
        .await;
    wrong.says(422, &[again]);
    let page = stranger
        .post(
            DOOR,
            &filled(&wrong.form(DOOR), &[("who", "amara"), ("password", PASSWORD)]),
        )
        .await;
    page.says(
        200,
        &[
            "You are signed in again",
            "See the &lt;two&gt; files",
            again,
            r#"enctype="multipart/form-data""#,
            r#"name="files" type="file""#,
            "Up to 10 files",
        ],
    );

    let back = Sender {
        cookie: page.cookie.clone(),
        ..Sender::outside(&site)
    };
    let form = page.form(&path);
    let send = Form::of(&filled(&form, &[])).file("switch.png", &picture(300_000));
    for _press in 0..2 {
        back.send(&path, &send).await.leads_to(&format!("{case}?done=note"));
    }
    let shown = back.page(&format!("{case}?show=staff")).await;
    assert_eq!(shown.matches("See the &lt;two&gt; files").count(), 1, "{shown}");
    assert_eq!(shown.matches("switch.png</a>").count(), 1, "{shown}");
}

/// Gives Amara a password.
async fn password(site: &OpenSite) {
    let tom = site.browser(&tom()).await;
    tom.post(
        "/staff/settings/people/1/password",
        &[("password", PASSWORD), ("once", "p1")],
    )
    .await
    .leads_to("/staff/settings/people/1?done=password");
}

#[tokio::test]
async fn a_note_with_a_file_of_another_session_is_shown_again_with_a_field_for_the_file() {
    let site = OpenSite::open().await;
    let path = format!("/staff/c/{}/note", site.office.at_stage_1("k").await);
    let staff = Sender::staff(&site, &amara()).await.on_our_pages();
    let note =
        Form::of(&[("csrf", "of another session"), ("once", "n1"), ("note", "Words")]).file("a.png", &picture(500));
    staff.send(&path, &note).await.says(
        403,
        &[
            "You were away for a while",
            "Words",
            "Your file could not be kept: a.png. Choose it again before you send.",
        ],
    );
    nothing_is_kept(&site).await;
}

#[tokio::test]
async fn a_file_of_an_earlier_try_is_still_here_after_another_session_and_is_shown() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let path = format!("{case}/note");
    let staff = Sender::staff(&site, &amara()).await.on_our_pages();
    let note = |csrf: &str| Form::of(&[("csrf", csrf), ("once", "n1"), ("note", "Words")]);
    let first = note(&staff.csrf).file("good.png", &picture(500)).file("bad.exe", b"MZ");
    staff.send(&path, &first).await.says(422, &["good.png", "bad.exe"]);
    let page = staff.send(&path, &note("of another session")).await;
    page.says(403, &["We have these already", "good.png", "More files"]);
    let form = page.form(&path);
    let send = Form::of(&filled(&form, &[]));
    staff.send(&path, &send).await.leads_to(&format!("{case}?done=note"));
    assert!(staff.page(&format!("{case}?show=staff")).await.contains("good.png</a>"));
}

#[tokio::test]
async fn a_page_that_shows_words_instead_of_their_form_names_the_files() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let staff = Sender::staff(&site, &amara()).await;
    // Its token cannot be told from that of another site, so that the form goes nowhere.
    let expired = Form::of(&[("csrf", "another"), ("note", "My note")]).file("a.png", &picture(500));
    staff
        .send(&format!("/staff/c/{reference}/note"), &expired)
        .await
        .says(403, &["My note", "Files, to be chosen again", "a.png"]);
}

#[tokio::test]
async fn a_form_without_files_says_nothing_of_them() {
    let site = OpenSite::open().await;
    let path = format!("/staff/c/{}/note", site.office.at_stage_1("k").await);
    let note = Form::of(&[("once", "n1"), ("note", "Words")]).file("", b"");
    let door = Sender::outside(&site).on_our_pages().send(&path, &note).await;
    door.says(403, &["You were signed out while you wrote"]);
    assert!(!door.html.contains("could not be kept"), "{}", door.html);
}

#[tokio::test]
async fn a_reply_with_a_file_of_somebody_who_was_let_in_too_long_ago_asks_for_the_file_again() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let reference = person.complains("k1", &[]).await;
    let to = format!("/track/{reference}/reply");
    let reply = Form::of(&[("key", "r1"), ("words", "It happened again")]).file("again.png", &picture(90_000));
    let late = Sender::outside(&site).on_our_pages();
    let door: Answer = late.send(&to, &reply).await;
    let again = "Your file could not be kept: again.png. Choose it again on the next page.";
    door.says(403, &["You were away for a while", "It happened again", again]);
    nothing_is_kept(&site).await;

    let code = site
        .office
        .case(&reference.parse().unwrap())
        .await
        .received
        .receipt_code;
    let stranger = site.stranger().on_our_pages();
    let wrong = stranger
        .post(
            "/track",
            &filled(
                &door.form("/track"),
                &[("ref", &reference), ("code", "0000 0000 0000 0000")],
            ),
        )
        .await;
    wrong.says(422, &["do not match", again]);
    let page = stranger
        .post(
            "/track",
            &filled(&wrong.form("/track"), &[("ref", &reference), ("code", &code)]),
        )
        .await;
    page.says(
        200,
        &[
            "It happened again</textarea>",
            "Your file could not be kept: again.png. Choose it again before you send.",
            r#"enctype="multipart/form-data""#,
            r#"name="files" type="file""#,
        ],
    );
    let back = Sender {
        cookie: page.cookie.clone(),
        ..Sender::outside(&site)
    };
    let form = page.form(&to);
    let send = Form::of(&filled(&form, &[("words", "It happened again")])).file("again.png", &picture(90_000));
    back.send(&to, &send).await.says(200, &["We have your message"]);
    let track = back.page(&format!("/track/{reference}")).await;
    assert!(track.contains("again.png"), "{track}");
}
