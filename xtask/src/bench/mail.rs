//! How well mail is understood: `redress mail explain` over reports and replies of others that somebody has labelled.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Bench;
use super::figures::Measured;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// At least so many of a hundred reports are known as reports.
const LEAST_RECOGNISED: usize = 98;
/// At least so many of a hundred replies give exactly the expected words.
const LEAST_EXACT: usize = 60;

/// What measures a part of the folder with a binary.
type Measure = fn(&Path, &Path) -> Outcome<Part>;

/// Parts of the folder, and what measures each.
const PARTS: [(&str, Measure); 2] = [("bounces", bounces), ("replies", replies)];

/// The words of the labels (left) and our reasons (right): the first is the same, the others agree with it as far as the label goes. The labels
/// tell apart by the step of SMTP at which a letter was refused what we tell apart by the words of the answer.
const REASONS: &[(&str, &[&str])] = &[
    ("userunknown", &["user_unknown"]),
    ("hostunknown", &["domain_unknown"]),
    ("hasmoved", &["moved"]),
    ("mailboxfull", &["mailbox_full"]),
    ("suspend", &["mailbox_closed"]),
    ("filtered", &["filtered", "user_unknown", "mailbox_closed"]),
    ("rejected", &["sender_refused"]),
    ("blocked", &["server_blocked"]),
    ("badreputation", &["server_blocked"]),
    ("requireptr", &["no_reverse_name"]),
    ("authfailure", &["not_authenticated"]),
    ("notcompliantrfc", &["malformed"]),
    ("policyviolation", &["policy", "security"]),
    ("securityerror", &["security", "policy"]),
    ("norelaying", &["no_relay"]),
    ("notaccept", &["takes_no_mail"]),
    ("networkerror", &["unreachable", "expired", "domain_unknown"]),
    ("expired", &["expired", "unreachable"]),
    ("systemerror", &["server_fault"]),
    ("mailererror", &["server_fault"]),
    ("systemfull", &["server_full"]),
    ("mesgtoobig", &["too_large"]),
    ("exceedlimit", &["too_large"]),
    ("emailtoolarge", &["too_large"]),
    ("toomanyconn", &["too_many"]),
    ("speeding", &["too_many"]),
    ("ratelimited", &["too_many"]),
    ("spamdetected", &["spam"]),
    ("virusdetected", &["virus"]),
    ("contenterror", &["content"]),
    ("syntaxerror", &["protocol"]),
    ("failedstarttls", &["security"]),
    ("onhold", &["unknown"]),
    ("undefined", &["unknown"]),
];

/// What one part of the folder gave.
pub(crate) struct Part {
    rows: Vec<[String; 3]>,
    missed: Vec<String>,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let folder = bench
        .folder
        .as_deref()
        .ok_or_else(|| Failure::new("name the folder of the messages: cargo xtask bench mail FOLDER"))?;
    let part = understood(&bench.binary, folder, &bench.parts)?;
    let rows = part.rows.into_iter().map(Vec::from).collect();
    Ok(Measured::of(vec!["what", "figure", "of"], rows).missing(part.missed))
}

/// The figures of the parts of a folder that are asked for, or of all that it has.
///
/// # Errors
/// When the folder holds none of them, or the command does not answer.
pub(crate) fn understood(binary: &Path, folder: &Path, asked: &BTreeSet<String>) -> Outcome<Part> {
    let mut all = Part {
        rows: Vec::new(),
        missed: Vec::new(),
    };
    for (name, measure) in PARTS {
        let wanted = if asked.is_empty() {
            folder.join(name).is_dir()
        } else {
            asked.contains(name)
        };
        if wanted {
            let part = measure(binary, &folder.join(name))?;
            all.rows.extend(part.rows);
            all.missed.extend(part.missed);
        }
    }
    if all.rows.is_empty() {
        return Err(Failure::new(format!(
            "{} has neither bounces/ nor replies/",
            folder.display()
        )));
    }
    Ok(all)
}

impl Part {
    /// The goals that were missed, and the figures, in lines.
    pub(crate) fn told(&self) -> (String, &[String]) {
        let lines = self
            .rows
            .iter()
            .map(|[what, figure, of]| format!("{what}: {figure} of {of}\n"));
        (lines.collect(), &self.missed)
    }
}

/// Where messages of others lie, if somebody has them: `REDRESS_TEST_MAIL`, or beside the project.
pub(crate) fn folder_of(workspace: &Workspace) -> Option<PathBuf> {
    let named = std::env::var_os("REDRESS_TEST_MAIL").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| workspace.root.join("../shared/testbed/mail"));
    folder.is_dir().then_some(folder)
}

/// Reports with `expected.json`: for each file a list of labels; none for a report that somebody calls a letter unwanted.
fn bounces(binary: &Path, folder: &Path) -> Outcome<Part> {
    let labels = std::fs::read_to_string(folder.join("expected.json"))?;
    let labels: BTreeMap<String, Vec<Value>> =
        serde_json::from_str(&labels).map_err(Failure::during("expected.json"))?;
    let answers = explained(binary, labels.keys().map(|name| folder.join(name)))?;
    let mut counts = Counts::default();
    for (name, labels) in &labels {
        let answer = answers
            .get(name)
            .ok_or_else(|| Failure::new(format!("no answer about {name}")))?;
        counts.add(labels, answer);
    }
    Ok(counts.part())
}

/// What reports were taken for.
#[derive(Debug, Default)]
struct Counts {
    reports: usize,
    opened: usize,
    recognised: usize,
    coded: usize,
    status: usize,
    labelled: usize,
    same: usize,
    agreeing: usize,
}

impl Counts {
    fn add(&mut self, labels: &[Value], answer: &Value) {
        self.opened += usize::from(matches!(answer["fate"].as_str(), Some("new_case" | "unreadable")));
        if labels.iter().any(|label| label["reason"] == "vacation") {
            return;
        }
        self.reports += 1;
        self.recognised += usize::from(answer["fate"] == "bounce");
        if labels.is_empty() {
            return;
        }
        // Labels from 5.0.900 on stand for reasons and in no message.
        let codes: Vec<&str> = labels
            .iter()
            .filter_map(|label| label["dsn"].as_str())
            .filter(|code| !is_made_up(code))
            .collect();
        if !codes.is_empty() {
            self.coded += 1;
            self.status += usize::from(
                answer["bounce"]["status"]
                    .as_str()
                    .is_some_and(|status| codes.contains(&status)),
            );
        }
        let ours = answer["bounce"]["reason"].as_str().unwrap_or_default();
        let reasons: Vec<&[&str]> = labels
            .iter()
            .filter_map(|label| reasons_of(label["reason"].as_str()?))
            .collect();
        self.labelled += 1;
        self.same += usize::from(reasons.iter().any(|known| known.first() == Some(&ours)));
        self.agreeing += usize::from(reasons.iter().any(|known| known.contains(&ours)));
    }

    fn part(&self) -> Part {
        let row = |what: &str, figure: usize, of: usize| [what.to_owned(), share(figure, of), of.to_string()];
        let mut missed = Vec::new();
        if self.opened > 0 {
            missed.push(format!(
                "{} reports or automatic replies opened a case, and none may",
                self.opened
            ));
        }
        if self.recognised * 100 < self.reports * LEAST_RECOGNISED {
            missed.push(format!(
                "{} of {} reports were recognised, and {LEAST_RECOGNISED} % is the least",
                self.recognised, self.reports
            ));
        }
        let rows = vec![
            [
                "reports that opened a case".to_owned(),
                self.opened.to_string(),
                self.reports.to_string(),
            ],
            row("reports recognised, %", self.recognised, self.reports),
            row("status exact where the message has one, %", self.status, self.coded),
            row("reason the same, %", self.same, self.labelled),
            row("reason agreeing, %", self.agreeing, self.labelled),
        ];
        Part { rows, missed }
    }
}

fn is_made_up(code: &str) -> bool {
    code.is_empty()
        || code
            .split_once('.')
            .is_some_and(|(_, detail)| detail.starts_with("0.9") && detail.len() == 5)
}

fn reasons_of(label: &str) -> Option<&'static [&'static str]> {
    REASONS.iter().find(|(known, _)| *known == label).map(|(_, ours)| *ours)
}

/// Replies in `emails/` and what is new in them in `trimmed/`, under the same names.
fn replies(binary: &Path, folder: &Path) -> Outcome<Part> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder.join("emails"))? {
        files.push(entry?.path());
    }
    files.sort();
    let answers = explained(binary, files.iter().cloned())?;
    let (mut exact, mut halved) = (0, 0);
    for (name, answer) in &answers {
        let expected = folded(&std::fs::read_to_string(folder.join("trimmed").join(name))?);
        let ours = folded(answer["new_words"].as_str().unwrap_or_default());
        exact += usize::from(ours == expected);
        halved += usize::from(kept(&expected, &ours) * 2 < expected.len());
    }
    let mut missed = Vec::new();
    if exact * 100 < files.len() * LEAST_EXACT {
        missed.push(format!(
            "{exact} of {} replies were exact, and {LEAST_EXACT} % is the least",
            files.len()
        ));
    }
    if halved > 0 {
        missed.push(format!(
            "{halved} replies lost more than half of what is new in them, and none may"
        ));
    }
    let rows = vec![
        [
            "replies exact, %".to_owned(),
            share(exact, files.len()),
            files.len().to_string(),
        ],
        [
            "replies that lost more than half".to_owned(),
            halved.to_string(),
            files.len().to_string(),
        ],
    ];
    Ok(Part { rows, missed })
}

fn folded(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// How many of the expected words are among ours.
fn kept(expected: &[String], ours: &[String]) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in ours {
        *left.entry(word).or_default() += 1;
    }
    let mut kept = 0;
    for word in expected {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            kept += 1;
        }
    }
    kept
}

fn share(part: usize, of: usize) -> String {
    let tenths = (part * 1000).checked_div(of).unwrap_or_default();
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What the command says about each file, by the name of the file.
fn explained(binary: &Path, files: impl Iterator<Item = PathBuf>) -> Outcome<BTreeMap<String, Value>> {
    let lines = shell::read(Command::new(binary).args(["mail", "explain"]).args(files))?;
    let mut answers = BTreeMap::new();
    for line in lines.lines() {
        let answer: Value =
            serde_json::from_str(line).map_err(Failure::during("an answer of `redress mail explain`"))?;
        let file = Path::new(answer["file"].as_str().unwrap_or_default());
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        answers.insert(name, answer);
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_report_is_counted_by_its_labels() {
        let mut counts = Counts::default();
        let answer = json!({ "fate": "bounce", "bounce": { "status": "5.1.1", "reason": "user_unknown" } });
        counts.add(&[json!({ "dsn": "5.1.1", "reason": "filtered" })], &answer);
        counts.add(&[json!({ "dsn": "5.0.911", "reason": "userunknown" })], &answer);
        counts.add(&[], &json!({ "fate": "new_case" }));
        counts.add(
            &[json!({ "dsn": "", "reason": "vacation" })],
            &json!({ "fate": "auto_reply" }),
        );
        assert_eq!((counts.reports, counts.recognised, counts.opened), (3, 2, 1));
        assert_eq!((counts.status, counts.coded), (1, 1));
        assert_eq!((counts.same, counts.agreeing, counts.labelled), (1, 2, 2));
        assert_eq!(counts.part().missed.len(), 2);
    }

    #[test]
    fn words_that_are_kept_are_counted_each_once() {
        let words = |text: &str| folded(text);
        assert_eq!(kept(&words("a b b c"), &words("b a x")), 2);
        assert_eq!(share(29, 30), "96.6");
        assert_eq!(share(0, 0), "0.0");
    }
}
