//! Who deals with a complaint about somebody: their line manager, up the line past whoever cannot, to a nominated person outside at the top
//! (R34, A15).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::tree::above;
use super::{Away, Directory, DirectoryPerson};
use crate::sentence::listed;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Whom the complaint is about, by key; each member where it is about a team.
    pub about: &'a [String],
    /// Who cannot be asked for a reason that the directory does not know, by key.
    pub unavailable: &'a BTreeMap<String, Unavailable>,
    /// Who is asked when nobody above them can be; none where the office nominated nobody.
    pub nominated: Option<&'a Nominated>,
}

/// Why somebody cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unavailable {
    /// They have a conflict of interest (R28).
    Conflicted,
    /// They are away.
    Absent,
}

/// The person outside the department who is asked at the top of the line (A15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nominated {
    /// Their name.
    pub name: String,
    /// Where they are written to.
    pub email: String,
}

/// The answer, and how it came about. A case that relies on it keeps it whole: the directory may say something else tomorrow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Who is asked.
    pub who: Chosen,
    /// The names of those whom it is about, as the directory has them.
    pub about: Vec<String>,
    /// Who would have come before and why they did not, in the order in which they were come to.
    pub past: Vec<Passed>,
}

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// Somebody of the directory.
    Person {
        /// Their key.
        key: String,
        /// Their name.
        name: String,
        /// Where they are written to.
        email: String,
    },
    /// The person outside.
    Nominated(Nominated),
    /// Nobody can be found by rule: a person has to choose.
    Nobody,
}

/// Somebody who was passed over; or a gap in the directory where somebody should stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Their name; of a gap, the name or key of whoever it was found at.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// Why somebody was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The complaint is about them.
    Named,
    /// They have a conflict of interest.
    Conflicted,
    /// They are away.
    Absent,
    /// Their account is closed.
    Closed,
    /// Nobody can write to them.
    NoMailbox,
    /// By the directory they are above somebody named and below them at once.
    Circle,
    /// They are above some of those named, and not above all.
    NotOfAll,
    /// A gap: the directory names a manager of this person and does not hold them.
    Dangling,
    /// A gap: the directory does not hold this person, whom the complaint is about.
    Unknown,
}

/// Finds the line manager: the nearest person above everybody whom the complaint is about who can be asked. Nearest is by the steps from whoever is
/// furthest below, then by all steps together, then by name and key, so that several managers of one person are taken in one order always.
/// Nobody is asked whom the complaint is about, who is conflicted or away, to whom nobody can write, or who reports to somebody named (a circle).
/// When nobody is left it is the nominated person, unless they are one of these too.
///
/// ```
/// use std::collections::BTreeMap;
/// use rules::directory::*;
/// let person = |key: &str, manager: &[&str]| DirectoryPerson {
///     key: key.into(), name: key.into(), emails: vec![format!("{key}@office.example")],
///     managers: manager.iter().map(|key| (*key).to_owned()).collect(), ..Default::default()
/// };
/// let directory = Directory::new(vec![person("tom", &["ada"]), person("ada", &["bea"]), person("bea", &[])]);
/// let about = ["tom".to_owned(), "ada".to_owned()];
/// let found = line_manager(&directory, &Asked { about: &about, unavailable: &BTreeMap::new(), nominated: None });
/// assert_eq!(found.words(), ["ada was passed over: the complaint is about them.", "bea is asked. They are above ada and tom."]);
/// ```
pub fn line_manager(directory: &Directory, asked: &Asked<'_>) -> Found {
    let named: BTreeSet<&str> = asked.about.iter().map(String::as_str).collect();
    let (known, mut past) = known(directory, &named);
    let lines: Vec<BTreeMap<usize, u32>> = known.iter().map(|at| above(directory, *at)).collect();
    let everybody_is_known = past.is_empty() && !known.is_empty();
    let judge = Judge {
        directory,
        asked,
        known: &known,
        lines: &lines,
    };
    let mut who = None;
    for at in judge.in_order() {
        let person = &directory.people()[at];
        match (judge.against(at), person.mailbox()) {
            (None, Some(email)) if everybody_is_known => {
                who = Some(Chosen::Person {
                    key: person.key.clone(),
                    name: person.name.clone(),
                    email: email.to_owned(),
                });
                break;
            }
            (why, _) => past.push(Passed {
                name: person.name.clone(),
                why: why.unwrap_or(Why::NotOfAll),
            }),
        }
    }
    past.extend(gaps(directory, &known, &lines));
    let nominated = || match asked.nominated.filter(|nominated| judge.may_be_asked(nominated)) {
        Some(nominated) => Chosen::Nominated(nominated.clone()),
        None => Chosen::Nobody,
    };
    let who = who.unwrap_or_else(nominated);
    let name = |key: &&str| {
        directory
            .person(key)
            .map_or_else(|| (*key).to_owned(), |person| person.name.clone())
    };
    Found {
        who,
        about: named.iter().map(name).collect(),
        past,
    }
}

/// The places of those named whom the directory holds, and the others as gaps.
fn known(directory: &Directory, named: &BTreeSet<&str>) -> (Vec<usize>, Vec<Passed>) {
    let (mut known, mut gaps) = (Vec::new(), Vec::new());
    for key in named {
        match directory.at(key) {
            Some(at) => known.push(at),
            None => gaps.push(Passed {
                name: (*key).to_owned(),
                why: Why::Unknown,
            }),
        }
    }
    (known, gaps)
}

/// Where the line breaks off because the directory names somebody whom it does not hold.
fn gaps(directory: &Directory, known: &[usize], lines: &[BTreeMap<usize, u32>]) -> Vec<Passed> {
    let walked: BTreeSet<usize> = lines.iter().flat_map(BTreeMap::keys).chain(known).copied().collect();
    let people = walked.into_iter().map(|at| &directory.people()[at]);
    let lacks = |person: &&DirectoryPerson| person.managers.iter().any(|key| directory.at(key).is_none());
    let gap = |person: &DirectoryPerson| Passed {
        name: person.name.clone(),
        why: Why::Dangling,
    };
    people.filter(lacks).map(gap).collect()
}

struct Judge<'a> {
    directory: &'a Directory,
    asked: &'a Asked<'a>,
    known: &'a [usize],
    lines: &'a [BTreeMap<usize, u32>],
}

impl Judge<'_> {
    /// Everybody above somebody named, the nearest first.
    fn in_order(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.lines.iter().flat_map(BTreeMap::keys).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.sort_by_cached_key(|at| {
            let steps = self.lines.iter().filter_map(|line| line.get(at)).copied();
            let (furthest, together) = steps.fold((0, 0), |(most, sum), far| (far.max(most), sum + far));
            (furthest, together, self.directory.people()[*at].name.clone(), *at)
        });
        all
    }

    /// Why somebody cannot be asked.
    fn against(&self, at: usize) -> Option<Why> {
        let person = &self.directory.people()[at];
        if self.known.contains(&at) {
            return Some(Why::Named);
        }
        let by_person = match (self.asked.unavailable.get(&person.key), person.away) {
            (Some(Unavailable::Conflicted), _) => Some(Why::Conflicted),
            (_, Some(Away::Closed)) => Some(Why::Closed),
            (Some(Unavailable::Absent), _) | (_, Some(Away::Absent)) => Some(Why::Absent),
            (None, None) => None,
        };
        let without = || person.mailbox().is_none().then_some(Why::NoMailbox);
        by_person.or_else(without).or_else(|| self.by_place(at))
    }

    fn by_place(&self, at: usize) -> Option<Why> {
        let own = above(self.directory, at);
        if self.known.iter().any(|named| own.contains_key(named)) {
            return Some(Why::Circle);
        }
        let of_all = self.lines.iter().all(|line| line.contains_key(&at));
        (!of_all).then_some(Why::NotOfAll)
    }

    /// The nominated person may be somebody of the directory, by their address; then they must be neither named nor conflicted nor away.
    fn may_be_asked(&self, nominated: &Nominated) -> bool {
        let same = self.directory.known_as(&nominated.email);
        same.iter()
            .all(|person| !self.asked.about.contains(&person.key) && !self.asked.unavailable.contains_key(&person.key))
    }
}

impl Found {
    /// How it came about, a sentence each, the answer last.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.past.iter().map(Passed::words).collect();
        words.push(self.answer());
        words
    }

    fn answer(&self) -> String {
        let about = match self.about.as_slice() {
            [] => "nobody whom the directory holds".to_owned(),
            names => listed(names),
        };
        match &self.who {
            Chosen::Person { name, .. } => format!("{name} is asked. They are above {about}."),
            Chosen::Nominated(Nominated { name, .. }) => {
                format!(
                    "Nobody above {about} can be asked by the directory, so it is {name}, the nominated person outside."
                )
            }
            Chosen::Nobody => format!("Nobody above {about} can be asked, nor the nominated person: choose somebody."),
        }
    }
}

impl Passed {
    /// In a sentence.
    pub fn words(&self) -> String {
        let Passed { name, why } = self;
        let because = match why {
            Why::Named => "the complaint is about them",
            Why::Conflicted => "they have a conflict of interest",
            Why::Absent => "they are away",
            Why::Closed => "their account is closed",
            Why::NoMailbox => "the directory has no email address for them",
            Why::Circle => {
                "the directory goes round in a circle here, and they also report to somebody whom it is about"
            }
            Why::NotOfAll => "they are not above everybody whom it is about",
            Why::Dangling => return format!("The directory names a line manager of {name} whom it does not hold."),
            Why::Unknown => return format!("The directory does not hold {name}, whom the complaint is about."),
        };
        format!("{name} was passed over: {because}.")
    }
}
