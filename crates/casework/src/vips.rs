//! The list of VIPs: kept by those who may mark one, asked whenever a complaint is received, and held against open cases when it changes (R55,
//! R88, A12).

use std::sync::{Arc, MutexGuard, PoisonError, RwLock};

use rules::case::change::permit;
use rules::case::event::VipFlagged;
use rules::case::facts::Complainant;
use rules::case::{Case, Change, Reference, Refused};
use rules::handling::vip::{can_be_flagged, flag_listed};
use rules::office::publish::hash_of;
use rules::office::vips::{self, VipEntry};
use rules::people::{Act, Person};
use storage::settings::{self, Mark};
use storage::{StorageError, Tx};

use crate::directory::VIPS as MEMBERS;
use crate::jobs::recount::running_cases;
use crate::kept::kept;
use crate::office_record::Beside;
use crate::people::OfficeHand;
use crate::record::change_by_itself;
use crate::{ActError, Office};

/// Where the list lies among the settings, sealed like all of them.
pub(crate) const LIST: &str = "vip_list";

/// The list, as it is typed, and a mark by which a change says what it was made to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// A line each.
    pub text: String,
    /// Differs for every other list.
    pub mark: String,
}

/// The list.
///
/// # Errors
/// When the person may not mark VIPs, or the store cannot be read.
pub async fn list(office: &Office, by: &Person) -> Result<Written, ActError> {
    permit(by, Act::FlagVip)?;
    let text = vips::written(&entries(office).await?);
    Ok(Written {
        mark: hash_of(&text),
        text,
    })
}

async fn entries(office: &Office) -> Result<Vec<VipEntry>, ActError> {
    let kept = office.store.read(|tx| Box::pin(kept(tx, LIST))).await;
    Ok(kept?)
}

/// Everybody whose complaints begin at stage 2: the list that the office keeps, and the members of the directory's groups (R88, A11).
struct Everybody {
    listed: Vec<VipEntry>,
    members: Vec<VipEntry>,
}

impl Everybody {
    async fn read(tx: &mut Tx<'_>) -> Result<Everybody, StorageError> {
        Ok(Everybody {
            listed: kept(tx, LIST).await?,
            members: kept(tx, MEMBERS).await?,
        })
    }

    /// The mark of somebody, by the list first: it says more exactly why.
    fn marks(&self, complainant: &Complainant) -> Option<VipFlagged> {
        vips::listed(&self.listed, complainant).or_else(|| vips::member(&self.members, complainant))
    }

    fn hash(&self) -> String {
        // As it was before there were members, so that a new version looks at no case again without need.
        match self.members.is_empty() {
            true => hash_of(&vips::written(&self.listed)),
            false => hash_of(&[vips::written(&self.listed), vips::written(&self.members)].join("\n\n")),
        }
    }
}

async fn everybody(office: &Office) -> Result<Everybody, ActError> {
    let read = office.store.read(|tx| Box::pin(Everybody::read(tx))).await;
    Ok(read?)
}

/// Puts a list in place of the one that `mark` names; the same list is no event. Answers whether anything changed.
///
/// # Errors
/// When the person may not; when somebody else changed it meanwhile; when a line cannot be used: see [`rules::office::vips::read`].
pub async fn set(hand: OfficeHand<'_>, text: &str, mark: &str) -> Result<bool, ActError> {
    permit(hand.by, Act::FlagVip)?;
    let (before, after) = (entries(hand.office).await?, vips::read(text)?);
    if hash_of(&vips::written(&before)) != mark {
        let message = "Somebody changed this list while you wrote. Copy what you typed, look at the list as it is now, and change it again.";
        return Err(Refused::NotNow(message.to_owned()).into());
    }
    let by = hand.by.clone();
    let events = hand
        .act(None, Beside::Nothing)
        .record(move |book, _| Ok(vips::set(&before, after, book.actor(&by)?)?))
        .await?;
    mark_listed(hand.office).await?;
    Ok(!events.is_empty())
}

/// The setting that says for which list the open cases were looked through; sealed like all of them.
const LOOKED_FOR: &str = "vips_looked_for";

/// What is left to look at for a list, once every open case was looked at: cases whose decision is on its way, and those that could not be
/// read. Kept in memory; an office that is opened again looks at all of them.
pub(crate) struct Unmarked {
    /// The list, by its mark as the setting holds it.
    list: String,
    cases: Vec<String>,
}

/// Marks the open cases of those who stand on the list and were not known as VIPs when they complained (A12), as the system's own act: who
/// changed the list learns nothing of which cases there are. For the same list it does nothing the second time; a decision that is on its way
/// goes out first, and that case alone is looked at again. Answers how many were marked.
///
/// # Errors
/// When the store cannot be read or written. A case that cannot be read is reported, and the others are marked.
pub(crate) async fn mark_listed(office: &Office) -> Result<usize, ActError> {
    let list = everybody(office).await?;
    let mark = serde_json::to_string(&list.hash())?;
    let looked_for = office
        .store
        .read(|tx| Box::pin(async move { settings::get(tx, LOOKED_FOR).await }))
        .await?;
    if looked_for.as_ref() == Some(&mark) {
        return Ok(0);
    }
    let unmarked = held(office).take().filter(|unmarked| unmarked.list == mark);
    let cases = match unmarked {
        Some(unmarked) => unmarked.cases,
        None => every_running_case(office).await?,
    };
    let (mut marked, mut left) = (0, Vec::new());
    for reference in cases {
        match mark_one(office, &reference, &list).await {
            Ok(Marked::Now) => marked += 1,
            Ok(Marked::Nothing) => {}
            Ok(Marked::Later) => left.push(reference),
            Err(fault) => {
                tracing::error!(%reference, %fault, "it could not be seen whether a case is a VIP's");
                left.push(reference);
            }
        }
    }
    if !left.is_empty() {
        *held(office) = Some(Unmarked {
            list: mark,
            cases: left,
        });
        return Ok(marked);
    }
    let now = office.now();
    office
        .store
        .write(move |tx| Box::pin(async move { settings::put(tx, LOOKED_FOR, &mark, now).await }))
        .await?;
    Ok(marked)
}

fn held(office: &Office) -> MutexGuard<'_, Option<Unmarked>> {
    office.unmarked.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn every_running_case(office: &Office) -> Result<Vec<String>, ActError> {
    let mut cases: Vec<String> = Vec::new();
    loop {
        let after = cases.last().cloned().unwrap_or_default();
        let page = running_cases(office, &after).await?;
        if page.is_empty() {
            return Ok(cases);
        }
        cases.extend(page);
    }
}

/// What became of one case.
enum Marked {
    /// It is marked.
    Now,
    /// It is nobody's on the list, marked already, or closed.
    Nothing,
    /// A decision of it is on its way.
    Later,
}

async fn mark_one(office: &Office, reference: &str, list: &Everybody) -> Result<Marked, ActError> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    let (case, recorded) = mark_if_listed(office, &reference, list).await?;
    if recorded > 0 {
        return Ok(Marked::Now);
    }
    let waits = case.vip.is_none() && case.is_open() && !can_be_flagged(&case);
    match waits && list.marks(&case.complainant).is_some() {
        true => Ok(Marked::Later),
        false => Ok(Marked::Nothing),
    }
}

async fn mark_if_listed(office: &Office, reference: &Reference, list: &Everybody) -> Result<(Case, usize), ActError> {
    change_by_itself(office, reference, |case, setting| {
        let flag = list.marks(&case.complainant);
        Ok(flag.map_or_else(Change::default, |flag| flag_listed(case, flag, setting)))
    })
    .await
}

/// The case after its address was corrected: it may be the address of somebody on the list (A12). The correction stands whatever becomes of the
/// mark; one that could not be made is reported.
pub(crate) async fn after_a_correction(office: &Office, case: Case) -> Case {
    let marked = async {
        let list = everybody(office).await?;
        if case.vip.is_some() || list.marks(&case.complainant).is_none() {
            return Ok(case.clone());
        }
        let (marked, _) = mark_if_listed(office, &case.reference, &list).await?;
        Ok(marked)
    };
    marked.await.unwrap_or_else(|fault: ActError| {
        tracing::error!(case = %case.reference, %fault, "a case could not be marked as a VIP's");
        case
    })
}

/// The list as it was read last, so that a complaint need not read it again: what is written by it holds only if it is still the one that is kept.
#[derive(Default)]
pub(crate) struct KnownList(RwLock<Option<Arc<VipList>>>);

/// The list as it was at some moment.
pub(crate) struct VipList {
    everybody: Everybody,
    mark: Mark,
}

impl KnownList {
    /// The list that was read last; read now if there is none.
    pub(crate) async fn known(&self, office: &Office) -> Result<Arc<VipList>, ActError> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(known);
        }
        let read: VipList = office
            .store
            .read(|tx| {
                Box::pin(async move {
                    Ok::<_, StorageError>(VipList {
                        mark: settings::mark(tx, LIST).await?,
                        everybody: Everybody::read(tx).await?,
                    })
                })
            })
            .await?;
        let read = Arc::new(read);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(read.clone());
        Ok(read)
    }

    /// Reads it again next time.
    pub(crate) fn forget(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl VipList {
    /// The mark that somebody on the list gets at the receipt.
    pub(crate) fn marks(&self, complainant: &Complainant) -> Option<VipFlagged> {
        self.everybody.marks(complainant)
    }

    /// Makes sure that this is the list which is kept.
    ///
    /// # Errors
    /// [`StorageError::Conflict`] when another one is.
    pub(crate) async fn still_holds(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        if settings::mark(tx, LIST).await? == self.mark {
            return Ok(());
        }
        Err(StorageError::Conflict {
            stream: LIST.to_owned(),
            sequence: 0,
        })
    }
}
