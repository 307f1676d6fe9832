//! The directory read from a real OpenLDAP server, and what happens when that is wrong, slow, cut off or somebody else.

mod reading;
mod support;
mod trouble;
