//! Files through the router: sent with every form, refused one by one, opened by whoever may see them.

mod bad_input;
mod carried;
mod hostile;
mod opening;
mod restricted;
mod scanned;
mod sending;
mod sent;
