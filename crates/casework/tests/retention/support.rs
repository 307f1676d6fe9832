//! What the stories share: a worker who looks once a day, and everything that is counted.

use casework::ActError;
use casework::jobs::going::Going;
use casework::nodes::Turn;
use casework::retention::{self, Done};
use jiff::civil::Date;
use rules::case::Reference;
use rules::review::Ledger;
use testkit::office::OpenOffice;
use testkit::people::helen;

/// The worker of one process.
pub(crate) struct Worker {
    going: Going,
}

impl Worker {
    /// Begins as a process does.
    pub(crate) async fn begin(office: &OpenOffice) -> Worker {
        Worker {
            going: Going::begin(&office.office).await,
        }
    }

    /// Looks once.
    pub(crate) async fn look(&mut self, office: &OpenOffice) -> Done {
        let mut turn = Turn::of(&office.office);
        let lease = turn.take(office.office.now()).await.expect("nobody else has the turn");
        let done = self.going.look(&office.office, &lease, None).await;
        turn.let_go(office.office.now()).await;
        done
    }

    /// Looks on each day from one to another, at 3am; answers what was done on the last.
    pub(crate) async fn look_daily(&mut self, office: &OpenOffice, (first, last): (Date, Date)) -> Done {
        let mut done = Done::default();
        let days = first.series(jiff::ToSpan::day(1)).take_while(|day| *day <= last);
        for day in days {
            office.on(&format!("{day} 03:00"));
            done = self.look(office).await;
        }
        done
    }
}

/// Somebody else complains on this day: the record goes on, as it does in an office that is open.
pub(crate) async fn works_on(office: &OpenOffice, local: &str) {
    office.on(local);
    office.receive(local).await;
}

/// Every figure of the days from which all cases of a story are.
pub(crate) async fn figures(office: &OpenOffice) -> Ledger {
    let helen = helen();
    let report = casework::review::report::report(&office.office, ("2026-06-01", "2026-12-31"), &helen);
    report.await.unwrap().figures
}

/// Whether the case is there for anybody.
pub(crate) async fn is_there(office: &OpenOffice, reference: &Reference) -> bool {
    match casework::desk::case_file::for_operator(&office.office, reference).await {
        Ok(_) => true,
        Err(ActError::NotFound) => false,
        Err(other) => panic!("{other}"),
    }
}

/// The log verifies, and the tables are what the doctor makes of it.
pub(crate) async fn assert_whole(office: &OpenOffice) {
    let report = casework::evidence::verify(&office.office).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    let rebuilt = casework::rebuild::rebuild(&office.office).await.unwrap();
    assert_eq!(rebuilt.differences, []);
}

/// What stands on record of an erased case.
pub(crate) async fn gone(office: &OpenOffice, reference: &Reference) -> Option<retention::Gone> {
    retention::erased(&office.office, reference).await.unwrap()
}
