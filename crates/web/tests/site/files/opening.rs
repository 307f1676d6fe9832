//! Opening: saved and never shown, by whoever may see it; for everybody else there is no such page.

use axum::http::header;
use testkit::people::{amara, dana, everybody, ruth};

use super::sent::{Form, Sender, picture};
use crate::support::OpenSite;

#[tokio::test]
async fn a_file_is_saved_and_never_shown_run_or_kept_by_caches() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let bytes = picture(200_000);
    let reference = person.complains("k", &[("écran %221%22.png", &bytes)]).await;
    let id = site.office.case(&reference.parse().unwrap()).await.files[0]
        .file
        .id
        .clone();
    let staff = Sender::staff(&site, &ruth()).await;
    for (sender, path) in [
        (&person, format!("/track/{reference}/files/{id}")),
        (&staff, format!("/staff/c/{reference}/files/{id}")),
    ] {
        let file = sender.get(&path).await;
        assert_eq!(file.status, 200, "{path}");
        assert!(file.bytes.unwrap() == bytes);
        let header = |name| file.headers.get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(header(header::CONTENT_TYPE), "image/png");
        assert_eq!(header(header::CONTENT_LENGTH), "200000");
        assert_eq!(
            header(header::CONTENT_DISPOSITION),
            "attachment; filename=\"_cran '1'.png\"; filename*=UTF-8''%C3%A9cran%20%271%27.png"
        );
        assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(header(header::CACHE_CONTROL), "no-store");
        assert_eq!(header(header::CONTENT_ENCODING), "", "its length is promised");
        let policy = file
            .headers
            .get_all(header::CONTENT_SECURITY_POLICY)
            .iter()
            .collect::<Vec<_>>();
        assert_eq!(policy.len(), 1);
        assert!(
            policy[0].to_str().unwrap().contains("default-src 'none'; sandbox"),
            "{policy:?}"
        );
        assert_eq!(header(header::X_FRAME_OPTIONS), "DENY");
    }
}

#[tokio::test]
async fn a_file_of_staff_and_a_file_of_another_case_are_not_there_for_a_complainant() {
    let site = OpenSite::open().await;
    let (mut mine, mut other) = (Sender::outside(&site), Sender::outside(&site));
    let reference = mine.complains("k1", &[("a.png", &picture(500))]).await;
    let others = other.complains("k2", &[("b.png", &picture(600))]).await;
    let staff = Sender::staff(&site, &amara()).await;
    let note = Form::of(&[("csrf", &staff.csrf), ("once", "n"), ("note", "x")]).file("secret.log", b"router");
    let case = format!("/staff/c/{reference}");
    staff
        .send(&format!("{case}/note"), &note)
        .await
        .leads_to(&format!("{case}?done=note"));
    let files = site.office.case(&reference.parse().unwrap()).await.files;
    let theirs = site.office.case(&others.parse().unwrap()).await.files[0]
        .file
        .id
        .clone();
    let (visible, secret) = (&files[0].file.id, &files[1].file.id);
    let nowhere = mine
        .get(&format!("/track/{reference}/files/0123456789abcdef0123456789abcdef"))
        .await;
    assert_eq!(nowhere.status, 404);
    let nowhere = nowhere.bytes.unwrap();
    for path in [
        format!("/track/{reference}/files/{secret}"),
        format!("/track/{reference}/files/{theirs}"),
        format!("/track/{others}/files/{theirs}"),
        format!("/track/{others}/files/{visible}"),
        format!("/track/{reference}/files/..%2F..%2Fredress.db"),
    ] {
        let answer = mine.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.bytes.unwrap() == nowhere,
            "{path} looks like one that is not there"
        );
    }
    let stranger = Sender::outside(&site);
    assert_eq!(
        stranger
            .get(&format!("/track/{reference}/files/{visible}"))
            .await
            .status,
        404
    );
    assert_eq!(
        stranger.get(&format!("{case}/files/{visible}")).await.status,
        303,
        "to the sign-in page"
    );
    assert_eq!(
        staff.get(&format!("/staff/c/{others}/files/{secret}")).await.status,
        404
    );
    assert_eq!(
        staff.get(&format!("{case}/files/{secret}")).await.bytes.unwrap(),
        b"router"
    );
}

#[tokio::test]
async fn whoever_may_not_see_cases_sees_no_file_of_one() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let reference = person.complains("k", &[("a.png", &picture(500))]).await;
    let id = site.office.case(&reference.parse().unwrap()).await.files[0]
        .file
        .id
        .clone();
    let mut refused = 0;
    for who in everybody() {
        let may = rules::people::permission::may(&who, rules::people::Act::SeeCases);
        let answer = Sender::staff(&site, &who)
            .await
            .get(&format!("/staff/c/{reference}/files/{id}"))
            .await;
        assert_eq!(answer.status == 200, may, "{}", who.name);
        refused += u32::from(!may);
    }
    assert!(refused > 0);
}

#[tokio::test]
async fn a_changed_file_breaks_off_and_a_missing_one_is_said() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let reference = person.complains("k", &[("a.png", &picture(300_000))]).await;
    let id = site.office.case(&reference.parse().unwrap()).await.files[0]
        .file
        .id
        .clone();
    let path = site.office.office.store().files().path().join(&id);
    let mut stored = std::fs::read(&path).unwrap();
    stored[200_000] ^= 1;
    std::fs::write(&path, &stored).unwrap();
    let href = format!("/track/{reference}/files/{id}");
    let broken = person.get(&href).await;
    assert_eq!(broken.status, 200, "the first chunks are good");
    assert!(broken.bytes.is_err(), "but no browser takes it for whole");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(person.get(&href).await.status, 500);
}

#[tokio::test]
async fn signed_notes_come_with_an_interview_and_open_for_those_who_may_read_it() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let page = format!("/staff/c/{reference}/investigation/interviews");
    let dana = Sender::staff(&site, &dana()).await;
    assert!(dana.page(&page).await.contains("signed notes"));
    let fields = |once| {
        [
            ("csrf", dana.csrf.as_str()),
            ("once", once),
            ("step", "hold"),
            ("with", "Nadia Rahman"),
            ("held_on", "2026-06-08"),
            ("held_at", "4:30pm"),
            ("how", "phone"),
            ("notes", ""),
            ("seen_by", "investigation"),
        ]
    };
    dana.send(&page, &Form::of(&fields("a")))
        .await
        .says(422, &["Write what was said, or choose a file"]);
    dana.send(&page, &Form::of(&fields("b")).file("bad.exe", b"MZ"))
        .await
        .says(422, &["bad.exe", "Nadia Rahman"]);
    dana.send(
        &page,
        &Form::of(&fields("c")).file("signed.log", b"I saw the restarts."),
    )
    .await
    .leads_to(&format!("{page}?done=interview"));
    let shown = dana.page(&page).await;
    assert!(shown.contains("those who investigate only"), "{shown}");
    let opens = super::sent::link(&shown, "signed.log");
    assert_eq!(dana.plain(&opens).await.1, "I saw the restarts.");
    let amara = Sender::staff(&site, &amara()).await;
    assert_eq!(amara.get(&opens).await.status, 404);
    let timeline = amara.page(&format!("/staff/c/{reference}")).await;
    assert!(
        !timeline.contains("signed.log") && !timeline.contains("Nadia"),
        "{timeline}"
    );
}
