//! Sending: every form takes files, what was refused is said file by file, and what arrived need not be chosen again.

use testkit::people::{amara, ruth};

use super::sent::{Form, Sender, link, picture};
use crate::support::OpenSite;

/// The opaque name in a box that offers to leave a file out.
fn received(html: &str) -> Vec<String> {
    let boxes = html.split("name=\"leave_out\" type=\"checkbox\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_complaint_comes_with_its_files_and_both_sides_see_them_under_its_words() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let log = b"14:02 connection lost\n";
    let reference = person
        .complains("k1", &[("wifi.png", &picture(219_000)), ("wifi-log.txt", log)])
        .await;
    let page = person.page("/complain/sent").await;
    assert!(page.contains("wifi.png (PNG picture, 214 KB)"), "{page}");
    let track = person.page(&format!("/track/{reference}")).await;
    assert!(
        track.contains("wifi-log.txt</a> <span class=\"fc-muted\">Text, 22 bytes</span>"),
        "{track}"
    );
    let staff = site.browser(&ruth()).await;
    let case = staff.get(&format!("/staff/c/{reference}")).await;
    case.says(200, &["PNG picture, 214 KB, the person can see this"]);
    staff.get(&format!("/staff/c/{reference}/details")).await.says(
        200,
        &["wifi-log.txt</a> Text, 22 bytes, by the person. The person can see this."],
    );
    staff
        .get(&format!("/staff/c/{reference}/audit"))
        .await
        .says(200, &["File attached: wifi.png (PNG picture, 214 KB)"]);
    staff.get("/staff/search?q=wifi-log.txt").await.says(200, &[&reference]);
}

#[tokio::test]
async fn a_refused_file_loses_neither_the_words_nor_the_files_that_arrived() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = Form::of(&[
        ("key", "k1"),
        ("what", "My <words>"),
        ("email", "priya@"),
        ("leave_out", ""),
    ])
    .file("good.png", &picture(1_000))
    .file("report.docm", b"PK\x03\x04")
    .file("empty.txt", b"")
    .file("setup.exe", b"MZ\x90\0\x03\0");
    let again = person.send("/complain", &form).await;
    again.says(
        422,
        &[
            "There is a problem",
            "We could not accept \"report.docm\" because it contains a macro. Save it as a PDF and try again",
            "\"empty.txt\" is empty. Choose it again, or send without it",
            "We could not accept \"setup.exe\" because it is a program.",
            "Enter an email address, like name@example.com",
            "My &lt;words&gt;",
            "value=\"priya@\"",
            "We have these already",
            "good.png",
            "<details class=\"govuk-details\" open",
            r#"name="key" value="k1""#,
        ],
    );
    assert_eq!(again.html.matches("href=\"#files\"").count(), 3, "one by one");
    // The second try brings no file at all, and an empty file field as browsers send it.
    let form = Form::of(&[("key", "k1"), ("what", "My <words>")]).file("", b"");
    person.send("/complain", &form).await.leads_to("/complain/sent");
    let reference = "FC-10001".parse().unwrap();
    let files = site.office.case(&reference).await.files;
    let names: Vec<&str> = files.iter().map(|kept| kept.file.name.as_str()).collect();
    assert_eq!(names, ["good.png"]);
}

#[tokio::test]
async fn a_file_that_was_received_can_be_left_out_again() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = Form::of(&[("key", "k1"), ("what", " ")])
        .file("a.png", &picture(1_000))
        .file("b.png", &picture(2_000));
    let again = person.send("/complain", &form).await;
    again.says(422, &["Tell us what went wrong", "a.png", "b.png"]);
    let ids = received(&again.html);
    let form =
        Form::of(&[("key", "k1"), ("what", "Now with words"), ("leave_out", &ids[0])]).file("c.png", &picture(3_000));
    person.send("/complain", &form).await.leads_to("/complain/sent");
    let files = site.office.case(&"FC-10001".parse().unwrap()).await.files;
    let names: Vec<&str> = files.iter().map(|kept| kept.file.name.as_str()).collect();
    assert_eq!(names, ["b.png", "c.png"]);
}

#[tokio::test]
async fn the_same_form_twice_attaches_once() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = Form::of(&[("key", "k1"), ("what", "Words")]).file("a.png", &picture(100_000));
    let (first, second) = tokio::join!(person.send("/complain", &form), person.send("/complain", &form));
    first.leads_to("/complain/sent");
    second.leads_to("/complain/sent");
    person.send("/complain", &form).await.leads_to("/complain/sent");
    let files = site.office.case(&"FC-10001".parse().unwrap()).await.files;
    assert_eq!(files.len(), 1);
    let staff = site.browser(&ruth()).await;
    staff.get("/staff/c/FC-10002").await.says(404, &[]);
}

#[tokio::test]
async fn thanks_and_replies_take_files_too() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let thanks =
        Form::of(&[("key", "t"), ("kind", "compliment"), ("words", "Thank you all")]).file("card.png", &picture(500));
    person.send("/thanks", &thanks).await.leads_to("/thanks/sent");
    assert_eq!(site.office.case(&"FC-10001".parse().unwrap()).await.files.len(), 1);

    let reference = person.complains("k", &[]).await;
    let path = format!("/track/{reference}/reply");
    let silent = Form::of(&[("key", "r1"), ("words", " ")])
        .file("again.png", &picture(500))
        .file("bad.ps1", b"x");
    let back = person.send(&path, &silent).await;
    back.says(
        422,
        &[
            "again.png",
            "We could not accept \"bad.ps1\" because it is a script.",
            "Write your message",
        ],
    );
    assert!(
        back.html.contains("href=\"#words\""),
        "the error leads to the box\n{}",
        back.html
    );
    let said = Form::of(&[("key", "r1"), ("words", "It happened again")]);
    person.send(&path, &said).await.says(200, &["We have your message"]);
    let track = person.page(&format!("/track/{reference}")).await;
    let at = |words: &str| track.find(words).unwrap_or_else(|| panic!("no {words} in\n{track}"));
    assert!(
        at("It happened again") < at("again.png"),
        "a file stands under its words"
    );
    let clerk = Sender::staff(&site, &amara()).await;
    let case = clerk.page(&format!("/staff/c/{reference}")).await;
    let asked = clerk.page(&link(&case, "Is this a new issue?")).await;
    assert!(
        asked.contains("again.png"),
        "whoever says what a message is sees what came with it"
    );
    assert!(asked.contains("The person reads it with our decision."), "{asked}");
}

#[tokio::test]
async fn staff_send_files_with_messages_and_keep_files_with_notes() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let reference = person.complains("k", &[]).await;
    let case = format!("/staff/c/{reference}");
    let staff = Sender::staff(&site, &amara()).await;
    let form = |once: &str, field: &str| Form::of(&[("csrf", &staff.csrf), ("once", once), (field, "See the file")]);
    let message = form("m", "message")
        .field("how", "letter")
        .file("letter.pdf", b"%PDF-1.7\nx");
    staff
        .send(&format!("{case}/message"), &message)
        .await
        .leads_to(&format!("{case}?done=written"));
    let note = form("n", "note").file("router.log", b"restart at 14:02");
    staff
        .send(&format!("{case}/note"), &note)
        .await
        .leads_to(&format!("{case}?done=note"));

    let page = staff.page(&case).await;
    assert!(
        page.contains("letter.pdf</a> <span class=\"fc-muted\">PDF document, 10 bytes, the person can see this"),
        "{page}"
    );
    assert!(
        page.contains("router.log</a> <span class=\"fc-muted\">Text, 16 bytes, staff only"),
        "{page}"
    );
    let track = person.page(&format!("/track/{reference}")).await;
    assert!(track.contains("letter.pdf") && !track.contains("router.log"), "{track}");
}

#[tokio::test]
async fn a_message_whose_file_is_refused_comes_back_with_every_word() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let staff = Sender::staff(&site, &amara()).await;
    let form = Form::of(&[
        ("csrf", &staff.csrf),
        ("once", "m1"),
        ("message", "My <draft>"),
        ("next_on", "2026-06-01"),
    ])
    .file("good.pdf", b"%PDF-1.7\nx")
    .file("run.bat", b"echo");
    let back = staff.send(&format!("/staff/c/{reference}/message"), &form).await;
    back.says(
        422,
        &[
            "My &lt;draft&gt;",
            "We could not accept \"run.bat\" because it is a script.",
            "Monday 1 June 2026",
            "We have these already",
            r#"name="once" value="m1""#,
        ],
    );
    assert_eq!(site.office.case(&reference).await.files.len(), 0);
    let form = Form::of(&[("csrf", &staff.csrf), ("once", "n1"), ("note", "Words")]).file("run.bat", b"echo");
    staff
        .send(&format!("/staff/c/{reference}/note"), &form)
        .await
        .says(422, &["Note, staff only", "run.bat"]);
}

#[tokio::test]
async fn a_call_is_logged_with_the_files_that_were_handed_over() {
    let site = OpenSite::open().await;
    let staff = Sender::staff(&site, &amara()).await;
    let fields = [
        ("csrf", staff.csrf.as_str()),
        ("once", "l1"),
        ("via", "in_person"),
        ("feedback", "complaint"),
    ];
    let refused = Form::of(&fields)
        .field("words", "A letter on paper")
        .file("scan.pdf", b"%PDF-1.4\nx")
        .file("a.exe", b"MZ\0");
    let back = staff.send("/staff/log", &refused).await;
    back.says(
        422,
        &[
            "scan.pdf",
            "We could not accept \"a.exe\" because it is a program.",
            "A letter on paper",
        ],
    );
    let form = Form::of(&fields)
        .field("words", "A letter on paper")
        .field("outcome", "triage");
    let done = staff.send("/staff/log", &form).await;
    assert_eq!(done.status, 303, "{}", done.html);
    let files = site.office.case(&"FC-10001".parse().unwrap()).await.files;
    assert_eq!(files[0].file.name.as_str(), "scan.pdf");
}

#[tokio::test]
async fn links_lead_to_the_files() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let reference = person.complains("k", &[("a.png", &picture(500))]).await;
    let track = person.page(&format!("/track/{reference}")).await;
    let href = link(&track, "a.png");
    assert!(href.starts_with(&format!("/track/{reference}/files/")), "{href}");
    assert_eq!(person.get(&href).await.bytes.unwrap(), picture(500));
}
