//! Somebody's account as an administrator keeps it, and what a form about it must hold.

use std::collections::BTreeSet;

use crate::case::change::{FieldError, Refused};
use crate::people::{Person, Role, StaffId};

/// The shortest password (NIST SP 800-63B-4 asks for 15 where it is the only factor, and at least 8; we take 12 and check no composition).
const SHORTEST_PASSWORD: usize = 12;

/// A member of staff with what they sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Who they are to a rule.
    pub person: Person,
    /// What they sign in with.
    pub username: String,
    /// Their e-mail address; it signs in too.
    pub email: String,
    /// Whether they work here now.
    pub standing: Standing,
}

/// Whether somebody works here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They do, and can sign in.
    Here,
    /// They left. Their name stays on what they did.
    Left,
}

/// Somebody new, as a form states them. Without `Debug`: it holds a password, and nothing may log it (R31).
#[derive(Clone, Default)]
pub struct NewPerson {
    /// What they sign in with.
    pub username: String,
    /// Their e-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Job title, as letters state it.
    pub job_title: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// A first password.
    pub password: String,
}

/// What may change about somebody, as a form states it. The username stays.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// Their e-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Job title, as letters state it.
    pub job_title: String,
    /// Their roles.
    pub roles: Vec<Role>,
}

impl Account {
    /// True while they work here.
    pub fn is_here(&self) -> bool {
        self.standing == Standing::Here
    }

    /// Who.
    pub fn id(&self) -> StaffId {
        self.person.id
    }

    fn signs_in_with(&self, login: &str) -> bool {
        let login = login.trim().to_lowercase();
        self.username.to_lowercase() == login || self.email.to_lowercase() == login
    }
}

impl Details {
    /// The same without space around the words, and each role once.
    pub(super) fn tidied(&self) -> (String, String, String, BTreeSet<Role>) {
        let trimmed = |words: &str| words.trim().to_owned();
        let roles = self.roles.iter().copied().collect();
        (
            trimmed(&self.name),
            trimmed(&self.email),
            trimmed(&self.job_title),
            roles,
        )
    }

    /// What is missing or does not fit, in the order of the form. An address may not be how somebody else signs in, present or former.
    pub(super) fn faults(&self, staff: &[Account], who: Option<StaffId>) -> Vec<FieldError> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(FieldError::new("name", "Enter their full name"));
        }
        if !crate::intake::contact::looks_like_email(self.email.trim()) {
            faults.push(FieldError::new(
                "email",
                "Enter an email address, like name@example.com",
            ));
        } else if is_taken(&self.email, staff, who) {
            faults.push(FieldError::new(
                "email",
                "Somebody already signs in with this email address. Enter another",
            ));
        }
        if self.job_title.trim().is_empty() {
            faults.push(FieldError::new(
                "job_title",
                "Enter their job title, as a letter states it",
            ));
        }
        if self.roles.is_empty() {
            faults.push(FieldError::new("roles", "Choose at least one role"));
        }
        faults
    }
}

impl NewPerson {
    /// Checks everything that a new person needs.
    ///
    /// # Errors
    /// One message per field that cannot be used, in the order of the form.
    pub(super) fn check(&self, staff: &[Account]) -> Result<(), Refused> {
        let mut faults = self.details().faults(staff, None);
        if let Some(fault) = self.username_fault(staff) {
            let after_name = faults.iter().take_while(|fault| fault.field == "name").count();
            faults.insert(after_name, fault);
        }
        faults.extend(check_password(&self.password).err());
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Refused::Fields { fields: faults })
        }
    }

    fn username_fault(&self, staff: &[Account]) -> Option<FieldError> {
        let username = self.username.trim();
        let message = if username.is_empty() || username.contains(char::is_whitespace) {
            "Enter a username without spaces"
        } else if is_taken(username, staff, None) {
            "Somebody already has this username. Choose another"
        } else {
            return None;
        };
        Some(FieldError::new("username", message))
    }

    pub(super) fn details(&self) -> Details {
        Details {
            email: self.email.clone(),
            name: self.name.clone(),
            job_title: self.job_title.clone(),
            roles: self.roles.clone(),
        }
    }
}

/// Whether somebody new can be added as they are described, but for a name or an address that is taken.
///
/// # Errors
/// One message per field that cannot be used.
pub fn check(new: &NewPerson) -> Result<(), Refused> {
    new.check(&[])
}

/// Whether somebody other than `who` signs in with these words.
fn is_taken(login: &str, staff: &[Account], who: Option<StaffId>) -> bool {
    staff
        .iter()
        .any(|account| Some(account.id()) != who && account.signs_in_with(login))
}

/// Checks a password that somebody chose.
///
/// # Errors
/// What to do about the field `password`.
pub fn check_password(password: &str) -> Result<(), FieldError> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(FieldError::new(
            "password",
            "Enter a password of at least 12 characters. Three or four words are easy to remember",
        ));
    }
    Ok(())
}
