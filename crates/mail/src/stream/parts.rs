//! The parts of a message: which is being read, which are open around it, and what a line does to them.

use std::collections::VecDeque;

use super::body::Body;
use super::head::{Head, Line};
use super::inner::{Count, Inner};
use super::leaf::{self, Leaf, Part, Role};
use super::levels::{Between, Levels};
use super::lines::Place;
use super::transfer::Transfer;
use super::{Event, Skeleton};

/// Parts beyond this number are not taken apart; the original has them.
const MOST_PARTS: u32 = 20_000;
/// How many decoded bytes are handed on at once.
const GATHERED: usize = 32 * 1024;
/// How much of a multipart without parts is kept, since that is then its text.
const PREAMBLE: usize = 256 * 1024;

/// The parts on their way in.
#[derive(Debug)]
pub(super) struct Parts {
    levels: Levels,
    state: State,
    happened: VecDeque<Event>,
    count: Count,
    skeleton: Skeleton,
    /// True while the header of the message itself is read.
    first: bool,
}

#[derive(Debug)]
enum State {
    Head(Head),
    Body(Box<Body>),
    /// Before the first part of a multipart.
    Preamble(Vec<u8>),
    /// After the last one.
    Epilogue,
    /// Nothing is taken apart any more.
    Passing,
    Ended,
}

impl Parts {
    pub(super) fn new(skeleton: Skeleton) -> Self {
        Self {
            levels: Levels::default(),
            state: State::Head(Head::of_message()),
            happened: VecDeque::new(),
            count: 0,
            skeleton,
            first: true,
        }
    }

    /// What happened first and was not asked for yet.
    pub(super) fn happened(&mut self) -> Option<Event> {
        self.happened.pop_front()
    }

    /// True when nothing more can happen.
    pub(super) fn have_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Takes a line, or a part of a long one.
    pub(super) fn meet(&mut self, bytes: &[u8], at: Place) {
        let state = std::mem::replace(&mut self.state, State::Passing);
        if matches!(state, State::Passing) {
            return;
        }
        self.place(state, bytes, at);
    }

    /// The skeleton of what was read.
    pub(super) fn into_skeleton(self) -> Vec<u8> {
        self.skeleton.into_bytes()
    }

    /// Ends whatever is open.
    pub(super) fn end(&mut self) {
        let mut state = std::mem::replace(&mut self.state, State::Ended);
        if let State::Body(body) = &mut state {
            // No boundary follows to which its last line end could belong.
            body.feed(b"");
        }
        self.finish(state);
        self.leave_to(0);
        self.state = State::Ended;
    }

    fn place(&mut self, state: State, bytes: &[u8], at: Place) {
        if matches!(state, State::Preamble(_)) && at == Place::LineStart {
            self.levels.guess(bytes);
        }
        match self.levels.boundary(bytes).filter(|_| at == Place::LineStart) {
            Some((level, between)) => self.go_between(state, level, (between, bytes)),
            None => self.take(state, bytes, at),
        }
    }

    /// Goes on with what is being read.
    fn take(&mut self, state: State, bytes: &[u8], at: Place) {
        self.state = match state {
            State::Head(mut head) => match head.take(bytes, at) {
                Line::Taken => State::Head(head),
                Line::Ends => self.begin(head, bytes),
                Line::Foreign => {
                    let state = self.begin(head, b"");
                    self.first = false;
                    return self.place(state, bytes, at);
                }
            },
            state => return self.take_body(state, bytes),
        };
        self.first &= matches!(self.state, State::Head(_));
    }

    fn take_body(&mut self, mut state: State, bytes: &[u8]) {
        match &mut state {
            State::Body(body) => {
                self.skeleton.body(bytes);
                body.feed(bytes);
                if body.gathered.len() >= GATHERED {
                    self.hand_on(body);
                }
            }
            State::Preamble(text) => {
                let room = PREAMBLE - text.len();
                text.extend_from_slice(&bytes[..bytes.len().min(room)]);
            }
            State::Head(_) | State::Epilogue | State::Passing | State::Ended => {}
        }
        self.state = if self.count > MOST_PARTS {
            self.give_up(state)
        } else {
            state
        };
    }

    fn hand_on(&mut self, body: &mut Body) {
        let gathered = std::mem::take(&mut body.gathered);
        let mut events = Vec::new();
        body.inner.feed(gathered, &mut self.count, &mut events);
        self.happened.extend(events);
    }

    /// Begins a part whose header has been read; `blank` is the empty line after it.
    fn begin(&mut self, head: Head, blank: &[u8]) -> State {
        if head.was_cut() {
            self.happened.push_back(Event::Oddity(
                "Its header is too long to be read whole; the rest stands in the original.",
            ));
        }
        if self.first && !head.is_believed() {
            return self.begin_text(head, blank);
        }
        let block = head.into_block();
        self.skeleton.head(&block);
        let inside = self.levels.kind();
        match leaf::part(&block, inside) {
            Part::Multipart { kind, boundary } if self.levels.have_room() => {
                self.count += 1;
                self.happened.push_back(Event::Enters(kind));
                self.levels.enter(kind, boundary);
                State::Preamble(Vec::new())
            }
            Part::Multipart { .. } => {
                self.happened.push_back(Event::Oddity(
                    "Its parts stand inside each other too deep to be taken apart.",
                ));
                self.open(Leaf::file(Role::File, "multipart/mixed", None), Transfer::Plain)
            }
            Part::Leaf(leaf, transfer) => self.open(leaf, transfer),
        }
    }

    /// What has no header is all text.
    fn begin_text(&mut self, head: Head, blank: &[u8]) -> State {
        let mut text = head.into_text();
        text.extend_from_slice(blank);
        self.skeleton.head(b"");
        let mut state = self.open(Leaf::plain(), Transfer::Plain);
        if let State::Body(body) = &mut state {
            self.skeleton.body(&text);
            text.split_inclusive(|byte| *byte == b'\n')
                .for_each(|line| body.feed(line));
        }
        state
    }

    fn open(&mut self, leaf: Leaf, transfer: Transfer) -> State {
        match leaf.role {
            Role::Plain | Role::Html | Role::Report | Role::Message => self.skeleton.keep_part(),
            Role::Calendar | Role::Tnef | Role::File | Role::Nothing => self.skeleton.skip_part(),
        }
        let mut events = Vec::new();
        let inner = Inner::open(leaf, &mut self.count, &mut events);
        self.happened.extend(events);
        State::Body(Box::new(Body::new(inner, transfer)))
    }

    /// Meets a line between parts.
    fn go_between(&mut self, state: State, level: usize, met: (Between, &[u8])) {
        let (between, line) = met;
        if between == Between::Parts {
            self.levels.part_begins(level);
        }
        self.finish(state);
        self.leave_to(level + 1);
        self.skeleton.boundary(line);
        self.state = match between {
            Between::Parts => State::Head(Head::default()),
            Between::End => State::Epilogue,
        };
        if self.count > MOST_PARTS {
            self.state = self.give_up(State::Epilogue);
        }
    }

    /// Ends what is being read.
    fn finish(&mut self, state: State) {
        match state {
            State::Head(head) if self.first => {
                let state = self.begin(head, b"");
                self.first = false;
                self.finish(state);
            }
            State::Head(head) => {
                // A part that ends in its header has no body; one without even a header is nothing.
                let block = head.into_block();
                if !block.is_empty() {
                    self.skeleton.head(&block);
                    if let Part::Leaf(leaf, transfer) = leaf::part(&block, self.levels.kind()) {
                        let state = self.open(leaf, transfer);
                        self.finish(state);
                    }
                }
            }
            State::Body(mut body) => {
                body.finish();
                self.hand_on(&mut body);
                let mut events = Vec::new();
                body.inner.close(&mut self.count, &mut events);
                self.happened.extend(events);
            }
            State::Preamble(text) if !self.levels.has_parts() => self.save(&text),
            State::Preamble(_) | State::Epilogue | State::Passing | State::Ended => {}
        }
    }

    /// A multipart in which no part begins: what stands in it is its text.
    fn save(&mut self, text: &[u8]) {
        if text.trim_ascii().is_empty() {
            return;
        }
        self.happened.push_back(Event::Oddity(
            "It says that it has parts, and has none: it was read as a text.",
        ));
        let state = self.open(Leaf::plain(), Transfer::Plain);
        if let State::Body(mut body) = state {
            text.split_inclusive(|byte| *byte == b'\n')
                .for_each(|line| body.feed(line));
            self.finish(State::Body(body));
        }
    }

    /// Leaves multiparts until so many are open.
    fn leave_to(&mut self, open: usize) {
        for _ in 0..self.levels.leave_to(open) {
            self.happened.push_back(Event::Leaves);
        }
    }

    fn give_up(&mut self, state: State) -> State {
        self.finish(state);
        self.happened.push_back(Event::Oddity(
            "It has more parts than are taken apart; the rest stands in the original.",
        ));
        State::Passing
    }
}
