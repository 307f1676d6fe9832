//! What becomes of a message: each ends in exactly one of these (lesson 8).

use crate::coded::coded;

coded! {
    /// What became of a message. Seen = cases + added + parked holds, because nothing has two fates and nothing has none.
    pub enum Fate {
        /// It became a case of its own.
        NewCase = "new_case", "new case";
        /// It belongs to a case, and stands there as a message of the complainant.
        Added = "added_to_case", "added to a case";
        /// It seems to belong to a case and cannot prove it: a person says where it goes, or it becomes a case after a while.
        Waits = "waits_for_person", "waits for a person";
        /// A mail system reports about a letter of ours: it did not arrive, arrived late, or was read or called unwanted.
        Bounce = "bounce", "report about a letter";
        /// A machine answered: out of office, "we have your message". Nobody is acknowledged.
        AutoReply = "auto_reply", "automatic reply, parked";
        /// The mail server of the institution says that it is spam.
        Spam = "spam", "spam, parked";
        /// It is ours, or it goes round: answering it would never end.
        Loop = "loop", "mail loop, parked";
        /// We sent it to ourselves, to see whether mail goes out and comes back.
        Trial = "trial", "test message, parked";
        /// It cannot be read: it is a case all the same, with the original attached.
        Unreadable = "unreadable", "new case, not readable";
    }
}

impl Fate {
    /// True for what stands on a case of its own.
    #[must_use]
    pub const fn is_case(self) -> bool {
        matches!(self, Fate::NewCase | Fate::Unreadable)
    }

    /// True for what is kept aside, visible and without an answer (lesson 5).
    #[must_use]
    pub const fn is_parked(self) -> bool {
        matches!(
            self,
            Fate::Waits | Fate::Bounce | Fate::AutoReply | Fate::Spam | Fate::Loop | Fate::Trial
        )
    }
}
