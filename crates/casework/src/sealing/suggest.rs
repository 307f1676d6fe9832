//! Whom the directory would hand a case over to: the line manager of those whom it is about, past whoever cannot (R34, A15). A person decides.

use rules::case::Case;
use rules::case::event::Holder;
use rules::directory::find::meant;
use rules::directory::{Chosen, Nominated};

use super::hand_over::known;
use crate::directory::{copy, line_manager_for};
use crate::separation::unavailable;
use crate::{ActError, Office};

/// Somebody to whom a case could go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Who.
    pub to: Holder,
    /// How that came about, a sentence each: it names those whom the case is about.
    pub words: Vec<String>,
}

/// The directory's suggestion; nothing for a stub, of whose people nobody reads, and where the directory does not hold all of those named, or knows
/// nobody above them. Most people who work at an institution have no account here: they are looked up by what was written.
pub(super) async fn suggested(office: &Office, case: &Case) -> Result<Option<Suggested>, ActError> {
    if case.is_sealed() || case.named.is_empty() {
        return Ok(None);
    }
    let directory = copy(office).await?;
    let named = known(office, |id| case.named.people.contains(&id)).await?;
    let mut about = Vec::with_capacity(named.len());
    for person in &named {
        match directory.directory.known_as(&person.email).as_slice() {
            [found] => about.push(found.key.clone()),
            // Nobody has this address, or two have it.
            _ => return Ok(None),
        }
    }
    if let Some(others) = &case.named.others {
        let meant: Option<Vec<String>> = meant(&directory.directory, others).into_iter().collect();
        // Who is described and not named cannot be looked up: a person has to choose.
        let Some(keys) = meant else { return Ok(None) };
        about.extend(keys);
    }
    let unavailable = unavailable(office, case, &directory.directory).await?;
    let found = line_manager_for(office, &about, &unavailable).await?;
    let to = match &found.who {
        Chosen::Person { name, email, .. } | Chosen::Nominated(Nominated { name, email }) => Holder {
            name: name.clone(),
            email: email.clone(),
        },
        Chosen::Nobody => return Ok(None),
    };
    Ok(Some(Suggested {
        to,
        words: found.words(),
    }))
}
