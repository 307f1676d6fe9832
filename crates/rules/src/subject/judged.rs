//! What was judged of a case, where an event tells it as a code: in words.

use super::copy::Text;
use crate::case::Event;

/// The judgements of an event, by name.
pub(super) fn judged(event: &Event) -> Vec<Text> {
    let said = |name: &str, text: String| Text {
        name: name.to_owned(),
        text,
    };
    let spelt = |code: &str| code.replace(['_', '-'], " ");
    match event {
        Event::CategorySet(set) => vec![
            said("service", spelt(&set.service)),
            said("problem", spelt(&set.problem)),
        ],
        Event::UrgencySet(set) => vec![said("urgency", set.urgency.words().to_owned())],
        Event::RiskAssessed(risk) => {
            let all = [
                (risk.complex, "particularly complex"),
                (risk.high_risk, "high risk"),
                (risk.needs_investigation, "needs an investigation"),
            ];
            let found: Vec<&str> = all.into_iter().filter_map(|(is, words)| is.then_some(words)).collect();
            let words = if found.is_empty() {
                "nothing out of the usual".to_owned()
            } else {
                found.join(", ")
            };
            vec![said("judgement", words)]
        }
        Event::DecisionRecorded(recorded) => vec![said("outcome", recorded.outcome.words().to_owned())],
        Event::Closed(closed) => vec![said("how", closed.ending.words().to_owned())],
        Event::Reclassified(again) => vec![said("as", again.to.words().to_owned())],
        _ => Vec::new(),
    }
}
