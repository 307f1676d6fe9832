//! The people of an invented university: one for each role that matters, and two where rules forbid one person to do both.

use rules::people::{Person, Role, StaffId};

/// Somebody with these roles.
pub fn person(id: i64, name: &str, job_title: &str, roles: &[Role]) -> Person {
    Person {
        id: StaffId(id),
        name: name.to_owned(),
        job_title: job_title.to_owned(),
        roles: roles.iter().copied().collect(),
    }
}

/// Takes calls at the Helpline.
pub fn amara() -> Person {
    person(1, "Amara Osei", "IT Helpline Analyst", &[Role::FrontlineHandler])
}

/// Takes calls at the Helpline too.
pub fn jo() -> Person {
    person(2, "Jo Whitfield", "IT Helpline Analyst", &[Role::FrontlineHandler])
}

/// Leads the Helpline: approves more time at stage 1.
pub fn marcus() -> Person {
    person(3, "Marcus Bell", "Helpline Manager", &[Role::FrontlineManager])
}

/// Coordinates complaints: triage, stage 2, reopening.
pub fn ruth() -> Person {
    person(
        4,
        "Ruth Abara",
        "Complaints Coordinator",
        &[Role::ComplaintsCoordinator],
    )
}

/// Investigates.
pub fn dana() -> Person {
    person(5, "Dana Kowalczyk", "Service Delivery Manager", &[Role::Investigator])
}

/// Investigates too.
pub fn owen() -> Person {
    person(6, "Owen Pritchard", "Infrastructure Manager", &[Role::Investigator])
}

/// Customer services senior manager: approves more time at stage 2.
pub fn helen() -> Person {
    person(7, "Helen Marsh", "Head of Customer Services", &[Role::Reviewer])
}

/// Senior management: signs off.
pub fn samir() -> Person {
    person(8, "Samir Haddad", "Director of IT Services", &[Role::SignOffAuthority])
}

/// Reads everything and does nothing.
pub fn iris() -> Person {
    person(9, "Iris Novak", "Internal Auditor", &[Role::Auditor])
}

/// Looks after data protection complaints and requests for information.
pub fn leila() -> Person {
    person(
        13,
        "Leila Brandt",
        "Data Protection Officer",
        &[Role::DataProtectionOfficer],
    )
}

/// Runs the installation and sees no case.
pub fn tom() -> Person {
    person(10, "Tom Ferreira", "Systems Administrator", &[Role::Administrator])
}

/// Reads reports without personal data.
pub fn grace() -> Person {
    person(11, "Grace Lindqvist", "Pro Vice Chancellor", &[Role::SeniorReader])
}

/// Does everything in a small department: helpline, coordination, investigation and sign-off in one person, whom only the separation of
/// duties stops.
pub fn robin() -> Person {
    let roles = [
        Role::FrontlineHandler,
        Role::FrontlineManager,
        Role::ComplaintsCoordinator,
        Role::Investigator,
        Role::Reviewer,
        Role::SignOffAuthority,
    ];
    person(12, "Robin Castle", "IT Manager", &roles)
}

/// Everybody, by number.
pub fn everybody() -> Vec<Person> {
    vec![
        amara(),
        jo(),
        marcus(),
        ruth(),
        dana(),
        owen(),
        helen(),
        samir(),
        iris(),
        tom(),
        grace(),
        robin(),
    ]
}
