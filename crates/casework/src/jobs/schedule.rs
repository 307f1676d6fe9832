//! The timetable of the worker.

use std::sync::Arc;
use std::time::Duration;

use storage::leases::Lease;
use tokio::sync::watch::Receiver;
use tokio::time::Instant;
use tracing::{error, info, warn};

use super::directory::Readings;
use super::going::Going;
use super::steady::Begun;
use super::{checkpoint, hand_on, watch};
use crate::files::sweep::{self, Swept};
use crate::mail::{reconcile, tray};
use crate::nodes::Turn;
use crate::{Office, drafts, looks, once, review, vips};

/// How often the clocks are looked at: a date is a day, a warning may be a minute late.
const CLOCKS: Duration = Duration::from_secs(30);
/// How often it is asked whether a month is over: its review is there on the first morning after it.
const REVIEWS: Duration = Duration::from_secs(15 * 60);
/// How often a checkpoint is signed while the log grows.
const CHECKPOINTS: Duration = Duration::from_secs(60);

/// How often is thrown away what nobody sent: a file waits a day, and an hour longer hurts nobody.
const SWEEPS: Duration = Duration::from_secs(3600);
/// How often it is asked whether the directory is to be read: somebody who pressed "read now" waits for this.
const DIRECTORY: Duration = Duration::from_secs(15);

/// Runs the timetable until the office closes, then signs a last checkpoint.
pub async fn run(office: Arc<Office>, mut closing: Receiver<bool>) {
    let mut going = Going::begin(&office).await;
    let (begun, started) = (Begun::now(&office), Instant::now());
    let mut clocks = tokio::time::interval(CLOCKS);
    let mut reviews = tokio::time::interval(REVIEWS);
    let mut checkpoints = tokio::time::interval(CHECKPOINTS);
    let mut sweeps = tokio::time::interval(SWEEPS);
    let mut directory = tokio::time::interval(DIRECTORY);
    let mut readings = Readings::default();
    let mut turn = Turn::of(&office);
    loop {
        let (at, due) = tokio::select! {
            at = clocks.tick() => (at, Due::Clocks),
            at = reviews.tick() => (at, Due::Reviews),
            at = checkpoints.tick() => (at, Due::Checkpoint),
            at = sweeps.tick() => (at, Due::Sweep),
            at = directory.tick() => (at, Due::Directory),
            _ = closing.changed() => break,
        };
        if let Err(fault) = looks::write_waiting(&office).await {
            error!(%fault, "entries of the access log still wait in memory; the next round tries again");
        }
        let Some(lease) = turn.take(office.now()).await else {
            continue;
        };
        let passed = at.duration_since(started);
        match due {
            Due::Clocks => {
                look(&office, begun, passed).await;
                look_after_mail(&office).await;
            }
            Due::Reviews => begin_reviews(&office, begun, passed).await,
            Due::Checkpoint => sign(&office, &lease).await,
            Due::Sweep => {
                sound_alarms(&office).await;
                keep_looks(&office, &lease).await;
                throw_away(&office).await;
                let jump = begun.jump(office.now(), passed);
                going.look(&office, &lease, jump).await;
            }
            Due::Directory => readings.begin(&office),
        }
    }
    readings.end();
    if let Some(lease) = turn.take(office.now()).await {
        keep_looks(&office, &lease).await;
        sign(&office, &lease).await;
    }
    turn.let_go(office.now()).await;
}

/// What the timetable holds. Of several nodes one does it, whichever has the turn.
enum Due {
    Clocks,
    Reviews,
    Checkpoint,
    Sweep,
    Directory,
}

/// Messages that nobody sorted become cases, and what was set aside long ago is emptied.
async fn look_after_mail(office: &Office) {
    match tray::look_after(office).await {
        Ok((0, 0)) => {}
        Ok((taken, emptied)) => info!(
            taken,
            emptied, "mail: taken up what nobody sorted, emptied what was set aside long ago"
        ),
        Err(fault) => {
            error!(%fault, "the mail that is set aside could not be looked after; the next round tries again")
        }
    }
}

/// Says what is wrong with incoming mail; the page of incoming mail says it too, with numbers.
async fn sound_alarms(office: &Office) {
    match reconcile::look(office).await {
        Ok(standing) => {
            for alarm in standing.alarms {
                error!("mail: {alarm}");
            }
        }
        Err(fault) => error!(%fault, "it could not be asked whether incoming mail adds up"),
    }
}

async fn throw_away(office: &Arc<Office>) {
    match sweep::sweep(office).await {
        Ok(swept) => tell(&swept),
        Err(fault) => error!(%fault, "files that nobody sent could not be thrown away; the next round tries again"),
    }
    match drafts::sweep(office).await {
        Ok(0) => {}
        Ok(swept) => info!(swept, "drafts: thrown away what nobody went on with"),
        Err(fault) => error!(%fault, "drafts whose time is over could not be thrown away; the next round tries again"),
    }
    if let Err(fault) = once::sweep(office).await {
        error!(%fault, "the keys of old forms could not be thrown away; the next round tries again");
    }
}

fn tell(swept: &Swept) {
    let Swept {
        files,
        unfinished,
        strays,
    } = *swept;
    if files + unfinished > 0 {
        info!(
            files,
            unfinished, "files: thrown away what waited too long or was never finished"
        );
    }
    if strays.new > 0 {
        warn!(
            strays = strays.new,
            "files: some lie in the store that the database does not know; if it was put back from an older backup, a newer one is still needed. They are removed after 30 days"
        );
    }
    if strays.removed > 0 {
        warn!(
            strays = strays.removed,
            "files: removed what the database has not known for 30 days"
        );
    }
}

/// Looks at the clocks of all cases, after so much time since the worker began. While the machine's clock cannot be believed nothing is
/// recorded: what a wrong clock says of a case would stand there for ever.
pub async fn look(office: &Office, begun: Begun, passed: Duration) {
    if let Some(jump) = begun.jump(office.now(), passed) {
        let hours = jump.as_hours();
        warn!(
            hours,
            "the machine's clock jumped: no warnings and breaches are recorded and no review begins until it is set right, or until the service is started again if it is right now"
        );
        return;
    }
    match watch::look(office).await {
        Ok(0) => {}
        Ok(changed) => info!(changed, "clocks: warnings, breaches and missed updates recorded"),
        Err(fault) => error!(%fault, "the clocks could not be looked at; the next round tries again"),
    }
    match hand_on::look(office).await {
        Ok(0) => {}
        Ok(handed) => info!(
            handed,
            "sign-off: letters that nobody had acted on handed to a delegate"
        ),
        Err(fault) => error!(%fault, "letters that wait could not be looked at; the next round tries again"),
    }
    match vips::mark_listed(office).await {
        Ok(0) => {}
        Ok(marked) => info!(marked, "open cases of VIPs are marked"),
        Err(fault) => {
            error!(%fault, "open cases could not be held against the list of VIPs; the next round tries again")
        }
    }
}

async fn begin_reviews(office: &Arc<Office>, begun: Begun, passed: Duration) {
    if begun.jump(office.now(), passed).is_some() {
        return;
    }
    match review::open::open_due(office).await {
        Ok(months) if months.is_empty() => {}
        Ok(months) => info!(reviews = months.len(), "months that are over: their reviews have begun"),
        Err(fault) => error!(%fault, "no review could begin; the next round tries again"),
    }
}

/// Seals what is new in the access log, and empties what was kept for long enough.
async fn keep_looks(office: &Office, lease: &Lease) {
    if let Err(fault) = looks::seal_in_turn(office, lease).await {
        error!(%fault, "the access log could not be sealed; the next round tries again");
    }
    match looks::empty_old(office, lease).await {
        Ok(0) => {}
        Ok(emptied) => info!(emptied, "access log: emptied what was kept for long enough"),
        Err(fault) => error!(%fault, "old entries of the access log could not be emptied; the next round tries again"),
    }
}

async fn sign(office: &Office, lease: &Lease) {
    if let Err(fault) = checkpoint::sign_in_turn(office, lease).await {
        error!(%fault, "no checkpoint could be signed; the next round tries again");
    }
}
