//! A complaint's whole way by mail, on the real servers: complained, acknowledged, decided, not satisfied, looked at again; and a letter that comes back.

use rules::case::Reference;
use rules::mail::Fate;
use rules::people::Role;

use super::clerk::{Clerk, hire};
use super::mailbox::{Letter, Mailbox, submit};
use super::place::{Place, until};

const COMPLAINTS: &str = "complaints@office.example";
const ADA: &str = "ada@office.example";
const OFFICE: [(&str, &[Role]); 3] = [
    ("Ruth", &[Role::ComplaintsCoordinator]),
    ("Amara", &[Role::FrontlineHandler]),
    ("Dana", &[Role::Investigator]),
];
/// Whoever runs the installation is the first; these come after.
const AMARA: &str = "3";
const DANA: &str = "4";

#[test]
fn a_complaint_goes_its_whole_way_by_mail() {
    let Some(place) = Place::make("by-mail", (&[COMPLAINTS], &["feedback@whole.office.example"])) else {
        return;
    };
    place.listen_on(place.servers.whole);
    hire(&place, &OFFICE);
    let server = place.start();
    let mut ada = Mailbox::of(&place.servers, ADA);

    let (reference, acknowledgement) = complains(&place, &mut ada);
    let address = place.installation.address;
    let [ruth, amara] = ["Ruth", "Amara"].map(|name| Clerk::sign_in(address, name));
    let decision = is_answered((&ruth, &amara), &reference, &mut ada, &acknowledgement);
    is_not_satisfied(&place, &amara, (&reference, &decision), &ada);
    is_looked_at_again((&ruth, &amara), &reference, &mut ada);
    a_letter_comes_back(&place, &ruth, &mut ada);

    assert!(server.stop().success());
    place.remove();
}

/// By IMAP with IDLE; the acknowledgement goes out by submission.
fn complains(place: &Place, ada: &mut Mailbox) -> (String, Letter) {
    let wrote = "Subject: Wifi in the library\nMessage-ID: <first@ada.example>\n\nIt drops every ten minutes.\n";
    ada.writes(&[COMPLAINTS], wrote);
    let letter = ada.letter("the acknowledgement");
    assert_eq!(
        letter.field("Auto-Submitted").as_deref(),
        Some("auto-replied"),
        "{}",
        letter.raw
    );
    let answers = letter.says.answers.first().map(String::as_str);
    assert_eq!(answers, Some("first@ada.example"), "it answers her message");
    assert!(
        letter
            .field("References")
            .is_some_and(|all| all.contains("<first@ada.example>"))
    );
    for named in ["Return-Path", "Reply-To"] {
        let address = letter.field(named).expect(named);
        assert!(
            address.contains("complaints+"),
            "{named} carries the name of the letter: {address}"
        );
    }
    let signed = letter.field("DKIM-Signature").expect("OpenDKIM signed it");
    assert!(signed.contains("d=office.example"), "{signed}");
    let ended = place.ended(1);
    let [(Fate::NewCase, reference)] = ended.as_slice() else {
        panic!("{ended:?}");
    };
    let id = letter.says.message_id.as_deref().expect("it has a number");
    assert!(id.ends_with("@office.example"), "{id}");
    assert!(
        letter.says.words.whole.contains(reference),
        "{}",
        letter.says.words.whole
    );
    (reference.clone(), letter)
}

fn is_answered((ruth, amara): (&Clerk, &Clerk), reference: &str, ada: &mut Mailbox, first: &Letter) -> Letter {
    let [triage, decide] = [format!("/staff/triage/{reference}"), case(reference, "decide")];
    ruth.fills(
        &triage,
        &[
            ("service", "A1"),
            ("problem", "B1"),
            ("urgency", "normal"),
            ("action", "give"),
            ("give_to", AMARA),
        ],
    );
    let answers = [
        ("outcome", "upheld"),
        ("found", "Two access points restarted four times."),
        ("did", "We replaced both."),
        ("resolution", "apology"),
        ("satisfied", "not_known"),
        ("root_cause", "infrastructure"),
        ("learning", "no"),
        ("reply", "letter"),
        ("service", "A1"),
        ("problem", "B1"),
        ("step", "send"),
    ];
    amara.fills(&decide, &answers);
    let letter = ada.letter("the decision");
    let words = &letter.says.words.whole;
    assert!(words.contains("Two access points restarted four times."), "{words}");
    let id = first.says.message_id.as_ref().expect("it has a number");
    assert!(
        letter.says.answers.contains(id),
        "it belongs to what went before: {:?}",
        letter.says.answers
    );
    until("the timeline has what Postfix answered", || {
        let page = amara.sees(&case(reference, "")).body;
        (page.contains("Decision given to Ada by email") && page.contains("queued as")).then_some(())
    });
    letter
}

/// Her answer is added to the case, and what becomes of it is a person's choice.
fn is_not_satisfied(place: &Place, amara: &Clerk, (reference, decision): (&str, &Letter), ada: &Mailbox) {
    let to = decision
        .says
        .reply_to
        .as_ref()
        .expect("where answers go")
        .address
        .clone();
    let id = decision.says.message_id.as_deref().unwrap_or_default();
    let wrote = format!(
        "Subject: Re: Your complaint\nMessage-ID: <second@ada.example>\nIn-Reply-To: <{id}>\n\n\
         I am not satisfied: it still drops.\n\nOn Thursday you wrote:\n> Two access points restarted four times.\n"
    );
    ada.writes(&[&to], &wrote);
    assert_eq!(place.ended(2)[1], (Fate::Added, reference.to_owned()));
    let page = amara.sees(&case(reference, "")).body;
    assert!(page.contains("I am not satisfied: it still drops."), "{page}");
    assert!(page.contains("ask-stage-2"), "stage 2 is offered: {page}");
    assert!(!page.contains("Stage 2 began"), "and nobody but a person begins it");
}

fn is_looked_at_again((ruth, amara): (&Clerk, &Clerk), reference: &str, ada: &mut Mailbox) {
    let asked = [("channel", "email"), ("words", "I am not satisfied: it still drops.")];
    amara.fills(&case(reference, "ask-stage-2"), &asked);
    let accepted = [("answer", "accept"), ("investigator", DANA)];
    ruth.fills(&case(reference, "escalation"), &accepted);
    while !ada.letter("who investigates").says.words.whole.contains("Dana") {}
    assert!(ruth.sees(&case(reference, "")).body.contains("Stage 2 began"));
}

/// What comes by LMTP is acknowledged to an address that nobody has: Postfix takes the letter, and reports back.
fn a_letter_comes_back(place: &Place, ruth: &Clerk, ada: &mut Mailbox) {
    const NOBODY: &str = "nobody.there@office.example";
    let wrote =
        format!("From: Ben <{NOBODY}>\nSubject: The printer\nMessage-ID: <third@ben.example>\n\nIt eats paper.\n");
    submit(
        place.servers.world,
        (NOBODY, &["feedback@whole.office.example"]),
        &wrote,
    );
    let ended = place.ended(4);
    let [_, _, (Fate::NewCase, case_of_ben), (Fate::Bounce, reported)] = ended.as_slice() else {
        panic!("{ended:?}");
    };
    assert_eq!(case_of_ben, reported, "the report is about that letter");
    assert!(reported.parse::<Reference>().is_ok());
    assert_eq!(place.ledger()[2].mailbox, "lmtp");
    let page = ruth.sees(&case(reported, "")).body;
    assert!(page.contains("No such mailbox"), "what is proposed: {page}");
    let letters = ruth.sees(&case(reported, "letters")).body;
    assert!(letters.contains("came back"), "{letters}");
    assert!(
        ruth.sees("/staff/undelivered").body.contains(reported),
        "it is an alert"
    );
    // Nobody answers the report, and no case was made of it.
    ada.writes(
        &[COMPLAINTS],
        "Subject: One more\nMessage-ID: <fourth@ada.example>\n\nThe door is stuck.\n",
    );
    let ended = place.ended(5);
    assert_eq!((ended.len(), ended[4].0), (5, Fate::NewCase), "{ended:?}");
}

/// A page of a case.
fn case(reference: &str, page: &str) -> String {
    format!("/staff/c/{reference}/{page}").trim_end_matches('/').to_owned()
}
