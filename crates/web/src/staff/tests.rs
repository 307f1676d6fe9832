//! Every staff page in every state is whole, reachable and styled; forms carry their token, errors lead to their field.

use std::collections::BTreeSet;

use super::all_samples;
use crate::assets;
use crate::page::check;

fn sample(name: &str) -> String {
    all_samples()
        .into_iter()
        .find_map(|(its_name, html)| (its_name == name).then_some(html))
        .unwrap_or_default()
}

#[test]
fn every_sample_is_a_whole_page_that_the_policy_accepts() {
    for (name, html) in all_samples() {
        assert_eq!(check::faults(&html), Vec::<String>::new(), "in {name}");
    }
}

#[test]
fn every_sample_has_a_name_of_its_own() {
    let names: Vec<&str> = all_samples().iter().map(|(name, _)| *name).collect();
    let different: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), different.len());
    assert!(names.len() > 75, "{}", names.len());
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    let mut seen = 0;
    for (name, html) in all_samples() {
        for form in html.split("<form").skip(1) {
            let (tag, inside) = form.split_once('>').unwrap_or_default();
            // Before signing in there is no session that a token could belong to.
            if tag.contains(r#"method="post""#) && !tag.contains(r#"action="/staff/sign-in""#) {
                let inside = inside.split("</form>").next().unwrap_or_default();
                assert!(
                    inside.contains(r#"name="csrf" value="sample-token""#),
                    "{name}: {inside}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen} forms");
}

#[test]
fn forms_that_record_something_carry_the_key_against_double_presses() {
    // Signing in and out, narrowing a list: harmless when done twice, so without a key.
    let harmless = ["/staff/sign-in", "/staff/sign-out", "/take"];
    for (name, html) in all_samples() {
        for form in html.split("<form").skip(1) {
            let (tag, inside) = form.split_once('>').unwrap_or_default();
            if tag.contains(r#"method="post""#) && !harmless.iter().any(|path| tag.contains(path)) {
                let inside = inside.split("</form>").next().unwrap_or_default();
                assert_eq!(inside.matches(r#"name="once""#).count(), 1, "{name}: {tag}");
            }
        }
    }
}

#[test]
fn errors_are_summed_up_first_and_stand_at_their_field_too() {
    let wrong = all_samples()
        .into_iter()
        .filter(|(name, _)| name.ends_with("-errors") || name.ends_with("-wrong"));
    let mut seen = 0;
    for (name, html) in wrong {
        let summary = html.find(r#"class="govuk-error-summary""#).unwrap_or(usize::MAX);
        assert!(
            summary < html.find("<h1").unwrap_or_default(),
            "{name}: the summary comes before the heading"
        );
        let summed_up = html.matches(r##"<li><a href="#"##).count();
        assert_eq!(summed_up, html.matches("govuk-error-message").count(), "{name}");
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn no_more_than_one_button_stands_out() {
    for (name, html) in all_samples() {
        let main = html
            .split_once(r#"id="main-content""#)
            .map(|(_, main)| main)
            .unwrap_or_default();
        let primary = main.matches(r#"class="govuk-button""#).count();
        assert!(primary <= 1, "{name}: {primary} primary buttons");
    }
}

#[test]
fn what_people_write_does_nothing_but_stand_there() {
    let html = sample("search");
    assert!(
        html.contains("<h1 class=\"govuk-heading-l\">Search: “printer &amp; Rowan”</h1>"),
        "{html}"
    );
    assert!(html.contains("<title>Search: printer &amp; Rowan"), "{html}");
}

#[test]
fn somebody_with_a_conflict_sees_why_and_gets_no_form() {
    let html = sample("sign-off-letter-locked");
    assert!(html.contains("so you cannot sign this off"));
    assert!(!html.contains(r#"name="decision""#));
}

#[test]
fn a_letter_with_something_missing_cannot_be_sent() {
    assert!(sample("decide-preview").contains("Send decision and close"));
    let html = sample("decide-preview-missing");
    assert!(!html.contains("Send decision and close") && html.contains("Change something"));
}

#[test]
fn the_preview_carries_every_answer_and_nothing_twice() {
    let html = sample("decide-preview");
    assert!(html.contains(r#"<input type="hidden" name="found" value="Two Wi-Fi points restarted.">"#));
    assert_eq!(
        html.matches(r#"name="step""#).count(),
        2,
        "the two buttons, and no hidden step"
    );
}

#[test]
fn a_note_and_a_message_never_share_a_form() {
    let (write, note) = (sample("case"), sample("case-note"));
    assert!(write.contains("/staff/c/FC-10482/message\"") && !write.contains("/staff/c/FC-10482/note\""));
    assert!(note.contains("/staff/c/FC-10482/note\"") && !note.contains("/staff/c/FC-10482/message\""));
}

#[test]
fn every_class_in_a_page_has_a_style() {
    let style = assets::all()
        .iter()
        .find(|asset| asset.name == "staff.css")
        .map(|asset| asset.plain);
    let style = String::from_utf8_lossy(style.unwrap_or_default()).into_owned();
    let mut missing = BTreeSet::new();
    for (_, html) in all_samples() {
        for (_, attributes) in check::read(&html).0 {
            let classes = attributes.get("class").map(String::as_str).unwrap_or_default();
            for class in classes.split_whitespace().filter(|class| !MARKS.contains(class)) {
                if !is_styled(&style, class) {
                    missing.insert(class.to_owned());
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

/// Names that mark a thing without styling it.
const MARKS: [&str; 2] = ["fc-crest", "govuk-table__body"];

fn is_styled(style: &str, class: &str) -> bool {
    let selector = format!(".{}", class.replace('!', "\\!"));
    style.match_indices(&selector).any(|(at, _)| {
        let next = style.as_bytes().get(at + selector.len());
        next.is_none_or(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_'))
    })
}

#[test]
fn only_a_page_that_keeps_words_says_that_it_does() {
    let mut told = 0;
    for (name, html) in all_samples().into_iter().filter(|(name, _)| name.contains("error-")) {
        let says = html.contains("Your words are still here");
        let keeps = html.contains("What you wrote");
        assert!(keeps || !says, "{name}");
        told += usize::from(says);
    }
    assert!(told >= 5, "{told}");
}
