//! Small years of the demonstration: whole, believable, the same every time, and alive at whatever instant they end.

mod desk;
mod reviews;
mod texts;
mod year;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use casework::desk::CaseFile;
use casework::{Office, OfficeParts, StoppedClock};
use rules::case::Reference;
use storage::{Keys, Store};

use super::{LetterBoxHook, Span, Summary, institution, load};
use crate::shipped;

/// A loaded year with every case of it.
struct Year {
    office: Arc<Office>,
    summary: Summary,
    files: Vec<CaseFile>,
}

/// Loads a year that ends at an instant, in a store of its own.
async fn year(until: &str, cases: usize) -> Year {
    let span = Span {
        until: until.parse().unwrap(),
        cases,
        grown: None,
    };
    let clock = StoppedClock::at(span.until);
    let parts = OfficeParts {
        store: Store::in_memory(Keys::for_tests()).unwrap(),
        clock: Arc::new(clock.clone()),
        institution: institution("http://127.0.0.1:8080".to_owned()),
        procedure: shipped::PROCEDURE.owned(),
        calendars: shipped::CALENDARS.iter().map(|calendar| calendar.owned()).collect(),
        files: rules::files::Limits::default(),
        letters: Arc::new(documents::letter::Wording::built_in().unwrap()),
    };
    let office = Office::open(parts).await.unwrap();
    let folder = fresh_folder();
    let hook = LetterBoxHook::into(folder.clone());
    let summary = load(&office, &clock, span, &hook).await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    let files = files(&office).await;
    Year { office, summary, files }
}

/// A folder of our own for the letters of one year.
fn fresh_folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("redress-demo-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn files(office: &Office) -> Vec<CaseFile> {
    let mut files = Vec::new();
    for number in 10_001.. {
        let reference = Reference::new("FC", number).unwrap();
        match casework::desk::case_file::for_operator(office, &reference).await {
            Ok(file) => files.push(file),
            Err(_) => break,
        }
    }
    files
}
