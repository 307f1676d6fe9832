//! The new words of a reply: without the message that it answers, and without the signature.

mod attribution;
mod head;
mod line;
mod signature;

use line::{Kind, Line};

/// How often a text is gone over again because something was taken out; each time it gets shorter.
const PASSES: usize = 16;

/// The new words of a text: lines of it, in their order. What is quoted stays where new words follow it, because they answer it; in
/// doubt more is kept. Nothing but quotation has no new words. Takes time in proportion to the length of the text.
///
/// ```
/// let reply = "Thanks, that helps.\n\nOn Mon, 2 Mar 2026 at 10:04, Help Desk <help@example.ac.uk> wrote:\n> We have mended it.\n";
/// assert_eq!(mail::reply::new_words(reply), "Thanks, that helps.");
/// ```
#[must_use]
pub fn new_words(text: &str) -> String {
    let mut words: Vec<&str> = text.lines().collect();
    for _ in 0..PASSES {
        let before = words.len();
        words = once(&words);
        if words.len() == before {
            break;
        }
    }
    words.join("\n")
}

fn once<'t>(words: &[&'t str]) -> Vec<&'t str> {
    let mut lines = line::classified(words);
    attribution::mark(&mut lines);
    head::mark(&mut lines);
    line::mend_wrapped_quotes(&mut lines);
    cut_at_the_letter(&mut lines);
    signature::cut(&mut lines);
    drop_leading_quotation(&mut lines);
    // Whoever wrote a reply introduced nothing themselves: the line that introduces a quotation is the mail program's.
    lines.retain(|line| line.kind != Kind::Attribution);
    trim(&mut lines);
    lines.into_iter().map(|line| line.words).collect()
}

/// Cuts where the letter that is answered begins without marks of quotation, if something was written before it. Where nothing was,
/// the letter itself is all there is: somebody passed it on, or wrote below it.
fn cut_at_the_letter(lines: &mut Vec<Line<'_>>) {
    let mut written = false;
    let mut cut = None;
    for (at, line) in lines.iter().enumerate() {
        let begins =
            line.kind == Kind::Head || line.kind == Kind::Attribution && line.strong && !quoted_below(lines, at);
        if begins && written {
            cut = Some(at);
            break;
        }
        written = written || line.kind == Kind::Text && !signature::is_of_a_device(line.words);
    }
    if let Some(at) = cut {
        lines.truncate(at);
    }
}

/// True when the next line with something on it is quoted.
fn quoted_below(lines: &[Line<'_>], at: usize) -> bool {
    lines
        .iter()
        .skip(at + 1)
        .take(20)
        .find(|line| !matches!(line.kind, Kind::Empty | Kind::Attribution))
        .is_some_and(|line| line.kind == Kind::Quote)
}

/// Takes out a quotation with its introduction where the message begins with it and new words follow.
fn drop_leading_quotation(lines: &mut Vec<Line<'_>>) {
    let begins = lines.iter().position(|line| line.kind != Kind::Empty);
    let Some(begins) = begins.filter(|at| lines.get(*at).is_some_and(|line| line.kind == Kind::Attribution)) else {
        return;
    };
    let quotation = lines
        .iter()
        .skip(begins)
        .take_while(|line| matches!(line.kind, Kind::Attribution | Kind::Quote | Kind::Empty))
        .count();
    // Where more is quoted further down, the new words answer one quotation after the other.
    let below = lines.get(begins + quotation..).unwrap_or_default();
    let goes_on = below.iter().any(|line| line.kind == Kind::Quote);
    if !goes_on {
        lines.drain(..begins + quotation);
    }
}

/// Takes from both ends what is not written by a person.
fn trim(lines: &mut Vec<Line<'_>>) {
    let last = lines.iter().rposition(|line| match line.kind {
        Kind::Text => !signature::is_of_a_device(line.words),
        kind => kind == Kind::Head,
    });
    lines.truncate(last.map_or(0, |at| at + 1));
    let first = lines
        .iter()
        .position(|line| line.kind != Kind::Empty)
        .unwrap_or_default();
    lines.drain(..first);
}
