//! What is found in a text, put together.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::author;
use super::complained::{self, Mention, Part};
use super::contact;
use super::described;
use super::known::{self, By};
use super::lexicon::Kinds;
use super::page::Page;
use super::people::People;
use super::unknown::{self, Run};
use crate::coded::coded;

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Whom it names, and how, in the order of the text.
    pub spans: Vec<Span>,
    /// Whether it holds the name of a person.
    pub names_a_person: bool,
    /// Whether it seems to complain about somebody of staff, named or described.
    pub names_staff: bool,
}

/// A part of a text that names or describes somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Where it begins, in bytes.
    pub from: usize,
    /// Where it ends, in bytes.
    pub to: usize,
    /// The words themselves.
    pub text: String,
    /// What it is.
    pub what: What,
    /// What the text says of them.
    pub part: Part,
}

/// What a span is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Somebody known, by key; several where one of them is meant.
    Known {
        /// Their keys, in the order of the directory.
        people: Vec<String>,
        /// By what they were known.
        by: By,
    },
    /// The name of somebody whom nobody knows.
    Unknown,
    /// An e-mail address of somebody unknown.
    Email,
    /// A user's name on some service.
    Username,
    /// Somebody who is described: "the man on the desk".
    Described,
}

coded! {
    /// What a span is, by itself.
    pub enum SpanKind {
        /// Somebody of the directory.
        Known = "known_person", "somebody known";
        /// A name that the directory does not have.
        Unknown = "unknown_person", "a name that nobody here has";
        /// An address.
        Email = "email", "an e-mail address";
        /// A user's name on some service.
        Username = "username", "a username";
        /// Somebody who is described.
        Described = "description", "a description";
    }
}

impl What {
    /// Which kind of thing it is.
    pub fn kind(&self) -> SpanKind {
        match self {
            What::Known { .. } => SpanKind::Known,
            What::Unknown => SpanKind::Unknown,
            What::Email => SpanKind::Email,
            What::Username => SpanKind::Username,
            What::Described => SpanKind::Described,
        }
    }
}

struct Piece {
    run: Run,
    what: What,
}

/// What was found so far, and which words are spoken for.
struct Pieces {
    list: Vec<Piece>,
    taken: Vec<bool>,
}

impl Pieces {
    fn is_free(&self, run: Run) -> bool {
        self.taken[run.first..=run.last].iter().all(|taken| !taken)
    }

    fn add(&mut self, run: Run, what: What) {
        self.taken[run.first..=run.last].fill(true);
        self.list.push(Piece { run, what });
    }
}

/// Finds who is named in a text, by a directory of people, and given who writes it, where that is known.
///
/// It takes time in proportion to the text: some microseconds for a sentence.
///
/// ```
/// use rules::confidential::names::{Known, People, find};
///
/// let sarah = Known { key: "7".into(), name: "Sarah O'Brien".into(), ..Known::default() };
/// let people = People::of(vec![sarah]);
/// let found = find("sarah obrien hung up on me.", &people, None);
/// assert!(found.names_staff);
/// assert_eq!(found.spans[0].text, "sarah obrien");
/// ```
pub fn find(text: &str, people: &People, complainant: Option<&str>) -> Found {
    let page = Page::of(text);
    let mut found = Pieces {
        list: Vec::new(),
        taken: vec![false; page.words.len()],
    };
    addressed(&page, people, &mut found);
    named(&page, people, &mut found);
    for run in described::runs(&page) {
        if found.is_free(run) {
            found.add(run, What::Described);
        }
    }
    let mut pieces = found.list;
    pieces.sort_by_key(|piece| piece.run.first);
    let runs: Vec<Run> = pieces.iter().map(|piece| piece.run).collect();
    let own = author::own(&page, &runs, complainant);
    let mentions: Vec<Mention> = pieces.iter().zip(own).map(|(piece, own)| mention(piece, own)).collect();
    let parts = complained::parts(&page, &mentions);
    let spans: Vec<Span> = pieces
        .into_iter()
        .zip(parts)
        .map(|(piece, part)| span(&page, piece, part))
        .collect();
    Found {
        names_a_person: spans.iter().any(names_somebody),
        names_staff: spans
            .iter()
            .any(|span| span.part == Part::ComplainedOf && span.what != What::Email),
        spans,
    }
}

fn mention(piece: &Piece, own: bool) -> Mention {
    let described = piece.what == What::Described;
    Mention {
        run: piece.run,
        // A given name alone may be anybody's.
        of_staff: matches!(&piece.what, What::Known { by, .. } if *by != By::OneName),
        described,
        own: own && !described,
    }
}

fn span(page: &Page<'_>, piece: Piece, part: Part) -> Span {
    let (from, to) = page.span(piece.run.first, piece.run.last);
    Span {
        from,
        to,
        text: page.text[from..to].to_owned(),
        what: piece.what,
        part,
    }
}

fn names_somebody(span: &Span) -> bool {
    matches!(span.what, What::Known { .. } | What::Unknown)
}

/// E-mail addresses, and those of people known; one that is made of a name names somebody.
fn addressed(page: &Page<'_>, people: &People, found: &mut Pieces) {
    for (from, to) in contact::addresses(page.text) {
        let first = page.words.partition_point(|word| word.from < from);
        let end = page.words.partition_point(|word| word.to <= to);
        if end <= first {
            continue;
        }
        let address = &page.text[from..to];
        let what = match people.mail.get(&address.to_lowercase()) {
            Some(places) => What::Known {
                people: people.keys(places),
                by: By::Email,
            },
            None if is_of_names(page, first, address.find('@').map_or(to, |at| from + at)) => What::Unknown,
            None => What::Email,
        };
        found.add(Run { first, last: end - 1 }, what);
    }
}

/// `helen.park@…`: two words before the sign, of which one is a name.
fn is_of_names(page: &Page<'_>, first: usize, sign: usize) -> bool {
    let local: Vec<_> = page.words[first..]
        .iter()
        .take(3)
        .take_while(|word| word.to <= sign)
        .collect();
    local.len() > 1
        && local
            .iter()
            .any(|word| word.kinds.is_surely_given() || word.kinds.is_surely_surname())
}

/// Names of people known, then of others.
fn named(page: &Page<'_>, people: &People, pieces: &mut Pieces) {
    let mut runs = unknown::runs(page);
    for run in runs.extract_if(.., |run| is_phrase(page, *run)) {
        pieces.taken[run.first..=run.last].fill(true);
    }
    let mut at = 0;
    while at < page.words.len() {
        let found = if pieces.taken[at] {
            None
        } else {
            known::at(page, people, at)
        };
        let found = found.filter(|found| {
            let run = Run {
                first: found.first,
                last: found.last,
            };
            let nobody = is_phrase(page, run) || unknown::is_part_of_place(page, found.last);
            pieces.is_free(run) && !nobody && !is_of_another(page, found, &runs)
        });
        match found {
            Some(found) => {
                at = found.last + 1;
                let what = What::Known {
                    people: people.keys(&found.people),
                    by: found.by,
                };
                pieces.add(
                    Run {
                        first: found.first,
                        last: found.last,
                    },
                    what,
                );
            }
            None => at += 1,
        }
    }
    for run in runs {
        if pieces.is_free(run) {
            let handle = page.words[run.first].sign == Some('@') && run.first == run.last;
            pieces.add(run, if handle { What::Username } else { What::Unknown });
        }
    }
}

/// One name that belongs to a longer name of somebody else: Sarah Connor is not Sarah Jones.
fn is_of_another(page: &Page<'_>, found: &known::Match, runs: &[Run]) -> bool {
    let alone = matches!(found.by, By::OneName | By::Misspelled) && found.first == found.last;
    let place = runs.partition_point(|run| run.last < found.first);
    alone
        && runs.get(place).is_some_and(|run| {
            let others = (run.first..=run.last).filter(|at| !(found.first..=found.last).contains(at));
            run.first <= found.first && others.filter(|at| page.words[*at].folded.len() > 1).count() > 0
        })
}

/// What is called after people and is nobody: John Lewis, Morgan Stanley.
static PHRASES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("data/phrases.txt").lines().collect());

fn is_phrase(page: &Page<'_>, run: Run) -> bool {
    let words = page.words[run.first..=run.last]
        .iter()
        .filter(|word| !word.kinds.any(Kinds::DEALT) || word.kinds.is_name());
    let phrase: Vec<&str> = words.map(|word| word.folded.as_str()).collect();
    phrase.len() > 1 && PHRASES.contains(phrase.join(" ").as_str())
}
