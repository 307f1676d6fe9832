//! Pieces that several staff pages are made of: panels, facts, tags, the queue table, letters, checks.

pub mod answers;
pub mod case_head;
pub mod changes;
pub mod checks;
pub mod facts;
pub mod filters;
pub mod form;
pub mod group_panel;
pub mod letter;
mod letter_sample;
pub mod line_diff;
pub mod link;
pub mod list_table;
pub mod marked_words;
pub mod notice;
pub mod one_file;
pub mod panel;
pub mod people_select;
pub mod queue;
mod queue_sample;
pub mod staff_named;
pub mod table;
pub(in crate::staff) mod table_file;
pub mod tag;
