//! Logging a call: one box that is needed, and a folded part for what few calls need.

use testkit::people::amara;

use crate::support::OpenSite;

#[tokio::test]
async fn what_few_calls_need_is_folded_until_something_in_it_was_answered_or_is_wrong() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    let folded = |html: &str| {
        let (before, _) = html.split_once("More: existing job").unwrap();
        !before.rsplit_once("<details").unwrap().1.contains(" open")
    };
    assert!(folded(&amara.get("/staff/log").await.html));
    let plain = [("via", "phone"), ("words", ""), ("who", "Luca")];
    let page = amara.post("/staff/log", &plain).await;
    assert!(folded(page.says(422, &["Luca"]).html.as_str()), "{}", page.html);
    let rest = [
        ("job", "F0980554"),
        ("kind", "student"),
        ("to_put_right", "A working room"),
        ("received_on", "2026-06-08"),
        ("received_at", "4pm"),
        ("acting_for", "a friend"),
        ("needs", "Large print"),
        ("vip_source", "A dean"),
    ];
    for answer in rest {
        let page = amara
            .post("/staff/log", &[("via", "phone"), ("words", ""), answer])
            .await;
        assert!(!folded(page.says(422, &[answer.1]).html.as_str()), "{answer:?}");
    }
    let later = [("via", "phone"), ("words", "x"), ("received_on", "2026-06-10")];
    let page = amara.post("/staff/log", &later).await;
    assert!(!folded(page.says(422, &["There is a problem"]).html.as_str()));
}
