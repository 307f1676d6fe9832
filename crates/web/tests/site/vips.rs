//! Settings: the list of VIPs, kept by those who may mark one (R88).

use testkit::people::{amara, helen, ruth};

use crate::support::OpenSite;

const PAGE: &str = "/staff/settings/vips";

#[tokio::test]
async fn the_list_is_saved_and_what_cannot_be_used_comes_back_as_typed() {
    let site = OpenSite::open().await;
    let ruth = site.browser(&ruth()).await;
    let page = ruth.get(PAGE).await;
    page.says(200, &["Who is on it", "Nobody is ever told"]);
    let mark = page.hidden("mark").to_owned();
    ruth.post(PAGE, &[("list", "<b>x</b>"), ("mark", &mark)])
        .await
        .says(422, &["line 1 has no comma", "&lt;b&gt;x&lt;/b&gt;"]);
    ruth.post(
        PAGE,
        &[("list", "vc@calderbrook.example, Vice-Chancellor"), ("mark", &mark)],
    )
    .await
    .leads_to(&format!("{PAGE}?done=saved"));
    ruth.get(&format!("{PAGE}?done=saved"))
        .await
        .says(200, &["The list is saved.", "vc@calderbrook.example, Vice-Chancellor"]);

    let helen = site.browser(&helen()).await;
    let late = helen.post(PAGE, &[("list", "gov01, Governor"), ("mark", &mark)]).await;
    late.says(
        409,
        &[
            "Somebody changed this list while you wrote.",
            "vc@calderbrook.example, Vice-Chancellor",
            "gov01, Governor",
        ],
    );
    let again = late.hidden("mark").to_owned();
    helen
        .post(PAGE, &[("list", "gov01, Governor"), ("mark", &again)])
        .await
        .leads_to(&format!("{PAGE}?done=saved"));
}

#[tokio::test]
async fn whoever_may_not_mark_a_vip_sees_no_list() {
    let site = OpenSite::open().await;
    let amara = site.browser(&amara()).await;
    amara.get(PAGE).await.says(403, &["You cannot mark a VIP"]);
    amara
        .post(PAGE, &[("list", "a, b")])
        .await
        .says(403, &["You cannot mark a VIP"]);
}
