//! Settings: the directory, for the administrator; and looking people up, for whoever triages (R34, A15).

use casework::directory::keep::{Fewer, read};
use testkit::directory::{InventedDirectory, listed};
use testkit::people::{amara, ruth, tom};

use crate::support::OpenSite;

const SETTINGS: &str = "/staff/settings/directory";
const WHO: &str = "/staff/who";

async fn with_a_directory() -> (OpenSite, InventedDirectory) {
    let site = OpenSite::open().await;
    let mut away = listed("Dan Green", "gone");
    away.emails.clear();
    let directory = InventedDirectory::of(vec![
        listed("Bea <Boss>", ""),
        listed("Ada Green", "bea"),
        listed("Tom Tech", "ada"),
        away,
    ]);
    site.office.office.keep_directory(directory.parts());
    (site, directory)
}

#[tokio::test]
async fn without_a_directory_both_pages_say_so() {
    let site = OpenSite::open().await;
    site.browser(&tom())
        .await
        .get(SETTINGS)
        .await
        .says(200, &["No directory is configured"]);
    site.browser(&ruth())
        .await
        .get(WHO)
        .await
        .says(200, &["No directory is configured"]);
}

#[tokio::test]
async fn the_administrator_sees_how_it_stands_and_has_it_read() {
    let (site, directory) = with_a_directory().await;
    let tom = site.browser(&tom()).await;
    let page = tom.get(SETTINGS).await;
    page.says(200, &["a directory of tests", "Not yet"]);
    tom.post(SETTINGS, &[])
        .await
        .leads_to(&format!("{SETTINGS}?done=asked"));
    tom.get(&format!("{SETTINGS}?done=asked")).await.says(
        200,
        &["It is read within a minute.", "Somebody asked for it to be read"],
    );
    read(&site.office.office, Fewer::Refused)
        .await
        .expect("the store")
        .expect("people");
    tom.get(SETTINGS).await.says(
        200,
        &[
            "Line manager not in the directory",
            "Dan Green",
            "Bea &lt;Boss&gt;",
            "executive",
        ],
    );
    directory.is_down();
    assert!(
        read(&site.office.office, Fewer::Refused)
            .await
            .expect("the store")
            .is_err()
    );
    tom.get(SETTINGS).await.says(
        200,
        &["The last reading failed: The server does not answer.", "Tried last"],
    );
}

#[tokio::test]
async fn whoever_triages_looks_people_up_and_reads_why() {
    let (site, _) = with_a_directory().await;
    read(&site.office.office, Fewer::Refused)
        .await
        .expect("the store")
        .expect("people");
    let ruth = site.browser(&ruth()).await;
    let page = ruth.get(&format!("{WHO}?name=green")).await;
    page.says(
        200,
        &[
            "2 people. Ask which of them is meant.",
            "Ada Green",
            "Bea &lt;Boss&gt;",
            "Dan Green",
            "Nora Outside",
        ],
    );
    page.says(
        200,
        &["The directory names a line manager of Dan Green whom it does not hold."],
    );
    let nobody = ruth.get(&format!("{WHO}?name=%3Czz%3E")).await;
    nobody.says(200, &["Nobody in the directory is called that"]);
    assert!(!nobody.html.contains("<zz>"));
    let fresh = ruth.get(WHO).await;
    assert!(!fresh.html.contains("Nobody in the directory"), "nothing was asked yet");
}

#[tokio::test]
async fn others_see_neither() {
    let (site, _) = with_a_directory().await;
    let amara = site.browser(&amara()).await;
    amara
        .get(SETTINGS)
        .await
        .says(403, &["You cannot look after the directory"]);
    amara
        .post(SETTINGS, &[])
        .await
        .says(403, &["You cannot look after the directory"]);
    amara
        .get(&format!("{WHO}?name=green"))
        .await
        .says(403, &["You cannot look people up"]);
    let ruth = site.browser(&ruth()).await;
    ruth.get(SETTINGS)
        .await
        .says(403, &["You cannot look after the directory"]);
    let tom = site.browser(&tom()).await;
    tom.get(WHO).await.says(403, &["You cannot look people up"]);
}
