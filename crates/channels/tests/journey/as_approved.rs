//! The letter that goes through a real mail server is, to the byte, the one that was approved; anything else goes nowhere (R77, R78).

use casework::handling::{approve, decide, tell};
use documents::letter::Wording;
use rules::case::vocabulary::Means;
use rules::case::{Alert, Event, Reference};
use rules::handling::draft::AskSignOff;
use rules::handling::tell::Told;
use rules::letters::{Compose, Composed, LetterKind};
use std::sync::Arc;
use testkit::people::{dana, samir};
use testkit::{at, words};

use crate::post::Post;

/// Dana's letter waits for sign-off; what it holds.
async fn waits(post: &Post, key: &str) -> (Reference, Composed) {
    let reference = post.office.at_stage_2(key).await;
    post.office.prepared(&reference, &dana()).await;
    let decision = words::decision_on(&post.office.case(&reference).await);
    decide::submit_draft(post.office.hand(&dana(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    let letter = post.office.case(&reference).await.draft().unwrap().letter.clone();
    (reference, letter.unwrap().words)
}

async fn signed(post: &Post, reference: &Reference) {
    let read = words::waiting(&post.office.case(reference).await);
    approve::approve(post.office.hand(&samir(), reference), &read, None)
        .await
        .unwrap();
}

/// A wording that was edited after the letter was approved.
fn edited_wording(name: &str) -> Arc<Wording> {
    let folder = std::env::temp_dir().join(format!("edited-{}-{name}", std::process::id()));
    std::fs::create_dir_all(folder.join("en")).unwrap();
    std::fs::write(
        folder.join("en/stage_2_decision.txt"),
        "Subject: Other {{ reference }}\n\nOther words.\n",
    )
    .unwrap();
    let wording = Wording::with_folder(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    Arc::new(wording)
}

#[tokio::test]
async fn the_bytes_that_were_approved_go_out_whatever_the_wording_says_by_then() {
    let (mut post, server) = Post::open("approved").await;
    let (reference, words) = waits(&post, "k").await;
    assert_eq!(post.goes_out(&server).await, [], "nothing goes out unsigned (R78)");
    signed(&post, &reference).await;
    post.room.wording = edited_wording("approved");
    let [letter] = post.goes_out(&server).await.try_into().unwrap();
    assert_eq!(letter.subject, words.subject);
    assert_eq!(letter.text.trim(), words.text.trim());
    let file = post.office.door(&samir()).case(&reference).await.unwrap();
    assert!(file.proven.values().all(|proven| proven.holds) && file.proven.len() == 1);
}

#[tokio::test]
async fn a_decision_that_nobody_signs_goes_out_as_it_was_when_it_was_made() {
    let (mut post, server) = Post::open("unsigned").await;
    let reference = post.office.at_stage_2("k").await;
    post.office.prepared(&reference, &dana()).await;
    let decision = words::decision_on(&post.office.case(&reference).await);
    decide::submit_draft(post.office.hand(&dana(), &reference), &decision, AskSignOff::AsRulesSay)
        .await
        .unwrap();
    let words = post.office.letters(&reference).await.pop().unwrap().words.unwrap();
    post.room.wording = edited_wording("unsigned");
    let [letter] = post.goes_out(&server).await.try_into().unwrap();
    assert_eq!((letter.subject, letter.text.trim()), (words.subject, words.text.trim()));
}

#[tokio::test]
async fn other_words_than_those_approved_go_nowhere_and_somebody_is_told() {
    let (post, server) = Post::open("swapped").await;
    let (reference, _) = waits(&post, "k").await;
    signed(&post, &reference).await;
    post.office
        .swap_words(&reference, "We do not agree with your complaint.")
        .await;
    assert_eq!(post.goes_out(&server).await, []);
    let Event::LetterFailed(failed) = post.office.last_event(&reference).await else {
        panic!("{:?}", post.office.kinds(&reference).await)
    };
    assert!(
        failed.given_up && failed.reason.contains("nothing was sent"),
        "{}",
        failed.reason
    );
    let case = post.office.case(&reference).await;
    assert!(matches!(
        &case.alerts[..],
        [Alert::Undelivered {
            letter: LetterKind::Stage2Decision,
            given_up: true,
            ..
        }]
    ));
    // The way out that the words name.
    post.office.on("2026-06-10 10:00");
    let told = Told {
        letter: LetterKind::Stage2Decision,
        by: Means::Post,
        at: at("2026-06-10 09:50"),
        words: "We agree with your complaint, and why.".to_owned(),
    };
    tell::tell(post.office.hand(&dana(), &reference), &told).await.unwrap();
}

#[tokio::test]
async fn the_checklist_is_held_against_the_real_wording() {
    let wording = edited_wording("checklist");
    let facts = documents::letter::sample::full(LetterKind::Stage2Decision);
    let words = wording.compose(LetterKind::Stage2Decision, &facts).unwrap();
    let house = testkit::house();
    let must_say = &house.procedure.letter(LetterKind::Stage2Decision).unwrap().must_say;
    let lacks = wording.lacks(&words, &facts, must_say);
    assert!(
        lacks.len() + 1 >= must_say.len(),
        "only the reference is said: {lacks:?}"
    );
    let built_in = Wording::built_in().unwrap();
    let words = built_in.compose(LetterKind::Stage2Decision, &facts).unwrap();
    assert_eq!(built_in.lacks(&words, &facts, must_say), []);
}
