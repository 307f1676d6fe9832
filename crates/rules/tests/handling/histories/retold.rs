//! Whatever happened to a case, it can be told anew without some words, with the same dates and figures (R31, R89).

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use rules::case::{Case, Event, Recorded};
use rules::deadlines::deadlines;
use rules::people::Actor;
use rules::redaction::{Asked, What, history_from, places, take_out};
use rules::review::facts;
use testkit::Story;
use testkit::people::ruth;

/// It stands in the words of every complaint here, and in the title that is made from them.
const PASSAGE: &str = "Main Library dropped";

pub(super) fn retelling_stands(story: &Story<'static>) -> Result<(), TestCaseError> {
    let fail = |words: String| TestCaseError::fail(words);
    let found = places(&story.case, &story.history, PASSAGE).map_err(|refused| fail(refused.to_string()))?;
    let free: Vec<_> = found.iter().filter(|found| found.stays.is_none()).collect();
    if free.is_empty() {
        return Ok(());
    }
    let asked = Asked {
        what: What::Passage(PASSAGE.to_owned()),
        places: free.iter().map(|found| found.place.clone()).collect(),
        reason: "It was a mistake.".to_owned(),
    };
    let retold = take_out(&story.case, &story.history, &asked, &ruth()).map_err(|refused| fail(refused.to_string()))?;
    let stored = Recorded {
        sequence: story.case.sequence + 1,
        at: story.now,
        actor: Actor::Staff(ruth().id),
        event: Event::Redacted(retold.redacted),
    };
    // As it is stored, and read again.
    let stored = Recorded {
        event: Event::decode(stored.event.kind(), 1, &stored.event.encode())
            .map_err(|fault| fail(fault.to_string()))?,
        ..stored
    };
    let history = history_from(stored).map_err(|fault| fail(fault.to_string()))?;
    let case = Case::replay(story.case.reference.clone(), &history);
    let case = case.map_err(|fault| fail(format!("it tells no case: {fault}")))?;
    let setting = story.setting();
    prop_assert_eq!(case.state.name(), story.case.state.name());
    prop_assert_eq!(case.sequence, story.case.sequence + 1);
    prop_assert_eq!(case.tombstones.len(), 1);
    prop_assert_eq!(deadlines(&case, &setting).ok(), deadlines(&story.case, &setting).ok());
    prop_assert_eq!(
        facts(&case, &history, &setting),
        facts(&story.case, &story.history, &setting)
    );
    if free.len() == found.len() {
        for recorded in &history {
            let text = String::from_utf8_lossy(&recorded.event.encode()).into_owned();
            prop_assert!(
                !text.contains(PASSAGE),
                "{} still says it: {text}",
                recorded.event.kind()
            );
        }
    }
    Ok(())
}
