//! The files that the repository ships: its procedure and its calendars, read from `procedures/` and `calendars/`.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::Timestamp;
use rules::case::Setting;
use rules::clock::{Calendar, CalendarShelf, OwnCalendars};
use rules::procedure::Procedure;

/// A procedure with its calendar.
#[derive(Debug)]
pub struct House {
    /// The procedure.
    pub procedure: Procedure,
    /// Its calendar, with the closure days of the university where it names them.
    pub calendar: Calendar,
    /// The calendars of clocks that count by another one.
    pub own_calendars: OwnCalendars,
}

impl House {
    /// What a rule is given at an instant.
    pub fn setting(&self, now: Timestamp) -> Setting<'_> {
        Setting {
            procedure: &self.procedure,
            calendar: &self.calendar,
            own_calendars: &self.own_calendars,
            now,
            categories: &self.procedure.categories,
        }
    }

    /// A house with another procedure and the shipped calendars.
    ///
    /// # Panics
    /// When the text is not a valid procedure.
    pub fn with(procedure: &str) -> House {
        let procedure = Procedure::parse(procedure, "procedure.toml").unwrap_or_else(|faults| panic!("{faults:#?}"));
        let shelf = CalendarShelf::new(calendar_files().iter().map(|(name, text)| calendar(name, text)));
        let calendar = shelf
            .layered(&procedure.calendar)
            .unwrap_or_else(|error| panic!("{error}"));
        House {
            own_calendars: OwnCalendars::of(procedure.own_calendars(), &shelf),
            procedure,
            calendar,
        }
    }

    /// A house whose calendar knows the bank holidays only: the tables of worked examples were counted with these.
    ///
    /// # Panics
    /// Never: the shipped procedure is valid.
    pub fn without_closures() -> House {
        House::with(&procedure_text().replace(", \"closures-example\"]", "]"))
    }
}

/// The shipped procedure with the shipped calendars, read once.
pub fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| House::with(procedure_text()))
}

/// The text of the shipped procedure.
pub fn procedure_text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| read(&repository().join("procedures/it-services.toml")))
}

/// The shipped calendar files: name and text.
///
/// # Panics
/// When the repository has no calendars.
pub fn calendar_files() -> Vec<(String, String)> {
    let folder = repository().join("calendars");
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = files.filter_map(|file| file.ok().map(|file| file.path()));
    let mut calendars: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            (
                path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                read(&path),
            )
        })
        .collect();
    calendars.sort();
    calendars
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn calendar(name: &str, text: &str) -> Calendar {
    Calendar::parse(text, name).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
