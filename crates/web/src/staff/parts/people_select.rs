//! A list of people to choose from, in which those who may not be chosen stand greyed with the reason in words (R28, P26).

use hypertext::prelude::*;

use super::form::FormState;

/// Somebody who could be given a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What the form sends.
    pub value: String,
    /// Name and job: "Dana Kowalczyk, Service Delivery Manager".
    pub label: String,
    /// Why they may not be chosen, as a sentence: "Amara made the stage 1 decision".
    pub barred: Option<String>,
}

impl Candidate {
    /// Somebody who may be chosen.
    pub fn free(value: &str, label: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            barred: None,
        }
    }

    /// Somebody who may not, and why.
    pub fn barred(value: &str, label: &str, reason: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            barred: Some(reason.to_owned()),
        }
    }
}

/// Draws a list of `people` named `name`. The reasons stand below it too, because a greyed option cannot be read by everyone.
pub fn people_select<'a>(
    form: &'a FormState,
    name: &'a str,
    label: &'a str,
    people: &'a [Candidate],
) -> impl Renderable + 'a {
    let error = form.errors.on(name);
    let reasons: Vec<&str> = people.iter().filter_map(|person| person.barred.as_deref()).collect();
    let described = described_by(name, [("hint", reasons.len()), ("error", error.iter().count())]);
    maud! {
        div.govuk-form-group.govuk-form-group--error[error.is_some()] {
            label.govuk-label.govuk-label--s for=(name) { (label) }
            @if !reasons.is_empty() {
                div.govuk-hint id={ (name) "-hint" } {
                    "Not on offer: "
                    @for (n, reason) in reasons.iter().enumerate() { @if n > 0 { "; " } (reason) }
                    "."
                }
            }
            @if let Some(error) = error {
                p.govuk-error-message id={ (name) "-error" } { span.govuk-visually-hidden { "Error: " } (error) }
            }
            select.govuk-select.govuk-select--error[error.is_some()] id=(name) name=(name) aria-describedby=[&described] {
                option value="" { "Choose" }
                @for person in people { (option(person, form.answers.get(name))) }
            }
        }
    }
}

fn option<'a>(person: &'a Candidate, chosen: &'a str) -> impl Renderable + 'a {
    maud! {
        option value=(person.value) disabled[person.barred.is_some()] selected[person.value == chosen] {
            (person.label)
            @if let Some(reason) = &person.barred { " (" (reason) ")" }
        }
    }
}

/// The ids of those notes that are there, in reading order.
fn described_by(name: &str, notes: [(&str, usize); 2]) -> Option<String> {
    let ids: Vec<String> = notes
        .iter()
        .filter(|(_, there)| *there > 0)
        .map(|(note, _)| format!("{name}-{note}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_with_a_conflict_cannot_be_chosen_and_the_page_says_why() {
        let people = [
            Candidate::free("dana", "Dana Kowalczyk"),
            Candidate::barred("amara", "Amara Osei", "Amara made the stage 1 decision"),
        ];
        let form = FormState::default();
        let html = people_select(&form, "investigator", "Who investigates?", &people)
            .render()
            .into_inner();
        assert!(html.contains(r#"<option value="amara" disabled>"#), "{html}");
        assert!(
            html.contains("Not on offer: Amara made the stage 1 decision."),
            "{html}"
        );
        assert!(html.contains(r#"aria-describedby="investigator-hint""#), "{html}");
    }
}
