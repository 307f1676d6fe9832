//! The link is mailed again to the address on file, and the page never tells whether it was.

use casework::jobs::post;
use rules::letters::LetterKind;

use crate::support::OpenSite;

#[tokio::test]
async fn the_answer_is_the_same_whatever_was_typed() {
    let site = OpenSite::open().await;
    let reference = site.office.receive("k").await.to_string();
    let browser = site.stranger();
    browser
        .get("/lost-code")
        .await
        .says(200, &["Send me the link", "only to the address you gave us"]);
    let mut answers = Vec::new();
    for (asked, email) in [
        (reference.as_str(), "priya@example.ac.uk"),
        (reference.as_str(), "mallory@example.org"),
        ("FC-99999", "priya@example.ac.uk"),
        ("nonsense", "priya@example.ac.uk"),
    ] {
        let answer = browser.post("/lost-code", &[("ref", asked), ("email", email)]).await;
        answer.leads_to("/lost-code?sent=yes");
        answers.push(answer.html);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    browser
        .get("/lost-code?sent=yes")
        .await
        .says(200, &["For your safety we do not say here whether it is."]);
}

#[tokio::test]
async fn what_was_asked_for_goes_out_after_the_answer() {
    let site = OpenSite::open().await;
    let reference = site.office.receive("k").await.to_string();
    let asked = [("ref", reference.as_str()), ("email", "priya@example.ac.uk")];
    site.stranger()
        .post("/lost-code", &asked)
        .await
        .leads_to("/lost-code?sent=yes");
    let mut letters = Vec::new();
    while letters.is_empty() {
        post::wait(&site.office.office).await;
        letters = post::claim(&site.office.office, 20).await.unwrap();
    }
    let kinds: Vec<LetterKind> = letters.iter().map(|letter| letter.letter.kind).collect();
    assert_eq!(kinds, [LetterKind::LinkAgain]);
}

#[tokio::test]
async fn what_the_form_lacks_is_told_and_nothing_else() {
    let site = OpenSite::open().await;
    let empty = site.stranger().post("/lost-code", &[]).await;
    empty.says(
        422,
        &[
            "Enter your reference, like FC-10482",
            "Enter the email address that you gave us",
        ],
    );
    let half = site
        .stranger()
        .post("/lost-code", &[("ref", "FC-1"), ("email", "priya")])
        .await;
    half.says(422, &["Enter the email address that you gave us", r#"value="FC-1""#]);
}

#[tokio::test]
async fn too_many_requests_wait() {
    let site = OpenSite::open().await;
    let asked = [("ref", "FC-10001"), ("email", "priya@example.ac.uk")];
    for _ in 0..5 {
        site.stranger()
            .post("/lost-code", &asked)
            .await
            .leads_to("/lost-code?sent=yes");
    }
    let refused = site.stranger().post("/lost-code", &asked).await;
    refused.says(429, &["A link was asked for 5 times. Wait 15 minutes"]);
    assert_eq!(refused.retry, Some(15 * 60), "the wait that the page says");
}
