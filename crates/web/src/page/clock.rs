//! The deadline clock: a sentence with a date, and one segment for each working day.

use hypertext::prelude::*;

use super::icon::Icon;

/// A deadline as a page shows it. The words carry the meaning; the bar repeats it for the eye only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// How pressing it is; picks colour and icon.
    pub state: ClockState,
    /// The sentence, such as "Decision due tomorrow".
    pub line: String,
    /// Working days that have passed.
    pub used: u32,
    /// Working days that the procedure gives (R63: 3, R75: 20; more when extended).
    pub total: u32,
    /// A smaller line beneath, such as "Thursday 15 October, day 2 of 3".
    pub sub: Option<String>,
}

/// How pressing a deadline is. People who complain only ever see `Ok`, `Extended` and `Done`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// On track.
    Ok,
    /// Due on the next working day.
    Soon,
    /// Due today.
    Today,
    /// Late.
    Over,
    /// Answered: the clock has stopped (A7).
    Done,
    /// Running to a new, later date (R64, R76).
    Extended,
}

/// Most segments that are drawn: two stages of 20 days; more would be thinner than a pixel on a phone.
const MOST_SEGMENTS: u32 = 40;

/// Draws `clock`.
pub fn clock(clock: &Clock) -> impl Renderable {
    let total = clock.total.min(MOST_SEGMENTS);
    maud! {
        div.fc-clock.{ "fc-clock--" (clock.state.word()) } {
            p.fc-clock__line { (clock.state.icon()) span { (clock.line) } }
            @if total > 0 {
                div.fc-clock__bar.fc-clock__bar--20[total > 10] aria-hidden="true" {
                    @for day in 0..total { i.is-used[day < clock.used] {} }
                }
            }
            @if let Some(sub) = &clock.sub { p.fc-clock__sub { (sub) } }
        }
    }
}

impl ClockState {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Soon => "soon",
            Self::Today => "today",
            Self::Over => "over",
            Self::Done => "done",
            Self::Extended => "extended",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Ok => Icon::Clock,
            Self::Soon | Self::Today => Icon::Half,
            Self::Over => Icon::Alert,
            Self::Done => Icon::Tick,
            Self::Extended => Icon::Extend,
        }
    }
}

impl Clock {
    /// A clock without a small line.
    pub fn new(state: ClockState, line: &str, used: u32, total: u32) -> Self {
        Self {
            state,
            line: line.to_owned(),
            used,
            total,
            sub: None,
        }
    }

    /// The same clock with `sub` beneath it.
    #[must_use]
    pub fn with_sub(mut self, sub: &str) -> Self {
        self.sub = Some(sub.to_owned());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(of: &Clock) -> String {
        clock(of).render().into_inner()
    }

    #[test]
    fn a_segment_is_drawn_for_each_working_day_and_filled_for_each_that_passed() {
        let drawn = html(&Clock::new(ClockState::Soon, "Decision due tomorrow", 2, 3));
        assert_eq!(drawn.matches("<i").count(), 3);
        assert_eq!(drawn.matches("is-used").count(), 2);
        assert!(!drawn.contains("fc-clock__bar--20"));
    }

    #[test]
    fn twenty_days_use_the_thin_bar() {
        let drawn = html(&Clock::new(ClockState::Ok, "Decision due Wednesday 28 October", 10, 20));
        assert!(drawn.contains("fc-clock__bar--20"));
        assert_eq!(drawn.matches("<i").count(), 20);
    }

    #[test]
    fn the_words_are_read_aloud_and_the_segments_are_not() {
        let drawn = html(&Clock::new(ClockState::Over, "Late by 1 day", 3, 3));
        assert!(drawn.contains("<span>Late by 1 day</span>"));
        assert!(drawn.contains(r#"aria-hidden="true"><i"#));
    }
}
