//! The decision dates that a complaint gets if it reached us then: at the first stage, and where an investigation begins.

use jiff::Timestamp;
use rules::case::Setting;
use rules::deadlines::would_be_due;
use rules::handling::entry::entry_stage;
use rules::handling::grounds::Grounds;
use rules::handling::triage::first_stage;

use crate::page::words::date_long;

/// Both dates, in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    /// If the front line can settle it.
    pub first: String,
    /// If it needs an investigation.
    pub investigated: String,
}

impl Promise {
    /// The dates of a complaint that reached us at this instant.
    pub(crate) fn of(received_at: Timestamp, setting: &Setting<'_>) -> Promise {
        let (second, _) = entry_stage(&Grounds::default().investigated(), setting);
        Promise {
            first: date(first_stage(setting.procedure).number, received_at, setting),
            investigated: date(second.number, received_at, setting),
        }
    }
}

fn date(stage: u8, received_at: Timestamp, setting: &Setting<'_>) -> String {
    match would_be_due(stage, received_at, setting) {
        Ok(Some(due)) => date_long(due.due_on),
        Ok(None) => "on no fixed day".to_owned(),
        Err(_) => "on a day that the calendar does not reach yet".to_owned(),
    }
}
