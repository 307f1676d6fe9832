//! Settings: the procedure, its categories and the wording of letters, as somebody changes them.

use axum::body::Body;
use axum::http::{Request, header};
use rules::letters::LetterKind;
use testkit::house;
use testkit::office::Session;
use testkit::people::{amara, ruth, tom};

use crate::support::{Answer, OpenSite};

const PROCEDURE: &str = "/staff/settings/procedure";
const NEW: &str = "/staff/settings/procedure/new";
const PUBLISH: &str = "/staff/settings/procedure/publish";
const CATEGORIES: &str = "/staff/settings/categories";
const LETTER: &str = "/staff/settings/wording/link_again";

/// The shipped procedure with five days instead of three, under another version.
fn five_days() -> String {
    house::procedure_text()
        .replacen("version = \"1\"", "version = \"1.1\"", 1)
        .replacen(
            "unit = \"working_days\"\namount = 3",
            "unit = \"working_days\"\namount = 5",
            1,
        )
}

/// The hidden fields of a form with others beside them.
fn with<'a>(hidden: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let hidden = hidden.iter().filter(|(name, _)| name != "csrf");
    let mut fields: Vec<(&str, &str)> = hidden.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend(more);
    fields
}

#[tokio::test]
async fn a_procedure_is_looked_at_published_and_read_by_everybody_on_its_day() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.get(NEW).await.says(200, &["Nothing is published yet"]);
    let looked = tom.post(NEW, &[("procedure_text", &five_days())]).await;
    looked.says(
        200,
        &[
            "Version 1.1 would replace version 1",
            "Decision at stage 1: limit",
            "3 working days",
            "5 working days",
            "No open case is touched",
            "Tuesday 16 June 2026",
            "<ins>amount = 5</ins>",
        ],
    );
    let form = looked.form(PUBLISH);
    tom.post(PUBLISH, &with(&form, &[("valid_from", "2026-06-08")]))
        .await
        .says(422, &["Monday 8 June 2026 has passed", "Version 1.1 would replace"]);
    tom.post(PUBLISH, &with(&form, &[("valid_from", "soon")]))
        .await
        .says(422, &["Choose the day from which it holds"]);
    let form = tom.post(NEW, &[("procedure_text", &five_days())]).await.form(PUBLISH);
    tom.post(PUBLISH, &with(&form, &[("valid_from", "2026-07-01")]))
        .await
        .leads_to("/staff/settings/procedure?published=1.1");
    tom.get("/staff/settings/procedure?published=1.1").await.says(
        200,
        &[
            "Version 1.1 is published. It comes into force on Wednesday 1 July 2026.",
            "In force since Tuesday 9 June 2026",
            "file?version=1.1",
        ],
    );
    let stranger = site.stranger();
    stranger.get("/procedure").await.says(200, &["3 working days"]);
    let file = tom.get("/staff/settings/procedure/file?version=1.1").await;
    file.says(200, &["valid_from = 2026-07-01", "amount = 5"]);
    site.office.on("2026-07-01 08:00");
    stranger.get("/procedure").await.says(200, &["5 working days"]);
    tom.get("/staff/settings/log")
        .await
        .says(200, &["Published the procedure it-services, version 1.1"]);
}

#[tokio::test]
async fn somebody_who_published_meanwhile_is_told_and_a_text_with_faults_comes_back_whole() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let broken = five_days().replace("amount = 5", "amount = \"<five>\"");
    tom.post(NEW, &[("procedure_text", &broken)]).await.says(
        422,
        &[
            "There is a problem",
            "Line ",
            "must be a whole number",
            "clock.stage_1.amount",
            "&lt;five&gt;",
        ],
    );
    let early = tom.post(NEW, &[("procedure_text", &five_days())]).await.form(PUBLISH);
    let other = five_days().replacen("\"1.1\"", "\"1.2\"", 1);
    let late = tom.post(NEW, &[("procedure_text", &other)]).await.form(PUBLISH);
    let today = [("valid_from", "2026-06-09")];
    tom.post(PUBLISH, &with(&early, &today))
        .await
        .leads_to("/staff/settings/procedure?published=1.1");
    tom.post(PUBLISH, &with(&late, &today)).await.says(
        409,
        &[
            "Somebody published version 1.1 while you looked at this",
            "Version 1.2 would replace version 1.1",
        ],
    );
}

#[tokio::test]
async fn a_file_that_is_no_text_or_too_large_is_refused_and_what_was_pasted_is_not_lost() {
    let site = OpenSite::open().await;
    let token = site.office.sign_in(&tom()).await;
    for (bytes, says) in [
        (
            b"a = 1\nb = \xff\n".to_vec(),
            "a character in line 2 is stored in another way",
        ),
        (vec![b'#'; 1024 * 1024 + 1], "This file is larger than 1 MB"),
    ] {
        let answer = sent(
            &site,
            &token,
            ("text_file", &bytes),
            &[("procedure_text", "what I pasted")],
        )
        .await;
        answer.says(422, &[says, "what I pasted"]);
    }
    let good = sent(
        &site,
        &token,
        ("text_file", five_days().as_bytes()),
        &[("procedure_text", "")],
    )
    .await;
    good.says(200, &["Version 1.1 would replace version 1"]);
}

/// A form with a file, as a browser sends it.
async fn sent(site: &OpenSite, token: &Session, (field, bytes): (&str, &[u8]), fields: &[(&str, &str)]) -> Answer {
    sent_to(site, token, (NEW, field, bytes), fields).await
}

async fn sent_to(
    site: &OpenSite,
    token: &Session,
    (to, field, bytes): (&str, &str, &[u8]),
    fields: &[(&str, &str)],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in [("csrf", token.csrf.as_str())].iter().chain(fields) {
        body.extend(format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(
        format!("--XX\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"p.toml\"\r\n\r\n").bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--XX--\r\n");
    let request = Request::post(to)
        .header(header::COOKIE, format!("staff={}", token.token))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .body(Body::from(body))
        .unwrap();
    Answer::of(site.answer(request).await).await
}

#[tokio::test]
async fn a_category_is_retired_and_another_added_and_triage_offers_what_holds_now() {
    let site = OpenSite::open().await;
    let case = site.office.receive("before").await;
    let (tom, ruth) = (site.browser(&tom()).await, site.browser(&ruth()).await);
    let page = tom.get(CATEGORIES).await;
    page.says(200, &["Which service?", "Network and Wi-Fi", "wifi, Wi-Fi on campus"]);
    tom.post(CATEGORIES, &[]).await.says(422, &["Nothing is changed."]);
    let used = [
        ("category-code-service-new-1", "A3"),
        ("category-name-service-new-1", "<i>"),
    ];
    tom.post(CATEGORIES, &used)
        .await
        .says(422, &["The code A3 belongs to “Network and Wi-Fi”", "&lt;i&gt;"]);
    let looked = tom
        .post(
            CATEGORIES,
            &[
                ("known", "service-A9"),
                ("category-name-service-A9", "Telephones"),
                ("retired", "service-A9"),
                ("category-code-service-new-1", "A17"),
                ("category-name-service-new-1", "Assistants"),
            ],
        )
        .await;
    looked.says(
        200,
        &[
            "Version 1.1 would replace version 1",
            "Telephones; no longer offered",
            "Category A17",
        ],
    );
    let folded = |html: &str, axis: &str| {
        let (before, _) = html
            .split_once(&format!(r#"name="category-code-{axis}-new-1""#))
            .unwrap();
        !before
            .rsplit_once("<details")
            .unwrap()
            .1
            .starts_with(r#" class="govuk-details" open"#)
    };
    let page = tom.get(CATEGORIES).await;
    assert_eq!(
        page.html.matches("<details").count(),
        2,
        "one place to add for each list"
    );
    assert!(folded(&page.html, "service") && folded(&page.html, "problem"));
    let page = tom.post(CATEGORIES, &used).await;
    assert!(
        !folded(&page.html, "service") && folded(&page.html, "problem"),
        "{}",
        page.html
    );
    let form = looked.form(PUBLISH);
    tom.post(PUBLISH, &with(&form, &[("valid_from", "2026-06-09")]))
        .await
        .leads_to("/staff/settings/procedure?published=1.1");
    // The case began under version 1, and is offered the categories of today.
    let triage = ruth.get(&format!("/staff/triage/{case}")).await;
    triage.says(200, &["Assistants"]);
    assert!(!triage.html.contains("Telephones"), "{}", triage.html);
}

#[tokio::test]
async fn a_wording_is_tried_saved_compared_and_taken_back() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    let page = tom.get(LETTER).await;
    page.says(
        200,
        &[
            "Built in.",
            "{{ reference }}",
            "The reference, how to follow the complaint",
        ],
    );
    let ours = "Subject: Your link ({{ reference }})\n\nHello <you>, {{ tracking_link }}\n";
    let post = async |text: &str, seen: &str, what: &str| {
        tom.post(LETTER, &[("wording_text", text), ("made_from", seen), ("do", what)])
            .await
    };
    post("Subject: a\n\n{{ nobody }} <b>", "0", "").await.says(
        422,
        &["Line 3: \"nobody\" asks for a fact that does not exist", "&lt;b&gt;"],
    );
    post("Subject: a\n\n{{ reference }}", "0", "").await.says(
        422,
        &["It does not say how to follow the complaint. Write {{ tracking_link }} where it belongs."],
    );
    post(ours, "0", "preview").await.says(
        200,
        &["How it reads", "Subject: ", "Your link (FC-10482)", "Hello &lt;you&gt;"],
    );
    let mail = tom.post(&format!("{LETTER}/mail"), &[("wording_text", ours)]).await;
    mail.says(200, &["<title>Your link (FC-10482)</title>", "Hello &lt;you&gt;"]);
    post(ours, "0", "").await.leads_to(&format!("{LETTER}?done=saved"));
    let late = post("Subject: b\n\n{{ reference }} {{ tracking_link }}", "0", "").await;
    late.says(
        409,
        &["Somebody changed this wording while you wrote.", "<del>", "Subject: b"],
    );
    post(
        "Subject: b\n\n{{ reference }} {{ tracking_link }}",
        late.hidden("made_from"),
        "",
    )
    .await
    .leads_to(&format!("{LETTER}?done=saved"));
    let first = tom.get(&format!("{LETTER}/versions/1")).await;
    first.says(200, &["Version 1 of their link", "Use this version again", "<ins>"]);
    let form = first.form(&format!("{LETTER}/again"));
    tom.post(&format!("{LETTER}/again"), &with(&form, &[]))
        .await
        .leads_to(&format!("{LETTER}?done=saved"));
    let wordings = site.office.office.wordings();
    assert_eq!(wordings.in_use(LetterKind::LinkAgain), Some(ours));
    let back = tom.get(LETTER).await;
    back.says(200, &["Version 3, written in the office.", "version 1 again"]);
    let seen = back.hidden("made_from").to_owned();
    tom.post(
        &format!("{LETTER}/again"),
        &[("number", "installed"), ("made_from", &seen)],
    )
    .await
    .leads_to(&format!("{LETTER}?done=saved"));
    tom.get(LETTER).await.says(200, &["Built in."]);
    tom.get("/staff/settings/log")
        .await
        .says(200, &["Changed the wording of their link (link_again), version 4"]);
}

#[tokio::test]
async fn who_may_only_look_changes_nothing() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    for page in [PROCEDURE, CATEGORIES, LETTER, "/staff/settings/wording"] {
        let answer = amara.get(page).await;
        answer.says(200, &[]);
        assert!(!answer.html.contains("Publish a new version") && !answer.html.contains("Save the wording"));
    }
    amara.get(NEW).await.says(403, &["You cannot publish the procedure"]);
    for to in [NEW, PUBLISH] {
        let fields = [("procedure_text", "x = 1"), ("valid_from", "2026-07-01")];
        amara
            .post(to, &fields)
            .await
            .says(403, &["You cannot publish the procedure", "x = 1"]);
    }
    amara
        .post(CATEGORIES, &[])
        .await
        .says(403, &["You cannot publish the procedure"]);
    amara
        .post(LETTER, &[("wording_text", "Subject: a\n\nb")])
        .await
        .says(403, &["You cannot change the wording of letters"]);
    amara.get("/staff/settings/wording/nothing").await.says(404, &[]);
}

const BRAND: &str = "/staff/settings/brand";
const WAYS: &str = "/staff/settings/channels";

#[tokio::test]
async fn a_pale_colour_is_refused_with_the_figure_and_a_good_one_is_worn_by_pages_and_letters() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.get(BRAND)
        .await
        .says(200, &["#12505e", "Calderbrook University", "Accent #12505e"]);
    let set = async |accent: &str, seen: &str, what: &str| {
        let fields = [
            ("organisation", "Brook <College>"),
            ("unit", "IT"),
            ("accent", accent),
            ("link", "#7a1f3d"),
            ("made_from", seen),
            ("do", what),
        ];
        tom.post(BRAND, &fields).await
    };
    let refused = set("#3aa0b5", "0", "").await;
    refused.says(
        422,
        &["it needs 4.5:1. The nearest that passes is #", "Brook &lt;College&gt;"],
    );
    assert!(
        !refused.html.contains("fc-preview"),
        "a colour that cannot be read is not tried out"
    );
    let preview = set("#7a1f3d", "0", "preview").await;
    preview.says(200, &["fc-preview__button", "preview.css?accent=%237a1f3d"]);
    tom.get("/staff/settings/brand/preview.css?accent=%237a1f3d&link=bad%3B%7D")
        .await
        .says(200, &[".fc-preview{--fc-brand:#7a1f3d;", "--fc-link:#0d5c70;"]);
    assert_eq!(site.office.office.house().brand_times, 0);
    set("#7a1f3d", "0", "").await.leads_to(&format!("{BRAND}?done=saved"));
    set("#12505e", "0", "")
        .await
        .says(409, &["Somebody changed the brand while you wrote.", "accent #7a1f3d"]);
    let home = site.stranger().get("/").await;
    home.says(200, &["Brook &lt;College&gt;"]);
    let sheet = home
        .html
        .split("/brand/style-")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let worn = format!(r#"<link rel="stylesheet" href="/brand/style-{sheet}">"#);
    for door in ["/staff/sign-in", "/staff/sign-in?done=signed-out"] {
        site.stranger().get(door).await.says(200, &["Sign in", &worn]);
    }
    let sheet = site.stranger().get(&format!("/brand/style-{sheet}")).await;
    sheet.says(
        200,
        &[":root{--fc-brand:#7a1f3d;", "[data-theme=\"dark\"]{--fc-brand:#"],
    );
    site.stranger()
        .get("/brand/style-0000000000000000.css")
        .await
        .says(404, &[]);
    let mail = tom.get("/staff/settings/wording/link_again/mail").await;
    mail.says(200, &["<!doctype html>"]);
    tom.get("/staff/settings/log")
        .await
        .says(200, &["Changed the brand", "Accent #7a1f3d, links #7a1f3d"]);
}

#[tokio::test]
async fn a_picture_is_shown_to_everybody_and_a_drawing_that_may_run_is_refused() {
    let site = OpenSite::open().await;
    let token = site.office.sign_in(&tom()).await;
    let fields = [
        ("organisation", "Calderbrook University"),
        ("unit", "IT Services"),
        ("accent", "#12505e"),
        ("link", "#0d5c70"),
        ("made_from", "0"),
    ];
    let svg: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>";
    sent_to(&site, &token, (BRAND, "logo", svg), &fields)
        .await
        .says(422, &["This is an SVG drawing, which can carry programs."]);
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
    sent_to(&site, &token, (BRAND, "logo", png), &fields)
        .await
        .leads_to(&format!("{BRAND}?done=saved"));
    let home = site.stranger().get("/").await;
    let name = home
        .html
        .split("src=\"/brand/logo-")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let request = Request::get(format!("/brand/logo-{name}")).body(Body::empty()).unwrap();
    let picture = site.answer(request).await;
    assert_eq!(picture.headers()[header::CONTENT_TYPE], "image/png");
    assert_eq!(picture.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn a_way_that_is_switched_off_disappears_and_hours_are_read_as_they_are_typed() {
    let site = OpenSite::open().await;
    let tom = site.browser(&tom()).await;
    tom.get(WAYS)
        .await
        .says(200, &["01632 960 417", "IT desk, Main Library"]);
    site.stranger()
        .get("/")
        .await
        .says(200, &["it-feedback@", "Start a chat"]);
    let fields = [
        ("phone", "01632 960 999"),
        ("phone_hours", "mon-fri 9am-5pm"),
        ("email", "it-feedback@calderbrook.example"),
        ("open", "in_person"),
        ("desk", "The <desk>"),
        ("desk_hours", "Mon to Fri 9-5"),
        ("open", "post"),
        ("post", "IT Services\nCalderbrook"),
        ("made_from", "0"),
    ];
    tom.post(WAYS, &fields)
        .await
        .says(422, &["“9” is not clear: write times like 9am", "The &lt;desk&gt;"]);
    let mut good = fields;
    good[5] = ("desk_hours", "weekdays 9am-5pm");
    tom.post(WAYS, &good).await.leads_to(&format!("{WAYS}?done=saved"));
    let home = site.stranger().get("/").await;
    home.says(
        200,
        &[
            "01632 960 999",
            "Monday to Friday, 9am to 5pm",
            "The &lt;desk&gt;",
            "Calderbrook<br>",
        ],
    );
    assert!(
        !home.html.contains("it-feedback@") && !home.html.contains("Start a chat"),
        "{}",
        home.html
    );
    let procedure = site.stranger().get("/procedure").await;
    assert!(!procedure.html.contains("it-feedback@"), "{}", procedure.html);
    let reference = site.office.at_stage_2("k").await;
    let letter = site.office.letters(&reference).await.pop().unwrap();
    assert_eq!(
        (letter.facts.phone.as_str(), letter.facts.phone_hours.as_str()),
        ("01632 960 999", "Monday to Friday, 9am to 5pm"),
        "letters say it too"
    );
    tom.post(WAYS, &fields).await.says(422, &[]);
    tom.post(WAYS, &good)
        .await
        .says(409, &["Somebody changed the channels while you wrote."]);
    tom.get("/staff/settings/log")
        .await
        .says(200, &["Changed the ways to complain", "Email: not offered"]);
    let amara = site.browser(&amara()).await;
    for page in [BRAND, WAYS] {
        amara.get(page).await.says(403, &["Your roles do not include it."]);
        amara.post(page, &good).await.says(403, &[]);
    }
}
