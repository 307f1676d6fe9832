//! An e-mail comes in: kept raw first, once, and taken to one end in one transaction (R18, R83, R84; lessons 6, 7, 8 and 9).

use casework::ActError;
use casework::handling::{Hand, Seen, confidential};
use casework::jobs::post;
use casework::mail::reconcile::{self, Alarm};
use casework::mail::{self, Arrival, Kept, Place, Waiting, boxes, ledger, take, tray};
use rules::case::vocabulary::{Channel, ReplyBy};
use rules::case::{Event, Reference};
use rules::confidential::StaffNamed;
use rules::confidential::lane::{Naming, Restriction};
use rules::files::SeenBy;
use rules::letters::LetterKind;
use rules::mail::{Address, Authentic, Automatic, CASES_AN_HOUR, Fate, Message, Taken, Words};
use rules::people::{Actor, Role};
use storage::mail::{MailRow, days};
use testkit::at;
use testkit::office::OpenOffice;
use testkit::people::{amara, helen, marcus, ruth};

use crate::support::open;

const RAW: &str =
    "From: Ada Obi <ada@students.example>\r\nMessage-ID: <1@students.example>\r\nSubject: Wifi\r\n\r\nIt drops.\r\n";

fn by(mailbox: &str, place: Place) -> Arrival {
    Arrival {
        mailbox: mailbox.to_owned(),
        place,
        sender: Some("ada@students.example".to_owned()),
        recipients: vec!["helpline@calderbrook.example".to_owned()],
    }
}

async fn keep(office: &OpenOffice, arrival: Arrival, raw: &str) -> Kept {
    let mut incoming = mail::begin(&office.office, arrival).await.unwrap();
    for piece in raw.as_bytes().chunks(7) {
        incoming.write(piece).await.unwrap();
    }
    incoming.keep().await.unwrap()
}

async fn handed(office: &OpenOffice, raw: &str) -> Waiting {
    keep(office, by("lmtp", Place::Handed), raw).await;
    let mut waiting = ledger::claim(&office.office, 10).await.unwrap();
    waiting.pop().unwrap()
}

async fn row(office: &OpenOffice, id: i64) -> MailRow {
    let row = office.read(move |tx| Box::pin(async move { storage::mail::get(tx, id).await }));
    row.await.unwrap()
}

async fn cases(office: &OpenOffice) -> u64 {
    let days = office.read(move |tx| {
        Box::pin(async move { days::became(tx, testkit::day("2026-06-01"), testkit::day("2026-06-30")).await })
    });
    let cases = |day: &&days::Became| day.fate.is_some_and(Fate::is_case);
    days.await.iter().filter(cases).map(|day| day.many).sum()
}

fn message(words: &str) -> Message {
    Message {
        from: Some(Address {
            name: Some("Ada Obi".to_owned()),
            address: "ada@students.example".to_owned(),
        }),
        subject: "Wifi".to_owned(),
        message_id: Some("1@students.example".to_owned()),
        words: Words {
            new: words.to_owned(),
            whole: words.to_owned(),
            html: None,
        },
        ..Message::default()
    }
}

async fn taken(office: &OpenOffice, waiting: &Waiting, message: Message) -> Taken {
    let (original, _) = ledger::original(&office.office, waiting).await.unwrap();
    Taken {
        ledger: waiting.id,
        message,
        original,
        files: Vec::new(),
        dropped: Vec::new(),
    }
}

/// A message of its own arrives and is taken.
async fn arrives(office: &OpenOffice, number: u32, message: Message) -> (Waiting, Fate) {
    let raw = RAW.replace("<1@", &format!("<{number}@"));
    let waiting = handed(office, &raw).await;
    let taken = taken(office, &waiting, message).await;
    let fate = take(&office.office, &waiting, &taken).await.unwrap().unwrap();
    (waiting, fate)
}

async fn reference_of(office: &OpenOffice, waiting: &Waiting) -> Reference {
    row(office, waiting.id).await.reference.unwrap().parse().unwrap()
}

#[tokio::test]
async fn its_raw_bytes_are_there_before_anybody_looks_at_them() {
    let office = open().await;
    let waiting = handed(&office, RAW).await;
    assert_eq!(waiting.about.envelope.sender.as_deref(), Some("ada@students.example"));
    let (original, mut reader) = ledger::original(&office.office, &waiting).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = reader.next_chunk().await.unwrap() {
        bytes.extend(chunk);
    }
    assert_eq!(bytes, RAW.as_bytes());
    assert_eq!(original.size, RAW.len() as u64);
}

#[tokio::test]
async fn the_same_message_is_kept_once_however_often_and_by_whichever_way_it_comes() {
    let office = open().await;
    let uid = |uid| Place::Uid { validity: 1, uid };
    let first = keep(&office, by("helpline", uid(4)), RAW).await;
    let Kept::New(id) = first else { panic!("{first:?}") };
    let other_way = format!("Received: by mx.example\r\n{RAW}\r\n");
    for arrival in [
        by("helpline", uid(4)),
        by("feedback", uid(9)),
        by("lmtp", Place::Handed),
    ] {
        assert_eq!(keep(&office, arrival, &other_way).await, Kept::Known(id));
    }
    let other = RAW.replace("It drops", "It dropped again");
    assert!(matches!(
        keep(&office, by("lmtp", Place::Handed), &other).await,
        Kept::New(_)
    ));
    assert_eq!(ledger::claim(&office.office, 10).await.unwrap().len(), 2);
    // Copies leave nothing behind.
    let lying = office.office.store().files().list().await.unwrap();
    assert_eq!(lying.len(), 2);
}

#[tokio::test]
async fn a_message_that_breaks_off_leaves_nothing() {
    let office = open().await;
    let mut incoming = mail::begin(&office.office, by("lmtp", Place::Handed)).await.unwrap();
    incoming.write(RAW.as_bytes()).await.unwrap();
    drop(incoming);
    assert!(ledger::claim(&office.office, 10).await.unwrap().is_empty());
    office.on("2026-06-11 09:15");
    casework::files::sweep::sweep(&office.office).await.unwrap();
    assert!(office.office.store().files().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_somebody_wrote_becomes_a_case_that_is_acknowledged_by_e_mail() {
    let office = open().await;
    let (waiting, fate) = arrives(&office, 1, message("It drops every ten minutes.")).await;
    assert_eq!(fate, Fate::NewCase);
    let reference = reference_of(&office, &waiting).await;
    let case = office.case(&reference).await;
    assert_eq!(case.received.channel, Channel::Email);
    assert_eq!(case.received.words, "It drops every ten minutes.");
    assert_eq!(case.complainant.reply_by, ReplyBy::Email);
    let told: Vec<_> = office
        .history(&reference)
        .await
        .iter()
        .map(|said| (said.event.kind(), said.actor))
        .collect();
    assert_eq!(
        told,
        [
            ("case.received", Actor::Complainant),
            ("file.attached", Actor::Complainant),
            ("mail.kept", Actor::Complainant),
            ("job.created", Actor::System)
        ]
    );
    assert_eq!(
        case.files[0].file.seen_by,
        SeenBy::Staff,
        "the original, with every hop of its way"
    );
    let letters = post::claim(&office.office, 10).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].letter.kind, LetterKind::Acknowledgement);
    assert_eq!(letters[0].letter.to.as_deref(), Some("ada@students.example"));
    assert_eq!(letters[0].letter.answers.as_deref(), Some("1@students.example"));
    // The ledger knows where it went, and holds nothing of it any more.
    let row = row(&office, waiting.id).await;
    assert_eq!((row.fate, row.file, row.about.len()), (Some(Fate::NewCase), None, 0));
}

#[tokio::test]
async fn it_counts_from_when_it_arrived() {
    let office = open().await;
    let waiting = handed(&office, RAW).await;
    office.on("2026-06-10 08:00");
    let taken = taken(&office, &waiting, message("It drops.")).await;
    take(&office.office, &waiting, &taken).await.unwrap();
    let case = office.case(&reference_of(&office, &waiting).await).await;
    assert_eq!(case.received.received_at, at("2026-06-09 09:15"));
}

#[tokio::test]
async fn taken_twice_it_is_one_case() {
    let office = open().await;
    let waiting = handed(&office, RAW).await;
    let taken = taken(&office, &waiting, message("It drops.")).await;
    let (first, second) = tokio::join!(
        take(&office.office, &waiting, &taken),
        take(&office.office, &waiting, &taken)
    );
    assert_eq!(
        (first.unwrap(), second.unwrap()),
        (Some(Fate::NewCase), Some(Fate::NewCase))
    );
    take(&office.office, &waiting, &taken).await.unwrap();
    assert_eq!(post::claim(&office.office, 10).await.unwrap().len(), 1);
    assert_eq!(cases(&office).await, 1);
    let case = office.case(&reference_of(&office, &waiting).await).await;
    assert_eq!(case.files.len(), 1);
}

/// A case that came by e-mail, and the address to which its complainant answers.
async fn complained(office: &OpenOffice) -> (Reference, String) {
    let (waiting, _) = arrives(office, 1, message("It drops.")).await;
    let reference = reference_of(office, &waiting).await;
    let letter = post::claim(&office.office, 10).await.unwrap().pop().unwrap();
    let token = mail::token::of_letter(&office.office, &reference, letter.id);
    (reference, format!("helpline+{token}@calderbrook.example"))
}

fn answer(to: &str) -> Message {
    Message {
        to: vec![Address {
            name: None,
            address: to.to_owned(),
        }],
        ..message("Thank you, and it dropped again.")
    }
}

#[tokio::test]
async fn an_answer_finds_its_case_by_the_address_to_which_it_goes() {
    let office = open().await;
    let (reference, to) = complained(&office).await;
    let (waiting, fate) = arrives(&office, 2, answer(&to)).await;
    assert_eq!(fate, Fate::Added);
    assert_eq!(reference_of(&office, &waiting).await, reference);
    let case = office.case(&reference).await;
    assert!(case.message_waits());
    let history = office.history(&reference).await;
    let said = history.iter().find_map(|recorded| match &recorded.event {
        Event::MessageReceived(message) => Some((recorded.actor, message.channel, message.words.clone())),
        _ => None,
    });
    let words = "Thank you, and it dropped again.".to_owned();
    assert_eq!(said, Some((Actor::Complainant, Channel::Email, words)));
    assert_eq!(cases(&office).await, 1);
}

#[tokio::test]
async fn an_answer_finds_its_case_by_the_letter_that_it_answers() {
    let office = open().await;
    let (reference, to) = complained(&office).await;
    let token = to.trim_start_matches("helpline+").split('@').next().unwrap().to_owned();
    let said = Message {
        answers: vec![
            "other@elsewhere.example".to_owned(),
            format!("{token}@calderbrook.example"),
        ],
        ..message("It dropped again.")
    };
    let (waiting, fate) = arrives(&office, 2, said).await;
    assert_eq!((fate, reference_of(&office, &waiting).await), (Fate::Added, reference));
}

#[tokio::test]
async fn a_token_that_somebody_made_up_is_none() {
    let office = open().await;
    let (reference, to) = complained(&office).await;
    let at = to.find('@').unwrap();
    let last = if to.as_bytes()[at - 1] == b'a' { "b" } else { "a" };
    let forged = format!("{}{last}{}", &to[..at - 1], &to[at..]);
    let (_, fate) = arrives(&office, 2, answer(&forged)).await;
    assert_eq!(fate, Fate::NewCase);
    assert!(!office.case(&reference).await.message_waits());
}

#[tokio::test]
async fn a_reference_in_the_subject_waits_for_a_person_unless_the_complainant_wrote_it() {
    let office = open().await;
    let (reference, _) = complained(&office).await;
    let tagged = |from: &str| {
        let mut said = message("It dropped again.");
        said.subject = format!("Re: Your complaint [{reference}]");
        said.from.as_mut().unwrap().address = from.to_owned();
        said
    };
    let (waiting, fate) = arrives(&office, 2, tagged("eve@elsewhere.example")).await;
    assert_eq!(fate, Fate::Waits);
    let row = row(&office, waiting.id).await;
    assert!(row.file.is_some(), "the original waits with it");
    assert!(!office.case(&reference).await.message_waits());
    let (_, fate) = arrives(&office, 3, tagged("Ada@Students.example")).await;
    assert_eq!(fate, Fate::Added);
    let forged = Message {
        authentic: Authentic::No {
            why: "dmarc=fail".to_owned(),
        },
        ..tagged("ada@students.example")
    };
    let (_, fate) = arrives(&office, 4, forged).await;
    assert_eq!(fate, Fate::Waits);
}

async fn restrict(office: &OpenOffice, reference: &Reference) {
    let by = helen();
    let hand = Hand {
        office: &office.office,
        by: &by,
        reference,
        seen: Seen::Whatever,
        once: None,
    };
    let asked = Restriction {
        reason: "It is about a member of staff".to_owned(),
        named: StaffNamed::default(),
        to: None,
    };
    confidential::restrict(hand, &asked).await.unwrap();
}

#[tokio::test]
async fn nothing_unproven_is_added_to_a_restricted_case() {
    let office = open().await;
    let (reference, to) = complained(&office).await;
    restrict(&office, &reference).await;
    let (_, fate) = arrives(&office, 2, answer(&to)).await;
    assert_eq!(fate, Fate::Waits);
    let proven = Message {
        authentic: Authentic::Yes { by: "dmarc".to_owned() },
        ..answer(&to)
    };
    let (_, fate) = arrives(&office, 3, proven).await;
    assert_eq!(fate, Fate::Added);
}

#[tokio::test]
async fn what_a_machine_sent_is_set_aside_and_answered_by_nobody() {
    let office = open().await;
    let said = Message {
        automatic: Some(Automatic::OutOfOffice),
        ..message("I am away until Monday.")
    };
    let (waiting, fate) = arrives(&office, 1, said).await;
    assert_eq!(fate, Fate::AutoReply);
    assert!(post::claim(&office.office, 10).await.unwrap().is_empty());
    let row = row(&office, waiting.id).await;
    assert!(row.file.is_some());
    let kept = mail::About::of(&row.about).unwrap().understood.unwrap();
    assert_eq!(kept.words, "I am away until Monday.");
}

#[tokio::test]
async fn two_programs_that_answer_each_other_come_to_an_end() {
    let office = open().await;
    for number in 1..=CASES_AN_HOUR {
        assert_eq!(
            arrives(&office, number, message("We have your message.")).await.1,
            Fate::NewCase
        );
    }
    let (_, fate) = arrives(&office, 100, message("We have your message.")).await;
    assert_eq!(fate, Fate::Loop);
    assert_eq!(cases(&office).await, u64::from(CASES_AN_HOUR));
    office.on("2026-06-09 10:16");
    assert_eq!(arrives(&office, 101, message("It drops.")).await.1, Fate::NewCase);
}

#[tokio::test]
async fn a_message_that_cannot_be_taken_now_is_taken_up_again_and_never_given_up() {
    let office = open().await;
    let waiting = handed(&office, RAW).await;
    ledger::put_off(&office.office, &waiting).await.unwrap();
    assert!(ledger::claim(&office.office, 10).await.unwrap().is_empty());
    office.on("2026-06-09 09:16");
    let again = ledger::claim(&office.office, 10).await.unwrap();
    assert_eq!((again[0].id, again[0].tries), (waiting.id, 2));
    // Its worker dies: after a while somebody else has it.
    office.on("2026-06-09 09:27");
    assert_eq!(ledger::claim(&office.office, 10).await.unwrap()[0].tries, 3);
    // Raw bytes of what has not ended are swept by nobody.
    office.on("2026-08-09 09:15");
    casework::files::sweep::sweep(&office.office).await.unwrap();
    let waiting = ledger::claim(&office.office, 10).await.unwrap().pop().unwrap();
    assert!(ledger::original(&office.office, &waiting).await.is_ok());
}

#[tokio::test]
async fn staff_read_of_it_on_the_case() {
    let office = open().await;
    let (reference, to) = complained(&office).await;
    let mut said = answer(&to);
    said.words.whole = format!("{}\n\n> We have your complaint.", said.words.new);
    arrives(&office, 2, said).await;
    let file = office.door(&ruth()).case(&reference).await.unwrap();
    let kept = file.history.iter().filter_map(|recorded| match &recorded.event {
        Event::MailKept(kept) => kept.text.clone(),
        _ => None,
    });
    let texts: Vec<String> = kept.collect();
    assert_eq!(texts, ["Thank you, and it dropped again.\n\n> We have your complaint."]);
}

async fn tagged(office: &OpenOffice, number: u32, reference: &Reference) -> i64 {
    let mut said = message("It dropped again.");
    said.subject = format!("Re: Your complaint [{reference}]");
    said.from.as_mut().unwrap().address = "eve@elsewhere.example".to_owned();
    let (waiting, fate) = arrives(office, number, said).await;
    assert_eq!(fate, Fate::Waits);
    waiting.id
}

/// The mail room takes up what somebody said something about.
async fn taken_up(office: &OpenOffice) -> Fate {
    let waiting = ledger::claim(&office.office, 10).await.unwrap().pop().unwrap();
    let taken = taken(office, &waiting, message("It dropped again.")).await;
    take(&office.office, &waiting, &taken).await.unwrap().unwrap()
}

#[tokio::test]
async fn somebody_puts_a_message_with_its_case_in_one_act() {
    let office = open().await;
    let (reference, _) = complained(&office).await;
    let id = tagged(&office, 2, &reference).await;
    let listed = tray::list(&office.office, Fate::Waits, (i64::MAX, 10), &ruth())
        .await
        .unwrap();
    let line = listed.iter().find(|line| line.id == id).unwrap();
    assert_eq!(line.case.as_ref(), Some(&reference));
    let said = line.understood.clone().unwrap();
    assert_eq!(said.email.as_deref(), Some("eve@elsewhere.example"));
    assert_eq!(said.words, "It dropped again.");
    tray::put_with(&office.office, id, &reference, &ruth()).await.unwrap();
    assert_eq!(taken_up(&office).await, Fate::Added);
    let kept = office
        .history(&reference)
        .await
        .into_iter()
        .find_map(|recorded| match recorded.event {
            Event::MailKept(kept) if kept.came_with > 1 => Some(kept.why),
            _ => None,
        });
    assert_eq!(kept.unwrap(), format!("{} put it with this case", ruth().name));
    let again = tray::put_with(&office.office, id, &reference, &ruth()).await;
    assert!(matches!(again, Err(ActError::NotFound)), "{again:?}");
}

#[tokio::test]
async fn what_was_set_aside_wrongly_becomes_a_case() {
    let office = open().await;
    let said = Message {
        spam: Some("score 9".to_owned()),
        ..message("You have not won, and my mail still bounces.")
    };
    let (waiting, fate) = arrives(&office, 1, said).await;
    assert_eq!(fate, Fate::Spam);
    tray::make_case(&office.office, waiting.id, &ruth()).await.unwrap();
    assert_eq!(taken_up(&office).await, Fate::NewCase);
    assert_eq!(
        post::claim(&office.office, 10).await.unwrap().len(),
        1,
        "and is acknowledged"
    );
}

#[tokio::test]
async fn what_nobody_sorts_is_a_case_after_four_hours_at_any_hour() {
    let office = open().await;
    let (reference, _) = complained(&office).await;
    tagged(&office, 2, &reference).await;
    office.on("2026-06-09 13:14");
    assert_eq!(tray::look_after(&office.office).await.unwrap(), (0, 0));
    office.on("2026-06-09 13:15");
    assert_eq!(tray::look_after(&office.office).await.unwrap(), (1, 0));
    assert_eq!(taken_up(&office).await, Fate::NewCase);
    assert_eq!(cases(&office).await, 2);
    assert_eq!(tray::look_after(&office.office).await.unwrap(), (0, 0));
}

#[tokio::test]
async fn what_is_set_aside_is_kept_for_a_month_and_no_longer() {
    let office = open().await;
    let away = Message {
        automatic: Some(Automatic::OutOfOffice),
        ..message("I am away.")
    };
    let (waiting, _) = arrives(&office, 1, away).await;
    office.on("2026-07-09 09:14");
    assert_eq!(tray::look_after(&office.office).await.unwrap(), (0, 0));
    office.on("2026-07-09 09:15");
    assert_eq!(tray::look_after(&office.office).await.unwrap(), (0, 1));
    casework::files::sweep::sweep(&office.office).await.unwrap();
    assert!(office.office.store().files().list().await.unwrap().is_empty());
    let left = row(&office, waiting.id).await;
    assert_eq!(
        (left.fate, left.file, left.about.len()),
        (Some(Fate::AutoReply), None, 0)
    );
    let line = tray::one(&office.office, waiting.id, &ruth()).await.unwrap();
    assert!(!line.is_whole && line.understood.is_none());
    let late = tray::make_case(&office.office, waiting.id, &ruth()).await;
    assert!(matches!(late, Err(ActError::Refused(_))), "{late:?}");
}

#[tokio::test]
async fn a_message_for_a_case_that_somebody_does_not_see_is_not_there_for_them() {
    let office = open().await;
    let (reference, to) = complained(&office).await;
    restrict(&office, &reference).await;
    let (waiting, fate) = arrives(&office, 2, answer(&to)).await;
    assert_eq!(fate, Fate::Waits);
    let manager = marcus();
    assert!(office.door(&manager).case(&reference).await.is_err());
    let listed = tray::list(&office.office, Fate::Waits, (i64::MAX, 10), &manager)
        .await
        .unwrap();
    assert!(listed.is_empty());
    for asked in [
        tray::one(&office.office, waiting.id, &manager).await.map(drop),
        tray::make_case(&office.office, waiting.id, &manager).await,
        tray::call_spam(&office.office, waiting.id, &manager).await,
        tray::put_with(&office.office, waiting.id, &reference, &manager).await,
    ] {
        assert!(matches!(asked, Err(ActError::NotFound)), "{asked:?}");
    }
    assert!(tray::one(&office.office, waiting.id, &ruth()).await.is_ok());
}

#[tokio::test]
async fn what_somebody_does_not_see_ends_no_list_and_is_in_no_number() {
    let office = open().await;
    let (open_case, _) = complained(&office).await;
    let seen = tagged(&office, 2, &open_case).await;
    let (waiting, _) = arrives(&office, 3, message("Another matter.")).await;
    let hidden = reference_of(&office, &waiting).await;
    restrict(&office, &hidden).await;
    tagged(&office, 4, &hidden).await;
    tagged(&office, 5, &hidden).await;
    let page = tray::list(&office.office, Fate::Waits, (i64::MAX, 2), &marcus())
        .await
        .unwrap();
    let ids: Vec<i64> = page.iter().map(|line| line.id).collect();
    assert_eq!(ids, [seen], "two newer ones are not there for him");
    let mut numbers = Vec::new();
    for who in [marcus(), ruth(), amara()] {
        numbers.push(tray::waiting(&office.office, &who).await.unwrap());
    }
    assert_eq!(numbers, [1, 3, 0], "Amara does not sort mail");
}

#[tokio::test]
async fn whoever_sees_that_a_case_is_there_and_no_word_of_it_reads_none_of_a_message_about_it() {
    let office = open().await;
    let (reference, _) = complained(&office).await;
    let id = tagged(&office, 2, &reference).await;
    restrict(&office, &reference).await;
    let mut both = marcus();
    both.roles.insert(Role::Auditor);
    let line = tray::one(&office.office, id, &both).await.unwrap();
    assert_eq!(line.case.as_ref(), Some(&reference));
    let told = format!("{:?}", line.understood.unwrap());
    for secret in ["dropped", "eve@", "Your complaint"] {
        assert!(!told.contains(secret), "{told}");
    }
    let listed = tray::list(&office.office, Fate::Waits, (i64::MAX, 10), &both)
        .await
        .unwrap();
    assert!(!format!("{listed:?}").contains("eve@"));
}

#[tokio::test]
async fn what_seemed_to_belong_to_a_restricted_case_begins_a_restricted_one_from_which_the_same_people_are_kept() {
    let office = open().await;
    let (reference, _) = complained(&office).await;
    restrict(&office, &reference).await;
    let naming = Naming {
        named: StaffNamed {
            people: vec![helen().id],
            others: None,
        },
        to: None,
    };
    let by = ruth();
    let hand = Hand {
        office: &office.office,
        by: &by,
        reference: &reference,
        seen: Seen::Whatever,
        once: None,
    };
    confidential::name(hand, &naming).await.unwrap();
    tagged(&office, 2, &reference).await;
    office.on("2026-06-09 13:15");
    assert_eq!(tray::look_after(&office.office).await.unwrap(), (1, 0));
    let waiting = ledger::claim(&office.office, 10).await.unwrap().pop().unwrap();
    let taken = taken(&office, &waiting, message("It dropped again.")).await;
    let fate = take(&office.office, &waiting, &taken).await.unwrap();
    assert_eq!(fate, Some(Fate::NewCase));
    let made = reference_of(&office, &waiting).await;
    assert_ne!(made, reference);
    let case = office.case(&made).await;
    assert!(case.is_restricted());
    assert_eq!(case.named.people, [helen().id]);
    assert!(office.door(&ruth()).case(&made).await.is_ok());
    for kept_away in [marcus(), amara(), helen()] {
        assert!(office.door(&kept_away).case(&made).await.is_err(), "{}", kept_away.name);
    }
}

#[tokio::test]
async fn whoever_may_not_sort_mail_sees_none_of_it() {
    let office = open().await;
    let listed = tray::list(&office.office, Fate::Spam, (i64::MAX, 10), &amara()).await;
    assert!(matches!(listed, Err(ActError::Refused(_))), "{listed:?}");
    assert!(matches!(
        reconcile::standing(&office.office, &amara()).await,
        Err(ActError::Refused(_))
    ));
}

#[tokio::test]
async fn what_came_adds_up_and_what_does_not_is_an_alarm() {
    let office = open().await;
    let (reference, to) = complained(&office).await;
    arrives(&office, 2, answer(&to)).await;
    tagged(&office, 3, &reference).await;
    let away = Message {
        automatic: Some(Automatic::OutOfOffice),
        ..message("I am away.")
    };
    arrives(&office, 4, away).await;
    handed(&office, &RAW.replace("<1@", "<5@")).await;
    keep(&office, by("lmtp", Place::Handed), &RAW.replace("<1@", "<5@")).await;
    let standing = reconcile::look(&office.office).await.unwrap();
    let [(_, mailbox, day)] = &standing.days[..] else {
        panic!("{:?}", standing.days)
    };
    assert_eq!((mailbox.as_str(), day.seen, day.again), ("lmtp", 5, 1));
    assert_eq!((day.cases, day.added, day.set_aside(), day.open), (1, 1, 2, 1));
    assert!(day.adds_up());
    assert_eq!(standing.alarms, []);
    office.on("2026-06-09 09:30");
    let alarms = reconcile::look(&office.office).await.unwrap().alarms;
    assert_eq!(
        alarms,
        [Alarm::Slow {
            since: at("2026-06-09 09:15")
        }]
    );
    office.tamper("DELETE FROM mail WHERE fate = 'auto_reply'").await;
    let alarms = reconcile::look(&office.office).await.unwrap().alarms;
    assert!(
        alarms
            .iter()
            .any(|alarm| matches!(alarm, Alarm::DoesNotAddUp { counts: (5, 4), .. })),
        "{alarms:?}"
    );
    office
        .tamper("UPDATE mail SET reference = 'FC-99999' WHERE fate = 'new_case'")
        .await;
    let alarms = reconcile::look(&office.office).await.unwrap().alarms;
    assert!(alarms.contains(&Alarm::NoSuchCase { many: 1 }), "{alarms:?}");
}

#[tokio::test]
async fn a_mailbox_that_is_silent_or_cannot_be_reached_is_an_alarm() {
    let office = open().await;
    let uid = Place::Uid { validity: 1, uid: 1 };
    keep(&office, by("helpline", uid), RAW).await;
    boxes::failed(&office.office, "feedback", "the server refused the password")
        .await
        .unwrap();
    office.on("2026-06-09 10:00");
    boxes::failed(&office.office, "feedback", "the server refused the password")
        .await
        .unwrap();
    let alarms = |standing: reconcile::Standing| -> Vec<Alarm> {
        let about = |alarm: &Alarm| !matches!(alarm, Alarm::Slow { .. });
        standing.alarms.into_iter().filter(about).collect()
    };
    assert_eq!(alarms(reconcile::look(&office.office).await.unwrap()), []);
    office.on("2026-06-09 10:15");
    let unreached = Alarm::Unreached {
        mailbox: "feedback".to_owned(),
        since: at("2026-06-09 09:15"),
        why: "the server refused the password".to_owned(),
    };
    assert_eq!(alarms(reconcile::look(&office.office).await.unwrap()), [unreached]);
    boxes::reached(&office.office, "feedback").await.unwrap();
    office.on("2026-06-13 09:15");
    let silent = Alarm::Silent {
        mailbox: "helpline".to_owned(),
        since: at("2026-06-09 09:15"),
    };
    assert_eq!(alarms(reconcile::look(&office.office).await.unwrap()), [silent]);
}
