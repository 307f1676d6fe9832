//! Each act of an investigation on a real store, by name.

use casework::ActError;
use casework::handling::{Hand, Seen, investigate};
use rules::case::event::{FindingRecorded, NotesConfirmed, PlanLineSettled, PointSetAside};
use rules::case::investigation::Agreed;
use rules::case::{Case, Reference};
use rules::people::Person;

use crate::day;
use crate::investigated::{agreed, conversation, finding, item, line};
use crate::office::OpenOffice;

impl OpenOffice {
    /// The investigator has no conflict, and the complainant agreed with the points on the phone today, unless that is on record already.
    ///
    /// # Panics
    /// When a rule refuses.
    pub async fn prepared(&self, reference: &Reference, by: &Person) {
        let door = self.door(by);
        let hand = || door.hand(reference, Seen::Whatever, "");
        let today = crate::house().setting(self.office.now()).today();
        let acted = async {
            let before = self.case(reference).await.investigation;
            if before.declaration_of(by.id).is_none() {
                investigate::declare(hand(), None).await?;
            }
            if !matches!(before.agreement.standing(), Agreed::Settled(_)) {
                investigate::hear_points(hand(), &agreed(today)).await?;
            }
            Ok::<_, ActError>(())
        };
        if let Err(refused) = acted.await {
            panic!("{reference} could not be prepared: {refused}");
        }
    }
}

/// Does the act of this name.
///
/// # Errors
/// When it is refused.
///
/// # Panics
/// When no act has the name.
pub async fn investigating(name: &str, hand: Hand<'_>, case: &Case) -> Result<Case, ActError> {
    let today = day("2026-06-09");
    match name {
        "send points" => investigate::send_points(hand, day("2026-06-16"), None).await,
        "hear points" => investigate::hear_points(hand, &agreed(today)).await,
        "go on" => investigate::go_on(hand, "No answer came").await,
        "reword point" => investigate::reword_point(hand, 1, "Other words").await,
        "set point aside" => investigate::set_point_aside(hand, &aside()).await,
        "declare conflict" => investigate::declare(hand, None).await,
        "override conflict" => investigate::override_conflict(hand, "Long ago").await,
        "plan" => investigate::plan(hand, &line()).await,
        "settle line" => investigate::settle_line(hand, &done()).await,
        other => Box::pin(collecting(other, hand, case)).await,
    }
}

async fn collecting(name: &str, hand: Hand<'_>, case: &Case) -> Result<Case, ActError> {
    let finding = FindingRecorded {
        evidence: Vec::new(),
        point: case.points.first().map_or(1, |point| point.number),
        ..finding()
    };
    match name {
        "add evidence" => investigate::add_evidence(hand, &item()).await,
        "set evidence aside" => investigate::set_evidence_aside(hand, 1, "The wrong day").await,
        "no evidence" => investigate::no_evidence(hand, "Nothing is disputed").await,
        "interview" => investigate::interview(hand, &conversation()).await,
        "confirm notes" => investigate::confirm_notes(hand, &confirmed()).await,
        "no interviews" => investigate::no_interviews(hand, "The log says it all").await,
        "save findings" => investigate::save_findings(hand, &[finding]).await,
        other => panic!("no act {other}"),
    }
}

fn aside() -> PointSetAside {
    PointSetAside {
        number: 1,
        with: None,
        because: "It belongs to the library".to_owned(),
    }
}

fn done() -> PlanLineSettled {
    PlanLineSettled {
        number: 1,
        dropped: None,
    }
}

fn confirmed() -> NotesConfirmed {
    NotesConfirmed {
        number: 1,
        correction: None,
    }
}
