//! Sentences that are put together from words.

use std::borrow::Borrow;

/// The words as a sentence begins with them: "the decision" becomes "The decision".
///
/// ```
/// assert_eq!(rules::sentence::capital("the decision"), "The decision");
/// ```
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The words one after another, as a sentence lists them; nothing where there are none.
///
/// ```
/// assert_eq!(rules::sentence::listed(&["1", "2", "3"]), "1, 2 and 3");
/// ```
pub fn listed(words: &[impl Borrow<str>]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => {
            let last: &str = last.borrow();
            format!("{} and {last}", rest.join(", "))
        }
        one_or_none => one_or_none.concat(),
    }
}
