//! Serving what is set aside, and putting it where it belongs.

use axum::response::Response;
use casework::ActError;
use casework::mail::Understood;
use casework::mail::tray::{self, Aside};
use rules::case::{Reference, Refused};
use rules::files::Scanned;
use rules::mail::{Authentic, Fate, Reason, Report};
use rules::sentence::capital;

use super::{AsideList, AsideMessage, Choice};
use crate::http::{Asked, Posted, asked::address};
use crate::page::words::count;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Wall, form};
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// What an empty list says.
pub(super) const NOTHING: &str = "Nothing is set aside here.";

/// How many messages a page has.
const PAGE: u32 = 30;

/// The lists, by the word in their address.
const LISTS: [(&str, &str, Fate); 6] = [
    ("waits", "Where does it belong?", Fate::Waits),
    ("automatic", "Automatic replies", Fate::AutoReply),
    ("reports", "Reports about letters", Fate::Bounce),
    ("spam", "Spam", Fate::Spam),
    ("loops", "Mail loops", Fate::Loop),
    ("tests", "Test messages", Fate::Trial),
];

/// What a list holds.
pub(super) fn about(fate: Fate) -> &'static str {
    match fate {
        Fate::AutoReply => {
            "A machine sent these: absence notes, answers of other systems, newsletters. Nobody is answered."
        }
        Fate::Bounce => {
            "Mail systems report about our letters. What they report stands on the case; here are the reports themselves."
        }
        Fate::Spam => {
            "The mail server called these spam, or somebody here did. A complaint among them becomes one when you say so."
        }
        Fate::Loop => {
            "These are our own letters come back, or more messages than people send. Answering them would never end."
        }
        Fate::Trial => {
            "We sent these to ourselves, from the settings or by the command, to see whether mail goes out and comes back."
        }
        _ => {
            "These seem to belong to a case and cannot show it. Whatever nobody sorts within four hours becomes a complaint of its own."
        }
    }
}

/// The links to the lists; `here` is the word of the one that is shown.
pub(super) fn lists(here: &str) -> Vec<(String, String, bool)> {
    let link = |(word, words, _): &(&str, &str, Fate)| {
        (
            (*words).to_owned(),
            address(paths::MAIL, &[("list", word)]),
            *word == here,
        )
    };
    LISTS.iter().map(link).collect()
}

fn asked_for(word: &str) -> (&'static str, Fate) {
    let found = LISTS.iter().find(|(known, ..)| *known == word).unwrap_or(&LISTS[0]);
    (found.0, found.2)
}

/// A list.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let before = asked.get("before").parse().unwrap_or(i64::MAX);
    let (word, fate) = asked_for(asked.get("list"));
    let found = tray::list(seat.door.office(), fate, (before, PAGE), seat.door.person()).await;
    match found {
        Ok(found) => {
            let page = page(&seat.wall(), (word, fate), found, done(asked.get("done")));
            seat.page(&page).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// Somebody says what becomes of a message.
pub async fn sort(form: StaffForm) -> Response {
    match sorted(&form).await {
        Ok(done) => Done::see(&address(
            paths::MAIL,
            &[("list", asked_for(form.get("list")).0), ("done", done)],
        )),
        Err(fault) => Fault::from(fault).into_response(&form.seat, &form.posted).await,
    }
}

async fn sorted(form: &StaffForm) -> Result<&'static str, ActError> {
    let (office, by) = (form.seat.door.office(), form.seat.door.person());
    let id: i64 = form.get("id").parse().map_err(|_| ActError::NotFound)?;
    match form.get("do") {
        "put" => {
            let case: Reference = form.get("case").parse().map_err(|_| ActError::NotFound)?;
            tray::put_with(office, id, &case, by).await?;
            Ok("put")
        }
        "case" => {
            tray::make_case(office, id, by).await?;
            Ok("case")
        }
        "spam" => {
            tray::call_spam(office, id, by).await?;
            Ok("spam")
        }
        _ => Err(Refused::NotNow("Choose what is to become of the message.".to_owned()).into()),
    }
}

fn done(word: &str) -> Option<String> {
    let words = match word {
        "put" => "It is added to the case now.",
        "case" => "It becomes a complaint now, and its sender is told that we have it.",
        "spam" => "It stays aside as spam.",
        _ => return None,
    };
    Some(words.to_owned())
}

fn page(wall: &Wall, (word, fate): (&str, Fate), found: Vec<Aside>, notice: Option<String>) -> AsideList {
    let last = found.last().map(|message| message.id.to_string());
    let next = last.filter(|_| found.len() == PAGE as usize);
    AsideList {
        notice,
        lists: lists(word),
        list: word.to_owned(),
        about: about(fate).to_owned(),
        next: next.map(|before| address(paths::MAIL, &[("list", word), ("before", &before)])),
        messages: found.into_iter().map(|message| shown(wall, message)).collect(),
        empty: Empty::new(NOTHING),
        form: form::fresh(),
    }
}

fn shown(wall: &Wall, message: Aside) -> AsideMessage {
    let case = message
        .case
        .map(|case| Link::new(&case.to_string(), &paths::case(&case.to_string())));
    let said = message.understood;
    let or = |text: Option<String>, otherwise: &str| match text {
        Some(text) if !text.trim().is_empty() => text,
        _ => otherwise.to_owned(),
    };
    let from = said.as_ref().map(|said| match (&said.name, &said.email) {
        (Some(name), Some(email)) => format!("{name}, {email}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    });
    AsideMessage {
        id: message.id,
        subject: or(
            said.as_ref().map(|said| said.subject.clone()),
            "A message without a subject",
        ),
        from: or(from, "Somebody"),
        when: wall.when_inside(message.arrived_at),
        why: or(said.as_ref().map(|said| said.why.clone()), "It is set aside"),
        sender: said
            .as_ref()
            .filter(|_| message.fate == Fate::Waits)
            .map(|said| sender(&said.authentic)),
        files: said.as_ref().and_then(came_with),
        report: said.as_ref().and_then(|said| said.report.as_ref()).and_then(reported),
        words: said.map(|said| said.words).unwrap_or_default(),
        choices: match message.is_whole {
            true => choices(message.fate, case.is_some()),
            false => Vec::new(),
        },
        case,
    }
}

/// What came with a message, and what was said of viruses in it.
fn came_with(said: &Understood) -> Option<String> {
    let files = match said.files {
        0 => None,
        many => Some(format!("{} came with it", count(u64::from(many), "file", "files"))),
    };
    let scanned = match &said.scanned {
        infected @ Scanned::Infected { .. } => infected.kept_back().map(|why| format!("It {why}")),
        not => not.label().filter(|_| files.is_some()).map(|label| capital(&label)),
    };
    let said: Vec<String> = files
        .into_iter()
        .chain(scanned)
        .map(|words| format!("{words}."))
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What can be done with a message that is set aside so.
fn choices(fate: Fate, has_case: bool) -> Vec<Choice> {
    match fate {
        Fate::Waits if has_case => vec![Choice::Put, Choice::Case, Choice::Spam],
        Fate::Bounce | Fate::Spam => vec![Choice::Case],
        _ => vec![Choice::Case, Choice::Spam],
    }
}

/// Whether it is proven who sent it, as staff read it beside an e-mail.
pub(crate) fn sender(authentic: &Authentic) -> Tag {
    match authentic {
        Authentic::Yes { .. } => Tag::new("Sender proven", Tone::Good),
        Authentic::No { .. } => Tag::new("Sender not proven", Tone::Warn),
        Authentic::Unknown => Tag::new("Sender not checked", Tone::Grey),
    }
}

fn reported(report: &Report) -> Option<String> {
    let recipient = report.recipients.first()?;
    let reason = (recipient.reason != Reason::Unknown).then(|| recipient.reason.words());
    let what = reason.unwrap_or_else(|| report.kind.words());
    let code = recipient
        .status
        .as_ref()
        .map(|status| format!(" ({status})"))
        .unwrap_or_default();
    Some(match &recipient.address {
        Some(address) => format!("{address}: {what}{code}."),
        None => format!("{}{code}.", capital(what)),
    })
}
