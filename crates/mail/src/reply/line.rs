//! The lines of a reply and what each is.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing stands on it.
    Empty,
    /// Words.
    Text,
    /// Marked as quoted.
    Quote,
    /// Nothing but a mark of separation.
    Rule,
    /// It says who wrote what is quoted below, and when.
    Attribution,
    /// The letter that is answered, or passed on, begins here: its head, or a line that announces it.
    Head,
}

/// A line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) words: &'t str,
    pub(super) kind: Kind,
    /// Of an attribution: it leaves no doubt, even where nothing is marked as quoted below.
    pub(super) strong: bool,
}

/// How much of a line is looked at: what tells lines apart stands at their beginning.
pub(super) const LOOKED_AT: usize = 300;

/// How many lines are looked at for where the letter that is answered begins: nobody types more before it.
pub(super) const MARKED: usize = 5_000;

/// Every line by itself.
pub(super) fn classified<'t>(words: &[&'t str]) -> Vec<Line<'t>> {
    words
        .iter()
        .map(|words| Line {
            words,
            kind: kind(words),
            strong: false,
        })
        .collect()
}

fn kind(words: &str) -> Kind {
    let bare = bare(words);
    if bare.is_empty() {
        Kind::Empty
    } else if is_quoted(bare) {
        Kind::Quote
    } else if is_rule(bare) {
        Kind::Rule
    } else {
        Kind::Text
    }
}

/// Without blanks and marks that cannot be seen.
pub(super) fn bare(words: &str) -> &str {
    words.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
    })
}

/// `> text`, `>> text`, and `AB> text` with the letters of somebody's name.
fn is_quoted(bare: &str) -> bool {
    if bare.starts_with('>') || bare.starts_with("&gt;") {
        return !bare.starts_with(">From ") || bare.len() > 200;
    }
    let letters = bare.bytes().take(4).take_while(u8::is_ascii_uppercase).count();
    (1..=3).contains(&letters)
        && bare.as_bytes().get(letters) == Some(&b'>')
        && bare
            .as_bytes()
            .get(letters + 1)
            .is_none_or(|next| matches!(next, b' ' | b'>'))
}

/// Two or more of one mark and nothing else, or the marks that mail programs leave alone on a line.
pub(super) fn is_rule(bare: &str) -> bool {
    let Some(first) = bare.chars().next() else {
        return false;
    };
    let marks = bare.chars().filter(|letter| !letter.is_whitespace());
    let repeated = bare.chars().count() >= 2
        && marks
            .clone()
            .all(|letter| letter == first || matches!(letter, '-' | '_'));
    let known = "-_*=~#+.—–―‐─━═•·".contains(first);
    known && repeated || matches!(bare, "—" | "–" | "―" | "ᐧ" | "ᐧ\u{a0}" | "--")
}

/// A quoted line that was too long goes on in the next without its mark: "> ... to the" / "office". It is quoted all the same.
pub(super) fn mend_wrapped_quotes(lines: &mut [Line<'_>]) {
    for at in 1..lines.len().saturating_sub(1) {
        let (before, after) = (lines[at - 1], lines[at + 1]);
        let between = before.kind == Kind::Quote && after.kind == Kind::Quote;
        let line = &mut lines[at];
        let remainder = line.words.len() < 40 && line.words.starts_with(char::is_lowercase);
        if between && line.kind == Kind::Text && remainder && before.words.len() >= 65 {
            line.kind = Kind::Quote;
        }
    }
}
