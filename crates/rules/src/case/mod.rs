//! A case: what it is, what can happen to it, and the acts that rules allow.

pub mod alert;
pub mod change;
pub mod consent;
pub mod contact;
pub mod event;
pub mod facts;
pub mod file;
pub mod fold;
mod group;
pub mod hold;
pub mod investigation;
mod points;
pub mod question;
pub mod reference;
pub mod regime;
pub mod seal;
pub mod stage;
pub mod state;
pub mod tombstone;
pub mod vocabulary;

pub use alert::Alert;
pub use change::{Change, LetterOwed, Refused, Setting};
pub use consent::Consent;
pub use contact::Contact;
pub use event::Event;
pub use facts::{
    Action, Aside, Communicated, Complainant, ContactData, Decision, Extension, Learning, Point, PointDecision, Remedy,
};
pub use file::{AttachedFile, FileAttached, FileScanned};
pub use fold::{Case, Recorded, Unfit, Warned};
pub use hold::Hold;
pub use question::OpenQuestion;
pub use reference::Reference;
pub use regime::{RegimePart, RegimeTag};
pub use seal::{Held, Opening, Seal};
pub use stage::{Recount, StageRecord};
pub use state::State;
pub use tombstone::Tombstone;
