//! One box for two things: what a clerk types while somebody talks, told apart afterwards (R14).

/// A person as typed in one box: a name or a username, never both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The name, or nothing.
    pub name: String,
    /// The username, or nothing.
    pub username: String,
}

/// How to reach somebody as typed in one box: an e-mail address or a phone number, never both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// The e-mail address, or nothing.
    pub email: String,
    /// The phone number, or nothing.
    pub phone: String,
}

/// Usernames are one small-lettered word with a dot, a digit or an underscore in it; everything else is a name.
#[must_use]
pub fn name_or_username(typed: &str) -> Known {
    let typed = typed.trim();
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
    let telling = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_');
    let username = !typed.is_empty() && typed.chars().all(allowed) && typed.chars().any(telling);
    if username {
        Known {
            username: typed.to_owned(),
            ..Known::default()
        }
    } else {
        Known {
            name: typed.to_owned(),
            ..Known::default()
        }
    }
}

/// An address has an @, and nothing else has one.
#[must_use]
pub fn email_or_phone(typed: &str) -> Reach {
    let typed = typed.trim();
    if typed.contains('@') {
        Reach {
            email: typed.to_owned(),
            ..Reach::default()
        }
    } else {
        Reach {
            phone: typed.to_owned(),
            ..Reach::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_told_from_names() {
        for username in ["l.marchetti", "abc123", "ann_lee", " p.o-neill2 "] {
            assert_eq!(name_or_username(username).username, username.trim(), "{username}");
            assert_eq!(name_or_username(username).name, "");
        }
        for name in [
            "Luca Marchetti",
            "Priya",
            "Dr. Bevan",
            "anne-marie",
            "Łukasz",
            "Mr T.",
            "",
        ] {
            assert_eq!(name_or_username(name).name, name, "{name}");
            assert_eq!(name_or_username(name).username, "");
        }
    }

    #[test]
    fn addresses_are_told_from_numbers() {
        assert_eq!(email_or_phone(" a@b.example ").email, "a@b.example");
        assert_eq!(email_or_phone("ext 4451").phone, "ext 4451");
        assert_eq!(email_or_phone(""), Reach::default());
    }
}
