//! Whoever writes names themselves: "my name is …", under the last line, or as the form says.

use super::lexicon::Kinds;
use super::page::Page;
use super::people::Parts;
use super::unknown::Run;
use super::word::{Gap, fold};

/// What letters close with.
const CLOSING: [&str; 13] = [
    "regards",
    "sincerely",
    "faithfully",
    "cheers",
    "thanks",
    "wishes",
    "yours",
    "truly",
    "you",
    "best",
    "ta",
    "respectfully",
    "rgds",
];

/// What a signature has room for.
const LONGEST_SIGNATURE: usize = 12;

/// Which of the names are those of whoever writes.
pub(super) fn own(page: &Page<'_>, names: &[Run], complainant: Option<&str>) -> Vec<bool> {
    let parts = complainant.map(Parts::of);
    let signed = signature(page);
    let mut own: Vec<bool> = names
        .iter()
        .map(|run| {
            introduced(page, run.first)
                || signed.is_some_and(|from| run.first >= from)
                || parts.as_ref().is_some_and(|parts| is_theirs(page, *run, parts))
        })
        .collect();
    let theirs: Vec<Run> = names
        .iter()
        .zip(&own)
        .filter(|(_, own)| **own)
        .map(|(run, _)| *run)
        .collect();
    for (run, own) in names.iter().zip(&mut own) {
        *own = *own || theirs.iter().take(4).any(|known| is_the_same(page, *run, *known));
    }
    own
}

/// "my name is", "I am", "this is … speaking".
fn introduced(page: &Page<'_>, at: usize) -> bool {
    let mut at = at;
    while page
        .before(at)
        .is_some_and(|word| word.kinds.any(Kinds::TITLE) && !word.kinds.any(Kinds::GIVEN))
    {
        at -= 1;
    }
    let word = |back: usize| {
        at.checked_sub(back)
            .map_or("", |place| page.words[place].folded.as_str())
    };
    let near = page.words[at].gap != Gap::Stop;
    if !near {
        return false;
    }
    match (word(3), word(2), word(1)) {
        ("my", "name", "is" | "s") | ("name", "is", "called") | (_, "my", "name") => true,
        (_, "i", "am" | "m") | (_, _, "im") => true,
        (_, "this" | "it", "is" | "s") => page.words[at - 2].gap == Gap::Stop && at <= 6,
        (_, "full" | "complainant", "name") => true,
        (_, _, "name") => page.words[at].gap != Gap::Near,
        (_, _, "i") => ["'m", "\u{2019}m"].iter().any(|am| page.between(at).starts_with(am)),
        _ => false,
    }
}

/// From which word on the text is a signature.
fn signature(page: &Page<'_>) -> Option<usize> {
    let end = page
        .words
        .iter()
        .position(|word| word.quoted)
        .unwrap_or(page.words.len());
    let floor = end.saturating_sub(LONGEST_SIGNATURE);
    for at in (floor.max(1)..end).rev() {
        let before = &page.words[at - 1];
        let closing = CLOSING.contains(&before.folded.as_str()) && closes(page, at - 1);
        let formal = matches!(before.folded.as_str(), "regards" | "sincerely" | "faithfully" | "truly");
        if closing && (page.words[at].gap != Gap::Near || formal) && page.words[at].gap != Gap::Stop
            || formal && page.words[at].gap == Gap::Stop
        {
            return Some(at);
        }
    }
    last_line(page, end)
}

/// Whether a word of closing begins its line or sentence, alone or with what goes before it: "Thanks", "Best wishes", "Thank you".
fn closes(page: &Page<'_>, at: usize) -> bool {
    let with = |word: &str| {
        matches!(
            word,
            "kind" | "best" | "many" | "warm" | "warmest" | "thank" | "with" | "yours" | "all"
        )
    };
    let mut first = at;
    while first > 0 && page.words[first].gap == Gap::Near && with(&page.words[first - 1].folded) {
        first -= 1;
    }
    page.opens(first) || page.words[first].gap == Gap::Mark
}

/// A last line of at most four words, or what follows a dash at the end.
fn last_line(page: &Page<'_>, end: usize) -> Option<usize> {
    for at in (end.saturating_sub(4).max(1)..end).rev() {
        let between = page.between(at);
        let dashed = between.contains("- ") || between.contains('\u{2014}') || between.contains('\u{2013}');
        if between.contains('\n') || (dashed && between.contains(['.', '!', '?', ','])) {
            let raised = page.words[at..end]
                .iter()
                .all(|word| word.shape != super::word::Shape::Lower);
            return raised.then_some(at);
        }
    }
    None
}

fn is_theirs(page: &Page<'_>, run: Run, parts: &Parts) -> bool {
    let words = &page.words[run.first..=run.last];
    let known = |word: &str| parts.given.iter().chain(&parts.family).any(|part| part == word);
    let whole: String = words.iter().map(|word| word.folded.as_str()).collect();
    known(&whole) || words.iter().all(|word| known(&word.folded) || word.folded.len() == 1)
}

fn is_the_same(page: &Page<'_>, run: Run, known: Run) -> bool {
    let known = &page.words[known.first..=known.last];
    page.words[run.first..=run.last]
        .iter()
        .all(|word| known.iter().any(|other| other.folded == fold(word.text)))
}
