//! Letters as text and HTML, from wording files that the department can edit (R16), and charts as drawings with their tables.

pub mod chart;
pub mod letter;
pub mod readability;
pub mod spoken;
