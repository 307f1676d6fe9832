//! The pages that explain the service itself: accessibility, privacy, cookies, and what to do about a lost code.

mod accessibility;
mod ask_for_link;
mod cookies;
mod handler;
mod lost_code;
mod privacy;

pub use accessibility::{AccessibilityPage, accessibility};
pub use cookies::{Cookie, CookiesPage, cookies};
pub use lost_code::{LostCodePage, Sent, lost_code};
pub use privacy::{KeepingPeriod, PrivacyPage, privacy};

pub(super) use ask_for_link::{send as send_link, show as lost_code_form};
pub(super) use handler::{accessibility as serve_accessibility, cookies as serve_cookies, privacy as serve_privacy};
