//! The way back of a complainant: read by no member of staff, read out once by the clerk who logged it, and mailed to the address on file.

use casework::desk::case_file::for_operator;
use casework::handling::decide::close;
use casework::intake::log::{LogCall, Next, log};
use casework::intake::track::{count_link_request, reply, send_link};
use casework::jobs::post::{self, Sent};
use casework::letter;
use casework::secrets::{THEIR_CODE, THEIR_LINK};
use casework::{ActError, PublicDoor};
use rules::case::Reference;
use rules::case::vocabulary::{Channel, Ending, Means};
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, jo, ruth};
use testkit::words::form;

use crate::support::{hand, open};

/// Code and link of a case, as the complainant has them.
async fn secrets(office: &OpenOffice, reference: &Reference) -> (String, String) {
    let received = for_operator(&office.office, reference).await.unwrap().case.received;
    (received.receipt_code, received.link_token)
}

/// Every letter that waits goes out with its link and code in it, as the post room writes them.
async fn letters_go_out(office: &OpenOffice) {
    for letter in post::claim(&office.office, 20).await.unwrap() {
        let facts = &letter.letter.facts;
        let sent = Sent {
            subject: "A letter".to_owned(),
            text: format!(
                "{}\n\nRead more:\n{}\n{}",
                facts.body, facts.tracking_link, facts.receipt_code
            ),
            sha256: None,
            proof: "250 2.0.0 accepted".to_owned(),
        };
        post::delivered(&office.office, &letter, sent).await.unwrap();
    }
}

#[tokio::test]
async fn no_staff_view_holds_the_link_or_the_code_whoever_wrote_it() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let (code, token) = secrets(&office, &reference).await;
    let public = PublicDoor::of(office.office.clone());
    let who = public.follow(&reference.to_string(), &token).await.unwrap();
    let pasted = format!(
        "See https://complaints.calderbrook.example/track/{reference}/k/{token} with code {}",
        letter::grouped(&code)
    );
    reply(&office.office, &who, &pasted, "r1").await.unwrap();
    let amara = amara();
    let decision = testkit::words::decision_on(&office.case(&reference).await);
    casework::handling::decide::decide(
        hand(&office, &amara, &reference),
        &decision,
        &rules::handling::decide::Telling::InWriting,
    )
    .await
    .unwrap();
    letters_go_out(&office).await;

    let kept = for_operator(&office.office, &reference).await.unwrap();
    assert!(
        format!("{:?}", kept.history).contains(&token),
        "the record keeps letters as they went out"
    );
    for reader in [amara.clone(), ruth(), iris()] {
        let file = office.door(&reader).case(&reference).await.unwrap();
        let read = format!("{file:?}");
        assert!(!read.contains(&token) && !read.contains(&code), "{}", reader.name);
        assert!(!read.contains(&letter::grouped(&code)), "{}", reader.name);
        assert!(read.contains(THEIR_LINK) && read.contains(THEIR_CODE));
        let facts = letter::facts(
            &office.office,
            &file.case,
            &rules::case::LetterOwed::automatic(LetterKind::Acknowledgement),
            &file.in_force.setting(file.now),
        );
        assert!(
            !format!("{facts:?}").contains(&token),
            "a letter that is only shown leads nowhere"
        );
        let shown = format!("Read it: {} Code {}", facts.tracking_link, facts.receipt_code);
        let shown = letter::without_way_back(&shown, &facts);
        assert_eq!(shown, "Read it: [their link] Code [their code]");
    }
    let number = kept.case.job.unwrap().number;
    let job = casework::desk::jobs::get(&office.office, &number, &iris())
        .await
        .unwrap();
    let told = format!("{:?}", job.updates);
    assert!(
        !told.contains(&token) && told.contains("[their link] with code [their code]"),
        "{told}"
    );

    let theirs = public.case(&who).await.unwrap();
    assert!(
        format!("{:?}", theirs.history).contains(&token),
        "the complainant reads their letters whole"
    );
}

fn call(about_staff: &str) -> LogCall {
    LogCall {
        raw: RawFeedback {
            about_staff: about_staff.to_owned(),
            ..form()
        },
        channel: Channel::Phone,
        received_at: None,
        vip: None,
        next: Next::Triage,
        key: format!("call-{about_staff}"),
    }
}

#[tokio::test]
async fn the_clerk_reads_the_code_out_while_the_caller_is_there_and_not_later() {
    let office = open().await;
    for about_staff in ["", "yes"] {
        office.on("2026-06-09 09:15");
        let receipt = log(&office.office, call(about_staff), &amara()).await.unwrap();
        let door = office.door(&amara());
        let file = door.just_logged(&receipt.reference).await.unwrap();
        assert_eq!(file.case.received.receipt_code, receipt.receipt_code);
        let of_another = office.door(&jo()).just_logged(&receipt.reference).await;
        assert!(matches!(of_another, Err(ActError::NotFound)));
        office.on("2026-06-09 10:16");
        assert!(matches!(
            door.just_logged(&receipt.reference).await,
            Err(ActError::NotFound)
        ));
    }
}

/// What waits in the post room: which letter, how, and to which address.
async fn waiting(office: &OpenOffice) -> Vec<(LetterKind, Means, Option<String>)> {
    let letters = post::claim(&office.office, 20).await.unwrap();
    letters
        .into_iter()
        .map(|letter| (letter.letter.kind, letter.letter.by, letter.letter.to))
        .collect()
}

#[tokio::test]
async fn the_link_goes_to_the_address_on_file_and_to_no_other() {
    let office = open().await;
    let reference = office.receive("k").await.to_string();
    for (asked, email) in [
        (reference.as_str(), "mallory@example.org"),
        (reference.as_str(), ""),
        ("FC-99999", "priya@example.ac.uk"),
        ("nonsense", "priya@example.ac.uk"),
    ] {
        send_link(&office.office, asked, email).await.unwrap();
        assert_eq!(waiting(&office).await, [], "{asked} {email}");
    }
    let typed = format!(" {} ", reference.to_lowercase());
    send_link(&office.office, &typed, " Priya@Example.ac.uk ")
        .await
        .unwrap();
    let to = Some("priya@example.ac.uk".to_owned());
    assert_eq!(waiting(&office).await, [(LetterKind::LinkAgain, Means::Email, to)]);
}

#[tokio::test]
async fn somebody_who_reads_our_replies_on_the_page_is_mailed_the_way_to_it() {
    let office = open().await;
    let raw = RawFeedback {
        reply_by: "tracking_page".to_owned(),
        ..form()
    };
    let receipt = PublicDoor::of(office.office.clone()).complain(&raw, "k").await.unwrap();
    office.letters_arrive().await;
    send_link(&office.office, &receipt.reference.to_string(), "priya@example.ac.uk")
        .await
        .unwrap();
    let to = Some("priya@example.ac.uk".to_owned());
    assert_eq!(waiting(&office).await, [(LetterKind::LinkAgain, Means::Email, to)]);
}

#[tokio::test]
async fn links_are_asked_for_five_times_and_then_not_for_a_while() {
    let office = open().await;
    for n in 0..5 {
        let from = format!("192.0.2.{n}");
        count_link_request(&office.office, "FC-10001", &from).await.unwrap();
    }
    let sixth = count_link_request(&office.office, " fc-10001", "192.0.2.9").await;
    assert!(
        matches!(sixth, Err(ActError::Throttled { .. })),
        "whoever asks, for one reference"
    );
    for n in 0..5 {
        count_link_request(&office.office, &format!("FC-2000{n}"), "198.51.100.1")
            .await
            .unwrap();
    }
    let sixth = count_link_request(&office.office, "FC-20009", "198.51.100.1").await;
    assert!(
        matches!(sixth, Err(ActError::Throttled { .. })),
        "whatever they ask for, from one place"
    );
    office.on("2026-06-09 09:31");
    assert!(
        count_link_request(&office.office, "FC-10001", "192.0.2.9")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_letter_about_no_decision_says_what_happens_instead_and_where_else_to_turn() {
    let office = open().await;
    let ruth = ruth();
    for (number, ending) in [
        Ending::Referred,
        Ending::Refused,
        Ending::Duplicate,
        Ending::NotAComplaint,
    ]
    .into_iter()
    .enumerate()
    {
        let reference = office.receive(&format!("k{number}")).await;
        close(
            hand(&office, &ruth, &reference),
            ending,
            "Estates looks after the doors.",
        )
        .await
        .unwrap();
        let letters = post::claim(&office.office, 20).await.unwrap();
        let [letter] = letters.as_slice() else {
            panic!("{ending:?} owes {letters:?}")
        };
        let facts = &letter.letter.facts;
        assert_eq!(letter.letter.kind, LetterKind::ClosedWithoutDecision);
        assert_eq!(facts.outcome_sentence, letter::ending_sentence(ending));
        assert!(!facts.outcome_sentence.is_empty());
        assert_eq!(facts.body, "Estates looks after the doors.");
        assert!(facts.signpost.contains("If you are a student"), "{}", facts.signpost);
        assert_eq!(facts.signed_by, "Ruth Abara");
    }
}

#[tokio::test]
async fn five_spellings_of_a_reference_are_five_requests_for_its_link() {
    let office = open().await;
    for (n, typed) in ["FC-10001", "fc10001", " F C 1 0 0 0 1", "FC-010001", "FC--10001"]
        .iter()
        .enumerate()
    {
        let from = format!("192.0.2.{n}");
        count_link_request(&office.office, typed, &from).await.unwrap();
    }
    let sixth = count_link_request(&office.office, "fc 10001", "198.51.100.7").await;
    assert!(matches!(sixth, Err(ActError::Throttled { .. })), "{sixth:?}");
}
