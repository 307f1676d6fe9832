//! The words of a message: which parts they are, and how they become plain text.

pub(crate) mod calendar;
pub(crate) mod charset;
pub(crate) mod choose;
pub(crate) mod flowed;

use choose::{Form, Node};
use rules::mail::Words;
use rules::unseen::without_unseen;

use crate::html;

/// The words of a message, with the lines that its calendar entries say.
pub(crate) fn of(tree: &Node, lines: &[String]) -> Words {
    let texts = tree.words();
    let is_html = !texts.is_empty() && texts.iter().all(|text| text.form == Form::Html);
    let mut parts = Vec::new();
    let mut cleaned = String::new();
    for text in texts {
        match text.form {
            Form::Plain => parts.push(tidy(&text.text)),
            Form::Html => {
                let clean = html::cleaned(&text.text);
                parts.push(tidy(&html::plain(&clean)));
                if is_html {
                    cleaned.push_str(&clean);
                }
            }
        }
    }
    parts.extend(lines.iter().cloned());
    parts.retain(|part| !part.is_empty());
    let whole = parts.join("\n\n");
    Words {
        new: crate::reply::new_words(&whole),
        whole,
        html: (!cleaned.trim().is_empty()).then_some(cleaned),
    }
}

/// Text without what nobody sees, and without empty lines around it.
fn tidy(text: &str) -> String {
    // The place of a picture in plain text, as Apple's programs leave it, says nothing.
    let plain = without_unseen(text).replace('\u{a0}', " ").replace('\u{fffc}', "");
    let plain = plain.trim_end();
    let start = plain.find(|one: char| !one.is_whitespace()).unwrap_or(0);
    let start = plain[..start].rfind('\n').map_or(0, |line_end| line_end + 1);
    plain[start..].to_owned()
}
