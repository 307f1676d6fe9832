//! A case is handed over to a line manager and sealed: what is purged, what goes on, who reads it, and what a fault leaves (R33 to R36, A14 to A17).

use std::sync::Arc;
use std::time::Duration;

use casework::directory::keep::{Fewer, read};
use casework::handling::confidential;
use casework::intake::track::{self, Complainant};
use casework::jobs::{post, scan, watch};
use casework::mail::{self, Arrival, Place, ledger};
use casework::rebuild::rebuild;
use casework::sealing::hand_over::{ToHolder, ask, take_back};
use casework::sealing::link::{self, AtTheLink, Opened};
use casework::sealing::view::handover;
use casework::{ActError, PublicDoor};
use rules::case::event::Holder;
use rules::case::vocabulary::{Lane, Outcome};
use rules::case::{Case, Event, Reference};
use rules::confidential::StaffNamed;
use rules::confidential::lane::{Naming, Restriction};
use rules::confidential::sealing::report::Finished;
use rules::directory::DirectoryPerson;
use rules::files::Scanned;
use rules::intake::RawContact;
use rules::letters::LetterKind;
use rules::mail::{Address, Authentic, Fate, Message, Taken, Words};
use storage::{audit, outbox};
use testkit::day;
use testkit::directory::{InventedDirectory, listed};
use testkit::every_act::{EVERY_ACT, do_act};
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, everybody, helen, iris, jo, marcus, ruth, samir};
use testkit::scanner::{BAD, Mood, NAME, ToldScanner};

use crate::absence::nothing_tells;
use crate::support::{WORDS, about, hand, open, ticked};

fn manager(name: &str) -> ToHolder {
    ToHolder {
        to: Holder {
            name: name.to_owned(),
            email: format!("{}@example.ac.uk", name.to_lowercase().replace(' ', ".")),
        },
        why: "Passed over Nadia Rahman: she was there.".to_owned(),
    }
}

/// About Jo, and nobody deals with it.
async fn named(office: &OpenOffice, key: &str) -> Reference {
    let reference = ticked(office, key).await;
    let naming = Naming {
        named: about(&[jo()]),
        to: None,
    };
    confidential::name(hand(office, &ruth(), &reference), &naming)
        .await
        .unwrap();
    reference
}

async fn hand_over(office: &OpenOffice, reference: &Reference, name: &str) -> Case {
    ask(hand(office, &ruth(), reference), &manager(name)).await.unwrap()
}

/// Handed over to Grace Obi, whose mail server took the letter.
pub(crate) async fn sealed(office: &OpenOffice, key: &str) -> Reference {
    let reference = named(office, key).await;
    hand_over(office, &reference, "Grace Obi").await;
    office.letters_arrive().await;
    reference
}

#[tokio::test]
async fn who_only_looked_while_it_was_open_to_all_is_on_record_once_it_is_sealed() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.door(&helen()).case(&reference).await.unwrap();
    let restriction = Restriction {
        reason: "It is about Jo.".to_owned(),
        named: about(&[jo()]),
        to: Some(marcus()),
    };
    confidential::restrict(hand(&office, &ruth(), &reference), &restriction)
        .await
        .unwrap();
    hand_over(&office, &reference, "Grace Obi").await;
    office.letters_arrive().await;
    let sealed = office
        .history(&reference)
        .await
        .into_iter()
        .find_map(|recorded| match recorded.event {
            Event::Sealed(sealed) => Some(sealed),
            _ => None,
        });
    let seen_by = sealed.unwrap().seen_by;
    assert!(
        seen_by.contains(&helen().id) && !seen_by.contains(&iris().id),
        "{seen_by:?}"
    );
}

/// The secret of the links of whoever has it.
async fn token(office: &OpenOffice, reference: &Reference) -> String {
    office.case(reference).await.held().unwrap().link.clone()
}

async fn at_the_link(office: &OpenOffice, reference: &Reference) -> AtTheLink {
    let token = token(office, reference).await;
    link::follow(&office.office, &reference.to_string(), &token)
        .await
        .unwrap()
}

/// The code that was mailed last.
async fn mailed_code(office: &OpenOffice) -> String {
    let letters = post::claim(&office.office, 20).await.unwrap();
    let letter = letters
        .iter()
        .rfind(|letter| letter.letter.kind == LetterKind::HandoverCode);
    letter.unwrap().letter.facts.receipt_code.clone()
}

async fn reading(office: &OpenOffice, at: &AtTheLink) -> String {
    link::send_code(&office.office, at).await.unwrap();
    let code = mailed_code(office).await;
    match link::open(&office.office, at, &code).await.unwrap() {
        Opened::Reading(reading) => reading,
        other => panic!("{other:?}"),
    }
}

async fn as_complainant(office: &OpenOffice, reference: &Reference) -> Complainant {
    let received = office.case(reference).await.received;
    let public = PublicDoor::of(office.office.clone());
    public
        .follow(&reference.to_string(), &received.link_token)
        .await
        .unwrap()
}

/// A directory in which Jo works for Ada, and whoever else.
fn listing(extra: Vec<DirectoryPerson>) -> Vec<DirectoryPerson> {
    let with_the_address_of_jo = |person: DirectoryPerson| DirectoryPerson {
        emails: vec!["jo@calderbrook.example".to_owned()],
        ..person
    };
    let extra = extra.into_iter().map(with_the_address_of_jo);
    [
        with_the_address_of_jo(listed("Jo Bramley", "ada")),
        listed("Ada Green", ""),
    ]
    .into_iter()
    .chain(extra)
    .collect()
}

#[tokio::test]
async fn the_directory_suggests_the_line_manager_of_whoever_is_named_and_somebody_decides() {
    let office = open().await;
    let reference = named(&office, "k").await;
    let ask_for = async || handover(&office.office, &reference, &ruth()).await.unwrap().suggested;
    let read_again = async || read(&office.office, Fewer::Taken).await.unwrap().unwrap();
    assert_eq!(ask_for().await, None, "no directory: a person chooses");
    let directory = InventedDirectory::of(listing(Vec::new()));
    office.office.keep_directory(directory.parts());
    read_again().await;
    let suggested = ask_for().await.unwrap();
    assert_eq!(suggested.to.email, "ada@example.ac.uk");
    assert!(suggested.words.concat().contains("Jo Bramley"), "{:?}", suggested.words);
    // Two of the directory have Jo's address: nobody can say which.
    directory.holds(listing(vec![listed("Joanna Bramley", "ada")]));
    read_again().await;
    assert_eq!(ask_for().await, None);
    directory.holds(listing(Vec::new()));
    read_again().await;
    hand_over(&office, &reference, "Grace Obi").await;
    office.letters_arrive().await;
    assert_eq!(ask_for().await, None, "a stub does not say whom it names");
}

#[tokio::test]
async fn somebody_without_an_account_is_looked_up_and_never_gets_what_is_about_them() {
    let office = open().await;
    let people = [listing(Vec::new()), vec![listed("Omar Haddad", "ada")]].concat();
    office.office.keep_directory(InventedDirectory::of(people).parts());
    read(&office.office, Fewer::Taken).await.unwrap().unwrap();
    let reference = ticked(&office, "k").await;
    let naming = |others: &str| Naming {
        named: StaffNamed {
            people: Vec::new(),
            others: Some(others.to_owned()),
        },
        to: None,
    };
    let name = async |others: &str| {
        let named = confidential::name(hand(&office, &ruth(), &reference), &naming(others)).await;
        named.unwrap();
        handover(&office.office, &reference, &ruth()).await.unwrap().suggested
    };
    assert_eq!(name("Omar, who was at the desk on Monday").await, None);
    let suggested = name("omar haddad").await.unwrap();
    assert_eq!(suggested.to.email, "ada@example.ac.uk");
    let to_omar = ToHolder {
        to: Holder {
            name: "O. Haddad".to_owned(),
            email: "Omar@example.ac.uk".to_owned(),
        },
        why: String::new(),
    };
    let refused = ask(hand(&office, &ruth(), &reference), &to_omar).await.unwrap_err();
    assert!(matches!(refused, ActError::Refused(_)), "{refused}");
    assert!(office.case(&reference).await.seal.asked.is_none());
}

#[tokio::test]
async fn until_the_letter_is_accepted_nothing_is_taken_away() {
    let office = open().await;
    let reference = named(&office, "k").await;
    let case = hand_over(&office, &reference, "Grace Obi").await;
    assert_eq!(case.lane, Lane::Restricted);
    let letters = post::claim(&office.office, 20).await.unwrap();
    let letter = letters
        .iter()
        .find(|letter| letter.letter.kind == LetterKind::Handover)
        .unwrap();
    assert_eq!(letter.letter.to.as_deref(), Some("grace.obi@example.ac.uk"));
    let told = format!("{:?}", letter.letter);
    assert!(
        !told.contains("shouted") && !told.contains("Priya") && !told.contains("Jo "),
        "{told}"
    );
    post::failed(&office.office, letter, "550 no such mailbox", post::Afterwards::GiveUp)
        .await
        .unwrap();
    let file = office.door(&ruth()).case(&reference).await.unwrap();
    assert_eq!(file.case.received.words, WORDS);
    assert!(
        file.case.undelivered(LetterKind::Handover).is_some(),
        "the case says so"
    );
    // Another address, and it goes.
    take_back(hand(&office, &ruth(), &reference), "The address was wrong.")
        .await
        .unwrap();
    hand_over(&office, &reference, "Ewan Reid").await;
    office.letters_arrive().await;
    assert_eq!(office.case(&reference).await.lane, Lane::Sealed);
}

#[tokio::test]
async fn once_it_is_accepted_no_row_and_no_letter_holds_a_word_of_it() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let case = office.case(&reference).await;
    assert_eq!(
        (case.lane, case.stage(), case.received.words.as_str()),
        (Lane::Sealed, 1, "")
    );
    let stored = reference.to_string();
    let (letters, events) = office
        .office
        .store()
        .read(|tx| {
            Box::pin(async move {
                Ok::<_, storage::StorageError>((
                    outbox::for_case(tx, &stored).await?,
                    storage::events::load(tx, &stored).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert!(letters.is_empty(), "{letters:?}");
    let kept: String = events
        .iter()
        .map(|event| String::from_utf8_lossy(&event.payload).into_owned())
        .collect();
    for word in ["shouted", "Priya", "priya@", "F0980554", "Nadia", "counter"] {
        assert!(!kept.contains(word), "{word} is in the stub: {kept}");
    }
    let rebuilt = rebuild(&office.office).await.unwrap();
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
    let report = audit::verify(office.office.store()).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
}

#[tokio::test]
async fn for_the_named_person_their_colleagues_the_frontline_and_others_it_does_not_exist() {
    let office = open().await;
    let reference = named(&office, "k").await;
    let job = office.case(&reference).await.job.unwrap().number;
    hand_over(&office, &reference, "Grace Obi").await;
    office.letters_arrive().await;
    for person in [jo(), amara(), dana(), samir()] {
        nothing_tells(&office, &person, &reference, &job).await;
    }
    for person in everybody() {
        let seen = office.door(&person).case(&reference).await;
        assert!(
            matches!(seen, Err(ActError::NotFound | ActError::Refused(_))),
            "{} reads it",
            person.name
        );
    }
    for person in [ruth(), helen(), iris()] {
        let outline = office.door(&person).outline(&reference).await.unwrap();
        let shown = format!("{outline:?}");
        for word in ["shouted", "Priya", "Grace", "grace.obi", "Nadia", "Jo"] {
            assert!(!shown.contains(word), "{} is shown {word}", person.name);
        }
    }
}

#[tokio::test]
async fn every_act_of_everybody_on_it_is_answered_as_if_there_were_no_such_case() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let before = office.case(&reference).await;
    let mut tried = 0;
    for person in everybody() {
        for act in EVERY_ACT {
            let answer = do_act(act, hand(&office, &person, &reference), &before, &dana()).await;
            let refused = match &answer {
                Err(ActError::NotFound) => true,
                // Whoever may not see cases at all is told so before the case is looked for.
                Err(ActError::Refused(_)) => !rules::people::may(&person, rules::people::Act::SeeCases),
                _ => false,
            };
            assert!(refused, "{} could {act}: {answer:?}", person.name);
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
    assert_eq!(office.case(&reference).await, before);
}

#[tokio::test]
async fn what_is_said_of_a_file_of_a_sealed_case_stands_in_its_record_and_not_in_its_stub() {
    let office = open().await;
    let scanner = ToldScanner::new(Mood::Away);
    office
        .office
        .ask_scanner(Arc::new(scanner.clone()), Duration::from_secs(10));
    let tray = PublicDoor::of(office.office.clone()).tray("k").unwrap();
    for (name, words) in [("a.txt", "He stood there."), ("b.txt", BAD)] {
        let mut arrival = tray.begin(name).await.unwrap();
        arrival.write(words.as_bytes()).await;
        arrival.finish().await.unwrap();
    }
    let reference = sealed(&office, "k").await;
    let stub = office.case(&reference).await;
    scanner.becomes(Mood::Well);
    assert_eq!(scan::round(&office.office).await.unwrap(), 2);
    assert_eq!(scan::round(&office.office).await.unwrap(), 0, "it is said once");
    assert_eq!(office.case(&reference).await, stub);
    let at = at_the_link(&office, &reference).await;
    let reading = reading(&office, &at).await;
    let record = link::read(&office.office, &at, &reading).await.unwrap();
    let said: Vec<&Scanned> = record.case.files.iter().map(|kept| &kept.file.scanned).collect();
    assert_eq!(said, [&Scanned::Clean, &Scanned::infected(NAME)]);
    let [clean, infected] = [0, 1].map(|at| record.case.files[at].file.id.clone());
    assert!(link::file(&office.office, &at, &reading, &clean).await.is_ok());
    let refused = link::file(&office.office, &at, &reading, &infected)
        .await
        .err()
        .unwrap();
    assert!(refused.to_string().contains(NAME), "{refused}");
}

#[tokio::test]
async fn the_holder_reads_it_with_a_code_once_and_that_they_did_is_on_record() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let at = at_the_link(&office, &reference).await;
    let standing = link::standing(&office.office, &at).await.unwrap();
    assert_eq!(
        (standing.name.as_str(), standing.mailbox.as_str()),
        ("Grace", "g\u{2026}i@example.ac.uk")
    );
    assert!(matches!(
        link::read(&office.office, &at, "guess").await,
        Err(ActError::NotFound)
    ));
    let reading = reading(&office, &at).await;
    let record = link::read(&office.office, &at, &reading).await.unwrap();
    assert_eq!(record.case.received.words, WORDS);
    assert_eq!(record.case.complainant.name.as_deref(), Some("Priya Natarajan"));
    assert_eq!(record.case.named.people, [jo().id]);
    let opened = office.case(&reference).await;
    assert_eq!(opened.lane, Lane::Sealed);
    let outline = office.door(&iris()).outline(&reference).await.unwrap();
    assert!(outline.steps.iter().any(|step| step.kind == "seal.opened"));
    // An hour later another code is needed.
    office.on("2026-06-09 10:30");
    assert!(matches!(
        link::read(&office.office, &at, &reading).await,
        Err(ActError::NotFound)
    ));
}

#[tokio::test]
async fn a_link_that_is_none_or_is_anothers_lets_nobody_in_and_codes_are_counted() {
    let office = open().await;
    let (one, other) = (sealed(&office, "k1").await, sealed(&office, "k2").await);
    let theirs = token(&office, &other).await;
    for (reference, token) in [
        (one.to_string(), theirs.clone()),
        (one.to_string(), "0".repeat(32)),
        ("FC-99999".to_owned(), theirs),
        ("nonsense".to_owned(), String::new()),
    ] {
        let followed = link::follow(&office.office, &reference, &token).await;
        assert!(matches!(followed.map(drop), Err(ActError::NotFound)), "{reference}");
    }
    let at = at_the_link(&office, &one).await;
    for _ in 0..6 {
        link::send_code(&office.office, &at).await.unwrap();
    }
    let more = link::send_code(&office.office, &at).await;
    assert!(matches!(more, Err(ActError::Throttled { .. })), "{more:?}");
    assert_eq!(
        link::open(&office.office, &at, "no digits").await.unwrap(),
        Opened::Wrong
    );
}

#[tokio::test]
async fn the_holder_reports_and_the_figures_are_those_of_any_case() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let at = at_the_link(&office, &reference).await;
    link::have(&office.office, &at, "1").await.unwrap();
    link::have(&office.office, &at, "2").await.unwrap();
    office.on("2026-06-10 16:00");
    link::told(&office.office, &at, "3").await.unwrap();
    let report = Finished {
        on: Some(day("2026-06-10")),
        outcome: Some(Outcome::Upheld),
    };
    link::finished(&office.office, &at, &report, "4").await.unwrap();
    let case = office.case(&reference).await;
    assert_eq!(case.state.name(), "closed");
    assert_eq!(case.held().unwrap().taken_at, Some(testkit::at("2026-06-09 09:15")));
    let again = link::finished(&office.office, &at, &report, "5").await.unwrap_err();
    assert_eq!(again.to_string(), "You have told us already that it is finished.");
    link::finished(&office.office, &at, &report, "4").await.unwrap();
    assert!(rebuild(&office.office).await.unwrap().differences.is_empty());
}

#[tokio::test]
async fn a_silent_holder_is_reminded_by_mail_and_the_clock_works_from_the_stub() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    office.on("2026-06-10 09:05");
    watch::look(&office.office).await.unwrap();
    let kinds = waiting(&office).await;
    assert_eq!(kinds, [LetterKind::HandoverReminder]);
    office.letters_arrive().await;
    office.on("2026-06-13 00:05");
    watch::look(&office.office).await.unwrap();
    let case = office.case(&reference).await;
    assert_eq!(case.breached.len(), 1, "{:?}", case.breached);
    let listed = office.door(&ruth()).counts().await.unwrap();
    assert_eq!(listed.open, 1, "whoever chases it counts it");
}

async fn waiting(office: &OpenOffice) -> Vec<LetterKind> {
    let letters = post::claim(&office.office, 20).await.unwrap();
    let kinds = letters.iter().map(|letter| letter.letter.kind).collect();
    for letter in &letters {
        post::put_back(&office.office, letter).await.unwrap();
    }
    kinds
}

#[tokio::test]
async fn what_the_complainant_adds_goes_into_the_record_and_nowhere_else() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let who = as_complainant(&office, &reference).await;
    track::reply(&office.office, &who, "He did it again on Friday.", "r1")
        .await
        .unwrap();
    track::reply(&office.office, &who, "He did it again on Friday.", "r1")
        .await
        .unwrap();
    assert_eq!(waiting(&office).await, [LetterKind::HandoverNews]);
    assert!(track::reply(&office.office, &who, "  ", "r2").await.is_err());
    let contact = RawContact {
        email: "new@example.ac.uk".to_owned(),
        reply_by: "email".to_owned(),
        ..RawContact::default()
    };
    let refused = track::correct_contact(&office.office, &who, &contact, "c1")
        .await
        .unwrap_err();
    assert!(
        refused.to_string().starts_with("Your complaint has left our system"),
        "{refused}"
    );
    let case = office.case(&reference).await;
    assert!(!format!("{case:?}").contains("Friday"));
    for query in ["Friday", "again"] {
        assert_eq!(office.door(&ruth()).find(query).await.unwrap().len(), 0);
    }
    let at = at_the_link(&office, &reference).await;
    let reading = reading(&office, &at).await;
    let record = link::read(&office.office, &at, &reading).await.unwrap();
    let added: Vec<&str> = record.added.iter().map(|added| added.words.as_str()).collect();
    assert_eq!(added, ["He did it again on Friday."]);
    assert!(rebuild(&office.office).await.unwrap().differences.is_empty());
}

#[tokio::test]
async fn what_comes_by_e_mail_with_its_files_is_read_and_opened_by_the_holder_alone() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let arrival = Arrival {
        mailbox: "helpline".to_owned(),
        place: Place::Handed,
        sender: None,
        recipients: Vec::new(),
    };
    let mut incoming = mail::begin(&office.office, arrival).await.unwrap();
    incoming.write(b"Message-ID: <1@b.example>\n\nAgain.\n").await.unwrap();
    incoming.keep().await.unwrap();
    let waiting = ledger::claim(&office.office, 1).await.unwrap().pop().unwrap();
    let (original, _) = ledger::original(&office.office, &waiting).await.unwrap();
    let tray = ledger::tray(&office.office, &waiting).unwrap();
    let mut photo = tray.begin("counter.png").await.unwrap();
    photo.write(b"\x89PNG\r\n\x1a\nthe counter").await;
    let photo = photo.finish().await.unwrap();
    let message = Message {
        from: Some(Address {
            name: None,
            address: "p.natarajan@student.calderbrook.example".to_owned(),
        }),
        subject: format!("Re: [{reference}]"),
        authentic: Authentic::Yes { by: "dkim".to_owned() },
        words: Words {
            new: "He did it again, here is a photo.".to_owned(),
            whole: "He did it again, here is a photo.".to_owned(),
            html: None,
        },
        to: vec![Address {
            name: None,
            address: format!("it+{}@b.example", mail::token::of_letter(&office.office, &reference, 1)),
        }],
        ..Message::default()
    };
    let taken = Taken {
        ledger: waiting.id,
        message,
        original,
        files: vec![photo.clone()],
        dropped: Vec::new(),
    };
    let fate = mail::take(&office.office, &waiting, &taken).await.unwrap();
    assert_eq!(fate, Some(Fate::Added));
    let at = at_the_link(&office, &reference).await;
    let reading = reading(&office, &at).await;
    let record = link::read(&office.office, &at, &reading).await.unwrap();
    let names: Vec<&str> = record.added[0]
        .files
        .iter()
        .map(|came| came.file.name.as_str())
        .collect();
    assert_eq!(names, ["counter.png", "Original message.eml"]);
    let mut opened = link::file(&office.office, &at, &reading, &photo.id).await.unwrap();
    assert_eq!(
        opened.next_chunk().await.unwrap().unwrap(),
        b"\x89PNG\r\n\x1a\nthe counter"
    );
    let case = office.case(&reference).await;
    assert!(
        case.files.is_empty() && !format!("{case:?}").contains("counter"),
        "the stub holds none of it"
    );
    let guess = link::file(&office.office, &at, "guess", &photo.id).await;
    assert!(matches!(guess.map(drop), Err(ActError::NotFound)));
}

#[tokio::test]
async fn stage_2_goes_to_another_manager_whose_link_replaces_the_first() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let first = at_the_link(&office, &reference).await;
    let first_token = token(&office, &reference).await;
    let report = Finished {
        on: Some(day("2026-06-09")),
        outcome: Some(Outcome::NotUpheld),
    };
    link::finished(&office.office, &first, &report, "1").await.unwrap();
    let who = as_complainant(&office, &reference).await;
    office.on("2026-06-11 10:00");
    track::ask_stage_2(&office.office, &who, "She did not ask the others.", "s")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert_eq!(case.state.name(), "escalation_pending");
    assert!(!format!("{case:?}").contains("ask the"));
    let same = ask(hand(&office, &ruth(), &reference), &manager("Grace Obi")).await;
    assert!(
        same.unwrap_err()
            .to_string()
            .starts_with("Grace Obi dealt with it before")
    );
    hand_over(&office, &reference, "Ewan Reid").await;
    office.letters_arrive().await;
    let case = office.case(&reference).await;
    assert_eq!((case.stage(), case.state.name()), (2, "open"));
    let gone = link::follow(&office.office, &reference.to_string(), &first_token).await;
    assert!(
        matches!(gone.map(drop), Err(ActError::NotFound)),
        "the first link leads nowhere any more"
    );
    let second = at_the_link(&office, &reference).await;
    let reading = reading(&office, &second).await;
    let record = link::read(&office.office, &second, &reading).await.unwrap();
    assert_eq!(record.case.received.words, WORDS);
    assert_eq!(record.added[0].words, "She did not ask the others.");
}

#[tokio::test]
async fn they_stop_a_sealed_case_and_their_reason_is_in_the_record() {
    let office = open().await;
    let reference = sealed(&office, "k").await;
    let who = as_complainant(&office, &reference).await;
    track::stop(&office.office, &who, "He said sorry to me.", "s")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert_eq!(case.state.name(), "closed");
    assert!(!format!("{case:?}").contains("sorry"));
}

#[tokio::test]
async fn a_second_report_of_the_same_acceptance_changes_nothing() {
    let office = open().await;
    let reference = named(&office, "k").await;
    hand_over(&office, &reference, "Grace Obi").await;
    let letters = post::claim(&office.office, 20).await.unwrap();
    let letter = letters
        .iter()
        .find(|letter| letter.letter.kind == LetterKind::Handover)
        .unwrap();
    let sent = || post::Sent {
        subject: "In confidence".to_owned(),
        text: "words".to_owned(),
        sha256: None,
        proof: "250 2.0.0 accepted".to_owned(),
    };
    post::delivered(&office.office, letter, sent()).await.unwrap();
    let once = office.case(&reference).await;
    post::delivered(&office.office, letter, sent()).await.unwrap();
    assert_eq!(office.case(&reference).await, once);
    assert!(
        post::already_delivered(
            &office.office,
            &post::ToSend {
                attempts: 2,
                ..letter.clone()
            }
        )
        .await
        .unwrap()
    );
}

#[tokio::test]
async fn only_who_may_can_hand_over_and_an_open_case_is_restricted_first() {
    let office = open().await;
    let reference = named(&office, "k").await;
    let refused = ask(hand(&office, &amara(), &reference), &manager("Grace Obi")).await;
    assert!(matches!(refused, Err(ActError::NotFound)), "{refused:?}");
    let named_herself = ask(
        hand(&office, &ruth(), &reference),
        &ToHolder {
            to: Holder {
                name: jo().name,
                email: "jo@example.ac.uk".to_owned(),
            },
            why: String::new(),
        },
    )
    .await
    .unwrap_err();
    assert!(
        named_herself.to_string().contains("This complaint is about"),
        "{named_herself}"
    );
    let open_lane = office.at_stage_1("k9").await;
    let refused = ask(hand(&office, &ruth(), &open_lane), &manager("Grace Obi"))
        .await
        .unwrap_err();
    assert!(refused.to_string().starts_with("Restrict this case first"), "{refused}");
}
