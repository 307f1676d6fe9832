//! No staff page shows the link or the code of a complainant, before a letter goes out or after (R31).

use casework::desk::case_file::for_operator;
use casework::jobs::post::{self, Sent};
use documents::letter::Wording;
use rules::case::Reference;
use testkit::people::{amara, dana, iris, ruth, samir};

use crate::support::{Browser, OpenSite};

/// Every letter that waits is written and goes out, as the post room does it.
async fn post_room(site: &OpenSite) {
    let wording = Wording::built_in().unwrap();
    for letter in post::claim(&site.office.office, 20).await.unwrap() {
        let written = wording.render(letter.letter.kind, &letter.letter.facts).unwrap();
        let sent = Sent {
            subject: written.subject,
            text: written.text,
            sha256: None,
            proof: "250 2.0.0 accepted".to_owned(),
        };
        post::delivered(&site.office.office, &letter, sent).await.unwrap();
    }
}

struct Secrets {
    code: String,
    grouped: String,
    token: String,
}

async fn secrets(site: &OpenSite, reference: &Reference) -> Secrets {
    let received = for_operator(&site.office.office, reference)
        .await
        .unwrap()
        .case
        .received;
    Secrets {
        grouped: casework::letter::grouped(&received.receipt_code),
        code: received.receipt_code,
        token: received.link_token,
    }
}

impl Secrets {
    #[track_caller]
    fn not_in(&self, html: &str, path: &str) {
        for secret in [&self.code, &self.grouped, &self.token] {
            assert!(!html.contains(secret.as_str()), "{path} shows {secret}");
        }
    }

    async fn nowhere(&self, browser: &Browser<'_>, paths: &[String]) {
        for path in paths {
            let page = browser.get(path).await;
            self.not_in(&page.html, path);
        }
    }
}

fn pages(reference: &Reference) -> Vec<String> {
    let case = format!("/staff/c/{reference}");
    let mut pages: Vec<String> = [
        "",
        "?show=theirs",
        "/details",
        "/jobs",
        "/audit",
        "/decide",
        "/close",
        "/extend",
        "/ask-stage-2",
    ]
    .iter()
    .map(|page| format!("{case}{page}"))
    .collect();
    pages.extend([
        "/staff/jobs/F1000001".to_owned(),
        "/staff/cases".to_owned(),
        format!("/staff/triage/{reference}"),
    ]);
    pages
}

#[tokio::test]
async fn a_decision_that_went_out_shows_its_letter_without_the_way_back() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_1("k").await;
    let secrets = secrets(&site, &reference).await;
    let public = site.complainant(&reference).await;
    let theirs = format!(
        "My link is https://complaints.calderbrook.example/track/{reference}/k/{}",
        secrets.token
    );
    public
        .post(
            &format!("/track/{reference}/reply"),
            &[("key", "r1"), ("words", &theirs)],
        )
        .await;
    let amara = site.browser(&amara()).await;
    let decided = [
        ("outcome", "upheld"),
        ("found", "Two points restarted."),
        ("did", "We replaced both."),
        ("resolution", "apology"),
        ("satisfied", "not_known"),
        ("learning", "no"),
        ("reply", "email"),
    ];
    let preview: Vec<(&str, &str)> = decided.into_iter().chain([("step", "preview")]).collect();
    let shown = amara.post(&format!("/staff/c/{reference}/decide"), &preview).await;
    shown.says(200, &["Ask for stage 2: [their link]"]);
    secrets.not_in(&shown.html, "the preview");
    let sent: Vec<(&str, &str)> = decided.into_iter().chain([("step", "send")]).collect();
    let answer = amara.post(&format!("/staff/c/{reference}/decide"), &sent).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.html);
    post_room(&site).await;

    let kept = for_operator(&site.office.office, &reference).await.unwrap();
    assert!(
        format!("{:?}", kept.history).contains(&secrets.token),
        "the letter holds the link"
    );
    amara.get(&format!("/staff/c/{reference}")).await.says(
        200,
        &[
            "Decision given to Priya by email",
            "[their link]",
            "My link is [their link]",
        ],
    );
    for who in [amara, site.browser(&ruth()).await, site.browser(&iris()).await] {
        secrets.nowhere(&who, &pages(&reference)).await;
    }
    let page = public.get(&format!("/track/{reference}")).await;
    page.says(200, &[secrets.token.as_str()]);
}

#[tokio::test]
async fn a_letter_that_waits_for_sign_off_shows_where_the_link_will_be() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    let secrets = secrets(&site, &reference).await;
    let decision = testkit::words::decision_on(&site.office.case(&reference).await);
    let (dana, door) = (dana(), site.office.door(&dana()));
    casework::handling::decide::submit_draft(
        door.hand(&reference, casework::handling::Seen::Whatever, ""),
        &decision,
        rules::handling::draft::AskSignOff::Yes,
    )
    .await
    .unwrap();
    let samir = site.browser(&samir()).await;
    let page = samir.get(&format!("/staff/sign-off/{reference}")).await;
    page.says(200, &["[their link]"]);
    secrets.not_in(&page.html, "sign-off");
    let investigation = site
        .browser(&dana)
        .await
        .get(&format!("/staff/c/{reference}/investigation"))
        .await;
    secrets.not_in(&investigation.html, "investigation");
}
