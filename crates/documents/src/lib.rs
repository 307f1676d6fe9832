//! Letters as text and HTML, from wording files that the department can edit (R16).

pub mod letter;
pub mod readability;
pub mod spoken;
