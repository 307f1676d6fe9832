//! HTML of a message: without anything that runs or loads something, and as plain text.
//!
//! In three steps. What is not needed is left out, so that the tree of the next step is small whatever the message holds (`slim`). Then ammonia
//! cleans it: it alone decides what is safe. The plain text is read from what ammonia wrote, which is well-formed.

mod plain;
mod slim;
mod stack;
mod tags;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

pub(crate) use plain::plain;

/// What may stand in it: text, lists, tables, links to pages and mailboxes. No pictures: a picture from elsewhere tells its sender who reads.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(tags::KEPT.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true);
    builder
});

/// The HTML without scripts, styles, forms, pictures and everything else that loads or hides something.
pub(crate) fn cleaned(html: &str) -> String {
    rules::unseen::without_unseen(&CLEANER.clean(&slim::slim(html)).to_string())
}
