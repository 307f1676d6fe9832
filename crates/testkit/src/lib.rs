//! A stopped clock, example cases and people for tests.
