//! Whatever happened to a case, its stub has the same dates and figures, and not a word of it (R33, A14, A17).

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use rules::case::{Case, Event};
use rules::confidential::sealing::stub::{TITLE, history_of, stub_of};
use rules::deadlines::deadlines;
use rules::review::facts;
use testkit::Story;

/// What people type in these histories, and who they are: none of it may be left.
const WORDS: &[&str] = &[
    "Wi-Fi",
    "Priya",
    "example.ac.uk",
    "01632",
    "Jonah",
    "governors",
    "supplier",
    "Marks were lost",
    "floor",
    "library",
    "Lee knows",
    "read it out",
];

pub(super) fn stub_stands(story: &Story<'static>) -> Result<(), TestCaseError> {
    let stub = stub_of(&story.history).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
    let kept = history_of(&stub).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
    let case = Case::replay(story.case.reference.clone(), &kept);
    let case = case.map_err(|fault| TestCaseError::fail(format!("the stub tells no case: {fault}")))?;
    let setting = story.setting();
    prop_assert_eq!(case.state.name(), story.case.state.name());
    prop_assert_eq!(case.sequence, story.case.sequence);
    prop_assert_eq!(
        deadlines(&case, &setting).ok(),
        deadlines(&story.case, &setting).ok(),
        "a date is another in the stub"
    );
    prop_assert_eq!(
        facts(&case, &kept, &setting),
        facts(&story.case, &story.history, &setting),
        "a figure is another in the stub"
    );
    let text: String = kept
        .iter()
        .map(|recorded| String::from_utf8_lossy(&recorded.event.encode()).into_owned())
        .collect();
    for word in WORDS {
        prop_assert!(!text.contains(word), "{word:?} is left in {text}");
    }
    let Event::Received(received) = &kept[0].event else {
        return Err(TestCaseError::fail("it does not begin with a receipt"));
    };
    prop_assert_eq!(&received.title, TITLE);
    Ok(())
}
