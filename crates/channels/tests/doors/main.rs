//! The doors of mail: a door for mail servers, mailboxes that are read, and whoever is asked for tokens, to read mail and to send it. Where it concerns the protocol, against the servers
//! that institutions have; where it concerns faults, against ones that have them.

mod cut_lines;
mod fake_imap;
mod hand_over;
mod house;
mod imap_faults;
mod imap_servers;
mod large_mailbox;
mod lmtp;
mod postfix;
mod scan;
mod sending;
#[path = "../server/mod.rs"]
mod server;
mod servers;
mod shelf;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod trial;
