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

/// A number as people read it, with a comma at each thousand.
///
/// ```
/// use rules::sentence::grouped;
/// assert_eq!([999, 1_000, 50_000, 1_234_567].map(grouped), ["999", "1,000", "50,000", "1,234,567"]);
/// ```
pub fn grouped(number: u64) -> String {
    match number {
        0..=999 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}
