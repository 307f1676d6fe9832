//! Drafts as pages show them, and forms as drafts kept them.

use casework::drafts::{DAYS, Draft};
use jiff::SignedDuration;
use rules::case::Reference;
use rules::handling::unsent::DraftOf;

use super::DraftShown;
use crate::http::asked::address;
use crate::http::sent_form::received_files;
use crate::page::words::date_long;
use crate::staff::desk::{Seat, form};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// How many characters of a draft are shown.
const EXCERPT: usize = 60;
/// The fields in which most is written, in the order in which one is sought for an excerpt.
const WORDS: [&str; 5] = ["message", "note", "words", "found", "did"];

/// The drafts of this person on a case, or of the form that begins one. A help: where they cannot be read, the page stands without them.
pub(crate) async fn drafts_of(seat: &Seat, case: Option<&Reference>) -> Vec<Draft> {
    match seat.door.drafts(case).waiting().await {
        Ok(drafts) => drafts,
        Err(fault) => {
            tracing::error!(%fault, "drafts could not be read; the page is shown without them");
            Vec::new()
        }
    }
}

/// The form with the words of a draft, if the address asks for it and it is there: the same form as when they were written.
pub(crate) async fn gone_on_with(seat: &Seat, drafts: &[Draft], of: DraftOf, asked: &str) -> Option<FormState> {
    let draft = drafts.iter().find(|draft| draft.of == of && asked == of.code())?;
    let written = &draft.written;
    let waiting = match seat.door.tray(&written.once) {
        Some(tray) => tray.waiting().await.unwrap_or_default(),
        None => Vec::new(),
    };
    Some(FormState {
        answers: Answers::from(written.answers.as_slice()),
        once: written.once.clone(),
        received: received_files(&waiting),
        ..FormState::default()
    })
}

/// The drafts in words; the one that `asked` names stands in its form already.
pub(crate) fn shown(seat: &Seat, case: Option<&Reference>, drafts: &[Draft], asked: &str) -> Vec<DraftShown> {
    drafts.iter().map(|draft| one(seat, case, draft, asked)).collect()
}

fn one(seat: &Seat, case: Option<&Reference>, draft: &Draft, asked: &str) -> DraftShown {
    let wall = seat.wall();
    let (of, when) = (draft.of, wall.when_inside(draft.saved_at));
    let going_on = asked == of.code();
    let until = wall
        .local(draft.saved_at + SignedDuration::from_hours(24 * DAYS))
        .date();
    DraftShown {
        heading: match going_on {
            true => format!("This is your draft {} of {when}", of.words()),
            false => format!("Your draft {} of {when}", of.words()),
        },
        excerpt: excerpt(draft),
        about: format!("Only you can see it. It is kept until {}.", date_long(until)),
        go_on: (!going_on).then(|| place(case, of)),
        discard: match case {
            Some(case) => paths::draft_discard(&case.to_string(), of.code()),
            None => paths::LOG_DRAFT_DISCARD.to_owned(),
        },
        form: form::fresh(),
    }
}

/// Where the form of a draft stands with its words.
pub(super) fn place(case: Option<&Reference>, of: DraftOf) -> String {
    let case = case.map(ToString::to_string).unwrap_or_default();
    let draft = ("draft", of.code());
    match of {
        DraftOf::Message => format!("{}#write", address(&paths::case(&case), &[draft])),
        DraftOf::Note => format!("{}#write", address(&paths::case(&case), &[("write", "note"), draft])),
        DraftOf::Decision => address(&paths::case_act(&case, "decide"), &[draft]),
        DraftOf::Log => address(paths::LOG, &[draft]),
    }
}

fn excerpt(draft: &Draft) -> String {
    let answers = Answers::from(draft.written.answers.as_slice());
    let words = WORDS.map(|name| answers.get(name).to_owned());
    let first = words.iter().find(|words| !words.trim().is_empty());
    let line = first.map_or_else(String::new, |words| {
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
