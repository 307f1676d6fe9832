//! Documents with a form of their own: the map stays short, and every decision answers the same four questions.

use super::finding::Finding;
use super::tree::Tree;

/// A map that is longer than this is a territory.
const MOST_ARCHITECTURE_LINES: usize = 300;

/// The four questions that every decision record answers.
const DECISION_HEADINGS: &[&str] = &[
    "## Context",
    "## Decision",
    "## What gets easier",
    "## What gets harder",
];

/// ARCHITECTURE.md fits in one sitting.
pub fn architecture(tree: &Tree) -> Vec<Finding> {
    let lines = tree.text("ARCHITECTURE.md").map_or(0, |text| text.lines().count());
    match lines > MOST_ARCHITECTURE_LINES {
        true => vec![Finding::broken(
            "document-length",
            "ARCHITECTURE.md",
            format!("{lines} lines; {MOST_ARCHITECTURE_LINES} at most"),
        )],
        false => Vec::new(),
    }
}

/// Every decision record is numbered and answers the four questions.
pub fn decisions(tree: &Tree) -> Vec<Finding> {
    let records = tree.ending(&[".md"]).filter_map(|(path, text)| {
        let name = path.strip_prefix("docs/decisions/")?;
        (name != "README.md").then_some((path, name, text))
    });
    let mut found = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    for (path, name, text) in records {
        let number = name.split('-').next().unwrap_or_default();
        if number.len() != 4 || number.parse::<u16>().is_err() {
            found.push(Finding::broken(
                "decision",
                path,
                "the name does not begin with four digits and a dash",
            ));
        } else if numbers.contains(&number) {
            found.push(Finding::broken(
                "decision",
                path,
                format!("the number {number} is taken"),
            ));
        }
        numbers.push(number);
        for heading in DECISION_HEADINGS
            .iter()
            .filter(|heading| !text.lines().any(|line| line.trim_end() == **heading))
        {
            found.push(Finding::broken(
                "decision",
                path,
                format!("lacks the heading \"{heading}\""),
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_architecture_document_is_found() {
        assert_eq!(
            architecture(&Tree::of(&[("ARCHITECTURE.md", &"x\n".repeat(301))])).len(),
            1
        );
        assert_eq!(
            architecture(&Tree::of(&[("ARCHITECTURE.md", &"x\n".repeat(300))])).len(),
            0
        );
    }

    #[test]
    fn a_decision_must_answer_all_four_questions_under_a_number_of_its_own() {
        let good = DECISION_HEADINGS.join("\n\nWords.\n\n");
        let tree = Tree::of(&[
            ("docs/decisions/0001-a.md", &good),
            ("docs/decisions/0001-b.md", &good),
            ("docs/decisions/0002-c.md", "## Context\n"),
            ("docs/decisions/three.md", &good),
            ("docs/decisions/README.md", "A list."),
        ]);
        let found: Vec<_> = decisions(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(
            found,
            [
                "docs/decisions/0001-b.md",
                "docs/decisions/0002-c.md",
                "docs/decisions/0002-c.md",
                "docs/decisions/0002-c.md",
                "docs/decisions/three.md"
            ]
        );
    }
}
