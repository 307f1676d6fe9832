//! Sign-off in the office: the letter as it is, what changed in it, approving exactly that, changing words, and who stands in (flow G).

use casework::handling::{confidential, decide, investigate};
use rules::case::event::{EvidenceAdded, EvidenceSight, FindingRecorded};
use rules::case::{Decision, Reference, State};
use rules::confidential::StaffNamed;
use rules::confidential::lane::Restriction;
use rules::handling::draft::AskSignOff;
use testkit::investigated::{conversation, finding, item};
use testkit::people::{amara, dana, helen, owen, robin, ruth, samir, tom};
use testkit::words;

use crate::support::{Answer, Browser, OpenSite};

/// Dana's letter waits.
async fn waits(site: &OpenSite, reasons: &str) -> Reference {
    let reference = site.office.at_stage_2("k").await;
    site.office.prepared(&reference, &dana()).await;
    again(site, &reference, reasons).await;
    reference
}

async fn again(site: &OpenSite, reference: &Reference, reasons: &str) {
    let decision = Decision {
        reasons: reasons.to_owned(),
        ..words::decision_on(&site.office.case(reference).await)
    };
    decide::submit_draft(site.office.hand(&dana(), reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
}

fn path(reference: &Reference) -> String {
    format!("/staff/sign-off/{reference}")
}

/// Sends the form of a page that was read before.
async fn sends(browser: &Browser<'_>, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let (version, sha256) = (page.hidden("version").to_owned(), page.hidden("sha256").to_owned());
    let mut all = vec![("version", version.as_str()), ("sha256", sha256.as_str())];
    all.extend(fields);
    browser.post(path, &all).await
}

const APPROVE: &[(&str, &str)] = &[("decision", "approve"), ("read", "yes")];

#[tokio::test]
async fn the_letter_is_read_with_its_checks_and_where_they_stand_and_goes_as_it_was_read() {
    let site = OpenSite::open().await;
    let reference = waits(&site, "Two access points restarted four times.").await;
    let samir = site.browser(&samir()).await;
    samir
        .get("/staff/sign-off")
        .await
        .says(200, &["1 letter is waiting", "Decision due"]);
    let page = samir.get(&path(&reference)).await;
    page.says(
        200,
        &[
            "Letter, version 1",
            "Says the outcome, at the beginning",
            "Says the reasons, under \u{201c}What we found\u{201d}",
            "for readers of about",
            "Exactly this letter goes out. Its fingerprint:",
            "Change words first",
        ],
    );
    let letter = site
        .office
        .case(&reference)
        .await
        .draft()
        .unwrap()
        .letter
        .clone()
        .unwrap();
    assert_eq!(page.hidden("sha256"), letter.sha256);
    sends(&samir, &page, &path(&reference), APPROVE)
        .await
        .leads_to("/staff/sign-off?done=approved");
    assert_eq!(
        site.office.letters(&reference).await.pop().unwrap().words,
        Some(letter.words)
    );
    site.office.letters_arrive().await;
    samir.get(&format!("/staff/c/{reference}/letters")).await.says(
        200,
        &["The decision, version 1", "Exactly what was approved", "Approved"],
    );
    let short: String = letter.sha256.chars().take(4).collect();
    samir.get(&format!("/staff/c/{reference}")).await.says(
        200,
        &[
            &format!("Signed off: version 1, fingerprint {short}"),
            &format!("(fingerprint {short}"),
        ],
    );
}

#[tokio::test]
async fn a_letter_that_changed_while_it_was_read_is_refused_with_nothing_lost_and_what_changed() {
    let site = OpenSite::open().await;
    let reference = waits(&site, "Two access points restarted.").await;
    let (samir, robin) = (site.browser(&samir()).await, site.browser(&robin()).await);
    let old = samir.get(&path(&reference)).await;
    let edit = format!("{}/edit", path(&reference));
    let page = robin.get(&edit).await;
    page.says(
        200,
        &[
            "Change words of the letter",
            "Two access points restarted.",
            "Dana is told",
        ],
    );
    sends(
        &robin,
        &page,
        &edit,
        &[("found", "Both access points restarted."), ("did", "We replaced both.")],
    )
    .await
    .says(
        422,
        &["Write why, so that the author knows", "Both access points restarted."],
    );
    sends(
        &robin,
        &page,
        &edit,
        &[
            ("found", "Both access points restarted."),
            ("did", "We replaced both."),
            ("why", "There are two"),
        ],
    )
    .await
    .leads_to(&format!("{}?done=edited", path(&reference)));
    let fields: Vec<(&str, &str)> = APPROVE.iter().copied().chain([("comments", "Well & good")]).collect();
    let refused = sends(&samir, &old, &path(&reference), &fields).await;
    refused.says(
        422,
        &[
            "This letter changed while you had it open. This is version 2; what changed is marked.",
            "Well &amp; good",
            "Changes since version 1",
            "Added: </span>Both",
            "Removed: </span>Two",
        ],
    );
    assert_eq!(
        refused.hidden("version"),
        "2",
        "the next press is about what is shown now"
    );
    assert!(matches!(site.office.case(&reference).await.state, State::SignOff(..)));
    sends(
        &robin,
        &page,
        &edit,
        &[
            ("found", "Third words."),
            ("did", "We replaced both."),
            ("why", "Again"),
        ],
    )
    .await
    .says(422, &["This letter changed while you had it open", "Third words."]);
    let dana = site.browser(&dana()).await;
    dana.get("/staff")
        .await
        .says(200, &["words of your letter were changed, see Letters"]);
    dana.get(&format!("/staff/c/{reference}/letters")).await.says(
        200,
        &[
            "Changed by Robin Castle before sign-off",
            "There are two",
            "Waits for sign-off",
        ],
    );
}

/// Dana's letter waits, made from a finding that rests on an item and an interview; a second item stays unnamed.
async fn waits_with_evidence(site: &OpenSite) -> Reference {
    let reference = site.office.at_stage_2("k").await;
    let author = dana();
    let hand = || site.office.hand(&author, &reference);
    investigate::add_evidence(hand(), &item()).await.unwrap();
    investigate::interview(hand(), &conversation()).await.unwrap();
    let unnamed = EvidenceAdded {
        title: "Plan of the building".to_owned(),
        seen_by: EvidenceSight::Case,
        ..item()
    };
    investigate::add_evidence(hand(), &unnamed).await.unwrap();
    site.office.prepared(&reference, &dana()).await;
    let found = FindingRecorded {
        finding: words::decision_on(&site.office.case(&reference).await).points[0]
            .finding
            .clone(),
        interviews: vec![1],
        ..finding()
    };
    investigate::save_findings(hand(), &[found]).await.unwrap();
    again(site, &reference, "Two access points restarted.").await;
    reference
}

#[tokio::test]
async fn whoever_signs_reads_each_finding_with_what_it_rests_on_and_where_that_is_kept() {
    let site = OpenSite::open().await;
    let reference = waits_with_evidence(&site).await;
    let samir = site.browser(&samir()).await;
    let page = samir.get(&path(&reference)).await;
    let task = |task: &str| format!("/staff/c/{reference}/investigation/{task}");
    let (evidence, interviews) = (task("evidence"), task("interviews"));
    page.says(
        200,
        &[
            r##"href="#findings">Findings (1)"##,
            "Findings and what they rest on",
            "Upheld",
            &format!(r#"href="{evidence}#evidence-1">Evidence 1: Restart log</a>"#),
            "Network team, Friday 5 June 2026",
            "Only those who investigate",
            "Four restarts between 2pm and 4pm",
            &format!(r#"href="{interviews}#interview-1">Interview 1: Nadia Rahman, network engineer</a>"#),
            "Tuesday 9 June 2026, 9:10am, by phone",
            "Notes not confirmed",
            "She saw the restarts and told nobody.",
            "Also collected, and named for no point",
            &format!(r#"href="{evidence}#evidence-2">Evidence 2: Plan of the building</a>"#),
        ],
    );
    samir
        .get(&evidence)
        .await
        .says(200, &[r#"id="evidence-1""#, r#"id="evidence-2""#]);
    samir.get(&interviews).await.says(200, &[r#"id="interview-1""#]);
}

#[tokio::test]
async fn while_a_letter_waits_the_tasks_lead_to_where_it_is_read_and_to_no_refusal() {
    let site = OpenSite::open().await;
    let reference = waits_with_evidence(&site).await;
    let tasks = format!("/staff/c/{reference}/investigation");
    for who in [samir(), dana()] {
        let browser = site.browser(&who).await;
        let page = browser.get(&tasks).await;
        page.says(200, &[&format!(r#"href="/staff/c/{reference}/letters""#)]);
        assert!(
            !page.html.contains(&format!("{tasks}/letter")),
            "{}: it cannot be written now",
            who.name
        );
    }
}

#[tokio::test]
async fn whoever_does_not_investigate_reads_neither_findings_nor_evidence_beside_the_letter() {
    let site = OpenSite::open().await;
    let reference = waits_with_evidence(&site).await;
    let restriction = Restriction {
        reason: "About the desk".to_owned(),
        named: StaffNamed {
            people: vec![amara().id],
            others: None,
        },
        to: None,
    };
    let (owen, amara, samir) = (
        site.browser(&owen()).await,
        site.browser(&amara()).await,
        site.browser(&samir()).await,
    );
    for browser in [&owen, &amara] {
        let page = browser.get(&path(&reference)).await;
        page.says(200, &["Those who investigate this complaint read the findings"]);
        for secret in [
            "Restart log",
            "Nadia",
            "Plan of the building",
            "told nobody",
            "#findings",
        ] {
            assert!(!page.html.contains(secret), "{secret}");
        }
    }
    confidential::restrict(site.office.hand(&ruth(), &reference), &restriction)
        .await
        .unwrap();
    for (browser, status) in [(&amara, 404), (&owen, 404), (&samir, 200)] {
        let page = browser.get(&path(&reference)).await;
        assert_eq!(page.status, status);
        assert_eq!(page.html.contains("Restart log"), status == 200);
    }
}

#[tokio::test]
async fn a_finding_says_where_its_ground_was_set_aside_and_where_the_letter_says_it_otherwise() {
    let site = OpenSite::open().await;
    let reference = waits_with_evidence(&site).await;
    let samir = site.browser(&samir()).await;
    let page = samir.get(&path(&reference)).await;
    assert!(!page.html.contains("in other words"), "{}", page.html);
    let edit = format!("{}/edit", path(&reference));
    let form = samir.get(&edit).await;
    let words = [
        ("found", "Two access points restarted."),
        ("did", "We replaced them."),
        ("finding-1", "Four restarts, all in one afternoon."),
        ("why", "When it was"),
    ];
    sends(&samir, &form, &edit, &words)
        .await
        .leads_to(&format!("{}?done=edited", path(&reference)));
    samir.get(&path(&reference)).await.says(
        200,
        &[
            "Four restarts, all in one afternoon.",
            "We checked the logs",
            "The letter says this in other words",
        ],
    );
    let page = samir.get(&path(&reference)).await;
    sends(
        &samir,
        &page,
        &path(&reference),
        &[("decision", "return"), ("comments", "Look again")],
    )
    .await
    .leads_to("/staff/sign-off?done=returned");
    investigate::set_evidence_aside(site.office.hand(&dana(), &reference), 1, "It is the wrong day")
        .await
        .unwrap();
    again(&site, &reference, "Two access points restarted.").await;
    samir
        .get(&path(&reference))
        .await
        .says(200, &["Evidence 1: Restart log", "Set aside: It is the wrong day"]);
}

#[tokio::test]
async fn any_two_versions_are_compared_and_nonsense_in_the_address_shows_the_newest() {
    let site = OpenSite::open().await;
    let reference = waits(&site, "Two access points restarted.").await;
    let samir = site.browser(&samir()).await;
    let page = samir.get(&path(&reference)).await;
    sends(
        &samir,
        &page,
        &path(&reference),
        &[("decision", "return"), ("comments", "Say when")],
    )
    .await
    .leads_to("/staff/sign-off?done=returned");
    again(&site, &reference, "Two access points restarted on 5 June.").await;
    samir
        .get(&path(&reference))
        .await
        .says(200, &["Changes since version 1", "Added: </span>restarted on 5 June."]);
    let letters = |query: &str| format!("/staff/c/{reference}/letters{query}");
    samir
        .get(&letters(""))
        .await
        .says(200, &["Version 2, compared with version 1", "1 addition and 1 removal"]);
    samir
        .get(&letters("?of=1&with=1"))
        .await
        .says(200, &["Nothing changed"]);
    samir
        .get(&letters("?of=99&with=%3Cb%3E"))
        .await
        .says(200, &["Version 2, compared with version 1"]);
    site.browser(&tom()).await.get(&letters("")).await.says(403, &[]);
}

#[tokio::test]
async fn whoever_had_a_part_in_it_finds_it_locked_and_who_can_sign_instead() {
    let site = OpenSite::open().await;
    let reference = site.office.at_stage_2("k").await;
    casework::handling::judge::assign(site.office.hand(&testkit::people::ruth(), &reference), &robin(), None)
        .await
        .unwrap();
    site.office.prepared(&reference, &robin()).await;
    let decision = words::decision_on(&site.office.case(&reference).await);
    decide::submit_draft(site.office.hand(&robin(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    let browser = site.browser(&robin()).await;
    browser.get(&path(&reference)).await.says(
        200,
        &[
            "Robin Castle wrote this letter",
            "Samir Haddad, Director of IT Services",
            "Name somebody who stands in for you",
        ],
    );
    browser
        .get(&format!("{}/edit", path(&reference)))
        .await
        .says(403, &["wrote this letter"]);
    site.browser(&owen())
        .await
        .get(&path(&reference))
        .await
        .says(200, &["Only senior management can sign a letter off"]);
}

#[tokio::test]
async fn who_stands_in_is_named_on_ones_own_page_and_taken_back_there() {
    let site = OpenSite::open().await;
    let samir = site.browser(&samir()).await;
    samir
        .get("/staff/me")
        .await
        .says(200, &["When you are away", "Helen Marsh, Head of Customer Services"]);
    let july = [("delegate", "7"), ("from", "2026-07-01"), ("until", "2026-07-31")];
    let wrong = [("delegate", "5"), ("from", "2026-07-31"), ("until", "2026-07-01")];
    samir.post("/staff/me/away", &wrong).await.says(
        422,
        &[
            "Dana Kowalczyk cannot sign letters off",
            "Choose a last day that is not before the first",
            "2026-07-31",
        ],
    );
    samir
        .post("/staff/me/away", &[])
        .await
        .says(422, &["Choose who stands in", "Choose the first day"]);
    samir
        .post("/staff/me/away", &july)
        .await
        .leads_to("/staff/me?done=away#away");
    samir
        .get("/staff/me")
        .await
        .says(200, &["From Wednesday 1 July 2026 to Friday 31 July 2026"]);
    site.browser(&tom())
        .await
        .get("/staff/settings/log")
        .await
        .says(200, &["Helen Marsh stands in for Samir Haddad"]);
    samir
        .post("/staff/me/back", &july)
        .await
        .leads_to("/staff/me?done=back#away");
    samir
        .post("/staff/me/back", &july)
        .await
        .says(403, &["taken back already"]);
    let helens = site.browser(&helen()).await.get("/staff/me").await;
    assert!(
        !helens.html.contains("When you are away"),
        "she signs nothing that somebody could sign for her"
    );
}

#[tokio::test]
async fn an_administrator_names_changes_and_ends_who_stands_in_for_somebody_on_their_page() {
    let site = OpenSite::open().await;
    let (tom, robins) = (site.browser(&tom()).await, site.browser(&robin()).await);
    let page = "/staff/settings/people/8";
    tom.get(page).await.says(
        200,
        &[
            "When they are away",
            "Helen Marsh, Head of Customer Services",
            "and that you did it",
        ],
    );
    let july = [("delegate", "7"), ("from", "2026-07-01"), ("until", "2026-07-31")];
    tom.post(
        &format!("{page}/away"),
        &[("delegate", "5"), ("from", "2026-07-31"), ("until", "2026-07-01")],
    )
    .await
    .says(
        422,
        &[
            "Dana Kowalczyk cannot sign letters off",
            "Choose a last day that is not before the first",
            "2026-07-31",
            "Samir Haddad",
        ],
    );
    robins.post(&format!("{page}/away"), &july).await.says(403, &[]);
    tom.post(&format!("{page}/away"), &july)
        .await
        .leads_to(&format!("{page}?done=away#away"));
    let shown = tom.get(page).await;
    shown.says(
        200,
        &[
            "From Wednesday 1 July 2026 to Friday 31 July 2026",
            "Change: Helen Marsh",
        ],
    );
    shown.says(200, &["Helen Marsh stands in for Samir Haddad", "by Tom Ferreira"]);
    let samirs = site.browser(&samir()).await;
    samirs
        .get("/staff/me")
        .await
        .says(200, &["From Wednesday 1 July 2026 to Friday 31 July 2026"]);
    let code = "7.2026-07-01.2026-07-31";
    let form = tom.get(&format!("{page}?change={code}")).await;
    form.says(200, &["Who stands in instead", "Save the change"]);
    assert_eq!(form.hidden("was"), code);
    let wrong = [
        ("was", code),
        ("delegate", "12"),
        ("from", "2026-07-01"),
        ("until", "soon"),
    ];
    let wrong = tom.post(&format!("{page}/away"), &wrong).await;
    wrong.says(422, &["Choose the last day", "Save the change"]);
    assert_eq!(wrong.hidden("was"), code, "it is still the same that is changed");
    let august = [
        ("was", code),
        ("delegate", "12"),
        ("from", "2026-07-01"),
        ("until", "2026-08-14"),
    ];
    robins.post(&format!("{page}/away"), &august).await.says(403, &[]);
    tom.post(&format!("{page}/away"), &august)
        .await
        .leads_to(&format!("{page}?done=away#away"));
    tom.post(&format!("{page}/away"), &august)
        .await
        .says(422, &["changed or taken back meanwhile"]);
    tom.get("/staff/settings/log").await.says(
        200,
        &[
            "Robin Castle stands in for Samir Haddad",
            "Was Helen Marsh: From Wednesday 1 July",
        ],
    );
    let robin = [("delegate", "12"), ("from", "2026-07-01"), ("until", "2026-08-14")];
    robins.post(&format!("{page}/back"), &robin).await.says(403, &[]);
    tom.post(&format!("{page}/back"), &robin)
        .await
        .leads_to(&format!("{page}?done=back#away"));
    let over = tom.get(&format!("{page}?done=back")).await;
    over.says(200, &["goes to the next who stands in"]);
    assert!(!over.html.contains("Change: Robin Castle"));
    let danas = tom.get("/staff/settings/people/5").await;
    assert!(
        !danas.html.contains("When they are away"),
        "she signs nothing that somebody could sign for her"
    );
}
