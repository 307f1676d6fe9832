//! The timeline tab of a case: what was said and done, the newest first.

use casework::ActError;
use casework::desk::CaseFile;
use casework::jobs::post_lists::{self, UnderWay};
use rules::case::vocabulary::Means;
use rules::case::{Event, Recorded, State};
use rules::handling::consent::may_be_told;
use rules::letters::LetterKind;
use rules::people::{Act, Actor};

use super::brief::person;
use super::file::came_with;
use super::saying::{actor, saying};
use crate::page::timeline::{Offer, TimelineItem, TimelineKind};
use crate::staff::case::{Composer, ComposerMode, TimelineTab, Told};
use crate::staff::desk::Seat;
use crate::staff::parts::filters::Filter;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// Which entries are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// All of them.
    Everything,
    /// What the person can see.
    Theirs,
    /// What only staff can see.
    Staff,
}

impl Show {
    /// From the address: `?show=theirs`.
    pub fn from_query(text: &str) -> Show {
        match text {
            "theirs" => Show::Theirs,
            "staff" => Show::Staff,
            _ => Show::Everything,
        }
    }

    fn holds(self, kind: TimelineKind) -> bool {
        let theirs = matches!(
            kind,
            TimelineKind::Sent | TimelineKind::SentLast | TimelineKind::Received
        );
        match self {
            Show::Everything => true,
            Show::Theirs => theirs,
            Show::Staff => !theirs,
        }
    }
}

/// The tab.
pub(crate) fn tab(seat: &Seat, file: &CaseFile, show: Show, mode: ComposerMode, form: FormState) -> TimelineTab {
    let received = &file.case.received;
    TimelineTab {
        told: Told {
            words: received.words.clone(),
            to_put_right: received.wanted.clone(),
            files: came_with(file, 1),
        },
        drafts: Vec::new(),
        composer: composer(seat, file, mode, form),
        show: filters(file, show),
        items: items(seat, file, show),
        older: None,
    }
}

fn filters(file: &CaseFile, show: Show) -> Vec<Filter> {
    let href = paths::case(&file.case.reference.to_string());
    let filter = |label: &str, query: &str, this: Show| {
        let filter = Filter::new(label, &format!("{href}{query}"));
        if show == this { filter.in_force() } else { filter }
    };
    vec![
        filter("everything", "#tl", Show::Everything),
        filter(
            &format!("what {} can see", person(file)),
            "?show=theirs#tl",
            Show::Theirs,
        ),
        filter("staff only", "?show=staff#tl", Show::Staff),
    ]
}

fn items(seat: &Seat, file: &CaseFile, show: Show) -> Vec<TimelineItem> {
    let wall = seat.wall();
    let mut last_sent_marked = false;
    let mut items = Vec::new();
    // Who looked stands on the audit tab: between what was said and done it would only be in the way.
    let happened = |recorded: &&Recorded| match &recorded.event {
        Event::RecordViewed(_) => false,
        Event::FileScanned(said) => said.scanned.carries().is_some() || was_infected(file, recorded.sequence, &said.id),
        Event::CaseLinked(link) => !file.hides(&link.with),
        Event::CaseUnlinked(link) => !file.hides(&link.with),
        Event::IssueSetApart(issue) => !file.hides(&issue.to),
        _ => true,
    };
    for recorded in file.history.iter().rev().filter(happened) {
        let mut said = saying(seat, file, recorded);
        // A file stands with the words that it came with.
        if !show.holds(said.kind) || matches!(recorded.event, Event::FileAttached(_)) {
            continue;
        }
        if said.kind == TimelineKind::Sent && !last_sent_marked {
            said.kind = TimelineKind::SentLast;
            last_sent_marked = true;
        }
        items.push(TimelineItem {
            kind: said.kind,
            title: said.title,
            by: actor(seat, file, recorded.actor).filter(|_| recorded.actor != Actor::Complainant),
            lane: lane(file, said.kind),
            when: wall.when(recorded.at),
            when_machine: wall.machine(recorded.at),
            words: said.words,
            files: came_with(file, recorded.sequence),
            offer: match &recorded.event {
                Event::MessageReceived(_) => super::new_issue::beside(seat, file, recorded.sequence),
                Event::MailKept(kept) if kept.html.is_some() => Some(Offer {
                    words: "Show as it looked".to_owned(),
                    href: paths::mail_looked(&file.case.reference.to_string(), recorded.sequence),
                }),
                _ => None,
            },
        });
    }
    items
}

/// Whether a file was said to carry something before this event: then it is news that it does not.
fn was_infected(file: &CaseFile, before: u32, id: &str) -> bool {
    let earlier = file.history.iter().filter(|recorded| recorded.sequence < before);
    let mut said = earlier.filter_map(|recorded| match &recorded.event {
        Event::FileAttached(attached) if attached.id == id => Some(&attached.scanned),
        Event::FileScanned(said) if said.id == id => Some(&said.scanned),
        _ => None,
    });
    said.next_back().is_some_and(|said| said.carries().is_some())
}

/// The letters that wait to go out: it stands above what happened.
pub(crate) async fn under_way(seat: &Seat, file: &CaseFile, show: Show) -> Result<Vec<TimelineItem>, ActError> {
    if !show.holds(TimelineKind::System) {
        return Ok(Vec::new());
    }
    let letters = post_lists::under_way(seat.door.office(), &file.case.reference).await?;
    let wall = seat.wall();
    let item = |letter: UnderWay| {
        let what = letter.kind.map_or("a letter", LetterKind::words);
        let next = match letter.attempts {
            0 if letter.next_at <= file.now => String::new(),
            _ => format!(", next try {}", wall.when_inside(letter.next_at)),
        };
        TimelineItem {
            kind: TimelineKind::System,
            title: format!("{} waits to go out{next}", rules::sentence::capital(what)),
            by: None,
            lane: None,
            when: wall.when(letter.owed_at),
            when_machine: wall.machine(letter.owed_at),
            words: None,
            files: Vec::new(),
            offer: None,
        }
    };
    let by_email = |letter: &UnderWay| letter.by == Some(Means::Email);
    Ok(letters.into_iter().filter(by_email).map(item).collect())
}

fn lane(file: &CaseFile, kind: TimelineKind) -> Option<String> {
    let who = person(file);
    match kind {
        TimelineKind::Sent | TimelineKind::SentLast => Some(format!("{} can see this", rules::sentence::capital(&who))),
        TimelineKind::Received => Some(format!("From {who}")),
        TimelineKind::StaffOnly | TimelineKind::Trouble => Some("Staff only".to_owned()),
        TimelineKind::System => None,
    }
}

fn composer(seat: &Seat, file: &CaseFile, mode: ComposerMode, form: FormState) -> Option<Composer> {
    // Words that came back are shown even where they cannot be sent any more: nobody loses a draft to a case that was closed meanwhile.
    let closed = matches!(file.case.state, State::Closed(..)) && form.answers.get("message").is_empty();
    if !seat.may(Act::Write) || (closed && mode == ComposerMode::Write) {
        return None;
    }
    let who = person(file);
    let by_email = super::letter::goes_by_email(file);
    let goes = match &by_email {
        Some(_) => "sent by email and shown on the tracking page".to_owned(),
        None => "shown on the tracking page, because there is no email address to write to".to_owned(),
    };
    let written = match by_email {
        Some(_) => "Send it by email",
        None => "Show it on the tracking page",
    };
    let mut ways = vec![Pick::new("letter", written)];
    ways.extend(
        [
            ("phone", "by phone"),
            ("in_person", "in person"),
            ("chat", "in the chat"),
        ]
        .map(|(code, how)| Pick::new(code, &format!("I told {who} {how}; keep this as what I said"))),
    );
    let to = by_email.as_ref().map(|address| format!("It goes to {address}."));
    let owed = file.update_date().map(|update| {
        format!(
            "An update is owed by the end of {}.",
            seat.wall().day_inside(update.due_on)
        )
    });
    let hints: Vec<String> = to.into_iter().chain(owed).collect();
    let hint = (!hints.is_empty()).then(|| hints.join(" "));
    Some(Composer {
        mode,
        goes,
        hint,
        starter: None,
        ways,
        held: may_be_told(&file.case).err().map(|refused| refused.to_string()),
        interruption: None,
        file_limits: seat.door.office().file_limits().words(),
        form,
    })
}
