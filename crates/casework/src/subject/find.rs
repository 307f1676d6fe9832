//! Which cases seem to be one person's, as far as whoever looks reaches (invariant 12).

use std::collections::BTreeSet;

use jiff::civil::Date;
use rules::case::change::permit;
use rules::case::{Case, Recorded, Reference};
use rules::confidential::sight::reach_of_words;
use rules::confidential::{Guard, Sight, sight};
use rules::people::{Act, Person};
use rules::subject::{Because, Sought, because};
use storage::search;

use crate::record::load;
use crate::{ActError, Office};

/// How many cases are looked at for each thing that somebody gives.
const MOST: u32 = 200;

/// A case that seems to be theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// Its reference.
    pub reference: Reference,
    /// Who it is from, as they are called there.
    pub from: String,
    /// A line to know it by.
    pub title: String,
    /// The day on which it came.
    pub received_on: Date,
    /// Why it seems to be theirs.
    pub because: Vec<Because>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Cases, those with most in common first.
    pub cases: Vec<Matching>,
    /// Cases that they named and of which no words are here, because a line manager has them; with the day on which each came.
    pub elsewhere: Vec<(Reference, Date)>,
    /// References that they named and that are not there for whoever looks.
    pub unknown: Vec<Reference>,
}

/// Looks for the cases of somebody. It decides nothing: whoever looks says which are theirs.
///
/// # Errors
/// When the person may not; when the store cannot be read.
pub async fn find(office: &Office, by: &Person, sought: &Sought) -> Result<Matches, ActError> {
    permit(by, Act::ExportSubject)?;
    permit(by, Act::SeeCases)?;
    let mut matches = Matches::default();
    for reference in candidates(office, by, sought).await? {
        let named = sought.references.contains(&reference);
        let found = match load(office, &reference).await {
            Err(ActError::NotFound) => None,
            loaded => {
                let loaded = loaded?;
                sight(&Guard::of(&loaded.case), by).map(|sight| (loaded, sight))
            }
        };
        match found {
            Some((loaded, Sight::Whole)) => {
                matches.cases.extend(matching(&loaded.case, &loaded.history, sought));
            }
            Some((loaded, _)) if named => matches.elsewhere.push((reference, loaded.case.received.received_on)),
            None if named => matches.unknown.push(reference),
            _ => {}
        }
    }
    matches.cases.sort_by_key(|case| std::cmp::Reverse(case.because.len()));
    Ok(matches)
}

fn matching(case: &Case, history: &[Recorded], sought: &Sought) -> Option<Matching> {
    let because = because(case, history, sought);
    (!because.is_empty()).then(|| Matching {
        reference: case.reference.clone(),
        from: case.complainant.display_name().to_owned(),
        title: case.received.title.clone(),
        received_on: case.received.received_on,
        because,
    })
}

async fn candidates(office: &Office, by: &Person, sought: &Sought) -> Result<BTreeSet<Reference>, ActError> {
    let asked: Vec<String> = [&sought.name, &sought.email, &sought.phone, &sought.username]
        .into_iter()
        .map(|given| given.trim().to_owned())
        .filter(|given| !given.is_empty())
        .collect();
    let reach = reach_of_words(by);
    let found: Vec<String> = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut found = Vec::new();
                for query in &asked {
                    found.extend(
                        search::find(tx, query, MOST, &reach)
                            .await?
                            .into_iter()
                            .map(|hit| hit.reference),
                    );
                }
                Ok::<_, ActError>(found)
            })
        })
        .await?;
    let found = found.iter().filter_map(|reference| reference.parse().ok());
    Ok(found.chain(sought.references.iter().cloned()).collect())
}
