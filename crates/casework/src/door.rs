//! Two doors into the office: the public one has no function that could show a staff view (invariant 6).

mod finding;
mod holding;
mod looking;
mod reviewing;
mod sealing;

use std::sync::Arc;

use rules::case::{AttachedFile, Case, Reference};
use rules::confidential::Sight;
use rules::files::{Brought, Limits};
use rules::intake::{RawContact, RawFeedback};
use rules::investigation::points::Saying;
use rules::investigation::sight::may_open;
use rules::people::{Actor, Person};
use rules::review::Month;
use tracing::error;

use crate::desk::{self, CaseFile, Counts, DeskLine, Group, Outline, Proof, Why};
use crate::evidence::PublishedCheckpoint;
use crate::files::{self, Download, Form, Tray};
use crate::handling::{Hand, Seen};
use crate::intake::track::{self, Complainant, TheirOther};
use crate::intake::{Receipt, complain};
use crate::office::{InForce, Institution};
use crate::review::{Change, Changes};
use crate::{ActError, Office, evidence, review};

/// What public pages hold.
#[derive(Clone)]
pub struct PublicDoor {
    office: Arc<Office>,
}

impl PublicDoor {
    /// The public side of an office.
    pub fn of(office: Arc<Office>) -> PublicDoor {
        PublicDoor { office }
    }

    /// What pages say about the institution.
    pub fn institution(&self) -> Institution {
        self.office.institution()
    }

    /// The procedure that is published (R13).
    pub fn procedure(&self) -> Arc<InForce> {
        self.office.active()
    }

    /// The present instant.
    pub fn now(&self) -> jiff::Timestamp {
        self.office.now()
    }

    /// Takes a form. See [`complain::complain`].
    ///
    /// # Errors
    /// When a field cannot be used or it could not be saved.
    pub async fn complain(&self, raw: &RawFeedback, key: &str) -> Result<Receipt, ActError> {
        complain::complain(&self.office, raw, key).await
    }

    /// Takes a form with the files that were seen in its tray. See [`complain::complain_with`].
    ///
    /// # Errors
    /// As for [`PublicDoor::complain`].
    pub async fn complain_with(&self, raw: &RawFeedback, key: &str, files: Vec<Brought>) -> Result<Receipt, ActError> {
        complain::complain_with(&self.office, raw, key, files).await
    }

    /// Lets somebody in who knows reference and code. See [`track::enter_with_code`].
    ///
    /// # Errors
    /// When they do not match, or after too many tries.
    pub async fn enter(&self, reference: &str, code: &str, from: &str) -> Result<Complainant, ActError> {
        track::enter_with_code(&self.office, reference, code, from).await
    }

    /// Lets somebody in by the link of a letter. See [`track::enter_with_link`].
    ///
    /// # Errors
    /// When it is not a link of ours.
    pub async fn follow(&self, reference: &str, token: &str) -> Result<Complainant, ActError> {
        track::enter_with_link(&self.office, reference, token).await
    }

    /// Somebody asks for their link again. Whatever is found goes out afterwards, so that the answer takes as long and says as little either way.
    ///
    /// # Errors
    /// After too many requests, or when it could not be counted.
    pub async fn ask_for_link(&self, reference: &str, email: &str, from: &str) -> Result<(), ActError> {
        track::count_link_request(&self.office, reference, from).await?;
        let (office, reference, email) = (self.office.clone(), reference.to_owned(), email.to_owned());
        tokio::spawn(async move {
            if let Err(fault) = track::send_link(&office, &reference, &email).await {
                error!(%fault, "a link that was asked for could not be sent");
            }
        });
        Ok(())
    }

    /// Their case.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn case(&self, who: &Complainant) -> Result<CaseFile, ActError> {
        desk::case_file::for_complainant(&self.office, who).await
    }

    /// The complaints that came out of what they wrote about something else, with the secret of the link to each (A26).
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub async fn set_apart(&self, file: &CaseFile) -> Result<Vec<TheirOther>, ActError> {
        track::set_apart(&self.office, file).await
    }

    /// The first name of whoever deals with their case, as updates call them.
    pub fn handler_name(&self, file: &CaseFile) -> Option<String> {
        let owner = file.case.owner.and_then(|owner| self.office.person(owner))?;
        Some(owner.first_name().to_owned())
    }

    /// Full name and job of a member of staff who wrote to the complainant, also after they left: they did write it.
    pub fn writer(&self, id: rules::people::StaffId) -> Option<(String, String)> {
        self.office
            .person_ever(id)
            .map(|person| (person.name, person.job_title))
    }

    /// Their receipt as a file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn receipt(&self, file: &CaseFile) -> Result<String, ActError> {
        evidence::receipt(&self.office, file).await
    }

    /// The checkpoints of the months that are over, the latest first (R89).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn checkpoints(&self) -> Result<Vec<PublishedCheckpoint>, ActError> {
        evidence::published(&self.office).await
    }

    /// The checkpoint of one month.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn checkpoint(&self, month: Month) -> Result<Option<PublishedCheckpoint>, ActError> {
        evidence::published_for(&self.office, month).await
    }

    /// The key with which anybody can check our checkpoints.
    pub fn public_key(&self) -> String {
        self.office.store.keys().verifier_key().to_string()
    }

    /// Where the files of a form wait that begins a case, until it is sent.
    pub fn tray(&self, key: &str) -> Option<Tray> {
        Tray::of(&self.office, Form::public(key))
    }

    /// Where the files of a reply wait.
    pub fn reply_tray(&self, who: &Complainant, key: &str) -> Option<Tray> {
        Tray::of(&self.office, Form::reply(who.reference(), key))
    }

    /// How much is taken of files.
    pub fn file_limits(&self) -> Limits {
        self.office.file_limits()
    }

    /// A file of their case that they may see; only their own while the person for whom they complain has not agreed (A29).
    ///
    /// # Errors
    /// [`ActError::NotFound`] for any other.
    pub async fn open_file(&self, case: &CaseFile, id: &str) -> Result<Download, ActError> {
        let held = case.case.consent_lacks().is_some();
        let theirs = |file: &AttachedFile| file.is_theirs_too() && (!held || file.by == Actor::Complainant);
        files::open(&self.office, case, id, theirs).await
    }

    /// Published changes and the figures of the last twelve months (R39).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn changes(&self) -> Result<Changes, ActError> {
        review::changes::published(&self.office).await
    }

    /// The latest published changes, for the home page.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn latest_changes(&self, limit: u32) -> Result<Vec<Change>, ActError> {
        review::changes::latest(&self.office, limit).await
    }

    /// They reply.
    ///
    /// # Errors
    /// When the words are missing or it could not be saved.
    pub async fn reply(&self, who: &Complainant, words: &str, once: &str) -> Result<(), ActError> {
        track::reply(&self.office, who, words, once).await.map(|_| ())
    }

    /// They say how to reach them.
    ///
    /// # Errors
    /// When a field cannot be used or it could not be saved.
    pub async fn correct_contact(&self, who: &Complainant, typed: &RawContact, once: &str) -> Result<(), ActError> {
        track::correct_contact(&self.office, who, typed, once).await.map(|_| ())
    }

    /// They say whether the points are what they meant, as they read them in the letter of this number.
    ///
    /// # Errors
    /// When nothing is asked of them, the words are missing, or it could not be saved.
    pub async fn answer_points(&self, who: &Complainant, answer: (&Saying, u32), once: &str) -> Result<(), ActError> {
        track::answer_points(&self.office, who, answer, once).await.map(|_| ())
    }

    /// They ask for stage 2.
    ///
    /// # Errors
    /// When no decision was given yet or there is no further stage.
    pub async fn ask_stage_2(&self, who: &Complainant, words: &str, once: &str) -> Result<(), ActError> {
        track::ask_stage_2(&self.office, who, words, once).await.map(|_| ())
    }

    /// They stop it.
    ///
    /// # Errors
    /// When it is over already.
    pub async fn stop(&self, who: &Complainant, reason: &str, once: &str) -> Result<(), ActError> {
        track::stop(&self.office, who, reason, once).await.map(|_| ())
    }
}

/// What staff pages hold: made only for somebody who is signed in.
#[derive(Clone)]
pub struct StaffDoor {
    office: Arc<Office>,
    person: Person,
}

impl StaffDoor {
    /// The staff side, for this person.
    pub fn of(office: Arc<Office>, person: Person) -> StaffDoor {
        StaffDoor { office, person }
    }

    /// Who is signed in.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The office, for acts that are not about one case.
    pub fn office(&self) -> &Arc<Office> {
        &self.office
    }

    /// A hand on a case that this person has read.
    pub fn hand<'a>(&'a self, reference: &'a Reference, seen: Seen, once: &'a str) -> Hand<'a> {
        Hand {
            office: &self.office,
            by: &self.person,
            reference,
            seen,
            once: Some(once),
        }
    }

    /// Where the files of a form wait until it is sent.
    pub fn tray(&self, key: &str) -> Option<Tray> {
        Tray::of(&self.office, Form::staff(self.person.id, key))
    }

    /// A file of a case that this person may see.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when the case has no such file, or it is evidence for those who investigate.
    pub async fn open_file(&self, case: &CaseFile, id: &str) -> Result<Download, ActError> {
        let may = |file: &AttachedFile| may_open(&case.case, file, &self.person);
        files::take(&self.office, case, id, (&self.person, may)).await
    }

    /// A case.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none that they may see.
    pub async fn case(&self, reference: &Reference) -> Result<CaseFile, ActError> {
        desk::case_file::for_staff(&self.office, reference, &self.person).await
    }

    /// A case for one line of a list. See [`desk::case_file::for_a_line`].
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none that they may see.
    pub async fn case_for_a_line(&self, reference: &Reference) -> Result<CaseFile, ActError> {
        desk::case_file::for_a_line(&self.office, reference, &self.person).await
    }

    /// The cases about the same matter as one that they see. See [`desk::groups::group`].
    ///
    /// # Errors
    /// When they may not see cases, or the store cannot be read.
    pub async fn group(&self, case: &Case) -> Result<Group, ActError> {
        desk::groups::group(&self.office, case, &self.person).await
    }

    /// Cases that may be about the same matter. See [`desk::groups::alike`].
    ///
    /// # Errors
    /// When they may not see cases, or the store cannot be read.
    pub async fn alike(&self, case: &Case) -> Result<Vec<(Why, DeskLine)>, ActError> {
        desk::groups::alike(&self.office, case, &self.person).await
    }

    /// The outline of a case that this person may not read.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none that they may know of.
    pub async fn outline(&self, reference: &Reference) -> Result<Outline, ActError> {
        desk::outline::outline(&self.office, reference, &self.person).await
    }

    /// How much of a case they may see.
    ///
    /// # Errors
    /// When the case cannot be read.
    pub async fn sight_of(&self, reference: &Reference) -> Result<Option<Sight>, ActError> {
        desk::case_file::sight_of(&self.office, reference, &self.person).await
    }

    /// What they just logged, with the code to read out. See [`desk::case_file::just_logged`].
    ///
    /// # Errors
    /// [`ActError::NotFound`] when they did not log it, or not within the hour.
    pub async fn just_logged(&self, reference: &Reference) -> Result<CaseFile, ActError> {
        desk::case_file::just_logged(&self.office, reference, &self.person).await
    }

    /// The audit trail of a case.
    ///
    /// # Errors
    /// When they may not read it.
    pub async fn proof(&self, reference: &Reference) -> Result<Proof, ActError> {
        desk::case_file::proof(&self.office, reference, &self.person).await
    }

    /// The figures beside the lists.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn counts(&self) -> Result<Counts, ActError> {
        desk::counts::counts(&self.office, &self.person).await
    }
}
