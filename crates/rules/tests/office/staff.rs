//! The staff of the stories: everybody of the test kit with an account, and what a refusal says.

use rules::case::Refused;
use rules::office::{Account, Details, Held, NewPerson, Standing};
use rules::people::{Person, Role};
use testkit::{Story, people};

/// Somebody who works here.
pub(crate) fn account(person: Person) -> Account {
    let first = person.first_name().to_lowercase();
    Account {
        email: format!("{first}@calderbrook.example"),
        username: first,
        person,
        standing: Standing::Here,
    }
}

/// The same after they left.
pub(crate) fn former(person: Person) -> Account {
    Account {
        standing: Standing::Left,
        ..account(person)
    }
}

/// Everybody; Tom is the only administrator.
pub(crate) fn everybody() -> Vec<Account> {
    people::everybody().into_iter().map(account).collect()
}

/// Somebody new whom nothing speaks against.
pub(crate) fn kit() -> NewPerson {
    NewPerson {
        username: " kit ".to_owned(),
        email: " kit.vale@calderbrook.example ".to_owned(),
        name: " Kit Vale ".to_owned(),
        job_title: " IT Helpline Analyst ".to_owned(),
        roles: vec![Role::FrontlineHandler, Role::FrontlineHandler],
        password: "three green apples".to_owned(),
    }
}

/// What a form says about somebody when nothing was touched.
pub(crate) fn as_they_are(account: &Account) -> Details {
    Details {
        email: account.email.clone(),
        name: account.person.name.clone(),
        job_title: account.person.job_title.clone(),
        roles: account.person.roles.iter().copied().collect(),
    }
}

/// The case of a story as something that its owner holds.
pub(crate) fn held<'s>(story: &'s Story<'_>) -> Held<'s> {
    Held {
        case: &story.case,
        setting: story.setting(),
    }
}

/// The fields of a refusal with what to do about each.
#[track_caller]
pub(crate) fn fields(refused: Refused) -> Vec<(&'static str, String)> {
    match refused {
        Refused::Fields { fields } => fields.into_iter().map(|field| (field.field, field.message)).collect(),
        other => panic!("not refused by field: {other}"),
    }
}
