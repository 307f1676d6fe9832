//! What the door answers: a code of three digits, a code that says more (RFC 3463), and words.

use std::fmt::Write as _;

use smtp_proto::Error;

use super::super::{NotTaken, Why};

/// An answer of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    more: &'static str,
    words: String,
}

impl Reply {
    pub(super) fn new(code: u16, more: &'static str, words: impl Into<String>) -> Reply {
        Reply {
            code,
            more,
            words: words.into(),
        }
    }

    /// What cannot be done in this order.
    pub(super) fn out_of_order(words: &str) -> Reply {
        Reply::new(503, "5.5.1", words)
    }

    /// What came cannot be understood, or not be done.
    pub(super) fn not_understood(error: &Error) -> Reply {
        match error {
            Error::InvalidSenderAddress => Reply::new(501, "5.1.7", "That is no address of a sender"),
            Error::InvalidRecipientAddress => Reply::new(501, "5.1.3", "That is no address"),
            Error::UnsupportedParameter { .. } => Reply::new(555, "5.5.4", "That parameter is not known here"),
            Error::InvalidParameter { .. } => Reply::new(501, "5.5.4", "That parameter makes no sense"),
            Error::SyntaxError { .. } => Reply::new(501, "5.5.2", "That cannot be understood"),
            _ => Reply::new(500, "5.5.1", "That command is not known here"),
        }
    }

    /// Why a message is not taken. It is always worth another try: the sender keeps it.
    pub(super) fn not_taken(not: &NotTaken) -> Reply {
        match not.why {
            Why::Full => Reply::new(452, "4.3.1", "There is no room for it now"),
            Why::Passing | Why::Broken => Reply::new(451, "4.3.0", "It cannot be kept now"),
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut line = String::new();
        let _ = writeln!(line, "{} {} {}\r", self.code, self.more, self.words);
        out.extend_from_slice(line.as_bytes());
    }
}

/// The greeting and what the door can do.
pub(super) fn extensions(name: &str, size_limit: u64, out: &mut Vec<u8>) {
    let can = [
        "PIPELINING",
        "8BITMIME",
        "SMTPUTF8",
        &format!("SIZE {size_limit}"),
        "ENHANCEDSTATUSCODES",
    ];
    out.extend_from_slice(format!("250-{name}\r\n").as_bytes());
    for can in can {
        out.extend_from_slice(format!("250-{can}\r\n").as_bytes());
    }
    out.extend_from_slice(b"250 CHUNKING\r\n");
}
