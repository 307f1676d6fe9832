//! How many reports about letters are known as reports, and for what they are taken.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Part, explained, share};
use crate::shell::{Failure, Outcome};

/// At least so many of a hundred reports are known as reports.
const LEAST_RECOGNISED: usize = 98;
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

/// Reports with `expected.json`: for each file a list of labels; none for a report that somebody calls a letter unwanted.
pub(super) fn bounces(binary: &Path, folder: &Path) -> Outcome<Part> {
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
}
