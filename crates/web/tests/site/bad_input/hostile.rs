//! Script, SQL, a formula and a way out of every attribute, in every field of every form that a walk through the site finds; then every page
//! is read again. Nothing may run, nothing may break, and what was taken must be shown as the words that it is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use testkit::people::{amara, dana, helen, ruth, samir, tom};

use super::tags::{Field, Form, Kind, forms, links, tags};
use crate::support::{Answer, Browser, OpenSite};

/// Ends what it stands in, runs, asks the database and begins as a formula.
const HOSTILE: &str =
    r#"=1+1" onfocus=alert(1) x='><script>alert(1)</script><img src=x onerror=alert(1)>'); DROP TABLE cases; --"#;
/// How its beginning looks where it is only words.
const AS_WORDS: &str = "&lt;script&gt;alert(1)";
/// How many pages somebody reads in one walk: all kinds of pages come before the same kind of another case.
const MOST_PAGES: usize = 50;
/// How often the same form is sent with the same fields: for cases that stand differently.
const MOST_TIMES: usize = 3;
/// What ends the walk for somebody, or another person's session; one's own page asks for a password, which nobody has in tests.
const LEFT_ALONE: [&str; 5] = ["/sign-out", "/leave", "/password", "/sign-in", "/staff/me"];

/// Which fields are hostile.
#[derive(Debug, Clone, Copy)]
enum Filled {
    /// Everything that is written.
    Words,
    /// All of these but days, times, numbers and addresses, so that the form is taken.
    WordsThatFit,
    /// What is chosen too.
    Choices,
}

/// Somebody who walks through the site.
struct Walker<'b> {
    browser: &'b Browser<'b>,
    /// Where they begin.
    from: Vec<String>,
}

/// What a walk saw.
#[derive(Debug, Default)]
struct Seen {
    pages: usize,
    /// Pages with the hostile words, shown as words.
    with_words: usize,
    /// How often each form was taken and not taken.
    forms: BTreeMap<String, (usize, usize)>,
    /// How often each was sent with the same fields.
    sent: BTreeMap<String, usize>,
}

#[tokio::test]
async fn hostile_words_in_every_field_are_words_on_every_page() {
    let site = OpenSite::open().await;
    let received = site.office.receive("a").await;
    let mut cases = vec![site.office.at_stage_1("b").await, site.office.at_stage_2("c").await];
    cases.push(site.office.asked_for_stage_2("d").await);
    cases.push(site.office.answered("e").await);
    site.office.letters_arrive().await;
    let mut seen = Seen::default();
    let stranger = site.stranger().on_our_pages();
    walk(&Walker::new(&stranger, &["/"]), Some(&mut seen)).await;
    for reference in &cases {
        let person = site.complainant(reference).await.on_our_pages();
        walk(
            &Walker::new(&person, &[&format!("/track/{reference}")]),
            Some(&mut seen),
        )
        .await;
    }
    let mut browsers = Vec::new();
    for who in [ruth(), amara(), dana(), helen(), samir(), tom()] {
        browsers.push(site.browser(&who).await.on_our_pages());
    }
    let begin = [
        "/staff".to_owned(),
        "/staff/cases?state=any".to_owned(),
        format!("/staff/c/{received}"),
    ];
    let begin: Vec<&str> = begin.iter().map(String::as_str).collect();
    for browser in &browsers {
        walk(&Walker::new(browser, &begin), Some(&mut seen)).await;
    }
    for browser in &browsers {
        let again = walk(&Walker::new(browser, &begin), None).await;
        seen.pages += again.pages;
        seen.with_words += again.with_words;
    }
    let taken = seen.forms.values().filter(|(taken, _)| *taken > 0).count();
    assert!(seen.forms.len() >= 25 && taken >= 15, "{:#?}", seen.forms);
    assert!(seen.with_words >= 60, "{} of {}", seen.with_words, seen.pages);
    table_is_no_formula(&browsers[0].get("/staff/cases.csv?state=any").await);
}

#[tokio::test]
async fn hostile_words_in_an_address_are_words() {
    let site = OpenSite::open().await;
    site.office.at_stage_1("a").await;
    let staff = site.browser(&ruth()).await;
    let encoded: String = form_urlencoded::byte_serialize(HOSTILE.as_bytes()).collect();
    for path in [
        "/staff/search?q={}",
        "/staff/cases?state={}&stage={}&kind={}&service={}&owner={}&from={}&until={}&after={}&late={}",
        "/staff/cases.csv?service={}",
        "/staff/c/FC-10001?done={}&show={}&write={}",
        "/staff/c/{}",
        "/staff/triage?after={}&done={}",
        "/staff/jobs?after={}&q={}",
        "/staff/review/{}",
        "/staff/actions?status={}",
        "/staff/log/done?ref={}&note={}",
        "/staff/sign-in?next={}",
        "/track/{}",
        "/track/{}/k/{}",
        "/complain?what={}",
        "/{}",
    ] {
        let path = path.replace("{}", &encoded);
        for browser in [&staff, &site.stranger()] {
            harmless(&path, &browser.get(&path).await);
        }
    }
}

impl<'b> Walker<'b> {
    fn new(browser: &'b Browser<'b>, from: &[&str]) -> Walker<'b> {
        Walker {
            browser,
            from: from.iter().map(|path| (*path).to_owned()).collect(),
        }
    }
}

/// Reads every page that links lead to; where forms are to be sent, sends each in every way and reads the answer.
async fn walk(walker: &Walker<'_>, mut sending: Option<&mut Seen>) -> Seen {
    let mut read = Seen::default();
    let mut known: BTreeSet<String> = walker.from.iter().cloned().collect();
    let mut next: VecDeque<String> = walker.from.iter().cloned().collect();
    while let Some(path) = next.pop_front().filter(|_| read.pages < MOST_PAGES) {
        leads_somewhere(&path);
        let page = walker.browser.get(&path).await;
        harmless(&path, &page);
        read.pages += 1;
        read.with_words += usize::from(page.html.contains(AS_WORDS));
        for link in links(&page.html).into_iter().chain([page.to.clone()]) {
            let left_alone =
                link.is_empty() || link.contains(".csv") || LEFT_ALONE.iter().any(|part| link.contains(part));
            if !left_alone && known.insert(link.clone()) {
                next.push_back(link);
            }
        }
        let Some(seen) = sending.as_deref_mut() else { continue };
        for form in forms(&page.html) {
            let times = seen.sent.entry(shape(&form)).or_default();
            if LEFT_ALONE.iter().any(|part| form.action.contains(part)) || *times == MOST_TIMES {
                continue;
            }
            *times += 1;
            leads_somewhere(&form.action);
            for filled in [Filled::Choices, Filled::Words, Filled::WordsThatFit] {
                let answer = send(walker.browser, &form, filled).await;
                harmless(&form.action, &answer);
                seen.with_words += usize::from(answer.html.contains(AS_WORDS));
                let counted = seen.forms.entry(template(&form.action)).or_default();
                match answer.status.as_u16() {
                    200..400 => counted.0 += 1,
                    _ => counted.1 += 1,
                }
            }
        }
    }
    if let Some(seen) = sending {
        seen.pages += read.pages;
    }
    read
}

/// What a form is, whichever case it is about.
fn shape(form: &Form) -> String {
    let names: BTreeSet<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
    format!("{} {names:?}", template(&form.action))
}

/// An address without what differs from case to case.
fn template(action: &str) -> String {
    let parts = action
        .split('/')
        .map(|part| match part.chars().any(|c| c.is_ascii_digit()) {
            true => "*",
            false => part,
        });
    parts.collect::<Vec<_>>().join("/")
}

async fn send(browser: &Browser<'_>, form: &Form, filled: Filled) -> Answer {
    let token = form
        .fields
        .iter()
        .find(|field| field.name == "csrf")
        .map_or("", |field| &field.value);
    let fields: Vec<(&str, String)> = form
        .fields
        .iter()
        .filter(|field| field.name != "csrf")
        .map(|field| (field.name.as_str(), value(field, filled)))
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post_with(token, &form.action, &fields).await
}

fn value(field: &Field, filled: Filled) -> String {
    let name = field.name.as_str();
    match (field.kind, filled) {
        // Each try is a form of its own, and not a second press.
        (Kind::Hidden, _) if matches!(name, "once" | "key") => {
            format!("{}{filled:?}", &field.value[..16.min(field.value.len())])
        }
        (Kind::Choice, Filled::Choices) => HOSTILE.to_owned(),
        (Kind::Hidden | Kind::Choice, _) => field.value.clone(),
        (Kind::Words, Filled::Words) => HOSTILE.to_owned(),
        (Kind::Words, Filled::Choices | Filled::WordsThatFit) => match name {
            _ if name.ends_with("day") => "16".to_owned(),
            _ if name.ends_with("month") => "6".to_owned(),
            _ if name.ends_with("year") => "2026".to_owned(),
            _ if name.contains("email") => "zoe@example.ac.uk".to_owned(),
            _ if name.contains("phone") => "01632 960417".to_owned(),
            _ if name.ends_with("_at") || name.contains("time") || name == "days" => String::new(),
            _ => HOSTILE.to_owned(),
        },
    }
}

/// An address that a browser can ask for as it stands.
#[track_caller]
fn leads_somewhere(path: &str) {
    assert!(path.parse::<axum::http::Uri>().is_ok(), "a page leads to {path:?}");
}

/// Nothing broke, and nothing in the page runs.
#[track_caller]
fn harmless(path: &str, page: &Answer) {
    assert!(page.status.as_u16() < 500, "{path}: {}\n{}", page.status, page.html);
    if !page.html.starts_with("<!") {
        return;
    }
    assert!(
        !page.html.contains("<script>alert") && !page.html.contains("<img src=x"),
        "{path}\n{}",
        page.html
    );
    for tag in tags(&page.html) {
        let runs = tag.names().find(|name| name.starts_with("on"));
        assert_eq!(runs, None, "{path}: {tag:?}");
    }
}

/// No cell of a table is read as a formula by a spreadsheet; days that are late are numbers.
#[track_caller]
fn table_is_no_formula(table: &Answer) {
    table.says(200, &["reference,kind,state"]);
    for cell in table.html.lines().flat_map(|line| line.split(',')) {
        let cell = cell.trim_start_matches('"');
        let number = cell.parse::<i32>().is_ok();
        assert!(number || !cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
}
