//! `redress demo`: an invented university with a year of cases, on this machine only.

use std::fs::File;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use casework::{Office, OfficeParts, StoppedClock, SystemClock, Ticking};
use clap::Args;
use documents::letter::Wording;
use storage::files::FileStore;
use storage::{Keys, Server, StorageError, Store};

use super::{Answer, block_on, serve};
use crate::config::{Automatic, Described, Email, EmailMode, PerDomain, Security};
use crate::demo::{self, Grown, LetterBoxHook, Span};
use crate::shipped;
use crate::wiring::{self, Ending, House, Purpose};

/// How to try it.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The port on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the data goes; an earlier demonstration there is shown again
    #[arg(long, default_value = "target/demo", value_name = "FOLDER")]
    dir: PathBuf,
    /// Throw an earlier demonstration away and load a new one
    #[arg(long)]
    fresh: bool,
    /// The address of a PostgreSQL server with an empty database, instead of a file in the folder
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
    /// The address that people reach it by, where something stands in front of it: several nodes, started one after another with the same
    /// folder and database
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// How many cases to tell; many are told over several years, and take minutes
    #[arg(long, default_value_t = demo::CASES, value_name = "NUMBER")]
    cases: usize,
    /// Copy what was told until there are so many: for benches alone, with words and people that mean nothing
    #[arg(long, hide = true, conflicts_with = "cases", value_name = "NUMBER")]
    grown_to: Option<usize>,
}

/// Runs the command.
pub(super) fn run(demo: Demo) -> Answer {
    serve::start_log();
    block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, demo.port));
        let listener = wiring::listen(address).await?;
        let url = match demo.public_url {
            Some(url) => url,
            None => format!("http://{}", listener.local_addr()?),
        };
        let folder = Folder::prepare(&demo.dir, demo.fresh)?.over(demo.database);
        if !folder.loaded() {
            let grown = demo.grown_to.map(|to| Grown { to });
            load(&folder, &url, (grown.map_or(demo.cases, Grown::told), grown)).await?;
        }
        folder.describe(listener.local_addr()?, &url)?;
        let wording = Arc::new(Wording::built_in()?);
        let store = folder.store(Store::open).await?;
        let office = office(store, Arc::new(SystemClock), &url, wording.clone()).await?;
        office.keep_directory(demo::directory::section(&folder.path)?.parts()?);
        // Before it says how it is stopped.
        let ending = Ending::listen()?;
        introduce(&url, &folder);
        let house = House {
            office,
            wording,
            email: folder.email(),
            mail: None,
            institution: demo::pages(),
            transport: web::Transport::Loopback,
            proxy: web::http::site::Proxy::None,
            purpose: Purpose::Demonstration,
        };
        wiring::serve(house, listener, ending).await?;
        Ok(ExitCode::SUCCESS)
    })?
}

#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
async fn load(
    folder: &Folder,
    url: &str,
    (cases, grown): (usize, Option<Grown>),
) -> Result<(), Box<dyn std::error::Error>> {
    println!("Loading an invented university and a year of its cases. This takes a moment, once.");
    let started = Instant::now();
    let span = Span {
        until: SystemClock.now(),
        cases,
        grown,
    };
    let clock = StoppedClock::at(span.opening());
    let wording = Arc::new(Wording::built_in()?);
    let store = folder.store(Store::open_to_fill).await?;
    let office = office(store, Arc::new(clock.clone()), url, wording).await?;
    let summary = demo::load(&office, &clock, span, &LetterBoxHook::into(folder.letters())).await?;
    office.close().await?;
    folder.finish()?;
    println!("{summary} Loaded in {:.1} s.", started.elapsed().as_secs_f64());
    Ok(())
}

async fn office(
    store: Store,
    clock: Arc<dyn Ticking>,
    url: &str,
    letters: Arc<Wording>,
) -> Result<Arc<Office>, Box<dyn std::error::Error>> {
    let parts = OfficeParts {
        store,
        clock,
        institution: demo::institution(url.to_owned()),
        procedure: shipped::PROCEDURE.owned(),
        calendars: shipped::CALENDARS.iter().map(|calendar| calendar.owned()).collect(),
        files: rules::files::Limits::default(),
        letters,
    };
    Ok(Office::open(parts).await?)
}

fn introduce(url: &str, folder: &Folder) {
    println!(
        "\nPublic site    {url}/\nStaff console  {url}/staff\n\nSign in as (the password is the same for all: {})",
        demo::PASSWORD
    );
    for sign_in in demo::SIGN_INS {
        println!("  {:<12} {}, {}", sign_in.username, sign_in.name, sign_in.role_words);
    }
    println!(
        "\nLetters are kept as files in {} instead of being sent.\nOther commands work on it too: redress audit verify --config {}\nStop with ctrl-c.",
        folder.letters().display(),
        folder.configuration().display()
    );
}

/// What the marker of a whole demonstration says.
const LOADED: &str = "loaded";

/// The folder of a demonstration.
struct Folder {
    path: PathBuf,
    /// The address of the server that has its database; without one it lies in the folder.
    server: Option<String>,
}

impl Folder {
    /// Makes the folder ready: a new one, an earlier demonstration, or an empty place for a new one. Whatever else is there is left alone.
    fn prepare(path: &Path, fresh: bool) -> Result<Folder, Box<dyn std::error::Error>> {
        let folder = Folder {
            path: path.to_path_buf(),
            server: None,
        };
        if !folder.begun() && !is_empty(path)? {
            let words = format!(
                "{} holds something that is not a demonstration. Choose another folder with --dir",
                path.display()
            );
            return Err(words.into());
        }
        if fresh || !folder.loaded() {
            folder.clear()?;
        }
        std::fs::create_dir_all(folder.letters())?;
        // Written before anything else, so that a demonstration that was stopped while it loaded is known as one.
        if !folder.begun() {
            std::fs::write(folder.marker(), "loading\n")?;
        }
        Ok(folder)
    }

    /// The same with its database on a server, where one is named.
    fn over(self, server: Option<String>) -> Folder {
        Folder { server, ..self }
    }

    /// Removes what an earlier demonstration left; the marker goes last.
    fn clear(&self) -> std::io::Result<()> {
        let database = self.database();
        for beside in ["", "-wal", "-shm"] {
            let mut file = database.clone().into_os_string();
            file.push(beside);
            remove(std::fs::remove_file(file))?;
        }
        for ours in [
            self.letters(),
            self.keys(),
            self.files(),
            self.path.join("procedures"),
            self.path.join("calendars"),
        ] {
            remove(std::fs::remove_dir_all(ours))?;
        }
        remove(std::fs::remove_file(self.configuration()))?;
        remove(std::fs::remove_file(self.marker()))
    }

    /// Writes the files that the other commands need, so that they can be tried on the demonstration too.
    fn describe(&self, address: SocketAddr, url: &str) -> Result<(), Box<dyn std::error::Error>> {
        if !self.path.join("procedures").exists() {
            shipped::write(&self.path)?;
        }
        let institution = demo::institution(url.to_owned());
        let described = Described {
            organisation: &institution.organisation,
            unit: &institution.unit,
            phone: &institution.phone,
            email: &institution.email,
            public_url: url,
            database: self.server.as_deref().unwrap_or("redress.db"),
            database_password_file: None,
            database_roots: None,
            listen: &address.to_string(),
            proxy: "false",
        };
        described.write(&self.configuration())?;
        let section = demo::directory::write(&self.path)?;
        let mut configuration = File::options().append(true).open(self.configuration())?;
        Ok(configuration.write_all(section.as_bytes())?)
    }

    fn configuration(&self) -> PathBuf {
        self.path.join("redress.toml")
    }

    fn begun(&self) -> bool {
        self.marker().exists()
    }

    fn loaded(&self) -> bool {
        std::fs::read_to_string(self.marker()).is_ok_and(|state| state.trim() == LOADED)
    }

    fn finish(&self) -> std::io::Result<()> {
        std::fs::write(self.marker(), format!("{LOADED}\n"))
    }

    fn marker(&self) -> PathBuf {
        self.path.join("redress-demonstration")
    }

    fn database(&self) -> PathBuf {
        self.path.join("redress.db")
    }

    fn letters(&self) -> PathBuf {
        self.path.join("letters-sent")
    }

    fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }

    /// Where the store puts files: beside the database.
    fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    /// The store of the folder, opened by one of the two ways, or of a server; its keys are made with it.
    async fn store(
        &self,
        open: fn(&Path, Keys) -> Result<Store, StorageError>,
    ) -> Result<Store, Box<dyn std::error::Error>> {
        let keys = if self.keys().exists() {
            Keys::load(&self.keys())?
        } else {
            Keys::create(&self.keys())?
        };
        match &self.server {
            None => Ok(open(&self.database(), keys)?),
            Some(address) => {
                Ok(Store::connect(&Server::parse(address)?, FileStore::folder(&self.files()), keys).await?)
            }
        }
    }

    fn email(&self) -> Email {
        Email {
            mode: EmailMode::LetterBox,
            from: "it-feedback@calderbrook.example".to_owned(),
            from_name: "Calderbrook University IT Services".to_owned(),
            host: None,
            port: None,
            security: Security::None,
            username: None,
            roots: None,
            password_file: None,
            oauth: None,
            folder: Some(self.letters()),
            reply_to: None,
            return_path: None,
            plus: false,
            automatic: Automatic::default(),
            per_domain: PerDomain::default(),
            dkim: None,
        }
    }
}

fn remove(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn is_empty(path: &Path) -> std::io::Result<bool> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own that does not exist yet.
    fn place(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("redress-{name}-{}", std::process::id()));
        remove(std::fs::remove_dir_all(&path)).expect("an old folder goes");
        path
    }

    fn write(path: PathBuf) -> PathBuf {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        std::fs::write(&path, "precious").expect("a new file");
        path
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused_and_left_alone() {
        let path = place("demo-foreign");
        let kept = [
            write(path.join("keys/master.key")),
            write(path.join("letters-sent/one.eml")),
        ];
        for fresh in [false, true] {
            let refused = Folder::prepare(&path, fresh).map(|_| ()).expect_err("not ours");
            assert!(refused.to_string().contains("--dir"), "{refused}");
        }
        assert!(kept.iter().all(|file| file.exists()));
    }

    #[test]
    fn an_earlier_demonstration_is_shown_again_a_half_loaded_one_is_begun_anew() {
        let path = place("demo-ours");
        let folder = Folder::prepare(&path, false).expect("a new folder");
        let key = write(folder.keys().join("master.key"));
        assert!(!folder.loaded());
        Folder::prepare(&path, false).expect("half loaded");
        assert!(!key.exists(), "what was half loaded is gone");

        let key = write(folder.keys().join("master.key"));
        folder.finish().expect("a marker");
        assert!(Folder::prepare(&path, false).expect("loaded").loaded());
        assert!(key.exists());
        Folder::prepare(&path, true).expect("fresh");
        assert!(!key.exists() && !folder.loaded());
    }
}
