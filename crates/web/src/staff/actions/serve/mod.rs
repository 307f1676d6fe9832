//! Serving the register of follow-on actions.

pub mod one;
pub mod publish;
pub mod register;
