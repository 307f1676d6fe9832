//! Where the frame leads: everywhere that somebody may go, and nowhere that would only refuse them.

use testkit::people::{amara, everybody, iris, tom};

use crate::support::OpenSite;

/// The addresses that a page links to, within the staff pages.
fn links(html: &str) -> Vec<String> {
    let starts = html.match_indices(r#"href="/staff"#);
    let mut links: Vec<String> = starts
        .filter_map(|(at, _)| html[at + 6..].split('"').next())
        .filter_map(|link| link.split('#').next().map(|path| path.replace("&amp;", "&")))
        .collect();
    links.sort();
    links.dedup();
    links
}

#[tokio::test]
async fn nobody_is_led_where_they_would_only_be_refused() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    for who in everybody() {
        let browser = site.browser(&who).await;
        let mut followed = 0;
        for page in ["/staff", case.as_str()] {
            let page = browser.get(page).await;
            if page.status.as_u16() != 200 {
                continue;
            }
            for link in links(&page.html) {
                let answer = browser.get(&link).await;
                assert_eq!(answer.status.as_u16(), 200, "{} is led to {link}", who.name);
                followed += 1;
            }
        }
        assert!(followed >= 3, "{} is led nowhere", who.name);
    }
}

#[tokio::test]
async fn the_frame_offers_what_a_role_may_do() {
    let site = OpenSite::open().await;
    let case = format!("/staff/c/{}", site.office.at_stage_1("k").await);
    let (log, search, people) = (
        r#"href="/staff/log""#,
        r#"role="search""#,
        r#"href="/staff/settings/people""#,
    );

    let handler = site.browser(&amara()).await.get(&case).await;
    assert!(handler.html.contains(log) && handler.html.contains(search) && !handler.html.contains(people));
    assert!(!handler.html.contains("Audit ("), "she may not read the audit trail");

    let auditor = site.browser(&iris()).await.get(&case).await;
    assert!(!auditor.html.contains(log) && auditor.html.contains("Audit ("));

    let administrator = site.browser(&tom()).await.get("/staff").await;
    assert!(!administrator.html.contains(search) && administrator.html.contains(people));
}
