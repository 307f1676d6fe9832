//! Which nodes are at work on the database, whether one of them is of an older version, and whether one fell silent.

use jiff::SignedDuration;
use storage::nodes::{self, Heard, Node};
use storage::{StorageError, Store};

use super::finding::Finding;

/// Looks for the other nodes. This process is none of them.
pub(super) async fn look(store: &Store) -> Result<Vec<Finding>, StorageError> {
    Ok(judged(store.node(), &nodes::others(store).await?))
}

fn judged(own: &Node, others: &[Heard]) -> Vec<Finding> {
    let (alive, silent): (Vec<&Heard>, Vec<&Heard>) = others.iter().partition(|heard| heard.is_alive());
    let newest = alive.iter().map(|heard| heard.node.knows).max().unwrap_or(own.knows);
    let behind = alive.iter().filter(|heard| heard.node.knows < newest.max(own.knows));
    std::iter::once(at_work(&alive))
        .chain(behind.map(|heard| older(&heard.node, newest.max(own.knows))))
        .chain((own.knows < newest).then(|| of_before(own, newest)))
        .chain(silent.into_iter().map(unheard))
        .collect()
}

fn at_work(alive: &[&Heard]) -> Finding {
    let each = alive
        .iter()
        .map(|Heard { node, .. }| format!("{} knows step {}", node.name, node.knows));
    let each = each.collect::<Vec<_>>().join("; ");
    let says = match alive.len() {
        0 => "No node is at work on the database.".to_owned(),
        1 => format!("1 node is at work: {each}."),
        many => format!("{many} nodes are at work: {each}."),
    };
    Finding::well("nodes", says)
}

fn older(node: &Node, newest: i64) -> Finding {
    Finding::warning(
        "nodes",
        format!(
            "The node {} is of an older version: it knows step {} of the schema, and step {newest} is known.",
            node.name, node.knows
        ),
        "Update it. While it runs, no newer version starts whose steps take away what it needs.",
    )
}

/// The doctor itself came with a version that is not the newest.
fn of_before(own: &Node, newest: i64) -> Finding {
    Finding::warning(
        "nodes",
        format!(
            "This program is older than what is at work: it knows step {} of the schema, and step {newest} is known.",
            own.knows
        ),
        "Run the doctor of the newer version: this one may not know what to look at.",
    )
}

fn unheard(Heard { node, ago }: &Heard) -> Finding {
    Finding::warning(
        "nodes",
        format!(
            "The node {} was last heard of {} ago, and did not say that it left.",
            node.name,
            words(*ago)
        ),
        "Was it killed, or does it stand still? Start it again. A long command, such as a move, is heard of only as it starts. After an hour it is forgotten.",
    )
}

fn words(ago: SignedDuration) -> String {
    match ago.as_mins() {
        ..=1 => format!("{} seconds", ago.as_secs()),
        minutes => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    fn node(name: &str, knows: i64) -> Node {
        let name = name.to_owned();
        Node { name, knows }
    }

    fn heard(name: &str, knows: i64, seconds: i64) -> Heard {
        Heard {
            node: node(name, knows),
            ago: SignedDuration::from_secs(seconds),
        }
    }

    fn said(own: i64, others: &[Heard]) -> Vec<(State, String)> {
        let found = judged(&node("the doctor", own), others);
        found.into_iter().map(|finding| (finding.state, finding.says)).collect()
    }

    #[test]
    fn nodes_of_one_version_are_well() {
        assert_eq!(
            said(16, &[]),
            [(State::Well, "No node is at work on the database.".to_owned())]
        );
        let two = said(16, &[heard("a", 16, 1), heard("b", 16, 59)]);
        let says = "2 nodes are at work: a knows step 16; b knows step 16.";
        assert_eq!(two, [(State::Well, says.to_owned())]);
    }

    #[test]
    fn a_node_of_an_older_version_is_named() {
        let found = said(16, &[heard("a", 16, 1), heard("b", 15, 1)]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].0, State::Warning);
        assert!(
            found[1]
                .1
                .starts_with("The node b is of an older version: it knows step 15"),
            "{found:?}"
        );
        let alone = said(17, &[heard("a", 16, 1)]);
        assert!(
            alone[1].1.starts_with("The node a is of an older version"),
            "beside the doctor's: {alone:?}"
        );
    }

    #[test]
    fn a_doctor_of_an_older_version_says_that_it_is_the_one() {
        let found = said(15, &[heard("a", 16, 1)]);
        assert_eq!(found.len(), 2);
        assert!(found[1].1.starts_with("This program is older"), "{found:?}");
    }

    #[test]
    fn a_node_that_fell_silent_is_named_and_holds_nobody_up() {
        let found = said(16, &[heard("a", 16, 1), heard("b", 15, 60), heard("c", 16, 300)]);
        assert!(found[0].1.starts_with("1 node is at work: a "), "{found:?}");
        let silent: Vec<&str> = found[1..].iter().map(|(_, says)| says.as_str()).collect();
        assert_eq!(
            silent,
            [
                "The node b was last heard of 60 seconds ago, and did not say that it left.",
                "The node c was last heard of 5 minutes ago, and did not say that it left."
            ]
        );
    }
}
