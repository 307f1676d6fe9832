//! What is kept of a message while it is read: its texts, and what it carries.

use rules::mail::Carried;

use crate::stream::{Event, Kind, Leaf, Role, one_line};
use crate::words::choose::{Form, Node, Text};
use crate::words::{calendar, charset, flowed};

/// How much of one text is read, in bytes; a book has about as much.
const TEXT: usize = 1024 * 1024;
/// How much is read of all texts together.
const TEXTS: usize = 2 * 1024 * 1024;
/// How much of a calendar entry, or of a message inside, is looked at.
const GLANCE: usize = 32 * 1024;
/// How many calendar entries are told.
const ENTRIES: usize = 20;

/// What is said of a message that is encrypted.
pub(super) const ENCRYPTED: &str = "It is encrypted, and was not opened.";
/// What is said of one that is at least signed so that its words are inside.
pub(super) const SEALED: &str = "It is signed or encrypted with S/MIME, and was not opened.";
const TOO_LONG: &str = "Its text is too long to be shown whole; the rest stands in the original.";

/// What is kept so far.
#[derive(Debug)]
pub(super) struct Gathered {
    /// The multiparts that are open, each with what it holds; the first is the message.
    nodes: Vec<(Kind, Vec<Node>)>,
    open: Vec<Open>,
    room: usize,
    found: Found,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Its texts, in the tree in which they stand.
    pub tree: Node,
    /// What its calendar entries say.
    pub lines: Vec<String>,
    /// What it carries, and what each is.
    pub carried: Vec<(Role, Carried)>,
    /// What could not be understood.
    pub oddities: Vec<String>,
    has_formatted: bool,
}

/// A part that is being read.
#[derive(Debug)]
struct Open {
    number: u32,
    leaf: Leaf,
    bytes: Vec<u8>,
    limit: usize,
    size: u64,
}

impl Default for Gathered {
    fn default() -> Self {
        Self {
            nodes: vec![(Kind::Mixed, Vec::new())],
            open: Vec::new(),
            room: TEXTS,
            found: Found {
                tree: Node::Parts(Kind::Mixed, Vec::new()),
                lines: Vec::new(),
                carried: Vec::new(),
                oddities: Vec::new(),
                has_formatted: false,
            },
        }
    }
}

impl Gathered {
    /// Takes what happened next.
    pub(super) fn take(&mut self, event: Event) {
        match event {
            Event::Enters(kind) => self.nodes.push((kind, Vec::new())),
            Event::Leaves => self.leave(),
            Event::Opens(number, leaf) => self.open(number, leaf),
            Event::Bytes(bytes) => self.bytes(&bytes),
            Event::Closes => self.close(),
            Event::Named(number, name) => self.learn(number, |carried| carried.name = Some(name)),
            Event::Typed(number, said_type) => self.learn(number, |carried| carried.said_type = said_type),
            Event::FormattedOnly => self.found.has_formatted = true,
            Event::Oddity(words) => self.found.odd(words),
        }
    }

    /// What was found, at the end.
    pub(super) fn found(mut self) -> Found {
        while self.nodes.len() > 1 {
            self.leave();
        }
        let nodes = self.nodes.pop().map(|(_, nodes)| nodes).unwrap_or_default();
        self.found.tree = Node::Parts(Kind::Mixed, nodes);
        if self.found.has_formatted && self.found.tree.words().is_empty() {
            self.found
                .odd("Its words are in a form of Microsoft's that is not read; they stand in the original.");
        }
        self.found
    }

    fn leave(&mut self) {
        if self.nodes.len() > 1
            && let Some((kind, nodes)) = self.nodes.pop()
            && !nodes.is_empty()
        {
            self.add(Node::Parts(kind, nodes));
        }
    }

    fn add(&mut self, node: Node) {
        if let Some((_, nodes)) = self.nodes.last_mut() {
            nodes.push(node);
        }
    }

    fn open(&mut self, number: u32, leaf: Leaf) {
        let limit = match leaf.role {
            Role::Plain | Role::Html => TEXT.min(self.room),
            Role::Calendar | Role::Message => GLANCE,
            _ => 0,
        };
        let is_carried = !matches!(leaf.role, Role::Plain | Role::Html | Role::Nothing);
        if is_carried {
            let carried = Carried {
                part: number,
                name: leaf.name.clone(),
                said_type: leaf.said_type.clone(),
                size: 0,
                inline: leaf.inline,
            };
            self.found.carried.push((leaf.role, carried));
        }
        self.found.note_sealed(&leaf.said_type);
        self.open.push(Open {
            number,
            leaf,
            bytes: Vec::new(),
            limit,
            size: 0,
        });
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let Some(open) = self.open.last_mut() else { return };
        open.size += bytes.len() as u64;
        let kept = bytes.len().min(open.limit - open.bytes.len());
        open.bytes.extend_from_slice(&bytes[..kept]);
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.leaf.role {
            Role::Plain | Role::Html => self.text(&open),
            Role::Calendar => {
                let (text, _) = charset::decoded(&open.bytes, open.leaf.charset.as_deref().or(Some("utf-8")));
                if self.found.lines.len() < ENTRIES {
                    self.found.lines.extend(calendar::line(&text));
                    self.found.lines.dedup();
                }
                self.learn(open.number, |carried| {
                    carried.name = carried.name.take().or(Some("invitation.ics".to_owned()))
                });
            }
            Role::Message => {
                let name = subject(&open.bytes).unwrap_or_else(|| "message".to_owned());
                self.learn(open.number, |carried| {
                    carried.name = carried.name.take().or(Some(format!("{name}.eml")))
                });
            }
            Role::Report | Role::Tnef | Role::File | Role::Nothing => {}
        }
        self.learn(open.number, |carried| carried.size = open.size);
    }

    fn text(&mut self, open: &Open) {
        if open.size > open.bytes.len() as u64 {
            self.found.odd(TOO_LONG);
        }
        self.room -= open.bytes.len().min(self.room);
        let (text, odd) = charset::decoded(&open.bytes, open.leaf.charset.as_deref());
        if let Some(odd) = odd {
            self.found.odd(odd);
        }
        let (form, text) = match open.leaf.role {
            Role::Html => (Form::Html, text),
            _ => (Form::Plain, flowed::joined(&text, open.leaf.lines)),
        };
        if !text.trim().is_empty() {
            self.add(Node::Text(Text { form, text }));
        }
    }

    /// Changes what is known of a part that is carried; parts come in the order of their numbers.
    fn learn(&mut self, number: u32, change: impl FnOnce(&mut Carried)) {
        let place = self
            .found
            .carried
            .binary_search_by_key(&number, |(_, carried)| carried.part);
        if let Ok(place) = place {
            change(&mut self.found.carried[place].1);
        }
    }
}

impl Found {
    /// Notes something odd, once.
    fn odd(&mut self, words: &str) {
        if !self.oddities.iter().any(|known| known == words) {
            self.oddities.push(words.to_owned());
        }
    }

    fn note_sealed(&mut self, said_type: &str) {
        match said_type {
            "application/pgp-encrypted" => self.odd(ENCRYPTED),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => self.odd(SEALED),
            _ => {}
        }
    }
}

/// The subject of a message that came inside, for its name.
fn subject(beginning: &[u8]) -> Option<String> {
    let parsed = mail_parser::MessageParser::default().parse_headers(beginning)?;
    let subject = one_line(parsed.subject()?, 100);
    let plain: String = subject
        .chars()
        .map(|one| if matches!(one, '/' | '\\' | ':') { '-' } else { one })
        .collect();
    Some(plain).filter(|plain| !plain.trim().is_empty())
}
