//! Packages that may not come in, or only under the one crate whose work they are.

use super::policy::Ban;

/// A banned package that is in the graph, and the packages that depend on it directly.
#[derive(Debug)]
pub struct Present {
    /// The banned package's name.
    pub package: String,
    /// Who depends on it.
    pub parents: Vec<String>,
}

/// Every banned package under somebody who may not use it, and every ban without a reason.
pub fn broken(bans: &[Ban], present: &[Present]) -> Vec<String> {
    let mut found = Vec::new();
    for ban in bans {
        if ban.reason.trim().is_empty() {
            found.push(format!("deny.toml bans {} without a reason", ban.package));
        }
        let parents = present
            .iter()
            .filter(|present| present.package == ban.package)
            .flat_map(|present| &present.parents);
        for parent in parents.filter(|parent| !ban.wrappers.contains(parent)) {
            found.push(format!("{parent} depends on {}: {}", ban.package, ban.reason));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(package: &str, wrappers: &[&str], reason: &str) -> Vec<String> {
        let parents = ["storage", "web"].map(str::to_owned).to_vec();
        let present = [Present {
            package: "rusqlite".to_owned(),
            parents,
        }];
        let wrappers = wrappers.iter().map(|name| (*name).to_owned()).collect();
        broken(
            &[Ban {
                package: package.to_owned(),
                wrappers,
                reason: reason.to_owned(),
            }],
            &present,
        )
    }

    #[test]
    fn a_fenced_package_under_the_wrong_crate_is_found() {
        let found = found("rusqlite", &["storage"], "SQL stays in storage");
        assert_eq!(found, ["web depends on rusqlite: SQL stays in storage"]);
    }

    #[test]
    fn a_fenced_package_under_its_wrappers_passes() {
        assert_eq!(found("rusqlite", &["storage", "web"], "SQL"), [""; 0]);
    }

    #[test]
    fn a_package_that_is_banned_outright_is_found_under_everybody() {
        assert_eq!(found("rusqlite", &[], "no SQL").len(), 2);
    }

    #[test]
    fn a_ban_needs_a_reason() {
        assert_eq!(found("absent", &[], ""), ["deny.toml bans absent without a reason"]);
    }
}
