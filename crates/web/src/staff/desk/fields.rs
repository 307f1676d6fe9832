//! Errors under the names that a form gives its fields, in the order of its page: rules name some fields otherwise.

use crate::page::form::Errors;

/// A field of a form, and what the rules call it.
pub(crate) type Field = (&'static str, &'static [&'static str]);

/// The errors in the order of the page, one for each field. What belongs to no field of the page stands at the first.
pub(crate) fn arranged(errors: &Errors, page: &[Field]) -> Errors {
    let mut arranged = Errors::none();
    for (field, aliases) in page {
        let mut mine = errors
            .iter()
            .filter(|error| error.field == *field || aliases.contains(&error.field.as_str()));
        if let Some(error) = mine.next() {
            arranged.add(*field, error.message.clone());
        }
    }
    let known = |name: &str| {
        page.iter()
            .any(|(field, aliases)| name == *field || aliases.contains(&name))
    };
    for error in errors.iter().filter(|error| !known(&error.field)) {
        arranged.add(page.first().map_or("", |(field, _)| *field), error.message.clone());
    }
    arranged
}

/// All errors of both, the first ones first.
pub(crate) fn together(mut errors: Errors, more: &Errors) -> Errors {
    more.iter()
        .for_each(|error| errors.add(error.field.clone(), error.message.clone()));
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stand_once_in_the_order_of_the_page_under_its_names() {
        let errors = Errors::none()
            .with("email", "An address")
            .with("phone", "A number")
            .with("what", "Words")
            .with("lost", "Else");
        let page: [Field; 3] = [("words", &["what"]), ("reply", &["email", "phone"]), ("job", &[])];
        let arranged = arranged(&errors, &page);
        let read: Vec<(&str, &str)> = arranged
            .iter()
            .map(|error| (error.field.as_str(), error.message.as_str()))
            .collect();
        assert_eq!(read, [("words", "Words"), ("reply", "An address"), ("words", "Else")]);
    }
}
