//! The forms about one complaint, kept when they could not be taken: shown and sent again with one press.

use super::paths;
use super::trouble::{KeptField, KeptForm};
use crate::http::sent_form::{LEAVE_OUT, SentForm};
use crate::http::{Carried, Posted, Sender, Site, once};
use crate::page::form::ChooseAgain;

/// One of the forms about a complaint.
struct Form {
    /// Its address under that of the complaint.
    act: &'static str,
    /// What its button says.
    button: &'static str,
    /// The fields that are shown again, and their questions.
    labels: &'static [(&'static str, &'static str)],
}

const FORMS: [Form; 4] = [
    Form {
        act: "reply",
        button: "Send message",
        labels: &[("words", "Your message")],
    },
    Form {
        act: "stage-2",
        button: "Ask for stage 2",
        labels: &[("words", "What did we get wrong or miss?")],
    },
    Form {
        act: "contact",
        button: "Save",
        labels: &[("email", "Email address")],
    },
    Form {
        act: "stop",
        button: "Stop my complaint",
        labels: &[("reason", "Why are you stopping it? (optional)")],
    },
];

/// A form about a complaint that was sent to an address; none if that is the address of no such form.
pub(super) fn kept_act(to: &str, posted: &Posted) -> Option<KeptForm> {
    let (_, form) = form_at(to)?;
    Some(kept(to, form.button, posted, form.labels))
}

/// What the forms that begin something ask in words.
pub(super) const COMPLAINT: &[(&str, &str)] = &[("what", "What went wrong?"), ("want", "What would put it right?")];
pub(super) const THANKS: &[(&str, &str)] = &[("words", "What do you want to tell us?")];

/// A form that was sent to an address, whichever page of the counter it stands on; none of one without words.
pub(super) fn kept_at(to: &str, posted: &Posted) -> Option<KeptForm> {
    match to {
        paths::COMPLAIN => Some(kept(to, "Send complaint", posted, COMPLAINT)),
        paths::THANKS => Some(kept(to, "Send", posted, THANKS)),
        _ => kept_act(to, posted),
    }
}

/// The same of a form with files: those stay where they are and go with it when it is sent again.
pub(super) fn kept_act_with_files(to: &str, sent: &SentForm) -> Option<KeptForm> {
    kept_act(to, &sent.posted).map(|form| with_files(form, sent))
}

/// A form that waited, with a field for its files, which could not.
pub(super) fn kept_carried(carried: &Carried, site: &Site) -> Option<KeptForm> {
    let form = kept_act(&carried.to, &Posted::from_pairs(&carried.fields))?;
    let choose_again = ChooseAgain::of(&carried.files, Vec::new(), &site.public().file_limits());
    Some(KeptForm { choose_again, ..form })
}

/// A form about a complaint that somebody may carry through the page that asks for reference and code, and that reference: not one
/// that another site may have sent, nor one that goes elsewhere.
pub(super) fn carried(sender: Sender, carried: Carried) -> Option<(Carried, String)> {
    let reference = form_at(&carried.to)?.0.to_owned();
    (sender == Sender::OurPage).then_some((carried, reference))
}

fn form_at(to: &str) -> Option<(&str, &'static Form)> {
    let (reference, act) = to.strip_prefix(paths::TRACK)?.strip_prefix('/')?.split_once('/')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let form = FORMS.iter().find(|form| form.act == act)?;
    (!reference.is_empty() && reference.bytes().all(plain)).then_some((reference, form))
}

/// Everything that a form with files held.
pub(crate) fn kept_with_files(action: &str, button: &str, sent: &SentForm, labels: &[(&str, &str)]) -> KeptForm {
    with_files(kept(action, button, &sent.posted, labels), sent)
}

fn with_files(form: KeptForm, sent: &SentForm) -> KeptForm {
    let files = sent.files.waiting.iter().map(|file| file.name.to_string()).collect();
    KeptForm { files, ..form }
}

/// Everything that a form held, to be shown and sent again.
pub(crate) fn kept(action: &str, button: &str, posted: &Posted, labels: &[(&str, &str)]) -> KeptForm {
    let fields = posted
        .fields()
        .iter()
        .filter(|(name, _)| name != "key" && name != LEAVE_OUT)
        .map(|(name, value)| KeptField {
            name: name.clone(),
            value: value.clone(),
            label: labels
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, label)| (*label).to_owned()),
        });
    KeptForm {
        action: action.to_owned(),
        button: button.to_owned(),
        key: once::key_or_new(posted.get("key")),
        fields: fields.collect(),
        files: Vec::new(),
        choose_again: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_form_about_a_complaint_is_carried_and_only_from_a_page_of_ours() {
        let words = Posted::parse(b"key=k&words=Hello");
        let reference = |to: &str, sender| carried(sender, Carried::of(to, &words)).map(|(_, reference)| reference);
        for (act, _) in FORMS.iter().map(|form| (form.act, form.button)) {
            let to = format!("/track/FC-10482/{act}");
            assert_eq!(reference(&to, Sender::OurPage).as_deref(), Some("FC-10482"), "{to}");
            assert_eq!(reference(&to, Sender::Unknown), None);
        }
        for wrong in [
            "",
            "/track",
            "/track/FC-10482",
            "/track/FC-10482/k/abc",
            "/track//reply",
            "/track/../reply",
            "/track/%2e%2e/stop",
            "//evil.example/track/FC-1/reply",
            "/staff/c/FC-10482/note",
        ] {
            assert_eq!(reference(wrong, Sender::OurPage), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_kept_form_has_its_words_its_key_and_its_button() {
        let posted = Posted::parse(b"key=k1&words=Hello&more=x");
        let form = kept_act("/track/FC-10482/stage-2", &posted).unwrap();
        assert_eq!((form.button.as_str(), form.key.as_str()), ("Ask for stage 2", "k1"));
        let labels: Vec<Option<&str>> = form.fields.iter().map(|field| field.label.as_deref()).collect();
        assert_eq!(labels, [Some("What did we get wrong or miss?"), None]);
    }
}
