//! A complaint that is handed over to a line manager, as browsers meet it: sent, read with a code, reported on; and for everybody else a house in
//! which it is cannot be told from one in which it never was (R33 to R36, invariant 12).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use casework::PublicDoor;
use casework::handling::{Hand, Seen, confidential};
use casework::jobs::post;
use casework::letter_keys;
use casework::people::OfficeHand;
use rules::case::Reference;
use rules::confidential::StaffNamed;
use rules::confidential::lane::Naming;
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use rules::people::Person;
use testkit::gpg::GRACE;
use testkit::people::{amara, dana, helen, iris, jo, marcus, ruth, tom};
use testkit::words::form;

use crate::cases::door::{FORMS, PAGES};
use crate::support::{Answer, Browser, OpenSite};

const WORDS: &str = "The man at the counter shouted at me. Everybody in the queue turned round.";

pub(crate) async fn about_jo(site: &OpenSite, key: &str) -> Reference {
    about(site, &jo(), key).await
}

/// A complaint about somebody of staff, restricted.
pub(crate) async fn about(site: &OpenSite, whom: &Person, key: &str) -> Reference {
    let raw = RawFeedback {
        about_staff: "yes".to_owned(),
        words: WORDS.to_owned(),
        ..form()
    };
    let public = PublicDoor::of(site.office.office.clone());
    let reference = public.complain(&raw, key).await.unwrap().reference;
    site.office.letters_arrive().await;
    let naming = Naming {
        named: StaffNamed {
            people: vec![whom.id],
            others: None,
        },
        to: None,
    };
    let (door, nobody_else) = (site.office.door(&ruth()), ruth());
    let hand = Hand {
        office: door.office(),
        by: &nobody_else,
        reference: &reference,
        seen: Seen::Whatever,
        once: None,
    };
    confidential::name(hand, &naming).await.unwrap();
    reference
}

/// Handed over on the page, by a senior manager.
pub(crate) async fn handed_over(site: &OpenSite, reference: &Reference) -> Answer {
    let helen = site.browser(&helen()).await;
    let page = format!("/staff/c/{reference}/handover");
    let holder = [
        ("holder_name", "Grace Obi"),
        ("holder_email", "grace.obi@example.ac.uk"),
    ];
    let asked = helen.get(&page).await;
    asked.says(200, &["Hand it over to a line manager", "nothing is taken away"]);
    let wrong = helen
        .post(&page, &[("step", "preview"), ("holder_email", "grace")])
        .await;
    wrong.says(422, &["Say who is to deal with it"]);
    let shown = helen.post(&page, &[&[("step", "preview")], &holder[..]].concat()).await;
    shown.says(
        200,
        &["Take it out and send it", "In confidence: a complaint", "Hello Grace."],
    );
    let fields = shown.form(&page);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert!(fields.contains(&("step", "send")) || fields.iter().any(|(_, value)| *value == "back"));
    helen
        .post(&page, &[&[("step", "send"), ("once", "h1")], &holder[..]].concat())
        .await
        .leads_to(&page);
    helen.get(&page).await
}

#[tokio::test]
async fn it_is_handed_over_read_with_a_code_and_reported_on() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k").await;
    let on_its_way = handed_over(&site, &reference).await;
    on_its_way.says(
        200,
        &["On its way", "Grace Obi, grace.obi@example.ac.uk", "Take it back"],
    );
    let link = letter(&site, LetterKind::Handover).await;
    site.office.letters_arrive().await;
    let path = &link[link.find("/handover/").unwrap()..];
    let ruth = site.browser(&ruth()).await;
    ruth.get(&format!("/staff/c/{reference}")).await.says(
        200,
        &[
            "A line manager deals with this case",
            "Where it stands, and handing it on",
        ],
    );
    ruth.get(&format!("/staff/c/{reference}/handover"))
        .await
        .says(200, &["With a line manager", "They said that they have it"]);

    let grace = site.stranger().on_our_pages();
    grace.get(path).await.says(
        200,
        &[
            "A complaint for you to deal with",
            "g\u{2026}i@example.ac.uk",
            "Friday 12 June 2026",
        ],
    );
    grace.get(&format!("{path}/have")).await.says(200, &["I have it"]);
    let standing = site.office.case(&reference).await;
    assert_eq!(
        standing.held().unwrap().taken_at,
        None,
        "a page that is looked at reports nothing"
    );
    grace
        .post(&format!("{path}/have"), &[("key", "1")])
        .await
        .says(200, &["Thank you. You have it"]);
    let again = grace.get(&format!("{path}/have")).await;
    again.says(
        200,
        &[
            "You told us on",
            "that you have it. There is nothing more for you to do here.",
        ],
    );
    assert!(!again.html.contains("Then we stop"), "{}", again.html);
    grace
        .get(&format!("/handover/{reference}/{}", "0".repeat(32)))
        .await
        .says(404, &["This link does not open a complaint any more"]);
    grace.get(&format!("{path}/read")).await.says(200, &["Enter the code"]);
    grace
        .post(&format!("{path}/code"), &[])
        .await
        .leads_to(&format!("{path}/read"));
    let code = code(&site).await;
    grace
        .post(&format!("{path}/read"), &[("code", "000 000")])
        .await
        .says(422, &["That is not the code that we sent"]);
    let read = grace.post(&format!("{path}/read"), &[("code", &code)]).await;
    read.leads_to(&format!("{path}/read"));
    let reading = site.stranger().with_cookie(&read.cookie);
    reading.get(&format!("{path}/read")).await.says(
        200,
        &["The man at the counter shouted at me.", "Priya Natarajan", &jo().name],
    );
    grace.get(&format!("{path}/read")).await.says(200, &["Enter the code"]);

    let empty = grace.post(&format!("{path}/finished"), &[("key", "2")]).await;
    empty.says(422, &["Enter the day on which you told them", "Choose how it ended"]);
    let told = [("key", "3"), ("on", "2026-06-09"), ("outcome", "partly_upheld")];
    grace
        .post(&format!("{path}/finished"), &told)
        .await
        .says(200, &["Thank you. It is finished"]);
    let over = [
        "You told us on",
        "that you have finished. There is nothing more for you to do here.",
    ];
    grace.get(&format!("{path}/finished")).await.says(200, &over);
    let again = [("key", "4"), ("on", "2026-06-09"), ("outcome", "upheld")];
    let again = grace.post(&format!("{path}/finished"), &again).await;
    again.says(422, &over);
    assert!(!again.html.contains("There is a problem"), "{}", again.html);
    let priya = site.complainant(&reference).await;
    let page = priya.get(&format!("/track/{reference}")).await;
    page.says(
        200,
        &[
            "We agree with part of your complaint",
            "The manager who dealt with it told us",
            "Ask for stage 2",
            "We handed your complaint over to a manager",
        ],
    );
    assert!(
        !page.html.contains("shouted") && !page.html.contains("Grace"),
        "{}",
        page.html
    );
}

/// The link in a letter that waits.
async fn letter(site: &OpenSite, kind: LetterKind) -> String {
    let letters = post::claim(&site.office.office, 20).await.unwrap();
    let found = letters.iter().find(|letter| letter.letter.kind == kind).unwrap();
    let link = found.letter.facts.tracking_link.clone();
    for letter in &letters {
        post::put_back(&site.office.office, letter).await.unwrap();
    }
    link
}

async fn code(site: &OpenSite) -> String {
    let letters = post::claim(&site.office.office, 20).await.unwrap();
    let found = letters
        .iter()
        .find(|letter| letter.letter.kind == LetterKind::HandoverCode);
    found.unwrap().letter.facts.receipt_code.clone()
}

/// A house with an ordinary complaint, and in one of the two worlds one that was handed over.
async fn world(with: bool) -> (OpenSite, Reference) {
    let site = OpenSite::open().await;
    // Both houses know the key of a line manager.
    let (office, tom) = (site.office.door(&tom()), tom());
    let keeper = OfficeHand {
        office: office.office(),
        by: &tom,
        once: "",
    };
    letter_keys::give(keeper, "grace.obi@example.ac.uk", GRACE.as_bytes())
        .await
        .unwrap();
    let first = site.office.at_stage_1("first").await;
    let sealed = if with {
        let reference = about_jo(&site, "second").await;
        handed_over(&site, &reference).await;
        site.office.letters_arrive().await;
        reference
    } else {
        "FC-10002".parse().unwrap()
    };
    // What comes afterwards lies behind it in the log.
    let (door, by) = (site.office.door(&amara()), amara());
    let hand = Hand {
        office: door.office(),
        by: &by,
        reference: &first,
        seen: Seen::Whatever,
        once: None,
    };
    casework::handling::write::note(hand, "Asked the network team.")
        .await
        .unwrap();
    (site, sealed)
}

/// What a page says, without what is new each time: keys, tokens, and hashes of what was sealed under keys of chance.
pub(crate) fn settled(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for part in html.split_inclusive(|letter: char| !letter.is_ascii_hexdigit()) {
        let run = part.trim_end_matches(|letter: char| !letter.is_ascii_hexdigit());
        if run.len() >= 12 {
            text.push_str("KEY");
            text.push_str(&part[run.len()..]);
        } else {
            text.push_str(part);
        }
    }
    text
}

fn links(html: &str) -> Vec<String> {
    let hrefs = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs
        .map(|href| href.split('#').next().unwrap_or_default().replace("&amp;", "&"))
        .filter(|href| href.starts_with("/staff") && !href.contains("sign-out"))
        .collect()
}

/// Every page of the office that somebody can get to, and what it says.
async fn everything(browser: &Browser<'_>, start: &[String]) -> BTreeMap<String, (u16, String)> {
    let mut waiting: VecDeque<String> = start.iter().cloned().collect();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut pages = BTreeMap::new();
    while let Some(path) = waiting.pop_front() {
        let page = browser.get(&path).await;
        for link in links(&page.html) {
            if known.len() < 400 && known.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
        pages.insert(path, (page.status.as_u16(), settled(&page.html)));
    }
    pages
}

/// Where somebody looks who suspects something.
fn suspicions(sealed: &Reference) -> Vec<String> {
    let mut paths: Vec<String> = [
        "/staff",
        "/staff/now",
        "/staff/triage",
        "/staff/cases",
        "/staff/cases?state=closed",
        "/staff/cases?state=escalation",
        "/staff/cases.csv",
        "/staff/sign-off",
        "/staff/jobs?show=all",
        "/staff/jobs/F1000002",
        "/staff/actions",
        "/staff/review",
        "/staff/confidential",
        "/staff/settings/directory/keys",
        "/staff/reports",
        "/staff/letters",
        "/staff/office-log",
        "/staff/settings/office-log",
        "/staff/settings/access",
        "/staff/settings/access.csv",
        "/staff/me",
        "/staff/settings/subject-access",
        "/staff/search?q=shouted",
        "/staff/search?q=Grace",
        "/staff/search?q=Priya",
        "/staff/search?q=F1000002",
        "/staff/search?q=Feedback%2C+handled+separately",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.push(format!("/staff/search?q={sealed}"));
    paths.push(format!("/staff/triage/{sealed}"));
    paths.push(format!("/staff/sign-off/{sealed}"));
    paths.push(format!("/staff/c/{sealed}/handover"));
    paths.push(format!("/staff/c/{sealed}/jobs"));
    paths.extend(PAGES.iter().map(|page| format!("/staff/c/{sealed}{page}")));
    paths
}

#[tokio::test]
async fn a_house_in_which_it_is_cannot_be_told_from_one_in_which_it_never_was() {
    let (here, sealed) = world(true).await;
    let (elsewhere, _) = world(false).await;
    let mut looked = 0;
    // The person whom it is about, a colleague at the desk, an investigator, their manager, an administrator. Whoever reads the figures of a month reads
    // figures that count it (R36).
    for who in [jo(), amara(), dana(), marcus(), tom()] {
        let (one, other) = (here.browser(&who).await, elsewhere.browser(&who).await);
        let there = everything(&one, &suspicions(&sealed)).await;
        let not_there = everything(&other, &suspicions(&sealed)).await;
        let paths =
            |pages: &BTreeMap<String, (u16, String)>| pages.keys().map(|path| settled(path)).collect::<Vec<_>>();
        assert_eq!(paths(&there), paths(&not_there), "{} is led elsewhere", who.name);
        for ((path, said), (_, said_there)) in there.iter().zip(not_there.iter()) {
            assert!(
                said == said_there,
                "{} can tell by {path}:\n{}",
                who.name,
                first_difference(&said.1, &said_there.1)
            );
            looked += 1;
        }
        for act in FORMS.iter().chain(&["/handover"]) {
            let path = format!("/staff/c/{sealed}{act}");
            let fields = [
                ("note", "x"),
                ("step", "send"),
                ("holder_name", "A"),
                ("holder_email", "a@b.example"),
            ];
            let (a, b) = (one.post(&path, &fields).await, other.post(&path, &fields).await);
            assert_eq!(a.status, b.status, "{} can tell by sending to {path}", who.name);
            assert_eq!(
                settled(&a.html),
                settled(&b.html),
                "{} can tell by sending to {path}",
                who.name
            );
            looked += 1;
        }
    }
    // Nobody who is not signed in either.
    for path in [
        format!("/track/{sealed}"),
        format!("/handover/{sealed}/{}", "0".repeat(32)),
    ] {
        let (a, b) = (here.stranger().get(&path).await, elsewhere.stranger().get(&path).await);
        assert_eq!((a.status, settled(&a.html)), (b.status, settled(&b.html)), "{path}");
        looked += 1;
    }
    println!("{looked} pages and forms are the same in both houses");
    assert!(looked > 400, "{looked}");
}

#[tokio::test]
async fn it_is_opened_by_two_for_an_hour_and_everybody_who_sees_the_stub_sees_that() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k").await;
    handed_over(&site, &reference).await;
    site.office.letters_arrive().await;
    let page = format!("/staff/c/{reference}/opening");
    let (ruth, helen) = (site.browser(&ruth()).await, site.browser(&helen()).await);
    ruth.get(&format!("/staff/c/{reference}"))
        .await
        .says(200, &["Open it all the same"]);
    ruth.get(&page).await.says(200, &["A second person has to agree"]);
    ruth.post(&page, &[("step", "ask"), ("once", "1")])
        .await
        .says(422, &["Choose why it has to be opened", "Say in a sentence"]);
    let asked = [
        ("step", "ask"),
        ("once", "2"),
        ("ground", "holder_gone"),
        ("words", "Their manager left on Friday."),
    ];
    ruth.post(&page, &asked).await.leads_to(&page);
    ruth.get(&page)
        .await
        .says(200, &["Their manager left on Friday.", "Take it back"]);
    ruth.get(&format!("{page}/read")).await.says(403, &["not open to you"]);
    ruth.post(&page, &[("step", "agree"), ("once", "3")])
        .await
        .says(403, &["You cannot"]);

    helen.get("/staff/confidential").await.says(
        200,
        &[
            "With line managers",
            &reference.to_string(),
            "Somebody asks to open it",
            "did not say so yet",
        ],
    );
    helen
        .get(&page)
        .await
        .says(200, &["Ruth Abara", "Their manager left on Friday.", "Agree"]);
    helen
        .post(&page, &[("step", "agree"), ("once", "4")])
        .await
        .leads_to(&page);
    helen.get(&format!("{page}/read")).await.says(403, &["not open to you"]);
    ruth.get(&format!("{page}/read")).await.says(
        200,
        &[
            "The man at the counter shouted at me.",
            "Priya Natarajan",
            "This look is on record",
        ],
    );
    // The auditor sees that it happened, and no word of it.
    let iris = site.browser(&iris()).await;
    let seen = iris.get(&format!("/staff/c/{reference}")).await;
    seen.says(
        200,
        &[
            "seal.opening_asked",
            "seal.opening_agreed",
            "seal.opened",
            "Staff number 4",
        ],
    );
    let shown = iris.get(&page).await;
    shown.says(200, &["The manager who has it has left", "Helen Marsh"]);
    assert!(!shown.html.contains("left on Friday"), "{}", shown.html);
    // Whoever saw where it stands is in the access log, as the log's readers see it.
    iris.get(&format!("/staff/c/{reference}/seen"))
        .await
        .says(200, &["Ruth Abara", "Helen Marsh", "Opened the outline of the case"]);
    ruth.post(&page, &[("step", "end"), ("once", "5")])
        .await
        .leads_to(&page);
    ruth.get(&format!("{page}/read")).await.says(403, &["not open to you"]);
    // Words of the request are with the record: the search finds none of them.
    ruth.get("/staff/search?q=Friday").await.says(200, &["No"]);
}

#[tokio::test]
async fn whoever_has_it_is_reminded_by_a_press_once_a_day() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k").await;
    handed_over(&site, &reference).await;
    site.office.letters_arrive().await;
    let page = format!("/staff/c/{reference}/handover");
    let ruth = site.browser(&ruth()).await;
    ruth.get(&page).await.says(200, &["Remind them now"]);
    ruth.post(&page, &[("step", "chase"), ("once", "1")])
        .await
        .leads_to(&page);
    letter(&site, LetterKind::HandoverReminder).await;
    let reminded = ruth.get(&page).await;
    assert!(!reminded.html.contains("Remind them now"), "{}", reminded.html);
    ruth.post(&page, &[("step", "chase"), ("once", "2")])
        .await
        .says(422, &["They were reminded today"]);
    ruth.get("/staff/confidential").await.says(200, &["did not say so yet"]);
}

fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let from = at.saturating_sub(200);
    let cut = |text: &str| text.get(from..(at + 200).min(text.len())).unwrap_or("").to_owned();
    format!("here:  {}\nthere: {}", cut(one), cut(other))
}

#[tokio::test]
async fn whoever_may_know_that_it_is_there_reads_no_word_and_no_name_of_it() {
    let (site, sealed) = world(true).await;
    let iris = site.browser(&iris()).await;
    let mut paths = suspicions(&sealed);
    paths.push(format!("/staff/c/{sealed}"));
    for who in [&iris, &site.browser(&ruth()).await] {
        for path in &paths {
            let page = who.get(path).await;
            for word in ["shouted", "counter", "Grace Obi", "grace.obi"] {
                let typed = path.contains("q=");
                assert!(typed || !page.html.contains(word), "{path} tells {word}\n{}", page.html);
            }
        }
    }
}

#[tokio::test]
async fn a_letter_that_is_refused_is_said_on_the_case_and_can_be_taken_back() {
    let site = OpenSite::open().await;
    let reference = about_jo(&site, "k").await;
    handed_over(&site, &reference).await;
    let letters = post::claim(&site.office.office, 20).await.unwrap();
    let letter = letters
        .iter()
        .find(|letter| letter.letter.kind == LetterKind::Handover)
        .unwrap();
    post::failed(
        &site.office.office,
        letter,
        "550 5.1.1 no such mailbox",
        post::Afterwards::GiveUp,
    )
    .await
    .unwrap();
    let ruth = site.browser(&ruth()).await;
    let page = format!("/staff/c/{reference}/handover");
    ruth.get(&page).await.says(
        200,
        &[
            "It did not arrive.",
            "550 5.1.1 no such mailbox",
            "Nothing was taken away",
        ],
    );
    ruth.get(&format!("/staff/c/{reference}"))
        .await
        .says(200, &["The man at the counter"]);
    ruth.post(&page, &[("step", "back"), ("reason", "Wrong address."), ("once", "b")])
        .await
        .leads_to(&page);
    ruth.get(&page).await.says(200, &["To whom"]);
}
