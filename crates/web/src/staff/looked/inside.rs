//! The page of an e-mail as it stands inside its frame: without a single attribute, each link a number that leads to the list below the frame.
//!
//! The page was cleaned when it came. This is the second fence: whatever an older cleaner let through, no attribute comes out of here, so nothing
//! that is shown can load, run, send or lead anywhere. The third is the policy with which it is served.

use hypertext::Raw;
use hypertext::prelude::*;
use url::Url;

use crate::page::staff_shell::Theme;

/// How many links are listed; those behind them stand in the original.
const MOST: usize = 100;

/// How much of the words of a link is repeated in the list, in characters.
const GLANCE: usize = 80;

/// System fonts and system colours only: nothing is fetched, and dark stays dark.
const STYLE: &str = "html{overflow-wrap:break-word}\
    html[data-theme=light]{color-scheme:light}html[data-theme=dark]{color-scheme:dark}html[data-theme=auto]{color-scheme:light dark}\
    body{margin:0;padding:16px;background:Canvas;color:CanvasText;font:16px/1.5 system-ui,sans-serif}\
    h1,h2,h3,h4,h5,h6{margin:1em 0 .5em;font-size:1.1em;line-height:1.3}\
    blockquote{margin:0 0 1em;padding-left:12px;border-left:3px solid GrayText}\
    pre{white-space:pre-wrap}\
    main>:first-child{margin-top:0}\
    table{display:block;max-width:100%;overflow-x:auto;border-collapse:collapse}td,th{padding:2px 8px 2px 0;text-align:left;vertical-align:top}\
    a{text-decoration:underline dotted}sup{font-size:.75em}";

/// What stands inside the frame, and where its links lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Inside {
    /// The page, without an attribute.
    pub(crate) html: String,
    /// Where its links lead, in the order of their numbers, each once.
    pub(crate) links: Vec<Leads>,
    /// How many links stand in the original only.
    pub(crate) more: usize,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads {
    /// The words on which somebody would press.
    pub words: String,
    /// To whom it leads: the name of the site as the network knows it, or a mailbox.
    pub whom: String,
    /// The whole address in plain letters; none for a mailbox, to which nobody writes past the case.
    pub address: Option<String>,
}

impl Inside {
    /// Of the cleaned page of a message.
    pub(crate) fn of(page: &str) -> Inside {
        let mut reading = Reading::default();
        let mut rest = page;
        while let Some((before, tag, after)) = next_tag(rest) {
            reading.text(before);
            reading.tag(tag);
            rest = after;
        }
        reading.text(rest);
        reading.inside
    }

    /// The whole document for the frame; `nonce` is what its policy lets the style pass by.
    pub(crate) fn document(&self, theme: Theme, nonce: &str) -> String {
        // XSS SAFETY: `Inside::of` let names of elements through and no attribute; its policy runs nothing.
        let html = Raw::dangerously_create(&self.html);
        let style = Raw::dangerously_create(STYLE);
        maud! {
            !DOCTYPE
            html lang="en-GB" data-theme=(theme.word()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { "The e-mail as it looked" }
                    style nonce=(nonce) { (style) }
                }
                body { main { (html) } }
            }
        }
        .render()
        .into_inner()
    }
}

#[derive(Default)]
struct Reading {
    inside: Inside,
    /// The link that is open: where it leads, and its words so far.
    open: Option<(Leads, String)>,
}

impl Reading {
    fn text(&mut self, text: &str) {
        // A mark that opens no element is one that somebody wrote.
        self.inside.html.push_str(&text.replace('<', "&lt;"));
        if let Some((_, words)) = &mut self.open {
            words.push_str(text);
        }
    }

    fn tag(&mut self, tag: &str) {
        let (slash, named) = tag.strip_prefix('/').map_or(("", tag), |named| ("/", named));
        let end = named
            .find(|one: char| !one.is_ascii_alphanumeric())
            .unwrap_or(named.len());
        let name = &named[..end];
        if name.is_empty() {
            return;
        }
        if (slash, name) == ("", "a") {
            self.open = href(&named[end..])
                .and_then(|href| leads(&href))
                .map(|to| (to, String::new()));
        }
        self.inside.html.push_str(&format!("<{slash}{name}>"));
        if (slash, name) == ("/", "a")
            && let Some((to, words)) = self.open.take()
        {
            self.number(to, &words);
        }
    }

    /// The number of a link, the same for the same address.
    fn number(&mut self, to: Leads, words: &str) {
        let links = &mut self.inside.links;
        let known = links
            .iter()
            .position(|known| (&known.whom, &known.address) == (&to.whom, &to.address));
        let at = match known {
            Some(at) => at,
            None if links.len() == MOST => {
                self.inside.more += 1;
                return;
            }
            None => {
                let words = unescaped(words).split_whitespace().collect::<Vec<_>>().join(" ");
                links.push(Leads {
                    words: words.chars().take(GLANCE).collect(),
                    ..to
                });
                links.len() - 1
            }
        };
        self.inside.html.push_str(&format!("<sup>[{}]</sup>", at + 1));
    }
}

/// What stands before the next element, the inside of its brackets, and the rest; a bracket in a quoted value ends nothing.
fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find('<')?;
        let begins = text[at + 1..].trim_start_matches('/');
        if begins.starts_with(|one: char| one.is_ascii_alphabetic()) {
            let mut quoted = false;
            let end = text[at..].find(|one: char| {
                quoted ^= one == '"';
                one == '>' && !quoted
            })?;
            return Some((&text[..at], &text[at + 1..at + end], &text[at + end + 1..]));
        }
        from = at + 1;
    }
}

fn href(attributes: &str) -> Option<String> {
    let (_, value) = attributes.split_once(" href=\"")?;
    let (value, _) = value.split_once('"')?;
    Some(unescaped(value))
}

/// Where an address leads, as a browser would take it: a name that only looks like another shows its real letters (RFC 3492), and nothing turns
/// the direction of what is read.
fn leads(href: &str) -> Option<Leads> {
    let address = Url::parse(href.trim()).ok()?;
    let (whom, address) = match address.scheme() {
        "http" | "https" => (address.host_str()?.to_owned(), Some(address.to_string())),
        "mailto" => (address.path().to_owned(), None),
        _ => return None,
    };
    Some(Leads {
        words: String::new(),
        whom,
        address,
    })
}

/// The five characters that cleaned pages write as references.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_number_that_says_where_it_leads() {
        let inside = Inside::of(
            r#"<p>See <a href="https://uni.example/form?a=1&amp;b=2" rel="noopener noreferrer">the <b>form</b></a>, <a href="https://uni.example/form?a=1&amp;b=2">again</a>, or <a href="mailto:help@uni.example?body=x">write</a>.</p>"#,
        );
        assert_eq!(
            inside.html,
            "<p>See <a>the <b>form</b></a><sup>[1]</sup>, <a>again</a><sup>[1]</sup>, or <a>write</a><sup>[2]</sup>.</p>"
        );
        let [form, mailbox] = &inside.links[..] else {
            panic!("{:?}", inside.links)
        };
        assert_eq!((form.words.as_str(), form.whom.as_str()), ("the form", "uni.example"));
        assert_eq!(form.address.as_deref(), Some("https://uni.example/form?a=1&b=2"));
        assert_eq!((mailbox.whom.as_str(), &mailbox.address), ("help@uni.example", &None));
    }

    #[test]
    fn nothing_but_names_of_elements_comes_out_whatever_was_kept() {
        for hostile in [
            r#"<p onclick="x()">a</p>"#,
            r#"<img src="https://evil.example/a.png" srcset="https://evil.example/b.png 2x">"#,
            r#"<div style="position:fixed;background:url(https://evil.example)">"#,
            r#"<svg/onload=alert(1)>"#,
            r#"<a ping="https://evil.example" href="javascript:alert(1)">x</a>"#,
            r#"<a href="data:text/html,<script>1</script>">x</a>"#,
            r#"<base href="https://evil.example/">"#,
            r#"<meta http-equiv="refresh" content="0;url=https://evil.example">"#,
            r#"<form action="https://evil.example">"#,
            r#"<table background="https://evil.example">"#,
            "<p\nonclick=x()>",
        ] {
            let inside = Inside::of(hostile);
            for part in ["evil", "onclick", "onload", "javascript", "data:", "url("] {
                assert!(!inside.html.contains(part), "{part} in {} of {hostile}", inside.html);
            }
            assert_eq!(inside.links, [], "{hostile}");
        }
    }

    #[test]
    fn a_name_that_looks_like_another_shows_its_letters() {
        for (href, whom) in [
            ("https://b\u{e4}nk.example/", "xn--bnk-qla.example"),
            ("https://bank.example@evil.example/login", "evil.example"),
            ("https://bank.example%2Flogin.evil.example/", ""),
            ("HTTPS://UNI.example", "uni.example"),
        ] {
            let found = leads(href).map_or_else(String::new, |leads| leads.whom);
            assert_eq!(found, whom, "{href}");
        }
        let turned = leads("https://uni.example/\u{202e}gnp.exe").expect("an address");
        assert!(turned.address.expect("an address").is_ascii());
    }

    #[test]
    fn marks_that_open_nothing_stay_words() {
        assert_eq!(Inside::of("1 < 2 &amp; 3 > 2 <").html, "1 &lt; 2 &amp; 3 > 2 &lt;");
        let unclosed = Inside::of("<p title='\">' onclick='x()'>").html;
        assert_eq!(unclosed, "&lt;p title='\">' onclick='x()'>");
        assert_eq!(Inside::of("a <b").html, "a &lt;b");
        assert_eq!(
            Inside::of(r#"<a href="https://u.example/a>b">x</a>"#).html,
            "<a>x</a><sup>[1]</sup>"
        );
        assert_eq!(Inside::of("<!-- a --><?php ?>").html, "&lt;!-- a -->&lt;?php ?>");
    }

    #[test]
    fn more_links_than_anybody_reads_are_counted() {
        let page: String = (0..150)
            .map(|n| format!(r#"<a href="https://u.example/{n}">{n}</a>"#))
            .collect();
        let inside = Inside::of(&page);
        assert_eq!((inside.links.len(), inside.more), (MOST, 50));
        assert!(inside.html.contains("<a>120</a><a>121</a>"), "{}", inside.html);
    }

    #[test]
    fn the_document_says_of_itself_only_what_is_fixed() {
        let html = Inside::of("<p>It drops.</p>").document(Theme::Dark, "n1");
        assert!(
            html.contains(r#"data-theme="dark""#) && html.contains(r#"<style nonce="n1">"#),
            "{html}"
        );
        assert!(html.contains("<main><p>It drops.</p></main>"), "{html}");
        assert!(!html.contains("href=") && !html.contains("src="), "{html}");
    }
}
