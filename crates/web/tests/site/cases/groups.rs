//! Cases about the same matter: linked and taken back by form and by one press, shown beside each, and never of a case that is hidden (A27).

use casework::handling::{Seen, group};
use rules::case::Reference;
use rules::case::event::Sameness;
use rules::handling::group::Linking;
use testkit::people::{amara, iris, marcus, ruth};

use crate::support::OpenSite;

async fn linked(site: &OpenSite, here: &Reference, there: &Reference) {
    let door = site.office.door(&ruth());
    let linking = Linking {
        same: Sameness::SameMatter,
        reason: "The same evening".to_owned(),
    };
    group::link(door.hand(here, Seen::Whatever, ""), there, &linking)
        .await
        .unwrap();
}

#[tokio::test]
async fn two_cases_are_linked_shown_on_both_and_taken_apart_again() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.at_stage_1("a").await, site.office.at_stage_1("b").await);
    let (case, page) = (format!("/staff/c/{second}"), format!("/staff/c/{second}/group"));
    let browser = site.browser(&amara()).await;
    browser.get(&case).await.says(
        200,
        &["Link with a case about the same matter", &format!(r#"href="{page}""#)],
    );
    browser.get(&page).await.says(
        200,
        &["Each case keeps its own dates", "The same complaint, sent twice"],
    );

    let empty = [("step", "link"), ("other", ""), ("same", ""), ("reason", "")];
    browser
        .post(&page, &empty)
        .await
        .says(422, &["Enter the reference of a case that you can see"]);
    let other = first.to_string();
    let silent = [
        ("step", "link"),
        ("other", other.as_str()),
        ("same", "same_matter"),
        ("reason", " "),
    ];
    browser
        .post(&page, &silent)
        .await
        .says(422, &["Say why they are about the same matter", r##"href="#reason""##]);
    let whole = [
        ("step", "link"),
        ("other", other.as_str()),
        ("same", "same_matter"),
        ("reason", "Same <night>"),
    ];
    browser
        .post(&page, &whole)
        .await
        .leads_to(&format!("{case}?done=linked"));

    browser.get(&format!("{case}?done=linked")).await.says(
        200,
        &[
            "Each is still answered by itself.",
            "2 of 2 in a group. 1 other case still waits for a decision.",
            "Leads the group. With Amara",
            &format!("Linked with {first}: the same matter, told by others too"),
            "Same &lt;night&gt;",
        ],
    );
    let lead = browser.get(&format!("/staff/c/{first}")).await;
    lead.says(200, &["1 of 2 in a group.", &format!("Linked with {second}")]);
    browser
        .get("/staff")
        .await
        .says(200, &["1 of 2 in a group", "2 of 2 in a group"]);
    browser
        .get(&format!("/staff/c/{first}/decide"))
        .await
        .says(200, &["1 other case still waits"]);

    let silent = [("step", "unlink"), ("linked", other.as_str()), ("why", "")];
    browser
        .post(&page, &silent)
        .await
        .says(422, &["Say why the link is taken back", r##"href="#why""##]);
    let whole = [("step", "unlink"), ("linked", other.as_str()), ("why", "Another night")];
    browser
        .post(&page, &whole)
        .await
        .leads_to(&format!("{case}?done=unlinked"));
    let apart = browser.get(&case).await;
    apart.says(200, &["was taken back", "Another night"]);
    assert!(!apart.html.contains("in a group"));
}

#[tokio::test]
async fn triage_suggests_what_may_be_the_same_and_links_it_with_one_press() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.receive("a").await, site.office.receive("b").await);
    let (triage, act) = (format!("/staff/triage/{second}"), format!("/staff/c/{second}/group"));
    let browser = site.browser(&ruth()).await;
    let page = browser.get(&triage).await;
    page.says(
        200,
        &["This may be related", "From the same person", "Link it: sent twice"],
    );
    let mut fields = page.form(&act);
    fields.push(("step".to_owned(), "link".to_owned()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser
        .post(&act, &fields)
        .await
        .leads_to(&format!("{triage}?done=linked"));
    assert_eq!(site.office.case(&second).await.leading(), Some(&first));
    let after = browser.get(&format!("{triage}?done=linked")).await;
    after.says(200, &["The two are linked.", "Linked: the same matter"]);
    assert!(!after.html.contains("Link it"));
    assert_eq!(site.office.case(&second).await.leading(), Some(&first));
}

#[tokio::test]
async fn the_findings_of_the_leading_case_are_taken_over_as_words_and_nothing_is_sent() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.answered("a").await, site.office.at_stage_1("b").await);
    let alone = site.office.at_stage_1("c").await;
    linked(&site, &second, &first).await;
    let browser = site.browser(&amara()).await;
    let decide = format!("/staff/c/{second}/decide");
    let plain = browser.get(&decide).await;
    let offer = format!("Take over what {first} found, as a draft");
    plain.says(200, &[&offer, "Every other case has its decision."]);
    let found = site.office.case(&first).await.stages[0]
        .decision
        .clone()
        .unwrap()
        .reasons;
    assert!(!plain.html.contains(&found));
    let sequence = site.office.case(&second).await.sequence;
    browser.get(&format!("{decide}?from={first}")).await.says(
        200,
        &[&found, "Read each sentence", "Nothing is sent until you send it."],
    );
    assert_eq!(site.office.case(&second).await.sequence, sequence);
    // Only from the leading case of its own group.
    let other = browser.get(&format!("/staff/c/{alone}/decide?from={first}")).await;
    assert!(!other.html.contains(&found));
}

#[tokio::test]
async fn nobody_is_offered_a_link_who_may_not_make_one() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.at_stage_1("a").await, site.office.at_stage_1("b").await);
    linked(&site, &first, &second).await;
    let browser = site.browser(&iris()).await;
    let page = browser.get(&format!("/staff/c/{first}")).await;
    page.says(200, &["1 of 2 in a group."]);
    assert!(!page.html.contains(&format!("/staff/c/{first}/group")));
    let group = browser.get(&format!("/staff/c/{first}/group")).await;
    group.says(403, &["link cases about the same matter"]);
}

#[tokio::test]
async fn what_is_linked_is_restricted_after_the_links_are_taken_back() {
    let site = OpenSite::open().await;
    let (first, second) = (site.office.at_stage_1("a").await, site.office.at_stage_1("b").await);
    linked(&site, &first, &second).await;
    let browser = site.browser(&marcus()).await;
    browser
        .get(&format!("/staff/c/{first}/confidential"))
        .await
        .says(409, &["Take the links back first"]);
}
