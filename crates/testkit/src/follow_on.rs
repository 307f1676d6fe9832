//! Random acts on follow-on actions, for histories that nobody thought of (R10).

use jiff::civil::Date;
use rules::case::Refused;
use rules::follow_on::act::{self, Charge};
use rules::follow_on::event::Published;
use rules::follow_on::publish::{publish, unpublish};
use rules::follow_on::{FollowOn, FollowOnEvent};
use rules::people::Person;

/// What the rule answers to the act of this number, whatever number it is; reporting done is tried twice as often as any other.
///
/// # Errors
/// What the rule refuses.
pub fn tried(what: usize, action: &FollowOn, by: &Person, today: Date) -> Result<FollowOnEvent, Refused> {
    let charge = Charge {
        owner: "Networks".to_owned(),
        due_on: today.checked_add(jiff::Span::new().days(20)).ok(),
    };
    match what % 9 {
        0 => act::accept(action, &charge, by, today),
        1 => act::start(action, "", by),
        2 | 3 => act::report_done(action, "Done", by),
        4 => act::verify(action, "Seen", by),
        5 => act::send_back(action, "Not all", by),
        6 => act::change(action, &charge, "Late", by, today),
        7 => act::drop(action, "No money; told by letter", by),
        _ if action.published.is_some() => unpublish(action, "It broke", by),
        _ => {
            let wording = Published {
                you_said: "It drops".to_owned(),
                we_did: "It does not".to_owned(),
                service: None,
            };
            publish(action, wording, by)
        }
    }
}
