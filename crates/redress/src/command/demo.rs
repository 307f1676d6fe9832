//! `redress demo`: an invented university with a year of cases, on this machine only.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use casework::{Office, OfficeParts, StoppedClock, SystemClock, Ticking};
use clap::Args;
use documents::letter::Wording;
use storage::{Keys, Store};

use super::{Answer, block_on, serve};
use crate::config::{Email, EmailMode, Security};
use crate::demo::{self, LetterBoxHook};
use crate::shipped;
use crate::wiring::{self, House, Purpose};

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
}

/// Runs the command.
pub(super) fn run(demo: Demo) -> Answer {
    serve::start_log();
    block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, demo.port));
        let listener = wiring::listen(address).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let folder = Folder::prepare(&demo.dir, demo.fresh)?;
        if !folder.loaded() {
            load(&folder, &url).await?;
        }
        let office = folder.office(Arc::new(SystemClock), &url).await?;
        introduce(&url, &folder);
        let house = House {
            office,
            wording: Wording::built_in()?.into(),
            email: folder.email(),
            institution: demo::pages(),
            transport: web::Transport::Loopback,
            proxy: web::http::site::Proxy::None,
            purpose: Purpose::Demonstration,
        };
        wiring::serve(house, listener).await?;
        Ok(ExitCode::SUCCESS)
    })?
}

#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
async fn load(folder: &Folder, url: &str) -> Result<(), Box<dyn std::error::Error>> {
    println!("Loading an invented university and a year of its cases. This takes a moment, once.");
    let started = Instant::now();
    let until = SystemClock.now();
    let clock = StoppedClock::at(until);
    let office = folder.office(Arc::new(clock.clone()), url).await?;
    let summary = demo::load(&office, &clock, until, &LetterBoxHook::into(folder.letters())).await?;
    office.store().close().await?;
    std::fs::write(folder.marker(), "loaded\n")?;
    println!("{summary} Loaded in {:.1} s.", started.elapsed().as_secs_f64());
    Ok(())
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
        "\nLetters are kept as files in {} instead of being sent. Stop with ctrl-c.",
        folder.letters().display()
    );
}

/// The folder of a demonstration.
struct Folder(PathBuf);

impl Folder {
    fn prepare(path: &Path, fresh: bool) -> std::io::Result<Folder> {
        let folder = Folder(path.to_path_buf());
        // A folder without our marker is either half loaded or somebody's own: only what we made is removed.
        if path.exists() && (fresh || !folder.loaded()) {
            for ours in [
                folder.database(),
                folder.0.join("demo.db-wal"),
                folder.0.join("demo.db-shm"),
                folder.marker(),
            ] {
                remove(std::fs::remove_file(ours))?;
            }
            remove(std::fs::remove_dir_all(folder.letters()))?;
            remove(std::fs::remove_dir_all(folder.keys()))?;
        }
        std::fs::create_dir_all(folder.letters())?;
        Ok(folder)
    }

    fn loaded(&self) -> bool {
        self.marker().exists()
    }

    fn marker(&self) -> PathBuf {
        self.0.join("demo.loaded")
    }

    fn database(&self) -> PathBuf {
        self.0.join("demo.db")
    }

    fn letters(&self) -> PathBuf {
        self.0.join("letters")
    }

    fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    async fn office(&self, clock: Arc<dyn Ticking>, url: &str) -> Result<Arc<Office>, Box<dyn std::error::Error>> {
        let keys = if self.keys().exists() {
            Keys::load(&self.keys())?
        } else {
            Keys::create(&self.keys())?
        };
        let parts = OfficeParts {
            store: Store::open(&self.database(), keys)?,
            clock,
            institution: demo::institution(url.to_owned()),
            procedure: shipped::PROCEDURE.owned(),
            calendars: shipped::CALENDARS.iter().map(|calendar| calendar.owned()).collect(),
        };
        Ok(Office::open(parts).await?)
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
            password_file: None,
            folder: Some(self.letters()),
        }
    }
}

fn remove(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
