//! Everything that CI runs, in order: each step named and timed, and a summary at the end.

mod browser;
mod cargo;
mod fence;
mod mail;
mod names;
mod tools;

use std::time::{Duration, Instant};

use crate::faults;
use crate::shell::{Failure, Outcome};
use crate::table;
use crate::tidy;
use crate::workspace::Workspace;

/// One thing that is checked.
struct Step {
    name: &'static str,
    says: &'static str,
    run: fn(&Workspace) -> Outcome<()>,
}

/// The cheap ones first: a misplaced import is known in a second, not after a build.
const STEPS: &[Step] = &[
    Step {
        name: "tools",
        says: "what the other steps need is there",
        run: tools::check,
    },
    Step {
        name: "fmt",
        says: "the sources have one format",
        run: cargo::fmt,
    },
    Step {
        name: "imports",
        says: "no crate of ours imports upwards",
        run: fence::imports,
    },
    Step {
        name: "bans",
        says: "outside packages stay behind their crate, under licences that fit",
        run: fence::bans,
    },
    Step {
        name: "tidy",
        says: "lengths, names, documents, golden files",
        run: |workspace| tidy::run(workspace, &[]),
    },
    Step {
        name: "clippy",
        says: "no warning in any target",
        run: cargo::clippy,
    },
    Step {
        name: "tests",
        says: "the tests of every crate",
        run: cargo::tests,
    },
    Step {
        name: "failover",
        says: "the leader of the database and a node are killed under load, and nothing is lost",
        run: faults::failover_if_it_can_be_had,
    },
    Step {
        name: "encryption",
        says: "a database and a bucket over TLS, under certificates of an authority of one's own",
        run: faults::encryption_if_it_can_be_had,
    },
    Step {
        name: "pooler",
        says: "two nodes behind pgbouncer in transaction mode lose nothing and keep up with each other",
        run: faults::pooler_if_it_can_be_had,
    },
    Step {
        name: "names",
        says: "names are found in the texts of others, where somebody has them",
        run: names::found_if_texts_are_there,
    },
    Step {
        name: "mail",
        says: "reports and replies of others are understood, where somebody has them",
        run: mail::understood_if_messages_are_there,
    },
    Step {
        name: "examples",
        says: "the examples in the documentation",
        run: cargo::examples,
    },
    Step {
        name: BROWSER,
        says: "people's journeys through the pages, and every page with axe",
        run: browser::journeys,
    },
];

const BROWSER: &str = "browser";

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Everything,
    AllButBrowser,
    Only(String),
    List,
}

/// Runs the steps that the arguments ask for; goes on after a failure, so that one run shows all of them.
///
/// # Errors
/// When a step fails, or the arguments make no sense.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    let wanted = read(arguments)?;
    if wanted == Wanted::List {
        for step in STEPS {
            println!("{:10}{}", step.name, step.says);
        }
        return Ok(());
    }
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    let mut whole = Duration::ZERO;
    for step in STEPS {
        if !chosen(step, &wanted) {
            continue;
        }
        println!("\n== {}: {}", step.name, step.says);
        let (outcome, took) = timed(|| (step.run)(workspace));
        whole += took;
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        println!("== {}: {word} in {}", step.name, seconds(took));
        rows.push(vec![step.name.to_owned(), word.to_owned(), seconds(took)]);
        if let Err(failure) = outcome {
            println!("{failure}");
            failures.push((step.name, failure));
        }
    }
    rows.push(vec!["all".to_owned(), String::new(), seconds(whole)]);
    println!("\n{}", table::lines(&["step", "", "took"], &rows));
    for (name, failure) in &failures {
        println!("{name}: {failure}");
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("{} of the steps failed", failures.len())))
    }
}

fn read(arguments: &[String]) -> Outcome<Wanted> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(Wanted::Everything),
        ["--no-browser"] => Ok(Wanted::AllButBrowser),
        ["--list"] => Ok(Wanted::List),
        ["--only", name] if STEPS.iter().any(|step| step.name == *name) => Ok(Wanted::Only((*name).to_owned())),
        _ => {
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            Err(Failure::new(format!(
                "use --no-browser, --list, or --only with one of: {}",
                names.join(", ")
            )))
        }
    }
}

fn chosen(step: &Step, wanted: &Wanted) -> bool {
    match wanted {
        Wanted::Everything => true,
        Wanted::AllButBrowser => step.name != BROWSER,
        Wanted::Only(name) => step.name == name,
        Wanted::List => false,
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "to say how long a step took is to read the clock"
)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let answer = work();
    (answer, start.elapsed())
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps_of(arguments: &[&str]) -> Vec<&'static str> {
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let wanted = read(&arguments).expect("good arguments");
        STEPS
            .iter()
            .filter(|step| chosen(step, &wanted))
            .map(|step| step.name)
            .collect()
    }

    #[test]
    fn one_step_or_all_or_all_but_the_browser() {
        assert_eq!(steps_of(&["--only", "fmt"]), ["fmt"]);
        assert_eq!(steps_of(&[]).len(), STEPS.len());
        assert_eq!(steps_of(&["--no-browser"]).len(), STEPS.len() - 1);
    }

    #[test]
    fn a_step_that_does_not_exist_is_refused_and_the_others_are_named() {
        let refused = read(&["--only".to_owned(), "everything".to_owned()]).expect_err("no such step");
        assert!(refused.to_string().contains("clippy"), "{refused}");
    }
}
