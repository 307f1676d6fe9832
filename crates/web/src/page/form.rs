//! Form parts: each renders its label, hint, error and control, tied together for assistive technology.
//!
//! Every part is a small builder that renders itself, so a template says
//! `(TextInput::new("email", "Email address").kind(InputKind::Email).value(&page.email).error(page.errors.on("email")))`.
//! The control's `id` is its name unless [`Label::id`] says otherwise, and an [`Errors`] entry links to that id.

mod button;
mod choice;
mod date_input;
mod errors;
mod field;
mod files;
mod input;
mod parts;
mod select;
mod textarea;

pub use button::{Button, ButtonLink, ButtonStyle};
pub use choice::{Checkboxes, Choice, Layout, Radios};
pub use date_input::{DateInput, DateParts};
pub use errors::{Errors, FieldError, error_summary};
pub use field::{Label, LabelSize};
pub use files::{ChooseAgain, FileInput, FileReceived};
pub(crate) use files::{MULTIPART, not_kept};
pub use input::{InputKind, TextInput, Width};
pub use parts::{Open, details, fieldset, hidden};
pub use select::Select;
pub use textarea::Textarea;

#[cfg(test)]
mod tests;
