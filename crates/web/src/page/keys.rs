//! The single keys of the staff pages and what they do: one list, for the page of preferences and for the key that shows it anywhere.

use hypertext::prelude::*;

/// The list of keys, which the key ? opens over any page.
pub(super) fn key_list() -> impl Renderable {
    maud! {
        dialog #key-list .fc-keylist aria-labelledby="key-list-heading" {
            h2 #key-list-heading .govuk-heading-m { "Keyboard shortcuts" }
            (shortcuts())
            form method="dialog" { button.govuk-button.govuk-button--secondary { "Close" } }
        }
    }
}

/// Keys and what they do.
pub fn shortcuts() -> impl Renderable {
    maud! {
        dl.fc-keys {
            @for (key, does) in SHORTCUTS {
                div { dt { kbd { (key) } } dd { (does) } }
            }
        }
    }
}

const SHORTCUTS: [(&str, &str); 10] = [
    ("/", "Search"),
    ("N", "Log a complaint"),
    ("J", "Next case: in a list, and from one case to the next of that list"),
    ("K", "Previous case"),
    ("Enter", "Open it"),
    ("U", "Write to the person"),
    ("I", "Staff-only note"),
    ("D", "Record decision"),
    ("Ctrl Enter", "Send or save what you are writing"),
    ("?", "This list"),
];
