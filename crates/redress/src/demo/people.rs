//! The people of Calderbrook University's IT Services: fifteen, one for each thing that can be seen.

use std::sync::Arc;

use casework::Office;
use casework::people::{NewPerson, OfficeHand, add, add_first};
use rules::people::{Person, Role, StaffId};

use super::{DemoError, PASSWORD};

/// Somebody who can sign in.
#[derive(Debug)]
pub(crate) struct SignIn {
    /// What they type.
    pub(crate) username: &'static str,
    /// Full name.
    pub(crate) name: &'static str,
    /// Their job, as letters state it.
    pub(crate) job_title: &'static str,
    /// What they can show.
    pub(crate) role_words: &'static str,
    roles: &'static [Role],
}

/// Who does what in the story, by username.
pub(super) const AMARA: &str = "amara";
pub(super) const JO: &str = "jo";
pub(super) const CALLUM: &str = "callum";
pub(super) const NADIA: &str = "nadia";
pub(super) const WENDY: &str = "wendy";
pub(super) const DANA: &str = "dana";
pub(super) const ISAAC: &str = "isaac";
pub(super) const HELEN: &str = "helen";
pub(super) const GRAHAM: &str = "graham";
pub(super) const SUNITA: &str = "sunita";
const ROSA: &str = "rosa";

/// Everyone, the administrator last. Nobody of these names is meant.
pub(crate) const SIGN_INS: &[SignIn] = &[
    person(
        AMARA,
        "Amara Osei",
        "IT Helpline",
        "frontline handler",
        &[Role::FrontlineHandler],
    ),
    person(
        JO,
        "Jo Bramley",
        "IT Helpline",
        "frontline handler",
        &[Role::FrontlineHandler],
    ),
    person(
        CALLUM,
        "Callum Reyes",
        "IT Helpline, nights and weekends",
        "frontline handler",
        &[Role::FrontlineHandler],
    ),
    person(
        NADIA,
        "Nadia Rahman",
        "IT Helpline Manager",
        "frontline manager, grants more time at stage 1",
        &[Role::FrontlineManager, Role::LineManager],
    ),
    person(
        WENDY,
        "Wendy Pritchard",
        "Complaints Coordinator",
        "triage and requests for stage 2",
        &[Role::ComplaintsCoordinator],
    ),
    person(
        DANA,
        "Dana Kowalczyk",
        "Service Delivery Manager",
        "investigator",
        &[Role::Investigator, Role::ActionOwner],
    ),
    person(
        ISAAC,
        "Isaac Boateng",
        "Infrastructure Manager",
        "investigator",
        &[Role::Investigator, Role::ActionOwner],
    ),
    person(
        HELEN,
        "Helen Marsh",
        "Associate Director, IT Services",
        "senior manager, signs letters off",
        &[Role::SignOffAuthority, Role::Investigator],
    ),
    person(
        GRAHAM,
        "Graham Eddowes",
        "Director of IT Services",
        "senior manager, signs letters off",
        &[Role::SignOffAuthority, Role::SeniorReader],
    ),
    person(
        SUNITA,
        "Sunita Verma",
        "Customer Services Senior Manager",
        "reviewer, grants more time at stage 2",
        &[Role::Reviewer, Role::SeniorReader],
    ),
    person(
        "frances",
        "Frances Amadi",
        "Pro-Vice-Chancellor",
        "senior reader, reads the reviews without personal data",
        &[Role::SeniorReader],
    ),
    person(
        "bronwen",
        "Bronwen Pugh",
        "Head of Service Quality",
        "owner of the procedure",
        &[Role::ProcedureOwner, Role::TrainingLead],
    ),
    person(
        "oliver",
        "Oliver Tranter",
        "Data Protection Officer",
        "data protection officer",
        &[Role::DataProtectionOfficer],
    ),
    person("mei", "Mei Zhou", "Internal Auditor", "auditor", &[Role::Auditor]),
    person(
        ROSA,
        "Rosa Lindqvist",
        "Systems Administrator",
        "administrator, opens the letter box",
        &[Role::Administrator],
    ),
];

const fn person(
    username: &'static str,
    name: &'static str,
    job_title: &'static str,
    role_words: &'static str,
    roles: &'static [Role],
) -> SignIn {
    SignIn {
        username,
        name,
        job_title,
        role_words,
        roles,
    }
}

/// The username as the story keeps it; `None` if nobody has it.
pub(super) fn username(name: &str) -> Option<&'static str> {
    SIGN_INS
        .iter()
        .map(|sign_in| sign_in.username)
        .find(|username| *username == name)
}

impl SignIn {
    fn as_new(&self) -> NewPerson {
        NewPerson {
            username: self.username.to_owned(),
            email: format!("{}@calderbrook.example", self.name.to_lowercase().replace(' ', ".")),
            name: self.name.to_owned(),
            job_title: self.job_title.to_owned(),
            roles: self.roles.to_vec(),
            password: PASSWORD.to_owned(),
        }
    }
}

/// The staff as the office knows them.
#[derive(Debug)]
pub(super) struct Staff(Vec<(&'static str, Person)>);

impl Staff {
    /// Adds everyone: the administrator first, who adds the others.
    pub(super) async fn settle_in(office: &Arc<Office>) -> Result<Staff, DemoError> {
        let mut known = Vec::new();
        let mut administrator = None;
        for sign_in in SIGN_INS.iter().rev() {
            let id = match &administrator {
                None => add_first(office, &sign_in.as_new()).await?,
                Some(by) => {
                    let hand = OfficeHand { office, by, once: "" };
                    add(hand, &sign_in.as_new()).await?
                }
            };
            let person = office.person(id).ok_or(DemoError::Nobody {
                username: sign_in.username.to_owned(),
            })?;
            administrator.get_or_insert_with(|| person.clone());
            known.push((sign_in.username, person));
        }
        Ok(Staff(known))
    }

    /// Everyone who handles cases, and so many more: a larger university has more people, not fuller desks.
    pub(super) async fn and_colleagues(&self, office: &Arc<Office>, more: usize) -> Result<Vec<StaffId>, DemoError> {
        let mut all: Vec<StaffId> = Vec::new();
        for username in [JO, CALLUM] {
            all.push(self.get(username)?.id);
        }
        let by = self.get(ROSA)?;
        while all.len() < more {
            let number = all.len();
            let new = NewPerson {
                username: format!("handler{number}"),
                email: format!("handler.{number}@calderbrook.example"),
                name: format!("Handler {number}"),
                job_title: "IT Helpline".to_owned(),
                roles: vec![Role::FrontlineHandler],
                password: PASSWORD.to_owned(),
            };
            all.push(add(OfficeHand { office, by, once: "" }, &new).await?);
        }
        Ok(all)
    }

    /// Somebody by username.
    pub(super) fn get(&self, username: &str) -> Result<&Person, DemoError> {
        let found = self.0.iter().find(|(known, _)| *known == username);
        found.map(|(_, person)| person).ok_or_else(|| DemoError::Nobody {
            username: username.to_owned(),
        })
    }
}
