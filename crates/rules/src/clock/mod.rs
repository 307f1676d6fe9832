//! Clocks: calendars of working days, rules that count, due dates, and the account of how each date came about.

pub mod calendar;
mod calendar_file;
mod day_table;
pub mod deadline;
mod error;
mod event;
pub mod explain;
pub mod local_time;
mod moved;
mod own_calendars;
pub mod pause;
pub mod rule;
mod sentence;
mod shelf;
mod steps;
mod typed_time;
pub mod warning;
mod working_hours;
mod written_date;

pub use calendar::{Calendar, NonWorkingDay, NonWorkingKind, weekday_name};
pub use deadline::{Due, due, due_on, next_update_due};
pub use error::ClockError;
pub use event::{ClockName, StartEvent, StopEvent};
pub use explain::{Explanation, Step, StepKind};
pub(crate) use local_time::local_moment;
pub use local_time::{LocalReceipt, LocalTimeError, ReceiptTiming, end_of_local_day, happened, received_locally};
pub use moved::{brought_forward, extend, later, recomputed};
pub use own_calendars::OwnCalendars;
pub use pause::{Pause, paused};
pub use rule::{
    BreachEffect, CalendarRef, ClockRule, Count, DueTime, MonthRule, NonWorking, Recurrence, Roll, Unit, Warn,
};
pub use shelf::CalendarShelf;
pub use typed_time::typed_time;
pub use warning::warnings;
pub use written_date::{clock_time, full_date, month_name, short_date};
