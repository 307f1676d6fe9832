//! What an open office has on record, for stories that look: the history of a case, its letters, its rows, its jobs.

use casework::desk::{CaseFile, Counts, DeskLine, Shown, case_file, jobs};
use casework::handling::{Hand, Seen};
use casework::letter::Waiting;
use casework::{ActError, PublicDoor};
use rules::case::{Event, Recorded, Reference};
use rules::deadlines::{Deadline, Duty};
use rules::people::Person;
use storage::cases::{self, CaseRow};
use storage::outbox::{self, NewOutbox, OutboxRow};
use storage::{Act, StorageError, Tx};

use crate::office::OpenOffice;
use crate::people;

impl OpenOffice {
    /// The public door.
    pub fn public(&self) -> PublicDoor {
        PublicDoor::of(self.office.clone())
    }

    /// A hand on a case, of somebody to whom it does not matter what happened meanwhile, with a form that has no key.
    pub fn hand<'a>(&'a self, by: &'a Person, reference: &'a Reference) -> Hand<'a> {
        Hand {
            office: &self.office,
            by,
            reference,
            seen: Seen::Whatever,
            once: None,
        }
    }

    /// The case with its history and dates, as the operator at the machine reads it.
    ///
    /// # Panics
    /// When there is none.
    pub async fn file(&self, reference: &Reference) -> CaseFile {
        let file = case_file::for_operator(&self.office, reference).await;
        file.unwrap_or_else(|error| panic!("{reference}: {error}"))
    }

    /// Everything that happened to a case.
    ///
    /// # Panics
    /// When there is none.
    pub async fn history(&self, reference: &Reference) -> Vec<Recorded> {
        self.file(reference).await.history
    }

    /// The stored names of the events of a case, in order.
    ///
    /// # Panics
    /// When there is none.
    pub async fn kinds(&self, reference: &Reference) -> Vec<&'static str> {
        let history = self.history(reference).await;
        history.iter().map(|recorded| recorded.event.kind()).collect()
    }

    /// The last thing that happened to a case.
    ///
    /// # Panics
    /// When there is none.
    pub async fn last_event(&self, reference: &Reference) -> Event {
        let last = self.history(reference).await.pop();
        last.unwrap_or_else(|| panic!("nothing happened to {reference}")).event
    }

    /// The latest date of a duty.
    ///
    /// # Panics
    /// When the case has none.
    pub async fn date(&self, reference: &Reference, duty: Duty) -> Deadline {
        let dates = self.file(reference).await.deadlines;
        let found = dates.into_iter().rfind(|deadline| deadline.duty == duty);
        found.unwrap_or_else(|| panic!("{reference} has no date for {duty:?}"))
    }

    /// The letters of a case in the outbox, sent or not, the oldest first.
    ///
    /// # Panics
    /// When the store cannot be read.
    pub async fn outbox(&self, reference: &Reference) -> Vec<OutboxRow> {
        let stream = reference.to_string();
        self.read(move |tx| Box::pin(async move { outbox::for_case(tx, &stream).await }))
            .await
    }

    /// What the letters of a case say and to whom, the oldest first.
    ///
    /// # Panics
    /// When a letter cannot be read.
    pub async fn letters(&self, reference: &Reference) -> Vec<Waiting> {
        let rows = self.outbox(reference).await;
        rows.iter()
            .map(|row| {
                serde_json::from_slice(&row.payload).unwrap_or_else(|error| panic!("letter {}: {error}", row.id))
            })
            .collect()
    }

    /// The row of a case in the lists.
    ///
    /// # Panics
    /// When it has none.
    pub async fn row(&self, reference: &Reference) -> CaseRow {
        let stream = reference.to_string();
        let row = self.read(move |tx| Box::pin(async move { cases::get(tx, &stream).await }));
        row.await.unwrap_or_else(|| panic!("{reference} is in no list"))
    }

    /// A job of the register.
    ///
    /// # Panics
    /// When the register knows neither the job nor a child of it.
    pub async fn job(&self, number: &str) -> jobs::JobFile {
        let file = jobs::get(&self.office, number, &people::ruth()).await;
        file.unwrap_or_else(|error| panic!("{number}: {error}"))
    }

    /// The references that Ruth finds by these words.
    ///
    /// # Panics
    /// When the store cannot be read.
    pub async fn found(&self, words: &str) -> Vec<String> {
        references(self.door(&people::ruth()).find(words).await)
    }

    /// The references of a list as this person sees it.
    ///
    /// # Panics
    /// When the list is refused.
    pub async fn listed(&self, shown: Shown, by: &Person) -> Vec<String> {
        let page = self.door(by).list(&shown, None).await;
        references(page.map(|page| page.lines))
    }

    /// The figures beside the lists of this person.
    ///
    /// # Panics
    /// When the store cannot be read.
    pub async fn counts(&self, by: &Person) -> Counts {
        let counts = self.door(by).counts().await;
        counts.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Looks at the store beside the acts.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn read<T, F>(&self, look: F) -> T
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
        T: Send + 'static,
    {
        let seen = self.office.store().read(look).await;
        seen.unwrap_or_else(|error| panic!("the store cannot be read: {error}"))
    }

    /// Puts other words into the letter that waits last for a case, as no act would: the post room is to find that out.
    ///
    /// # Panics
    /// When no letter with fixed words waits.
    pub async fn swap_words(&self, reference: &Reference, text: &str) {
        let row = self.outbox(reference).await.pop();
        let row = row.unwrap_or_else(|| panic!("no letter of {reference} waits"));
        let mut letter: Waiting =
            serde_json::from_slice(&row.payload).unwrap_or_else(|error| panic!("letter {}: {error}", row.id));
        let words = letter.words.as_mut();
        words
            .unwrap_or_else(|| panic!("the words of the letter are not fixed"))
            .text = text.to_owned();
        let other = NewOutbox {
            reference: row.reference,
            kind: row.kind,
            channel: row.channel,
            not_before: row.not_before,
            created_at: row.created_at,
            payload: serde_json::to_vec(&letter).unwrap_or_else(|error| panic!("{error}")),
        };
        let swapped = self.office.store().write(move |tx| {
            Box::pin(async move {
                outbox::replace(tx, row.id).await?;
                outbox::add(tx, &other).await.map(drop)
            })
        });
        swapped
            .await
            .unwrap_or_else(|error: StorageError| panic!("the letter cannot be swapped: {error}"));
    }

    /// Does to the database what no act would: for stories of tampering and of breakage. Answers how many rows it changed.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn tamper(&self, sql: &'static str) -> u64 {
        let done = self
            .office
            .store()
            .write(move |tx| Box::pin(async move { tx.exec(sql, &[]).await }))
            .await;
        done.unwrap_or_else(|error: StorageError| panic!("{sql}: {error}"))
    }
}

fn references(lines: Result<Vec<DeskLine>, ActError>) -> Vec<String> {
    let lines = lines.unwrap_or_else(|error| panic!("refused: {error}"));
    lines.into_iter().map(|line| line.reference).collect()
}
