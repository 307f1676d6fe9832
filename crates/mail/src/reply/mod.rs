//! The new words of a reply: without the message that it answers, and without the signature.

/// The new words of a text.
#[must_use]
pub fn new_words(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .take_while(|line| *line != "-- ")
        .filter(|line| !line.starts_with('>'))
        .collect();
    lines.join("\n").trim().to_owned()
}
