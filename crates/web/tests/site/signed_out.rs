//! Somebody is signed out while they write: what they wrote goes with them through the door, and nothing is sent until they say so.

use testkit::people::{amara, jo, tom};

use crate::support::{Answer, Browser, OpenSite};

const PASSWORD: &str = "three green apples";
const DOOR: &str = "/staff/sign-in";

/// A note as somebody hostile, or a careless keyboard, may write it: script, quotes, a NUL, a mark that turns the writing round.
const NOTE: &str = "She said \"<script>alert(1)</script>\" & left.\u{0}\n\nRing again \u{202E}tomorrow";

/// Gives somebody a password; that ends their sessions, as it does when they forgot theirs.
async fn new_password(site: &OpenSite, id: i64, once: &str) {
    let tom = site.browser(&tom()).await;
    let path = format!("/staff/settings/people/{id}/password");
    tom.post(&path, &[("password", PASSWORD), ("once", once)])
        .await
        .leads_to(&format!("/staff/settings/people/{id}?done=password"));
}

/// An administrator who has a password: Kit Vale, who sees no case.
async fn another_administrator(site: &OpenSite) {
    let tom = site.browser(&tom()).await;
    let kit = [
        ("name", "Kit Vale"),
        ("username", "kit"),
        ("email", "kit@calderbrook.example"),
        ("job_title", "Assistant"),
        ("roles", "administrator"),
        ("password", PASSWORD),
        ("once", "kit"),
    ];
    tom.post("/staff/settings/people", &kit)
        .await
        .leads_to("/staff/settings/people?done=added");
}

/// Fills in name and password of a door that carries a form, and presses its button.
async fn enter(browser: &Browser<'_>, door: &Answer, who: &str, password: &str) -> Answer {
    let carried = door.form(DOOR);
    let mut fields = vec![("who", who), ("password", password)];
    fields.extend(carried.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    browser.post(DOOR, &fields).await
}

/// Presses "Go on".
async fn go_on(browser: &Browser<'_>, page: &Answer, to: &str) -> Answer {
    let form = page.form(to);
    let fields: Vec<(&str, &str)> = form
        .iter()
        .filter(|(name, _)| name != "csrf")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post_with(page.hidden("csrf"), to, &fields).await
}

#[tokio::test]
async fn a_note_of_somebody_who_was_signed_out_is_on_the_case_once_when_they_go_on() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let path = format!("{case}/note");
    let amara = site.browser(&amara()).await.on_our_pages();
    let open = amara.get(&format!("{case}?write=note")).await;
    new_password(&site, 1, "p1").await;

    let wrote = [
        ("seen", open.hidden("seen")),
        ("once", open.hidden("once")),
        ("note", NOTE),
    ];
    let door = amara.post(&path, &wrote).await;
    let shown = "She said &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; &amp; left.";
    door.says(403, &["You were signed out while you wrote", shown]);
    assert!(!door.html.contains("<script>alert") && !door.html.contains('\0'));
    let carried = door.form(DOOR);
    assert!(
        carried.contains(&("kept.note".to_owned(), NOTE.replace('\0', ""))),
        "{carried:?}"
    );
    assert!(carried.iter().all(|(name, _)| name != "kept.csrf"), "{carried:?}");

    let wrong = enter(&amara, &door, "amara", "not my password").await;
    wrong.says(422, &["do not match", "What you wrote is kept on this page"]);
    assert_eq!(wrong.form(DOOR), carried, "a wrong password loses nothing");

    let page = enter(&amara, &wrong, "amara", PASSWORD).await;
    page.says(
        200,
        &[
            "You are signed in again",
            "Nothing has been sent yet.",
            "Amara Osei, IT Helpline Analyst",
            "Note on FC-",
            "She said &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; &amp; left.",
        ],
    );
    assert_eq!(
        page.hidden("once"),
        open.hidden("once"),
        "the key of the form goes along"
    );
    let again = site.signed_in_by(&page);
    assert!(!again.get(&format!("{case}?show=staff")).await.html.contains("She said"));
    for _press in 0..2 {
        go_on(&again, &page, &path).await.leads_to(&format!("{case}?done=note"));
    }
    let case = again.get(&format!("{case}?show=staff")).await;
    assert_eq!(case.html.matches("She said").count(), 1, "{}", case.html);
}

#[tokio::test]
async fn too_many_wrong_passwords_lose_nothing_either() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let stranger = site.stranger().on_our_pages();
    let mut door = stranger
        .post(&format!("{case}/note"), &[("note", "Kept <words>")])
        .await;
    for _try in 0..9 {
        door = enter(&stranger, &door, "amara", "wrong").await;
    }
    door.says(
        429,
        &[
            "Wait 15 minutes",
            "Leave it open",
            "Kept &lt;words&gt;",
            r#"name="password""#,
        ],
    );
    assert_eq!(door.hidden("kept.note"), "Kept &lt;words&gt;");
}

#[tokio::test]
async fn somebody_else_who_signs_in_is_told_as_whom_it_is_done() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let path = format!("{case}/note");
    another_administrator(&site).await;
    let stranger = site.stranger().on_our_pages();
    let door = stranger.post(&path, &[("note", "Rang twice.")]).await;
    let page = enter(&stranger, &door, "kit", PASSWORD).await;
    page.says(200, &["Kit Vale, Assistant", "Rang twice."]);
    // Kit sees no case: what was written is not lost by that either.
    go_on(&site.signed_in_by(&page), &page, &path)
        .await
        .says(403, &["You cannot see cases", "Rang twice."]);
}

#[tokio::test]
async fn words_from_another_site_or_from_who_knows_where_are_not_kept() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let path = format!("{case}/note");
    let words = [("note", "Planted words")];
    site.stranger()
        .post(&path, &words)
        .await
        .leads_to("/staff/sign-in?next=/staff");
    let elsewhere: [&'static [(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("host", "complaints.example"), ("origin", "https://evil.example")],
    ];
    for says in elsewhere {
        let answer = site.stranger().saying(says).post(&path, &words).await;
        assert!(!answer.html.contains("Planted"), "{says:?}: {}", answer.html);
        assert!(matches!(answer.status.as_u16(), 303 | 403), "{says:?}");
    }
    site.stranger()
        .saying(&[("host", "complaints.example"), ("origin", "http://complaints.example")])
        .post(&path, &words)
        .await
        .says(403, &["Planted words"]);
}

#[tokio::test]
async fn a_made_up_door_leads_to_no_form() {
    let site = OpenSite::open().await;
    new_password(&site, 1, "p1").await;
    let sign_in = |to: &'static str| {
        [
            ("who", "amara"),
            ("password", PASSWORD),
            ("to", to),
            ("kept.note", "Planted"),
            ("next", "/staff/cases"),
        ]
    };
    let unsaid = site.stranger();
    unsaid
        .post(DOOR, &sign_in("/staff/c/FC-10001/note"))
        .await
        .leads_to("/staff/cases");
    let ours = site.stranger().on_our_pages();
    for to in [
        "https://evil.example/",
        "//evil.example",
        "/complain",
        "/staff/../complain",
        "/staff/sign-out",
        "",
    ] {
        ours.post(DOOR, &sign_in(to)).await.leads_to("/staff/cases");
    }
}

#[tokio::test]
async fn passwords_are_never_carried() {
    let site = OpenSite::open().await;
    another_administrator(&site).await;
    let stranger = site.stranger().on_our_pages();
    let robin = [
        ("name", "Robin Ash"),
        ("username", "robin"),
        ("email", "robin@calderbrook.example"),
        ("job_title", "Analyst"),
        ("roles", "frontline_handler"),
        ("password", "seven brown bears"),
        ("once", "k1"),
    ];
    let people = "/staff/settings/people";
    let door = stranger.post(people, &robin).await;
    door.says(403, &["Robin Ash"]);
    let page = enter(&stranger, &door, "kit", PASSWORD).await;
    page.says(200, &["New person", "Robin Ash", "robin@calderbrook.example"]);
    let back = go_on(&site.signed_in_by(&page), &page, people).await;
    back.says(422, &["password", r#"value="Robin Ash""#]);
    for answer in [&door, &page, &back] {
        assert!(!answer.html.contains("seven brown bears"), "{}", answer.html);
    }
    // Where there was nothing but passwords, they start on that page again.
    let own = [
        ("present_password", "one old secret"),
        ("new_password", "seven brown bears"),
        ("again_password", "seven brown bears"),
        ("once", "k2"),
    ];
    stranger
        .post("/staff/me", &own)
        .await
        .leads_to("/staff/sign-in?next=/staff/me");
    stranger
        .post("/staff/settings/people/5/password", &own)
        .await
        .leads_to("/staff/sign-in?next=/staff/settings/people/5/password");
    stranger
        .post("/staff/sign-out", &[])
        .await
        .leads_to("/staff/sign-in?next=/staff");
}

#[tokio::test]
async fn a_page_of_an_older_session_goes_on_in_the_one_that_is_open() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let path = format!("/staff/c/{reference}/message");
    let before = site.office.case(&reference).await.sequence;
    let amara = site.browser(&amara()).await.on_our_pages();
    let fields = [
        ("once", "m1"),
        ("message", "The <letter> is ready."),
        ("how", "letter"),
        ("next_on", "2026-06-11"),
    ];
    let page = amara.post_with("of an older session", &path, &fields).await;
    page.says(
        403,
        &[
            "You were away for a while",
            "Nothing has been sent yet.",
            "The &lt;letter&gt; is ready.",
            "Thursday 11 June 2026",
            "What you chose beside it is kept too",
        ],
    );
    assert_eq!(site.office.case(&reference).await.sequence, before, "nothing happened");
    for _press in 0..2 {
        go_on(&amara, &page, &path)
            .await
            .leads_to(&format!("/staff/c/{reference}?done=written"));
    }
    // Whoever sends it from elsewhere sees their words, and no button that would send them.
    let jo = site.browser(&jo()).await;
    let page = jo.post_with("of an older session", &path, &fields).await;
    page.says(403, &["You were away for a while", "The &lt;letter&gt; is ready."]);
    assert!(!page.html.contains(&format!(r#"action="{path}""#)), "{}", page.html);
}

#[tokio::test]
async fn who_asked_for_a_page_comes_back_to_it_with_its_question() {
    let site = OpenSite::open().await;
    new_password(&site, 1, "p1").await;
    let wanted = "/staff/search?q=tea+%26%20cake&from=10";
    let answer = site.stranger().get(wanted).await;
    answer.leads_to("/staff/sign-in?next=/staff/search%3Fq%3Dtea%2B%2526%2520cake%26from%3D10");
    let door = site.stranger().get(&answer.to).await;
    assert_eq!(door.hidden("next"), wanted.replace('&', "&amp;"));
    let fields = [("who", "amara"), ("password", PASSWORD), ("next", wanted)];
    site.stranger().post(DOOR, &fields).await.leads_to(wanted);
}
