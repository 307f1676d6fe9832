//! Files of a complaint about a member of staff: whoever may not see the case cannot tell its files from files that are not there.

use rules::case::Event;
use testkit::people::{everybody, iris, jo, ruth};

use super::sent::{Form, Sender, picture};
use crate::support::OpenSite;

const CASE: &str = "/staff/c/FC-10001";

/// A restricted complaint with a file, and a note of somebody with one; answers their opaque names.
async fn restricted(site: &OpenSite, staff: &Sender<'_>) -> Vec<String> {
    let words = [
        ("key", "k1"),
        ("what", "The man at the counter shouted at me."),
        ("named", "yes"),
    ];
    let form = Form::of(&words).file("at-the-counter.png", &picture(3_000));
    let person = Sender::outside(site);
    person.send("/complain", &form).await.leads_to("/complain/sent");
    let note = [("csrf", staff.csrf.as_str()), ("once", "n"), ("note", "Camera")];
    let note = Form::of(&note).file("camera.log", b"14:02 shouting");
    let path = format!("{CASE}/note");
    staff.send(&path, &note).await.leads_to(&format!("{CASE}?done=note"));
    let files = site.office.case(&"FC-10001".parse().unwrap()).await.files;
    files.iter().map(|kept| kept.file.id.clone()).collect()
}

#[tokio::test]
async fn who_may_not_see_a_restricted_case_gets_the_same_answer_as_for_one_that_is_not_there() {
    let site = OpenSite::open().await;
    let judge = Sender::staff(&site, &ruth()).await;
    let ids = restricted(&site, &judge).await;
    let mut shut_out = Vec::new();
    for who in everybody()
        .into_iter()
        .filter(|who| ![ruth().id, iris().id].contains(&who.id))
    {
        let staff = Sender::staff(&site, &who).await;
        let (status, page) = staff.plain(CASE).await;
        if status == 200 && page.contains("camera.log") {
            continue;
        }
        for id in &ids {
            let (here, nowhere) = (format!("{CASE}/files/{id}"), format!("/staff/c/FC-99999/files/{id}"));
            let (answer, absent) = (staff.plain(&here).await, staff.plain(&nowhere).await);
            assert!([403, 404].contains(&answer.0.as_u16()), "{} {}", who.name, answer.0);
            assert_eq!(answer, absent, "{} can tell them apart", who.name);
        }
        for list in [
            "/staff/search?q=at-the-counter.png",
            "/staff/search?q=camera.log",
            "/staff/jobs?show=all",
            "/staff/jobs/F1000001",
        ] {
            let (_, html) = staff.plain(list).await;
            assert!(
                !html.contains(CASE) && !html.contains("counter.png</"),
                "{} {list}\n{html}",
                who.name
            );
        }
        shut_out.push(who.id);
    }
    assert!(shut_out.contains(&jo().id) && shut_out.len() > 3, "{shut_out:?}");
    assert_eq!(
        judge.plain(&format!("{CASE}/files/{}", ids[1])).await.1,
        "14:02 shouting"
    );
}

#[tokio::test]
async fn an_auditor_sees_the_outline_and_neither_opens_a_file_nor_reads_its_name() {
    let site = OpenSite::open().await;
    let ids = restricted(&site, &Sender::staff(&site, &ruth()).await).await;
    let auditor = Sender::staff(&site, &iris()).await;
    for tab in ["", "/details", "/jobs", "/audit"] {
        let (_, html) = auditor.plain(&format!("{CASE}{tab}")).await;
        assert!(
            !html.contains("counter.png") && !html.contains("camera.log"),
            "{tab}\n{html}"
        );
    }
    for id in ids {
        let answer = auditor.get(&format!("{CASE}/files/{id}")).await;
        assert_eq!(answer.headers.get("content-disposition"), None);
        let (_, html) = auditor.plain(&format!("{CASE}/files/{id}")).await;
        assert!(!html.contains("shouting") && !html.contains("PNG"), "{html}");
    }
}

#[tokio::test]
async fn whoever_opens_a_file_of_a_restricted_case_is_on_record() {
    let site = OpenSite::open().await;
    let staff = Sender::staff(&site, &ruth()).await;
    let ids = restricted(&site, &staff).await;
    let before = looks(&site).await;
    site.office.on("2026-06-09 14:00");
    let opened = staff.plain(&format!("{CASE}/files/{}", ids[1])).await;
    assert_eq!(opened.1, "14:02 shouting");
    assert_eq!(looks(&site).await, before + 1);
}

async fn looks(site: &OpenSite) -> usize {
    let history = site.office.history(&"FC-10001".parse().unwrap()).await;
    let looked = |event: &Event| matches!(event, Event::RecordViewed(_));
    history.iter().filter(|recorded| looked(&recorded.event)).count()
}
