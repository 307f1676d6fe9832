//! Clients that complain, each with a form whose key stays the same however often it has to be sent.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::http::{self, Answer};
use crate::pause;

/// How long a client waits before it sends a form again that nobody answered, or that was answered with an error.
const AGAIN: Duration = Duration::from_millis(25);

/// A form that was answered with "saved".
#[derive(Debug, Clone)]
pub(crate) struct Saved {
    /// The number of the form, which stands in its words and in the address of who sent it.
    pub(crate) form: usize,
    /// The reference that was given out.
    pub(crate) reference: String,
    /// What [`Load::mark`] said right after the answer.
    pub(crate) mark: u64,
}

/// What the clients did so far, together.
pub(crate) struct Load<'a> {
    /// The nodes, any of which may take any form.
    pub(crate) nodes: Vec<SocketAddr>,
    /// How long a client rests after a form that was saved.
    pub(crate) rest: Duration,
    /// Asked after each answer: how far something else is at that moment.
    pub(crate) mark: &'a (dyn Fn() -> u64 + Sync),
    next: AtomicUsize,
    done: AtomicBool,
    saved: Mutex<Vec<Saved>>,
    /// How often nobody answered, or the connection broke.
    broken: AtomicUsize,
    refused: Mutex<Vec<Answer>>,
}

impl<'a> Load<'a> {
    pub(crate) fn on(nodes: Vec<SocketAddr>, rest: Duration) -> Load<'a> {
        Load {
            nodes,
            rest,
            mark: &|| 0,
            next: AtomicUsize::new(1),
            done: AtomicBool::new(false),
            saved: Mutex::default(),
            broken: AtomicUsize::new(0),
            refused: Mutex::default(),
        }
    }

    /// Runs so many clients beside what happens to the server; when that is over, each sees to it that its form is saved, and ends.
    pub(crate) fn beside<T>(&self, clients: usize, happening: impl FnOnce() -> T) -> T {
        std::thread::scope(|scope| {
            let working: Vec<_> = (0..clients).map(|_| scope.spawn(|| self.client())).collect();
            let happened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(happening));
            self.done.store(true, Ordering::Relaxed);
            match happened {
                Ok(happened) => {
                    working.into_iter().for_each(|client| client.join().unwrap());
                    happened
                }
                Err(panic) => {
                    // Nobody may ever answer them any more.
                    self.next.store(usize::MAX, Ordering::Relaxed);
                    std::panic::resume_unwind(panic)
                }
            }
        })
    }

    fn client(&self) {
        while !self.done.load(Ordering::Relaxed) {
            let form = self.next.fetch_add(1, Ordering::Relaxed);
            while !self.send(form) {
                if self.next.load(Ordering::Relaxed) == usize::MAX {
                    return;
                }
                pause(AGAIN);
            }
            // Who is unsure presses the button twice, and is told the same.
            if form.is_multiple_of(10) {
                self.send(form);
            }
            pause(self.rest);
        }
    }

    /// Sends a form once; true when it is saved.
    pub(crate) fn send(&self, form: usize) -> bool {
        let node = self.nodes[form % self.nodes.len()];
        // A node that is away is left for the next one.
        let answer = http::post(node, "/complain", &words(form)).or_else(|error| {
            self.broken.fetch_add(1, Ordering::Relaxed);
            let other = self.nodes[(form + 1) % self.nodes.len()];
            if other == node {
                Err(error)
            } else {
                http::post(other, "/complain", &words(form))
            }
        });
        let Ok(answer) = answer else { return false };
        if answer.status != 303 {
            self.refused.lock().unwrap().push(answer);
            return false;
        }
        let cookie = answer.header("set-cookie").expect("the way back");
        let reference = cookie.strip_prefix("case=").and_then(|rest| rest.split('.').next());
        self.saved.lock().unwrap().push(Saved {
            form,
            reference: reference.expect("a reference").to_owned(),
            mark: (self.mark)(),
        });
        true
    }

    pub(crate) fn saved(&self) -> Vec<Saved> {
        self.saved.lock().unwrap().clone()
    }

    /// How many answers said "saved" so far.
    pub(crate) fn count(&self) -> usize {
        self.saved.lock().unwrap().len()
    }

    /// How often nobody answered.
    pub(crate) fn broken(&self) -> usize {
        self.broken.load(Ordering::Relaxed)
    }

    /// The answers that said anything but "saved", taken out.
    pub(crate) fn refused(&self) -> Vec<Answer> {
        std::mem::take(&mut *self.refused.lock().unwrap())
    }
}

/// The words by which a form is known again.
pub(crate) const KNOWN_BY: &str = "This is form number ";

/// The address of who sends a form.
pub(crate) fn sender(form: usize) -> String {
    format!("sender-{form}@students.example")
}

fn words(form: usize) -> String {
    format!(
        "key=form{form}&what={}{form}.+The+network+was+away+again.&want=A+network&who=student&name=Sender+{form}&email={}&reply=email",
        KNOWN_BY.replace(' ', "+"),
        sender(form).replace('@', "%40")
    )
}
