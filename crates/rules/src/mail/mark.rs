//! The mark by which our own letters are known when they come back to us.

/// The header that every letter of ours carries. What comes in with the mark of this office in it is ours, and answering it would never end
/// (RFC 3834). The mark itself is made under a key of the office: see `casework::mail::token::loop_mark`.
///
/// Beside it an automatic letter says that it is one by `Auto-Submitted` (RFC 3834, section 5); what a person wrote carries the mark alone.
pub const LOOP_MARK: &str = "X-Redress-Loop";
