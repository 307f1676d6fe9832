//! The files that come with the binary: this customer's procedure and the calendars, so that one file is a whole installation.

use std::io::Write;
use std::path::Path;

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

/// Writes the procedure and the calendars into the folder of a new installation, where its owner can change them.
///
/// # Errors
/// When one of them is there already, or the folder cannot be written.
pub(crate) fn write(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    write_new(&folder.join("procedures").join(PROCEDURE.name), PROCEDURE.text)?;
    for calendar in CALENDARS {
        write_new(&folder.join("calendars").join(calendar.name), calendar.text)?;
    }
    Ok(())
}

/// Writes a file that must not be there yet.
///
/// # Errors
/// When it is, or the folder cannot be written.
fn write_new(path: &Path, text: &str) -> Result<(), Box<dyn std::error::Error>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file =
        std::fs::File::create_new(path).map_err(|error| format!("{} cannot be made: {error}", path.display()))?;
    Ok(file.write_all(text.as_bytes())?)
}
