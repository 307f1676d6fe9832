//! A commented configuration file for a new installation.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

/// What a new configuration says; everything else stands in it with its usual value and a comment.
pub(crate) struct Described<'a> {
    /// "Calderbrook University".
    pub organisation: &'a str,
    /// "IT Services".
    pub unit: &'a str,
    /// The line to call.
    pub phone: &'a str,
    /// The address for feedback by e-mail.
    pub email: &'a str,
    /// The address of the public site.
    pub public_url: &'a str,
    /// The file of the database, or the address of its server.
    pub database: &'a str,
    /// The file with the password of that server.
    pub database_password_file: Option<&'a str>,
    /// The file with the authorities that are trusted of that server.
    pub database_roots: Option<&'a str>,
    /// Where it listens: "127.0.0.1:8080".
    pub listen: &'a str,
    /// "true" where a proxy in front says whose request it is.
    pub proxy: &'a str,
}

impl Described<'_> {
    /// Writes the file; a new one is its owner's alone, since it may come to hold a password.
    pub(crate) fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(self.to_toml().as_bytes())
    }

    /// What stands in the file.
    pub(crate) fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let file = |name: &str, given: Option<&str>, usual: &str| match given {
            Some(file) => format!("{name} = {}", quoted(file)),
            None => format!("# {name} = \"{usual}\""),
        };
        let password_file = file(
            "database_password_file",
            self.database_password_file,
            "keys/database-password",
        );
        let roots = file("database_roots", self.database_roots, "keys/database-roots.pem");
        include_str!("redress.template.toml")
            .replace("{organisation}", &quoted(self.organisation))
            .replace("{unit}", &quoted(self.unit))
            .replace("{phone}", &quoted(self.phone))
            .replace("{email}", &quoted(self.email))
            .replace("{public_url}", &quoted(self.public_url))
            .replace("{database}", &quoted(self.database))
            .replace("{database_password_file}", &password_file)
            .replace("{database_roots}", &roots)
            .replace("{listen}", &quoted(self.listen))
            .replace("{behind_proxy}", self.proxy)
    }
}

#[cfg(test)]
impl Described<'_> {
    /// Calderbrook University behind its proxy.
    pub(crate) fn sample() -> Described<'static> {
        Described {
            organisation: "Calderbrook University",
            unit: "IT Services",
            phone: "01632 960 417",
            email: "feedback@example.ac.uk",
            public_url: "https://feedback.example.ac.uk",
            database: "redress.db",
            database_password_file: None,
            database_roots: None,
            listen: "127.0.0.1:8080",
            proxy: "true",
        }
    }
}
