//! Serving the page of a case: timeline, jobs and audit; the details tab has a file of its own.

use axum::extract::Query as Asked;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::desk::{CaseFile, Proof};
use rules::audit::SignedCheckpoint;
use rules::handling::unsent::DraftOf;
use rules::people::Act;

use super::brief::{brief, person};
use super::notice::Notice;
use super::rail::rail;
use super::saying::{Saying, actor, saying, whom};
use super::timeline::{Show, tab, under_way};
use super::{OnCase, Query, fresh};
use crate::http::Posted;
use crate::page::staff_shell::Nav;
use crate::page::timeline::TimelineKind;
use crate::page::words::count;
use crate::staff::case::{
    AuditProof, AuditRow, AuditTab, CasePage, CaseRail, CaseTab, ComposerMode, JobUpdate, JobView, JobsTab, TimelineTab,
};
use crate::staff::desk::{Fault, Seat};
use crate::staff::meanwhile::Interruption;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::{paths, unsent};

/// The timeline, and where one writes.
pub async fn timeline(OnCase { seat, file }: OnCase, Asked(query): Asked<Query>) -> Response {
    let mode = if query.write == "note" {
        ComposerMode::Note
    } else {
        ComposerMode::Write
    };
    let reference = &file.case.reference;
    let drafts = unsent::drafts_of(&seat, Some(reference)).await;
    let of = match mode {
        ComposerMode::Write => DraftOf::Message,
        ComposerMode::Note => DraftOf::Note,
    };
    let gone_on = unsent::gone_on_with(&seat, &drafts, of, &query.draft).await;
    let shown = unsent::shown(&seat, Some(reference), &drafts, &query.draft);
    let form = gone_on.unwrap_or_else(|| fresh(&file));
    let show = Show::from_query(&query.show);
    let mut tab = TimelineTab {
        drafts: shown,
        ..tab(&seat, &file, show, mode, form)
    };
    match under_way(&seat, &file, show).await {
        Ok(letters) => drop(tab.items.splice(0..0, letters)),
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
    let notice = Notice::words(&query.done, &person(&file));
    seat.page(&page(&seat, &file, CaseTab::Timeline(tab), notice).await)
        .await
}

/// The timeline with a message or a note that came back.
pub(crate) async fn came_back(
    seat: &Seat,
    file: &CaseFile,
    (mode, form): (ComposerMode, FormState),
    interruption: Option<Interruption>,
) -> Response {
    let status = if interruption.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut tab: TimelineTab = tab(seat, file, Show::Everything, mode, form);
    if let Some(composer) = &mut tab.composer {
        composer.interruption = interruption;
    }
    seat.page_with(status, &page(seat, file, CaseTab::Timeline(tab), None).await)
        .await
}

/// The job of the case in the register (R20, R21).
pub async fn jobs(OnCase { seat, file }: OnCase) -> Response {
    match job(&seat, &file).await {
        Ok(job) => {
            let none = "No job was raised for this case.".to_owned();
            seat.page(&page(&seat, &file, CaseTab::Jobs(JobsTab { job, none }), None).await)
                .await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// Every event with its place in the log (R89).
pub async fn audit(OnCase { seat, file }: OnCase) -> Response {
    match seat.door.proof(&file.case.reference).await {
        Ok(proof) => {
            seat.page(&page(&seat, &file, CaseTab::Audit(trail(&seat, &file, &proof)), None).await)
                .await
        }
        Err(refused) => Fault::from(refused).into_response(&seat, &Posted::default()).await,
    }
}

/// The page with one of its tabs open.
pub(crate) async fn page(seat: &Seat, file: &CaseFile, tab: CaseTab, notice: Option<String>) -> CasePage {
    let case = &file.case;
    let mine = case.owner == Some(seat.door.person().id);
    let (nav, back) = match mine {
        true => (Nav::MyWork, Link::new("My work", paths::MY_WORK)),
        false => (Nav::AllCases, Link::new("All open cases", paths::CASES)),
    };
    let received = &case.received;
    CasePage {
        nav,
        back,
        case: brief(seat, file),
        received: format!(
            "received {}, {}",
            seat.wall().full(received.received_at),
            received.channel.words()
        ),
        notice,
        staff_only: case.is_restricted().then(|| {
            format!(
                "This case is restricted, because it is about a member of staff. It is about: {}. Do not speak of it to anybody who cannot see it.",
                whom(seat, &case.named)
            )
        }),
        job_count: u32::from(case.job.is_some()),
        audit_count: seat
            .may(Act::SeeAudit)
            .then(|| u32::try_from(file.history.len()).unwrap_or(u32::MAX)),
        tab,
        rail: CaseRail {
            group: super::group::panel(seat, file).await,
            ..rail(seat, file)
        },
    }
}

async fn job(seat: &Seat, file: &CaseFile) -> Result<Option<JobView>, Fault> {
    let Some(raised) = &file.case.job else { return Ok(None) };
    let found = match casework::desk::jobs::get(seat.door.office(), &raised.number, seat.door.person()).await {
        Ok(found) => found,
        Err(ActError::NotFound) => return Ok(None),
        Err(fault) => return Err(fault.into()),
    };
    let Some(job) = found.job else { return Ok(None) };
    let wall = seat.wall();
    let mut facts = vec![
        Fact::linked("Job", Link::new(&job.number, &paths::job(&job.number))),
        Fact::new("Problem profile", &job.profile),
    ];
    facts.push(match &job.parent {
        Some(parent) => Fact::linked("Child of", Link::new(parent, &paths::job(parent))),
        None => Fact::new("Child of", "None: it stands alone"),
    });
    facts.push(Fact::new("Status", &rules::sentence::capital(&job.status)));
    facts.push(Fact::new("Raised", &wall.full(job.opened_at)));
    let updates = found.updates.iter().rev().map(|update| JobUpdate {
        when: wall.when(update.at),
        who: who(seat, file, update.sequence.try_into().unwrap_or(0)),
        words: update.text.clone(),
        copied: "At once".to_owned(),
    });
    Ok(Some(JobView {
        facts,
        updates: updates.collect(),
    }))
}

fn trail(seat: &Seat, file: &CaseFile, proof: &Proof) -> AuditTab {
    let said = |sequence: u32| {
        file.history
            .iter()
            .find(|recorded| recorded.sequence == sequence)
            .map(|recorded| in_one_line(saying(seat, file, recorded)))
    };
    let rows = proof.traces.iter().rev().map(|trace| AuditRow {
        number: trace.sequence,
        when: seat.wall().second(trace.at),
        who: who(seat, file, trace.sequence),
        what: said(trace.sequence).unwrap_or_else(|| trace.kind.clone()),
        leaf: trace.leaf.to_hex().chars().take(12).collect(),
    });
    AuditTab {
        seen_by: seen_by(seat, &file.case.reference.to_string()),
        rows: rows.collect(),
        proof: standing(proof),
        next: None,
    }
}

/// Where it stands who has seen a case, for those who may read that.
pub(super) fn seen_by(seat: &Seat, reference: &str) -> Option<Link> {
    let link = || Link::new("Who has seen this", &paths::case_act(reference, "seen"));
    seat.may(Act::SeeAccessLog).then(link)
}

/// What an event says in the trail: its title, and the proof where the system keeps one (R18).
fn in_one_line(said: Saying) -> String {
    match said.words {
        Some(proof) if said.kind == TimelineKind::System => format!("{}. {}", said.title, proof.text()),
        _ => said.title,
    }
}

/// How much of the case a signed checkpoint covers.
fn standing(proof: &Proof) -> AuditProof {
    let signed = proof
        .checkpoint
        .as_deref()
        .and_then(|text| SignedCheckpoint::parse(text).ok())
        .map_or(0, |checkpoint| checkpoint.untrusted().size());
    let covered = proof.traces.iter().filter(|trace| trace.position <= signed).count();
    let entries = count(proof.traces.len() as u64, "entry", "entries");
    // How long the whole log is, and where in it these entries lie, would tell of cases that are not there for the reader (invariant 12).
    let line = match (signed, covered) {
        (0, _) => format!("This case has {entries} in the log. No checkpoint is signed yet: that happens by itself."),
        (_, covered) if covered == proof.traces.len() => {
            format!("This case has {entries} in the log. The latest signed checkpoint covers all of them.")
        }
        (_, covered) => {
            format!("This case has {entries} in the log. The latest signed checkpoint covers {covered} of them.")
        }
    };
    AuditProof {
        line,
        command: format!("redress audit verify {}", proof.reference),
        download: None,
    }
}

fn who(seat: &Seat, file: &CaseFile, sequence: u32) -> String {
    let recorded = file.history.iter().find(|recorded| recorded.sequence == sequence);
    let by = recorded.and_then(|recorded| actor(seat, file, recorded.actor));
    by.map_or_else(
        || "The system".to_owned(),
        |by| rules::sentence::capital(by.trim_start_matches("by ")),
    )
}
