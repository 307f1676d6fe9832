//! Writing SVG: elements in order, numbers with one decimal, words escaped.

use super::About;

/// A drawing while it is written.
pub(super) struct Svg {
    out: String,
}

impl Svg {
    /// Begins a picture of this size that says what it is.
    pub(super) fn picture(about: &About, width: u32, height: u32) -> Svg {
        let id = escaped(&about.id);
        let mut out = format!(
            "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" focusable=\"false\">"
        );
        out.push_str(&format!("<title id=\"{id}-title\">{}</title>", escaped(&about.title)));
        out.push_str(&format!(
            "<desc id=\"{id}-desc\">{}</desc>",
            escaped(&about.description)
        ));
        Svg { out }
    }

    /// Begins a drawing that stretches with its place and whose words stand beside it.
    pub(super) fn strip(height: u32, class: Option<&str>, about: Option<&About>) -> Svg {
        let class = class.map_or_else(String::new, |class| format!(" class=\"{class}\""));
        let out = match about {
            None => format!("<svg{class} width=\"100%\" height=\"{height}\" aria-hidden=\"true\" focusable=\"false\">"),
            Some(about) => {
                let id = escaped(&about.id);
                format!(
                    "<svg{class} width=\"100%\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
                     focusable=\"false\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
                    escaped(&about.title),
                    escaped(&about.description)
                )
            }
        };
        Svg { out }
    }

    /// The line on which a chart over months stands.
    pub(super) fn floor(&mut self, y: f64) {
        let y = number(y);
        self.shape(
            "line",
            &[("class", "ln"), ("x1", "0"), ("x2", "520"), ("y1", &y), ("y2", &y)],
        );
    }

    /// Writes an element without content.
    pub(super) fn shape(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push_str(&format!(" {key}=\"{}\"", escaped(value)));
        }
        self.out.push_str("/>");
    }

    /// Writes words.
    pub(super) fn text(&mut self, (x, y): (f64, f64), (class, anchor): (&str, Anchor), words: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
        };
        let (x, y, words) = (number(x), number(y), escaped(words));
        self.out
            .push_str(&format!("<text{class} x=\"{x}\" y=\"{y}\"{anchor}>{words}</text>"));
    }

    /// Writes what is made of literals and numbers only.
    pub(super) fn literal(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// The whole element.
    pub(super) fn close(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }
}

/// Where words stand beside their place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
}

/// One decimal, and none where it is whole.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

pub(super) fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}
