//! A letter as a whole HTML document: real paragraphs and lists, no tables, nothing loaded from anywhere.

use rules::colour::Colour;

use super::inline::Inline;
use super::markup::Block;

/// Mail programs drop style sheets, so the few rules stand on the elements. Colours: ink 15.9:1 and link 7.5:1 on white.
const PAGE: &str = "margin:0;padding:24px;background:#fff;color:#15242a;font:16px/1.6 Arial,Helvetica,sans-serif";
/// Lines of about 70 characters are easy to read.
const COLUMN: &str = "max-width:44em";
/// Writes the document; links are told by a colour, which is that of the brand, and by the line below.
pub(super) fn render(subject: &str, blocks: &[Block], link: Colour) -> String {
    let link = format!("color:{link};text-decoration:underline");
    let mut page = String::from("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    page.push_str(&escaped(subject));
    page.push_str(&format!(
        "</title>\n</head>\n<body style=\"{PAGE}\">\n<div style=\"{COLUMN}\">\n"
    ));
    for block in blocks {
        push_block(&mut page, block, &link);
    }
    page.push_str("</div>\n</body>\n</html>\n");
    page
}

fn push_block(page: &mut String, block: &Block, link: &str) {
    match block {
        Block::Paragraph(words) => {
            page.push_str("<p>");
            push_words(page, words, link);
            page.push_str("</p>\n");
        }
        Block::Bullets(items) => push_list(page, "ul", items, link),
        Block::Numbers(items) => push_list(page, "ol", items, link),
    }
}

fn push_list(page: &mut String, element: &str, items: &[Vec<Inline>], link: &str) {
    page.push_str(&format!("<{element}>\n"));
    for words in items {
        page.push_str("<li>");
        push_words(page, words, link);
        page.push_str("</li>\n");
    }
    page.push_str(&format!("</{element}>\n"));
}

fn push_words(page: &mut String, parts: &[Inline], link: &str) {
    for part in parts {
        match part {
            Inline::Text(words) => page.push_str(&escaped(words)),
            Inline::Bold(inner) => {
                page.push_str("<strong>");
                push_words(page, inner, link);
                page.push_str("</strong>");
            }
            Inline::Link { words, address } => {
                let (words, address) = (escaped(words), escaped(address));
                page.push_str(&format!("<a href=\"{address}\" style=\"{link}\">{words}</a>"));
            }
            Inline::Break | Inline::Gap => page.push_str("<br>\n"),
        }
    }
}

/// Safe in text and in a quoted attribute.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
