//! Whatever is sent: too large, too many, cut, misshapen, hostile names, a full disk. Words are never lost, and nothing is half kept.

use testkit::people::amara;

use super::sent::{BOUNDARY, Form, MEGABYTE, Sender, picture};
use crate::support::OpenSite;

fn complaint() -> Form {
    Form::of(&[("key", "k1"), ("what", "My words"), ("name", "Priya")])
}

async fn names(site: &OpenSite) -> Vec<String> {
    let files = site.office.case(&"FC-10001".parse().unwrap()).await.files;
    files.iter().map(|kept| kept.file.name.to_string()).collect()
}

async fn lying(site: &OpenSite) -> usize {
    site.office.office.store().files().list().await.unwrap().len()
}

#[tokio::test]
async fn twenty_five_megabytes_are_taken_and_one_byte_more_is_refused_with_nothing_else_lost() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = complaint()
        .file("exact.png", &picture(25 * MEGABYTE))
        .file("more.png", &picture(25 * MEGABYTE + 1))
        .file("small.png", &picture(100));
    person.send("/complain", &form).await.says(
        422,
        &[
            "\"more.png\" is 25.1 MB. Choose a file smaller than 25 MB, or send a link",
            "exact.png",
            "small.png",
            "My words",
            "value=\"Priya\"",
        ],
    );
    assert_eq!(lying(&site).await, 2);
    person.send("/complain", &complaint()).await.leads_to("/complain/sent");
    assert_eq!(names(&site).await, ["exact.png", "small.png"]);
    assert_eq!(
        site.office.case(&"FC-10001".parse().unwrap()).await.files[0].file.size,
        25 * MEGABYTE as u64
    );
}

#[tokio::test]
async fn of_eleven_files_ten_are_kept() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = (0..11).fold(complaint(), |form, n| form.file(&format!("{n}.png"), &picture(100 + n)));
    person.send("/complain", &form).await.says(
        422,
        &[
            "You can send up to 10 files at once. \"10.png\" was left out: send it as a reply afterwards",
            "9.png",
            "My words",
        ],
    );
    person.send("/complain", &complaint()).await.leads_to("/complain/sent");
    assert_eq!(names(&site).await.len(), 10);
}

#[tokio::test]
async fn names_that_lead_elsewhere_or_hide_their_ending_are_only_names() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let long = format!("{}.png", "very-long-".repeat(400));
    let form = complaint()
        .file("../../etc/passwd", b"root:x:0:0")
        .file("C:\\windows\\system32\\a.txt", b"x")
        .file("nul\0byte.txt", b"y")
        .file("photo\u{202E}gnp.txt", b"z")
        .file(&long, &picture(100))
        .file("<img src=x onerror=alert(1)>.txt", b"w")
        .file("quote%22inside.txt", b"v");
    person.send("/complain", &form).await.leads_to("/complain/sent");
    let names = names(&site).await;
    assert_eq!(&names[..4], ["passwd", "a.txt", "nulbyte.txt", "photognp.txt"]);
    assert_eq!((names[4].len(), &names[4][96..]), (100, ".png"));
    assert_eq!(&names[5..], ["_img src=x onerror=alert(1)_.txt", "quote'inside.txt"]);
    let staff = site.browser(&amara()).await;
    let page = staff.get("/staff/c/FC-10001").await;
    assert!(!page.html.contains("<img"), "{}", page.html);
    let hidden = Form::of(&[("key", "k2"), ("what", "x")]).file("photo\u{202E}gpj.exe", b"MZ\0\0");
    person
        .send("/complain", &hidden)
        .await
        .says(422, &["We could not accept \"photogpj.exe\" because it is a program."]);
}

#[tokio::test]
async fn a_form_that_was_cut_keeps_what_arrived_and_takes_nothing() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let whole = complaint()
        .file("first.png", &picture(500))
        .file("second.png", &picture(90_000))
        .bytes();
    let cut = whole[..whole.len() - 5_000].to_vec();
    person.send_bytes("/complain", cut, BOUNDARY).await.says(
        422,
        &[
            "\"second.png\" did not arrive whole. Choose it again and send",
            "Not all of your form arrived.",
            "My words",
            "first.png",
        ],
    );
    assert_eq!(lying(&site).await, 1);
    let in_the_words = whole[..whole.windows(8).position(|bytes| bytes == b"My words").unwrap() + 4].to_vec();
    person
        .send_bytes("/complain", in_the_words, BOUNDARY)
        .await
        .says(422, &["Not all of your form arrived.", ">My w</textarea>"]);
    let staff = site.browser(&amara()).await;
    staff.get("/staff/c/FC-10001").await.says(404, &[]);
}

#[tokio::test]
async fn a_wrong_boundary_a_missing_one_and_no_form_at_all_are_answered_with_the_form() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let bytes = complaint().file("a.png", &picture(500)).bytes();
    for (bytes, boundary) in [
        (bytes.clone(), "another"),
        (bytes.clone(), ""),
        (bytes, &"x".repeat(200)),
        (Vec::new(), BOUNDARY),
        (vec![0; 100_000], BOUNDARY),
    ] {
        let answer = person.send_bytes("/complain", bytes, boundary).await;
        answer.says(
            422,
            &[
                "Not all of your form arrived.",
                "<h1 class=\"govuk-heading-xl\">Make a complaint</h1>",
            ],
        );
    }
    assert_eq!(lying(&site).await, 0);
}

#[tokio::test]
async fn a_thousand_fields_are_cut_to_what_a_form_can_have_and_the_files_still_come() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = (0..1_000).fold(complaint(), |form, n| form.field(&format!("f{n}"), "x"));
    person
        .send("/complain", &form.file("a.png", &picture(500)))
        .await
        .leads_to("/complain/sent");
    assert_eq!(names(&site).await, ["a.png"]);
    let endless = Form::of(&[("key", "k2"), ("what", &"x".repeat(3 * MEGABYTE))]);
    assert_eq!(person.send("/complain", &endless).await.status, 413);
}

#[tokio::test]
async fn a_file_in_front_of_the_key_is_taken_with_a_key_of_its_own() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = Form::default()
        .file("a.png", &picture(500))
        .field("what", "My words")
        .field("key", "late");
    person.send("/complain", &form).await.leads_to("/complain/sent");
    assert_eq!(names(&site).await, ["a.png"]);
    let hostile = Form::of(&[("key", "k'; --"), ("what", "Words")]).file("b.png", &picture(500));
    person.send("/complain", &hostile).await.leads_to("/complain/sent");
}

#[tokio::test]
async fn a_store_that_takes_no_files_says_so_and_takes_the_words() {
    let site = OpenSite::open().await;
    std::fs::write(site.office.office.store().files().path(), "in the way").unwrap();
    let person = Sender::outside(&site);
    let form = complaint().file("a.png", &picture(200_000));
    person.send("/complain", &form).await.says(
        503,
        &[
            "We could not keep \"a.png\", because our store for files is not working.",
            "My words",
            "value=\"Priya\"",
        ],
    );
    person.send("/complain", &complaint()).await.leads_to("/complain/sent");
    assert!(names(&site).await.is_empty());
}

#[tokio::test]
async fn a_form_with_another_token_or_of_a_stranger_leaves_no_file_here() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let path = format!("/staff/c/{reference}/note");
    let staff = Sender::staff(&site, &amara()).await;
    let form =
        |csrf: &str| Form::of(&[("csrf", csrf), ("once", "n"), ("note", "My note")]).file("a.png", &picture(100_000));
    let expired = staff.send(&path, &form("another")).await;
    expired.says(403, &["My note"]);
    let late = Form::default()
        .file("a.png", &picture(500))
        .field("csrf", &staff.csrf)
        .field("note", "x");
    staff
        .send(&path, &late)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=note"));
    let stranger = Sender::outside(&site);
    stranger
        .send(&path, &form("any"))
        .await
        .leads_to("/staff/sign-in?next=/staff");
    stranger
        .send(
            &format!("/track/{reference}/reply"),
            &Form::of(&[("key", "r"), ("words", "x")]).file("a.png", &picture(500)),
        )
        .await
        .says(404, &[]);
    assert_eq!(lying(&site).await, 0);
    assert!(site.office.case(&reference).await.files.is_empty());
}
