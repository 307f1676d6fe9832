//! `redress init`: a new installation, asked for or given by flags.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casework::account::{NewPerson, add_first};
use clap::Args;
use rules::people::Role;
use storage::Keys;

use super::{Answer, block_on};
use crate::config::Config;
use crate::{shipped, wiring};

/// What is asked; a flag answers its question.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder of the new installation
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
    /// The institution: "Calderbrook University"
    #[arg(long)]
    organisation: Option<String>,
    /// The department: "IT Services"
    #[arg(long)]
    unit: Option<String>,
    /// The line that people call
    #[arg(long)]
    phone: Option<String>,
    /// The address for feedback by email; letters come from it
    #[arg(long)]
    email: Option<String>,
    /// The address of the public site: https://feedback.example.ac.uk
    #[arg(long)]
    public_url: Option<String>,
    /// The first administrator's username
    #[arg(long)]
    admin_username: Option<String>,
    /// The first administrator's name
    #[arg(long)]
    admin_name: Option<String>,
    /// The first administrator's email address
    #[arg(long)]
    admin_email: Option<String>,
    /// A file that holds the first administrator's password; asked for if there is none
    #[arg(long, value_name = "FILE")]
    admin_password_file: Option<PathBuf>,
}

/// Runs the command. Nothing that exists is overwritten.
pub(super) fn run(init: Init) -> Answer {
    let file = init.folder.join("redress.toml");
    if file.exists() {
        return Err(format!(
            "{} exists already: this folder is an installation. Choose another folder",
            file.display()
        )
        .into());
    }
    let answers = Answers::gather(&init)?;
    std::fs::create_dir_all(&init.folder)?;
    write_new(
        &init.folder.join("procedures").join(shipped::PROCEDURE.name),
        shipped::PROCEDURE.text,
    )?;
    for calendar in shipped::CALENDARS {
        write_new(&init.folder.join("calendars").join(calendar.name), calendar.text)?;
    }
    Keys::create(&init.folder.join("keys"))?;
    write_new(&file, &answers.configuration())?;
    let config = Config::load(&file)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        add_first(&office, &answers.administrator).await?;
        Ok::<_, Box<dyn std::error::Error>>(office.store().close().await?)
    })??;
    println!(
        "Made {}.\n\nBack up the folder keys apart from the database: without the keys nothing can be read, and destroying them is how data is erased.\n\
         Read through redress.toml, put your own closure days into calendars, then start with:\n\n  redress serve --config {}\n\n\
         Sign in at {}/staff as {}.",
        file.display(),
        file.display(),
        answers.public_url,
        answers.administrator.username
    );
    Ok(ExitCode::SUCCESS)
}

fn write_new(path: &Path, text: &str) -> Result<(), Box<dyn std::error::Error>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file =
        std::fs::File::create_new(path).map_err(|error| format!("{} cannot be made: {error}", path.display()))?;
    Ok(file.write_all(text.as_bytes())?)
}

struct Answers {
    organisation: String,
    unit: String,
    phone: String,
    email: String,
    public_url: String,
    administrator: NewPerson,
}

impl Answers {
    fn gather(init: &Init) -> Result<Answers, Box<dyn std::error::Error>> {
        let password = match &init.admin_password_file {
            Some(path) => super::procedure::read(path)?.trim_end().to_owned(),
            None => ask(
                "A password for the first administrator (at least 12 characters; it is shown as you type)",
                "--admin-password-file",
            )?,
        };
        let or_ask = |given: &Option<String>, question, flag| given.clone().map_or_else(|| ask(question, flag), Ok);
        Ok(Answers {
            organisation: or_ask(
                &init.organisation,
                "The institution (Calderbrook University)",
                "--organisation",
            )?,
            unit: or_ask(&init.unit, "The department (IT Services)", "--unit")?,
            phone: or_ask(&init.phone, "The line that people call", "--phone")?,
            email: or_ask(&init.email, "The email address for feedback", "--email")?,
            public_url: or_ask(
                &init.public_url,
                "The address of the public site (https://feedback.example.ac.uk)",
                "--public-url",
            )?,
            administrator: NewPerson {
                username: or_ask(
                    &init.admin_username,
                    "A username for the first administrator",
                    "--admin-username",
                )?,
                name: or_ask(&init.admin_name, "Their full name", "--admin-name")?,
                email: or_ask(&init.admin_email, "Their email address", "--admin-email")?,
                job_title: "Administrator".to_owned(),
                roles: vec![Role::Administrator],
                password,
            },
        })
    }

    fn configuration(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        include_str!("redress.template.toml")
            .replace("{organisation}", &quoted(&self.organisation))
            .replace("{unit}", &quoted(&self.unit))
            .replace("{phone}", &quoted(&self.phone))
            .replace("{email}", &quoted(&self.email))
            .replace("{public_url}", &quoted(&self.public_url))
    }
}

/// Asks on the terminal; without one, says which flag answers.
fn ask(question: &str, flag: &str) -> Result<String, Box<dyn std::error::Error>> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Err(format!("{question}: answer with {flag}").into());
    }
    loop {
        print!("{question}: ");
        std::io::stdout().flush()?;
        let mut line = String::new();
        if input.lock().read_line(&mut line)? == 0 {
            return Err("the questions were not answered; nothing was made".into());
        }
        if !line.trim().is_empty() {
            return Ok(line.trim().to_owned());
        }
    }
}
