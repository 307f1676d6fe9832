//! What happened on a case, newest first, each entry saying in words who can see it.

use hypertext::prelude::*;
use rules::case::AttachedFile;
use rules::files::{Scanned, Unscanned};

use super::form::{Open, details};
use super::icon::Icon;
use super::letter_text::{Reader, letter_text};

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineItem {
    /// Who can see it, and which way it went.
    pub kind: TimelineKind,
    /// What it is, such as "Update sent to Priya".
    pub title: String,
    /// Who did it, such as "by Amara Osei".
    pub by: Option<String>,
    /// The lane in words: "Priya can see this", "From Priya", "Staff only". System entries need none.
    pub lane: Option<String>,
    /// When, for people: "Yesterday, 4:20pm".
    pub when: String,
    /// When, for machines: "2026-10-13T16:20".
    pub when_machine: String,
    /// The words.
    pub words: Option<Words>,
    /// Files that came with it.
    pub files: Vec<TimelineFile>,
    /// What can be made of it, or was.
    pub offer: Option<Offer>,
}

/// A link beside an entry: what can be made of it, or what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// "Is this a new issue?"
    pub words: String,
    /// Where it goes.
    pub href: String,
}

/// Who can see a timeline entry. Round marks are seen by the person who complained, square ones by staff only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineKind {
    /// We sent it; the person sees it.
    Sent,
    /// The newest thing that we sent: the mark is filled.
    SentLast,
    /// The person sent it.
    Received,
    /// Staff only.
    StaffOnly,
    /// The system did it; one quiet line.
    System,
    /// The system did it and somebody must act, such as a message that could not be delivered (A8).
    Trouble,
}

/// The words of a timeline entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// As somebody typed them; a blank line starts a new paragraph.
    Typed(String),
    /// The text of a letter as it went out.
    Letter(String),
    /// A whole e-mail, of which the new words stand elsewhere: folded until somebody asks for it.
    Folded {
        /// What is to be known of it: its subject, whether it is proven who sent it, why it is here.
        about: String,
        /// All of its text.
        whole: String,
    },
}

impl Words {
    /// The words themselves.
    pub fn text(&self) -> &str {
        match self {
            Self::Typed(text) | Self::Letter(text) | Self::Folded { whole: text, .. } => text,
        }
    }
}

/// A file in a timeline entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineFile {
    /// Its name.
    pub name: String,
    /// Where it opens; nothing where nobody is handed it.
    pub href: Option<String>,
    /// What it is, how large, and for staff who sees it: "PNG picture, 214 KB, Priya can see this".
    pub about: String,
    /// What is said of viruses in it, where it is not simply clean: "not scanned for viruses: it is larger than the scanner takes".
    pub scanned: Option<String>,
}

impl TimelineFile {
    /// One that opens at `href`.
    pub fn new(name: impl Into<String>, href: impl Into<String>, about: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            href: Some(href.into()),
            about: about.into(),
            scanned: None,
        }
    }

    /// A file of a case. What carries a virus leads nowhere.
    pub fn of(attached: &AttachedFile, href: String, about: String) -> Self {
        let scanned = &attached.file.scanned;
        Self {
            name: attached.file.name.to_string(),
            href: Some(href).filter(|_| scanned.carries().is_none()),
            about,
            scanned: scanned.label(),
        }
    }

    /// One that carries something.
    #[must_use]
    pub fn sample_infected() -> Self {
        Self {
            name: "invoice.doc".to_owned(),
            href: None,
            about: "Office document of the old format, 61 KB".to_owned(),
            scanned: Scanned::infected("Doc.Dropper.Agent-1388584").label(),
        }
    }

    /// One that nobody could look into.
    #[must_use]
    pub fn sample_unscanned(href: &str) -> Self {
        Self {
            scanned: Scanned::not(Unscanned::TooLarge).label(),
            ..Self::new("recording.mp4", href, "Video, 24 MB")
        }
    }
}

/// Draws `items` in the order given. Titles are level 3 headings: put the list under a level 2 one.
pub fn timeline(items: &[TimelineItem]) -> impl Renderable {
    maud! {
        div.moj-timeline { @for entry in items { (item(entry)) } }
    }
}

/// Draws files that came with words: what each is stands beside its name, so that nobody opens one to find out.
pub fn files(files: &[TimelineFile]) -> impl Renderable {
    maud! {
        @if !files.is_empty() {
            ul.govuk-list.fc-files {
                @for file in files {
                    li {
                        @match &file.href {
                            Some(href) => { a.govuk-link.fc-file href=(href) { (file.name) } }
                            None => { span.fc-file { (file.name) } }
                        }
                        " " span.fc-muted { (file.about) }
                        @if let Some(scanned) = &file.scanned {
                            span.fc-muted { ", " }
                            @match file.href.is_some() {
                                true => { span.fc-muted { (scanned) } }
                                false => { strong { (scanned) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Draws `words` as paragraphs: a blank line starts a new one, a single line break stays a break.
pub fn paragraphs(words: &str) -> impl Renderable {
    maud! {
        @for paragraph in words.replace("\r\n", "\n").split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
            p {
                @for (n, line) in paragraph.lines().enumerate() {
                    @if n > 0 { br; }
                    (line)
                }
            }
        }
    }
}

fn item(entry: &TimelineItem) -> impl Renderable {
    maud! {
        div.moj-timeline__item.[entry.kind.class()] {
            @if entry.kind == TimelineKind::System {
                (quiet(entry))
            } @else {
                div.moj-timeline__header {
                    h3.moj-timeline__title { (entry.title) }
                    @if let Some(by) = &entry.by { p.moj-timeline__byline { (by) } }
                    (lane(entry))
                }
                p.moj-timeline__date { time datetime=(entry.when_machine) { (entry.when) } }
                (body(entry))
            }
        }
    }
}

fn quiet(entry: &TimelineItem) -> impl Renderable {
    maud! {
        div.moj-timeline__header {
            p.moj-timeline__byline {
                (entry.title)
                @if let Some(by) = &entry.by { ", " (by) }
                " · "
                time datetime=(entry.when_machine) { (entry.when) }
            }
        }
    }
}

fn lane(entry: &TimelineItem) -> impl Renderable {
    maud! {
        @if let Some(words) = &entry.lane {
            span.fc-lane.[entry.kind.lane_class()] { (entry.kind.icon()) (words) }
        }
    }
}

fn body(entry: &TimelineItem) -> impl Renderable {
    maud! {
        @if entry.words.is_some() || !entry.files.is_empty() || entry.offer.is_some() {
            div.moj-timeline__description {
                @if let Some(words) = &entry.words {
                    div.fc-note.[entry.kind.note_class()] {
                        @match words {
                            Words::Typed(text) => { (paragraphs(text)) }
                            Words::Letter(text) => { (letter_text(text, Reader::Staff)) }
                            Words::Folded { about, whole } => {
                                p { (about) }
                                (details("Show the whole message", Open::WhenAsked, maud! { (paragraphs(whole)) }))
                            }
                        }
                    }
                }
                (files(&entry.files))
                @if let Some(offer) = &entry.offer { p.govuk-body-s { a.govuk-link href=(offer.href) { (offer.words) } } }
            }
        }
    }
}

impl TimelineKind {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Sent | Self::Received => None,
            Self::SentLast => Some("moj-timeline__item--now"),
            Self::StaffOnly => Some("moj-timeline__item--staff"),
            Self::System => Some("moj-timeline__item--system"),
            Self::Trouble => Some("moj-timeline__item--trouble"),
        }
    }

    fn lane_class(self) -> Option<&'static str> {
        match self {
            Self::Sent | Self::SentLast | Self::System => None,
            Self::Received => Some("fc-lane--in"),
            Self::StaffOnly | Self::Trouble => Some("fc-lane--staff"),
        }
    }

    fn note_class(self) -> Option<&'static str> {
        match self {
            Self::Sent | Self::SentLast => Some("fc-note--out"),
            Self::StaffOnly => Some("fc-note--staff"),
            Self::Trouble => Some("fc-note--trouble"),
            Self::Received | Self::System => None,
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Sent | Self::SentLast => Icon::Send,
            Self::Received => Icon::Inbox,
            Self::StaffOnly | Self::Trouble => Icon::Lock,
            Self::System => Icon::Clock,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: TimelineKind) -> TimelineItem {
        TimelineItem {
            kind,
            title: "Note".to_owned(),
            by: Some("by Amara Osei".to_owned()),
            lane: Some("Staff only".to_owned()),
            when: "Yesterday, 11:02am".to_owned(),
            when_machine: "2026-10-13T11:02".to_owned(),
            words: Some(Words::Typed("One <script>.\n\nTwo\nlines.".to_owned())),
            files: Vec::new(),
            offer: None,
        }
    }

    #[test]
    fn a_staff_only_entry_says_so_in_words_and_is_marked() {
        let html = timeline(&[entry(TimelineKind::StaffOnly)]).render().into_inner();
        assert!(html.contains("moj-timeline__item--staff"));
        assert!(html.contains("Staff only</span>"));
    }

    #[test]
    fn words_are_escaped_and_keep_their_paragraphs() {
        let html = timeline(&[entry(TimelineKind::Received)]).render().into_inner();
        assert!(
            html.contains("<p>One &lt;script&gt;.</p><p>Two<br>lines.</p>"),
            "{html}"
        );
    }

    #[test]
    fn a_system_entry_is_one_quiet_line_without_a_heading() {
        let html = timeline(&[entry(TimelineKind::System)]).render().into_inner();
        assert!(!html.contains("<h3"));
        assert!(!html.contains("fc-note"));
    }
}
