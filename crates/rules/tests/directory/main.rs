//! The directory: who answers for somebody, and what is odd in the copy.

mod checked;
mod found;
mod line;
mod oracle;
mod support;
mod timing;
