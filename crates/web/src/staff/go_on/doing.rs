//! What somebody was doing, told from the address of their form.

/// The acts on a case, as the last part of their address, and what they are called.
const ACTS: [(&str, &str); 26] = [
    ("message", "Message on"),
    ("note", "Note on"),
    ("category", "Category of"),
    ("urgency", "Urgency of"),
    ("point", "Point of complaint in"),
    ("vip", "VIP mark on"),
    ("decide", "Decision on"),
    ("assign", "Who deals with"),
    ("contact", "Contact with the person of"),
    ("stage-2", "Moving to stage 2:"),
    ("escalation", "Answer to the request for stage 2 in"),
    ("ask-stage-2", "Request for stage 2 in"),
    ("consent", "Consent in"),
    ("question", "Question in"),
    ("regimes", "Other regimes of"),
    ("issue", "New issue in"),
    ("group", "Links of"),
    ("extend", "More time for"),
    ("confidential", "Who may read"),
    ("handover", "Handover of"),
    ("opening", "Opening"),
    ("close", "Closing"),
    ("withdraw", "Withdrawal of"),
    ("reopen", "Reopening"),
    ("keeping", "How long is kept:"),
    ("redact", "Taking something out of"),
];

/// The acts on a month's review, as the last part of their address.
const REVIEW_ACTS: [(&str, &str); 5] = [
    ("note", "Note in the review of"),
    ("recommend", "Recommendation of the review of"),
    ("freeze", "Freezing the figures of"),
    ("finish", "Finishing the review of"),
    ("restate", "Correction to the figures of"),
];

/// "Note on FC-10482", "New person". The words never depend on what the form holds.
pub(super) fn doing(to: &str) -> String {
    let path = to.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_start_matches("/staff").split('/').skip(1).collect();
    let known = match parts.as_slice() {
        ["c", reference, act] => ACTS
            .iter()
            .find(|(known, _)| known == act)
            .map(|(_, words)| format!("{words} {reference}")),
        ["c", reference, "investigation", _] => Some(format!("Investigation of {reference}")),
        ["triage", reference] => Some(format!("Triage of {reference}")),
        ["triage", reference, "kind"] => Some(format!("What {reference} is")),
        ["sign-off", reference, "edit"] => Some(format!("Words of the letter in {reference}")),
        ["sign-off", reference] => Some(format!("Sign-off of the letter in {reference}")),
        ["review", month, act] => REVIEW_ACTS
            .iter()
            .find(|(known, _)| known == act)
            .map(|(_, words)| format!("{words} {month}")),
        ["actions", id] => Some(format!("Follow-on action {id}")),
        ["actions", id, "publish" | "unpublish"] => Some(format!("What everybody reads of action {id}")),
        ["log"] => Some("Logging a complaint".to_owned()),
        ["mail"] => Some("Saying where an e-mail belongs".to_owned()),
        ["settings", "calendars", "change"] => Some("Change of a calendar".to_owned()),
        ["c", reference, "drafts", ..] => Some(format!("Unsent draft on {reference}")),
        ["log", "draft", ..] => Some("Unsent draft of a call".to_owned()),
        ["cases", "views", ..] => Some("Saved views".to_owned()),
        ["cases", "pass-on"] => Some("Passing several cases on".to_owned()),
        ["settings", "procedure", ..] => Some("A new version of the procedure".to_owned()),
        ["settings", "categories"] => Some("Change of the categories".to_owned()),
        ["settings", "wording", letter, ..] => Some(format!("Wording of {letter}")),
        ["settings", "brand"] => Some("Change of the brand".to_owned()),
        ["settings", "channels"] => Some("Change of the ways to complain".to_owned()),
        ["settings", "vips"] => Some("Change of the list of VIPs".to_owned()),
        ["settings", "directory", "keys"] => Some("Key of a line manager".to_owned()),
        ["settings", "directory"] => Some("Having the directory read".to_owned()),
        ["settings", "mail"] => Some("Trying the mail".to_owned()),
        ["settings", "subject-access"] => Some("A copy for somebody".to_owned()),
        ["settings", "people"] => Some("New person".to_owned()),
        ["settings", "people", ..] => Some("Change to the account of somebody".to_owned()),
        ["me", "preferences"] => Some("Look and keyboard".to_owned()),
        ["me", "away" | "back"] => Some("Who stands in for you".to_owned()),
        ["undelivered"] => Some("Sending a letter again".to_owned()),
        ["me"] => Some("Change of your password".to_owned()),
        _ => None,
    };
    known.unwrap_or_else(|| "What you were doing".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::paths;

    #[test]
    fn every_form_says_what_it_is() {
        for (to, words) in [
            ("/staff/c/FC-10482/note", "Note on FC-10482"),
            ("/staff/c/FC-10482/message?x=y", "Message on FC-10482"),
            ("/staff/triage/FC-10482", "Triage of FC-10482"),
            ("/staff/triage/FC-10482/kind", "What FC-10482 is"),
            ("/staff/sign-off/FC-10482", "Sign-off of the letter in FC-10482"),
            ("/staff/log", "Logging a complaint"),
            ("/staff/review/2026-09/finish", "Finishing the review of 2026-09"),
            ("/staff/actions/2026-09-1", "Follow-on action 2026-09-1"),
            ("/staff/settings/people/5/leave", "Change to the account of somebody"),
            ("/staff/c/FC-10482/unheard-of", "What you were doing"),
            ("/staff", "What you were doing"),
        ] {
            assert_eq!(doing(to), words, "{to}");
        }
    }

    #[test]
    fn no_form_of_the_pages_is_without_words() {
        for (name, html) in crate::staff::all_samples() {
            for tag in html.split("<form").skip(1).filter_map(|form| form.split('>').next()) {
                let action = tag
                    .split_once(r#"action=""#)
                    .and_then(|(_, rest)| rest.split('"').next());
                let to = action.unwrap_or_default();
                // The doors carry a form and are none; "take" is a button of a sample alone.
                let other = [paths::SIGN_IN, paths::SIGN_OUT].contains(&to) || to.ends_with("/take");
                if tag.contains(r#"method="post""#) && !other {
                    assert_ne!(doing(to), "What you were doing", "{to} of {name}");
                }
            }
        }
    }
}
