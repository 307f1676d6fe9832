//! What may be done with a case while it is handled: one rule per act, each answering a change or a refusal.

pub mod attach;
pub mod awaited;
pub mod close;
pub mod consent;
pub mod contact;
pub mod correct;
pub mod decide;
pub mod draft;
pub mod entry;
pub mod escalate;
pub mod extend;
pub mod grounds;
pub mod group;
pub mod hand_over;
pub mod link;
pub mod on_the_spot;
pub mod post;
pub mod recount;
pub mod send_again;
pub mod sign_off;
mod start;
pub mod tell;
pub mod triage;
pub mod unsent;
pub mod vip;
pub mod watch;
