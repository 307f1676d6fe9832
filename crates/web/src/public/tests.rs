//! Every page in every state is whole, reachable, styled, and keeps what people wrote without letting it do anything.

use std::collections::BTreeSet;

use super::all_samples;
use crate::{
    assets,
    page::{check, public_shell::Institution},
    public::{
        confirmation::groups_of_four,
        home::{HomePage, home},
        procedure::{ProcedurePage, PublishedProcedure, procedure},
        trouble::TroublePage,
    },
};

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
    let samples = all_samples();
    let names: BTreeSet<&str> = samples.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), samples.len());
    assert!(samples.len() > 35);
}

#[test]
fn every_class_in_a_page_has_a_style() {
    let style = assets::all()
        .iter()
        .find(|asset| asset.name == "public.css")
        .map(|asset| asset.plain);
    let style = String::from_utf8_lossy(style.unwrap_or_default()).into_owned();
    // Hooks for script, and names of govuk-frontend that mark a thing without styling it.
    const MARKS: [&str; 6] = [
        "govuk-template",
        "govuk-table__head",
        "govuk-table__body",
        "govuk-table__row",
        "govuk-radios",
        "govuk-checkboxes",
    ];
    let unstyled = |class: &str| class.starts_with("govuk-js-") || MARKS.contains(&class);
    let mut missing = BTreeSet::new();
    for (name, html) in all_samples() {
        for (_, attributes) in check::read(&html).0 {
            for class in attributes
                .get("class")
                .map(String::as_str)
                .unwrap_or_default()
                .split_whitespace()
            {
                if !is_styled(&style, class) && !unstyled(class) {
                    missing.insert(format!("{class} in {name}"));
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

fn is_styled(style: &str, class: &str) -> bool {
    let selector = format!(".{}", class.replace('!', "\\!"));
    style.match_indices(&selector).any(|(at, _)| {
        let next = style.as_bytes().get(at + selector.len());
        next.is_none_or(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_'))
    })
}

#[test]
fn a_page_with_errors_says_so_first() {
    for (name, html) in all_samples() {
        let has_summary = html.contains("govuk-error-summary");
        assert_eq!(html.contains("<title>Error: "), has_summary, "title of {name}");
        if has_summary {
            let summary = html.find("govuk-error-summary").unwrap_or(usize::MAX);
            let heading = html.find("<h1").unwrap_or_default();
            assert!(summary < heading, "the summary comes first in {name}");
        }
    }
}

#[test]
fn what_people_wrote_is_shown_and_does_nothing() {
    let page = sample("confirmation-anonymous");
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; the printer"),
        "{page}"
    );
    let page = sample("trouble-422-timed-out");
    assert!(
        page.contains("&lt;dissertation&gt; &amp; nobody came.</textarea>"),
        "{page}"
    );
    assert!(
        page.contains("<input type=\"hidden\" name=\"email\" value=\"jonah@calderbrook.example\">"),
        "{page}"
    );
}

#[test]
fn the_complaint_form_keeps_every_answer() {
    let page = sample("complain-full");
    for kept in [
        "It disconnected four times &amp; I lost about 15 minutes.</textarea>",
        "confirms there was a fault.</textarea>",
        "value=\"priya.nair@calderbrook.example\"",
        "value=\"01632 960 123\"",
        "value=\"F01234567890123456789\"",
        "name=\"named\" type=\"checkbox\" value=\"yes\" checked",
        "<option value=\"student\" selected>",
        "value=\"Priya Nair\"",
        "value=\"phone\" checked",
        "value=\"Jonah Adeyemi\"",
        "<details class=\"govuk-details\" open>",
        "Large print, please.</textarea>",
    ] {
        assert!(page.contains(kept), "lost {kept}");
    }
}

#[test]
fn only_the_words_of_the_complaint_are_required() {
    let page = sample("complain");
    assert!(!page.contains(" required"), "the server says what is missing, kindly");
    for field in [
        "what",
        "want",
        "named",
        "name",
        "email",
        "phone",
        "who",
        "reply",
        "acting_for",
        "job",
        "needs",
        "key",
    ] {
        assert!(page.contains(&format!(" name=\"{field}\"")), "no field {field}");
    }
}

#[test]
fn stages_and_limits_come_from_the_procedure_only() {
    // Another procedure, with other stages and limits: none of the sample's may be left on the pages (R13).
    let other = PublishedProcedure {
        promises: Vec::new(),
        sections: Vec::new(),
        intro: vec!["One step, 10 days.".into()],
        ..PublishedProcedure::sample()
    };
    let institution = Institution::sample();
    let pages = [
        home(
            &institution,
            &HomePage {
                procedure: other.clone(),
                changes: Vec::new(),
                notice: None,
            },
        ),
        procedure(
            &institution,
            &ProcedurePage {
                procedure: other,
                ..ProcedurePage::sample()
            },
        ),
    ];
    for page in pages {
        let page = page.into_inner();
        assert!(page.contains("One step, 10 days."));
        for word in [
            "Stage 1",
            "Stage 2",
            "stage 1",
            "stage 2",
            "3 working days",
            "20 working days",
        ] {
            assert!(!page.contains(word), "a template says {word}");
        }
    }
}

#[test]
fn a_code_is_read_in_groups_of_four() {
    assert_eq!(groups_of_four("4821730599261840"), ["4821", "7305", "9926", "1840"]);
    assert_eq!(groups_of_four("4821 7305 99"), ["4821", "7305", "99"]);
    assert!(groups_of_four("").is_empty());
    assert!(sample("confirmation").contains("<span>4821</span> <span>7305</span> <span>9926</span> <span>1840</span>"));
}

#[test]
fn a_closed_door_says_the_same_whatever_is_behind_it() {
    let page = sample("track-start-mismatch");
    assert!(page.contains("That reference and code do not match. Check both"));
    assert!(
        !page.contains("id=\"code-error\""),
        "the message must not say which part is wrong"
    );
    assert!(sample("track-start-wait").contains("You have tried 5 times. Wait 15 minutes"));
    assert!(!sample("track-start-wait").contains("<form"));
}

#[test]
fn a_complainant_never_sees_that_we_are_late_or_what_staff_only_see() {
    for (name, html) in all_samples() {
        for hidden in [
            "fc-clock--over",
            "fc-clock--today",
            "fc-clock--soon",
            "moj-timeline__item--staff",
        ] {
            assert!(!html.contains(hidden), "{name} shows {hidden}");
        }
    }
}

#[test]
fn the_decision_is_read_before_anything_else() {
    for name in ["track-decided", "track-decided-late", "track-ended"] {
        let page = sample(name);
        let (decision, updates) = (page.find("class=\"fc-decision\""), page.find("id=\"updates\""));
        assert!(decision.is_some() && decision < updates, "{name}");
        assert!(!page.contains("class=\"fc-status\""), "{name} says it twice");
    }
    // Looked at again: where that has got to comes before the decision that it is about.
    let page = sample("track-stage-2-asked");
    assert!(page.find("class=\"fc-status\"") < page.find("class=\"fc-decision\""));
    assert!(page.contains("Friday 13 November 2026"));
}

#[test]
fn each_trouble_goes_with_its_status() {
    for (name, page) in TroublePage::samples() {
        assert!(name.starts_with(&page.what.status().to_string()), "{name}");
    }
}

#[test]
fn the_first_visit_to_the_form_weighs_little() {
    let gzip = |name: &str| {
        assets::all()
            .iter()
            .find(|asset| asset.name == name)
            .map_or(0, |asset| asset.gzip.unwrap_or(asset.plain).len())
    };
    // The page itself is counted uncompressed, which is more than it will be.
    let weight = sample("complain").len() + gzip("public.css") + gzip("public.js") + gzip("atkinson-latin.woff2");
    assert!(weight < 70_000, "{weight} bytes");
}
