//! How many replies give exactly the words that are new in them.

use std::collections::HashMap;
use std::path::Path;

use super::{Part, explained, share};
use crate::shell::Outcome;

/// At least so many of a hundred replies give exactly the expected words.
const LEAST_EXACT: usize = 60;

/// Replies in `emails/` and what is new in them in `trimmed/`, under the same names.
pub(super) fn replies(binary: &Path, folder: &Path) -> Outcome<Part> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder.join("emails"))? {
        files.push(entry?.path());
    }
    files.sort();
    let answers = explained(binary, files.iter().cloned())?;
    let (mut exact, mut halved) = (0, 0);
    for (name, answer) in &answers {
        let expected = folded(&std::fs::read_to_string(folder.join("trimmed").join(name))?);
        let ours = folded(answer["new_words"].as_str().unwrap_or_default());
        exact += usize::from(ours == expected);
        halved += usize::from(kept(&expected, &ours) * 2 < expected.len());
    }
    let mut missed = Vec::new();
    if exact * 100 < files.len() * LEAST_EXACT {
        missed.push(format!(
            "{exact} of {} replies were exact, and {LEAST_EXACT} % is the least",
            files.len()
        ));
    }
    if halved > 0 {
        missed.push(format!(
            "{halved} replies lost more than half of what is new in them, and none may"
        ));
    }
    let rows = vec![
        [
            "replies exact, %".to_owned(),
            share(exact, files.len()),
            files.len().to_string(),
        ],
        [
            "replies that lost more than half".to_owned(),
            halved.to_string(),
            files.len().to_string(),
        ],
    ];
    Ok(Part { rows, missed })
}

fn folded(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// How many of the expected words are among ours.
fn kept(expected: &[String], ours: &[String]) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in ours {
        *left.entry(word).or_default() += 1;
    }
    let mut kept = 0;
    for word in expected {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            kept += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_kept_are_counted_each_once() {
        let words = |text: &str| folded(text);
        assert_eq!(kept(&words("a b b c"), &words("b a x")), 2);
    }
}
