//! The copy as one page that needs nothing else: read on a screen, printed, or kept as PDF. No script, no address that it would fetch.

use hypertext::prelude::*;
use rules::clock::full_date;
use rules::subject::{CaseCopy, Copy, Entry, Line};

use crate::staff::desk::Wall;

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;background:#fff}\
    h1{font-size:1.8em;line-height:1.2}h2{font-size:1.35em;margin-top:2em;border-bottom:2px solid #111}h3{font-size:1.1em;margin:1.6em 0 .3em}h4{font-size:1em;margin:1.1em 0 0}\
    dt{font-weight:bold}dd{margin:0 0 .6em}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:4px solid #767676;margin:.3em 0 1em;\
    padding-left:.8em}.meta{color:#444;margin:.2em 0}article{break-inside:avoid}\
    @page{size:A4;margin:20mm}@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}h2{break-before:page}h1+p+h2{break-before:auto}}";

/// The page.
pub fn document(copy: &Copy, wall: &Wall) -> String {
    let title = format!("What {} keeps about you", copy.controller);
    maud! {
        !DOCTYPE
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (hypertext::Raw::dangerously_create(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    p.meta { "You asked on " (full_date(copy.asked_on)) ". This copy was made on " (full_date(copy.made_on)) "." }
                    h2 { "What you should know" }
                    dl { @for told in &copy.told { dt { (told.heading) } dd { (told.words) } } }
                    @for case in &copy.cases { (whole(case, wall)) }
                }
            }
        }
    }
    .render()
    .into_inner()
}

fn whole<'a>(case: &'a CaseCopy, wall: &'a Wall) -> impl Renderable + 'a {
    maud! {
        h2 { (case.reference) ", " (full_date(case.received_on)) }
        @if let (Some(kind), Some(channel)) = (&case.kind, &case.channel) { p { "A " (kind) ", which came by " (channel) "." } }
        @if let Some(why) = &case.held_back { p { (why) } }
        @if !case.stands.is_empty() {
            h3 { "Where it stands" }
            (lines(&case.stands))
        }
        @if !case.contact.is_empty() {
            h3 { "Who you are to us, and how we reach you" }
            (lines(&case.contact))
        }
        h3 { "How long it is kept" }
        p { (case.kept) }
        @if case.stands.is_empty() { (dealt_with(case, wall)) }
    }
}

fn lines(lines: &[Line]) -> impl Renderable + '_ {
    maud! {
        dl { @for line in lines { dt { (rules::sentence::capital(&line.name)) } dd { (line.value) } } }
    }
}

/// What is told of a case that whoever made the copy has whole.
fn dealt_with<'a>(case: &'a CaseCopy, wall: &'a Wall) -> impl Renderable + 'a {
    maud! {
        h3 { "Who else has had data of it" }
        @if case.recipients.is_empty() {
            p { "Nobody but the people who deal with it." }
        } @else {
            ul { @for recipient in &case.recipients { li { (recipient) } } }
        }
        h3 { "Files" }
        @if case.files.is_empty() {
            p { "None." }
        } @else {
            ul {
                @for file in &case.files {
                    li {
                        (file.name) " (" (file.about) "), from " (file.from) ". "
                        @match &file.in_copy {
                            Some(place) => { "It is in this copy: " (place) }
                            None => { "It is not in this copy." }
                        }
                    }
                }
            }
        }
        h3 { "What happened" }
        @for entry in &case.entries { (one(entry, wall)) }
    }
}

fn one<'a>(entry: &'a Entry, wall: &'a Wall) -> impl Renderable + 'a {
    let by = match entry.by {
        "the system" => String::new(),
        who => format!(" by {who}"),
    };
    maud! {
        article {
            h4 { (entry.number) ". " (entry.what) }
            p.meta { (wall.full(entry.at)) (by) }
            @for text in &entry.texts {
                p.meta { (rules::sentence::capital(&text.name)) }
                pre { (text.text) }
            }
        }
    }
}
