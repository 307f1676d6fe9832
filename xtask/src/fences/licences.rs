//! Licences that may come in: every package must offer at least one combination that `deny.toml` allows.

use crate::workspace::Metadata;

/// Every outside package whose licence is missing or not allowed.
pub fn broken(allowed: &[String], metadata: &Metadata) -> Vec<String> {
    let others = metadata
        .packages
        .iter()
        .filter(|package| !metadata.workspace_members.contains(&package.id));
    others
        .filter_map(|package| match &package.license {
            None => Some(format!("{} {} states no licence", package.name, package.version)),
            Some(offered) if allows(allowed, offered) => None,
            Some(offered) => Some(format!("{} {} comes under {offered}", package.name, package.version)),
        })
        .collect()
}

/// Whether an SPDX expression can be met with the allowed licences alone. An old-style slash means OR.
fn allows(allowed: &[String], expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    let answer = reader.any();
    answer == Some(true) && reader.words.is_empty()
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

/// Nothing is answered when the expression cannot be read.
impl Reader<'_> {
    fn any(&mut self) -> Option<bool> {
        let mut answer = self.all()?;
        while self.take("OR") {
            // Not `||`: the rest must be read whatever the answer is so far.
            answer |= self.all()?;
        }
        Some(answer)
    }

    fn all(&mut self) -> Option<bool> {
        let mut answer = self.one()?;
        while self.take("AND") {
            answer &= self.one()?;
        }
        Some(answer)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let answer = self.any()?;
            return self.take(")").then_some(answer);
        }
        let mut licence = self.next()?.to_owned();
        if self.take("WITH") {
            licence = format!("{licence} WITH {}", self.next()?);
        }
        Some(self.allowed.contains(&licence))
    }

    fn next(&mut self) -> Option<&str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn take(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fine(expression: &str) -> bool {
        let allowed = ["MIT", "Apache-2.0", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        allows(&allowed, expression)
    }

    #[test]
    fn one_allowed_choice_is_enough() {
        assert!(fine("MIT OR GPL-3.0-only"));
        assert!(fine("GPL-3.0-only OR MIT"));
        assert!(fine("MIT/Apache-2.0"));
    }

    #[test]
    fn every_part_of_a_sum_must_be_allowed() {
        assert!(fine("ISC AND (Apache-2.0 OR ISC)"));
        assert!(!fine("ISC AND GPL-3.0-only"));
        assert!(!fine("MIT AND (GPL-2.0-only OR AGPL-3.0-only)"));
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert!(fine("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only"));
        assert!(!fine("MIT WITH LLVM-exception"));
    }

    #[test]
    fn what_cannot_be_read_is_not_allowed() {
        assert!(!fine(""));
        assert!(!fine("MIT OR (ISC"));
        assert!(!fine("MIT ISC"));
    }
}
