//! A small reader of HTML for tests: finds what makes a page broken, unreachable or refused by the content security policy.

use std::collections::{BTreeMap, BTreeSet};

/// The elements that have no end tag (HTML Standard, void elements).
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];
/// The shapes of an inline drawing end in `/>`.
const DRAWN: [&str; 5] = ["circle", "path", "rect", "line", "polyline"];
/// Attributes whose words are ids on the same page.
const POINTERS: [&str; 5] = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "headers"];

/// One start tag: its name and its attributes, `None` where an attribute has no value.
pub(crate) type Tag = (String, BTreeMap<String, String>);

/// Everything that is wrong with a page; empty when nothing is.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let (tags, mut faults) = read(html);
    faults.extend(ids(&tags));
    faults.extend(refused(&tags));
    faults.extend(document(html, &tags));
    faults
}

/// Every start tag in order, and what is wrong with the nesting.
pub(crate) fn read(html: &str) -> (Vec<Tag>, Vec<String>) {
    let (mut tags, mut faults, mut open) = (Vec::new(), Vec::new(), Vec::<String>::new());
    for piece in html.split('<').skip(1) {
        let Some((inside, _)) = split_tag(piece) else {
            faults.push(format!("a < that begins no tag: <{}", &piece[..piece.len().min(40)]));
            continue;
        };
        if inside.starts_with('!') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == name => {}
                last => faults.push(format!("</{name}> ends {last:?}")),
            }
            continue;
        }
        let (tag, closes_itself) = parse(inside);
        let drawn = DRAWN.contains(&tag.0.as_str());
        if closes_itself && !drawn {
            faults.push(format!("<{}/> is not HTML", tag.0));
        }
        if !closes_itself && !VOID.contains(&tag.0.as_str()) {
            open.push(tag.0.clone());
        }
        tags.push(tag);
    }
    if !open.is_empty() {
        faults.push(format!("never closed: {open:?}"));
    }
    (tags, faults)
}

/// The inside of a tag and the text behind it. Attribute values escape `>`, so the first one ends the tag.
fn split_tag(piece: &str) -> Option<(&str, &str)> {
    let first = piece.chars().next()?;
    if !(first.is_ascii_alphabetic() || first == '/' || first == '!') {
        return None;
    }
    piece.split_once('>')
}

fn parse(inside: &str) -> (Tag, bool) {
    let (inside, closes_itself) = match inside.strip_suffix('/') {
        Some(rest) => (rest, true),
        None => (inside, false),
    };
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (inner, behind) = quoted.split_once('"').unwrap_or((quoted, ""));
            value = inner.to_owned();
            rest = behind;
        }
        attributes.insert(key, value);
    }
    ((name.to_owned(), attributes), closes_itself)
}

fn ids(tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for id in tags.iter().filter_map(|(_, attributes)| attributes.get("id")) {
        if !seen.insert(id.as_str()) {
            faults.push(format!("two elements have the id {id}"));
        }
    }
    for (name, attributes) in tags {
        for pointer in POINTERS {
            for id in attributes
                .get(pointer)
                .map(String::as_str)
                .unwrap_or_default()
                .split_whitespace()
            {
                if !seen.contains(id) {
                    faults.push(format!("{pointer} of a {name} names {id}, which is not there"));
                }
            }
        }
        if let Some(id) = attributes.get("href").and_then(|href| href.strip_prefix('#'))
            && !seen.contains(id)
        {
            faults.push(format!("a link goes to #{id}, which is not there"));
        }
        let labelled = attributes.get("type").is_some_and(|kind| kind == "hidden");
        if ["input", "select", "textarea"].contains(&name.as_str()) && !labelled {
            let id = attributes.get("id").cloned().unwrap_or_default();
            if !tags
                .iter()
                .any(|(tag, its)| tag == "label" && its.get("for") == Some(&id))
                && !attributes.contains_key("aria-label")
            {
                faults.push(format!("the {name} {id} has no label"));
            }
        }
    }
    faults
}

/// What the content security policy refuses: style and script inside the page, and files of others.
fn refused(tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, attributes) in tags {
        if name == "style" || (name == "script" && !attributes.contains_key("src")) {
            faults.push(format!("a {name} inside the page"));
        }
        for (key, value) in attributes {
            if key == "style" || key.starts_with("on") {
                faults.push(format!("{key} on a {name}"));
            }
            if value.trim_start().to_ascii_lowercase().starts_with("javascript:") {
                faults.push(format!("script in {key} of a {name}"));
            }
            // A document of ours, in a frame without any exception, has a policy of its own.
            if name == "iframe" && key == "src" {
                if !value.starts_with("/staff/") || attributes.get("sandbox").map(String::as_str) != Some("") {
                    faults.push(format!("a frame that may do something loads {value}"));
                }
                continue;
            }
            let loads = key == "src" || (key == "href" && name == "link");
            if loads && (!value.starts_with("/assets/") || crate::assets::find(value).is_none()) {
                faults.push(format!("a {name} loads {value}"));
            }
        }
    }
    faults
}

fn document(html: &str, tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, wanted) in [("h1", 1), ("main", 1), ("title", 1), ("html", 1)] {
        // A drawing has a title of its own; the one of the document stands in its head.
        let head = tags.iter().take_while(|(tag, _)| name != "title" || tag != "body");
        let found = head.filter(|(tag, _)| tag == name).count();
        if found != wanted {
            faults.push(format!("{found} {name} elements"));
        }
    }
    if !html.starts_with("<!DOCTYPE html><html lang=\"en-GB\"") {
        faults.push("does not begin as a document in British English".to_owned());
    }
    let title = html
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"));
    if title.is_none_or(|(title, _)| title.trim().is_empty()) {
        faults.push("no title".to_owned());
    }
    let mut level = 0;
    for (name, _) in tags {
        let heading = name.strip_prefix('h').and_then(|rest| rest.parse::<u32>().ok());
        if let Some(heading) = heading {
            if heading > level + 1 && level > 0 {
                faults.push(format!("h{heading} after h{level}"));
            }
            level = heading;
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "<!DOCTYPE html><html lang=\"en-GB\"><head><title>T</title></head><body><main><h1>T</h1>PLACE</main></body></html>";

    fn faults_of(part: &str) -> Vec<String> {
        faults(&WHOLE.replace("PLACE", part))
    }

    #[test]
    fn a_whole_page_has_no_faults() {
        assert_eq!(
            faults_of("<p id=\"a\">1 &lt; 2<br></p><label for=\"b\">B</label><input id=\"b\" aria-describedby=\"a\">"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn each_kind_of_fault_is_found() {
        for broken in [
            "<p><b></p></b>",
            "<p>",
            "<p id=\"a\"></p><p id=\"a\"></p>",
            "<a href=\"#nowhere\">x</a>",
            "<label for=\"nobody\">x</label>",
            "<input id=\"alone\">",
            "<p style=\"color: red\"></p>",
            "<p onclick=\"x()\"></p>",
            "<script>x()</script>",
            "<script src=\"https://elsewhere.example/x.js\"></script>",
            "<a href=\"javascript:x()\">x</a>",
            "<h1>again</h1>",
            "<h3>skipped a level</h3>",
            "1 < 2",
        ] {
            assert!(!faults_of(broken).is_empty(), "nothing wrong with {broken}");
        }
    }
}
