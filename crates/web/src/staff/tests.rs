//! Every sample of every staff page is drawn and looked over: structure, names, safety.

use std::collections::{HashMap, HashSet};

use super::all_samples;

/// A start tag with its attributes, an end tag, or nothing of interest.
enum Piece {
    Start {
        name: String,
        attributes: Vec<(String, String)>,
    },
    End {
        name: String,
    },
}

/// Elements without an end tag.
const VOID: [&str; 12] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
];

fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = tag_end(&rest[at..]).unwrap_or_else(|| panic!("a tag without an end: {}", &rest[at..]));
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => pieces.push(Piece::End {
                name: name.trim().to_owned(),
            }),
            None => start(tag, &mut pieces),
        }
    }
    pieces
}

fn start(tag: &str, pieces: &mut Vec<Piece>) {
    let closed = tag.ends_with('/');
    let tag = tag.trim_end_matches('/');
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    pieces.push(Piece::Start {
        name: name.to_owned(),
        attributes: read_attributes(attributes),
    });
    if closed {
        pieces.push(Piece::End { name: name.to_owned() });
    }
}

/// Where the tag ends: a `>` that is not inside a quoted value.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.char_indices().find_map(|(at, c)| {
        if c == '"' {
            quoted = !quoted;
        }
        (c == '>' && !quoted).then_some(at)
    })
}

fn read_attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let name_end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = rest[..name_end].to_owned();
        let (value, after) = match rest[name_end..].strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("a value ends"),
            None => ("", &rest[name_end..]),
        };
        found.push((name, value.to_owned()));
        rest = after.trim_start();
    }
    found
}

/// Runs `look` over every start tag of every sample.
fn each_start(look: impl Fn(&str, &str, &HashMap<&str, &str>)) {
    for (sample, html) in all_samples() {
        for piece in pieces(&html) {
            if let Piece::Start { name, attributes } = piece {
                let attributes = attributes.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
                look(sample, &name, &attributes);
            }
        }
    }
}

fn ids(html: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for piece in pieces(html) {
        if let Piece::Start { attributes, .. } = piece {
            ids.extend(
                attributes
                    .into_iter()
                    .filter(|(name, _)| name == "id")
                    .map(|(_, value)| value),
            );
        }
    }
    ids
}

#[test]
fn samples_have_different_names() {
    let names: Vec<&str> = all_samples().iter().map(|(name, _)| *name).collect();
    let different: HashSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), different.len());
    assert!(names.len() > 70, "{}", names.len());
}

#[test]
fn every_tag_is_closed_in_order() {
    for (sample, html) in all_samples() {
        let mut open: Vec<String> = Vec::new();
        for piece in pieces(&html) {
            match piece {
                Piece::Start { name, .. } if !VOID.contains(&name.as_str()) => open.push(name),
                Piece::Start { .. } => {}
                Piece::End { name } => assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{sample}"),
            }
        }
        assert!(open.is_empty(), "{sample}: {open:?}");
    }
}

#[test]
fn ids_are_unique_and_never_empty() {
    for (sample, html) in all_samples() {
        let ids = ids(&html);
        let mut seen = HashSet::new();
        for id in &ids {
            assert!(!id.is_empty() && !id.contains(' '), "{sample}: «{id}»");
            assert!(seen.insert(id), "{sample}: {id} twice");
        }
    }
}

#[test]
fn everything_that_is_pointed_at_is_there() {
    for (sample, html) in all_samples() {
        let ids: HashSet<String> = ids(&html).into_iter().collect();
        for piece in pieces(&html) {
            let Piece::Start { name, attributes } = piece else {
                continue;
            };
            for (attribute, value) in &attributes {
                let targets: Vec<&str> = match attribute.as_str() {
                    "for" | "aria-describedby" | "aria-labelledby" | "aria-controls" | "list" => {
                        value.split(' ').collect()
                    }
                    "href" => value.strip_prefix('#').into_iter().collect(),
                    _ => continue,
                };
                for target in targets {
                    assert!(ids.contains(target), "{sample}: {name} {attribute} points at {target}");
                }
            }
        }
    }
}

#[test]
fn every_control_has_a_label() {
    for (sample, html) in all_samples() {
        let labelled: HashSet<String> = pieces(&html)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Start { name, attributes } if name == "label" => Some(attributes),
                _ => None,
            })
            .flatten()
            .filter(|(name, _)| name == "for")
            .map(|(_, value)| value)
            .collect();
        for piece in pieces(&html) {
            let Piece::Start { name, attributes } = piece else {
                continue;
            };
            let attributes: HashMap<_, _> = attributes.into_iter().collect();
            let hidden = attributes.get("type").is_some_and(|kind| kind == "hidden");
            if ["input", "select", "textarea"].contains(&name.as_str()) && !hidden {
                assert!(labelled.contains(&attributes["id"]), "{sample}: {name} {attributes:?}");
            }
        }
    }
}

#[test]
fn nothing_that_a_strict_policy_would_refuse() {
    each_start(|sample, name, attributes| {
        assert!(name != "style" && name != "iframe", "{sample}: {name}");
        assert!(
            name != "script" || attributes.contains_key("src"),
            "{sample}: script in the page"
        );
        for (attribute, value) in attributes {
            assert!(
                *attribute != "style" && !attribute.starts_with("on"),
                "{sample}: {name} {attribute}={value}"
            );
            assert!(!value.starts_with("javascript:"), "{sample}: {value}");
        }
    });
}

#[test]
fn one_main_heading_on_every_page() {
    for (sample, html) in all_samples() {
        assert_eq!(html.matches("<h1").count(), 1, "{sample}");
        assert!(
            html.matches("<main").count() == 1 && html.contains(r#"id="main-content""#),
            "{sample}"
        );
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    for (sample, html) in all_samples() {
        for form in html
            .split(r#"<form"#)
            .skip(1)
            .filter(|form| form.split('>').next().unwrap_or("").contains("post"))
        {
            let form = form.split("</form>").next().unwrap_or("");
            assert!(form.contains(r#"name="csrf" value="sample-token""#), "{sample}: {form}");
        }
    }
}

#[test]
fn errors_are_summed_up_first_and_lead_to_their_field() {
    for (sample, html) in all_samples()
        .into_iter()
        .filter(|(name, _)| name.ends_with("-errors") || name.ends_with("-wrong"))
    {
        let summary = html
            .find("govuk-error-summary")
            .unwrap_or_else(|| panic!("{sample} has no summary"));
        let heading = html.find("<h1").unwrap_or(0);
        assert!(summary < heading, "{sample}: the summary comes before the heading");
        let in_summary = html.matches(r##"<li><a href="#"##).count();
        assert_eq!(
            in_summary,
            html.matches("govuk-error-message").count(),
            "{sample}: each error stands at its field too"
        );
    }
}

#[test]
fn no_page_asks_for_anything_twice_or_shows_a_password() {
    each_start(|sample, name, attributes| {
        if name == "input" && attributes.get("type") == Some(&"password") {
            assert!(!attributes.contains_key("value"), "{sample}");
        }
    });
}
