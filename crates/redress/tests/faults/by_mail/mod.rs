//! The whole product on the mail servers that institutions have (`cargo xtask services mail`): a complaint's whole way by mail, odd messages, a full
//! disk behind each door, and two nodes with one mailbox. Where there are no servers these say so and do nothing.

mod clerk;
mod disk;
mod journey;
mod mailbox;
mod odd;
mod place;
mod two_nodes;
