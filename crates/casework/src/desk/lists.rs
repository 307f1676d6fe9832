//! Lists of cases: my work, triage, all open, sign-off, search; keyset-paged.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::case::Setting;
use rules::case::change::permit;
use rules::case::vocabulary::{Channel, FeedbackKind, Lane, Urgency};
use rules::confidential::sight::{reach, reach_of_words};
use rules::confidential::{Guard, Reach, Sight, sight};
use rules::handling::awaited::Asked;
use rules::people::{Act, Person, StaffId};
use storage::cases::{self, CaseFilter, CaseRow, Cursor, GroupPlace, Life, Order};
use storage::search;

use super::groups;
use super::wanted::Wanted;
use crate::derive::{Card, STUB};
use crate::{ActError, Office};

/// One line of a list.
#[derive(Debug, Clone)]
pub struct DeskLine {
    /// The reference.
    pub reference: String,
    /// The personal part.
    pub card: Card,
    /// Complaint, compliment and so on.
    pub kind: FeedbackKind,
    /// The state's stored name.
    pub state: String,
    /// The stage; 0 before triage.
    pub stage: u8,
    /// Who is accountable.
    pub owner: Option<StaffId>,
    /// The channel.
    pub channel: Channel,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The open date.
    pub due: Option<LineDue>,
    /// When the next update is owed.
    pub update_due_at: Option<Timestamp>,
    /// When they last heard from us.
    pub last_contact_at: Option<Timestamp>,
    /// The service's name.
    pub service: Option<String>,
    /// How pressing.
    pub urgency: Urgency,
    /// VIP.
    pub vip: bool,
    /// Its place in its group, counted over what this person sees (A27).
    pub group: Option<GroupPlace>,
    /// How much of the case this person may see; of an outline the personal part is empty.
    pub sight: Sight,
}

/// The open date of a line, as days of its clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineDue {
    /// The day.
    pub on: Date,
    /// The instant.
    pub at: Timestamp,
    /// Working days since the clock began.
    pub used: u32,
    /// Working days in all, extensions included.
    pub total: u32,
    /// Working days from today to the day; negative when late.
    pub left: i32,
    /// It was moved by an extension.
    pub extended: bool,
}

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// What this person is accountable for.
    Mine(StaffId),
    /// What nobody has judged yet.
    Triage,
    /// What somebody looks for among all.
    Cases(Wanted),
    /// Letters that wait for senior management.
    SignOff,
    /// What is asked of this person's roles about cases of others.
    AskedOfMe,
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its lines.
    pub lines: Vec<DeskLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// How many lines a page has.
pub const PAGE: u32 = 50;

/// A page of a list.
///
/// # Errors
/// When the person may not see cases, or the store cannot be read.
pub async fn list(office: &Office, shown: &Shown, after: Option<&str>, by: &Person) -> Result<Page, ActError> {
    permit(by, Act::SeeCases)?;
    let (mut filter, order) = filter(shown, by, office.now());
    filter.reach = Some(match shown {
        Shown::Cases(wanted) => reach_of(wanted, by),
        _ => reach(by),
    });
    let after = after.and_then(Cursor::parse);
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { cases::list(tx, &filter, order, after, PAGE + 1).await }))
        .await?;
    let more = rows.len() > PAGE as usize;
    let shown_rows = &rows[..rows.len().min(PAGE as usize)];
    let next = shown_rows
        .last()
        .filter(|_| more)
        .map(|row| Cursor::of(row, order).to_text());
    let lines = groups::placed(office, lines(office, shown_rows, by)?, by).await?;
    Ok(Page { lines, next })
}

/// So far the cases of a question are counted; what finds one more is said to find more.
pub const COUNTED: i64 = 1000;

/// How many cases each of several questions finds: as many as its list has lines for this person, and one more than [`COUNTED`] at most.
///
/// # Errors
/// When the person may not see cases, or the store cannot be read.
pub async fn count(office: &Office, wanted: &[Wanted], by: &Person) -> Result<Vec<i64>, ActError> {
    permit(by, Act::SeeCases)?;
    let now = office.now();
    let filters: Vec<CaseFilter> = wanted
        .iter()
        .map(|wanted| CaseFilter {
            reach: Some(reach_of(wanted, by)),
            ..wanted.rows(now).0
        })
        .collect();
    office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut counts = Vec::with_capacity(filters.len());
                for filter in &filters {
                    counts.push(cases::count_up_to(tx, filter, COUNTED + 1).await?);
                }
                Ok::<_, ActError>(counts)
            })
        })
        .await
}

/// Who has it and what it is about are not in the outline: a question about them finds nothing of it.
fn reach_of(wanted: &Wanted, by: &Person) -> Reach {
    match wanted.asks_beyond_the_outline() {
        true => reach_of_words(by),
        false => reach(by),
    }
}

fn filter(shown: &Shown, by: &Person, now: Timestamp) -> (CaseFilter, Order) {
    let states = |states: &[&str]| states.iter().map(|state| (*state).to_owned()).collect();
    let open = CaseFilter {
        life: Life::Open,
        ..CaseFilter::default()
    };
    match shown {
        Shown::Mine(id) => (
            CaseFilter {
                owner: Some(id.0),
                ..open
            },
            Order::DueFirst,
        ),
        Shown::Triage => (
            CaseFilter {
                state_in: states(&["received"]),
                ..open
            },
            Order::ReceivedFirst,
        ),
        Shown::Cases(wanted) => wanted.rows(now),
        Shown::SignOff => (
            CaseFilter {
                state_in: states(&["sign_off"]),
                ..open
            },
            Order::DueFirst,
        ),
        Shown::AskedOfMe => (asked_of(by), Order::DueFirst),
    }
}

/// What waits for somebody because of their roles, or because it was handed on to them: the owner of such a case has it in their own list.
pub(crate) fn asked_of(who: &Person) -> CaseFilter {
    CaseFilter {
        asked_of_any: Some(Asked::codes_of(who)),
        not_owner: Some(who.id.0),
        reach: Some(reach(who)),
        ..CaseFilter::default()
    }
}

/// Cases that hold the words, the best first.
///
/// # Errors
/// When the person may not see cases, or the store cannot be read.
pub async fn find(office: &Office, query: &str, by: &Person) -> Result<Vec<DeskLine>, ActError> {
    permit(by, Act::SeeCases)?;
    let query = query.trim().to_owned();
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let reach = reach_of_words(by);
    let rows = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let found = search::find(tx, &query, PAGE, &reach).await?;
                let mut rows = Vec::new();
                for hit in found {
                    rows.extend(cases::get(tx, &hit.reference).await?);
                }
                Ok::<_, ActError>(rows)
            })
        })
        .await?;
    groups::placed(office, lines(office, &rows, by)?, by).await
}

/// The rows as lines for somebody. The store gave no more than they may see; the rule itself has the last word on each.
pub(super) fn lines(office: &Office, rows: &[CaseRow], by: &Person) -> Result<Vec<DeskLine>, ActError> {
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let card: Card = serde_json::from_slice(&row.card)?;
        match sight(&guard(row, &card), by) {
            None => {}
            Some(Sight::Whole) => lines.push(line(office, row, card)),
            Some(Sight::Outline) => lines.push(DeskLine {
                sight: Sight::Outline,
                owner: None,
                service: None,
                vip: false,
                ..line(office, row, outline_of(&card))
            }),
        }
    }
    Ok(lines)
}

fn guard(row: &CaseRow, card: &Card) -> Guard {
    Guard {
        // A lane that this release does not know is not shown to those who see the open one only.
        lane: Lane::from_code(&row.lane).unwrap_or(Lane::Restricted),
        owner: row.owner_id.map(StaffId),
        letter_waits: row.state == "sign_off",
        named: card.named.iter().map(|id| StaffId(*id)).collect(),
    }
}

/// A card without a word or a name.
fn outline_of(card: &Card) -> Card {
    Card {
        title: STUB.to_owned(),
        from: String::new(),
        from_kind: String::new(),
        excerpt: String::new(),
        about_staff: true,
        named: Vec::new(),
        next_step: String::new(),
        clock_from: card.clock_from,
        due_stage: card.due_stage,
        job: None,
        update_missed: false,
        undelivered: false,
        message_waits: false,
        waits_for_answer: false,
        reopened: false,
        asked: None,
        asked_beside: false,
        regime: card.regime.clone(),
    }
}

fn line(office: &Office, row: &CaseRow, card: Card) -> DeskLine {
    let in_force = office.active();
    let setting = in_force.setting(office.now());
    let service = row
        .service
        .as_ref()
        .and_then(|code| in_force.catalogue.name("service", code));
    DeskLine {
        reference: row.reference.clone(),
        kind: FeedbackKind::from_code(&row.kind).unwrap_or(FeedbackKind::Complaint),
        state: row.state.clone(),
        stage: u8::try_from(row.stage).unwrap_or(0),
        owner: row.owner_id.map(StaffId),
        channel: Channel::from_code(&row.channel).unwrap_or(Channel::Web),
        received_at: row.received_at,
        due: line_due(row, card.clock_from, &setting),
        update_due_at: row.update_due_at,
        last_contact_at: row.last_contact_at,
        service: service.map(str::to_owned),
        urgency: Urgency::ALL
            .iter()
            .copied()
            .find(|urgency| *urgency as i64 == row.urgency)
            .unwrap_or(Urgency::Normal),
        vip: row.vip,
        group: None,
        sight: Sight::Whole,
        card,
    }
}

fn line_due(row: &CaseRow, clock_from: Option<Timestamp>, setting: &Setting<'_>) -> Option<LineDue> {
    let (on, at) = (row.due_on?, row.due_at?);
    let from = clock_from.map_or(row.received_on, |from| setting.local_date(from));
    Some(LineDue {
        extended: row.extended,
        ..line_days(on, at, from, setting)
    })
}

/// A date that was never moved, as days of its clock. Days outside the calendar count as none, which the doctor reports.
pub(crate) fn line_days(on: Date, at: Timestamp, from: Date, setting: &Setting<'_>) -> LineDue {
    let between = |from: Date, to: Date| setting.calendar.working_days_between(from, to).unwrap_or(0);
    let today = setting.today();
    let total = between(from, on);
    let used = if today > from {
        between(from, today).min(total)
    } else {
        0
    };
    let signed = |days: u32| i32::try_from(days).unwrap_or(i32::MAX);
    let left = if today <= on {
        signed(between(today, on))
    } else {
        // What was due on Friday is late on Saturday, though no working day lies between (A6).
        -signed(between(on, today).max(1))
    };
    LineDue {
        on,
        at,
        used,
        total,
        left,
        extended: false,
    }
}
