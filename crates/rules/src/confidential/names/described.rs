//! People who are described and not named: "the man on the desk on Monday night" (A13).

use super::lexicon::Kinds;
use super::page::Page;
use super::unknown::Run;
use super::word::Gap;

/// Who may be meant, as people say it.
const WHO: [&str; 45] = [
    "man",
    "woman",
    "lady",
    "guy",
    "bloke",
    "chap",
    "girl",
    "boy",
    "lad",
    "gentleman",
    "person",
    "individual",
    "fellow",
    "technician",
    "engineer",
    "receptionist",
    "operator",
    "agent",
    "adviser",
    "advisor",
    "librarian",
    "manager",
    "supervisor",
    "porter",
    "assistant",
    "colleague",
    "employee",
    "analyst",
    "officer",
    "administrator",
    "member",
    "clerk",
    "trainer",
    "tutor",
    "lecturer",
    "caller",
    "demonstrator",
    "consultant",
    "developer",
    "somebody",
    "someone",
    "whoever",
    "colleagues",
    "technicians",
    "worker",
];

/// What points at somebody.
const POINTING: [&str; 10] = [
    "the", "that", "this", "a", "an", "one", "some", "your", "same", "another",
];

/// Where or when somebody was.
const PLACED: [&str; 16] = [
    "on",
    "at",
    "in",
    "behind",
    "from",
    "with",
    "wearing",
    "working",
    "sitting",
    "of",
    "who",
    "whose",
    "manning",
    "answering",
    "serving",
    "that",
];

/// How many words a description may go on.
const LONGEST: usize = 14;

/// The descriptions in a text.
pub(super) fn runs(page: &Page<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < page.words.len() {
        match described(page, at) {
            Some(run) => {
                at = run.last + 1;
                runs.push(run);
            }
            None => at += 1,
        }
    }
    runs
}

fn described(page: &Page<'_>, at: usize) -> Option<Run> {
    let alone = matches!(page.words[at].folded.as_str(), "somebody" | "someone" | "whoever");
    if !alone && !POINTING.contains(&page.words[at].folded.as_str()) {
        return None;
    }
    let who = if alone {
        at
    } else {
        (at + 1..at + 5).find(|place| is_who(page, *place))?
    };
    let several = matches!(page.words[who].folded.as_str(), "colleagues" | "technicians");
    if several && page.words[at].folded != "one" {
        return None;
    }
    if (at + 1..=who).any(|place| page.words[place].gap != Gap::Near) {
        return None;
    }
    let mut last = who;
    while last + 1 < page.words.len() && last < at + LONGEST && goes_on(page, last + 1, who) {
        last += 1;
    }
    let placed = last > who + 1 || page.after(last).is_some_and(|word| word.folded == "who");
    let acts = page
        .after(last)
        .is_some_and(|word| word.kinds.any(Kinds::DOING | Kinds::HARM));
    let staff = page.words[at..=last].iter().any(|word| is_of_staff(&word.folded));
    let any = matches!(page.words[at].folded.as_str(), "a" | "an" | "some") && !staff && !placed;
    let anybody = alone && !staff;
    ((placed || acts || staff) && !any && !anybody).then_some(Run { first: at, last })
}

fn is_who(page: &Page<'_>, at: usize) -> bool {
    page.words
        .get(at)
        .is_some_and(|word| WHO.contains(&word.folded.as_str()))
}

/// Words that say of somebody that they are of staff.
fn is_of_staff(word: &str) -> bool {
    matches!(
        word,
        "staff"
            | "technician"
            | "receptionist"
            | "operator"
            | "helpdesk"
            | "desk"
            | "engineer"
            | "librarian"
            | "porter"
            | "reception"
            | "adviser"
            | "advisor"
            | "supervisor"
            | "manager"
            | "colleagues"
            | "team"
            | "technicians"
            | "agent"
            | "phone"
            | "counter"
            | "lecturer"
            | "tutor"
            | "administrator"
    )
}

/// "on the desk on Monday night": what says where and when, and no more.
fn goes_on(page: &Page<'_>, at: usize, who: usize) -> bool {
    let word = &page.words[at];
    if word.gap != Gap::Near || word.kinds.any(Kinds::HARM) && !word.kinds.any(Kinds::PLACE) {
        return false;
    }
    if at == who + 1 {
        return PLACED.contains(&word.folded.as_str()) && word.folded != "who" && word.folded != "that";
    }
    let stops = matches!(
        word.folded.as_str(),
        "who"
            | "and"
            | "but"
            | "because"
            | "when"
            | "i"
            | "he"
            | "she"
            | "they"
            | "we"
            | "that"
            | "was"
            | "is"
            | "did"
            | "has"
            | "had"
            | "told"
            | "said"
            | "would"
            | "could"
            | "to"
            | "which"
            | "about"
    );
    !stops && (!word.kinds.any(Kinds::DOING) || word.kinds.any(Kinds::PLACE | Kinds::DEALT))
}
