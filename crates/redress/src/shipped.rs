//! The files that come with the binary: this customer's procedure and the calendars, so that one file is a whole installation.

/// The procedure of the IT Services of a university.
pub(crate) const PROCEDURE: Shipped = Shipped {
    name: "it-services.toml",
    text: include_str!("../../../procedures/it-services.toml"),
};

/// The calendars that the procedure and its presets count with.
pub(crate) const CALENDARS: [Shipped; 4] = [
    Shipped {
        name: "england-and-wales.toml",
        text: include_str!("../../../calendars/england-and-wales.toml"),
    },
    Shipped {
        name: "closures-example.toml",
        text: include_str!("../../../calendars/closures-example.toml"),
    },
    Shipped {
        name: "scotland.toml",
        text: include_str!("../../../calendars/scotland.toml"),
    },
    Shipped {
        name: "any-part-of-uk.toml",
        text: include_str!("../../../calendars/any-part-of-uk.toml"),
    },
];

/// A file inside the binary.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shipped {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Shipped {
    /// Name and text, owned.
    pub(crate) fn owned(self) -> (String, String) {
        (self.name.to_owned(), self.text.to_owned())
    }
}
