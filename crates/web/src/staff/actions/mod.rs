//! Follow-on actions: the register, one action with what happened to it, and the words that everybody may read of it (R10, R39).

pub mod line;
pub mod one;
pub mod publish;
pub mod register;
pub mod serve;
pub(super) mod shown;

pub use one::ActionPage;
pub use publish::PublishChange;
pub use register::ActionRegister;
