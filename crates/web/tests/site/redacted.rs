//! Words and a file are taken out of a case on its page: found, looked at, taken out, and what stands there afterwards (R31).

use casework::handling::write;
use testkit::people::{amara, helen, ruth};

use crate::support::OpenSite;

const SAYS: &str = "dropped four times";

#[tokio::test]
async fn words_are_found_looked_at_and_taken_out_and_the_page_says_by_whom_when_and_why() {
    let site = OpenSite::open().await;
    let case = site.office.at_stage_1("k").await;
    write::note(site.office.hand(&amara(), &case), "It dropped  four times.")
        .await
        .unwrap();
    let (page, redact) = (format!("/staff/c/{case}"), format!("/staff/c/{case}/redact"));
    let ruth = site.browser(&ruth()).await;
    ruth.get(&page).await.says(200, &["Take something out"]);
    ruth.get(&redact)
        .await
        .says(200, &["Which words?", "It is gone for good"]);

    // Too short, nowhere, then there.
    ruth.post(&redact, &[("step", "find"), ("passage", "it")])
        .await
        .says(422, &["at least three letters", ">it</textarea>"]);
    ruth.post(&redact, &[("step", "find"), ("passage", "a red bicycle")])
        .await
        .says(
            422,
            &["These words stand nowhere in this case", ">a red bicycle</textarea>"],
        );
    let found = ruth.post(&redact, &[("step", "find"), ("passage", SAYS)]).await;
    found.says(
        200,
        &[
            "Where it stands",
            "The complaint",
            "dropped four times",
            "Take them out for good",
        ],
    );
    let places: Vec<String> = found
        .html
        .split(r#"name="place""#)
        .skip(1)
        .filter_map(|rest| rest.split(r#"value=""#).nth(1)?.split('"').next().map(str::to_owned))
        .collect();
    assert_eq!(places.len(), 3, "title, words and note: {}", found.html);

    // No reason, and one that says it again: nothing is lost and nothing is changed.
    let with = |why: &'static str, once: &'static str| {
        let mut fields = vec![("step", "take"), ("passage", SAYS), ("redact_why", why), ("once", once)];
        fields.extend(places.iter().map(|place| ("place", place.as_str())));
        fields
    };
    ruth.post(&redact, &with("", "1"))
        .await
        .says(422, &["Say why it is taken out", "checked"]);
    ruth.post(&redact, &with("It dropped four times", "2")).await.says(
        422,
        &["Say it without these words", ">It dropped four times</textarea>"],
    );
    assert!(site.office.case(&case).await.tombstones.is_empty());
    ruth.post(&redact, &with("It is about <somebody> else", "3"))
        .await
        .leads_to(&format!("{page}?done=taken-out"));
    let after = ruth.get(&page).await;
    let spelt = "[taken out by Ruth Abara on Tuesday 9 June 2026: It is about &lt;somebody&gt; else]";
    after.says(200, &[spelt]);
    assert!(
        !after.html.contains("dropped four times") && !after.html.contains("dropped  four"),
        "{}",
        after.html
    );
    ruth.get(&redact)
        .await
        .says(200, &["What was taken out before", "No. 1, Ruth Abara", "3 places"]);
    ruth.get("/staff/search?q=dropped+four").await.says(200, &["No"]);
    // Whoever complained reads that something is gone, and not by whom or why.
    let theirs = site.complainant(&case).await.get(&format!("/track/{case}")).await;
    theirs.says(200, &[]);
    assert!(
        !theirs.html.contains("dropped four times") && !theirs.html.contains("somebody"),
        "{}",
        theirs.html
    );
}

#[tokio::test]
async fn whoever_may_not_is_refused_and_is_shown_no_way() {
    let site = OpenSite::open().await;
    let case = site.office.at_stage_1("k").await;
    for who in [amara(), helen()] {
        let browser = site.browser(&who).await;
        let page = browser.get(&format!("/staff/c/{case}")).await;
        assert!(!page.html.contains("Take something out"), "{}", who.name);
        let path = format!("/staff/c/{case}/redact");
        browser
            .get(&path)
            .await
            .says(403, &["You cannot take words or files out of a case"]);
        let sent = [
            ("step", "take"),
            ("passage", SAYS),
            ("place", "1:words"),
            ("redact_why", "x"),
        ];
        browser
            .post(&path, &sent)
            .await
            .says(403, &["You cannot take words or files out of a case"]);
    }
    assert!(site.office.case(&case).await.tombstones.is_empty());
}
