//! The elements that stay, and how each behaves.

/// The elements that stay; of others the text stays.
pub(super) const KEPT: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];

/// Elements of which the text goes too: nobody reads it.
pub(super) const DROPPED: &[&str] = &[
    "script", "style", "title", "template", "noscript", "textarea", "xmp", "iframe", "object", "svg", "math",
    "noembed", "noframes", "select",
];

/// The element that takes the place of another.
pub(super) fn stands_for(name: &str) -> Option<&'static str> {
    let name = match name {
        "strike" => "s",
        "tt" | "kbd" | "samp" => "code",
        "center" | "section" | "article" | "header" | "footer" | "main" | "aside" | "dt" | "dd" | "address"
        | "fieldset" | "figure" => "div",
        other => other,
    };
    KEPT.iter().find(|kept| **kept == name && name != "tbody").copied()
}

/// True for what stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "blockquote" | "ul" | "ol" | "table" | "pre" | "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    )
}

/// True for what has no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr")
}
