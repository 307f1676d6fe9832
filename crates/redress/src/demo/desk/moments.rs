//! Moments counted back from the end of the year, so that the desks look alike at whatever hour of whatever day it is loaded.

use jiff::{SignedDuration, Timestamp};

use crate::demo::DemoError;
use crate::demo::days::Days;

/// Minutes after midnight between which staff act.
const AT_WORK: (i64, i64) = (8 * 60 + 40, 17 * 60 + 20);

/// The moments of one loading.
#[derive(Debug)]
pub(in crate::demo) struct Moments<'a> {
    /// The data file that names them.
    pub(in crate::demo) file: &'static str,
    pub(in crate::demo) days: &'a Days,
    pub(in crate::demo) until: Timestamp,
}

impl Moments<'_> {
    /// Reads a moment: "-4 10:12", "9 min", "50 min at work".
    pub(in crate::demo) fn read(&self, text: &str) -> Result<Timestamp, DemoError> {
        let odd = || DemoError::Data {
            file: self.file,
            reason: format!("no moment is called `{text}`"),
        };
        if let Some(minutes) = text.strip_suffix(" min at work") {
            return self.at_work(minutes.parse().map_err(|_| odd())?);
        }
        if let Some(minutes) = text.strip_suffix(" min") {
            let minutes = minutes.parse().map_err(|_| odd())?;
            return Ok(self.until - SignedDuration::from_mins(minutes));
        }
        let (back, time) = text.split_once(' ').ok_or_else(odd)?;
        let (hour, minute) = time.split_once(':').ok_or_else(odd)?;
        let back: i64 = back.parse().map_err(|_| odd())?;
        let hour: i64 = hour.parse().map_err(|_| odd())?;
        let minute: i64 = minute.parse().map_err(|_| odd())?;
        if back >= 0 {
            return Err(odd());
        }
        self.on_day(back, hour * 60 + minute)
    }

    /// So many minutes before the end where somebody is at work then; else as long before the end of the last day of work.
    fn at_work(&self, minutes: i64) -> Result<Timestamp, DemoError> {
        let today = self.days.day(self.until);
        let last = self.until.min(self.days.at(today, AT_WORK.1)?) - SignedDuration::from_mins(minutes);
        if self.days.calendar().is_working_day(today) && last >= self.days.at(today, AT_WORK.0)? {
            return Ok(last);
        }
        self.on_day(-1, AT_WORK.1 - minutes)
    }

    fn on_day(&self, back: i64, minutes: i64) -> Result<Timestamp, DemoError> {
        let day = self.days.working_day(self.days.day(self.until), back)?;
        Ok(self.days.at(day, minutes)?)
    }
}
