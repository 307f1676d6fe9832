//! What the finished binary costs: time to the first answer, memory, page weight, pages over many cases, letters, intake, deadlines a second.

mod acknowledge;
mod deadline;
pub(crate) mod figures;
mod files;
mod filled;
mod growth;
mod http_intake;
mod installation;
mod intake;
mod load;
pub(crate) mod mail;
mod mail_server;
mod memory;
pub(crate) mod names;
mod office;
mod peer;
mod review;
mod server;
mod start;
mod weight;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;
use figures::Measured;
pub(crate) use server::{now, pause};

const USAGE: &str = "\
cargo xtask bench start    [--runs N]   from starting the process to the first answer over HTTP
cargo xtask bench memory   [--pages N]  resident memory after start, and after serving N pages
cargo xtask bench weight                bytes of a first visit, page by page
cargo xtask bench review   [--pages N]  time of a month's review, the list of months and the public page
cargo xtask bench deadline [--rows N]   rows a second of `redress deadline --batch`
cargo xtask bench office   [--cases N] [--clients N] [--pages N] [--runs N]
                                        staff pages over years of cases, by one client and by several at once
cargo xtask bench growth   [--sizes N,N,N] [--clients N] [--pages N] [--runs N]
                                        pages over a thousand, fifty thousand and a million cases, in turns
cargo xtask bench acknowledge [--per-second N] [--seconds N]
                                        from the answer to a complaint until the mail server has its letter
cargo xtask bench intake [--complaints N] [--runs N]
                                        complaints kept durably in process, by 8 and by 64 clients, beside a bare loop of the engine
cargo xtask bench http-intake [--seconds N] [--runs N]
                                        complaints sent to the finished binary over HTTP, by 8 and by 64 clients
cargo xtask bench files    [--mb N] [--runs N]
                                        a file in and out over HTTP, beside a bare loop that writes and syncs it
cargo xtask bench peer [--cases N] [--runs N]
                                        cases made, lists and cases, beside Request Tracker 5 from Debian in the same run
cargo xtask bench names FOLDER [--runs N]
                                        whom texts name: precision, recall and time a text, over WNUT-17 texts and our own
cargo xtask bench mail [--messages N] [--runs N]
                                        messages to cases through LMTP and the pipe, and from the mailbox to the acknowledgement; fails where a goal is missed
cargo xtask bench mail FOLDER [--bounces] [--replies]
                                        how well reports and replies of others are understood, against their labels; fails where a goal is missed
Each takes --json, and --bin PATH instead of building the release binary.";

/// What a bench works with.
struct Bench {
    /// The binary that is measured.
    binary: PathBuf,
    /// How many of what, where the arguments say so; each bench has its own defaults.
    numbers: BTreeMap<String, usize>,
    /// Numbers of cases, where the arguments name several.
    sizes: Vec<usize>,
    /// A folder that the arguments name.
    folder: Option<PathBuf>,
    /// The parts of it that the arguments name; all where they name none.
    parts: BTreeSet<String>,
    /// A folder for this bench's files, empty at the start.
    scratch: PathBuf,
    /// The project.
    workspace: Workspace,
}

impl Bench {
    /// How many of something, by the word of its argument.
    fn number(&self, word: &str, usual: usize) -> usize {
        self.numbers.get(word).copied().unwrap_or(usual)
    }
}

/// The words that take a number.
const NUMBERS: [&str; 10] = [
    "--complaints",
    "--messages",
    "--runs",
    "--pages",
    "--rows",
    "--cases",
    "--clients",
    "--per-second",
    "--seconds",
    "--mb",
];

/// How the figures are printed.
#[derive(Debug, PartialEq, Eq)]
enum Form {
    Table,
    Json,
}

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    name: String,
    form: Form,
    binary: Option<PathBuf>,
    numbers: BTreeMap<String, usize>,
    sizes: Vec<usize>,
    folder: Option<PathBuf>,
    parts: BTreeSet<String>,
}

/// Runs the bench that the arguments name, and prints what it measured.
///
/// # Errors
/// When the arguments make no sense, the binary cannot be built, it does not do what is measured, or a goal is missed.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    let asked = read(arguments)?;
    let measure: fn(&Bench) -> Outcome<Measured> = match asked.name.as_str() {
        "start" => start::measure,
        "memory" => memory::measure,
        "weight" => weight::measure,
        "review" => review::measure,
        "deadline" => deadline::measure,
        "office" => office::measure,
        "growth" => growth::measure,
        "acknowledge" => acknowledge::measure,
        "peer" => peer::measure,
        "intake" => intake::measure,
        "http-intake" => http_intake::measure,
        "files" => files::measure,
        "names" => names::measure,
        "mail" => mail::measure,
        other => return Err(Failure::new(format!("there is no bench called \"{other}\".\n{USAGE}"))),
    };
    let binary = match asked.binary {
        Some(binary) => binary,
        None => build(workspace)?,
    };
    let scratch = empty_folder(workspace.target().join("bench").join(&asked.name))?;
    let measured = measure(&Bench {
        binary,
        numbers: asked.numbers,
        sizes: asked.sizes,
        folder: asked.folder,
        parts: asked.parts,
        scratch,
        workspace: workspace.clone(),
    })?;
    match asked.form {
        Form::Table => print!("{}", measured.table()),
        Form::Json => println!("{}", measured.json(&asked.name)),
    }
    measured.goals_met()
}

fn read(arguments: &[String]) -> Outcome<Asked> {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(Failure::new(USAGE));
    };
    let mut asked = Asked {
        name: name.clone(),
        form: Form::Table,
        binary: None,
        numbers: BTreeMap::new(),
        sizes: Vec::new(),
        folder: None,
        parts: BTreeSet::new(),
    };
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let mut value = || {
            rest.next()
                .ok_or_else(|| Failure::new(format!("{word} lacks its value.\n{USAGE}")))
        };
        match word.as_str() {
            "--json" => asked.form = Form::Json,
            "--sizes" => {
                let sizes = value()?.split(',').map(str::parse);
                asked.sizes = sizes.collect::<Result<_, _>>().map_err(Failure::during(word))?;
            }
            "--bin" => asked.binary = Some(std::path::absolute(value()?)?),
            number if NUMBERS.contains(&number) => {
                let value = value()?.parse().map_err(Failure::during(word))?;
                asked.numbers.insert(word.clone(), value);
            }
            "--bounces" | "--replies" if name == "mail" => {
                asked.parts.insert(word.trim_start_matches('-').to_owned());
            }
            folder
                if matches!(name.as_str(), "names" | "mail") && asked.folder.is_none() && !folder.starts_with('-') =>
            {
                asked.folder = Some(std::path::absolute(folder)?);
            }
            other => return Err(Failure::new(format!("\"{other}\" is not known here.\n{USAGE}"))),
        }
    }
    Ok(asked)
}

fn build(workspace: &Workspace) -> Outcome<PathBuf> {
    // To standard error, so that --json leaves nothing but JSON on standard output.
    eprintln!("building the release binary");
    shell::read(&mut shell::command(
        &workspace.root,
        "cargo build --locked --release --package redress",
    ))?;
    Ok(workspace.target().join("release/redress"))
}

fn empty_folder(folder: PathBuf) -> Outcome<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Outcome<Asked> {
        read(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_arguments_are_read_in_any_order() {
        let asked = asked(&["start", "--runs", "3", "--json"]).expect("good arguments");
        assert_eq!((asked.numbers["--runs"], asked.form), (3, Form::Json));
    }

    #[test]
    fn parts_of_a_folder_are_named_for_mail_alone() {
        let asked = asked(&["mail", "/tmp", "--replies"]).expect("good arguments");
        assert!(asked.folder.is_some() && asked.parts.contains("replies"));
        assert!(super::tests::asked(&["names", "/tmp", "--replies"]).is_err());
    }

    #[test]
    fn a_missing_value_and_an_unknown_word_are_refused() {
        assert!(asked(&["start", "--runs"]).is_err());
        assert!(asked(&["start", "--runs", "many"]).is_err());
        assert!(asked(&["start", "--fast"]).is_err());
        assert!(asked(&[]).is_err());
    }
}
