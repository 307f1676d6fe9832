//! Reading how a person is reached: name, e-mail, phone, and how they want to hear from us; all of it may be empty (R7, R19).

use super::feedback::{LINE_LIMIT, optional};
use crate::case::change::{FieldError, Refused};
use crate::case::facts::ContactData;
use crate::case::vocabulary::ReplyBy;

/// Contact data as they were posted: each may be missing or wrong.
#[derive(Debug, Clone, Default)]
pub struct RawContact {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
    /// Code of a [`ReplyBy`]; empty means by whatever there is.
    pub reply_by: String,
}

/// Reads contact data.
///
/// # Errors
/// [`Refused::Fields`] with one message per field, each saying what to do.
pub fn read_contact(raw: &RawContact) -> Result<ContactData, Refused> {
    let (contact, mut errors) = understand(raw);
    let lines = [("name", &raw.name), ("email", &raw.email), ("phone", &raw.phone)];
    let longer = lines
        .into_iter()
        .filter(|(_, value)| value.chars().nth(LINE_LIMIT).is_some());
    errors.extend(longer.map(|(field, _)| FieldError::new(field, "Shorten this to 300 characters")));
    if errors.is_empty() {
        Ok(contact)
    } else {
        Err(Refused::Fields { fields: errors })
    }
}

/// What was understood, and what to do about the rest.
pub(super) fn understand(raw: &RawContact) -> (ContactData, Vec<FieldError>) {
    let mut errors = Vec::new();
    let email = optional(&raw.email);
    if email.as_deref().is_some_and(|email| !looks_like_email(email)) {
        errors.push(FieldError::new(
            "email",
            "Enter an email address, like name@example.com",
        ));
    }
    let phone = optional(&raw.phone);
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).count();
    if phone.as_deref().is_some_and(|phone| digits(phone) < 3) {
        errors.push(FieldError::new(
            "phone",
            "Enter a phone number, like 01632 960 417, or an extension of at least 3 digits",
        ));
    }
    let reply_by = reply_by(&raw.reply_by, email.as_deref(), phone.as_deref(), &mut errors);
    let contact = ContactData {
        name: optional(&raw.name),
        email,
        phone,
        reply_by,
    };
    (contact, errors)
}

fn reply_by(chosen: &str, email: Option<&str>, phone: Option<&str>, errors: &mut Vec<FieldError>) -> ReplyBy {
    match ReplyBy::from_code(chosen.trim()) {
        Some(ReplyBy::Email) if email.is_none() => {
            errors.push(FieldError::new(
                "email",
                "Enter an email address, or choose another way for us to reply",
            ));
            ReplyBy::Email
        }
        Some(ReplyBy::Phone) if phone.is_none() => {
            errors.push(FieldError::new(
                "phone",
                "Enter a phone number, or choose another way for us to reply",
            ));
            ReplyBy::Phone
        }
        Some(chosen) => chosen,
        None if email.is_some() => ReplyBy::Email,
        None if phone.is_some() => ReplyBy::Phone,
        None => ReplyBy::TrackingPage,
    }
}

/// One @, something before it, a dot in what follows: enough to catch slips; the mail server has the last word.
pub fn looks_like_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let domain_ok = domain.contains('.')
        && domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-'));
    let plain = |part: &str| {
        part.chars()
            .all(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')'))
    };
    !local.is_empty() && !local.contains('@') && domain_ok && plain(local) && plain(domain) && text.len() <= 254
}
