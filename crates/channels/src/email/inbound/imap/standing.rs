//! How a mailbox stands, for the pages and for whoever looks after it.

use jiff::Timestamp;

/// How a mailbox stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// What the mailbox is called.
    pub mailbox: String,
    /// True while another node reads it.
    pub elsewhere: bool,
    /// Since when it is connected; nothing while it is not.
    pub connected_since: Option<Timestamp>,
    /// When it was last reached.
    pub reached_at: Option<Timestamp>,
    /// When the last message came in from it.
    pub last_message_at: Option<Timestamp>,
    /// How many messages came in from it since the product started.
    pub taken: u64,
    /// Why it cannot be read now, and how often that was tried.
    pub trouble: Option<(u32, String)>,
    /// Messages in it that cannot be taken: their numbers, and why.
    pub skipped: Vec<(u32, String)>,
    /// What could not be done with messages on the server that are kept here.
    pub left: Option<String>,
}

impl Standing {
    /// In a sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        if self.elsewhere {
            return "Another node reads it; this one does when that one ends.".to_owned();
        }
        let mut words = match (&self.trouble, self.connected_since) {
            (Some((times, why)), _) => format!("Not connected: {why}. Tried {times} times."),
            (None, Some(since)) => format!("Connected since {since:.0}."),
            (None, None) => "Not connected yet.".to_owned(),
        };
        match self.last_message_at {
            Some(at) => words.push_str(&format!(
                " The last message came at {at:.0}; {} since the start.",
                self.taken
            )),
            None => words.push_str(" No message has come in since the start."),
        }
        if let Some((uid, why)) = self.skipped.first() {
            let many = self.skipped.len();
            words.push_str(&format!(
                " {many} messages could not be taken and are tried again every hour; the first is number {uid}: {why}."
            ));
        }
        if let Some(left) = &self.left {
            words.push_str(&format!(
                " Messages that are kept here stay as they were there: {left}."
            ));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_how_it_stands() {
        let at: Timestamp = "2026-11-26T12:00:00Z".parse().expect("an instant");
        let mut standing = Standing {
            mailbox: "helpline".to_owned(),
            connected_since: Some(at),
            last_message_at: Some(at),
            taken: 3,
            ..Standing::default()
        };
        assert_eq!(
            standing.words(),
            "Connected since 2026-11-26T12:00:00Z. The last message came at 2026-11-26T12:00:00Z; 3 since the start."
        );
        standing.trouble = Some((4, "cannot sign in: no".to_owned()));
        standing.skipped.push((9, "odd".to_owned()));
        let words = standing.words();
        assert!(
            words.starts_with("Not connected: cannot sign in: no. Tried 4 times."),
            "{words}"
        );
        assert!(words.contains("number 9: odd"), "{words}");
        standing.elsewhere = true;
        let words = standing.words();
        assert!(
            words.starts_with("Another node reads it") && !words.contains("odd"),
            "{words}"
        );
    }
}
