//! A complaint that was held when it arrived, as browsers meet it: names marked in its words, two choices, and nothing for anybody else (A13).

use casework::PublicDoor;
use rules::case::Reference;
use rules::intake::RawFeedback;
use testkit::people::{amara, jo, ruth};
use testkit::words::form;

use crate::support::OpenSite;

const WORDS: &str = "Jo Whitfield hung up on me.\n\nThe <b>second</b> time too.";

async fn held(site: &OpenSite) -> Reference {
    let raw = RawFeedback {
        words: WORDS.to_owned(),
        ..form()
    };
    let receipt = PublicDoor::of(site.office.office.clone())
        .complain(&raw, "k")
        .await
        .unwrap();
    site.office.letters_arrive().await;
    receipt.reference
}

#[tokio::test]
async fn whoever_triages_reads_where_the_name_stands_and_has_both_choices() {
    let site = OpenSite::open().await;
    let reference = held(&site).await;
    let path = format!("/staff/triage/{reference}");
    let ruth = site.browser(&ruth()).await;
    let page = ruth.get(&path).await;
    page.says(
        200,
        &[
            "This case was held when it arrived.",
            r#"<mark class="fc-named">Jo Whitfield<sup>1</sup></mark> hung up on me."#,
            "<strong>Jo Whitfield</strong>: seems to be complained about. May be Jo Whitfield, IT Helpline Analyst.",
            "The &lt;b&gt;second&lt;/b&gt; time too.",
            r#"value="2" checked"#,
            "The finder of names was wrong",
            "Open it to everybody who deals with cases",
            r#"name="reason" value="The finder of names was wrong"#,
        ],
    );
    let (amara, jo) = (site.browser(&amara()).await, site.browser(&jo()).await);
    for browser in [&amara, &jo] {
        browser.get(&path).await.says(404, &["We could not find that"]);
    }
    let open = [("step", "open"), ("reason", "Jo is our parrot")];
    ruth.post(&format!("/staff/c/{reference}/confidential"), &open)
        .await
        .leads_to(&format!("/staff/c/{reference}?done=open-lane"));
    let opened = ruth.get(&path).await;
    opened.says(200, &["Jo Whitfield hung up on me."]);
    assert!(!opened.html.contains("<mark") && !opened.html.contains("was held when it arrived"));
    jo.get(&format!("/staff/c/{reference}"))
        .await
        .says(200, &["Jo is our parrot"]);
}

#[tokio::test]
async fn the_complainant_is_told_what_everybody_is_told() {
    let site = OpenSite::open().await;
    let key = site.stranger().get("/complain").await.hidden("key").to_owned();
    let sent = [("key", key.as_str()), ("what", WORDS)];
    site.stranger()
        .post("/complain", &sent)
        .await
        .leads_to("/complain/sent");
    let reference: Reference = "FC-10001".parse().unwrap();
    assert!(site.office.case(&reference).await.is_held());
    let page = site.complainant(&reference).await.get("/complain/sent").await;
    page.says(200, &["FC-10001", "Jo Whitfield hung up on me."]);
    for word in ["held", "You told us that this is about a member of staff", "fc-named"] {
        assert!(!page.html.contains(word), "{word}\n{}", page.html);
    }
}
