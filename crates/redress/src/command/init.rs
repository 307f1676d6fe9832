//! `redress init`: a new installation, asked for or given by flags.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casework::people::{self, NewPerson, add_first};
use clap::Args;
use rules::people::Role;
use storage::Keys;

use super::{Answer, block_on};
use crate::config::{Config, Database, Described, is_address, is_public_url, named};
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
    /// The database: a file, or the address of a PostgreSQL server (postgres://user@host/database)
    #[arg(long, default_value = "redress.db", value_name = "FILE OR ADDRESS")]
    database: String,
    /// A file with the password of the database server
    #[arg(long, value_name = "FILE")]
    database_password_file: Option<PathBuf>,
    /// A PEM file with certificates that are trusted beside those of the machine, for the database server
    #[arg(long, value_name = "FILE")]
    database_roots: Option<PathBuf>,
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
    shipped::write(&init.folder)?;
    Keys::create(&init.folder.join("keys"))?;
    answers.described().write(&file)?;
    let config = Config::load(&file)?;
    block_on(async {
        let office = wiring::office_with(&config, Database::New, wiring::wording(&config)?).await?;
        add_first(&office, &answers.administrator).await?;
        casework::jobs::checkpoint::sign(&office).await?;
        Ok::<_, Box<dyn std::error::Error>>(office.close().await?)
    })??;
    println!(
        "Made {}.\n\nName a folder for backups under [backup] and run `redress backup init`. The folder keys is in no backup: keep a copy apart from them (`redress backup keys save`). Without the keys nothing can be read, and destroying them is how data is erased.\n\
         Read through redress.toml, put your own closure days into calendars, then start with:\n\n  redress serve --config {}\n\n\
         Sign in at {}/staff as {}.",
        file.display(),
        file.display(),
        answers.public_url,
        answers.administrator.username
    );
    Ok(ExitCode::SUCCESS)
}

struct Answers {
    organisation: String,
    unit: String,
    phone: String,
    email: String,
    public_url: String,
    database: String,
    database_password_file: Option<String>,
    database_roots: Option<String>,
    administrator: NewPerson,
}

impl Answers {
    /// Takes the flags and asks for the rest; each answer is checked as it is given, so that none is lost to a later one.
    fn gather(init: &Init) -> Result<Answers, Fault> {
        let organisation = ORGANISATION.answer(init.organisation.as_deref())?;
        let unit = UNIT.answer(init.unit.as_deref())?;
        let phone = PHONE.answer(init.phone.as_deref())?;
        let email = EMAIL.answer(init.email.as_deref())?;
        let public_url = PUBLIC_URL.answer(init.public_url.as_deref())?;
        let mut administrator = NewPerson {
            username: USERNAME.answer(init.admin_username.as_deref())?,
            name: NAME.answer(init.admin_name.as_deref())?,
            email: ADMIN_EMAIL.answer(init.admin_email.as_deref())?,
            job_title: "Administrator".to_owned(),
            roles: vec![Role::Administrator],
            password: String::new(),
        };
        administrator.password = match &init.admin_password_file {
            Some(path) => named::text(path)?.trim_end().to_owned(),
            None => ask_password()?,
        };
        people::check(&administrator)?;
        Ok(Answers {
            organisation,
            unit,
            phone,
            email,
            public_url: public_url.trim_end_matches('/').to_owned(),
            database: init.database.clone(),
            database_password_file: absolute(init.database_password_file.as_deref())?,
            database_roots: absolute(init.database_roots.as_deref())?,
            administrator,
        })
    }

    fn described(&self) -> Described<'_> {
        Described {
            organisation: &self.organisation,
            unit: &self.unit,
            phone: &self.phone,
            email: &self.email,
            public_url: &self.public_url,
            database: &self.database,
            database_password_file: self.database_password_file.as_deref(),
            database_roots: self.database_roots.as_deref(),
            listen: "127.0.0.1:8080",
            proxy: "true",
        }
    }
}

/// A file as the configuration names it, which lies elsewhere than where the command was given.
fn absolute(file: Option<&Path>) -> std::io::Result<Option<String>> {
    let absolute = file.map(std::path::absolute).transpose()?;
    Ok(absolute.map(|path| path.display().to_string()))
}

type Fault = Box<dyn std::error::Error>;

/// A question, the flag that answers it, and whether an answer will do.
struct Question {
    asks: &'static str,
    flag: &'static str,
    check: fn(&str) -> Result<(), String>,
}

const ORGANISATION: Question = Question::words("The institution (Calderbrook University)", "--organisation");
const UNIT: Question = Question::words("The department (IT Services)", "--unit");
const PHONE: Question = Question::words("The line that people call", "--phone");
const EMAIL: Question = Question::words("The email address for feedback", "--email").that(is_address);
const PUBLIC_URL: Question = Question::words(
    "The address of the public site (https://feedback.example.ac.uk)",
    "--public-url",
)
.that(is_public_url);
const USERNAME: Question =
    Question::words("A username for the first administrator", "--admin-username").that(is_username);
const NAME: Question = Question::words("Their full name", "--admin-name");
const ADMIN_EMAIL: Question = Question::words("Their email address", "--admin-email").that(is_address);

impl Question {
    const fn words(asks: &'static str, flag: &'static str) -> Question {
        Question {
            asks,
            flag,
            check: |_| Ok(()),
        }
    }

    const fn that(self, check: fn(&str) -> Result<(), String>) -> Question {
        Question { check, ..self }
    }

    /// The flag's answer, or the one that is typed; a typed one that will not do is asked for again.
    fn answer(&self, given: Option<&str>) -> Result<String, Fault> {
        if let Some(given) = given {
            let given = given.trim();
            (self.check)(given).map_err(|why| format!("{}: {why}", self.flag))?;
            return Ok(given.to_owned());
        }
        on_a_terminal(self.asks, self.flag)?;
        loop {
            print!("{}: ", self.asks);
            std::io::stdout().flush()?;
            let mut line = String::new();
            if std::io::stdin().lock().read_line(&mut line)? == 0 {
                return Err("the questions were not answered; nothing was made".into());
            }
            match (line.trim(), (self.check)(line.trim())) {
                ("", _) => {}
                (answer, Ok(())) => return Ok(answer.to_owned()),
                (_, Err(why)) => println!("  {why}"),
            }
        }
    }
}

fn is_username(text: &str) -> Result<(), String> {
    match text.contains(char::is_whitespace) || text.is_empty() {
        true => Err("choose a username without spaces".to_owned()),
        false => Ok(()),
    }
}

/// Asks for a new password, twice, without showing it.
fn ask_password() -> Result<String, Fault> {
    const ASKS: &str = "A password for the first administrator (at least 12 characters)";
    on_a_terminal(ASKS, "--admin-password-file")?;
    loop {
        let password = rpassword::prompt_password(format!("{ASKS}: "))?;
        if let Err(refused) = people::check_password(&password) {
            println!("  {}", refused.message);
        } else if rpassword::prompt_password("The same again: ")? == password {
            return Ok(password);
        } else {
            println!("  They were not the same.");
        }
    }
}

/// Without a terminal nobody can be asked: the flag must answer.
fn on_a_terminal(asks: &str, flag: &str) -> Result<(), Fault> {
    match std::io::stdin().is_terminal() {
        true => Ok(()),
        false => Err(format!("{asks}: answer with {flag}").into()),
    }
}
