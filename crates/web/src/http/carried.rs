//! A form on its way through a door. Somebody who must first say who they are carries along what they wrote, in hidden fields of
//! the page that asks them; nothing of it is kept here.

use rules::files::FileName;

use super::posted::Posted;

/// The field of a door's form that names where the carried form was going.
const TO: &str = "to";
/// The fields of a door's form that name the files which came with the carried form.
const WITHOUT: &str = "without";
/// Stands before the name of every carried field, so that none is taken for a field of the door.
const MARK: &str = "kept.";

/// The fields of a form that could not be taken yet, and where it was going. Never a password or the token of a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Carried {
    /// The address that the form was sent to.
    pub to: String,
    /// Its fields, in order.
    pub fields: Vec<(String, String)>,
    /// The names of files that came with it. No page can hold a file: they are to be chosen again.
    pub files: Vec<String>,
}

impl Carried {
    /// A form that was sent to an address.
    pub fn of(to: &str, posted: &Posted) -> Carried {
        Carried::safe(to, posted.fields().iter().cloned())
    }

    /// The same, of a form with whose files nothing could be done.
    #[must_use]
    pub fn without(self, files: &[String]) -> Carried {
        let files = files.iter().map(|name| FileName::of(name).to_string()).collect();
        Carried { files, ..self }
    }

    /// What the form of a door carries; none if it carries nothing.
    pub fn through(door: &Posted) -> Option<Carried> {
        let to = door.some(TO)?;
        let carried = door.fields().iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(MARK)?;
            Some((name.to_owned(), value.clone()))
        });
        let files: Vec<String> = door.all(WITHOUT).into_iter().map(str::to_owned).collect();
        Some(Carried::safe(to, carried).without(&files))
    }

    /// The hidden fields that a door's form carries it in.
    pub fn along(&self) -> Vec<(String, String)> {
        let fields = self
            .fields
            .iter()
            .map(|(name, value)| (format!("{MARK}{name}"), value.clone()));
        std::iter::once((TO.to_owned(), self.to.clone()))
            .chain(fields)
            .chain(self.files.iter().map(|name| (WITHOUT.to_owned(), name.clone())))
            .collect()
    }

    fn safe(to: &str, fields: impl Iterator<Item = (String, String)>) -> Carried {
        let fields = fields.filter(|(name, _)| name != "csrf" && !is_secret(name));
        Carried {
            to: to.to_owned(),
            // No page can hold a NUL, and nobody typed one.
            fields: fields.map(|(name, value)| (name, value.replace('\0', ""))).collect(),
            files: Vec::new(),
        }
    }
}

/// Whether a field holds a password. No page ever shows or carries one.
pub fn is_secret(name: &str) -> bool {
    name.to_ascii_lowercase().contains("password")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_comes_through_the_door_in_order_and_apart_from_its_own() {
        let sent = Posted::parse(b"csrf=old&once=k1&who=Kit&remedy=a&remedy=b&note=One%0ATwo&to=3&kept.x=y");
        let carried = Carried::of("/staff/c/FC-1/note", &sent);
        let mut door = vec![
            ("who".to_owned(), "amara".to_owned()),
            ("password".to_owned(), "p".to_owned()),
        ];
        door.extend(carried.along());
        let through = Carried::through(&Posted::from_pairs(&door)).unwrap();
        assert!(through == carried);
        assert_eq!(through.to, "/staff/c/FC-1/note");
        assert_eq!(through.fields, sent.fields()[1..], "all but the token of the session");
    }

    #[test]
    fn files_cannot_come_along_but_their_names_do_without_what_nobody_typed() {
        let carried = Carried::of("/staff/c/FC-1/note", &Posted::parse(b"note=a")).without(&["a.png".to_owned()]);
        let through = Carried::through(&Posted::from_pairs(&carried.along())).unwrap();
        assert!(through == carried);
        let made_up = Posted::parse(b"to=/staff/me&without=..%2F..%2Fe%E2%80%AEtc%00");
        assert_eq!(Carried::through(&made_up).unwrap().files, ["etc"]);
    }

    #[test]
    fn a_password_is_carried_neither_way() {
        let names = b"password=p&present_password=p&new_password=p&again_password=p&Password2=p&name=Kit";
        let carried = Carried::of("/staff/settings/people", &Posted::parse(names));
        assert_eq!(carried.fields, [("name".to_owned(), "Kit".to_owned())]);
        let made_up = Posted::parse(b"to=/staff/me&kept.new_password=p&kept.csrf=c");
        assert_eq!(Carried::through(&made_up).unwrap().fields, []);
    }

    #[test]
    fn a_door_without_a_form_carries_nothing() {
        assert!(Carried::through(&Posted::parse(b"who=amara&password=p&kept.note=x")).is_none());
    }

    #[test]
    fn what_no_page_can_hold_is_left_out() {
        let carried = Carried::of("/staff/log", &Posted::parse(b"note=a%00b%E2%80%AEc"));
        assert_eq!(carried.fields[0].1, "ab\u{202E}c");
    }
}
