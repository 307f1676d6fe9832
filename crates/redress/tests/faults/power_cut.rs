//! The power goes, at hundreds of moments of one run: everything that the database's files were told is written down by `machine.c` below
//! SQLite, and the disk is put together as it may be after a cut there, with what was not flushed lost or torn between sectors.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use storage::Store;

use crate::chance::Chance;
use crate::installation::Installation;
use crate::kept::{assert_whole, block_on};
use crate::load::{Load, Saved};
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::recording::{Disk, Entry, Told, Unflushed, read};
use crate::running::Running;
use crate::wait_until;

const COMPLAINTS: usize = 120;
const CLIENTS: usize = 6;
/// Moments at which the power goes; at each, what was not flushed is lost in one world and torn in another.
const MOMENTS: usize = 200;
const SEED: u64 = 0x5eed_0002;
/// Once in so many cuts the command of the product verifies the record as well.
const BY_COMMAND: usize = 40;

#[test]
fn without_power_at_hundreds_of_moments_nothing_is_lost_that_was_answered_with_saved() {
    let mail = MailServer::start();
    let installation = Installation::make("power-cut", &mail);
    let before = vec![(
        "redress.db".to_owned(),
        fs::read(installation.folder.join("redress.db")).unwrap(),
    )];
    let (entries, saved) = recorded(&installation);
    let told = |file: &str| entries.iter().filter(|entry| entry.concerns(file)).count();
    assert!(
        told("redress.db") > 0,
        "the log was moved into the database while it was recorded"
    );

    let mut chance = Chance::from(SEED);
    let moments = moments(&entries, &mut chance);
    let (mut disk, mut cuts, mut must) = (Disk::holding(before), 0, 0);
    for (index, entry) in entries.iter().enumerate() {
        disk.tell(entry);
        if !moments.contains(&index) {
            continue;
        }
        let answered: Vec<Saved> = saved
            .iter()
            .filter(|one| one.mark <= entry.record_length)
            .cloned()
            .collect();
        for unflushed in [Unflushed::Lost, Unflushed::Torn] {
            let left = disk.after_a_cut(unflushed, &mut chance);
            come_back(&installation, left);
            open_again(&installation, &answered);
            if cuts % BY_COMMAND == 0 {
                let output = installation.run(&["audit", "verify"]);
                assert!(output.status.success(), "{output:?}");
            }
            (cuts, must) = (cuts + 1, must + answered.len());
        }
    }
    println!(
        "{} changes recorded ({} to the database, {} to its log); {cuts} power cuts, after which {must} complaints had to be there and were",
        entries.len(),
        told("redress.db"),
        told("redress.db-wal"),
    );
    installation.remove();
}

/// A run under load from its start to the moment when it is killed: what the disk was told, and what was answered how far into that.
fn recorded(installation: &Installation) -> (Vec<Entry>, Vec<Saved>) {
    let machine = Machine::under(&installation.folder);
    let mut record = PathBuf::new();
    let mut server = Running::start_with(&installation.node(), |command| record = machine.record_under(command));
    server.until_it_answers();
    let mark = || fs::metadata(&record).unwrap().len();
    let mut load = Load::on(vec![installation.address], Duration::ZERO);
    load.mark = &mark;
    load.beside(CLIENTS, || {
        wait_until("complaints are saved", || load.count() >= COMPLAINTS);
    });
    server.kill();
    (read(&record), load.saved())
}

/// Half of the moments lie right before a flush, when most is at stake; the others anywhere.
fn moments(entries: &[Entry], chance: &mut Chance) -> BTreeSet<usize> {
    let flushes: Vec<usize> = (1..entries.len())
        .filter(|index| entries[*index].told == Told::Flush)
        .collect();
    let mut moments = BTreeSet::new();
    while moments.len() < MOMENTS {
        let anywhere = chance.below(entries.len() as u64) as usize;
        let flush = flushes[chance.below(flushes.len() as u64) as usize] - 1;
        moments.insert(if chance.once_in(2) { anywhere } else { flush });
    }
    moments
}

/// Puts the files of the database where the installation finds them.
fn come_back(installation: &Installation, left: impl IntoIterator<Item = (String, Vec<u8>)>) {
    for file in ["redress.db", "redress.db-wal", "redress.db-shm"] {
        let path = installation.folder.join(file);
        if path.exists() {
            fs::remove_file(path).unwrap();
        }
    }
    for (name, bytes) in left {
        if name.starts_with("redress.db") {
            fs::write(installation.folder.join(name), bytes).unwrap();
        }
    }
}

fn open_again(installation: &Installation, answered: &[Saved]) {
    let path: &Path = &installation.folder.join("redress.db");
    block_on(async {
        let store = Store::open(path, installation.keys()).unwrap();
        assert_whole(&store, answered).await;
        store.close().await.unwrap();
    });
}
