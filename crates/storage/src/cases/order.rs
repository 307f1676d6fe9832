//! The orders of lists, and the places in them at which a page ends.

use super::CaseRow;
use crate::database::Arguments;

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The nearest decision date first; cases without one last.
    #[default]
    DueFirst,
    /// The most urgent first, then the nearest decision date (R22).
    UrgentFirst,
    /// The earliest received first.
    ReceivedFirst,
    /// The latest received first.
    RecentFirst,
}

/// Where a page of a list ended: the next one begins after it. Only good for a list of the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    urgency: i64,
    key: i64,
    number: i64,
}

impl Cursor {
    /// The place of a row in a list of this order.
    pub fn of(row: &CaseRow, order: Order) -> Cursor {
        let key = match order {
            Order::DueFirst | Order::UrgentFirst => row.due_order(),
            Order::ReceivedFirst | Order::RecentFirst => row.received_at.as_microsecond(),
        };
        Cursor {
            urgency: row.urgency,
            key,
            number: row.number,
        }
    }

    /// The cursor as a text for a link.
    pub fn to_text(&self) -> String {
        format!("{}.{}.{}", self.urgency, self.key, self.number)
    }

    /// Reads a cursor from a link; `None` when it is none.
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut parts = text.split('.').map(|part| part.parse::<i64>().ok());
        let cursor = Cursor {
            urgency: parts.next()??,
            key: parts.next()??,
            number: parts.next()??,
        };
        parts.next().is_none().then_some(cursor)
    }
}

impl Order {
    pub(super) fn columns(self) -> &'static str {
        match self {
            Order::DueFirst => "due_order, number",
            Order::UrgentFirst => "urgency DESC, due_order, number",
            Order::ReceivedFirst => "received_at, number",
            Order::RecentFirst => "received_at DESC, number DESC",
        }
    }

    /// The test that a row comes after the cursor.
    pub(super) fn past(self, after: Cursor, arguments: &mut Arguments) -> String {
        let (key, number) = (arguments.add(after.key), arguments.add(after.number));
        match self {
            Order::DueFirst => format!("(due_order, number) > ({key}, {number})"),
            Order::UrgentFirst => {
                let urgency = arguments.add(after.urgency);
                format!("(urgency < {urgency} OR (urgency = {urgency} AND (due_order, number) > ({key}, {number})))")
            }
            Order::ReceivedFirst => format!("(received_at, number) > ({key}, {number})"),
            Order::RecentFirst => format!("(received_at, number) < ({key}, {number})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_a_link() {
        let cursor = Cursor {
            urgency: 3,
            key: i64::MAX,
            number: 10_482,
        };
        assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
        for text in ["", "1", "1.2", "1.2.x", "1.2.3.4", "1.2.9223372036854775808"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
