//! What may be done with a case, told as stories with the clock stopped; what is stored, held in golden files.
#![allow(clippy::unwrap_used)]

mod before_triage;
mod confidential;
mod consent;
mod contact;
mod delivery;
mod diagram;
mod ending;
mod escalation;
mod events;
mod frontline;
mod glass;
mod golden;
mod group;
mod histories;
mod intake;
mod investigating;
mod investigation;
mod mail;
mod more_time;
mod new_issue;
mod question;
mod receipt;
mod recount;
mod redaction;
mod regime;
mod reported;
mod samples;
mod sealing;
mod separation;
mod sign_off;
mod time;
mod triage;
mod unseen;
mod vip;
