//! Which addresses are ours. The door takes nothing for others: it passes nothing on.

use std::collections::HashSet;

/// The addresses of the institution's feedback. What stands after a plus in the local part belongs to the same (RFC 5233).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses(HashSet<String>);

impl Addresses {
    /// These. Letters are the same in capitals.
    pub fn new(all: impl IntoIterator<Item = impl AsRef<str>>) -> Addresses {
        Addresses(all.into_iter().map(|one| one.as_ref().to_lowercase()).collect())
    }

    /// Whether mail for this address is ours.
    #[must_use]
    pub fn hold(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        self.0.contains(&address) || plain(&address).is_some_and(|plain| self.0.contains(&plain))
    }
}

/// The address without what stands after a plus.
fn plain(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let (name, _) = local.split_once('+')?;
    Some(format!("{name}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_after_a_plus_is_ours_and_nothing_else_is() {
        let ours = Addresses::new(["Feedback@Office.example"]);
        for address in [
            "feedback@office.example",
            "FEEDBACK@office.EXAMPLE",
            "feedback+c1a2=b@office.example",
            "feedback+@office.example",
            "feedback+a+b@office.example",
        ] {
            assert!(ours.hold(address), "{address}");
        }
        for address in [
            "feedback@office.example.org",
            "feedback@other.example",
            "a+feedback@office.example",
            "feedback",
            "",
            "x@y@office.example",
            "feedback-x@office.example",
        ] {
            assert!(!ours.hold(address), "{address}");
        }
    }
}
