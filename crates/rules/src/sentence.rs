//! Sentences that are put together from words.

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
