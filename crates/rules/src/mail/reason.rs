//! Why a letter did not arrive, as one word, and what staff can do about it (R18).

use crate::coded::coded;

coded! {
    /// Why a letter did not arrive (the families of RFC 3463, told apart where people would act differently).
    pub enum Reason {
        /// Nobody has this address there (X.1.1).
        UserUnknown = "user_unknown", "there is no such mailbox";
        /// There is no such domain, or it has no mail server (X.1.2).
        DomainUnknown = "domain_unknown", "there is no such mail domain";
        /// The person has another address now (X.1.6).
        Moved = "moved", "the mailbox has moved";
        /// There is a mailbox, and it is switched off (X.2.1).
        MailboxClosed = "mailbox_closed", "the mailbox is closed";
        /// There is no room in it (X.2.2).
        MailboxFull = "mailbox_full", "the mailbox is full";
        /// A filter of the reader, or of their provider for them, takes no mail from us.
        Filtered = "filtered", "a filter of the reader turned it away";
        /// The domain says that it takes no mail at all (RFC 7505, X.1.10).
        TakesNoMail = "takes_no_mail", "the domain takes no mail";
        /// Its mail server could not be reached (X.4.1, X.4.2).
        Unreachable = "unreachable", "the mail server could not be reached";
        /// It was tried for as long as it is tried (X.4.7).
        Expired = "expired", "it was tried for too long";
        /// Our address is refused (X.1.8, X.7.1).
        SenderRefused = "sender_refused", "our address is refused";
        /// Our mail server is refused, by its address, its name or its reputation.
        ServerBlocked = "server_blocked", "our mail server is blocked";
        /// Our mail server has no name for its address (X.7.25).
        NoReverseName = "no_reverse_name", "our mail server has no reverse name";
        /// SPF, DKIM or DMARC failed (X.7.20 to X.7.27).
        NotAuthenticated = "not_authenticated", "it could not be shown that it comes from us";
        /// It broke a rule of form of the receiving server.
        Malformed = "malformed", "its form is refused";
        /// A rule of the receiving institution forbids it.
        Policy = "policy", "a rule of the other side forbids it";
        /// It wants a login or an encrypted line that it did not get (X.7.0 to X.7.14).
        Security = "security", "the other side wants a login or encryption";
        /// The server does not take mail for that domain from us.
        NoRelay = "no_relay", "the mail server does not pass mail on for that domain";
        /// It is too large (X.2.3, X.3.4).
        TooLarge = "too_large", "it is too large";
        /// Too much mail at once, for the server or for the reader (X.4.5, X.7.28).
        TooMany = "too_many", "too many letters at once";
        /// It was taken for spam.
        Spam = "spam", "it was taken for spam";
        /// It was taken for a virus.
        Virus = "virus", "it was taken for a virus";
        /// Something in it is refused: a link, a type of file (X.6.x).
        Content = "content", "something in it is refused";
        /// The servers did not understand each other (X.5.x).
        Protocol = "protocol", "the mail servers did not understand each other";
        /// The receiving server has a fault (X.3.0, X.3.5).
        ServerFault = "server_fault", "the mail server of the other side has a fault";
        /// The receiving server has no room left (X.3.1).
        ServerFull = "server_full", "the mail server of the other side is full";
        /// The report does not say, or not so that it is understood.
        Unknown = "unknown", "no reason was given";
    }
}

impl Reason {
    /// What is proposed to whoever has the case: one sentence, in the imperative.
    #[must_use]
    pub const fn proposal(self) -> &'static str {
        match self {
            Self::UserUnknown => "No such mailbox: look for a slip in the address, then ring them or write a letter.",
            Self::DomainUnknown => {
                "No such mail domain: look for a slip after the @, then ring them or write a letter."
            }
            Self::Moved => "They have another address: ask them for it by phone or letter.",
            Self::MailboxClosed => "The mailbox is closed: ring them or write a letter.",
            Self::MailboxFull => "The mailbox is full: it may work later; ring them if it is urgent.",
            Self::Filtered => {
                "A filter turned it away: ring them and ask for another address, or that they let us through."
            }
            Self::TakesNoMail => "Nobody gets mail at that domain: ring them or write a letter.",
            Self::Unreachable | Self::Expired => {
                "Their mail server did not answer for a long time: look for a slip in the address, send it again tomorrow, or ring them."
            }
            Self::TooLarge => "It is too large for their mailbox: send it again without the files, or with a link.",
            Self::TooMany | Self::ServerFault | Self::ServerFull => {
                "Their mail server has trouble: send it again tomorrow; ring them if it is urgent."
            }
            Self::Spam | Self::Virus | Self::Content => {
                "Their server takes something in it for harmful: send it again without links and files, or ring them."
            }
            Self::SenderRefused
            | Self::ServerBlocked
            | Self::NoReverseName
            | Self::NotAuthenticated
            | Self::Malformed
            | Self::Policy
            | Self::Security
            | Self::NoRelay
            | Self::Protocol => {
                "Their server refuses ours: ring them, and show this to whoever runs our mail server; other letters may fail as well."
            }
            Self::Unknown => "No reason was given: read the report, then send it again or ring them.",
        }
    }

    /// True where the same letter to the same address may arrive later.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        matches!(
            self,
            Self::MailboxFull
                | Self::Unreachable
                | Self::Expired
                | Self::TooMany
                | Self::ServerFault
                | Self::ServerFull
                | Self::Unknown
        )
    }

    /// True where it is our mail server or our domain that is refused: other letters are likely to fail as well, and people who
    /// run the mail server should know.
    #[must_use]
    pub const fn is_about_us(self) -> bool {
        matches!(
            self,
            Self::SenderRefused
                | Self::ServerBlocked
                | Self::NoReverseName
                | Self::NotAuthenticated
                | Self::Malformed
                | Self::Policy
                | Self::Security
                | Self::NoRelay
                | Self::Protocol
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_a_sentence_that_says_what_to_do() {
        for reason in Reason::ALL {
            let proposal = reason.proposal();
            assert!(
                proposal.contains(": ") && proposal.ends_with('.'),
                "{reason}: {proposal}"
            );
            assert!(
                ["ring", "ask", "send"].iter().any(|act| proposal.contains(act)),
                "{reason}: {proposal}"
            );
        }
    }

    #[test]
    fn a_missing_mailbox_is_rung_and_a_full_one_waited_for() {
        assert!(Reason::UserUnknown.proposal().starts_with("No such mailbox"));
        assert!(!Reason::UserUnknown.may_pass());
        assert!(Reason::MailboxFull.may_pass());
    }

    #[test]
    fn what_is_about_us_never_passes_by_itself_and_names_who_can_help() {
        for reason in Reason::ALL.iter().filter(|reason| reason.is_about_us()) {
            assert!(!reason.may_pass(), "{reason}");
            assert!(reason.proposal().contains("our mail server"), "{reason}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
        }
        assert_eq!(Reason::from_code("userunknown"), None);
    }
}
