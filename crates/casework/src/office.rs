//! The office: the store, the procedures in force, the people, and the clock on the wall; every act begins here.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use jiff::Timestamp;
use rules::case::{Case, LetterOwed, Setting};
use rules::confidential::names::People;
use rules::letters::{Compose, Scribe, Written};
use rules::office::delegation::Delegation;
use rules::office::wording::Wordings;
use rules::people::{Person, Role, StaffId};
use serde::{Deserialize, Serialize};
use storage::{Store, facts};

use crate::desk::office_log::{self, LogLine};
use crate::directory::Keeper;
use crate::files::Scanning;
use crate::house::{self, House};
pub(crate) use crate::in_force::version_of;
pub use crate::in_force::{Edition, InForce, read_calendars, read_procedure};
use crate::in_force::{Published, Versions};
use crate::intake::numbers::Numbers;
use crate::jobs::recount::after_a_new_calendar;
use crate::nodes::Node;
use crate::publish::publish_new;
use crate::roster::Roster;
use crate::turns::Turns;
use crate::vips::{KnownList, Unmarked};
use crate::{ActError, letter, looks, wording};

/// What tells the time. There are two: the machine's, and one that a test or the demonstration sets.
pub trait Ticking: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock, to the microsecond: what is kept says no more, and what is worked out now must be what the events say later.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Ticking for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where the product reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// A clock that stands where it is put.
#[derive(Debug, Clone)]
pub struct StoppedClock(Arc<Mutex<Timestamp>>);

impl StoppedClock {
    /// A clock that shows this instant until it is moved.
    pub fn at(now: Timestamp) -> StoppedClock {
        StoppedClock(Arc::new(Mutex::new(now)))
    }

    /// Moves the hands.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Ticking for StoppedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What letters and pages say about the institution: configuration (R84).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// "Calderbrook University".
    pub organisation: String,
    /// "IT Services".
    pub unit: String,
    /// "Feedback and complaints".
    pub service: String,
    /// The line to call.
    pub phone: String,
    /// When it is answered.
    pub phone_hours: String,
    /// The address for feedback by e-mail.
    pub email: String,
    /// Where a chat starts, if there is one.
    #[serde(default)]
    pub chat_url: Option<String>,
    /// Where the desk is and when it is open, if there is one.
    #[serde(default)]
    pub desk: Option<String>,
    /// The address of the public site, without a slash at its end.
    pub public_url: String,
    /// The letters before the number of a reference.
    #[serde(default = "fc")]
    pub reference_prefix: String,
}

fn fc() -> String {
    "FC".to_owned()
}

/// What an office is opened with.
pub struct OfficeParts {
    /// Where everything is kept.
    pub store: Store,
    /// The clock on the wall.
    pub clock: Arc<dyn Ticking>,
    /// What letters and pages say about the institution.
    pub institution: Institution,
    /// The procedure file: name and text.
    pub procedure: (String, String),
    /// The calendar files: name and text.
    pub calendars: Vec<(String, String)>,
    /// How much is taken of files.
    pub files: rules::files::Limits,
    /// What puts the facts of a letter into words.
    pub letters: Arc<dyn Compose>,
}

/// The office.
pub struct Office {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Ticking>,
    pub(crate) turns: Turns,
    pub(crate) node: Node,
    /// The latest event of the office that was read, when it opened or since.
    known: AtomicU32,
    institution: Institution,
    files: rules::files::Limits,
    letters: Arc<dyn Compose>,
    published: RwLock<Published>,
    people: RwLock<Roster>,
    wordings: RwLock<Wordings>,
    house: RwLock<Arc<House>>,
    /// Cases that could not be held against the list of VIPs yet.
    pub(crate) unmarked: Mutex<Option<Unmarked>>,
    pub(crate) vip_list: KnownList,
    pub(crate) directory: Keeper,
    pub(crate) numbers: Numbers,
    pub(crate) looks: looks::Keeper,
    pub(crate) scanning: Scanning,
}

impl Office {
    /// Opens the office: publishes the procedure and calendars if the store does not have these versions yet, and loads every version that
    /// a case may still be under (P22).
    ///
    /// # Errors
    /// When a file is not valid (with file, line and reason) or the store cannot be read.
    pub async fn open(parts: OfficeParts) -> Result<Arc<Office>, ActError> {
        let shelf = read_calendars(&parts.calendars)?;
        let given = read_procedure(&parts.procedure.0, &parts.procedure.1, &shelf)?;
        publish_new(&parts, &given).await?;
        parts.store.write(|tx| Box::pin(facts::count_all_once(tx))).await?;
        let log = office_log::whole(&parts.store).await?;
        let published = Published::read(&parts.store, &log, &given.procedure.id).await?;
        let house = house::read(&parts.store, &log).await?;
        let office = Office {
            store: parts.store,
            clock: parts.clock,
            turns: Turns::default(),
            node: Node::new()?,
            known: office_log::latest(&log).into(),
            institution: parts.institution,
            files: parts.files,
            letters: parts.letters,
            published: RwLock::new(published),
            people: RwLock::default(),
            wordings: RwLock::new(wording::folded(&log)),
            house: RwLock::new(Arc::new(house)),
            unmarked: Mutex::default(),
            vip_list: KnownList::default(),
            directory: Keeper::default(),
            numbers: Numbers::default(),
            looks: looks::Keeper::default(),
            scanning: Scanning::default(),
        };
        office.reload_people().await?;
        after_a_new_calendar(&office).await?;
        Ok(Arc::new(office))
    }

    /// Closes the office: gives back the numbers that no case was given, finishes what the store has queued, and closes it.
    ///
    /// # Errors
    /// When the store cannot be written or closed; what was answered as saved is safe all the same.
    pub async fn close(&self) -> Result<(), ActError> {
        self.give_numbers_back().await?;
        looks::write_waiting(self).await?;
        Ok(self.store.close().await?)
    }

    /// Gives back the numbers that were taken ahead and that no case has.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn give_numbers_back(&self) -> Result<(), ActError> {
        Ok(self.numbers.give_back(&self.store).await?)
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What letters and pages say about the institution.
    pub fn institution(&self) -> Institution {
        self.house().institution(&self.institution)
    }

    /// What the office itself set of that.
    pub fn house(&self) -> Arc<House> {
        self.house.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads brand and ways again after one was set.
    pub(crate) async fn read_house(&self) -> Result<(), ActError> {
        self.house_of(&office_log::whole(&self.store).await?).await
    }

    async fn house_of(&self, log: &[LogLine]) -> Result<(), ActError> {
        let read = house::read(&self.store, log).await?;
        *self.house.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
        Ok(())
    }

    /// How much is taken of files.
    pub fn file_limits(&self) -> rules::files::Limits {
        self.files
    }

    /// The store, for commands that look after it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The procedure under which new cases are received. A version that was published for a later day takes its place on that day by itself.
    pub fn active(&self) -> Arc<InForce> {
        self.published().active(self.now())
    }

    /// The versions of the procedure under which the office works, in the order of their publication.
    pub fn editions(&self) -> Vec<Edition> {
        self.published().editions.clone()
    }

    /// The wording of letters as the office wrote it, with its history.
    pub fn wordings(&self) -> Wordings {
        self.wordings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the wording of letters again after one was changed.
    pub(crate) async fn read_wordings(&self) -> Result<(), ActError> {
        self.wordings_of(&office_log::whole(&self.store).await?);
        Ok(())
    }

    fn wordings_of(&self, log: &[LogLine]) {
        *self.wordings.write().unwrap_or_else(PoisonError::into_inner) = wording::folded(log);
    }

    /// The procedure under which a case was received.
    ///
    /// # Errors
    /// When that version is not in the store.
    pub fn procedure_of(&self, case: &Case) -> Result<Arc<InForce>, ActError> {
        version_of(&self.published().versions, case)
    }

    /// The versions that the office knows at this moment, by name, for a transaction that outlives this call.
    pub(crate) fn versions_by_name(&self) -> Versions {
        self.published().versions.clone()
    }

    /// Every version that the office knows.
    pub fn versions(&self) -> Vec<Arc<InForce>> {
        self.published().versions.values().cloned().collect()
    }

    /// Everyone who works here, with their roles.
    pub fn people(&self) -> Arc<HashMap<StaffId, Person>> {
        self.roster().here.clone()
    }

    /// A member of staff who works here.
    pub fn person(&self, id: StaffId) -> Option<Person> {
        self.roster().here.get(&id).cloned()
    }

    /// Somebody who works or worked here: for what they did under their name.
    pub fn person_ever(&self, id: StaffId) -> Option<Person> {
        let roster = self.roster();
        roster.here.get(&id).or_else(|| roster.former.get(&id)).cloned()
    }

    /// The name of somebody who works or worked here, as it stands on what they did.
    pub fn name_of(&self, id: StaffId) -> String {
        self.person_ever(id)
            .map_or_else(|| "a former member of staff".to_owned(), |person| person.name)
    }

    /// The same for a list of who has what now: somebody who left is marked, "Dana Kowalczyk (former)".
    pub fn name_in_list(&self, id: StaffId) -> String {
        let former = self
            .roster()
            .former
            .get(&id)
            .map(|person| format!("{} (former)", person.name));
        former.unwrap_or_else(|| self.name_of(id))
    }

    /// Everybody whom a complaint can be about, ready to be looked for in words (A13).
    pub(crate) fn people_known(&self) -> Arc<People> {
        self.roster().known.clone()
    }

    /// Who stands in for whom, the first named first; what is over may be among them.
    pub fn delegations(&self) -> Arc<Vec<Delegation>> {
        self.roster().delegations.clone()
    }

    fn published(&self) -> RwLockReadGuard<'_, Published> {
        self.published.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads procedures and calendars again after one was published.
    pub(crate) async fn read_published(&self) -> Result<(), ActError> {
        self.published_of(&office_log::whole(&self.store).await?).await
    }

    async fn published_of(&self, log: &[LogLine]) -> Result<(), ActError> {
        let read = Published::read(&self.store, log, &self.active().procedure.id).await?;
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    fn roster(&self) -> RwLockReadGuard<'_, Roster> {
        self.people.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The latest event of the office that this node has taken in.
    pub(crate) fn known(&self) -> u32 {
        self.known.load(Ordering::Acquire)
    }

    /// Reads everything again that is kept in memory: another node may have changed any of it. Answers the latest event that it takes in.
    pub(crate) async fn read_again(&self) -> Result<u32, ActError> {
        let log = office_log::whole(&self.store).await?;
        self.published_of(&log).await?;
        self.wordings_of(&log);
        self.house_of(&log).await?;
        self.reload_people().await?;
        let latest = office_log::latest(&log);
        self.known.fetch_max(latest, Ordering::AcqRel);
        Ok(latest)
    }

    /// Everyone who holds one of the roles, by name.
    pub fn holders(&self, roles: &[Role]) -> Vec<Person> {
        let people = self.people();
        let mut holders: Vec<Person> = people
            .values()
            .filter(|person| roles.iter().any(|role| person.is(*role)))
            .cloned()
            .collect();
        holders.sort_by(|a, b| a.name.cmp(&b.name));
        holders
    }

    /// Reads the people again after somebody was added or changed.
    pub(crate) async fn reload_people(&self) -> Result<(), ActError> {
        let read: Roster = self.store.read(|tx| Box::pin(Roster::read(tx))).await?;
        let mut kept = self.people.write().unwrap_or_else(PoisonError::into_inner);
        if read.as_of >= kept.as_of {
            *kept = read;
        }
        Ok(())
    }
}

impl Scribe for Office {
    fn write(&self, case: &Case, owed: &LetterOwed, setting: &Setting<'_>) -> Result<Written, String> {
        let facts = letter::facts(self, case, owed, setting);
        let words = self.letters.compose(owed.kind, &facts)?;
        let must_say = setting
            .procedure
            .letter(owed.kind)
            .map_or(&[][..], |rule| &rule.must_say);
        let lacks = self.letters.lacks(&words, &facts, must_say);
        Ok(Written { words, lacks })
    }
}
