//! A complaint about a member of staff goes to a line manager whose key is known: through a real mail server, opened with a real GnuPG.

use casework::PublicDoor;
use casework::handling::{Hand, confidential};
use casework::intake::track;
use casework::letter_keys;
use casework::people::OfficeHand;
use casework::sealing::hand_over::{ToHolder, ask};
use casework::sealing::view::handover;
use mail_parser::{MessageParser, MimeHeaders};
use rules::case::Reference;
use rules::case::event::Holder;
use rules::case::vocabulary::Lane;
use rules::confidential::StaffNamed;
use rules::confidential::lane::Naming;
use rules::confidential::sealing::carried::{Carried, MOST_BYTES_OF_FILES, NoKey};
use rules::intake::RawFeedback;
use rules::people::Person;
use testkit::gpg::Gpg;
use testkit::people::{jo, ruth, tom};
use testkit::words;

use crate::mail_server::Received;
use crate::post::Post;

const GRACE: &str = "Grace Obi <grace.obi@example.ac.uk>";
const MAILBOX: &str = "grace.obi@example.ac.uk";
const WORDS: &str =
    "The man at the counter shouted at me: \u{201c}na\u{ef}ve\u{201d}, he said.\n\nEverybody turned round.";

fn hand<'a>(post: &'a Post, by: &'a Person, reference: &'a Reference) -> Hand<'a> {
    post.office.hand(by, reference)
}

fn administrator<'a>(post: &'a Post, by: &'a Person) -> OfficeHand<'a> {
    OfficeHand {
        office: &post.office.office,
        by,
        once: "",
    }
}

/// A picture by its first bytes, and noise.
fn picture(seed: u8, length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend((0..length).map(|place| (place.wrapping_mul(usize::from(seed) + 7) >> 3) as u8));
    bytes
}

/// About Jo, with these files, and nobody deals with it.
async fn complaint(post: &Post, files: &[(&str, Vec<u8>)]) -> Reference {
    let door = PublicDoor::of(post.office.office.clone());
    let tray = door.tray("k").unwrap();
    for (name, bytes) in files {
        let mut arrival = tray.begin(name).await.unwrap();
        for piece in bytes.chunks(100_000) {
            arrival.write(piece).await;
        }
        arrival.finish().await.unwrap();
    }
    let form = RawFeedback {
        about_staff: "yes".to_owned(),
        words: WORDS.to_owned(),
        email: "priya@example.ac.uk".to_owned(),
        ..words::form()
    };
    let reference = door.complain(&form, "k").await.unwrap().reference;
    let about = StaffNamed {
        people: vec![jo().id],
        others: None,
    };
    let naming = Naming { named: about, to: None };
    confidential::name(hand(post, &ruth(), &reference), &naming)
        .await
        .unwrap();
    reference
}

async fn hand_over(post: &Post, reference: &Reference, name: &str) {
    let to = ToHolder {
        to: Holder {
            name: name.to_owned(),
            email: format!("{}@example.ac.uk", name.to_lowercase().replace(' ', ".")),
        },
        why: String::new(),
    };
    ask(hand(post, &ruth(), reference), &to).await.unwrap();
}

async fn give(post: &Post, gpg: &Gpg, user: &str) {
    let tom = tom();
    letter_keys::give(administrator(post, &tom), MAILBOX, &gpg.public(&[user]))
        .await
        .unwrap();
}

fn to(letters: Vec<Received>, mailbox: &str) -> Received {
    let mut to = letters.into_iter().filter(|letter| letter.to == [mailbox.to_owned()]);
    let letter = to.next().unwrap();
    assert_eq!(to.next(), None, "one letter to {mailbox}");
    letter
}

/// What the letter is, opened by whoever has the key.
fn opened(gpg: &Gpg, letter: &Received) -> Vec<u8> {
    let message = MessageParser::default().parse(&letter.bytes).unwrap();
    let kind = message.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("encrypted")));
    assert_eq!(kind.attribute("protocol"), Some("application/pgp-encrypted"));
    assert_eq!(message.parts.len(), 3, "a version and a message, and nothing else");
    let version = message.part(1).unwrap();
    assert_eq!(version.content_type().unwrap().subtype(), Some("pgp-encrypted"));
    assert_eq!(version.contents(), b"Version: 1\r\n");
    gpg.decrypt(message.part(2).unwrap().contents()).unwrap()
}

fn carried(post_case: &rules::case::Case) -> Carried {
    post_case.held().unwrap().carried.clone().unwrap()
}

#[tokio::test]
async fn the_letter_holds_the_complaint_and_its_files_for_whoever_has_the_key_and_tells_the_way_nothing() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "never");
    let (post, server) = Post::open("encrypted").await;
    give(&post, &gpg, GRACE).await;
    let files = [("shouting at me.png", picture(1, 90_000)), ("b.png", picture(2, 10))];
    let reference = complaint(&post, &files).await;
    let case = post.office.case(&reference).await;
    let (link, code) = (case.received.link_token.clone(), case.received.receipt_code.clone());
    post.goes_out(&server).await;
    hand_over(&post, &reference, "Grace Obi").await;
    let holders = post.office.case(&reference).await.seal.asked.unwrap().link;
    let letter = to(post.goes_out(&server).await, MAILBOX);
    let outside = String::from_utf8(letter.bytes.clone()).unwrap();
    assert_eq!(letter.subject, "[...]");
    let name = reference.to_string();
    for secret in [
        "complaint",
        "shouted",
        "shouting",
        &name,
        &name.to_lowercase(),
        &holders,
        "Jo ",
        "confidence",
    ] {
        let headers_of = outside.replace("complaints@", "");
        assert!(
            !headers_of.contains(secret),
            "{secret:?} can be read on the way:\n{}",
            &outside[..900]
        );
    }
    let inside = opened(&gpg, &letter);
    let text = String::from_utf8_lossy(&inside);
    assert!(text.contains("hp=\"cipher\""), "{}", &text[..800]);
    assert!(text.contains("HP-Outer: Subject: [...]\r\n"), "{}", &text[..800]);
    let message = MessageParser::default().parse(&inside).unwrap();
    assert!(message.subject().unwrap().contains(&name), "{:?}", message.subject());
    let words = message.body_text(0).unwrap();
    assert!(words.contains("The complaint is in this letter"), "{words}");
    for act in ["/have", "/finished"] {
        assert!(
            words.contains(&format!("/handover/{name}/{holders}{act}")),
            "{act}:\n{words}"
        );
    }
    let attached: Vec<_> = message.attachments().collect();
    let complaint = message.body_text(1).unwrap().replace("\r\n", "\n");
    for said in [
        WORDS,
        &format!("It is about: {}", jo().name),
        "priya@example.ac.uk",
        "b.png: in this letter",
    ] {
        assert!(complaint.contains(said), "{said:?}:\n{complaint}");
    }
    for (part, (name, bytes)) in attached.iter().zip(&files) {
        assert_eq!(part.attachment_name(), Some(*name));
        assert_eq!(part.content_type().unwrap().subtype(), Some("png"));
        assert!(part.contents() == bytes, "{name} byte for byte");
    }
    assert_eq!(attached.len(), 2);
    for secret in [&link, &code] {
        assert!(
            !text.contains(secret.as_str()),
            "a line manager does not sign in as whoever complained"
        );
    }
    let case = post.office.case(&reference).await;
    assert_eq!(case.lane, Lane::Sealed);
    assert_eq!(
        carried(&case),
        Carried::Key {
            fingerprint: gpg.fingerprint(GRACE),
            left_out: 0
        }
    );
    let shown = handover(&post.office.office, &reference, &ruth()).await.unwrap();
    assert!(
        shown
            .held
            .unwrap()
            .carried
            .unwrap()
            .words()
            .starts_with("an encrypted letter")
    );
}

#[tokio::test]
async fn what_is_too_large_for_a_letter_is_named_and_stays_behind_the_code() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "never");
    let (post, server) = Post::open("large").await;
    give(&post, &gpg, GRACE).await;
    let most = usize::try_from(MOST_BYTES_OF_FILES).unwrap();
    let files = [("film.png", picture(1, most)), ("fits.png", picture(2, most - 100))];
    let reference = complaint(&post, &files).await;
    post.goes_out(&server).await;
    hand_over(&post, &reference, "Grace Obi").await;
    let letter = to(post.goes_out(&server).await, MAILBOX);
    assert!(letter.bytes.len() < 10_000_000, "{} bytes", letter.bytes.len());
    let inside = opened(&gpg, &letter);
    let message = MessageParser::default().parse(&inside).unwrap();
    let words = message
        .body_text(0)
        .unwrap()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(words.contains("Too large for it: 1 file"), "{words}");
    let attached: Vec<_> = message.attachments().collect();
    assert_eq!(attached.len(), 1);
    assert!(
        message
            .body_text(1)
            .unwrap()
            .contains("film.png: too large for a letter")
    );
    assert!(attached[0].contents() == files[1].1, "the one that fits is whole");
    assert!(matches!(
        carried(&post.office.case(&reference).await),
        Carried::Key { left_out: 1, .. }
    ));
}

#[tokio::test]
async fn without_a_good_key_at_the_moment_of_sending_it_is_a_link_and_the_case_says_why() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "2026-06-20");
    let (post, server) = Post::open("expired").await;
    give(&post, &gpg, GRACE).await;
    let reference = complaint(&post, &[]).await;
    post.goes_out(&server).await;
    hand_over(&post, &reference, "Grace Obi").await;
    // The mail server was away over the day on which the key ended.
    post.office.on("2026-06-22 09:00");
    let letter = to(post.goes_out(&server).await, MAILBOX);
    assert!(letter.text.contains("Read the complaint"), "{}", letter.text);
    assert!(!letter.text.contains("shouted"));
    let case = post.office.case(&reference).await;
    assert_eq!(carried(&case), Carried::Link { why: NoKey::Expired });
    // Taken away, it is as if there had never been one.
    let tom = tom();
    letter_keys::take_away(administrator(&post, &tom), MAILBOX)
        .await
        .unwrap();
    assert!(letter_keys::list(&post.office.office, &tom).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_key_that_took_the_place_of_another_is_used_and_the_next_holder_gets_all_that_was_added() {
    let (Some(gpg), Some(other)) = (Gpg::new(), Gpg::new()) else {
        return;
    };
    gpg.key(GRACE, "never");
    other.key(GRACE, "never");
    let (post, server) = Post::open("replaced").await;
    give(&post, &gpg, GRACE).await;
    give(&post, &other, GRACE).await;
    assert_eq!(letter_keys::list(&post.office.office, &tom()).await.unwrap().len(), 1);
    let files = [("a.png", picture(1, 20_000))];
    let reference = complaint(&post, &files).await;
    post.goes_out(&server).await;
    hand_over(&post, &reference, "Nadia Rahman").await;
    let first = to(post.goes_out(&server).await, "nadia.rahman@example.ac.uk");
    assert!(
        first.text.contains("Read the complaint"),
        "no key is known for her: a link"
    );
    let case = post.office.case(&reference).await;
    assert_eq!(carried(&case), Carried::Link { why: NoKey::Unknown });
    // Whoever complained adds something, and the case is passed on.
    let token = case.received.link_token;
    let who = post
        .office
        .public()
        .follow(&reference.to_string(), &token)
        .await
        .unwrap();
    let added = track::reply(&post.office.office, &who, "He did it again today.", "m");
    added.await.unwrap();
    post.goes_out(&server).await;
    hand_over(&post, &reference, "Grace Obi").await;
    let letter = to(post.goes_out(&server).await, MAILBOX);
    assert!(gpg.decrypt(&letter.bytes).is_err());
    let inside = opened(&other, &letter);
    let message = MessageParser::default().parse(&inside).unwrap();
    let attached: Vec<_> = message.attachments().collect();
    let complaint = message.body_text(1).unwrap().replace("\r\n", "\n");
    for said in [WORDS, "He did it again today.", &format!("It is about: {}", jo().name)] {
        assert!(complaint.contains(said), "{said:?}:\n{complaint}");
    }
    assert!(
        attached[0].contents() == files[0].1,
        "the file out of the sealed record"
    );
}
