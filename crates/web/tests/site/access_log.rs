//! The access log as browsers meet it: who has seen a case, by which way, what left as a file; and who is shown that (R31, R89).

use testkit::flood::no_more_writing;
use testkit::people::{amara, dana, helen, iris, leila, ruth, tom};

use crate::support::OpenSite;

const LOG: &str = "/staff/settings/access";

/// The rows of a file, without the line of column names and the instants.
async fn rows(site: &OpenSite) -> Vec<String> {
    let file = site.browser(&leila()).await.get(&format!("{LOG}.csv")).await;
    file.says(200, &["when,who,way,case,about"]);
    let rows = file.html.lines().skip(1);
    let without_when = rows.filter_map(|row| row.split_once(',').map(|(_, rest)| rest.to_owned()));
    without_when.collect()
}

#[tokio::test]
async fn every_way_to_a_case_and_out_of_the_office_is_an_entry() {
    let site = OpenSite::with([testkit::people::everybody(), vec![leila()]].concat()).await;
    let case = site.office.at_stage_1("k").await;
    let job = site.office.case(&case).await.job.unwrap().number;
    let ruth = site.browser(&ruth()).await;
    let found = ruth.get("/staff/search?q=Wi-Fi").await;
    found.says(200, &[&format!("/staff/c/{case}?by=search")]);
    ruth.get(&format!("/staff/search?q={case}"))
        .await
        .leads_to(&format!("/staff/c/{case}?by=search"));
    ruth.get(&format!("/staff/c/{case}?by=search")).await.says(200, &[]);
    for page in ["", "/details", "/letters", "/jobs", "/audit"] {
        ruth.get(&format!("/staff/c/{case}{page}")).await.says(200, &[]);
    }
    ruth.get(&format!("/staff/jobs/{job}")).await.says(200, &[]);
    ruth.get("/staff/cases.csv?stage=1")
        .await
        .says(200, &[&case.to_string()]);
    let helen = site.browser(&helen()).await;
    helen
        .get("/staff/reports.csv?from=2026-06-01&until=2026-06-09")
        .await
        .says(200, &[]);
    // What shows no case is no entry.
    for page in ["/staff", "/staff/cases", "/staff/jobs", "/staff/search?q=printer"] {
        ruth.get(page).await.says(200, &[]);
    }
    let ways = [
        "Helen Marsh,figures,,2026-06-01..2026-06-09".to_owned(),
        "Ruth Abara,list,,stage=1".to_owned(),
        format!("Ruth Abara,job,{case},"),
        format!("Ruth Abara,page,{case},"),
        format!("Ruth Abara,search,{case},"),
    ];
    let kept: Vec<String> = rows(&site).await;
    let kinds = |rows: &[String]| {
        let kind = |row: &String| row.split_once(',').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        rows.iter().map(kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&kept), kinds(&ways), "{kept:?}");
    assert!(
        kept.iter().all(|row| !row.contains("Wi-Fi")),
        "what was searched for is kept nowhere"
    );
    assert!(
        rows(&site).await[0].contains("access_log"),
        "that the log was saved is an entry too"
    );

    let of_case = site.browser(&leila()).await.get(&format!("/staff/c/{case}/seen")).await;
    of_case.says(
        200,
        &[
            "Who has seen this",
            "Opened the case from a search",
            "Opened the job of the case",
            "Lists in which it stood",
            "within 10 minutes",
        ],
    );
}

#[tokio::test]
async fn it_is_shown_to_who_watches_over_it_and_to_each_person_their_own() {
    let site = OpenSite::with([testkit::people::everybody(), vec![leila()]].concat()).await;
    let case = site.office.at_stage_1("k").await;
    let seen = format!("/staff/c/{case}/seen");
    for who in [amara(), dana()] {
        site.browser(&who)
            .await
            .get(&format!("/staff/c/{case}"))
            .await
            .says(200, &[]);
    }
    for who in [leila(), iris()] {
        let browser = site.browser(&who).await;
        browser.get(&seen).await.says(200, &["Amara Osei", "Dana Kowalczyk"]);
        let log = browser.get(LOG).await;
        log.says(200, &["Access log", "Amara Osei", "Dana Kowalczyk"]);
        let hers = browser.get(&format!("{LOG}?who={}&on=2026-06-09", amara().id.0)).await;
        hers.says(200, &["Amara Osei"]);
        assert_eq!(hers.html.matches("Opened the case").count(), 1);
        browser
            .get(&format!("{LOG}?on=2026-06-08"))
            .await
            .says(200, &["Nothing is on record here"]);
        browser
            .get(&format!("{LOG}?on=tomorrow"))
            .await
            .says(422, &["Type a day"]);
    }
    let amara = site.browser(&amara()).await;
    amara.get(&seen).await.says(403, &[]);
    // Whatever stands in the address, her own.
    let own = amara.get(&format!("{LOG}?who={}", dana().id.0)).await;
    own.says(200, &["What you opened", &case.to_string()]);
    assert!(!own.html.contains("Dana Kowalczyk"));
    amara.get("/staff/me").await.says(200, &["What you opened"]);
    site.browser(&tom()).await.get(LOG).await.says(403, &[]);
    site.browser(&leila())
        .await
        .get("/staff/c/FC-99999/seen")
        .await
        .says(404, &[]);
}

#[tokio::test]
async fn no_table_leaves_without_its_entry_and_pages_are_read_while_nothing_can_be_written() {
    let site = OpenSite::open().await;
    let case = site.office.at_stage_1("k").await;
    let ruth = site.browser(&ruth()).await;
    no_more_writing(site.office.office.store()).await;
    ruth.get(&format!("/staff/c/{case}"))
        .await
        .says(200, &[&case.to_string()]);
    for file in ["/staff/cases.csv", "/staff/cases.csv?stage=1"] {
        let answer = ruth.get(file).await;
        assert_eq!(answer.status.as_u16(), 503, "{file}");
        assert!(!answer.html.contains(&format!("{case},")));
    }
}
