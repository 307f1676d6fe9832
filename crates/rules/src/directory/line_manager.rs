//! Who deals with a complaint about somebody: their line manager, up the line past whoever cannot, to a nominated person outside at the top
//! (R34, A15).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::answer::{Chosen, Found, Nominated, Passed, Why};
use super::tree::above;
use super::{Away, Directory, DirectoryPerson};

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
