//! The fields that say whom of staff a complaint is about (R28).

use hypertext::prelude::*;

use super::form::{FormState, Pick};

/// Boxes for people with an account, and a line for anybody else. Fields: `about` (several), `about_others`.
pub fn staff_named<'a>(form: &'a FormState, staff: &'a [Pick]) -> impl Renderable + 'a {
    maud! {
        (form.boxes("about", "Whom of us is it about?", staff)
            .hint("From now on they cannot see it or find it, and have no part in it, whatever their roles."))
        (form.text("about_others", "Anybody who is not in the list")
            .hint("A name, or words that describe them: “the man at the desk on Monday night”."))
    }
}
