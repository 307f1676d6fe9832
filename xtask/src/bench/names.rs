//! Whom texts name: `redress names` over the texts of others and over our own, how often it is right, and how long a text takes.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use super::Bench;
use super::figures::{Measured, load_average, percentile};
use super::server::now;
use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

#[path = "../../../crates/rules/tests/names/frames.rs"]
mod frames;

/// The least F1 at which others' texts are told apart; what the best system of the shared task reached was 0.734 over its own test part.
pub(crate) const LEAST_F1: f64 = 0.70;

/// Where our own complaints and directories lie.
const OURS: &str = "crates/rules/tests/names";

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let folder = bench
        .folder
        .as_deref()
        .ok_or_else(|| Failure::new("name the folder of the texts: cargo xtask bench names FOLDER"))?;
    let ours = bench.workspace.root.join(OURS);
    let directory = ours.join("directory.csv");
    let mut rows = Vec::new();
    for file in conll_files(folder)? {
        let texts = conll(&std::fs::read_to_string(&file)?);
        let told = Asker::start(&bench.binary, None)?.ask_all(texts.iter().map(|text| text.words.as_str()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let wanted: Vec<bool> = texts.iter().map(|text| text.expected).collect();
        rows.push(row(
            &format!("{name}: names a person"),
            &scored(&wanted, &told, "names_a_person"),
            &told,
        ));
    }
    for (file, name) in [("first.tsv", "ours, seen"), ("second.tsv", "ours, unseen")] {
        let complaints = complaints(&std::fs::read_to_string(ours.join(file))?);
        let told =
            Asker::start(&bench.binary, Some(&directory))?.ask_all(complaints.iter().map(|one| one.text.as_str()))?;
        let person: Vec<bool> = complaints.iter().map(|one| one.person).collect();
        let staff: Vec<bool> = complaints.iter().map(|one| one.staff).collect();
        rows.push(row(
            &format!("{name}: names a person"),
            &scored(&person, &told, "names_a_person"),
            &told,
        ));
        rows.push(row(
            &format!("{name}: complains about staff"),
            &scored(&staff, &told, "names_staff"),
            &told,
        ));
    }
    rows.extend(directory_rows(&bench.binary, &ours.join("people.csv"))?);
    let empty = Asker::start(&bench.binary, None)?.ask_all(std::iter::repeat_n("", 1000))?;
    rows.push(row("an empty line", &Score::default(), &empty));
    beside(&mut rows);
    let heading = vec![
        "texts",
        "texts asked",
        "precision",
        "recall",
        "F1",
        "mean us",
        "p99 us",
        "worst us",
        "times empty",
    ];
    Ok(Measured::of(heading, rows)
        .noting(
            "Times are of a line in and its answer out, over a pipe; an empty line shows what the asking itself takes."
                .to_owned(),
        )
        .noting(format!("Load average {}.", load_average())))
}

/// Adds to every row how many times as long as an empty line, the last row, a text takes.
fn beside(rows: &mut [Vec<String>]) {
    let mean = |row: &[String]| {
        row.get(MEAN)
            .and_then(|figure| figure.parse::<f64>().ok())
            .unwrap_or_default()
    };
    let empty = rows.last().map_or(0.0, |row| mean(row)).max(1.0);
    for row in rows {
        let times = mean(row) / empty;
        row.push(format!("{times:.1}"));
    }
}

/// The column of the mean.
const MEAN: usize = 5;

/// The F1 for "names a person" over the texts of a folder.
///
/// # Errors
/// When the folder holds no such texts, or the command does not answer.
pub(crate) fn f1_of(binary: &Path, folder: &Path) -> Outcome<f64> {
    let mut all = Score::default();
    for file in conll_files(folder)? {
        let texts = conll(&std::fs::read_to_string(&file)?);
        let told = Asker::start(binary, None)?.ask_all(texts.iter().map(|text| text.words.as_str()))?;
        let wanted: Vec<bool> = texts.iter().map(|text| text.expected).collect();
        all.add(&scored(&wanted, &told, "names_a_person"));
    }
    Ok(all.f1())
}

/// Where the texts of others lie, if somebody has them: `REDRESS_TEST_NAMES`, or beside the project.
pub(crate) fn folder_of(workspace: &Workspace) -> Option<PathBuf> {
    let named = std::env::var_os("REDRESS_TEST_NAMES").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| workspace.root.join("../shared/testbed/names"));
    folder.is_dir().then_some(folder)
}

/// One answer and how long it took.
struct Told {
    answer: serde_json::Value,
    took: Duration,
}

/// The command, asked a line at a time.
struct Asker {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Asker {
    fn start(binary: &Path, people: Option<&Path>) -> Outcome<Asker> {
        let mut command = Command::new(binary);
        command.arg("names").stdin(Stdio::piped()).stdout(Stdio::piped());
        if let Some(people) = people {
            command.arg("--people").arg(people);
        }
        let mut child = command.spawn().map_err(Failure::during(binary.display().to_string()))?;
        let (to, from) = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .ok_or_else(|| Failure::new("the command has no pipes"))?;
        let mut asker = Asker {
            child,
            to,
            from: BufReader::new(from),
        };
        // The lists are read with the first text, once in the life of a process.
        asker.ask("Nobody is named here.")?;
        Ok(asker)
    }

    fn ask(&mut self, text: &str) -> Outcome<Told> {
        let begun = now();
        self.to.write_all(format!("{}\n", text.replace('\n', " ")).as_bytes())?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        let took = now().duration_since(begun);
        let answer = serde_json::from_str(&line).map_err(Failure::during("an answer of `redress names`"))?;
        Ok(Told { answer, took })
    }

    fn ask_all<'t>(mut self, texts: impl Iterator<Item = &'t str>) -> Outcome<Vec<Told>> {
        let told = texts.map(|text| self.ask(text)).collect::<Outcome<Vec<Told>>>()?;
        drop(self.to);
        let status = self.child.wait()?;
        if !status.success() {
            return Err(Failure::new(format!("`redress names` ended with {status}")));
        }
        Ok(told)
    }
}

/// Right answers, wrong ones and missing ones.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    missing: usize,
}

impl Score {
    fn add(&mut self, other: &Score) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missing += other.missing;
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missing).max(1) as f64
    }

    fn f1(&self) -> f64 {
        (2 * self.right) as f64 / (2 * self.right + self.wrong + self.missing).max(1) as f64
    }
}

fn scored(wanted: &[bool], told: &[Told], key: &str) -> Score {
    let mut score = Score::default();
    for (wanted, told) in wanted.iter().zip(told) {
        let found = told.answer[key].as_bool().unwrap_or_default();
        score.right += usize::from(*wanted && found);
        score.wrong += usize::from(!*wanted && found);
        score.missing += usize::from(*wanted && !found);
    }
    score
}

fn row(name: &str, score: &Score, told: &[Told]) -> Vec<String> {
    let times: Vec<Duration> = told.iter().map(|told| told.took).collect();
    let micros = |time: Duration| format!("{:.0}", time.as_secs_f64() * 1e6);
    let mean = times.iter().sum::<Duration>() / u32::try_from(times.len().max(1)).unwrap_or(u32::MAX);
    let worst = times.iter().max().copied().unwrap_or_default();
    let figure = |figure: f64| {
        if score.right == 0 {
            "-".to_owned()
        } else {
            format!("{figure:.3}")
        }
    };
    vec![
        name.to_owned(),
        told.len().to_string(),
        figure(score.precision()),
        figure(score.recall()),
        figure(score.f1()),
        micros(mean),
        micros(percentile(&times, 99)),
        micros(worst),
    ]
}

/// Everybody of an invented directory, in every way in which people are named.
fn directory_rows(binary: &Path, file: &Path) -> Outcome<Vec<Vec<String>>> {
    let people = frames::people(&std::fs::read_to_string(file)?);
    let mut rows = Vec::new();
    for variant in frames::VARIANTS {
        let mut texts = Vec::new();
        for (seed, person) in people.iter().enumerate() {
            texts.extend(
                frames::sentences(person, variant, seed)
                    .into_iter()
                    .map(|text| (text, &person.username)),
            );
        }
        let told = Asker::start(binary, Some(file))?.ask_all(texts.iter().map(|(text, _)| text.as_str()))?;
        let mut score = Score::default();
        for ((_, wanted), told) in texts.iter().zip(&told) {
            let spans = told.answer["spans"].as_array().into_iter().flatten();
            let named = spans
                .flat_map(|span| span["people"].as_array().into_iter().flatten())
                .any(|key| key == wanted.as_str());
            score.right += usize::from(named);
            score.missing += usize::from(!named);
        }
        rows.push(row(&format!("directory of {}: {variant}", people.len()), &score, &told));
    }
    Ok(rows)
}

/// A text and whether it holds a person.
struct Labelled {
    words: String,
    expected: bool,
}

fn conll_files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Failure::during(folder.display().to_string()))? {
        let path = entry?.path();
        files.extend(path.extension().is_some_and(|ending| ending == "conll").then_some(path));
    }
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(format!("{} holds no .conll file", folder.display())));
    }
    Ok(files)
}

/// The texts of a file in CoNLL's form: a word and its label a line, an empty line between texts.
fn conll(file: &str) -> Vec<Labelled> {
    let blocks = file
        .split("\n\n")
        .map(|block| block.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>());
    blocks
        .filter(|lines| !lines.is_empty())
        .map(|lines| Labelled {
            words: lines
                .iter()
                .map(|line| line.split('\t').next().unwrap_or_default())
                .collect::<Vec<_>>()
                .join(" "),
            expected: lines.iter().any(|line| line.trim_end().ends_with("person")),
        })
        .collect()
}

/// One of our own complaints.
struct Complaint {
    text: String,
    person: bool,
    staff: bool,
}

fn complaints(file: &str) -> Vec<Complaint> {
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, person, staff, _, text] = fields[..] else {
            return None;
        };
        Some(Complaint {
            text: text.replace("\\n", "\n"),
            person: person == "1",
            staff: staff == "1",
        })
    };
    file.lines().skip(1).filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_with_their_labels() {
        let texts = conll("wow\tO\nemma\tB-person\n\nno\tO\n\n");
        assert_eq!(texts.len(), 2);
        assert_eq!(
            (texts[0].words.as_str(), texts[0].expected, texts[1].expected),
            ("wow emma", true, false)
        );
    }

    #[test]
    fn f1_is_between_precision_and_recall() {
        let score = Score {
            right: 6,
            wrong: 2,
            missing: 4,
        };
        assert_eq!((score.precision(), score.recall()), (0.75, 0.6));
        assert!((score.f1() - 12.0 / 18.0).abs() < 1e-9);
    }
}
