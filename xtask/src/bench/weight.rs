//! Bytes of a first visit, page by page: the page itself, its styles, scripts and fonts, as they come over the wire.

use std::collections::BTreeSet;

use super::Bench;
use super::figures::Measured;
use super::server::Server;
use crate::http::Request;
use crate::shell::{Failure, Outcome};

const PUBLIC: &[&str] = &["/", "/procedure", "/complain", "/track", "/thanks", "/staff/sign-in"];
const STAFF: &[&str] = &["/staff", "/staff/triage", "/staff/cases", "/staff/log"];

/// The four kinds of bytes, in the order of the columns.
const KINDS: [&str; 4] = ["html", "css", "js", "font"];

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let server = Server::start(&bench.binary, &bench.scratch.join("demo"))?;
    let visitor = Visitor {
        server: &server,
        cookie: String::new(),
    };
    let mut rows = Vec::new();
    for page in PUBLIC {
        rows.push(visitor.row(page)?);
    }
    let staff = Visitor {
        server: &server,
        cookie: server.sign_in()?,
    };
    for page in STAFF {
        rows.push(staff.row(page)?);
    }
    let heading = vec!["bytes, gzip", KINDS[0], KINDS[1], KINDS[2], KINDS[3], "all"];
    Ok(Measured::of(heading, rows))
}

/// Somebody without a cache.
struct Visitor<'a> {
    server: &'a Server,
    /// The session's cookie; empty for the public.
    cookie: String,
}

impl Visitor<'_> {
    fn row(&self, page: &str) -> Outcome<Vec<String>> {
        let weights = self.first_visit(page)?;
        let mut row = vec![page.to_owned()];
        row.extend(weights.iter().map(usize::to_string));
        row.push(weights.iter().sum::<usize>().to_string());
        Ok(row)
    }

    /// Follows what a browser would fetch: the page, then what it names, then the fonts that the styles name.
    fn first_visit(&self, page: &str) -> Outcome<[usize; 4]> {
        let mut weights = [self.sent(page)?, 0, 0, 0];
        let html = self.plain(page)?;
        let named: BTreeSet<String> = named(&html, &["href=\"", "src=\""]).into_iter().collect();
        for path in &named {
            let Some(at) = kind(path) else { continue };
            weights[at] += self.sent(path)?;
            if path.ends_with(".css") {
                let fonts = first_of_each_face(&self.plain(path)?);
                // A preloaded font is named by the page too, and fetched once.
                for font in fonts
                    .into_iter()
                    .map(|font| beside(path, &font))
                    .filter(|font| !named.contains(font))
                {
                    weights[3] += self.sent(&font)?;
                }
            }
        }
        Ok(weights)
    }

    fn sent(&self, path: &str) -> Outcome<usize> {
        let request = Request {
            path,
            accept_encoding: "gzip",
            cookie: &self.cookie,
            ..Request::default()
        };
        let answer = self.server.ask(&request)?;
        match answer.status {
            200 => Ok(answer.body.len()),
            status => Err(Failure::new(format!("{path} answered {status}"))),
        }
    }

    fn plain(&self, path: &str) -> Outcome<String> {
        Ok(self
            .server
            .ask(&Request {
                path,
                cookie: &self.cookie,
                ..Request::default()
            })?
            .text())
    }
}

fn kind(path: &str) -> Option<usize> {
    match path.rsplit('.').next() {
        Some("css") => Some(1),
        Some("js" | "mjs") => Some(2),
        Some("woff2") => Some(3),
        _ => None,
    }
}

/// What follows each of the openings, up to the closing quote.
fn named(text: &str, openings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for opening in openings {
        found.extend(
            text.split(opening)
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(str::to_owned),
        );
    }
    found
}

/// The fonts of faces that every page needs. A face for a range of letters beyond Latin-1 is fetched only when such a letter occurs.
fn first_of_each_face(css: &str) -> Vec<String> {
    let faces = css
        .split("@font-face")
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    faces
        .filter(|face| !face.contains("unicode-range") || face.to_ascii_lowercase().contains("u+00"))
        .filter_map(|face| face.split("url(").nth(1)?.split(')').next())
        .map(|font| font.trim_matches(['"', '\'']).to_owned())
        .collect()
}

/// A path in a style sheet, seen from the sheet's own place.
fn beside(sheet: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{}", path.trim_start_matches("./"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_names_is_found() {
        let html = r#"<link rel="stylesheet" href="/assets/a.css"><script type="module" src="/assets/b.js"></script>"#;
        assert_eq!(named(html, &["href=\"", "src=\""]), ["/assets/a.css", "/assets/b.js"]);
        assert_eq!(
            (kind("/assets/a.css"), kind("/assets/b.js"), kind("/track")),
            (Some(1), Some(2), None)
        );
    }

    #[test]
    fn only_the_latin_face_counts_for_a_first_visit() {
        let css = "@font-face{src:url(/assets/ext.woff2);unicode-range:U+0100-02BA}@font-face{src:url('latin.woff2');unicode-range:U+0000-00FF}";
        assert_eq!(first_of_each_face(css), ["latin.woff2"]);
        assert_eq!(beside("/assets/a.css", "latin.woff2"), "/assets/latin.woff2");
    }
}
