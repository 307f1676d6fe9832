//! The pages that explain the service itself: accessibility, privacy, cookies, and what to do about a lost code.

mod accessibility;
mod cookies;
mod lost_code;
mod privacy;

pub use accessibility::{AccessibilityPage, accessibility};
pub use cookies::{Cookie, CookiesPage, cookies};
pub use lost_code::lost_code;
pub use privacy::{KeepingPeriod, PrivacyPage, privacy};
