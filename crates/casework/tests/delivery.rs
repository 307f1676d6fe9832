//! Letters that do not arrive, on a real store: corrected, sent again, told another way; nothing is sent twice and no old row is changed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use casework::desk::{CaseFile, jobs};
use casework::handling::{Seen, correct, decide, judge, send_again, tell, write};
use casework::intake::track::Complainant;
use casework::jobs::post::{self, Afterwards, Sent, ToSend};
use casework::jobs::post_lists::OutboxState;
use casework::{ActError, PublicDoor, rebuild};
use rules::case::event::{LetterDelivered, UpdateSent};
use rules::case::facts::{Communicated, ContactData};
use rules::case::vocabulary::{Channel, Means, ReplyBy};
use rules::case::{Alert, Case, Event, Reference, State};
use rules::deadlines::Duty;
use rules::handling::correct::Correction;
use rules::handling::decide::Telling;
use rules::handling::tell::Told;
use rules::intake::RawContact;
use rules::letters::{Composed, LetterKind};
use rules::people::{Actor, Person};
use storage::{StorageError, outbox};
use testkit::office::OpenOffice;
use testkit::people::{amara, jo, ruth};
use testkit::{at, words};

const OLD: &str = "priya@example.ac.uk";
const NEW: &str = "priya.natarajan@example.ac.uk";
const REFUSED: &str = "The mail server refused priya@example.ac.uk: there is no such mailbox";

/// An office and the questions that these stories ask of it.
struct Post {
    office: OpenOffice,
}

/// A letter in the outbox: which, how far, and where to.
type Line = (String, OutboxState, Option<String>);

impl Post {
    async fn opens() -> Post {
        Post {
            office: OpenOffice::at(testkit::story::TUESDAY).await,
        }
    }

    /// Amara's decision, whose letter was refused for good.
    async fn undelivered_decision(&self) -> Reference {
        let reference = self.office.at_stage_1("k").await;
        self.office.on("2026-06-11 10:00");
        let decision = words::decision_on(&self.office.case(&reference).await);
        let door = self.office.door(&amara());
        let hand = door.hand(&reference, Seen::Whatever, "");
        decide::decide(hand, &decision, &Telling::InWriting).await.unwrap();
        self.refuse(Afterwards::GiveUp).await;
        reference
    }

    /// The mail server refuses everything that is due.
    async fn refuse(&self, afterwards: Afterwards) -> Vec<ToSend> {
        let letters = self.claim().await;
        for letter in &letters {
            let failed = post::failed(&self.office.office, letter, REFUSED, afterwards);
            failed.await.unwrap();
        }
        letters
    }

    async fn claim(&self) -> Vec<ToSend> {
        post::claim(&self.office.office, 20).await.unwrap()
    }

    async fn file(&self, reference: &Reference) -> CaseFile {
        self.office.door(&ruth()).case(reference).await.unwrap()
    }

    /// The letters of a case, the oldest first.
    async fn outbox(&self, reference: &Reference) -> Vec<Line> {
        let reference = reference.to_string();
        let store = self.office.office.store();
        let rows = store.read(move |tx| Box::pin(async move { outbox::for_case(tx, &reference).await }));
        let rows: Result<Vec<outbox::OutboxRow>, StorageError> = rows.await;
        let line = |row: outbox::OutboxRow| {
            let letter: casework::letter::Waiting = serde_json::from_slice(&row.payload).unwrap();
            (row.kind, row.state, letter.to)
        };
        rows.unwrap().into_iter().map(line).collect()
    }

    async fn found(&self, query: &str) -> Vec<String> {
        let lines = self.office.door(&ruth()).find(query).await.unwrap();
        lines.into_iter().map(|line| line.reference).collect()
    }

    /// The complainant, by the link of a letter.
    async fn follow(&self, reference: &Reference) -> (PublicDoor, Complainant) {
        let door = PublicDoor::of(self.office.office.clone());
        let token = self.office.case(reference).await.received.link_token;
        let who = door.follow(&reference.to_string(), &token).await.unwrap();
        (door, who)
    }

    async fn correct(&self, by: &Person, reference: &Reference, again: &[LetterKind], once: &str) -> Case {
        let correction = Correction {
            contact: ContactData {
                name: Some("Priya Natarajan".to_owned()),
                email: Some(NEW.to_owned()),
                phone: None,
                reply_by: ReplyBy::Email,
            },
            learnt: Some("She rang".to_owned()),
            again: again.to_vec(),
        };
        let door = self.office.door(by);
        let hand = door.hand(reference, Seen::Whatever, once);
        correct::correct(hand, &correction).await.unwrap()
    }

    async fn send_again(&self, by: &Person, reference: &Reference, seen: Seen, once: &str) -> Result<Case, ActError> {
        let door = self.office.door(by);
        send_again::send_again(door.hand(reference, seen, once), &[LetterKind::Stage1Decision]).await
    }

    async fn update(&self, reference: &Reference) {
        let news = UpdateSent {
            words: "Nothing new today.".to_owned(),
            by: Means::Email,
            next_on: None,
        };
        let door = self.office.door(&amara());
        let hand = door.hand(reference, Seen::Whatever, "news");
        write::update(hand, &news).await.unwrap();
    }

    /// Adds an event as a worker that dies right afterwards leaves it.
    async fn append(&self, reference: &Reference, event: Event) {
        let new = storage::events::NewEvent {
            stream: reference.to_string(),
            sequence: self.file(reference).await.case.sequence + 1,
            kind: event.kind().to_owned(),
            version: event.version(),
            at: self.office.office.now(),
            actor: Actor::System.to_string(),
            payload: event.encode(),
        };
        let store = self.office.office.store();
        let kept = store.write(move |tx| Box::pin(async move { storage::events::append(tx, &[new]).await }));
        let kept: Result<_, StorageError> = kept.await;
        kept.unwrap();
    }
}

fn line(kind: LetterKind, state: OutboxState, to: &str) -> Line {
    (kind.code().to_owned(), state, Some(to.to_owned()))
}

fn sent() -> Sent {
    Sent {
        subject: "Our letter".to_owned(),
        text: "The words".to_owned(),
        sha256: None,
        proof: "250 2.0.0 accepted".to_owned(),
    }
}

#[tokio::test]
async fn a_refused_decision_goes_out_again_to_the_corrected_address_and_closes_the_case() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    let old = post.outbox(&reference).await;
    post.office.on("2026-06-12 09:30");
    post.correct(&amara(), &reference, &[LetterKind::Stage1Decision], "k1")
        .await;
    let now = post.outbox(&reference).await;
    assert_eq!(now[..old.len()], old, "what was given up stays as it was");
    assert_eq!(
        now[old.len()..],
        [line(LetterKind::Stage1Decision, OutboxState::Waiting, NEW)]
    );

    let letters = post.claim().await;
    let [letter] = letters.as_slice() else {
        panic!("{letters:?}")
    };
    let facts = &letter.letter.facts;
    assert_eq!(letter.letter.to.as_deref(), Some(NEW));
    assert_eq!(facts.body, "Two access points restarted four times that afternoon.");
    assert_eq!(facts.signed_by, "Amara Osei");
    assert_eq!(facts.outcome_sentence, "We agree with your complaint.");
    assert_eq!(
        facts.escalate_by, "Friday 10 July 2026",
        "the days to ask for stage 2 count from the day on which it goes out"
    );
    assert_eq!(letter.owed_at, at("2026-06-12 09:30"), "back-off begins anew");
    post::delivered(&post.office.office, letter, sent()).await.unwrap();
    let file = post.file(&reference).await;
    assert!(matches!(file.case.state, State::Closed(..)));
    assert_eq!(file.case.alerts, []);
    assert_eq!(file.decision_date().unwrap().met_at, Some(at("2026-06-12 09:30")));
    assert!(post.claim().await.is_empty());
}

#[tokio::test]
async fn what_was_received_stays_word_for_word_and_the_search_knows_both_addresses() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    assert_eq!(post.found(NEW).await, Vec::<String>::new());
    post.correct(&amara(), &reference, &[LetterKind::Stage1Decision], "k1")
        .await;
    let file = post.file(&reference).await;
    let Event::Received(received) = &file.history[0].event else {
        panic!()
    };
    assert_eq!(received.complainant.email.as_deref(), Some(OLD));
    assert_eq!(file.case.complainant.email.as_deref(), Some(NEW));
    for address in [OLD, NEW] {
        assert_eq!(post.found(address).await, [reference.to_string()], "{address}");
    }
    let rebuilt = rebuild::rebuild(&post.office.office).await.unwrap();
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
}

#[tokio::test]
async fn the_job_register_says_that_it_was_corrected_and_sent_again_without_the_address() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    post.correct(&amara(), &reference, &[LetterKind::Stage1Decision], "k1")
        .await;
    let job = post.office.case(&reference).await.job.unwrap().number;
    let register = jobs::get(&post.office.office, &job, &ruth()).await.unwrap();
    let updates: Vec<&str> = register.updates.iter().map(|update| update.text.as_str()).collect();
    assert!(
        updates.contains(&"How to reach the complainant was corrected"),
        "{updates:?}"
    );
    assert!(updates.contains(&"Sent again: the decision"), "{updates:?}");
    assert!(updates.iter().all(|update| !update.contains(NEW)), "{updates:?}");
}

#[tokio::test]
async fn pressing_twice_sends_once_and_a_colleague_is_told_that_it_is_on_its_way() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    let read = Seen::UpTo(post.file(&reference).await.case.sequence);
    for _ in 0..2 {
        post.correct(&amara(), &reference, &[LetterKind::Stage1Decision], "same-form")
            .await;
    }
    let decisions = post.outbox(&reference).await;
    let decisions = decisions.iter().filter(|(kind, ..)| kind == "stage_1_decision").count();
    assert_eq!(decisions, 2, "the refused one, and one more");
    let late = post.send_again(&jo(), &reference, read, "form-1").await;
    assert!(
        matches!(late, Err(ActError::Stale { .. })),
        "Jo had not read what Amara did"
    );
    let refused = post.send_again(&jo(), &reference, Seen::Whatever, "form-2").await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.starts_with("The decision is on its way."), "{refused}");
}

#[tokio::test]
async fn a_full_mailbox_is_tried_again_at_the_same_address_as_often_as_it_takes() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    let case = post.send_again(&jo(), &reference, Seen::Whatever, "k1").await.unwrap();
    let [alert] = case.alerts.as_slice() else {
        panic!("{:?}", case.alerts)
    };
    assert!(
        matches!(
            alert,
            Alert::Undelivered {
                given_up: false,
                again_at: Some(_),
                ..
            }
        ),
        "{alert:?}"
    );
    post.refuse(Afterwards::GiveUp).await;
    let case = post.office.case(&reference).await;
    assert_eq!(case.given_up().collect::<Vec<_>>(), [LetterKind::Stage1Decision]);
    post.send_again(&jo(), &reference, Seen::Whatever, "k2").await.unwrap();
    let decisions = post.outbox(&reference).await.split_off(1);
    assert_eq!(
        decisions,
        [
            line(LetterKind::Stage1Decision, OutboxState::GivenUp, OLD),
            line(LetterKind::Stage1Decision, OutboxState::GivenUp, OLD),
            line(LetterKind::Stage1Decision, OutboxState::Waiting, OLD),
        ]
    );
}

#[tokio::test]
async fn a_letter_that_is_still_tried_goes_to_the_new_address_and_never_to_the_old_one_again() {
    let post = Post::opens().await;
    let door = PublicDoor::of(post.office.office.clone());
    let reference = door.complain(&words::form(), "k").await.unwrap().reference;
    let held = post.refuse(Afterwards::RetryAt(at("2026-06-09 09:16"))).await;
    post.correct(&amara(), &reference, &[], "k1").await;
    assert_eq!(
        post.outbox(&reference).await,
        [
            line(LetterKind::Acknowledgement, OutboxState::Replaced, OLD),
            line(LetterKind::Acknowledgement, OutboxState::Waiting, NEW),
        ]
    );
    // A worker that still holds the old one reports too late: nothing comes of it.
    assert!(!post::is_held(&post.office.office, &held[0]).await.unwrap());
    let events = post.file(&reference).await.history.len();
    let late = post::failed(&post.office.office, &held[0], REFUSED, Afterwards::GiveUp);
    late.await.unwrap();
    assert_eq!(post.file(&reference).await.history.len(), events);
    post.office.on("2026-06-12 09:00");
    let due: Vec<_> = post.claim().await.into_iter().map(|letter| letter.letter.to).collect();
    assert_eq!(due, [Some(NEW.to_owned())]);
}

#[tokio::test]
async fn a_node_that_slept_holds_no_letter_that_another_took_meanwhile() {
    let post = Post::opens().await;
    let door = PublicDoor::of(post.office.office.clone());
    door.complain(&words::form(), "k").await.unwrap();
    let slept = post.claim().await;
    assert!(post::is_held(&post.office.office, &slept[0]).await.unwrap());
    post.office.on("2026-06-09 09:18");
    assert!(
        !post::is_held(&post.office.office, &slept[0]).await.unwrap(),
        "another may take it at any moment"
    );
    let taken = post.claim().await;
    assert_eq!((taken[0].id, taken[0].attempts), (slept[0].id, 2));
    assert!(!post::is_held(&post.office.office, &slept[0]).await.unwrap());
    assert!(post::is_held(&post.office.office, &taken[0]).await.unwrap());
    // What the one that slept reports of its own try does not put the letter back.
    let late = post::failed(&post.office.office, &slept[0], REFUSED, Afterwards::GiveUp);
    late.await.unwrap();
    assert!(post::is_held(&post.office.office, &taken[0]).await.unwrap());
}

/// What stands on the case of the try that somebody else made of its letter, while nobody knows what became of the first.
#[tokio::test]
async fn a_letter_whose_first_try_was_broken_off_may_arrive_twice_and_its_case_says_so() {
    let post = Post::opens().await;
    let door = PublicDoor::of(post.office.office.clone());
    let told = door.complain(&words::form(), "k1").await.unwrap().reference;
    let refused = door.complain(&words::form(), "k2").await.unwrap().reference;
    let known = door.complain(&words::form(), "k3").await.unwrap().reference;
    let first = post.claim().await;
    assert!(first.iter().all(|letter| !letter.broken_off));
    let of = |letters: &[ToSend], reference: &Reference| {
        letters
            .iter()
            .find(|letter| letter.reference == *reference)
            .unwrap()
            .clone()
    };
    let again = Afterwards::RetryAt(at("2026-06-09 09:17"));
    post::failed(&post.office.office, &of(&first, &known), "Busy.", again)
        .await
        .unwrap();

    // The worker ends here; another one takes all three two minutes later.
    post.office.on("2026-06-09 09:18");
    let second = post.claim().await;
    let broken_off = [&told, &refused, &known].map(|reference| of(&second, reference).broken_off);
    assert_eq!(broken_off, [true, true, false]);
    for reference in [&told, &known] {
        let letter = of(&second, reference);
        let sent = Sent::of(&letter, letter_words(), "250 Ok".to_owned());
        post::delivered(&post.office.office, &letter, sent).await.unwrap();
    }
    let proof = |case: Case| case.acknowledged.unwrap().proof;
    let said = proof(post.office.case(&told).await);
    assert!(
        said.starts_with("250 Ok. ") && said.contains("may arrive twice"),
        "{said}"
    );
    assert_eq!(proof(post.office.case(&known).await), "250 Ok");

    let again = Afterwards::RetryAt(at("2026-06-09 09:30"));
    post::failed(&post.office.office, &of(&second, &refused), "Busy.", again)
        .await
        .unwrap();
    let alerts = post.office.case(&refused).await.alerts;
    assert!(
        matches!(&alerts[..], [Alert::Undelivered { reason, .. }] if reason.contains("it may have arrived then")),
        "{alerts:?}"
    );
    post.office.on("2026-06-09 09:30");
    let third = post.claim().await;
    assert!(
        !of(&third, &refused).broken_off,
        "it is known what became of the try before"
    );
    // Whose turn at the mail server came too late gives it back, and was not sent.
    post.office.on("2026-06-09 09:33");
    post::put_back(&post.office.office, &of(&third, &refused))
        .await
        .unwrap();
    assert!(!of(&post.claim().await, &refused).broken_off);
}

fn letter_words() -> Composed {
    Composed {
        subject: "We have your complaint".to_owned(),
        text: "Dear Priya".to_owned(),
        html: "<p>Dear Priya".to_owned(),
    }
}

#[tokio::test]
async fn a_letter_that_arrived_a_moment_ago_is_not_sent_a_second_time() {
    let post = Post::opens().await;
    let reference = post.office.at_stage_1("k").await;
    post.update(&reference).await;
    let held = post.claim().await;
    // The arrival is on record; the worker dies before it takes the letter out of the outbox.
    let report = LetterDelivered {
        letter: LetterKind::Update,
        communicated: Communicated {
            by: Means::Email,
            at: post.office.office.now(),
            proof: sent().proof,
        },
        subject: sent().subject,
        text: sent().text,
        sha256: None,
        owed_by: Some(held[0].letter.sequence),
    };
    post.append(&reference, Event::LetterDelivered(report)).await;
    post.correct(&amara(), &reference, &[], "k1").await;
    let last = post.outbox(&reference).await.pop();
    assert_eq!(last, Some(line(LetterKind::Update, OutboxState::Sending, OLD)));
}

#[tokio::test]
async fn a_decision_that_was_told_by_phone_closes_the_case_at_that_time() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    post.office.on("2026-06-11 15:00");
    let told = Told {
        letter: LetterKind::Stage1Decision,
        by: Means::Phone,
        at: at("2026-06-11 14:50"),
        words: "I read it to her.".to_owned(),
    };
    let door = post.office.door(&amara());
    let case = tell::tell(door.hand(&reference, Seen::Whatever, "t1"), &told)
        .await
        .unwrap();
    assert!(matches!(case.state, State::Closed(..)));
    assert_eq!(case.alerts, []);
    let file = post.file(&reference).await;
    let decision = file.deadlines.iter().rfind(|date| date.duty == Duty::Decision);
    assert_eq!(decision.unwrap().met_at, Some(at("2026-06-11 14:50")));
    assert!(post.claim().await.is_empty(), "no letter follows");
}

#[tokio::test]
async fn the_complainant_corrects_the_address_and_the_decision_follows_by_itself() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    let (door, who) = post.follow(&reference).await;
    let typed = RawContact {
        name: "Priya Natarajan".to_owned(),
        email: NEW.to_owned(),
        phone: String::new(),
        reply_by: "email".to_owned(),
    };
    for _ in 0..2 {
        door.correct_contact(&who, &typed, "once").await.unwrap();
    }
    let due: Vec<_> = post.claim().await.into_iter().map(|letter| letter.letter.to).collect();
    assert_eq!(due, [Some(NEW.to_owned())]);
    let history = post.file(&reference).await.history;
    let actors: Vec<Actor> = history.iter().rev().take(2).map(|recorded| recorded.actor).collect();
    assert_eq!(actors, [Actor::System, Actor::Complainant]);
    let wrong = RawContact {
        email: "priya@".to_owned(),
        ..typed
    };
    let refused = door.correct_contact(&who, &wrong, "again").await;
    assert!(matches!(refused, Err(ActError::Refused(_))));
}

#[tokio::test]
async fn somebody_anonymous_adds_an_address_and_hears_of_what_comes_next_only() {
    let post = Post::opens().await;
    let door = PublicDoor::of(post.office.office.clone());
    let reference = door.complain(&words::anonymous_form(), "k").await.unwrap().reference;
    let (door, who) = post.follow(&reference).await;
    let typed = RawContact {
        email: NEW.to_owned(),
        ..RawContact::default()
    };
    door.correct_contact(&who, &typed, "once").await.unwrap();
    assert!(post.claim().await.is_empty(), "nothing is sent for the past");
    let case = post.office.case(&reference).await;
    assert_eq!(
        (case.received.channel, case.complainant.writes_to()),
        (Channel::Web, Some(NEW))
    );
    let ruth = post.office.door(&ruth());
    let hand = ruth.hand(&reference, Seen::Whatever, "");
    judge::triage(hand, &words::judged_for(&amara())).await.unwrap();
    post.update(&reference).await;
    let due: Vec<_> = post.claim().await.into_iter().map(|letter| letter.letter).collect();
    let to: Vec<_> = due.iter().map(|letter| (letter.kind, letter.to.as_deref())).collect();
    assert_eq!(to, [(LetterKind::Update, Some(NEW))]);
}

#[tokio::test]
async fn a_decision_that_failed_shows_on_the_lists_as_work_to_do() {
    let post = Post::opens().await;
    let reference = post.undelivered_decision().await;
    let amara = amara();
    let door = post.office.door(&amara);
    let step = async || {
        let lines = door.find(&reference.to_string()).await.unwrap();
        (lines[0].card.next_step.clone(), lines[0].card.undelivered)
    };
    assert_eq!(
        step().await,
        (
            "The decision did not arrive: correct the address, or tell them another way".to_owned(),
            true
        )
    );
    post.correct(&amara, &reference, &[LetterKind::Stage1Decision], "k1")
        .await;
    assert_eq!(
        step().await,
        ("The letter is on its way".to_owned(), true),
        "until it has arrived"
    );
    post.office.letters_arrive().await;
    assert_eq!(step().await, ("Nothing: it is closed".to_owned(), false));
}
