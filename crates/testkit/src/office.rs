//! An office on a real store in a temporary folder, with a stopped clock and everybody of [`crate::people`] at work.

use std::sync::Arc;

use casework::desk::case_file;
use casework::handling::{Seen, decide, escalate, judge};
use casework::jobs::post::{self, Sent};
use casework::{ActError, Institution, Office, OfficeParts, PublicDoor, StaffDoor, StoppedClock};
use jiff::{SignedDuration, Timestamp};
use rules::case::vocabulary::Channel;
use rules::case::{Case, Reference};
use rules::files::Limits;
use rules::handling::decide::Telling;
use rules::letters::{Compose, Composed};
use rules::people::Person;
use storage::files::FileStore;
use storage::sessions::{self, SessionRow};
use storage::staff::{self, StaffRow};
use storage::{Keys, StorageError, Store};

use crate::plain_words::PlainWords;
use crate::{at, house, people, words};

/// An office whose clock stands where it is put.
pub struct OpenOffice {
    /// The office.
    pub office: Arc<Office>,
    clock: StoppedClock,
}

/// Somebody who is signed in, as their browser holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The value of the cookie: 64 hexadecimal digits.
    pub token: String,
    /// What every form sends back.
    pub csrf: String,
}

impl OpenOffice {
    /// Opens an office at a local time: `OpenOffice::at("2026-06-09 09:15")`.
    ///
    /// # Panics
    /// When the shipped files are not valid or the store cannot be made.
    pub async fn at(local: &str) -> OpenOffice {
        OpenOffice::with(people::everybody(), local).await
    }

    /// The same with the wording that puts its letters into words.
    ///
    /// # Panics
    /// As for [`OpenOffice::at`].
    pub async fn worded(letters: Arc<dyn Compose>, local: &str) -> OpenOffice {
        OpenOffice::worded_with(people::everybody(), letters, local).await
    }

    /// The same in which these people work.
    ///
    /// # Panics
    /// As for [`OpenOffice::at`].
    pub async fn worded_with(everybody: Vec<Person>, letters: Arc<dyn Compose>, local: &str) -> OpenOffice {
        OpenOffice::furnished(everybody, Limits::default(), letters, local).await
    }

    /// Opens an office in which these people work, numbered from 1; perhaps nobody yet.
    ///
    /// # Panics
    /// As for [`OpenOffice::at`].
    pub async fn with(everybody: Vec<Person>, local: &str) -> OpenOffice {
        OpenOffice::with_limits(everybody, Limits::default(), local).await
    }

    /// The same with other limits for files.
    ///
    /// # Panics
    /// As for [`OpenOffice::at`].
    pub async fn with_limits(everybody: Vec<Person>, files: Limits, local: &str) -> OpenOffice {
        OpenOffice::furnished(everybody, files, Arc::new(PlainWords), local).await
    }

    /// An office with everybody, whose files lie elsewhere.
    ///
    /// # Panics
    /// As for [`OpenOffice::at`].
    pub async fn with_files(files: FileStore, local: &str) -> OpenOffice {
        let store = peopled(Store::in_memory_beside(files, Keys::for_tests()), people::everybody()).await;
        let furniture = (house::calendar_files(), Limits::default(), Arc::new(PlainWords) as _);
        OpenOffice::on_store(store, StoppedClock::at(at(local)), furniture).await
    }

    async fn furnished(everybody: Vec<Person>, files: Limits, letters: Arc<dyn Compose>, local: &str) -> OpenOffice {
        let clock = StoppedClock::at(at(local));
        let store = peopled(Store::in_memory(Keys::for_tests()), everybody).await;
        OpenOffice::on_store(store, clock, (house::calendar_files(), files, letters)).await
    }

    /// The same office after it was closed and opened with these calendars.
    ///
    /// # Panics
    /// When they are not valid.
    pub async fn opened_again(&self, calendars: Vec<(String, String)>) -> OpenOffice {
        OpenOffice::on_store(
            self.office.store().clone(),
            self.clock.clone(),
            (calendars, self.office.file_limits(), Arc::new(PlainWords)),
        )
        .await
    }

    async fn on_store(
        store: Store,
        clock: StoppedClock,
        (calendars, files, letters): (Vec<(String, String)>, Limits, Arc<dyn Compose>),
    ) -> OpenOffice {
        let parts = OfficeParts {
            store,
            clock: Arc::new(clock.clone()),
            institution: institution(),
            procedure: ("it-services.toml".to_owned(), house::procedure_text().to_owned()),
            calendars,
            files,
            letters,
        };
        let office = Office::open(parts).await;
        OpenOffice {
            office: office.unwrap_or_else(|error| panic!("the office stays shut: {error}")),
            clock,
        }
    }

    /// Moves the hands of the clock to a local time.
    pub fn on(&self, local: &str) {
        self.clock.set(at(local));
    }

    /// Moves the hands of the clock to an instant.
    pub fn stop_at(&self, now: Timestamp) {
        self.clock.set(now);
    }

    /// Signs somebody in without a password: hashing one takes longer than most tests.
    ///
    /// # Panics
    /// When the store cannot be written.
    pub async fn sign_in(&self, who: &Person) -> Session {
        self.sign_in_for(who, SignedDuration::from_hours(24 * 365)).await
    }

    /// The same for a session that ends after this time unless they do something.
    ///
    /// # Panics
    /// When the store cannot be written.
    pub async fn sign_in_for(&self, who: &Person, idle: SignedDuration) -> Session {
        let now = self.office.now();
        let number = u8::try_from(who.id.0).unwrap_or(u8::MAX);
        let (token, csrf) = ([number; 32], [number ^ 0xff; 16]);
        let later = now + idle;
        let session = SessionRow {
            staff_id: who.id.0,
            created_at: now,
            seen_at: now,
            idle_until: later,
            expires_at: later,
            csrf: csrf.to_vec(),
        };
        let kept = self
            .office
            .store()
            .write(move |tx| Box::pin(async move { sessions::create(tx, &token, &session).await }));
        match kept.await {
            // Whoever signs in twice has the same session.
            Ok(()) | Err(StorageError::Taken(_)) => {}
            Err(error) => panic!("no session: {error}"),
        }
        Session {
            token: hex(&token),
            csrf: hex(&csrf),
        }
    }

    /// The staff door of somebody.
    pub fn door(&self, who: &Person) -> StaffDoor {
        StaffDoor::of(self.office.clone(), who.clone())
    }

    /// The case as it is now, with the code and the link that no member of staff is shown.
    ///
    /// # Panics
    /// When there is none.
    pub async fn case(&self, reference: &Reference) -> Case {
        let file = case_file::for_operator(&self.office, reference).await;
        file.unwrap_or_else(|error| panic!("{reference}: {error}")).case
    }

    /// The usual complaint arrives by the online form, and its acknowledgement is delivered.
    ///
    /// # Panics
    /// When the form is refused.
    pub async fn receive(&self, key: &str) -> Reference {
        let receipt = PublicDoor::of(self.office.clone()).complain(&words::form(), key).await;
        self.letters_arrive().await;
        receipt
            .unwrap_or_else(|error| panic!("the form is refused: {error}"))
            .reference
    }

    /// A complaint that Ruth judged straightforward and gave to Amara.
    ///
    /// # Panics
    /// When a rule refuses.
    pub async fn at_stage_1(&self, key: &str) -> Reference {
        let reference = self.receive(key).await;
        let door = self.door(&people::ruth());
        done(
            judge::triage(
                door.hand(&reference, Seen::Whatever, ""),
                &words::judged_for(&people::amara()),
            )
            .await,
        );
        self.letters_arrive().await;
        reference
    }

    /// A complaint that Ruth judged complex and gave to Dana.
    ///
    /// # Panics
    /// When a rule refuses.
    pub async fn at_stage_2(&self, key: &str) -> Reference {
        let reference = self.receive(key).await;
        let door = self.door(&people::ruth());
        let mut judgement = words::judged_for(&people::dana());
        judgement.risk.complex = true;
        judgement.risk.reason = Some("Three teams and a supplier were involved".to_owned());
        done(judge::triage(door.hand(&reference, Seen::Whatever, ""), &judgement).await);
        self.letters_arrive().await;
        reference
    }

    /// A complaint that Amara decided in writing; the letter arrived, so it is closed.
    ///
    /// # Panics
    /// When a rule refuses.
    pub async fn answered(&self, key: &str) -> Reference {
        let reference = self.at_stage_1(key).await;
        let decision = words::decision_on(&self.case(&reference).await);
        let door = self.door(&people::amara());
        done(
            decide::decide(
                door.hand(&reference, Seen::Whatever, ""),
                &decision,
                &Telling::InWriting,
            )
            .await,
        );
        self.letters_arrive().await;
        reference
    }

    /// The same, and the complainant asked for stage 2 by phone.
    ///
    /// # Panics
    /// When a rule refuses.
    pub async fn asked_for_stage_2(&self, key: &str) -> Reference {
        let reference = self.answered(key).await;
        let door = self.door(&people::amara());
        let words = Some("You did not look at the second afternoon.".to_owned());
        done(escalate::request(door.hand(&reference, Seen::Whatever, ""), Channel::Phone, words).await);
        self.letters_arrive().await;
        reference
    }

    /// Every letter that waits reaches its reader now.
    ///
    /// # Panics
    /// When the store cannot be written.
    pub async fn letters_arrive(&self) {
        loop {
            let waiting = post::claim(&self.office, 20)
                .await
                .unwrap_or_else(|error| panic!("the post: {error}"));
            if waiting.is_empty() {
                return;
            }
            for letter in &waiting {
                let fixed = letter.letter.words.clone();
                let (kind, body) = (letter.letter.kind, &letter.letter.facts.body);
                let sent = Sent {
                    sha256: fixed.as_ref().map(Composed::sha256),
                    subject: fixed.as_ref().map_or(kind.code(), |words| &words.subject).to_owned(),
                    text: fixed.as_ref().map_or(body, |words| &words.text).to_owned(),
                    proof: "250 2.0.0 accepted".to_owned(),
                };
                let delivered = post::delivered(&self.office, letter, sent).await;
                delivered.unwrap_or_else(|error| panic!("the post: {error}"));
            }
        }
    }
}

/// A store in which these people work.
async fn peopled(store: Result<Store, StorageError>, everybody: Vec<Person>) -> Store {
    let store = store.unwrap_or_else(|error| panic!("no store: {error}"));
    store
        .write(|tx| {
            Box::pin(async move {
                for person in everybody {
                    staff::add(tx, &row(&person)).await?;
                }
                Ok::<_, StorageError>(())
            })
        })
        .await
        .unwrap_or_else(|error| panic!("nobody could be added: {error}"));
    store
}

fn done<T>(act: Result<T, ActError>) -> T {
    act.unwrap_or_else(|error| panic!("refused: {error}"))
}

fn row(person: &Person) -> StaffRow {
    let first = person.first_name().to_lowercase();
    StaffRow {
        id: 0,
        email: format!("{first}@calderbrook.example"),
        username: first,
        name: person.name.clone(),
        job_title: person.job_title.clone(),
        roles: person.roles.iter().map(|role| role.code().to_owned()).collect(),
        password_hash: String::new(),
        active: true,
        created_at: at("2026-01-05 09:00"),
    }
}

fn institution() -> Institution {
    Institution {
        organisation: "Calderbrook University".to_owned(),
        unit: "IT Services".to_owned(),
        service: "Feedback and complaints".to_owned(),
        phone: "01632 960 417".to_owned(),
        phone_hours: "24 hours, every day".to_owned(),
        email: "it-feedback@calderbrook.example".to_owned(),
        chat_url: None,
        desk: None,
        public_url: "https://complaints.calderbrook.example".to_owned(),
        reference_prefix: "FC".to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
