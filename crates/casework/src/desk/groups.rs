//! Cases about the same matter (A27): the group of a case, its place there, and cases that may belong to it; each only as far as somebody
//! sees whole cases (invariant 12).

use std::collections::BTreeSet;

use rules::case::Case;
use rules::case::change::permit;
use rules::confidential::Sight;
use rules::confidential::sight::reach_of_words;
use rules::people::{Act, Person};
use storage::cases::{self, CaseFilter, GroupPlace, Order};

use super::lists::{DeskLine, find, lines};
use crate::{ActError, Office};

/// The most cases of a group that a page shows.
const MOST: u32 = 200;

/// The group of a case, for somebody.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The other cases that they see, by receipt.
    pub others: Vec<DeskLine>,
    /// The reference of the leading case, where they see it.
    pub leading: Option<String>,
    /// The place of the case, counted over what they see; none where they see no other.
    pub place: Option<GroupPlace>,
}

/// The others of the group of a case.
///
/// # Errors
/// When the person may not see cases, or the store cannot be read.
pub async fn group(office: &Office, case: &Case, by: &Person) -> Result<Group, ActError> {
    permit(by, Act::SeeCases)?;
    let Some(leading) = case.leading() else {
        return Ok(Group::default());
    };
    let own = case.reference.to_string();
    let filter = CaseFilter {
        in_group_of: Some(own.clone()),
        reach: Some(reach_of_words(by)),
        ..CaseFilter::default()
    };
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { cases::list(tx, &filter, Order::ReceivedFirst, None, MOST).await }))
        .await?;
    let all = placed(office, lines(office, &rows, by)?, by).await?;
    let (mine, others): (Vec<DeskLine>, Vec<DeskLine>) = all.into_iter().partition(|line| line.reference == own);
    let leading = leading.to_string();
    let sees_it = leading == own || others.iter().any(|line| line.reference == leading);
    Ok(Group {
        others,
        leading: Some(leading).filter(|_| sees_it),
        place: mine.into_iter().find_map(|line| line.group),
    })
}

/// The lines with their places in their groups.
pub(super) async fn placed(office: &Office, mut lines: Vec<DeskLine>, by: &Person) -> Result<Vec<DeskLine>, ActError> {
    let whole = lines.iter().filter(|line| line.sight == Sight::Whole);
    let references: Vec<String> = whole.map(|line| line.reference.clone()).collect();
    let reach = reach_of_words(by);
    let places = office
        .store
        .read(move |tx| Box::pin(async move { cases::group_places(tx, &references, &reach).await }))
        .await?;
    for line in &mut lines {
        line.group = places.get(&line.reference).copied();
    }
    Ok(lines)
}

/// Why a case may be about the same matter as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is from the same person.
    SamePerson,
    /// It is about the same job.
    SameJob,
    /// Its words are alike.
    SameWords,
}

/// How many cases are suggested.
const MOST_ALIKE: usize = 5;

/// Cases that may be about the same matter, the likeliest first; those of its group are left out.
///
/// # Errors
/// When the person may not see cases, or the store cannot be read.
pub async fn alike(office: &Office, case: &Case, by: &Person) -> Result<Vec<(Why, DeskLine)>, ActError> {
    let mut known: BTreeSet<String> = BTreeSet::from([case.reference.to_string()]);
    let beside = group(office, case, by).await?;
    known.extend(beside.others.into_iter().map(|line| line.reference));
    let mut alike = Vec::new();
    for (why, query) in queries(case) {
        for line in find(office, &query, by).await? {
            if alike.len() < MOST_ALIKE && line.sight == Sight::Whole && known.insert(line.reference.clone()) {
                alike.push((why, line));
            }
        }
    }
    Ok(alike)
}

/// What to look for: what only this person has, the job that it is about, and the words that say most.
fn queries(case: &Case) -> Vec<(Why, String)> {
    let person = &case.complainant;
    let key = [&person.email, &person.username, &person.phone]
        .into_iter()
        .flatten()
        .next();
    let job = case.job.as_ref().and_then(|job| job.parent.clone());
    let mut queries: Vec<(Why, String)> = key.map(|key| (Why::SamePerson, key.clone())).into_iter().collect();
    queries.extend(job.map(|job| (Why::SameJob, job)));
    queries.extend(telling_words(&case.received.title).map(|words| (Why::SameWords, words)));
    queries
}

/// How many words of a title another case must hold, and how long they are at least: short ones say little.
const TELLING: usize = 3;
const LONG: usize = 5;

/// The longest words of a title; nothing where it has too few.
fn telling_words(title: &str) -> Option<String> {
    let mut words: Vec<&str> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= LONG)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(TELLING);
    (words.len() == TELLING).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_of_a_title_tell_it_and_a_short_title_tells_nothing() {
        let title = "The Wi-Fi in the Main Library dropped four times during my test";
        assert_eq!(telling_words(title).as_deref(), Some("Library dropped during"));
        assert_eq!(telling_words("It is so slow"), None);
    }
}
