//! Words that are said once: keys that make a second press of a button harmless, and what the policy of a single answer lets pass. Being unlike any
//! other, and known to nobody before, is all that is asked of them.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A new key for a form: 128 bits from the standard library's seeded hasher.
pub fn key() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

/// The key that a form sent, or a new one for a form that lost it.
pub fn key_or_new(sent: &str) -> String {
    let usable = !sent.is_empty() && sent.len() <= 64 && sent.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if usable { sent.to_owned() } else { key() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_and_a_good_one_is_kept() {
        let first = key();
        assert_ne!(first, key());
        assert_eq!(key_or_new(&first), first);
        assert_ne!(key_or_new("<script>"), "<script>");
        assert_ne!(key_or_new(""), "");
    }
}
