//! Bytes that are no UTF-8, and characters that no person types or sees: what can be read is kept, and nothing hides or turns the rest.

use testkit::people::ruth;

use super::send_bytes;
use crate::support::OpenSite;

/// What is kept of these bytes as the words of a complaint.
async fn kept(site: &OpenSite, number: usize, words: &[u8]) -> String {
    let body = [format!("key=k{number}&name=Zo%C3%AB&what=").as_bytes(), words].concat();
    send_bytes(site, "/complain", body).await.leads_to("/complain/sent");
    let reference = format!("FC-{}", 10_001 + number).parse().unwrap();
    site.office.case(&reference).await.received.words
}

#[tokio::test]
async fn words_in_another_encoding_are_taken_as_far_as_they_can_be_read() {
    let site = OpenSite::open().await;
    let cases: [(&[u8], &str); 6] = [
        // Latin-1, percent-encoded and raw.
        (b"Caf%E9+closed", "Caf\u{FFFD} closed"),
        (b"Caf\xE9+closed", "Caf\u{FFFD} closed"),
        // UTF-16 with its mark: every other byte is a NUL, which nobody typed.
        (b"%FF%FEH%00i%00+%00a%00l%00l%00", "\u{FFFD}\u{FFFD}Hi all"),
        // A percent sign that escapes nothing is a percent sign.
        (b"100%+down+%zz+%4", "100% down %zz %4"),
        // Half of a character, and a surrogate that no UTF-8 holds.
        (b"Hello+%F0%9F%98", "Hello \u{FFFD}"),
        (b"Hello+%ED%A0%80+you", "Hello \u{FFFD}\u{FFFD}\u{FFFD} you"),
    ];
    for (number, (sent, read)) in cases.into_iter().enumerate() {
        assert_eq!(kept(&site, number, sent).await, read, "{}", sent.escape_ascii());
    }
}

/// Turns what follows around, hides it, or ends a text for a careless reader.
const INVISIBLE: [char; 11] = [
    '\0', '\u{8}', '\u{1B}', '\u{85}', '\u{200B}', '\u{200F}', '\u{202A}', '\u{202E}', '\u{2066}', '\u{2069}',
    '\u{FEFF}',
];

#[tokio::test]
async fn marks_that_turn_or_hide_text_are_in_no_page_list_and_letter() {
    let site = OpenSite::open().await;
    let marks: String = INVISIBLE.iter().collect();
    let words = format!("Refund{marks}ed{marks} in full. It was never paid.");
    let person = site.stranger().on_our_pages();
    let fields = [
        ("key", "k1"),
        ("what", words.as_str()),
        ("want", &words),
        ("name", &format!("Priya{marks}Nair")),
        ("email", "priya@example.ac.uk"),
        ("acting_for", &words),
        ("needs", &words),
    ];
    person.post("/complain", &fields).await.leads_to("/complain/sent");
    let reference = "FC-10001".parse().unwrap();
    let case = site.office.case(&reference).await;
    assert_eq!(case.received.words, "Refunded in full. It was never paid.");
    let staff = site.browser(&ruth()).await;
    let complainant = site.complainant(&reference).await;
    let pages = [
        staff.get("/staff/triage").await,
        staff.get("/staff/triage/FC-10001").await,
        staff.get("/staff/c/FC-10001").await,
        staff.get("/staff/c/FC-10001/details").await,
        staff.get("/staff/search?q=refunded").await,
        staff.get("/staff/cases.csv").await,
        complainant.get("/track/FC-10001").await,
    ];
    for page in &pages {
        assert_eq!(page.status, 200);
        for mark in INVISIBLE {
            assert!(!page.html.contains(mark), "{mark:?} in\n{}", page.html);
        }
    }
    pages[2].says(200, &["Refunded in full", "PriyaNair"]);
    for letter in site.office.outbox(&reference).await {
        let payload = String::from_utf8(letter.payload).unwrap();
        assert!(
            !payload.contains(r"\u0000") && !payload.contains('\u{202E}'),
            "{payload}"
        );
    }
}
