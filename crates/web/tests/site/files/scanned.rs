//! What pages say of viruses in files, and that nobody is handed one that carries something.

use std::sync::Arc;
use std::time::Duration;

use casework::jobs::scan;
use testkit::people::ruth;
use testkit::scanner::{BAD, Mood, NAME, ToldScanner};

use super::sent::{Form, Sender, picture};
use crate::support::OpenSite;

async fn site(mood: Mood) -> (OpenSite, ToldScanner) {
    let (site, scanner) = (OpenSite::open().await, ToldScanner::new(mood));
    site.office
        .office
        .ask_scanner(Arc::new(scanner.clone()), Duration::from_secs(10));
    (site, scanner)
}

fn bad() -> Vec<u8> {
    [picture(2_000), BAD.as_bytes().to_vec()].concat()
}

async fn id(site: &OpenSite, reference: &str, at: usize) -> String {
    let case = site.office.case(&reference.parse().unwrap()).await;
    case.files[at].file.id.clone()
}

#[tokio::test]
async fn an_infected_file_is_named_with_what_it_carries_and_leads_nowhere() {
    let (site, _) = site(Mood::Well).await;
    let mut person = Sender::outside(&site);
    let reference = person
        .complains("k", &[("bad.png", &bad()), ("good.png", &picture(900))])
        .await;
    let staff = Sender::staff(&site, &ruth()).await;
    let (bad, good) = (id(&site, &reference, 0).await, id(&site, &reference, 1).await);
    let track = format!("/track/{reference}");
    let case = format!("/staff/c/{reference}");
    let label = format!("<strong>carries a virus ({NAME}), so nobody is handed it</strong>");
    for (sender, path, files) in [(&person, &track, &track), (&staff, &case, &case)] {
        let page = sender.page(path).await;
        assert!(page.contains(&label) && page.contains("bad.png"), "{page}");
        assert!(
            !page.contains(&bad) && page.contains(&format!("{files}/files/{good}")),
            "{page}"
        );
        assert!(!page.contains("not scanned"), "{page}");
        let opened = sender.get(&format!("{files}/files/{bad}")).await;
        assert_ne!(opened.status, 200, "{path}");
        let said = opened.bytes.unwrap();
        assert!(
            !said.windows(BAD.len()).any(|window| window == BAD.as_bytes()),
            "{path}"
        );
    }
    let details = staff.page(&format!("{case}/details")).await;
    assert!(
        details.contains("No virus found.") && details.contains(NAME),
        "{details}"
    );
    assert!(
        !details.contains("no scanner was set up") && !details.contains(&bad),
        "{details}"
    );
}

#[tokio::test]
async fn what_could_not_be_scanned_says_so_until_it_is_and_a_virus_that_is_found_later_is_told_to_staff() {
    let (site, scanner) = site(Mood::Away).await;
    let mut person = Sender::outside(&site);
    let reference = person.complains("k", &[("bad.png", &bad())]).await;
    let staff = Sender::staff(&site, &ruth()).await;
    let file = id(&site, &reference, 0).await;
    let (track, case) = (format!("/track/{reference}"), format!("/staff/c/{reference}"));
    for (sender, path) in [(&person, &track), (&staff, &case)] {
        let page = sender.page(path).await;
        assert!(
            page.contains("not scanned for viruses: the scanner could not be reached"),
            "{page}"
        );
        assert_eq!(sender.get(&format!("{path}/files/{file}")).await.status, 200);
    }
    scanner.becomes(Mood::Well);
    assert_eq!(scan::round(&site.office.office).await.unwrap(), 1);
    let page = staff.page(&case).await;
    assert!(
        page.contains("A virus was found") && page.contains("It is kept as it came."),
        "{page}"
    );
    let theirs = person.page(&track).await;
    assert!(
        theirs.contains(NAME) && !theirs.contains("A virus was found"),
        "{theirs}"
    );
    assert_ne!(person.get(&format!("{track}/files/{file}")).await.status, 200);
    scanner.becomes(Mood::Trusting);
    scan::again(&site.office.office, &reference.parse().unwrap())
        .await
        .unwrap();
    let page = staff.page(&case).await;
    assert!(page.contains("Scanned for viruses: bad.png, no virus found"), "{page}");
    assert_eq!(person.get(&format!("{track}/files/{file}")).await.status, 200);
}

#[tokio::test]
async fn where_no_scanner_is_set_up_it_is_said_once_for_a_case() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let reference = person
        .complains("k", &[("a.png", &picture(800)), ("b.png", &picture(900))])
        .await;
    let staff = Sender::staff(&site, &ruth()).await;
    let case = format!("/staff/c/{reference}");
    for page in [
        staff.page(&case).await,
        person.page(&format!("/track/{reference}")).await,
    ] {
        assert!(!page.contains("scanne"), "{page}");
    }
    let details = staff.page(&format!("{case}/details")).await;
    assert_eq!(details.matches("no scanner was set up").count(), 1, "{details}");
}

#[tokio::test]
async fn a_form_that_comes_back_says_which_of_its_files_carries_something() {
    let (site, _) = site(Mood::Well).await;
    let person = Sender::outside(&site);
    let form = Form::of(&[("key", "k1"), ("what", "")]).file("bad.png", &bad());
    let says = format!("carries a virus ({NAME}), so nobody is handed it");
    person.send("/complain", &form).await.says(422, &["bad.png", &says]);
}
