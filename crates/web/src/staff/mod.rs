//! The office: pages for the people who handle complaints. Page structs and templates; no rule and no stored type.

pub mod actions;
pub mod all_cases;
pub mod assign;
pub mod away;
pub mod brand;
pub mod calendars;
pub mod case;
pub mod categories;
pub mod closing;
pub mod confidential;
pub mod consent;
pub mod contact;
pub mod decide;
mod desk;
pub mod escalation;
pub mod extend;
pub mod go_on;
pub mod group;
pub mod investigate;
pub mod jobs;
pub mod keeping;
pub mod kept;
pub mod letters;
pub mod log;
pub mod me;
pub mod meanwhile;
pub mod message;
pub mod my_work;
pub mod new_issue;
mod now;
pub mod office_log;
pub mod parts;
pub mod paths;
pub mod people;
pub mod procedure;
pub mod question;
pub mod regime;
pub mod reports;
pub mod review;
mod routes;
pub mod samples;
pub mod search;
pub mod serve;
pub mod sign_in;
pub mod sign_off;
pub mod stage_2;
pub mod triage;
pub mod unsent;
pub mod vips;
pub mod ways;
pub mod wording;

#[cfg(test)]
mod tests;

pub use routes::routes;
pub use samples::all_samples;
