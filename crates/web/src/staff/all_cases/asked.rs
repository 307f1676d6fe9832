//! What an address asks of the list of all cases, and the addresses that ask the same of its pages and its file.

use casework::desk::{OwnedBy, Standing, Wanted};
use rules::case::vocabulary::FeedbackKind;
use rules::people::StaffId;

use crate::http::Asked;
use crate::http::asked::address;
use crate::staff::paths;

/// Where cases stand: the word in an address, and the words of the link.
pub(super) const STANDINGS: [(Standing, &str, &str); 5] = [
    (Standing::Open, "", "Open"),
    (Standing::Escalation, "escalation", "Stage 2 asked for"),
    (Standing::SignOff, "sign-off", "Waiting for sign-off"),
    (Standing::Closed, "closed", "Closed"),
    (Standing::Any, "any", "All"),
];

/// What is sought. What an address asks and no list knows is as if it were not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) wanted: Wanted,
}

impl Sought {
    pub(super) fn of(asked: &Asked) -> Sought {
        let named = STANDINGS.iter().find(|(_, word, _)| *word == asked.get("state"));
        let owner = match asked.get("owner") {
            "nobody" => Some(OwnedBy::Nobody),
            number => number.parse().ok().map(|id| OwnedBy::Person(StaffId(id))),
        };
        Sought {
            wanted: Wanted {
                standing: named.map_or(Standing::Open, |(standing, ..)| *standing),
                stage: asked.get("stage").parse().ok().filter(|stage| (1..=9).contains(stage)),
                kind: FeedbackKind::from_code(asked.get("kind")),
                service: asked.some("service").map(str::to_owned),
                owner,
                late: asked.get("late") == "yes",
                waiting_for_answer: asked.get("answer") == "waiting",
                received_from: asked.get("from").parse().ok(),
                received_until: asked.get("until").parse().ok(),
            },
        }
    }

    /// Anything but every open case.
    pub(super) fn is_narrow(&self) -> bool {
        self.wanted != Wanted::default()
    }

    /// Anything but every case that stands there.
    pub(super) fn is_narrow_otherwise(&self) -> bool {
        self.wanted != Wanted::standing(self.wanted.standing)
    }

    pub(super) fn heading(&self) -> &'static str {
        match self.wanted.standing {
            Standing::Closed => "Closed cases",
            Standing::Any => "All cases",
            Standing::Open | Standing::Escalation | Standing::SignOff => "All open cases",
        }
    }

    pub(super) fn order(&self) -> &'static str {
        match self.wanted.standing {
            Standing::Closed | Standing::Any => "latest received first",
            _ => "soonest deadline first",
        }
    }

    /// The word for where they stand.
    pub(super) fn state(&self) -> &'static str {
        let mine = STANDINGS
            .iter()
            .find(|(standing, ..)| *standing == self.wanted.standing);
        mine.map_or("", |(_, word, _)| *word)
    }

    /// What the form would send for the same.
    pub(super) fn answers(&self) -> Vec<(&'static str, String)> {
        let Wanted {
            stage,
            kind,
            service,
            owner,
            late,
            waiting_for_answer,
            received_from,
            received_until,
            standing: _,
        } = &self.wanted;
        let day = |day: &Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        vec![
            ("stage", stage.map_or_else(String::new, |stage| stage.to_string())),
            ("kind", kind.map_or_else(String::new, |kind| kind.code().to_owned())),
            ("service", service.clone().unwrap_or_default()),
            (
                "owner",
                match owner {
                    Some(OwnedBy::Nobody) => "nobody".to_owned(),
                    Some(OwnedBy::Person(id)) => id.0.to_string(),
                    None => String::new(),
                },
            ),
            ("late", if *late { "yes" } else { "" }.to_owned()),
            ("answer", if *waiting_for_answer { "waiting" } else { "" }.to_owned()),
            ("from", day(received_from)),
            ("until", day(received_until)),
        ]
    }

    /// The address of a page of this list, from a place on. Where nothing is asked it says so: the plain address opens a view.
    pub(super) fn page(&self, after: &str) -> String {
        match self.address(paths::CASES, after) {
            plain if plain == paths::CASES => paths::CASES_OPEN.to_owned(),
            address => address,
        }
    }

    /// What is asked, as the address of the list says it.
    pub(super) fn query(&self) -> String {
        let page = self.page("");
        let query = page.split_once('?').map(|(_, query)| query.to_owned());
        query.filter(|_| self.is_narrow()).unwrap_or_default()
    }

    /// The address of the whole list as a file.
    pub(super) fn file(&self) -> String {
        self.address(paths::CASES_FILE, "")
    }

    /// The address where several of this list are passed on.
    pub(super) fn several(&self) -> String {
        self.address(paths::CASES_PASS_ON, "")
    }

    fn address(&self, path: &str, after: &str) -> String {
        let answers = self.answers();
        let mut pairs = vec![("state", self.state())];
        pairs.extend(answers.iter().map(|(name, value)| (*name, value.as_str())));
        pairs.push(("after", after));
        address(path, &pairs)
    }
}
