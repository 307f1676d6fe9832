//! Wiring: an office, a post room and a site from a configuration, and the server that runs them until it is told to stop.

use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use casework::{Office, OfficeParts, SystemClock};
use channels::email::letter_box;
use documents::letter::Wording;
use rules::letters::LetterKind;
use storage::StorageError;
use storage::files::{FileStore, Probe};
use storage::key_fit::{self, KeyFit};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing::{error, info, warn};
use web::http::site::Proxy;
use web::{LetterBox, LetterShown, Site, SiteParts};

use crate::config::{Config, Database, Directory, Email, EmailMode, Mail, named};
use crate::doors::Doors;
use crate::{outgoing, trial};

/// Opens the office that a configuration describes.
pub(crate) async fn office(config: &Config) -> Result<Arc<Office>, Box<dyn Error>> {
    office_with(config, Database::Kept, wording(config)?).await
}

/// Opens the office with a new database or with the one that is kept. The wording is the one that the post room and the pages hold too: what
/// the office writes while the product runs is in all three at once.
pub(crate) async fn office_with(
    config: &Config,
    database: Database,
    wording: Arc<Wording>,
) -> Result<Arc<Office>, Box<dyn Error>> {
    let files = config.file_store()?;
    let store = config.storage.open(database, files).await?;
    let mut calendars = Vec::new();
    for path in &config.procedure.calendars {
        calendars.push(read(path)?);
    }
    let parts = OfficeParts {
        store,
        clock: Arc::new(SystemClock),
        institution: config.institution.for_office(&config.server.public_url),
        procedure: read(&config.procedure.file)?,
        calendars,
        files: config.files.limits(),
        letters: wording,
    };
    let directory = config.directory.as_ref().map(Directory::parts).transpose()?;
    let office = Office::open(parts).await?;
    config.files.show_to_clamd(&office);
    if let Some(directory) = directory {
        office.keep_directory(directory);
    }
    Ok(office)
}

/// The wording of letters that a configuration names, or the one that is built in.
pub(crate) fn wording(config: &Config) -> Result<Arc<Wording>, Box<dyn Error>> {
    let wording = match &config.procedure.wording {
        Some(folder) => Wording::with_folder(folder)?,
        None => Wording::built_in()?,
    };
    Ok(Arc::new(wording))
}

fn read(path: &Path) -> Result<(String, String), Box<dyn Error>> {
    Ok((path.display().to_string(), named::text(path)?))
}

/// Everything that runs.
pub(crate) struct House {
    /// The office.
    pub office: Arc<Office>,
    /// The wording of letters.
    pub wording: Arc<Wording>,
    /// How letters leave.
    pub email: Email,
    /// How mail comes in, if it does.
    pub mail: Option<Mail>,
    /// What pages say about the institution.
    pub institution: web::page::public_shell::Institution,
    /// How browsers reach the site.
    pub transport: web::Transport,
    /// Whose word is taken for the address of a caller.
    pub proxy: Proxy,
    /// Whether the site is only tried out.
    pub purpose: Purpose,
}

/// What a site is run for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// People complain here. No page shows letters: whoever reads one holds the way back of a complainant (R31).
    Service,
    /// Nobody does: letters can be read on the site, so that it can be tried as a complainant.
    Demonstration,
}

/// Serves until it is told to end; then answers what is under way, signs a checkpoint and closes the store.
pub(crate) async fn serve(house: House, listener: TcpListener, ending: Ending) -> Result<(), Box<dyn Error>> {
    let (close, closing) = watch::channel(false);
    let office = house.office.clone();
    adopt(&office, &house.wording);
    try_out_keys(&office).await?;
    tokio::spawn(try_out_files(office.store().files().clone()));
    let doors = match &house.mail {
        Some(mail) => Doors::open(mail, &office, &closing).await?,
        None => Doors::default(),
    };
    let post_room = outgoing::post_room(office.clone(), house.wording.clone(), &house.email)?;
    let post = tokio::spawn(post_room.run(closing.clone()));
    let tried = trial::parts(&house.email, house.mail.as_ref(), trial::WAIT);
    let trials = tokio::spawn(channels::trial::attend(tried, office.clone(), closing.clone()));
    let wording = house.wording.clone();
    let others = casework::nodes::follow(office.clone(), closing.clone(), move |office| adopt(office, &wording));
    let others = tokio::spawn(others);
    let clocks = tokio::spawn(casework::jobs::schedule::run(office.clone(), closing.clone()));
    let scans = tokio::spawn(casework::jobs::scan::run(office.clone(), closing.clone()));
    let (say_overtaken, overtaken) = watch::channel(None);
    let life = tokio::spawn(live(office.clone(), closing, say_overtaken));
    let letter_box = house
        .email
        .folder
        .clone()
        .filter(|_| house.purpose == Purpose::Demonstration && house.email.mode == EmailMode::LetterBox);
    let zone = office.active().calendar.time_zone().clone();
    let site = Site::new(SiteParts {
        office: office.clone(),
        institution: house.institution,
        transport: house.transport,
        proxy: house.proxy,
        letter_box: letter_box.map(|folder| Arc::new(KeptLetters { folder, zone }) as Arc<dyn LetterBox>),
        wording: house.wording,
    });
    web::serve(site, listener, told_to_end(ending, overtaken.clone())).await?;
    info!("closing: letters under way are finished, a checkpoint is signed");
    close.send_replace(true);
    doors.closed().await?;
    post.await?;
    trials.await?;
    clocks.await?;
    scans.await?;
    others.await?;
    life.await?;
    let closed = office.close().await;
    // Then closing could write nothing any more, and this is why.
    if let Some(why) = overtaken.borrow().clone() {
        return Err(why.into());
    }
    Ok(closed?)
}

/// Says that this node is alive, until it closes or a newer version has made the database one that it cannot work on.
async fn live(office: Arc<Office>, closing: watch::Receiver<bool>, say: watch::Sender<Option<StorageError>>) {
    if let Err(overtaken) = casework::nodes::live(office, closing).await {
        error!("{overtaken}. This node ends");
        say.send_replace(Some(overtaken));
    }
}

async fn told_to_end(ending: Ending, mut overtaken: watch::Receiver<Option<StorageError>>) {
    tokio::select! {
        () = ending.asked() => {}
        // One that ends otherwise says nothing, and the machine is waited for.
        Ok(_) = overtaken.wait_for(Option::is_some) => {}
    }
}

/// Says which key files are not those with which the database was written. What people write is taken in any case: a wrong audit key signs nothing
/// and a wrong key of sealed cases seals nothing, and both are put right by putting the file back.
async fn try_out_keys(office: &Office) -> Result<(), StorageError> {
    let fit: KeyFit = office.store().read(|tx| Box::pin(key_fit::look(tx))).await?;
    for misfit in &fit.misfits {
        error!("keys: {misfit}");
    }
    Ok(())
}

/// Says whether files can be kept. The service runs in any case: words are taken, and whoever sends a file is told.
async fn try_out_files(files: FileStore) {
    let place = files.place();
    match files.probe().await {
        Ok(Probe {
            refuses_to_overwrite: true,
        }) => info!("files: {place} can be written"),
        Ok(_) => warn!(
            "files: {place} can be written, and writes over what is there; names are random, so nothing is lost by it"
        ),
        Err(fault) => error!(
            %fault,
            "files: {place} cannot be used now. What people write is taken; that a file could not be kept is said to whoever sends one. `redress doctor` looks again"
        ),
    }
}

/// Puts what the office wrote in the place of what was installed. What this release cannot use is left out: letters must go out.
fn adopt(office: &Office, wording: &Wording) {
    if let Some(brand) = &office.house().brand {
        wording.wear(brand.link);
    }
    let written = office.wordings();
    for kind in LetterKind::ALL {
        if let Err(fault) = wording.write(kind, written.in_use(kind)) {
            error!(%fault, "a wording of the office cannot be used any more; what was installed is used instead");
        }
    }
}

/// What tells a server to end: ctrl-c, and SIGTERM. It is listened to from the moment at which this exists, so that nothing is missed that the machine
/// says while the server opens.
pub(crate) struct Ending {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Ending {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system does not let it.
    pub(crate) fn listen() -> std::io::Result<Ending> {
        #[cfg(unix)]
        let listen = |kind| tokio::signal::unix::signal(kind);
        Ok(Ending {
            #[cfg(unix)]
            signals: [
                listen(tokio::signal::unix::SignalKind::interrupt())?,
                listen(tokio::signal::unix::SignalKind::terminate())?,
            ],
        })
    }

    #[cfg(unix)]
    async fn asked(self) {
        let [mut interrupt, mut terminate] = self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn asked(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// A listener, or words for a port that is taken.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener, Box<dyn Error>> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            let port = address.port();
            format!(
                "port {port} is taken by another program. Stop it, or choose another port, for instance --port {}",
                port.wrapping_add(1)
            )
            .into()
        }
        _ => format!("cannot listen on {address}: {error}").into(),
    })
}

/// The letter box as the staff page reads it.
struct KeptLetters {
    folder: std::path::PathBuf,
    zone: jiff::tz::TimeZone,
}

impl LetterBox for KeptLetters {
    fn list(&self) -> std::io::Result<Vec<LetterShown>> {
        Ok(letter_box::list(&self.folder)?
            .into_iter()
            .map(|letter| self.shown(letter))
            .collect())
    }

    fn read(&self, id: &str) -> std::io::Result<Option<LetterShown>> {
        Ok(letter_box::read(&self.folder, id)?.map(|letter| self.shown(letter)))
    }
}

impl KeptLetters {
    fn shown(&self, letter: letter_box::Kept) -> LetterShown {
        let when = letter.dated_at.map_or(letter.when, |at| {
            web::page::words::moment(&at.to_zoned_datetime(self.zone.clone()))
        });
        LetterShown {
            id: letter.id,
            to: letter.to,
            subject: letter.subject,
            when,
            text: letter.text,
        }
    }
}
