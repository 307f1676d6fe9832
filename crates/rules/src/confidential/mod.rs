//! Complaints about a member of staff: who may see them, whom they are about, and what is kept of who looked (R28, R31, R33 to R36).

pub mod lane;
pub mod looks;
pub mod named;
pub mod names;
pub mod sealing;
pub mod sight;
pub mod suggested;
pub mod viewed;

pub use named::StaffNamed;
pub use sight::{Beyond, Guard, Reach, Sight, sight};
pub use suggested::{Suggested, SuggestedSpan, suggest};
pub use viewed::RecordViewed;
