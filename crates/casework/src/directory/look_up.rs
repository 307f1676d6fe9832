//! Who somebody is: their unit and line manager, for whoever triages.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::case::change::permit;
use rules::directory::find::find;
use rules::directory::{Asked, Away, Chosen, line_manager};
use rules::people::{Act, Person};

use super::{Standing, copy, standing};
use crate::{ActError, Office};

/// How many people are shown at once.
pub const MOST: usize = 50;

/// Somebody who was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Their name.
    pub name: String,
    /// Where to write to them.
    pub email: Option<String>,
    /// What they sign in with.
    pub username: Option<String>,
    /// Their unit; empty where it is not known.
    pub unit: String,
    /// Why they cannot be asked, where the directory says so.
    pub away: Option<Away>,
    /// The name of whoever deals with a complaint about them; none where a person has to choose.
    pub line_manager: Option<String>,
    /// How that came about, a sentence each.
    pub because: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedUp {
    /// The first [`MOST`], by name.
    pub lines: Vec<Line>,
    /// How many there are in all.
    pub count: usize,
    /// When the directory was last read; none where there is no copy.
    pub read_at: Option<Timestamp>,
    /// Whether the copy is old.
    pub is_old: bool,
}

/// Looks somebody up by name, e-mail address or username; nothing in an office without a directory. Nothing of it is kept: who looks for whom is
/// nobody's business, and the answer is what every colleague may know.
///
/// # Errors
/// When the person may not look people up, or the store cannot be read.
pub async fn look_up(office: &Office, by: &Person, typed: &str) -> Result<Option<LookedUp>, ActError> {
    permit(by, Act::LookUpPeople)?;
    let Some(Standing { is_old, read_at, .. }) = standing(office).await? else {
        return Ok(None);
    };
    let copy = copy(office).await?;
    let nominated = office.directory.parts().and_then(|parts| parts.nominated.as_ref());
    let found = find(&copy.directory, typed);
    let lines = found.iter().take(MOST).map(|person| {
        let (about, unavailable) = ([person.key.clone()], BTreeMap::new());
        let asked = Asked {
            about: &about,
            unavailable: &unavailable,
            nominated,
        };
        let answer = line_manager(&copy.directory, &asked);
        Line {
            name: person.name.clone(),
            email: person.mailbox().map(str::to_owned),
            username: person.usernames.first().cloned(),
            unit: person.unit.clone(),
            away: person.away,
            because: answer.words(),
            line_manager: match answer.who {
                Chosen::Person { name, .. } => Some(name),
                Chosen::Nominated(nominated) => Some(nominated.name),
                Chosen::Nobody => None,
            },
        }
    });
    Ok(Some(LookedUp {
        lines: lines.collect(),
        count: found.len(),
        read_at,
        is_old,
    }))
}
