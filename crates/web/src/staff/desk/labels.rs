//! What the fields of staff forms are called where their words are shown again outside their form.

use std::borrow::Cow;

/// Fields in which people write, and fields with a short answer that says something by itself.
pub(super) const LABELS: &[(&str, &str)] = &[
    ("accent", "Accent colour"),
    ("about_others", "Whom else it is about"),
    ("acting_for", "For whom they complain"),
    ("also", "What else is left out"),
    ("answer", "What they answered"),
    ("answer_by", "Day by which they answer"),
    ("asked_on", "Day that they asked"),
    ("because", "Why"),
    ("began_on", "Day on which it began"),
    ("by_on", "By when"),
    ("case_words", "Note on the case"),
    ("certificate", "Public key"),
    ("changed_why", "Why more or less is left out"),
    ("chat", "Address of the chat"),
    ("chat_hours", "Hours of the chat"),
    ("comments", "Comments"),
    ("conflict", "What connects you with them"),
    ("correction", "What is wrong in the notes"),
    ("delegate", "Who stands in"),
    ("desk", "Place to come to"),
    ("desk_hours", "Hours of the desk"),
    ("did", "What we have done"),
    ("done_on", "Day on which it was done"),
    ("done_words", "What was done"),
    ("dropped", "Why it is not needed"),
    ("due_on", "To be done by"),
    ("email", "Email address"),
    ("files", "Files, to be chosen again"),
    ("found", "What we found"),
    ("from", "From"),
    ("from_on", "From which day"),
    ("from_whom", "From whom or what"),
    ("given_on", "Day that they agreed"),
    ("go_on", "Why you go on"),
    ("handled_now", "Where it is handled now"),
    ("heard_on", "Day that they said it"),
    ("held_at", "Time that you spoke"),
    ("held_on", "Day of the meeting"),
    ("holder_email", "Email address of the line manager"),
    ("holder_name", "Name of the line manager"),
    ("hoped_by", "Answer hoped for by"),
    ("job", "Existing job"),
    ("job_title", "Job title"),
    ("late_reason", "Why it is late"),
    ("learned", "What should change"),
    ("learnt", "How you know"),
    ("link", "Colour of links"),
    ("list", "List"),
    ("message", "Message"),
    ("minutes", "Minutes"),
    ("name", "Name"),
    ("needs", "What would help them"),
    ("needs_reason", "Why"),
    ("new_date", "New date"),
    ("next_on", "Next update by"),
    ("next_review", "What is taken into the next review"),
    ("note", "Note"),
    ("notes", "What was said"),
    ("on", "Day"),
    ("other", "The other case"),
    ("organisation", "Institution"),
    ("others", "Who else was there"),
    ("override", "Why they can investigate"),
    ("owner", "Owner"),
    ("passage", "Words to be taken out"),
    ("phone", "Phone number"),
    ("phone_hours", "Hours of the telephone"),
    ("post", "Address for letters"),
    ("point", "Point"),
    ("point_text", "Words of the point"),
    ("points_words", "What they said about the points"),
    ("procedure_text", "Procedure"),
    ("question", "Question"),
    ("reason", "Reason"),
    ("received_at", "Time"),
    ("received_on", "Day"),
    ("redact_why", "Why it is taken out"),
    ("references", "References"),
    ("refuse_why", "Why it is not erased"),
    ("remark", "In a sentence or two"),
    ("reply", "Reply to"),
    ("social", "Account"),
    ("social_called", "Network"),
    ("social_link", "Address of the account"),
    ("source", "Who or what it comes from"),
    ("spoken_at", "Time that you spoke"),
    ("spoken_on", "Day that you spoke"),
    ("taken_why", "Why it does not apply"),
    ("text", "What should change"),
    ("title", "What it is"),
    ("to_put_right", "What would put it right"),
    ("told_at", "Time that you told them"),
    ("told_on", "Day that you told them"),
    ("told_words", "What you told them"),
    ("unit", "Department"),
    ("until", "Until"),
    ("username", "Username"),
    ("valid_from", "In force from"),
    ("vip_reason", "How you know that they are a VIP"),
    ("vip_source", "How you know that they are a VIP"),
    ("we_did", "We did"),
    ("what", "What you need to find out"),
    ("who", "Who"),
    ("why", "Why"),
    ("with", "With whom"),
    ("wording_text", "Wording"),
    ("words", "What they said"),
    ("you_said", "You said"),
];

/// The label of a field; none for a choice or a tick, whose value is a code.
pub(crate) fn label(name: &str) -> Option<Cow<'static, str>> {
    if let Some((_, label)) = LABELS.iter().find(|(known, _)| *known == name) {
        return Some(Cow::Borrowed(label));
    }
    if let Some(point) = name.strip_prefix("finding-").filter(|point| is_number(point)) {
        return Some(Cow::Owned(format!("Finding on point {point}")));
    }
    if let Some(rest) = name.strip_prefix("category-") {
        let (part, category) = rest.split_once('-')?;
        return match part {
            "name" => Some(Cow::Owned(format!("Name of {category}"))),
            "sub" => Some(Cow::Owned(format!("Subcategories of {category}"))),
            "code" => Some(Cow::Owned(format!("Code of {category}"))),
            _ => None,
        };
    }
    let (number, part) = name.strip_prefix("action-")?.split_once('-')?;
    match part {
        _ if !is_number(number) => None,
        "what" => Some(Cow::Owned(format!("Change {number}"))),
        "owner" => Some(Cow::Owned(format!("Owner of change {number}"))),
        "by" => Some(Cow::Owned(format!("Day of change {number}"))),
        _ => None,
    }
}

/// What the field with this value is called where it is shown again; none where the value is a code that only the form explains.
pub(crate) fn called(name: &str, value: &str) -> Option<String> {
    let is_code = value.contains('_') && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let has_words = value.trim().contains(char::is_whitespace);
    match label(name) {
        Some(label) if !is_code => Some(label.into_owned()),
        None if has_words => Some("Also in the form".to_owned()),
        _ => None,
    }
}

/// True of digits alone.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::check;

    #[test]
    fn what_people_write_has_a_label_and_a_code_has_none() {
        assert_eq!(label("note").as_deref(), Some("Note"));
        assert_eq!(label("finding-2").as_deref(), Some("Finding on point 2"));
        assert_eq!(label("action-1-owner").as_deref(), Some("Owner of change 1"));
        for code in [
            "outcome",
            "point-2",
            "finding-",
            "finding-<b>",
            "action-x-what",
            "action-1-x",
        ] {
            assert_eq!(label(code), None, "{code}");
        }
    }

    #[test]
    fn what_is_shown_again_never_goes_by_the_name_of_its_field() {
        assert_eq!(called("note", "Rang them").as_deref(), Some("Note"));
        assert_eq!(called("unheard", "Two words").as_deref(), Some("Also in the form"));
        assert_eq!(called("seen_by", "case"), None);
        assert_eq!(called("reason", "new_evidence"), None);
    }

    #[test]
    fn no_field_of_the_pages_that_people_write_in_is_without_a_label() {
        for (page, html) in crate::staff::all_samples() {
            for (tag, attributes) in check::read(&html).0 {
                let says = |attribute: &str| attributes.get(attribute).map_or("", String::as_str);
                let text = matches!(says("type"), "text" | "email" | "tel" | "date");
                if tag == "textarea" && !attributes.contains_key("readonly") || tag == "input" && text {
                    assert_ne!(label(says("name")), None, "{} of {page}", says("name"));
                }
            }
        }
    }
}
