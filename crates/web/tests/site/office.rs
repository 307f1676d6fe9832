//! Settings, people: the list, one of them, a new password, leaving and coming back; and the log that says who did it.

use rules::case::Reference;
use testkit::people::{amara, dana, iris, jo, marcus, ruth, tom};

use crate::support::{Answer, Browser, OpenSite};

const PEOPLE: &str = "/staff/settings/people";
const LOG: &str = "/staff/settings/log";
const PASSWORD: &str = "three green apples";

fn page_of(id: i64) -> String {
    format!("{PEOPLE}/{id}")
}

/// A form about Amara as it is when nothing was touched, with other words in some fields.
fn amara_with<'a>(once: &'a str, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Amara Osei"),
        ("email", "amara@calderbrook.example"),
        ("job_title", "IT Helpline Analyst"),
        ("roles", "frontline_handler"),
        ("once", once),
    ];
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

const KIT: [(&str, &str); 7] = [
    ("name", "Kit Vale"),
    ("username", "kit"),
    ("email", "kit@calderbrook.example"),
    ("job_title", "Analyst"),
    ("roles", "frontline_handler"),
    ("password", PASSWORD),
    ("once", "k1"),
];

async fn leave(browser: &Browser<'_>, id: i64, to: Option<i64>) -> Answer {
    let (to, once) = (to.map(|to| to.to_string()), format!("leaving{id}"));
    let mut fields = vec![("once", once.as_str())];
    fields.extend(to.as_deref().map(|to| ("to", to)));
    browser.post(&format!("{}/leave", page_of(id)), &fields).await
}

async fn owner(site: &OpenSite, reference: &Reference) -> Option<i64> {
    site.office.case(reference).await.owner.map(|owner| owner.0)
}

#[tokio::test]
async fn only_administrators_look_after_people_and_everybody_else_is_told_so() {
    let site = OpenSite::open().await;
    let (amara, iris) = (site.browser(&amara()).await, site.browser(&iris()).await);
    let pages = ["", "/5", "/5/password", "/5/leave", "/5/return"];
    for browser in [&amara, &iris] {
        for page in pages {
            let path = format!("{PEOPLE}{page}");
            browser
                .get(&path)
                .await
                .says(403, &["You cannot add people and give roles", "Ask an administrator"]);
            let fields = [("password", PASSWORD), ("once", "x")];
            browser.post(&path, &fields).await.says(403, &["You cannot add people"]);
        }
        assert!(
            !browser.get("/staff/me").await.html.contains("Settings: people"),
            "no entry leads there"
        );
    }
    for page in pages {
        let path = format!("{PEOPLE}{page}");
        let stranger = site.stranger();
        stranger
            .get(&path)
            .await
            .leads_to(&format!("/staff/sign-in?next={path}"));
        stranger.post(&path, &[]).await.leads_to("/staff/sign-in?next=/staff");
    }
}

#[tokio::test]
async fn somebody_who_does_not_exist_is_not_found_whatever_is_done_to_them() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    for id in ["99", "nonsense", "-1", "9999999999999999999999"] {
        for act in ["", "/password", "/leave", "/return"] {
            let path = format!("{PEOPLE}/{id}{act}");
            tom.get(&path).await.says(404, &["We could not find that"]);
            let fields = [("password", PASSWORD), ("once", "x")];
            tom.post(&path, &fields).await.says(404, &["We could not find that"]);
        }
    }
}

#[tokio::test]
async fn somebody_new_is_listed_with_a_page_of_their_own() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.get(PEOPLE).await.says(
        200,
        &[
            "12 people, 2 of whom may sign letters off.",
            r#"href="/staff/settings/people/1""#,
        ],
    );
    for _press in 0..2 {
        tom.post(PEOPLE, &KIT)
            .await
            .leads_to("/staff/settings/people?done=added");
    }
    let list = tom.get("/staff/settings/people?done=added").await;
    list.says(200, &["They are added and can sign in now.", "13 people", "Kit Vale"]);
    assert_eq!(list.html.matches("Kit Vale").count(), 1);
    tom.get(&page_of(13)).await.says(
        200,
        &[
            "Kit Vale",
            "Username",
            "Works here",
            "Added Kit Vale, Analyst, by Tom Ferreira",
        ],
    );
}

#[tokio::test]
async fn a_new_person_with_something_missing_comes_back_with_every_word_but_the_password() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let mut fields = KIT;
    fields[1].1 = "amara";
    fields[2].1 = "kit at home";
    let answer = tom.post(PEOPLE, &fields).await;
    answer.says(
        422,
        &[
            "There is a problem",
            "Somebody already has this username. Choose another",
            "Enter an email address, like name@example.com",
            r#"value="Kit Vale""#,
            r#"value="amara""#,
            r#"value="kit at home""#,
            r#"value="Analyst""#,
        ],
    );
    assert!(!answer.html.contains(PASSWORD), "a password is never shown again");
    assert_eq!(answer.hidden("once"), "k1");
}

#[tokio::test]
async fn a_change_holds_with_the_next_page_that_they_open() {
    let site = OpenSite::open().await;
    let (tom, amara) = (site.browser(&tom()).await, site.browser(&amara()).await);
    amara.get(LOG).await.says(403, &["You cannot read the office log"]);
    let page = tom.get(&page_of(1)).await;
    page.says(
        200,
        &[
            r#"value="Amara Osei""#,
            r#"value="amara@calderbrook.example""#,
            r#"value="frontline_handler" checked"#,
        ],
    );
    let once = page.hidden("once").to_owned();
    let fields = amara_with(&once, &[("roles", "auditor"), ("job_title", "Auditor in training")]);
    for _press in 0..2 {
        tom.post(&page_of(1), &fields)
            .await
            .leads_to("/staff/settings/people/1?done=changed");
    }
    amara.get(LOG).await.says(200, &["Auditor in training"]);
    let page = tom.get("/staff/settings/people/1?done=changed").await;
    page.says(
        200,
        &[
            "Saved.",
            "Changed Amara Osei, by Tom Ferreira",
            "Job title: was “IT Helpline Analyst”, is “Auditor in training”",
            "Roles: given auditor; taken away",
        ],
    );
    assert_eq!(page.html.matches("Changed Amara Osei").count(), 1);
}

#[tokio::test]
async fn a_change_that_does_not_fit_comes_back_with_every_word() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let words = amara_with("k", &[("email", "dana@calderbrook.example"), ("name", "Amara <Osei>")]);
    let answer = tom.post(&page_of(1), &words).await;
    answer.says(
        422,
        &[
            "Somebody already signs in with this email address. Enter another",
            r#"value="dana@calderbrook.example""#,
            r#"value="Amara &lt;Osei&gt;""#,
            r#"value="frontline_handler" checked"#,
        ],
    );
    let mut nothing = amara_with("k", &[]);
    nothing.retain(|(name, _)| *name != "roles");
    tom.post(&page_of(1), &nothing)
        .await
        .says(422, &["Choose at least one role"]);
}

#[tokio::test]
async fn the_only_administrator_keeps_the_role_and_stays() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let fields = [
        ("name", "Tom Ferreira"),
        ("email", "tom@calderbrook.example"),
        ("job_title", "Systems Administrator"),
        ("roles", "auditor"),
        ("once", "k"),
    ];
    tom.post(&page_of(10), &fields).await.says(
        422,
        &["Tom Ferreira is the only administrator. Make somebody else an administrator first"],
    );
    let words = "Tom Ferreira is the only administrator.";
    let page = tom.get(&format!("{}/leave", page_of(10))).await;
    page.says(200, &[words]);
    assert!(
        !page.html.contains("Close their account"),
        "no form where nothing can be done"
    );
    leave(&tom, 10, None).await.says(422, &[words]);
    tom.get(PEOPLE).await.says(200, &["12 people"]);
}

#[tokio::test]
async fn an_administrator_who_gives_the_role_away_lands_on_their_own_page() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let fields = amara_with("k", &[("roles", "administrator")]);
    tom.post(&page_of(1), &fields)
        .await
        .leads_to("/staff/settings/people/1?done=changed");
    let fields = [
        ("name", "Tom Ferreira"),
        ("email", "tom@calderbrook.example"),
        ("job_title", "Auditor"),
        ("roles", "auditor"),
        ("once", "l"),
    ];
    tom.post(&page_of(10), &fields).await.leads_to("/staff/me");
    tom.get("/staff/me").await.says(200, &["Tom Ferreira"]);
}

#[tokio::test]
async fn who_leaves_names_who_takes_their_cases_and_nothing_is_left_behind() {
    let site = OpenSite::open().await;
    let (one, two) = (site.office.at_stage_1("one").await, site.office.at_stage_1("two").await);
    let (tom, amara) = (site.browser(&tom()).await, site.browser(&amara()).await);
    tom.get(&page_of(1)).await.says(200, &["2 at stage 1", "They leave"]);
    let page = tom.get(&format!("{}/leave", page_of(1))).await;
    page.says(
        200,
        &[
            "Amara Osei has 2 open cases, at stage 1.",
            r#"<option value="2">Jo Whitfield, IT Helpline Analyst</option>"#,
            r#"<option value="5" disabled>"#,
            "Dana Kowalczyk cannot work on",
        ],
    );
    assert!(
        !page.html.contains(&one.to_string()),
        "an administrator sees how many, not which (invariant 12)"
    );
    leave(&tom, 1, None).await.says(
        422,
        &["Amara Osei still has 2 open cases. Choose who takes them, or have them passed on first"],
    );
    leave(&tom, 1, Some(5)).await.says(
        422,
        &[
            "Dana Kowalczyk cannot work on",
            r#"<option value="5" disabled selected>"#,
        ],
    );
    assert_eq!(owner(&site, &one).await, Some(1));
    for _press in 0..2 {
        leave(&tom, 1, Some(2))
            .await
            .leads_to("/staff/settings/people?done=left&who=1");
    }
    for reference in [&one, &two] {
        assert_eq!(owner(&site, reference).await, Some(2));
    }
    amara.get("/staff").await.leads_to("/staff/sign-in?next=/staff");

    tom.get("/staff/settings/people?done=left&who=1").await.says(
        200,
        &[
            "Amara Osei has left. Their account is closed.",
            "11 people",
            "1 has left",
            "Left on Tuesday 9 June 2026",
        ],
    );
    let jo = site.browser(&jo()).await;
    jo.get(&format!("/staff/c/{one}"))
        .await
        .says(200, &["Passed to Jo Whitfield: Amara Osei has left."]);
}

#[tokio::test]
async fn a_name_stays_on_what_somebody_did_and_lists_mark_that_they_left() {
    let site = OpenSite::open().await;
    let answered = site.office.answered("k").await;
    let tom = site.browser(&tom()).await;
    leave(&tom, 1, None)
        .await
        .leads_to("/staff/settings/people?done=left&who=1");
    let marcus = site.browser(&marcus()).await;
    let page = marcus.get(&format!("/staff/c/{answered}")).await;
    page.says(200, &["by Amara Osei", "Amara Osei (former)"]);
    assert!(!page.html.contains("a former member of staff"));
}

#[tokio::test]
async fn a_case_that_comes_to_life_after_its_owner_left_says_that_nobody_works_on_it() {
    let site = OpenSite::open().await;
    let reference = site.office.answered("k").await;
    let case = format!("/staff/c/{reference}");
    let tom = site.browser(&tom()).await;
    leave(&tom, 1, None)
        .await
        .leads_to("/staff/settings/people?done=left&who=1");
    let ruth = site.browser(&ruth()).await;
    let alert = "Amara Osei had this case and has left";
    assert!(!ruth.get(&case).await.html.contains(alert), "it is closed");
    site.office.on("2026-06-11 10:00");
    let link = site.office.case(&reference).await.received.link_token;
    let who = casework::intake::track::enter_with_link(&site.office.office, &reference.to_string(), &link)
        .await
        .unwrap();
    casework::intake::track::ask_stage_2(&site.office.office, &who, "Nobody looked at the log", "s")
        .await
        .unwrap();
    ruth.get(&case).await.says(200, &[alert]);
    let accepted = [("answer", "accept"), ("investigator", "5")];
    let to = ruth.post(&format!("{case}/escalation"), &accepted).await;
    assert_eq!(to.status.as_u16(), 303, "{}", to.html);
    assert!(!ruth.get(&case).await.html.contains(alert));
}

#[tokio::test]
async fn a_case_that_is_taken_up_after_its_owner_left_is_with_whoever_took_it_up() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.answered("k").await);
    let tom = site.browser(&tom()).await;
    leave(&tom, 1, None)
        .await
        .leads_to("/staff/settings/people?done=left&who=1");
    let ruth = site.browser(&ruth()).await;
    site.office.on("2026-06-11 10:00");
    let fields = [("reason", "She wrote again"), ("once", "r")];
    ruth.post(&format!("{case}/reopen"), &fields)
        .await
        .leads_to(&format!("{case}?done=reopened"));
    let page = ruth.get(&case).await;
    assert!(!page.html.contains("had this case and has left"));
    ruth.get("/staff").await.says(200, &[">Reopened</strong>"]);
}

#[tokio::test]
async fn where_nobody_can_take_all_of_them_the_page_says_what_to_do() {
    let site = OpenSite::open().await;
    site.office.at_stage_1("one").await;
    let tom = site.browser(&tom()).await;
    // Everybody else who could work at stage 1 leaves first.
    for id in [2, 3, 4, 12] {
        leave(&tom, id, None)
            .await
            .leads_to(&format!("/staff/settings/people?done=left&who={id}"));
    }
    let words = [
        "Amara Osei has 1 open case, at stage 1.",
        "Nobody can take it. Have a complaints coordinator see to that first, on the page of each case.",
    ];
    tom.get(&format!("{}/leave", page_of(1))).await.says(200, &words);
    leave(&tom, 1, Some(5)).await.says(422, &words);
}

#[tokio::test]
async fn somebody_who_left_has_a_page_and_comes_back() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    leave(&tom, 5, None)
        .await
        .leads_to("/staff/settings/people?done=left&who=5");
    let page = tom.get(&page_of(5)).await;
    page.says(
        200,
        &[
            "Left on Tuesday 9 June 2026",
            "They come back",
            "Dana Kowalczyk left, by Tom Ferreira",
        ],
    );
    assert!(!page.html.contains(r#"name="job_title""#), "there is nothing to change");
    tom.post(&page_of(5), &amara_with("x", &[("email", "d@calderbrook.example")]))
        .await
        .says(422, &["Dana Kowalczyk has left. Let them come back first."]);
    let back = format!("{}/return", page_of(5));
    tom.get(&back)
        .await
        .says(200, &["Dana Kowalczyk comes back", "First password"]);
    let short = tom.post(&back, &[("password", "too short"), ("once", "b")]).await;
    short.says(422, &["Enter a password of at least 12 characters"]);
    assert!(!short.html.contains("too short"));
    for _press in 0..2 {
        tom.post(&back, &[("password", PASSWORD), ("once", "b")])
            .await
            .leads_to("/staff/settings/people/5?done=returned");
    }
    tom.get(PEOPLE)
        .await
        .says(200, &["12 people, 2 of whom may sign letters off."]);
    site.browser(&dana()).await.get("/staff").await.says(200, &["My work"]);
    tom.get(&back).await.says(200, &["Dana Kowalczyk works here already."]);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_ends_every_session() {
    let site = OpenSite::open().await;
    let (tom, iris) = (site.browser(&tom()).await, site.browser(&iris()).await);
    let path = format!("{}/password", page_of(9));
    tom.get(&path).await.says(200, &["A new password for Iris Novak"]);
    let short = tom.post(&path, &[("password", "too short"), ("once", "p")]).await;
    short.says(
        422,
        &[
            "Enter a password of at least 12 characters",
            "A new password for Iris Novak",
        ],
    );
    assert!(!short.html.contains("too short"));
    iris.get("/staff/me").await.says(200, &["Iris Novak"]);
    tom.post(&path, &[("password", PASSWORD), ("once", "p")])
        .await
        .leads_to("/staff/settings/people/9?done=password");
    iris.get("/staff/me").await.leads_to("/staff/sign-in?next=/staff/me");
    let entered = site
        .stranger()
        .post("/staff/sign-in", &[("who", "iris"), ("password", PASSWORD)])
        .await;
    entered.leads_to("/staff");
}

#[tokio::test]
async fn ones_own_password_is_changed_on_ones_own_page_only() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.get(&page_of(10))
        .await
        .says(200, &["Change your own password", r#"href="/staff/me""#]);
    let path = format!("{}/password", page_of(10));
    let words = "Change your own password on your own page";
    tom.get(&path).await.says(200, &[words]);
    tom.post(&path, &[("password", PASSWORD), ("once", "p")])
        .await
        .says(422, &[words]);
    tom.get("/staff/me").await.says(200, &["Tom Ferreira"]);
}

#[tokio::test]
async fn a_forged_form_changes_nobody_and_shows_no_password() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    for act in ["", "/password", "/leave", "/return"] {
        let path = format!("{}{act}", page_of(1));
        let fields = [("name", "Kept <words>"), ("password", PASSWORD), ("once", "f")];
        let answer = tom.post_with("forged", &path, &fields).await;
        answer.says(403, &["You were away for a while", "Kept &lt;words&gt;"]);
        assert!(!answer.html.contains(PASSWORD));
        assert!(tom.get(&path).await.status.as_u16() < 500, "the way back from {path}");
    }
    tom.get(LOG).await.says(200, &["Published the procedure"]);
    assert!(!tom.get(LOG).await.html.contains("Amara"), "nothing happened");
}

#[tokio::test]
async fn the_log_says_when_who_and_what_to_those_who_may_read_it() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.post(PEOPLE, &KIT)
        .await
        .leads_to("/staff/settings/people?done=added");
    let iris = site.browser(&iris()).await;
    let entry = r#"<a href="/staff/settings/log""#;
    for browser in [&tom, &iris] {
        let log = browser.get(LOG).await;
        log.says(
            200,
            &[
                entry,
                "Added Kit Vale, Analyst",
                "Roles: ",
                "Tom Ferreira",
                "Tue 9 Jun 2026, 9:15:00am",
                "Published the procedure it-services, version ",
                "SHA-256 ",
                "The system",
                "redress audit verify",
            ],
        );
        let (newest, oldest) = (log.html.find("Kit Vale"), log.html.find("Published the procedure"));
        assert!(newest < oldest, "the newest first");
        assert!(!log.html.contains(PASSWORD));
    }
    iris.get(&format!("{LOG}?before=1"))
        .await
        .says(200, &["Nothing has happened before this."]);
    iris.get(&format!("{LOG}?before=nonsense"))
        .await
        .says(200, &["Kit Vale"]);
    let amara = site.browser(&amara()).await;
    amara
        .get(LOG)
        .await
        .says(403, &["You cannot read the office log", "an auditor"]);
    assert!(!amara.get("/staff").await.html.contains(entry));
    site.stranger()
        .get(LOG)
        .await
        .leads_to("/staff/sign-in?next=/staff/settings/log");
}

#[tokio::test]
async fn names_in_the_log_are_words_and_nothing_else() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let mut fields = KIT;
    fields[0].1 = "<script>Kit</script>";
    tom.post(PEOPLE, &fields)
        .await
        .leads_to("/staff/settings/people?done=added");
    for path in [PEOPLE, LOG, &page_of(13), "/staff/settings/people/13/leave"] {
        let page = tom.get(path).await;
        page.says(200, &["&lt;script&gt;Kit&lt;/script&gt;"]);
        assert!(!page.html.contains("<script>Kit"), "{path}");
    }
    // A person's number in an address that is not theirs says nothing about anybody.
    let page = tom.get("/staff/settings/people?done=left&who=99").await;
    assert!(!page.html.contains("has left."), "{}", page.html);
}
