//! How long cases are kept: classes, days, what keeps a case, and what stands on record of one that is gone (P40).

mod acts;
mod classes;
mod days;
mod record;
