//! The part of a receipt that a person reads: labelled lines in plain words, written and read back exactly.

use jiff::civil::{Date, DateTime};

use super::super::block::BlockError;
use super::super::text::is_line;

const TITLE: &str = "Feedback and complaints: receipt";
const REFERENCE: &str = "Reference     ";
const CODE: &str = "Receipt code  ";
const RECEIVED: &str = "Received      ";
const DECISION_DUE: &str = "Decision due  ";
const TRACK: &str = "Track it or add to it: ";
const KEEP_PRIVATE: &str = "Keep the code private. Anyone who has it can read what you sent us.";
const ABOUT_THE_PROOF: &str = "The lines below are for a computer. With them anyone can check that we have not changed or removed our record of this.";

/// "Monday 12 October 2026", as DESIGN asks for dates: in full, with the weekday.
const DATE: &str = "%A %-d %B %Y";
/// "Monday 12 October 2026, 2:05pm".
const DATE_TIME: &str = "%A %-d %B %Y, %-I:%M%P";

/// What a receipt says in words (R18, R85).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptHead {
    /// Whose service it is, as in "Calderbrook University IT Services".
    pub service: String,
    /// The reference of the case, as in "FC-10482".
    pub reference: String,
    /// The code that opens the case to whoever holds it.
    pub code: String,
    /// When we received it by the clock on the wall where the service is (A2). Seconds are dropped.
    pub received: DateTime,
    /// The day by whose end we owe a decision; none for feedback that asks for no decision.
    pub decision_due_on: Option<Date>,
    /// Where to follow the case.
    pub track_url: String,
}

/// Why a text is not a receipt, or a receipt cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptTextError {
    /// A field is empty, or holds a line feed or control character.
    #[error("the {0} of the receipt is empty or does not fit on one line")]
    Field(&'static str),
    /// A line of the head is missing or has another wording.
    #[error("the receipt lacks the line \"{0}\"")]
    LineMissing(&'static str),
    /// A date or time is not written in full, or its weekday is wrong.
    #[error("\"{0}\" in the receipt is not a date written in full with its weekday")]
    Date(String),
    /// Lines that do not belong to a receipt.
    #[error("the receipt has a line too many: \"{0}\"")]
    LineTooMany(String),
    /// The part for a computer is missing.
    #[error("the receipt has no line \"===== begin proof =====\"")]
    NoProof,
    /// The part for a computer has no end, or something follows it.
    #[error("the receipt does not end with the line \"===== end proof =====\"")]
    ProofUnfinished,
    /// The part for a computer is malformed.
    #[error("the proof in the receipt cannot be read: {0}")]
    Proof(#[from] BlockError),
}

impl ReceiptHead {
    /// The head with its time cut to the minute, if each of its texts fits on a line.
    pub(super) fn checked(self) -> Result<Self, ReceiptTextError> {
        let texts = [
            ("service", &self.service),
            ("reference", &self.reference),
            ("receipt code", &self.code),
            ("address", &self.track_url),
        ];
        for (name, text) in texts {
            if !is_line(text) || text.trim() != text {
                return Err(ReceiptTextError::Field(name));
            }
        }
        let time = self.received.time();
        let received = self.received.date().at(time.hour(), time.minute(), 0, 0);
        Ok(Self { received, ..self })
    }

    pub(super) fn to_text(&self) -> String {
        let due = self
            .decision_due_on
            .map(|date| format!("{DECISION_DUE}{}\n", date.strftime(DATE)));
        format!(
            "{}\n{TITLE}\n\n{REFERENCE}{}\n{CODE}{}\n{RECEIVED}{}\n{}\n{TRACK}{}\n{KEEP_PRIVATE}\n\n{ABOUT_THE_PROOF}\n",
            self.service,
            self.reference,
            self.code,
            self.received.strftime(DATE_TIME),
            due.unwrap_or_default(),
            self.track_url,
        )
    }

    pub(super) fn parse(text: &str) -> Result<Self, ReceiptTextError> {
        let mut lines = Lines { rest: text };
        let service = lines.labelled("")?.to_owned();
        lines.exact(TITLE)?;
        lines.exact("")?;
        let reference = lines.labelled(REFERENCE)?.to_owned();
        let code = lines.labelled(CODE)?.to_owned();
        let received = parse_date_time(lines.labelled(RECEIVED)?)?;
        let decision_due_on = match lines.rest.starts_with(DECISION_DUE) {
            true => Some(parse_date(lines.labelled(DECISION_DUE)?)?),
            false => None,
        };
        lines.exact("")?;
        let track_url = lines.labelled(TRACK)?.to_owned();
        lines.exact(KEEP_PRIVATE)?;
        lines.exact("")?;
        lines.exact(ABOUT_THE_PROOF)?;
        match lines.rest.split('\n').next() {
            Some("") | None => Self {
                service,
                reference,
                code,
                received,
                decision_due_on,
                track_url,
            }
            .checked(),
            Some(more) => Err(ReceiptTextError::LineTooMany(more.to_owned())),
        }
    }
}

struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Lines<'a> {
    /// The rest of a line that begins with `label`.
    fn labelled(&mut self, label: &'static str) -> Result<&'a str, ReceiptTextError> {
        let missing = ReceiptTextError::LineMissing(label.trim_ascii_end());
        let (line, rest) = self.rest.split_once('\n').ok_or(missing.clone())?;
        self.rest = rest;
        line.strip_prefix(label).ok_or(missing)
    }

    /// A line that is all label.
    fn exact(&mut self, line: &'static str) -> Result<(), ReceiptTextError> {
        match self.labelled(line)? {
            "" => Ok(()),
            more => Err(ReceiptTextError::LineTooMany(format!("{line}{more}"))),
        }
    }
}

/// Reads a date and writes it again, so that only the one spelling is accepted.
fn parse_date(text: &str) -> Result<Date, ReceiptTextError> {
    let date = Date::strptime(DATE, text)
        .ok()
        .filter(|date| date.strftime(DATE).to_string() == text);
    date.ok_or_else(|| ReceiptTextError::Date(text.to_owned()))
}

/// Reads a date with a time and writes it again, so that only the one spelling is accepted.
fn parse_date_time(text: &str) -> Result<DateTime, ReceiptTextError> {
    let time = DateTime::strptime(DATE_TIME, text)
        .ok()
        .filter(|time| time.strftime(DATE_TIME).to_string() == text);
    time.ok_or_else(|| ReceiptTextError::Date(text.to_owned()))
}
